"""Periods and delays of final clauses in plain words, every parameter of them."""

from __future__ import annotations

from collections.abc import Sequence

from inforce.record.model import Deadline, Delay, Period
from inforce.vocabulary import DelayRule

_RULES = {
    DelayRule.SAME_DAY: "on that same day",
    DelayRule.ADD_DAYS: "{length} later, that day being day 0",
    DelayRule.ADD_MONTHS: "{length} later, on the same day of the month, or its last day where it has none",
    DelayRule.ADD_YEARS: "{length} later, on the same date",
    DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER: "on the first day of the month {length} after that month",
    DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_DAY: "{length} later, and then on the first day of the next month",
    DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_MONTH: "{length} on, and then on the first day of the month after",
    DelayRule.FIXED_DAY_OF_YEAR: "on the next {day} that lies at least {length} later",
    DelayRule.END_OF_PERIOD: (
        "at the end of the period of {period}, counted from the treaty's own entry into force, that ends at "
        "least {length} later"
    ),
    DelayRule.FULL_DAYS_ELAPSED: "when {length} have run in full, on the day after",
}
_MONTHS = "January February March April May June July August September October November December".split()
_COUNTED_FROM = {
    "entry-into-force-for-participant": "the entry into force for the participant",
    "entry-into-force-of-treaty": "the treaty's own entry into force",
    "end-of-active-hostilities": "the end of active hostilities",
}


def length(amount: int, unit: str) -> str:
    """`6 months`, `1 year`."""
    return f"{amount} {unit}{'' if amount == 1 else 's'}"


def period(given: Period) -> str:
    """A period in words."""
    return length(given.amount, given.unit)


def delay(given: Delay) -> str:
    """From the day counted from to the day of effect; in brackets what paraphrases the clause itself."""
    words = _RULES[given.rule].format(
        length=length(given.amount, given.unit),
        day=_day_of_year(given.day),
        period=period(given.period) if given.period else "a length not recorded",
    )
    if given.rule is DelayRule.SAME_DAY and given.amount:
        words = f"{length(given.amount, given.unit)} later, {words}"
    if given.after is not None:
        words = f"first {delay(given.after)}, and from there {words}"
    return f"{words} ({given.phrase})" if given.phrase else words


def _day_of_year(day: str | None) -> str:
    if day is None:
        return "day not recorded"
    month, number = day.split("-")
    return f"{int(number)} {_MONTHS[int(month) - 1]}"


def deadline(given: Deadline) -> str:
    """By when a duty is to be done, from when on if it recurs, and how that can be extended."""
    words = []
    if given.amount is not None and given.unit is not None:
        words.append(f"within {length(given.amount, given.unit)}")
    if given.counted_from is not None:
        words.append(f"counted from {_COUNTED_FROM[given.counted_from]}")
    if given.recurring is not None:
        words.append(given.recurring)
    if given.after is not None:
        words.append(f"beginning after the deadline of {given.after}")
    if given.full_year:
        words.append("beginning with the first full calendar year")
    text = " ".join(words)
    if given.extension:
        text += f"; extension: {given.extension}"
    if given.recorded_through:
        text += f"; extensions and completions recorded through {given.recorded_through}"
    return text


def either(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
