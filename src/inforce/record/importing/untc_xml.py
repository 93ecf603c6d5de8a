"""The XML of a status in the UN Treaty Collection: Treaty/Participants/Table/TGroup, Thead and Tbody.

Marks of notes stand in an entry as the text `<superscript>3</superscript>`, escaped or as an element.
The file tells chapter, number and the count of parties ahead of the table, and no day of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import re2
from lxml import etree

from inforce.errors import UsageError
from inforce.record.importing.model import Note, Printed, PrintedRow, PrintedTable
from inforce.record.importing.source import MAX_ROWS
from inforce.record.importing.untc_html import series_number, stated_parties, status_of

_DECLARATION = re2.compile(r"^\s*<\?xml[^>]*\?>")
_SUPERSCRIPT = re2.compile(r"(?i)<superscript>([^<]{0,40})</superscript>")
_LITERAL_TAG = re2.compile(r"</?[A-Za-z][^<>]{0,300}>")
_DIGITS = re2.compile(r"\d{1,3}")
_NUMBERED = re2.compile(r"^\[?(\d{1,3})\]?[.)\s]\s*(.*)$")


def read_xml(text: str, label: str) -> PrintedTable:
    """The table of participants; raises `UsageError` where the file is cut off, hostile or another XML."""
    root = _root(text, label)
    tables = [e for e in root.iter() if _name(e) == "participants"]
    if len(tables) != 1:
        found = "no" if not tables else f"{len(tables)}"
        raise UsageError(
            f"{label}: holds {found} table of participants (Treaty/Participants/Table); "
            "save the XML of the treaty's status"
        )
    rows = [
        tuple(_printed(entry) for entry in _named(row, "entry"))
        for row in islice(_named(tables[0], "row"), MAX_ROWS + 2)
    ]
    rows = [row for row in rows if any(cell.text for cell in row)]
    if not rows:
        raise UsageError(f"{label}: its table of participants is empty; save the status again")
    everything = " ".join(" ".join(root.itertext()).split())
    return PrintedTable(
        format="untc-xml",
        columns=tuple(cell.text for cell in rows[0]),
        rows=tuple(PrintedRow(at, cells) for at, cells in enumerate(rows[1:], 1)),
        notes=tuple(_notes(root, tables[0])),
        number=series_number(everything),
        status_of=status_of(everything),
        parties=stated_parties(everything),
    )


def _root(text: str, label: str) -> Any:
    if "<!ENTITY" in text.upper():
        raise UsageError(f"{label}: declares entities, which a status table has no need of; not read")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(_DECLARATION.sub("", text).strip().encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(
            f"{label}: is no whole XML ({str(error).splitlines()[0].split(' (<')[0]}); save the status again"
        ) from None


def _name(element: Any) -> str:
    return etree.QName(element).localname.casefold() if isinstance(element.tag, str) else ""


def _named(element: Any, name: str) -> Iterator[Any]:
    return (one for one in element.iter() if _name(one) == name)


def _printed(entry: Any) -> Printed:
    """An entry's text and the marks in it; literal tags are taken away."""
    marks: list[str] = []
    pieces: list[str] = []
    for event, node in etree.iterwalk(entry, events=("start", "end")):
        if event == "start":
            if _name(node) == "superscript":
                marks += _DIGITS.findall(node.text or "")
            else:
                pieces.append(node.text or "")
        elif node is not entry:
            pieces.append(" " + (node.tail or ""))
    text = "".join(pieces)
    marks += [mark for inner in _SUPERSCRIPT.findall(text) for mark in _DIGITS.findall(inner)]
    text = _LITERAL_TAG.sub(" ", _SUPERSCRIPT.sub(" ", text))
    return Printed(" ".join(text.split()), tuple(marks))


def _notes(root: Any, participants: Any) -> Iterator[Note]:
    """Notes after the table: an element called a note, its number first or as a child of its own."""
    inside = set(participants.iter())
    for element in root.iter():
        name = _name(element)
        if element in inside or not name.endswith("note") or any("note" in _name(e) for e in element):
            continue
        text = " ".join(_LITERAL_TAG.sub(" ", " ".join(element.itertext())).split())
        numbered = _NUMBERED.search(text)
        if numbered:
            yield Note(numbered[1], numbered[2])
