"""Finds the stretch of any pair on any day, for one question or a million at once."""

from __future__ import annotations

import functools
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from inforce.law.world_columns import NONE, Columns, Indexes, Lines, Pairs, columns
from inforce.law.world_days import FIRST, NEVER, Days
from inforce.vocabulary import Status

T = TypeVar("T", bound=np.generic)

_NOBODY = np.array([1 << list(Status).index(one) for one in (Status.NOT_OPEN, Status.NONE)], np.uint16)

#: Questions are followed in blocks that stay in the processor's cache.
_BLOCK = 1 << 15


class Everybody(NamedTuple):
    """Stretches of all pairs: by treaty of those that never acted, and of the others beside their pair."""

    nobody: Indexes
    pair: Indexes
    row: Indexes
    participants: int

    def take(self, column: npt.NDArray[T]) -> npt.NDArray[T]:
        """What a column of stretches says of each pair, with a row for each treaty."""
        taken = np.empty((len(self.nobody), self.participants), column.dtype)
        taken[:] = column[self.nobody, None]
        taken.reshape(-1)[self.pair] = column[self.row]
        return taken


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
    def _turns(self) -> tuple[Indexes, Indexes, list[Days]]:
        """The pairs with lines, those with most turns first; their first stretches; and the days on which
        they turn first, second and so on, each for those that do."""
        pairs = np.flatnonzero(self.line < len(self.line_lengths) - self.treaties)
        lengths = self.line_lengths[self.line[pairs]]
        order = np.argsort(-lengths, kind="stable")
        pairs, lengths = pairs[order], lengths[order]
        first = self._first_row[pairs].astype(np.intp)
        numbers = range(1, int(lengths.max(initial=1)))
        ends = [int(np.searchsorted(-lengths, -number)) for number in numbers]
        turns = [self.columns.start[first[:end] + n] for n, end in zip(numbers, ends, strict=True)]
        return pairs, first, turns

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

    def everybody(self, day: int) -> Everybody:
        """The stretch of each pair on a day, by the pairs' first lines."""
        pairs, first, turns = self._turns
        passed = np.zeros(len(pairs), np.uint16)
        for days in turns:
            passed[: len(days)] += days <= day
        return Everybody(self._nobody(day), pairs, first + passed, self.participants)

    def _nobody(self, day: int) -> Indexes:
        """By treaty, the stretch of those that never acted."""
        first = self.row[-self.treaties :].astype(np.intp)
        return first + (self.columns.start[first + 1] <= day)

    def everybody_then(self, day: int, known_by: int) -> Everybody:
        """The stretch of each pair on a day, as known by another."""
        pairs = self._turns[0]
        rows = self.rows_then(pairs, np.int32(day), np.int32(known_by))
        return Everybody(self._nobody(day), pairs, rows, self.participants)

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
