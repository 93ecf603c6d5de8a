"""Fixtures of the watch: a site, a clock that tests set, and a watcher of both."""

# ruff: noqa: PLC0415 - tests of other parts load these fixtures, and need no watch

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from newsroom import Site

if TYPE_CHECKING:
    import sqlalchemy as sa

    from inforce.ledger.place import Ledger
    from inforce.reading.formats.addresses import Resolve
    from inforce.record.model import Record
    from inforce.watching.loop import Watcher

Make = Callable[..., "Watcher"]


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.at = datetime(2025, 7, 12, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site(6, feeds=1).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(  # noqa: PLR0917 - fixtures
    site: Site, ledger: Ledger, record: Record, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Make:
    """Make a watcher of a plan: by default of the site's one feed."""
    from inforce.reading.formats.addresses import is_public, resolved
    from inforce.reading.formats.fetch import Fetcher
    from inforce.watching import manners
    from inforce.watching.loop import Watcher
    from inforce.watching.plan import load_plan

    monkeypatch.setattr(manners, "PACE", 0.0)

    def made(
        plan: str = "",
        *,
        permitted: bool = True,
        law: Record = record,
        overlay: Path | None = None,
        now: Callable[[], datetime] = clock,
        resolve: Resolve | None = None,
    ) -> Watcher:
        file = tmp_path / "plan.yaml"
        file.write_text(plan or f"sources:\n- {{name: F, feed: '{site.address}/feed-0.xml', every: 1h}}\n")
        fetcher = Fetcher(resolve or resolved, (lambda address: True) if permitted else is_public)
        guest = manners.Guest(fetcher, now)
        asked = load_plan(file)
        return Watcher(ledger, asked, law, guest, [], now=now, workers=2, overlay=overlay)

    return made


def rows(ledger: Ledger, table: sa.Table) -> list[Any]:
    """All rows of a table, in order."""
    import sqlalchemy as sa

    with ledger.reading() as connection:
        return list(connection.execute(sa.select(table).order_by(*table.primary_key.columns)))


def page(text: str, day: str = "2025-07-11") -> tuple[bytes, str]:
    """An article, and its type."""
    told = f'<meta property="article:published_time" content="{day}T08:00:00Z">'
    body = f"<body><article><p>{text}</p></article></body>"
    return f"<html lang=en><head><title>T</title>{told}</head>{body}</html>".encode(), "text/html"


def feed(*addresses: str) -> tuple[bytes, str]:
    """A feed of articles, and its type."""
    items = "".join(f"<item><link>{address}</link></item>" for address in addresses)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), "application/rss+xml"
