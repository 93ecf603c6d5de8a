"""Builds timelines from the record, and keeps those built for the records last used."""

from __future__ import annotations

import datetime as dt
import threading
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import msgspec

from inforce.dates import parse_edtf
from inforce.errors import RecordError, UsageError
from inforce.law.clauses import known_conflicts, opening
from inforce.law.entry import Entry, end_of_treaty, entry_of_treaty, news_of_treaty
from inforce.law.readings import under_reading
from inforce.law.settle import Window, settle
from inforce.law.timeline import Stretch, Timeline
from inforce.law.walk import Case, turns_status
from inforce.record.model import Action, ArmedConflict, ContestedPoint, DeadlineExtension, Record, Treaty
from inforce.vocabulary import ActionKind

_Answer = TypeVar("_Answer")

_BOOKS_KEPT = 4
_TIMELINES_KEPT = 200_000


class Chronicle:
    """One record, sorted by who acted under which treaty, with the timelines built from it so far.

    Those of treaties of which `base` holds the very same facts are its: what is supposed of one treaty
    leaves the others as they are.
    """

    def __init__(self, record: Record, base: Chronicle | None = None) -> None:
        self.record = record
        self.base = base
        self._shared = frozenset() if base is None else _unchanged(record, base.record)
        self.acts: dict[tuple[str, str], list[Action]] = defaultdict(list)
        for treaty, actions in record.actions.items():
            for action in actions:
                self.acts[treaty, action.participant].append(action)
        self._add_exits_from_parents()
        self.points: dict[tuple[str, str], list[ContestedPoint]] = defaultdict(list)
        for point in record.contested:
            for participant in point.concerned:
                for treaty in point.treaties:
                    self.points[treaty, participant].append(point)
        self.conflicts: dict[str, tuple[ArmedConflict, ...]] = {}
        for conflict in record.conflicts:
            earlier = self.conflicts.get(conflict.participant, ())
            self.conflicts[conflict.participant] = (*earlier, conflict)
        self.extensions: dict[tuple[str, str], list[DeadlineExtension]] = defaultdict(list)
        for extension in record.extensions:
            self.extensions[extension.treaty, extension.participant].append(extension)
        self.verified = {key: last_verified(treaty) for key, treaty in record.treaties.items()}
        self._participants: dict[str, list[str]] = {}
        self._timelines: dict[tuple[str, str, dt.date | None], Timeline] = {}
        self._of_lines: dict[tuple[int, str], tuple[Timeline, Any]] = {}
        self._news: dict[tuple[str, str], list[dt.date]] = {}
        self._news_of_all: dict[str, list[dt.date]] = {}
        self._turns: dict[str, frozenset[dt.date]] = {}
        self._entries: dict[tuple[str, dt.date | None], Entry] = {}

    def _add_exits_from_parents(self) -> None:
        """Whoever leaves a treaty leaves those that end with it, by the same notice."""
        for key, treaty in self.record.treaties.items():
            if not treaty.final_clauses.ends_with_parent or treaty.parent is None:
                continue
            for action in self.record.actions.get(treaty.parent, ()):
                leaving = action.kind in (ActionKind.WITHDRAWAL, ActionKind.REVOCATION)
                if leaving and (key, action.participant) in self.acts:
                    self.acts[key, action.participant].append(msgspec.structs.replace(action, treaty=key))

    def entry(self, treaty: str, known_by: dt.date | None) -> Entry:
        """The treaty's own entry into force as known by a day."""
        found = self._entries.get((treaty, known_by))
        if found is None:
            acts = [act for act in self.record.actions.get(treaty, ()) if is_known(act, known_by)]
            if len(self._entries) >= _TIMELINES_KEPT:
                self._entries.clear()
            found = entry_of_treaty(self.record.treaties[treaty], acts, known_by)
            self._entries[treaty, known_by] = found
        return found

    def participants(self, treaty: str) -> list[str]:
        """All with a recorded act under a treaty, sorted."""
        if treaty not in self._participants:
            acted = sorted(participant for key, participant in self.acts if key == treaty)
            self._participants[treaty] = acted
        return self._participants[treaty]

    def timeline(self, participant: str, treaty: str, known_by: dt.date | None) -> Timeline:
        if self.base is not None and treaty in self._shared:
            return self.base.timeline(participant, treaty, known_by)
        key = (participant, treaty, self._last_news(participant, treaty, known_by))
        found = self._timelines.get(key)
        if found is None:
            if len(self._timelines) >= _TIMELINES_KEPT:
                self._timelines.clear()
            found = self._timelines[key] = _build(self, *key)
        return found

    def of_line(self, line: Timeline, what: str, work_out: Callable[[Timeline], _Answer]) -> _Answer:
        """What follows from one of the timelines kept here alone, worked out once for each."""
        key = (id(line), what)
        found = self._of_lines.get(key)
        if found is None:
            if len(self._of_lines) >= _TIMELINES_KEPT:
                self._of_lines.clear()
            found = self._of_lines[key] = (
                line,
                work_out(line),
            )  # holds the line, so that its id stays its own
        answer: _Answer = found[1]
        return answer

    def _last_news(self, participant: str, treaty: str, known_by: dt.date | None) -> dt.date | None:
        """The last day up to `known_by` on which anything became known that bears on a timeline.

        What was known between two such days is the same, so that one timeline serves them all; None is
        all that the record holds.
        """
        return None if known_by is None else _latest(self.news(participant, treaty), known_by)

    def last_news_of_all(self, treaty: str, known_by: dt.date | None) -> dt.date | None:
        """The same for all with a recorded act under a treaty together."""
        if known_by is None:
            return None
        days = self._news_of_all.get(treaty)
        if days is None:
            each = (self.news(participant, treaty) for participant in self.participants(treaty))
            days = self._news_of_all[treaty] = sorted(set().union(*each))
        return _latest(days, known_by)

    def news(self, participant: str, treaty: str) -> list[dt.date]:
        """Days on which anything became known that bears on a timeline or its deadlines, sorted."""
        days = self._news.get((participant, treaty))
        if days is None:
            days = self._news[participant, treaty] = self._news_days(participant, treaty)
        return days

    def _news_days(self, participant: str, treaty: str) -> list[dt.date]:
        """Days on which something became known; the end of time for an act that never surely was."""
        days = set(self.treaty_news(treaty))
        days |= {act.known.last or dt.date.max for act in self.acts.get((treaty, participant), ())}
        points = self.points.get((treaty, participant), ())
        days |= {point.since for point in points if point.since is not None}
        for conflict in self.conflicts.get(participant, ()):
            days |= {conflict.since, conflict.until or conflict.since}
        extensions = self.extensions.get((treaty, participant), ())
        days |= {one.decided.last or dt.date.max for one in extensions}
        return sorted(days)

    def treaty_news(self, treaty: str) -> list[dt.date]:
        """Days on which something became known that bears on everybody under a treaty, sorted.

        Where its entry into force is computed, those are the days of the acts that turned it.
        """
        of = self.record.treaties[treaty]
        days = news_of_treaty(of)
        trigger = self.entry(treaty, None).trigger
        days |= set() if trigger is None else {trigger}
        if of.final_clauses.entry_into_force.initial.published_date is None:
            days |= self._turns_of_entry(treaty)
        return sorted(days)

    def _turns_of_entry(self, treaty: str) -> frozenset[dt.date]:
        found = self._turns.get(treaty)
        if found is None:
            known = sorted({act.known.last or dt.date.max for act in self.record.actions.get(treaty, ())})
            entries = [self.entry(treaty, day) for day in (dt.date.min, *known)]
            turns = (
                day for day, before, now in zip(known, entries, entries[1:], strict=False) if before != now
            )
            found = self._turns[treaty] = frozenset(turns)
        return found


def _latest(days: list[dt.date], by: dt.date) -> dt.date | None:
    """The last of some sorted days up to one; the first day of all before them, None from the last on."""
    position = bisect_right(days, by)
    if position == len(days):
        return None
    return days[position - 1] if position else dt.date.min


def _unchanged(record: Record, base: Record) -> frozenset[str]:
    """The treaties of which two records hold the very same facts (identity), and so the same timelines."""
    if any(
        getattr(record, part) is not getattr(base, part)
        for part in ("treaties", "participants", "contested", "conflicts", "extensions")
    ):
        return frozenset()

    def same(key: str) -> bool:
        return record.actions.get(key) is base.actions.get(key)

    return frozenset(
        key for key, one in record.treaties.items() if same(key) and (one.parent is None or same(one.parent))
    )


_books: list[Chronicle] = []
_turning = threading.Lock()


def chronicle(record: Record) -> Chronicle:
    """The chronicle of this very record object (identity, so that an edited copy is never mistaken).

    Those last asked for are kept: a record that many ask of outlives those that are supposed once.
    """
    if _books and (latest := _books[0]).record is record:
        return latest
    with _turning:
        at = next((at for at, book in enumerate(_books) if book.record is record), None)
        found = Chronicle(record, _base(record)) if at is None else _books[at]
        _books[:] = [found, *(book for book in _books if book is not found)][:_BOOKS_KEPT]
    return found


def _base(record: Record) -> Chronicle | None:
    """A book that is kept, of the record that this one was supposed of; none that itself has one."""
    return next((one for one in _books if one.base is None and one.record.treaties is record.treaties), None)


def timeline(record: Record, participant: str, treaty: str, known_by: dt.date | None = None) -> Timeline:
    """The stretches of status of a participant towards a treaty, from the actions known by a day.

    `known_by` None takes all that the record holds. Raises `UsageError` for keys the record does not have.
    """
    checked(record, participant, treaty)
    return chronicle(record).timeline(participant, treaty, known_by)


class Knowledge(NamedTuple):
    """`by` filters the acts, None takes all of the record; `shown` is the day that an answer names."""

    by: dt.date | None
    shown: dt.date


def knowledge(known_by: dt.date | None, today: dt.date | None) -> Knowledge:
    """What `known_by` leaves of the record. All that is recorded is known today, whatever its dates say."""
    now = today or dt.date.today()  # noqa: DTZ011  a legal day has no time zone
    by = None if known_by is None or known_by >= now else known_by
    return Knowledge(by, known_by or now)


class Asked(NamedTuple):
    """Of whom, on which day and as known by which day a question is asked."""

    record: Record
    participant: str
    on: dt.date
    known_by: dt.date | None
    reading: str | None = None  # the full name of the reading under which the question is asked

    def line(self, treaty: str) -> Timeline:
        """The participant's timeline under a treaty."""
        found = chronicle(self.record).timeline(self.participant, treaty, self.known_by)
        return found if self.reading is None else under_reading(found, self.reading)


def checked(record: Record, participant: str | None, treaty: str | None) -> None:
    """Raise `UsageError` where a key is not the record's; names are resolved to keys elsewhere."""
    if treaty is not None and treaty not in record.treaties:
        raise UsageError(f"unknown treaty {treaty!r}; recorded are {', '.join(sorted(record.treaties))}")
    if participant is not None and participant not in record.participants:
        raise UsageError(f"unknown participant {participant!r}; write its three-letter code, such as FIN")


def latest_act(asked: Asked, treaty: str, kind: ActionKind) -> Action | None:
    """The participant's latest act of a kind that was done by the day asked about and known."""
    acts = [
        act
        for act in chronicle(asked.record).acts.get((treaty, asked.participant), ())
        if act.kind is kind
        and act.date.last is not None
        and act.date.last <= asked.on
        and is_known(act, asked.known_by)
    ]
    return max(acts, key=lambda act: (act.date.last or dt.date.min, act.source), default=None)


def last_verified(treaty: Treaty) -> dt.date:
    """The last day to which the treaty's actions are known complete."""
    day = parse_edtf(treaty.verified_through).last
    if day is None:
        raise RecordError(f"{treaty.key}: verified_through {treaty.verified_through!r} is open; give a date")
    return day


def is_known(action: Action, known_by: dt.date | None) -> bool:
    """Whether an act was public by a day; one of partial date counts from the last day it can mean."""
    return known_by is None or (action.known.last is not None and action.known.last <= known_by)


def _build(book: Chronicle, participant: str, key: str, known_by: dt.date | None) -> Timeline:
    treaty = book.record.treaties[key]
    acts = book.acts.get((key, participant), [])
    windows = sorted(
        (_window(book, act) for act in acts if turns_status(act.kind) and is_known(act, known_by)), key=_order
    )
    entry = book.entry(key, known_by)
    case = Case(
        treaty=treaty,
        participant=participant,
        opening=min((opening(treaty), *(one.first for one in windows))),
        entry=entry,
        conflicts=known_conflicts(book.conflicts.get(participant, ()), known_by),
        ended=book.record.participants[participant].until,
        treaty_ended=end_of_treaty(treaty, entry.day, known_by),
    )
    stretches, grounds = settle(case, windows)
    for point in book.points.get((key, participant), ()):
        if raised(point, acts, known_by):
            stretches = _overlay(stretches, point)
    return Timeline(participant, key, tuple(stretches), grounds, tuple(one.start for one in stretches))


def _order(window: Window) -> tuple[object, ...]:
    """By what was done and when, never by the row of the record."""
    act = window.act
    return window.first, window.last, act.kind, act.date.text, act.known.text, act.source, act.note


def bounds(book: Chronicle, act: Action) -> tuple[dt.date, dt.date]:
    """Bounds of an act's day: nobody knows of an act before it is done, or acts before the treaty opens."""
    first = act.date.first or opening(book.record.treaties[act.treaty])
    ends = [day for day in (act.date.last, act.known.last) if day is not None]
    return first, max(first, min(ends, default=book.verified[act.treaty]))


def _window(book: Chronicle, act: Action) -> Window:
    first, last = bounds(book, act)
    succession = book.record.participants[act.participant].succession
    if act.kind is not ActionKind.SUCCESSION:
        return Window(act, first, last, first)
    return Window(act, first, last, succession.date if succession else None)


def raised(point: ContestedPoint, acts: list[Action], known_by: dt.date | None) -> bool:
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
            if inside:
                laid.append(Stretch(start, end, one.possible, one.acts, point, beside=one.disputes))
            else:
                laid.append(msgspec.structs.replace(one, start=start, end=end))
    return laid


def _cut(stretch: Stretch, point: ContestedPoint) -> list[tuple[dt.date, dt.date | None]]:
    within = [
        day
        for day in (point.since, point.until)
        if day is not None and stretch.start < day and (stretch.end is None or day < stretch.end)
    ]
    starts = [stretch.start, *within]
    return list(zip(starts, [*within, stretch.end], strict=True))
