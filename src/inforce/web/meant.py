"""Where the names lead that an error offers in place of one that nothing has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from litestar import Request

from inforce.errors import InforceError, Near, UnknownName
from inforce.web.asked import given

_PAGES: Final = {"state": "/states/", "treaty": "/treaties/"}
#: Parameters that name states and treaties, alone or (`add`) among other words.
_NAMING: Final = frozenset({"state", "treaty", "participant", "towards", "add"})


def meant(request: Request[Any, Any, Any], error: InforceError) -> dict[str, str]:
    """The address of each name that the error offers: the same question of it, or else its own page."""
    near: tuple[Near, ...] = getattr(error, "near", ())
    written = error.written if isinstance(error, UnknownName) and request.method == "GET" else None
    there = ((one.label, _instead(request, written, one) or _page(one)) for one in near)
    return {label: address for label, address in there if address}


def _page(one: Near) -> str | None:
    return f"{_PAGES[one.kind]}{quote(one.key)}" if one.kind in _PAGES else None


def _instead(request: Request[Any, Any, Any], written: str | None, one: Near) -> str | None:
    """The address of the request with the near name where the unknown one stands; None where it does not."""
    if written is None:
        return None
    parts, asked = request.scope["path"].split("/"), given(request)
    if one.kind == "parameter":
        path, query = parts, [(one.key if name == written else name, value) for name, value in asked]
    else:
        path = [one.key if part == written else part for part in parts]
        query = [
            (name, _within(value, written, one.key) if name in _NAMING else value) for name, value in asked
        ]
    if (path, query) == (parts, asked):
        return None
    return "/".join(map(quote, path)) + (f"?{urlencode(query)}" if query else "")


def _within(value: str, written: str, key: str) -> str:
    """The value with the key in place of the name, where this stands as words of its own."""
    return f" {value} ".replace(f" {written} ", f" {key} ", 1).strip()


def linked(text: str, links: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """The text in pieces, each with the address that it leads to; a name is looked for from the end."""
    at = {text.rfind(label): label for label in links}
    done = 0
    for start in sorted(one for one in at if one >= 0):
        if start >= done:
            yield text[done:start], None
            yield at[start], links[at[start]]
            done = start + len(at[start])
    yield text[done:], None
