"""Membership: who is or was a party or a signatory, on the claim's date or on that of the text."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from inforce.checking import sentences
from inforce.checking.case import Case, Course, Membership
from inforce.checking.evidence import (
    act_step,
    contest_steps,
    domestic_step,
    membership_steps,
    open_date_step,
    silence_step,
)
from inforce.checking.plans import rule_on_plan
from inforce.checking.ruling import Ruling, contested, reported, supported, unrecorded, wrong
from inforce.checking.times import (
    STALE_YEARS,
    agrees,
    closing,
    day_before,
    is_since,
    is_until,
    near,
    opening,
)
from inforce.dates import Edtf, within_years
from inforce.law.model import Step
from inforce.record.model import Action
from inforce.vocabulary import ActionKind, ClaimKind, DomesticAim, Modality, Verdict

#: Whoever is a party and will not be one is told to leave.
_TO_COME = frozenset({Modality.PLANNED, Modality.CONSIDERED, Modality.POSSIBLE})


def rule_on_membership(case: Case, course: Course) -> Ruling:
    """How a text that says who is (or is not) in stands for one participant."""
    if case.claim.predicate == "signatory":
        return _signatory(case, course)
    if case.claim.predicate != "party":
        return unrecorded(f"No rule of the record answers the predicate {case.claim.predicate!r}.")
    if course.contested is not None and not _past_only(case, course):
        if case.claim.negated and course.suspension is not None and not course.leaving:
            return _suspended_only(course, course.suspension)
        return contested(course.contested)
    if case.claim.negated and case.claim.modality in _TO_COME and course.bound_on(case.on):
        exit_to_come = replace(case.claim, kind=ClaimKind.TREATY_ACTION, predicate="left", negated=False)
        return rule_on_plan(replace(case, claim=exit_to_come), course)
    if case.claim.negated:
        return _outside(case, course)
    if case.when is None:
        return _inside_on(case, course, case.on)
    if is_until(case.when):
        return _inside_until(case, course, case.when)
    if is_since(case.when):
        return _inside_since(case, course, case.when)
    return _inside_during(case, course, case.when)


def _suspended_only(course: Course, act: Action) -> Ruling:
    """No reading of a suspension makes its author a non-party; what they differ on is whether it is bound."""
    correct = {"negated": False}
    because: tuple[Step, ...] = (act_step(course, act),)
    if course.contested is not None:
        because += contest_steps(course.contested)
    return wrong(Verdict.IMPRECISE, sentences.suspended_only(course, act), correct, because)


def _past_only(case: Case, course: Course) -> bool:
    """Whether the claim speaks of a time before the contested point arose."""
    since = None if course.contested is None else course.contested.since
    return (
        case.when is not None and case.when.last is not None and since is not None and case.when.last < since
    )


# Inside.


def _inside_on(case: Case, course: Course, day: date) -> Ruling:
    """Whether the participant is a party on `day`."""
    last = course.last
    if last is None:
        return _not_in(case, course)
    because = membership_steps(course, last)
    if course.bound_on(day):
        return supported(*because)
    if last.since is None and not course.in_force:
        because = membership_steps(course, last)
        verdict = Verdict.OUTDATED if course.left else Verdict.IMPRECISE
        right = {"negated": True} if course.left else None
        return wrong(verdict, sentences.not_in_force(course), right, because)
    if last.since is None:
        return unrecorded(f"The record leaves open from which day the treaty binds {course.name}.")
    if day >= last.since:
        return wrong(Verdict.OUTDATED, sentences.exit_notified(course, last), {"negated": True}, because)
    if not case.done:
        return supported(*because)
    correct = {"when": f"{last.since.isoformat()}/.."}
    return wrong(Verdict.IMPRECISE, sentences.entry(course, last), correct, because)


def _inside_until(case: Case, course: Course, said: Edtf) -> Ruling:
    """ "Until 27 December": bound up to that day; an end recorded elsewhere is told."""
    last = course.last
    if last is None or last.since is None or said.last is None:
        return _inside_on(case, course, case.on)
    because = membership_steps(course, last)
    end = closing(said)
    if agrees(end, last.until) or course.bound_on(day_before(end.first or said.last)):
        return supported(*because)
    if last.until is None or said.last < last.since:
        return wrong(Verdict.CONTRADICTED, sentences.entry(course, last), {"negated": True}, because)
    correct = {"when": f"../{last.until.isoformat()}"}
    return wrong(Verdict.IMPRECISE, sentences.exit_notified(course, last), correct, because)


def _inside_since(case: Case, course: Course, said: Edtf) -> Ruling:
    """ "Since 2003": deposit and entry into force both count as the start, once the treaty binds.

    Where the clause asks for another act besides the instrument, the instrument alone starts nothing.
    """
    last = course.last
    if last is None or last.since is None:
        return _inside_on(case, course, case.on)
    start = opening(said)
    if agrees(start, last.since) and (not case.done or last.since <= case.on):
        return _inside_on(case, course, max(case.on, last.since))
    now = _inside_on(case, course, case.on)
    later = course.treaty.final_clauses.entry_into_force.later_parties
    by_deposit = later is None or not later.requires
    if now.verdict is not Verdict.SUPPORTED or (by_deposit and agrees(start, last.consent.date)):
        return now
    correct = {"when": f"{last.since.isoformat()}/.."}
    return wrong(Verdict.IMPRECISE, sentences.entry(course, last), correct, now.because)


def _inside_during(case: Case, course: Course, said: Edtf) -> Ruling:
    """Bound on some day of the time told."""
    last = course.last
    if last is None or said.first is None or said.last is None:
        return _inside_on(case, course, case.on)
    for one in course.memberships:
        begun = one.since is not None and one.since <= said.last
        if begun and (one.until is None or one.until > said.first):
            return supported(*membership_steps(course, one))
    return _inside_on(case, course, said.first)


def _not_in(case: Case, course: Course) -> Ruling:
    """No consent is recorded: a plan may be under way, a signature may have been meant."""
    open_act = course.undated_act(*(kind for kind in ActionKind if kind.expresses_consent))
    if open_act is not None:
        return Ruling(Verdict.UNRECORDED, (open_date_step(course, open_act),))
    if not case.done:
        steps = course.steps_towards(DomesticAim.JOINING)
        return supported(domestic_step(course, steps[-1])) if steps else reported()
    if course.signature is not None:
        sentence = sentences.signed_only(course, course.signature)
        return _by_absence(course, Verdict.IMPRECISE, sentence, {"predicate": "signatory"})
    return _by_absence(course, Verdict.CONTRADICTED, _never(course), {"negated": True})


def _never(course: Course) -> str:
    return sentences.never_joined(course, course.on)


def _by_absence(course: Course, verdict: Verdict, sentence: str, correct: dict[str, Any]) -> Ruling:
    because = (silence_step(course, "instrument of consent"),)
    if not course.covered:
        return Ruling(Verdict.UNRECORDED, because)
    return wrong(verdict, sentence, correct, because)


# Outside.


def _outside(case: Case, course: Course) -> Ruling:
    last = course.last
    open_act = course.undated_act(*(kind for kind in ActionKind if kind.expresses_consent))
    if last is None and open_act is not None:
        return Ruling(Verdict.UNRECORDED, (open_date_step(course, open_act),))
    if last is None:
        return supported(silence_step(course, "instrument of consent"))
    if case.when is not None and is_since(case.when):
        return _outside_since(case, course, last, opening(case.when))
    if case.when is not None and is_until(case.when):
        return _outside_until(course, last, closing(case.when))
    if case.when is not None and case.when.first is not None and case.when.last is not None:
        return _outside_during(course, last, case.when)
    because = membership_steps(course, last)
    if course.bound_on(case.on):
        return _inside_after_all(case, course, last)
    if last.since is not None and case.on < last.since:
        return wrong(Verdict.IMPRECISE, sentences.entry(course, last), None, because)
    return supported(*because)


def _inside_after_all(case: Case, course: Course, last: Membership) -> Ruling:
    """It is a party. Where it became one not long ago, the text repeats what was so before."""
    since = last.since or case.on
    stale = within_years(since, STALE_YEARS) > case.on and last.notice is None
    verdict = Verdict.OUTDATED if stale else Verdict.CONTRADICTED
    sentence = sentences.entry(course, last) if stale else sentences.still_in(course, last)
    return wrong(verdict, sentence, {"negated": False}, membership_steps(course, last))


def _outside_since(case: Case, course: Course, last: Membership, start: Edtf) -> Ruling:
    """ "No longer a party since 10 January": the end of the membership decides."""
    because = membership_steps(course, last)
    ended = last.until is not None and (last.until <= case.on or not case.done)
    if not ended or last.until is None:
        return wrong(Verdict.CONTRADICTED, sentences.still_in(course, last), {"negated": False}, because)
    if agrees(start, last.until):
        return supported(*because)
    correct = {"when": f"{last.until.isoformat()}/.."}
    return wrong(Verdict.IMPRECISE, sentences.exit_notified(course, last), correct, because)


def _outside_until(course: Course, last: Membership, end: Edtf) -> Ruling:
    """ "Not a party until 2012": not bound before that time."""
    because = membership_steps(course, last)
    if end.first is None or not course.bound_on(day_before(end.first)):
        return supported(*because)
    return wrong(Verdict.CONTRADICTED, sentences.entry(course, last), {"negated": False}, because)


def _outside_during(course: Course, last: Membership, said: Edtf) -> Ruling:
    because = membership_steps(course, last)
    first, final = said.first, said.last
    if first is None or final is None or not (course.bound_on(first) or course.bound_on(final)):
        return supported(*because)
    whole = course.bound_on(first) and course.bound_on(final)
    verdict = Verdict.CONTRADICTED if whole else Verdict.IMPRECISE
    sentence = sentences.entry(course, last) if last.notice is None else sentences.exit_notified(course, last)
    return wrong(verdict, sentence, {"negated": False} if whole else None, because)


# Signatories.


def _signatory(case: Case, course: Course) -> Ruling:
    """A signatory has signed, whatever it did later; one that acceded has not."""
    act, last = course.signature, course.last
    if case.claim.modality is Modality.DENIED:
        return reported()
    if act is not None and not case.claim.negated:
        return _signed_when(case, act, course)
    if act is not None:
        because = (act_step(course, act),)
        if not _had_signed(case, act):
            return supported(*because)
        return wrong(Verdict.CONTRADICTED, sentences.acted(course, act), {"negated": False}, because)
    if case.claim.negated:
        return supported(silence_step(course, "signature"))
    if not case.done:
        return reported(silence_step(course, "signature"))
    if last is not None:
        sentence = sentences.never_signed(course, last.consent)
        correct = {"predicate": "party"}
        return wrong(Verdict.IMPRECISE, sentence, correct, (act_step(course, last.consent),))
    return _by_absence(course, Verdict.CONTRADICTED, _never(course), {"negated": True})


def _had_signed(case: Case, act: Action) -> bool:
    """Whether the signature came before the end of the time that the claim speaks of."""
    said = case.when
    return said is None or said.last is None or act.date.first is None or act.date.first <= said.last


def _signed_when(case: Case, act: Action, course: Course) -> Ruling:
    because = (act_step(course, act),)
    said = case.when
    had_signed = _had_signed(case, act)
    if had_signed and (said is None or not is_since(said) or agrees(opening(said), act.date)):
        return supported(*because)
    close = said is not None and near(said, act.date)
    verdict = Verdict.IMPRECISE if had_signed or close else Verdict.CONTRADICTED
    return wrong(verdict, sentences.acted(course, act), {"when": act.date.text}, because)
