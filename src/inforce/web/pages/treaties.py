"""Treaties: the list, and one treaty: what it says, who stands where on a day, and how that came about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from inforce import law
from inforce.errors import UsageError
from inforce.law.chronicle import is_known, knowledge
from inforce.law.entry import contested_end, end_of_treaty
from inforce.law.model import Between
from inforce.law.parties import acted
from inforce.law.world_columns import CONTESTED, OPEN, STATUSES
from inforce.record.model import Action, Record
from inforce.record.names import find_treaty, fold
from inforce.reports.answer_tables import table
from inforce.reports.naming import participant_name
from inforce.reports.table_files import csv_bytes, csv_text, parquet_bytes
from inforce.reports.tables import STATUS_WORDS, status_words
from inforce.reports.treaty_answer import TreatyAnswer, treaty_answer
from inforce.vocabulary import Status
from inforce.web.asked import day, number, parameters
from inforce.web.drawn import map_keys
from inforce.web.respond import Asking, address, site_of, twin
from inforce.web.series import Chart, chart
from inforce.web.site import Site

#: Counts that the page draws.
_DRAWN = ("in_force", "deposited")
_ACTS_A_PAGE = 25


class TreatyRow(msgspec.Struct, frozen=True):
    """One treaty on a day: whom it binds, under how many notice runs, for how many it is contested.

    `bound` and `leaving` are the least and the most that partial dates allow; contested participants are
    counted in them as the depositary counts them. `ended` is the day that its end or the end
    of its term names, `end_contested` what is contested of that day.
    """

    treaty: str
    name: str
    adopted: dt.date
    entered_into_force: dt.date | None
    ended: dt.date | None
    end_contested: str | None
    bound: tuple[int, int]
    leaving: tuple[int, int]
    contested: int
    verified_through: str


class TreatiesPage(msgspec.Struct, frozen=True):
    """All treaties on a day."""

    on: dt.date
    treaties: tuple[TreatyRow, ...]


class TreatyPage(msgspec.Struct, frozen=True):
    """One treaty on a day, as known by a day. `recorded` says in words what its file has.

    `parties` are those of the day asked about; `acts` a page of the acts known then, newest first, of
    `acts_known` in all.
    """

    treaty: str
    on: dt.date
    ended: dt.date | None
    end_contested: str | None
    first: dt.date
    last: dt.date
    parties: law.PartiesAnswer
    chart: Chart
    recorded: TreatyAnswer
    acts: tuple[Action, ...]
    acts_known: int
    acts_page: int
    acts_pages: int


class Turn(msgspec.Struct, frozen=True, array_like=True):
    """From `start` on a participant stands at `status`, since and until the days told, in `words`.

    `listed` says whether a table of parties names it then.
    """

    start: dt.date
    status: str
    since: str
    until: str
    words: str
    listed: bool


class Changes(msgspec.Struct, frozen=True):
    """From which day each participant stood where, in order.

    `bound` is the number bound from each day on, the least and the most that it can be.
    """

    treaty: str
    known_by: dt.date
    names: dict[str, str]
    bound: tuple[tuple[dt.date, int, int], ...]
    participants: dict[str, tuple[Turn, ...]]


@get("/treaties", sync_to_thread=True, include_in_schema=False)
def treaties(request: Asking) -> Response[bytes]:
    """All treaties, as page, JSON or CSV."""
    asked = parameters(request, {"on"})
    site = site_of(request)
    on = day(asked, "on") or site.today()
    return twin(request, "treaties.html", lambda: _list(site, on), tables={"csv": _list_csv})


def _list(site: Site, on: dt.date) -> TreatiesPage:
    places = site.world.snapshot(on)
    bound, leaving = places.counts("in_force"), places.counts("withdrawal_notified")
    contested = dict(zip(places.treaties, (places.bound == CONTESTED).sum(axis=1).tolist(), strict=True))
    rows = [_row(site.record, key, bound[key], leaving[key], contested[key]) for key in places.treaties]
    return TreatiesPage(on, tuple(sorted(rows, key=lambda row: row.adopted)))


def _row(
    record: Record, key: str, bound: tuple[int, int], leaving: tuple[int, int], contested: int
) -> TreatyRow:
    treaty = record.treaties[key]
    entered = treaty.final_clauses.entry_into_force.initial.published_date
    ended = end_of_treaty(treaty, entered, None)
    return TreatyRow(
        treaty=key,
        name=treaty.names[0] if treaty.names else treaty.title,
        adopted=treaty.adopted.date,
        entered_into_force=entered,
        ended=ended,
        end_contested=contested_end(record, key, ended, None),
        bound=bound,
        leaving=leaving,
        contested=contested,
        verified_through=treaty.verified_through,
    )


def _list_csv(answer: TreatiesPage) -> bytes:
    names = (
        *("treaty", "name", "adopted", "entered_into_force", "ended", "bound", "bound_max"),
        *("leaving", "leaving_max", "contested", "verified_through"),
    )
    rows = (
        (
            *(one.treaty, one.name, one.adopted, one.entered_into_force, one.ended),
            *(*one.bound, *one.leaving, one.contested, one.verified_through),
        )
        for one in answer.treaties
    )
    return csv_text(names, rows).encode()


@get("/treaties/{treaty:str}", sync_to_thread=True, include_in_schema=False)
def treaty_page(request: Asking, treaty: FromPath[str]) -> Response[bytes]:
    """One treaty, as page or JSON; its participants of the day as CSV."""
    asked = parameters(request, {"on", "known-by", "acts"})
    site = site_of(request)
    key = find_treaty(site.record, treaty).key
    on, known_by = day(asked, "on") or site.today(), day(asked, "known-by")
    page = number(asked, "acts") or 1
    acts = _acts(site, key, known_by)
    if page > _pages(acts):
        raise UsageError(f"acts: there are {_pages(acts)} pages of them, not {page}")
    return twin(
        request,
        "treaty.html",
        lambda: _page(site, key, (on, known_by), acts, page),
        links=_turned(request, page, _pages(acts)),
        context=_map(site, key, on, known_by),
        tables={
            "csv": lambda answer: csv_bytes(table("parties", answer.parties, site.record)),
            "parquet": lambda answer: parquet_bytes(table("parties", answer.parties, site.record)),
        },
    )


def _acts(site: Site, key: str, known_by: dt.date | None) -> list[Action]:
    """The acts known by a day, newest first; those of no known day are the oldest."""
    by = knowledge(known_by, site.today()).by
    return sorted(
        (act for act in site.record.actions.get(key, ()) if is_known(act, by)),
        key=lambda act: (act.date.first or dt.date.min, act.participant),
        reverse=True,
    )


def _pages(acts: Sequence[Action]) -> int:
    return max(1, -(-len(acts) // _ACTS_A_PAGE))


def _turned(request: Asking, page: int, pages: int) -> dict[str, str]:
    """Addresses of the pages of acts before and after this one."""
    beside = {"prev": page - 1, "next": page + 1}
    return {name: address(request, acts=str(other)) for name, other in beside.items() if 1 <= other <= pages}


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
    """Each status in words, what turns first: of those who surely stay there are many."""
    turning = (Status.PARTY_WITHDRAWAL_NOTIFIED, Status.CONTESTED)
    words = {str(status): STATUS_WORDS[status] for status in (*turning, *reversed(STATUS_WORDS))}
    return {"open": "open, for a partial date"} | words


def _page(
    site: Site, key: str, days: tuple[dt.date, dt.date | None], acts: Sequence[Action], page: int
) -> TreatyPage:
    record, today = site.record, site.today()
    on, known_by = days
    by = knowledge(known_by, today).by
    treaty, span = record.treaties[key], _span(record, key, by, today)
    entered = treaty.final_clauses.entry_into_force.initial.published_date
    ended = end_of_treaty(treaty, entered, by)
    return TreatyPage(
        treaty=key,
        on=on,
        ended=ended,
        end_contested=contested_end(record, key, ended, by),
        first=span[0],
        last=span[1],
        parties=law.parties(record, key, on=on, known_by=known_by, today=today),
        chart=chart(site.world, key, _DRAWN, span, on=on, known_by=by),
        recorded=treaty_answer(record, key, (), on=on, known_by=known_by, today=today),
        acts=tuple(acts[(page - 1) * _ACTS_A_PAGE : page * _ACTS_A_PAGE]),
        acts_known=len(acts),
        acts_page=page,
        acts_pages=_pages(acts),
    )


def _span(record: Record, key: str, known_by: dt.date | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """From adoption to today, or to the last day on which something notified takes effect."""
    lines = _lines(record, key, known_by).values()
    ahead = [one.start for line in lines for one in line.stretches if one.start > today]
    return record.treaties[key].adopted.date, max([today, *ahead])


def _lines(record: Record, key: str, known_by: dt.date | None) -> dict[str, law.Timeline]:
    whoever = sorted({act.participant for act in record.actions.get(key, ())})
    return {who: law.timeline(record, who, key, known_by) for who in whoever}


def _told(exact: dt.date | None, between: Between | None) -> str:
    """A day, or both ends of the days on which it can lie; nothing where none is known."""
    return " to ".join(map(str, between or ())) if exact is None else str(exact)


@get("/treaties/{treaty:str}/changes", sync_to_thread=True, include_in_schema=False)
def changes(request: Asking, treaty: FromPath[str]) -> Response[bytes]:
    """Every change of everybody's status: what the slider moves through."""
    asked = parameters(request, {"known-by"})
    site = site_of(request)
    key, known_by = find_treaty(site.record, treaty).key, day(asked, "known-by")
    return twin(request, "changes.html", lambda: _changes(site, key, known_by))


def _changes(site: Site, key: str, known_by: dt.date | None) -> Changes:
    known = knowledge(known_by, site.today())
    lines = _lines(site.record, key, known.by)
    span = _span(site.record, key, known.by, site.today())
    names = {who: participant_name(who, site.record) for who in lines}
    (bound,) = chart(site.world, key, ("in_force",), span, on=span[0], known_by=known.by).series
    return Changes(
        treaty=key,
        known_by=known.shown,
        names=dict(sorted(names.items(), key=lambda one: fold(one[1]))),
        bound=bound.days,
        participants={who: tuple(_turns(line)) for who, line in lines.items()},
    )


def _turns(line: law.Timeline) -> Iterator[Turn]:
    for one in line.stretches:
        span = line.status_span(one.start)
        since, until = _told(span.since, span.since_between), _told(span.until, span.until_between)
        words = status_words(one.status, one.possible)
        yield Turn(one.start, str(one.status or "open"), since, until, words, acted(one))
