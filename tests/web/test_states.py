"""The list of states, and one state's lanes, rules and freedoms."""

from __future__ import annotations

import re
from typing import Any

from visiting import DAY, RECORD, ask

from inforce import law


def answer(path: str) -> Any:
    told = ask(path, headers={"Accept": "application/json"})
    assert told.status_code == 200, told.text
    return told.json()["answer"]


def test_the_list_counts_what_binds_each() -> None:
    rows = {one["participant"]: one for region in answer("/states")["regions"] for one in region["states"]}
    for who in ("FIN", "UKR", "USA"):
        answers = [law.status(RECORD, who, key, on=DAY, today=DAY) for key in RECORD.treaties]
        assert rows[who]["bound"] == sum(one.bound is True for one in answers)
        leaving = sum(str(one.status) == "party-withdrawal-notified" for one in answers)
        assert rows[who]["leaving"] == [leaving, leaving]
    assert rows["UKR"]["contested"] >= 1
    assert "CSK" in rows
    assert "XKX" not in rows


def test_each_region_is_one_jump_away() -> None:
    page, told = ask("/states").text, answer("/states")["regions"]
    jumps = re.findall('<a href="#(r[0-9]+)">([^<]*)</a> <span class="soft">([0-9]+)<', page)
    assert [(name, int(count)) for _, name, count in jumps] == [
        (one["name"], len(one["states"])) for one in told
    ]
    for anchor, name, _ in jumps:
        assert f'<h2 id="{anchor}">{name}</h2>' in page


def test_the_lanes_are_the_stretches_of_the_law() -> None:
    told = answer("/states/Finland")
    assert told["participant"] == "FIN"
    (lane,) = [one for one in told["lanes"] if one["treaty"] == "apmbc"]
    stretches = law.timeline(RECORD, "FIN", "apmbc", DAY).stretches
    there = [(str(one.status), one.start.isoformat()) for one in stretches if str(one.status) != "none"]
    assert [(bar["kind"], bar["since"]) for bar in lane["bars"]] == there[-len(lane["bars"]) :]
    assert lane["kind"] == "party-withdrawal-notified"
    ends = [bar["x"] + bar["width"] for one in told["lanes"] for bar in one["bars"]]
    assert max(ends) <= 1000.1
    assert min(bar["x"] for one in told["lanes"] for bar in one["bars"]) >= 0


def test_who_left_is_told_what_is_free_and_what_still_binds() -> None:
    told = answer("/states/LTU?on=2026-02-01")
    assert {one["treaty"] for one in told["after_leaving"]} >= {"apmbc", "ccm"}
    page = ask("/states/LTU?on=2026-02-01").text
    assert "Still binding:" in page
    assert "After leaving" not in ask("/states/NOR").text


def test_a_state_that_is_none_is_told_with_the_nearest() -> None:
    told = ask("/states/Finnland")
    assert told.status_code == 400
    assert "Finland" in told.text
