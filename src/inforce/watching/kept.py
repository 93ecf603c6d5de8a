"""What is kept on disk for others to follow: the Atom feed of the alerts, the iCalendar of dates."""

# ruff: noqa: PLC0415 - each form has its own library

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from inforce.errors import UsageError
from inforce.ledger.place import Ledger
from inforce.ledger.tables import alerts
from inforce.record.model import Record
from inforce.watching.ageing import dates_asked
from inforce.watching.delivery import as_json
from inforce.watching.plan import Dates, Feed, Plan, Rule

log = logging.getLogger("inforce.watch")

#: Entries of the Atom feed, the latest.
_ENTRIES = 200
#: How often a file is written anew at most.
_PAUSE = timedelta(seconds=5)


class Kept:
    """The files of a plan, and what they hold: written anew where that changed, and not every moment."""

    def __init__(self, ledger: Ledger, plan: Plan, record: Record) -> None:
        self._ledger, self._plan, self._record = ledger, plan, record
        self._tried: datetime | None = None
        self._dates: date | None = None  # the day for which the dates were written
        self._alerts: int | None = None  # the number of alerts when the feeds were written

    def write(self, now: datetime, alerts: int, *, last: bool = False) -> None:
        """Write what changed: the dates with the day, the feeds with the number of alerts since the start."""
        if self._tried is not None and self._tried <= now < self._tried + _PAUSE and not last:
            return
        self._tried = now
        if self._dates != now.date():
            calendars = [self._calendar(one, now.date()) for one in self._plan.calendars]
            self._dates = now.date() if all(calendars) else None
        if self._alerts != alerts:
            feeds = [self._feed(one) for one in self._plan.feeds]
            self._alerts = alerts if all(feeds) else None

    def _calendar(self, asked: Dates, today: date) -> bool:
        file = self._plan.path(asked.ics)
        return _written(file, lambda: write_calendar(self._record, self._plan.rules, today, file))

    def _feed(self, asked: Feed) -> bool:
        file = self._plan.path(asked.atom)
        return _written(file, lambda: write_atom(self._ledger, file))


def _written(file: Path, write: Callable[[], None]) -> bool:
    """Write a file; one that cannot be written stops nothing, and is tried again."""
    try:
        write()
    except (OSError, UsageError) as error:
        log.warning("a file was not written", extra={"file": str(file), "problem": str(error)})
        return False
    return True


def write_calendar(record: Record, rules: Sequence[Rule], today: date, file: Path) -> None:
    """The dates that the rules on deadlines are about, as an iCalendar: one that moves keeps its UID."""
    from inforce.reports.ical import ical

    _replace(file, ical(dates_asked(record, rules, today)))


def write_atom(ledger: Ledger, file: Path) -> None:
    """The latest alerts as an Atom feed whose entries carry the change itself, written at once."""
    from inforce.reports.atom import Entry, Feed, atom

    with ledger.reading() as connection:
        wanted = sa.select(alerts).order_by(alerts.c.id.desc()).limit(_ENTRIES)
        held = [as_json(alert) for alert in connection.execute(wanted)]
    entries = tuple(
        Entry(
            id=alert["id"],
            title=alert["title"],
            updated=alert["made"],
            category=alert["kind"],
            content=json.dumps(alert["detail"], indent=2, ensure_ascii=False),
            related=alert["detail"].get("url"),
        )
        for alert in held
    )
    _replace(file, atom(Feed("urn:inforce:alerts", "inforce: alerts", entries)))


def _replace(file: Path, content: bytes) -> None:
    """Write a file anew: whoever reads it meanwhile reads the old one, whole."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(file)
