"""A ruling on one claim, or on one state within it, and how several rulings make one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from inforce.checking import sentences
from inforce.checking.evidence import contest_steps
from inforce.checking.sentences import fill
from inforce.checking.wording import first_capital
from inforce.law.model import Step
from inforce.record.model import ContestedPoint
from inforce.vocabulary import Verdict

#: Of several rulings on one claim the gravest decides.
GRAVITY = (
    Verdict.SUPPORTED,
    Verdict.REPORTED,
    Verdict.CONTESTED,
    Verdict.UNRECORDED,
    Verdict.OUTDATED,
    Verdict.IMPRECISE,
    Verdict.CONTRADICTED,
)

#: Verdicts that owe the reader a sentence on what is so.
OWES_CORRECTION = frozenset({Verdict.CONTRADICTED, Verdict.IMPRECISE, Verdict.OUTDATED, Verdict.CONTESTED})


class Ruling(msgspec.Struct, frozen=True):
    """How a claim stands on one day: see `Finding` for `correct`, `correction` and `because`.

    Within a rule `correction` is a template (see `sentences`), so that states of whom the same is true
    share one sentence.
    """

    verdict: Verdict
    because: tuple[Step, ...] = ()
    correct: dict[str, Any] | None = None
    correction: str | None = None


def supported(*because: Step) -> Ruling:
    return Ruling(Verdict.SUPPORTED, because)


def reported(*because: Step) -> Ruling:
    """A ruling that enters the claim under the name of whoever makes it."""
    return Ruling(Verdict.REPORTED, because or (_ITS_SPEAKERS,))


_ITS_SPEAKERS = Step("It is its speaker's word: the record shows no step that bears it out or denies it.")


def unrecorded(text: str) -> Ruling:
    """A ruling that the record does not cover the claim, and why."""
    text = first_capital(text.strip().rstrip("."))
    return Ruling(Verdict.UNRECORDED, (Step(f"{text}."),))


def wrong(
    verdict: Verdict, correction: str, correct: dict[str, Any] | None, because: Sequence[Step] = ()
) -> Ruling:
    """A ruling that tells the reader what is so."""
    return Ruling(verdict, tuple(because), correct or None, correction)


def contested(point: ContestedPoint, before: Sequence[Step] = ()) -> Ruling:
    """States parties differ: the readings and who holds them, after the steps that lead there."""
    return wrong(Verdict.CONTESTED, sentences.contested(point), None, (*before, *contest_steps(point)))


def gravity(ruling: Ruling) -> int:
    """Rank of a ruling's verdict; the highest decides where several states share a claim."""
    return GRAVITY.index(ruling.verdict)


def together(rulings: dict[str, Ruling], names: dict[str, str]) -> Ruling:
    """One ruling for a claim on several states: the gravest decides, and the sentences say whom they concern.

    `rulings` is keyed by participant in the claim's order, `names` holds their names. Where only some
    states are off, `correct` names under `subject` those of whom the claim holds.
    """
    worst = max(rulings.values(), key=gravity)
    gravest_first = sorted(rulings.values(), key=gravity, reverse=True)
    because = tuple(dict.fromkeys(step for ruling in gravest_first for step in ruling.because))
    if worst.verdict not in OWES_CORRECTION:
        return Ruling(worst.verdict, because)
    sharing: dict[str, list[str]] = {}
    for key, ruling in rulings.items():
        for template in (ruling.correction or "").split("\n"):
            if template and ruling.verdict in OWES_CORRECTION:
                sharing.setdefault(template, []).append(names[key])
    text = " ".join(fill(template, who) for template, who in sharing.items())
    return Ruling(worst.verdict, because, _common_correct(rulings, worst.verdict), text or None)


def _common_correct(rulings: dict[str, Ruling], worst: Verdict) -> dict[str, Any] | None:
    """Right values that hold for all states that are off, and the states of whom the claim holds."""
    held = [key for key, ruling in rulings.items() if ruling.verdict not in OWES_CORRECTION]
    if held:
        return {"subject": held}
    first, *others = (ruling.correct or {} for ruling in rulings.values() if ruling.verdict is worst)
    return {k: v for k, v in first.items() if all(other.get(k) == v for other in others)} or None
