"""Reckoning with dates of unlike precision: which year is meant, and steps from one date to another."""

from __future__ import annotations

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
    text = f"{year:04d}"
    if month is not None:
        text += f"-{month:02d}"
    if day is not None:
        text += f"-{day:02d}"
    try:
        parse_edtf(text)
    except (InforceError, OverflowError):
        return None
    return text


def span_of(text: str) -> tuple[date, date] | None:
    """First and last day of an EDTF date without open ends."""
    try:
        parsed = parse_edtf(text)
    except (InforceError, OverflowError):
        return None
    if parsed.first is None or parsed.last is None:
        return None
    return parsed.first, parsed.last


def choose_year(make: Callable[[int], str | None], published: date, prefer: Lean | None) -> str | None:
    """The instance of a yearly date that is meant: the nearest, or the last (next) one as seen from then.

    `make` gives the date in a year, None where that year has none (29 February).
    """
    options = []
    for year in range(published.year - 8, published.year + 9):
        text = make(year)
        bounds = span_of(text) if text else None
        if text and bounds:
            options.append((bounds[0], bounds[1], text))
    if prefer == "past":
        begun = [o for o in options if o[0] <= published]
        return begun[-1][2] if begun else None
    if prefer == "future":
        unfinished = [o for o in options if o[1] >= published]
        return unfinished[0][2] if unfinished else None
    back = 1.5 if prefer in ("ahead", "onward") else 1.0
    return min(options, key=lambda o: (_distance(o[0], o[1], published, back), o[0]))[2] if options else None


def _distance(first: date, last: date, day: date, back: float) -> float:
    """Days between a day and a stretch of days; those behind count `back` times."""
    if last < day:
        return (day - last).days * back
    return max(0, (first - day).days)


def week_of(day: date, weeks: int = 0) -> str | None:
    """The week, Monday to Sunday, that lies `weeks` after that of `day`."""
    try:
        monday = day + timedelta(days=7 * weeks - day.weekday())
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    except OverflowError:
        return None


def season_at(day: date) -> tuple[int, int]:
    """Year and EDTF code of the season that `day` lies in; January's winter belongs to the year before."""
    for code, (first_month, length) in SEASONS.items():
        if (day.month - first_month) % 12 < length:
            return (day.year - 1 if day.month < 3 and code == 24 else day.year), code
    raise AssertionError("the seasons cover the year")


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
    own = "day" if offset.exact else offset.unit
    grain = min(own, fineness, key=lambda f: _FINENESS[f])
    return cut(moved, grain)


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
