"""A proposed patch applies with git, changes only what the table says otherwise, and brings it all in."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from inforce.errors import UsageError
from inforce.record import load
from inforce.record.importing import open_table
from inforce.record.importing.compare import Comparison, compare_with_record
from inforce.record.importing.patch import patch

ROOT = Path(__file__).parents[3]
HEADINGS = 'Participant,Signature,"Ratification, Acceptance(A), Accession(a)"\n'
AS_RECORDED = {
    "Bolivia (Plurinational State of)": ",2011 a",
    "[Liechtenstein]": "[14 May 2001],[1 Mar 2002]",
    "Mongolia": ",10 Feb 2003 a",
    "Switzerland": "14 May 2001,4 Nov 2002",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the example's record, in which patches are applied."""
    shutil.copytree(ROOT / "examples" / "record", tmp_path / "record")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def compared(folder: Path, rows: dict[str, str]) -> tuple[Comparison, str]:
    table = folder / "table.csv"
    body = "".join(f"{name},{cells}\n" for name, cells in rows.items())
    table.write_text(HEADINGS + body, encoding="utf-8")
    overlay = folder / "record"
    record = load(overlay)
    read = open_table(str(table), record, "skerry")
    comparison, pairing = compare_with_record(record, "skerry", read)
    return comparison, patch(record, "skerry", pairing, "a test's table, 2012", overlay)


def applied(folder: Path, text: str) -> list[str]:
    """The lines of the record that the patch takes away and brings, after it was applied."""
    subprocess.run(["git", "apply", "-"], input=text, text=True, cwd=folder, check=True)
    return [line for line in text.splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")]


def test_a_table_that_agrees_proposes_nothing(folder: Path) -> None:
    comparison, text = compared(folder, AS_RECORDED)
    assert (comparison.differences, text) == ((), "")


@pytest.mark.parametrize(
    ("participant", "cells", "lines"),
    [
        (
            "Nepal",
            ",3 May 2012 a",
            ['+NPL,accession,2012-05-03,,,"a test\'s table, 2012",'],
        ),
        (
            "Austria",
            "14 May 2001,3 May 2012",
            [
                '+AUT,signature,2001-05-14,,,"a test\'s table, 2012",',
                '+AUT,ratification,2012-05-03,,,"a test\'s table, 2012",',
            ],
        ),
        (
            "Bolivia (Plurinational State of)",
            ",14 Sep 2011 a",
            [
                "-BOL,accession,2011,,,depositary's list of 30 June 2012,day not printed",
                "+BOL,accession,2011-09-14,,,\"depositary's list of 30 June 2012; day: a test's table, "
                '2012",day not printed; formerly 2011',
            ],
        ),
        (
            "Mongolia",
            ",11 Feb 2003 A",
            [
                "-MNG,accession,2003-02-10,,2003-05-11,depositary's list of 30 June 2012,",
                '+MNG,acceptance,2003-02-11,,2003-05-11,"a test\'s table, 2012",'
                '"formerly accession 2003-02-10, effect 2003-05-11 (depositary\'s list of 30 June 2012)"',
            ],
        ),
    ],
)
def test_a_patch_applies_and_leaves_no_difference(
    folder: Path, participant: str, cells: str, lines: list[str]
) -> None:
    rows = AS_RECORDED | {participant: cells}
    comparison, text = compared(folder, rows)
    assert comparison.differences
    assert applied(folder, text) == lines
    assert compared(folder, rows)[0].differences == ()


def test_rows_go_where_their_participant_stands(folder: Path) -> None:
    _, text = compared(
        folder, AS_RECORDED | {"Mongolia": "15 May 2001,10 Feb 2003 a", "Nepal": ",3 May 2012 a"}
    )
    applied(folder, text)
    lines = (folder / "record/treaties/skerry/actions.csv").read_text("utf-8").splitlines()
    order = [line.split(",")[0] for line in lines]
    assert order == ["participant", "CHE", "CHE", "LIE", "LIE", "LIE", "MNG", "MNG", "BOL", "NPL"]
    assert lines[6].startswith("MNG,signature,2001-05-15")


def test_what_the_table_lacks_is_told_and_never_taken_away(folder: Path) -> None:
    comparison, text = compared(folder, {k: v for k, v in AS_RECORDED.items() if k != "Mongolia"})
    assert [(one.participant, one.difference) for one in comparison.differences] == [("MNG", "missing-there")]
    assert text == ""


def test_rows_of_added_actions_are_changed_in_their_own_file(folder: Path) -> None:
    added = folder / "record/treaties/skerry/actions.add.csv"
    added.write_text("participant,action,date,known,effect,source,note\r\nNPL,accession,2012,,,a list,\r\n")
    _, text = compared(folder, AS_RECORDED | {"Nepal": ",3 May 2012 a"})
    assert "+++ b/record/treaties/skerry/actions.add.csv" in text
    applied(folder, text)
    assert added.read_bytes().endswith(
        b'NPL,accession,2012-05-03,,,"a list; day: a test\'s table, 2012",formerly 2012\r\n'
    )


def test_a_file_without_a_last_line_end_is_patched_too(folder: Path) -> None:
    file = folder / "record/treaties/skerry/actions.csv"
    file.write_text(file.read_text("utf-8").rstrip("\n"), encoding="utf-8")
    rows = AS_RECORDED | {"Nepal": ",3 May 2012 a"}
    _, text = compared(folder, rows)
    applied(folder, text)
    assert compared(folder, rows)[0].differences == ()


@pytest.mark.parametrize("source", ["", "  ", "two\nlines"])
def test_a_source_is_one_line_of_words(folder: Path, source: str) -> None:
    record = load(folder / "record")
    table = open_table(str(ROOT / "examples/tables/skerry.html"), record, "skerry")
    _, pairing = compare_with_record(record, "skerry", table)
    with pytest.raises(UsageError, match="--source: name the table in one line"):
        patch(record, "skerry", pairing, source, folder / "record")
