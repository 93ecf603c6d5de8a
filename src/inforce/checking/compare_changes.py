"""What one telling adds, drops or changes, field by field."""

from __future__ import annotations

from collections.abc import Iterator

from inforce.checking.case import LADDER
from inforce.checking.compare_distance import are_of, edtf, same_speaker
from inforce.checking.compare_model import Change, ChangeField, ChangeSort, Matter, Telling
from inforce.checking.times import gap_days
from inforce.dates import Edtf
from inforce.reading.model import Attribution, Money
from inforce.record.model import Item
from inforce.vocabulary import Modality

_STEPS = tuple(kind.value for kind in LADDER)

#: How far acts of a course lead. What stands in no ladder is an act of another sort: a suspension is
#: no stage of a withdrawal.
_RUNGS: dict[Matter, tuple[frozenset[str], ...]] = {
    Matter.LEAVING: (
        *(frozenset({step}) for step in _STEPS),
        frozenset({"notified-withdrawal"}),
        frozenset({"left"}),
    ),
    Matter.JOINING: (
        *(frozenset({step}) for step in _STEPS),
        frozenset({"signed", "signatory"}),
        frozenset({"ratified", "acceded", "joined", "rejoined"}),
        frozenset({"party", "entered-into-force"}),
    ),
}

#: Modalities by how near they are to done; what is required or denied has no place among them.
_CERTAINTY = {Modality.CONSIDERED: 1, Modality.POSSIBLE: 1, Modality.PLANNED: 2, Modality.DONE: 3}


def changes(matter: Matter, base: Telling, other: Telling, items: dict[str, Item]) -> tuple[Change, ...]:
    """Every field that `other` tells otherwise than `base`; none where the two say the same."""
    return tuple(
        Change(field, sort, base.article, other.article, before, after)
        for field, sort, before, after in _found(matter, base, other, items)
    )


_Found = tuple[ChangeField, ChangeSort, str | None, str | None]


def _found(matter: Matter, base: Telling, other: Telling, items: dict[str, Item]) -> Iterator[_Found]:
    if base.predicate != other.predicate:
        sort = stage_change(matter, base.predicate, other.predicate)
        yield ChangeField.ACT, sort, base.predicate, other.predicate
    if base.negated is not other.negated:
        yield ChangeField.NEGATED, ChangeSort.REVERSED, _yes_no(base.negated), _yes_no(other.negated)
    elif base.modality is not other.modality:
        yield ChangeField.MODALITY, _modality_change(base, other), base.modality, other.modality
    yield from _dates(base.when, other.when)
    yield from _amounts(base, other)
    yield from _items(base.object.item, other.object.item, items)
    yield from _lists(base, other)
    mine, theirs = base.object, other.object
    for field, before, after in (
        (ChangeField.RANK, _text(mine.rank), _text(theirs.rank)),
        (ChangeField.DURATION, mine.duration, theirs.duration),
        (ChangeField.COUNTED_FROM, mine.counted_from, theirs.counted_from),
        (ChangeField.PLACE, mine.place, theirs.place),
    ):
        if before != after:
            yield field, _plain_change(before, after), before, after
    yield from _speakers(base.attribution, other.attribution)


def stage_change(matter: Matter, before: str | None, after: str | None) -> ChangeSort:
    """Whether an act of the same course lies further on than another, or back, or aside."""
    one, other = rung(matter, before), rung(matter, after)
    if one is None or other is None or one == other:
        return ChangeSort.CHANGED
    return ChangeSort.FURTHER if other > one else ChangeSort.BACK


def rung(matter: Matter, predicate: str | None) -> int | None:
    """The place of an act in its course; None where it has none."""
    rungs = _RUNGS.get(matter, ())
    return next((at for at, acts in enumerate(rungs) if predicate in acts), None)


def is_further(matter: Matter, act: str | None, other: str | None) -> bool:
    """Whether an act leads further than another; one aside of the course, before its end only."""
    return _reach(matter, act) > _reach(matter, other)


def _reach(matter: Matter, act: str | None) -> float:
    at = rung(matter, act)
    return len(_RUNGS.get(matter, ())) - 1.5 if at is None else at


def _modality_change(base: Telling, other: Telling) -> ChangeSort:
    one, two = _CERTAINTY.get(base.modality), _CERTAINTY.get(other.modality)
    if one is None or two is None or one == two:
        return ChangeSort.CHANGED
    return ChangeSort.HARDENED if two > one else ChangeSort.SOFTENED


def _dates(before: str | None, after: str | None) -> Iterator[_Found]:
    if before == after:
        return
    one, other = edtf(before), edtf(after)
    if one is None or other is None:
        sort = _plain_change(before, after)
    elif gap_days(one, other) > 0:
        sort = ChangeSort.MOVED
    elif _within(other, one):
        sort = ChangeSort.REFINED
    else:
        sort = ChangeSort.BLURRED
    yield ChangeField.WHEN, sort, before, after


def _within(one: Edtf, other: Edtf) -> bool:
    """Whether every day that `one` can mean `other` can mean too."""
    begins = other.first is None or (one.first is not None and one.first >= other.first)
    ends = other.last is None or (one.last is not None and one.last <= other.last)
    return begins and ends


def _amounts(base: Telling, other: Telling) -> Iterator[_Found]:
    mine, theirs = base.object, other.object
    before, after = _count(mine.count, mine.comparator), _count(theirs.count, theirs.comparator)
    if before != after:
        yield ChangeField.COUNT, _plain_change(before, after), before, after
    before, after = _money(mine.money), _money(theirs.money)
    if before != after:
        yield ChangeField.MONEY, _plain_change(before, after), before, after


def _count(count: int | None, comparator: str | None) -> str | None:
    return None if count is None else f"{'' if comparator == '=' else comparator or ''}{count}"


def _money(money: Money | None) -> str | None:
    if money is None:
        return None
    return f"{_count(int(money.amount), money.comparator)} {money.currency or ''}".strip()


def _items(before: tuple[str, ...], after: tuple[str, ...], items: dict[str, Item]) -> Iterator[_Found]:
    """Sorts of weapon; "anti-personnel mines" for "mines" narrows what is told as one of two sorts does."""
    if set(before) == set(after):
        return
    sort = _list_change(set(before), set(after))
    if sort is ChangeSort.CHANGED and are_of(after, before, items):
        sort = ChangeSort.NARROWED
    elif sort is ChangeSort.CHANGED and are_of(before, after, items):
        sort = ChangeSort.WIDENED
    yield ChangeField.ITEM, sort, _joined(before), _joined(after)


def _lists(base: Telling, other: Telling) -> Iterator[_Found]:
    mine, theirs = base.object, other.object
    for field, before, after in (
        (ChangeField.ACTIVITIES, mine.activities, theirs.activities),
        (ChangeField.RECIPIENT, mine.recipient, theirs.recipient),
        (ChangeField.SUPPLIER, mine.supplier, theirs.supplier),
    ):
        if set(before) != set(after):
            yield field, _list_change(set(before), set(after)), _joined(before), _joined(after)


def _list_change(before: set[str], after: set[str]) -> ChangeSort:
    if not before or not after:
        return ChangeSort.DROPPED if before else ChangeSort.ADDED
    if after < before:
        return ChangeSort.NARROWED
    return ChangeSort.WIDENED if before < after else ChangeSort.CHANGED


def _speakers(before: Attribution | None, after: Attribution | None) -> Iterator[_Found]:
    one = None if before is None else before.speaker
    other = None if after is None else after.speaker
    if before is None or after is None:
        if one != other:
            yield ChangeField.ATTRIBUTION, ChangeSort.GAINED if after else ChangeSort.LOST, one, other
    elif not same_speaker(before, after):
        yield ChangeField.ATTRIBUTION, ChangeSort.CHANGED, one, other


def _plain_change(before: str | None, after: str | None) -> ChangeSort:
    if before is None or after is None:
        return ChangeSort.ADDED if before is None else ChangeSort.DROPPED
    return ChangeSort.CHANGED


def _joined(keys: tuple[str, ...]) -> str | None:
    return ", ".join(keys) or None


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


def _yes_no(negated: bool) -> str:
    return "no" if negated else "yes"
