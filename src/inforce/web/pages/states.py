"""States: the list, and one state's treaties as lanes through time, with what binds it on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from inforce import law
from inforce.law.world_columns import CONTESTED, STATUSES, YES
from inforce.record.groups import regions
from inforce.record.model import ContestedPoint, DomesticStep, Record
from inforce.record.names import find_participant
from inforce.vocabulary import Status
from inforce.web.asked import day, parameters
from inforce.web.lanes import Lane, Scale, lanes
from inforce.web.respond import Asking, site_of, twin
from inforce.web.site import Site

#: Statuses of one that leaves or has left: what it is free to do then, and what still binds, is told.
_LEAVING = (Status.PARTY_WITHDRAWAL_NOTIFIED, Status.FORMER_PARTY)


class StateRow(msgspec.Struct, frozen=True):
    """A participant on a day: how many treaties bind it, under how many a notice runs, or it is contested."""

    participant: str
    bound: int
    leaving: int
    contested: int


class Region(msgspec.Struct, frozen=True):
    """The participants of a region, by name."""

    name: str
    states: tuple[StateRow, ...]


class StatesPage(msgspec.Struct, frozen=True):
    """All participants on a day, by region."""

    on: dt.date
    regions: tuple[Region, ...]


class StatePage(msgspec.Struct, frozen=True):
    """One participant: its lanes, the rules that bind it on the day, and what bears on them.

    `after_leaving` are the freedoms under treaties that it has left, or from which its notice runs.
    """

    participant: str
    on: dt.date
    known_by: dt.date
    lanes: tuple[Lane, ...]
    scale: Scale
    obligations: law.ObligationsAnswer
    after_leaving: tuple[law.FreedomAnswer, ...]
    steps: tuple[DomesticStep, ...]
    contested: tuple[ContestedPoint, ...]


@get("/states", sync_to_thread=True, include_in_schema=False)
def states(request: Asking) -> Response[bytes]:
    """All participants, by region, with how many treaties bind each on a day."""
    asked = parameters(request, {"on"})
    site = site_of(request)
    return twin(request, "states.html", lambda: _states(site, day(asked, "on") or site.today()))


def _states(site: Site, on: dt.date) -> StatesPage:
    places = site.world.snapshot(on)
    bound, status = places.bound, places.status
    leaving = (status == STATUSES.index(Status.PARTY_WITHDRAWAL_NOTIFIED)).sum(axis=0)
    sums = zip(
        places.participants,
        (bound == YES).sum(axis=0).tolist(),
        leaving.tolist(),
        (bound == CONTESTED).sum(axis=0).tolist(),
        strict=True,
    )
    rows = {key: StateRow(key, *numbers) for key, *numbers in sums}
    return StatesPage(
        on, tuple(Region(name, tuple(rows[key] for key in keys)) for name, keys in regions(site.record))
    )


@get("/states/{participant:str}", sync_to_thread=True, include_in_schema=False)
def state(request: Asking, participant: FromPath[str]) -> Response[bytes]:
    """One state: its treaties through time and its obligations on a day."""
    asked = parameters(request, {"on", "known-by"})
    site = site_of(request)
    key = find_participant(site.record, participant).key
    on, known_by = day(asked, "on") or site.today(), day(asked, "known-by")
    return twin(request, "state.html", lambda: _state(site, key, on, known_by))


def _state(site: Site, key: str, on: dt.date, known_by: dt.date | None) -> StatePage:
    record, today = site.record, site.today()
    obligations = law.obligations(record, key, on=on, known_by=known_by, today=today)
    scale, found = lanes(record, key, on=on, known_by=obligations.known_by, today=today)
    leaving = {lane.treaty for lane in found if lane.kind in _LEAVING}
    return StatePage(
        participant=key,
        on=on,
        known_by=obligations.known_by,
        lanes=found,
        scale=scale,
        obligations=obligations,
        after_leaving=tuple(one for one in obligations.freedoms if one.treaty in leaving),
        steps=tuple(step for step in record.domestic if step.participant == key),
        contested=tuple(_points(record, key)),
    )


def _points(record: Record, key: str) -> Iterator[ContestedPoint]:
    yield from (point for point in record.contested if key == point.participant or key in point.participants)
