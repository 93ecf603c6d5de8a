"""Whatever a file holds, the answer is a table or one line; never a crash, and never a long wait."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inforce.errors import UsageError
from inforce.record import load
from inforce.record.importing import open_table

TABLES = sorted((Path(__file__).parent / "tables").iterdir())
RECORD = load()


def answered(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "table"
        file.write_bytes(data)
        try:
            open_table(str(file), RECORD, "apmbc", partial=True)
        except UsageError as error:
            assert "\n" not in str(error)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(TABLES), st.integers(0, 4000), st.integers(0, 200), st.binary(max_size=30))
def test_a_table_cut_or_written_into_anywhere(table: Path, at: int, length: int, written: bytes) -> None:
    data = table.read_bytes()
    answered(data[:at] + written + data[at + length :])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_words_in_the_cells(name: str, heading: str, day: str) -> None:
    rows = f"<tr><td>Participant</td><td>{heading}</td></tr><tr><td>{name}</td><td>{day}</td></tr>"
    answered(f"<html><table>{rows}</table></html>".encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "data",
    [
        b"<html><table>" + b"<tr><td>Participant</td></tr>" * 50_000 + b"</table></html>",
        b"<html><table><tr><td>Participant</td><td>Signature</td></tr><tr><td>" + b"1, " * 500_000,
        b"<html>" + b"<b>" * 500_000,
        b"<MTDSG>" + b"<a>" * 500_000,
        b"[" * 1_000_000,
        b'{"a":' * 200_000,
        b"Participant,Signature\n" + b'"' * 1_000_000,
        b"Participant,Signature\nAustria," + b"3 Dec 1997 " * 100_000,
    ],
    ids=["many tables", "a long cell", "deep HTML", "deep XML", "deep list", "deep JSON", "quotes", "days"],
)
def test_large_and_nested_files_are_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "table"
    file.write_bytes(data)
    with pytest.raises(UsageError):
        open_table(str(file), RECORD, "apmbc", partial=True)
