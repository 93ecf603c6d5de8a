"""Programmes, stockpiles and statements: no verdict is due; the law that bears on them is said beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from inforce.checking.courses import course_of
from inforce.checking.evidence import act_step, contest_steps, exit_steps, silence_step
from inforce.checking.rules_of_treaty import things, what
from inforce.checking.ruling import Ruling
from inforce.checking.times import spoken
from inforce.checking.wording import listed, state
from inforce.dates import Edtf
from inforce.law import prohibition
from inforce.law.binding import bearing_rules
from inforce.law.categories import COVERING
from inforce.law.derivation import treaty_name
from inforce.law.model import Step
from inforce.law.obligation_model import ObligationAnswer, ProhibitionAnswer
from inforce.reading.model import Claim
from inforce.record.model import Record, Treaty
from inforce.vocabulary import Prohibition, Verdict

#: The activity in law that a programme or stockpile of each kind comes to.
ACTIVITY: dict[str, str] = {
    "produce": "produce",
    "procure": "acquire",
    "transfer": "transfer",
    "deploy": "use",
    "fund": "acquire",
    "holds": "stockpile",
}


def rule_on_report(record: Record, claim: Claim, on: date, when: Edtf | None) -> Ruling:
    """The claim is entered under its speaker's name; `because` says what the law holds on the days."""
    return Ruling(Verdict.REPORTED, tuple(dict.fromkeys(_bearing_law(record, claim, on, when))))


def _bearing_law(record: Record, claim: Claim, on: date, when: Edtf | None) -> Iterator[Step]:
    activity = ACTIVITY.get(claim.predicate or "")
    items = [item for item in claim.object.item if item in record.items]
    over = when is not None and when.last is not None and when.last < on
    if activity is None or over:
        return
    recipients = claim.object.recipient
    if claim.predicate == "fund" and recipients:
        activity = "assist"
    for item in items:
        for actor in claim.subject:
            yield from _for_state(record, actor, activity, item, _days(on, when))
        for recipient in recipients:
            yield from _for_state(record, recipient, "acquire", item, _days(on, when))


def _days(on: date, when: Edtf | None) -> tuple[date, ...]:
    """The day of the text, and the first day that a plan names, where that is later."""
    planned = None if when is None else when.first
    return (on,) if planned is None or planned <= on else (on, planned)


def _for_state(
    record: Record, participant: str, activity: str, item: str, days: tuple[date, ...]
) -> Iterator[Step]:
    """What the law holds of one state's doing on the days, as known on the first of them."""
    if participant not in record.participants:
        return
    first, *later = (
        prohibition(record, participant, activity, item, on=day, known_by=days[0]) for day in days
    )
    yield _head(record, first, "prohibited")
    yield from _acts(record, first)
    if first.answer is Prohibition.YES and first.until is not None:
        text = f"as the acts known on {spoken(first.on)} stand, no recorded treaty prohibits it altogether"
        yield Step(f"From {spoken(first.until)}, {text}.")
    yield from (_head(record, answer, "prohibits") for answer in later)
    if first.answer is not Prohibition.YES or first.until is not None:
        yield from (Step(f"Still binding: {said}") for said in first.remaining[:1])


def _head(record: Record, answer: ProhibitionAnswer, verb: str) -> Step:
    """The answer in one sentence, with the article and source of the rule it rests on."""
    who, on = state(record, answer.participant), f"On {spoken(answer.on)}"
    doing = what(record, [answer.activity.value], [answer.item])
    rules = [rule for rule in answer.rules if rule.relation != "may-be"]
    outright = [rule for rule in rules if rule.total and rule.relation in COVERING]
    limits = [rule for rule in rules if rule not in outright]
    match answer.answer:
        case Prohibition.YES:
            text = f"{on} {_treaties(record, outright)} {verb} {who} from {doing}"
        case Prohibition.NO:
            text = f"{on} no recorded treaty {verb} {who} from {doing}"
        case Prohibition.PARTLY:
            text = f"{on} no recorded treaty {verb} {who} altogether from {doing}"
            text += f"; {_limits(record, limits)}"
        case Prohibition.CONTESTED:
            text = f"{on} it is contested whether {_treaties(record, outright)} prohibits {who} from {doing}"
        case Prohibition.UNKNOWN:
            text = f"{on} it is open whether a treaty {verb} {who} from {doing}: a date is not exact"
    deciding = outright or limits
    return Step(f"{text}.", deciding[0].article if deciding else None, _source(deciding))


def _source(rules: list[ObligationAnswer]) -> str | None:
    """The publication of the first rule's text."""
    if not rules:
        return None
    steps = reversed(rules[0].derivation)
    return next((step.source for step in steps if step.article == rules[0].article and step.source), None)


def _treaties(record: Record, rules: list[ObligationAnswer]) -> str:
    keys = dict.fromkeys(rule.treaty for rule in rules)
    return listed([treaty_name(record.treaties[key]) for key in keys])


def _limits(record: Record, rules: list[ObligationAnswer]) -> str:
    """What does limit it, treaty by treaty: a ban on one kind of the item, or rules on the manner."""
    said = []
    for key in dict.fromkeys(rule.treaty for rule in rules):
        kinds = [rule.item for rule in rules if rule.treaty == key and rule.total]
        limit = f"prohibits it for {things(record, kinds)}" if kinds else "limits it"
        said.append(f"{treaty_name(record.treaties[key])} {limit}")
    return listed(said)


def _acts(record: Record, answer: ProhibitionAnswer) -> Iterator[Step]:
    """Of each treaty with a ban on all of it: the notice, the dispute, or the absence that decides."""
    for treaty in _banning(record, answer):
        course = course_of(record, treaty, answer.participant, answer.on)
        if course.contested is not None:
            yield from contest_steps(course.contested)
        elif course.last is None:
            yield silence_step(course, "instrument of consent")
        elif course.last.notice is not None:
            yield from exit_steps(course, course.last)
        else:
            yield act_step(course, course.last.consent)


def _banning(record: Record, answer: ProhibitionAnswer) -> list[Treaty]:
    """The treaties with a rule that prohibits the whole activity with every such item."""
    return [
        treaty
        for key, treaty in sorted(record.treaties.items())
        if any(
            rule.total and related.relation in COVERING
            for rule, related in bearing_rules(record, key, answer.item, answer.activity)
        )
    ]
