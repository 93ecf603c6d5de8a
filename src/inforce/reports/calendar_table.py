"""The calendar for a person at a terminal."""

from __future__ import annotations

from inforce.dates import in_words
from inforce.law.model import CalendarAnswer, CalendarEntry, Step
from inforce.reports.layout import EMPTY, Line, Piece, columns, paragraph
from inforce.reports.naming import article_named, one_line
from inforce.vocabulary import DateKind

#: Kinds whose first step is the act and whose second says when it takes effect.
_OF_ACTS = (DateKind.ENTRY_INTO_FORCE, DateKind.WITHDRAWAL_EFFECT, DateKind.END_OF_NOTICE)

_STATES = {"tentative": ("contested", "bold cyan"), "cancelled": ("cancelled", "dim")}


def calendar_table(answer: CalendarAnswer, *, why: bool, width: int) -> list[Line]:
    """One row a date, with its reason; with `why` all the steps that lead to it."""
    rows = [(_when(entry), _cell(entry, why=why)) for entry in answer.entries]
    span = " ".join(
        words
        for words in (
            f"from {in_words(answer.since)}" if answer.since else "",
            f"to {in_words(answer.until)}" if answer.until else "",
        )
        if words
    )
    return [
        *paragraph(f"Dates of treaty law {span}".rstrip(), width, "bold"),
        *([EMPTY, *columns(rows, width)] if rows else []),
        EMPTY,
        *paragraph(f"{dates(len(rows))}, as known by {in_words(answer.known_by)}.", width),
        *(line for note in answer.coverage for line in paragraph(note, width, "dim")),
    ]


def dates(count: int) -> str:
    """A number of dates in words."""
    return f"{count} date{'' if count == 1 else 's'}"


def _when(entry: CalendarEntry) -> str:
    return f"{entry.first}" if entry.first == entry.last else f"{entry.first}/\n{entry.last}"


def _cell(entry: CalendarEntry, *, why: bool) -> list[Piece]:
    steps = entry.because if why else _main_steps(entry)
    word, style = _STATES.get(entry.state, ("", ""))
    return [
        *([Piece(word, style)] if word else []),
        Piece(one_line(entry.summary)),
        *(Piece(_step(step), "dim") for step in steps),
        *(Piece(f"reading {one.id} ({one.holder}): {one.result}", "dim") for one in entry.readings if why),
        *(
            [Piece(f"before: {', '.join(str(first) for first, _ in entry.before)}", "dim")]
            if entry.before
            else []
        ),
    ]


def _main_steps(entry: CalendarEntry) -> tuple[Step, ...]:
    """The step that gives the day, or that took it away."""
    if entry.kind in _OF_ACTS and entry.state == "confirmed":
        return entry.because[1:2]
    return entry.because[-1:]


def _step(step: Step) -> str:
    where = ", ".join(part for part in (step.article and article_named(step.article), step.source) if part)
    return one_line(f"{step.text} {where}" if where else step.text)
