"""Claims on treaty actions and membership that name no state: "no notice of withdrawal has been received"."""

from __future__ import annotations

import msgspec

from inforce.checking.actions import rule_on_act
from inforce.checking.case import Case
from inforce.checking.courses import course_of
from inforce.checking.evidence import coverage
from inforce.checking.ruling import Ruling, reported, supported, unrecorded, wrong
from inforce.checking.sentences import WHO, fill
from inforce.checking.times import spoken
from inforce.law.chronicle import chronicle, last_verified
from inforce.law.model import Step
from inforce.vocabulary import ClaimKind, Verdict


def rule_on_anyone(case: Case) -> Ruling:
    """A claim on anybody's act: so if some participant's act fits, denied if none does."""
    if case.claim.kind is not ClaimKind.TREATY_ACTION:
        return unrecorded("The text names no state.")
    if not case.done:
        return reported()
    asked = msgspec.structs.replace(case, claim=msgspec.structs.replace(case.claim, negated=False))
    found = {}
    for participant in chronicle(case.record).participants(case.treaty.key):
        course = course_of(case.record, case.treaty, participant, case.on)
        ruling = rule_on_act(asked, course)
        if ruling.verdict in (Verdict.SUPPORTED, Verdict.CONTESTED):
            found[course.name] = ruling
    if case.claim.negated:
        return _none_did(case, found)
    if found:
        return supported(*(step for ruling in found.values() for step in ruling.because[:1]))
    return unrecorded("No act of that kind is recorded for any participant.")


def _none_did(case: Case, found: dict[str, Ruling]) -> Ruling:
    if not found:
        text = f"By {spoken(case.on)} the record holds no such act of any participant."
        step = Step(text, source=coverage(case.treaty))
        covered = case.treaty.complete and case.on <= last_verified(case.treaty)
        return supported(step) if covered else Ruling(Verdict.UNRECORDED, (step,))
    because = tuple(step for ruling in found.values() for step in ruling.because[:1])
    sentence = fill(f"by {spoken(case.on)} such an act was recorded of {WHO}", list(found))
    return wrong(Verdict.CONTRADICTED, sentence, {"negated": False}, because)
