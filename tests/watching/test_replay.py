"""Weeks of news replayed day by day: stories, copies, first errors, edits and alerts against the truth."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import newsyear
import pytest
import replay

from inforce.ledger.place import open_ledger
from inforce.record.model import Record
from inforce.watching import manners

#: What must be reached at least, in precision and recall; `docs/watch.md` has the figures of the whole year.
FLOORS = {
    "articles": (1.0, 1.0),
    "stories": (0.97, 0.97),
    "copies": (0.97, 0.9),
    "first wrong": (0.85, 0.85),
    "edits seen": (1.0, 1.0),
    "edits told": (1.0, 1.0),
    "wrong told": (1.0, 1.0),
    "acts told": (0.9, 1.0),
    "acts told once": (0.9, 1.0),
}
DAYS = (date(2025, 6, 24), date(2025, 7, 10))


def test_news_replayed_gives_the_right_stories_and_alerts(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manners, "PACE", 0.0)
    ledger = open_ledger(str(tmp_path / "ledger.db"))
    figures = replay.run(1, ledger, record, days=DAYS, unrelated=10)
    ledger.close()
    assert figures.keys() == FLOORS.keys()
    short = {
        name: (score, FLOORS[name])
        for name, score in figures.items()
        if score.precision < FLOORS[name][0] or score.recall < FLOORS[name][1]
    }
    assert not short
    assert all(figures[name].true for name in FLOORS)


def test_a_year_is_made_the_same_each_time_and_holds_all_there_is_to_find() -> None:
    made = newsyear.articles(1)
    assert made == newsyear.articles(1)
    assert 950 < len(made) < 1100
    assert {article.story for article in made} >= {None, *range(newsyear.STORIES)}
    assert sum(article.copy_of is not None for article in made) > 100
    assert sum(article.wrong for article in made) > 30
    assert sum(any(version.changed for version in article.versions) for article in made) > 5
