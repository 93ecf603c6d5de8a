"""Numbers of parties and signatories."""

from __future__ import annotations

from datetime import date
from typing import Any

from inforce.checking.case import Case
from inforce.checking.evidence import coverage
from inforce.checking.ruling import Ruling, reported, supported, unrecorded, wrong
from inforce.checking.tally import Series, Tally, tally
from inforce.checking.times import is_until, spoken
from inforce.checking.wording import treaty_name
from inforce.law.chronicle import last_verified
from inforce.law.model import Step
from inforce.vocabulary import Modality, Verdict

#: "Nearly 160" and "some 160" allow this share of the number on either side.
ROUND_SHARE = 0.05


def rule_on_count(case: Case) -> Ruling:
    """How a number of parties or signatories stands: now, earlier, as planned, or of something else."""
    said = case.claim.object
    if said.count is None:
        return unrecorded("The text gives no number.")
    if case.claim.modality in (Modality.DENIED, Modality.CONSIDERED):
        return reported()
    counts = tally(case.record, case.treaty.key, case.on)
    series = counts.signatories if case.claim.predicate == "signatories" else counts.deposited
    numbers = _numbers(case, series)
    because = (_count_step(case, counts),)
    holds = any(_fits(number, said.count, said.comparator) for number in numbers)
    if holds != case.claim.negated:
        return supported(*because)
    if case.claim.negated:
        return wrong(Verdict.CONTRADICTED, _now(case, counts), {"negated": False}, because)
    return _off(case, counts, series, because)


def _fits(number: int, said: int, comparator: str | None) -> bool:
    match comparator:
        case ">":
            return number > said
        case "<":
            return number < said
        case "~":
            return abs(number - said) <= ROUND_SHARE * said
        case _:
            return number == said


def _numbers(case: Case, series: Series) -> set[int]:
    """The numbers that the claim may mean: of its date, of the text's, or of the days to come."""
    if not case.done:
        return {series.at(case.on)} | series.after(case.on)
    said = case.when
    if said is None or (said.first is None and said.last is None):
        return {series.at(case.on)}
    if is_until(said) and said.last is not None:
        return series.during(date.fromordinal(max(1, said.last.toordinal() - 1)), said.last)
    return series.during(said.first or case.on, said.last or max(case.on, said.first or case.on))


def _off(case: Case, counts: Tally, series: Series, because: tuple[Step, ...]) -> Ruling:
    """The number does not fit: of what, or of when, was it?"""
    said = case.claim.object
    count = said.count if said.count is not None else 0
    right = {"object": {"count": _reference(case, series)}}
    other = counts.deposited if series is counts.signatories else counts.signatories
    told_for_other = series is counts.signatories or said.comparator not in ("<", ">")
    if told_for_other and any(_fits(number, count, said.comparator) for number in _numbers(case, other)):
        predicate = "parties" if series is counts.signatories else "signatories"
        return wrong(Verdict.IMPRECISE, _now(case, counts), {"predicate": predicate}, because)
    turned = series.last_time(lambda number: _fits(number, count, said.comparator), case.on)
    if turned is not None and case.when is None:
        sentence = f"{_now(case, counts)}; the number given was right until {spoken(turned)}"
        return wrong(Verdict.OUTDATED, sentence, right, (*because, *_strict_step(case, counts)))
    if series is counts.deposited and _fits(counts.in_force.at(case.on), count, said.comparator):
        return wrong(Verdict.IMPRECISE, _now(case, counts), right, (*because, *_strict_step(case, counts)))
    return _never_right(case, counts, right, because)


def _never_right(case: Case, counts: Tally, right: dict[str, Any], because: tuple[Step, ...]) -> Ruling:
    if not case.treaty.complete or case.on > last_verified(case.treaty):
        return Ruling(Verdict.UNRECORDED, because)
    said = case.claim.object
    series = counts.signatories if case.claim.predicate == "signatories" else counts.deposited
    about = said.comparator == "~" and said.count is not None
    near = about and abs(series.at(case.on) - (said.count or 0)) <= 2 * ROUND_SHARE * (said.count or 0)
    verdict = Verdict.IMPRECISE if near else Verdict.CONTRADICTED
    return wrong(verdict, _now(case, counts), right, because)


def _reference(case: Case, series: Series) -> int:
    day = case.when.last if case.when is not None and case.when.last is not None else case.on
    return series.at(day)


def _now(case: Case, counts: Tally) -> str:
    day = case.when.last if case.when is not None and case.when.last is not None else case.on
    return (
        f"{treaty_name(case.treaty)} had {counts.deposited.at(day)} parties and had been signed by "
        f"{counts.signatories.at(day)} states on {spoken(day)}"
    )


def _count_step(case: Case, counts: Tally) -> Step:
    day = case.on
    text = (
        f"On {spoken(day)}: {counts.deposited.at(day)} instruments of consent less withdrawals in effect, "
        f"{counts.in_force.at(day)} parties bound, {counts.signatories.at(day)} signatories."
    )
    return Step(text, source=coverage(case.treaty))


def _strict_step(case: Case, counts: Tally) -> tuple[Step, ...]:
    """Where only those already bound make up the number, that is said: some count so."""
    count = case.claim.object.count
    if count is None or counts.in_force.at(case.on) != count:
        return ()
    article = case.treaty.final_clauses.entry_into_force.article
    text = f"Counting only states for which it was in force on {spoken(case.on)}, {count} is right."
    return (Step(text, article),)
