"""What a treaty prohibits, requires or allows: its rules, and whether they bind the state that is named."""

from __future__ import annotations

from typing import Any

import msgspec

from inforce.checking.case import Case, Course
from inforce.checking.evidence import (
    WHO,
    act_step,
    contest_sentence,
    contest_steps,
    end_step,
    entry_sentence,
    exit_sentence,
    never_sentence,
    silence_step,
    start_step,
)
from inforce.checking.membership import rule_on_membership
from inforce.checking.notice import same_period
from inforce.checking.rules_of_treaty import (
    KNOWN_ACTIVITIES,
    Found,
    Reach,
    prohibitions,
    requirements,
    rule_step,
    what,
)
from inforce.checking.ruling import Ruling, reported, supported, unrecorded, wrong
from inforce.checking.times import agrees, closing, is_since, opening, spoken
from inforce.checking.wording import treaty_name
from inforce.dates import apply_delay
from inforce.law.model import Step
from inforce.record.model import Obligation
from inforce.vocabulary import ClaimKind, DelayRule, Modality, Verdict

_PERIODS = {"day": DelayRule.ADD_DAYS, "month": DelayRule.ADD_MONTHS, "year": DelayRule.ADD_YEARS}


def rule_on_rules(case: Case) -> Ruling:
    """How a text on what the treaty says, to nobody in particular, stands."""
    unknown = _unknown(case)
    if unknown is not None:
        return unknown
    claim = case.claim
    if claim.modality is Modality.DENIED:
        return reported()
    if claim.predicate == "requires":
        return _requires(case)
    forbids = (claim.predicate == "prohibits") != claim.negated
    found = _found(case)
    return _forbids(case, found) if forbids else _leaves_free(case, found)


def rule_on_rules_for(case: Case, course: Course) -> Ruling:
    """How a text on what the treaty prohibits, requires of or allows a named participant stands."""
    claim = case.claim
    if claim.predicate == "requires" and not claim.negated:
        general = rule_on_rules(case)
        return _must(case, course, general) if general.verdict is Verdict.SUPPORTED else general
    if claim.predicate == "requires" or _unknown(case) is not None:
        return rule_on_rules(case)
    forbids = (claim.predicate == "prohibits") != claim.negated
    if not forbids:
        return _may(case, course)
    general = rule_on_rules(case)
    if general.verdict is not Verdict.SUPPORTED:
        return general
    bound = rule_on_membership(_as_membership(case), course)
    if bound.verdict in (Verdict.SUPPORTED, Verdict.CONTESTED, Verdict.UNRECORDED):
        return msgspec.structs.replace(bound, because=general.because + bound.because)
    correct = {"predicate": "allows"} if bound.verdict is not Verdict.IMPRECISE else bound.correct
    return msgspec.structs.replace(bound, because=general.because + bound.because, correct=correct)


def _unknown(case: Case) -> Ruling | None:
    if case.claim.predicate not in ("prohibits", "requires", "allows"):
        return unrecorded(f"No rule of the record answers the predicate {case.claim.predicate!r}.")
    strange = [item for item in case.claim.object.item if item not in case.record.items]
    if strange:
        return unrecorded("The record has no such weapon category.")
    if any(activity not in KNOWN_ACTIVITIES for activity in case.claim.object.activities):
        return unrecorded("The record has no such activity.")
    if not case.treaty.obligations:
        return unrecorded(f"The rules of {treaty_name(case.treaty)} are not recorded.")
    return None


def _found(case: Case) -> list[Found]:
    said = case.claim.object
    activities: tuple[str | None, ...] = said.activities or (None,)
    items: tuple[str | None, ...] = said.item or (None,)
    return [prohibitions(case.record, case.treaty, a, i) for i in items for a in activities]


def _steps(case: Case, found: list[Found]) -> tuple[Step, ...]:
    rules = dict.fromkeys(rule.id for one in found for rule in one.rules)
    by_id = {rule.id: rule for rule in case.treaty.obligations}
    return tuple(rule_step(case.record, case.treaty, by_id[rule]) for rule in rules)


# The treaty prohibits.


def _forbids(case: Case, found: list[Found]) -> Ruling:
    """A list may be partial; every activity on it must be covered. A ban without conditions must be one."""
    because = _steps(case, found) or _scope_steps(case)
    enough = {Reach.TOTAL} if not case.claim.object.activities else {Reach.TOTAL, Reach.CONDITIONAL}
    if all(one.reach in enough for one in found):
        return supported(*because)
    sentence = _scope_sentence(case, found)
    if any(one.reach >= Reach.RESTRICTED for one in found):
        return wrong(Verdict.IMPRECISE, sentence, None, because)
    if any(one.reach is Reach.OPEN and not _kept_apart(case, one) for one in found):
        return wrong(Verdict.IMPRECISE, sentence, None, because)
    if all(one.reach is Reach.SILENT and one.item is None for one in found) or _item_is_covered(case, found):
        return Ruling(Verdict.UNRECORDED, because)
    return wrong(Verdict.CONTRADICTED, sentence, {"negated": not case.claim.negated}, because)


def _kept_apart(case: Case, one: Found) -> bool:
    """Whether the treaty's own definition sets the item apart from what the rules cover."""
    item = case.record.items.get(one.item or "")
    ruled = {rule.item for rule in one.rules}
    return item is not None and bool(ruled) and ruled <= set(item.not_a)


def _item_is_covered(case: Case, found: list[Found]) -> bool:
    """Whether the treaty bans something with the item, and is merely silent on this activity."""
    silent = [one for one in found if one.reach is Reach.SILENT]
    items = {one.item for one in silent if one.item is not None}
    covered = (prohibitions(case.record, case.treaty, None, item).reach for item in items)
    return len(silent) == len(found) and bool(items) and all(reach >= Reach.CONDITIONAL for reach in covered)


# The treaty leaves free.


def _leaves_free(case: Case, found: list[Found]) -> Ruling:
    because = _steps(case, found) or _scope_steps(case)
    sentence = _scope_sentence(case, found)
    flat = not case.claim.object.activities
    if any(one.reach is Reach.TOTAL for one in found):
        right = {"predicate": "prohibits"} if case.claim.predicate == "allows" else {"negated": False}
        return wrong(Verdict.CONTRADICTED, sentence, right, because)
    if any(one.reach is Reach.PARTLY for one in found):
        return wrong(Verdict.IMPRECISE, sentence, None, because)
    if not flat and any(one.reach is Reach.CONDITIONAL for one in found):
        return wrong(Verdict.IMPRECISE, sentence, None, because)
    if any(one.reach is Reach.OPEN and not _kept_apart(case, one) for one in found):
        return wrong(Verdict.IMPRECISE, sentence, None, because)
    return supported(*because)


def _may(case: Case, course: Course) -> Ruling:
    """A named state is said to be free: so by the rules themselves, or because they do not bind it."""
    general = rule_on_rules(case)
    if general.verdict is Verdict.SUPPORTED:
        return general
    if course.contested is not None:
        point = course.contested
        return wrong(Verdict.CONTESTED, contest_sentence(point), None, general.because + contest_steps(point))
    day = case.on
    if case.when is not None and opening(case.when).first is not None:
        day = opening(case.when).first or case.on
    last = course.last
    if last is None or last.since is None:
        return supported(silence_step(course, "instrument of consent"))
    if not course.bound_on(day):
        return supported(*_life(course))
    coming = not case.done and case.when is None
    if coming and course.leaving:
        return supported(*_life(course))
    if coming:
        return reported(*general.because, *_life(course))
    sentence = _still_bound(case, course)
    right = {"predicate": "prohibits"} if case.claim.predicate == "allows" else {"negated": False}
    verdict = Verdict.CONTRADICTED if general.verdict is Verdict.CONTRADICTED else general.verdict
    return wrong(verdict, sentence, right, general.because + _life(course))


def _still_bound(case: Case, course: Course) -> str:
    said = case.claim.object
    last = course.last
    end = "" if last is None or last.until is None else f" until {spoken(last.until)}"
    name = treaty_name(case.treaty)
    return f"{name} prohibits {WHO}{end} from {what(case.record, said.activities or ('use',), said.item)}"


def _life(course: Course) -> tuple[Step, ...]:
    last = course.last
    if last is None:
        return ()
    steps = [act_step(course, last.consent), start_step(course, last)]
    if last.notice is not None:
        steps += [act_step(course, last.notice), end_step(course, last)]
    return tuple(steps)


def _as_membership(case: Case) -> Case:
    claim = msgspec.structs.replace(
        case.claim, kind=ClaimKind.MEMBERSHIP, predicate="party", negated=False, modality=Modality.DONE
    )
    return msgspec.structs.replace(case, claim=claim)


# The treaty requires.


def _requires(case: Case) -> Ruling:
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
        return supported(*_scope_steps(case))
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


def _must(case: Case, course: Course, general: Ruling) -> Ruling:
    """A duty of a named state: bound, and the deadline counted from its own entry into force."""
    if course.contested is not None:
        point = course.contested
        return wrong(Verdict.CONTESTED, contest_sentence(point), None, general.because + contest_steps(point))
    last = course.last
    if last is None or last.since is None:
        if not course.covered:
            return Ruling(Verdict.UNRECORDED, (silence_step(course, "instrument of consent"),))
        return wrong(
            Verdict.CONTRADICTED, never_sentence(course, course.on), {"negated": True}, general.because
        )
    because = general.because + _life(course)
    if case.when is None:
        if course.left:
            return wrong(Verdict.OUTDATED, exit_sentence(course, last), {"negated": True}, because)
        return supported(*because)
    deadlines = _deadlines(case, course)
    said = closing(case.when) if not is_since(case.when) else case.when
    if not deadlines or any(agrees(said, day) for day in deadlines.values()):
        return supported(*because, *_deadline_steps(course, deadlines))
    rule, day = next(iter(deadlines.items()))
    sentence = f"{entry_sentence(course, last)}, so that the deadline of Art {rule} is {spoken(day)}"
    return wrong(Verdict.IMPRECISE, sentence, {"when": f"../{day.isoformat()}"}, because)


def _deadlines(case: Case, course: Course) -> dict[str, Any]:
    """Deadline of each duty named, by article, as it runs for the participant."""
    last = course.last
    found = {}
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


def _deadline_steps(course: Course, deadlines: dict[str, Any]) -> tuple[Step, ...]:
    return tuple(
        Step(f"For {course.name} the deadline is {spoken(day)}.", article)
        for article, day in deadlines.items()
    )


# Sentences.


def _scope_sentence(case: Case, found: list[Found]) -> str:
    """What the treaty does prohibit, set against what the text says of it."""
    name = treaty_name(case.treaty)
    totals = [rule for rule in case.treaty.obligations if rule.total]
    items = list(dict.fromkeys(case.claim.object.item))
    if any(one.reach in (Reach.CONDITIONAL, Reach.RESTRICTED, Reach.EXCEPTED) for one in found):
        return f"{name} restricts {_things(case, items)} without prohibiting them altogether"
    if any(one.reach is Reach.TOTAL for one in found):
        covered = [one for one in found if one.reach is Reach.TOTAL]
        return f"{name} prohibits {what(case.record, _doing(covered), _of(covered))}"
    covered_items = list(dict.fromkeys(rule.item for rule in totals))[:1]
    tail = f", not {_things(case, items)} as such" if items else ""
    return f"{name} covers {_things(case, covered_items)}{tail}"


def _scope_steps(case: Case) -> tuple[Step, ...]:
    totals = [rule for rule in case.treaty.obligations if rule.total] or list(case.treaty.obligations)
    return (rule_step(case.record, case.treaty, totals[0]),) if totals else ()


def _doing(found: list[Found]) -> list[str]:
    return list(dict.fromkeys(one.activity or one.rules[0].activity.value for one in found))


def _of(found: list[Found]) -> list[str]:
    return list(dict.fromkeys(one.item or one.rules[0].item for one in found))


def _things(case: Case, items: list[str]) -> str:
    return what(case.record, [], items)


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
