"""Since when a claim stands as it does: the first day of a ruling, found by halving the days."""

from __future__ import annotations

from datetime import date, timedelta

from inforce.checking.checker import rule_on
from inforce.checking.ruling import Ruling
from inforce.reading.model import Claim
from inforce.record.model import Record


def same(one: Ruling, other: Ruling) -> bool:
    """The sentences may name the day asked about; the verdict and the right values tell whether it turned."""
    return one.verdict == other.verdict and one.correct == other.correct


def first_day(claim: Claim, record: Record, ruling: Ruling, before: date, after: date) -> date:
    """The first day of the ruling's unbroken run up to `after`, given that it did not hold on `before`."""
    while (after - before).days > 1:
        middle = before + timedelta(days=(after - before).days // 2)
        if same(rule_on(claim, record, middle), ruling):
            after = middle
        else:
            before = middle
    return after


def reason(ruling: Ruling) -> str | None:
    """What is so, in one sentence: the right wording, or what bears the claim out."""
    return ruling.correction or next((step.text for step in ruling.because), None)
