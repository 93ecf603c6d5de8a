"""Reckoning with dates of unlike precision: which year is meant, and steps from one date to another."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from inforce.dates import SEASONS, add_months, parse_edtf
from inforce.errors import InforceError
from inforce.reading.time_model import Lean, Offset

#: From coarse to fine; a season or a week counts as fine as a month or a day.
_FINENESS = {"year": 0, "season": 1, "month": 1, "week": 2, "day": 2}
_MONTHS_IN = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}


def edtf(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The EDTF text of a year, month (or season 21-24) or day; None where there is no such day."""
    if not 1 <= year <= 9999:
        return None
    if month is None:
        return f"{year:04d}"
    if day is None:
        # The last winter's end lies beyond the calendar.
        known = 1 <= month <= 12 or (month in SEASONS and year < 9999)
        return f"{year:04d}-{month:02d}" if known else None
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def span_of(text: str) -> tuple[date, date] | None:
    """First and last day of an EDTF date without open ends."""
    try:
        parsed = parse_edtf(text)
    except (InforceError, OverflowError):
        return None
    if parsed.first is None or parsed.last is None:
        return None
    return parsed.first, parsed.last


#: How many years a yearly date may be away: 29 February is missing for eight at most.
_YEARS_AWAY = 8


def choose_year(make: Callable[[int], str | None], published: date, lean: Lean | None) -> str | None:
    """The instance of a yearly date that is meant: the nearest, or the one on the side that `lean` says.

    `make` gives the date in a year, None where that year has none (29 February).
    """
    here = published.year
    if lean in ("past", "over"):
        years = range(here, here - _YEARS_AWAY - 1, -1)
        return _first(
            make, years, lambda first, last: last < published or (lean == "past" and first <= published)
        )
    if lean in ("future", "to come"):
        years = range(here - 1, here + _YEARS_AWAY + 1)
        return _first(
            make, years, lambda first, last: first > published or (lean == "future" and last >= published)
        )
    back = 1.5 if lean in ("ahead", "onward") else 1.0
    near = [t for year in (here - 1, here, here + 1) if (t := make(year))]
    near = near or [t for year in range(here - _YEARS_AWAY, here + _YEARS_AWAY + 1) if (t := make(year))]
    return min(near, key=lambda text: _distance(text, published, back), default=None)


def _first(make: Callable[[int], str | None], years: range, fits: Callable[[date, date], bool]) -> str | None:
    for year in years:
        text = make(year)
        bounds = span_of(text) if text else None
        if bounds and fits(*bounds):
            return text
    return None


def _distance(text: str, day: date, back: float) -> float:
    """Days between a day and a date; those behind count `back` times."""
    bounds = span_of(text)
    if bounds is None:
        return float("inf")
    if bounds[1] < day:
        return (day - bounds[1]).days * back
    return max(0, (bounds[0] - day).days)


def week_of(day: date, weeks: int = 0) -> str | None:
    """The week, Monday to Sunday, that lies `weeks` after that of `day`."""
    try:
        monday = day + timedelta(days=7 * weeks - day.weekday())
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    except OverflowError:
        return None


def step(amount: float, unit: str) -> Offset | None:
    """A length in the units that EDTF and ISO 8601 count: half a year is six months, a fortnight two weeks.

    None where the length has no such whole number (half a month).
    """
    if unit in _DAYS_IN:
        days = amount * _DAYS_IN[unit]
        if days != int(days):
            return None
        weekly = unit != "day" and days % 7 == 0
        return Offset(int(days) // 7, "week") if weekly else Offset(int(days), "day")
    months = amount * _MONTHS_IN[unit]
    if months != int(months):
        return None
    yearly = unit != "month" and months % 12 == 0
    return Offset(int(months) // 12, "year") if yearly else Offset(int(months), "month")


def iso_duration(offset: Offset) -> str:
    """The length of a step as ISO 8601 duration."""
    return f"P{abs(offset.amount)}{offset.unit[0].upper()}"


def shift(day: date, fineness: str, offset: Offset) -> str | None:
    """`day`, known as finely as `fineness` says, moved by `offset`; no finer than either of the two.

    None where the result leaves the calendar.
    """
    try:
        if offset.unit in ("day", "week"):
            moved = day + timedelta(days=offset.amount * _DAYS_IN[offset.unit])
        else:
            moved = add_months(day, offset.amount * _MONTHS_IN[offset.unit])
    except (ValueError, OverflowError):
        return None
    return cut(moved, coarser("day" if offset.exact else offset.unit, fineness))


def coarser(one: str, other: str) -> str:
    """The coarser of two finenesses."""
    return min(one, other, key=lambda f: _FINENESS[f])


def cut(day: date, grain: str) -> str | None:
    """`day` told no finer than `grain`."""
    if _FINENESS[grain] == 0:
        return edtf(day.year)
    return edtf(day.year, day.month) if _FINENESS[grain] == 1 else day.isoformat()


def fineness_of(text: str) -> str:
    """How finely an EDTF date without ends is told: year, season, month or day."""
    part = text.rstrip("~?%")
    if len(part) == 4:
        return "year"
    if len(part) == 7:
        return "season" if int(part[5:]) in SEASONS else "month"
    return "day"
