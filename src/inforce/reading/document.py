"""A file, a page or standard input becomes a `Document`: main text, title, and the day that dates it.

Offsets of later spans count in `Document.text`: for plain text the file after its header, line ends
read as `\n`; for every other kind the text as it was extracted.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from inforce.dates import parse_day
from inforce.errors import UsageError
from inforce.reading.encodings import decode_page, decode_text
from inforce.reading.formats.extract import Extract
from inforce.reading.formats.kinds import HEAD, IN_WORDS, Kind, sniff
from inforce.reading.model import Document

#: Largest input that is read. The longest treaty reports run to 3 MB of text; more is no article.
MAX_BYTES = 20 * 1024 * 1024

STANDARD_INPUT = "-"

_HEADER_KEYS = ("Title", "Published", "Source")
_SURROGATE = re.compile("[\ud800-\udfff]")  # RE2 has no such characters; one class alone is linear
#: How a date that was asked for is told, and how one is asked for; another face has other words.
FROM_OPTION = "given with --published"
_HEADER = "the text's header"
_NAMES_NONE = "the text names no day of publication"
SAY_ONE = "say one with --published YYYY-MM-DD"


class Header(NamedTuple):
    """The few lines that may stand before a plain text; `length` is where the text begins."""

    title: str | None = None
    published: date | None = None
    source: str | None = None
    length: int = 0


def open_document(source: str | Path, *, published: date | None = None) -> Document:
    """Read one document from a file, or from standard input where `source` is "-".

    `published` beats what the file says of itself. Raises `UsageError`, with the file's name, where
    there is none to read: missing, a folder, empty, binary, of unknown encoding, over `MAX_BYTES`, or of
    a kind that holds several (`reading.formats.sources` opens those).
    """
    name = str(source)
    if name == STANDARD_INPUT:
        return document_from_bytes(standard_input(), "standard input", published=published)
    return document_from_bytes(read_file(Path(name)), name, name=name, published=published)


def document_from_bytes(
    data: bytes,
    label: str,
    *,
    name: str = "",
    published: date | None = None,
    charset: str | None = None,
    url: str | None = None,
) -> Document:
    """Read one document of whatever kind its bytes are; `name` is evidence of the kind.

    `charset` is what its transport declared, `url` where it was found; `label` is what messages call it.
    Raises `UsageError`.
    """
    kind, mismatch = sniff(data[:HEAD], name, label)
    if kind not in _READERS:
        raise UsageError(f"{label}: is {IN_WORDS[kind]}; save its text and give that")
    document = _READERS[kind](data, label, published, charset, url)
    return msgspec.structs.replace(document, notes=(mismatch, *document.notes)) if mismatch else document


def document_from_text(
    text: str, source: str, *, published: date | None = None, sha256: str | None = None
) -> Document:
    """Read plain text with its optional header (`Title:`, `Published:`, `Source:`, a blank line).

    `sha256` is that of the bytes, where they are known; otherwise that of the text in UTF-8.
    Raises `UsageError` where no text follows, or where the header's date is none.
    """
    digest = sha256 or sha256_of(text.encode("utf-8", "surrogatepass"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    header = _read_header(text, source)
    body = text[header.length :]
    if not body.strip():
        raise UsageError(f"{source}: holds no text to check; give a file with an article in it")
    found = Extract(
        text=body,
        title=header.title,
        published=header.published,
        evidence=_HEADER if header.published else None,
        outlet=None if web_address(header.source) else header.source,
        url=web_address(header.source),
    )
    document = document_of(found, source, Kind.TEXT, digest, published=published)
    return msgspec.structs.replace(document, source=header.source or source)


def document_from_html(
    data: bytes,
    source: str,
    *,
    published: date | None = None,
    charset: str | None = None,
    url: str | None = None,
) -> Document:
    """Read the main text, title and date of an HTML page; scripts, menus and comments fall away.

    Raises `UsageError` where the page holds no main text or cannot be decoded.
    """
    from inforce.reading.page import main_text  # noqa: PLC0415 - trafilatura takes 0.3 s to import

    page = main_text(decode_page(data, source, charset), source, url=url)
    return document_of(page, source, Kind.HTML, sha256_of(data), published=published)


def document_of(
    found: Extract, source: str, kind: Kind, sha256: str, *, published: date | None = None
) -> Document:
    """The document that was extracted, dated by what was asked for, else by what it says of itself."""
    day, reason = _dated(found, published)
    return Document(
        source=source,
        text=_without_surrogates(found.text),
        title=_without_surrogates(found.title) if found.title else found.title,
        published=day,
        published_from=reason,
        language=found.language or "en",
        sha256=sha256,
        kind=str(kind),
        outlet=found.outlet,
        url=web_address(found.url),
        notes=found.notes,
    )


def _without_surrogates(text: str) -> str:
    """The text with halves of characters, which no encoding can hold, as U+FFFD; offsets stay."""
    return _SURROGATE.sub("\ufffd", text)


def web_address(text: str | None) -> str | None:
    """The text where it is an address of the web, else None."""
    return text if text and text.startswith(("https://", "http://")) and " " not in text else None


def _dated(found: Extract, asked: date | None) -> tuple[date | None, str]:
    if asked is None:
        if found.published is not None:
            return found.published, found.evidence or "the document itself"
        return None, f"{found.evidence or _NAMES_NONE}; {SAY_ONE}"
    if found.published is None or found.published == asked:
        return asked, FROM_OPTION
    return asked, f"{FROM_OPTION}, over {found.published.isoformat()} from {found.evidence}"


def _text(data: bytes, label: str, published: date | None, charset: str | None, url: str | None) -> Document:
    return document_from_text(
        decode_text(data, label, charset), label, published=published, sha256=sha256_of(data)
    )


def _page(data: bytes, label: str, published: date | None, charset: str | None, url: str | None) -> Document:
    return document_from_html(data, label, published=published, charset=charset, url=url)


def _pdf(data: bytes, label: str, published: date | None, charset: str | None, url: str | None) -> Document:
    from inforce.reading.formats.pdf import read_pdf  # noqa: PLC0415 - pypdf takes a while to import

    return document_of(read_pdf(data, label), label, Kind.PDF, sha256_of(data), published=published)


def _docx(data: bytes, label: str, published: date | None, charset: str | None, url: str | None) -> Document:
    from inforce.reading.formats.docx import read_docx  # noqa: PLC0415 - so does lxml

    return document_of(read_docx(data, label), label, Kind.DOCX, sha256_of(data), published=published)


def _message(
    data: bytes, label: str, published: date | None, charset: str | None, url: str | None
) -> Document:
    from inforce.reading.formats.message import read_message  # noqa: PLC0415 - and trafilatura

    return document_of(read_message(data, label), label, Kind.EML, sha256_of(data), published=published)


def _several(
    data: bytes, label: str, published: date | None, charset: str | None, url: str | None
) -> Document:
    raise UsageError(f"{label}: may hold several documents; give it to inforce check")


_READERS: dict[Kind, Callable[[bytes, str, date | None, str | None, str | None], Document]] = {
    Kind.TEXT: _text,
    Kind.HTML: _page,
    Kind.PDF: _pdf,
    Kind.DOCX: _docx,
    Kind.EML: _message,
    Kind.WARC: _several,
    Kind.JSONL: _several,
}


def standard_input() -> bytes:
    """What stands on standard input. Raises `UsageError` where that is nothing or over `MAX_BYTES`."""
    return within_limits(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input", None)


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises `UsageError` where there are none, or more than `MAX_BYTES`."""
    with told(path), path.open("rb") as file:
        return within_limits(file.read(MAX_BYTES + 1), str(path), path)


@contextmanager
def told(path: str | Path) -> Iterator[None]:
    """Turns what the system says against a file into a `UsageError` with its name."""
    try:
        yield
    except IsADirectoryError:
        raise UsageError(f"{path}: is a folder; give the files in it, for example {path}/*.txt") from None
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file; check the name") from None
    except PermissionError:
        raise UsageError(f"{path}: may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"{path}: cannot be read ({reason}); give a file with an article") from None


def within_limits(data: bytes, label: str, path: Path | None) -> bytes:
    """The data, where they are neither empty nor over `MAX_BYTES`; else raises `UsageError`."""
    if len(data) > MAX_BYTES:
        size = f"{path.stat().st_size / 2**20:.0f} MB, " if path else ""
        raise UsageError(
            f"{label}: is {size}over the limit of {MAX_BYTES // 2**20} MB; give one article a file"
        )
    if not data.strip():
        raise UsageError(f"{label}: is empty; give a file with an article in it")
    return data


def _read_header(text: str, source: str) -> Header:
    """The header, where the lines up to the first blank one are all its known keys, each once."""
    values: dict[str, str] = {}
    length = 0
    for number, line in enumerate(text[:10_000].split("\n"), 1):
        length += len(line) + 1
        key, colon, value = line.partition(":")
        if not line.strip():
            break
        if not colon or key not in _HEADER_KEYS or key in values:
            return Header()
        values[key] = value.strip()
        if key == "Published":
            _header_day(values[key], source, number)
    else:
        return Header()
    if not values:
        return Header()
    day = values.get("Published")
    return Header(
        title=values.get("Title") or None,
        published=parse_day(day) if day else None,
        source=values.get("Source") or None,
        length=length,
    )


def _header_day(value: str, source: str, line: int) -> None:
    try:
        parse_day(value)
    except UsageError as error:
        raise UsageError(f"{source}, line {line}: Published: {error}") from None


def sha256_of(data: bytes) -> str:
    """The hexadecimal SHA-256 by which a document is known."""
    return hashlib.sha256(data).hexdigest()
