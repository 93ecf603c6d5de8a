"""What the law answers on a number of parties."""

from __future__ import annotations

import datetime as dt

import msgspec

from inforce.law.model import Step


class CountStretch(msgspec.Struct, frozen=True):
    """Days on which a count had one value: from `since` to `until` (exclusive); None is open.

    `right` is True where the count is the number asked about, None where partial dates leave it open:
    it lies between `least` and `most`, and `because` says whose act that is. `begun_by` and `ended_by`
    are the acts and effects that changed the count at either end.
    """

    since: dt.date | None
    until: dt.date | None
    least: int
    most: int
    right: bool | None
    because: tuple[str, ...] = ()
    begun_by: tuple[Step, ...] = ()
    ended_by: tuple[Step, ...] = ()


class CountFinding(msgspec.Struct, frozen=True):
    """A convention of counting under which a number was right, or can have been, and when.

    `says` completes "it counts ...", `by` "so count ...".
    """

    counted: str
    label: str
    says: str
    by: str
    stretches: tuple[CountStretch, ...]


class NearCount(msgspec.Struct, frozen=True):
    """A right statement near one that is not: the count under one convention on these days.

    `away` is how far it lies off: in participants among the nearest numbers, in days among the nearest dates.
    """

    counted: str
    label: str
    since: dt.date | None
    until: dt.date | None
    least: int
    most: int
    away: int


class CountAnswer(msgspec.Struct, frozen=True):
    """Under which conventions of counting, and on which days, a number was right for a treaty.

    `first` and `last` bound the days asked about (both included, None is open). `right` is True where
    some convention gives the number on some of these days, None where partial dates leave that open, else
    False; then `nearest_numbers` were right on days asked about, and `nearest_dates` lie outside
    them and had the number. Days after `known_by` count on what was known then.
    """

    treaty: str
    number: int
    first: dt.date | None
    last: dt.date | None
    known_by: dt.date
    right: bool | None
    findings: tuple[CountFinding, ...]
    nearest_numbers: tuple[NearCount, ...]
    nearest_dates: tuple[NearCount, ...]
    notes: tuple[str, ...]
    verified_through: str
    coverage: str | None = None
