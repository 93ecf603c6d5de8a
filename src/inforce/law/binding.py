"""What a treaty's rules say to whom it binds: a party, or one that declared to apply them provisionally."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from inforce.errors import UsageError
from inforce.law.categories import COVERING, Related, label, relate, wider
from inforce.law.chronicle import Asked, chronicle, is_known
from inforce.law.deadlines import deadline, deadline_steps
from inforce.law.derivation import (
    act_words,
    all_readings,
    ground_steps,
    reading_answers,
    row,
    sentence,
    span_words,
    treaty_name,
)
from inforce.law.kept import kept
from inforce.law.model import ReadingAnswer, Step
from inforce.law.obligation_model import DeadlineAnswer, DisputeAnswer, ExceptionAnswer, ObligationAnswer
from inforce.law.readings import names
from inforce.law.timeline import Span, Stretch, Timeline
from inforce.record.model import Action, ContestedPoint, Obligation, ProvisionalApplication, Record, Treaty
from inforce.vocabulary import ActionKind, Activity, ObligationModality, Status

_MODALITIES = {
    ObligationModality.PROHIBITED: "prohibited",
    ObligationModality.REQUIRED: "required",
    ObligationModality.RESTRICTED: "restricted",
    ObligationModality.PERMITTED_EXCEPTION: "permitted as an exception",
}

_QUESTIONS_KEPT = 20_000  # treaty, item and activity

#: Where a treaty is not in force for a participant and can be applied provisionally.
_BEFORE_ENTRY = frozenset({Status.SIGNATORY, Status.CONTRACTING})


class Binding(NamedTuple):
    """One treaty's hold on a participant on a day."""

    asked: Asked
    treaty: Treaty
    line: Timeline
    stretch: Stretch
    span: Span
    steps: tuple[Step, ...]
    readings: tuple[ReadingAnswer, ...]
    provisional: bool = False


def checked_activity(activity: str) -> Activity:
    """The activity of that name; raises `UsageError` where there is none."""
    try:
        return Activity(activity)
    except ValueError:
        known = ", ".join(sorted(Activity))
        raise UsageError(f"unknown activity {activity!r}; choose one of {known}") from None


@kept(_QUESTIONS_KEPT)
def bearing_rules(
    record: Record, treaty: str, item: str | None, activity: Activity | None
) -> tuple[tuple[Obligation, Related], ...]:
    """The rules of a treaty that bear on an item and an activity (None takes every one)."""
    found = []
    for rule in record.treaties[treaty].obligations:
        related = Related("same") if item is None else relate(record, item, rule.item)
        if related is not None and activity in (None, rule.activity):
            found.append((rule, related._replace(asked=item)))
    return tuple(found)


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
    readings: tuple[ReadingAnswer, ...] = ()
    if stretch.dispute is not None:
        readings = all_readings(stretch.disputes, on)
    elif stretch.picked is not None:
        point = stretch.picked.point
        readings = tuple(one for one in reading_answers(point, on) if one.id == stretch.picked.reading.id)
    return Binding(asked, record.treaties[treaty], line, stretch, line.bound_span(on), steps, readings)


class Provisional(NamedTuple):
    """A declaration of provisional application, the rules it brings, and from when to when."""

    act: Action
    clause: ProvisionalApplication
    since: dt.date
    until: dt.date | None

    def covers(self, on: dt.date) -> bool:
        """Whether the rules are so applied on a day."""
        return self.since <= on and (self.until is None or on < self.until)


def provisional(asked: Asked, treaty: str) -> Provisional | None:
    """The provisional application that a participant has declared (VCLT Art 25), as known.

    From the declaration until the treaty is in force for the participant, or it has turned away from it.
    None where the rules so applied are not recorded one by one, or no declaration of a certain day is.
    """
    clause = asked.record.treaties[treaty].final_clauses.provisional_application
    if not isinstance(clause, ProvisionalApplication) or not clause.rules:
        return None
    line = asked.line(treaty)
    for act in chronicle(asked.record).acts.get((treaty, asked.participant), ()):
        since = act.date.exact
        if act.kind is not ActionKind.PROVISIONAL_APPLICATION or since is None:
            continue
        here = line.position(since)
        if not is_known(act, asked.known_by) or line.stretches[here].status not in _BEFORE_ENTRY:
            continue
        after = line.stretches[here + 1 :]
        until = next((one.start for one in after if one.status not in _BEFORE_ENTRY), None)
        return Provisional(act, clause, since, until)
    return None


def provisional_binding(asked: Asked, treaty: str) -> tuple[Binding, tuple[str, ...]] | None:
    """The hold of a declaration of provisional application on a day, and the ids of the rules so applied."""
    declared = provisional(asked, treaty)
    if declared is None or not declared.covers(asked.on):
        return None
    line, act = asked.line(treaty), declared.act
    words = f"{act_words(asked.record, act)}: {declared.clause.what}, until the treaty is in force for it"
    step = Step(sentence(words), article=declared.clause.article, source=act.source, facts=(row(act),))
    span = Span(declared.since, declared.until)
    text = asked.record.treaties[treaty]
    held = Binding(asked, text, line, line.at(asked.on), span, (step,), (), provisional=True)
    return held, declared.clause.rules


def rule_answer(held: Binding, rule: Obligation, related: Related) -> ObligationAnswer:
    """One rule for one participant, with its deadline as it stood on the day asked about."""
    due = None if held.provisional else deadline(held.asked, held.treaty, rule, held.span)
    disputed = disputes(held.asked, rule, related)
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
        bound=True if held.provisional else held.stretch.bound,
        derivation=(*held.steps, *_rule_steps(held, rule, related, due), *_dispute_steps(disputed)),
        id=rule.id,
        relation=related.relation,
        total=rule.total,
        applies=rule.applies,
        exceptions=rule.exceptions,
        readings=held.readings,
        due=due,
        excepted_by=_excepted_by(held.treaty, rule),
        excepts=tuple(other.id for other in held.treaty.obligations if rule.id in other.exceptions),
        provisional=held.provisional,
        disputed=disputed,
        bears=related.words or None,
    )


def disputes(asked: Asked, rule: Obligation, related: Related) -> tuple[DisputeAnswer, ...]:
    """The contested points on how far a rule reaches; under a picked reading of one, that reading alone.

    A point on whether some items fall under the rule is named only where such an item is asked about.
    """
    found = []
    for point in asked.record.contested:
        if point.id not in rule.contested or not concerns(point, asked.participant):
            continue
        if point.items and not _among(asked.record, related.asked, point.items):
            continue
        readings = reading_answers(point, asked.on)
        full = {names(point, one)[1]: one.id for one in point.readings}
        if asked.reading in full:
            readings = tuple(one for one in readings if one.id == full[asked.reading])
        found.append(DisputeAnswer(point.id, point.question, readings))
    return tuple(found)


def _among(record: Record, item: str | None, items: tuple[str, ...]) -> bool:
    """Whether an item asked about is one of some items, or a kind of one."""
    return item is not None and not {item, *wider(record, item)}.isdisjoint(items)


def concerns(point: ContestedPoint, participant: str) -> bool:
    """Whether a point bears on a participant: it names it, or nobody."""
    return not point.concerned or participant in point.concerned


def _excepted_by(treaty: Treaty, rule: Obligation) -> tuple[ExceptionAnswer, ...]:
    """The rules of the treaty that limit this one."""
    return tuple(
        ExceptionAnswer(one.id, one.article, one.activity, one.item, one.modality, one.conditions)
        for one in treaty.obligations
        if one.id in rule.exceptions
    )


def modality_words(record: Record, rule: Obligation) -> str:
    """`use (mine) is restricted: conditions`, without a full stop."""
    what = f"{rule.activity.value.replace('-', ' ')} ({label(record, rule.item)})"
    text = f"{what} is {_MODALITIES[rule.modality]}"
    return f"{text}: {rule.conditions}" if rule.conditions else text


def _rule_steps(held: Binding, rule: Obligation, related: Related, due: DeadlineAnswer | None) -> list[Step]:
    sources = held.treaty.sources
    source = next((sources[key] for key in rule.sources if key in sources), None)
    text = f"{treaty_name(held.treaty)}: {modality_words(held.asked.record, rule)}"
    steps = [Step(sentence(text), article=rule.article, source=source)]
    if related.words:
        steps.append(Step(sentence(related.words)))
    if held.stretch.dispute is not None:
        says = "; ".join(f"{one.id} ({one.holder}): {one.result}" for one in held.readings)
        steps.append(Step(sentence(f"whether it binds is contested: {says}")))
    elif held.stretch.picked is not None:
        one = held.stretch.picked.reading
        steps.append(Step(sentence(f"under reading {one.id} ({one.holder}) it binds: {one.result}")))
    elif held.stretch.bound is None and not held.provisional:
        between = held.span.since_between or held.span.until_between
        when = f": that turns {span_words(between)}" if between else ""
        steps.append(Step(sentence(f"whether it binds already, or still, is not known{when}")))
    if due is not None:
        steps += deadline_steps(due, rule, source)
    return steps


def _dispute_steps(disputed: tuple[DisputeAnswer, ...]) -> list[Step]:
    steps = []
    for one in disputed:
        says = "; ".join(f"{each.id} ({each.holder}): {each.result}" for each in one.readings)
        steps.append(Step(f"{one.question} {says}.", facts=(one.id,)))
    return steps
