"""The list of treaties, and one treaty: numbers, map, changes, chart."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from visiting import DAY, RECORD, ask

from inforce import law
from inforce.web.drawn import map_keys


def answer(path: str) -> Any:
    told = ask(path, headers={"Accept": "application/json"})
    assert told.status_code == 200, told.text
    return told.json()["answer"]


def test_the_list_says_whom_each_binds() -> None:
    rows = {one["treaty"]: one for one in answer("/treaties")["treaties"]}
    assert set(rows) == set(RECORD.treaties)
    for key in ("apmbc", "ccm", "npt"):
        parties = law.parties(RECORD, key, on=DAY, today=DAY).participants
        assert rows[key]["bound"] == sum(one.bound is True for one in parties)
        assert rows[key]["leaving"] == sum(str(one.status) == "party-withdrawal-notified" for one in parties)
    table = list(csv.DictReader(io.StringIO(ask("/treaties.csv").text)))
    assert {one["treaty"]: one["bound"] for one in table} == {
        key: str(one["bound"]) for key, one in rows.items()
    }


def test_a_treaty_s_numbers_are_those_of_the_law_on_any_day() -> None:
    for on in ("1999-03-01", "2025-12-01", "2026-03-01"):
        told = answer(f"/treaties/apmbc?on={on}")
        counts = law.parties(RECORD, "apmbc", on=law_day(on), today=DAY).counts
        assert told["parties"]["counts"] == counts
        (bound,) = [one for one in told["chart"]["series"] if one["counted"] == "in_force"]
        reached = [row for row in bound["days"] if row[0] <= on]
        if reached:
            assert reached[-1][1] == counts["in_force"]


def law_day(text: str) -> Any:
    return type(DAY).fromisoformat(text)


def test_the_slider_s_changes_are_the_stretches_of_the_law() -> None:
    told = answer("/treaties/apmbc/changes")
    for who in ("FIN", "UKR", "NOR"):
        stretches = law.timeline(RECORD, who, "apmbc", None).stretches
        assert told["participants"][who] == [
            [one.start.isoformat(), str(one.status or "open")] for one in stretches
        ]
    assert {status for turns in told["participants"].values() for _, status in turns} <= set(told["words"])


def test_the_map_holds_every_participant_once() -> None:
    drawn = map_keys()
    assert not set(drawn.shapes) & set(drawn.points)
    there = {key for key, one in RECORD.participants.items() if one.kind == "state"}
    assert there - {*drawn.shapes, *drawn.points} == set()
    assert {*drawn.shapes, *drawn.points} - set(RECORD.participants) == set()


def test_what_is_disputed_has_no_shape_of_its_own() -> None:
    """Taiwan, Palestine and Kosovo are points on a grey area; no status is drawn on land that is disputed."""
    assert {"TWN", "PSE", "XKX"} <= set(map_keys().points)
    page = ask("/treaties/apmbc").text
    (disputed,) = re.findall(r'<use href="/static/map.svg#disputed" class="([^"]*)"', page)
    assert disputed == "disputed"


def test_the_map_and_the_list_say_the_same() -> None:
    page = ask("/treaties/apmbc?on=2025-12-01").text
    marked = dict(re.findall(r'#([A-Z]{3})" data-key="[A-Z]{3}" class="land (?:point )?([a-z-]+)"', page))
    listed = {
        one["participant"]: one["status"] or "open"
        for one in answer("/treaties/apmbc?on=2025-12-01")["parties"]["participants"]
    }
    for who, status in listed.items():
        assert marked.get(who, status) == status, who
    assert marked["FIN"] == "party-withdrawal-notified"
    assert marked["USA"] == "none"


def test_every_treaty_has_its_page_and_it_is_small() -> None:
    for key in RECORD.treaties:
        page = ask(f"/treaties/{key}")
        assert page.status_code == 200, key
        assert len(page.content) < 220_000, key
    assert ask("/treaties/otawa").status_code == 400
