"""The walk of `inforce.law.walk`, for all participants at once: their first acts, their second, and so on.

It follows regular pairs only (see `world_regular`), and a test holds it to the one-by-one walk.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from inforce.law.world_columns import CODE, Codes, Indexes
from inforce.law.world_days import FIRST, LAST, NEVER, Days
from inforce.vocabulary import Status

#: Codes of acts, in the order in which acts of one day are taken.
SIGN, CONSENT, WITHDRAW, REVOKE = range(4)

#: Where a walk stands is a status, or the running notice whose effect is in dispute.
DISPUTED: Final = CODE[Status.PARTY_WITHDRAWAL_NOTIFIED] | 16

_STAY: Final = 255
_SIGNATORY, _CONTRACTING, _PARTY = CODE[Status.SIGNATORY], CODE[Status.CONTRACTING], CODE[Status.PARTY]
_NOTIFIED, _FORMER = CODE[Status.PARTY_WITHDRAWAL_NOTIFIED], CODE[Status.FORMER_PARTY]


def _table() -> Codes:
    """The status to which an act leads, by status, act, and whether a signature holds; consent as if it had
    no effect yet."""
    table = np.full((16, 4, 2), _STAY, np.uint8)
    uncommitted = [CODE[one] for one in (Status.NONE, Status.FORMER_SIGNATORY, Status.FORMER_PARTY)]
    table[uncommitted, SIGN] = _SIGNATORY
    table[[*uncommitted, _SIGNATORY], CONSENT] = _CONTRACTING
    table[_PARTY, WITHDRAW] = _NOTIFIED
    table[_CONTRACTING, WITHDRAW] = CODE[Status.NONE], _SIGNATORY
    table[_SIGNATORY, WITHDRAW] = CODE[Status.FORMER_SIGNATORY]
    table[_NOTIFIED, REVOKE] = _PARTY
    return table.reshape(-1)


_TABLE: Final = _table()


class Steps(NamedTuple):
    """Acts in the order in which they are taken, those of one walk together.

    `effect` is the day of entry into force or of leaving that follows, NEVER where none does; `disputed`
    the day from which a notice's effect is in dispute, NEVER where it is not.
    """

    day: Days
    act: Codes
    effect: Days
    disputed: Days


class Turns(NamedTuple):
    """Where each walk stands from which day on; the turns of walk i are `first[i]` to `first[i + 1]`."""

    first: Indexes
    day: Days
    place: Codes


class _Slot(NamedTuple):
    """At most one turn of each of the first walks; NEVER is none."""

    day: Days
    place: Codes


def walk(steps: Steps, first: Indexes, count: Indexes, opening: Days) -> Turns:
    """The turns of walks whose acts are `first` to `first + count`, each open from `opening` on."""
    order = np.argsort(-count, kind="stable")
    slots = _Walkers(steps, first[order], count[order]).walk()
    return _placed(slots, opening[order], order)


class _Walkers:
    """All walks' places, those with most acts first, so that the walks with a next act stand together."""

    def __init__(self, steps: Steps, first: Indexes, count: Indexes) -> None:
        self.steps = steps
        self.first = first
        self.count = count
        self.slots: list[_Slot] = []
        self.status = np.full(len(first), CODE[Status.NONE], np.uint8)
        self.signed = np.zeros(len(first), np.uint8)
        self.coming = np.full(len(first), NEVER, np.int32)
        self.coming_place = np.zeros(len(first), np.uint8)
        self.dispute = np.full(len(first), NEVER, np.int32)

    def walk(self) -> list[_Slot]:
        most = int(self.count[0]) if len(self.count) else 0
        for number in range(most):
            walking = int(np.searchsorted(-self.count, -number))  # those with more acts than `number`
            self._take(walking, self.first[:walking] + number)
        self._emit(self.dispute, np.full(len(self.first), DISPUTED, np.uint8))
        self._emit(self.coming, self.coming_place)
        return self.slots

    def _emit(self, day: Days, place: Codes) -> None:
        if len(day) and day.min() <= LAST:
            self.slots.append(_Slot(day, place))

    def _take(self, walking: int, index: Indexes) -> None:
        """The next act of each of the first walks."""
        day, act = self.steps.day[index], self.steps.act[index]
        self._reach(walking, day)
        status, signed = self.status[:walking], self.signed[:walking]
        turned = _TABLE[(status * np.uint8(4) + act) * np.uint8(2) + signed]
        stays = turned == _STAY
        consents = act == CONSENT
        opens = consents | (turned == _NOTIFIED)  # what has an effect to come
        opens &= ~stays
        effect = np.where(opens, self.steps.effect[index], NEVER)
        at = np.where(stays, NEVER, day)

        at_once = effect <= day
        if at_once.any():
            party = at_once & consents
            turned[party] = _PARTY
            at[party] = effect[party]
            left = at_once & ~consents
        else:
            left = None
        signed |= act == SIGN
        signed &= ~((status == _SIGNATORY) & (act == WITHDRAW)) & np.uint8(1)
        np.copyto(status, turned, where=~stays)
        self._emit(at, turned)

        changes = ~stays
        np.copyto(self.dispute[:walking], NEVER, where=changes)
        np.copyto(self.coming[:walking], np.where(at_once, NEVER, effect), where=changes)
        np.copyto(
            self.coming_place[:walking],
            np.where(consents, np.uint8(_PARTY), np.uint8(_FORMER)),
            where=changes,
        )
        self._dispute(walking, index, day, turned)
        if left is not None and left.any():
            self._emit(np.where(left, effect, NEVER), np.full(walking, _FORMER, np.uint8))
            status[left] = _FORMER

    def _dispute(self, walking: int, index: Indexes, day: Days, turned: Codes) -> None:
        """From the end of a notice on, its effect may be in dispute."""
        since = np.where(turned == _NOTIFIED, self.steps.disputed[index], NEVER)
        if since.min() > LAST:
            return
        now = since <= day
        self._emit(np.where(now, since, NEVER), np.full(walking, DISPUTED, np.uint8))
        np.copyto(self.dispute[:walking], np.where(now, NEVER, since), where=since <= LAST)

    def _reach(self, walking: int, day: Days) -> None:
        """Let what is to come by that day happen."""
        for coming, place in (
            (self.dispute[:walking], np.full(walking, DISPUTED, np.uint8)),
            (self.coming[:walking], self.coming_place[:walking]),
        ):
            due = coming <= day
            if due.any():
                self._emit(np.where(due, coming, NEVER), place.copy())
                np.copyto(self.status[:walking], place & np.uint8(15), where=due)
                coming[due] = NEVER


def _placed(slots: list[_Slot], opening: Days, order: Indexes) -> Turns:
    """The turns that stand, in the walks' own order.

    A turn stands where no later one of the same walk reaches back to its day, or beyond.
    """
    walks = len(opening)
    earliest = np.full(walks, NEVER, np.int32)
    kept: list[Indexes] = []
    number = np.ones(walks, np.int64)
    for slot in reversed(slots):
        size = len(slot.day)
        stands = slot.day < earliest[:size]
        np.minimum(earliest[:size], slot.day, out=earliest[:size])
        number[:size] += stands
        kept.append(np.flatnonzero(stands))
    kept.reverse()
    opened = opening < earliest
    number += opened

    first = np.zeros(walks + 1, np.int64)
    in_order = np.empty(walks, np.int64)
    in_order[order] = number
    np.cumsum(in_order, out=first[1:])
    day = np.empty(int(first[-1]), np.int32)
    place = np.empty(int(first[-1]), np.uint8)
    at = first[order]
    day[at], place[at] = FIRST, CODE[Status.NOT_OPEN]
    at += 1
    opens = np.flatnonzero(opened)
    where = at[opens]
    day[where], place[where] = opening[opens], CODE[Status.NONE]
    at += opened
    for slot, stood in zip(slots, kept, strict=True):
        where = at[stood]
        day[where], place[where] = slot.day[stood], slot.place[stood]
        at[stood] = where + 1
    return Turns(first, day, place)
