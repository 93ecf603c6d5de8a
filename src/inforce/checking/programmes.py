"""Programmes, stockpiles and statements: no verdict is due; the law that bears on them is said beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from inforce.checking.evidence import contest_steps
from inforce.checking.rules_of_treaty import what
from inforce.checking.ruling import Ruling, reported
from inforce.checking.times import spoken
from inforce.checking.wording import state
from inforce.dates import Edtf
from inforce.errors import InforceError
from inforce.law import prohibition
from inforce.law.model import ProhibitionAnswer, Step
from inforce.reading.model import Claim
from inforce.record.model import Record
from inforce.vocabulary import Prohibition

#: The activity in law that a programme or stockpile of each kind comes to.
ACTIVITY: dict[str, str] = {
    "produce": "produce",
    "procure": "acquire",
    "transfer": "transfer",
    "deploy": "use",
    "fund": "acquire",
    "holds": "stockpile",
}

_ANSWERS = {
    Prohibition.YES: "prohibited",
    Prohibition.NO: "not prohibited by any recorded treaty",
    Prohibition.PARTLY: "not prohibited altogether, but limited",
    Prohibition.CONTESTED: "contested",
    Prohibition.UNKNOWN: "open, because a date in the record is not exact",
}


def rule_on_report(record: Record, claim: Claim, on: date, when: Edtf | None) -> Ruling:
    """The claim is entered under its speaker's name; `because` says what the law holds on the days."""
    return reported(*dict.fromkeys(_bearing_law(record, claim, on, when)))


def _bearing_law(record: Record, claim: Claim, on: date, when: Edtf | None) -> Iterator[Step]:
    activity = ACTIVITY.get(claim.predicate or "")
    items = [item for item in claim.object.item if item in record.items]
    if activity is None or not items:
        return
    if claim.predicate == "fund" and claim.object.recipient:
        activity = "assist"
    days = _days(on, when)
    for item in items:
        for actor in claim.subject:
            yield from _for_state(record, actor, activity, item, days)
        for recipient in claim.object.recipient:
            yield from _for_state(record, recipient, "acquire", item, days)


def _days(on: date, when: Edtf | None) -> list[date]:
    """The day of the text, and the first day that a plan names, where that is later."""
    planned = None if when is None else when.first
    return [on] if planned is None or planned <= on else [on, planned]


def _for_state(
    record: Record, participant: str, activity: str, item: str, days: list[date]
) -> Iterator[Step]:
    if participant not in record.participants:
        return
    for day in days:
        try:
            answer = prohibition(record, participant, activity, item, on=day, known_by=days[0])
        except InforceError as error:
            yield Step(f"What the law says of it could not be worked out: {error}.")
            return
        yield _head(record, answer)
        if day == days[0]:
            yield from _grounds(record, answer)


def _head(record: Record, answer: ProhibitionAnswer) -> Step:
    doing = what(record, [answer.activity.value], [answer.item])
    name = state(record, answer.participant)
    head = f"{doing[:1].upper()}{doing[1:]}, {name}, on {spoken(answer.on)}: {_ANSWERS[answer.answer]}."
    rule = answer.rules[0] if answer.rules else None
    return Step(f"{head} {answer.because}", None if rule is None else rule.article, _source(record, answer))


def _source(record: Record, answer: ProhibitionAnswer) -> str | None:
    """The publication of the rule, else of the act, on which the answer rests."""
    if answer.rules:
        return next((step.source for step in reversed(answer.rules[0].derivation) if step.source), None)
    return next((step.source for step in answer.derivation if step.source), None)


def _grounds(record: Record, answer: ProhibitionAnswer) -> Iterator[Step]:
    """The acts behind the answer, from when it changes, what binds besides, and who reads it how."""
    yield from (step for step in answer.derivation if step.source is not None and step.article is None)
    if answer.until is not None:
        turn = "is no longer prohibited altogether" if answer.answer is Prohibition.YES else "is prohibited"
        yield Step(f"From {spoken(answer.until)} it {turn}, as the acts known then stand.")
    if answer.answer is not Prohibition.YES or answer.until is not None:
        yield from (Step(f"Still binding: {said}") for said in answer.remaining[:1])
    if answer.answer is Prohibition.CONTESTED:
        for point in record.contested:
            if (
                point.participant == answer.participant
                and point.since is not None
                and point.since <= answer.on
            ):
                yield from contest_steps(point)
