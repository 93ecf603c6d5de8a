"""The ordered stretches of status of one participant towards one treaty: the spine of every answer."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable
from typing import Final

import msgspec

from inforce.law.clauses import Effect
from inforce.record.model import Action, ContestedPoint, Reading
from inforce.vocabulary import Status

#: Statuses in which a treaty binds.
BINDING = frozenset({Status.PARTY, Status.PARTY_WITHDRAWAL_NOTIFIED})

#: Kinds of the contested points that a deferred withdrawal raises, and one on a premise: they leave the
#: end of a running notice open.
CARVE_OUT: Final = "carve-out"
PREMISE: Final = "withdrawal-effect"
_DEFERRING = (CARVE_OUT, PREMISE)

_RANK = {status: rank for rank, status in enumerate(Status)}


class Ground(msgspec.Struct, frozen=True):
    """An act and what follows from it.

    `first` and `last` bound the day on which it was done, `effect` and `effect_last` are what follows
    from either; they are the same where the day is known.
    """

    act: Action
    first: dt.date
    last: dt.date
    effect: Effect
    effect_last: Effect

    @property
    def day(self) -> dt.date | None:
        """The day of effect, where it is one."""
        return self.effect.day if self.effect.day == self.effect_last.day else None


class Picked(msgspec.Struct, frozen=True):
    """One reading of a contested point, taken for the answer, and whether the treaty binds under it."""

    point: ContestedPoint
    reading: Reading
    bound: bool


class Stretch(msgspec.Struct, frozen=True):
    """From `start` (inclusive) to `end` (exclusive, None is open) the same status holds.

    `possible` holds one status, or several where a partial date leaves it open. `dispute` is the
    contested point under which states read the status differently; `possible` is then what the
    depositary's record shows. `acts` are indexes of the timeline's grounds that led here. `picked` stands
    in the place of a dispute where the question picks one of its readings. `beside` are other points
    under which the same stretch is disputed as well.
    """

    start: dt.date
    end: dt.date | None
    possible: tuple[Status, ...]
    acts: tuple[int, ...] = ()
    dispute: ContestedPoint | None = None
    picked: Picked | None = None
    beside: tuple[ContestedPoint, ...] = ()

    @property
    def disputes(self) -> tuple[ContestedPoint, ...]:
        """All contested points under which the status is read differently."""
        return self.beside if self.dispute is None else (self.dispute, *self.beside)

    @property
    def status(self) -> Status | None:
        """The status; CONTESTED under a dispute, None where a partial date leaves it open."""
        if self.dispute is not None:
            return Status.CONTESTED
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def recorded_bound(self) -> bool | None:
        """Whether the treaty binds by the depositary's record (or the reading picked); None where open."""
        if self.picked is not None:
            return self.picked.bound
        bound = {status in BINDING for status in self.possible}
        return bound.pop() if len(bound) == 1 else None

    @property
    def bound(self) -> bool | None:
        """Whether the treaty binds; None where contested or open."""
        return None if self.dispute is not None else self.recorded_bound


class Span(msgspec.Struct, frozen=True):
    """A run of stretches: its ends, None where open, or where they lie in the range given beside them."""

    since: dt.date | None
    until: dt.date | None
    since_between: tuple[dt.date, dt.date] | None = None
    until_between: tuple[dt.date, dt.date] | None = None


Test = Callable[[Stretch], bool]


class Timeline(msgspec.Struct, frozen=True):
    """All stretches of a participant's status towards a treaty, as known by a day; they leave no gap."""

    participant: str
    treaty: str
    stretches: tuple[Stretch, ...]
    grounds: tuple[Ground, ...]
    starts: tuple[dt.date, ...]

    def position(self, on: dt.date) -> int:
        """Index of the stretch in which `on` lies."""
        return bisect_right(self.starts, on) - 1

    def at(self, on: dt.date) -> Stretch:
        """The stretch in which `on` lies."""
        return self.stretches[self.position(on)]

    def status_span(self, on: dt.date) -> Span:
        """Since and until when the status of `on` holds.

        A running notice keeps the entry into force as its `since`, and so does being a party again after
        a notice was revoked. `until` of a notice whose effect an armed conflict defers is None. Where the
        status is open, the days on which the same statuses are possible.
        """
        here = self.position(on)
        status = self.stretches[here].status
        if status is None:
            possible = self.stretches[here].possible
            return self._ends(here, *_twice(lambda one: one.status is None and one.possible == possible))
        if status is Status.CONTESTED:
            return self._ends(here, *_twice(lambda one: one.status is status))
        span = self._ends(
            here,
            lambda one: one.status is status,
            lambda one: one.dispute is None and status in one.possible,
        )
        if status in BINDING:
            bound = self.bound_span(on)
            span = Span(bound.since, span.until, bound.since_between, span.until_between)
        if status is Status.PARTY_WITHDRAWAL_NOTIFIED and self._deferred(here):
            return Span(span.since, None, span.since_between, None)
        return span

    def bound_span(self, on: dt.date) -> Span:
        """Since and until when the treaty binds around `on`, through notices and contested times alike.

        Asked only of a day on which `recorded_bound` is not False.
        """
        return self._ends(
            self.position(on),
            lambda one: one.recorded_bound is True,
            lambda one: one.recorded_bound is not False,
        )

    def _deferred(self, here: int) -> bool:
        after = self.stretches[here + 1] if here + 1 < len(self.stretches) else None
        return after is not None and after.dispute is not None and after.dispute.kind in _DEFERRING

    def _ends(self, here: int, certain: Test, possible: Test) -> Span:
        """Ends of the run around `here` in which something is possible, ranges where it is not certain."""
        low = high = here
        while low > 0 and possible(self.stretches[low - 1]):
            low -= 1
        while high + 1 < len(self.stretches) and possible(self.stretches[high + 1]):
            high += 1
        sure = [index for index in range(low, high + 1) if certain(self.stretches[index])]
        start, end = self.stretches[low].start, self.stretches[high].end
        if not sure:
            return Span(None, None, None if end is None else (start, end))
        first, last = self.stretches[sure[0]].start, self.stretches[sure[-1]].end
        return Span(
            since=first if sure[0] == low and first != dt.date.min else None,
            until=last if sure[-1] == high else None,
            since_between=None if sure[0] == low else (start, first),
            until_between=None if sure[-1] == high or last is None or end is None else (last, end),
        )


def _twice(test: Test) -> tuple[Test, Test]:
    return test, test


def lowest_first(statuses: set[Status]) -> tuple[Status, ...]:
    """Statuses in the order in which a participant passes through them."""
    return tuple(sorted(statuses, key=_RANK.__getitem__))
