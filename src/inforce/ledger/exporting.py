"""All claims of the ledger as a table: CSV, JSON lines or Parquet, with a dictionary of its columns.

One row a claim. The dictionary is a Frictionless data package (`datapackage.json`) beside the table.
"""

# ruff: noqa: PLC0415 - pyarrow is an extra, and only Parquet needs it

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce import __version__
from inforce.errors import UsageError
from inforce.ledger.model import ClaimEntry
from inforce.ledger.searching import entries
from inforce.ledger.tables import claims
from inforce.reports.table_files import arrow_schema, cell, needs

_BATCH = 1000


class Field(NamedTuple):
    """A column: its name, Frictionless type, what it holds, and how a claim fills it."""

    name: str
    type: str
    description: str
    value: Callable[[ClaimEntry], Any]


def _joined(values: tuple[str, ...]) -> str | None:
    return " ".join(values) or None


def _money(entry: ClaimEntry, name: str) -> Any:
    money = entry.claim.object.money
    return None if money is None else getattr(money, name)


def _said(entry: ClaimEntry, name: str) -> Any:
    attribution = entry.claim.attribution
    return None if attribution is None else getattr(attribution, name)


# fmt: off
FIELDS = (
    Field("claim", "integer", "number of the claim in the ledger", lambda e: e.id),
    Field("document", "integer", "number of the document in the ledger", lambda e: e.document.id),
    Field("source", "string", "where the document was found: an address or a file", lambda e: e.document.source),
    Field("outlet", "string", "name under which it appeared", lambda e: e.document.outlet),
    Field("title", "string", "its title", lambda e: e.document.title),
    Field("content", "string", "SHA-256 of title, day and text", lambda e: e.document.content),
    Field("published", "date", "day of publication; empty where nothing dates it", lambda e: e.document.published),
    Field("published_from", "string", "what says so, or why nothing does", lambda e: e.document.published_from),
    Field("fetched", "datetime", "when it was read, UTC", lambda e: e.document.fetched.isoformat()),
    Field("start", "integer", "where the claim begins in the text, in code points", lambda e: e.claim.span.start),
    Field("end", "integer", "where it ends", lambda e: e.claim.span.end),
    Field("said", "string", "the words of the text", lambda e: e.claim.span.text),
    Field("kind", "string", "kind of claim (inforce-check/1)", lambda e: str(e.claim.kind)),
    Field("predicate", "string", "predicate of its kind", lambda e: e.claim.predicate),
    Field("subject", "string", "ISO 3166-1 alpha-3 codes, blanks between", lambda e: _joined(e.claim.subject)),
    Field("treaty", "string", "the record's key of the treaty", lambda e: e.claim.treaty),
    Field("when", "string", "EDTF date or interval that the claim gives", lambda e: e.claim.when),
    Field("modality", "string", "done, planned, considered, possible, denied, required", lambda e: str(e.claim.modality)),
    Field("negated", "boolean", "whether the text denies it", lambda e: e.claim.negated),
    Field("action", "string", "of a domestic step: withdrawal, joining, suspension", lambda e: e.claim.object.action),
    Field("item", "string", "weapon categories, blanks between", lambda e: _joined(e.claim.object.item)),
    Field("activities", "string", "activities of a rule, blanks between", lambda e: _joined(e.claim.object.activities)),
    Field("count", "integer", "number that the claim gives", lambda e: e.claim.object.count),
    Field("comparator", "string", "how the number is meant: = > < ~", lambda e: e.claim.object.comparator),
    Field("amount", "number", "sum of money in whole units", lambda e: _money(e, "amount")),
    Field("currency", "string", "its ISO 4217 currency", lambda e: _money(e, "currency")),
    Field("recipient", "string", "codes of recipients, blanks between", lambda e: _joined(e.claim.object.recipient)),
    Field("supplier", "string", "suppliers as named, semicolons between", lambda e: "; ".join(e.claim.object.supplier) or None),
    Field("speaker", "string", "who says so in the text; empty for the text itself", lambda e: _said(e, "speaker")),
    Field("role", "string", "the speaker's office", lambda e: _said(e, "role")),
    Field("speaks_for", "string", "code of the state spoken for", lambda e: _said(e, "of")),
    Field("quoted", "boolean", "whether in the speaker's own words", lambda e: _said(e, "quoted")),
    Field("verdict", "string", "as of the day of publication", lambda e: str(e.then)),
    Field("correction", "string", "what was so on that day", lambda e: e.correction),
    Field("verdict_now", "string", "as of the day in as_of_now", lambda e: str(e.now)),
    Field("as_of_now", "date", "day of the latest ruling", lambda e: e.now_as_of),
    Field("since_now", "date", "first day on which it stood so, where it turned", lambda e: e.now_since),
    Field("correction_now", "string", "what was so on that day", lambda e: e.correction_now),
)
# fmt: on

FORMATS = ("csv", "jsonl", "parquet")


def export(connection: Connection, folder: Path, form: str) -> int:
    """Write all claims to `folder/claims.FORM` with `datapackage.json` beside it; the number of rows.

    Raises `UsageError` where they cannot be written.
    """
    if form == "parquet":
        needs("pyarrow", "export to Parquet", "parquet")
    file = folder / f"claims.{form}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f".{file.name}.unfinished")
        try:
            rows = _WRITERS[form](connection, unfinished)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
        dictionary = json.dumps(data_package(file.name, form, rows), indent=2, ensure_ascii=False)
        (folder / "datapackage.json").write_text(dictionary + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"export to {folder}: cannot be written ({error.strerror})") from None
    return rows


def rows(connection: Connection) -> Iterator[list[ClaimEntry]]:
    """All claims in the order in which they were entered, some at a time."""
    last = 0
    while True:
        wanted = sa.select(claims.c.id).where(claims.c.id > last).order_by(claims.c.id).limit(_BATCH)
        keys = [int(key) for key in connection.execute(wanted).scalars()]
        if not keys:
            return
        last = keys[-1]
        yield entries(connection, keys)


def data_package(file: str, form: str, count: int) -> dict[str, Any]:
    """The dictionary of the table: a Frictionless data package."""
    note = " A cell that a spreadsheet would take for a formula begins with an apostrophe."
    return {
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "name": "inforce-ledger",
        "title": "Claims about treaty law in public texts, and how they stand against the record",
        "version": __version__,
        "resources": [
            {
                "name": "claims",
                "path": file,
                "format": form,
                "description": "One row a claim." + (note if form == "csv" else ""),
                "rows": count,
                "schema": {
                    "fields": [
                        {"name": field.name, "type": field.type, "description": field.description}
                        for field in FIELDS
                    ],
                    "primaryKey": "claim",
                },
            }
        ],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _write_csv(connection: Connection, file: Path) -> int:
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([field.name for field in FIELDS])
        for batch in rows(connection):
            writer.writerows([cell(field.value(entry)) for field in FIELDS] for entry in batch)
            count += len(batch)
    return count


def _write_lines(connection: Connection, file: Path) -> int:
    count = 0
    with file.open("w", encoding="utf-8") as out:
        for batch in rows(connection):
            for entry in batch:
                row = {field.name: _plain(field.value(entry)) for field in FIELDS}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += len(batch)
    return count


def _write_parquet(connection: Connection, file: Path) -> int:
    import pyarrow as pa
    from pyarrow import parquet

    schema = arrow_schema(FIELDS)
    count = 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in rows(connection):
            columns = {field.name: [field.value(entry) for entry in batch] for field in FIELDS}
            writer.write_table(pa.table(columns, schema=schema))
            count += len(batch)
    return count


_WRITERS = {"csv": _write_csv, "jsonl": _write_lines, "parquet": _write_parquet}
