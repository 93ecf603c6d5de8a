"""Treaties: the list, and one treaty: what it says, who stands where on a day, and how that came about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from inforce import law
from inforce.law.world_columns import CONTESTED, OPEN, STATUSES, YES
from inforce.record.model import Action, Record
from inforce.record.names import find_treaty
from inforce.reports.naming import participant_name
from inforce.reports.table_files import csv_text
from inforce.reports.tables import STATUS_WORDS
from inforce.reports.treaty_answer import TreatyAnswer, treaty_answer
from inforce.vocabulary import Status
from inforce.web.asked import day, parameters
from inforce.web.drawn import map_keys
from inforce.web.respond import Asking, site_of, twin
from inforce.web.series import Chart, chart
from inforce.web.site import Site

#: Counts that the page draws.
_DRAWN = ("in_force", "deposited")
_LATEST = 25


class TreatyRow(msgspec.Struct, frozen=True):
    """One treaty on a day: whom it binds, under how many notice runs, for how many it is contested."""

    treaty: str
    name: str
    adopted: dt.date
    in_force_since: dt.date | None
    bound: int
    leaving: int
    contested: int
    verified_through: str


class TreatiesPage(msgspec.Struct, frozen=True):
    """All treaties on a day."""

    on: dt.date
    treaties: tuple[TreatyRow, ...]


class TreatyPage(msgspec.Struct, frozen=True):
    """One treaty. `recorded` says in words what its file has, as of the day to which it is verified.

    `parties` are those of the day asked about; `latest` its newest acts, `acts` how many there are.
    """

    treaty: str
    on: dt.date
    first: dt.date
    last: dt.date
    parties: law.PartiesAnswer
    chart: Chart
    recorded: TreatyAnswer
    latest: tuple[Action, ...]
    acts: int


class Changes(msgspec.Struct, frozen=True):
    """From which day each participant stood where, in order; a status in words by its key."""

    treaty: str
    words: dict[str, str]
    participants: dict[str, tuple[tuple[dt.date, str], ...]]


@get("/treaties", sync_to_thread=True, include_in_schema=False)
def treaties(request: Asking) -> Response[bytes]:
    """All treaties, as page, JSON or CSV."""
    asked = parameters(request, {"on"})
    site = site_of(request)
    on = day(asked, "on") or site.today()
    return twin(request, "treaties.html", lambda: _list(site, on), tables={"csv": _list_csv})


def _list(site: Site, on: dt.date) -> TreatiesPage:
    places = site.world.snapshot(on)
    notified = STATUSES.index(Status.PARTY_WITHDRAWAL_NOTIFIED)
    sums = zip(
        places.treaties,
        (places.bound == YES).sum(axis=1).tolist(),
        (places.status == notified).sum(axis=1).tolist(),
        (places.bound == CONTESTED).sum(axis=1).tolist(),
        strict=True,
    )
    rows = [_row(site.record, key, *numbers) for key, *numbers in sums]
    return TreatiesPage(on, tuple(sorted(rows, key=lambda row: row.adopted)))


def _row(record: Record, key: str, bound: int, leaving: int, contested: int) -> TreatyRow:
    treaty = record.treaties[key]
    return TreatyRow(
        treaty=key,
        name=treaty.names[0] if treaty.names else treaty.title,
        adopted=treaty.adopted.date,
        in_force_since=treaty.final_clauses.entry_into_force.initial.published_date,
        bound=bound,
        leaving=leaving,
        contested=contested,
        verified_through=treaty.verified_through,
    )


def _list_csv(answer: TreatiesPage) -> bytes:
    names = TreatyRow.__struct_fields__
    return csv_text(names, (msgspec.structs.astuple(row) for row in answer.treaties)).encode()


@get("/treaties/{treaty:str}", sync_to_thread=True, include_in_schema=False)
def treaty_page(request: Asking, treaty: FromPath[str]) -> Response[bytes]:
    """One treaty, as page or JSON; its participants of the day as CSV."""
    asked = parameters(request, {"on", "known-by"})
    site = site_of(request)
    key = find_treaty(site.record, treaty).key
    on, known_by = day(asked, "on") or site.today(), day(asked, "known-by")
    return twin(
        request,
        "treaty.html",
        lambda: _page(site, key, on, known_by),
        context=_map(site, key, on, known_by),
        tables={"csv": lambda answer: _parties_csv(answer, site.record)},
    )


def _map(site: Site, key: str, on: dt.date, known_by: dt.date | None) -> dict[str, Any]:
    """What the map needs: its shapes and points, and the status of each participant by its word."""
    places = site.world.snapshot(on, known_by)
    codes = places.status[places.treaties.index(key)].tolist()
    standing = {
        who: "open" if code == OPEN else str(STATUSES[code])
        for who, code in zip(places.participants, codes, strict=True)
    }
    drawn, words = map_keys(), _words()
    return {"shapes": drawn.shapes, "points": drawn.points, "standing": standing, "words": words}


def _words() -> dict[str, str]:
    return {str(status): text for status, text in STATUS_WORDS.items()} | {"open": "not known"}


def _page(site: Site, key: str, on: dt.date, known_by: dt.date | None) -> TreatyPage:
    record, today = site.record, site.today()
    first, last = _span(record, key, today)
    acts = sorted(
        (act for act in record.actions.get(key, ()) if act.date.first),
        key=lambda act: (act.date.first, act.participant),
        reverse=True,
    )
    return TreatyPage(
        treaty=key,
        on=on,
        first=first,
        last=last,
        parties=law.parties(record, key, on=on, known_by=known_by, today=today),
        chart=chart(site.world, key, _DRAWN, (first, last), on),
        recorded=treaty_answer(record, key, ()),
        latest=tuple(acts[:_LATEST]),
        acts=len(record.actions.get(key, ())),
    )


def _span(record: Record, key: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """From adoption to today, or to the last day on which something notified takes effect."""
    ahead = [
        one.start for line in _lines(record, key).values() for one in line.stretches if one.start > today
    ]
    return record.treaties[key].adopted.date, max([today, *ahead])


def _lines(record: Record, key: str) -> dict[str, law.Timeline]:
    acted = sorted({act.participant for act in record.actions.get(key, ())})
    return {who: law.timeline(record, who, key, None) for who in acted}


def _parties_csv(answer: TreatyPage, record: Record) -> bytes:
    names = ("participant", "name", "status", "bound", "since", "until")
    rows = (
        (
            one.participant,
            participant_name(one.participant, record),
            str(one.status or " or ".join(one.possible)),
            one.bound,
            one.since,
            one.until,
        )
        for one in answer.parties.participants
    )
    return csv_text(names, rows).encode()


@get("/treaties/{treaty:str}/changes", sync_to_thread=True, include_in_schema=False)
def changes(request: Asking, treaty: FromPath[str]) -> Response[bytes]:
    """Every change of everybody's status: what the slider moves through."""
    parameters(request, ())
    site = site_of(request)
    key = find_treaty(site.record, treaty).key
    return twin(request, "changes.html", lambda: _changes(site.record, key))


def _changes(record: Record, key: str) -> Changes:
    lines = _lines(record, key)
    return Changes(key, _words(), {who: tuple(_turns(line)) for who, line in lines.items()})


def _turns(line: law.Timeline) -> Iterator[tuple[dt.date, str]]:
    yield from ((one.start, str(one.status or "open")) for one in line.stretches)
