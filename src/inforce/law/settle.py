"""From acts, of known days or not, to stretches of status: what every choice of days has in common."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from math import prod
from typing import NamedTuple

import msgspec

from inforce.dates import add_months
from inforce.errors import RecordError
from inforce.law.timeline import Ground, Stretch, lowest_first
from inforce.law.walk import Case, Dated, Turn, Walked, walk
from inforce.record.model import Action
from inforce.vocabulary import ActionKind, Status

#: Choices of days that are tried for the acts of one participant whose days are not known. Up to `MOST_DAYS`
#: every day is tried; beyond, the first and last day of each month: no clause counts in less than that.
MOST_CHOICES = 5_000
MOST_DAYS = 400


class Window(NamedTuple):
    """First and last day on which an act can have been done; for a succession, how far it reaches back."""

    act: Action
    first: dt.date
    last: dt.date
    back_to: dt.date | None  # None: the record has no date of the succession of states

    @property
    def partial(self) -> bool:
        return self.first != self.last or self.back_to is None


#: Where a walk stands: its status, the acts that led there, and whether that is disputed.
Place = tuple[Status, tuple[int, ...], bool]
#: The day of an act, and the day to which it reaches back.
Choice = tuple[dt.date, dt.date]


def settle(case: Case, windows: list[Window]) -> tuple[list[Stretch], tuple[Ground, ...]]:
    """Stretches of status and what follows from each act.

    Where days are not known, a stretch holds every status that some choice of days gives. Raises
    `RecordError` where too many acts have partial dates to try the choices out.
    """
    if not any(window.partial for window in windows):
        walked = walk(case, [Dated(i, one.act, one.first, _back(one)) for i, one in enumerate(windows)])
        return _certain(walked), _grounds(windows, walked, walked)
    acts = [one.act for one in windows]
    walks = [
        walk(case, [Dated(i, acts[i], *days) for i, days in enumerate(choice)])
        for choice in product(*_choices(case, windows))
    ]
    return list(_merged(_swept(walks))), _grounds(windows, walks[0], walks[-1])


def _back(window: Window) -> dt.date:
    return window.first if window.back_to is None else window.back_to


def _certain(walked: Walked) -> list[Stretch]:
    ends = [*(turn.day for turn in walked.turns[1:]), None]
    return [
        Stretch(turn.day, end, (turn.status,), turn.acts, turn.dispute)
        for turn, end in zip(walked.turns, ends, strict=True)
    ]


def _choices(case: Case, windows: list[Window]) -> list[list[Choice]]:
    """For each act the days to try: all of them, or where that is too many the ends of months, or of all.

    Of a signature the ends are enough: from it on one is a signatory, and nothing else follows from its day.
    """
    for days_of, most in ((_every_day, MOST_DAYS), (_ends_of_months, MOST_CHOICES), (_ends, MOST_CHOICES)):
        tried = [
            list(_with_reach(case, one, _ends(one) if one.act.kind is ActionKind.SIGNATURE else days_of(one)))
            for one in windows
        ]
        if prod(len(one) for one in tried) <= most:
            return tried
    partial = [one.act for one in windows if one.partial]
    raise RecordError(
        f"{partial[0].file}:{partial[0].line}: {len(partial)} acts of {case.participant} have partial dates, "
        "too many to try out; give the days of some"
    )


def _with_reach(case: Case, window: Window, days: Iterable[dt.date]) -> Iterator[Choice]:
    """A succession of unknown date reaches back to the treaty's opening at most, or not at all."""
    for day in days:
        if window.back_to is not None:
            yield day, window.back_to
        else:
            yield from ((day, case.opening), (day, day))


def _every_day(window: Window) -> Iterator[dt.date]:
    for ordinal in range(window.first.toordinal(), window.last.toordinal() + 1):
        yield dt.date.fromordinal(ordinal)


def _ends_of_months(window: Window) -> list[dt.date]:
    """First and last day of the window, and of every month within it."""
    months = (window.last.year - window.first.year) * 12 + window.last.month - window.first.month
    firsts = [add_months(window.first.replace(day=1), n) for n in range(1, months + 1)]
    lasts = [day - dt.timedelta(days=1) for day in firsts]
    return sorted({window.first, window.last, *firsts, *lasts})


def _ends(window: Window) -> list[dt.date]:
    return sorted({window.first, window.last})


def _swept(walks: list[Walked]) -> Iterator[Stretch]:
    """Sweep over the days on which any walk turns, keeping count of where the walks stand."""
    events = sorted(
        ((turn.day, index, turn) for index, one in enumerate(walks) for turn in one.turns),
        key=lambda event: event[:2],
    )
    cuts = sorted({day for day, _, _ in events})
    standing: dict[int, Turn] = {}
    counts: Counter[Place] = Counter()
    position = 0
    for start, end in zip(cuts, [*cuts[1:], None], strict=True):
        while position < len(events) and events[position][0] == start:
            _, index, turn = events[position]
            if index in standing:
                counts[_place(standing[index])] -= 1
            standing[index] = turn
            counts[_place(turn)] += 1
            position += 1
        places = [place for place, count in counts.items() if count]
        disputed = (turn.dispute for turn in standing.values() if turn.dispute is not None)
        yield Stretch(
            start,
            end,
            lowest_first({status for status, _, _ in places}),
            tuple(sorted({act for _, acts, _ in places for act in acts})),
            next(disputed, None) if any(dispute for _, _, dispute in places) else None,
        )


def _place(turn: Turn) -> Place:
    return turn.status, turn.acts, turn.dispute is not None


def _merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours that differ in nothing but their days are one stretch."""
    pending: Stretch | None = None
    for one in stretches:
        if pending is not None and _alike(pending, one):
            pending = msgspec.structs.replace(pending, end=one.end)
            continue
        if pending is not None:
            yield pending
        pending = one
    if pending is not None:
        yield pending


def _alike(one: Stretch, other: Stretch) -> bool:
    return (one.possible, one.acts, one.dispute) == (other.possible, other.acts, other.dispute)


def _grounds(windows: list[Window], earliest: Walked, latest: Walked) -> tuple[Ground, ...]:
    return tuple(
        Ground(one.act, one.first, one.last, earliest.effects[index], latest.effects[index])
        for index, one in enumerate(windows)
    )
