"""How far two tellings are from saying the same: None where they are about different things.

A distance is the sum of what differs: about 1 for an act's other date or another amount, less for what
one gives and the other leaves out. Only its order matters: the nearest are joined first.
"""

from __future__ import annotations

from inforce.checking.compare_model import Telling
from inforce.checking.times import NEAR_DAYS, gap_days
from inforce.dates import Edtf, parse_edtf
from inforce.errors import InforceError
from inforce.reading.model import Attribution
from inforce.record.model import Item
from inforce.vocabulary import ClaimKind

#: Dates of one act that are told further apart than this are dates of two acts.
_SAME_ACT_DAYS = 3 * 366

_CONSENT = frozenset({"ratified", "acceded", "joined", "rejoined"})
_UNIQUE = frozenset({ClaimKind.TREATY_FACT, ClaimKind.NOTICE_PERIOD, ClaimKind.PARTY_COUNT})
_WITH_ITEM = frozenset({ClaimKind.PROGRAMME, ClaimKind.STOCKPILE, ClaimKind.PROHIBITION})


def likeness(one: Telling, other: Telling, items: dict[str, Item]) -> float | None:
    """Distance of two tellings of the same act, thing or rule; None where they are not.

    Two acts of one course that are told as done on one day are one: a notice told as the exit.
    """
    acts = _act_distance(one, other)
    if acts is None and _is_act(one) and _is_act(other) and _on_one_day(one, other):
        acts = 0.6
    if acts is None or one.negated is not other.negated or not items_meet(one, other, items):
        return None
    if one.kind is ClaimKind.STATEMENT and not _same_words(one, other):
        return None
    days = _days_apart(one, other)
    if days is not None and days > _SAME_ACT_DAYS and one.kind not in _UNIQUE:
        return None
    return acts + _differences(one, other, days)


def crossing(one: Telling, other: Telling, items: dict[str, Item]) -> float | None:
    """Distance of two tellings that may be one thing told as another: a vote as exit, a yes as a no.

    Only for what found nothing nearer. Acts of one course cross where their dates allow it; facts that
    share a date, programmes and counts that share an amount.
    """
    days = _days_apart(one, other)
    apart = 1.0 + _differences(one, other, days)
    if one.kind is ClaimKind.STATEMENT:
        return None
    if _act_distance(one, other) is not None and one.negated is not other.negated:
        return apart if items_meet(one, other, items) else None
    if _is_act(one) and _is_act(other):
        close = days is None or days <= NEAR_DAYS
        return apart if close and one.negated is other.negated else None
    if one.kind is not other.kind:
        return None
    if one.kind is ClaimKind.TREATY_FACT:
        return apart if one.when and other.when and days == 0 else None
    if one.kind is ClaimKind.PROHIBITION:
        shared = set(one.object.activities) & set(other.object.activities)
        return apart if shared and items_meet(one, other, items) else None
    return apart if _amounts_meet(one, other) else None


def repeats(one: Telling, other: Telling, items: dict[str, Item]) -> bool:
    """Whether two claims of one article say the same, the one perhaps in more detail."""
    if (one.kind, one.predicate, one.modality, one.negated) != (
        other.kind,
        other.predicate,
        other.modality,
        other.negated,
    ):
        return False
    if one.kind is ClaimKind.STATEMENT or not items_meet(one, other, items):
        return False
    if (_days_apart(one, other) or 0) > 0:
        return False
    given = ((one.object.count, other.object.count), (one.object.money, other.object.money))
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in given)


def same_amount(one: Telling, other: Telling, items: dict[str, Item]) -> bool:
    """Whether two claims on means tell of one amount of things that may be the same."""
    return one.kind is ClaimKind.PROGRAMME and items_meet(one, other, items) and _amounts_meet(one, other)


def edtf(text: str | None) -> Edtf | None:
    """A claim's date; None where it gives none, or one that no calendar has."""
    try:
        return None if text is None else parse_edtf(text)
    except InforceError:
        return None


def items_meet(one: Telling, other: Telling, items: dict[str, Item]) -> bool:
    """Whether what two claims are about can be the same: a mine may be any sort of mine."""
    mine, theirs = one.object.item, other.object.item
    if one.kind not in _WITH_ITEM or not mine or not theirs:
        return True
    return any(a in _wider(b, items) or b in _wider(a, items) for a in mine for b in theirs)


def narrowest(keys: tuple[str, ...], items: dict[str, Item]) -> tuple[str, ...]:
    """The keys without those that only say in general what another says."""
    return tuple(
        key for key in keys if not any(key != other and key in _wider(other, items) for other in keys)
    )


def are_of(keys: tuple[str, ...], others: tuple[str, ...], items: dict[str, Item]) -> bool:
    """Whether each of `keys` is one of `others`, or a sort of one."""
    return all(not _wider(key, items).isdisjoint(others) for key in keys)


def _wider(key: str, items: dict[str, Item]) -> set[str]:
    """The item and every category it belongs to."""
    found: set[str] = set()
    ahead = [key]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead.extend(items[one].is_a if one in items else ())
    return found


def _is_act(one: Telling) -> bool:
    return one.kind in (ClaimKind.TREATY_ACTION, ClaimKind.DOMESTIC_STEP, ClaimKind.MEMBERSHIP)


def _act_distance(one: Telling, other: Telling) -> float | None:
    """0 for the same act, a little for two words of consent; None for different acts."""
    if one.kind is other.kind and one.predicate == other.predicate:
        return 0.0 if one.object.action == other.object.action else 0.5
    return 0.4 if {one.predicate, other.predicate} <= _CONSENT else None


def _on_one_day(one: Telling, other: Telling) -> bool:
    mine, theirs = edtf(one.when), edtf(other.when)
    same = mine is not None and theirs is not None and mine.exact == theirs.exact is not None
    return same and one.modality is other.modality


def _differences(one: Telling, other: Telling, days: int | None) -> float:
    mine, theirs = one.object, other.object
    when = 0.2 if days is None and (one.when or other.when) else min((days or 0) / 366, 1) * 0.8
    amounts = sum(
        0.0 if a == b else 0.2 if a is None or b is None else 0.7
        for a, b in ((mine.count, theirs.count), (mine.money, theirs.money), (mine.rank, theirs.rank))
    )
    lists = sum(
        weight * _apart(a, b)
        for weight, a, b in (
            (1.0, mine.activities, theirs.activities),
            (0.3, mine.item, theirs.item),
            (0.8, mine.recipient, theirs.recipient),
            (0.5, mine.supplier, theirs.supplier),
        )
    )
    modality = 0.0 if one.modality is other.modality else 0.5
    return when + amounts + lists + modality + _speakers_apart(one.attribution, other.attribution)


def _apart(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Share of two lists that is not common to both."""
    both = set(one) | set(other)
    return 1 - len(set(one) & set(other)) / len(both) if both else 0.0


def _speakers_apart(one: Attribution | None, other: Attribution | None) -> float:
    if one is None or other is None:
        return 0.0 if one is other else 0.1
    return 0.0 if same_speaker(one, other) else 0.3


def same_speaker(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions can be to one speaker: "Karolis Aleksa" and "Aleksa"."""
    mine, theirs = one.speaker.casefold().split(), other.speaker.casefold().split()
    return set(mine) <= set(theirs) or set(theirs) <= set(mine)


def _days_apart(one: Telling, other: Telling) -> int | None:
    """Days between the dates of two tellings; None where one gives none."""
    mine, theirs = edtf(one.when), edtf(other.when)
    return None if mine is None or theirs is None else gap_days(mine, theirs)


def _amounts_meet(one: Telling, other: Telling) -> bool:
    mine, theirs = one.object, other.object
    return (mine.count is not None and mine.count == theirs.count) or (
        mine.money is not None and mine.money == theirs.money
    )


def _same_words(one: Telling, other: Telling) -> bool:
    """A statement has no fields but its words: only a quotation of the same words is the same statement."""
    mine, theirs = one.words, other.words
    return bool(mine and theirs) and (mine in theirs or theirs in mine)
