"""Sources followed on somebody's word over HTTP: added, ended, taken up by a running watch."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from newsroom import Site
from watchers import Clock, Make, feed, rows

from inforce.cli import main
from inforce.errors import UsageError
from inforce.ledger import keys
from inforce.ledger.place import Ledger
from inforce.ledger.tables import documents, followed, watched
from inforce.watching import followed as following
from inforce.watching.followed import NotFollowed, Taken, add, end, listed
from inforce.watching.plan import Source, load_plan

NOW = datetime(2025, 7, 12, 8, tzinfo=UTC)
WIRE = Source("Wire", feed="https://wire.example/rss.xml", every="1h")


@pytest.fixture
def desk(ledger: Ledger) -> Ledger:
    """A ledger with the keys `desk` and `newsroom`."""
    with ledger.writing() as connection:
        for name in ("desk", "newsroom"):
            keys.add(connection, name, ["watch"])
    return ledger


def put(ledger: Ledger, source: Source, now: datetime = NOW) -> bool:
    with ledger.writing() as connection:
        return add(connection, source, "desk", now)[1]


def take_out(ledger: Ledger, name: str, now: datetime = NOW) -> None:
    with ledger.writing() as connection:
        end(connection, name, "newsroom", now)


def told(ledger: Ledger) -> list[following.Followed]:
    with ledger.reading() as connection:
        return listed(connection)


def here(site: Site, path: str) -> str:
    """The site under a name: an address that is not public is refused at entry."""
    return f"http://wire.example:{site.server_address[1]}{path}"


def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def test_a_source_is_added_once_and_ended_not_deleted(desk: Ledger) -> None:
    assert [put(desk, WIRE), put(desk, WIRE)] == [True, False]
    with pytest.raises(Taken, match="one of this name"):
        put(desk, Source("Wire", feed="https://other.example/", every="1h"))
    take_out(desk, "Wire", NOW + timedelta(days=1))
    with pytest.raises(NotFollowed, match="'Wire': none of this name"):
        take_out(desk, "Wire")
    assert put(desk, Source("Wire", sitemap="https://other.example/", every=" 2  d "))
    first, second = told(desk)
    assert (first.by, first.ended, first.ended_by) == ("desk", NOW + timedelta(days=1), "newsroom")
    assert (second.kind, second.address, second.every) == ("sitemap", "https://other.example/", "2d")
    assert (second.ended, second.ended_by, second.visited) == (None, None, None)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"name": "<b>x</b>"}, "is no name"),
        ({"name": "x\ny"}, "is no name"),
        ({"name": "x\u202ey"}, "is no name"),
        ({"name": "x\0"}, "is no name"),
        ({"name": "../x"}, "is no name"),
        ({"name": "a/b"}, "is no name"),
        ({"name": "x" * 10_000}, "is no name"),
        ({"name": " x"}, "is no name"),
        ({"name": "x "}, "is no name"),
        ({"name": "x" * 61}, "is no name"),
        ({"name": keys.MARK + "abc"}, "a key stands in it"),
        ({"feed": f"https://wire.example/?k={keys.MARK}abc"}, "a key stands in it"),
        ({"feed": "file:///etc/passwd"}, "no http or https address"),
        ({"feed": "javascript:alert(1)"}, "no http or https address"),
        ({"feed": "https://user:secret@wire.example/"}, "user's name or password"),
        ({"feed": "https://wire.example/<script>"}, "is no address"),
        ({"feed": "https://wire.example/\nHost: x"}, "is no address"),
        ({"feed": "https://wire.example/\0"}, "is no address"),
        ({"feed": "https://wire.example:99999/"}, "is no address"),
        ({"feed": "https:///rss"}, "is no address"),
        ({"feed": "https://wire.example/" + "x" * 10_000}, "longer than 2,000"),
        ({"feed": ""}, "no http or https address"),
        ({"feed": "http://127.0.0.1/"}, "no public address"),
        ({"feed": "http://[::1]/"}, "no public address"),
        ({"feed": "http://169.254.169.254/latest"}, "no public address"),
        ({"feed": "http://localhost:8000/"}, "no public address"),
        ({"sitemap": "https://wire.example/"}, "exactly one of feed, sitemap"),
        ({"feed": None}, "exactly one of feed, sitemap"),
        ({"feed": None, "folder": "/etc"}, "exactly one of feed, sitemap"),
        ({"feed": None, "mail": "Maildir"}, "exactly one of feed, sitemap"),
        (
            {"feed": None, "depositary": "https://x.example", "treaty": "apmbc"},
            "exactly one of feed, sitemap",
        ),
        ({"treaty": "apmbc"}, "a depositary needs its treaty"),
        ({"every": "often"}, "no length of time"),
        ({"every": "9" * 10_000}, "no length of time"),
        ({"every": "0s"}, "between one second and a year"),
    ],
)
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_what_cannot_be_followed_is_refused_in_one_line(
    desk: Ledger, parts: dict[str, Any], words: str
) -> None:
    given = {"name": "Wire", "feed": "https://wire.example/rss.xml"} | parts
    with pytest.raises(UsageError, match=words) as refused:
        put(desk, Source(**given))
    assert len(str(refused.value)) < 300
    assert str(refused.value).isprintable()
    assert "secret" not in str(refused.value)
    assert not told(desk)


def test_a_plan_is_held_to_the_same_rules(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    for place, words in (("file:///etc/passwd", "no http or https"), ("https://u:p@x.example/", "password")):
        file.write_text(f"sources:\n- {{name: F, feed: '{place}'}}\n")
        with pytest.raises(UsageError, match=rf"plan.yaml: source 'F': feed: .*{words}"):
            load_plan(file)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_names_of_all_scripts_are_names(desk: Ledger) -> None:
    for name in ("Yle Åland", "Правда (UA)", "日本経済新聞", "A", "nrc.html", "O'Brien & Co.", "हिन्दी"):
        assert put(desk, Source(name, feed="https://wire.example/"))


def test_there_is_a_most(desk: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST", 2)
    for name in "ab":
        put(desk, Source(name, feed="https://wire.example/"))
    with pytest.raises(UsageError, match="2 sources are followed"):
        put(desk, WIRE)
    take_out(desk, "a")
    assert put(desk, WIRE)


def test_a_running_watch_takes_up_what_is_added_and_leaves_what_is_ended(
    make: Make, desk: Ledger, site: Site, clock: Clock
) -> None:
    site.pages["/own.xml"] = feed(f"{site.address}/a/50")
    running = make(resolve=loopback)
    steps: Iterator[Callable[[], object]] = iter(
        [
            lambda: put(desk, Source("Wire", feed=here(site, "/own.xml"), every="1h"), clock.at),
            lambda: None,
            lambda: take_out(desk, "Wire", clock.at),
        ]
    )
    waited = running.stop.wait

    def rest(timeout: float | None = None) -> bool:
        """Where nothing is due, an hour goes by and the next step is taken."""
        clock.at += timedelta(hours=1)
        step = next(steps, None)
        if step is None:
            running.stop.set()
            return waited(0)
        step()
        site.asked.clear()
        return False

    running.stop.wait = rest  # type: ignore[method-assign]
    running.run(once=False)
    asked = {path for path, _ in site.asked}
    assert "/feed-0.xml" in asked
    assert "/own.xml" not in asked
    assert f"{site.address}/a/50" in {row.source for row in rows(desk, documents)}
    assert len(rows(desk, documents)) == 7
    (one,) = told(desk)
    assert one.visited == NOW + timedelta(hours=3)
    assert (one.problem, one.ended) == (None, NOW + timedelta(hours=4))


def test_a_plan_may_leave_all_sources_to_others(
    make: Make, desk: Ledger, site: Site, clock: Clock, tmp_path: Path
) -> None:
    make("sources: []\n").run(once=True)
    put(desk, Source("Wire", feed=here(site, "/feed-0.xml")), clock.at)
    make("sources: []\n", resolve=loopback).run(once=True)
    assert len(rows(desk, documents)) == 6
    (tmp_path / "plan.yaml").write_text("sources:\n")
    with pytest.raises(UsageError, match="names no source"):
        load_plan(tmp_path / "plan.yaml")


def test_what_fails_is_told_under_its_source(make: Make, desk: Ledger, site: Site, clock: Clock) -> None:
    put(desk, Source("Wire", feed=here(site, "/nowhere.xml")), clock.at)
    make(resolve=loopback, permitted=False).run(once=True)
    (one,) = told(desk)
    assert one.visited == clock.at
    assert "no public address" in (one.problem or "")
    assert not site.asked


def test_the_plan_wins_over_a_name_that_was_added(
    make: Make, desk: Ledger, site: Site, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    put(desk, Source("F", feed=here(site, "/other.xml")), clock.at)
    make(resolve=loopback).run(once=True)
    assert "/other.xml" not in {path for path, _ in site.asked}
    assert len(rows(desk, documents)) == 6
    assert [one.source for one in caplog.records if "name of one in the plan" in one.message] == ["F"]  # type: ignore[attr-defined]
    assert [one.visited for one in told(desk)] == [None]
    take_out(desk, "F", clock.at)
    with pytest.raises(Taken, match="stands in the plan"):
        put(desk, Source("F", feed=here(site, "/third.xml")), clock.at)


def test_an_ended_source_may_come_again_and_is_asked_at_once(
    make: Make, desk: Ledger, site: Site, clock: Clock
) -> None:
    wire = Source("Wire", feed=here(site, "/own.xml"), every="300d")
    site.pages["/own.xml"] = feed(f"{site.address}/a/50")
    put(desk, wire, clock.at)
    make(resolve=loopback).run(once=True)
    clock.at += timedelta(hours=1)
    take_out(desk, "Wire", clock.at)
    clock.at += timedelta(hours=1)
    put(desk, wire, clock.at)
    make(resolve=loopback).run(once=True)
    first, second = told(desk)
    assert second.visited == clock.at
    assert first.visited is None  # when it was, is no longer known
    assert len([row for row in rows(desk, watched) if row.name == "Wire"]) == 1


def test_a_listing_that_comes_after_the_end_is_left(
    make: Make, desk: Ledger, site: Site, clock: Clock
) -> None:
    def listing(handler: Any) -> None:
        take_out(desk, "Wire", clock.at)
        handler.give(*feed(f"{site.address}/a/50"))

    site.pages["/own.xml"] = listing
    put(desk, Source("Wire", feed=here(site, "/own.xml")), clock.at)
    running = make("sources:\n- {name: F, folder: .}\n", resolve=loopback)
    running.run(once=True)
    assert f"{site.address}/a/50" not in {row.source for row in rows(desk, documents)}
    assert told(desk)[0].ended == clock.at


def command(*asked: str) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        main(asked)


def test_whose_word_it_is_is_listed(desk: Ledger, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    command("ledger", "sources", "--ledger", place)
    assert capsys.readouterr().out == "No source was added over HTTP.\n"
    put(desk, WIRE)
    put(desk, Source("ö" * following.LONGEST_NAME, sitemap="https://wire.example/" + "x" * 1_900))
    take_out(desk, "Wire")
    command("ledger", "sources", "--ledger", place)
    text = capsys.readouterr().out
    assert "added by desk, 12 July 2025" in text
    assert "ended by newsroom, 12 July 2025" in text
    assert max(map(len, text.splitlines())) <= 80
    command("ledger", "sources", "--ledger", place, "--json")
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["name"], first["by"], first["ended_by"]) == ("Wire", "desk", "newsroom")
    assert (second["kind"], second["ended"], second["ended_by"]) == ("sitemap", None, None)


def test_two_of_one_name_cannot_stand_at_once(desk: Ledger) -> None:
    put(desk, WIRE)
    row = {"name": "Wire", "kind": "feed", "place": "x", "every": "1h", "added": NOW, "added_by": 1}
    with pytest.raises(sa.exc.IntegrityError), desk.writing() as connection:
        connection.execute(sa.insert(followed), row)
