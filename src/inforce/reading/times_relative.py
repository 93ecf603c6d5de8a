"""Shapes that step away from publication or from another date of the text, and lengths of time.

Each function has the name of its shape in `data/times.yaml`.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from inforce.reading import times_calendar as cal
from inforce.reading.time_model import Offset, Reading
from inforce.reading.times_absolute import Resolver, holiday
from inforce.reading.times_grammar import words
from inforce.reading.times_slots import (
    PART_OF_YEAR,
    Seen,
    Slots,
    anaphoric,
    anchored,
    dated,
    grain,
    hint_of,
    is_exact,
    length_of,
    month_of,
    part_of,
    plain,
    unit_of,
)

_BACK = ("earlier", "before", "beforehand", "previously", "to the day before")


def ago(slots: Slots, seen: Seen) -> Reading | None:
    length = length_of(slots)
    if length is None:
        return None
    back = msgspec.structs.replace(length, amount=-length.amount, exact=is_exact(slots))
    point = cal.shift(seen.published, "day", back) if seen.published else None
    duration = cal.iso_duration(length)
    if plain(slots.get("sharp", "")) in ("this week", "this month"):
        return _ago_around(plain(slots["sharp"]), back, duration, seen)
    return Reading("date", grain(back), point, True, duration)


def _ago_around(when: str, back: Offset, duration: str, seen: Seen) -> Reading:
    """ "A year ago this week": the week of the same day."""
    day = (
        cal.shift(seen.published, "day", msgspec.structs.replace(back, exact=True))
        if seen.published
        else None
    )
    if when == "this month":
        return Reading("date", "month", day[:7] if day else None, True, duration)
    week = cal.week_of(date.fromisoformat(day)) if day else None
    return Reading("span", "week", week, True, duration)


def from_now(slots: Slots, seen: Seen) -> Reading | None:
    """ "In six months" looks ahead in a plan; in a report of the past it is a length of time."""
    length = length_of(slots)
    if length is None:
        return None
    duration = cal.iso_duration(length)
    bare = "time" not in slots and "now" not in slots and not is_exact(slots)
    if bare and (seen.lean == "past" or (length.unit == "year" and seen.lean != "future")):
        return Reading("duration", grain(length), duration=duration)
    ahead = msgspec.structs.replace(length, exact=is_exact(slots))
    point = cal.shift(seen.published, "day", ahead) if seen.published else None
    return Reading("date", grain(ahead), point, True, duration)


def shifted(slots: Slots, seen: Seen) -> Reading | None:
    length = length_of(slots)
    if length is None:
        return None
    way = -1 if plain(slots["shift"]) in _BACK else 1
    offset = msgspec.structs.replace(length, amount=way * length.amount, exact=is_exact(slots))
    return anchored(grain(offset), offset, cal.iso_duration(length))


def by_holiday(slots: Slots, seen: Seen) -> Reading | None:
    length = length_of(slots) if "num" in slots else cal.step(1, unit_of(slots))
    feast = holiday(slots, seen)
    if length is None or feast is None or feast.anchor:
        return None
    if feast.point is None:
        return dated("day", None, True)
    way = -1 if slots["side"].lower() == "before" else 1
    step = msgspec.structs.replace(length, amount=way * length.amount)
    return dated(grain(length), cal.shift(date.fromisoformat(feast.point), "day", step), True)


def anaphoric_month(slots: Slots, seen: Seen) -> Reading | None:
    return _anaphoric_code(slots, month_of(slots))


def anaphoric_season(slots: Slots, seen: Seen) -> Reading | None:
    return _anaphoric_code(slots, words().seasons[slots["season"].lower()])


def _anaphoric_code(slots: Slots, code: int) -> Reading:
    way = anaphoric(slots)
    offset = Offset(way, "year", code)
    if way:
        offset = msgspec.structs.replace(offset, seek="next" if way > 0 else "before")
    return anchored("season" if code > 12 else "month", offset)


def anaphoric_weekday(slots: Slots, seen: Seen) -> Reading | None:
    number = words().weekdays.get(slots["weekday"].lower())
    if number is None:
        return None
    way = anaphoric(slots)
    offset = Offset(way, "week", weekday=number)
    if way:
        offset = msgspec.structs.replace(offset, seek="next" if way > 0 else "before")
    return anchored("day", offset)


def anaphoric_unit(slots: Slots, seen: Seen) -> Reading | None:
    unit = "day"
    if "unit" in slots:
        unit = unit_of(slots)
        # "the same years" is no date.
        if slots["unit"].lower() != unit or unit not in ("day", "week", "month", "year"):
            return None
    hint = hint_of(slots)
    if hint is None:
        return anchored(unit, Offset(anaphoric(slots), unit))
    if hint[0] == "reference" or unit not in ("day", "month"):
        return anchored(unit, Offset(hint[1], "year", exact=True))
    return anchored(unit, Offset(anaphoric(slots), unit, year=seen.year(hint[1])))


def anaphoric_part(slots: Slots, seen: Seen) -> Reading | None:
    period = slots["period"].lower()
    if period not in ("week", "month", "year"):
        return None
    month = PART_OF_YEAR.get(part_of(slots)) if period == "year" else None
    return anchored("month" if month else period, Offset(anaphoric(slots), period, month))


def day_alone(slots: Slots, seen: Seen) -> Reading | None:
    """ "On the 13th": that day of the month of another date."""
    day = int(slots["day"])
    return anchored("day", Offset(0, "month", day=day)) if 1 <= day <= 31 else None


def duration(slots: Slots, seen: Seen) -> Reading | None:
    length = length_of({"num": "half", **slots})
    return Reading("duration", grain(length), duration=cal.iso_duration(length)) if length else None


def immediate(slots: Slots, seen: Seen) -> Reading | None:
    return Reading("duration", "day", duration="P0D")


RESOLVERS: dict[str, Resolver] = {
    f.__name__: f
    for f in (
        ago,
        from_now,
        shifted,
        by_holiday,
        anaphoric_month,
        anaphoric_season,
        anaphoric_weekday,
        anaphoric_unit,
        anaphoric_part,
        day_alone,
        duration,
        immediate,
    )
}


def follow(offset: Offset, reference: str) -> str | None:
    """The date that `offset` leads to from an EDTF date; None where it leads nowhere certain."""
    bounds = cal.span_of(reference)
    if bounds is None:
        return None
    day, fineness = bounds[0], cal.fineness_of(reference)
    if offset.weekday is not None:
        return _seek_weekday(offset, day) if fineness == "day" else None
    if offset.month is not None:
        return _seek_month(offset, day, bounds[1])
    if offset.day is not None:
        return cal.edtf(day.year, day.month, offset.day) if fineness in ("day", "month") else None
    if offset.amount == 0 and cal.coarser(offset.unit, fineness) == fineness and offset.year is None:
        return reference
    if offset.unit in ("day", "week") and fineness != "day" and not offset.year:
        # A day more or less than "May" may still be May, or not.
        return None
    point = cal.shift(day, fineness, offset)
    return f"{offset.year:04d}{point[4:]}" if point and offset.year else point


def _seek_month(offset: Offset, first: date, last: date) -> str | None:
    def make(year: int) -> str | None:
        return cal.edtf(year, offset.month, offset.day)

    if offset.seek is None:
        return make(first.year + offset.amount)
    options = [
        (t, b) for y in range(first.year - 1, first.year + 9) if (t := make(y)) and (b := cal.span_of(t))
    ]
    if offset.seek == "before":
        return next((t for t, b in reversed(options) if b[1] < first), None)
    if offset.seek == "next":
        return next((t for t, b in options if b[0] > last), None)
    return next((t for t, b in options if b[1] >= first), None)


def _seek_weekday(offset: Offset, day: date) -> str | None:
    ahead = (offset.weekday or 0) - day.weekday()
    if offset.seek == "before":
        ahead = -((-ahead - 1) % 7 + 1)
    elif offset.seek is not None:
        ahead = (ahead - 1) % 7 + 1
    try:
        return (day + timedelta(days=ahead)).isoformat()
    except OverflowError:
        return None
