"""The form in which an answer is asked for: a page, or its twin for programs, at the same address.

A twin is had by the ending of the path (`/treaties/apmbc.json`) or by `Accept`; the ending wins. The
ending is taken off before the address is looked up, so that no page knows of it.
"""

from __future__ import annotations

from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

#: Media type of each form, by the ending of the path.
MEDIA: Final = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "ics": "text/calendar",
    "atom": "application/atom+xml",
}
_PREFIXES: Final = ("/static/", "/schema")


class Forms:
    """Takes the form off the path and notes it as `form` in the scope's state."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and not scope["path"].startswith(_PREFIXES):
            path, dot, ending = scope["path"].rpartition(".")
            named = bool(dot) and ending in MEDIA
            if named:
                scope["path"] = "/" if path == "/index" else path
                scope["raw_path"] = scope["path"].encode()
            state = scope.setdefault("state", {})
            state["form"] = ending if named else accepted(scope) or "html"
            state["form_named"] = named
        await self.app(scope, receive, send)


def accepted(scope: Scope) -> str | None:
    """The first of page and JSON that `Accept` names; None where it names neither."""
    for name, value in scope["headers"]:
        if name == b"accept":
            for one in value.decode("latin-1").split(","):
                kind = one.partition(";")[0].strip().lower()
                if kind in ("text/html", "application/xhtml+xml"):
                    return "html"
                if kind in ("application/json", "application/problem+json"):
                    return "json"
    return None
