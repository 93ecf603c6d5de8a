"""The page of a treaty: whole, drawn from the record alone, and kept current."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from inforce.record import load
from inforce.record.cases import worked_examples
from inforce.record.model import Deadline, Obligation, Record, Treaty
from inforce.reports.clause_words import clauses
from inforce.reports.delay_words import deadline
from inforce.reports.layout import printed
from inforce.reports.treaty_answer import TreatyAnswer, treaty_answer
from inforce.reports.treaty_page import escaped, pages, treaty_page
from inforce.reports.treaty_table import treaty_table
from inforce.vocabulary import Activity, ObligationModality

ROOT = Path(__file__).parents[2]
RECORD = load()
PAGES = pages(RECORD)


def answer(key: str, record: Record = RECORD) -> TreatyAnswer:
    return treaty_answer(record, key, worked_examples(key))


def test_there_is_a_page_for_every_treaty_and_one_that_lists_them() -> None:
    assert set(PAGES) == {"README.md"} | {f"{key}.md" for key in RECORD.treaties}
    assert all(f"]({key}.md)" in PAGES["README.md"] for key in RECORD.treaties)


def test_the_pages_in_the_docs_are_current() -> None:
    folder = ROOT / "docs" / "treaties"
    kept = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    stale = sorted(name for name in kept.keys() | PAGES.keys() if kept.get(name) != PAGES.get(name))
    assert stale == [], "run: make treaties"


@pytest.mark.parametrize("key", sorted(RECORD.treaties))
def test_a_page_holds_every_clause_rule_party_reading_and_example(key: str) -> None:
    page, treaty = PAGES[f"{key}.md"], RECORD.treaties[key]
    lines = page.splitlines()
    for clause in clauses(treaty, RECORD):
        assert all(f"- {escaped(text)}" in lines for text in clause.sentences), clause.heading
    assert all(f"| `{rule.id}` |" in page for rule in treaty.obligations)
    for one in answer(key).participants:
        name = escaped(RECORD.participants[one.participant].name)
        assert any(line.startswith(f"| {name} |") for line in lines), name
    for point in RECORD.contested:
        if key in point.treaties:
            assert f"### {escaped(point.question)}" in lines
            assert all(f"- Reading {one.id}, held by {escaped(one.holder)}" in page for one in point.readings)
    assert all(f"- {escaped(sentence)}" in lines for sentence in worked_examples(key))
    assert all(f"- {name}: " in page for name in treaty.sources)


def test_tables_have_as_many_cells_in_every_row() -> None:
    for name, page in PAGES.items():
        cells = 0
        for line in page.splitlines():
            if not line.startswith("|"):
                cells = 0
                continue
            found = line.replace(r"\|", "").count("|")
            assert cells in (0, found), f"{name}: {line}"
            cells = found


def test_hostile_text_adds_no_heading_no_cell_and_no_markup() -> None:
    hostile = "a | b\n# heading <script>*bold*</script> [link](http://x) `code`"
    plain = RECORD.treaties["open-skies"]
    treaty: Treaty = msgspec.structs.replace(plain, title=hostile, verified_by=hostile)
    record = msgspec.structs.replace(RECORD, treaties={**RECORD.treaties, "open-skies": treaty})
    page = treaty_page(answer("open-skies", record), record)
    assert "<script" not in page.replace(r"\<script", "")
    assert "\n# heading" not in page
    assert "](http://x)" not in page.replace(r"\](http://x)", "")
    assert page.count("\n#") == PAGES["open-skies.md"].count("\n#")


def test_a_page_says_that_a_record_is_incomplete() -> None:
    treaty = msgspec.structs.replace(RECORD.treaties["open-skies"], complete=False)
    record = msgspec.structs.replace(RECORD, treaties={**RECORD.treaties, "open-skies": treaty})
    assert "**The record is incomplete: actions may be missing.**" in treaty_page(
        answer("open-skies", record), record
    )


def test_a_page_is_the_same_on_any_day() -> None:
    script = "from inforce.reports.treaty_page import pages; from inforce.record import load; import hashlib;"
    script += "print(hashlib.sha256(repr(sorted(pages(load()).items())).encode()).hexdigest())"
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


@pytest.mark.parametrize("key", sorted(RECORD.treaties))
def test_the_terminal_shows_the_clauses_within_eighty_columns(key: str) -> None:
    text = printed(treaty_table(answer(key), RECORD, width=80), colour=False)
    assert max(map(len, text.splitlines())) <= 80
    shown = " ".join(text.split())
    for clause in clauses(RECORD.treaties[key], RECORD):
        assert all(" ".join(text.split()) in shown for text in clause.sentences), clause.heading


def test_every_parameter_of_an_obligation_and_of_its_deadline_is_said() -> None:
    rule = next(rule for rule in RECORD.treaties["npt"].obligations if rule.addressed_to)
    whole = msgspec.structs.replace(rule, not_addressed_to=("CHE",), applies="always", total=True)
    fields = {field.name for field in msgspec.structs.fields(Obligation)} - {"deadline"}
    others = {
        "id": "x",
        "article": "9",
        "activity": Activity.WARN,
        "item": "torpedo",
        "modality": ObligationModality.RESTRICTED,
        "total": False,
        "addressed_to": (),
        "not_addressed_to": (),
        "applies": "armed-conflict",
        "conditions": "otherwise",
        "exceptions": ("x",),
        "contested": ("x",),
        "sources": ("x",),
    }
    assert fields == set(others)
    told = _rules(whole)
    for name, value in others.items():
        assert _rules(msgspec.structs.replace(whole, **{name: value})) != told, name


def _rules(rule: Obligation) -> object:
    treaty = msgspec.structs.replace(RECORD.treaties["npt"], obligations=(rule,))
    record = msgspec.structs.replace(RECORD, treaties={**RECORD.treaties, "npt": treaty})
    return answer("npt", record).rules


def test_every_parameter_of_a_deadline_is_said() -> None:
    whole = {
        "amount": 10,
        "unit": "year",
        "counted_from": "entry-into-force-for-participant",
        "recurring": "30 April each year",
        "after": "apmbc-7-1",
        "full_year": True,
        "extension": "ten years",
        "recorded_through": "2026",
    }
    assert set(whole) == {field.name for field in msgspec.structs.fields(Deadline)}
    told = deadline(msgspec.convert(whole, Deadline))
    for name in whole:
        assert (
            deadline(msgspec.convert({key: value for key, value in whole.items() if key != name}, Deadline))
            != told
        )


def test_deadlines_of_a_page_are_those_to_come_on_its_day() -> None:
    told = answer("apmbc")
    assert told.on == dt.date(2026, 2, 28)
    assert told.deadlines
    assert all(due.between[1] >= told.on for due in told.deadlines)
