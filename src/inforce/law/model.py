"""What the law answers: statuses, intervals, obligations, each with its derivation."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from inforce.vocabulary import DateKind, Difference, Status

#: How sure a date is, in the words of iCalendar (RFC 5545, 3.8.1.11). `tentative`: states read it in more
#: than one way, or no day is fixed; `cancelled`: a later act took it away.
MomentState = Literal["confirmed", "tentative", "cancelled"]

#: First and last day on which something partly dated can lie, both inclusive.
Between = tuple[dt.date, dt.date]


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of a derivation: what follows, from which article, source and recorded facts."""

    text: str
    article: str | None = None
    source: str | None = None
    facts: tuple[str, ...] = ()


class ReadingAnswer(msgspec.Struct, frozen=True):
    """What one reading of a contested point yields on the day asked about."""

    id: str
    holder: str
    basis: str | None
    result: str
    bound: bool | None
    intervals: tuple[tuple[dt.date, dt.date | None], ...]


class StatusAnswer(msgspec.Struct, frozen=True):
    """Status of a participant towards a treaty on a day, as known on a day.

    `since` and `until` bound the stretch in which this status holds (until exclusive); for a party
    with a notice running, `since` is its entry into force and `until` the end of the notice.
    `bound` is None where contested. `coverage` warns where `on` lies after `verified_through`.

    Where a partial date in the record ("2026") leaves the status on that day open, `status` is None,
    `possible` lists every status it can have been, lowest first, and `since` and `until` bound the days
    on which it is open; `bound` is None unless all of `possible` agree on it. Elsewhere `possible` holds
    the one status. A start or end that lies in a range is None, with the range in `since_between` or
    `until_between` (first and last day it can be).
    """

    participant: str
    treaty: str
    on: dt.date
    known_by: dt.date
    status: Status | None
    bound: bool | None
    since: dt.date | None
    until: dt.date | None
    readings: tuple[ReadingAnswer, ...]
    derivation: tuple[Step, ...]
    verified_through: str
    coverage: str | None = None
    possible: tuple[Status, ...] = ()
    since_between: Between | None = None
    until_between: Between | None = None


class EffectRow(msgspec.Struct, frozen=True):
    """Computed date of effect of one action beside the published one.

    Where the two differ, `difference` is the sort: `named-in-record` if the record names this difference,
    else the sort that arithmetic tells, None where it tells none. `explained` says it in words.
    Where the action's own date is partial, `effect_computed` is None and `effect_between` holds the
    first and last day of effect it can have.
    """

    participant: str
    treaty: str
    action: str
    date: str
    effect_computed: dt.date | None
    effect_published: dt.date | None
    agrees: bool | None  # None where there is nothing to compare
    explained: str | None
    derivation: tuple[Step, ...]
    effect_between: Between | None = None
    difference: Difference | None = None

    @property
    def accounted(self) -> bool:
        """Whether the dates agree, cannot be compared, or differ as the record itself explains."""
        return self.agrees is not False or self.difference is Difference.NAMED_IN_RECORD


class Standing(msgspec.Struct, frozen=True):
    """One participant in a table of parties; fields as in `StatusAnswer`."""

    participant: str
    status: Status | None
    since: dt.date | None
    until: dt.date | None = None
    bound: bool | None = None
    possible: tuple[Status, ...] = ()
    since_between: Between | None = None
    until_between: Between | None = None


class PartiesAnswer(msgspec.Struct, frozen=True):
    """Who stands how towards a treaty on a day, and the counts, each under its own name.

    `counts`: `in_force` (participants bound), `contracting` (deposited, not yet bound), `deposited` (both
    together: instruments of consent less withdrawals in effect), `withdrawal_notified` (bound, notice
    running), `contested` (counted as the depositary counts them), `signatories` (ever signed),
    `signatories_only` (signed and no more). Where a partial date leaves a number open, it is the least
    it can be and `NAME_max` the most. `participants` holds all with a recorded act done and known by then.
    """

    treaty: str
    on: dt.date
    known_by: dt.date
    counts: dict[str, int]
    participants: tuple[Standing, ...]
    notes: tuple[str, ...]
    verified_through: str
    coverage: str | None = None


class AssertionCheck(msgspec.Struct, frozen=True):
    """A count asserted by an independent source beside the one that the record yields."""

    treaty: str
    on: dt.date
    counted: str
    asserted: int
    counts: tuple[int, int]  # least and most the record allows; the same where all dates are exact
    agrees: bool
    source: str


class ConditionAnswer(msgspec.Struct, frozen=True):
    """What the condition of a treaty's own entry into force had on a day, as known on a day.

    `counted` participants of the `needed` number had deposited (for named states beside a number, those
    others; for named states alone, those of the named). `missing` are the named ones without an
    instrument, in the clause's order; each stands also in one of the three groups.
    """

    treaty: str
    on: dt.date
    known_by: dt.date
    met: bool
    counted: int
    needed: int | None
    missing: tuple[str, ...]
    missing_signed: tuple[str, ...]
    missing_unsigned: tuple[str, ...]
    missing_taken_back: tuple[str, ...]


class EntryCheck(msgspec.Struct, frozen=True):
    """A treaty's own entry into force recounted from today's record, beside what was published.

    The published date prevails in law; `explained` repeats the record's note where a recount differs.
    A treaty not in force has nothing recorded or published; `computed` is then the day that follows from
    the recount, if its condition is met.
    """

    treaty: str
    trigger_recorded: dt.date | None
    trigger_recounted: dt.date | None
    published: dt.date | None
    computed: dt.date | None
    agrees: bool
    explained: str | None


class CalendarEntry(msgspec.Struct, frozen=True):
    """One date of the record: what happens on it, why, and how often its day has been changed.

    `uid` is made of the treaty, the participant, the act and the kind of date, never of a day: it stays
    when the day moves. The day lies between `first` and `last` (the same where it is known). `sequence`
    counts the days of knowledge on which a recorded document changed the date or its state, `changed` is
    the last of them (or that on which the date first became known), `before` holds the earlier dates.
    """

    uid: str
    kind: DateKind
    treaty: str
    participant: str | None  # None: a date of the treaty itself
    first: dt.date
    last: dt.date
    state: MomentState
    summary: str
    because: tuple[Step, ...]
    readings: tuple[ReadingAnswer, ...]
    sequence: int
    changed: dt.date
    before: tuple[Between, ...]
    verified_through: str


class CalendarAnswer(msgspec.Struct, frozen=True):
    """The dates from `since` to `until` (both included; None is open) in order, as known by a day.

    `record` is the hash of the record that the entries were drawn from.
    """

    since: dt.date | None
    until: dt.date | None
    known_by: dt.date
    record: str
    entries: tuple[CalendarEntry, ...]
    coverage: tuple[str, ...] = ()
