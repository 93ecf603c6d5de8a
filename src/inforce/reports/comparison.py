"""Two sources on one treaty as a table for a person, and the words above a proposed patch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from inforce.dates import in_words
from inforce.record.importing.compare import ActAnswer, Comparison, Difference, How, SourceAnswer
from inforce.record.importing.model import ToRead
from inforce.record.model import Record
from inforce.reports.layout import EMPTY, Line, Piece, columns, indented, paragraph, printed
from inforce.reports.naming import one_line, participant_name, shortened, treaty_name

#: How two sources differ, in the words of the table.
_HOW: dict[How, str] = {
    "missing-here": "missing here",
    "missing-there": "missing there",
    "later-than-table": "later than the table",
    "other-day": "other day",
    "other-act": "other act",
    "other-effect": "other effect",
    "more-exact-there": "more exact there",
    "less-exact-there": "less exact there",
    "effect-only-there": "effect only there",
}
_LONGEST_NOTE = 400


class ImportAnswer(msgspec.Struct, frozen=True):
    """What an import proposes: the comparison, the source that new rows name, and the patch.

    The patch is a unified diff of `actions.csv`, empty where the record lacks nothing that the table has.
    """

    comparison: Comparison
    source: str
    patch: str


def comparison_table(answer: Comparison, record: Record, *, width: int) -> list[Line]:
    """Every difference between the two sources, and what a person has to read."""
    title = f"{treaty_name(answer.treaty, record)}: two sources compared"
    lines = [
        *paragraph(title, width, "bold"),
        *columns([("here", _source(answer.here)), ("there", _source(answer.there))], width),
        EMPTY,
        *paragraph(_summary(answer), width, "bold"),
    ]
    if answer.differences:
        headings = ("participant", "difference", "here", "there")
        rows = [[[Piece(heading, "dim")] for heading in headings]]
        lines += [EMPTY, *columns([*rows, *_rows(answer, answer.differences, record)], width)]
    return [*lines, *_to_read(answer.to_read, record, width), *_rest(answer, record, width)]


def patch_preamble(answer: ImportAnswer, record: Record) -> str:
    """What stands above a patch: the sources, and all that the patch does not bring. `git apply` skips it."""
    comparison = answer.comparison
    kept = tuple(
        one for one in comparison.differences if one.difference in ("missing-there", "less-exact-there")
    )
    lines = [
        *paragraph(f"{treaty_name(comparison.treaty, record)}: proposed from {answer.source}", 78, ""),
        *columns([("record", _source(comparison.here)), ("table", _source(comparison.there))], 78),
        EMPTY,
        *paragraph(_summary(comparison), 78),
    ]
    if kept:
        rows = _rows(comparison, kept, record)
        lines += [EMPTY, *paragraph("Kept as recorded, for the table does not show it so:", 78)]
        lines += indented(columns([row[:3] for row in rows], 76), 2)
    lines += [*_to_read(comparison.to_read, record, 78), *_rest(comparison, record, 78)]
    return "".join(f"# {line}".rstrip() + "\n" for line in printed(lines, colour=False).splitlines())


def _summary(answer: Comparison) -> str:
    counted = Counter(one.difference for one in answer.differences)
    said = ", ".join(f"{number} {_HOW[how]}" for how, number in counted.items())
    acts = "1 act agrees" if answer.agreeing == 1 else f"{answer.agreeing} acts agree"
    words = f"{acts}; {said}." if said else f"{acts}; no difference."
    if answer.to_read:
        words += f" {len(answer.to_read)} to be read by a person."
    return words


def _source(source: SourceAnswer) -> str:
    file = f" in {source.file}" if source.file else ""
    day = f", status of {in_words(source.status_of)}" if source.status_of else ""
    return one_line(f"{source.name}{file}{day}: {source.acts} acts of {source.participants} participants")


def _rows(answer: Comparison, differences: Sequence[Difference], record: Record) -> list[list[list[Piece]]]:
    return [
        [
            [Piece(participant_name(one.participant, record))],
            [Piece(_HOW[one.difference], "yellow")],
            _act(one.here, answer.here),
            _act(one.there, answer.there),
        ]
        for one in differences
    ]


def _act(act: ActAnswer | None, source: SourceAnswer) -> list[Piece]:
    """An act with where it stands: a row of the table named above, or a line of the record and its source."""
    if act is None:
        return [Piece("–", "dim")]
    where = f"row {act.at}" if source.file else f"{one_line(act.source)}, line {act.at}"
    effect = [f"effect {act.effect}"] if act.effect else []
    note = [one_line(act.note)] if act.note else []
    return [
        *(Piece(text) for text in (f"{act.action} {act.date}", *effect)),
        *(Piece(text, "dim") for text in (where, *note)),
    ]


def _to_read(items: Sequence[ToRead], record: Record, width: int) -> list[Line]:
    if not items:
        return []
    rows = []
    for one in items:
        who = participant_name(one.participant, record) if one.participant else ""
        at = ", ".join(
            part for part in (who, one.row and f"row {one.row}", one.mark and f"note {one.mark}") if part
        )
        text = shortened(one.text, _LONGEST_NOTE)
        rows.append((at, [Piece(one.why), *([Piece(text, "dim")] if text else [])]))
    return [EMPTY, *paragraph("To be read by a person", width, "bold"), *columns(rows, width)]


def _rest(answer: Comparison, record: Record, width: int) -> Iterator[Line]:
    """What is no difference: later acts, kinds of acts that no table prints, notes of other things."""
    if answer.later:
        who = Counter(participant_name(one.participant, record) for one in answer.later)
        yield EMPTY
        names = ", ".join(name if number == 1 else f"{name} ({number})" for name, number in who.items())
        yield from paragraph(f"Recorded here and later than the table: {names}.", width, "dim")
    if answer.not_compared:
        kinds = ", ".join(f"{number} {kind}" for kind, number in answer.not_compared.items())
        yield EMPTY
        yield from paragraph(f"Not compared, being neither joining nor leaving: {kinds}.", width, "dim")
    if answer.other_notes:
        yield EMPTY
        yield from paragraph("Notes that tell of no withdrawal", width, "dim")
        notes = [
            (note.mark, [Piece(shortened(note.text, _LONGEST_NOTE), "dim")]) for note in answer.other_notes
        ]
        yield from columns(notes, width)
