"""Treaty actions told as done: signed, ratified, acceded, joined, notified, left, suspended, and so on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from inforce.checking import sentences
from inforce.checking.case import Case, Course, furthest
from inforce.checking.evidence import (
    act_step,
    domestic_step,
    exit_steps,
    may_begin,
    open_date_step,
    silence_step,
    start_step,
    suspension_begun,
)
from inforce.checking.ruling import Ruling, contested, supported, unrecorded, wrong
from inforce.checking.sentences import WHO
from inforce.checking.times import agrees, near
from inforce.checking.wording import PREDICATE_OF
from inforce.dates import Edtf
from inforce.law.model import Step
from inforce.record.model import Action, DomesticStep
from inforce.vocabulary import ActionKind, DomesticAim, Verdict

Rule = Callable[[Case, Course], Ruling]

RATIFYING = frozenset({ActionKind.RATIFICATION, ActionKind.ACCEPTANCE, ActionKind.APPROVAL})
CONSENTING = frozenset(kind for kind in ActionKind if kind.expresses_consent)
#: Consent whose kind the depositary's table does not tell apart: no word for it is wrong.
UNSPECIFIED = frozenset({ActionKind.CONSENT_TO_BE_BOUND})


def rule_on_act(case: Case, course: Course) -> Ruling:
    """How a text that tells a treaty action as done (or as not done) stands for one participant."""
    rule = _RULES.get(case.claim.predicate or "")
    if rule is None:
        return unrecorded(f"No rule of the record answers the predicate {case.claim.predicate!r}.")
    if case.claim.negated:
        return _not_done(case, course)
    return rule(case, course)


# Joining.


def _signed(case: Case, course: Course) -> Ruling:
    act, last = course.signature, course.last
    if act is not None:
        return _on_its_day(case, course, act, _other_joining_dates(course, act))
    if last is None:
        return _not_joined(case, course, frozenset())
    fits = case.when is None or agrees(case.when, last.consent.date) or agrees(case.when, last.since)
    verdict = Verdict.IMPRECISE if fits else Verdict.CONTRADICTED
    correct = _act_correct(last.consent) if fits else {"negated": True}
    return wrong(
        verdict, sentences.never_signed(course, last.consent), correct, (act_step(course, last.consent),)
    )


def _consented(case: Case, course: Course, exact: frozenset[ActionKind]) -> Ruling:
    """`exact` are the kinds of consent that the text's word names; other kinds make it imprecise."""
    last = course.last
    if last is None:
        return _not_joined(case, course, exact)
    if case.when is not None:
        fitting = (one for one in course.memberships if agrees(case.when, one.consent.date))
        last = next(fitting, last)
    act = last.consent
    ruling = _on_its_day(case, course, act, _other_joining_dates(course, act))
    if act.kind in exact | UNSPECIFIED or ruling.verdict is Verdict.CONTRADICTED:
        return ruling
    sentence = sentences.entry(course, last)
    return wrong(Verdict.IMPRECISE, sentence, _act_correct(act), (act_step(course, act),))


def _ratified(case: Case, course: Course) -> Ruling:
    return _consented(case, course, RATIFYING)


def _acceded(case: Case, course: Course) -> Ruling:
    return _consented(case, course, frozenset({ActionKind.ACCESSION}))


def _joined(case: Case, course: Course) -> Ruling:
    """ "Joined" fits any kind of consent, and both the day of deposit and that of entry into force."""
    last = course.last
    if last is None:
        return _not_joined(case, course, CONSENTING)
    for membership in course.memberships:
        if agrees(case.when, membership.consent.date) or agrees(case.when, membership.since):
            return supported(act_step(course, membership.consent), start_step(course, membership))
    return _on_its_day(case, course, last.consent, _other_joining_dates(course, last.consent))


def _rejoined(case: Case, course: Course) -> Ruling:
    if len(course.memberships) > 1:
        return _joined(case, course)
    if course.left and course.last is not None:
        sentence = f"{sentences.exit_notified(course, course.last)}, and no return is recorded"
        return wrong(Verdict.CONTRADICTED, sentence, {"negated": True}, exit_steps(course, course.last))
    if course.last is not None and course.last.revoked is not None:
        sentence = f"{sentences.exit_notified(course, course.last)}, so that {WHO} never left"
        return wrong(Verdict.IMPRECISE, sentence, None, exit_steps(course, course.last))
    return _still(course)


def _not_joined(case: Case, course: Course, exact: frozenset[ActionKind]) -> Ruling:
    """Consent is told and none is known by then: what else may be meant.

    An act that the record dates only to a year or month may have been done by then; a domestic step or a
    signature may have been taken for it.
    """
    act = course.undated_act(*CONSENTING)
    if act is not None and agrees(case.when, act.date):
        because = (open_date_step(course, act),)
        if act.kind in exact | UNSPECIFIED:
            return supported(*because)
        return wrong(Verdict.IMPRECISE, sentences.acted(course, act), _act_correct(act), because)
    step = furthest(course.steps_towards(DomesticAim.JOINING), course.on)
    if step is not None:
        return _only_a_step(course, step)
    if course.signature is not None:
        because = (act_step(course, course.signature),)
        sentence = sentences.signed_only(course, course.signature)
        return _by_absence(course, Verdict.IMPRECISE, sentence, _act_correct(course.signature), because)
    return _never(course)


def _other_joining_dates(course: Course, act: Action) -> list[tuple[Edtf | date | None, dict[str, Any]]]:
    """Dates of the same story that a text may have taken for the date of `act`."""
    dates: list[tuple[Edtf | date | None, dict[str, Any]]] = []
    last = course.last
    if last is not None and last.consent is not act:
        dates.append((last.consent.date, _act_correct(last.consent)))
    if course.signature is not None and course.signature is not act:
        dates.append((course.signature.date, _act_correct(course.signature)))
    if last is not None:
        dates.append((last.since, {"when": act.date.text}))
    joining = (step for step in course.steps if step.aim is DomesticAim.JOINING)
    return dates + [(step.date, {"when": act.date.text}) for step in joining]


# Leaving.


def _notified(case: Case, course: Course) -> Ruling:
    last = course.last
    if last is not None and last.notice is not None:
        correct = {"when": last.notice.date.text}
        others: list[tuple[Edtf | date | None, dict[str, Any]]] = [(last.until, correct)]
        others += [(step.date, correct) for step in course.steps_towards(DomesticAim.WITHDRAWAL)]
        if last.revoked is None or agrees(case.when, last.notice.date):
            return _on_its_day(case, course, last.notice, others)
    if last is not None and last.revoked is not None:
        notice, revocation = last.revoked
        if _another_is_meant(case, course, notice):
            return _no_notice(course)
        ruling = _on_its_day(case, course, notice, [(revocation.date, {"when": notice.date.text})])
        return msgspec.structs.replace(ruling, because=exit_steps(course, last) or ruling.because)
    return _no_notice(course)


def _another_is_meant(case: Case, course: Course, revoked: Action) -> bool:
    """Whether a notice is told that can be the contested one, which came after the one revoked."""
    disputed = course.contested is not None and course.contested.kind == "withdrawal-effect"
    return disputed and (case.when is None or not agrees(case.when, revoked.date))


def _left(case: Case, course: Course) -> Ruling:
    last = course.last
    if last is None or last.notice is None:
        return _no_notice(course)
    because = exit_steps(course, last)
    notice = {"predicate": "notified-withdrawal", "when": last.notice.date.text}
    stays_signatory = last.taken_back and course.signature is not None and agrees(case.when, last.until)
    if not course.left or stays_signatory:
        return wrong(Verdict.IMPRECISE, sentences.exit_notified(course, last), notice, because)
    if agrees(case.when, last.until):
        return supported(*because)
    right = {"when": last.until.isoformat()} if last.until is not None else None
    if agrees(case.when, last.notice.date):
        return wrong(Verdict.IMPRECISE, sentences.exit_notified(course, last), notice, because)
    steps = course.steps_towards(DomesticAim.WITHDRAWAL)
    near_miss = case.when is not None and near(case.when, last.until)
    explained = near_miss or any(agrees(case.when, step.date) for step in steps)
    verdict = Verdict.IMPRECISE if explained else Verdict.CONTRADICTED
    return wrong(verdict, sentences.exit_notified(course, last), right, because)


def _no_notice(course: Course) -> Ruling:
    """Leaving or a notice is told and no notice of withdrawal is recorded: what else may be meant."""
    if course.suspension is not None:
        correct = {"predicate": "suspended", "when": course.suspension.date.text}
        because = (act_step(course, course.suspension),)
        return wrong(Verdict.IMPRECISE, sentences.suspended_only(course, course.suspension), correct, because)
    if course.contested is not None and course.contested.kind == "withdrawal-effect":
        return contested(course.contested)
    if course.last is None and course.declined is not None:
        sentence = sentences.declined(course, course.declined)
        because = (act_step(course, course.declined),)
        return wrong(Verdict.IMPRECISE, sentence, _act_correct(course.declined), because)
    if course.last is None:
        return _never(course)
    if course.last.revoked is not None:
        told = exit_steps(course, course.last)
        if course.contested is not None:
            return contested(course.contested, told)
        sentence = sentences.still_in(course, course.last)
        return wrong(Verdict.CONTRADICTED, sentence, {"negated": True}, told)
    step = furthest(course.steps_towards(DomesticAim.WITHDRAWAL, DomesticAim.SUSPENSION), course.on)
    return _still(course) if step is None else _only_a_step(course, step)


def _suspended(case: Case, course: Course) -> Ruling:
    told = (act for act in course.suspensions if agrees(case.when, act.date))
    act = next(told, course.suspension)
    if act is not None:
        because: tuple[Step, ...] = (act_step(course, act),)
        if not agrees(case.when, act.date):
            point = suspension_begun(case, course)
            if point is not None:
                return contested(point, because)
            right = {"when": act.date.text}
            others = [(step.date, right) for step in course.steps]
            begins = [(may_begin(each), right) for each in course.suspensions]
            return _on_its_day(case, course, act, [*others, *begins])
        return supported(*because) if course.contested is None else contested(course.contested, because)
    last = course.last
    if last is not None and last.notice is not None:
        notice = {"predicate": "notified-withdrawal", "when": last.notice.date.text}
        because = exit_steps(course, last)
        return wrong(Verdict.IMPRECISE, sentences.exit_notified(course, last), notice, because)
    if last is None:
        return _never(course)
    step = furthest(course.steps_towards(DomesticAim.SUSPENSION, DomesticAim.WITHDRAWAL), course.on)
    if step is not None:
        return _only_a_step(course, step)
    return Ruling(Verdict.UNRECORDED, (silence_step(course, "notice of suspension"),))


def _withdrew_signature(case: Case, course: Course) -> Ruling:
    """A signature can be taken back by a signatory; a party has to withdraw."""
    if course.last is not None:
        ruling = _left(case, course)
        if ruling.verdict is not Verdict.SUPPORTED:
            return ruling
        sentence = sentences.exit_notified(course, course.last)
        return wrong(Verdict.IMPRECISE, sentence, {"predicate": "left"}, ruling.because)
    if course.declined is not None:
        return _on_its_day(case, course, course.declined, [])
    if course.signature is None:
        return _never(course)
    return Ruling(Verdict.UNRECORDED, (silence_step(course, "withdrawal of a signature"),))


def _still(course: Course) -> Ruling:
    """Leaving is told of a participant that is in, with nothing recorded towards leaving."""
    if course.last is None:
        return _never(course)
    sentence = sentences.still_in(course, course.last)
    because = (act_step(course, course.last.consent), silence_step(course, "notice of withdrawal"))
    return _by_absence(course, Verdict.CONTRADICTED, sentence, {"negated": True}, because)


# What the rules share.


def _on_its_day(
    case: Case, course: Course, act: Action, others: list[tuple[Edtf | date | None, dict[str, Any]]]
) -> Ruling:
    """The act is recorded: the claim's date decides.

    `others` are dates that a text may have mistaken for the act's, each with what would be right.
    """
    joined = next((one for one in course.memberships if one.consent is act), None)
    because = (act_step(course, act), *(() if joined is None else (start_step(course, joined),)))
    if agrees(case.when, act.date):
        return supported(*because)
    sentence = sentences.acted(course, act)
    right = {"when": act.date.text}
    for other, correct in others:
        if agrees(case.when, other):
            return wrong(Verdict.IMPRECISE, sentence, right | correct, because)
    close = case.when is not None and near(case.when, act.date)
    return wrong(Verdict.IMPRECISE if close else Verdict.CONTRADICTED, sentence, right, because)


def _act_correct(act: Action) -> dict[str, Any]:
    return {"predicate": PREDICATE_OF[act.kind], "when": act.date.text}


def _only_a_step(course: Course, step: DomesticStep) -> Ruling:
    """A step of national procedure was told as an act towards the depositary."""
    correct: dict[str, Any] = {"kind": "domestic-step", "predicate": step.kind.value}
    if step.date is not None:
        correct["when"] = step.date.text
    because = (domestic_step(course, step),)
    return wrong(Verdict.IMPRECISE, sentences.only_at_home(course, step), correct, because)


def _never(course: Course) -> Ruling:
    """What only a participant can do is told of one that never was, or that signed and no more."""
    signature = course.signature
    if signature is None:
        because, sentence = (
            silence_step(course, "signature or consent"),
            sentences.never_joined(course, course.on),
        )
    else:
        because, sentence = act_step(course, signature), sentences.signed_only(course, signature)
    return _by_absence(course, Verdict.CONTRADICTED, sentence, {"negated": True}, (because,))


def _by_absence(
    course: Course, verdict: Verdict, sentence: str, correct: dict[str, Any], because: tuple[Step, ...]
) -> Ruling:
    """A verdict that rests on the record holding nothing: only where the record is complete to that day."""
    if course.contested is not None and course.contested.kind == "statehood":
        return contested(course.contested, because)
    if not course.covered:
        return Ruling(Verdict.UNRECORDED, because)
    return wrong(verdict, sentence, correct, because)


def _not_done(case: Case, course: Course) -> Ruling:
    """The text denies the act: the ruling on the act, turned round.

    A state that consented in another form than the one denied is neither right nor wrong to be said
    not to have "ratified": the word is imprecise.
    """
    predicate = case.claim.predicate or ""
    act = _RULES[predicate](case, course)
    if act.verdict is Verdict.SUPPORTED and course.last is None and course.signature is None:
        return Ruling(Verdict.UNRECORDED, act.because)
    if act.verdict is Verdict.SUPPORTED:
        if predicate in _JOINING and course.last is not None and course.last.taken_back:
            correct = {"predicate": "notified-withdrawal", "negated": False}
            return wrong(
                Verdict.IMPRECISE, sentences.exit_notified(course, course.last), correct, act.because
            )
        sentence = _what_was_done(case, course)
        given = course.last is not None and course.last.notice is None and course.last.revoked is not None
        if predicate == "notified-withdrawal" and given and case.when is None:
            return wrong(Verdict.IMPRECISE, sentence, None, act.because)
        return wrong(Verdict.CONTRADICTED, sentence, {"negated": False}, act.because)
    if act.verdict is Verdict.CONTESTED or (predicate in _SILENT and act.verdict is Verdict.UNRECORDED):
        return act
    other_form = "predicate" in (act.correct or {}) and act.verdict is Verdict.IMPRECISE
    if predicate in _JOINING and course.last is not None and other_form:
        correct = {"negated": False} | (act.correct or {})
        return wrong(Verdict.IMPRECISE, sentences.entry(course, course.last), correct, act.because)
    what_is = (act.correction or "").split("\n")[0]
    said = (Step(sentences.fill(what_is, [course.name])),) if what_is else ()
    return supported(*said, *act.because)


def _what_was_done(case: Case, course: Course) -> str:
    last = course.last
    match case.claim.predicate:
        case "signed" if course.signature is not None:
            return sentences.acted(course, course.signature)
        case "unsigned" if last is None and course.declined is not None:
            return sentences.declined(course, course.declined)
        case "left" | "notified-withdrawal" if last is not None:
            return sentences.exit_notified(course, last)
        case "suspended" if course.suspension is not None:
            return sentences.suspended_only(course, course.suspension)
        case _ if last is not None:
            return sentences.entry(course, last)
        case _:
            return sentences.never_joined(course, course.on)


_JOINING = frozenset({"ratified", "acceded", "joined"})

#: Acts on which the record's silence proves nothing, neither that they were done nor that they were not.
_SILENT = frozenset({"unsigned", "suspended"})

_RULES: dict[str, Rule] = {
    "signed": _signed,
    "ratified": _ratified,
    "acceded": _acceded,
    "joined": _joined,
    "rejoined": _rejoined,
    "notified-withdrawal": _notified,
    "left": _left,
    "suspended": _suspended,
    "unsigned": _withdrew_signature,
}

#: Every act that a text can tell of a participant.
PREDICATES = tuple(_RULES)
