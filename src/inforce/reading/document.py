"""A file, a page or standard input becomes a `Document`: main text, title, and the day that dates it.

Offsets of later spans count in `Document.text`: for plain text the file after its header, line ends
read as `\\n`; for HTML the page's main text.
"""

from __future__ import annotations

import hashlib
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

from inforce.dates import parse_day
from inforce.errors import UsageError
from inforce.reading.encodings import decode_page, decode_text
from inforce.reading.model import Document

#: Largest input that is read. The longest treaty reports run to 3 MB of text; more is no article.
MAX_BYTES = 20 * 1024 * 1024

STANDARD_INPUT = "-"

_HEADER_KEYS = ("Title", "Published", "Source")
_SUFFIXES_OF_PAGES = (".html", ".htm", ".xhtml")
_STARTS_OF_PAGES = ("<!doctype html", "<html", "<?xml")
_FROM_OPTION = "given with --published"
_FROM_NOTHING = "the text names no day of publication; say one with --published YYYY-MM-DD"


class Header(NamedTuple):
    """The few lines that may stand before a plain text; `length` is where the text begins."""

    title: str | None = None
    published: date | None = None
    source: str | None = None
    length: int = 0


def open_document(source: str | Path, *, published: date | None = None) -> Document:
    """Read an article from a file, or from standard input where `source` is "-".

    `published` beats what the file says of itself. Raises `UsageError`, with the file's name, where
    there is no article to read: missing, a folder, empty, binary, of unknown encoding, over `MAX_BYTES`.
    """
    name = str(source)
    if "://" in name:
        raise UsageError(f"{name}: addresses are not fetched in this version; save the page, give the file")
    data = _standard_input() if name == STANDARD_INPUT else _read_file(Path(name))
    label = "standard input" if name == STANDARD_INPUT else name
    if _is_page(data, name):
        return document_from_html(data, label, published=published)
    return document_from_text(decode_text(data, label), label, published=published, sha256=_sha256(data))


def document_from_text(
    text: str, source: str, *, published: date | None = None, sha256: str | None = None
) -> Document:
    """Read plain text with its optional header (`Title:`, `Published:`, `Source:`, a blank line).

    `sha256` is that of the bytes, where they are known; otherwise that of the text in UTF-8.
    Raises `UsageError` where no text follows, or where the header's date is none.
    """
    digest = sha256 or _sha256(text.encode("utf-8", "surrogatepass"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    header = _read_header(text, source)
    body = text[header.length :]
    if not body.strip():
        raise UsageError(f"{source}: holds no text to check; give a file with an article in it")
    dated = published or header.published
    return Document(
        source=header.source or source,
        text=body,
        title=header.title,
        published=dated,
        published_from=_FROM_OPTION if published else "the text's header" if dated else _FROM_NOTHING,
        sha256=digest,
        outlet=None if web_address(header.source) else header.source,
        url=web_address(header.source),
    )


def document_from_html(data: bytes, source: str, *, published: date | None = None) -> Document:
    """Read the main text, title and date of an HTML page; scripts, menus and comments fall away.

    Raises `UsageError` where the page holds no main text or cannot be decoded.
    """
    from inforce.reading.page import main_text  # noqa: PLC0415 - trafilatura takes 0.3 s to import

    page = main_text(decode_page(data, source), source)
    dated = published or page.published
    return Document(
        source=source,
        text=page.text,
        title=page.title,
        published=dated,
        published_from=_FROM_OPTION if published else "the page's metadata" if dated else _FROM_NOTHING,
        language=page.language or "en",
        sha256=_sha256(data),
        outlet=page.outlet,
        url=web_address(page.url),
    )


def web_address(text: str | None) -> str | None:
    """The text where it is an address of the web, else None."""
    return text if text and text.startswith(("https://", "http://")) and " " not in text else None


def _standard_input() -> bytes:
    return _within_limits(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input", None)


def _read_file(path: Path) -> bytes:
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; give the files in it, for example {path}/*.txt")
    try:
        with path.open("rb") as file:
            return _within_limits(file.read(MAX_BYTES + 1), str(path), path)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file; check the name") from None
    except PermissionError:
        raise UsageError(f"{path}: may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"{path}: cannot be read ({reason}); give a file with an article") from None


def _within_limits(data: bytes, label: str, path: Path | None) -> bytes:
    if len(data) > MAX_BYTES:
        size = f"{path.stat().st_size / 2**20:.0f} MB, " if path else ""
        raise UsageError(
            f"{label}: is {size}over the limit of {MAX_BYTES // 2**20} MB; give one article a file"
        )
    if not data.strip():
        raise UsageError(f"{label}: is empty; give a file with an article in it")
    return data


def _is_page(data: bytes, name: str) -> bool:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return name.lower().endswith(_SUFFIXES_OF_PAGES) or start.startswith(
        tuple(mark.encode() for mark in _STARTS_OF_PAGES)
    )


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


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
