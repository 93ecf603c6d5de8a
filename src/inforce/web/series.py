"""Counts of a treaty over time, as steps to be drawn and as rows to be read."""

from __future__ import annotations

import datetime as dt

import msgspec

from inforce.law.world import World
from inforce.law.world_counts import Steps

#: Size of the drawing, whose height is stretched to the highest count.
_WIDTH, _HEIGHT = 1000.0, 200.0


class Series(msgspec.Struct, frozen=True):
    """One count: its days with the number from each on, and the line that draws it.

    Where a partial date leaves a number open, the least that it can be is drawn.
    """

    counted: str
    days: tuple[tuple[dt.date, int, int], ...]
    line: str


class Chart(msgspec.Struct, frozen=True):
    """Counts between two days; `top` is the number at the upper edge, `here` where the day asked about is."""

    first: dt.date
    last: dt.date
    top: int
    here: float
    series: tuple[Series, ...]


def chart(
    world: World,
    treaty: str,
    counted: tuple[str, ...],
    between: tuple[dt.date, dt.date],
    *,
    on: dt.date,
    known_by: dt.date | None = None,
) -> Chart:
    """The named counts of a treaty between two days, both included, as known by a day."""
    first, last = between
    found = world.counts(treaty, first, last, known_by)
    top = max((int(found[name].most.max()) for name in counted if len(found[name].most)), default=0) or 1
    return Chart(
        first,
        last,
        top,
        _x(on, first, last),
        tuple(_series(name, found[name], (first, last), top) for name in counted),
    )


def _series(name: str, steps: Steps, between: tuple[dt.date, dt.date], top: int) -> Series:
    rows = tuple(
        (day, int(least), int(most))
        for day, least, most in zip(steps.days.tolist(), steps.least, steps.most, strict=True)
    )
    return Series(name, rows, _line(rows, between, top))


def _line(rows: tuple[tuple[dt.date, int, int], ...], between: tuple[dt.date, dt.date], top: int) -> str:
    """A path that goes level from day to day and up or down on each."""
    text = ""
    for day, least, _ in rows:
        x, y = _x(day, *between), round(_HEIGHT * (1 - least / top), 1)
        text += f"H{x}V{y}" if text else f"M{x} {y}"
    return f"{text}H{_WIDTH:g}" if text else ""


def _x(day: dt.date, first: dt.date, last: dt.date) -> float:
    return round(_WIDTH * min(max((day - first).days, 0) / max((last - first).days, 1), 1.0), 1)
