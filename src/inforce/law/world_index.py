"""Finds the stretch of any pair on any day, for one question or a million at once."""

from __future__ import annotations

import functools
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from inforce.law.world_columns import NONE, Codes, Columns, Indexes, Lines, Pairs, columns
from inforce.law.world_days import FIRST, NEVER, Days
from inforce.vocabulary import Status

T = TypeVar("T", bound=np.generic)

_NOBODY = np.array([1 << list(Status).index(one) for one in (Status.NOT_OPEN, Status.NONE)], np.uint16)

#: Statuses have codes below 16, and what is not open yet is not bound: both have code 0.
_BOUND_BITS = 4

#: Questions are followed in blocks that stay in the processor's cache.
_BLOCK = 1 << 15


class Turns(NamedTuple):
    """When pairs turn, those with most turns first.

    `first` is the first stretch of each. `slots` are their first turns, second, and so on, each for as
    many pairs as have one: the day, and the bits in which status and bound change.
    """

    pair: Indexes
    first: Indexes
    slots: list[tuple[Days, Codes]]


class Index:
    """Columns with a place for every pair: one that has no line stands like any other without an act."""

    def __init__(self, made: Columns, opening: Days, participants: int) -> None:
        pairs = len(opening) * participants
        self.columns = _with_nobody(made, opening, pairs)
        nobody = len(made.lines.pair)
        self.line = np.repeat(np.arange(nobody, nobody + len(opening), dtype=np.int32), participants)
        begins = np.flatnonzero(np.diff(made.lines.pair, prepend=-1))
        self.line[made.lines.pair[begins]] = begins  # the pair's first line
        self.treaties, self.participants = len(opening), participants
        self.line_lengths = self.columns.lengths
        self.row = self.columns.lines.first[:-1].astype(np.int32)  # the line's first stretch
        self.known_until = np.full(len(self.row), NEVER, np.int32)
        same = np.flatnonzero(made.lines.pair[1:] == made.lines.pair[:-1])
        self.known_until[same] = made.lines.known_from[same + 1]

    @functools.cached_property
    def _first_row(self) -> Pairs:
        """Of each pair, the first stretch of its first line."""
        return self.row[self.line]

    @functools.cached_property
    def codes(self) -> Codes:
        """Status and bound of each stretch in one: see `Everybody.codes`."""
        return self.columns.status | self.columns.bound << np.uint8(_BOUND_BITS)

    @functools.cached_property
    def turns(self) -> Turns:
        """The turns of the pairs that have lines, by their first lines."""
        pair = np.flatnonzero(self.line < len(self.line_lengths) - self.treaties)
        lengths = self.line_lengths[self.line[pair]]
        order = np.argsort(-lengths, kind="stable")
        pair, lengths = pair[order], lengths[order]
        first = self._first_row[pair].astype(np.intp)
        slots = []
        for number in range(1, int(lengths.max(initial=1))):
            row = first[: np.searchsorted(-lengths, -number)] + number
            slots.append((self.columns.start[row], self.codes[row] ^ self.codes[row - 1]))
        return Turns(pair, first, slots)

    def row_of(self, pair: int, day: int, known_by: int | None) -> int:
        """The stretch of one question; by the pair's first line where `known_by` is None."""
        line = int(self.line[pair])
        if known_by is not None:
            while self.known_until[line] <= known_by:
                line += 1
        first = self.columns.lines.first
        start, end = int(first[line]), int(first[line + 1])
        return start + int(self.columns.start[start:end].searchsorted(day, side="right")) - 1

    def lines_of(self, pair: Indexes, known_by: int | None) -> Indexes:
        """The line of each of these pairs, as known by a day; their first where `known_by` is None."""
        line = self.line[pair]
        by = np.full(len(line), FIRST if known_by is None else known_by, np.int32)
        return _follow(line, self.known_until, by)

    def nobody(self, day: int) -> Indexes:
        """By treaty, the stretch of those that never acted."""
        first = self.row[-self.treaties :].astype(np.intp)
        return first + (self.columns.start[first + 1] <= day)

    def rows(self, pair: Pairs | Indexes, day: Days) -> Indexes:
        """The stretch of each question, by the pairs' first lines."""
        row = np.empty(len(pair), np.intp)
        for start in range(0, len(pair), _BLOCK):
            block = slice(start, start + _BLOCK)
            row[block] = _follow(self._first_row[pair[block]], self.columns.end, day[block])
        return row

    def rows_then(self, pair: Pairs | Indexes, day: Days | np.int32, known_by: Days | np.int32) -> Indexes:
        """The stretch of each question, as known by a day."""
        day, known_by = np.broadcast_to(day, pair.shape), np.broadcast_to(known_by, pair.shape)
        row = np.empty(len(pair), np.intp)
        for start in range(0, len(pair), _BLOCK):
            block = slice(start, start + _BLOCK)
            line = _follow(self.line[pair[block]], self.known_until, known_by[block])
            row[block] = _follow(self.row[line], self.columns.end, day[block])
        return row


class Everybody:
    """All pairs on a day, as known by another, or by the pairs' first lines where `known_by` is None."""

    def __init__(self, index: Index, day: int, known_by: int | None) -> None:
        self.index = index
        self.day = day
        self.known_by = known_by

    @functools.cached_property
    def codes(self) -> Codes:
        """Status in the lower four bits and bound in the upper, with a row for each treaty."""
        if self.known_by is not None:
            return self.take(self.index.codes)
        pair, _, slots = self.index.turns
        code = np.zeros(len(pair), np.uint8)  # not open, and not bound
        for days, change in slots:
            code[: len(days)] ^= (days <= self.day).view(np.uint8) * change
        return self._spread(self.index.codes, code)

    @property
    def status(self) -> Codes:
        """Codes of statuses."""
        return self.codes & np.uint8((1 << _BOUND_BITS) - 1)

    @property
    def bound(self) -> Codes:
        """Codes of whether a treaty binds."""
        return self.codes >> np.uint8(_BOUND_BITS)

    @functools.cached_property
    def _row(self) -> Indexes:
        """The stretch of each pair that has lines."""
        pair, first, slots = self.index.turns
        if self.known_by is not None:
            return self.index.rows_then(pair, np.int32(self.day), np.int32(self.known_by))
        row = first.copy()
        for days, _ in slots:
            row[: len(days)] += days <= self.day
        return row

    def take(self, column: npt.NDArray[T]) -> npt.NDArray[T]:
        """What a column of stretches says of each pair, with a row for each treaty."""
        return self._spread(column, column[self._row])

    def _spread(self, column: npt.NDArray[T], of_acting: npt.NDArray[T]) -> npt.NDArray[T]:
        """What is said of those that acted, and of the others what the column says of those."""
        taken = np.empty((self.index.treaties, self.index.participants), column.dtype)
        taken[:] = column[self.index.nobody(self.day), None]
        taken.reshape(-1)[self.index.turns.pair] = of_acting
        return taken


def _follow(place: Pairs, until: Days, day: Days) -> Indexes:
    """From each place, the next ones passed until the day is reached."""
    found = place.astype(np.intp)
    passed = np.flatnonzero(until[found] <= day)
    while len(passed):
        found[passed] += 1
        passed = passed[until[found[passed]] <= day[passed]]
    return found


def _with_nobody(made: Columns, opening: Days, pairs: int) -> Columns:
    """With a line for each treaty at the end, for those who never acted: it opens, and that is all."""
    treaties = len(opening)
    start = np.full(2 * treaties, FIRST, np.int32)
    start[1::2] = opening
    lines = Lines(
        np.concatenate([made.lines.pair, np.full(treaties, pairs, np.int32)]),
        np.concatenate([made.lines.known_from, np.full(treaties, FIRST, np.int32)]),
        np.concatenate([made.lines.first, made.lines.first[-1] + 2 * np.arange(1, treaties + 1)]),
    )
    return columns(
        lines,
        np.concatenate([made.start, start]),
        np.concatenate([made.possible, np.tile(_NOBODY, treaties)]),
        np.concatenate([made.dispute, np.full(2 * treaties, NONE, np.int32)]),
        made.disputes,
    )
