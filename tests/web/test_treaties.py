"""The list of treaties, and one treaty: numbers, map, changes, chart."""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
from collections import Counter
from importlib import resources
from typing import Any

import pytest
from visiting import DAY, RECORD, ask

from inforce import law
from inforce.web.drawn import map_keys


def answer(path: str) -> Any:
    told = ask(path, headers={"Accept": "application/json"})
    assert told.status_code == 200, told.text
    return told.json()["answer"]


@pytest.mark.parametrize("on", ["1999-03-01", "2025-12-01", "2026-11-22"])
def test_the_list_says_whom_each_binds_as_its_own_page_does(on: str) -> None:
    rows = {one["treaty"]: one for one in answer(f"/treaties?on={on}")["treaties"]}
    assert set(rows) == set(RECORD.treaties)
    for key in ("apmbc", "ccm", "npt", "cfe", "inf", "rome-statute"):
        counts = law.parties(RECORD, key, on=law_day(on), today=DAY).counts
        for shown, counted in (("bound", "in_force"), ("leaving", "withdrawal_notified")):
            assert rows[key][shown] == [counts[counted], counts.get(f"{counted}_max", counts[counted])]
        assert rows[key]["contested"] == counts["contested"]
    table = list(csv.DictReader(io.StringIO(ask(f"/treaties.csv?on={on}").text)))
    assert {one["treaty"]: [one["bound"], one["bound_max"]] for one in table} == {
        key: list(map(str, one["bound"])) for key, one in rows.items()
    }


def test_a_treaty_that_ended_is_not_said_to_be_in_force() -> None:
    """INF ended with a withdrawal, New START with its term; the mine ban convention has no end."""
    rows = {one["treaty"]: one["ended"] for one in answer("/treaties")["treaties"]}
    assert (rows["inf"], rows["new-start"], rows["apmbc"]) == ("2019-08-02", "2026-02-05", None)
    assert "in force from 1 June 1988 to 2 August 2019" in ask("/treaties/inf").text
    assert "not in force" in ask("/treaties/ctbt").text


@pytest.mark.parametrize("known_by", [None, "2010-06-30"])
def test_all_acts_are_there_page_by_page_as_known_by_the_day(known_by: str | None) -> None:
    path: str | None = "/treaties/apmbc?on=2010-06-30" + (f"&known-by={known_by}" if known_by else "")
    acts: list[Any] = []
    while path:
        told = ask(path, headers={"Accept": "application/json"}).json()
        acts += told["answer"]["acts"]
        path = told["links"].get("next")
    assert told["answer"]["acts_page"] == told["answer"]["acts_pages"] > 1
    known = [
        one
        for one in RECORD.actions["apmbc"]
        if known_by is None or (one.known.last and one.known.last <= law_day(known_by))
    ]
    assert len(acts) == told["answer"]["acts_known"] == len(known)
    assert sorted(one["line"] for one in acts) == sorted(one.line for one in known)
    assert ask("/treaties/apmbc?acts=99").status_code == 400


def test_everything_on_the_page_is_as_known_by_the_day() -> None:
    """On the day of the question, and not on the day to which the record is verified."""
    on, known_by = law_day("2012-01-01"), law_day("2011-06-30")
    told = answer(f"/treaties/apmbc?on={on}&known-by={known_by}")
    coming = law.calendar(
        RECORD, since=on, treaties=["apmbc"], kinds=["deadline"], known_by=known_by, today=DAY
    ).entries
    assert coming
    assert [one["participant"] for one in told["recorded"]["deadlines"]] == [
        one.participant for one in coming
    ]
    (bound,) = [one for one in told["chart"]["series"] if one["counted"] == "in_force"]
    counts = law.parties(RECORD, "apmbc", on=on, known_by=known_by, today=DAY).counts
    assert [row[1] for row in bound["days"] if row[0] <= str(on)][-1] == counts["in_force"]
    assert told["parties"]["counts"] == counts == told["recorded"]["counts"]


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


@pytest.mark.parametrize("known_by", [None, "2025-06-30"])
@pytest.mark.parametrize("key", ["apmbc", "cfe", "bwc"])
def test_the_slider_s_changes_are_the_page_on_every_day(key: str, known_by: str | None) -> None:
    told = answer(f"/treaties/{key}/changes?known-by={known_by or DAY}")
    known = law_day(known_by) if known_by else None
    for on in ("1995-06-01", "2010-01-01", "2025-08-01", "2026-04-01"):
        there = law.parties(RECORD, key, on=law_day(on), known_by=known, today=DAY)
        turns = {who: [one for one in line if one[0] <= on][-1] for who, line in told["participants"].items()}
        assert {who: one[1:4] for who, one in turns.items() if one[5]} == {
            one.participant: [
                str(one.status or "open"),
                an_end(one.since, one.since_between),
                an_end(one.until, one.until_between),
            ]
            for one in there.participants
        }
        counts = there.counts
        bound = [counts["in_force"], counts.get("in_force_max", counts["in_force"])]
        assert [row[1:] for row in told["bound"] if row[0] <= on][-1:] in ([bound], [])


def an_end(day: Any, between: Any) -> str:
    return str(day) if day else " to ".join(map(str, between or ()))


def test_the_map_holds_every_participant_once() -> None:
    drawn = map_keys()
    assert not set(drawn.shapes) & set(drawn.points)
    there = {key for key, one in RECORD.participants.items() if one.kind == "state"}
    assert there - {*drawn.shapes, *drawn.points} == set()
    assert {*drawn.shapes, *drawn.points} - set(RECORD.participants) == set()


def test_the_discs_of_small_states_stand_apart_and_within_the_picture() -> None:
    """No two middles closer than a disc and its rim; what is moved further than its radius has its line."""
    picture = resources.files("inforce.web").joinpath("static/map.svg").read_text()
    points = picture.partition('<g id="points">')[2]
    discs = {
        key: (float(x), float(y), float(radius))
        for key, x, y, radius in re.findall(
            r'id="([A-Z]{3})" cx="([-.0-9]+)" cy="([-.0-9]+)" r="([0-9]+)"', points
        )
    }
    assert set(discs) == set(map_keys().points)
    for (x, y, radius), (other_x, other_y, other) in itertools.combinations(discs.values(), 2):
        assert math.hypot(x - other_x, y - other_y) >= radius + other + 2
    assert all(radius < x < 1000 - radius and radius < y < 454 - radius for x, y, radius in discs.values())
    (lines,) = re.findall('<path id="leaders" d="([^"]*)"/>', picture)
    led = {tuple(map(float, one)) for one in re.findall("M([-.0-9]+) ([-.0-9]+)L", lines)}
    assert led <= {disc[:2] for disc in discs.values()}
    assert discs["BRB"][:2] in led
    assert "/static/map.svg#leaders" in ask("/treaties/apmbc").text


def test_the_list_is_folded_by_status_with_counts() -> None:
    page = ask("/treaties/apmbc?on=2026-03-01").text
    parts = re.findall(
        r'data-kind="([a-z-]+)"( open)?( hidden)?><summary>.*? <b>([0-9]+)</b>(.*?)</details>',
        page,
        re.DOTALL,
    )
    there = law.parties(RECORD, "apmbc", on=law_day("2026-03-01"), today=DAY).participants
    counts = Counter(str(one.status or "open") for one in there)
    assert {kind: int(count) for kind, _, _, count, _ in parts if int(count)} == counts
    for _, unfolded, hidden, count, rows in parts:
        assert rows.count("<tr data-key=") == int(count)
        assert bool(hidden) == (count == "0")
        assert bool(unfolded) == (int(count) <= 24)


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


def test_the_participants_as_csv_say_whom_the_treaty_binds() -> None:
    """Empty where that is contested, which is no answer of either kind."""
    rows = {
        one["participant"]: one["bound"]
        for one in csv.DictReader(io.StringIO(ask("/treaties/apmbc.csv?on=2026-03-01").text))
    }
    assert (rows["NOR"], rows["FIN"], rows["UKR"]) == ("true", "false", "")
    there = law.parties(RECORD, "apmbc", on=law_day("2026-03-01"), today=DAY).participants
    words = {True: "true", False: "false", None: ""}
    assert rows == {one.participant: words[one.bound] for one in there}


def test_every_treaty_has_its_page_and_it_is_small() -> None:
    for key in RECORD.treaties:
        page = ask(f"/treaties/{key}")
        assert page.status_code == 200, key
        assert len(page.content) < 220_000, key
    assert ask("/treaties/otawa").status_code == 400
