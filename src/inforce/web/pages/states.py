"""States: the list, and one state's treaties as lanes through time, with what binds it on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from inforce import law
from inforce.law.chronicle import knowledge
from inforce.law.world_columns import CONTESTED, UNDECIDED, YES
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
    """A participant on a day: how many treaties surely bind it, and under how many a notice runs.

    `leaving` is the least and the most that partial dates allow. Of `contested` it is contested whether they
    bind it, and of `open` a partial date leaves that open; neither is among `bound`.
    """

    participant: str
    bound: int
    leaving: tuple[int, int]
    contested: int
    open: int


class Region(msgspec.Struct, frozen=True):
    """The participants of a region, by name."""

    name: str
    states: tuple[StateRow, ...]


class StatesPage(msgspec.Struct, frozen=True):
    """All participants on a day, as known by a day, by region."""

    on: dt.date
    known_by: dt.date
    regions: tuple[Region, ...]


class StatePage(msgspec.Struct, frozen=True):
    """One participant: its lanes, the rules that bind it on the day, and what bears on them.

    `bound` is how many treaties surely bind it on the day, as in the list of states; of `unsure` that is
    contested, or a partial date leaves it open. `steps` and `contested` are those known on `known_by`.
    `after_leaving` are the freedoms under treaties that it has left, or from which its notice runs.
    """

    participant: str
    on: dt.date
    known_by: dt.date
    bound: int
    unsure: int
    lanes: tuple[Lane, ...]
    scale: Scale
    obligations: law.ObligationsAnswer
    after_leaving: tuple[law.FreedomAnswer, ...]
    steps: tuple[DomesticStep, ...]
    contested: tuple[ContestedPoint, ...]


@get("/states", sync_to_thread=True, include_in_schema=False)
def states(request: Asking) -> Response[bytes]:
    """All participants, by region, with how many treaties bind each on a day."""
    asked = parameters(request, {"on", "known-by"})
    site = site_of(request)
    on, known_by = day(asked, "on") or site.today(), day(asked, "known-by")
    return twin(request, "states.html", lambda: _states(site, on, known_by))


def _states(site: Site, on: dt.date, known_by: dt.date | None) -> StatesPage:
    known = knowledge(known_by, site.today())
    places = site.world.snapshot(on, known.by)
    leaving = places.counts_of_treaties("withdrawal_notified")
    sums = ((places.bound == code).sum(axis=0).tolist() for code in (YES, CONTESTED, UNDECIDED))
    rows = {
        key: StateRow(key, bound, leaving[key], contested, undecided)
        for key, bound, contested, undecided in zip(places.participants, *sums, strict=True)
    }
    return StatesPage(
        on,
        known.shown,
        tuple(Region(name, tuple(rows[key] for key in keys)) for name, keys in regions(site.record)),
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
    by = knowledge(known_by, today).by
    leaving = {lane.treaty for lane in found if lane.kind in _LEAVING}
    return StatePage(
        participant=key,
        on=on,
        known_by=obligations.known_by,
        bound=sum(lane.bound is True for lane in found),
        unsure=sum(lane.bound is None for lane in found),
        lanes=found,
        scale=scale,
        obligations=obligations,
        after_leaving=tuple(one for one in obligations.freedoms if one.treaty in leaving),
        steps=tuple(_steps(record, key, by)),
        contested=tuple(_points(record, key, by)),
    )


def _steps(record: Record, key: str, known_by: dt.date | None) -> Iterator[DomesticStep]:
    """The steps at home that were surely taken by the day of knowledge."""
    for step in record.domestic:
        last = None if step.date is None else step.date.last
        if step.participant == key and (known_by is None or (last is not None and last <= known_by)):
            yield step


def _points(record: Record, key: str, known_by: dt.date | None) -> Iterator[ContestedPoint]:
    """The contested points that name it, from the days on which the record has them begin."""
    for point in record.contested:
        begun = point.since or point.noted_from
        if key in point.concerned and (known_by is None or begun is None or begun <= known_by):
            yield point
