"""A question of status with its whole derivation; cited by an address that keeps its answer."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from inforce import law
from inforce.dates import parse_day
from inforce.errors import as_written
from inforce.law.model import StatusAnswer
from inforce.record.names import find_participant, find_treaty
from inforce.web.asked import day, parameters
from inforce.web.problems import NotFound
from inforce.web.respond import Asking, site_of, twin
from inforce.web.site import Site

#: In a permanent address, in place of the day of knowledge: all that its version of the record holds. The day
#: of asking would not do, since an act that is dated in part is not known by every day that has passed.
WHOLE: Final = "record"


class StatusPage(msgspec.Struct, frozen=True):
    """The status, and the stretches before and after it."""

    status: StatusAnswer
    stretches: tuple[law.Stretch, ...]


class CitedPage(msgspec.Struct, frozen=True):
    """An answer as the record of that version gave it, beside the record that is here now.

    `kept` is False where the answer could not be kept, so that a later record will not know it. `now` is
    the answer of today's record where that differs in more than its wording.
    """

    version: str
    kept: bool
    given: StatusPage
    now: StatusAnswer | None = None


@get("/status/{treaty:str}/{participant:str}", sync_to_thread=True, include_in_schema=False)
def answer(request: Asking, treaty: FromPath[str], participant: FromPath[str]) -> Response[bytes]:
    """Where a state stands towards a treaty on a day, as known on a day, and why."""
    asked = parameters(request, {"on", "known-by", "reading"})
    site = site_of(request)
    who, what = find_participant(site.record, participant).key, find_treaty(site.record, treaty).key
    on, known_by = day(asked, "on") or site.today(), day(asked, "known-by")
    reading = asked.get("reading")
    return twin(
        request,
        "answer.html",
        lambda: _page(site, who, what, on, known_by, reading=reading),
        context={"reading": reading, "whole_record": WHOLE},
    )


@get(
    "/answers/{version:str}/{treaty:str}/{participant:str}/{on:str}/{known_by:str}",
    sync_to_thread=True,
    include_in_schema=False,
)
def cited(
    request: Asking,
    *,
    version: FromPath[str],
    treaty: FromPath[str],
    participant: FromPath[str],
    on: FromPath[str],
    known_by: FromPath[str],
) -> Response[bytes]:
    """The answer that one version of the record gave, whatever the record says now."""
    parameters(request, ())
    site = site_of(request)
    who, what = find_participant(site.record, participant).key, find_treaty(site.record, treaty).key
    asked = who, what, parse_day(on), None if known_by == WHOLE else parse_day(known_by)
    return twin(request, "cited.html", lambda: _cited(site, version, asked), fixed=False)


def _cited(site: Site, version: str, asked: tuple[str, str, dt.date, dt.date | None]) -> CitedPage:
    question = " ".join(WHOLE if one is None else str(one) for one in asked)
    kept = None if site.answers is None else site.answers.get(version, question)
    if version == site.version:
        given = _page(site, *asked) if kept is None else msgspec.json.decode(kept, type=StatusPage)
        stays = site.answers is not None and site.answers.keep(version, question, msgspec.json.encode(given))
        return CitedPage(version, stays, given)
    if kept is None:
        raise NotFound(
            f"this explorer has record {site.version} and kept no answer of record {as_written(version)} "
            f"to this; today's answer is at /status/{asked[1]}/{asked[0]}?on={asked[2]}"
            + ("" if asked[3] is None else f"&known-by={asked[3]}")
        )
    given, now = msgspec.json.decode(kept, type=StatusPage), _page(site, *asked).status
    return CitedPage(version, True, given, None if _same(given.status, now) else now)


def _same(one: StatusAnswer, other: StatusAnswer) -> bool:
    """Whether two answers say the same in law, in whatever words and on whatever sources."""
    names = ("status", "possible", "bound", "since", "until", "since_between", "until_between")
    readings = [{(reading.id, reading.bound) for reading in answer.readings} for answer in (one, other)]
    return all(getattr(one, name) == getattr(other, name) for name in names) and readings[0] == readings[1]


def _page(
    site: Site, who: str, what: str, on: dt.date, known_by: dt.date | None, *, reading: str | None = None
) -> StatusPage:
    record, today = site.record, site.today()
    given = law.status(record, who, what, on=on, known_by=known_by, today=today, reading=reading)
    line = law.timeline(record, who, what, None if given.known_by >= today else given.known_by)
    return StatusPage(given, tuple(line.stretches))
