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
