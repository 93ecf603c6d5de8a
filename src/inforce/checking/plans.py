"""Treaty actions told as planned, considered, possible, required, or as denied plans.

A plan is supported where the record shows that step pending or done later, or a domestic step towards
it; it is reported where the record shows none; it is out of date once the act is done.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from inforce.checking import sentences
from inforce.checking.actions import rule_on_act
from inforce.checking.case import Case, Course, Membership, furthest
from inforce.checking.evidence import act_step, domestic_step, exit_steps, silence_step
from inforce.checking.ruling import Ruling, reported, supported, wrong
from inforce.checking.sentences import WHO
from inforce.checking.times import STALE_YEARS, agrees, spoken
from inforce.checking.wording import did, notice_phrase
from inforce.dates import Edtf, within_years
from inforce.law.delays import delayed
from inforce.law.derivation import treaty_name
from inforce.law.model import Step
from inforce.record.model import Action
from inforce.vocabulary import ActionKind, DomesticAim, Modality, Verdict

#: What a participant may still be on the way to, by predicate: the acts that fulfil it, and the aims of
#: domestic steps that lead there.
_FULFIL: dict[str, tuple[ActionKind, ...]] = {
    "signed": (ActionKind.SIGNATURE, ActionKind.DEFINITIVE_SIGNATURE),
    "ratified": tuple(kind for kind in ActionKind if kind.expresses_consent),
    "acceded": tuple(kind for kind in ActionKind if kind.expresses_consent),
    "joined": tuple(kind for kind in ActionKind if kind.expresses_consent),
    "rejoined": tuple(kind for kind in ActionKind if kind.expresses_consent),
    "notified-withdrawal": (ActionKind.WITHDRAWAL,),
    "left": (ActionKind.WITHDRAWAL,),
    "suspended": (ActionKind.SUSPENSION_NOTIFIED,),
    "unsigned": (ActionKind.NOT_TO_BECOME_PARTY,),
}
_AIMS: dict[str, tuple[DomesticAim, ...]] = {
    "notified-withdrawal": (DomesticAim.WITHDRAWAL,),
    "left": (DomesticAim.WITHDRAWAL,),
    "suspended": (DomesticAim.SUSPENSION, DomesticAim.WITHDRAWAL),
    "unsigned": (),
}
_LEAVING = frozenset({"left", "notified-withdrawal"})


def rule_on_plan(case: Case, course: Course) -> Ruling:
    """How a text that tells a treaty action as still to come stands for one participant."""
    predicate = case.claim.predicate or ""
    if predicate not in _FULFIL:
        return rule_on_act(case, course)
    if case.claim.negated or case.claim.modality is Modality.DENIED:
        return _denied(case, course)
    done = _completion(course, predicate)
    if done is not None:
        return _overtaken(case, course, *done)
    if predicate in _LEAVING and course.last is None and course.signature is None and course.covered:
        sentence = f"{sentences.never_joined(course, course.on)}, so there is nothing to leave"
        return wrong(Verdict.CONTRADICTED, sentence, {"negated": True}, (silence_step(course, "consent"),))
    if predicate == "left" and course.leaving:
        return _running_notice(case, course)
    return _towards(case, course, predicate)


def _completion(course: Course, predicate: str) -> tuple[Edtf | date, Action] | None:
    """When the act was complete, and the act; None while it is not."""
    last = course.last
    match predicate:
        case "signed":
            act = course.signature
        case "notified-withdrawal":
            act = None if last is None else last.notice
        case "suspended":
            act = course.suspension
        case "left":
            if last is None or last.notice is None or last.until is None or last.until > course.on:
                return None
            return last.until, last.notice
        case "rejoined":
            act = last.consent if last is not None and len(course.memberships) > 1 else None
        case _:
            act = None if last is None or course.left else last.consent
    return None if act is None else (act.date, act)


def _overtaken(case: Case, course: Course, when: Edtf | date, act: Action) -> Ruling:
    """The act is done: on its very day the plan is news, later it is out of date."""
    text = when.text if isinstance(when, Edtf) else when.isoformat()
    last_day = when.last if isinstance(when, Edtf) else when
    because: tuple[Step, ...] = (act_step(course, act),)
    if last_day is not None and last_day >= course.on and agrees(case.when, when):
        return supported(*because)
    last = course.last
    if act.kind is ActionKind.WITHDRAWAL and last is not None:
        sentence, because = sentences.exit_notified(course, last), exit_steps(course, last)
    elif act.kind.expresses_consent and last is not None:
        sentence = sentences.entry(course, last)
    else:
        sentence = sentences.acted(course, act)
    return wrong(Verdict.OUTDATED, sentence, {"modality": Modality.DONE.value, "when": text}, because)


def _running_notice(case: Case, course: Course) -> Ruling:
    """Leaving is still to come and notice is given: the claim's date decides."""
    last = course.last
    if last is None or last.notice is None:
        return reported()
    because = exit_steps(course, last)
    if agrees(case.when, last.until):
        return supported(*because)
    correct: dict[str, Any] = {"when": None if last.until is None else last.until.isoformat()}
    return wrong(Verdict.IMPRECISE, sentences.exit_notified(course, last), correct, because)


def _towards(case: Case, course: Course, predicate: str) -> Ruling:
    """Nothing is done yet: steps on the way support the plan, and so does what came of it."""
    step = furthest(course.steps_towards(*_AIMS.get(predicate, (DomesticAim.JOINING,))), course.on)
    if step is not None:
        too_early = _too_early(case, course) if predicate == "left" else None
        return supported(domestic_step(course, step)) if too_early is None else too_early
    later = course.later_act(*_FULFIL[predicate])
    if later is not None and case.claim.modality in (Modality.PLANNED, Modality.REQUIRED):
        return supported(
            Step(f"It came to pass later: {course.name} {did(later, course.treaty)}.", source=later.source)
        )
    if predicate in _LEAVING and course.last is not None and course.last.revoked is not None:
        return _after_revocation(case, course, course.last, course.last.revoked[1])
    what = "step towards withdrawal" if predicate in _LEAVING else "step towards it"
    return reported(silence_step(course, what))


def _after_revocation(case: Case, course: Course, last: Membership, revocation: Action) -> Ruling:
    """Leaving is told as under way and its notice was revoked: stale while that is news, later a new plan."""
    because = exit_steps(course, last)
    day = revocation.date.last
    recent = day is not None and within_years(day, STALE_YEARS) > course.on
    if course.contested is not None or not recent or case.claim.modality is not Modality.PLANNED:
        return reported(*because)
    return wrong(Verdict.OUTDATED, sentences.still_in(course, last), {"negated": True}, because)


def _too_early(case: Case, course: Course) -> Ruling | None:
    """A date of leaving that no notice can meet any more, however soon it comes."""
    clause = course.treaty.final_clauses.withdrawal
    if case.when is None or case.when.last is None or clause is None or clause.notice is None:
        return None
    entry = course.treaty.final_clauses.entry_into_force.initial.published_date
    earliest = delayed(clause.notice, course.on, entry)
    if case.when.last >= earliest:
        return None
    sentence = (
        f"by {spoken(course.on)} {WHO} had given no notice; with {notice_phrase(course.treaty)} of notice "
        f"{WHO} could not be out of {treaty_name(course.treaty)} before {spoken(earliest)}"
    )
    because = (Step(f"A notice of that day would take effect on {spoken(earliest)}.", clause.article),)
    return wrong(Verdict.IMPRECISE, sentence, {"when": None}, because)


def _denied(case: Case, course: Course) -> Ruling:
    """A denied plan is its speaker's word; what the record shows of such a plan stands beside it."""
    predicate = case.claim.predicate or ""
    last = course.last
    if predicate in _LEAVING and last is not None and last.notice is not None:
        return reported(*exit_steps(course, last))
    joining = ActionKind.RATIFICATION in _FULFIL[predicate]
    if joining and predicate != "rejoined" and last is not None and not course.left:
        return reported(act_step(course, last.consent))
    step = furthest(course.steps_towards(*_AIMS.get(predicate, (DomesticAim.JOINING,))), course.on)
    if step is None:
        return reported(silence_step(course, "step in that direction"))
    return reported(domestic_step(course, step))
