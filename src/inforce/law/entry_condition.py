"""What a treaty's own entry into force asks, what of it is there on a day, and the day it leads to."""

from __future__ import annotations

import datetime as dt

import msgspec

from inforce.law.chronicle import chronicle, is_known, knowledge
from inforce.law.condition import asked_words, condition
from inforce.law.entry import counting, is_countable, standing_instruments
from inforce.law.status import coverage
from inforce.record.model import Condition, Record


class EntryConditionAnswer(msgspec.Struct, frozen=True):
    """The condition of a treaty's own entry into force on a day, as known by a day.

    `asked` says it in plain words. `counted` of the `needed` number are there (None where the clause asks
    for no number), `there` names them. `met` is None where the record cannot tell. `missing` are the named
    participants without an instrument, each also in one of the three groups. `entry` is the day of the
    treaty's own entry into force as known, `trigger` that on which its condition was met; `published` is
    false where the day is computed from the record because nobody published one.
    """

    treaty: str
    on: dt.date
    known_by: dt.date
    article: str | None
    asked: str
    met: bool | None
    counted: int
    needed: int | None
    there: tuple[str, ...]
    missing: tuple[str, ...]
    missing_signed: tuple[str, ...]
    missing_unsigned: tuple[str, ...]
    missing_taken_back: tuple[str, ...]
    trigger: dt.date | None
    entry: dt.date | None
    published: bool
    verified_through: str
    coverage: str | None = None


def entry_condition(
    record: Record,
    treaty: str,
    *,
    on: dt.date,
    known_by: dt.date | None = None,
    today: dt.date | None = None,
) -> EntryConditionAnswer:
    """What the treaty's entry into force asks, and what is there on a day.

    Raises `UsageError` for a treaty the record does not have.
    """
    answer = condition(record, treaty, on=on, known_by=known_by, today=today)
    known = knowledge(known_by, today)
    of = record.treaties[treaty]
    clause = of.final_clauses.entry_into_force
    asked = clause.initial.condition
    entry = chronicle(record).entry(treaty, known.by)
    return EntryConditionAnswer(
        treaty=treaty,
        on=on,
        known_by=known.shown,
        article=clause.article,
        asked=asked_words(asked),
        met=answer.met if is_countable(asked) else None,
        counted=answer.counted,
        needed=answer.needed,
        there=_there(record, treaty, asked, on, known.by),
        missing=answer.missing,
        missing_signed=answer.missing_signed,
        missing_unsigned=answer.missing_unsigned,
        missing_taken_back=answer.missing_taken_back,
        trigger=entry.trigger,
        entry=entry.day,
        published=entry.published and entry.day is not None,
        verified_through=of.verified_through,
        coverage=coverage(of, on, known_by),
    )


def _there(
    record: Record, treaty: str, asked: Condition, on: dt.date, known_by: dt.date | None
) -> tuple[str, ...]:
    """The participants whose instruments count on a day."""
    done = [
        act
        for act in record.actions[treaty]
        if act.date.last is not None and act.date.last <= on and is_known(act, known_by)
    ]
    ended = {key for key, one in record.participants.items() if one.until is not None and one.until <= on}
    return tuple(sorted(counting(asked, standing_instruments(asked, done) - ended)))
