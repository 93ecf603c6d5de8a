"""Days as numbers in arrays, and the delays of final clauses counted over whole arrays at once.

The rules are those of `inforce.dates.apply_delay`; a test holds the two together, day by day.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np
import numpy.typing as npt

from inforce.vocabulary import DelayRule

#: Days since 1 January 1970; before and after stand for open ends.
Days = npt.NDArray[np.int32]

_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
#: The first day of the calendar, and the day after its last: never.
FIRST: Final = dt.date.min.toordinal() - _EPOCH
LAST: Final = dt.date.max.toordinal() - _EPOCH
NEVER: Final = LAST + 1


def number(day: dt.date) -> int:
    """The day as a number."""
    return day.toordinal() - _EPOCH


def number_or(day: dt.date | None, otherwise: int) -> int:
    """The day as a number; `otherwise` where there is none."""
    return otherwise if day is None else day.toordinal() - _EPOCH


def date(number: int) -> dt.date:
    """The number as a day; raises `ValueError` for `NEVER`."""
    return dt.date.fromordinal(int(number) + _EPOCH)


def date_or_none(number: int) -> dt.date | None:
    """The number as a day; None for `NEVER`."""
    return None if number >= NEVER else date(number)


#: Rules that `delayed` counts, with the unit in which each counts; another rule or unit is none of these.
RULES: Final = frozenset(
    {
        (DelayRule.SAME_DAY, "day"),
        (DelayRule.SAME_DAY, "month"),
        (DelayRule.SAME_DAY, "year"),
        (DelayRule.ADD_DAYS, "day"),
        (DelayRule.FULL_DAYS_ELAPSED, "day"),
        (DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_DAY, "day"),
        (DelayRule.ADD_MONTHS, "month"),
        (DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER, "month"),
        (DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_MONTH, "month"),
        (DelayRule.ADD_YEARS, "year"),
    }
)


def delayed(rule: DelayRule, amount: int | Days, trigger: Days) -> Days:
    """The day of effect for each trigger; as `apply_delay`, for the rules of `RULES` in their units.

    `amount` is one for all or one for each. The days must lie within the calendar: nothing is checked.
    """
    many = np.asarray(amount, np.int32)
    match rule:
        case DelayRule.SAME_DAY:
            return trigger
        case DelayRule.ADD_DAYS:
            return trigger + many
        case DelayRule.FULL_DAYS_ELAPSED:
            return trigger + many + np.int32(1)
        case DelayRule.ADD_MONTHS:
            return _add_months(trigger, many)
        case DelayRule.ADD_YEARS:
            return _add_months(trigger, many * np.int32(12))
        case DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER:
            return _first_of_month_after(trigger, many)
        case DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_DAY:
            return _first_of_month_after(trigger + many, 1)
        case DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_MONTH:
            return _first_of_month_after(trigger, many + np.int32(1))
    raise ValueError(f"{rule} is not counted over arrays")


def _add_months(days: Days, months: Days) -> Days:
    """The same day of the month; the month's last day where there is none."""
    month, place = _month_and_place(days)
    first = _first_of(month + months)
    length = _first_of(month + months + np.int32(1)) - first
    same: Days = first + np.minimum(place, length - np.int32(1))
    return same


def _first_of_month_after(days: Days, months: int | Days) -> Days:
    return _first_of(_month_and_place(days)[0] + np.asarray(months, np.int32))


# Months are counted from March of the year 0, so that the day that leap years add comes last, and the
# lengths of months follow one line: the first day of month m of such a year is day (153 m + 2) / 5 of it.
_MARCH = 719468  # days from 1 March 0000 to 1 January 1970
_FOUR_CENTURIES = 146097


def _month_and_place(days: Days) -> tuple[Days, Days]:
    """The month of each day, and the day's place in it, from 0 on."""
    since = days + np.int32(_MARCH)
    cycle = since // _FOUR_CENTURIES
    day = since - cycle * np.int32(_FOUR_CENTURIES)
    year = (day - day // 1460 + day // 36524 - day // (_FOUR_CENTURIES - 1)) // 365
    day -= 365 * year + year // 4 - year // 100
    month = (5 * day + 2) // 153
    return (cycle * 400 + year) * 12 + month, day - (153 * month + 2) // 5


def _first_of(months: Days) -> Days:
    """The first day of each month."""
    year = months // 12
    month = months - year * np.int32(12)
    leaps = year // 4 - year // 100 + year // 400
    first: Days = 365 * year + leaps + (153 * month + 2) // 5 - np.int32(_MARCH)
    return first
