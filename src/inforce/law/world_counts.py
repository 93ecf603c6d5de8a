"""Counts over time from the columns of a world, under every convention of `inforce.law.counts`."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from inforce.law.counts import CONVENTIONS, Convention, Counting, Series
from inforce.law.world_columns import NONE, Bits, Columns, Indexes, bits, ranges
from inforce.law.world_days import Days, number

Numbers = npt.NDArray[np.int64]


class Steps(NamedTuple):
    """A count over days: from each of `days` on it lies between `least` and `most`, the same where exact."""

    days: npt.NDArray[np.datetime64]
    least: Numbers
    most: Numbers

    def at(self, day: dt.date) -> tuple[int, int]:
        """Least and most on a day; raises `IndexError` before the first day."""
        index = bisect_right(self.days.tolist(), day) - 1
        if index < 0:
            raise IndexError(f"{day} lies before the first day of the series")
        return int(self.least[index]), int(self.most[index])


def steps(
    counting: Callable[[], Counting], made: Columns, lines: Indexes, between: tuple[int, int]
) -> dict[str, Steps]:
    """The counts of a treaty from the lines of all that ever acted under it, between two days.

    `counting` is called for conventions that go by what was once done, and not by where anybody stands.
    """
    first = made.lines.first[lines]
    lengths = made.lines.first[lines + 1] - first
    rows = ranges(first, lengths)
    begins = np.cumsum(lengths) - lengths
    found = {}
    for convention in CONVENTIONS:
        if convention.ever is None:
            fits = fitting(convention, made.possible[rows], made.dispute[rows] != NONE)
            least, most = (_series(made.start[rows], one, begins) for one in fits)
        else:
            least = _numbers(counting().least(convention.key))
            most = _numbers(counting().most(convention.key))
        found[convention.key] = _within(least, most, between)
    return found


def fitting(
    convention: Convention, possible: Bits, disputed: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Whether what is possible somewhere counts for sure, and whether it can; `ever` is None."""
    counting = np.uint16(bits(tuple(convention.statuses)))
    least, most = (possible & ~counting) == 0, (possible & counting) != 0
    if convention.contested != "as-recorded":
        least[disputed] = most[disputed] = convention.contested == "in"
    return least, most


def _series(start: Days, counts: npt.NDArray[np.bool_], begins: Indexes) -> tuple[Days, Numbers]:
    """Days on which the count turns, and the count from each on."""
    change = counts.astype(np.int64)
    change[1:] -= counts[:-1]
    change[begins] = counts[begins]
    turning = np.flatnonzero(change)
    order = turning[np.argsort(start[turning], kind="stable")]
    return start[order], np.cumsum(change[order])


def _numbers(series: Series) -> tuple[Days, Numbers]:
    days = np.array([number(day) for day in series.days], np.int32)
    return days, np.array(series.numbers, np.int64)


def _within(least: tuple[Days, Numbers], most: tuple[Days, Numbers], between: tuple[int, int]) -> Steps:
    """Both counts on the same days: the first day asked about, and those on which either turns."""
    frm, to = between
    days = np.unique(np.concatenate([[frm], least[0], most[0]]).astype(np.int32))
    days = days[(days >= frm) & (days <= to)]
    low, high = (_at(one, days) for one in (least, most))
    turns = np.concatenate([[True], (np.diff(low) != 0) | (np.diff(high) != 0)])
    return Steps(days[turns].astype("datetime64[D]"), low[turns], high[turns])


def _at(series: tuple[Days, Numbers], days: Days) -> Numbers:
    """The count on each day; none before the first turn."""
    place = np.searchsorted(series[0], days, side="right")
    return np.concatenate([[0], series[1]])[place]
