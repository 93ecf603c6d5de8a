"""What would follow from acts that nobody did."""

from __future__ import annotations

from typing import Any

from visiting import DAY, RECORD, Parsed, ask

from inforce import law

NORWAY = "/what-if?add=NOR+withdrawal+apmbc+2026-01-15"


def answer(path: str) -> Any:
    told = ask(path, headers={"Accept": "application/json"})
    assert told.status_code == 200, told.text
    return told.json()["answer"]


def test_a_notice_ends_the_obligations_on_its_day_and_no_day_before() -> None:
    told = answer(NORWAY)
    assert told["on"] == "2026-07-15"
    (change,) = told["statuses"]
    assert (change["participant"], change["first"]["status"], change["second"]["status"]) == (
        "NOR",
        "party",
        "former-party",
    )
    (rules,) = told["rules"]
    assert rules["treaty"] == "apmbc"
    assert rules["go"]
    assert not rules["come"]
    assert {one["counted"] for one in told["counts"]["apmbc"]} >= {"in_force", "deposited"}
    before = answer(f"{NORWAY}&on=2026-07-14")
    assert before["statuses"][0]["second"]["status"] == "party-withdrawal-notified"
    assert not before["rules"]


def test_the_carve_out_for_armed_conflict_keeps_a_state_bound() -> None:
    told = answer(f"{NORWAY}&add=NOR+armed-conflict+2026-03-01&on=2026-08-01")
    (change,) = [one for one in told["statuses"] if one["treaty"] == "apmbc"]
    assert change["second"]["status"] != "former-party"


def test_an_accession_binds_from_its_day() -> None:
    told = answer("/what-if?add=USA+accession+ccm+2026-01-15")
    assert told["on"] == "2026-07-01"
    assert told["statuses"][0]["second"]["status"] == "party"
    assert told["rules"][0]["come"]


def test_rules_that_are_settled_by_an_act_are_told() -> None:
    """Whether Lebanon is bound is open for a partial date; by an accession of a known day it is bound."""
    told = answer("/what-if?add=LBN+accession+apmbc+2026-01-15")
    (change,) = told["rules"]
    assert not change["come"] + change["go"] + change["unsettled"]
    there = law.obligations(RECORD, "LBN", on=DAY.replace(2026, 7, 1), today=DAY).rules
    assert [one["id"] for one in change["settled"]] == sorted(
        one.id for one in there if one.treaty == "apmbc" and one.bound is None
    )
    assert all(one["bound"] for one in change["settled"])
    page = Parsed(ask("/what-if?add=LBN+accession+apmbc+2026-01-15").text).text
    count = len(change["settled"])
    assert f"{count} rules would surely bind, of which that is contested or open by the record:" in page


def test_several_states_in_one_act_are_told_one_by_one() -> None:
    page = Parsed(ask("/what-if?add=China,+Egypt+ratification+ctbt+2027-01-15").text).text
    name = "ratification, Comprehensive Nuclear-Test-Ban Treaty, 15 January 2027"
    assert f"China: {name}; Egypt: {name} take out" in page


def test_the_form_adds_an_act_to_those_there() -> None:
    sent = ask(f"{NORWAY}&state=Sweden&act=withdrawal&treaty=apmbc&date=2026-02-01")
    assert sent.status_code == 302
    page = ask(sent.headers["location"])
    shown = Parsed(page.text).text
    assert "Sweden: withdrawal, Anti-Personnel Mine Ban Convention, 1 February 2026 take out" in shown
    assert "Norway: withdrawal, Anti-Personnel Mine Ban Convention, 15 January 2026 take out" in shown
    assert "Sweden withdrawal apmbc" not in shown
    assert page.text.count(">take out<") == 2


def test_what_cannot_be_supposed_is_told() -> None:
    for query, words in (
        ("add=NOR+withdrawal+apmbc", "has no day"),
        ("add=Norge+withdrawal+apmbc+2026-01-15", "Norge"),
        ("act=withdrawal&treaty=apmbc&date=2026-02-01", "tate: is not given"),
        ("&".join(["add=x"] * 13), "12 are taken at most"),
        ("add=<script>+withdrawal+apmbc+2026-01-15", "&lt;script&gt;"),
    ):
        told = ask(f"/what-if?{query}")
        assert told.status_code == 400
        assert words in told.text
        assert "<script>" not in told.text


def test_an_act_of_which_no_day_follows_is_looked_at_where_it_turns_anything() -> None:
    told = ask("/what-if.json?add=UKR+withdrawal+apmbc+2027-01-15").json()["answer"]
    assert told["on"] > "2027-01-15"
    assert told["statuses"] or told["rules"] or told["counts"]
    for counts in told["counts"].values():
        assert all(one["first"] != one["second"] for one in counts)
    page = ask("/what-if?add=UKR+withdrawal+apmbc+2027-01-15").text
    assert any(one["state"] == "tentative" for one in told["dates"])
    assert "not certain" in page
