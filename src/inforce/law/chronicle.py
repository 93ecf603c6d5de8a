"""Builds timelines from the record, and keeps those built for the records last used."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import product
from typing import NamedTuple

from inforce.dates import parse_edtf
from inforce.errors import RecordError, UsageError
from inforce.law.clauses import entry_of_treaty, known_conflicts, opening
from inforce.law.timeline import Ground, Stretch, Timeline, lowest_first
from inforce.law.walk import Case, Dated, Walked, turns_status, walk
from inforce.record.model import Action, ArmedConflict, ContestedPoint, Record, Treaty
from inforce.vocabulary import ActionKind, Status

#: More acts of partial date than this for one participant and treaty are refused: what follows from them
#: is tried out in every combination.
MOST_PARTIAL_ACTS = 4

_BOOKS_KEPT = 4
_TIMELINES_KEPT = 200_000


class Chronicle:
    """One record, sorted by who acted under which treaty, with the timelines built from it so far."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.acts: dict[tuple[str, str], list[Action]] = defaultdict(list)
        for treaty, actions in record.actions.items():
            for action in actions:
                self.acts[treaty, action.participant].append(action)
        self.points: dict[tuple[str, str], list[ContestedPoint]] = defaultdict(list)
        for point in record.contested:
            if point.participant is not None:
                for treaty in point.treaties:
                    self.points[treaty, point.participant].append(point)
        self.conflicts: dict[str, tuple[ArmedConflict, ...]] = {}
        for conflict in record.conflicts:
            earlier = self.conflicts.get(conflict.participant, ())
            self.conflicts[conflict.participant] = (*earlier, conflict)
        self.verified = {key: last_verified(treaty) for key, treaty in record.treaties.items()}
        self._timelines: dict[tuple[str, str, dt.date | None], Timeline] = {}

    def participants(self, treaty: str) -> list[str]:
        """All with a recorded act under a treaty, sorted."""
        return sorted(participant for key, participant in self.acts if key == treaty)

    def timeline(self, participant: str, treaty: str, known_by: dt.date | None) -> Timeline:
        key = (participant, treaty, known_by)
        found = self._timelines.get(key)
        if found is None:
            if len(self._timelines) >= _TIMELINES_KEPT:
                self._timelines.clear()
            found = self._timelines[key] = _build(self, participant, treaty, known_by)
        return found


_books: list[Chronicle] = []


def chronicle(record: Record) -> Chronicle:
    """The chronicle of this very record object (identity, so that an edited copy is never mistaken)."""
    for book in _books:
        if book.record is record:
            return book
    book = Chronicle(record)
    _books.insert(0, book)
    del _books[_BOOKS_KEPT:]
    return book


def timeline(record: Record, participant: str, treaty: str, known_by: dt.date | None = None) -> Timeline:
    """The stretches of status of a participant towards a treaty, from the actions known by a day.

    `known_by` None takes all that the record holds. Raises `UsageError` for keys the record does not have.
    """
    checked(record, participant, treaty)
    return chronicle(record).timeline(participant, treaty, known_by)


class Asked(NamedTuple):
    """Of whom, on which day and as known by which day a question is asked."""

    record: Record
    participant: str
    on: dt.date
    known_by: dt.date | None

    def line(self, treaty: str) -> Timeline:
        """The participant's timeline under a treaty."""
        return chronicle(self.record).timeline(self.participant, treaty, self.known_by)


def checked(record: Record, participant: str | None, treaty: str | None) -> None:
    """Raise `UsageError` where a key is not the record's; names are resolved to keys elsewhere."""
    if treaty is not None and treaty not in record.treaties:
        raise UsageError(f"unknown treaty {treaty!r}; recorded are {', '.join(sorted(record.treaties))}")
    if participant is not None and participant not in record.participants:
        raise UsageError(f"unknown participant {participant!r}; write its three-letter code, such as FIN")


def last_verified(treaty: Treaty) -> dt.date:
    """The last day to which the treaty's actions are known complete."""
    day = parse_edtf(treaty.verified_through).last
    if day is None:
        raise RecordError(f"{treaty.key}: verified_through {treaty.verified_through!r} is open; give a date")
    return day


def is_known(action: Action, known_by: dt.date | None) -> bool:
    """Whether an act was public by a day; one of partial date counts from the last day it can mean."""
    return known_by is None or (action.known.last is not None and action.known.last <= known_by)


class _Range(NamedTuple):
    """First and last day on which an act can have been done; for a succession, how far it reaches back."""

    act: Action
    first: dt.date
    last: dt.date
    back_to: dt.date | None  # None: the record has no date of the succession of states

    @property
    def partial(self) -> bool:
        return self.first != self.last or self.back_to is None


def _build(book: Chronicle, participant: str, key: str, known_by: dt.date | None) -> Timeline:
    treaty = book.record.treaties[key]
    acts = book.acts.get((key, participant), [])
    ranges = [_range(book, act) for act in acts if turns_status(act.kind) and is_known(act, known_by)]
    case = Case(
        treaty=treaty,
        participant=participant,
        opening=min((opening(treaty), *(one.first for one in ranges))),
        entry=entry_of_treaty(treaty, known_by),
        conflicts=known_conflicts(book.conflicts.get(participant, ()), known_by),
    )
    stretches, grounds = _settle(case, ranges)
    for point in book.points.get((key, participant), ()):
        if _raised(point, acts, known_by):
            stretches = _overlay(stretches, point)
    return Timeline(participant, key, tuple(stretches), grounds, tuple(one.start for one in stretches))


def _range(book: Chronicle, act: Action) -> _Range:
    """Bounds of an act's day: nobody knows of an act before it is done, or acts before the treaty opens."""
    treaty = book.record.treaties[act.treaty]
    first = act.date.first or opening(treaty)
    ends = [day for day in (act.date.last, act.known.last) if day is not None]
    last = max(first, min(ends, default=book.verified[act.treaty]))
    succession = book.record.participants[act.participant].succession
    exact_succession = succession.date if succession else None
    if act.kind is not ActionKind.SUCCESSION:
        return _Range(act, first, last, first)
    return _Range(act, first, last, exact_succession)


def _settle(case: Case, ranges: list[_Range]) -> tuple[list[Stretch], tuple[Ground, ...]]:
    """Stretches of status; where dates are partial, every status that some choice of days gives."""
    partial = [index for index, one in enumerate(ranges) if one.partial]
    if not partial:
        walked = walk(case, [_dated(index, one, one.first) for index, one in enumerate(ranges)])
        turns = zip(walked.turns, [*(turn.day for turn in walked.turns[1:]), None], strict=True)
        stretches = [Stretch(turn.day, end, (turn.status,), turn.acts, turn.dispute) for turn, end in turns]
        return stretches, _grounds(ranges, walked, walked)
    if len(partial) > MOST_PARTIAL_ACTS:
        act = ranges[partial[0]].act
        raise RecordError(
            f"{act.file}: {len(partial)} acts of {case.participant} have partial dates; "
            f"give days for all but {MOST_PARTIAL_ACTS}"
        )
    corners = [_walk_with(case, ranges, choice) for choice in product((0, 2), repeat=len(partial))]
    cuts = sorted({turn.day for corner in corners for turn in corner.turns})
    ends = [*cuts[1:], None]
    stretches = [_open_stretch(case, ranges, start, end) for start, end in zip(cuts, ends, strict=True)]
    return _merged(stretches), _grounds(ranges, corners[0], corners[-1])


def _dated(index: int, one: _Range, day: dt.date) -> Dated:
    return Dated(index, one.act, day, day if one.back_to is None else one.back_to)


def _walk_with(
    case: Case, ranges: list[_Range], choice: tuple[int, ...], on: dt.date | None = None
) -> Walked:
    """The walk where each act of partial date is done on its first day (0), its last (2), or on `on` or
    the day nearest to it (1)."""
    choices = iter(choice)
    dated = []
    for index, one in enumerate(ranges):
        pick = next(choices) if one.partial else 0
        inside = one.first if on is None else min(max(on, one.first), one.last)
        day = (one.first, inside, one.last)[pick]
        succeeded = one.back_to
        if succeeded is None:
            succeeded = case.opening if pick == 0 else day
        dated.append(Dated(index, one.act, day, succeeded))
    return walk(case, dated)


def _open_stretch(case: Case, ranges: list[_Range], start: dt.date, end: dt.date | None) -> Stretch:
    """Every status that `start` can have had.

    It is enough to try the first day, the last, and `start` itself for each act: an act changes the
    status on a day only by being done by then or by having taken effect by then.
    """
    count = sum(one.partial for one in ranges)
    statuses: set[Status] = set()
    acts: set[int] = set()
    dispute: ContestedPoint | None = None
    for choice in product((0, 1, 2), repeat=count):
        walked = _walk_with(case, ranges, choice, start)
        turn = next(turn for turn in reversed(walked.turns) if turn.day <= start)
        statuses.add(turn.status)
        acts.update(turn.acts)
        dispute = dispute or turn.dispute
    return Stretch(start, end, lowest_first(statuses), tuple(sorted(acts)), dispute)


def _merged(stretches: list[Stretch]) -> list[Stretch]:
    """Neighbours that differ in nothing but their days are one stretch."""
    merged: list[Stretch] = []
    for one in stretches:
        if merged and (merged[-1].possible, merged[-1].acts, merged[-1].dispute) == (
            one.possible,
            one.acts,
            one.dispute,
        ):
            merged[-1] = Stretch(merged[-1].start, one.end, one.possible, one.acts, one.dispute)
        else:
            merged.append(one)
    return merged


def _grounds(ranges: list[_Range], earliest: Walked, latest: Walked) -> tuple[Ground, ...]:
    return tuple(
        Ground(one.act, one.first, one.last, earliest.effects[index], latest.effects[index])
        for index, one in enumerate(ranges)
    )


def _raised(point: ContestedPoint, acts: list[Action], known_by: dt.date | None) -> bool:
    """Whether a point makes the status contested as known by a day: begun, and the raising act known."""
    if point.since is None:
        return False
    if known_by is None:
        return True
    raising = [act for act in acts if act.date.exact == point.since]
    return point.since <= known_by and all(is_known(act, known_by) for act in raising)


def _overlay(stretches: list[Stretch], point: ContestedPoint) -> list[Stretch]:
    """Mark the stretches within a point's time as disputed, cutting those that reach over its ends."""
    laid: list[Stretch] = []
    for one in stretches:
        for start, end in _cut(one, point):
            inside = point.since is not None and start >= point.since
            inside = inside and (point.until is None or start < point.until)
            laid.append(Stretch(start, end, one.possible, one.acts, point if inside else one.dispute))
    return laid


def _cut(stretch: Stretch, point: ContestedPoint) -> list[tuple[dt.date, dt.date | None]]:
    within = [
        day
        for day in (point.since, point.until)
        if day is not None and stretch.start < day and (stretch.end is None or day < stretch.end)
    ]
    starts = [stretch.start, *within]
    return list(zip(starts, [*within, stretch.end], strict=True))
