"""The calendar as iCalendar (RFC 5545), for subscribers: the same record gives the same bytes.

An entry keeps its UID when its day moves; SEQUENCE, DTSTAMP and LAST-MODIFIED come from the record's own
history, so that a calendar read again updates its entries and never doubles them.
"""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event

from inforce.dates import in_words
from inforce.law.model import CalendarAnswer, CalendarEntry, ReadingAnswer, Step
from inforce.reports.naming import article_named, one_line

_PRODUCT = "-//inforce//dates of treaty law//EN"
_NAME = "Dates of treaty law"


def ical(answer: CalendarAnswer, name: str = _NAME) -> bytes:
    """The answer as an iCalendar object of all-day events under a name, lines folded at 75 octets."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    for entry in answer.entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    changed = dt.datetime.combine(entry.changed, dt.time(), dt.UTC)
    event.add("uid", one_line(entry.uid))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + dt.timedelta(days=1))  # the day after the last, as an end excludes itself
    event.add("summary", one_line(entry.summary))
    event.add("description", "\n".join(map(one_line, _told(entry))))
    event.add("status", entry.state.upper())
    event.add("transp", "TRANSPARENT")
    event.add("categories", [entry.kind.value])
    return event


def _told(entry: CalendarEntry) -> list[str]:
    """Why, on whose word, in which readings, what the day was before, and how far the record reaches."""
    earlier = "; ".join(_days(first, last) for first, last in entry.before)
    return [
        *(_step(step) for step in entry.because),
        *(_reading(reading) for reading in entry.readings),
        *([f"Earlier: {earlier}."] if earlier else []),
        f"Record of the treaty verified through {entry.verified_through}.",
    ]


def _step(step: Step) -> str:
    where = ", ".join(part for part in (step.article and article_named(step.article), step.source) if part)
    return f"{step.text} ({where})" if where else step.text


def _reading(reading: ReadingAnswer) -> str:
    return f"Reading {reading.id} ({reading.holder}): {reading.result}."


def _days(first: dt.date, last: dt.date) -> str:
    return in_words(first) if first == last else f"between {in_words(first)} and {in_words(last)}"
