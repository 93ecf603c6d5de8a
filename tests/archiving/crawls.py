"""Small web archives of the tests' own."""

from __future__ import annotations

import gzip
from pathlib import Path

from newsroom import article, filler


def record(number: int, body: bytes, day: str, media_type: str = "text/html; charset=utf-8") -> bytes:
    """One response, packed as archives are: a gzip member each."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    about = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Date: {day}T00:00:00Z\r\n"
        f"WARC-Target-URI: http://e.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(head) + len(body)}\r\n\r\n"
    )
    return gzip.compress(about.encode() + head + body + b"\r\n\r\n", 1)


def crawl(file: Path, *, pages: int, every: int, day: str, first: int = 0) -> Path:
    """An archive of so many pages, of which one in `every` makes a claim."""
    with file.open("wb") as out:
        for number in range(first, first + pages):
            nothing = f"<html><title>N</title><body><p>{filler(number, 300)}</p></body></html>"
            body = article(number) if number % every == 0 else nothing
            out.write(record(number, body.encode(), day))
    return file
