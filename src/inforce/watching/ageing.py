"""What changes without any article: rulings that turn, counts that fall, days that come near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce import __version__
from inforce.law.calendar import calendar
from inforce.law.parties import parties
from inforce.ledger.ageing import recheck
from inforce.ledger.tables import claims, runs
from inforce.reading.model import Claim
from inforce.record.model import Record
from inforce.watching.events import Event, of_count, of_date, of_turn, raise_alerts, within
from inforce.watching.plan import Rule

_KIND = "recheck"


def is_due(connection: Connection, record: Record, now: datetime) -> bool:
    """Whether the claims were not yet weighed by this record today."""
    last = connection.execute(
        sa.select(runs.c.began, runs.c.record).where(runs.c.kind == _KIND).order_by(runs.c.id.desc()).limit(1)
    ).first()
    return last is None or last.record != record.hash or last.began.date() != now.date()


def age(connection: Connection, record: Record, rules: Sequence[Rule], now: datetime) -> int:
    """Weigh all claims again and look at what rules ask of counts and deadlines; the number of new alerts."""
    today = now.date()
    turned = list(recheck(connection, record, today=today, made=now))
    new = raise_alerts(connection, _turned_events(connection, turned), rules, now)
    new += raise_alerts(connection, _law_events(record, rules, now), rules, now)
    row = {"kind": _KIND, "began": now, "ended": now, "record": record.hash, "version": __version__}
    connection.execute(sa.insert(runs), row | {"outcome": {"turned": len(turned), "alerts": new}})
    return new


def _turned_events(connection: Connection, turned: Sequence[object]) -> Iterator[Event]:
    for one in turned:
        held = connection.execute(sa.select(claims.c.claim).where(claims.c.id == one.claim)).scalar_one()  # type: ignore[attr-defined]
        yield of_turn(one, msgspec.convert(held, Claim))  # type: ignore[arg-type]


def _law_events(record: Record, rules: Sequence[Rule], now: datetime) -> Iterator[Event]:
    today = now.date()
    for rule in rules:
        if rule.when == "parties-below" and rule.treaty and rule.number is not None:
            count = parties(record, rule.treaty, on=today).counts["in_force"]
            if count < rule.number:
                yield of_count(rule, count, today)
        if rule.when == "deadline":
            answer = calendar(
                record,
                since=today,
                until=today + within(rule),
                treaties=[rule.treaty] if rule.treaty else [],
                participants=[rule.state] if rule.state else [],
                today=today,
            )
            for entry in answer.entries:
                states = (entry.participant,) if entry.participant else ()
                yield of_date(entry.first, entry.summary, entry.treaty, states)
