"""Dates that a text gives, held against dates that the record gives.

Both sides are intervals: "2011" may mean any day of that year. Two dates agree where some day
fits both; nothing is ever narrowed to a day that nobody named.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from inforce.dates import SEASONS, Edtf, edtf_of, in_words, parse_edtf

#: A date this close to the recorded one is a slip or another clock, not another event.
NEAR_DAYS = 31

#: What changed longer ago than this is no stale news any more: a text that still says it is wrong.
STALE_YEARS = 5

_SEASON_NAMES = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}


def as_edtf(day: Edtf | date) -> Edtf:
    """A day or an EDTF date, as EDTF."""
    return day if isinstance(day, Edtf) else edtf_of(day)


def gap_days(said: Edtf, recorded: Edtf | date) -> int:
    """Days between two dates; 0 where some day fits both. An open end reaches without limit."""
    other = as_edtf(recorded)
    if said.last is not None and other.first is not None and said.last < other.first:
        return (other.first - said.last).days
    if other.last is not None and said.first is not None and other.last < said.first:
        return (said.first - other.last).days
    return 0


def agrees(said: Edtf | None, recorded: Edtf | date | None) -> bool:
    """Whether the date that is said can be the recorded one; saying none agrees with any.

    A record that knows no date agrees only with a text that gives none.
    """
    if said is None:
        return True
    if recorded is None:
        return False
    return gap_days(said, recorded) == 0


def near(said: Edtf, recorded: Edtf | date | None) -> bool:
    """Whether two dates lie within `NEAR_DAYS` of each other."""
    return recorded is not None and gap_days(said, recorded) <= NEAR_DAYS


def happened_by(recorded: Edtf | date | None, day: date) -> bool:
    """Whether an act with this date had happened by `day`; of a partial date the first day counts.

    An act that the record holds without any date counts as past: the record is never written ahead.
    """
    first = recorded.first if isinstance(recorded, Edtf) else recorded
    return first is None or first <= day


def opening(said: Edtf) -> Edtf:
    """The start of what is said: of "2012-12/.." the month, of a plain date the date itself."""
    return _end_part(said, 0)


def closing(said: Edtf) -> Edtf:
    """The end of what is said: of "../2026-01" the month, of a plain date the date itself."""
    return _end_part(said, 1)


def _end_part(said: Edtf, side: int) -> Edtf:
    if "/" not in said.text:
        return said
    part = said.text.split("/", 1)[side]
    if part in ("", ".."):
        return Edtf(None, None, "..")
    return parse_edtf(part)


def is_until(said: Edtf) -> bool:
    """Whether only the end is given: "until 27 December"."""
    return said.first is None and said.last is not None


def is_since(said: Edtf) -> bool:
    """Whether only the start is given: "since 2003"."""
    return said.first is not None and said.last is None


def spoken(day: Edtf | date | None) -> str:
    """A date as a sentence says it: "27 June 2025", "June 2025", "winter 2025", "2012"."""
    if day is None:
        return "a day that the record does not give"
    when = as_edtf(day)
    if when.exact is not None:
        return in_words(when.exact)
    if "/" in when.text:
        return _spoken_interval(when)
    parts = when.text.rstrip("~?%").split("-")
    if len(parts) == 1:
        return parts[0]
    code = int(parts[1])
    return f"{_SEASON_NAMES[code] if code in SEASONS else calendar.month_name[code]} {parts[0]}"


def _spoken_interval(when: Edtf) -> str:
    start, end = opening(when), closing(when)
    if when.first is None:
        return f"until {spoken(end)}" if when.last is not None else "at any time"
    if when.last is None:
        return f"since {spoken(start)}"
    return f"between {spoken(start)} and {spoken(end)}"


def on_or_in(day: Edtf | date | None) -> str:
    """The date with its preposition: "on 27 June 2025", "in June 2025"."""
    if day is None:
        return "on a day that the record does not give"
    when = as_edtf(day)
    if when.exact is not None:
        return f"on {spoken(when)}"
    return spoken(when) if "/" in when.text else f"in {spoken(when)}"


def day_before(day: date) -> date:
    """The day before; the first day of the calendar stays itself."""
    return day if day == date.min else day - timedelta(days=1)
