"""Shapes that are dates by themselves or as seen from the day of publication.

Each function has the name of its shape in `data/times.yaml`, with the slots and the place from which the
text is read; it returns None where the words make no date.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from inforce.reading import times_calendar as cal
from inforce.reading.numerals import read_ordinal
from inforce.reading.time_model import Lean, Offset, Reading
from inforce.reading.times_grammar import words
from inforce.reading.times_slots import (
    PART_OF_YEAR,
    Seen,
    Slots,
    anchored,
    dated,
    deictic,
    hint_of,
    interval,
    month_of,
    part_of,
    plain,
    weekday_of,
)

Resolver = Callable[[Slots, Seen], Reading | None]

_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_DAYS_AWAY = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}
_WINTER = 24
#: A weekday that fits a date only further away than this is the writer's slip (days).
_WEEKDAY_REACH = 550


def yearly(slots: Slots, seen: Seen, month: int, day: int | None = None) -> Reading | None:
    """A month, season (21-24) or day with its year written, hinted at, or left out."""
    precision = "day" if day else ("season" if month > 12 else "month")
    if "year" in slots:
        text = cal.edtf(int(slots["year"]), month, day)
        return dated(precision, text) if text else None
    hint = hint_of(slots)
    if hint and hint[0] == "reference":
        return anchored(precision, Offset(hint[1], "year", month, day))
    if cal.edtf(2000, month, day) is None:
        return None
    if hint:
        year = seen.year(hint[1])
        return dated(precision, cal.edtf(year, month, day) if year else None, True)
    point = _yearless(seen, month, day, weekday_of(slots))
    return dated(precision, point, True, Offset(0, "year", month, day, seek="after"))


def _yearless(seen: Seen, month: int, day: int | None, weekday: int | None) -> str | None:
    if seen.published is None:
        return None
    near = cal.choose_year(lambda year: cal.edtf(year, month, day), seen.published, seen.lean)
    if weekday is None or day is None:
        return near

    def on_weekday(year: int) -> str | None:
        text = cal.edtf(year, month, day)
        return text if text and date.fromisoformat(text).weekday() == weekday else None

    named = cal.choose_year(on_weekday, seen.published, seen.lean)
    if named and abs((date.fromisoformat(named) - seen.published).days) < _WEEKDAY_REACH:
        return named
    return near


def day_month(slots: Slots, seen: Seen) -> Reading | None:
    month, word = month_of(slots), slots.get("dayword", "").lower()
    if word == "last":
        day: int | None = calendar.monthrange(int(slots.get("year", "2001")), month)[1]
    else:
        day = read_ordinal(word) if word else int(slots["day"])
    return yearly(slots, seen, month, day) if day and day <= 31 else None


def day_span(slots: Slots, seen: Seen) -> Reading | None:
    first, last = int(slots["day"]), int(slots["day2"])
    end = yearly(slots, seen, month_of(slots), last)
    if end is None or first >= last:
        return None
    return interval(f"{end.point[:8]}{first:02d}/{end.point}" if end.point else None, end.relative)


def new_year_day(slots: Slots, seen: Seen) -> Reading | None:
    number = read_ordinal(slots["dayword"])
    if not number:
        return None
    if seen.published is None:
        return dated("day", None, True)
    # In January the new year is the one that has begun.
    year = seen.published.year + (seen.published.month > 1)
    first = cal.edtf(year, 1, 1)
    return dated(
        "day", cal.shift(date.fromisoformat(first), "day", Offset(number - 1, "day")) if first else None, True
    )


def iso(slots: Slots, seen: Seen) -> Reading | None:
    text = cal.edtf(int(slots["year"]), int(slots["m2"]), int(slots["dd"]))
    return dated("day", text) if text else None


def dotted(slots: Slots, seen: Seen) -> Reading | None:
    """Day, month, year with points between, as on the Continent."""
    year = int(slots["year"]) if "year" in slots else 2000 + int(slots["yy"])
    text = cal.edtf(year, int(slots["mm"]) if "mm" in slots else month_of(slots), int(slots["day"]))
    return dated("day", text) if text else None


def slashed(slots: Slots, seen: Seen) -> Reading | None:
    """Day first or month first: where both would do, only the year is sure."""
    year, one, two = int(slots["year"]), int(slots["day"]), int(slots["day2"])
    readings = {cal.edtf(year, m, d) for d, m in ((one, two), (two, one)) if m <= 12} - {None}
    if not readings:
        return None
    return dated("day", readings.pop()) if len(readings) == 1 else dated("year", cal.edtf(year))


def month(slots: Slots, seen: Seen) -> Reading | None:
    return yearly(slots, seen, month_of(slots))


def deictic_month(slots: Slots, seen: Seen) -> Reading | None:
    return _recurring(month_of(slots), deictic(slots), seen)


def _recurring(code: int, which: int, seen: Seen) -> Reading:
    """A month or season with "last", "this" or "next" before it."""
    precision = "season" if code > 12 else "month"
    if seen.published is None:
        return dated(precision, None, True)

    def make(year: int) -> str | None:
        return cal.edtf(year, code)

    # "This spring" is this year's, over or not; a winter has two years.
    if which == 0 and code != _WINTER:
        return dated(precision, make(seen.published.year), True)
    leans: dict[int, Lean] = {-1: "over", 1: "to come"}
    lean = leans.get(which) or seen.lean
    return dated(precision, cal.choose_year(make, seen.published, lean), True)


def year(slots: Slots, seen: Seen) -> Reading | None:
    number, part = int(slots["year"]), part_of(slots)
    if part in PART_OF_YEAR:
        return dated("month", cal.edtf(number, PART_OF_YEAR[part]))
    return dated("year", cal.edtf(number))


def year_pair(slots: Slots, seen: Seen) -> Reading | None:
    first = int(slots["year"])
    last = int(slots["year2"]) if "year2" in slots else first - first % 100 + int(slots["yy"])
    return interval(f"{first}/{last}") if last > first else None


def decade(slots: Slots, seen: Seen) -> Reading | None:
    first = (
        int(slots["decade"]) if "decade" in slots else 1920 + 10 * _DECADES.index(slots["nineties"].lower())
    )
    return interval(f"{first}/{first + 9}")


def century(slots: Slots, seen: Seen) -> Reading | None:
    number = read_ordinal(slots["dayword"])
    return interval(f"{100 * number - 99:04d}/{100 * number:04d}") if number and number < 100 else None


def season(slots: Slots, seen: Seen) -> Reading | None:
    name = slots["season"].lower()
    if "deictic" in slots:
        return _recurring(words().seasons[name], deictic(slots), seen)
    if name == "fall" and "year" not in slots and "hint" not in slots:
        return None
    return yearly(slots, seen, words().seasons[name])


def quarter(slots: Slots, seen: Seen) -> Reading | None:
    number = int(slots["q"]) if "q" in slots else _nth(slots["ordinal"], 4)
    return _months(slots, seen, 3 * number - 2, 3) if number else None


def half(slots: Slots, seen: Seen) -> Reading | None:
    number = int(slots["h"]) if "h" in slots else _nth(slots["ordinal"], 2)
    return _months(slots, seen, 6 * number - 5, 6) if number else None


def _nth(word: str, count: int) -> int | None:
    number = count if word.lower() == "last" else read_ordinal(word)
    return number if number and number <= count else None


def _months(slots: Slots, seen: Seen, first: int, length: int) -> Reading | None:
    hint = hint_of(slots)
    if hint and hint[0] != "published":
        return None
    year = int(slots["year"]) if "year" in slots else seen.year(hint[1] if hint else 0)
    point = f"{year}-{first:02d}/{year}-{first + length - 1:02d}" if year else None
    return interval(point, relative="year" not in slots)


def weekday(slots: Slots, seen: Seen) -> Reading | None:
    number = words().weekdays.get(slots["weekday"].lower())
    if number is None:
        return None
    if seen.published is None:
        return dated("day", None, True)
    week = words().deictic[slots["week"].lower()] if "week" in slots else None
    which = deictic(slots) if "deictic" in slots else None
    days = _days_to_weekday(number - seen.published.weekday(), week, which, seen.lean)
    return dated("day", cal.shift(seen.published, "day", Offset(days, "day")), True)


def _days_to_weekday(ahead: int, week: int | None, which: int | None, lean: Lean | None) -> int:
    """Days from publication to a weekday that lies `ahead` days on in the same week, Monday to Sunday."""
    if week is not None:
        return ahead + 7 * week
    if which is not None and which > 0:
        return (ahead - 1) % 7 + 1
    if which is not None and which < 0:
        return -((-ahead - 1) % 7 + 1)
    if which == 0 and lean not in ("past", "future"):
        return ahead
    return ahead % 7 if lean in ("future", "ahead") else -(-ahead % 7)


def now(slots: Slots, seen: Seen) -> Reading | None:
    word = plain(slots.get("nowword", ""))
    if not word and "yesterday" in slots:
        word = plain(slots["yesterday"])
    days = Offset(_DAYS_AWAY.get(word, 0), "day")
    return dated("day", cal.shift(seen.published, "day", days) if seen.published else None, True)


def deictic_period(slots: Slots, seen: Seen) -> Reading | None:
    if "day" in slots:
        return _day_of_month(int(slots["day"]), deictic(slots), seen)
    return _period(slots["period"].lower(), deictic(slots), seen)


def _day_of_month(day: int, which: int, seen: Seen) -> Reading | None:
    """ "The 8th of this month"."""
    month = cal.shift(seen.published, "month", Offset(which, "month")) if seen.published else None
    return dated("day", cal.edtf(int(month[:4]), int(month[5:7]), day) if month else None, True)


def _period(period: str, which: int, seen: Seen) -> Reading | None:
    today = seen.published
    if today is None:
        return dated(period, None, True)
    if period == "week":
        return interval(cal.week_of(today, which), True, "week")
    if period == "weekend":
        week = cal.week_of(today, which)
        saturday = date.fromisoformat(week[11:]) - timedelta(days=1) if week else None
        return interval(f"{saturday}/{week[11:]}", True) if week else None
    if period in ("month", "year"):
        return dated(period, cal.shift(today, period, Offset(which, period)), True)
    length = 10 if period == "decade" else 100
    first = today.year - today.year % length + which * length
    return interval(f"{first:04d}/{first + length - 1:04d}" if 0 < first <= 10_000 - length else None, True)


def period_part(slots: Slots, seen: Seen) -> Reading | None:
    """The end of this month is told as the month, the end of this year as its December."""
    period, part = slots.get("period", "").lower(), part_of(slots)
    if "close" in slots:
        period, part = slots["close"].lower(), "end"
    if part == "turn" and period != "year":
        return None
    whole = _period(period, deictic(slots) if "deictic" in slots else 0, seen)
    if whole is None or whole.point is None or period != "year" or part not in PART_OF_YEAR:
        return whole
    return dated("month", cal.edtf(int(whole.point), PART_OF_YEAR[part]), True)


def holiday(slots: Slots, seen: Seen) -> Reading | None:
    feast = words().holidays[plain(slots["holiday"])]
    if "deictic" in slots and deictic(slots):
        seen = Seen(seen.published, "past" if deictic(slots) < 0 else "future")
    return yearly(slots, seen, feast[0], feast[1])


RESOLVERS: dict[str, Resolver] = {
    f.__name__: f
    for f in (
        day_month,
        day_span,
        new_year_day,
        iso,
        dotted,
        slashed,
        month,
        deictic_month,
        year,
        year_pair,
        decade,
        century,
        season,
        quarter,
        half,
        weekday,
        now,
        deictic_period,
        period_part,
        holiday,
    )
}
