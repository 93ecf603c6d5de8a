"""Whether a hostile file is read, checked and shown as it should be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
from packed import hostile_file

from inforce.checking import check
from inforce.checking.model import Report
from inforce.errors import UsageError
from inforce.reading import read
from inforce.reading.formats.passed import Passed
from inforce.reading.formats.sources import find
from inforce.reading.model import Claim, Document
from inforce.record.model import Record
from inforce.reports.html import html_report
from inforce.reports.json_answers import check_answer, encode
from inforce.reports.layout import printed
from inforce.reports.naming import one_line
from inforce.reports.text import text_report

TODAY = date(2026, 11, 22)
#: A message is one line, and short enough to be read.
LONGEST_MESSAGE = 600


class Survived(msgspec.Struct):
    """What became of hostile files."""

    files: int = 0
    documents: int = 0
    claims: int = 0
    refused: int = 0


def survive(seed: int, folder: Path, record: Record, tally: Survived) -> None:
    """Make the file with this number and pass it through all that `inforce check` does with it."""
    suffix, data = hostile_file(seed)
    file = folder / f"hostile{suffix}"
    file.write_bytes(data)
    tally.files += 1
    try:
        for found in find(str(file), Passed()):
            try:
                document = found.open(None)
            except UsageError as error:
                _refused(error, tally)
                continue
            tally.documents += 1
            tally.claims += len(checked(document, record).findings)
    except UsageError as error:
        _refused(error, tally)


def checked(document: Document, record: Record) -> Report:
    """Read, check and show a document; asserts what must hold of its claims."""
    claims = read(document, record)
    for claim in claims:
        keeps_to_its_text(claim, document.text)
    report = check(document, claims, record, today=TODAY)
    assert len(report.findings) == len(claims)
    encode(check_answer(report)).encode("utf-8")
    printed(text_report(report, record, width=80), colour=False).encode("utf-8")
    html_report(report, record).encode("utf-8")
    return report


def keeps_to_its_text(claim: Claim, text: str) -> None:
    """A span is a slice of the text, with words in it."""
    span = claim.span
    assert 0 <= span.start < span.end <= len(text), claim
    assert text[span.start : span.end] == span.text, claim
    assert span.text.strip(), claim


def _refused(error: UsageError, tally: Survived) -> None:
    tally.refused += 1
    message = one_line(str(error))
    assert message, repr(error)
    assert len(message) <= LONGEST_MESSAGE, message
    message.encode("utf-8")
