"""Asking the app as a server would: over ASGI, in one process."""

from __future__ import annotations

import asyncio
import datetime as dt
from html.parser import HTMLParser
from typing import Any

import httpx

from inforce.record import load
from inforce.web import Site, make_app

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


def assert_nothing_foreign(page: httpx.Response) -> Parsed:
    """The page, after looking that no element, handler, style or address in it can be a stranger's."""
    read = Parsed(page.text)
    for tag, attributes in read.elements:
        assert tag not in ("img", "iframe", "object", "embed", "base", "style", "audio", "video")
        assert tag != "script" or (attributes.get("src") or "").startswith("/static/")
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        for name in ("href", "src", "action", "formaction"):
            address = attributes.get(name) or ""
            assert address == "" or address.startswith(("/", "#", "?", "https://", "http://")), address
    assert [tag for tag, _ in read.elements].count("body") == 1
    return read
