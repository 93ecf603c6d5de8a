"""HEAD: what GET would be answered, without the body, at every address that has GET."""

from __future__ import annotations

from typing import cast

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send


class Heads:
    """Asks GET in place of HEAD and keeps the body back; names HEAD beside GET where methods are named."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [_with_head(name, value) for name, value in message["headers"]]
            elif head and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        # A copy: the server goes by its own scope when it sends.
        await self.app(cast("Scope", {**scope, "method": "GET"}) if head else scope, receive, told)


def _with_head(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    if name.lower() == b"allow" and b"GET" in value and b"HEAD" not in value:
        return name, value.replace(b"GET", b"GET, HEAD")
    return name, value
