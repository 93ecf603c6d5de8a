"""How the participants of a treaty are counted: the conventions in use, and each count over all days.

"Parties" in print is any of several numbers: states that deposited, states that are bound, either without
those on their way out. Each convention stands here once, with what it counts and who counts so. A count
is a step function of the day, drawn from the turns of the timelines. A partial date leaves it open between
a least and a most.
"""

from __future__ import annotations

import datetime as dt
import functools
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Final, Literal, NamedTuple

import msgspec

from inforce.law.chronicle import Chronicle, bounds, chronicle, is_known
from inforce.law.timeline import BINDING, Stretch, Timeline
from inforce.record.model import Action, Record
from inforce.vocabulary import ActionKind, Status

DEPOSITED: Final = BINDING | {Status.CONTRACTING}

#: How contested participants are counted: as the depositary counts them, never, or always.
Contested = Literal["as-recorded", "out", "in"]

#: What a participant has once done, whatever came later.
Ever = Literal["signed", "consented", "acted"]


class Convention(msgspec.Struct, frozen=True, kw_only=True):
    """One way of counting. A participant counts while its status is one of `statuses`, or once it ever did.

    `says` completes "it counts ..."; `by` completes "so count ...".
    """

    key: str
    label: str
    says: str
    by: str
    statuses: frozenset[Status] = frozenset()
    contested: Contested = "as-recorded"
    ever: Ever | None = None


CONVENTIONS: Final = (
    Convention(
        key="deposited",
        label="by deposit",
        says="participants that deposited an instrument of consent and whose withdrawal, if any, is not in "
        "effect (contracting states and parties together, VCLT Art 2(1)(f))",
        by="depositaries, in the column of parties of their status tables, and most who quote them",
        statuses=DEPOSITED,
    ),
    Convention(
        key="in_force",
        label="in force for them",
        says="participants that the treaty binds on the day, a running notice of withdrawal included",
        by="those who go by the law of treaties: a party is a state for which the treaty is in force (VCLT "
        "Art 2(1)(g))",
        statuses=BINDING,
    ),
    Convention(
        key="deposited_without_notified",
        label="by deposit, without those leaving",
        says="the same as by deposit, without those that have notified withdrawal and are bound until it "
        "takes effect",
        by="those who take a state off the list on the day of its notice",
        statuses=DEPOSITED - {Status.PARTY_WITHDRAWAL_NOTIFIED},
    ),
    Convention(
        key="in_force_without_notified",
        label="in force, without those leaving",
        says="participants that the treaty binds, without those that have notified withdrawal",
        by="those who take a state off the list on the day of its notice",
        statuses=frozenset({Status.PARTY}),
    ),
    Convention(
        key="in_force_without_contested",
        label="in force, contested out",
        says="participants that the treaty binds, without those of which that is contested",
        by="those who hold the readings by which it does not bind them",
        statuses=BINDING,
        contested="out",
    ),
    Convention(
        key="in_force_with_contested",
        label="in force, contested in",
        says="participants that the treaty binds, with all of which that is contested",
        by="those who hold the readings by which it binds them",
        statuses=BINDING,
        contested="in",
    ),
    Convention(
        key="contracting",
        label="deposited, not yet in force for them",
        says="participants that deposited an instrument and are not bound yet",
        by="tables that set them beside the parties; it is no number of parties",
        statuses=frozenset({Status.CONTRACTING}),
    ),
    Convention(
        key="withdrawal_notified",
        label="bound, notice of withdrawal running",
        says="participants that notified withdrawal and are bound until it takes effect",
        by="reports on those who leave; it is no number of parties",
        statuses=frozenset({Status.PARTY_WITHDRAWAL_NOTIFIED}),
    ),
    Convention(
        key="signatories",
        label="ever signed",
        says="participants that ever signed, also where they ratified or left later",
        by="depositaries, in the column of signatories of their status tables",
        ever="signed",
    ),
    Convention(
        key="signatories_only",
        label="signed and no more",
        says="participants that signed and have not expressed consent to be bound",
        by="monitors and campaigns that set signatories beside parties",
        statuses=frozenset({Status.SIGNATORY}),
    ),
    Convention(
        key="signed_or_deposited",
        label="signed or deposited",
        says="participants by deposit, and those that signed and did no more",
        by="monitors and campaigns that say how many have joined",
        statuses=DEPOSITED | {Status.SIGNATORY},
    ),
    Convention(
        key="ever_deposited",
        label="ever deposited",
        says="participants that ever deposited an instrument of consent, withdrawals not taken off",
        by="those who number the joiners one after the other",
        ever="consented",
    ),
    Convention(
        key="acted",
        label="any recorded action",
        says="participants with any recorded action, an objection or a communication included",
        by="those who count the rows of a status table",
        ever="acted",
    ),
)

CONVENTION: Final = {one.key: one for one in CONVENTIONS}

_SIGNING: Final = (ActionKind.SIGNATURE, ActionKind.DEFINITIVE_SIGNATURE)

#: Whether each kind of act is one of those that `ever` asks for.
_EVER: Final[dict[Ever, Callable[[ActionKind], bool]]] = {
    "signed": lambda kind: kind in _SIGNING,
    "consented": lambda kind: kind.expresses_consent,
    "acted": lambda kind: True,
}


class Membership(NamedTuple):
    """From `day` on a participant counts for sure (`least`), or can count (`most`)."""

    day: dt.date
    least: bool
    most: bool


class Series(msgspec.Struct, frozen=True):
    """A number over time: from each of `days` on, the number beside it holds; before the first, none."""

    days: tuple[dt.date, ...]
    numbers: tuple[int, ...]

    def at(self, day: dt.date) -> int:
        """The number at the end of `day`."""
        index = bisect_right(self.days, day) - 1
        return self.numbers[index] if index >= 0 else 0

    def during(self, first: dt.date, last: dt.date) -> set[int]:
        """Every number that held on some day from `first` to `last`."""
        inside = (number for day, number in zip(self.days, self.numbers, strict=True) if first < day <= last)
        return {self.at(first), *inside}

    def after(self, day: dt.date) -> set[int]:
        """Every number that holds on some day after `day`, as far as the acts known decide it."""
        return {number for start, number in zip(self.days, self.numbers, strict=True) if start > day}

    def last_time(self, test: Callable[[int], bool], before: dt.date) -> dt.date | None:
        """The day on which a test that held was last failed, on or before `before`; None if it never held."""
        turned = None
        pairs = zip(self.days[1:], self.numbers, self.numbers[1:], strict=False)
        for day, earlier, later in pairs:
            if day <= before and test(earlier) and not test(later):
                turned = day
        return turned


class Level(NamedTuple):
    """From `since` to `until` (exclusive, None is open) a count lies between `least` and `most`."""

    since: dt.date
    until: dt.date | None
    least: int
    most: int


Count = tuple[int, int]  # least and most


class Counting:
    """The counts of one treaty as known by one day; each is computed when it is first asked for."""

    def __init__(self, record: Record, treaty: str, known_by: dt.date | None) -> None:
        self.book = chronicle(record)
        self.treaty = treaty
        self.known_by = known_by
        self.lines = lines_of(self.book, treaty, known_by)
        self._members: dict[str, dict[str, tuple[Membership, ...]]] = {}

    def members(self, counted: str) -> dict[str, tuple[Membership, ...]]:
        """By participant: from when on it counts under a convention. One that never can is left out."""
        if counted not in self._members:
            convention = CONVENTION[counted]
            found = ((line.participant, self._of(convention, line)) for line in self.lines)
            self._members[counted] = {who: turns for who, turns in found if any(one.most for one in turns)}
        return self._members[counted]

    def at(self, counted: str, on: dt.date) -> Count:
        """The count on a day: those that count for sure, and those that can."""
        held = [_on(turns, on) for turns in self.members(counted).values()]
        return sum(one.least for one in held), sum(one.most for one in held)

    def counting(self, counted: str, on: dt.date) -> set[str]:
        """The participants that count on a day, for sure or maybe."""
        return {who for who, turns in self.members(counted).items() if _on(turns, on).most}

    def least(self, counted: str) -> Series:
        """The count of those that count for sure."""
        return _series(self.members(counted).values(), lambda one: one.least)

    def most(self, counted: str) -> Series:
        """The count of those that count or may count."""
        return _series(self.members(counted).values(), lambda one: one.most)

    def levels(self, counted: str) -> list[Level]:
        """The count from the first day on which it can be more than none; the levels leave no gap."""
        least, most = self.least(counted), self.most(counted)
        days = sorted({*least.days, *most.days})
        levels: list[Level] = []
        for since, until in zip_longest(days, days[1:]):
            level = Level(since, until, least.at(since), most.at(since))
            if levels and levels[-1][2:] == level[2:]:
                level = level._replace(since=levels.pop().since)
            levels.append(level)
        return levels

    def turned(self, counted: str, day: dt.date) -> list[str]:
        """The participants whose counting under a convention changes on a day."""
        found = []
        for who, turns in self.members(counted).items():
            before = (False, False)
            for one in turns:
                if one.day == day and (one.least, one.most) != before:
                    found.append(who)
                before = (one.least, one.most)
        return found

    def undecided(self, counted: str, since: dt.date, until: dt.date | None) -> list[str]:
        """The participants of which a partial date leaves open whether they count on some of these days."""
        found = []
        for who, turns in self.members(counted).items():
            ends = [*(one.day for one in turns[1:]), dt.date.max]
            for one, end in zip(turns, ends, strict=True):
                if one.least != one.most and end > since and (until is None or one.day < until):
                    found.append(who)
                    break
        return found

    def acts(self, participant: str) -> list[Action]:
        """A participant's known acts of any kind."""
        acts = self.book.acts.get((self.treaty, participant), ())
        return [act for act in acts if is_known(act, self.known_by)]

    def first_done(self, convention: Convention, participant: str) -> Action | None:
        """The first act by which a participant counts for what it has ever done, whatever the row."""
        done = self._done(convention, participant)
        return min(
            done, key=lambda act: (*bounds(self.book, act), act.kind, act.known, act.source), default=None
        )

    def _done(self, convention: Convention, participant: str) -> list[Action]:
        ever = convention.ever
        return [] if ever is None else [act for act in self.acts(participant) if _EVER[ever](act.kind)]

    def _of(self, convention: Convention, line: Timeline) -> tuple[Membership, ...]:
        if convention.ever is None:
            turns = functools.partial(_turns, convention)
            return self.book.of_line(line, convention.key, turns)
        days = [bounds(self.book, act) for act in self._done(convention, line.participant)]
        if not days:
            return ()
        first, last = min(one for one, _ in days), min(one for _, one in days)
        return (Membership(first, first == last, True), Membership(last, True, True))[first == last :]


def lines_of(book: Chronicle, treaty: str, known_by: dt.date | None) -> list[Timeline]:
    """The timelines of all with a recorded act under a treaty, as known by a day, by participant."""
    return [book.timeline(participant, treaty, known_by) for participant in book.participants(treaty)]


def counts(convention: Convention, stretch: Stretch) -> tuple[bool, bool]:
    """Whether a participant counts for sure, and whether it can, in a stretch of its timeline."""
    if stretch.dispute is not None and convention.contested != "as-recorded":
        inside = convention.contested == "in"
        return inside, inside
    if len(stretch.possible) == 1:
        fits = stretch.possible[0] in convention.statuses
        return fits, fits
    held = convention.statuses.intersection(stretch.possible)
    return len(held) == len(set(stretch.possible)), bool(held)


def _on(turns: tuple[Membership, ...], on: dt.date) -> Membership:
    """Whether a participant counts on a day; not at all before its first turn."""
    index = bisect_right(turns, on, key=lambda one: one.day) - 1
    return turns[index] if index >= 0 else Membership(on, False, False)


def _turns(convention: Convention, line: Timeline) -> tuple[Membership, ...]:
    before = (False, False)
    turns = []
    for stretch in line.stretches:
        now = counts(convention, stretch)
        if now != before:
            turns.append(Membership(stretch.start, *now))
        before = now
    return tuple(turns)


def _series(members: Iterable[tuple[Membership, ...]], test: Callable[[Membership], bool]) -> Series:
    changes: Counter[dt.date] = Counter()
    for turns in members:
        before = False
        for one in turns:
            if test(one) != before:
                before = not before
                changes[one.day] += 1 if before else -1
    total, days, numbers = 0, [], []
    for day in sorted(changes):
        total += changes[day]
        days.append(day)
        numbers.append(total)
    return Series(tuple(days), tuple(numbers))
