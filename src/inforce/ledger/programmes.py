"""What states say they will make, buy, pass on, pay for or hold: statements over time, never facts.

Each statement stays under the name of whoever made it; beside it stands what the law allows the state on the
statement's day and on the planned one (the reasons of its verdict). Two statements of one speaker on the same
thing are compared, and what differs is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce.ledger.model import DocumentEntry
from inforce.ledger.searching import entries
from inforce.ledger.tables import claim_states, claims, current_verdicts, verdicts
from inforce.reading.model import Claim
from inforce.vocabulary import ClaimKind

_KINDS = (ClaimKind.PROGRAMME, ClaimKind.STOCKPILE)


class Difference(msgspec.Struct, frozen=True):
    """One field in which two statements differ: its name and both values, as JSON."""

    field: str
    before: Any
    after: Any


class Statement(msgspec.Struct, frozen=True):
    """One attributed statement about a programme or a stock.

    `law` are the steps that say what binds the state, on the day and on the planned one. `changes` is what
    differs from the statement `compared_with`, the same speaker's last one on the same thing.
    """

    claim_id: int
    document: DocumentEntry
    claim: Claim
    law: tuple[dict[str, Any], ...]
    compared_with: int | None = None
    changes: tuple[Difference, ...] = ()


def statements(
    connection: Connection, *, state: str | None = None, item: str | None = None, until: date | None = None
) -> list[Statement]:
    """Statements on a state's programmes and stocks, in the order in which they were published.

    `item` is a weapon category; what was published on no known day comes last, and is compared with nothing.
    """
    wanted = (
        sa.select(claims.c.id, verdicts.c.because)
        .join(
            current_verdicts,
            sa.and_(current_verdicts.c.claim_id == claims.c.id, current_verdicts.c.sense == "then"),
        )
        .join(verdicts, verdicts.c.id == current_verdicts.c.verdict_id)
        .where(claims.c.kind.in_([str(kind) for kind in _KINDS]))
        .order_by(claims.c.published.is_(None), claims.c.published, claims.c.id)
    )
    if state is not None:
        about = sa.select(claim_states.c.claim_id).where(
            claim_states.c.state == state, claim_states.c.part == "subject"
        )
        wanted = wanted.where(claims.c.id.in_(about))
    if until is not None:
        wanted = wanted.where(claims.c.published <= until)
    law = {row.id: tuple(row.because) for row in connection.execute(wanted)}
    found = [
        Statement(entry.id, entry.document, entry.claim, law[entry.id])
        for entry in entries(connection, list(law))
        if item is None or item in entry.claim.object.item
    ]
    return list(compared(found))


def compared(made: Sequence[Statement]) -> Iterator[Statement]:
    """Each statement with what differs from its speaker's last one on the same thing."""
    last: dict[tuple[Any, ...], Statement] = {}
    for one in made:
        key = _thing(one)
        if key is None or one.document.published is None:
            yield one
            continue
        before = last.get(key)
        last[key] = one
        if before is None:
            yield one
            continue
        changes = tuple(_differences(before.claim, one.claim))
        yield msgspec.structs.replace(one, compared_with=before.claim_id, changes=changes)


def _thing(one: Statement) -> tuple[Any, ...] | None:
    """Whose word it is, and on what: None where nobody is named, since then nobody can change his word."""
    said = one.claim.attribution
    if said is None:
        return None
    claim = one.claim
    whose = (said.speaker.casefold(), said.of)
    return (
        *whose,
        claim.kind,
        claim.predicate,
        tuple(sorted(claim.subject)),
        tuple(sorted(claim.object.item)),
    )


_FIELDS = ("when", "modality", "negated")
_OBJECT_FIELDS = ("count", "comparator", "money", "recipient", "supplier", "rank")


def _differences(before: Claim, after: Claim) -> Iterator[Difference]:
    """Fields that both statements give and give otherwise; what one leaves out is no change of mind."""
    for name in _FIELDS:
        one, other = getattr(before, name), getattr(after, name)
        if one is not None and other is not None and one != other:
            yield Difference(name, one, other)
    for name in _OBJECT_FIELDS:
        one, other = getattr(before.object, name), getattr(after.object, name)
        if one and other and one != other:
            yield Difference(name, msgspec.to_builtins(one), msgspec.to_builtins(other))
