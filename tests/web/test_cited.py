"""A cited answer stays as it was given, and says when a newer record answers otherwise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
from visiting import RECORD, ask, site

from inforce.law import suppose
from inforce.record.supposition import read_supposition
from inforce.web import Site, make_app

FINLAND = "apmbc/FIN/2025-12-01/2025-12-01"


def later(folder: Path, act: str) -> Site:
    """The site after the record changed: one act more, under another hash."""
    changed = suppose(RECORD, read_supposition(RECORD, act))
    return Site(msgspec.structs.replace(changed, hash="f" * 64), answers=folder, today=site().today)


def test_an_answer_stays_as_it_was_given(tmp_path: Path) -> None:
    first = site(answers=tmp_path)
    path = f"/answers/{first.version}/{FINLAND}"
    given = ask(path, app=make_app(first), headers={"Accept": "application/json"}).json()["answer"]
    assert (given["kept"], given["given"]["status"]["status"]) == (True, "party-withdrawal-notified")
    after = make_app(later(tmp_path, "FIN revocation apmbc 2025-11-01"))
    told = ask(path, app=after, headers={"Accept": "application/json"}).json()["answer"]
    assert told["given"] == given["given"]
    assert told["now"]["status"] == "party"
    assert "answers otherwise: party" in ask(path, app=after).text


def test_a_newer_record_that_says_the_same_says_so(tmp_path: Path) -> None:
    first = site(answers=tmp_path)
    path = f"/answers/{first.version}/{FINLAND}"
    ask(path, app=make_app(first))
    page = ask(path, app=make_app(later(tmp_path, "NOR withdrawal apmbc 2025-11-01"))).text
    assert "answers the same" in page


def test_what_was_not_kept_is_not_made_up(tmp_path: Path) -> None:
    for version in ("0" * 12, "..", "x" * 12):
        told = ask(f"/answers/{version}/{FINLAND}", app=make_app(site(answers=tmp_path)))
        assert told.status_code == 404
        assert "kept no answer" in told.text or version == ".."
    assert not list(tmp_path.rglob("*.json"))


def test_without_a_folder_the_page_says_that_nothing_is_kept() -> None:
    page = ask(f"/answers/{site().version}/{FINLAND}")
    assert "does not keep its answers" in page.text


def test_each_answer_links_to_its_permanent_address() -> None:
    at = f"/answers/{site().version}/apmbc/FIN/2025-12-01"
    assert f"{at}/record" in ask("/status/apmbc/FIN?on=2025-12-01").text
    assert f"{at}/2025-07-01" in ask("/status/apmbc/FIN?on=2025-12-01&known-by=2025-07-01").text


def test_the_address_of_a_whole_record_answers_the_same_on_any_day() -> None:
    """Lebanon's accession is dated by its year alone."""
    today = dt.date(2026, 11, 23)
    told = []
    for day in (today, today + dt.timedelta(days=1)):
        asked = site(today=lambda day=day: day)
        path = f"/answers/{asked.version}/apmbc/LBN/{today}/record"
        told.append(ask(path, app=make_app(asked), headers={"Accept": "application/json"}).json()["answer"])
    first, second = (one["given"]["status"] for one in told)
    assert (first["status"], first["possible"]) == (second["status"], second["possible"])
    assert len(first["possible"]) > 1
