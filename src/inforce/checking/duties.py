"""What a treaty requires, and by when: the duty, its period, and the deadline of a named state."""

from __future__ import annotations

from datetime import date

from inforce.checking import sentences
from inforce.checking.case import Case, Course
from inforce.checking.evidence import membership_steps, silence_step
from inforce.checking.notice import same_period
from inforce.checking.rules_of_treaty import requirements, rule_step, what
from inforce.checking.ruling import Ruling, contested, supported, unrecorded, wrong
from inforce.checking.times import agrees, closing, is_since, spoken
from inforce.dates import apply_delay
from inforce.law.derivation import treaty_name
from inforce.law.model import Step
from inforce.record.model import Obligation
from inforce.vocabulary import DelayRule, Verdict

_PERIODS = {"day": DelayRule.ADD_DAYS, "month": DelayRule.ADD_MONTHS, "year": DelayRule.ADD_YEARS}


def rule_on_duty(case: Case) -> Ruling:
    """How a text on what the treaty requires of its parties stands."""
    said = case.claim.object
    items: tuple[str | None, ...] = said.item or (None,)
    duties = {
        activity: [rule for item in items for rule in requirements(case.record, case.treaty, activity, item)]
        for activity in said.activities
    }
    because = tuple(rule_step(case.record, case.treaty, rule) for rules in duties.values() for rule in rules)
    if case.claim.negated:
        if any(duties.values()):
            return wrong(Verdict.CONTRADICTED, _duty_sentence(case), {"negated": False}, because)
        return unrecorded(f"The record holds no such duty under {treaty_name(case.treaty)}.")
    if not duties or not all(duties.values()):
        if any(duties.values()):
            return wrong(Verdict.IMPRECISE, _duty_sentence(case), None, because)
        return unrecorded(f"The record holds no such duty under {treaty_name(case.treaty)}.")
    return _in_time(case, duties, because)


def _in_time(case: Case, duties: dict[str, list[Obligation]], because: tuple[Step, ...]) -> Ruling:
    """A period that the text gives must be that of every duty it names."""
    duration = case.claim.object.duration
    if duration is None:
        return supported(*because)
    for rules in duties.values():
        periods = [
            rule.deadline for rule in rules if rule.deadline is not None and rule.deadline.amount is not None
        ]
        if periods and not any(same_period(duration, period.amount, period.unit) for period in periods):
            right = {"object": {"duration": f"P{periods[0].amount}{(periods[0].unit or '?')[0].upper()}"}}
            return wrong(Verdict.CONTRADICTED, _duty_sentence(case), right, because)
    return supported(*because)


def rule_on_duty_of(case: Case, course: Course, general: Ruling) -> Ruling:
    """A duty of a named state: bound, and the deadline counted from its own entry into force."""
    if course.contested is not None:
        return contested(course.contested, general.because)
    last = course.last
    if last is None or last.since is None:
        if not course.covered:
            return Ruling(Verdict.UNRECORDED, (silence_step(course, "instrument of consent"),))
        return wrong(
            Verdict.CONTRADICTED,
            sentences.never_joined(course, course.on),
            {"negated": True},
            general.because,
        )
    because = general.because + membership_steps(course, last)
    if case.when is None:
        if course.left:
            return wrong(Verdict.OUTDATED, sentences.exit_notified(course, last), {"negated": True}, because)
        return supported(*because)
    deadlines = _deadlines(case, course)
    said = closing(case.when) if not is_since(case.when) else case.when
    if not deadlines or any(agrees(said, day) for day in deadlines.values()):
        return supported(*because, *_deadline_steps(course, deadlines))
    rule, day = next(iter(deadlines.items()))
    sentence = f"{sentences.entry(course, last)}, so that the deadline of Art {rule} is {spoken(day)}"
    return wrong(Verdict.IMPRECISE, sentence, {"when": f"../{day.isoformat()}"}, because)


def _deadlines(case: Case, course: Course) -> dict[str, date]:
    """Deadline of each duty named, by article, as it runs for the participant."""
    last = course.last
    found: dict[str, date] = {}
    for activity in case.claim.object.activities:
        for rule in requirements(case.record, case.treaty, activity, None):
            period = rule.deadline
            if (
                period is None
                or period.amount is None
                or period.unit is None
                or last is None
                or last.since is None
            ):
                continue
            if period.counted_from == "entry-into-force-for-participant":
                found[rule.article] = apply_delay(
                    _PERIODS[period.unit], period.amount, period.unit, last.since
                )
    return found


def _deadline_steps(course: Course, deadlines: dict[str, date]) -> tuple[Step, ...]:
    return tuple(
        Step(f"For {course.name} the deadline is {spoken(day)}.", article)
        for article, day in deadlines.items()
    )


def _duty_sentence(case: Case) -> str:
    said = case.claim.object
    rules = [r for a in said.activities for r in requirements(case.record, case.treaty, a, None)]
    periods = [
        f"{rule.activity.value} (Art {rule.article}): within {rule.deadline.amount} {rule.deadline.unit}s"
        for rule in rules
        if rule.deadline is not None and rule.deadline.amount is not None
    ]
    name = treaty_name(case.treaty)
    if not periods:
        return (
            f"{name} requires {what(case.record, [r.activity.value for r in rules], [])}" if rules else name
        )
    return f"{name} sets these periods from entry into force for the state: {'; '.join(periods)}"
