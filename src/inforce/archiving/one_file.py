"""One archive file to one Parquet file of claims: a pure function of the file, the record and the day asked.

Documents pass the gate before anything is extracted from them. A record that cannot be read is counted by
its reason and passed over; a file that breaks off gives what came before, and says so.
"""

from __future__ import annotations

import gzip
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
from pyarrow import parquet

from inforce.archiving.places import Input, opened
from inforce.checking import check
from inforce.checking.model import Finding
from inforce.errors import UsageError
from inforce.ledger.entering import content_hash
from inforce.reading import read
from inforce.reading.formats.jsonl import json_lines
from inforce.reading.formats.part import Part
from inforce.reading.formats.passed import Passed
from inforce.reading.formats.warc import web_archive
from inforce.reading.gate import gate
from inforce.reading.model import Document
from inforce.record.model import Record

#: Rows held before they are written.
_BATCH = 2_000
#: Reasons told with the words of the first that had it.
_MOST_REASONS = 50

_TEXT, _NUMBER, _LIST = pa.string(), pa.int64(), pa.list_(pa.string())

#: The columns of the data set, with what they hold.
SCHEMA = pa.schema(
    [
        pa.field(name, kind, metadata={"description": what})
        for name, kind, what in (
            ("input", _TEXT, "archive file"),
            ("record", _NUMBER, "number of the record or line in it"),
            ("url", _TEXT, "address of the page"),
            ("title", _TEXT, "its title"),
            (
                "published",
                pa.date32(),
                "day of publication, null where nothing dates it; never that of crawling",
            ),
            ("published_from", _TEXT, "what says so, or why nothing does"),
            ("crawled", _TEXT, "day on which the crawler got it"),
            ("content", _TEXT, "SHA-256 of title, day and text: equal for the same text found twice"),
            ("claim", _TEXT, "number of the claim in its document"),
            ("start", _NUMBER, "where it begins in the main text, in code points"),
            ("end", _NUMBER, "where it ends"),
            ("said", _TEXT, "the words of the text"),
            ("kind", _TEXT, "kind of claim (inforce-check/1)"),
            ("predicate", _TEXT, "predicate of its kind"),
            ("subject", _LIST, "ISO 3166-1 alpha-3 codes"),
            ("treaty", _TEXT, "the record's key of the treaty"),
            ("when", _TEXT, "EDTF date or interval that the claim gives"),
            ("modality", _TEXT, "done, planned, considered, possible, denied, required"),
            ("negated", pa.bool_(), "whether the text denies it"),
            ("object", _TEXT, "what else the claim says, as JSON"),
            ("speaker", _TEXT, "who says so in the text; null for the text itself"),
            ("role", _TEXT, "the speaker's office"),
            ("speaks_for", _TEXT, "code of the state spoken for"),
            ("quoted", pa.bool_(), "whether in the speaker's own words"),
            ("as_of", pa.date32(), "day as of which the verdict holds"),
            ("verdict", _TEXT, "how the claim stands against the record"),
            ("correction", _TEXT, "what is so"),
        )
    ]
)


class Outcome(msgspec.Struct, frozen=True):
    """What became of one input file.

    `days` counts the documents by the day on which they were crawled; `problems` what was passed over or
    could not be read, by reason; `broken` says why the file was not read to its end.
    """

    input: str
    version: str
    record: str
    today: date
    part: str | None
    documents: int
    through_gate: int
    relevant: int
    claims: int
    bytes: int
    seconds: float
    days: dict[str, int]
    problems: dict[str, int]
    broken: str | None = None


def one_file(given: Input, folder: Path, name: str, record: Record, today: date) -> Outcome:
    """Read one input to `folder/name.parquet`, which appears only when it is whole.

    The part is written again if it was there: the same input gives the same rows.
    """
    begun = time.perf_counter()
    problems: Passed = Counter()
    rows = _Rows(folder / f"{name}.parquet")
    tally = _Tally()
    broken = None
    at_gate = gate(record)
    try:
        with opened(given) as stream:
            for part in _parts(given, stream, problems):
                tally.documents += 1
                if part.crawled:
                    tally.days[part.crawled] += 1
                if part.markup is not None and not at_gate.markup(part.markup):
                    continue
                document = _document(part, problems)
                if document is None or not at_gate.passes(document):
                    continue
                tally.through_gate += 1
                for row in _claims(given, part, document, record, today):
                    rows.add(row)
                    tally.sources.add(part.number)
    except UsageError as error:
        broken = str(error)
    written = rows.close()
    return Outcome(
        input=given.name,
        version=given.version,
        record=record.hash,
        today=today,
        part=f"{name}.parquet" if written else None,
        documents=tally.documents,
        through_gate=tally.through_gate,
        relevant=len(tally.sources),
        claims=written,
        bytes=given.size,
        seconds=round(time.perf_counter() - begun, 3),
        days=dict(sorted(tally.days.items())),
        problems=dict(sorted(problems.items())),
        broken=broken,
    )


class _Tally:
    def __init__(self) -> None:
        self.documents = self.through_gate = 0
        self.sources: set[int] = set()  # records that hold a claim
        self.days: Counter[str] = Counter()


def _parts(given: Input, stream: BinaryIO, problems: Passed) -> Iterator[Part]:
    reader: Callable[[BinaryIO, str, Passed], Iterator[Part]] = web_archive
    if given.is_lines:
        reader = json_lines
        if given.name.endswith(".gz"):
            stream = gzip.GzipFile(fileobj=stream)  # type: ignore[assignment]
    try:
        yield from reader(stream, given.name, problems)
    except (OSError, EOFError) as error:
        raise UsageError(f"{given.name}: breaks off ({str(error) or type(error).__name__})") from None


def _document(part: Part, problems: Passed) -> Document | None:
    """The document, or None where it cannot be read: that is counted, by its reason without its name."""
    try:
        return part.open(None)
    except UsageError as error:
        reason = str(error).removeprefix(part.label).lstrip(": ").partition(";")[0]
        known = len(problems) < _MOST_REASONS or reason in problems
        problems[reason if known else "for further reasons"] += 1
        return None


def _claims(
    given: Input, part: Part, document: Document, record: Record, today: date
) -> Iterator[dict[str, Any]]:
    claims = read(document, record)
    if not claims:
        return
    report = check(document, claims, record, today=today)
    about = {
        "input": given.name,
        "record": part.number,
        "url": document.url,
        "title": document.title,
        "published": document.published,
        "published_from": document.published_from,
        "crawled": part.crawled,
        "content": content_hash(document),
        "as_of": report.as_of,
    }
    for finding in report.findings:
        yield about | _row(finding)


def _row(finding: Finding) -> dict[str, Any]:
    claim, said = finding.claim, finding.claim.attribution
    return {
        "claim": claim.id,
        "start": claim.span.start,
        "end": claim.span.end,
        "said": claim.span.text,
        "kind": str(claim.kind),
        "predicate": claim.predicate,
        "subject": list(claim.subject),
        "treaty": claim.treaty,
        "when": claim.when,
        "modality": str(claim.modality),
        "negated": claim.negated,
        "object": msgspec.json.encode(claim.object).decode(),
        "speaker": said.speaker if said else None,
        "role": said.role if said else None,
        "speaks_for": said.of if said else None,
        "quoted": said.quoted if said else None,
        "verdict": str(finding.verdict),
        "correction": finding.correction,
    }


class _Rows:
    """Rows on their way to a file that is renamed when it is whole; no file where there are none."""

    def __init__(self, place: Path) -> None:
        self._place, self._unfinished = place, place.with_name(f".{place.name}.unfinished")
        self._held: list[dict[str, Any]] = []
        self._writer: parquet.ParquetWriter | None = None
        self._written = 0

    def add(self, row: dict[str, Any]) -> None:
        self._held.append(row)
        if len(self._held) >= _BATCH:
            self._write()

    def _write(self) -> None:
        if self._writer is None:
            self._writer = parquet.ParquetWriter(self._unfinished, SCHEMA, compression="zstd")
        self._writer.write_table(pa.Table.from_pylist(self._held, schema=SCHEMA))
        self._written += len(self._held)
        self._held = []

    def close(self) -> int:
        """Finish the file; the number of its rows."""
        if self._held:
            self._write()
        if self._writer is not None:
            self._writer.close()
            self._unfinished.replace(self._place)
        else:
            self._place.unlink(missing_ok=True)
        return self._written
