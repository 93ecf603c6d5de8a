"""All timelines of all participants and treaties at once, as columns: built once, asked a million times.

The answers are those of `inforce.law.status`, for every pair, day and day of knowledge. Days of effect are
legal days without a time zone, intervals include their first day and not their last.

    from inforce.law.world import World
    from inforce.record import load

    world = World.of(load())
    world.status("FIN", "apmbc", dt.date(2025, 12, 1))
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING, Any

import numpy as np

from inforce.errors import UsageError
from inforce.law.chronicle import checked, chronicle, knowledge
from inforce.law.clauses import opening
from inforce.law.counts import Counting
from inforce.law.world_answers import Answers, Place, Question, Snapshot
from inforce.law.world_columns import Columns
from inforce.law.world_counts import Steps, steps
from inforce.law.world_days import number
from inforce.law.world_index import Everybody, Index
from inforce.law.world_irregular import walked
from inforce.law.world_lines import lines_ever, lines_now
from inforce.law.world_regular import sort_out
from inforce.law.world_store import joined, key_of, read, write
from inforce.record.model import Record

if TYPE_CHECKING:
    import polars
    import pyarrow


class World:
    """The timelines of one record. Build it with `World.of`; it never changes."""

    def __init__(self, record: Record, *, cached: bool) -> None:
        self.record = record
        self.treaties = tuple(record.treaties)
        self.participants = tuple(record.participants)
        self._cached = cached
        self._treaty = {key: number for number, key in enumerate(self.treaties)}
        self._participant = {key: number for number, key in enumerate(self.participants)}

    @classmethod
    def of(cls, record: Record, *, cached: bool = True) -> World:
        """The world of a record, read from the user's cache where it was built before.

        What was known when is built when a question with `known_by` first asks for it. `cached=False`
        neither reads nor writes the cache. Raises what `inforce.law.timeline` raises on a record with a
        clause or an act that the law cannot follow.
        """
        world = cls(record, cached=cached)
        world.now  # noqa: B018 - built here, so that no later question pays for it
        return world

    @functools.cached_property
    def now(self) -> Columns:
        """One line for each pair that ever acted, from all that is recorded."""
        return self._kept("now", ever=False)

    @functools.cached_property
    def ever(self) -> Columns:
        """Every line of each of these pairs, with the day from which it was known."""
        return self._kept("ever", ever=True)

    def status(
        self,
        participant: str,
        treaty: str,
        on: dt.date,
        known_by: dt.date | None = None,
        *,
        today: dt.date | None = None,
    ) -> Place:
        """Where a participant stands towards a treaty (both keys) on a day, as known by a day.

        `known_by` and `today` are those of `inforce.law.status`. Raises `UsageError` for keys that the
        record does not have.
        """
        try:
            pair = self._treaty[treaty] * len(self.participants) + self._participant[participant]
        except KeyError:
            checked(self.record, participant, treaty)
            raise
        by = None if known_by is None else knowledge(known_by, today).by
        index = self._now if by is None else self._ever
        row = index.row_of(pair, number(on), None if by is None else number(by))
        question = Question(self.record, participant, treaty, on, known_by, today)
        return Place(question, index.columns, row)

    def snapshot(self, on: dt.date, known_by: dt.date | None = None) -> Snapshot:
        """Where every participant stands towards every treaty on a day, as known by a day."""
        by = knowledge(known_by, None).by
        index = self._now if by is None else self._ever
        places = Everybody(index, number(on), None if by is None else number(by))
        return Snapshot(places, self.treaties, self.participants)

    def ask(self, participants: Any, treaties: Any, days: Any, known_by: dt.date | None = None) -> Any:
        """Where many participants stand towards many treaties on many days.

        Each argument is one value for all questions, or a column: a numpy array, a list, a Polars or
        pandas series, a PyArrow array. Participants and treaties are keys, or in an array of integers
        their places in `World.participants` and `World.treaties`; days are dates, or in an array of
        integers days since 1970. The answer is `Answers` (numpy), or a Polars frame, a pandas frame or
        an Arrow table where a column was of that kind. Raises `UsageError` for keys and days that the
        record or the calendar does not have, and for columns of different lengths.
        """
        from inforce.law import world_frames  # noqa: PLC0415 - only questions in columns need it

        asked = world_frames.asked((participants, treaties, days), self.participants, self.treaties)
        by = knowledge(known_by, None).by
        pair = asked.treaty * np.int32(len(self.participants)) + asked.participant
        if by is None:
            rows, made = self._now.rows(pair, asked.day), self._now.columns
        else:
            rows, made = self._ever.rows_then(pair, asked.day, np.int32(number(by))), self._ever.columns
        return world_frames.answered(Answers(made, rows), asked.kind)

    def counts(
        self, treaty: str, frm: dt.date, to: dt.date, known_by: dt.date | None = None
    ) -> dict[str, Steps]:
        """Every count of `inforce.law.counts` over the days from `frm` to `to`, both included.

        Raises `UsageError` for an unknown treaty, or where `to` lies before `frm`.
        """
        checked(self.record, None, treaty)
        if to < frm:
            raise UsageError(f"no days from {frm} to {to}; give the earlier day first")
        by = knowledge(known_by, None).by
        index = self._now if by is None else self._ever
        first = self._treaty[treaty] * len(self.participants)
        acted = [self._participant[one] for one in chronicle(self.record).participants(treaty)]
        lines = index.lines_of(np.array(acted, np.int64) + first, None if by is None else number(by))
        slow = functools.cache(lambda: Counting(self.record, treaty, by))
        return steps(slow, index.columns, lines, (number(frm), number(to)))

    def to_arrow(self, *, ever: bool = False) -> pyarrow.Table:
        """The stretches of all pairs that ever acted as an Arrow table; `ever` with all that was known when.

        Participants that never acted under a treaty have no row: they stand at `not-open` until its
        opening, and at `none` from then on. Needs PyArrow.
        """
        from inforce.law import world_frames  # noqa: PLC0415 - optional

        made = self.ever if ever else self.now
        return world_frames.table(made, self.treaties, self.participants)

    def to_polars(self, *, ever: bool = False) -> polars.DataFrame:
        """The same as a Polars frame. Needs Polars."""
        from inforce.law import world_frames  # noqa: PLC0415 - optional

        made = self.ever if ever else self.now
        return world_frames.frame(made, self.treaties, self.participants)

    @functools.cached_property
    def _now(self) -> Index:
        return Index(self.now, self._openings(), len(self.participants))

    @functools.cached_property
    def _ever(self) -> Index:
        return Index(self.ever, self._openings(), len(self.participants))

    def _openings(self) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        return np.array([number(opening(one)) for one in self.record.treaties.values()], np.int32)

    def _kept(self, part: str, *, ever: bool) -> Columns:
        """Columns from the cache, or built and kept there."""
        key = key_of(self.record, part) if self._cached else None
        made = None if key is None else read(key)
        if made is None:
            made = built(self.record, ever=ever)
            if key is not None:
                write(key, made)
        return made


def built(record: Record, *, ever: bool) -> Columns:
    """The columns of a record: regular pairs all at once, irregular ones one by one."""
    book = chronicle(record)
    regular = sort_out(book)
    names = tuple(record.treaties), tuple(record.participants)
    lines = lines_ever if ever else lines_now
    return joined(lines(regular, names), walked(book, regular.irregular, ever=ever))
