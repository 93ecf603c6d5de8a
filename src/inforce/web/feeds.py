"""Feeds to follow: dates as iCalendar, treaty actions as Atom; of a treaty, a state, or all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from litestar import Response, get
from litestar.params import FromPath

from inforce import law
from inforce.dates import add_years
from inforce.record.names import find_participant, find_treaty
from inforce.reports.act_feed import act_entries
from inforce.reports.atom import Feed, atom
from inforce.reports.ical import ical
from inforce.reports.naming import participant_name, treaty_name
from inforce.web.asked import day, parameters
from inforce.web.respond import Asking, form, kept, no_form, site_of

#: Years back from which the calendar of all treaties begins, where the address names no day.
_BACK: Final = 1


def _answer(request: Asking, ending: str, make: Callable[[], bytes]) -> Response[bytes]:
    if form(request) != ending:
        raise no_form(form(request), [ending])
    return kept(request, ending, make)


def _dates(request: Asking, treaty: str | None = None, participant: str | None = None) -> Response[bytes]:
    asked = parameters(request, {"from", "to"})
    site = site_of(request)
    record, today = site.record, site.today()
    whole = treaty is None and participant is None
    since = day(asked, "from") or (add_years(today, -_BACK) if whole else None)
    until = day(asked, "to")
    treaties = [] if treaty is None else [find_treaty(record, treaty).key]
    participants = [] if participant is None else [find_participant(record, participant).key]

    def make() -> bytes:
        limits: dict[str, Any] = {"since": since, "until": until, "today": today}
        answer = law.calendar(record, treaties=treaties, participants=participants, **limits)
        names = [treaty_name(key, record) for key in treaties]
        names += [participant_name(key, record) for key in participants]
        return ical(answer, ": ".join(("Dates of treaty law", *names)))

    return _answer(request, "ics", make)


def _acts(request: Asking, treaty: str | None = None, participant: str | None = None) -> Response[bytes]:
    parameters(request, ())
    site = site_of(request)
    record, today = site.record, site.today()
    what = None if treaty is None else find_treaty(record, treaty).key
    who = None if participant is None else find_participant(record, participant).key
    name = treaty_name(what, record) if what else participant_name(who, record) if who else "all treaties"

    def make() -> bytes:
        entries = act_entries(record, today, treaty=what, participant=who)
        here = f"{request.scope['path']}.atom"
        title = f"Treaty actions: {name}"
        return atom(Feed(f"tag:inforce,2026:acts:{what or who or 'all'}", title, entries, here))

    return _answer(request, "atom", make)


@get("/calendar", sync_to_thread=True, include_in_schema=False)
def all_dates(request: Asking) -> Response[bytes]:
    """The dates of all treaties."""
    return _dates(request)


@get("/treaties/{treaty:str}/calendar", sync_to_thread=True, include_in_schema=False)
def treaty_dates(request: Asking, treaty: FromPath[str]) -> Response[bytes]:
    """The dates of a treaty."""
    return _dates(request, treaty=treaty)


@get("/states/{participant:str}/calendar", sync_to_thread=True, include_in_schema=False)
def state_dates(request: Asking, participant: FromPath[str]) -> Response[bytes]:
    """The dates of a state."""
    return _dates(request, participant=participant)


@get("/latest", sync_to_thread=True, include_in_schema=False)
def all_acts(request: Asking) -> Response[bytes]:
    """The latest acts under all treaties."""
    return _acts(request)


@get("/treaties/{treaty:str}/actions", sync_to_thread=True, include_in_schema=False)
def treaty_acts(request: Asking, treaty: FromPath[str]) -> Response[bytes]:
    """The latest acts under a treaty."""
    return _acts(request, treaty=treaty)


@get("/states/{participant:str}/actions", sync_to_thread=True, include_in_schema=False)
def state_acts(request: Asking, participant: FromPath[str]) -> Response[bytes]:
    """A state's latest acts."""
    return _acts(request, participant=participant)


FEEDS: Final = (all_dates, treaty_dates, state_dates, all_acts, treaty_acts, state_acts)
