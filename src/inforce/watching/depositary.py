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
from sqlalchemy.engine import Connection

from inforce.dates import in_words
from inforce.errors import UsageError
from inforce.reading.formats.fetch import Terms
from inforce.record.importing.compare import compare_with_record
from inforce.record.importing.patch import patch
from inforce.record.importing.rows import open_table
from inforce.record.model import Record
from inforce.watching.events import Event, of_record, raise_alerts
from inforce.watching.plan import Rule, Source
from inforce.watching.visits import Get, note_visit

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
        note_visit(connection, source, self, now)
        events = () if self.event is None else (self.event,)
        return raise_alerts(connection, events, rules, now)


def look(source: Source, state: Any, record: Record, get: Get, overlay: Path | None = None) -> Seen:
    """Fetch the table and hold it against the record. Raises `UsageError` where it is no whole table.

    `overlay` is the folder laid over the packaged record when it was loaded.
    """
    treaty = source.treaty or ""
    answer = get(source.place, Terms(_TYPES, state.etag, state.modified))
    if answer.unchanged:
        return Seen(None, answer.etag, answer.modified)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"table{_suffix(answer.media_type)}"
        file.write_bytes(answer.body)
        try:
            table = open_table(str(file), record, treaty)
        except UsageError as error:
            raise UsageError(str(error).replace(str(file), answer.url)) from None
    comparison, pairing = compare_with_record(record, treaty, table)
    if not comparison.differences and not comparison.to_read:
        return Seen(None, answer.etag, answer.modified)
    day = f", status of {in_words(table.status_of)}" if table.status_of else ""
    proposed = patch(record, treaty, pairing, f"{source.place}{day}", overlay)
    return Seen(of_record(source.name, comparison, proposed), answer.etag, answer.modified)


def _suffix(media_type: str) -> str:
    """How a file of this type is called: by that its form is known."""
    known = {"application/json": ".json", "text/csv": ".csv", "application/xml": ".xml", "text/xml": ".xml"}
    return known.get(media_type, ".html")
