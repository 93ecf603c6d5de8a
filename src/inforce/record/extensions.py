"""Reads deadlines that were extended, and those declared to be met."""

from __future__ import annotations

from collections.abc import Collection

from inforce.dates import parse_edtf
from inforce.errors import RecordError
from inforce.record import cells
from inforce.record.cells import Participants
from inforce.record.csv_file import read_rows
from inforce.record.model import DeadlineExtension

EXTENSION_COLUMNS = (
    *("participant", "treaty", "obligation", "decided", "until", "decided_by", "source", "note"),
)

#: What stands in the column `until` where a deadline was met and not extended.
_FULFILLED = "fulfilled"


def read_extensions(
    file: str, content: bytes, participants: Participants, treaties: Collection[str]
) -> tuple[DeadlineExtension, ...]:
    """The rows of `extensions.csv`; raises `RecordError` at the first that cannot be."""
    found: dict[tuple[str, ...], DeadlineExtension] = {}
    for line, row in read_rows(file, content, EXTENSION_COLUMNS):
        one = _extension(file, line, row, participants, treaties)
        same = (one.participant, one.treaty, one.obligation, one.decided.text)
        if same in found:
            stands = f"{' '.join(same)} stands already in line {found[same].line}"
            raise RecordError(f"{file}:{line}: {stands}; keep one")
        found[same] = one
    return tuple(found.values())


def _extension(
    file: str, line: int, row: dict[str, str], participants: Participants, treaties: Collection[str]
) -> DeadlineExtension:
    at = f"{file}:{line}"
    return DeadlineExtension(
        participant=cells.participant(at, row["participant"], participants),
        treaty=cells.known(at, "treaty", row["treaty"], treaties),
        obligation=cells.filled(at, "obligation", row["obligation"], "the id of the treaty's rule"),
        decided=cells.cell(at, row, "decided", parse_edtf),
        until=None if row["until"] == _FULFILLED else cells.cell(at, row, "until", parse_edtf),
        decided_by=cells.filled(at, "decided_by", row["decided_by"], "who decided or declared it"),
        source=cells.filled(at, "source", row["source"]),
        note=row["note"],
        file=file,
        line=line,
    )
