"""Asking the app as a server would: over ASGI, in one process."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import httpx

from inforce.record import load
from inforce.web import Site, make_app

DAY = dt.date(2025, 12, 1)
RECORD = load()


def site(**parts: Any) -> Site:
    """A site on which it is 1 December 2025."""
    return Site(RECORD, **({"today": lambda: DAY} | parts))


APP = make_app(site())


def ask(path: str, *, app: Any = APP, method: str = "GET", **parts: Any) -> httpx.Response:
    """The response to one request."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://explorer.test") as client:
            return await client.request(method, path, **parts)

    return asyncio.run(asked())
