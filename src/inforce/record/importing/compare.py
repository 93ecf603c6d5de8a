"""Two sources on one treaty, act by act: what agrees, what differs and how.

Acts are paired within what they are towards the treaty (signature, consent, provisional application,
withdrawal): first those alike, then those that can be the same act told less exactly, then those that
differ in kind or day. What no pair is found for stands in one source only.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from inforce.record.importing.model import FORMAT_NAMES, Act, Note, Table, ToRead
from inforce.record.model import Record
from inforce.vocabulary import ActionKind

#: How two sources differ. `here` is the first of them, `there` the second.
How = Literal[
    "missing-here",
    "missing-there",
    "later-than-table",
    "other-day",
    "other-act",
    "other-effect",
    "more-exact-there",
    "less-exact-there",
    "effect-only-there",
]

_WITHDRAWAL = (ActionKind.WITHDRAWAL,)
_COMPARED = frozenset(
    {kind for kind in ActionKind if kind.expresses_consent}
    | {ActionKind.SIGNATURE, ActionKind.PROVISIONAL_APPLICATION, ActionKind.WITHDRAWAL}
)


class ActAnswer(msgspec.Struct, frozen=True):
    """An act as one source has it: `date` is EDTF, `at` the line of its file or row of its table, `note`
    what the source itself remarks on it.
    """

    action: str
    date: str
    effect: dt.date | None
    source: str
    at: int
    note: str


class Difference(msgspec.Struct, frozen=True):
    """One difference between the sources on one act."""

    participant: str
    difference: How
    here: ActAnswer | None
    there: ActAnswer | None


class SourceAnswer(msgspec.Struct, frozen=True):
    """One of the two sources: `file` is None for the record."""

    file: str | None
    name: str
    status_of: dt.date | None
    participants: int
    acts: int


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two sources compared. `agreeing` acts are the same in both.

    `later` stand here alone because they were done after the day of the other table: no differences.
    `not_compared` counts the acts of either that are neither joining nor leaving. `to_read` must be read by
    a person before the comparison is whole; `other_notes` are the end notes that tell of no leaving.
    """

    treaty: str
    here: SourceAnswer
    there: SourceAnswer
    agreeing: int
    differences: tuple[Difference, ...]
    later: tuple[Difference, ...]
    to_read: tuple[ToRead, ...]
    not_compared: dict[str, int]
    other_notes: tuple[Note, ...]


class Pair(msgspec.Struct, frozen=True):
    """Two acts found to differ, or one that stands alone."""

    how: How
    here: Act | None
    there: Act | None


class Pairing(msgspec.Struct, frozen=True):
    """All pairs of two sources, those that agree only counted."""

    agreeing: int
    pairs: tuple[Pair, ...]


def recorded_acts(record: Record, treaty: str) -> tuple[Act, ...]:
    """The acts of the record that a status table prints too."""
    return tuple(
        Act(
            participant=action.participant,
            kinds=(action.kind,),
            date=action.date,
            effect=action.effect,
            line=action.line,
            source=action.source,
            note=action.note,
        )
        for action in record.actions[treaty]
        if action.kind in _COMPARED
    )


def compare_with_record(record: Record, treaty: str, table: Table) -> tuple[Comparison, Pairing]:
    """The record beside a table, with the pairs that a patch is made from."""
    acts = recorded_acts(record, treaty)
    others = Counter(a.kind.value for a in record.actions[treaty] if a.kind not in _COMPARED)
    others.update(table.not_compared)
    here = SourceAnswer(None, "the record", None, len({act.participant for act in acts}), len(acts))
    comparison, pairing = _compared(treaty, here, acts, table)
    counted = dict(sorted(others.items()))
    return msgspec.structs.replace(comparison, not_compared=counted), pairing


def compare_tables(treaty: str, first: Table, second: Table) -> Comparison:
    """One table beside another."""
    comparison, _ = _compared(treaty, _source(first), first.acts, second)
    to_read = (*first.to_read, *_left_untold(first, second.acts), *comparison.to_read)
    not_compared = dict(sorted((Counter(first.not_compared) + Counter(second.not_compared)).items()))
    return msgspec.structs.replace(comparison, to_read=to_read, not_compared=not_compared)


def _compared(
    treaty: str, here: SourceAnswer, acts: tuple[Act, ...], table: Table
) -> tuple[Comparison, Pairing]:
    pairing = paired(acts, table.acts, table.status_of)
    # A name in brackets says that a withdrawal took effect, though not when: it is not missing there.
    kept = [pair for pair in pairing.pairs if not (pair.there is None and _is_left(pair.here, table))]
    pairing = Pairing(pairing.agreeing + len(pairing.pairs) - len(kept), tuple(kept))
    differences = [_difference(pair) for pair in pairing.pairs]
    comparison = Comparison(
        treaty=treaty,
        here=here,
        there=_source(table),
        agreeing=pairing.agreeing,
        differences=tuple(one for one in differences if one.difference != "later-than-table"),
        later=tuple(one for one in differences if one.difference == "later-than-table"),
        to_read=(*table.to_read, *_left_untold(table, acts)),
        not_compared=table.not_compared,
        other_notes=table.other_notes,
    )
    return comparison, pairing


def _is_left(act: Act | None, table: Table) -> bool:
    return act is not None and act.kinds == _WITHDRAWAL and act.participant in table.left


def _left_untold(table: Table, others: Iterable[Act]) -> Iterable[ToRead]:
    """Participants in brackets of whose withdrawal neither a note of the table nor the other source tells."""
    told = {act.participant for act in (*table.acts, *others) if act.kinds == _WITHDRAWAL}
    told |= {one.participant for one in table.to_read if one.participant and one.mark}
    for key, row in table.left.items():
        if key not in told:
            why = "it stands in brackets, as no longer a party, and no note tells since when"
            yield ToRead(key, row, None, "", why)


def _source(table: Table) -> SourceAnswer:
    name = FORMAT_NAMES[table.format] + (f" {table.number}" if table.number else "")
    return SourceAnswer(table.file, name, table.status_of, len(table.participants), len(table.acts))


def _difference(pair: Pair) -> Difference:
    act = pair.here or pair.there
    participant = act.participant if act else ""
    return Difference(participant, pair.how, _shown(pair.here), _shown(pair.there))


def _shown(act: Act | None) -> ActAnswer | None:
    if act is None:
        return None
    return ActAnswer(act.kinds[0].value, act.date.text, act.effect, act.source, act.line, act.note)


def paired(here: Iterable[Act], there: Iterable[Act], status_of: dt.date | None) -> Pairing:
    """Pair the acts of two sources, participant by participant."""
    agreeing = 0
    pairs: list[Pair] = []
    grouped = _grouped(here), _grouped(there)
    for key in sorted({*grouped[0], *grouped[1]}):
        ours, theirs = (list(acts.get(key, ())) for acts in grouped)
        for alike in (_same, _less_exact, _same_day, _same_kind, _any):
            for mine, other in _take(ours, theirs, alike):
                how = _how(mine, other)
                agreeing += how is None
                if how is not None:
                    pairs.append(Pair(how, mine, other))
        pairs += [Pair(_alone(act, status_of), act, None) for act in ours]
        pairs += [Pair("missing-here", None, act) for act in theirs]
    return Pairing(agreeing, tuple(pairs))


def _grouped(acts: Iterable[Act]) -> dict[tuple[str, str], list[Act]]:
    groups: dict[tuple[str, str], list[Act]] = {}
    for act in acts:
        groups.setdefault((act.participant, _towards(act)), []).append(act)
    return groups


def _towards(act: Act) -> str:
    kind = act.kinds[0]
    return "consent" if kind.expresses_consent else kind.value


def _take(ours: list[Act], theirs: list[Act], alike: Callable[[Act, Act], bool]) -> Iterable[tuple[Act, Act]]:
    """Take away and give the pairs that are alike, in order of their days."""
    for mine in sorted(ours, key=_day):
        other = next((one for one in sorted(theirs, key=_day) if alike(mine, one)), None)
        if other is not None:
            ours.remove(mine)
            theirs.remove(other)
            yield mine, other


def _day(act: Act) -> tuple[dt.date, str]:
    return act.date.first or act.date.last or dt.date.min, act.date.text


def _kind_fits(mine: Act, other: Act) -> bool:
    return bool(set(mine.kinds) & set(other.kinds))


def _day_fits(mine: Act, other: Act) -> bool:
    """The same day; or for a withdrawal of which a table tells one unnamed day, the notice or its effect."""
    if other.day_unsure and other.date.exact and other.date.exact == mine.effect:
        return True
    return mine.date.first == other.date.first and mine.date.last == other.date.last


def _same(mine: Act, other: Act) -> bool:
    return _kind_fits(mine, other) and _day_fits(mine, other)


def _less_exact(mine: Act, other: Act) -> bool:
    return _kind_fits(mine, other) and (_within(other, mine) or _within(mine, other))


def _within(inner: Act, outer: Act) -> bool:
    """Whether all days that the one can be are among those that the other can be."""
    first, last = inner.date.first, inner.date.last
    if first is None or last is None:
        return False
    after = outer.date.first is None or outer.date.first <= first
    return after and (outer.date.last is None or last <= outer.date.last)


def _same_day(mine: Act, other: Act) -> bool:
    return _day_fits(mine, other)


def _same_kind(mine: Act, other: Act) -> bool:
    return _kind_fits(mine, other)


def _any(mine: Act, other: Act) -> bool:
    return True


def _how(mine: Act, other: Act) -> How | None:
    """How two paired acts differ; None where they agree. What is graver is said first."""
    if not _kind_fits(mine, other):
        return "other-act"
    if not _day_fits(mine, other):
        if _within(other, mine):
            return "more-exact-there"
        return "less-exact-there" if _within(mine, other) else "other-day"
    if other.effect is not None and not other.day_unsure and mine.effect != other.effect:
        return "effect-only-there" if mine.effect is None else "other-effect"
    return None


def _alone(act: Act, status_of: dt.date | None) -> How:
    after = status_of is not None and act.date.first is not None and act.date.first > status_of
    return "later-than-table" if after else "missing-there"
