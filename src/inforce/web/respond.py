"""An answer as a response: page or JSON, with an ETag of the record's version, kept where it can be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response

from inforce import __version__
from inforce.errors import UsageError
from inforce.web.forms import MEDIA
from inforce.web.rendering import render
from inforce.web.site import Site

FORMAT: Final = "inforce-answer/1"

Asking = Request[Any, Any, Any]


class RecordName(msgspec.Struct, frozen=True):
    """The record that answered: its version as reports cite it, and its whole hash."""

    version: str
    sha256: str
    inforce: str = __version__


class Envelope(msgspec.Struct, frozen=True):
    """What surrounds every answer: which record gave it, to which address, and where to read on."""

    answer: Any
    record: RecordName
    address: str
    links: dict[str, str]
    format: str = FORMAT


def site_of(request: Asking) -> Site:
    """The site that the request came to."""
    site: Site = request.app.state.site
    return site


def record_name(site: Site) -> RecordName:
    """The name of the record that this site answers from."""
    return RecordName(site.version, site.record.hash)


def form(request: Asking) -> str:
    """`html`, `json` or another form that the path's ending names."""
    named: str = request.scope["state"]["form"]
    return named


def address(request: Asking, **changed: str | Sequence[str] | None) -> str:
    """The request's path and query without its form; `changed` parameters set, or taken out by None.

    One that is given as several values stands as often.
    """
    given = [(name, value) for name, value in request.query_params.multi_items() if name not in changed]
    for name, value in changed.items():
        given += [(name, one) for one in ([value] if isinstance(value, str) else value or ())]
    return f"{request.scope['path']}{query_of((name, value) for name, value in given if value)}"


def query_of(given: Iterable[tuple[str, str]]) -> str:
    """`?a=1&b=2` in the order of the names, however it was asked; or nothing."""
    query = urlencode(sorted(given, key=lambda pair: pair[0]))
    return f"?{query}" if query else ""


def twin(
    request: Asking,
    template: str,
    make: Callable[[], Any],
    *,
    links: Mapping[str, str] | None = None,
    context: Mapping[str, Any] | None = None,
    fixed: bool = True,
    tables: Mapping[str, Callable[[Any], bytes]] | None = None,
) -> Response[bytes]:
    """The answer that `make` gives, in the form asked for.

    `fixed` says that it follows from the record, the day and the address alone: it is then kept, and
    carries an ETag. `context` is what the page needs besides the answer. `tables` makes other forms of
    the answer, by ending. Raises `UsageError` for a form that this address has not.
    """
    given = dict(links or {})
    makers = {
        "html": lambda answer: render(template, request, answer, given, context or {}).encode(),
        "json": lambda answer: enveloped(site_of(request), answer, address(request), given),
        **(tables or {}),
    }
    asked = form(request)
    if asked not in makers:
        raise no_form(asked, makers)
    return kept(request, asked, lambda: makers[asked](make()), fixed=fixed)


def no_form(asked: str, there: Iterable[str]) -> UsageError:
    """What is said against a form that an address has not."""
    return UsageError(f"no .{asked} of this; there is {', '.join('.' + one for one in there)}")


def enveloped(site: Site, answer: object, asked: str, links: Mapping[str, str]) -> bytes:
    """An answer as JSON, with what surrounds every answer; `asked` is the address without its form."""
    return msgspec.json.encode(Envelope(answer, record_name(site), asked, dict(links)))


def kept(request: Asking, asked: str, body: Callable[[], bytes], *, fixed: bool = True) -> Response[bytes]:
    """A response in a form; `fixed` as for `twin`."""
    site = site_of(request)
    if not fixed:
        return _response(body(), asked, {"Cache-Control": "no-store"})
    key = (site.version, site.today(), asked, address(request))
    tag = f'"{hashlib.sha256(repr((__version__, *key)).encode()).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return _response(site.kept.get(key, body), asked, headers)


def _response(body: bytes, asked: str, headers: Mapping[str, str]) -> Response[bytes]:
    return Response(body, media_type=MEDIA[asked], headers=dict(headers))


def attached(data: bytes, name: str, media: str) -> Response[bytes]:
    """A file to be kept by whoever asked, and by nobody on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type=media, headers=headers)
