"""Two feeds report the programmes of two states: one story, each word under its speaker, the sum compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsroom import Site
from watchers import Make, feed

from inforce.checking.compare import compare
from inforce.checking.compare_model import ChangeField, ChangeSort
from inforce.ledger.place import Ledger
from inforce.ledger.programmes import Beside, Statement, statements
from inforce.ledger.telling import reports, tellings
from inforce.record.model import Record
from inforce.reports.story_text import story_report

PAIR = Path(__file__).parent / "pair"
NAMES = ("northern-ledger", "harbour-courier")


@pytest.fixture
def watched(make: Make, ledger: Ledger, site: Site) -> None:
    """Both reports are followed, each in a feed of its own."""
    for name in NAMES:
        site.pages[f"/{name}.xml"] = feed(f"{site.address}/{name}.txt")
        site.pages[f"/{name}.txt"] = ((PAIR / f"{name}.txt").read_bytes(), "text/plain; charset=utf-8")
    sources = [f"- {{name: {name}, feed: '{site.address}/{name}.xml'}}\n" for name in NAMES]
    make("sources:\n" + "".join(sources)).run(once=True)


@pytest.fixture
def programmes(watched: None, ledger: Ledger, record: Record) -> list[Statement]:
    with ledger.reading() as connection:
        return statements(connection, record)


@pytest.mark.usefixtures("watched")
def test_they_are_one_story(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        told = tellings(connection)
    assert [one.story for one in told] == [1, 1]
    assert sorted(one.part for one in told) == ["first", "telling"]
    assert {one.document.outlet for one in told} == {"The Northern Ledger", "Harbour Courier"}


def test_each_statement_stands_under_its_speaker(programmes: list[Statement]) -> None:
    said = {
        (one.claim.attribution and one.claim.attribution.speaker, state, one.claim.predicate)
        for one in programmes
        for state in one.claim.subject
    }
    assert said == {
        (None, "LTU", "produce"),
        (None, "FIN", "produce"),
        ("Jonas Petraitis", "LTU", "fund"),
        ("Jonas Petraitis", "LTU", "procure"),
        ("Kaisa Lehto", "FIN", "produce"),
        ("Kaisa Lehto", "FIN", "transfer"),
        (None, "LTU", "fund"),
        (None, "FIN", "transfer"),
    }


def test_what_the_other_makes_of_the_sum_is_shown(programmes: list[Statement]) -> None:
    minister, paper = (one for one in programmes if one.claim.object.money)
    assert minister.document.outlet == "The Northern Ledger"
    assert not minister.against
    (beside,) = paper.against
    assert (beside.id, beside.by) == (minister.id, Beside.STORY)
    assert {(one.field, one.sort) for one in beside.changes} == {
        (ChangeField.MODALITY, ChangeSort.HARDENED),
        (ChangeField.ITEM, ChangeSort.NARROWED),
        (ChangeField.ATTRIBUTION, ChangeSort.LOST),
    }


@pytest.mark.usefixtures("watched")
def test_the_story_shows_it_too(ledger: Ledger, record: Record) -> None:
    with ledger.reading() as connection:
        told = [one.document.id for one in tellings(connection, 1)]
        compared = compare(reports(connection, told), record)
    shown = " ".join(
        "".join(part.text for part in line) for line in story_report(compared, record, width=200)
    )
    assert "A reported funding; planned; 200,000,000 EUR" in " ".join(shown.split())
    assert "B gives for anti-personnel mines the sum that A gives for anti-vehicle mines and" in shown
    assert "B no longer says whose word it is; in A it is that of Jonas Petraitis." in shown
