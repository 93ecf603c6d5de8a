"""What the stages hand on: the table as printed, then the acts that it tells."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from inforce.dates import Edtf
from inforce.vocabulary import ActionKind

#: The kinds of file that are read. `untc`: a status page of the UN Treaty Collection; `unts`: the page
#: of a registered treaty, an act a line; `unoda`: the treaties database of the UN disarmament office.
Format = Literal["untc-xml", "untc-html", "unts-html", "unoda-json", "csv"]

#: The formats in words for people.
FORMAT_NAMES: dict[Format, str] = {
    "untc-xml": "status of the UN Treaty Collection (XML)",
    "untc-html": "status page of a depositary",
    "unts-html": "acts under a registered treaty",
    "unoda-json": "UNODA treaties database",
    "csv": "status table (CSV)",
}


class Printed(msgspec.Struct, frozen=True):
    """The text of a cell and the marks of notes set beside it, as they are printed."""

    text: str
    marks: tuple[str, ...] = ()


class PrintedRow(msgspec.Struct, frozen=True):
    """A row of the table; `number` counts rows below the heading from 1."""

    number: int
    cells: tuple[Printed, ...]


class Note(msgspec.Struct, frozen=True):
    """An end note: its mark, its text, and the rows of a table that stands in it."""

    mark: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


class PrintedTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table before anything in it is understood. `columns` are its headings, the participant's first.

    `number` is the treaty's in the UN Secretary-General's depositary series, `names` other words by which
    the file says which treaty it is about, `parties` the number of parties that the file itself states;
    each is empty or None where the file does not say it.
    """

    format: Format
    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    notes: tuple[Note, ...] = ()
    number: str | None = None
    names: tuple[str, ...] = ()
    status_of: dt.date | None = None
    parties: int | None = None


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One act, of the record or of a table.

    `kinds` are all that it can be, the likeliest first: the UNODA calls acceptance and approval
    "ratification". `line` is that of the record's file or the row of the table. `day_unsure` says that
    the table does not tell whether the day is that of the notice or of its effect.
    """

    participant: str
    kinds: tuple[ActionKind, ...]
    date: Edtf
    effect: dt.date | None = None
    line: int = 0
    source: str = ""
    note: str = ""
    day_unsure: bool = False


class ToRead(msgspec.Struct, frozen=True):
    """What the program does not understand and a person must read: `text` as printed, `why` in words."""

    participant: str | None
    row: int | None
    mark: str | None
    text: str
    why: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table understood: acts of participants known to the record.

    `left` are participants printed in brackets, as no longer parties, with their row. `other_notes` speak
    of no withdrawal; `not_compared` counts rows of acts that are neither joining nor leaving.
    """

    file: str
    format: Format
    number: str | None
    status_of: dt.date | None
    participants: tuple[str, ...]
    acts: tuple[Act, ...]
    left: dict[str, int]
    to_read: tuple[ToRead, ...]
    other_notes: tuple[Note, ...]
    not_compared: dict[str, int]
