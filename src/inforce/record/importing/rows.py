"""A printed table becomes acts of the record's participants, strictly: a row not understood is an error."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import msgspec

from inforce.dates import Edtf, edtf_of
from inforce.errors import UsageError
from inforce.record.importing.cells import PrintedDay, read_days, read_name
from inforce.record.importing.columns import Column, Meaning, act_words, read_columns
from inforce.record.importing.model import Act, Note, PrintedRow, PrintedTable, Table, ToRead
from inforce.record.importing.notes import Withdrawal, read_note
from inforce.record.importing.source import printed_table, read_bytes, shown
from inforce.record.importing.untc_html import ACT_COLUMNS
from inforce.record.model import Record
from inforce.record.names import find_participant, find_treaty, fold
from inforce.vocabulary import ActionKind

#: The UNODA's word for the three kinds of a signatory's consent.
_ANY_CONSENT_OF_A_SIGNATORY = "ratification, acceptance or approval"
_MANY_CONSENTS = (ActionKind.RATIFICATION, ActionKind.ACCEPTANCE, ActionKind.APPROVAL)
_WITHDRAWALS = frozenset({"withdrawal", "denunciation"})

#: Acts that a list of acts holds besides those of joining and leaving.
_PASSED_OVER = ("declaration", "reservation", "objection", "communication", "understanding")

#: Names that the UN's lists use for one state, where others use them for several.
_NAMES_OF_THE_UN = {"congo": "COG"}

#: Share of the stated number of parties that a whole table shows at least.
_STATED_SHARE = 0.9


def open_table(
    name: str, record: Record, treaty: str, *, status_of: dt.date | None = None, partial: bool = False
) -> Table:
    """Read a status table from a file ("-" is standard input) and understand it.

    `treaty` is a key of the record; `status_of` the day of the table, where the file does not give it;
    `partial` says that the table is known to hold only a part. Raises `UsageError` where the file is no
    whole status table of that treaty, or a row of it is not understood.
    """
    printed = printed_table(read_bytes(name), name)
    label = shown(name)
    _check_treaty(printed, record, treaty, label)
    reading = _Reading(printed, record, label)
    table = msgspec.structs.replace(reading.table(), status_of=printed.status_of or status_of)
    _check_days(table, label)
    if not partial:
        _check_complete(table, printed, record, treaty, label)
    return table


class _Reading:
    """One pass over a table, that gathers acts and what is left to a person."""

    def __init__(self, printed: PrintedTable, record: Record, label: str) -> None:
        self.printed = printed
        self.record = record
        self.label = label
        self.acts: list[Act] = []
        self.left: dict[str, int] = {}
        self.marked: list[tuple[str, str, int]] = []  # mark, participant, row
        self.to_read: list[ToRead] = []
        self.participants: dict[str, int] = {}
        self.not_compared: Counter[str] = Counter()

    def table(self) -> Table:
        if tuple(column.casefold() for column in self.printed.columns) == ACT_COLUMNS:
            for row in self.printed.rows:
                self._act_row(row)
        else:
            columns = read_columns(self.printed.columns, self.label)
            for row in self.printed.rows:
                self._status_row(row, columns)
        other_notes = self._read_notes()
        return Table(
            file=self.label,
            format=self.printed.format,
            number=self.printed.number,
            status_of=None,
            participants=tuple(self.participants),
            acts=tuple(_merged(self.acts)),
            left=self.left,
            to_read=tuple(self.to_read),
            other_notes=other_notes,
            not_compared=dict(sorted(self.not_compared.items())),
        )

    def _participant(self, text: str, row: int) -> str:
        try:
            return find_participant(self.record, _NAMES_OF_THE_UN.get(fold(text), text)).key
        except UsageError as error:
            raise UsageError(f"{self.label}: row {row}: {error}") from None

    def _status_row(self, row: PrintedRow, columns: tuple[Column, ...]) -> None:
        if len(row.cells) != len(columns) + 1:
            raise UsageError(
                f"{self.label}: row {row.number}: {len(row.cells)} cells under {len(columns) + 1} headings; "
                "save the status page again"
            )
        name = read_name(row.cells[0])
        key = self._participant(name.name, row.number)
        if key in self.participants:
            raise UsageError(
                f"{self.label}: row {row.number}: {name.name!r} ({key}) stands already in row "
                f"{self.participants[key]}"
            )
        self.participants[key] = row.number
        self.marked += [(mark, key, row.number) for mark in name.marks]
        if name.left:
            self.left[key] = row.number
        for column, cell in zip(columns, row.cells[1:], strict=True):
            where = f"{self.label}: row {row.number} ({name.name}), column {column.heading[:40]!r}"
            for day in read_days(cell, where):
                self._status_act(key, day, column, row.number, where)
        if key not in self.left and any("[" in cell.text for cell in row.cells):
            text = " | ".join(cell.text for cell in row.cells)
            self.to_read.append(ToRead(key, row.number, None, text, "a signature stands in brackets"))

    def _status_act(self, key: str, day: PrintedDay, column: Column, row: int, where: str) -> None:
        meaning = column.meanings.get(day.letters)
        if meaning is None:
            known = ", ".join(filter(None, column.meanings)) or "none"
            said = repr(day.letters) if day.letters else "no letter"
            raise UsageError(f"{where}: {said} is not among the letters of the column ({known})")
        self.marked += [(mark, key, row) for mark in day.marks]
        if day.left and meaning.kind is not ActionKind.SIGNATURE:
            self.left[key] = row
        self._add(key, (meaning.kind,), day.date, row, note=meaning.note)

    def _act_row(self, row: PrintedRow) -> None:
        if len(row.cells) != len(ACT_COLUMNS):
            raise UsageError(
                f"{self.label}: row {row.number}: {len(row.cells)} cells under {len(ACT_COLUMNS)} headings"
            )
        name = read_name(row.cells[0])
        key = self._participant(name.name, row.number)
        self.participants.setdefault(key, row.number)
        where = f"{self.label}: row {row.number} ({name.name})"
        words = " ".join(row.cells[1].text.casefold().split())
        days, effects = (read_days(cell, where) for cell in row.cells[2:])
        kinds = _kinds(words)
        if words.startswith(_PASSED_OVER):
            self.not_compared[words] += 1
            return
        if not kinds or len(days) != 1 or len(effects) > 1:
            why = "an act of a kind that is not known" if not kinds else "its day is not one day"
            text = " ".join(cell.text for cell in row.cells)
            self.to_read.append(ToRead(key, row.number, None, text, why))
            return
        self.marked += [(mark, key, row.number) for day in (*days, *effects) for mark in day.marks]
        effect = effects[0].date.exact if effects else None
        unsure = self.printed.format == "unoda-json" and kinds == (ActionKind.WITHDRAWAL,)
        self._add(key, kinds, days[0].date, row.number, effect=effect, day_unsure=unsure)

    def _add(
        self,
        participant: str,
        kinds: tuple[ActionKind, ...],
        date: Edtf,
        row: int,
        *,
        effect: dt.date | None = None,
        note: str = "",
        day_unsure: bool = False,
    ) -> None:
        self.acts.append(
            Act(
                participant=participant,
                kinds=kinds,
                date=date,
                effect=effect,
                line=row,
                source=self.label,
                note=note,
                day_unsure=day_unsure,
            )
        )

    def _read_notes(self) -> tuple[Note, ...]:
        """Account for every mark; returns the notes that say nothing of leaving."""
        notes: dict[str, Note] = {}
        for note in self.printed.notes:
            if note.mark in notes:
                raise UsageError(f"{self.label}: two notes with the number {note.mark}; save the page again")
            notes[note.mark] = note
        other: dict[str, Note] = {}
        for mark, key, row in dict.fromkeys(self.marked):
            if mark not in notes:
                why = "the file holds no note of this number" if notes else "the file holds no notes"
                self.to_read.append(ToRead(key, row, mark, "", why))
            elif not self._read_note(notes[mark], key, row):
                other[mark] = notes[mark]
        return tuple(other.values())

    def _read_note(self, note: Note, key: str, row: int) -> bool:
        """Whether the note says anything of leaving, which is then an act or left to a person."""
        found = read_note(note, key, self.record)
        for one in found:
            if not isinstance(one, Withdrawal):
                self.to_read.append(ToRead(key, row, note.mark, note.text, one.why))
            elif one.participant == key:
                note_of = f"note {note.mark}"
                kinds = (ActionKind.WITHDRAWAL,)
                self._add(key, kinds, edtf_of(one.date), row, effect=one.effect, note=note_of)
        return bool(found)


def _kinds(words: str) -> tuple[ActionKind, ...]:
    if words == _ANY_CONSENT_OF_A_SIGNATORY:
        return _MANY_CONSENTS
    if words in _WITHDRAWALS:
        return (ActionKind.WITHDRAWAL,)
    meaning: Meaning | None = act_words(words)
    return (meaning.kind,) if meaning else ()


def _merged(acts: list[Act]) -> Iterator[Act]:
    """The acts, those alike once: with several depositaries the same act is printed for each."""
    seen: set[tuple[str, tuple[ActionKind, ...], str]] = set()
    for act in acts:
        same = (act.participant, act.kinds, act.date.text)
        if same not in seen:
            seen.add(same)
            yield act


def _check_treaty(printed: PrintedTable, record: Record, treaty: str, label: str) -> None:
    """That the file is about this treaty, as far as it says which it is about."""
    wanted = record.treaties[treaty].mtdsg
    parent = record.treaties[treaty].parent
    if printed.number and parent and wanted == record.treaties[parent].mtdsg:
        raise UsageError(
            f"{label}: is the table of {parent}; consents to {treaty}, which has no number of its own, "
            f"stand in another table of that page, which is not read (compare with --treaty {parent})"
        )
    if printed.number and wanted and printed.number.casefold() != wanted.casefold():
        raise UsageError(f"{label}: is the table of {printed.number}, and {treaty} is {wanted}")
    named = set()
    for name in printed.names:
        try:
            named.add(find_treaty(record, name).key)
        except UsageError:
            continue
    if named and treaty not in named:
        raise UsageError(f"{label}: is the table of {min(named)}, not of {treaty}")


def _check_days(table: Table, label: str) -> None:
    for act in table.acts:
        if table.status_of and act.date.first and act.date.first > table.status_of:
            raise UsageError(
                f"{label}: row {act.line}: {act.date} lies after the day of the table, {table.status_of}"
            )


def _check_complete(table: Table, printed: PrintedTable, record: Record, treaty: str, label: str) -> None:
    consenting = {act.participant for act in table.acts if any(kind.expresses_consent for kind in act.kinds)}
    bound = len(consenting - table.left.keys())
    if printed.parties is not None and bound < _STATED_SHARE * printed.parties:
        raise UsageError(
            f"{label}: states {printed.parties} parties and shows {bound}; it is cut off (or say --partial)"
        )
    known = {
        action.participant
        for action in record.actions[treaty]
        if (action.kind.expresses_consent or action.kind is ActionKind.SIGNATURE)
        and (table.status_of is None or (action.date.last and action.date.last <= table.status_of))
    }
    absent = known - set(table.participants)
    if len(absent) > max(3, len(known) // 5):
        raise UsageError(
            f"{label}: lacks {len(absent)} of the {len(known)} participants of the record; it is cut off, "
            "old or of another treaty (or say --partial, or its day with --status-of)"
        )
