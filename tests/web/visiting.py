"""Asking the app as a server would: over ASGI, in one process."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import unquote

import httpx

from inforce.record import load
from inforce.web import Site, make_app

Headers = Sequence[tuple[bytes, bytes]]

DAY = dt.date(2025, 12, 1)
RECORD = load()


def site(**parts: Any) -> Site:
    """A site on which it is 1 December 2025."""
    return Site(RECORD, **({"today": lambda: DAY} | parts))


SITE = site()
APP = make_app(SITE)


def ask(path: str, *, app: Any = APP, method: str = "GET", **parts: Any) -> httpx.Response:
    """The response to one request."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://explorer.test") as client:
            return await client.request(method, path, **parts)

    return asyncio.run(asked())


class Told(NamedTuple):
    """A response as the server is told to send it; the names of its headers are small."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask_raw(
    target: str, *, app: Any = APP, method: str = "GET", headers: Headers = (), body: bytes = b""
) -> Told:
    """The response to one request whose address and headers are sent as they stand, be they sound or not."""
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"explorer.test"), *headers],
        "client": ("127.0.0.1", 1),
        "server": ("explorer.test", 80),
        "state": {},
    }
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    named = {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Told(sent[0]["status"], named, b"".join(one.get("body", b"") for one in sent[1:]))


class Parsed(HTMLParser):
    """A page as a browser would take it apart: its elements with their attributes, and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def assert_nothing_foreign(page: httpx.Response | str) -> Parsed:
    """The page, after looking that no element, handler, style or address in it can be a stranger's."""
    read = Parsed(page if isinstance(page, str) else page.text)
    for tag, attributes in read.elements:
        assert tag not in ("img", "iframe", "object", "embed", "base", "style", "audio", "video")
        assert tag != "script" or (attributes.get("src") or "").startswith("/static/")
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        for name in ("href", "src", "action", "formaction"):
            address = attributes.get(name) or ""
            assert address == "" or address.startswith(("/", "#", "?", "https://", "http://")), address
    assert [tag for tag, _ in read.elements].count("body") == 1
    return read
