"""A year of news replayed through the watch, day by day under a set clock, and measured against the truth.

    python tests/watching/replay.py [--seed 1] [--ledger PLACE]

Serves the articles of `newsyear` on loopback as they appear and change, lets the watch go its rounds, and
compares what the ledger then holds with what is true: stories by pairs of articles, copies, the first wrong
telling of each story, edits, alerts. Prints the figures.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import newsyear
import sqlalchemy as sa
from newsroom import Site
from newsyear import Article, Story

from inforce.ledger.place import Ledger, open_ledger
from inforce.ledger.tables import alerts, documents, story_documents
from inforce.ledger.telling import first_wrong
from inforce.reading.formats.fetch import Fetcher
from inforce.record import load
from inforce.record.model import Record
from inforce.record.names import find_participant
from inforce.watching import manners
from inforce.watching.loop import Watcher
from inforce.watching.plan import Plan, load_plan

_HOURS = (12, 23)
#: Days after the last article until which edits are looked for.
_AFTER = 9
_RULES = ("contradicted", "imprecise", "withdrawal-notified", "joined", "edited")
_EVENTS = {
    "notice": "withdrawal-notified",
    "accession": "joined",
    "ratification": "joined",
    "signature": "joined",
}


class Score(NamedTuple):
    """How much of what was found is true, and how much of what is true was found."""

    precision: float
    recall: float
    true: int

    @classmethod
    def of(cls, found: Collection[Any], true: Collection[Any]) -> Score:
        """Of two sets."""
        right = len(set(found) & set(true))
        precision = right / len(set(found)) if found else 1.0
        return cls(round(precision, 3), round(right / len(set(true)) if true else 1.0, 3), len(set(true)))


class Clock:
    """A clock that is set."""

    at = datetime(2025, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """What it shows."""
        return self.at


def replay(made: list[Article], ledger: Ledger, record: Record) -> None:
    """Serve the articles as they appear, and watch them day by day."""
    clock, site = Clock(), Site(0).start()
    manners.PACE = 0.0
    guest = manners.Guest(Fetcher(permitted=lambda address: True, agent="tests"), clock)
    in_order = [article for _, article in newsyear.by_moment(made)]
    site.pages["/feed.xml"] = lambda handler: handler.give(
        _feed(site, in_order, clock()), "application/rss+xml"
    )
    for article in made:
        site.pages[f"/n/{article.number}"] = _page(article, clock)
    day, last = in_order[0].published.date(), in_order[-1].published.date() + timedelta(days=_AFTER)
    with tempfile.TemporaryDirectory() as folder:
        plan = _plan(site, Path(folder))
        while day <= last:
            for hour in _HOURS:
                clock.at = datetime(day.year, day.month, day.day, hour, 59, tzinfo=UTC)
                Watcher(ledger, plan, record, guest, [], now=clock, workers=1).run(once=True)
            day += timedelta(days=1)
    site.shutdown()
    site.server_close()


def _plan(site: Site, folder: Path) -> Plan:
    rules = "".join(f"- {{name: {when}, when: {when}}}\n" for when in _RULES)
    file = folder / "plan.yaml"
    source = f"- {{name: F, feed: '{site.address}/feed.xml', every: 1h}}\n"
    file.write_text(f"sources:\n{source}rules:\n{rules}")
    return load_plan(file)


def _feed(site: Site, in_order: list[Article], now: datetime) -> bytes:
    latest = [one for one in in_order if now - timedelta(days=3) <= one.published <= now]
    items = "".join(f"<item><link>{site.address}/n/{one.number}</link></item>" for one in latest)
    return f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'.encode()


def _page(article: Article, clock: Clock) -> Any:
    return lambda handler: handler.give(article.page(clock()), "text/html; charset=utf-8")


class Found(NamedTuple):
    """What the ledger holds: articles by number, with story and original; alerts by kind."""

    story: dict[int, int]
    copy_of: dict[int, int | None]
    versions: dict[int, int]
    first_wrong: dict[int, int]  # story of the truth, article
    alerts: list[tuple[str, int, dict[str, Any]]]


def held(ledger: Ledger, made: list[Article]) -> Found:
    """Read the ledger."""
    with ledger.reading() as connection:
        sources = {
            row.id: int(row.source.rpartition("/")[2])
            for row in connection.execute(sa.select(documents.c.id, documents.c.source))
        }
        firsts: dict[int, int] = {}
        for key in sorted(sources):
            firsts.setdefault(sources[key], key)
        places = connection.execute(
            sa.select(story_documents).where(story_documents.c.document_id.in_(firsts.values()))
        ).all()
        told = [
            (row.kind, sources[row.detail["document"]], row.detail)
            for row in connection.execute(sa.select(alerts).order_by(alerts.c.id))
        ]
        wrong: dict[int, int] = {}
        for story in sorted({place.story_id for place in places}):
            first = first_wrong(connection, story)
            if first is not None:
                article = made[sources[first.document.id]]
                if article.story is not None:
                    wrong.setdefault(article.story, article.number)
    return Found(
        story={sources[place.document_id]: place.story_id for place in places},
        copy_of={
            sources[place.document_id]: place.copy_of and sources[place.copy_of]
            for place in places
            if place.part == "copy"
        },
        versions={article: list(sources.values()).count(article) for article in firsts},
        first_wrong=wrong,
        alerts=told,
    )


def measure(made: list[Article], year: list[Story], found: Found, record: Record) -> dict[str, Score]:
    """Each figure, with how many there are in truth."""
    return {
        "articles": Score.of(found.versions, {one.number for one in made}),
        "stories": Score.of(
            _pairs(found.story), _pairs({one.number: one.story for one in made if one.story is not None})
        ),
        "copies": Score.of(
            {(copy, _root(found.copy_of, copy)) for copy in found.copy_of},
            {(one.number, one.copy_of) for one in made if one.copy_of is not None},
        ),
        "first wrong": Score.of(found.first_wrong.items(), _first_wrong(made).items()),
        "edits seen": Score.of(
            {number for number, versions in found.versions.items() if versions > 1},
            {one.number for one in made if len(one.versions) > 1},
        ),
        "edits told": Score.of(
            {number for kind, number, _ in found.alerts if kind == "edited"},
            {one.number for one in made if any(version.changed for version in one.versions)},
        ),
        "wrong told": Score.of(
            {number for kind, number, _ in found.alerts if kind in ("contradicted", "imprecise")},
            {one.number for one in made if _errs(one)},
        ),
        "acts told": _acts_told(found, made, year, record),
        "acts told once": Score.of(
            range(sum(len(_acts(kind, detail)) for kind, _, detail in found.alerts)),
            range(len({(kind, *act) for kind, _, detail in found.alerts for act in _acts(kind, detail)})),
        ),
    }


def _errs(article: Article) -> bool:
    """Whether a text of its own errs, at first or after an edit; a copy only says it again."""
    wrong = article.wrong or any(version.changed for version in article.versions)
    return wrong and article.copy_of is None


def _root(copies: dict[int, int | None], copy: int) -> int | None:
    original = copies[copy]
    while original in copies:
        original = copies[original]
    return original


def _pairs(stories: dict[int, Any]) -> set[tuple[int, int]]:
    return {(one, other) for one, other in combinations(sorted(stories), 2) if stories[one] == stories[other]}


def _first_wrong(made: list[Article]) -> dict[int, int]:
    """The first wrong text of each story, copies and edits with the rest; the first telling is right."""
    moments = sorted(
        (version.since, article.number, article.story)
        for article in made
        for version in article.versions
        if article.story is not None and (article.wrong or version.changed)
    )
    first: dict[int, int] = {}
    for _, number, story in moments:
        first.setdefault(story or 0, number)
    return first


def _acts(kind: str, detail: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    if kind not in _EVENTS.values():
        return []
    return [(state, detail.get("treaty"), detail.get("when")) for state in detail.get("states", [])]


def _acts_told(found: Found, made: list[Article], year: list[Story], record: Record) -> Score:
    """Alerts of acts: right where the act was done in this year, due where a story tells of it."""
    told = {
        (kind, *act)
        for kind, _, detail in found.alerts
        for act in _acts(kind, detail)
        if act[-1] is not None  # told without its day: it may be any
    }
    true = {
        story.number: {
            (_EVENTS[story.kind], find_participant(record, state).key, story.treaty, story.day.isoformat())
            for state in story.states
        }
        for story in year
        if story.kind in _EVENTS
    }
    done = set().union(*true.values())
    due = set().union(*(true.get(one.story, set()) for one in made if one.story is not None))
    return Score.of(told, told & done)._replace(recall=Score.of(told, due).recall, true=len(due))


def run(
    seed: int, ledger: Ledger, record: Record, *, days: tuple[date, date] | None = None, unrelated: int = -1
) -> dict[str, Score]:
    """Replay a year, or some days of it, and measure."""
    count = newsyear.UNRELATED if unrelated < 0 else unrelated
    wanted = days or (date(2025, 1, 1), date(2025, 12, 31))
    made = newsyear.articles(seed, unrelated=count, days=wanted)
    year = newsyear.stories(random.Random(seed), newsyear.STORIES)  # noqa: S311
    replay(made, ledger, record)
    return measure(made, year, held(ledger, made), record)


def main() -> int:
    """Run it, and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ledger")
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(asked.ledger or f"{folder}/ledger.db")
        figures = run(asked.seed, ledger, load())
        ledger.close()
    for name, score in figures.items():
        sys.stdout.write(json.dumps({"what": name, **score._asdict()}) + "\n")
    sys.stdout.write(f"{time.monotonic() - begun:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
