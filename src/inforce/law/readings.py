"""A question asked under one reading of a contested point: the timeline as that reading has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from inforce.errors import UsageError
from inforce.law.timeline import Picked, Stretch, Timeline
from inforce.record.model import ContestedPoint, Reading


def names(point: ContestedPoint, reading: Reading) -> tuple[str, str]:
    """How a reading may be picked: `A`, or with its point `ukraine-apmbc-suspension:A`."""
    return reading.id, f"{point.id}:{reading.id}"


def checked_reading(
    points: Iterable[ContestedPoint], others: Iterable[ContestedPoint], reading: str, where: str
) -> str:
    """The full name of one reading of these points, or of the others, which only its full name picks.

    Raises `UsageError` where there is none of that name, or several of different points.
    """
    offered = {names(point, one)[1]: names(point, one) for point in points for one in point.readings}
    named = {names(point, one)[1] for point in others for one in point.readings} - offered.keys()
    offered |= {full: (full, full) for full in sorted(named)}
    found = [full for full, called in offered.items() if reading in called]
    if len(found) == 1:
        return found[0]
    what = "stands for several" if found else "unknown"
    choice = f"choose {', '.join(found or offered)}" if offered else "there is none"
    raise UsageError(f"reading {reading!r} of {where}: {what}; {choice}")


def under_reading(line: Timeline, reading: str) -> Timeline:
    """The timeline with `reading` (its full name) in the place of the point's dispute.

    A reading that names no interval leaves the dispute: it does not say when the treaty binds.
    """
    stretches = tuple(piece for one in line.stretches for piece in _read(one, reading))
    return Timeline(
        line.participant, line.treaty, stretches, line.grounds, tuple(one.start for one in stretches)
    )


def _read(stretch: Stretch, reading: str) -> Iterator[Stretch]:
    found = [
        (point, each)
        for point in stretch.disputes
        for each in point.readings
        if names(point, each)[1] == reading
    ]
    if not found or not found[0][1].bound:
        yield stretch
        return
    point, one = found[0]
    others = tuple(other for other in stretch.disputes if other is not point)
    turns = {day for interval in one.bound for day in (interval.since, interval.until) if day is not None}
    inside = sorted(
        day for day in turns if stretch.start < day and (stretch.end is None or day < stretch.end)
    )
    starts = [stretch.start, *inside]
    for start, until in zip(starts, [*inside, stretch.end], strict=True):
        picked = Picked(point, one, binds(one, start))
        rest, beside = (others[0], others[1:]) if others else (None, ())
        yield Stretch(start, until, stretch.possible, stretch.acts, rest, picked, beside)


def binds(reading: Reading, on: dt.date) -> bool:
    """Whether a reading that names intervals holds the participant bound on a day."""
    return any(one.since <= on and (one.until is None or on < one.until) for one in reading.bound)
