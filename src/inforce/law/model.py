"""What the law answers: statuses, intervals, obligations, each with its derivation."""

from __future__ import annotations

import datetime as dt

import msgspec

from inforce.vocabulary import Activity, ObligationModality, Status


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
    since_between: tuple[dt.date, dt.date] | None = None
    until_between: tuple[dt.date, dt.date] | None = None


class ObligationAnswer(msgspec.Struct, frozen=True):
    """What one rule says of one activity and item for a participant on a day."""

    treaty: str
    article: str
    activity: Activity
    item: str
    modality: ObligationModality
    conditions: str | None
    since: dt.date | None
    until: dt.date | None
    deadline: dt.date | None
    bound: bool | None  # None where contested
    derivation: tuple[Step, ...]


class FreedomAnswer(msgspec.Struct, frozen=True):
    """`activity` with `item` is not prohibited by `treaty` since a day (or from a coming day)."""

    treaty: str
    activity: Activity
    item: str
    not_prohibited_since: dt.date | None
    because: str
    derivation: tuple[Step, ...]
    remaining: tuple[str, ...] = ()  # what still binds, in plain words


class EffectRow(msgspec.Struct, frozen=True):
    """Computed date of effect of one action beside the published one."""

    participant: str
    treaty: str
    action: str
    date: str
    effect_computed: dt.date | None
    effect_published: dt.date | None
    agrees: bool | None  # None where there is nothing to compare
    explained: str | None
    derivation: tuple[Step, ...]
