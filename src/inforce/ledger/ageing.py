"""What was ruled once and no longer stands: because the record changed, or because days passed.

A claim has two rulings: as of its own day, which only the record can change, and as of now, which time
changes too. A ruling that differs from the last is added beside it, with the day since which it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce.checking.checker import rule_on
from inforce.checking.ruling import Ruling
from inforce.ledger.entering import add_verdicts, storable_tree, verdict_row
from inforce.ledger.place import Ledger
from inforce.ledger.tables import claims, current_verdicts, verdicts
from inforce.ledger.turning import first_day, reason, same
from inforce.reading.model import Claim
from inforce.record.model import Record
from inforce.vocabulary import Verdict

#: Claims that are weighed in one go, in a tenth of a second; all that turn of them are added at once.
PIECE = 200


class Turned(msgspec.Struct, frozen=True):
    """A claim whose ruling changed, in the sense "then" or "now"; `since` which day, where time did it.

    `reason` says what is so now: the new correction, or what bears the claim out.
    """

    claim: int
    sense: str
    before: Verdict
    after: Verdict
    since: date | None
    correction_before: str | None
    correction: str | None
    reason: str | None
    by: str  # "record" or "time"


class Piece(msgspec.Struct, frozen=True):
    """Claims that were weighed; `at` is the last, None at the end.

    `turned` holds those that turned, each with its new ruling, and the number of the one it replaces.
    """

    turned: tuple[tuple[Turned, dict[str, Any], int], ...]
    at: int | None


def recheck(
    ledger: Ledger, record: Record, *, today: date, made: datetime, treaty: str | None = None
) -> Iterator[Turned]:
    """Weigh every claim again, add the rulings that turned, and tell them, in the order of the claims.

    Only adding is a transaction that writes, one a piece: nobody who writes waits for the weighing.
    """
    at: int | None = 0
    while at is not None:
        with ledger.reading() as connection:
            piece = weigh(connection, record, after=at, today=today, made=made, treaty=treaty)
        if piece.turned:
            with ledger.writing() as connection:
                turned = add_turned(connection, piece)
            yield from turned
        at = piece.at


def weigh(
    connection: Connection,
    record: Record,
    *,
    after: int,
    today: date,
    made: datetime,
    treaty: str | None = None,
) -> Piece:
    """Weigh the next claims after the one of that number; nothing is written."""
    rows = _batch(connection, after, treaty)
    turned = tuple(one for row in rows for one in _weigh(row, record, today, made))
    return Piece(turned, int(rows[-1].id) if len(rows) == PIECE else None)


def add_turned(connection: Connection, piece: Piece) -> list[Turned]:
    """Add the rulings of a piece; those that nobody else has added meanwhile."""
    wanted = sorted({one.claim for one, _, _ in piece.turned})
    held = sa.select(current_verdicts).where(current_verdicts.c.claim_id.in_(wanted))
    if connection.dialect.name == "postgresql":
        held = held.with_for_update()
    current = {(row.claim_id, row.sense): row.verdict_id for row in connection.execute(held)}
    new = [(one, row) for one, row, before in piece.turned if current[one.claim, one.sense] == before]
    add_verdicts(connection, [row for _, row in new])
    return [one for one, _ in new]


def latest_ruling(connection: Connection) -> int:
    """The number of the last ruling that was added, 0 where there is none."""
    return connection.execute(sa.select(sa.func.max(verdicts.c.id))).scalar() or 0


def turned_since(connection: Connection, number: int) -> Iterator[Turned]:
    """What turned by the rulings added after that number, by whomever they were added."""
    new, old, between = verdicts.alias("new"), verdicts.alias("old"), verdicts.alias("between")
    earlier = sa.and_(between.c.claim_id == new.c.claim_id, between.c.sense == new.c.sense)
    last = sa.select(sa.func.max(between.c.id)).where(earlier, between.c.id < new.c.id).correlate(new)
    told = ("verdict", "correction")
    wanted = (
        sa.select(new, *(old.c[name].label(f"{name}_before") for name in told))
        .select_from(new)
        .join(old, old.c.id == last.scalar_subquery())
        .where(new.c.id > number)
        .order_by(new.c.id)
    )
    for row in connection.execute(wanted):
        yield Turned(
            claim=row.claim_id,
            sense=row.sense,
            before=Verdict(row.verdict_before),
            after=Verdict(row.verdict),
            since=row.since,
            correction_before=row.correction_before,
            correction=row.correction,
            reason=row.correction or next((step["text"] for step in row.because), None),
            by="record" if row.since is None else "time",
        )


def _batch(connection: Connection, after: int, treaty: str | None) -> list[Any]:
    parts = []
    for sense in ("then", "now"):
        current, ruled = current_verdicts.alias(f"c_{sense}"), verdicts.alias(f"r_{sense}")
        parts.append((sense, current, ruled))
    wanted = sa.select(claims.c.id, claims.c.claim)
    for sense, current, ruled in parts:
        wanted = wanted.add_columns(
            *(
                ruled.c[name].label(f"{sense}_{name}")
                for name in ("id", "as_of", "verdict", "correct", "correction")
            )
        )
        wanted = wanted.join(current, sa.and_(current.c.claim_id == claims.c.id, current.c.sense == sense))
        wanted = wanted.join(ruled, ruled.c.id == current.c.verdict_id)
    wanted = wanted.where(claims.c.id > after).order_by(claims.c.id).limit(PIECE)
    if treaty is not None:
        wanted = wanted.where(claims.c.treaty == treaty)
    return list(connection.execute(wanted))


def _weigh(
    row: Any, record: Record, today: date, made: datetime
) -> Iterator[tuple[Turned, dict[str, Any], int]]:
    claim = msgspec.convert(row.claim, Claim)
    values = row._mapping
    for sense in ("then", "now"):
        last = {name: values[f"{sense}_{name}"] for name in ("as_of", "verdict", "correct", "correction")}
        day = last["as_of"] if sense == "then" else max(today, last["as_of"])
        ruling = rule_on(claim, record, day)
        if ruling.verdict == last["verdict"] and _plain(ruling.correct) == last["correct"]:
            continue
        since, by = _cause(claim, record, last, ruling, day)
        one = Turned(
            claim=row.id,
            sense=sense,
            before=Verdict(last["verdict"]),
            after=ruling.verdict,
            since=since,
            correction_before=last["correction"],
            correction=ruling.correction,
            reason=reason(ruling),
            by=by,
        )
        about = {"record": record.hash, "made": made}
        yield one, verdict_row(row.id, sense, day, ruling, since=since) | about, values[f"{sense}_id"]


def _cause(
    claim: Claim, record: Record, last: dict[str, Any], ruling: Ruling, day: date
) -> tuple[date | None, str]:
    """Since when the new ruling holds, and whether time brought it about or the record."""
    begun = rule_on(claim, record, last["as_of"])
    if same(begun, ruling):
        return None, "record"
    return first_day(claim, record, ruling, last["as_of"], day), "time"


def _plain(correct: dict[str, Any] | None) -> Any:
    return storable_tree(msgspec.to_builtins(correct))
