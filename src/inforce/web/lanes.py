"""A state's treaties as lanes: bars from day to day on one scale of years, drawn in parts of a thousand."""

from __future__ import annotations

import datetime as dt

import msgspec

from inforce import law
from inforce.record.model import Record
from inforce.reports.tables import status_words
from inforce.vocabulary import Status

#: Width of the drawing; a bar's place and width are parts of it.
_WHOLE = 1000.0
_TICKS = 5
_AHEAD = dt.timedelta(days=730)

_NOTHING = (Status.NONE, Status.NOT_OPEN)


class Bar(msgspec.Struct, frozen=True):
    """One stretch of a lane: its status (`open` where a partial date leaves it so), and where it is drawn."""

    kind: str
    words: str
    since: dt.date
    until: dt.date | None
    x: float
    width: float


class Lane(msgspec.Struct, frozen=True):
    """One treaty: the bars, the status on the day asked about in words, and whether it binds then.

    `bound` is None where that is contested or a partial date leaves it open.
    """

    treaty: str
    bars: tuple[Bar, ...]
    kind: str
    words: str
    bound: bool | None


class Scale(msgspec.Struct, frozen=True):
    """The days between which the lanes run, years on the axis, and where the day asked about is."""

    first: dt.date
    last: dt.date
    ticks: tuple[tuple[int, float], ...]
    here: float


def lanes(
    record: Record, participant: str, *, on: dt.date, known_by: dt.date, today: dt.date
) -> tuple[Scale, tuple[Lane, ...]]:
    """The lanes of every treaty under which the participant ever stood otherwise than outside.

    Ordered by the first day on which it did. The scale reaches two years beyond today, so that what is
    notified and has not taken effect is seen.
    """
    by = None if known_by >= today else known_by
    lines = {key: law.timeline(record, participant, key, by) for key in record.treaties}
    acted = {
        key: [one for one in line.stretches if one.status not in _NOTHING] for key, line in lines.items()
    }
    there = sorted((found[0].start, key) for key, found in acted.items() if found)
    first = min([on, today, *(start for start, _ in there)]).replace(month=1, day=1)
    last = min(max(on, today), dt.date.max - _AHEAD) + _AHEAD
    scale = Scale(first, last, _ticks(first, last), _place(on, first, last))
    return scale, tuple(_lane(key, acted[key], lines[key].at(on), scale) for _, key in there)


def _lane(key: str, stretches: list[law.Stretch], now: law.Stretch, scale: Scale) -> Lane:
    bars = tuple(_bar(one, scale) for one in stretches if one.start < scale.last)
    return Lane(key, bars, str(now.status or "open"), status_words(now.status, now.possible), now.bound)


def _bar(stretch: law.Stretch, scale: Scale) -> Bar:
    start = _place(stretch.start, scale.first, scale.last)
    end = _place(min(stretch.end or scale.last, scale.last), scale.first, scale.last)
    words = status_words(stretch.status, stretch.possible)
    return Bar(str(stretch.status or "open"), words, stretch.start, stretch.end, start, round(end - start, 1))


def _place(day: dt.date, first: dt.date, last: dt.date) -> float:
    return round(_WHOLE * (day - first).days / (last - first).days, 1)


def _ticks(first: dt.date, last: dt.date) -> tuple[tuple[int, float], ...]:
    """About five round years between the first day and the last."""
    years = last.year - first.year
    step = next((one for one in (1, 2, 5, 10, 20, 25, 50) if years / one <= _TICKS), 100)
    found = range(first.year - first.year % step + step, last.year + 1, step)
    return tuple((year, _place(dt.date(year, 1, 1), first, last)) for year in found)
