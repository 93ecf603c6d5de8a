"""The lines of irregular pairs: their timelines as the law walks them one by one, as columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from inforce.law.chronicle import Chronicle
from inforce.law.timeline import Timeline
from inforce.law.world_columns import NONE, Columns, Lines, bits, columns
from inforce.law.world_days import FIRST, number

#: A stretch: its first day, what is possible, and the dispute.
_Row = tuple[int, int, str | None]


def walked(book: Chronicle, pairs: Sequence[tuple[int, int]], *, ever: bool) -> Columns:
    """The lines of pairs (treaty number, participant number), sorted; all versions, or that of today."""
    treaties, participants = list(book.record.treaties), list(book.record.participants)
    heads: list[tuple[int, int, int]] = []
    rows: list[_Row] = []
    for treaty, participant in sorted(pairs):
        pair = treaty * len(participants) + participant
        of = _versions if ever else _today
        for known_from, stretches in of(book, participants[participant], treaties[treaty]):
            heads.append((pair, known_from, len(stretches)))
            rows += stretches
    ids = tuple(sorted({dispute for _, _, dispute in rows if dispute is not None}))
    place = {one: index for index, one in enumerate(ids)} | {None: NONE}
    head = np.array(heads, np.int64).reshape(-1, 3)
    first = np.concatenate([[0], np.cumsum(head[:, 2])])
    return columns(
        Lines(head[:, 0].astype(np.int32), head[:, 1].astype(np.int32), first),
        np.array([start for start, _, _ in rows], np.int32),
        np.array([possible for _, possible, _ in rows], np.uint16),
        np.array([place[dispute] for _, _, dispute in rows], np.int32),
        ids,
    )


def _today(book: Chronicle, participant: str, treaty: str) -> Iterator[tuple[int, list[_Row]]]:
    yield FIRST, _rows(book.timeline(participant, treaty, None))


def _versions(book: Chronicle, participant: str, treaty: str) -> Iterator[tuple[int, list[_Row]]]:
    """The timeline from each day on which it becomes known otherwise."""
    before: list[_Row] | None = None
    for day in (dt.date.min, *book.news(participant, treaty)):
        rows = _rows(book.timeline(participant, treaty, day))
        if rows != before:
            yield number(day), rows
        before = rows


def _rows(line: Timeline) -> list[_Row]:
    """The stretches, those together that differ only in the acts that led there."""
    rows: list[_Row] = []
    for one in line.stretches:
        same = bits(one.possible), one.dispute.id if one.dispute is not None else None
        if not rows or rows[-1][1:] != same:
            rows.append((number(one.start), *same))
    return rows
