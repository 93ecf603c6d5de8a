"""Claims weighed again, piece by piece: nobody waits for long, a stop between two pieces loses nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from newsroom import Site
from texts import MEMBER, put
from watchers import Clock, Make, rows

from inforce.ledger import ageing as weighing
from inforce.ledger.place import Ledger
from inforce.ledger.tables import alerts, deliveries, runs, verdicts
from inforce.record.model import Record
from inforce.watching.ageing import Ageing, age, is_due
from inforce.watching.plan import Rule

RULES = (Rule("t", "turned"),)
#: The day after Finland's withdrawal took effect.
LATER = datetime.fromisoformat("2026-01-11T09:00:00+00:00")


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "PIECE", 3)


def enter(ledger: Ledger, record: Record, count: int) -> None:
    for number in range(count):
        put(ledger, record, MEMBER, source=f"source {number}")


def in_pieces(ledger: Ledger, record: Record, most: int = 10**6) -> Iterator[Ageing]:
    """Weigh so many pieces, each in a transaction."""
    so_far = Ageing(LATER)
    for _ in range(most + 1):  # the beginning, and the pieces
        begins = so_far.ruled is None
        so_far = age(ledger, so_far, record, RULES)
        if begins:
            continue
        yield so_far
        if so_far.at is None:
            return


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("before_the_stop", range(4))
def test_a_stop_between_two_pieces_loses_nothing(
    ledger: Ledger, record: Record, before_the_stop: int
) -> None:
    enter(ledger, record, 7)
    stopped = list(in_pieces(ledger, record, before_the_stop))
    assert len(stopped) == min(before_the_stop, 3)
    with ledger.reading() as connection:
        assert is_due(connection, record, LATER) is (before_the_stop < 3)
    *_, last = in_pieces(ledger, record)
    assert last.at is None
    assert len({alert.detail["claim"] for alert in rows(ledger, alerts)}) == len(rows(ledger, alerts)) == 7
    turned = [row for row in rows(ledger, verdicts) if row.since is not None]
    assert len(turned) == 7
    with ledger.reading() as connection:
        assert not is_due(connection, record, LATER)
        assert is_due(connection, record, LATER + timedelta(days=1))
    assert rows(ledger, runs)[-1].outcome["turned"] == (7 if before_the_stop == 0 else last.turned)


def test_what_was_weighed_by_hand_is_told_the_next_time(ledger: Ledger, record: Record) -> None:
    enter(ledger, record, 2)
    before = datetime.fromisoformat("2026-01-09T09:00:00+00:00")

    def turn(day: datetime) -> int:
        so_far = Ageing(day)
        while so_far.at is not None:
            so_far = age(ledger, so_far, record, RULES)
        return so_far.alerts

    assert turn(before) == 0
    by_hand = list(weighing.recheck(ledger, record, today=LATER.date(), made=LATER))
    assert len(by_hand) == 2
    with ledger.reading() as connection:
        assert list(weighing.turned_since(connection, 0)) == by_hand
    assert not rows(ledger, alerts)
    assert turn(LATER) == 2
    assert {alert.detail["since"] for alert in rows(ledger, alerts)} == {"2026-01-10"}
    assert turn(LATER + timedelta(days=1)) == 0


def test_who_writes_meanwhile_waits_for_a_moment(ledger: Ledger, record: Record) -> None:
    enter(ledger, record, 500)
    waits: list[float] = []
    over = threading.Event()

    def write() -> None:
        while not over.is_set():
            begun = time.monotonic()
            with ledger.writing() as connection:
                connection.execute(sa.update(runs).values(version="x"))
            waits.append(time.monotonic() - begun)
            over.wait(0.01)

    thread = threading.Thread(target=write)
    thread.start()
    turned = list(weighing.recheck(ledger, record, today=date(2026, 1, 11), made=LATER))
    over.set()
    thread.join()
    assert len(turned) == 500
    assert len(waits) >= 3  # it comes in between the pieces


def test_two_who_weigh_at_once_add_each_ruling_once(ledger: Ledger, record: Record) -> None:
    enter(ledger, record, 3)
    day = date(2026, 1, 11)
    with ledger.reading() as connection:
        one, other = (weighing.weigh(connection, record, after=0, today=day, made=LATER) for _ in range(2))
    with ledger.writing() as connection:
        assert len(weighing.add_turned(connection, one)) == 3
    with ledger.writing() as connection:
        assert weighing.add_turned(connection, other) == []


@pytest.mark.usefixtures("small_pieces")
def test_articles_go_on_while_claims_are_weighed(
    make: Make, ledger: Ledger, record: Record, clock: Clock, site: Site
) -> None:
    enter(ledger, record, 10)
    clock.at = LATER
    plan = (
        f"sources:\n- {{name: F, feed: '{site.address}/feed-0.xml'}}\nrules:\n- {{name: t, when: turned}}\n"
    )
    running = make(plan)
    during: list[Any] = []
    kept = running._finish

    def finish() -> None:
        during.append((running._ageing is not None, running.tally.entered))
        kept()

    running._finish = finish  # type: ignore[method-assign]
    running.run(once=True)
    weighed = [entered for ageing, entered in during if ageing]
    assert len(weighed) > 2
    assert running.tally.entered == 6
    assert running.tally.alerts == len(rows(ledger, alerts)) == 10
    assert not rows(ledger, deliveries)
    again = make(plan)
    again.run(once=True)
    assert again.tally.alerts == 0
