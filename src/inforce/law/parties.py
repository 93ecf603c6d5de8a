"""Who stands how towards a treaty on a day, and every count under its own name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from inforce.law.chronicle import Chronicle, checked, chronicle, knowledge
from inforce.law.model import AssertionCheck, PartiesAnswer, Standing
from inforce.law.status import coverage
from inforce.law.timeline import BINDING, Stretch, Timeline
from inforce.record.model import Record
from inforce.vocabulary import ActionKind, Status

_DEPOSITED = BINDING | {Status.CONTRACTING}

#: What each count asks of a status.
_COUNTS: dict[str, frozenset[Status]] = {
    "in_force": BINDING,
    "deposited": _DEPOSITED,
    "contracting": frozenset({Status.CONTRACTING}),
    "withdrawal_notified": frozenset({Status.PARTY_WITHDRAWAL_NOTIFIED}),
    "signatories_only": frozenset({Status.SIGNATORY}),
}

_SIGNING = (ActionKind.SIGNATURE, ActionKind.DEFINITIVE_SIGNATURE)

Count = tuple[int, int]  # least and most


def parties(
    record: Record,
    treaty: str,
    *,
    on: dt.date,
    known_by: dt.date | None = None,
    today: dt.date | None = None,
) -> PartiesAnswer:
    """All participants with a recorded act under `treaty`, and the counts, on a day as known by a day.

    Contested participants are counted as the depositary counts them, and a note names them. Raises
    `UsageError` for a treaty the record does not have.
    """
    checked(record, None, treaty)
    known = knowledge(known_by, today)
    book = chronicle(record)
    lines = [book.timeline(participant, treaty, known.by) for participant in book.participants(treaty)]
    places = [(line, line.at(on)) for line in lines]
    return PartiesAnswer(
        treaty=treaty,
        on=on,
        known_by=known.shown,
        counts=dict(_flat(_counts(places, on))),
        participants=tuple(_standing(line, stretch, on) for line, stretch in places if _acted(stretch)),
        notes=tuple(_notes(book, places)),
        verified_through=record.treaties[treaty].verified_through,
        coverage=coverage(record.treaties[treaty], on, known_by),
    )


def _acted(stretch: Stretch) -> bool:
    return stretch.status not in (Status.NONE, Status.NOT_OPEN) or bool(stretch.acts)


def _standing(line: Timeline, stretch: Stretch, on: dt.date) -> Standing:
    span = line.status_span(on)
    return Standing(
        participant=line.participant,
        status=stretch.status,
        since=span.since,
        until=span.until,
        bound=stretch.bound,
        possible=stretch.possible if stretch.status is None else (stretch.status,),
        since_between=span.since_between,
        until_between=span.until_between,
    )


def _counts(places: list[tuple[Timeline, Stretch]], on: dt.date) -> dict[str, Count]:
    stretches = [stretch for _, stretch in places]
    counts = {name: _count(stretches, _in(statuses)) for name, statuses in _COUNTS.items()}
    counts["contested"] = _count(stretches, lambda one: {one.dispute is not None})
    counts["signatories"] = _signatories([line for line, _ in places], on)
    return counts


def _in(statuses: frozenset[Status]) -> Callable[[Stretch], set[bool]]:
    return lambda stretch: {status in statuses for status in stretch.possible}


def _count(stretches: list[Stretch], test: Callable[[Stretch], set[bool]]) -> Count:
    """How many pass a test at least and at most; a stretch that both may and may not pass opens the range."""
    results = [test(stretch) for stretch in stretches]
    return sum(result == {True} for result in results), sum(True in result for result in results)


def _signatories(lines: list[Timeline], on: dt.date) -> Count:
    """Participants that had signed, whatever they did later."""
    least = most = 0
    for line in lines:
        signed = [ground for ground in line.grounds if ground.act.kind in _SIGNING]
        least += any(ground.last <= on for ground in signed)
        most += any(ground.first <= on for ground in signed)
    return least, most


def _flat(counts: dict[str, Count]) -> Iterator[tuple[str, int]]:
    for name, (least, most) in counts.items():
        yield name, least
        if most != least:
            yield f"{name}_max", most


def _notes(book: Chronicle, places: list[tuple[Timeline, Stretch]]) -> Iterator[str]:
    participants = book.record.participants
    contested = [line.participant for line, stretch in places if stretch.dispute is not None]
    if contested:
        names = ", ".join(participants[key].name for key in contested)
        yield f"Contested, and counted as the depositary counts: {names}."
    for line, stretch in places:
        if stretch.status is None:
            dates = (line.grounds[index].act.date for index in stretch.acts)
            possible = " or ".join(status.value.replace("-", " ") for status in stretch.possible)
            dated = ", ".join(sorted({date.text for date in dates if date.first != date.last}))
            name = participants[line.participant].name
            yield f"{name} may be {possible}: its act is recorded only as of {dated}."


def check_assertions(record: Record, treaty: str | None = None) -> list[AssertionCheck]:
    """Every count asserted in the record by an independent source beside the count that its actions yield."""
    checked(record, None, treaty)
    checks = []
    for key in sorted(record.treaties) if treaty is None else [treaty]:
        for asserted in record.treaties[key].assertions:
            counts = parties(record, key, on=asserted.on, today=asserted.on).counts
            least = counts[asserted.counted]
            most = counts.get(f"{asserted.counted}_max", least)
            checks.append(
                AssertionCheck(
                    treaty=key,
                    on=asserted.on,
                    counted=asserted.counted,
                    asserted=asserted.count,
                    counts=(least, most),
                    agrees=least <= asserted.count <= most,
                    source=asserted.source,
                )
            )
    return checks
