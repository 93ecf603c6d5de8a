"""Polars and pandas: points by an as-of join with the nearest start before each day."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl

from world_peers.tables import Points

Array = npt.NDArray[Any]


class Frames:
    """Both libraries over the same timelines of every pair: arrays of pair, start and place, in order."""

    def __init__(self, pair: Array, start: Array, place: Array, points: Points) -> None:
        lines = {"pair": pair.astype(np.int32), "start": start.astype(np.int32), "place": place}
        questions = {
            "id": np.arange(len(points.pair), dtype=np.int32),
            "pair": points.pair,
            "day": points.day,
        }
        self.lines = pl.DataFrame(lines).sort("start")
        self.questions = pl.DataFrame(questions)
        self.pandas_lines = pd.DataFrame(lines).sort_values("start", kind="stable")
        self.pandas_questions = pd.DataFrame(questions)

    @property
    def threads(self) -> int:
        return int(pl.thread_pool_size())

    def polars(self) -> dict[str, Array]:
        """Every question's place by `join_asof`; sorting the questions by day is part of it."""
        found = self.questions.sort("day").join_asof(
            self.lines, left_on="day", right_on="start", by="pair", check_sortedness=False
        )
        return {"id": found["id"].to_numpy(), "place": found["place"].to_numpy()}

    def pandas(self) -> dict[str, Array]:
        """Every question's place by `merge_asof`; sorting the questions by day is part of it."""
        found = pd.merge_asof(
            self.pandas_questions.sort_values("day"),
            self.pandas_lines,
            left_on="day",
            right_on="start",
            by="pair",
        )
        return {"id": found["id"].to_numpy(), "place": found["place"].to_numpy()}
