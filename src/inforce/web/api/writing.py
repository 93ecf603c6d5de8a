"""What all share that is sent to the API: how it is described, whose key allows it, how it is read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import Guard

from inforce.errors import UsageError
from inforce.ledger import keys
from inforce.web.api.endpoint import PREFIX, Parameter
from inforce.web.posted import SECONDS
from inforce.web.problems import Forbidden
from inforce.web.respond import Asking, address, enveloped, site_of
from inforce.web.site import Site

Body = TypeVar("Body")


class Sending(NamedTuple):
    """One thing that can be sent, as the document describes it; `scope` is what a key must allow.

    `body` is the type of what is sent, None where nothing is; `wrong` are errors besides those of all.
    """

    operation: str
    group: str
    path: str
    summary: str
    description: str
    body: Any
    answer: Any
    example: dict[str, Any]
    scope: str | None = None
    plain: bool = False
    method: str = "post"
    in_path: tuple[Parameter, ...] = ()
    wrong: Mapping[str, str] = MappingProxyType({})


def allowed(scope: str) -> Guard:
    """A guard: the request's key must be in use and allow `scope`."""

    async def guard(request: Any, _: Any) -> None:
        kind, _, text = request.headers.get("authorization", "").partition(" ")
        site: Site = request.app.state.site
        if kind.lower() != "bearer" or not text.strip():
            raise _unauthorised("this needs a key: send it as the header Authorization: Bearer KEY")
        key = await asyncio.to_thread(_known, site, text.strip())
        if key is None:
            raise _unauthorised("this key is not in use here; ask whoever runs this explorer for one")
        if scope not in key.scopes:
            raise Forbidden(
                f"this key does not allow {scope}; ask whoever runs this explorer for one that does"
            )
        request.scope["state"]["key"] = key.name

    return guard


def _known(site: Site, text: str) -> keys.Key | None:
    with site.open_ledger().reading() as connection:
        return keys.of(connection, text)


def _unauthorised(detail: str) -> HTTPException:
    return HTTPException(status_code=401, detail=detail, headers={"WWW-Authenticate": "Bearer"})


async def sent_body(request: Request[Any, Any, Any]) -> bytes:
    """All that is sent, which must come within the time that a form has."""
    try:
        async with asyncio.timeout(SECONDS):
            return await request.body()
    except TimeoutError:
        raise HTTPException(status_code=408, detail="what was sent took too long to come") from None


async def sent_json(request: Request[Any, Any, Any], type: type[Body]) -> Body:
    """What is sent as JSON, of the shape that is asked for. Raises `UsageError`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(
            status_code=415, detail="send JSON, with the header Content-Type: application/json"
        )
    try:
        return msgspec.json.decode(await sent_body(request), type=type)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(f"what was sent is not as {PREFIX}/openapi.json says: {error}") from None


def answered(request: Asking, answer: object) -> Response[bytes]:
    """The answer in its envelope, to be kept by nobody on the way."""
    links = {"describedby": f"{PREFIX}/openapi.json"}
    body = enveloped(site_of(request), answer, address(request), links)
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})
