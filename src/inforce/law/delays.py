"""From the event that a clause counts from to the day it names, by the clause's own way of counting."""

from __future__ import annotations

import datetime as dt

from inforce.dates import add_period, apply_delay, end_of_period, next_day_of_year
from inforce.errors import AmbiguousDate
from inforce.record.model import Delay
from inforce.vocabulary import DelayRule


def delayed(delay: Delay, trigger: dt.date, entry: dt.date | None = None) -> dt.date:
    """The day that `delay` gives after `trigger`; a delay that runs first (`after`) is counted before it.

    `entry` is the treaty's own entry into force, from which `end_of_period` counts its periods. Raises
    `AmbiguousDate` where the clause leaves out what its rule counts with.
    """
    start = trigger if delay.after is None else delayed(delay.after, trigger, entry)
    if delay.rule is DelayRule.FIXED_DAY_OF_YEAR:
        if delay.day is None:
            raise AmbiguousDate("a delay to a fixed day of the year names no day; write day: MM-DD")
        month, day = (int(part) for part in delay.day.split("-"))
        return next_day_of_year(month, day, add_period(start, delay.amount, delay.unit))
    if delay.rule is DelayRule.END_OF_PERIOD:
        if delay.period is None or entry is None:
            raise AmbiguousDate("a delay to the end of a period needs the period and an entry into force")
        earliest = add_period(start, delay.amount, delay.unit)
        return end_of_period(entry, delay.period.amount, delay.period.unit, earliest)
    return apply_delay(delay.rule, delay.amount, delay.unit, start)


def delay_words(delay: Delay) -> str:
    """The delay as the clause has it, or as it is counted."""
    if delay.phrase:
        return delay.phrase
    length = f"{delay.amount} {delay.unit}{'' if delay.amount == 1 else 's'}"
    words = {
        DelayRule.SAME_DAY: "on the same day",
        DelayRule.FULL_DAYS_ELAPSED: f"when {length} have run in full",
        DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER: f"first day of the month that lies {length} later",
        DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_DAY: f"first day of the month after {length}",
        DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_MONTH: f"first day of the month after {length}",
        DelayRule.FIXED_DAY_OF_YEAR: f"on the next {delay.day} at least {length} later",
        DelayRule.END_OF_PERIOD: f"at the end of the period that runs at least {length} later",
    }.get(delay.rule, f"{length} later")
    return words if delay.after is None else f"{delay_words(delay.after)}, and then {words}"
