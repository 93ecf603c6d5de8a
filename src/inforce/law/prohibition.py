"""Is an activity with an item prohibited to a participant on a day, by which article, and until when."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from inforce.dates import in_words
from inforce.law.binding import (
    Provisional,
    bearing_rules,
    binding,
    checked_activity,
    is_outright,
    provisional,
    provisional_binding,
    rule_answer,
)
from inforce.law.categories import COVERING, Related, checked_item, label
from inforce.law.chronicle import Asked, checked, knowledge
from inforce.law.derivation import sentence, treaty_name
from inforce.law.freedom import because, freedom
from inforce.law.model import Step
from inforce.law.obligation_model import FreedomAnswer, ObligationAnswer, ProhibitionAnswer
from inforce.law.status import coverage
from inforce.law.timeline import Timeline
from inforce.record.model import Obligation, Record
from inforce.vocabulary import Activity, ObligationModality, Prohibition

_LIMITING = frozenset({ObligationModality.PROHIBITED, ObligationModality.RESTRICTED})
_FREE = frozenset({Prohibition.NO, Prohibition.PARTLY})


class _Bearing(NamedTuple):
    """A rule that bears on the question, and how the participant stands to its treaty over time."""

    treaty: str
    rule: Obligation
    related: Related
    line: Timeline
    declared: Provisional | None = None

    def bound(self, on: dt.date) -> bool | None:
        """Whether the rule binds on a day, as on a party or by a declaration of provisional application."""
        return True if self.declared is not None and self.declared.covers(on) else self.line.at(on).bound

    @property
    def turns(self) -> set[dt.date]:
        """Days on which that can change."""
        declared = () if self.declared is None else (self.declared.since, self.declared.until)
        return {day for day in (*self.line.starts, *declared) if day is not None and day != dt.date.min}

    @property
    def outright(self) -> bool:
        """Whether the rule alone prohibits all that was asked."""
        return is_outright(self.rule, self.related)


def prohibition(
    record: Record,
    participant: str,
    activity: str,
    item: str,
    *,
    on: dt.date,
    known_by: dt.date | None = None,
    today: dt.date | None = None,
) -> ProhibitionAnswer:
    """Whether `activity` with `item` (key) is prohibited to `participant` (key) on a day.

    Weighs all recorded treaties and nothing else: custom and other law stand in `remaining` where the
    record names them. Raises `UsageError` for a key or an activity that does not exist.
    """
    checked(record, participant, None)
    known = knowledge(known_by, today)
    asked = Asked(record, participant, on, known.by)
    act, kind = checked_activity(activity), checked_item(record, item)
    bearing = _bearing(asked, act, kind)
    answer = _answer(bearing, on)
    since, until = _around(bearing, on, answer)
    rules = _rules(asked, bearing)
    applied = {one.rule.id for one in bearing if one.declared is not None and one.declared.covers(on)}
    outright = [one for one in bearing if one.outright and one.rule.id not in applied]
    free = (freedom(asked, one.treaty, one.rule, kind) for one in outright)
    freedoms = [one for one in free if one is not None]
    treaties = sorted({one.treaty for one in bearing})
    notes = [coverage(record.treaties[key], on, known_by) for key in treaties]
    return ProhibitionAnswer(
        participant=participant,
        activity=act,
        item=item,
        on=on,
        known_by=known.shown,
        answer=answer,
        rules=rules,
        since=since,
        until=until,
        because=_because(asked, bearing, answer, until, f"{act.value} ({label(record, kind)})"),
        remaining=tuple(dict.fromkeys(said for one in freedoms for said in one.remaining)),
        readings=next((rule.readings for rule in rules if rule.readings), ()),
        derivation=_steps(answer, rules, freedoms),
        coverage=tuple(note for note in notes if note is not None),
    )


def _bearing(asked: Asked, activity: Activity, item: str) -> list[_Bearing]:
    found = []
    for key in sorted(asked.record.treaties):
        for rule, related in bearing_rules(asked.record, key, item, activity):
            if rule.modality in _LIMITING and rule.addresses(asked.participant):
                declared = provisional(asked, key)
                applied = declared is not None and rule.id in declared.clause.rules
                found.append(_Bearing(key, rule, related, asked.line(key), declared if applied else None))
    return found


def _answer(bearing: list[_Bearing], day: dt.date) -> Prohibition:
    """The strongest that any rule says: first those that cover all that was asked, then those on a part.

    A rule on something that the item only may be decides nothing here.
    """
    sure = [one for one in bearing if one.related.relation != "may-be"]
    for outright, certain in ((True, Prohibition.YES), (False, Prohibition.PARTLY)):
        bearing_now = [one for one in sure if one.outright is outright]
        if any(one.bound(day) is True for one in bearing_now):
            return certain
        if any(one.line.at(day).dispute is not None for one in bearing_now):
            return Prohibition.CONTESTED
        if any(one.bound(day) is None for one in bearing_now):
            return Prohibition.UNKNOWN
    return Prohibition.NO


def _around(
    bearing: list[_Bearing], on: dt.date, answer: Prohibition
) -> tuple[dt.date | None, dt.date | None]:
    """Since when the answer has been the same, and when what is prohibited becomes free, or the reverse."""
    turns = sorted({turn for one in bearing for turn in one.turns})
    since = None
    for turn in reversed([turn for turn in turns if turn <= on]):
        before = turn - dt.timedelta(days=1)
        if _answer(bearing, before) is not answer:
            since = turn
            break
    sought = frozenset({Prohibition.YES}) if answer in _FREE else _FREE
    until = next((turn for turn in turns if turn > on and _answer(bearing, turn) in sought), None)
    return since, until


def _rules(asked: Asked, bearing: list[_Bearing]) -> tuple[ObligationAnswer, ...]:
    answers = []
    for one in bearing:
        held = binding(asked, one.treaty)
        if held is None and one.declared is not None:
            held, _ = provisional_binding(asked, one.treaty) or (None, ())
        if held is not None:
            answers.append(rule_answer(held, one.rule, one.related))
    return tuple(sorted(answers, key=lambda rule: not (rule.total and rule.relation in COVERING)))


def _because(
    asked: Asked, bearing: list[_Bearing], answer: Prohibition, until: dt.date | None, what: str
) -> str:
    sure = [one for one in bearing if one.related.relation != "may-be"]
    outright = [one for one in sure if one.outright]
    on = asked.on
    who = asked.record.participants[asked.participant].name
    if answer in _FREE:
        told = dict.fromkeys(because(asked, one.line, one.line.at(on)) for one in outright)
        reasons = "; ".join(told) or f"no recorded treaty prohibits it outright: {what}"
        limits = [one for one in sure if one.bound(on) is True]
        text = f"{reasons}; limited by {_named(asked.record, limits)}"
        return sentence(text if answer is Prohibition.PARTLY else reasons)
    if answer is Prohibition.YES:
        binding_now = [one for one in outright if one.bound(on) is True]
        verb = "prohibits" if len({one.treaty for one in binding_now}) == 1 else "prohibit"
        text = f"{_named(asked.record, binding_now)} {verb} it to {who}"
        if all(one.line.at(on).bound is not True for one in binding_now):
            text += ", which has declared to apply it provisionally"
        if until is None:
            return sentence(text)
        ends = dict.fromkeys(because(asked, one.line, one.line.at(until)) for one in binding_now)
        return sentence(f"{text} until {in_words(until)}: {'; '.join(ends)}")
    names = _named(asked.record, [one for one in sure if one.bound(on) is None])
    if answer is Prohibition.CONTESTED:
        return sentence(f"whether {names} binds {who} is contested")
    return sentence(f"from which day {names} binds {who} is not recorded exactly")


def _named(record: Record, bearing: list[_Bearing]) -> str:
    """Treaties with their articles: `the Mine Ban Convention Art 1(1)(b)`."""
    articles: dict[str, list[str]] = {}
    for one in bearing:
        articles.setdefault(treaty_name(record.treaties[one.treaty]), []).append(one.rule.article)
    return " and ".join(f"{name} Art {', '.join(dict.fromkeys(found))}" for name, found in articles.items())


def _steps(
    answer: Prohibition, rules: tuple[ObligationAnswer, ...], freedoms: list[FreedomAnswer]
) -> tuple[Step, ...]:
    """The steps behind the answer, each once: of the rules that bind, then of what does not."""
    chosen = [step for rule in rules for step in rule.derivation]
    if answer is not Prohibition.YES or freedoms:
        chosen += [step for one in freedoms for step in one.derivation]
    return tuple(dict.fromkeys(chosen))
