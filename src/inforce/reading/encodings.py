"""Bytes to text, without guessing: a byte order mark, a page's own declaration, or UTF-8."""

from __future__ import annotations

import codecs

import re2

from inforce.errors import UsageError, as_written

#: Encodings a page may declare, by Python's name.
_WEB = frozenset(
    {"utf-8", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "gb18030", "big5", "shift_jis"}
    | {"euc_jp", "euc_kr"}
    | {f"cp{number}" for number in (866, 874, *range(1250, 1259))}
    | {f"iso8859-{part}" for part in range(2, 17) if part != 12}
)
#: What browsers read in place of what is declared (WHATWG Encoding Standard).
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "utf-16": "utf-8",
}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re2.compile(
    rb"""(?i)<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)"""
)
_DECLARED_WITHIN = 4096

_GIVE = "give text, HTML, PDF, DOCX or EML"


def decode_text(data: bytes, label: str, charset: str | None = None) -> str:
    """Decode plain text: by its byte order mark, what its transport declared (`charset`), or as UTF-8.

    Raises `UsageError` where it is none of them.
    """
    _refuse_binary(data, label)
    encoding, skip = _marked(data) or (_named(charset, label) if charset else "utf-8", 0)
    return _decoded(data[skip:], encoding, label, skip)


def decode_page(data: bytes, label: str, charset: str | None = None) -> str:
    """Decode a page: byte order mark, its transport's declaration, its own, then UTF-8.

    Raises `UsageError` where it is none of them.
    """
    _refuse_binary(data, label)
    encoding, skip = _marked(data) or (_named(charset, label) if charset else _declared(data, label), 0)
    return _decoded(data[skip:], encoding, label, skip)


def page_as_utf8(data: bytes, charset: str | None = None) -> bytes:
    """The page in UTF-8; where it is so already, as it is, with whatever in it is none.

    Raises `UsageError` where it cannot be read.
    """
    encoding, _ = _marked(data) or (_named(charset, "page") if charset else _declared(data, "page"), 0)
    if encoding == "utf-8":
        _refuse_binary(data, "page")
        return data
    return decode_page(data, "page", charset).encode()


def _marked(data: bytes) -> tuple[str, int] | None:
    return next(((name, len(mark)) for mark, name in _MARKS if data.startswith(mark)), None)


def _declared(data: bytes, label: str) -> str:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    if found is None:
        return "utf-8"
    return _named(found[1].decode("ascii"), label)


def _named(declared: str, label: str) -> str:
    """The encoding that is meant by a declared name, as browsers take it."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = declared
    name = _READ_AS.get(name, name)
    if name not in _WEB:
        raise UsageError(
            f"{label}: declares the unknown encoding {as_written(declared)}; save the page as UTF-8"
        )
    return name


def _refuse_binary(data: bytes, label: str) -> None:
    if _marked(data) is None and b"\x00" in data:
        raise UsageError(f"{label}: is a binary file, no text; {_GIVE}")


def _decoded(data: bytes, encoding: str, label: str, skipped: int) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        bad = data[error.start : error.start + 1].hex().upper()
        raise UsageError(
            f"{label}: is not {encoding.upper()}: byte 0x{bad} at offset {error.start + skipped}; "
            "convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None
    if "\x00" in text:
        raise UsageError(f"{label}: is a binary file, no text; {_GIVE}")
    return text
