"""Numbers of parties and signatories: right now, earlier, in the days to come, or of something else."""

from __future__ import annotations

from datetime import date
from typing import Any

import re2 as re

from inforce.checking.case import Case
from inforce.checking.evidence import coverage
from inforce.checking.ruling import Ruling, contested, reported, supported, unrecorded, wrong
from inforce.checking.tally import Tally, tally
from inforce.checking.times import STALE_YEARS, day_before, is_until, spoken
from inforce.checking.wording import first_capital
from inforce.dates import within_years
from inforce.law.chronicle import chronicle, last_verified
from inforce.law.counts import Series
from inforce.law.derivation import treaty_name
from inforce.law.model import Step
from inforce.record.model import ContestedPoint
from inforce.vocabulary import Modality, Verdict

#: "Nearly 160" and "some 160" allow this share of the number on either side.
ROUND_SHARE = 0.05

#: An ordinal in figures; the number before it is the one that was reached.
_ORDINAL = re.compile(r"\b(\d{1,4})(?:st|nd|rd|th)\b")

#: Kinds of contested points that part those who count a participant in from those who count it out.
_OUT_OR_IN = frozenset({"withdrawal-effect", "rescission"})

#: A number further off than this factor is more likely of something else: votes, a group of states.
PLAUSIBLE_FACTOR = 1.5


def rule_on_count(case: Case) -> Ruling:
    """How a number of parties or signatories stands."""
    if case.claim.object.count is None:
        return unrecorded("The text gives no number.")
    if case.claim.predicate not in ("parties", "signatories"):
        return unrecorded(f"No rule of the record answers the predicate {case.claim.predicate!r}.")
    if case.claim.modality in (Modality.DENIED, Modality.CONSIDERED):
        return reported()
    counts = tally(case.record, case.treaty.key, case.on)
    series = counts.signatories if case.claim.predicate == "signatories" else counts.deposited
    because = (_count_step(case, counts),)
    holds = any(_fits(case, number) for number in _numbers(case, series))
    if case.claim.negated and holds:
        return unrecorded("The text denies a number that is right; of what it denies it is not clear.")
    if holds or case.claim.negated:
        return supported(*because)
    if _is_event(case) and _was_reached(case, series):
        return supported(*because)
    ruling = _off(case, counts, series, because)
    disputed = _disputed(case, series) if ruling.verdict in (Verdict.CONTRADICTED, Verdict.OUTDATED) else None
    return ruling if disputed is None else contested(disputed, because)


def _is_event(case: Case) -> bool:
    """Whether the text tells how many there were by an ordinal: "became the 111th party"."""
    said = case.claim.object
    given = {int(number) for number in _ORDINAL.findall(case.claim.span.text)}
    return case.done and said.comparator in (None, "=") and (said.rank is not None or said.count in given)


def _was_reached(case: Case, series: Series) -> bool:
    """Whether the number came up in the time told, at the latest by the day asked about."""
    said = case.claim.object.count or 0
    first = date.min if case.when is None or case.when.first is None else case.when.first
    last = case.on if case.when is None or case.when.last is None else min(case.when.last, case.on)
    if last < first:
        return False
    reached = series.during(first, last)
    return min(series.at(day_before(first)), *reached) < said <= max(reached)


def _disputed(case: Case, series: Series) -> ContestedPoint | None:
    """A point on whether somebody is out at all, where the number fits once that is read the other way."""
    if case.claim.predicate != "parties":
        return None
    day = _day(case)
    book = chronicle(case.record)
    lines = (book.timeline(who, case.treaty.key, case.on) for who in book.participants(case.treaty.key))
    points = [one for line in lines if (one := line.at(day).dispute) is not None and one.kind in _OUT_OR_IN]
    number = series.at(day)
    fits = any(_fits(case, number + n) for n in range(-len(points), len(points) + 1))
    return points[0] if points and fits else None


def _fits(case: Case, number: int) -> bool:
    """Whether the claim's number, with its comparator, holds of `number`."""
    said = case.claim.object.count or 0
    match case.claim.object.comparator:
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
    said = case.when
    if not case.done and (said is None or said.first is None):
        return series.after(case.on) or {series.at(case.on)}
    if said is None or (said.first is None and said.last is None):
        return {series.at(case.on)}
    if is_until(said) and said.last is not None:
        return series.during(day_before(said.last), said.last)
    first = said.first or case.on
    return series.during(first, said.last or max(case.on, first))


def _off(case: Case, counts: Tally, series: Series, because: tuple[Step, ...]) -> Ruling:
    """The number does not fit: of what, or of when, was it?"""
    day = _day(case) if case.done else date.max
    right: dict[str, Any] = {"object": {"count": series.at(day)}}
    told_as = _told_for_the_other(case, counts, series)
    if told_as is not None:
        return wrong(Verdict.IMPRECISE, _both(case, counts), {"predicate": told_as}, because)
    turned = series.last_time(lambda number: _fits(case, number), case.on)
    if not case.done:
        return wrong(Verdict.IMPRECISE, _number_to_come(case, series), right, because)
    if turned is not None and case.when is None and _is_recent(case, turned):
        sentence = f"{_number_then(case, series)}; {_said(case)} was right until {spoken(turned)}"
        return wrong(Verdict.OUTDATED, sentence, right, (*because, *_other_ways(case, counts)))
    if series is counts.deposited and _fits(case, counts.in_force.at(case.on)):
        sentence = _number_then(case, series)
        return wrong(Verdict.IMPRECISE, sentence, right, (*because, *_other_ways(case, counts)))
    if not case.treaty.complete or case.on > last_verified(case.treaty):
        return Ruling(Verdict.UNRECORDED, because)
    if not _plausible(case, series.at(day)):
        text = "The number is so far from any that the record yields that it may count something else."
        return Ruling(Verdict.UNRECORDED, (Step(text), *because))
    sentence = _number_then(case, series)
    return wrong(Verdict.CONTRADICTED, sentence, right, (*because, *_other_ways(case, counts)))


def _told_for_the_other(case: Case, counts: Tally, series: Series) -> str | None:
    """The predicate that the number fits, where parties are told as signatories or the reverse."""
    if series is counts.signatories:
        now = _numbers(case, counts.deposited) | {counts.deposited.at(case.on)}
        turned = counts.deposited.last_time(lambda number: _fits(case, number), case.on)
        lately = turned is not None and _is_recent(case, turned)
        return "parties" if lately or any(_fits(case, number) for number in now) else None
    if case.claim.object.comparator in ("<", ">"):
        return None
    return "signatories" if any(_fits(case, n) for n in _numbers(case, counts.signatories)) else None


def _plausible(case: Case, number: int) -> bool:
    said = case.claim.object.count or 0
    return number <= PLAUSIBLE_FACTOR * said and said <= PLAUSIBLE_FACTOR * number


def _is_recent(case: Case, turned: date) -> bool:
    """Whether a number went out of date lately enough to be stale; an older one is simply wrong."""
    return within_years(turned, STALE_YEARS) > case.on


# Sentences and steps.


def _day(case: Case) -> date:
    """The day that the claim speaks of: its own, else that of the text."""
    said = case.when
    if said is None or said.last is None:
        return case.on
    return day_before(said.last) if is_until(said) else said.last


def _number_then(case: Case, series: Series) -> str:
    name, day = first_capital(treaty_name(case.treaty)), _day(case)
    number = series.at(day)
    if case.claim.predicate == "signatories":
        return f"{name} had been signed by {number} states by {spoken(day)}"
    return f"{name} had {number} parties on {spoken(day)}"


def _number_to_come(case: Case, series: Series) -> str:
    number = series.at(date.max)
    name = first_capital(treaty_name(case.treaty))
    return f"{name} comes to {number} parties once the acts known on {spoken(case.on)} have taken effect"


def _both(case: Case, counts: Tally) -> str:
    name, day = treaty_name(case.treaty), case.on
    signed, parties = counts.signatories.at(day), counts.deposited.at(day)
    return f"on {spoken(day)} {name} had {parties} parties, and {signed} states had signed it"


def _said(case: Case) -> str:
    words = {">": "more than ", "<": "fewer than ", "~": "about "}
    return f"{words.get(case.claim.object.comparator or '', '')}{case.claim.object.count}"


def _count_step(case: Case, counts: Tally) -> Step:
    day = _day(case)
    text = (
        f"On {spoken(day)}: {counts.deposited.at(day)} parties by instruments deposited, less withdrawals in "
        f"effect; {counts.in_force.at(day)} of them bound by then; {counts.signatories.at(day)} signatories."
    )
    return Step(text, source=coverage(case.treaty))


def _other_ways(case: Case, counts: Tally) -> tuple[Step, ...]:
    """Other ways of counting under which the number would be right; they are said, and decide nothing."""
    article = case.treaty.final_clauses.entry_into_force.article
    day = _day(case)
    steps = []
    if _fits(case, counts.in_force.at(day)):
        text = f"Counting only states that it bound on {spoken(day)}, {_said(case)} is right."
        steps.append(Step(text, article))
    if case.claim.predicate == "parties" and _fits(case, counts.involved.at(day)):
        text = f"{first_capital(_said(case))} counts in the states that signed and did not ratify."
        steps.append(Step(text, source=coverage(case.treaty)))
    return tuple(steps)
