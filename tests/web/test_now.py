"""The first page: dates ahead, notices that run, and claims that turned."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from visiting import DAY, RECORD, ask, site

from inforce import law
from inforce.checking import check
from inforce.ledger.entering import enter
from inforce.ledger.place import open_ledger
from inforce.reading import read
from inforce.reading.model import Document
from inforce.web import make_app


def test_notices_that_run_are_those_of_the_law() -> None:
    told = ask("/index.json").json()["answer"]
    running = {(one["participant"], one["treaty"], one["until"]) for one in told["notices"]}
    assert ("FIN", "apmbc", "2026-01-10") in running
    for who, key, until in running:
        status = law.status(RECORD, who, key, on=DAY, today=DAY)
        assert "party-withdrawal-notified" in status.possible
        assert until == (status.until.isoformat() if status.until else None)


def test_what_comes_next_lies_ahead() -> None:
    for one in ask("/index.json").json()["answer"]["coming"]:
        assert one["last"] >= DAY.isoformat()


def test_claims_that_turned_are_shown(tmp_path: Path) -> None:
    place = str(tmp_path / "ledger.db")
    text = "Finland has left the Ottawa Convention. Norway is a party to the Ottawa Convention."
    document = Document(source="a wire", text=text, published=dt.date(2025, 7, 20))
    ledger = open_ledger(place)
    report = check(document, read(document, RECORD), RECORD, today=dt.date(2026, 2, 1))
    with ledger.writing() as connection:
        now = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
        enter(connection, report, RECORD, source="a wire", fetched=now, today=dt.date(2026, 2, 1))
    ledger.close()
    app = make_app(site(ledger=place))
    turned = ask("/index.json", app=app).json()["answer"]["turned"]
    assert [one["claim"]["predicate"] for one in turned] == ["left"]
    page = ask("/", app=app).text
    assert "Claims that turned" in page
    assert "Claims that turned" not in ask("/").text
