"""What a world answers: one place, all places of a day, or the answers to many questions."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from inforce.law.counts import CONVENTION
from inforce.law.model import StatusAnswer, Step
from inforce.law.status import status
from inforce.law.world_columns import (
    BOUND,
    CONTESTED,
    NO,
    NONE,
    OPEN,
    STATUSES,
    YES,
    Codes,
    Columns,
    Indexes,
    statuses,
)
from inforce.law.world_counts import fitting
from inforce.law.world_days import FIRST, NEVER, date, date_or_none
from inforce.law.world_index import Everybody
from inforce.record.model import Record
from inforce.vocabulary import Status

T = TypeVar("T", bound=np.generic)

_BOUND_OF: Final = {NO: False, YES: True}


class Question(NamedTuple):
    """What `inforce.law.status` is asked."""

    record: Record
    participant: str
    treaty: str
    on: dt.date
    known_by: dt.date | None
    today: dt.date | None


class Place:
    """Where a participant stands towards a treaty on a day, as known by a day.

    Everything is read when it is asked for. `answer` is the whole answer of `inforce.law.status`, with its
    derivation; only that is computed anew.
    """

    __slots__ = ("_columns", "_row", "question")

    def __init__(self, question: Question, columns: Columns, row: int) -> None:
        self.question = question
        self._columns = columns
        self._row = row

    @property
    def status(self) -> Status | None:
        """The status; None where a partial date leaves it open."""
        code = self._columns.status[self._row]
        return None if code == OPEN else STATUSES[code]

    @property
    def bound(self) -> bool | None:
        """Whether the treaty binds; None where contested or open."""
        return _BOUND_OF.get(int(self._columns.bound[self._row]))

    @property
    def possible(self) -> tuple[Status, ...]:
        """The one status, or all that it can be, lowest first."""
        code = self._columns.status[self._row]
        return statuses(int(self._columns.possible[self._row])) if code == OPEN else (STATUSES[code],)

    @property
    def start(self) -> dt.date | None:
        """The first day on which it stands there; None for the first day of the calendar."""
        start = date(self._columns.start[self._row])
        return None if start == dt.date.min else start

    @property
    def end(self) -> dt.date | None:
        """The first day on which it stands there no more; None where that is open."""
        return date_or_none(self._columns.end[self._row])

    @property
    def dispute(self) -> str | None:
        """The id of the contested point."""
        index = self._columns.dispute[self._row]
        return None if index == NONE else self._columns.disputes[index]

    def answer(self) -> StatusAnswer:
        """The whole answer."""
        record, participant, treaty, on, known_by, today = self.question
        return status(record, participant, treaty, on=on, known_by=known_by, today=today)

    @property
    def derivation(self) -> tuple[Step, ...]:
        """Why, step by step."""
        return self.answer().derivation

    def __repr__(self) -> str:
        _, participant, treaty, on, known_by, _ = self.question
        known = "" if known_by is None else f" as known by {known_by}"
        return f"<{participant} {treaty} on {on}{known}: {self.status or ' or '.join(self.possible)}>"


class Answers:
    """Answers in the order of the questions, as arrays; each array is made when it is asked for.

    `status` and `bound` are codes of `STATUSES` and `BOUND`.
    """

    def __init__(self, columns: Columns, rows: Indexes) -> None:
        self._columns = columns
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def _take(self, column: npt.NDArray[T]) -> npt.NDArray[T]:
        return column[self._rows]

    @property
    def status(self) -> Codes:
        """Codes: places in `inforce.law.world_columns.STATUSES`, and `OPEN` after them."""
        return self._take(self._columns.status)

    @property
    def bound(self) -> Codes:
        """Codes: places in `inforce.law.world_columns.BOUND` (no, yes, contested, open)."""
        return self._take(self._columns.bound)

    @property
    def statuses(self) -> npt.NDArray[np.str_]:
        """The statuses in words; `open` where a partial date leaves it open."""
        return STATUS_WORDS[self.status]

    @property
    def bounds(self) -> npt.NDArray[np.str_]:
        """Whether bound, in words: no, yes, contested, open."""
        return BOUND_WORDS[self.bound]

    @property
    def start(self) -> npt.NDArray[np.datetime64]:
        """The first day of each stretch; not a time for the first day of the calendar."""
        return days(self._take(self._columns.start))

    @property
    def end(self) -> npt.NDArray[np.datetime64]:
        """The first day after each stretch; not a time where it is open."""
        return days(self._take(self._columns.end))

    @property
    def possible(self) -> npt.NDArray[np.uint16]:
        """What can be, a bit for each status."""
        return self._take(self._columns.possible)

    @property
    def disputes(self) -> npt.NDArray[np.str_]:
        """Ids of contested points; empty for none."""
        return np.array([*self._columns.disputes, ""])[self._take(self._columns.dispute)]


class Snapshot(Answers):
    """Where every participant stands towards every treaty on one day: arrays with a row for each treaty."""

    def __init__(self, places: Everybody, treaties: tuple[str, ...], participants: tuple[str, ...]) -> None:
        super().__init__(places.index.columns, np.empty(0, np.intp))
        self._places = places
        self.treaties = treaties
        self.participants = participants

    def __len__(self) -> int:
        return len(self.treaties) * len(self.participants)

    def _take(self, column: npt.NDArray[T]) -> npt.NDArray[T]:
        return self._places.take(column)

    @property
    def status(self) -> Codes:
        """As in `Answers`."""
        return self._places.status

    @property
    def bound(self) -> Codes:
        """As in `Answers`."""
        return self._places.bound

    def bound_by(self, treaty: str) -> tuple[str, ...]:
        """The participants that a treaty surely binds, contested ones left out."""
        bound = self.bound[self.treaties.index(treaty)] == YES
        return tuple(np.array(self.participants)[bound].tolist())

    def counts(self, counted: str) -> dict[str, tuple[int, int]]:
        """Least and most of a count of `inforce.law.counts` under each treaty.

        Raises `ValueError` for one that goes by what was once done: no day's places tell that.
        """
        return dict(zip(self.treaties, self._least_most(counted, axis=1), strict=True))

    def counts_of_treaties(self, counted: str) -> dict[str, tuple[int, int]]:
        """Under how many treaties each participant is counted, at least and at most, in such a count."""
        return dict(zip(self.participants, self._least_most(counted, axis=0), strict=True))

    def _least_most(self, counted: str, *, axis: int) -> list[tuple[int, int]]:
        convention = CONVENTION[counted]
        if convention.ever is not None:
            raise ValueError(f"{counted} goes by what was once done; ask World.counts")
        columns = self._places.index.columns
        disputed = self._take(columns.dispute) != NONE
        fits = fitting(convention, self._take(columns.possible), disputed)
        least, most = (one.sum(axis=axis).tolist() for one in fits)
        return list(zip(least, most, strict=True))

    def contested(self) -> tuple[tuple[str, str], ...]:
        """Pairs of participant and treaty of which the status is contested."""
        found = np.argwhere(self.bound == CONTESTED)
        return tuple((self.participants[who], self.treaties[which]) for which, who in found.tolist())


STATUS_WORDS: Final = np.array([*(str(one) for one in STATUSES), "open"])
BOUND_WORDS: Final = np.array(BOUND)


def days(numbers: npt.NDArray[np.int32]) -> npt.NDArray[np.datetime64]:
    """Days as numpy has them; those that no calendar reaches are no times."""
    found = numbers.astype("datetime64[D]")
    found[(numbers == FIRST) | (numbers == NEVER)] = np.datetime64("NaT")
    return found
