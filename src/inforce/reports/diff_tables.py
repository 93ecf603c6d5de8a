"""Two answers and what makes the difference, as text for a person."""

from __future__ import annotations

from collections.abc import Sequence

from inforce.dates import in_words
from inforce.law.diff import CountDiff, PartiesDiff, Place, StatusDiff
from inforce.law.documents import Document
from inforce.law.model import Step
from inforce.record.model import Record
from inforce.reports.layout import EMPTY, Line, Piece, columns, indented, paragraph
from inforce.reports.naming import participant_name, treaty_name
from inforce.reports.tables import COUNT_WORDS, STATUS_WORDS

_BOUND = {True: "bound", False: "not bound", None: "open whether bound"}


def status_diff_table(answer: StatusDiff, record: Record, *, width: int) -> list[Line]:
    """Both answers, and the documents and days between them."""
    who, what = participant_name(answer.participant, record), treaty_name(answer.treaty, record)
    rows = [(_point(place), _place(place)) for place in (answer.first, answer.second)]
    return [
        *paragraph(f"{who} – {what}", width, "bold"),
        *columns([([Piece(point, "dim")], text) for point, text in rows], width),
        EMPTY,
        *_why(answer, width),
    ]


def parties_diff_table(answer: PartiesDiff, record: Record, *, participants: bool, width: int) -> list[Line]:
    """The counts that differ, with who came and went; then each changed participant with its documents."""
    points = [
        f"{in_words(on)}, as known by {in_words(known)}"
        for on, known in zip(answer.on, answer.known_by, strict=True)
    ]
    rows = [_count(one, record) for one in answer.counts if one.first != one.second or one.came or one.went]
    lines = [
        *paragraph(treaty_name(answer.treaty, record), width, "bold"),
        *paragraph(f"from {points[0]}", width, "dim"),
        *paragraph(f"to {points[1]}", width, "dim"),
        EMPTY,
        *(columns(rows, width, right=(0, 1)) or paragraph("No count differs.", width)),
    ]
    if participants:
        for one in answer.participants:
            was, now = _status(one.first), _status(one.second)
            lines += [
                EMPTY,
                *paragraph(f"{participant_name(one.participant, record)}: {was}, then {now}", width),
            ]
            lines += indented(_why(one, width - 2), 2)
    return lines


def _point(place: Place) -> str:
    return f"on {place.on}, as known by {place.known_by}"


def _place(place: Place) -> str:
    text = f"{_status(place)} ({_BOUND[place.bound]})"
    text += f", since {in_words(place.since)}" if place.since else ""
    return text + (f", until {in_words(place.until)}" if place.until else "")


def _status(place: Place) -> str:
    if place.status is not None:
        return STATUS_WORDS[place.status]
    return "open: " + " or ".join(STATUS_WORDS[one] for one in place.possible)


def _why(answer: StatusDiff, width: int) -> list[Line]:
    if not answer.changed:
        return paragraph("Nothing differs.", width)
    lines: list[Line] = []
    if answer.by_time:
        lines += paragraph(
            "Days passed, and this took effect:" if answer.taken_effect else "Days passed.", width
        )
        lines += columns([("-", _step(step)) for step in answer.taken_effect], width, gap=1)
    for at, words in (
        ("second", "Known at the second point only:"),
        ("first", "Known at the first point only:"),
    ):
        documents = [one for one in answer.by_documents if one.at == at]
        if documents:
            lines += paragraph(words, width) + _documents(documents, width)
    return lines


def _step(step: Step) -> list[Piece]:
    return [Piece(step.text), *([Piece(step.source, "dim")] if step.source else [])]


def _documents(documents: Sequence[Document], width: int) -> list[Line]:
    rows = []
    for one in documents:
        known = f"known {one.known}" if one.known else ""
        below = "; ".join(part for part in (known, one.source) if part)
        rows.append(("-", [Piece(one.text), *([Piece(below, "dim")] if below else [])]))
    return columns(rows, width, gap=1)


def _count(one: CountDiff, record: Record) -> tuple[str, str, list[Piece]]:
    moves = [
        Piece(f"{sign} {', '.join(participant_name(key, record) for key in keys)}", "dim")
        for sign, keys in (("+", one.came), ("-", one.went))
        if keys
    ]
    return _range(one.first), _range(one.second), [Piece(COUNT_WORDS[one.counted]), *moves]


def _range(count: tuple[int, int]) -> str:
    least, most = count
    return str(least) if least == most else f"{least} to {most}"
