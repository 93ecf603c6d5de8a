"""The columns of a world: stretches of status of every pair, as known from every day."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from inforce.law.timeline import BINDING
from inforce.law.world_days import NEVER, Days
from inforce.vocabulary import Status

Codes = npt.NDArray[np.uint8]
Indexes = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int32]
Bits = npt.NDArray[np.uint16]  # a bit for each status

#: Statuses by code; the code after the last is that of a status which a partial date leaves open.
STATUSES: Final = tuple(Status)
OPEN: Final = len(STATUSES)
CODE: Final = {status: code for code, status in enumerate(STATUSES)}

#: Codes of whether a treaty binds.
NO, YES, CONTESTED, UNDECIDED = range(4)
BOUND: Final = ("no", "yes", "contested", "open")

#: No dispute.
NONE: Final = -1


class Lines(NamedTuple):
    """Versions of timelines, sorted by pair and day of knowledge.

    `pair` is the treaty's number times the number of participants, plus the participant's number. A line
    is known from `known_from` on, until the pair's next line. Its stretches are `first` to the next `first`.
    """

    pair: Pairs
    known_from: Days
    first: Indexes  # one more than lines


class Columns(NamedTuple):
    """Lines and their stretches, in order; all arrays are read-only.

    The stretches of a line leave no gap from the first day of the calendar on. Neighbours differ in what is
    possible or in dispute.
    """

    lines: Lines
    start: Days
    end: Days  # exclusive; NEVER is open
    status: Codes
    bound: Codes
    possible: Bits
    dispute: Pairs  # index of `disputes`, or NONE
    disputes: tuple[str, ...]  # ids of contested points

    @property
    def lengths(self) -> Indexes:
        """How many stretches each line has."""
        return np.diff(self.lines.first)


def columns(lines: Lines, start: Days, possible: Bits, dispute: Pairs, disputes: tuple[str, ...]) -> Columns:
    """Columns from what is possible in each stretch and what is in dispute; the rest follows."""
    end = np.empty_like(start)
    end[:-1] = start[1:]
    end[lines.first[1:] - 1] = NEVER
    disputed = dispute != NONE
    kinds = possible.astype(np.intp)
    status, bound = _STATUS_OF[kinds], _BOUND_OF[kinds]
    if disputed.any():
        status[disputed] = CODE[Status.CONTESTED]
        bound[disputed] = CONTESTED
    made = Columns(lines, start, end, status, bound, possible, dispute, disputes)
    for array in (*lines, start, end, status, bound, possible, dispute):
        array.flags.writeable = False
    return made


def ranges(first: Indexes, count: Indexes) -> Indexes:
    """The numbers `first` to `first + count` of each, one after the other."""
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    found: Indexes = np.arange(total) + np.repeat(first - (ends - count), count)
    return found


def bits(statuses: tuple[Status, ...]) -> int:
    """The statuses as bits of a number."""
    return sum(1 << CODE[status] for status in statuses)


def statuses(possible: int) -> tuple[Status, ...]:
    """The statuses whose bits are set, lowest first."""
    return tuple(status for code, status in enumerate(STATUSES) if possible >> code & 1)


def _status_of(possible: int) -> int:
    return CODE[statuses(possible)[0]] if possible.bit_count() == 1 else OPEN


def _bound_of(possible: int) -> int:
    bound = {status in BINDING for status in statuses(possible)}
    return UNDECIDED if len(bound) != 1 else YES if bound.pop() else NO


_STATUS_OF: Final = np.array([_status_of(one) for one in range(1 << OPEN)], np.uint8)
_BOUND_OF: Final = np.array([_bound_of(one) for one in range(1 << OPEN)], np.uint8)
