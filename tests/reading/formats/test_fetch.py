"""Pages from their addresses: what is refused, and that the connection goes where was looked.

The servers stand on 127.0.0.2, which these tests alone permit; every other address that is not public is
refused here as it is in use.
"""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
import trustme
from made_files import SENTENCES, pdf

from inforce.errors import UsageError
from inforce.reading.formats import fetch as module
from inforce.reading.formats.addresses import Address, is_public
from inforce.reading.formats.fetch import Fetcher
from inforce.reading.formats.sources import fetched_document

HOST = "127.0.0.2"
PAGE = f"<html><body><article><p>{SENTENCES * 3}</p></article></body></html>".encode()
HTML = {"Content-Type": "text/html; charset=utf-8"}
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, HTML, PAGE),
    "/packed": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
    "/pdf": (200, {"Content-Type": "application/octet-stream"}, pdf(SENTENCES)),
    "/moved": (302, {"Location": "/page"}, b""),
    "/again": (301, {"Location": "/again"}, b""),
    "/to-loopback": (302, {"Location": "http://127.0.0.1:9/"}, b""),
    "/to-metadata": (307, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
    "/to-v6": (308, {"Location": "http://[::ffff:127.0.0.1]:9/"}, b""),
    "/to-name": (302, {"Location": "http://inner.example/"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/missing": (404, HTML, b"no"),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/empty": (200, HTML, b""),
    "/bomb": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b" " * 2**22)),
    "/long": (200, HTML, b"x" * 2**21),
    "/short": (200, HTML | {"Content-Length": "100000"}, PAGE),
}


class Handler(BaseHTTPRequestHandler):
    seen: list[dict[str, str]]

    def do_GET(self) -> None:
        self.seen.append(dict(self.headers))
        if self.path == "/drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            for _ in range(40):
                try:
                    self.wfile.write(b"x")
                    time.sleep(0.1)
                except OSError:
                    return
            return
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Set-Cookie": "a=b", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def serve(context: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[dict[str, str]]]]:
    seen: list[dict[str, str]] = []
    server = ThreadingHTTPServer((HOST, 0), type("Own", (Handler,), {"seen": seen}))
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.server_port, seen
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def served() -> Iterator[tuple[int, list[dict[str, str]]]]:
    yield from serve()


def permitted(address: Address) -> bool:
    return str(address) == HOST or is_public(address)


def names(host: str, port: int) -> list[str]:
    """A resolver without a network: literal addresses are themselves."""
    known = {"page.example": [HOST], "inner.example": ["10.0.0.1"], "mixed.example": [HOST, "::1"]}
    return known.get(host) or [str(ip_address(host))]


FETCHER = Fetcher(names, permitted)


def test_a_page_is_fetched_with_nothing_that_tells_who_asks(served: tuple[int, list[dict[str, str]]]) -> None:
    port, seen = served
    got = fetched_document(f"http://page.example:{port}/moved", fetch=FETCHER.fetch)
    assert got.text.startswith("Finland deposited")
    assert got.source == got.url == f"http://page.example:{port}/page"
    assert got.notes == (f"redirected to http://page.example:{port}/page",)
    assert got.published is None
    for asked in seen:
        assert asked["Host"] == f"page.example:{port}"
        assert asked["User-Agent"].startswith("inforce/")
        assert not {"Cookie", "Authorization", "Referer"} & set(asked)


def test_packed_pages_and_other_kinds_are_read(served: tuple[int, list[dict[str, str]]]) -> None:
    port, _ = served
    assert fetched_document(f"http://page.example:{port}/packed", fetch=FETCHER.fetch).kind == "html"
    assert fetched_document(f"http://page.example:{port}/pdf", fetch=FETCHER.fetch).kind == "pdf"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/to-loopback", "redirected to http://127.0.0.1:9/: leads to 127.0.0.1, which is no public address"),
        ("/to-metadata", "leads to 169.254.169.254, which is no public address"),
        ("/to-v6", "leads to ::ffff:7f00:1, which is no public address"),
        ("/to-name", "leads to 10.0.0.1, which is no public address"),
        ("/to-file", "redirected to file:///etc/passwd: is no http or https address"),
        ("/again", "is redirected more than 5 times"),
        ("/missing", "answers with status 404"),
        ("/picture", "is image/png, no text"),
        ("/empty", "is empty; check it"),
        ("/bomb", "unpacks to more than 1 MB"),
        ("/long", "is over the limit of 1 MB"),
        ("/short", "cannot be fetched ("),
    ],
)
def test_what_cannot_be_fetched_is_told(
    path: str, words: str, served: tuple[int, list[dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 2**20)
    url = f"http://page.example:{served[0]}{path}"
    with pytest.raises(UsageError) as raised:
        FETCHER.fetch(url)
    assert str(raised.value).startswith(url)
    assert words in str(raised.value)


def test_a_server_that_drips_is_given_up(
    served: tuple[int, list[dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_SECONDS", 0.5)
    begun = time.monotonic()
    with pytest.raises(UsageError, match="cannot be fetched"):
        FETCHER.fetch(f"http://page.example:{served[0]}/drip")
    assert time.monotonic() - begun < 3


def test_a_name_is_resolved_once_and_asked_there(
    served: tuple[int, list[dict[str, str]]],
) -> None:
    answers = [[HOST], ["127.0.0.1"]]
    Fetcher(lambda host, port: answers.pop(0), permitted).fetch(f"http://page.example:{served[0]}/page")
    assert answers == [["127.0.0.1"]]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://mixed.example/", "leads to ::1, which is no public address"),
        ("http://user:secret@page.example/", "holds a user's name or password"),
        ("http://page.example:99999/", "is no address"),
        ("http:///path", "is no address; check it"),
        ("http://page.example/a b", "is no address; check it"),
        ("http://[::1", "is no address"),
        ("gopher://page.example/", "is no http or https address"),
        ("http://nowhere.example/", "has no address"),
        (f"http://{HOST}:1/", "cannot be fetched ("),
    ],
)
def test_bad_addresses_are_told(url: str, words: str) -> None:
    with pytest.raises(UsageError) as raised:
        FETCHER.fetch(url)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.0.0.2 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 0.0.0.0
    224.0.0.1 240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 168.63.129.16 ::1 :: fe80::1 fe80::1%eth0 fc00::1
    fd00:ec2::254 ff02::1 2001:db8::1 ::ffff:8.8.8.8 ::ffff:127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808
    2002:7f00:1:: 2001:0:1::1 ::127.0.0.1 fec0::1""".split(),
)
def test_no_address_that_is_not_public_is_permitted(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "193.138.105.1", "2606:4700:4700::1111"])
def test_public_addresses_are_permitted(address: str) -> None:
    assert is_public(ip_address(address))


def test_a_certificate_must_be_of_the_name_that_was_asked_for() -> None:
    authority = trustme.CA()
    own, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("page.example").configure_cert(own)
    authority.configure_trust(client)
    for port, _ in serve(own):
        resolve = lambda host, port: [HOST]  # noqa: E731
        trusted = Fetcher(resolve, permitted, client)
        assert trusted.fetch(f"https://page.example:{port}/page").body == PAGE
        for fetcher, host in ((trusted, "other.example"), (Fetcher(resolve, permitted), "page.example")):
            with pytest.raises(UsageError, match=r"cannot be fetched \(.*(certificate|match)"):
                fetcher.fetch(f"https://{host}:{port}/page")
