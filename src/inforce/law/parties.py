"""Who stands how towards a treaty on a day, and every count under its own name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from inforce.law.chronicle import checked, knowledge
from inforce.law.counts import Count, Counting
from inforce.law.model import AssertionCheck, PartiesAnswer, Standing
from inforce.law.status import coverage
from inforce.law.timeline import Stretch, Timeline
from inforce.record.model import Action, Record
from inforce.vocabulary import Status

#: The conventions of counting that a table of parties shows.
SHOWN = (
    "in_force",
    "deposited",
    "contracting",
    "withdrawal_notified",
    "signatories_only",
    "signatories",
)


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
    counting = Counting(record, treaty, known.by)
    places = [(line, line.at(on)) for line in counting.lines]
    return PartiesAnswer(
        treaty=treaty,
        on=on,
        known_by=known.shown,
        counts=dict(_flat(_counts(counting, places, on))),
        participants=tuple(_standing(line, stretch, on) for line, stretch in places if acted(stretch)),
        notes=tuple(_notes(record, places)),
        verified_through=record.treaties[treaty].verified_through,
        coverage=coverage(record.treaties[treaty], on, known_by),
    )


def acted(stretch: Stretch) -> bool:
    """Whether a table of parties names whoever stands there."""
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


def _counts(
    counting: Counting, places: list[tuple[Timeline, Stretch]], on: dt.date
) -> Iterator[tuple[str, Count]]:
    yield from ((counted, counting.at(counted, on)) for counted in SHOWN)
    contested = sum(stretch.dispute is not None for _, stretch in places)
    yield "contested", (contested, contested)


def _flat(counts: Iterable[tuple[str, Count]]) -> Iterator[tuple[str, int]]:
    for name, (least, most) in counts:
        yield name, least
        if most != least:
            yield f"{name}_max", most


def _notes(record: Record, places: list[tuple[Timeline, Stretch]]) -> Iterator[str]:
    participants = record.participants
    contested = [line.participant for line, stretch in places if stretch.dispute is not None]
    if contested:
        names = ", ".join(participants[key].name for key in contested)
        yield f"Contested, and counted as the depositary counts: {names}."
    for line, stretch in places:
        if stretch.status is None:
            possible = " or ".join(status.value.replace("-", " ") for status in stretch.possible)
            dated = recorded_as_of(line.grounds[index].act for index in stretch.acts)
            yield f"{participants[line.participant].name} may be {possible}: {dated}."


def recorded_as_of(acts: Iterable[Action]) -> str:
    """Why a status or a count is open: the partial dates of the acts it rests on, without a full stop."""
    dates = sorted({act.date.text for act in acts if act.date.first != act.date.last})
    return f"its act is recorded only as of {', '.join(dates)}"


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
