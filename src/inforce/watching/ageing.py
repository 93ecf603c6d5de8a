"""What changes without any article: rulings that turn, counts that fall, days that come near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce import __version__
from inforce.law.calendar import calendar
from inforce.law.model import CalendarAnswer
from inforce.law.parties import parties
from inforce.ledger.ageing import Turned, add_turned, latest_ruling, turned_since, weigh
from inforce.ledger.place import Ledger
from inforce.ledger.tables import claims, runs
from inforce.reading.model import Claim
from inforce.record.model import Record
from inforce.watching.events import Event, of_count, of_date, of_turn, raise_alerts, within
from inforce.watching.plan import Rule

_KIND = "recheck"
#: How long a date that has passed stays in the calendar of a watch.
_KEPT = timedelta(days=366)


def is_due(connection: Connection, record: Record, now: datetime) -> bool:
    """Whether the claims were not yet weighed by this record today."""
    last = _last_run(connection)
    return last is None or last.record != record.hash or last.began.date() != now.date()


def _last_run(connection: Connection) -> sa.Row[Any] | None:
    return connection.execute(
        sa.select(runs).where(runs.c.kind == _KIND).order_by(runs.c.id.desc()).limit(1)
    ).first()


class Ageing(msgspec.Struct, frozen=True):
    """How far the weighing of a day has come: the last claim weighed, None when all were.

    `ruled` is the last ruling that there was when it began: what others add behind it is told the next time.
    """

    began: datetime
    at: int | None = 0
    ruled: int | None = None
    turned: int = 0
    alerts: int = 0


def age(ledger: Ledger, so_far: Ageing, record: Record, rules: Sequence[Rule]) -> Ageing:
    """Weigh the next claims again; after the last, look at what rules ask of counts and deadlines.

    To be called until `at` is None. Begins with what others found to have turned since the last time
    (`inforce ledger recheck`): an alert that was raised is not raised again. What turned and its alerts are
    one transaction, and only the end is noted: who is stopped before begins anew, and finds what was
    weighed as it was told.
    """
    if so_far.ruled is None:
        return _begin(ledger, so_far, rules)
    began = so_far.began
    with ledger.reading() as connection:
        piece = weigh(connection, record, after=so_far.at or 0, today=began.date(), made=began)
    done = msgspec.structs.replace(so_far, at=piece.at)
    if not piece.turned and piece.at is not None:
        return done
    with ledger.writing() as connection:
        turned = add_turned(connection, piece)
        events = list(_turned_events(connection, turned))
        if piece.at is None:
            events += _law_events(record, rules, began.date())
        new = so_far.alerts + raise_alerts(connection, events, rules, began)
        done = msgspec.structs.replace(done, turned=so_far.turned + len(turned), alerts=new)
        if piece.at is None:
            outcome = {"turned": done.turned, "alerts": done.alerts, "ruled": done.ruled}
            row = {"kind": _KIND, "began": began, "ended": began, "record": record.hash, "outcome": outcome}
            connection.execute(sa.insert(runs), row | {"version": __version__})
    return done


def _begin(ledger: Ledger, so_far: Ageing, rules: Sequence[Rule]) -> Ageing:
    with ledger.writing() as connection:
        last = _last_run(connection)
        ruled = latest_ruling(connection)
        before = ruled if last is None else last.outcome.get("ruled", ruled)
        events = list(_turned_events(connection, list(turned_since(connection, before))))
        new = raise_alerts(connection, events, rules, so_far.began)
    return msgspec.structs.replace(so_far, ruled=ruled, alerts=so_far.alerts + new)


def _turned_events(connection: Connection, turned: Sequence[Turned]) -> Iterator[Event]:
    for one in turned:
        held = connection.execute(sa.select(claims.c.claim).where(claims.c.id == one.claim)).scalar_one()
        yield of_turn(one, msgspec.convert(held, Claim))


def dates_asked(record: Record, rules: Sequence[Rule], today: date) -> CalendarAnswer:
    """The dates that the rules on deadlines are about (at least one), of the last year and all to come."""
    asked = [rule for rule in rules if rule.when == "deadline"]
    answers = [_dates(record, rule, today - _KEPT, None, today) for rule in asked]
    entries = {entry.uid: entry for answer in answers for entry in answer.entries}
    in_order = sorted(entries.values(), key=lambda entry: (entry.first, entry.last, entry.uid))
    return msgspec.structs.replace(answers[0], entries=tuple(in_order))


def _dates(record: Record, rule: Rule, since: date, until: date | None, today: date) -> CalendarAnswer:
    """The dates of the treaty and the state that a rule names."""
    return calendar(
        record,
        since=since,
        until=until,
        treaties=[rule.treaty] if rule.treaty else [],
        participants=[rule.state] if rule.state else [],
        today=today,
    )


def _law_events(record: Record, rules: Sequence[Rule], today: date) -> Iterator[Event]:
    for rule in rules:
        if rule.when == "parties-below" and rule.treaty and rule.number is not None:
            count = parties(record, rule.treaty, on=today).counts["in_force"]
            if count < rule.number:
                yield of_count(rule, count, today)
        if rule.when == "deadline":
            for entry in _dates(record, rule, today, today + within(rule), today).entries:
                states = (entry.participant,) if entry.participant else ()
                yield of_date(entry.first, entry.summary, entry.treaty, states)
