"""The first page: what changes next, what was done last, which notices run, what is contested."""

from __future__ import annotations

import datetime as dt
import functools

import msgspec
from litestar import Response, get

from inforce import law
from inforce.law.model import Between, CalendarEntry
from inforce.ledger.searching import latest_turned
from inforce.record.model import Action, ContestedPoint
from inforce.reports.ledger_json import HeldClaim, held_claim
from inforce.vocabulary import ActionKind, Status
from inforce.web.asked import parameters
from inforce.web.respond import Asking, site_of, twin
from inforce.web.site import Site

_COMING = 12
_LATEST = 12
_TURNED = 8


class Notice(msgspec.Struct, frozen=True):
    """A withdrawal that was notified and has not taken effect, or of which a partial date leaves that open.

    `certain` says that the notice surely runs; an end not known to the day lies `until_between`.
    """

    participant: str
    treaty: str
    certain: bool
    until: dt.date | None
    until_between: Between | None


class NowPage(msgspec.Struct, frozen=True):
    """What the first page shows; `treaties` and `participants` say how much the record holds.

    `coming` are the next of `coming_in_all` dates.
    `turned` are claims of the ledger that stand otherwise now than when they were entered or last weighed.
    """

    on: dt.date
    coming: tuple[CalendarEntry, ...]
    coming_in_all: int
    latest: tuple[Action, ...]
    notices: tuple[Notice, ...]
    contested: tuple[ContestedPoint, ...]
    treaties: tuple[str, ...]
    participants: tuple[str, ...]
    turned: tuple[HeldClaim, ...] = ()


@get("/", sync_to_thread=True, include_in_schema=False)
def now(request: Asking) -> Response[bytes]:
    """What is so today."""
    parameters(request, ())
    site = site_of(request)

    def make() -> NowPage:
        return msgspec.structs.replace(_page(site, site.today()), turned=_turned(site))

    return twin(request, "now.html", make, fixed=site.ledger is None)


def _turned(site: Site) -> tuple[HeldClaim, ...]:
    """Claims of the ledger that stand otherwise now than before."""
    if site.ledger is None:
        return ()
    with site.open_ledger().reading() as connection:
        return tuple(map(held_claim, latest_turned(connection, _TURNED)))


@functools.lru_cache(maxsize=4)
def _page(site: Site, today: dt.date) -> NowPage:
    record = site.record
    coming = law.calendar(record, since=today, today=today).entries
    acts = sorted(
        (
            act
            for acts in record.actions.values()
            for act in acts
            if act.date.first is not None and act.date.first <= today
        ),
        key=lambda act: (act.date.first or dt.date.min, act.treaty, act.participant),
        reverse=True,
    )
    return NowPage(
        on=today,
        coming=coming[:_COMING],
        coming_in_all=len(coming),
        latest=tuple(acts[:_LATEST]),
        notices=tuple(_notices(site, today)),
        contested=tuple(point for point in record.contested if _open(point, today)),
        treaties=tuple(record.treaties),
        participants=tuple(record.participants),
    )


def _notices(site: Site, today: dt.date) -> list[Notice]:
    record = site.record
    given = {
        (act.participant, act.treaty)
        for acts in record.actions.values()
        for act in acts
        if act.kind is ActionKind.WITHDRAWAL
    }
    answers = [law.status(record, *pair, on=today, today=today) for pair in sorted(given)]
    notified = Status.PARTY_WITHDRAWAL_NOTIFIED
    return [
        Notice(one.participant, one.treaty, one.status is notified, one.until, one.until_between)
        for one in answers
        if notified in one.possible
    ]


def _open(point: ContestedPoint, today: dt.date) -> bool:
    """Whether a point is not over: one that has begun, or of which the record says no day."""
    begun = point.since is None or point.since <= today
    return begun and (point.until is None or point.until > today)
