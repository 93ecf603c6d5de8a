"""The participants: complete, each name one owner's or marked, dates that are dates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest

from inforce.dates import parse_edtf
from inforce.record import load
from inforce.record.model import Participant
from inforce.record.names import fold, participant_names

UN_MEMBERS = 193
BESIDE_THEM = {"VAT", "PSE", "COK", "NIU"}


PARTICIPANTS = load().participants


def _claimed(participant: Participant) -> set[str]:
    """All words by which running text can mean the participant."""
    capital = (participant.capital,) if participant.capital else ()
    return {
        *participant_names(participant),
        *participant.demonyms,
        *capital,
        *participant.capital_variants,
        *participant.government_names,
    }


def test_every_state_that_can_be_party_is_there_once() -> None:
    states = {key for key, p in PARTICIPANTS.items() if p.kind == "state"}
    assert len(states) == UN_MEMBERS + len(BESIDE_THEM)
    assert states >= BESIDE_THEM
    assert [key for key, p in PARTICIPANTS.items() if p.kind == "organisation"] == ["EUE"]
    assert {key for key, p in PARTICIPANTS.items() if p.kind == "former-state"} == {"CSK", "DDR", "YUG"}


def test_codes_are_well_formed_and_unique() -> None:
    assert all(len(key) == 3 and key.isalpha() and key.isupper() for key in PARTICIPANTS)
    short = [p.iso2 for p in PARTICIPANTS.values()]
    assert all(len(code) == 2 and code.isalpha() and code.isupper() for code in short)
    assert len(set(short)) == len(short)
    assert PARTICIPANTS["NOR"].iso2 == "NO"


def test_a_name_of_two_participants_is_marked_ambiguous_with_both() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for key, participant in PARTICIPANTS.items():
        for name in _claimed(participant):
            owners[fold(name)].add(key)
    for name, keys in owners.items():
        if len(keys) > 1:
            unmarked = {k for k in keys if name not in map(fold, PARTICIPANTS[k].ambiguous_names)}
            assert not unmarked, (
                f"{name!r} is claimed by {sorted(keys)} and not marked with {sorted(unmarked)}"
            )


def test_no_name_is_the_code_of_another_participant() -> None:
    codes = {fold(code): key for key, p in PARTICIPANTS.items() for code in (key, p.iso2)}
    for key, participant in PARTICIPANTS.items():
        for name in _claimed(participant):
            assert codes.get(fold(name), key) == key, f"{name!r} of {key} is a code of {codes[fold(name)]}"


@pytest.mark.parametrize("participant", PARTICIPANTS.values(), ids=lambda p: p.key)
def test_entry_is_consistent(participant: Participant) -> None:
    assert participant.formal_name
    assert participant.names[0] == participant.name
    assert set(participant.ambiguous_names) <= _claimed(participant)
    former = [dated.name for dated in participant.former]
    assert not set(former) & set(participant.names)
    for group in (participant.names, former, participant.demonyms, participant.government_names):
        assert len(set(group)) == len(group)
        assert all(name == name.strip() and name for name in group)
    assert all(word[0].isupper() or word.startswith("ni-") for word in participant.demonyms)


@pytest.mark.parametrize("participant", PARTICIPANTS.values(), ids=lambda p: p.key)
def test_an_article_in_front_is_left_out_where_the_name_stands_without(participant: Participant) -> None:
    bare = [name.partition(" ")[2] for name in participant.names if name.lower().startswith("the ")]
    assert all(f"the {name}" in participant.ambiguous_names for name in bare)


@pytest.mark.parametrize("participant", PARTICIPANTS.values(), ids=lambda p: p.key)
def test_times_of_former_names_are_dates_in_order(participant: Participant) -> None:
    for dated in participant.former:
        assert dated.since or dated.until, f"{dated.name} has no bound"
        parse_edtf(f"{dated.since or '..'}/{dated.until or '..'}")


def test_successions_name_day_predecessor_and_source() -> None:
    successions = {key: p.succession for key, p in PARTICIPANTS.items() if p.succession}
    assert {key: s.date for key, s in successions.items() if s.predecessor in ("YUG", "CSK")} == {
        "BIH": dt.date(1992, 3, 6),
        "CZE": dt.date(1993, 1, 1),
        "HRV": dt.date(1991, 10, 8),
        "MKD": dt.date(1991, 11, 17),
        "SRB": dt.date(1992, 4, 27),
        "SVK": dt.date(1993, 1, 1),
        "SVN": dt.date(1991, 6, 25),
    }
    assert successions["MNE"].date == dt.date(2006, 6, 3)
    assert successions["SSD"].date == dt.date(2011, 7, 9)
    for succession in successions.values():
        assert succession.source
        assert succession.predecessor is None or succession.predecessor in PARTICIPANTS


def test_former_states_and_only_they_have_an_end() -> None:
    assert {key for key, p in PARTICIPANTS.items() if p.until} == {"CSK", "DDR", "YUG"}


@pytest.mark.parametrize("key", ["SGP", "MCO", "LUX", "PAN", "GUY", "JAM", "SYC", "BEL", "NLD", "KWT"])
def test_a_capital_that_is_mainly_something_else_names_no_government(key: str) -> None:
    assert not PARTICIPANTS[key].capital_names_government


@pytest.mark.parametrize("key", ["USA", "RUS", "UKR", "FIN", "EST", "LVA", "LTU", "POL", "GBR", "NOR", "CHN"])
def test_a_capital_that_the_press_uses_for_the_government_does(key: str) -> None:
    assert PARTICIPANTS[key].capital_names_government
