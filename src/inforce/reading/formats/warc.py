"""Web archives (WARC, ISO 28500), plain or gzip: pages and plain texts among their records, by fastwarc.

fastwarc ends in silence where a file is cut short, and gives what is left of the last record as if it
were whole; so every record's length is counted here. Bodies are unpacked here as well, within a limit.
The day of crawling (WARC-Date) is handed on to tell what an archive covers, and dates no text.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import BinaryIO, NamedTuple

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from inforce.errors import UsageError
from inforce.reading.document import MAX_BYTES, document_from_html, document_from_text, sha256_of
from inforce.reading.encodings import decode_text
from inforce.reading.formats.part import Markup, Part
from inforce.reading.formats.passed import Passed, pass_over
from inforce.reading.formats.unpacked import decoded, media_type_of, unchunked
from inforce.reading.model import Document

PAGES = frozenset({"text/html", "application/xhtml+xml"})
TEXTS = frozenset({"text/plain"})
_READ = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_CHUNK = 1024 * 1024
_OK = 200


class _Tail:
    """Hands a stream on and keeps its end, where fastwarc does not tell that a packed record is cut."""

    _KEPT = 1024 * 1024

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._end, self._at = stream, bytearray(), 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        self._end += data
        if len(self._end) > 2 * self._KEPT:
            del self._end[: -self._KEPT]
        return data

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("a stream is read from its beginning to its end")

    def close(self) -> None:
        """The stream is closed by who opened it."""

    def is_whole_from(self, position: int) -> bool:
        """Whether gzip members from here to the end are whole; plain archives, and ends not kept, are."""
        data = bytes(self._end[max(0, position - self._at + len(self._end)) :])
        if not data.startswith(b"\x1f\x8b") or position < self._at - len(self._end):
            return True
        while data:
            packer = zlib.decompressobj(zlib.MAX_WBITS | 16)
            while data and not packer.eof:
                packer.decompress(data, _CHUNK)
                data = packer.unconsumed_tail
            if not packer.eof:
                return False
            data = packer.unused_data
        return True


class Crawled(NamedTuple):
    """One page or text of an archive; `body` is as it was sent, `encoding` how it is packed."""

    number: int
    url: str | None
    media_type: str
    charset: str | None
    encoding: str | None
    body: bytes
    notes: tuple[str, ...]
    day: str | None = None


def web_archive(stream: BinaryIO, label: str, passed: Passed) -> Iterator[Part]:
    """Each page and text. Raises `UsageError` where the archive breaks off."""
    for packed in crawled_pages(stream, label, passed):
        place = f"{label}, record {packed.number}"
        crawled = _unpacked(packed, place)
        is_page = crawled.media_type in PAGES and crawled.encoding is None
        markup = Markup(crawled.body, crawled.charset) if is_page else None
        yield Part(crawled.number, f"{place} ({crawled.url})", _opening(crawled, place), markup, crawled.day)


def _unpacked(crawled: Crawled, place: str) -> Crawled:
    """The page with its body unpacked; as it is where that fails, which is told when it is opened."""
    if crawled.encoding is None or len(crawled.body) > MAX_BYTES:
        return crawled
    try:
        body = decoded(crawled.body, crawled.encoding, MAX_BYTES, place)
    except UsageError:
        return crawled
    return crawled._replace(body=body, encoding=None)


def crawled_pages(stream: BinaryIO, label: str, passed: Passed) -> Iterator[Crawled]:
    """The pages and texts of an archive, not unpacked; other records are counted in `passed`.

    Raises `UsageError` where the archive breaks off or is damaged; what came before has been given.
    """
    number = last = 0
    tail = _Tail(stream)
    try:
        for record in ArchiveIterator(tail, parse_http=True, auto_decode="none"):
            number, last = number + 1, record.stream_pos
            crawled = _crawled(record, number, passed)
            if crawled:
                yield crawled
        if not tail.is_whole_from(last):
            raise EOFError(f"a record is cut short behind record {number}")
    except (OSError, ValueError, EOFError, zlib.error) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageError(
            f"{label}: breaks off after {number} records ({reason}); what comes after is not read, get the "
            "file anew"
        ) from None
    except BaseException as error:  # how fastwarc's own defects arrive: no Exception, and never to be lost
        if type(error).__name__ != "PanicException":
            raise
        raise UsageError(f"{label}: breaks off after {number} records, where fastwarc fails") from None


def _crawled(record: WarcRecord, number: int, passed: Passed) -> Crawled | None:
    """The page or text in a record. Raises `ValueError` where the record is not whole."""
    whole = record.headers.get("WARC-Record-ID") and record.headers.get("Content-Length")
    if not whole or record.record_type == WarcRecordType.unknown:
        raise ValueError(f"record {number} has no whole header")
    length = record.content_length
    body, size = _body(record)
    if size < length:
        raise ValueError(f"record {number} is cut short")
    media_type, charset = _media_type(record)
    if not record.record_type & _READ:
        pass_over(passed, f"{record.record_type} records")
    elif record.http_headers is not None and record.http_headers.status_code != _OK:
        pass_over(passed, f"with status {record.http_headers.status_code}")
    elif media_type not in PAGES | TEXTS:
        pass_over(passed, media_type or "without a media type")
    else:
        http = record.http_headers
        if http is not None and "chunked" in (http.get("Transfer-Encoding") or "").lower():
            body = unchunked(body)
        cut = record.headers.get("WARC-Truncated")
        notes = (f"cut short by the crawler ({cut})",) if cut else ()
        encoding = http.get("Content-Encoding") if http is not None else None
        url = record.headers.get("WARC-Target-URI")
        day = (record.headers.get("WARC-Date") or "")[:10] or None
        return Crawled(number, url, media_type, charset, encoding, body, notes, day)
    return None


def _body(record: WarcRecord) -> tuple[bytes, int]:
    """The record's body up to just over the limit, and its whole size."""
    chunks, size = [], 0
    while chunk := record.reader.read(_CHUNK):
        size += len(chunk)
        if size - len(chunk) <= MAX_BYTES:
            chunks.append(chunk)
    return b"".join(chunks), size


def _media_type(record: WarcRecord) -> tuple[str, str | None]:
    """The media type of the body and the charset that goes with it."""
    headers = record.http_headers if record.http_headers is not None else record.headers
    return media_type_of(headers.get("Content-Type"))


def _opening(crawled: Crawled, place: str) -> Callable[[date | None], Document]:
    return lambda published: document_from_crawl(crawled, place, published=published)


def document_from_crawl(crawled: Crawled, place: str, *, published: date | None = None) -> Document:
    """The document of a crawled page; `place` is the archive and the record. Raises `UsageError`."""
    label = f"{place} ({crawled.url})" if crawled.url else place
    if len(crawled.body) > MAX_BYTES:
        raise UsageError(f"{label}: is over the limit of {MAX_BYTES // 2**20} MB; give its text")
    data = decoded(crawled.body, crawled.encoding, MAX_BYTES, label)
    if crawled.media_type in PAGES:
        document = document_from_html(
            data, label, published=published, charset=crawled.charset, url=crawled.url
        )
    else:
        text = decode_text(data, label, crawled.charset)
        document = document_from_text(text, label, published=published, sha256=sha256_of(data))
    return msgspec.structs.replace(
        document, source=crawled.url or place, url=crawled.url, found_in=place, notes=crawled.notes
    )
