"""What would follow from acts that nobody did."""

from __future__ import annotations

from typing import Any

from visiting import ask

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


def test_the_form_adds_an_act_to_those_there() -> None:
    sent = ask(f"{NORWAY}&state=Sweden&act=withdrawal&treaty=apmbc&date=2026-02-01")
    assert sent.status_code == 302
    page = ask(sent.headers["location"])
    assert "Sweden withdrawal apmbc 2026-02-01" in page.text
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
