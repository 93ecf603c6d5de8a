"""Errors as a page, or as RFC 9457 problem details: what, where, what to do; never how it looks inside."""

from __future__ import annotations

import http
import logging
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import Scope, Send

from inforce.errors import InforceError
from inforce.reports.naming import one_line
from inforce.web.forms import MEDIA
from inforce.web.rendering import render

_LOG = logging.getLogger("inforce.web")

#: What is said where the error itself says nothing that helps.
_DETAIL = {
    404: "nothing is at this address; start from the first page, or look it up",
    405: "this address is not asked in this way",
    413: "this is larger than may be sent here",
    429: "too many requests from this address; wait a moment",
}


class NotFound(InforceError):
    """The address names something that is not there; answered with status 404."""


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
    return _response(request, status, str(error), headers)


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
    request: Request[Any, Any, Any], status: int, detail: str, headers: dict[str, str] | None = None
) -> Response[bytes]:
    title = http.HTTPStatus(status).phrase
    problem = Problem(title, status, one_line(detail), request.scope["path"])
    if request.scope.get("state", {}).get("form", "html") != "html" or request.scope["path"].startswith(
        "/api/"
    ):
        body, media = msgspec.json.encode(problem), "application/problem+json"
    else:
        body, media = render("problem.html", request, problem, {}).encode(), MEDIA["html"]
    return Response(
        body, status_code=status, media_type=media, headers={"Cache-Control": "no-store"} | (headers or {})
    )


async def plain_problem(
    scope: Scope, send: Send, status: int, detail: str, headers: list[tuple[bytes, bytes]]
) -> None:
    """A problem told around the app, before a request is anything to it."""
    problem = Problem(http.HTTPStatus(status).phrase, status, detail, scope["path"])
    body = msgspec.json.encode(problem)
    own = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": [*own, *headers]})
    await send({"type": "http.response.body", "body": body, "more_body": False})
