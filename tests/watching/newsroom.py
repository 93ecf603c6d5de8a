"""A news site of the tests' own: feeds and articles made by number, on loopback, good and bad."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

STATES = ("Finland", "Estonia", "Latvia", "Lithuania", "Poland", "Norway", "Sweden", "Chile", "Peru", "Kenya")
TREATIES = ("Ottawa Convention", "Convention on Cluster Munitions", "Arms Trade Treaty")
_WORDS = (
    "harbour council letter winter minister reader office paper morning vote report debate member question "
    "answer committee evening spokesman border budget river city station school bridge market"
).split()


def filler(number: int, words: int = 120) -> str:
    """Words that differ from number to number, and mean nothing."""
    seed = hashlib.sha256(str(number).encode()).digest() * 8
    return " ".join(_WORDS[seed[at % len(seed)] * (at + number) % len(_WORDS)] for at in range(words))


def article(number: int) -> str:
    """Article `number`: a page with a title, a day, one claim, and words around it."""
    state, treaty = STATES[number % len(STATES)], TREATIES[number % len(TREATIES)]
    day = f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    return (
        f"<!doctype html><html lang=en><head><title>Story {number}</title>"
        f'<meta property="article:published_time" content="{day}T08:00:00Z"></head><body><article>'
        f"<h1>Story {number}</h1><p>{state} is a party to the {treaty}. The note has the number {number}.</p>"
        f"<p>{filler(number).capitalize()}.</p><p>{filler(number + 7).capitalize()}.</p>"
        "</article></body></html>"
    )


class Server(ThreadingHTTPServer):
    """A server whose clients may be killed at any moment."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Site(Server):
    """Serves `/feed-K.xml` with a share of `count` articles, `/a/N`, and what tests put into `pages`."""

    def __init__(self, count: int, feeds: int = 5, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.count, self.feeds = count, feeds
        self.pages: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def start(self) -> Site:
        """Serve in a thread."""
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def feed(self, number: int) -> bytes:
        """One feed of the site, in RSS."""
        items = "".join(
            f"<item><title>Story {n}</title><link>{self.address}/a/{n}</link><guid>{n}</guid></item>"
            for n in range(number, self.count, self.feeds)
        )
        return f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'.encode()


class _Handler(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        page = self.server.pages.get(self.path)
        if callable(page):
            page(self)
        elif page is not None:
            self.give(*page)
        elif self.path.startswith("/feed-"):
            self.give(self.server.feed(int(self.path[6:-4])), "application/rss+xml")
        elif self.path.startswith("/a/"):
            self.give(article(int(self.path[3:])).encode(), "text/html; charset=utf-8")
        else:
            self.give(b"no", "text/plain", 404)

    def give(self, body: bytes, media_type: str, status: int = 200, **headers: str) -> None:
        """Answer, with an ETag of the body, and 304 where the client has it."""
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("ETag", etag)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def bomb(size: int) -> bytes:
    """Zeros that unpack to `size`."""
    return gzip.compress(bytes(size))


def hang(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/rss+xml")
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.5)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("count", type=int)
    asked = parser.parse_args()
    Site(asked.count, port=asked.port).serve_forever()
