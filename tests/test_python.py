"""`import inforce`: the same answers in a few lines, frames, faces; nothing loaded unasked."""

from __future__ import annotations

import datetime as dt
import doctest
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import inforce
from inforce import law
from inforce.errors import UsageError
from inforce.record import load

ROOT = Path(__file__).parents[1]
DAY = dt.date(2025, 12, 1)


def test_to_import_it_loads_nothing() -> None:
    asked = "import sys, inforce; print(sorted(one for one in sys.modules if one.startswith('inforce')))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "['inforce']\n"


def test_the_answers_are_those_of_the_law() -> None:
    record = load()
    told = inforce.status("Finland", "Ottawa Convention", on="2025-12-01", known_by=DAY)
    assert told == law.status(record, "FIN", "apmbc", on=DAY, known_by=DAY, today=told.known_by)
    assert inforce.parties("apmbc", on=DAY).counts["in_force"] == 166
    assert inforce.count("apmbc", 166, on="2025-12-01").right is True
    rows = inforce.obligations("FIN", item="anti-personnel-mine", activity="produce", on="2026-01-10")
    assert {row.modality for row in rows if row.kind == "freedom"} == {"not-prohibited"}
    assert inforce.calendar(participant="FIN", treaty="apmbc", since=DAY).entries[0].first == dt.date(
        2026, 1, 10
    )
    assert len(inforce.world().treaties) == len(inforce.list_treaties()) == len(record.treaties)


def test_an_article_is_checked() -> None:
    report = inforce.check("Finland left the Ottawa Convention on 10 July 2025.", published="2025-07-11")
    assert {one.verdict for one in report.findings} == {"imprecise"}
    assert "10 July 2025" in repr(inforce.show(report))


def test_what_is_supposed_stays_in_its_own_record() -> None:
    record = inforce.suppose("POL accession apmbc 2027-01-15")
    assert inforce.status("POL", "apmbc", on="2027-08-01", record=record).status == "party"
    assert inforce.status("POL", "apmbc", on="2027-08-01").status != "party"


def test_tables_are_frames() -> None:
    told = inforce.parties("apmbc", on=DAY)
    polars, pandas = inforce.frame(told), inforce.frame(told, "pandas")
    assert isinstance(polars, pl.DataFrame)
    assert isinstance(pandas, pd.DataFrame)
    named = ["participant", "name", "status", "since", "until", "bound"]
    assert polars.columns == list(pandas.columns) == named
    assert polars["bound"].to_list() == [one.bound for one in told.participants]
    assert polars["participant"].to_list() == list(pandas["participant"])
    assert polars.height == len(told.participants)
    for answer in (
        inforce.effects("apmbc"),
        inforce.list_states(),
        inforce.calendar(treaty="apmbc", since=DAY),
    ):
        assert inforce.frame(answer).height == len(inforce.frame(answer, "pandas")) > 3
    with pytest.raises(UsageError, match="no table"):
        inforce.frame(inforce.status("FIN", "apmbc"))


def test_answers_have_a_face_in_notebooks() -> None:
    shown = inforce.show(inforce.status("FIN", "apmbc", on=DAY))
    assert "Finland" in repr(shown)
    assert shown._repr_html_().startswith("<pre>")
    hostile = inforce.show(
        inforce.check("<script>alert(1)</script> Finland left the Ottawa Convention in 2011.")
    )
    assert "<script>" not in hostile._repr_html_()
    assert inforce.show(inforce.list_states())._repr_html_().startswith("<table>")


def test_the_page_of_docs_runs() -> None:
    tried = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert tried.failed == 0
    assert tried.attempted > 10


def test_the_notebook_runs() -> None:
    cells = json.loads((ROOT / "examples" / "withdrawals.ipynb").read_text("utf-8"))["cells"]
    names: dict[str, object] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102 - our own notebook
    assert names["leaving"] == ["EST", "FIN", "LTU", "LVA", "POL"]


def test_a_name_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="Finland"):
        inforce.status("Finnland", "apmbc")
    with pytest.raises(AttributeError, match="nonsense"):
        inforce.nonsense  # noqa: B018


def test_no_question_is_hidden_by_a_part_of_the_package() -> None:
    parts = {path.stem for path in Path(inforce.__file__).parent.iterdir()}
    assert parts & set(inforce.__all__) == set()
