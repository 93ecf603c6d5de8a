"""What every peer is given: the record's acts, clauses and conflicts as tables, and the questions."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inforce.law.world_days import NEVER
from inforce.law.world_regular import Regular
from inforce.vocabulary import DelayRule

Array = npt.NDArray[Any]

#: Places as every peer numbers them: codes of statuses, and 21 for a running notice in dispute.
NOT_OPEN, NONE, SIGNATORY, CONTRACTING, PARTY, NOTIFIED, _, FORMER, FORMER_SIGNATORY = range(9)
DISPUTED = 21


class Given(NamedTuple):
    """Tables: acts, treaties and conflicts; and questions of points with an id."""

    acts: pa.Table
    treaties: pa.Table
    conflicts: pa.Table
    participants: int

    @property
    def pairs(self) -> int:
        return self.participants * int(self.treaties.num_rows)


def given(regular: Regular, participants: int) -> Given:
    """The tables of a world all of whose pairs are regular."""
    acts, clauses, conflicts = regular.acts, regular.clauses, regular.conflicts
    rules = np.array([rule.value for rule in DelayRule])
    treaties = {
        "treaty": np.arange(len(clauses.opening), dtype=np.int32),
        "opening": _days(clauses.opening),
        "trigger_day": _days(clauses.trigger),
        "entry": _days(clauses.entry),
        "until_entry": clauses.until_entry,
        "join_rule": rules[clauses.joining[0]],
        "join_amount": clauses.joining[1],
        "leave_rule": rules[clauses.leaving[0]],
        "leave_amount": clauses.leaving[1],
        "carve_out": clauses.carve_out > 0,
    }
    number, who = np.nonzero(conflicts.since < NEVER)
    return Given(
        pa.table(
            {
                "pair": acts.pair,
                "treaty": (acts.pair // participants).astype(np.int32),
                "participant": (acts.pair % participants).astype(np.int32),
                "day": _days(acts.day),
                "act": acts.act.astype(np.int8),
            }
        ),
        pa.table(treaties),
        pa.table(
            {
                "participant": who.astype(np.int32),
                "since": _days(conflicts.since[number, who]),
                "until": _days(conflicts.until[number, who]),
            }
        ),
        participants,
    )


class Points(NamedTuple):
    """Random questions: pairs and days since 1970."""

    pair: npt.NDArray[np.int32]
    day: npt.NDArray[np.int32]

    def table(self) -> pa.Table:
        ids = np.arange(len(self.pair), dtype=np.int32)
        return pa.table({"id": ids, "pair": self.pair, "day": _days(self.day)})


def points(pairs: int, number: int, between: tuple[int, int], seed: int) -> Points:
    """So many questions on random pairs and days."""
    chance = np.random.default_rng(seed)
    pair = chance.integers(0, pairs, number, dtype=np.int32)
    return Points(pair, chance.integers(*between, number, dtype=np.int32))


def _days(numbers: npt.NDArray[np.int32]) -> pa.Array:
    return pa.array(numbers, pa.int32(), mask=numbers == NEVER).cast(pa.date32())
