"""Feeds that mean harm or are broken: bounded, left for a while, and of no harm to the feed beside them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from newsroom import Site, bomb, hang
from watchers import Clock, Make, feed, rows

from inforce.ledger.place import Ledger
from inforce.ledger.tables import documents, finds, watched
from inforce.reading.formats import fetch

RSS = b'<?xml version="1.0"?><rss version="2.0"><channel>%s</channel></rss>'
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
INSIDE = b"<item><title>&l9;</title><link>http://x.example/</link></item>"


def much(size: int) -> Callable[[Any], None]:
    """Sends so many bytes, without saying how many."""

    def send(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/rss+xml")
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(size >> 16):
            handler.wfile.write(bytes(1 << 16))

    return send


def round_and_round(handler: Any) -> None:
    handler.give(b"", "text/plain", 302, Location="/bad.xml")


def one_after_another(handler: Any) -> None:
    handler.give(b"", "text/plain", 301, Location=f"{handler.path}?x")


def packed(handler: Any) -> None:
    handler.give(bomb(60 << 20), "application/rss+xml", Content_Encoding="gzip")


def packed_wrongly(handler: Any) -> None:
    handler.give(b"no gzip at all", "application/rss+xml", Content_Encoding="gzip")


def cut_off(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/rss+xml")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(RSS % b"")
    handler.close_connection = True


FEEDS: dict[str, tuple[Any, str]] = {
    "50 MB": (much(50 << 20), "over the limit"),
    "a hanging feed": (hang, "longer than 1 s"),
    "a redirect to itself": (round_and_round, "redirected more than"),
    "redirects without end": (one_after_another, "redirected more than"),
    "a gzip bomb": (packed, "unpacks to more than 20 MB"),
    "broken gzip": (packed_wrongly, "gzip"),
    "a body that breaks off": (cut_off, "IncompleteRead"),
    "a billion laughs": (
        (b"<!DOCTYPE r [" + b'<!ENTITY l0 "ha">' + LAUGHS + b"]>" + RSS % INSIDE, "text/xml"),
        "entities",
    ),
    "an external entity": (
        (b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RSS % b"&x;", "text/xml"),
        "entities",
    ),
    "JSON that is no feed": ((b'{"version": 1}', "application/json"), "JSON Feed"),
    "deep JSON": ((b'{"items":' + b"[" * 100_000, "application/json"), "JSON Feed"),
    "no feed at all": ((b"<html><p>We moved</p></html>", "text/html"), "no RSS"),
}


def both(site: Site, kind: str = "feed") -> str:
    bad = f"- {{name: B, {kind}: '{site.address}/bad.xml', every: 1h}}\n"
    return f"sources:\n{bad}- {{name: F, feed: '{site.address}/feed-0.xml', every: 1h}}\n"


def state(ledger: Ledger) -> dict[str, Any]:
    return {row.name: row for row in rows(ledger, watched)}


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", FEEDS)
def test_a_hostile_feed_is_bounded_told_and_left_for_a_while(
    what: str, make: Make, ledger: Ledger, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "MAX_SECONDS", 1.0 if what == "a hanging feed" else 20.0)
    page, reason = FEEDS[what]
    site.pages["/bad.xml"] = page
    for length in range(1, 9):
        site.pages["/bad.xml" + "?x" * length] = page
    begun = time.monotonic()
    running = make(both(site))
    running.run(once=True)
    assert time.monotonic() - begun < 15
    held = state(ledger)
    assert (running.tally.entered, held["F"].failures) == (6, 0)
    assert held["B"].failures == 1
    assert reason in held["B"].problem
    assert held["B"].due > held["B"].visited


BROKEN = {
    "no end": b'<?xml version="1.0"?><rss version="2.0"><channel><item><link>%s</link></item><item><li',
    "a sign that XML has not": RSS % b"<item><title>a\x01b\x0c</title><link>%s</link></item>",
    "a wrong encoding": b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><item><title>'
    b"\xe9\xff\xfe</title><link>%s</link></item></channel></rss>",
    "an encoding of nowhere": b'<?xml version="1.0" encoding="x-klingon"?><rss version="2.0"><channel>'
    b"<item><link>%s</link></item></channel></rss>",
    "deep elements": RSS % (b"<item><link>%s</link>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</item>"),
}


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", BROKEN)
def test_of_a_broken_feed_what_can_be_read_is_read(what: str, make: Make, ledger: Ledger, site: Site) -> None:
    body = BROKEN[what].replace(b"%s", f"{site.address}/a/77".encode())
    site.pages["/bad.xml"] = (body, "application/rss+xml")
    make(both(site)).run(once=True)
    told = {row.source for row in rows(ledger, documents)}
    assert len(told) >= 6
    assert f"{site.address}/a/77" in told or state(ledger)["B"].failures == 1


def test_what_no_database_takes_is_replaced_or_left_out(make: Make, ledger: Ledger, site: Site) -> None:
    items: list[dict[str, Any]] = [
        {"url": f"{site.address}/a/70", "title": "nothing\0 here"},
        {"url": f"{site.address}/a/71\0", "title": "t"},
        {"url": f"{site.address}/a/72", "date_published": "9999-99-99"},
        {"url": "javascript:alert(1)"},
        {"url": "file:///etc/passwd"},
        {"url": f"{site.address}/a/73?" + "x" * 5000},
        {"id": 7},
    ]
    listed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    site.pages["/bad.xml"] = (json.dumps(listed).encode(), "application/feed+json")
    running = make(both(site))
    running.run(once=True)
    assert state(ledger)["B"].failures == 0
    assert {row.url.rpartition("/")[2] for row in rows(ledger, finds)} >= {"70", "72"}
    assert running.tally.entered == 8


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_an_index_of_sitemaps_that_names_itself_ends(make: Make, ledger: Ledger, site: Site) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    parts = "".join(f"<sitemap><loc>{site.address}/bad.xml?{n}</loc></sitemap>" for n in range(70))
    index = (f"<sitemapindex {space}>{parts}</sitemapindex>".encode(), "text/xml")
    site.pages |= {f"/bad.xml{end}": index for end in ("", *(f"?{n}" for n in range(70)))}
    running = make(both(site, "sitemap"))
    running.run(once=True)
    assert running.tally.entered == 6
    assert 10 < sum(path.startswith("/bad.xml") for path, _ in site.asked) <= 51


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize("jumps", [(-86400, 86400), (400 * 86400, -400 * 86400), (-3600,) * 5, (7200,) * 5])
def test_a_clock_that_jumps_while_it_runs_loses_nothing(
    jumps: tuple[int, ...], make: Make, ledger: Ledger, clock: Clock, site: Site
) -> None:
    running = make(f"sources:\n- {{name: F, feed: '{site.address}/feed-0.xml', every: 1h}}\n")
    left = list(jumps)
    kept = running._finish

    def finish() -> None:
        kept()
        if left and running.tally.read:
            clock.at += timedelta(seconds=left.pop())

    running._finish = finish  # type: ignore[method-assign]
    running.run(once=True)
    assert len(rows(ledger, documents)) == 6
    site.pages["/feed-0.xml"] = feed(f"{site.address}/a/88")
    clock.at += timedelta(hours=2)
    running = make(f"sources:\n- {{name: F, feed: '{site.address}/feed-0.xml', every: 1h}}\n")
    running.run(once=True)
    assert len(rows(ledger, documents)) == 7
