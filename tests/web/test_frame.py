"""What holds for every page: its twin, its ETag, its errors, its headers."""

from __future__ import annotations

import html
import re

import msgspec
import pytest
from visiting import DAY, RECORD, Parsed, ask

from inforce import law

PAGES = ("/", "/status/apmbc/FIN", "/status/apmbc/UKR?on=2025-08-01")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_and_its_twin_stand_at_the_same_address(path: str) -> None:
    page, twin = ask(path), ask(path, headers={"Accept": "application/json"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert (twin.status_code, twin.headers["content-type"]) == (200, "application/json")
    head, _, query = path.partition("?")
    named = f"{'/index' if head == '/' else head}.json?{query}"
    assert ask(named).json() == twin.json()
    assert named.rstrip("?") in page.text
    assert twin.json()["record"]["sha256"] == RECORD.hash


def test_the_twin_is_what_the_law_answers() -> None:
    told = ask("/status/apmbc/FIN.json").json()["answer"]["status"]
    assert msgspec.convert(told, law.StatusAnswer) == law.status(RECORD, "FIN", "apmbc", on=DAY, today=DAY)


def test_what_has_not_changed_is_not_sent_again() -> None:
    first = ask("/status/apmbc/FIN")
    again = ask("/status/apmbc/FIN", headers={"If-None-Match": first.headers["etag"]})
    other = ask("/status/apmbc/FIN?on=2020-01-01", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere", 404, "nothing is at this address"),
        ("/status/apmbc/Finnland", 400, "Finland"),
        ("/status/apmbc/FIN?onn=2020-01-01", 400, "did you mean on?"),
        ("/status/apmbc/FIN?on=2020-02-30", 400, "on: "),
        ("/status/apmbc/FIN?on=2020-01-01&on=2021-01-01", 400, "on: is given twice"),
        ("/status/apmbc/FIN.csv", 400, "no .csv of this"),
        ("/find?q=Atlantis", 404, "Atlantis"),
        ("/find", 400, "q: name a state or a treaty"),
    ],
)
def test_an_error_says_what_and_what_to_do(path: str, status: int, words: str) -> None:
    page, problem = ask(path), ask(path, headers={"Accept": "application/json"})
    assert (page.status_code, problem.status_code) == (status, status)
    assert words.lower() in Parsed(page.text).text.lower()
    if not path.endswith(".csv"):
        assert problem.headers["content-type"] == "application/problem+json"
        assert words in problem.json()["detail"]
        assert problem.json()["status"] == status


def test_names_are_looked_up() -> None:
    assert ask("/find?q=the+Netherlands").headers["location"] == "/states/NLD"
    assert ask("/find?q=Ottawa+Convention").headers["location"] == "/treaties/apmbc"


@pytest.mark.parametrize(
    ("path", "links"),
    [
        ("/states/Finnland?on=2020-01-01", {"Finland (FIN)": "/states/FIN?on=2020-01-01"}),
        ("/status/apmbc/Finnland", {"Finland (FIN)": "/status/apmbc/FIN"}),
        (
            "/matrix?treaty=otawa&group=nato",
            {"apmbc (Anti-Personnel Mine Ban Convention)": "/matrix?group=nato&treaty=apmbc"},
        ),
        (
            "/what-if?add=Finnland+withdrawal+ccm+2027-01-15",
            {"Finland (FIN)": "/what-if?add=FIN+withdrawal+ccm+2027-01-15"},
        ),
        ("/find?q=Finnland", {"Finland (FIN)": "/states/FIN"}),
        ("/status/apmbc/FIN?onn=2020-01-01", {"on": "/status/apmbc/FIN?on=2020-01-01"}),
        ("/states/Korea", {"North Korea (PRK)": "/states/PRK", "South Korea (KOR)": "/states/KOR"}),
        ("/states/Xyzzyx", {}),
    ],
)
def test_a_name_that_an_error_offers_leads_on(path: str, links: dict[str, str]) -> None:
    told = ask(path)
    assert 400 <= told.status_code < 500
    main = told.text.partition("<h1>")[2].partition('<p><a href="/">')[0]
    found = re.findall('<a href="([^"]*)">([^<]*)</a>', main)
    assert {label: html.unescape(address) for address, label in found} == links
    for address in links.values():
        assert ask(address).status_code == 200


def test_markup_in_a_question_stays_text() -> None:
    told = ask("/find?q=<script>alert(1)</script>")
    assert "<script>" not in told.text
    assert "&lt;script&gt;" in told.text


def test_every_response_forbids_foreign_scripts_and_frames() -> None:
    for path in ("/", "/nowhere", "/style.css", "/static/icon.svg"):
        policy = ask(path).headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy
