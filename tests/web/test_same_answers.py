"""The same question has the same answer on every page: hard cases, on hard days, as known on several."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from visiting import RECORD, ask, site

from inforce import law
from inforce.vocabulary import Status
from inforce.web import make_app

TODAY = dt.date(2026, 11, 23)
APP = make_app(site(today=lambda: TODAY))
#: Leaving, suspended, contested, of partial date, dissolved, young, unsigned, and no state.
HARD = (
    *("FIN", "POL", "EST", "LVA", "LTU", "UKR", "PRK", "RUS", "USA", "TCD", "LBN"),
    *("CSK", "YUG", "DDR", "MNE", "SRB", "SSD", "PSE", "VAT", "COK", "NIU"),
)
#: Before most treaties, a dissolution, last days bound and first days free, days of which little is known.
DAYS = (
    *("1949-09-01", "1991-12-31", "1993-01-01", "2019-08-02", "2025-03-05", "2025-03-06"),
    *("2025-12-26", "2025-12-27", "2026-01-10", "2026-02-05", "2026-09-01", "2030-01-01"),
)
KNOWN = ("2025-12-01", "2026-11-23")


def answer(path: str) -> Any:
    told = ask(path, app=APP, headers={"Accept": "application/json"})
    assert told.status_code == 200, told.text
    return told.json()["answer"]


@pytest.mark.parametrize("known", KNOWN)
@pytest.mark.parametrize("day", DAYS)
def test_states_and_matrix_tell_what_the_law_says(day: str, known: str) -> None:
    on, known_by = dt.date.fromisoformat(day), dt.date.fromisoformat(known)
    asked = f"?on={day}&known-by={known}"
    states = answer(f"/states{asked}")
    matrix = answer(f"/matrix{asked}")
    assert states["known_by"] == matrix["known_by"] == known
    rows = {row["participant"]: row for region in states["regions"] for row in region["states"]}
    cells = {row["participant"]: row["cells"] for group in matrix["groups"] for row in group["rows"]}
    for who in set(HARD) & set(rows):
        said = {
            key: law.status(RECORD, who, key, on=on, known_by=known_by, today=TODAY)
            for key in RECORD.treaties
        }
        assert [cell["status"] for cell in cells[who]] == [
            str(said[key].status or "open") for key in matrix["treaties"]
        ]
        assert rows[who]["bound"] == sum(one.bound is True for one in said.values())
        unsure = [one for one in said.values() if one.bound is None]
        assert rows[who]["contested"] == sum(one.status is Status.CONTESTED for one in unsure)
        assert rows[who]["open"] == sum(one.status is None for one in unsure)
        notice = Status.PARTY_WITHDRAWAL_NOTIFIED
        least = sum(one.status is notice for one in said.values())
        assert rows[who]["leaving"] == [least, sum(notice in one.possible for one in said.values())]


@pytest.mark.parametrize(
    ("who", "asked"),
    [
        ("TCD", "?on=2026-01-10"),
        ("TCD", "?on=2026-09-01"),
        ("LBN", "?on=2026-09-01"),
        ("EST", "?on=1993-01-01"),
        ("UKR", "?on=2026-01-10"),
        ("RUS", "?on=2026-02-05&known-by=2025-12-01"),
        ("CSK", "?on=1993-01-01"),
        ("FIN", "?on=2026-01-10&known-by=2025-06-30"),
    ],
)
def test_a_state_s_page_counts_what_the_list_counts(who: str, asked: str) -> None:
    rows = {row["participant"]: row for one in answer(f"/states{asked}")["regions"] for row in one["states"]}
    page = answer(f"/states/{who}{asked}")
    assert (page["bound"], page["unsure"]) == (
        rows[who]["bound"],
        rows[who]["contested"] + rows[who]["open"],
    )


def test_what_was_not_known_is_on_no_part_of_a_state_s_page() -> None:
    now, then = answer("/states/LTU"), answer("/states/LTU?known-by=2020-01-01")
    assert {step["aim"] for step in now["steps"]} == {"joining", "withdrawal"}
    assert {step["aim"] for step in then["steps"]} == {"joining"}
    points = [
        [one["id"] for one in answer(f"/states/RUS{known}")["contested"]]
        for known in ("", "?known-by=2022-01-01")
    ]
    assert "new-start-suspension" in points[0]
    assert "new-start-suspension" not in points[1]
    page = ask("/states/RUS?on=2022-06-01&known-by=2022-01-01", app=APP).text
    assert "/status/new-start/RUS?on=2022-06-01&amp;known-by=2022-01-01" in page


def test_the_last_day_of_new_start_is_contested_wherever_its_end_is_told() -> None:
    said = law.status(RECORD, "RUS", "new-start", on=dt.date(2026, 2, 5), today=TODAY)
    assert said.status is Status.CONTESTED
    assert any(
        "whether it was still in force on that day is contested" in one.text for one in said.derivation
    )
    page = answer("/treaties/new-start")
    (row,) = [one for one in answer("/treaties")["treaties"] if one["treaty"] == "new-start"]
    assert page["end_contested"] == row["end_contested"]
    assert "4 or 5 February 2026" in page["end_contested"]
    assert "that day is contested" in ask("/treaties/new-start", app=APP).text
    assert answer("/treaties/new-start?known-by=2025-12-01")["end_contested"] is None
    assert answer("/treaties/inf")["end_contested"] is None


def test_an_answer_under_a_reading_says_so_and_is_not_cited_as_the_answer() -> None:
    page = ask("/status/new-start/RUS?on=2026-02-05&reading=new-start-last-day:B", app=APP).text
    assert "<h1>On 5 February 2026, under reading new-start-last-day:B: bound</h1>" in page
    assert "Recorded as: former party." in page
    assert "Permanent address of the answer under all readings" in page
    assert "Permanent address of this answer" in ask("/status/new-start/RUS?on=2026-02-05", app=APP).text


def test_the_first_page_keeps_what_is_dated_in_part() -> None:
    notices = {(one["participant"], one["treaty"]): one for one in answer("/index.json")["notices"]}
    chad = notices["TCD", "rome-statute"]
    said = law.status(RECORD, "TCD", "rome-statute", on=TODAY, today=TODAY)
    assert said.status is None
    assert chad["certain"] is False
    assert (chad["until"], tuple(chad["until_between"] or ())) == (
        said.until and said.until.isoformat(),
        tuple(day.isoformat() for day in said.until_between or ()),
    )
    assert "it may run" in ask("/", app=APP).text
    told = answer("/index.json")
    all_dates = law.calendar(RECORD, since=TODAY, today=TODAY).entries
    assert told["coming_in_all"] == len(all_dates) > len(told["coming"])
    assert f"of {len(all_dates)} recorded" in ask("/", app=APP).text


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_treaty_s_table_is_the_same_file_on_its_page_and_in_the_api(ending: str) -> None:
    page = ask(f"/treaties/rome-statute.{ending}?on=2026-01-10", app=APP)
    api = ask(f"/api/v1/parties/rome-statute.{ending}?on=2026-01-10", app=APP)
    assert (page.status_code, api.status_code) == (200, 200)
    assert page.content == api.content


def test_both_lines_of_a_treaty_s_chart_are_told_as_tables() -> None:
    page, told = ask("/treaties/apmbc", app=APP).text, answer("/treaties/apmbc")
    assert page.count('over time"><table>') == len(told["chart"]["series"]) == 2


def test_where_the_record_holds_no_act_the_page_claims_no_more() -> None:
    page = ask("/status/npt/CSK?on=1980-01-01", app=APP).text
    assert "The record holds no act by which the treaty would bind it" in page
    assert "The treaty does not bind it" not in page
    assert "The treaty does not bind it" in ask("/status/att/USA?on=2026-01-01", app=APP).text
