"""Finds the stretch of any pair on any day, for one question or a million at once."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from inforce.law.world_columns import NONE, Bits, Codes, Columns, Indexes, Lines, Pairs, columns
from inforce.law.world_days import FIRST, NEVER, Days
from inforce.vocabulary import Status

_NOBODY = np.array([1 << list(Status).index(one) for one in (Status.NOT_OPEN, Status.NONE)], np.uint16)

#: Questions of which so few are left are followed one by one.
_FEW = 8


class Found(NamedTuple):
    """Stretches by columns, in the order of the questions."""

    start: Days
    end: Days
    status: Codes
    bound: Codes
    possible: Bits
    dispute: Pairs


class Index:
    """Columns with a place for every pair: one that has no line stands like any other without an act."""

    def __init__(self, made: Columns, opening: Days, participants: int) -> None:
        pairs = len(opening) * participants
        self.columns = _with_nobody(made, opening, pairs)
        nobody = len(made.lines.pair)
        self.line = np.repeat(np.arange(nobody, nobody + len(opening), dtype=np.int32), participants)
        begins = np.flatnonzero(np.diff(made.lines.pair, prepend=-1))
        self.line[made.lines.pair[begins]] = begins  # the pair's first line
        self.row = self.columns.lines.first[:-1].astype(np.int32)  # the line's first stretch
        self.known_until = np.full(len(self.row), NEVER, np.int32)
        same = np.flatnonzero(made.lines.pair[1:] == made.lines.pair[:-1])
        self.known_until[same] = made.lines.known_from[same + 1]

    @functools.cached_property
    def _first_row(self) -> Pairs:
        """Of each pair, the first stretch of its first line."""
        return self.row[self.line]

    @functools.cached_property
    def _turns(self) -> list[Days]:
        """The days on which the pairs' first lines turn first, second and so on; NEVER for no more."""
        lengths = self.columns.lengths[self.line]
        turns = []
        for number in range(1, int(lengths.max(initial=1))):
            more = np.flatnonzero(lengths > number)
            days = np.full(len(lengths), NEVER, np.int32)
            days[more] = self.columns.start[self._first_row[more] + number]
            turns.append(days)
        return turns

    def row_of(self, pair: int, day: int, known_by: int | None) -> int:
        """The stretch of one question; by the pair's first line where `known_by` is None."""
        line = int(self.line[pair])
        if known_by is not None:
            while self.known_until[line] <= known_by:
                line += 1
        first = self.columns.lines.first
        start, end = int(first[line]), int(first[line + 1])
        return start + int(self.columns.start[start:end].searchsorted(day, side="right")) - 1

    def lines_of(self, pair: Indexes, known_by: int | None) -> Pairs:
        """The line of each of these pairs, as known by a day; their first where `known_by` is None."""
        line = self.line[pair]
        return line if known_by is None else _follow(line, self.known_until, np.int32(known_by))

    def everybody(self, day: int) -> Pairs:
        """The stretch of each pair on a day, by the pairs' first lines."""
        row = self._first_row.copy()
        for turns in self._turns:
            row += turns <= day
        return row

    def everybody_then(self, day: int, known_by: int) -> Pairs:
        """The stretch of each pair on a day, as known by another."""
        return self.rows_then(np.arange(len(self.line)), np.int32(day), np.int32(known_by))

    def rows(self, pair: Pairs, day: Days) -> Pairs:
        """The stretch of each question, by the pairs' first lines."""
        row = self._first_row[pair]
        return _follow(row, self.columns.end, day)

    def rows_then(self, pair: Pairs | Indexes, day: Days | np.int32, known_by: Days | np.int32) -> Pairs:
        """The stretch of each question, as known by a day."""
        line = _follow(self.line[pair], self.known_until, known_by)
        return _follow(self.row[line], self.columns.end, day)

    def found(self, row: Pairs) -> Found:
        """The stretches' columns."""
        made = self.columns
        wanted = (made.start, made.end, made.status, made.bound, made.possible, made.dispute)
        return Found(*(column[row] for column in wanted))  # type: ignore[arg-type]


def _follow(place: Pairs, until: Days, day: Days | np.int32) -> Pairs:
    """From each place, the next ones passed until the day is reached."""
    day = np.broadcast_to(day, place.shape)
    passed = until[place] <= day
    left = None
    while passed.any():
        if left is None and np.count_nonzero(passed) * _FEW > len(place):
            place += passed
            passed = until[place] <= day
            continue
        left = np.flatnonzero(passed) if left is None else left[passed]
        place[left] += 1
        passed = until[place[left]] <= day[left]
    return place


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
