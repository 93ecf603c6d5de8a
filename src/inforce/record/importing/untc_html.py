"""Pages of the UN Treaty Collection: the status page, and the page of a registered treaty.

The status page prints a row a participant in the table whose id ends in `tblgrid`, marks of notes as
`<sup>`, "STATUS AS AT : DD-MM-YYYY" above and the notes in a grid `dgNotesAll` below, each begun by an
anchor that is named by its mark; a note may hold a table of its own (the notices of withdrawal from the
Rome Statute do). The page of a registered treaty prints a row an act: participant, action, date of
notification or deposit, date of effect.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Any

import re2
from lxml import etree, html

from inforce.errors import UsageError
from inforce.record.importing.model import Format, Note, Printed, PrintedRow, PrintedTable
from inforce.record.importing.source import MAX_ROWS

_MAX_DEPTH = 200
_GRID = "tblgrid"
_FORM_NUMBER = re2.compile(r"(?i)<form[^>]*mtdsg_no=([IVXLC]+-[0-9]+(?:-[a-z]+)*)")
_STATUS_OF = re2.compile(r"(?i)status\s+as\s+(?:at|of)\s*:?\s*(\d{2})-(\d{2})-(\d{4})")
_PARTIES = re2.compile(r"(?i)\bparties\s*:?\s*(\d{1,3})\b")
#: "CHAPTER XXVI DISARMAMENT 2 .d Protocol", "CHAPTER XXVI DISARMAMENT 8 Arms Trade Treaty"
_CHAPTER = re2.compile(r"\bCHAPTER ([IVXLC]+)\b[^0-9]{1,120}?\b(\d{1,2})\s?\.?\s?(?:([a-z])\b)?")
_NOTE_ID = re2.compile(r"dgNotesAll_ctl(\d{2,4})_divNotesAll$")
_NUMBERED = re2.compile(r"^\[?(\d{1,3})\]?[.)\s]\s*(.*)$")
_DIGITS = re2.compile(r"\d{1,3}")

#: Headings of the page of a registered treaty.
ACT_COLUMNS = ("participant", "action", "date of notification/deposit", "date of effect")


def read_page(text: str, label: str) -> PrintedTable:
    """The table of participants of a page; raises `UsageError` where there is none or it is cut off."""
    tree = _tree(text, label)
    table = _participants(tree, label)
    rows = list(islice(_rows(table), MAX_ROWS + 2))
    columns = tuple(cell.text for cell in rows[0])
    _check_whole(text, table, label)
    everything = _text(tree)
    number = _FORM_NUMBER.search(text)
    return PrintedTable(
        format=_format(columns),
        columns=columns,
        rows=tuple(PrintedRow(at, cells) for at, cells in enumerate(rows[1:], 1)),
        notes=tuple(_notes(tree)),
        number=number[1] if number else series_number(everything),
        status_of=status_of(everything),
        parties=stated_parties(everything),
    )


def status_of(text: str) -> dt.date | None:
    """The day that a page gives for itself ("STATUS AS AT : 22-11-2026"), None where it gives none."""
    found = _STATUS_OF.search(text)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def series_number(text: str) -> str | None:
    """The treaty's number in the depositary's series ("XXVI-2-d"), from the head of a status."""
    found = _CHAPTER.search(text[:2000])
    return "-".join(part for part in found.groups() if part) if found else None


def stated_parties(text: str) -> int | None:
    """The number of parties that the page states ("Signatories : 133. Parties : 164")."""
    found = _PARTIES.search(text)
    return int(found[1]) if found else None


def _format(columns: tuple[str, ...]) -> Format:
    return "unts-html" if tuple(column.casefold() for column in columns) == ACT_COLUMNS else "untc-html"


def _tree(text: str, label: str) -> Any:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UsageError(f"{label}: is no page that can be parsed ({str(error).splitlines()[0]})") from None
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise UsageError(f"{label}: is nested deeper than {_MAX_DEPTH} elements; save the page anew")
    return tree


def _participants(tree: Any, label: str) -> Any:
    """The table of participants: by the depositary's id for it, else by its first heading."""
    tables = list(tree.iter("table"))
    chosen = [table for table in tables if (table.get("id") or "").endswith(_GRID)]
    if not chosen:
        chosen = [table for table in tables if _heading(table) == "participant"]
    if not chosen:
        raise UsageError(
            f'{label}: holds no table of participants (a table whose first heading is "Participant"); '
            "save the treaty's status page"
        )
    if len(chosen) > 1:
        raise UsageError(f"{label}: holds {len(chosen)} tables of participants; save the page of one treaty")
    if not any(True for _ in _rows(chosen[0])):
        raise UsageError(f"{label}: its table of participants is empty; save the status page again")
    return chosen[0]


def _heading(table: Any) -> str:
    first = next(_rows(table), ())
    return first[0].text.casefold() if first else ""


def _rows(table: Any) -> Iterator[tuple[Printed, ...]]:
    """The rows of the table itself, not of tables within its cells; rows without any text are none."""
    for row in table.xpath("./tr | ./tbody/tr | ./thead/tr"):
        cells = tuple(_printed(cell) for cell in row if cell.tag in ("td", "th"))
        if any(cell.text for cell in cells):
            yield cells


def _printed(cell: Any) -> Printed:
    marks = tuple(mark for sup in cell.iter("sup") for mark in _DIGITS.findall(_text(sup)))
    return Printed(_text(cell, without="sup"), marks)


def _text(element: Any, *, without: str = "") -> str:
    """The element's text with single blanks; a line break or block is a blank."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            inside = without and any(one.tag == without for one in (node, *node.iterancestors()))
            if node.text and not inside and node.tag not in ("script", "style"):
                pieces.append(node.text)
            if node.tag in ("br", "p", "div", "td", "th", "tr", "li", without):
                pieces.append(" ")
        elif node is not element and node.tail:
            outside = node.getparent()
            if not (without and any(one.tag == without for one in (outside, *outside.iterancestors()))):
                pieces.append(node.tail)
    return " ".join("".join(pieces).split())


def _notes(tree: Any) -> Iterator[Note]:
    """The end notes: those of the grid by their own number, else by their place in the grid."""
    for element in tree.iter("div", "td", "span"):
        found = _NOTE_ID.search(element.get("id") or "")
        if found is None:
            continue
        anchor = _anchor(element)
        text = _text(element).removeprefix(anchor).strip()
        if anchor:
            text = f"{anchor}. {text}"
        row = next((one for one in element.iterancestors("tr")), None)
        numbered = _NUMBERED.search(text) or (_NUMBERED.search(_text(row)) if row is not None else None)
        # The grid's rows are numbered from ctl02; ctl01 is its heading.
        mark = numbered[1] if numbered else str(int(found[1]) - 1)
        inner = next(element.iter("table"), None)
        rows = () if inner is None else tuple(tuple(cell.text for cell in row) for row in _rows(inner))
        yield Note(mark, _NUMBERED.sub(r"\2", text), rows)


def _anchor(note: Any) -> str:
    """The mark of a note that begins with an anchor named by it (`<a name='1'>1</a>On 27 June ...`)."""
    first = next(iter(note), None)
    if first is None or first.tag != "a" or (note.text or "").strip():
        return ""
    name = first.get("name") or ""
    return name if _DIGITS.fullmatch(name) and _text(first) == name else ""


def _check_whole(text: str, table: Any, label: str) -> None:
    """A page cut off within its table: parsers close what is open, so the text itself is looked at."""
    name = table.get("id") or ""
    at = text.find(name) if name else text.casefold().find("<table")
    if text.casefold().find("</table", at) < 0:
        raise UsageError(f"{label}: breaks off within the table of participants; save the page again")
