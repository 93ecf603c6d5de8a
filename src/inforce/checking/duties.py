"""What a treaty requires, and by when: the duty, its period, and the deadline of a named state."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from inforce.checking import sentences
from inforce.checking.case import Case, Course
from inforce.checking.evidence import membership_steps, not_in_force_step, silence_step
from inforce.checking.notice import same_period
from inforce.checking.rules_of_treaty import GERUND, Reach, prohibitions, requirements, rule_step, what
from inforce.checking.ruling import Ruling, contested, supported, unrecorded, wrong
from inforce.checking.sentences import WHO
from inforce.checking.times import agrees, closing, is_since, spoken
from inforce.checking.wording import duration_words, listed
from inforce.law.chronicle import Asked
from inforce.law.deadlines import deadline
from inforce.law.derivation import treaty_name
from inforce.law.model import Step
from inforce.law.timeline import Span
from inforce.record.model import Obligation
from inforce.vocabulary import Verdict


def rule_on_duty(case: Case) -> Ruling:
    """How a text on what the treaty requires of its parties stands.

    An activity that the treaty prohibits names what a duty is about ("destroy stockpiles"), not a duty.
    """
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
    duties = {
        activity: rules
        for activity, rules in duties.items()
        if rules or prohibitions(case.record, case.treaty, activity, None).reach is Reach.SILENT
    }
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
    if not course.in_force:
        because = (not_in_force_step(case.treaty), *general.because)
        return wrong(Verdict.IMPRECISE, sentences.not_in_force(course), None, because)
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
    return _by_deadline(case, course, because)


class _Due(NamedTuple):
    """A duty with a period, and the day on which that ends for one participant."""

    rule: Obligation
    day: date
    extendable: bool


def _by_deadline(case: Case, course: Course, because: tuple[Step, ...]) -> Ruling:
    """The claim's date is held against the deadlines; a later one may be an extension, not recorded."""
    due = _due(case, course)
    because += tuple(
        Step(f"For {course.name} the deadline is {spoken(one.day)}.", one.rule.article) for one in due
    )
    when = case.when
    if when is None or not due:
        return supported(*because)
    said = when if is_since(when) else closing(when)
    if any(agrees(said, one.day) for one in due):
        return supported(*because)
    if any(one.extendable and said.last is not None and said.last > one.day for one in due):
        return Ruling(Verdict.UNRECORDED, (*because, Step("An extension may have been granted.")))
    first = due[0]
    sentence = f"the deadline of {WHO} under Art {first.rule.article} is {spoken(first.day)}"
    return wrong(Verdict.IMPRECISE, sentence, {"when": f"../{first.day.isoformat()}"}, because)


def _due(case: Case, course: Course) -> list[_Due]:
    """Every duty named that has a deadline for the participant, extended as recorded by that day."""
    last = course.last
    if last is None or last.since is None:
        return []
    asked, span = Asked(case.record, course.participant, case.on, case.on), Span(last.since, last.until)
    rules = (
        rule
        for activity in case.claim.object.activities
        for rule in requirements(case.record, case.treaty, activity, None)
        if rule.deadline is not None and rule.deadline.recurring is None
    )
    found = ((rule, deadline(asked, case.treaty, rule, span)) for rule in rules)
    return [
        _Due(rule, day, answer.extendable)
        for rule, answer in found
        if answer is not None and (day := answer.day or answer.original) is not None
    ]


def _duty_sentence(case: Case) -> str:
    """The periods that the treaty sets for the duties named, else the duties."""
    name = treaty_name(case.treaty)
    rules = [
        rule
        for activity in case.claim.object.activities
        for rule in requirements(case.record, case.treaty, activity, None)
    ]
    periods = [
        f"{GERUND.get(rule.activity.value, rule.activity.value)} within "
        f"{duration_words(rule.deadline.amount, rule.deadline.unit)} (Art {rule.article})"
        for rule in rules
        if rule.deadline is not None and rule.deadline.amount is not None and rule.deadline.unit is not None
    ]
    if periods:
        return f"{name} requires {listed(periods)}, counted from entry into force for the state"
    return f"{name} requires {what(case.record, list(dict.fromkeys(r.activity.value for r in rules)), [])}"
