"""The readings that a clause itself opens: only the parties can say if its exception or premise is there."""

from __future__ import annotations

import datetime as dt

from inforce.dates import in_words
from inforce.law.clauses import Effect
from inforce.law.timeline import CARVE_OUT, PREMISE
from inforce.record.model import BoundInterval, ContestedPoint, Reading, Treaty


def deferral(treaty: Treaty, participant: str, effect: Effect, notified: dt.date) -> ContestedPoint:
    """The two readings of a withdrawal whose notice runs out while an armed conflict is recorded.

    Whether the conflict meets the carve-out is shown, never decided.
    """
    clause = treaty.final_clauses.withdrawal
    carve_out = clause.carve_out if clause else None
    conflict, expiry = effect.conflict, effect.expiry
    if clause is None or carve_out is None or conflict is None or expiry is None:
        raise ValueError("a deferral without its carve-out")
    found = "Supposed, not recorded" if conflict.supposed else f"Recorded: {conflict.claim}"
    ended = "until that conflict ends" if effect.day is None else f"until {in_words(effect.day)}"
    return ContestedPoint(
        id=f"{treaty.key}-carve-out-{participant.lower()}",
        kind=CARVE_OUT,
        treaties=(treaty.key,),
        participant=participant,
        question=f"Does an armed conflict defer the withdrawal notified on {in_words(notified)}?",
        since=expiry,
        until=effect.day,
        readings=(
            Reading(
                id="deferred",
                holder="whoever holds that the recorded conflict meets the exception",
                basis=f"Art {clause.article}: {carve_out.test}. {found}",
                result=f"{carve_out.effect}: bound {ended}",
                bound=(BoundInterval(since=notified, until=effect.day),),
            ),
            Reading(
                id="in-effect",
                holder="whoever holds that it does not",
                basis=f"Art {clause.article}: the notice has run out",
                result=f"withdrawal in effect from {in_words(expiry)}",
                bound=(BoundInterval(since=notified, until=expiry),),
            ),
        ),
        sources=(conflict.source,),
    )


def premise(treaty: Treaty, participant: str, effect: Effect, notified: dt.date) -> ContestedPoint:
    """The two readings of a withdrawal that the clause allows on a premise only."""
    clause = treaty.final_clauses.withdrawal
    if clause is None or clause.premise_words is None or effect.day is None:
        raise ValueError("a withdrawal on a premise without its premise")
    return ContestedPoint(
        id=f"{treaty.key}-premise-{participant.lower()}",
        kind=PREMISE,
        treaties=(treaty.key,),
        participant=participant,
        question=f"Was there what alone allows leaving: {clause.premise_words}?",
        since=effect.day,
        readings=(
            Reading(
                id="in-effect",
                holder="whoever holds that the premise was there",
                basis=f"Art {clause.article}: the notice has run out",
                result=f"withdrawal in effect from {in_words(effect.day)}",
                bound=(BoundInterval(since=notified, until=effect.day),),
            ),
            Reading(
                id="no-effect",
                holder="whoever holds that it was not",
                basis=f"Art {clause.article}: no other ground allows leaving",
                result="bound as before",
                bound=(BoundInterval(since=notified),),
            ),
        ),
    )
