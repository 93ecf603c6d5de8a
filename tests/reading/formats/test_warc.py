"""Web archives: pages and texts are read, all else is counted, and a cut archive says where it breaks off."""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from datetime import date
from pathlib import Path

import brotli
import pytest
from made_files import SENTENCES

from inforce.errors import UsageError
from inforce.reading.formats import warc
from inforce.reading.formats.sources import find
from inforce.reading.formats.unpacked import decoded, unchunked
from inforce.reading.model import Document

PAGE = f"<html><body><article><p>{SENTENCES * 3}</p></article></body></html>".encode()
HTML = "Content-Type: text/html; charset=utf-8\r\n"


def record(url: str, body: bytes, headers: str = HTML, status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body
    return framed("response", url, "application/http; msgtype=response", http)


def framed(kind: str, url: str, media_type: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{zlib.crc32(url.encode()):036d}>\r\n"
        f"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def read(data: bytes, folder: Path, passed: Counter[str] | None = None) -> tuple[list[Document | str], str]:
    """The documents, or why they are none, and the line with which the archive breaks off, if it does."""
    file = folder / "a.warc.gz"
    file.write_bytes(data)
    got: list[Document | str] = []
    try:
        for found in find(str(file), Counter() if passed is None else passed):
            try:
                got.append(found.open(None))
            except UsageError as error:
                got.append(str(error))
    except UsageError as error:
        return got, str(error)
    return got, ""


def test_pages_and_texts_are_read_and_the_day_of_crawling_dates_none(tmp_path: Path) -> None:
    dated = PAGE.replace(b"<html>", b'<html><meta property="article:published_time" content="2025-06-20">')
    latin = PAGE.replace(b"said", "säid".encode("cp1252"))
    records = [
        framed("warcinfo", "", "application/warc-fields", b"software: none"),
        record("https://a.example/1", dated),
        record("https://a.example/2", latin, HTML.replace("utf-8", "latin1")),
        record("https://a.example/3", b"\x89PNG", "Content-Type: image/png\r\n"),
        record("https://a.example/4", PAGE, status="404 Not Found"),
        framed("conversion", "https://a.example/5", "text/plain", SENTENCES.encode()),
        record("https://a.example/2025/06/20/6", PAGE),
        record("https://a.example/7", b"<html></html>"),
    ]
    for data in (b"".join(records), b"".join(map(gzip.compress, records))):
        passed: Counter[str] = Counter()
        (one, two, text, third, empty), end = read(data, tmp_path, passed)
        assert end == ""
        assert all(isinstance(each, Document) for each in (one, two, text, third))
        assert isinstance(one, Document)
        assert isinstance(two, Document)
        assert isinstance(third, Document)
        assert (one.source, one.published, one.kind) == ("https://a.example/1", date(2025, 6, 20), "html")
        assert one.found_in == f"{tmp_path}/a.warc.gz, record 2"
        assert two.published is None
        assert "säid" in two.text
        assert third.published_from == "the page's address (/2025/06/20/)"
        assert "record 8 (https://a.example/7): no main text found" in str(empty)
        assert passed == {"warcinfo records": 1, "image/png": 1, "with status 404": 1}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE), "Content-Encoding: gzip\r\n"),
        (zlib.compress(PAGE), "Content-Encoding: deflate\r\n"),
        (zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate\r\n"),
        (brotli.compress(PAGE), "Content-Encoding: br\r\n"),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), "Transfer-Encoding: chunked\r\n"),
        (PAGE, "Transfer-Encoding: chunked\r\n"),
    ],
)
def test_bodies_are_unpacked(body: bytes, headers: str, tmp_path: Path) -> None:
    (got,), end = read(record("https://a.example/", body, HTML + headers), tmp_path)
    assert isinstance(got, Document), got
    assert got.text.startswith("Finland deposited")
    assert end == ""


@pytest.mark.parametrize(
    ("body", "encoding", "words"),
    [
        (gzip.compress(b" " * 2**22), "gzip", "unpacks to more than 1 MB"),
        (brotli.compress(b" " * 2**22), "br", "unpacks to more than 1 MB"),
        (gzip.compress(PAGE)[:-20], "gzip", "its gzip body is damaged (it breaks off)"),
        (brotli.compress(PAGE)[:-20], "br", "its br body is damaged ("),
        (b"no gzip", "gzip", "its gzip body is damaged ("),
        (b"no brotli", "br", "its br body is damaged ("),
        (PAGE, "compress", "is packed as 'compress', which is not read"),
    ],
)
def test_bombs_and_damaged_bodies_lose_no_other_page(
    body: bytes, encoding: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MAX_BYTES", 2**20)
    bad = record("https://a.example/1", body, f"{HTML}Content-Encoding: {encoding}\r\n")
    (first, second), end = read(bad + record("https://a.example/2", PAGE), tmp_path)
    assert words in str(first)
    assert isinstance(second, Document)
    assert end == ""


@pytest.mark.parametrize("cut", [20, 300, 900, 1200])
@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_archive_says_where_and_what_came_before_is_read(
    cut: int, packed: bool, tmp_path: Path
) -> None:
    records = [record(f"https://a.example/{n}", PAGE) for n in range(3)]
    parts = [gzip.compress(each) for each in records] if packed else records
    data = b"".join(parts)[: -min(cut, len(parts[-1]) - 30)]
    got, end = read(data, tmp_path)
    assert len(got) == 2
    assert "a.warc.gz: breaks off after " in end
    assert "get the file anew" in end


def test_garbage_between_records_is_no_end_in_silence(tmp_path: Path) -> None:
    got, end = read(record("https://a.example/1", PAGE) + b"garbage" * 100, tmp_path)
    assert len(got) == 1
    assert "breaks off after" in end


def test_what_only_says_that_it_is_chunked_stays_and_nothing_is_longer_than_the_limit() -> None:
    assert unchunked(b"5\r\nhello\r\n") == b"5\r\nhello\r\n"
    assert unchunked(b"5;a=b\r\nhello\r\n0\r\n\r\n") == b"hello"
    assert decoded(gzip.compress(b"hello"), "gzip", 5, "a") == b"hello"
