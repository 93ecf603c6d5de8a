"""A page from its address: one GET, to an address that was looked at first.

The name is resolved once for each hop, every address it has must be public, and the connection goes to
the one that was looked at, so that no second answer of a name server can lead elsewhere. Certificates are
checked against the name. No cookies, no credentials, no proxy of the environment. Size and time are
bounded, and so is what a packed body unpacks to.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from inforce import __version__
from inforce.errors import UsageError
from inforce.reading.document import MAX_BYTES
from inforce.reading.formats.addresses import Address, Resolve, is_public, parsed, resolved
from inforce.reading.formats.unpacked import decoded, media_type_of

MAX_REDIRECTS = 5
#: Seconds for connecting and for each wait; and for everything.
WAIT_SECONDS = 15.0
MAX_SECONDS = 60.0

USER_AGENT = f"inforce/{__version__} (reads one page that a person asked to have checked)"

_MOVED = frozenset({301, 302, 303, 307, 308})
_OK = 200
_UNCHANGED = 304
_MOST_WAIT = 7 * 86400.0
_PORTS = {"http": 80, "https": 443}
_BYTES = "application/octet-stream"
#: Media types that may hold an article; what they really hold is told by their bytes.
READ = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "application/pdf", _BYTES, ""}
    | {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "message/rfc822"}
)
#: Characters of a path or query that are sent as they are (RFC 3986, 3.3 and 3.4).
_SAFE = "/%:@!$&'()*+,;=~-._?"
_SAVE = "save the page and give the file"


class Fetched(NamedTuple):
    """What an address answered: the body as it is meant, and the address that gave it after redirects.

    `etag` and `modified` are what the server calls this version; `unchanged` that it is still the one asked
    about, and was not sent again.
    """

    url: str
    body: bytes
    media_type: str
    charset: str | None
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


class Terms(NamedTuple):
    """How an address is asked: which media types are read, and about which version (RFC 9110, 13.1)."""

    types: frozenset[str]
    etag: str | None = None
    modified: str | None = None


PAGE = Terms(READ)


class Refusal(UsageError):
    """An answer that is none: its status, and after how many seconds the server wants to be asked again."""

    def __init__(self, message: str, status: int, wait: float | None) -> None:
        super().__init__(message)
        self.status, self.wait = status, wait


class Fetcher:
    """Fetches pages from public addresses. Tests give their own resolver and addresses; nothing else can."""

    def __init__(
        self,
        resolve: Resolve = resolved,
        permitted: Callable[[Address], bool] = is_public,
        context: ssl.SSLContext | None = None,
        agent: str = USER_AGENT,
    ) -> None:
        self._resolve, self._permitted, self._context, self._agent = resolve, permitted, context, agent

    def fetch(self, url: str, terms: Terms = PAGE) -> Fetched:
        """The page at an address. Raises `UsageError`, with the address, wherever it cannot be had.

        Where the server answers with another status than 200 that is a `Refusal`.
        """
        # What goes wrong is raised and told once; urllib3 would log it as well.
        logging.getLogger("urllib3").setLevel(logging.CRITICAL)
        end = time.monotonic() + MAX_SECONDS
        here = url
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask(here, url, end, terms)
            if isinstance(answer, Fetched):
                return answer
            here = urljoin(here, answer)
        raise UsageError(f"{url}: is redirected more than {MAX_REDIRECTS} times; {_SAVE}")

    def _ask(self, url: str, asked: str, end: float, terms: Terms) -> Fetched | str:
        """What one address answers: the page, or where it moved to."""
        label = asked if url == asked else f"{asked}, redirected to {url}"
        parts, host, port = address_parts(url, label)
        address = self._looked_at(host, port, label)
        connection = self._connection(parts.scheme, str(address), port, host)
        stop = threading.Timer(max(0.0, end - time.monotonic()), _shut, (connection,))
        stop.daemon = True
        stop.start()
        try:
            connection.connect()
            connection.request(
                "GET", _target(parts), headers=self._headers(parts, host, port, terms), preload_content=False,
                decode_content=False,
            )  # fmt: skip
            with connection.getresponse() as response:
                return _answer(response, url, label, end, terms)
        except (HTTPError, OSError, ValueError) as error:
            late = time.monotonic() >= end
            reason = f"took longer than {MAX_SECONDS:.0f} s" if late else _reason(error)
            raise UsageError(f"{label}: cannot be fetched ({reason}); {_SAVE}") from None
        finally:
            stop.cancel()
            connection.close()

    def _headers(self, parts: SplitResult, host: str, port: int, terms: Terms) -> dict[str, str]:
        name = f"[{host}]" if ":" in host else host
        headers = {
            "Host": name if port == _PORTS[parts.scheme] else f"{name}:{port}",
            "User-Agent": self._agent,
            "Accept": f"{', '.join(sorted(terms.types - {'', _BYTES}))}, */*;q=0.1",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        if terms.etag:
            headers["If-None-Match"] = terms.etag
        if terms.modified:
            headers["If-Modified-Since"] = terms.modified
        return headers

    def _looked_at(self, host: str, port: int, label: str) -> Address:
        """The address to connect to: the host's first, where all of them are permitted."""
        try:
            addresses = parsed(self._resolve(host, port))
        except (OSError, UnicodeError, ValueError) as error:
            raise UsageError(
                f"{label}: its host {host!r} has no address ({_reason(error)}); check it"
            ) from None
        for address in addresses:
            if not self._permitted(address):
                raise UsageError(
                    f"{label}: leads to {address}, which is no public address, and is not fetched; {_SAVE}"
                )
        if not addresses:
            raise UsageError(f"{label}: its host {host!r} has no address; check it")
        return addresses[0]

    def _connection(self, scheme: str, address: str, port: int, host: str) -> HTTPConnection:
        if scheme == "http":
            return HTTPConnection(address, port, timeout=WAIT_SECONDS)
        context = self._context or ssl.create_default_context()
        return HTTPSConnection(
            address,
            port,
            timeout=WAIT_SECONDS,
            ssl_context=context,
            server_hostname=host,
            assert_hostname=host,
        )


def address_parts(url: str, label: str) -> tuple[SplitResult, str, int]:
    """The address in its parts, with its host and port. Raises `UsageError` where it would not be asked."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise UsageError(f"{label}: is no address ({_reason(error)}); check it") from None
    if parts.scheme not in _PORTS:
        raise UsageError(f"{label}: is no http or https address; give one, or a file")
    if not host or any(ord(character) < 33 for character in url):
        raise UsageError(f"{label}: is no address; check it")
    if parts.username is not None or parts.password is not None:
        raise UsageError(f"{label}: holds a user's name or password, which are never sent; leave them out")
    return parts, host, port or _PORTS[parts.scheme]


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path


def _answer(response: HTTPResponse, url: str, label: str, end: float, terms: Terms) -> Fetched | str:
    if response.status in _MOVED and (moved := response.headers.get("Location")):
        return moved
    if response.status == _UNCHANGED and (terms.etag or terms.modified):
        return Fetched(url, b"", "", None, terms.etag, terms.modified, unchanged=True)
    if response.status != _OK:
        wait = _seconds(response.headers.get("Retry-After"))
        told = f"{label}: answers with status {response.status}; check it, or {_SAVE}"
        raise Refusal(told, response.status, wait)
    media_type, charset = media_type_of(response.headers.get("Content-Type"))
    if media_type not in terms.types:
        raise UsageError(f"{label}: is {media_type}, no text; give the address of an article")
    body = decoded(_body(response, label, end), response.headers.get("Content-Encoding"), MAX_BYTES, label)
    if not body.strip():
        raise UsageError(f"{label}: is empty; check it, or {_SAVE}")
    etag, modified = (_version(response.headers.get(name)) for name in ("ETag", "Last-Modified"))
    return Fetched(url, body, media_type, charset, etag, modified)


def _version(value: str | None) -> str | None:
    """A header that may be sent back: short, and of printable characters alone."""
    return value if value and len(value) <= 200 and value.isascii() and value.isprintable() else None


def _seconds(value: str | None) -> float | None:
    """`Retry-After` in seconds from now, in both of its forms."""
    if value is None:
        return None
    if value.strip().isdigit():
        return min(float(value), _MOST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    now = datetime.now(UTC)
    return min(max((moment.astimezone(UTC) - now).total_seconds(), 0.0), _MOST_WAIT)


def _body(response: HTTPResponse, label: str, end: float) -> bytes:
    chunks, size = [], 0
    while chunk := response.read1(64 * 1024):
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise UsageError(f"{label}: is over the limit of {MAX_BYTES // 2**20} MB; {_SAVE}")
        if time.monotonic() > end:
            raise OSError
    declared = response.headers.get("Content-Length", "")
    if declared.isdigit() and size < int(declared):
        raise ValueError("the connection broke off")
    return b"".join(chunks)


def _shut(connection: HTTPConnection) -> None:
    """End a connection whose time is up, from another thread, whatever it is waiting for."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            connection.sock.close()


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
