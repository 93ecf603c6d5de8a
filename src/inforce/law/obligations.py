"""What binds a participant in respect of an activity and an item on a day, across all treaties and custom."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from inforce.law.binding import (
    bearing_rules,
    binding,
    checked_activity,
    concerns,
    is_outright,
    provisional_binding,
    rule_answer,
)
from inforce.law.categories import COVERING, Related, checked_item, relate
from inforce.law.chronicle import Asked, checked, knowledge
from inforce.law.custom import custom_rules
from inforce.law.ends import first_free_days
from inforce.law.freedom import freedom
from inforce.law.obligation_model import CustomAnswer, FreedomAnswer, ObligationAnswer, ObligationsAnswer
from inforce.law.readings import checked_reading
from inforce.law.status import coverage
from inforce.law.towards import common_treaties, governing_texts
from inforce.record.model import ContestedPoint, Obligation, Record
from inforce.vocabulary import Activity, ObligationModality


class _Found(NamedTuple):
    """What one treaty adds to the answer."""

    rules: list[ObligationAnswer]
    freedoms: list[FreedomAnswer]


def obligations(
    record: Record,
    participant: str,
    *,
    item: str | None = None,
    activity: str | None = None,
    on: dt.date,
    known_by: dt.date | None = None,
    today: dt.date | None = None,
    reading: str | None = None,
    towards: str | None = None,
) -> ObligationsAnswer:
    """All rules that bind `participant` (key) on a day, and its freedoms then or from a coming day.

    `item` (key) and `activity` narrow the question; a rule on a wider category covers a narrower one.
    `reading` answers under one reading of a contested point, named by its id where only one point has it
    (`A`) or with the point's (`ukraine-apmbc-suspension:A`); without it each contested rule carries all of
    them. `towards` (key) asks besides which of the treaties bind another participant too, and which of two
    texts on one matter governs between the two.

    Raises `UsageError` for a key, an activity or a reading that does not exist.
    """
    checked(record, participant, None)
    checked(record, towards, None)
    kind = None if item is None else checked_item(record, item)
    act = None if activity is None else checked_activity(activity)
    known = knowledge(known_by, today)
    asked = Asked(record, participant, on, known.by)
    if reading is not None:
        where = record.participants[participant].name
        asked = asked._replace(reading=checked_reading(*_points(asked), reading, where))
    rules: list[ObligationAnswer] = []
    freedoms: list[FreedomAnswer] = []
    notes: list[str] = []
    for key in sorted(record.treaties):
        found = _of_treaty(asked, key, kind, act)
        rules += found.rules
        freedoms += found.freedoms
        note = coverage(record.treaties[key], on, known_by) if found.rules or found.freedoms else None
        notes += [note] if note else []
    custom = custom_rules(asked, kind, act)
    return ObligationsAnswer(
        participant=participant,
        on=on,
        known_by=known.shown,
        item=item,
        activity=activity,
        rules=tuple(rules),
        freedoms=tuple(one for one in freedoms if not _prohibited_elsewhere(record, one, rules, custom)),
        coverage=tuple(notes),
        custom=custom,
        first_free=() if kind is None else first_free_days(asked, kind, rules, custom),
        governing=governing_texts(asked, rules, towards),
        common=() if towards is None else common_treaties(asked, rules, towards),
    )


def _points(asked: Asked) -> tuple[list[ContestedPoint], list[ContestedPoint]]:
    """The contested points on the participant's status, and those on how far a rule reaches for it."""
    record = asked.record
    on_status = {
        point.id: point
        for key in record.treaties
        for one in asked.line(key).stretches
        for point in one.disputes
    }
    rules = (rule for treaty in record.treaties.values() for rule in treaty.obligations)
    named = {key for rule in rules for key in rule.contested}
    on_reach = [
        point for point in record.contested if point.id in named and concerns(point, asked.participant)
    ]
    return list(on_status.values()), on_reach


def _prohibited_elsewhere(
    record: Record, free: FreedomAnswer, rules: list[ObligationAnswer], custom: tuple[CustomAnswer, ...]
) -> bool:
    """Whether another treaty, or custom, prohibits outright with no end in sight what the one leaves free."""
    outright: list[ObligationAnswer | CustomAnswer] = [
        rule
        for rule in rules
        if rule.treaty != free.treaty and rule.bound is True and rule.until is None and not rule.provisional
    ]
    return any(
        rule.modality is ObligationModality.PROHIBITED
        and rule.total
        and rule.activity is free.activity
        and _covers(record, rule.item, free.item)
        for rule in (*outright, *custom)
    )


def _covers(record: Record, ruled: str, item: str) -> bool:
    """Whether a rule on `ruled` reaches all of `item`: by the items themselves, whatever was asked about."""
    related = relate(record, item, ruled)
    return related is not None and related.relation in COVERING


def _of_treaty(asked: Asked, key: str, item: str | None, activity: Activity | None) -> _Found:
    bearing = [
        (rule, related)
        for rule, related in bearing_rules(asked.record, key, item, activity)
        if rule.addresses(asked.participant)
    ]
    if not bearing:
        return _Found([], [])
    rules = _rules(asked, key, bearing)
    applied = {rule.id for rule in rules if rule.provisional}
    free = (
        freedom(asked, key, rule, item or rule.item)
        for rule, related in bearing
        if is_outright(rule, related) and rule.id not in applied
    )
    return _Found(rules, [answer for answer in free if answer is not None])


def _rules(asked: Asked, key: str, bearing: list[tuple[Obligation, Related]]) -> list[ObligationAnswer]:
    """The rules that bind as on a party, or as declared to apply provisionally."""
    held = binding(asked, key)
    if held is not None:
        return [rule_answer(held, rule, related) for rule, related in bearing]
    provisional = provisional_binding(asked, key)
    if provisional is None:
        return []
    held, applied = provisional
    return [rule_answer(held, rule, related) for rule, related in bearing if rule.id in applied]
