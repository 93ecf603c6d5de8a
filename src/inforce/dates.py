"""Legal date arithmetic, and dates as people know them: EDTF (ISO 8601-2) levels 0 and 1.

An `Edtf` keeps the text it was written as and the first and last day it can mean, so that a date
known only as "2026" gives bounds and never a guess.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

import msgspec

from inforce.errors import AmbiguousDate, UsageError, as_written
from inforce.vocabulary import DelayRule

#: EDTF season codes, northern hemisphere: first month, and number of months.
SEASONS = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}

#: A year, month or day of EDTF levels 0 and 1; `X` stands for digits left open from the right.
_PART = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([~?%]?)", re.ASCII)

_MONTHS = tuple(calendar.month_name)

_EACH_YEAR = re.compile(r"(\d{1,2} \w+) each year\b", re.ASCII)


class Edtf(msgspec.Struct, frozen=True, order=True):
    """A date or interval: `first` and `last` are its bounds, None where an end is open or unknown."""

    first: date | None
    last: date | None
    text: str

    @property
    def exact(self) -> date | None:
        """The day, where the text names exactly one; otherwise None."""
        return self.first if self.first is not None and self.first == self.last else None

    def __str__(self) -> str:
        return self.text


def parse_edtf(text: str) -> Edtf:
    """Read an EDTF date (`2011`, `201X`, `1990-06~`, `2026-21`) or interval (`../2011`, `2026/..`).

    Levels 0 and 1 without times of day, and without years outside 1 to 9999. The marks `~`, `?` and `%`
    are kept in the text and do not widen the bounds. Raises `UsageError` where the text is no such date,
    or names a day that does not exist.
    """
    if "/" in text:
        start, _, end = text.partition("/")
        first = None if start in ("", "..") else _bounds(start, text)[0]
        last = None if end in ("", "..") else _bounds(end, text)[1]
        if first is None and last is None:
            raise UsageError(f"{as_written(text)} names no date at either end; write one")
        if first and last and first > last:
            raise UsageError(f"{as_written(text)} ends before it begins; write the earlier date first")
        return Edtf(first, last, text)
    first, last = _bounds(text, text)
    return Edtf(first, last, text)


def _bounds(part: str, whole: str) -> tuple[date, date]:
    match = _PART.fullmatch(part)
    if match is None or _finer_than_open(match[1], match[2], match[3]):
        raise UsageError(f"{as_written(whole)} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day, _ = match.groups()
    try:
        if month in (None, "XX"):
            return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
        if int(month) in SEASONS and day is None:
            start, length = SEASONS[int(month)]
            begin = date(int(year), start, 1)
            return begin, add_months(begin, length) - timedelta(days=1)
        if day in (None, "XX"):
            begin = date(int(year), int(month), 1)
            return begin, begin.replace(day=calendar.monthrange(begin.year, begin.month)[1])
        exact = date(int(year), int(month), int(day))
    except ValueError:
        raise UsageError(f"{as_written(whole)} names a day that does not exist; write YYYY-MM-DD") from None
    return exact, exact


def _finer_than_open(year: str, month: str | None, day: str | None) -> bool:
    """Whether a known part follows one left open, as in `201X-05` (EDTF level 2)."""
    return ("X" in year and month is not None) or (month == "XX" and day not in (None, "XX"))


def edtf_of(day: date) -> Edtf:
    """The exact day as EDTF."""
    return Edtf(day, day, day.isoformat())


def parse_day(text: str) -> date:
    """Read one day as YYYY-MM-DD; raises `UsageError` otherwise."""
    exact = parse_edtf(text).exact if "/" not in text else None
    if exact is None:
        raise UsageError(f"{as_written(text)} is not one day; write YYYY-MM-DD")
    return exact


def parse_month_day(text: str) -> tuple[int, int]:
    """Month and day of a date without a year, "30 April".

    Raises `UsageError` where there is no such day in every year.
    """
    day, _, name = text.partition(" ")
    try:
        if name not in _MONTHS[1:]:
            raise ValueError
        found = date(
            2001, _MONTHS.index(name), int(day)
        )  # a common year: 29 February is no day of every year
    except ValueError:
        raise UsageError(f"{as_written(text)} is no day of every year; write one such as 30 April") from None
    return found.month, found.day


def day_of_each_year(words: str) -> tuple[int, int] | None:
    """Month and day in "30 April each year, for ..."; None where the words name no day first.

    Raises `UsageError` where they name one that not every year has.
    """
    match = _EACH_YEAR.match(words)
    return None if match is None else parse_month_day(match[1])


def in_words(day: date) -> str:
    """The day as running text has it: 9 January 2012."""
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def add_months(day: date, months: int) -> date:
    """Same day of the month `months` later; the month's last day where that day does not exist.

    Depositary practice: CCW Protocol IV, Guatemala, 30 August 2002 and six months gave 28 February 2003.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Same date `years` later; 29 February becomes the 28th in a common year."""
    return add_months(day, 12 * years)


def within_years(day: date, years: int) -> date:
    """Same date `years` later, or the calendar's last day where that lies beyond: a limit to compare with."""
    return date.max if day.year + years > date.max.year else add_years(day, years)


def first_of_month_after(day: date, months: int) -> date:
    """First day of the month `months` after the month of `day`; the day of the month plays no part.

    Mine Ban Convention Art 17: a deposit on 1 March 2000 took effect on 1 September 2000.
    """
    return add_months(day.replace(day=1), months)


def add_period(day: date, amount: int, unit: str) -> date:
    """The day `amount` days, months or years later, day for day.

    Raises `UsageError` where it lies beyond the calendar.
    """
    rules = {"day": DelayRule.ADD_DAYS, "month": DelayRule.ADD_MONTHS, "year": DelayRule.ADD_YEARS}
    return apply_delay(rules[unit], amount, unit, day)


def next_day_of_year(month: int, day: int, earliest: date) -> date:
    """The first day with that month and day that is not before `earliest`."""
    this_year = date(earliest.year, month, day)
    return this_year if this_year >= earliest else date(earliest.year + 1, month, day)


def end_of_period(start: date, amount: int, unit: str, earliest: date) -> date:
    """The first end of one of the periods that follow each other from `start` that is not before `earliest`.

    Each end is counted from `start`, so that the last days of months do not drift.
    """
    number = 1
    while (end := add_period(start, amount * number, unit)) < earliest:
        number += 1
    return end


def apply_delay(rule: DelayRule, amount: int, unit: str, trigger: date) -> date:
    """The day that lies `amount` units after `trigger` under a clause's way of counting.

    Raises `AmbiguousDate` where the rule does not count in that unit, `UsageError` where the day lies
    beyond the calendar.
    """
    try:
        return _delayed(rule, amount, unit, trigger)
    except (ValueError, OverflowError):
        length = f"{amount} {unit}{'' if amount == 1 else 's'}"
        raise UsageError(f"{length} after {trigger} lies beyond the calendar; give another date") from None


def _delayed(rule: DelayRule, amount: int, unit: str, trigger: date) -> date:
    days = amount if unit == "day" else None
    match rule:
        case DelayRule.SAME_DAY:
            return trigger
        case DelayRule.ADD_DAYS if days is not None:
            return trigger + timedelta(days=days)
        case DelayRule.FULL_DAYS_ELAPSED if days is not None:
            return trigger + timedelta(days=days + 1)
        case DelayRule.ADD_MONTHS if unit == "month":
            return add_months(trigger, amount)
        case DelayRule.ADD_YEARS if unit == "year":
            return add_years(trigger, amount)
        case DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER if unit == "month":
            return first_of_month_after(trigger, amount)
        case DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_DAY if days is not None:
            return first_of_month_after(trigger + timedelta(days=days), 1)
        case DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_MONTH if unit == "month":
            return first_of_month_after(add_months(trigger, amount), 1)
    raise AmbiguousDate(
        f"a delay of {amount} {unit} cannot be counted by {rule}; mend the clause's unit or rule"
    )
