"""What each shape of `data/times.yaml` means on a day of publication. Pure: no text but the slots."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from inforce.dates import add_months
from inforce.reading import times_calendar as cal
from inforce.reading.numerals import read_number, read_ordinal
from inforce.reading.time_model import Lean, Offset, Reading
from inforce.reading.times_grammar import Candidate, candidates, words

Slots = dict[str, str]
Resolver = Callable[[Slots, date | None, Lean | None], Reading | None]

_RESOLVERS: dict[str, Resolver] = {}
_QUOTES = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "\n": " "})
_PART_OF_YEAR = {"beginning": 1, "start": 1, "turn": 1, "middle": 6, "end": 12, "close": 12}


def _shape(name: str) -> Callable[[Resolver], Resolver]:
    def enter(resolver: Resolver) -> Resolver:
        _RESOLVERS[name] = resolver
        return resolver

    return enter


@lru_cache(maxsize=32768)
def read(span: str, published: date | None, prefer: Lean | None) -> tuple[Candidate, Reading] | None:
    """The meaning of one expression, and the shape it has; None where it means no time."""
    for candidate in candidates(span):
        reading = _RESOLVERS[candidate.shape](candidate.slots, published, prefer)
        if reading is not None:
            return candidate, reading
    return None


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).lower().split())


def _month(slots: Slots) -> int:
    name = slots["month"].rstrip(".").capitalize()
    listed = words()
    return listed.months.get(name) or listed.month_abbreviations[name]


def _weekday(slots: Slots) -> int | None:
    name = slots.get("weekday", "").rstrip(".")
    listed = words()
    return listed.weekdays.get(name.lower(), listed.weekday_abbreviations.get(name.capitalize()))


def _unit(slots: Slots) -> str:
    name = slots["unit"].lower()
    return words().units.get(name) or words().units[name.removesuffix("s")]


def _amount(text: str) -> float | None:
    plain = _plain(text).replace("-", " ").replace("‑", " ")
    fixed = {
        "half": 0.5,
        "half a": 0.5,
        "half an": 0.5,
        "a half": 0.5,
        "a couple of": 2.0,
        "a": 1.0,
        "an": 1.0,
    }
    if plain in fixed:
        return fixed[plain]
    if plain.startswith("a quarter of"):
        return 0.25
    return 1.0 if plain == "another" else read_number(plain)


def _length(slots: Slots) -> Offset | None:
    amount = _amount(slots["num"])
    if amount is None:
        return None
    return cal.step(amount + (0.5 if slots.get("half") else 0.0), _unit(slots))


def _hint(slots: Slots) -> tuple[str, int] | None:
    """Whose year a hint names: ("published" or "reference", how many years away)."""
    hint = _plain(slots.get("hint", ""))
    if not hint:
        return None
    if hint == "the new year":
        return "new", 1
    word = hint.removesuffix(" year")
    if word in words().anaphoric:
        return "reference", words().anaphoric[word]
    if hint.startswith("the year"):
        return "reference", 1 if hint.endswith("after") else -1
    return "published", words().deictic[word]


def _point(
    precision: str, point: str | None, relative: bool = False, offset: Offset | None = None
) -> Reading:
    return Reading("date", precision, point, relative, offset=offset)


def _anchored(precision: str, offset: Offset, duration: str | None = None) -> Reading:
    return Reading("date", precision, None, True, duration, offset, anchor=True)


def _yearly(
    slots: Slots,
    month: int,
    day: int | None,
    published: date | None,
    prefer: Lean | None,
    weekday: int | None = None,
) -> Reading | None:
    """A month, day or season with its year written, hinted at, or left out."""
    precision = "day" if day else ("season" if month > 12 else "month")
    if "year" in slots:
        text = cal.edtf(int(slots["year"]), month, day)
        return _point(precision, text) if text else None
    hint = _hint(slots)
    if hint and hint[0] == "reference":
        return _anchored(precision, Offset(hint[1], "year", month, day))
    if cal.edtf(2000, month, day) is None:
        return None
    if hint:
        year = published.year + hint[1] if published else None
        return _point(precision, cal.edtf(year, month, day) if year else None, True)
    offset = Offset(0, "year", month, day, seek="after")
    if published is None:
        return _point(precision, None, True, offset)
    return _point(precision, _yearless(month, day, weekday, published, prefer), True, offset)


def _yearless(
    month: int, day: int | None, weekday: int | None, published: date, prefer: Lean | None
) -> str | None:
    def on_weekday(year: int) -> str | None:
        text = cal.edtf(year, month, day)
        bounds = cal.span_of(text) if text else None
        return text if bounds and bounds[0].weekday() == weekday else None

    def any_day(year: int) -> str | None:
        return cal.edtf(year, month, day)

    near = cal.choose_year(any_day, published, prefer)
    if weekday is None or day is None:
        return near
    named = cal.choose_year(on_weekday, published, prefer)
    bounds = cal.span_of(named) if named else None
    # A weekday that fits no year nearby is the writer's slip and decides nothing.
    return named if bounds and abs((bounds[0] - published).days) < 550 else near


@_shape("day_month")
def _day_month(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    month = _month(slots)
    if "dayword" in slots:
        day = 31 if slots["dayword"].lower() == "last" else read_ordinal(slots["dayword"])
        if slots["dayword"].lower() == "last":
            day = calendar.monthrange(int(slots.get("year", "2001")), month)[1]
    else:
        day = int(slots["day"])
    if not day or day > 31:
        return None
    return _yearly(slots, month, day, published, prefer, _weekday(slots))


@_shape("day_span")
def _day_span(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    month, first, last = _month(slots), int(slots["day"]), int(slots["day2"])
    if first >= last:
        return None
    end = _yearly(slots, month, last, published, prefer)
    if end is None:
        return None
    start = end.point[:8] + f"{first:02d}" if end.point else None
    return Reading("span", "interval", f"{start}/{end.point}" if start else None, end.relative)


@_shape("new_year_day")
def _new_year_day(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    number = read_ordinal(slots["dayword"])
    if not number:
        return None
    if published is None:
        return _point("day", None, True)
    # In January the new year is this one.
    year = published.year if published.month == 1 else published.year + 1
    try:
        return _point("day", (date(year, 1, 1) + timedelta(days=number - 1)).isoformat(), True)
    except (ValueError, OverflowError):
        return None


@_shape("iso")
def _iso(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    text = cal.edtf(int(slots["year"]), int(slots["m2"]), int(slots["dd"]))
    return _point("day", text) if text else None


@_shape("dotted")
def _dotted(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    month = int(slots["mm"]) if "mm" in slots else _month(slots)
    text = cal.edtf(int(slots["year"]), month, int(slots["day"]))
    return _point("day", text) if text else None


@_shape("slashed")
def _slashed(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    """Day first or month first: where both would do, only the year is sure."""
    year, one, two = int(slots["year"]), int(slots["day"]), int(slots["day2"])
    readings = {cal.edtf(year, m, d) for d, m in ((one, two), (two, one)) if m <= 12} - {None}
    if not readings:
        return None
    return _point("day", readings.pop()) if len(readings) == 1 else _point("year", cal.edtf(year))


@_shape("month")
def _month_of_year(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    return _yearly(slots, _month(slots), None, published, prefer)


def _deictic(slots: Slots) -> int:
    return words().deictic[_plain(slots["deictic"])]


def _recurring(code: int, which: int, published: date | None, prefer: Lean | None) -> Reading:
    """A month or season with "last", "this" or "next" before it."""
    precision = "season" if code > 12 else "month"
    if published is None:
        return _point(precision, None, True)

    def make(year: int) -> str | None:
        return cal.edtf(year, code)

    if which == 0:
        if prefer in ("past", "future") or code > 12:
            return _point(precision, cal.choose_year(make, published, prefer), True)
        return _point(precision, make(published.year), True)
    options = [(t, cal.span_of(t)) for t in map(make, range(published.year - 2, published.year + 3)) if t]
    if which < 0:
        past = [t for t, b in options if b and b[1] < published]
        return _point(precision, past[-1] if past else None, True)
    future = [t for t, b in options if b and b[0] > published]
    return _point(precision, future[0] if future else None, True)


@_shape("deictic_month")
def _deictic_month(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    return _recurring(_month(slots), _deictic(slots), published, prefer)


def _anaphoric(slots: Slots) -> int:
    if "anaphoric" in slots:
        return words().anaphoric[_plain(slots["anaphoric"])]
    return -1 if slots["side"].lower() in ("before", "earlier") else 1


def _anaphoric_code(slots: Slots, code: int) -> Reading:
    way = _anaphoric(slots)
    seek = {1: "next", -1: "before"}.get(way)
    return _anchored("season" if code > 12 else "month", Offset(way, "year", code, seek=seek))  # type: ignore[arg-type]


@_shape("anaphoric_month")
def _anaphoric_month(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    return _anaphoric_code(slots, _month(slots))


@_shape("year")
def _year(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    year = int(slots["year"])
    part = _plain(slots.get("part", "")).removeprefix("the ").removesuffix(" of")
    if part in _PART_OF_YEAR:
        return _point("month", cal.edtf(year, _PART_OF_YEAR[part]))
    return _point("year", cal.edtf(year))


@_shape("year_pair")
def _year_pair(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    year, short = int(slots["year"]), int(slots["yy"])
    last = year - year % 100 + short
    return Reading("span", "interval", f"{year}/{last}") if last > year else None


@_shape("decade")
def _decade(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    if "decade" in slots:
        first = int(slots["decade"])
    else:
        first = 1900 + 10 * (slots_decades().index(slots["nineties"].lower()) + 2)
    return Reading("span", "interval", f"{first}/{first + 9}")


def slots_decades() -> list[str]:
    """The names of the decades of the twentieth century, from the twenties on."""
    return "twenties thirties forties fifties sixties seventies eighties nineties".split()


@_shape("season")
def _season(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    name = slots["season"].lower()
    code = words().seasons[name]
    if "deictic" in slots:
        return _recurring(code, _deictic(slots), published, prefer)
    if name == "fall" and "year" not in slots and "hint" not in slots:
        return None
    return _yearly(slots, code, None, published, prefer)


@_shape("anaphoric_season")
def _anaphoric_season(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    return _anaphoric_code(slots, words().seasons[slots["season"].lower()])


def _months_span(slots: Slots, first: int, length: int, published: date | None) -> Reading | None:
    hint = _hint(slots)
    if "year" in slots:
        year: int | None = int(slots["year"])
    elif hint and hint[0] == "published":
        year = published.year + hint[1] if published else None
    else:
        return None
    point = f"{year}-{first:02d}/{year}-{first + length - 1:02d}" if year else None
    return Reading("span", "interval", point, relative=hint is not None)


@_shape("quarter")
def _quarter(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    number = int(slots["q"]) if "q" in slots else _nth(slots["ordinal"], 4)
    return _months_span(slots, 3 * number - 2, 3, published) if number else None


@_shape("half")
def _half(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    number = _nth(slots["ordinal"], 2)
    return _months_span(slots, 6 * number - 5, 6, published) if number else None


def _nth(word: str, count: int) -> int | None:
    number = count if word.lower() == "last" else read_ordinal(word)
    return number if number and number <= count else None


@_shape("weekday")
def _weekday_of(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    name = slots["weekday"].lower()
    if name not in words().weekdays:
        return None
    if published is None:
        return _point("day", None, True)
    weekday = words().weekdays[name]
    in_week = published + timedelta(days=weekday - published.weekday())
    which: int | None = _deictic(slots) if "deictic" in slots else None
    if "week" in slots:
        day = in_week + timedelta(days=7 * words().deictic[slots["week"].lower()])
    elif which == 0 and prefer not in ("past", "future"):
        day = in_week
    elif which in (None, 0) and prefer in (None, "past", "onward"):
        day = published - timedelta(days=(published.weekday() - weekday) % 7)
    elif which in (None, 0):
        day = published + timedelta(days=(weekday - published.weekday()) % 7)
    elif which is not None and which < 0:
        day = published - timedelta(days=((published.weekday() - weekday - 1) % 7) + 1)
    else:
        day = published + timedelta(days=((weekday - published.weekday() - 1) % 7) + 1)
    return _point("day", day.isoformat(), True)


@_shape("anaphoric_weekday")
def _anaphoric_weekday(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    weekday = words().weekdays.get(slots["weekday"].lower())
    if weekday is None:
        return None
    way = _anaphoric(slots)
    seek = {1: "next", -1: "before"}.get(way)
    return _anchored("day", Offset(way, "week", weekday=weekday, seek=seek))  # type: ignore[arg-type]


@_shape("now")
def _now(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    word = _plain(slots.get("nowword", ""))
    days = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2}
    days["the day after tomorrow"] = 2
    return _days_away(days.get(word, 0), published)


def _days_away(days: int, published: date | None) -> Reading:
    point = cal.shift(published, "day", Offset(days, "day")) if published else None
    return _point("day", point, True)


def _period(period: str, which: int, published: date | None) -> Reading | None:
    if published is None:
        return _point(period, None, True)
    if period == "week":
        return Reading("span", "week", cal.week_of(published, which), True)
    if period == "weekend":
        week = cal.week_of(published, which)
        if week is None:
            return None
        sunday = date.fromisoformat(week[11:])
        return Reading("span", "interval", f"{sunday - timedelta(days=1)}/{sunday}", True)
    if period in ("month", "year"):
        return _point(period, cal.shift(published, period, Offset(which, period)), True)
    length = 10 if period == "decade" else 100
    first = published.year - published.year % length + which * length
    return Reading("span", "interval", f"{first:04d}/{first + length - 1:04d}", True)


@_shape("deictic_period")
def _deictic_period(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    return _period(slots["period"].lower(), _deictic(slots), published)


@_shape("period_part")
def _period_part(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    """The end of the month is told as the month, the end of the year as December."""
    period = slots.get("period", "year").lower()
    part = _plain(slots.get("part", "the end of")).removeprefix("the ").removesuffix(" of")
    if period in ("decade", "century", "weekend"):
        return None if part == "turn" else _period(period, 0, published)
    which = _deictic(slots) if "deictic" in slots else 0
    whole = _period(period, which, published)
    if whole is None or period != "year" or part not in _PART_OF_YEAR:
        return whole
    point = cal.edtf(int(whole.point), _PART_OF_YEAR[part]) if whole.point else None
    return _point("month", point, True)


@_shape("anaphoric_part")
def _anaphoric_part(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    period = slots["period"].lower()
    if period not in ("week", "month", "year"):
        return None
    part = _plain(slots["part"]).removeprefix("the ").removesuffix(" of")
    month = _PART_OF_YEAR.get(part) if period == "year" else None
    return _anchored("month" if month else period, Offset(_anaphoric(slots), period, month))


@_shape("ago")
def _ago(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    length = _length(slots)
    if length is None:
        return None
    exact = _plain(slots.get("sharp", "")) in ("today", "to the day") or _is_exact(slots)
    back = Offset(-length.amount, length.unit, exact=exact)
    point = cal.shift(published, "day", back) if published else None
    return Reading("date", _grain(back), point, True, cal.iso_duration(length))


def _grain(offset: Offset) -> str:
    return "day" if offset.exact or offset.unit == "week" else offset.unit


def _is_exact(slots: Slots) -> bool:
    return _plain(slots.get("exact", "")) in ("exactly", "precisely") or "to the day" in _plain(
        slots.get("shift", "")
    )


@_shape("from_now")
def _from_now(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    """ "In six months" looks ahead in a plan; in a report of the past it is a length of time."""
    length = _length(slots)
    if length is None:
        return None
    duration = cal.iso_duration(length)
    bare = "time" not in slots and "exact" not in slots
    if bare and (prefer == "past" or (length.unit == "year" and prefer != "future")):
        return Reading("duration", _grain(length), duration=duration)
    ahead = Offset(length.amount, length.unit, exact=_is_exact(slots))
    point = cal.shift(published, "day", ahead) if published else None
    return Reading("date", _grain(ahead), point, True, duration)


@_shape("shifted")
def _shifted(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    length = _length(slots)
    if length is None:
        return None
    way = _plain(slots["shift"])
    back = way in ("earlier", "before", "beforehand", "previously", "to the day before")
    offset = Offset(-length.amount if back else length.amount, length.unit, exact=_is_exact(slots))
    return _anchored(_grain(offset), offset, cal.iso_duration(length))


@_shape("holiday")
def _holiday(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    month, day = words().holidays[_plain(slots["holiday"])]
    if "deictic" in slots:
        prefer = {-1: "past", 1: "future"}.get(_deictic(slots), prefer)
    return _yearly(slots, month, day, published, prefer)


@_shape("by_holiday")
def _by_holiday(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    length = _length(slots) if "num" in slots else cal.step(1, _unit(slots))
    feast = _holiday(slots, published, prefer)
    if length is None or feast is None:
        return None
    if feast.point is None:
        return _point("day", None, True)
    amount = -length.amount if slots["side"].lower() == "before" else length.amount
    point = cal.shift(date.fromisoformat(feast.point), "day", Offset(amount, length.unit))
    return _point(_grain(length), point, True)


@_shape("anaphoric_unit")
def _anaphoric_unit(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    unit = _unit(slots) if "unit" in slots else "day"
    if slots.get("unit", "").lower() != unit:
        if "unit" in slots:
            return None
        unit = "day"
    if unit not in ("day", "week", "month", "year"):
        return None
    return _anchored(unit, Offset(_anaphoric(slots), unit))


@_shape("duration")
def _duration(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    length = _length({"num": "half", **slots})
    if length is None:
        return None
    return Reading("duration", _grain(length), duration=cal.iso_duration(length))


@_shape("immediate")
def _immediate(slots: Slots, published: date | None, prefer: Lean | None) -> Reading | None:
    return Reading("duration", "day", duration="P0D")


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
    if offset.unit == "week" and offset.amount in (-1, 0, 1) and not offset.exact:
        moved = cal.shift(day, fineness, offset)
        return moved if fineness == "day" else reference if offset.amount == 0 else moved
    return cal.shift(day, fineness, offset)


def _seek_month(offset: Offset, first: date, last: date) -> str | None:
    def make(year: int) -> str | None:
        return cal.edtf(year, offset.month, offset.day)

    if offset.seek is None:
        return make(first.year + offset.amount)
    options = [(t, cal.span_of(t)) for t in map(make, range(first.year - 1, first.year + 9)) if t]
    if offset.seek == "before":
        return next((t for t, b in reversed(options) if b and b[1] < first), None)
    bound = first if offset.seek == "after" else last
    strict = offset.seek != "after"
    return next((t for t, b in options if b and (b[0] > bound if strict else b[1] >= bound)), None)


def _seek_weekday(offset: Offset, day: date) -> str | None:
    weekday = offset.weekday or 0
    if offset.seek is None:
        days = weekday - day.weekday()
    elif offset.seek == "before":
        days = -(((day.weekday() - weekday - 1) % 7) + 1)
    else:
        days = ((weekday - day.weekday() - 1) % 7) + 1
    try:
        return add_months(day + timedelta(days=days), 0).isoformat()
    except (ValueError, OverflowError):
        return None
