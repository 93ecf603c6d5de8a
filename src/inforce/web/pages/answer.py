"""A question of status with its whole derivation, at an address that keeps its answer."""

from __future__ import annotations

import datetime as dt

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from inforce import law
from inforce.law.model import StatusAnswer
from inforce.record.names import find_participant, find_treaty
from inforce.web.asked import day, parameters
from inforce.web.respond import Asking, site_of, twin


class StatusPage(msgspec.Struct, frozen=True):
    """The status, and the stretches before and after it."""

    status: StatusAnswer
    stretches: tuple[law.Stretch, ...]


@get("/status/{treaty:str}/{participant:str}", sync_to_thread=True, include_in_schema=False)
def answer(request: Asking, treaty: FromPath[str], participant: FromPath[str]) -> Response[bytes]:
    """Where a state stands towards a treaty on a day, as known on a day, and why."""
    asked = parameters(request, {"on", "known-by", "reading"})
    site = site_of(request)
    record, today = site.record, site.today()
    who, what = find_participant(record, participant).key, find_treaty(record, treaty).key
    on, known_by = day(asked, "on") or today, day(asked, "known-by")

    def make() -> StatusPage:
        given = law.status(
            record, who, what, on=on, known_by=known_by, today=today, reading=asked.get("reading")
        )
        line = law.timeline(record, who, what, _known(known_by, today))
        return StatusPage(given, tuple(line.stretches))

    return twin(request, "answer.html", make)


def _known(known_by: dt.date | None, today: dt.date) -> dt.date | None:
    return None if known_by is None or known_by >= today else known_by
