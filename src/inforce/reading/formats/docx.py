"""A Word document (Office Open XML, ISO/IEC 29500): paragraphs, headings, lists, tables and notes.

Read from the ZIP archive and its XML directly, with bounds: nothing is unpacked beyond a size, no entity
is expanded and nothing is fetched. Deleted and hidden text is left out, inserted text is read.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date

from lxml import etree

from inforce.errors import UsageError
from inforce.reading.formats.extract import Extract, clean, one_line, weak_day, written_day

#: What the parts that are read may unpack to; Word's own files of 20 MB stay below.
MAX_UNPACKED = 100 * 1024 * 1024
_MOST_ENTRIES = 10_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_LOOSE = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TERMS = "{http://purl.org/dc/terms/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
#: What is not the document's text: deleted or moved away, instructions of fields, other drawings' texts.
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}rPr", f"{_W}pPr", _FALLBACK})
_OTHERS = {
    "xl/workbook.xml": "is a spreadsheet",
    "ppt/presentation.xml": "is a presentation",
    "content.xml": "is an OpenDocument file",
    "META-INF/container.xml": "is an e-book",
}
#: What `zipfile` and its unpackers raise on damaged archives; beyond what they document, found by trying.
_DAMAGE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, KeyError),
    *(NotImplementedError, OSError, OverflowError, RuntimeError, ValueError),
)
_SAVE = "save it as DOCX, PDF or plain text and give that"


def read_docx(data: bytes, label: str) -> Extract:
    """The document's text, title and, as weak evidence, its day. Raises `UsageError` where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:_MOST_ENTRIES])
            _refuse_others(names, label)
            parts = _Parts(archive, label)
            body = list(_blocks(parts.xml("word/document.xml")))
            for part in ("word/footnotes.xml", "word/endnotes.xml"):
                if part in names:
                    body += _notes(parts.xml(part))
            core = parts.xml("docProps/core.xml") if "docProps/core.xml" in names else None
    except _DAMAGE as error:
        raise UsageError(f"{label}: is a damaged Word document ({error}); {_SAVE}") from None
    text = clean("\n\n".join(body))
    if not text.strip():
        raise UsageError(f"{label}: holds no text to check; give a file with an article in it")
    day, evidence = _day(core)
    title = one_line(core.findtext(f"{_DC}title")) if core is not None else None
    return Extract(text=text, title=title, published=day, evidence=evidence)


class _Parts:
    """The XML files in an archive, read within bounds."""

    def __init__(self, archive: zipfile.ZipFile, label: str) -> None:
        self._archive, self._label, self._left = archive, label, MAX_UNPACKED

    def xml(self, name: str) -> etree._Element:
        with self._archive.open(name) as file:
            data = file.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            limit = f"{MAX_UNPACKED // 2**20} MB"
            raise UsageError(f"{self._label}: unpacks to more than {limit}; save its text and give that")
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
            raise UsageError(f"{self._label}: defines XML entities, as no Word document does; {_SAVE}")
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(data.replace(_STRICT, _LOOSE), parser=parser)
        except etree.XMLSyntaxError as error:
            why = str(error).splitlines()[0]
            raise UsageError(f"{self._label}: is a damaged Word document ({why}); {_SAVE}") from None


def _refuse_others(names: set[str], label: str) -> None:
    if "word/document.xml" in names:
        return
    what = next((words for name, words in _OTHERS.items() if name in names), "is a ZIP archive")
    action = "unpack it and give the files in it" if what == "is a ZIP archive" else _SAVE
    raise UsageError(f"{label}: {what}; {action}")


def _blocks(root: etree._Element) -> Iterator[str]:
    """Paragraphs and rows of tables that hold text, in order; rows have their cells parted by bars."""
    body = root.find(f"{_W}body")
    waiting = [iter(body if body is not None else root)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag == f"{_W}p":
            text = _paragraph(element)
            if text:
                yield text
        elif element.tag == f"{_W}tbl":
            yield from _rows(element)
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
            waiting.append(iter(element))


def _rows(table: etree._Element) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        cells = []
        for cell in _own(row, f"{_W}tc"):
            inner = (_paragraph(paragraph) for paragraph in _own(cell, f"{_W}p"))
            cells.append(" ".join(text for text in inner if text))
        if any(cells):
            yield " | ".join(cells)


def _own(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """What stands in it, but not in another of its kind inside it."""
    return (each for each in element.iter(tag) if next(each.iterancestors(element.tag)) is element)


def _notes(root: etree._Element) -> Iterator[str]:
    """Footnotes as paragraphs of their own at the end; Word's separators hold no text."""
    return (text for paragraph in root.iter(f"{_W}p") if (text := _paragraph(paragraph)))


def _paragraph(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            pieces.append(" ")
        elif element.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED and not _is_hidden(element):
            waiting += reversed(element)
    text = " ".join("".join(pieces).split())
    return f"• {text}" if text and _is_listed(paragraph) else text


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "true") not in ("0", "false", "off")


def _is_listed(paragraph: etree._Element) -> bool:
    """Whether it is an item of a list, by its numbering or by the name of its style."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    named = style is not None and (style.get(f"{_W}val") or "").lower().startswith("list")
    return named or paragraph.find(f"{_W}pPr/{_W}numPr") is not None


def _day(core: etree._Element | None) -> tuple[date | None, str | None]:
    """The day of a document whose making and last change fall on one day; weak, and named so."""
    if core is None:
        return None, None
    created, changed = (written_day(core.findtext(f"{_TERMS}{name}")) for name in ("created", "modified"))
    return weak_day(created, changed)
