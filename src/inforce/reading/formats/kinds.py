"""Which kind of document some bytes are: by what they hold, with the file's name as evidence.

What a format's own mark says always holds. Only among kinds of plain text, which have no mark, does the
name decide: a page without `<html>`, a message with few headers, JSON lines. Where the name promises
another kind than the bytes are, that is told.
"""

from __future__ import annotations

import zlib
from enum import StrEnum
from pathlib import PurePath
from typing import NamedTuple

import re2

from inforce.errors import UsageError

#: How much of the beginning is looked at.
HEAD = 16 * 1024


class Kind(StrEnum):
    """What is read; the values are those of the answers."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    EML = "eml"
    WARC = "warc"
    JSONL = "jsonl"


class Sniffed(NamedTuple):
    """The kind, and where the name promises another one, a sentence that says so."""

    kind: Kind
    mismatch: str | None = None


#: Kinds that may hold many documents.
CONTAINERS = frozenset({Kind.WARC, Kind.JSONL})

IN_WORDS = {
    Kind.TEXT: "plain text",
    Kind.HTML: "an HTML page",
    Kind.PDF: "a PDF",
    Kind.DOCX: "a Word document",
    Kind.EML: "an e-mail message",
    Kind.WARC: "a web archive",
    Kind.JSONL: "JSON lines",
}

_BY_SUFFIX = {
    ".txt": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".eml": Kind.EML,
    ".warc": Kind.WARC,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".json": Kind.JSONL,
}

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"

#: Marks of formats that are not read, with what to do.
_REFUSED = (
    (b"{\\rtf", "is a rich-text document; save it as plain text or DOCX and give that"),
    (
        b"\xd0\xcf\x11\xe0",
        "is an old or encrypted Word document, or an Outlook message; save it as DOCX or EML and give that",
    ),
    (b"\x28\xb5\x2f\xfd", "is packed with zstd; unpack it, for example with: zstd -d"),
    (b"BZh", "is packed with bzip2; unpack it, for example with: bunzip2"),
    (b"\xfd7zXZ\x00", "is packed with xz; unpack it, for example with: unxz"),
    (b"\x89PNG", "is a picture; give the article's text"),
    (b"\xff\xd8\xff", "is a picture; give the article's text"),
    (b"GIF8", "is a picture; give the article's text"),
)

_PDF = re2.compile(rb"(?:^|[\r\n])%PDF-\d")  # readers of PDF allow what stands before it
_PAGE = re2.compile(rb"(?i)^(?:<!doctype\s+html|<html|<\?xml)")
_FIELD = re2.compile(rb"(?i)^([!-9;-~]{1,76}):")
_MBOX = re2.compile(rb"^From \S+ .*\d\d:\d\d")
#: Header fields of messages (RFC 5322, 2045); the first group is written by mail systems alone.
_MAIL_ONLY = frozenset({b"message-id", b"mime-version", b"received", b"return-path", b"dkim-signature"})
_MAIL = frozenset({b"from", b"to", b"date", b"subject", b"content-type", b"cc", b"reply-to"}) | _MAIL_ONLY
_JSON_OBJECT = re2.compile(rb'^\{\s*"')


def sniff(head: bytes, name: str, label: str) -> Sniffed:
    """The kind of what begins with `head` (up to `HEAD` bytes) and is called `name`.

    Raises `UsageError`, which begins with `label`, for formats that are known and not read.
    """
    promised = _promised(name)
    kind = _marked(head, label) or _textual(head, promised)
    if promised is None or promised is kind:
        return Sniffed(kind)
    return Sniffed(kind, f"named {PurePath(name).suffix}, but it is {IN_WORDS[kind]} and was read as one")


def _promised(name: str) -> Kind | None:
    path = PurePath(name)
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    return Kind.WARC if suffixes == [".warc", ".gz"] else _BY_SUFFIX.get(path.suffix.lower())


def _marked(head: bytes, label: str) -> Kind | None:
    """The kind of which the bytes bear the mark."""
    for mark, why in _REFUSED:
        if head.startswith(mark):
            raise UsageError(f"{label}: {why}")
    if _PDF.search(head[:1024]):
        return Kind.PDF
    if head.startswith(_ZIP):
        return Kind.DOCX  # other documents in ZIP archives are refused by the reader of this kind
    if head.startswith(_GZIP):
        if _unpacked_start(head).startswith(b"WARC/"):
            return Kind.WARC
        raise UsageError(f"{label}: is packed with gzip; unpack it, for example with: gunzip")
    return Kind.WARC if head.startswith(b"WARC/") else None


def _unpacked_start(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 16)
    except zlib.error:
        return b""


def _textual(head: bytes, promised: Kind | None) -> Kind:
    """The kind of what bears no mark: its beginning decides, then the name."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if _PAGE.search(start) or promised is Kind.HTML:
        return Kind.HTML
    if promised is Kind.JSONL or (promised is not Kind.TEXT and _JSON_OBJECT.search(start)):
        return Kind.JSONL
    return Kind.EML if _is_message(start, promised) else Kind.TEXT


def _is_message(start: bytes, promised: Kind | None) -> bool:
    """Whether the lines up to the first blank one are the header of a message."""
    fields = set()
    for number, line in enumerate(start.splitlines()):
        if not line.strip():
            break
        if line[:1] in b" \t" or (number == 0 and _MBOX.search(line)):
            continue
        found = _FIELD.search(line)
        if not found:
            return False
        fields.add(found[1].lower())
    known = fields & _MAIL
    if promised is Kind.EML:
        return bool(known)
    return len(known) >= 3 and bool(known & _MAIL_ONLY)
