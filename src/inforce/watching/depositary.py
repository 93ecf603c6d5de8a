"""A depositary's table followed: where it differs from the record, the rows it proposes are an alert.

The record is never changed by it: a person reads the patch and applies it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce.ledger.tables import watched
from inforce.reading.formats.fetch import Terms
from inforce.record.importing.compare import compare_with_record
from inforce.record.importing.patch import patch
from inforce.record.importing.rows import open_table
from inforce.record.model import Record
from inforce.watching.events import Event, of_record, raise_alerts
from inforce.watching.plan import Rule, Source
from inforce.watching.visits import Get

_TYPES = frozenset(
    {"text/html", "application/xhtml+xml", "application/xml", "text/xml", "application/json", "text/csv", ""}
)


class Seen(msgspec.Struct, frozen=True):
    """What a depositary's table holds against the record: its version, and the event where it differs."""

    event: Event | None
    etag: str | None = None
    modified: str | None = None

    def settle(self, connection: Connection, source: Source, rules: Sequence[Rule], now: datetime) -> int:
        """Note the visit and raise the alerts, in one transaction; the number of new ones."""
        values = {
            "visited": now,
            "due": now + source.pause,
            "failures": 0,
            "problem": None,
            "etag": self.etag,
            "modified": self.modified,
        }
        connection.execute(sa.update(watched).where(watched.c.name == source.name).values(values))
        events = () if self.event is None else (self.event,)
        return raise_alerts(connection, events, rules, now)


def look(source: Source, state: Any, record: Record, get: Get) -> Seen:
    """Fetch the table and hold it against the record. Raises `UsageError` where it is no whole table."""
    treaty = source.treaty or ""
    answer = get(source.place, Terms(_TYPES, state.etag, state.modified))
    if answer.unchanged:
        return Seen(None, answer.etag, answer.modified)
    suffix = {"application/json": ".json", "text/csv": ".csv"}.get(answer.media_type, ".html")
    if "xml" in answer.media_type and "xhtml" not in answer.media_type:
        suffix = ".xml"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"table{suffix}"
        file.write_bytes(answer.body)
        table = open_table(str(file), record, treaty)
    comparison, pairing = compare_with_record(record, treaty, table)
    if not comparison.differences:
        return Seen(None, answer.etag, answer.modified)
    proposed = patch(record, treaty, pairing, source.place, None)
    count = len(comparison.differences)
    what = f"{treaty}: {source.name} differs from the record in {count} {'act' if count == 1 else 'acts'}"
    return Seen(of_record(what, treaty, proposed), answer.etag, answer.modified)
