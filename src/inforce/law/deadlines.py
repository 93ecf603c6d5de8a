"""By when a duty must be met: periods from their event, what extended them, and days that recur each year."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from inforce.dates import Edtf, add_period, add_years, day_of_each_year, edtf_of, in_words
from inforce.law.chronicle import Asked, chronicle
from inforce.law.derivation import sentence, span_words
from inforce.law.model import Step
from inforce.law.obligation_model import DeadlineAnswer, ExtensionAnswer
from inforce.law.timeline import Span
from inforce.record.model import Deadline, DeadlineExtension, Obligation, Treaty


class Started(NamedTuple):
    """The event from which a period runs, its day and its name."""

    day: dt.date
    words: str


def deadline(asked: Asked, treaty: Treaty, rule: Obligation, span: Span) -> DeadlineAnswer | None:
    """The deadline of a rule for a participant bound in `span`, as it stood on the day asked about.

    An extension counts from its decision, and only one decided since the participant was last bound anew.
    None where the rule has no deadline.
    """
    period = rule.deadline
    if period is None:
        return None
    if period.recurring is not None:
        return _recurring(asked, treaty, period, span)
    started = _started(treaty, period, span)
    original = None if started is None else _end(period, started.day)
    acts = _acts(asked, treaty, rule, span)
    sure = [act for act in acts if act.decided.last is not None and act.decided.last <= asked.on]
    open_ones = [act for act in acts if act not in sure and _begun(act, asked.on)]
    first = None if original is None else edtf_of(original)
    stand = _stand(first, sure)
    possible = [stand, *(_stand(first, [*sure, act]) for act in open_ones)]
    day, between = _bounds([one for one in possible if one is not None])
    return DeadlineAnswer(
        day=day,
        between=between,
        original=original,
        counted_from=None if started is None else started.day,
        counted_from_what=None if started is None else started.words,
        extensions=tuple(_told(act) for act in (*sure, *open_ones)),
        fulfilled=sure[-1].decided.text if sure and sure[-1].fulfilled else None,
        recurring=None,
        recorded_through=period.recorded_through,
        extendable=period.extension not in (None, "none"),
    )


def deadline_steps(answer: DeadlineAnswer, rule: Obligation, source: str | None) -> list[Step]:
    """Why the deadline is that day: the period, each extension with who granted it, completion."""
    steps = []
    words = rule.deadline.extension if rule.deadline else None
    known = f"; extension: {words}" if words else ""
    if answer.original is not None and answer.counted_from is not None:
        text = f"deadline {in_words(answer.original)}, counted from {in_words(answer.counted_from)}"
        steps.append(Step(sentence(text + known), article=rule.article, source=source))
    for one in answer.extensions:
        what = f"extended to {one.until}" if one.until else "declared to be met"
        text = f"{what}: {one.decided_by}, {one.decided}"
        steps.append(Step(sentence(text), article=rule.article, source=one.source, facts=one.facts))
    if answer.between is not None:
        steps.append(Step(sentence(f"the deadline lies {span_words(answer.between)}"), article=rule.article))
    if answer.recurring is not None:
        due = f": next on {in_words(answer.day)}" if answer.day else ""
        began = f", for the first time on {in_words(answer.first_due)}" if answer.first_due else ""
        text = f"due {answer.recurring}{began}{due}"
        steps.append(Step(sentence(text), article=rule.article, source=source))
    recording = recording_words(answer)
    if recording is not None:
        steps.append(Step(sentence(recording)))
    return steps


def recording_words(answer: DeadlineAnswer) -> str | None:
    """How far extensions and completions are recorded; None where the duty knows no extension."""
    if answer.recorded_through is not None:
        through = f"extensions and completions are recorded in full through {answer.recorded_through}"
        return f"{through}; later ones may be missing"
    return "extensions that may have been granted are not recorded" if answer.extendable else None


def _started(treaty: Treaty, period: Deadline, span: Span) -> Started | None:
    """The event that a period runs from, where the record dates it."""
    if period.counted_from == "entry-into-force-for-participant" and span.since is not None:
        return Started(span.since, "its entry into force for the participant")
    entered = treaty.final_clauses.entry_into_force.initial.published_date
    if period.counted_from == "entry-into-force-of-treaty" and entered is not None and span.since is not None:
        # Whoever was bound only after the period had run out never had that deadline.
        end = _end(period, entered)
        return Started(entered, "the treaty's entry into force") if end and span.since <= end else None
    return None


def _end(period: Deadline, start: dt.date) -> dt.date | None:
    if period.amount is None or period.unit is None:
        return None
    return add_period(start, period.amount, period.unit)


def _acts(asked: Asked, treaty: Treaty, rule: Obligation, span: Span) -> list[DeadlineExtension]:
    """Extensions and completions known by the day of knowledge, the earliest first."""
    acts = [
        act
        for act in chronicle(asked.record).extensions.get((treaty.key, asked.participant), ())
        if act.obligation == rule.id
        and (span.since is None or act.decided.last is None or act.decided.last >= span.since)
        and _known(act, asked.known_by)
    ]
    return sorted(acts, key=lambda act: (act.decided.last or dt.date.max, act.decided.text))


def _known(act: DeadlineExtension, known_by: dt.date | None) -> bool:
    return known_by is None or (act.decided.last is not None and act.decided.last <= known_by)


def _begun(act: DeadlineExtension, on: dt.date) -> bool:
    """Whether an act of partial date may have been done by a day."""
    return act.decided.first is None or act.decided.first <= on


def _stand(original: Edtf | None, acts: list[DeadlineExtension]) -> Edtf | None:
    """The deadline after the last of `acts`; None where that declared it met, or none was ever dated."""
    return acts[-1].until if acts else original


def _bounds(possible: list[Edtf]) -> tuple[dt.date | None, tuple[dt.date, dt.date] | None]:
    """The one day that all of `possible` name; else their first and last, where both are known."""
    firsts = [one.first for one in possible if one.first is not None]
    lasts = [one.last for one in possible if one.last is not None]
    if not possible or len(firsts) < len(possible) or len(lasts) < len(possible):
        return None, None
    first, last = min(firsts), max(lasts)
    return (first, None) if first == last else (None, (first, last))


def _told(act: DeadlineExtension) -> ExtensionAnswer:
    until = f" until {act.until}" if act.until else " fulfilled"
    row = f"{act.file}:{act.line}: {act.participant} {act.obligation} {act.decided}{until}"
    facts = (row, act.note) if act.note else (row,)
    return ExtensionAnswer(
        decided=act.decided.text,
        until=act.until.text if act.until else None,
        decided_by=act.decided_by,
        source=act.source,
        facts=facts,
    )


def _recurring(asked: Asked, treaty: Treaty, period: Deadline, span: Span) -> DeadlineAnswer:
    words = period.recurring or ""
    named = day_of_each_year(words)
    first = None if named is None else _first_due(treaty, period, span, named)
    day = first
    if named is not None and first is not None and first < asked.on:
        this_year = dt.date(asked.on.year, *named)
        day = this_year if this_year >= asked.on else _a_year_on(this_year)
    if day is not None and span.until is not None and day >= span.until:
        day = None
    return DeadlineAnswer(
        day=day,
        between=None,
        original=None,
        counted_from=None,
        counted_from_what=None,
        extensions=(),
        fulfilled=None,
        recurring=words,
        recorded_through=None,
        first_due=first,
    )


def _first_due(treaty: Treaty, period: Deadline, span: Span, named: tuple[int, int]) -> dt.date | None:
    """The first of the recurring days on which a participant bound in `span` owes anything."""
    if span.since is None:
        return None
    after = span.since
    if period.after is not None:
        earlier = next((rule.deadline for rule in treaty.obligations if rule.id == period.after), None)
        started = None if earlier is None else _started(treaty, earlier, span)
        end = None if earlier is None or started is None else _end(earlier, started.day)
        if end is None:
            return None
        after = end
    if period.full_year:
        whole = span.since.year if (span.since.month, span.since.day) == (1, 1) else span.since.year + 1
        if whole > dt.MAXYEAR:
            return None
        after = max(after, dt.date(whole, 12, 31))
    this_year = dt.date(after.year, *named)
    return this_year if this_year > after else _a_year_on(this_year)


def _a_year_on(day: dt.date) -> dt.date | None:
    """The same day of the next year; None where the calendar has no further year."""
    return None if day.year == dt.MAXYEAR else add_years(day, 1)
