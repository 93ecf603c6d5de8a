"""How many parties and signatories a treaty had on every day, as known by one day.

"Parties" is counted as depositaries print it: instruments of consent, less withdrawals in effect.
Counted in the strict sense, as bound on the day, the number trails behind by the months between a
deposit and its entry into force; both are kept, under their own names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

import msgspec

from inforce.law.chronicle import chronicle
from inforce.law.timeline import BINDING, Timeline
from inforce.record.model import Record
from inforce.vocabulary import ActionKind, Status

_CONSENTED = BINDING | {Status.CONTRACTING}


class Series(msgspec.Struct, frozen=True):
    """A number over time: from each of `days` on, the number beside it holds."""

    days: tuple[date, ...]
    numbers: tuple[int, ...]

    def at(self, day: date) -> int:
        """The number at the end of `day`."""
        index = bisect_right(self.days, day) - 1
        return self.numbers[index] if index >= 0 else 0

    def during(self, first: date, last: date) -> set[int]:
        """Every number that held on some day from `first` to `last`."""
        inside = (number for day, number in zip(self.days, self.numbers, strict=True) if first < day <= last)
        return {self.at(first), *inside}

    def after(self, day: date) -> set[int]:
        """Every number that holds on some day after `day`, as far as the acts known decide it."""
        return {number for start, number in zip(self.days, self.numbers, strict=True) if start > day}

    def last_time(self, test: Callable[[int], bool], before: date) -> date | None:
        """The day on which a test that held was last failed, on or before `before`; None if it never held."""
        turned = None
        for index, day in enumerate(self.days):
            if (
                day <= before
                and index > 0
                and test(self.numbers[index - 1])
                and not test(self.numbers[index])
            ):
                turned = day
        return turned


class Tally(msgspec.Struct, frozen=True):
    """The counts of one treaty: instruments deposited, participants bound, participants that ever signed.

    `involved` adds to the deposits those that signed and did no more.
    """

    deposited: Series
    in_force: Series
    signatories: Series
    involved: Series


def tally(record: Record, treaty: str, known_by: date) -> Tally:
    """Counts over all days from the acts known by one day; notices that run count from their effect on.

    A participant whose partial date leaves its status open is counted once it is certain.
    """
    book = chronicle(record)
    lines = [book.timeline(participant, treaty, known_by) for participant in book.participants(treaty)]
    return Tally(
        deposited=_series(_turns(lines, _CONSENTED)),
        in_force=_series(_turns(lines, BINDING)),
        signatories=_series(_signatures(lines)),
        involved=_series(_turns(lines, _CONSENTED | {Status.SIGNATORY})),
    )


def _turns(lines: list[Timeline], statuses: frozenset[Status]) -> Iterable[tuple[date, int]]:
    for line in lines:
        inside = False
        for stretch in line.stretches:
            now = set(stretch.possible) <= statuses
            if now != inside:
                yield stretch.start, 1 if now else -1
            inside = now


def _signatures(lines: list[Timeline]) -> Iterable[tuple[date, int]]:
    for line in lines:
        signed = [one.last for one in line.grounds if one.act.kind is ActionKind.SIGNATURE]
        if signed:
            yield min(signed), 1


def _series(turns: Iterable[tuple[date, int]]) -> Series:
    changes: Counter[date] = Counter()
    for day, change in turns:
        changes[day] += change
    total, days, numbers = 0, [], []
    for day in sorted(changes):
        total += changes[day]
        days.append(day)
        numbers.append(total)
    return Series(tuple(days), tuple(numbers))
