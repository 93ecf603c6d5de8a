"""A plain Python loop: each pair's acts in order, a list of turns; points by bisection."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from inforce.dates import apply_delay
from inforce.vocabulary import DelayRule
from world_peers.tables import (
    CONTRACTING,
    DISPUTED,
    FORMER,
    FORMER_SIGNATORY,
    NONE,
    NOT_OPEN,
    NOTIFIED,
    PARTY,
    SIGNATORY,
    Given,
    Points,
)

Array = npt.NDArray[Any]
Turn = tuple[int, int]

_EPOCH = dt.date(1970, 1, 1).toordinal()
_NEVER = dt.date.max.toordinal() - _EPOCH + 1
_FIRST = dt.date.min.toordinal() - _EPOCH
_UNITS = {"same_day": "day", "add_months": "month", "add_years": "year"}


class Clauses(NamedTuple):
    """One treaty, with days as numbers."""

    opening: int
    trigger: int
    entry: int
    until_entry: bool
    join: tuple[str, int]
    leave: tuple[str, int]
    carve_out: bool


class Plain:
    """Timelines in dictionaries and lists."""

    def __init__(self, given: Given) -> None:
        self.participants = given.participants
        self.treaties = [
            Clauses(
                _number(row["opening"]),
                _number(row["trigger_day"]),
                _number(row["entry"]),
                row["until_entry"],
                (row["join_rule"], row["join_amount"]),
                (row["leave_rule"], row["leave_amount"]),
                row["carve_out"],
            )
            for row in given.treaties.to_pylist()
        ]
        self.acts = [(row["pair"], _number(row["day"]), row["act"]) for row in given.acts.to_pylist()]
        self.conflicts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in given.conflicts.to_pylist():
            self.conflicts[row["participant"]].append((_number(row["since"]), _number(row["until"])))
        self.turns: dict[int, list[Turn]] = {}

    def timelines(self) -> None:
        """All timelines of those that acted."""
        by_pair: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for pair, day, act in self.acts:
            by_pair[pair].append((day, act))
        self.turns = {pair: self._walk(pair, sorted(acts)) for pair, acts in by_pair.items()}

    def _walk(self, pair: int, acts: list[tuple[int, int]]) -> list[Turn]:
        treaty, participant = divmod(pair, self.participants)
        clauses = self.treaties[treaty]
        turns: list[Turn] = [(_FIRST, NOT_OPEN)]
        _turn(turns, (min(clauses.opening, acts[0][0]), NONE))
        coming: list[Turn] = []
        signed = False
        for day, act in acts:
            while coming and coming[0][0] <= day:
                _turn(turns, coming.pop(0))
            status = turns[-1][1]
            if act == 0:
                signed = True
                _turn(turns, (day, SIGNATORY))
            elif act == 1:
                effect = _effect(clauses, day)
                _turn(turns, (day, CONTRACTING if effect > day else PARTY))
                coming = [(effect, PARTY)] if effect > day else []
            elif act == 3:
                _turn(turns, (day, PARTY))
                coming = []
            elif status == PARTY:
                _turn(turns, (day, NOTIFIED))
                coming = self._leaving(clauses, participant, day)
            elif status == CONTRACTING:
                _turn(turns, (day, SIGNATORY if signed else NONE))
                coming = []
            else:
                _turn(turns, (day, FORMER_SIGNATORY))
        for turn in coming:
            if turn[0] < _NEVER:
                _turn(turns, turn)
        return turns

    def _leaving(self, clauses: Clauses, participant: int, day: int) -> list[Turn]:
        """What comes after a notice: it is in dispute while a conflict lasts, and has effect."""
        expiry = _after(*clauses.leave, day)
        ends = [
            until
            for since, until in self.conflicts.get(participant, ())
            if clauses.carve_out and since <= expiry < until
        ]
        return [(expiry, DISPUTED), (max(ends), FORMER)] if ends else [(expiry, FORMER)]

    def lines(self) -> dict[str, Array]:
        """The timelines as arrays, in order."""
        flat = [(pair, *turn) for pair in sorted(self.turns) for turn in self.turns[pair]]
        pair, start, place = np.array(flat).T
        stop = np.append(start[1:], _NEVER)
        stop[np.append(np.diff(pair) != 0, True)] = _NEVER - 1
        return {"pair": pair, "start": start, "stop": stop, "place": place}

    def snapshot(self, day: int) -> list[int]:
        """Every pair's place on a day."""
        found = []
        for treaty, clauses in enumerate(self.treaties):
            nobody = NONE if clauses.opening <= day else NOT_OPEN
            for pair in range(treaty * self.participants, (treaty + 1) * self.participants):
                turns = self.turns.get(pair)
                found.append(nobody if turns is None else turns[bisect_right(turns, (day, 99)) - 1][1])
        return found

    def points(self, points: Points) -> list[int]:
        """Every question's place."""
        found = []
        for pair, day in zip(points.pair.tolist(), points.day.tolist(), strict=True):
            turns = self.turns.get(pair)
            if turns is None:
                found.append(NONE if self.treaties[pair // self.participants].opening <= day else NOT_OPEN)
            else:
                found.append(turns[bisect_right(turns, (day, 99)) - 1][1])
        return found


def _turn(turns: list[Turn], turn: Turn) -> None:
    while turns and turns[-1][0] >= turn[0]:
        turns.pop()
    turns.append(turn)


def _effect(clauses: Clauses, day: int) -> int:
    own = _after(*clauses.join, day)
    before = day < clauses.entry if clauses.until_entry else day <= clauses.trigger
    return clauses.entry if clauses.entry == _NEVER or before or own < clauses.entry else own


def _after(rule: str, amount: int, day: int) -> int:
    unit = _UNITS.get(rule, "month" if rule == "first_day_of_nth_month_after" else "day")
    trigger = dt.date.fromordinal(day + _EPOCH)
    return apply_delay(DelayRule(rule), amount, unit, trigger).toordinal() - _EPOCH


def _number(day: dt.date | None) -> int:
    return _NEVER if day is None else day.toordinal() - _EPOCH
