"""A thousand clients that send a byte now and then do not stop the server, and are let go in time."""

from __future__ import annotations

import asyncio
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
import uvicorn
from visiting import APP, SITE

from inforce.web import patience

CLIENTS = 1000


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The server as `inforce serve` configures it, less patient."""
    monkeypatch.setattr(patience, "HEAD_SECONDS", 2.0)
    low, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    config = uvicorn.Config(
        APP, port=0, log_level="warning", http=patience.Patient, limit_concurrency=4_000, lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(20)
    SITE.pool.stop()
    resource.setrlimit(resource.RLIMIT_NOFILE, (low, most))


def test_a_thousand_slow_clients_do_not_stop_the_server(port: int) -> None:
    async def drip(writer: asyncio.StreamWriter, *, whole: bool) -> None:
        with suppress(ConnectionError):
            if whole:  # one request in order, and then the dripping
                writer.write(b"GET /static/icon.svg HTTP/1.1\r\nHost: a\r\n\r\n")
            for letter in b"GET / HTTP/1.1\r\nX-Slow: ":
                writer.write(bytes([letter]))
                await writer.drain()
                await asyncio.sleep(0.4)

    async def end(reader: asyncio.StreamReader) -> None:
        with suppress(ConnectionError):  # let go in the middle of a byte
            await reader.read()

    async def went() -> tuple[list[int], int]:
        opened = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CLIENTS)]
        drips = [
            asyncio.create_task(drip(writer, whole=number % 10 == 0))
            for number, (_, writer) in enumerate(opened)
        ]
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            codes = [(await client.get("/style.css")).status_code for _ in range(5)]
            codes.append((await client.get("/check")).status_code)
        ended = await asyncio.gather(*(asyncio.wait_for(end(reader), 15) for reader, _ in opened))
        for one in drips:
            one.cancel()
        for _, writer in opened:
            writer.close()
        return codes, len(ended)

    assert asyncio.run(went()) == ([200] * 6, CLIENTS)
