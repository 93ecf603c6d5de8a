"""Why the answers at two points differ: documents known at one and not at the other, and the days between.

A point is a day asked about, a day of knowledge and a record. A document is whatever of the record became
known on a day: an action, a contested point, an armed conflict, the treaty's own entry into force or its
end, or its clauses where two records differ in them. Of the documents that differ those are named without
which the second answer would not follow: a set from which none can be left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from inforce.law.chronicle import Chronicle, checked, chronicle, knowledge
from inforce.law.counts import Counting
from inforce.law.derivation import ground_steps
from inforce.law.documents import Document, facts_of, world_of
from inforce.law.model import Between, Step
from inforce.law.parties import SHOWN
from inforce.law.timeline import Timeline
from inforce.record.model import BoundInterval, Record
from inforce.vocabulary import Status


class Point(NamedTuple):
    """Where a question is asked from: `known_by` None takes all that the record holds."""

    record: Record
    on: dt.date
    known_by: dt.date | None = None


class Place(msgspec.Struct, frozen=True):
    """Where a participant stands at a point; fields as in `StatusAnswer`, readings by their ids."""

    on: dt.date
    known_by: dt.date
    status: Status | None
    possible: tuple[Status, ...]
    bound: bool | None
    since: dt.date | None
    until: dt.date | None
    since_between: Between | None
    until_between: Between | None
    readings: dict[str, bool | None]


class StatusDiff(msgspec.Struct, frozen=True):
    """How a participant's standing differs between two points, and why.

    `changed` names the fields of the places that differ. `by_time` tells whether the passing of days alone
    changed the answer, with what was known at the first point; `taken_effect` are then the acts that turned
    it. `by_documents` is the smallest set of documents that, added to (or taken from) the first point,
    gives the second answer: none of them can be left out.
    """

    participant: str
    treaty: str
    first: Place
    second: Place
    changed: tuple[str, ...]
    by_time: bool
    taken_effect: tuple[Step, ...]
    by_documents: tuple[Document, ...]


class CountDiff(msgspec.Struct, frozen=True):
    """One count at two points (least and most), and who came in or went out in between."""

    counted: str
    first: tuple[int, int]
    second: tuple[int, int]
    came: tuple[str, ...]
    went: tuple[str, ...]


class PartiesDiff(msgspec.Struct, frozen=True):
    """The counts and the participants whose status differs between two points, each with its reasons."""

    treaty: str
    on: tuple[dt.date, dt.date]
    known_by: tuple[dt.date, dt.date]
    counts: tuple[CountDiff, ...]
    participants: tuple[StatusDiff, ...]


#: What a table of parties compares.
_STANDING = ("status", "possible", "bound")
_ALL = (*_STANDING, "since", "until", "since_between", "until_between", "readings")


def diff_status(
    first: Point, second: Point, participant: str, treaty: str, *, today: dt.date | None = None
) -> StatusDiff:
    """How the status of a participant differs between two points, and which documents changed it.

    Raises `UsageError` for keys that one of the records does not have.
    """
    for point in (first, second):
        checked(point.record, participant, treaty)
    return _Comparison(first, second, treaty, today).status(participant, _ALL)


def diff_parties(first: Point, second: Point, treaty: str, *, today: dt.date | None = None) -> PartiesDiff:
    """How the counts of a treaty differ between two points, whose status differs, and why.

    Raises `UsageError` for a treaty that one of the records does not have.
    """
    for point in (first, second):
        checked(point.record, None, treaty)
    comparison = _Comparison(first, second, treaty, today)
    found = [comparison.status(who, _STANDING) for who in comparison.participants()]
    return PartiesDiff(
        treaty=treaty,
        on=(first.on, second.on),
        known_by=(comparison.shown(first), comparison.shown(second)),
        counts=tuple(comparison.counts()),
        participants=tuple(one for one in found if one.changed),
    )


class _Comparison:
    """Two points and one treaty; facts by what they say, so that equal rows of two records are one."""

    def __init__(self, first: Point, second: Point, treaty: str, today: dt.date | None) -> None:
        self.today = today
        self.first = first._replace(known_by=knowledge(first.known_by, today).by)
        self.second = second._replace(known_by=knowledge(second.known_by, today).by)
        self.asked = (first, second)
        self.treaty = treaty
        self.before = dict(facts_of(self.first.record, treaty, self.first.known_by, "first"))
        self.after = dict(facts_of(self.second.record, treaty, self.second.known_by, "second"))

    def shown(self, point: Point) -> dt.date:
        return knowledge(point.known_by, self.today).shown

    def participants(self) -> list[str]:
        books = (chronicle(point.record) for point in (self.first, self.second))
        return sorted({who for book in books for who in book.participants(self.treaty)})

    def status(self, participant: str, fields: tuple[str, ...]) -> StatusDiff:
        one, other = (self._place(point, participant) for point in (self.first, self.second))
        changed = tuple(name for name in fields if getattr(one, name) != getattr(other, name))
        later = self._place(self.first._replace(on=self.second.on), participant)
        by_time = bool(changed) and self._view(later, fields) != self._view(one, fields)
        documents = self._minimal(participant, later, other, fields) if changed else ()
        return StatusDiff(
            participant=participant,
            treaty=self.treaty,
            first=msgspec.structs.replace(one, known_by=self.shown(self.asked[0])),
            second=msgspec.structs.replace(other, known_by=self.shown(self.asked[1])),
            changed=changed,
            by_time=by_time,
            taken_effect=tuple(self._turns(participant)) if by_time else (),
            by_documents=documents,
        )

    def counts(self) -> Iterator[CountDiff]:
        one, other = (
            Counting(point.record, self.treaty, point.known_by) for point in (self.first, self.second)
        )
        for counted in SHOWN:
            before, after = one.counting(counted, self.first.on), other.counting(counted, self.second.on)
            yield CountDiff(
                counted=counted,
                first=one.at(counted, self.first.on),
                second=other.at(counted, self.second.on),
                came=tuple(sorted(after - before)),
                went=tuple(sorted(before - after)),
            )

    def _place(self, point: Point, participant: str) -> Place:
        line = chronicle(point.record).timeline(participant, self.treaty, point.known_by)
        return _place(line, point.on)

    def _view(self, place: Place, fields: tuple[str, ...]) -> list[object]:
        return [getattr(place, name) for name in fields]

    def _minimal(
        self, participant: str, later: Place, target: Place, fields: tuple[str, ...]
    ) -> tuple[Document, ...]:
        """The documents without which the second answer would not follow from the first point's."""
        wanted = self._view(target, fields)
        if self._view(later, fields) == wanted:
            return ()
        differing = [*(self.before.keys() - self.after.keys()), *(self.after.keys() - self.before.keys())]
        differing.sort(key=self._order)
        own = [key for key in differing if self._document(key).participant in (participant, None)]
        kept = next(
            (
                keys
                for keys in (own, differing)
                if self._view(self._with(keys, participant), fields) == wanted
            ),
            differing,
        )
        for key in list(kept):
            less = [one for one in kept if one != key]
            if self._view(self._with(less, participant), fields) == wanted:
                kept = less
        return tuple(self._document(key) for key in kept)

    def _order(self, key: tuple[object, ...]) -> tuple[str, str, str]:
        """Later documents last: what can be left out is looked for among the early ones first."""
        document = self._document(key)
        return document.known or "", document.kind, document.text

    def _document(self, key: tuple[object, ...]) -> Document:
        return (self.before.get(key) or self.after[key])[0]

    def _with(self, keys: Iterable[tuple[object, ...]], participant: str) -> Place:
        """The answer on the second day from the first point's facts with these changed to the second's."""
        facts = dict(self.before)
        for key in keys:
            if facts.pop(key, None) is None:
                facts[key] = self.after[key]
        world = world_of(self.second.record, facts)
        # A chronicle of its own: so many worlds, each asked once, would push out those that are kept.
        return _place(Chronicle(world).timeline(participant, self.treaty, None), self.second.on)

    def _turns(self, participant: str) -> Iterator[Step]:
        """The acts that turned the status between the two days, as known at the first point."""
        early, late = sorted((self.first.on, self.second.on))
        line = chronicle(self.first.record).timeline(participant, self.treaty, self.first.known_by)
        turning = [one for one in line.stretches if early < one.start <= late]
        for index in dict.fromkeys(one.acts[-1] for one in turning if one.acts):
            yield from ground_steps(self.first.record, line.grounds[index])


def _place(line: Timeline, on: dt.date) -> Place:
    stretch, span = line.at(on), line.status_span(on)
    readings = tuple(reading for point in stretch.disputes for reading in point.readings)
    return Place(
        on=on,
        known_by=on,
        status=stretch.status,
        possible=stretch.possible,
        bound=stretch.bound,
        since=span.since,
        until=span.until,
        since_between=span.since_between,
        until_between=span.until_between,
        readings={one.id: _bound(one.bound, on) for one in readings},
    )


def _bound(intervals: Sequence[BoundInterval], on: dt.date) -> bool | None:
    """What a reading says of a day; None where it names no interval."""
    if not intervals:
        return None
    return any(one.since <= on and (one.until is None or on < one.until) for one in intervals)
