"""The status of a participant towards a treaty on a day, as known on a day; never by default."""

from __future__ import annotations

import datetime as dt

import msgspec

from inforce.errors import UsageError
from inforce.law.chronicle import Asked, chronicle, knowledge, last_verified, timeline
from inforce.law.derivation import all_readings, reading_answers, status_steps, treaty_name
from inforce.law.model import ReadingAnswer, StatusAnswer, Step
from inforce.law.readings import names
from inforce.law.timeline import Stretch, Timeline
from inforce.record.model import Record, Treaty


def status(
    record: Record,
    participant: str,
    treaty: str,
    *,
    on: dt.date,
    known_by: dt.date | None = None,
    today: dt.date | None = None,
    reading: str | None = None,
) -> StatusAnswer:
    """The status of `participant` (key) towards `treaty` (key) on a day.

    `known_by` leaves out every action that became known later; None, or `today` and later, takes all that
    the record holds. `today` is the machine's day if not given. `reading` picks one reading of a
    contested point by its id (`A`) or with the point's (`ukraine-apmbc-suspension:A`): the status is then
    the recorded one and `bound` what that reading says.

    Raises `UsageError` for keys and readings the record does not have.
    """
    known = knowledge(known_by, today)
    line = timeline(record, participant, treaty, known.by)
    stretch = line.at(on)
    span = line.status_span(on)
    answer = StatusAnswer(
        participant=participant,
        treaty=treaty,
        on=on,
        known_by=known.shown,
        status=stretch.status,
        bound=stretch.bound,
        since=span.since,
        until=span.until,
        readings=all_readings(stretch.disputes, on),
        derivation=status_steps(Asked(record, participant, on, known.by), line, stretch),
        verified_through=record.treaties[treaty].verified_through,
        coverage=coverage(record.treaties[treaty], on, known_by),
        possible=stretch.possible if stretch.status is None else (stretch.status,),
        since_between=span.since_between,
        until_between=span.until_between,
    )
    return answer if reading is None else _under(record, line, stretch, answer, reading)


def coverage(treaty: Treaty, on: dt.date, known_by: dt.date | None) -> str | None:
    """A sentence where the question reaches beyond the days to which the record is verified, or None."""
    name = treaty_name(treaty)
    last = last_verified(treaty)
    said = []
    if not treaty.complete:
        said.append(f"The record of {name} is incomplete: actions may be missing.")
    if on > last or (known_by is not None and known_by > last):
        through = f"verified through {treaty.verified_through}"
        said.append(f"The record of {name} is {through}; later actions may be missing.")
    return " ".join(said) or None


def _under(
    record: Record, line: Timeline, stretch: Stretch, answer: StatusAnswer, reading: str
) -> StatusAnswer:
    """The answer under one reading. A reading that does not reach this day changes nothing."""
    known = {
        name
        for one in line.stretches
        for point in one.disputes
        for each in point.readings
        for name in names(point, each)
    }
    if reading not in known:
        points = chronicle(record).points.get((line.treaty, line.participant), [])
        offered = [names(point, each)[1] for point in points for each in point.readings]
        raise UsageError(
            f"unknown reading {reading!r} of {line.participant} and {line.treaty}; "
            f"{'there is none' if not offered else 'choose ' + ', '.join(offered)}"
        )
    picked = [
        (point, one)
        for point in stretch.disputes
        for one in reading_answers(point, answer.on)
        if reading in (one.id, f"{point.id}:{one.id}")
    ]
    if not picked:
        return answer
    if len({point.id for point, _ in picked}) > 1:
        choice = ", ".join(f"{point.id}:{one.id}" for point, one in picked)
        raise UsageError(f"reading {reading!r} stands for several; choose {choice}")
    point, one = picked[0]
    says = {True: "bound", False: "not bound", None: "not said whether it is bound"}[one.bound]
    step = Step(f"Under reading {one.id} ({one.holder}): {says}. {one.result}.", facts=(point.id,))
    since, until = _reading_span(one, answer.on)
    return msgspec.structs.replace(
        answer,
        status=stretch.possible[0] if len(stretch.possible) == 1 else None,
        bound=one.bound,
        since=since,
        until=until,
        readings=(one,),
        derivation=(*answer.derivation, step),
        possible=stretch.possible,
    )


def _reading_span(reading: ReadingAnswer, on: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Since and until when `reading` gives the same answer as on this day."""
    for since, until in reading.intervals:
        if since <= on and (until is None or on < until):
            return since, until
    ended = [until for _, until in reading.intervals if until is not None and until <= on]
    coming = [since for since, _ in reading.intervals if since > on]
    return max(ended, default=None), min(coming, default=None)
