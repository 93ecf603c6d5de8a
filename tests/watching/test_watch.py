"""The watch: all that is new once, copies and edits known, alerts delivered, bad sites without harm."""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from endure import endure, holds
from newsroom import Site, article, bomb
from watchers import Clock, Make, feed, page, rows

from inforce.ledger.keeping import faults
from inforce.ledger.model import Query
from inforce.ledger.place import Ledger, open_ledger
from inforce.ledger.searching import search
from inforce.ledger.tables import alerts, documents, finds, story_documents, watched
from inforce.reading.formats.fetch import Fetcher
from inforce.record.model import Record
from inforce.watching import manners
from inforce.watching.loop import Watcher
from inforce.watching.plan import load_plan

LONG = "The harbour council met on Friday and spoke of many things before the evening. " * 8


def test_articles_of_a_feed_are_entered_once(make: Make, ledger: Ledger, clock: Clock, site: Site) -> None:
    make().run(once=True)
    assert {row.source for row in rows(ledger, documents)} == {f"{site.address}/a/{n}" for n in range(6)}
    clock.at += timedelta(hours=2)
    site.asked.clear()
    again = make()
    again.run(once=True)
    assert again.tally.entered == 0
    assert len(rows(ledger, documents)) == 6
    assert all("If-None-Match" in headers for path, headers in site.asked if path != "/robots.txt")
    with ledger.reading() as connection:
        assert len(search(connection, Query())) == 6
        assert not list(faults(connection))


def test_an_edit_is_seen_and_only_a_changed_claim_is_told(
    make: Make, ledger: Ledger, clock: Clock, site: Site
) -> None:
    site.pages["/feed-0.xml"] = feed(f"{site.address}/x")
    site.pages["/x"] = page(f"Finland is a party to the Ottawa Convention. {LONG}")
    plan = (
        f"sources:\n- {{name: F, feed: '{site.address}/feed-0.xml'}}\nrules:\n- {{name: e, when: edited}}\n"
    )
    make(plan).run(once=True)
    clock.at += timedelta(hours=2)
    site.pages["/x"] = page(
        f"Finland is a party to the Ottawa Convention. {LONG.replace('Friday', 'Monday')}"
    )
    make(plan).run(once=True)
    assert len(rows(ledger, documents)) == 2
    assert not rows(ledger, alerts)
    clock.at += timedelta(hours=7)
    site.pages["/x"] = page(f"Finland is not a party to the Ottawa Convention. {LONG}")
    make(plan).run(once=True)
    (alert,) = rows(ledger, alerts)
    assert alert.detail["added"] == ["Finland is not a party to the Ottawa Convention"]
    assert alert.detail["removed"] == ["Finland is a party to the Ottawa Convention"]


def test_a_copy_joins_the_story_of_its_original_and_says_nothing_new(
    make: Make, ledger: Ledger, site: Site
) -> None:
    text = f"Finland left the Ottawa Convention on 10 July 2025. {LONG}"
    site.pages["/feed-0.xml"] = feed(*(f"{site.address}/{name}" for name in "xyz"))
    site.pages["/x"] = page(text)
    site.pages["/y"] = page(f"By our own correspondent. {text}")
    site.pages["/z"] = page(
        f"Finland told the UN that it leaves the Ottawa Convention. {'Other words here. ' * 30}"
    )
    rules = "rules:\n- {name: w, when: imprecise}\n"
    make(f"sources:\n- {{name: F, feed: '{site.address}/feed-0.xml'}}\n{rules}").run(once=True)
    places = rows(ledger, story_documents)
    assert len({place.story_id for place in places}) == 1
    assert sorted(place.part for place in places) == ["copy", "first", "telling"]
    copy = next(place for place in places if place.part == "copy")
    sources = {row.id: row.source[-1] for row in rows(ledger, documents)}
    assert {sources[copy.document_id], sources[copy.copy_of]} == {"x", "y"}
    told = [alert.detail["document"] for alert in rows(ledger, alerts)]
    assert copy.document_id not in told


def test_folders_and_mail_are_followed(make: Make, ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Finland is a party to the Ottawa Convention.")
    for part in ("cur", "new", "tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    letter = (
        "Subject: S\nDate: Fri, 11 Jul 2025 10:00:00 +0000\n\nEstonia is a party to the Ottawa Convention.\n"
    )
    (tmp_path / "box" / "new" / "1.host").write_text(letter)
    (tmp_path / "mbox").write_text(f"From a@b.example Fri Jul 11 10:00:00 2025\n{letter}\n")
    plan = "sources:\n- {name: A, folder: in}\n- {name: B, mail: box}\n- {name: C, mail: mbox}\n"
    make(plan).run(once=True)
    assert len(rows(ledger, documents)) == 3
    (tmp_path / "box" / "new" / "1.host").rename(tmp_path / "box" / "cur" / "1.host:2,S")
    make(plan).run(once=True)
    assert len(rows(ledger, finds)) == 3


def real() -> datetime:
    return datetime.now(UTC)


def test_a_host_is_given_time_and_is_read_to_the_end(
    make: Make, ledger: Ledger, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = make(now=real)
    monkeypatch.setattr(manners, "PACE", 0.3)
    begun = real()
    running.run(once=True)
    assert len(rows(ledger, documents)) == 6
    assert (real() - begun).total_seconds() >= 6 * 0.3


def test_sitemaps_are_followed_through_their_index(
    make: Make, ledger: Ledger, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    parts = "".join(f"<sitemap><loc>{site.address}/s{n}.xml</loc></sitemap>" for n in range(3))
    site.pages["/s.xml"] = (f"<sitemapindex {space}>{parts}</sitemapindex>".encode(), "text/xml")
    for n in range(3):
        pages = f"<urlset {space}><url><loc>{site.address}/a/{n}</loc></url></urlset>"
        site.pages[f"/s{n}.xml"] = (pages.encode(), "text/xml")
    running = make(f"sources:\n- {{name: S, sitemap: '{site.address}/s.xml'}}\n", now=real)
    monkeypatch.setattr(manners, "PACE", 0.2)  # the host wants its time, and all is read all the same
    running.run(once=True)
    assert {row.source for row in rows(ledger, documents)} == {f"{site.address}/a/{n}" for n in range(3)}
    assert sum(path.startswith("/s") for path, _ in site.asked) == 4


def loop_forever(handler: Any) -> None:
    handler.give(b"", "text/plain", 302, Location=f"{handler.path}x")


BAD: dict[str, Any] = {
    "garbage": (random.Random(1).randbytes(5000), "application/rss+xml"),  # noqa: S311
    "broken xml": (b'<rss version="2.0"><channel><item><link>http://', "text/xml"),
    "entities": (b'<!DOCTYPE r [<!ENTITY a "x">]><rss version="2.0"><channel/></rss>', "text/xml"),
    "wrong encoding": (
        b'<?xml version="1.0" encoding="utf-16"?><rss version="2.0">\xff\xfe</rss>',
        "text/xml",
    ),
    "picture": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "empty": (b"", "application/rss+xml"),
    "error": (b"no", "text/plain", 500),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_feed_is_left_for_a_while_and_harms_no_other(
    kind: str, make: Make, ledger: Ledger, site: Site
) -> None:
    site.pages["/bad.xml"] = BAD[kind]
    both = (
        f"- {{name: B, feed: '{site.address}/bad.xml'}}\n- {{name: F, feed: '{site.address}/feed-0.xml'}}\n"
    )
    running = make(f"sources:\n{both}")
    running.run(once=True)
    assert running.tally.entered == 6
    state = {row.name: row for row in rows(ledger, watched)}
    if kind not in ("wrong encoding", "broken xml"):  # feedparser finds an empty feed in these
        assert state["B"].failures == 1
        assert state["B"].problem
        assert state["B"].due > state["B"].visited
    assert state["F"].failures == 0


def test_redirects_without_end_and_bodies_without_bound_end(make: Make, ledger: Ledger, site: Site) -> None:
    site.pages["/feed-0.xml"] = feed(f"{site.address}/r", f"{site.address}/z", f"{site.address}/a/1")
    for length in range(1, 9):
        site.pages["/r" + "x" * length] = loop_forever
    site.pages["/r"] = loop_forever
    packed = bomb(200 << 20)
    site.pages["/z"] = lambda handler: handler.give(packed, "text/html", Content_Encoding="gzip")
    running = make()
    running.run(once=True)
    assert running.tally.entered == 1
    problems = {row.url[-1]: row.problem for row in rows(ledger, finds)}
    assert "redirected more than" in problems["r"]
    assert problems["z"]


def test_loopback_is_not_asked_by_the_command(make: Make, ledger: Ledger, site: Site) -> None:
    make(permitted=False).run(once=True)
    assert not site.asked
    assert "no public address" in rows(ledger, watched)[0].problem


def test_robots_txt_is_heeded(make: Make, ledger: Ledger, site: Site) -> None:
    site.pages["/robots.txt"] = (b"User-agent: *\nDisallow: /a/3\n", "text/plain")
    make().run(once=True)
    assert f"{site.address}/a/3" not in {row.source for row in rows(ledger, documents)}
    assert not any(path == "/a/3" for path, _ in site.asked)
    refused = next(row for row in rows(ledger, finds) if row.url.endswith("/3"))
    assert refused.state == "done"
    assert "robots.txt" in refused.problem


def test_a_missing_page_is_not_asked_for_again(make: Make, ledger: Ledger, site: Site) -> None:
    site.pages["/a/2"] = (b"gone", "text/plain", 410)
    site.pages["/a/4"] = lambda handler: handler.give(b"later", "text/plain", 503, Retry_After="7200")
    make().run(once=True)
    state = {row.url[-1]: row for row in rows(ledger, finds)}
    assert state["2"].state == "done"
    assert state["4"].state == "waiting"
    assert state["4"].due >= datetime(2025, 7, 12, 11, tzinfo=UTC)


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)])
def test_a_clock_that_jumps_stops_nothing(
    jump: timedelta, make: Make, ledger: Ledger, clock: Clock, site: Site
) -> None:
    make().run(once=True)
    clock.at += jump
    site.pages["/feed-0.xml"] = feed(f"{site.address}/a/99")
    make().run(once=True)
    assert f"{site.address}/a/99" in {row.source for row in rows(ledger, documents)}
    assert len(rows(ledger, documents)) == 7


def test_rulings_that_turn_counts_and_deadlines_are_told(
    make: Make, ledger: Ledger, site: Site, clock: Clock
) -> None:
    site.pages["/feed-0.xml"] = feed(f"{site.address}/x")
    site.pages["/x"] = page("Finland is a party to the Ottawa Convention.")
    plan = (
        f"sources:\n- {{name: F, feed: '{site.address}/feed-0.xml'}}\nrules:\n- {{name: t, when: turned}}\n"
        "- {name: n, when: parties-below, treaty: apmbc, number: 163}\n"
        "- {name: d, when: deadline, treaty: apmbc, state: FIN, within: 20d}\n"
    )
    make(plan).run(once=True)
    assert not rows(ledger, alerts)
    clock.at = datetime(2026, 1, 2, 9, tzinfo=UTC)
    make(plan).run(once=True)
    assert [alert.rule for alert in rows(ledger, alerts)] == ["d"]  # 10 January is near
    clock.at = datetime(2026, 1, 11, 9, tzinfo=UTC)
    make(plan).run(once=True)
    assert sorted(alert.rule for alert in rows(ledger, alerts)) == ["d", "n", "t"]
    turned = next(alert for alert in rows(ledger, alerts) if alert.rule == "t")
    assert turned.detail["since"] == "2026-01-10"
    make(plan).run(once=True)
    assert len(rows(ledger, alerts)) == 3


def test_a_stop_ends_the_loop(make: Make) -> None:
    running = make()
    threading.Timer(0.5, running.stop.set).start()
    running.run(once=False)
    assert running.stop.is_set()


def test_a_watch_killed_again_and_again_loses_nothing(place: str) -> None:
    found = endure(40, 4, place, random.Random(3), 2.5)  # noqa: S311
    assert holds(found, 40), found


def test_postgresql_stopped_and_started_loses_nothing(
    server: Any, record: Record, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manners, "PACE", 0.0)
    site.count = 60
    ledger = open_ledger(server.new_database(f"stopped-{tmp_path.name}"))
    file = tmp_path / "plan.yaml"
    file.write_text(f"sources:\n- {{name: F, feed: '{site.address}/feed-0.xml'}}\n")
    guest = manners.Guest(Fetcher(permitted=lambda address: True))
    running = Watcher(ledger, load_plan(file), record, guest, [], workers=2)
    thread = threading.Thread(target=running.run, kwargs={"once": True})
    thread.start()
    while running.tally.entered < 5 and thread.is_alive():
        threading.Event().wait(0.02)
    server.stop()
    threading.Event().wait(0.5)
    server.start()
    thread.join(timeout=120)
    assert not thread.is_alive()
    assert running.tally.database_failures > 0
    assert len(rows(ledger, documents)) == 60
    with ledger.reading() as connection:
        assert not list(faults(connection))
    ledger.close()


def test_the_site_of_the_tests_is_readable() -> None:
    assert "is a party to" in article(3)
