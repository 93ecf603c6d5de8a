"""What a treaty's entry into force asks and what is there, as text for a person."""

from __future__ import annotations

from inforce.dates import in_words
from inforce.law.entry_condition import EntryConditionAnswer
from inforce.record.model import Record
from inforce.reports.layout import EMPTY, Line, Piece, columns, paragraph
from inforce.reports.naming import article_named, participant_name, treaty_name

_GROUPS = (
    ("signed only", "missing_signed"),
    ("consent taken back", "missing_taken_back"),
    ("not signed", "missing_unsigned"),
)


def condition_table(answer: EntryConditionAnswer, record: Record, *, width: int) -> list[Line]:
    """The condition in plain words, how far it is met, who is missing, and the entry into force."""
    name = treaty_name(answer.treaty, record)
    where = f" ({article_named(answer.article)})" if answer.article else ""
    rows = [
        ("asks", f"{answer.asked}{where}"),
        ("there", _there(answer)),
        *(
            (f"missing, {words}", _names(keys, record))
            for words, group in _GROUPS
            if (keys := getattr(answer, group))
        ),
        ("entry into force", _entry(answer)),
    ]
    return [
        *paragraph(f"Entry into force of the {name}, on {in_words(answer.on)}", width, "bold"),
        *columns([([Piece(label, "dim")], text) for label, text in rows], width),
        EMPTY,
        *paragraph(answer.coverage or f"Record complete through {answer.verified_through}.", width, "dim"),
    ]


def _there(answer: EntryConditionAnswer) -> str:
    number = str(answer.counted) if answer.needed is None else f"{answer.counted} of {answer.needed}"
    if answer.trigger is not None and answer.trigger <= answer.on and not answer.met:
        return f"{number}; the condition, once met, need not stay so"
    met = {True: "the condition is met", False: "not met", None: "the record cannot tell whether it is met"}
    return f"{number}: {met[answer.met]}"


def _entry(answer: EntryConditionAnswer) -> str:
    if answer.entry is None:
        return "none, as far as is known"
    met = f", the condition met on {in_words(answer.trigger)}" if answer.trigger else ""
    how = "as published" if answer.published else "computed from the record; nobody published a day"
    return f"{in_words(answer.entry)}{met} ({how})"


def _names(keys: tuple[str, ...], record: Record) -> str:
    return ", ".join(participant_name(key, record) for key in keys)
