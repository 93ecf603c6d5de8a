"""Errors as a page, or as RFC 9457 problem details: what, where, what to do; never how it looks inside."""

from __future__ import annotations

import http
import logging
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import Scope, Send

from inforce.errors import InforceError, Near
from inforce.reports.naming import one_line, sentence
from inforce.web.forms import MEDIA, accepted
from inforce.web.meant import linked, meant
from inforce.web.rendering import render_at
from inforce.web.site import Site

_LOG = logging.getLogger("inforce.web")

#: What is said where the error itself says nothing that helps.
_DETAIL = {
    404: "nothing is at this address; start from the first page, or look it up",
    405: "this address is not asked in this way",
    413: "this is larger than may be sent here",
    429: "too many requests from this address; wait a moment",
}


class NotFound(InforceError):
    """The address names something that is not there; answered with status 404; `near` may be meant."""

    def __init__(self, message: str, near: tuple[Near, ...] = ()) -> None:
        super().__init__(message)
        self.near = near


class Forbidden(InforceError):
    """The request has no key, or one that does not allow this; answered with status 403."""


class Conflict(InforceError):
    """What is asked for is at odds with what is there; answered with status 409."""


class TooLarge(InforceError):
    """What was sent is larger than is taken; answered with status 413."""


class Busy(InforceError):
    """More is asked at once than can be done; answered with status 503 and when to ask again."""


_STATUS = {NotFound: 404, Forbidden: 403, Conflict: 409, TooLarge: 413, Busy: 503}

#: After how many seconds a busy server wants to be asked again.
RETRY_AFTER = 5


class Problem(msgspec.Struct, frozen=True):
    """Problem details (RFC 9457)."""

    title: str
    status: int
    detail: str
    instance: str
    type: str = "about:blank"


def of_ours(request: Request[Any, Any, Any], error: InforceError) -> Response[bytes]:
    """An error raised on purpose: its text is written for the person asking."""
    status = _STATUS.get(type(error), 400)
    headers = {"Retry-After": str(RETRY_AFTER)} if status == 503 else {}
    return _response(request, status, str(error), headers, meant(request, error))


def of_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """An error of the request itself: no such address, a wrong method, too large a body."""
    detail = _DETAIL.get(error.status_code) or error.detail
    if error.status_code >= 500:
        return of_defect(request, error)
    return _response(request, error.status_code, detail, dict(error.headers or {}))


def of_defect(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A defect of our own: logged with its trace, told without it."""
    _LOG.error("defect at %s", one_line(request.scope["path"]), exc_info=error)
    return _response(request, 500, "a defect of inforce, not of your request; please report it")


def _response(
    request: Request[Any, Any, Any],
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
) -> Response[bytes]:
    site: Site = request.app.state.site
    body, media = _body(site, request.scope, status, detail, links or {})
    return Response(
        body, status_code=status, media_type=media, headers={"Cache-Control": "no-store", **(headers or {})}
    )


def _body(site: Site, scope: Scope, status: int, detail: str, links: Mapping[str, str]) -> tuple[bytes, str]:
    """The problem, and its media type: a page for a browser, JSON for a program."""
    problem = Problem(http.HTTPStatus(status).phrase, status, one_line(detail), scope["path"])
    if not _wants_page(scope):
        return msgspec.json.encode(problem), "application/problem+json"
    context = {"pieces": tuple(linked(sentence(problem.detail), links))}
    return render_at((site, scope), "problem.html", problem, {}, context).encode(), MEDIA["html"]


def _wants_page(scope: Scope) -> bool:
    """Of the API, and before a form is known, only whoever names a page in `Accept` is a browser."""
    state = scope.get("state", {})
    if "form" in state and (state["form"] != "html" or not scope["path"].startswith("/api/")):
        return bool(state["form"] == "html")
    ending = scope["path"].rpartition(".")[2]
    return accepted(scope) == "html" and (ending == "html" or ending not in MEDIA)


async def plain_problem(
    site: Site, scope: Scope, send: Send, told: tuple[int, str], headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """A problem told around the app, before a request is anything to it; `told` is status and detail."""
    status, detail = told
    body, media = _body(site, scope, status, detail, {})
    kind = f"{media}; charset=utf-8" if media == MEDIA["html"] else media
    own = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": [*own, *headers]})
    await send({"type": "http.response.body", "body": body, "more_body": False})
