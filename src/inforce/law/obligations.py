"""What binds a participant in respect of an activity and an item on a day, across all treaties."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from inforce.errors import UsageError
from inforce.law.categories import COVERING, Related, checked_item, label, relate
from inforce.law.chronicle import Asked, checked, knowledge
from inforce.law.deadlines import deadline, deadline_steps
from inforce.law.derivation import ground_steps, reading_answers, sentence, span_words, treaty_name
from inforce.law.freedom import freedom
from inforce.law.model import ReadingAnswer, Step
from inforce.law.obligation_model import (
    DeadlineAnswer,
    ExceptionAnswer,
    FreedomAnswer,
    ObligationAnswer,
    ObligationsAnswer,
)
from inforce.law.status import coverage
from inforce.law.timeline import Span, Stretch, Timeline
from inforce.record.model import Obligation, Record, Treaty
from inforce.vocabulary import Activity, ObligationModality

_MODALITIES = {
    ObligationModality.PROHIBITED: "prohibited",
    ObligationModality.REQUIRED: "required",
    ObligationModality.RESTRICTED: "restricted",
    ObligationModality.PERMITTED_EXCEPTION: "permitted as an exception",
}


class Binding(NamedTuple):
    """One treaty's hold on a participant on a day."""

    asked: Asked
    treaty: Treaty
    line: Timeline
    stretch: Stretch
    span: Span
    steps: tuple[Step, ...]
    readings: tuple[ReadingAnswer, ...]


def obligations(
    record: Record,
    participant: str,
    *,
    item: str | None = None,
    activity: str | None = None,
    on: dt.date,
    known_by: dt.date | None = None,
    today: dt.date | None = None,
) -> ObligationsAnswer:
    """All rules that bind `participant` (key) on a day, and its freedoms then or from a coming day.

    `item` (key) and `activity` narrow the question; a rule on a wider category covers a narrower one.
    Raises `UsageError` for a key or an activity that does not exist.
    """
    checked(record, participant, None)
    kind = None if item is None else checked_item(record, item)
    act = None if activity is None else checked_activity(activity)
    rules: list[ObligationAnswer] = []
    freedoms: list[FreedomAnswer] = []
    notes: list[str] = []
    known = knowledge(known_by, today)
    asked = Asked(record, participant, on, known.by)
    for key in sorted(record.treaties):
        found, free = _of_treaty(asked, key, kind, act)
        rules += found
        freedoms += free
        note = coverage(record.treaties[key], on, known_by) if found or free else None
        notes += [note] if note else []
    return ObligationsAnswer(
        participant=participant,
        on=on,
        known_by=known.shown,
        item=item,
        activity=activity,
        rules=tuple(rules),
        freedoms=tuple(one for one in freedoms if not _prohibited_elsewhere(one, rules)),
        coverage=tuple(notes),
    )


def _prohibited_elsewhere(free: FreedomAnswer, rules: list[ObligationAnswer]) -> bool:
    """Whether another treaty prohibits outright, without an end in sight, what the one leaves free."""
    return any(
        rule.modality is ObligationModality.PROHIBITED
        and rule.total
        and rule.relation in COVERING
        and rule.activity is free.activity
        and rule.bound is True
        and rule.until is None
        for rule in rules
        if rule.treaty != free.treaty
    )


def checked_activity(activity: str) -> Activity:
    """The activity of that name; raises `UsageError` where there is none."""
    try:
        return Activity(activity)
    except ValueError:
        known = ", ".join(sorted(Activity))
        raise UsageError(f"unknown activity {activity!r}; choose one of {known}") from None


def _of_treaty(
    asked: Asked, key: str, item: str | None, activity: Activity | None
) -> tuple[list[ObligationAnswer], list[FreedomAnswer]]:
    bearing = [
        (rule, related)
        for rule, related in bearing_rules(asked.record, key, item, activity)
        if rule.addresses(asked.participant)
    ]
    if not bearing:
        return [], []
    held = binding(asked, key)
    rules = []
    if held is not None:
        rules = [rule_answer(held, rule, related) for rule, related in bearing]
    free = [
        freedom(asked, key, rule, item or rule.item)
        for rule, related in bearing
        if is_outright(rule, related)
    ]
    return rules, [answer for answer in free if answer is not None]


def bearing_rules(
    record: Record, treaty: str, item: str | None, activity: Activity | None
) -> list[tuple[Obligation, Related]]:
    """The rules of a treaty that bear on an item and an activity (None takes every one)."""
    found = []
    for rule in record.treaties[treaty].obligations:
        related = Related("same") if item is None else relate(record, item, rule.item)
        if related is not None and activity in (None, rule.activity):
            found.append((rule, related))
    return found


def is_outright(rule: Obligation, related: Related) -> bool:
    """Whether a rule alone prohibits all that was asked, whatever the manner, aim or recipient."""
    prohibits = rule.modality is ObligationModality.PROHIBITED and rule.total
    return prohibits and related.relation in COVERING


def binding(asked: Asked, treaty: str) -> Binding | None:
    """The treaty's hold on a participant on a day; None where it is certain that it does not bind."""
    record, on = asked.record, asked.on
    line = asked.line(treaty)
    stretch = line.at(on)
    if stretch.recorded_bound is False and stretch.dispute is None:
        return None
    steps = tuple(step for index in stretch.acts for step in ground_steps(record, line.grounds[index]))
    readings = reading_answers(stretch.dispute, on) if stretch.dispute else ()
    return Binding(asked, record.treaties[treaty], line, stretch, line.bound_span(on), steps, readings)


def rule_answer(held: Binding, rule: Obligation, related: Related) -> ObligationAnswer:
    """One rule for one participant, with its deadline from the participant's own entry into force."""
    due = deadline(held.asked, held.treaty, rule, held.span)
    return ObligationAnswer(
        treaty=held.treaty.key,
        article=rule.article,
        activity=rule.activity,
        item=rule.item,
        modality=rule.modality,
        conditions=rule.conditions,
        since=held.span.since,
        until=held.span.until,
        deadline=None if due is None else due.day,
        bound=held.stretch.bound,
        derivation=(*held.steps, *_rule_steps(held, rule, related, due)),
        id=rule.id,
        relation=related.relation,
        total=rule.total,
        applies=rule.applies,
        exceptions=rule.exceptions,
        readings=held.readings,
        due=due,
        excepted_by=_excepted_by(held.treaty, rule),
        excepts=tuple(other.id for other in held.treaty.obligations if rule.id in other.exceptions),
    )


def _excepted_by(treaty: Treaty, rule: Obligation) -> tuple[ExceptionAnswer, ...]:
    """The rules of the treaty that limit this one."""
    return tuple(
        ExceptionAnswer(one.id, one.article, one.activity, one.item, one.modality, one.conditions)
        for one in treaty.obligations
        if one.id in rule.exceptions
    )


def _rule_steps(held: Binding, rule: Obligation, related: Related, due: DeadlineAnswer | None) -> list[Step]:
    record = held.asked.record
    sources = held.treaty.sources
    source = next((sources[key] for key in rule.sources if key in sources), None)
    what = f"{rule.activity.value.replace('-', ' ')} ({label(record, rule.item)})"
    text = f"{treaty_name(held.treaty)}: {what} is {_MODALITIES[rule.modality]}"
    text += f": {rule.conditions}" if rule.conditions else ""
    steps = [Step(sentence(text), article=rule.article, source=source)]
    if related.words:
        steps.append(Step(sentence(related.words)))
    if held.readings:
        says = "; ".join(f"{one.id} ({one.holder}): {one.result}" for one in held.readings)
        steps.append(Step(sentence(f"whether it binds is contested: {says}")))
    elif held.stretch.bound is None:
        between = held.span.since_between or held.span.until_between
        when = f": that turns {span_words(between)}" if between else ""
        steps.append(Step(sentence(f"whether it binds already, or still, is not known{when}")))
    if due is not None:
        steps += deadline_steps(due, rule, source)
    return steps
