"""States by treaties on a day, in groups; or two days, with what differs between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
from litestar import Response, get

from inforce.errors import UsageError
from inforce.law.chronicle import knowledge
from inforce.law.world_answers import Snapshot
from inforce.law.world_columns import OPEN, STATUSES
from inforce.record.groups import groups, regions
from inforce.record.names import find_treaty
from inforce.reports.table_files import csv_text
from inforce.web.asked import day, parameters, repeated
from inforce.web.respond import Asking, site_of, twin
from inforce.web.site import Site

_TREATIES = 40


class Cell(msgspec.Struct, frozen=True):
    """Where a participant stands towards a treaty: a status, or `open`; `before` on the day compared with."""

    status: str
    before: str | None = None


class Row(msgspec.Struct, frozen=True):
    """One participant, with a cell for each treaty of the page."""

    participant: str
    cells: tuple[Cell, ...]


class Group(msgspec.Struct, frozen=True):
    """Participants of one region, or members of an alliance on the day."""

    name: str
    rows: tuple[Row, ...]


class MatrixPage(msgspec.Struct, frozen=True):
    """States by treaties on `on`, as known on `known_by`. With `against`, only rows that differ."""

    on: dt.date
    known_by: dt.date
    against: dt.date | None
    group: str
    treaties: tuple[str, ...]
    groups: tuple[Group, ...]


@get("/matrix", sync_to_thread=True, include_in_schema=False)
def matrix(request: Asking) -> Response[bytes]:
    """The matrix, as page, JSON or CSV."""
    asked = parameters(request, {"on", "against", "group", "known-by"}, several=("treaty",))
    named = repeated(request, "treaty", _TREATIES)
    site = site_of(request)
    treaties = tuple(find_treaty(site.record, one).key for one in named) or tuple(site.record.treaties)
    group = asked.get("group", "region")
    if group != "region" and group not in groups().alliances:
        raise UsageError(f"group: {group!r} is none; there is region, {', '.join(groups().alliances)}")
    on, against = day(asked, "on") or site.today(), day(asked, "against")
    known_by = day(asked, "known-by")
    context = {"alliances": groups().alliances, "chosen": named}
    return twin(
        request,
        "matrix.html",
        lambda: _page(site, treaties, group, (on, against, known_by)),
        context=context,
        tables={"csv": _csv},
    )


def _page(
    site: Site, treaties: tuple[str, ...], group: str, days: tuple[dt.date, dt.date | None, dt.date | None]
) -> MatrixPage:
    on, against, known_by = days
    known = knowledge(known_by, site.today())
    now = _Table(site.world.snapshot(on, known.by), treaties)
    before = None if against is None else _Table(site.world.snapshot(against, known.by), treaties)
    found = (Group(name, tuple(_rows(keys, now, before))) for name, keys in _grouped(site, group, on))
    return MatrixPage(on, known.shown, against, group, treaties, tuple(one for one in found if one.rows))


class _Table:
    """The statuses of a day by participant, in the order of the page's treaties."""

    def __init__(self, places: Snapshot, treaties: tuple[str, ...]) -> None:
        which = [places.treaties.index(key) for key in treaties]
        codes = places.status[which].T.tolist()
        words = {OPEN: "open"} | {code: str(status) for code, status in enumerate(STATUSES)}
        self.of = {
            key: [words[code] for code in row] for key, row in zip(places.participants, codes, strict=True)
        }


def _rows(keys: tuple[str, ...], now: _Table, before: _Table | None) -> Iterator[Row]:
    for key in keys:
        if before is None:
            yield Row(key, tuple(map(Cell, now.of[key])))
        elif before.of[key] != now.of[key]:
            pairs = zip(now.of[key], before.of[key], strict=True)
            yield Row(key, tuple(Cell(status, was if was != status else None) for status, was in pairs))


def _grouped(site: Site, group: str, on: dt.date) -> Iterator[tuple[str, tuple[str, ...]]]:
    if group == "region":
        yield from regions(site.record)
        return
    alliance = groups().alliances[group]
    members = set(alliance.members(on))
    everybody = [key for _, keys in regions(site.record) for key in keys]
    name = site.record.participants
    everybody.sort(key=lambda key: name[key].name)
    yield f"{alliance.name}, members on that day", tuple(key for key in everybody if key in members)
    yield "Others", tuple(key for key in everybody if key not in members)


def _csv(answer: MatrixPage) -> bytes:
    return csv_text(("group", "participant", *answer.treaties), _lines(answer)).encode()


def _lines(answer: MatrixPage) -> Iterator[tuple[str, ...]]:
    for group in answer.groups:
        for row in group.rows:
            yield (group.name, row.participant, *(_cell(cell) for cell in row.cells))


def _cell(cell: Cell) -> str:
    return cell.status if cell.before is None else f"{cell.before} > {cell.status}"
