"""A status table as CSV, as people keep copies of it: the depositary's own headings in the first row."""

from __future__ import annotations

import csv
import io

from inforce.errors import UsageError
from inforce.record.importing.model import Printed, PrintedRow, PrintedTable

_FIELD_LIMIT = 100_000


def read_csv(text: str, label: str) -> PrintedTable:
    """The table; raises `UsageError` where the first heading is not "Participant"."""
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [tuple(" ".join(cell.split()) for cell in row) for row in reader if any(row)]
    except csv.Error as error:
        raise UsageError(f"{label}: is no CSV ({error}); give a table as HTML, XML, JSON or CSV") from None
    if not rows or rows[0][0].casefold() != "participant":
        raise UsageError(
            f'{label}: is no status table: its first heading is not "Participant"; '
            "give a saved table as HTML, XML, JSON or CSV"
        )
    columns, *body = rows
    for at, row in enumerate(body, 1):
        if len(row) != len(columns):
            raise UsageError(f"{label}: row {at}: {len(row)} cells under {len(columns)} headings")
    return PrintedTable(
        format="csv",
        columns=columns,
        rows=tuple(PrintedRow(at, tuple(map(Printed, row))) for at, row in enumerate(body, 1)),
    )
