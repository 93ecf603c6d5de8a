"""A depositary's table on a server of the tests: when it changes, a patch that applies and an alert."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from newsroom import Site
from watchers import Clock, Make, rows

from inforce.errors import UsageError
from inforce.ledger.place import Ledger
from inforce.ledger.tables import alerts, watched
from inforce.record import load
from inforce.record.model import Record

EXAMPLES = Path(__file__).parents[2] / "examples"
AS_RECORDED = {
    "Bolivia (Plurinational State of)": ",2011 a",
    "[Liechtenstein]": "[14 May 2001],[1 Mar 2002]",
    "Mongolia": ",10 Feb 2003 a",
    "Switzerland": "14 May 2001,4 Nov 2002",
}
NEPAL = {"Nepal": ",3 May 2012 a"}


def table(rows: dict[str, str]) -> tuple[bytes, str]:
    """A table as a depositary serves it, and its type."""
    lines = ['Participant,Signature,"Ratification, Acceptance(A), Accession(a)"']
    lines += [f"{name},{cells}" for name, cells in rows.items()]
    return "\n".join(lines).encode(), "text/csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example's record, in which patches are applied."""
    shutil.copytree(EXAMPLES / "record", tmp_path / "record")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


@pytest.fixture
def law(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Record:
    monkeypatch.chdir(folder)
    return load(Path("record"))


@pytest.fixture
def plan(site: Site) -> str:
    source = f"{{name: Depositary, depositary: '{site.address}/table', treaty: Skerry Convention, every: 1d}}"
    rules = [f"- {{name: {name}, when: record-changed, treaty: {name}}}\n" for name in ("skerry", "apmbc")]
    return f"sources:\n- {source}\nrules:\n{''.join(rules)}"


@pytest.fixture
def visit(make: Make, plan: str, law: Record, clock: Clock, ledger: Ledger) -> Any:
    """Visit the table a day later; the alerts there are then."""

    def visited() -> list[Any]:
        clock.at += timedelta(days=1)
        make(plan, law=law, overlay=Path("record")).run(once=True)
        return rows(ledger, alerts)

    return visited


def test_a_table_that_changes_is_a_patch_and_an_alert(visit: Any, site: Site, folder: Path) -> None:
    site.pages["/table"] = table(AS_RECORDED)
    assert not visit()
    assert not visit()
    assert [path for path, headers in site.asked if "If-None-Match" in headers] == ["/table"]
    site.pages["/table"] = table(AS_RECORDED | NEPAL)
    (alert,) = visit()
    assert (alert.rule, alert.kind) == ("skerry", "record-changed")
    assert alert.title == "skerry: Depositary differs from the record in 1 act"
    (difference,) = alert.detail["differences"]
    assert (difference["participant"], difference["difference"]) == ("NPL", "missing-here")
    subprocess.run(["git", "apply", "-"], input=alert.detail["patch"], text=True, cwd=folder, check=True)
    (act,) = (act for act in load(folder / "record").actions["skerry"] if act.participant == "NPL")
    assert (act.date.text, act.source) == ("2012-05-03", f"{site.address}/table")


def test_what_was_told_is_told_once_and_what_is_new_again(visit: Any, site: Site) -> None:
    site.pages["/table"] = table(AS_RECORDED | NEPAL)
    assert len(visit()) == 1
    assert len(visit()) == 1
    site.pages["/table"] = table({"Nepal": NEPAL["Nepal"], **AS_RECORDED})  # the same, in other rows
    assert len(visit()) == 1
    site.pages["/table"] = table(AS_RECORDED | NEPAL | {"Austria": ",4 Jun 2012 a"})
    assert len(visit()) == 2
    site.pages["/table"] = table(
        {name: cells for name, cells in AS_RECORDED.items() if name != "Mongolia"}
    )  # proposes no row, and yet is told
    last = visit()[-1]
    assert [one["participant"] for one in last.detail["differences"]] == ["MNG"]
    assert last.detail["patch"] == ""


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>Be right back</body></html>", b"Participant,Signature\n", b"\xff\xfe\x00", b"{}"],
)
def test_what_is_no_whole_table_is_a_failure_and_proposes_nothing(
    visit: Any, ledger: Ledger, site: Site, body: bytes
) -> None:
    site.pages["/table"] = (body, "text/csv" if body.startswith(b"P") else "text/html")
    assert not visit()
    (state,) = rows(ledger, watched)
    assert state.failures == 1
    assert f"{site.address}/table" in state.problem
    assert "/tmp" not in state.problem  # noqa: S108


def test_a_treaty_or_state_that_is_not_known_is_named_at_the_start(make: Make, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for wrong in ("treaty: otawa", "state: Finlund"):
        rule = f"{{name: d, when: deadline, within: 9d, {wrong}}}"
        with pytest.raises(UsageError, match=r"'d' of the plan: no (treaty|state) called"):
            make(f"sources:\n- {{name: F, folder: in}}\nrules:\n- {rule}\n")
