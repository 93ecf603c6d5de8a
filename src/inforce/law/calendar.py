"""Coming and past dates of the record as entries that can be followed: each with its why and its history."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import ceil
from typing import NamedTuple

import msgspec

from inforce.dates import within_years
from inforce.errors import UsageError
from inforce.law.chronicle import Chronicle, checked, chronicle, knowledge
from inforce.law.derivation import reading_answers
from inforce.law.model import CalendarAnswer, CalendarEntry
from inforce.law.moment_words import because, summary
from inforce.law.moments import Moment, moments, treaty_moments
from inforce.law.status import coverage
from inforce.record.model import Record, Treaty
from inforce.vocabulary import DateKind

#: The moments that one state of knowledge gives, by identity.
Snapshot = Callable[[dt.date | None], Iterable[Moment]]


def calendar(
    record: Record,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    treaties: Sequence[str] = (),
    participants: Sequence[str] = (),
    kinds: Sequence[str] = (),
    known_by: dt.date | None = None,
    today: dt.date | None = None,
) -> CalendarAnswer:
    """All dates from `since` to `until` (both included; None is open), in order, as known by a day.

    Empty `treaties`, `participants` and `kinds` take all of them; a treaty's own dates belong to no
    participant and are left out where participants are named. What an entry says, its `sequence` and
    `changed` included, depends on the record and `known_by` alone. Raises `UsageError` for keys and kinds
    that do not exist, and where `since` lies after `until`.
    """
    if since is not None and until is not None and since > until:
        raise UsageError(f"the calendar would end on {until}, before it begins on {since}; swap the two")
    wanted = frozenset(map(checked_kind, kinds))
    for one in participants:
        checked(record, one, None)
    known = knowledge(known_by, today)
    book = chronicle(record)
    entries: list[CalendarEntry] = []
    asked = sorted(set(treaties or record.treaties))
    for key in asked:
        checked(record, None, key)
        asking = _Asking(record.treaties[key], since, until, wanted, known.by)
        entries += (
            _entry(record, moment, history)
            for moment, history in _followed(book, participants, asking)
            if asking.takes(moment)
        )
    shown = {entry.treaty for entry in entries}
    last = max((entry.last for entry in entries), default=known.shown)
    notes = (
        coverage(record.treaties[key], min(last, known.shown), known_by) for key in asked if key in shown
    )
    return CalendarAnswer(
        since=since,
        until=until,
        known_by=known.shown,
        record=record.hash,
        entries=tuple(sorted(entries, key=_order)),
        coverage=tuple(note for note in notes if note),
    )


def checked_kind(kind: str) -> DateKind:
    """The kind of date of that name; raises `UsageError` where there is none."""
    try:
        return DateKind(kind)
    except ValueError:
        raise UsageError(f"unknown kind of date {kind!r}; choose one of {', '.join(DateKind)}") from None


def _order(entry: CalendarEntry) -> tuple[dt.date, dt.date, str]:
    return entry.first, entry.last, entry.uid


class _History(msgspec.Struct):
    """How often and when last a later document changed a moment's day or state, and what it was before."""

    sequence: int
    changed: dt.date
    before: tuple[tuple[dt.date, dt.date], ...] = ()


#: Years beyond its longest deadline within which any other date of a treaty follows an act.
_YEARS_AHEAD = 5


class _Asking(NamedTuple):
    """What a calendar asks of one treaty."""

    treaty: Treaty
    since: dt.date | None
    until: dt.date | None
    kinds: frozenset[DateKind]
    known_by: dt.date | None

    def takes(self, moment: Moment) -> bool:
        """Whether a moment is of the kinds and days asked for."""
        within = self.since is None or self.since <= moment.last
        within = within and (self.until is None or moment.first <= self.until)
        return within and (not self.kinds or moment.kind in self.kinds)

    def can_take(self, news: Sequence[dt.date], snapshot: Snapshot) -> bool:
        """Whether any moment that ever stood can be taken: one that stands, or one that news took away.

        What was known long before the days asked for took away nothing that could lie in them.
        """
        if self.since is None or not news or any(self.takes(one) for one in snapshot(self.known_by)):
            return True
        return within_years(news[-1], self._horizon()) >= self.since

    def _horizon(self) -> int:
        """Years within which every date that follows from an act under the treaty lies."""
        periods = [rule.deadline for rule in self.treaty.obligations if rule.deadline is not None]
        years = {"year": 1, "month": 1 / 12, "day": 1 / 365}
        longest = max((one.amount * years[one.unit] for one in periods if one.amount and one.unit), default=0)
        return ceil(longest) + _YEARS_AHEAD


def _followed(
    book: Chronicle, participants: Sequence[str], asking: _Asking
) -> Iterator[tuple[Moment, _History]]:
    """Every moment of a treaty that can be asked for, with its history up to the day of knowledge."""
    key = asking.treaty.key
    if not participants:
        yield from _told(book.treaty_news(key), lambda by: treaty_moments(book, key, by), asking.known_by)
    for participant in book.participants(key):
        if participants and participant not in participants:
            continue
        news, snapshot = book.news(participant, key), _snapshot(book, participant, key)
        if asking.can_take(news, snapshot):
            yield from _told(news, snapshot, asking.known_by)


def _snapshot(book: Chronicle, participant: str, treaty: str) -> Snapshot:
    return lambda by: moments(book, book.timeline(participant, treaty, by), by)


def _told(
    news: Sequence[dt.date], snapshot: Snapshot, known_by: dt.date | None
) -> Iterator[tuple[Moment, _History]]:
    """Follow the moments through every day on which something became known.

    One that is there no more is cancelled where it stood last. The last state of knowledge is that of
    the day asked about itself.
    """
    seen = len(news) if known_by is None else bisect_right(news, known_by)
    standing: dict[str, tuple[Moment, _History]] = {}
    for number, day in enumerate(news[:seen], 1):
        found = {one.identity: one for one in snapshot(known_by if number == seen else day)}
        for gone in standing.keys() - found.keys():
            found[gone] = msgspec.structs.replace(standing[gone][0], state="cancelled")
        for identity, moment in found.items():
            standing[identity] = moment, _history(standing.get(identity), moment, day)
    yield from standing.values()


def _history(before: tuple[Moment, _History] | None, now: Moment, day: dt.date) -> _History:
    if before is None:
        return _History(0, day)
    was, history = before
    if was.dated == now.dated:
        return history
    moved = (was.first, was.last) != (now.first, now.last)
    days = (*history.before, (was.first, was.last)) if moved else history.before
    return _History(history.sequence + 1, day, days)


def _entry(record: Record, moment: Moment, history: _History) -> CalendarEntry:
    treaty = record.treaties[moment.treaty]
    return CalendarEntry(
        uid=f"{moment.identity}@inforce",
        kind=moment.kind,
        treaty=moment.treaty,
        participant=moment.participant,
        first=moment.first,
        last=moment.last,
        state=moment.state,
        summary=summary(record, moment),
        because=tuple(because(record, moment)),
        readings=reading_answers(moment.dispute, moment.first) if moment.dispute else (),
        sequence=history.sequence,
        changed=min(history.changed, dt.date.max - dt.timedelta(days=1)),
        before=history.before,
        verified_through=treaty.verified_through,
    )
