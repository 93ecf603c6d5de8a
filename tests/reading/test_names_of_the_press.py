"""The reading data on names: institutions, office holders, groups, neighbours, places."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from importlib import resources
from typing import Any

import pytest
import yaml

from inforce.dates import parse_edtf
from inforce.record import load
from inforce.record.names import participant_names

PARTICIPANTS = load().participants
KINDS = {
    "parliament",
    "lower-house",
    "upper-house",
    "president",
    "head-of-government-residence",
    "government",
    "ministry",
    "supreme-court",
    "armed-forces",
}


def _data(name: str) -> Any:
    text = resources.files("inforce.reading").joinpath("data", name).read_text(encoding="utf-8")
    return yaml.safe_load(text)


DATA = _data("institutions.yaml")
PLACES = _data("places.yaml")


def _states(institution: dict[str, Any]) -> list[str]:
    states: list[str] = institution["states"] if "states" in institution else [institution["state"]]
    return states


def test_institutions_have_a_known_kind_and_known_states() -> None:
    for institution in DATA["institutions"]:
        assert institution["kind"] in KINDS, institution
        assert set(_states(institution)) <= set(PARTICIPANTS), institution
        assert ("states" in institution) == institution.get("ambiguous", False), institution
        assert institution["names"], institution


def test_no_name_of_an_institution_is_claimed_twice() -> None:
    owners: dict[str, list[Any]] = defaultdict(list)
    for institution in DATA["institutions"]:
        for name in institution["names"]:
            owners[name.lower()].append(institution)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_no_institution_and_no_person_is_named_like_a_state_its_people_or_its_capital() -> None:
    taken = {
        name.lower()
        for p in PARTICIPANTS.values()
        for name in (
            *participant_names(p),
            *p.demonyms,
            *p.capital_variants,
            p.capital or "",
            *p.government_names,
        )
    }
    rows = [*DATA["institutions"], *DATA["office_holders"], *DATA["organisation_heads"]]
    names = {name.lower() for row in rows for name in (*row.get("names", ()), row.get("name", ""))} - {""}
    assert names & taken == set()


def test_the_parliaments_of_the_region_are_known() -> None:
    owner = {name: _states(i) for i in DATA["institutions"] for name in i["names"]}
    for name, state in {
        "Eduskunta": "FIN",
        "Seimas": "LTU",
        "Saeima": "LVA",
        "Riigikogu": "EST",
        "Sejm": "POL",
        "Verkhovna Rada": "UKR",
        "Bundestag": "DEU",
        "Knesset": "ISR",
        "Duma": "RUS",
    }.items():
        assert owner[name] == [state]
    assert "POL" in owner["Senate"]
    assert len(owner["Senate"]) > 1


def test_office_holders_have_states_offices_and_months_in_order() -> None:
    for holder in DATA["office_holders"]:
        assert holder["state"] in PARTICIPANTS, holder
        assert holder["office"], holder
        parse_edtf(f"{holder['from']}/{holder.get('to', '..')}")
    for head in DATA["organisation_heads"]:
        parse_edtf(f"{head['from']}/{head.get('to', '..')}")


def test_on_any_day_a_name_is_in_office_for_one_state_only() -> None:
    terms: dict[str, list[Any]] = defaultdict(list)
    for holder in DATA["office_holders"]:
        span = parse_edtf(f"{holder['from']}/{holder.get('to', '..')}")
        for name in (holder["name"], *holder.get("names", ())):
            terms[name].append((span.first, span.last or dt.date.max, holder["state"]))
    for name, spans in terms.items():
        for first, last, state in spans:
            clash = [s for f, t, s in spans if s != state and f < last and first < t]
            assert not clash, f"{name}: {state} and {clash}"


def test_the_latest_office_of_a_person_stands_first() -> None:
    latest: dict[str, str] = {}
    for holder in DATA["office_holders"]:
        assert holder["from"] <= latest.setdefault(holder["name"], holder["from"]), holder


def test_there_are_many_people_and_every_state_of_the_region_has_its_leaders() -> None:
    people = {holder["name"] for holder in DATA["office_holders"]}
    assert len(people) >= 150
    offices = {(h["state"], h["office"]) for h in DATA["office_holders"]}
    for state in ("EST", "LVA", "LTU", "FIN", "POL", "UKR"):
        wanted = ("president", "head-of-government", "foreign-minister", "defence-minister")
        assert {(state, office) for office in wanted} <= offices


def test_groups_hold_known_states_once_and_no_name_twice() -> None:
    names = [name.lower() for group in DATA["groups"].values() for name in group["names"]]
    assert len(set(names)) == len(names)
    for key, group in DATA["groups"].items():
        assert len(set(group["members"])) == len(group["members"]), key
        assert set(group["members"]) <= set(PARTICIPANTS), key
        until = group.get("until", {})
        assert set(group.get("since", {})) <= {*group["members"], *until}, key
        assert not set(until) & set(group["members"]), key


@pytest.mark.parametrize(("key", "size"), [("eu-members", 27), ("nato-members", 32), ("baltic-states", 3)])
def test_sizes_of_groups(key: str, size: int) -> None:
    assert len(DATA["groups"][key]["members"]) == size


def test_neighbours_are_mutual_and_compass_points_are_neighbours() -> None:
    neighbours = DATA["neighbours"]
    for state, row in neighbours.items():
        assert state in PARTICIPANTS
        assert set(row) <= {"land", "north", "east", "south", "west"}
        for other in row["land"]:
            assert state in neighbours[other]["land"], f"{state} and {other}"
        for point in set(row) - {"land"}:
            assert set(row[point]) <= set(row["land"]), f"{state} {point}"
    assert neighbours["FIN"]["east"] == ["RUS"]
    assert neighbours["UKR"]["north"] == ["BLR"]


def test_two_neighbours_do_not_lie_on_the_same_side_of_each_other() -> None:
    neighbours = DATA["neighbours"]
    for state, row in neighbours.items():
        for point in set(row) - {"land"}:
            for other in row[point]:
                assert state not in neighbours[other].get(point, ()), f"{state} and {other} both {point}"


def test_look_alikes_are_no_names_of_states_themselves() -> None:
    names = {name.lower() for p in PARTICIPANTS.values() for name in (*participant_names(p), *p.demonyms)}
    phrases = [phrase for kind in PLACES["look_alikes"].values() for phrase in kind]
    assert len({p.lower() for p in phrases}) >= len(phrases) - 5  # "Ottawa process" with and without capital
    assert not {p.lower() for p in phrases} & names
    assert set(PLACES["towns"].values()) <= set(PARTICIPANTS)
