"""Domestic steps: votes, announcements, signatures of laws; listed apart, never treaty actions.

The record of domestic steps is not complete: what it does not hold is unrecorded, never contradicted,
unless the record dates that very step later than the text does.
"""

from __future__ import annotations

from typing import Any

from inforce.checking import sentences
from inforce.checking.case import Case, Course
from inforce.checking.evidence import act_step, domestic_step, received_instead
from inforce.checking.ruling import Ruling, reported, supported, unrecorded, wrong
from inforce.checking.sentences import WHO
from inforce.checking.times import agrees, happened_by, near, on_or_in
from inforce.checking.wording import AIM_VERB, kind_noun, step_noun
from inforce.law.model import Step
from inforce.record.model import Action, DomesticStep
from inforce.vocabulary import DomesticAim, DomesticStepKind, Modality, Verdict


def rule_on_step(case: Case, course: Course) -> Ruling:
    """How a text that tells a step of national procedure stands for one participant."""
    try:
        kind = DomesticStepKind(case.claim.predicate or "")
        aim = DomesticAim(case.claim.object.action or "")
    except ValueError:
        return unrecorded("The text names no step and aim that the record knows.")
    same = tuple(step for step in course.steps if step.kind is kind and step.aim is aim)
    if case.claim.modality is Modality.DENIED:
        return reported(*(domestic_step(course, step) for step in same))
    if not case.done:
        kin = tuple(step for step in course.steps if step.kind is kind and step.aim in _kin(aim))
        return _pending(case, course, kin, aim)
    if case.claim.negated:
        return _not_taken(case, course, same, kind, aim)
    return _taken(case, course, same, kind, aim)


def _taken(
    case: Case, course: Course, same: tuple[DomesticStep, ...], kind: DomesticStepKind, aim: DomesticAim
) -> Ruling:
    past = tuple(step for step in same if happened_by(step.date, case.on))
    for step in past:
        if agrees(case.when, step.date) or step.date is None:
            return supported(*_step_and_notice(course, step, aim))
    other_aim = _with_other_aim(case, course, kind, aim)
    if other_aim is not None:
        return _other_aim(course, other_aim, aim)
    if not same:
        return unrecorded(f"{kind_noun(kind, aim)}: the record holds none of {course.name}.")
    because = tuple(domestic_step(course, step) for step in same)
    sentence = sentences.steps_recorded(same)
    nearest = min(same, key=lambda step: _distance(case, step))
    correct: dict[str, Any] = {"when": nearest.date.text} if nearest.date is not None else {}
    again = kind is DomesticStepKind.INTENTION_ANNOUNCED and case.when is not None
    if again or (not past and case.when is None):  # an intention is announced as often as one likes
        return Ruling(Verdict.UNRECORDED, because)
    if not past or _before_all(case, same):
        return wrong(Verdict.CONTRADICTED, sentence, {"negated": True}, because)
    if case.when is not None and len(past) == 1 and not near(case.when, past[0].date):
        return wrong(Verdict.CONTRADICTED, sentence, correct, because)
    return wrong(Verdict.IMPRECISE, sentence, correct, because)


def _step_and_notice(course: Course, step: DomesticStep, aim: DomesticAim) -> tuple[Step, ...]:
    """The step, and in the same breath what the depositary received where that was something else."""
    told = domestic_step(course, step)
    received = received_instead(course, aim)
    if not received:
        return (told,)
    notice, *contest = received
    both = "; ".join(source for source in (told.source, notice.source) if source)
    return Step(f"{told.text} {notice.text}", source=both or None), *contest


def _before_all(case: Case, same: tuple[DomesticStep, ...]) -> bool:
    """Whether the claim's date lies before the first recorded step of the kind, by more than a slip."""
    said = case.when
    if said is None or said.last is None:
        return False
    starts = [step.date.first for step in same if step.date is not None and step.date.first is not None]
    return (
        len(starts) == len(same)
        and said.last < min(starts)
        and not any(near(said, start) for start in starts)
    )


def _distance(case: Case, step: DomesticStep) -> int:
    if case.when is None or case.when.first is None or step.date is None or step.date.first is None:
        return 0
    return abs((step.date.first - case.when.first).days)


def _with_other_aim(
    case: Case, course: Course, kind: DomesticStepKind, aim: DomesticAim
) -> DomesticStep | None:
    """A step of the kind at that time with another aim: a vote to suspend told as one to withdraw.

    Without a date only suspension and withdrawal are taken for each other, not joining for leaving.
    """
    for step in course.steps:
        fits = step.kind is kind and step.aim is not aim
        fits = fits and (case.when is not None or DomesticAim.JOINING not in (step.aim, aim))
        if fits and happened_by(step.date, case.on) and agrees(case.when, step.date):
            return step
    return None


def _other_aim(course: Course, step: DomesticStep, aim: DomesticAim) -> Ruling:
    """Suspending told as withdrawing is imprecise; joining told as leaving is more likely misread."""
    because = (domestic_step(course, step),)
    if DomesticAim.JOINING in (step.aim, aim):
        return Ruling(Verdict.UNRECORDED, because)
    taken = f"the step that {WHO} took {on_or_in(step.date)}"
    sentence = f"{taken} was {step_noun(step)}, not one {AIM_VERB[aim]}"
    return wrong(Verdict.IMPRECISE, sentence, {"object": {"action": step.aim.value}}, because)


def _not_taken(
    case: Case, course: Course, same: tuple[DomesticStep, ...], kind: DomesticStepKind, aim: DomesticAim
) -> Ruling:
    """ "Has yet to vote": so if the record dates the step later, or the procedure is on an earlier step."""
    past = [step for step in same if happened_by(step.date, case.on)]
    if past:
        sentence = sentences.steps_recorded(past)
        because = tuple(domestic_step(course, step) for step in past)
        return wrong(Verdict.CONTRADICTED, sentence, {"negated": False}, because)
    if same:
        return supported(*(domestic_step(course, step) for step in same))
    return unrecorded(
        f"The record holds no {_noun(kind, aim)} of {course.name}, and is not complete in such steps."
    )


def _pending(case: Case, course: Course, same: tuple[DomesticStep, ...], aim: DomesticAim) -> Ruling:
    """A step still to come: supported while the procedure runs, out of date once all is done."""
    coming = [step for step in same if not happened_by(step.date, case.on) or _on_the_day(case, step)]
    if coming:
        return supported(domestic_step(course, coming[0]))
    act = _closing_act(course, aim)
    if same:
        correct: dict[str, Any] = {"modality": Modality.DONE.value}
        if same[-1].date is not None:
            correct["when"] = same[-1].date.text
        sentence = sentences.steps_recorded(same)
        return wrong(Verdict.OUTDATED, sentence, correct, (domestic_step(course, same[-1]),))
    if act is not None:
        sentence = sentences.acted(course, act)
        return wrong(Verdict.OUTDATED, sentence, {"modality": Modality.DONE.value}, (act_step(course, act),))
    under_way = course.steps_towards(*_kin(aim))
    if under_way:
        return supported(domestic_step(course, under_way[-1]))
    return reported()


def _on_the_day(case: Case, step: DomesticStep) -> bool:
    return step.date is not None and step.date.first == case.on


def _closing_act(course: Course, aim: DomesticAim) -> Action | None:
    """The act that ended the procedure, where the depositary has it already."""
    last = course.last
    if aim is DomesticAim.JOINING:
        return None if last is None or course.left else last.consent
    return last.notice if last is not None and last.notice is not None else course.suspension


def _kin(aim: DomesticAim) -> tuple[DomesticAim, ...]:
    """Aims that one procedure may pass between: a decision to leave can end in a suspension."""
    return (aim,) if aim is DomesticAim.JOINING else (DomesticAim.WITHDRAWAL, DomesticAim.SUSPENSION)


def _noun(kind: DomesticStepKind, aim: DomesticAim) -> str:
    """ "record of parliament's approval of withdrawal" for a sentence on what the record lacks."""
    return f"record of {kind_noun(kind, aim)}"
