"""Keys have no place in addresses: those stand in logs, histories and the pages that link on.

A request with one is refused before anything else reads it, and the key taken out of what is logged.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, unquote

import re2
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from inforce.ledger.keys import MARK
from inforce.web.problems import plain_problem
from inforce.web.site import Site

_KEY: Final = re2.compile(MARK + r"[A-Za-z0-9_-]*")
_NAMES: Final = frozenset(
    {"key", "api-key", "api_key", "apikey", "access-token", "access_token", "token", "authorization"}
)
_INSTEAD: Final = (
    "a key has no place in an address, where logs keep it: send it as the header Authorization: Bearer KEY, "
    "and take this one out of use (inforce keys revoke)"
)


class Secrets:
    """Refuses addresses that hold a key, with status 400."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and _holds_one(scope):
            scope["query_string"] = b""
            scope["path"] = str(_KEY.sub("-", scope["path"]))
            scope["raw_path"] = scope["path"].encode()
            await plain_problem(self.site, scope, send, (400, _INSTEAD))
            return
        await self.app(scope, receive, send)


def _holds_one(scope: Scope) -> bool:
    query = scope["query_string"].decode("latin-1")
    if not query and MARK not in scope["path"]:
        return False
    if _KEY.search(unquote(query)) or _KEY.search(unquote(scope["path"])):
        return True
    return any(name.lower() in _NAMES for name, _ in parse_qsl(query, keep_blank_values=True))
