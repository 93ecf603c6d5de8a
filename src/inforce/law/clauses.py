"""Final clauses applied: a rule and its labelled exceptions, from the day of an act to its day of effect.

Every function is arithmetic over a treaty's recorded clauses. No published date of effect of an action is
read here; only the treaty's own entry into force is taken as published, because it prevails in law.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from inforce.dates import apply_delay, in_words
from inforce.errors import AmbiguousDate
from inforce.record.model import ArmedConflict, Delay, EntryIntoForce, Treaty, WithdrawalClause
from inforce.vocabulary import ActionKind

#: Label of a withdrawal by one whose consent had not taken effect.
BEFORE_ENTRY: Final = "before-entry-into-force"


class Effect(msgspec.Struct, frozen=True):
    """When an act takes effect, and the label of the rule or exception that decides it.

    `day` is None where no day is fixed. `expiry` is the end of a notice, also where the effect is
    deferred beyond it by `conflict`.
    """

    label: str
    day: dt.date | None
    text: str
    article: str | None = None
    expiry: dt.date | None = None
    conflict: ArmedConflict | None = None
    no_turn: bool = False  # the act changes nobody's status


def decide(rule: Effect, exceptions: tuple[Effect, ...]) -> Effect:
    """The rule's effect, or that of the exceptions which apply.

    Raises `AmbiguousDate`, naming both, where two of them give different days.
    """
    if not exceptions:
        return rule
    first = exceptions[0]
    for other in exceptions[1:]:
        if other.day != first.day:
            raise AmbiguousDate(
                f"the exceptions {first.label!r} ({first.day}) and {other.label!r} ({other.day}) disagree; "
                "mend the clause so that one of them yields"
            )
    return first


def entry_of_treaty(treaty: Treaty, known_by: dt.date | None) -> dt.date | None:
    """The treaty's own entry into force as published.

    None before its condition was known to be met, and for a treaty that is not in force.
    """
    initial = treaty.final_clauses.entry_into_force.initial
    trigger = initial.trigger_date
    met = trigger is not None and (known_by is None or known_by >= trigger)
    return initial.published_date if met else None


def opening(treaty: Treaty) -> dt.date:
    """The day from which the treaty can be joined: the first day for signature, else its adoption."""
    periods = treaty.final_clauses.signature
    return min((period.opened for period in periods), default=treaty.adopted.date)


def effect_of_consent(
    treaty: Treaty, kind: ActionKind, day: dt.date, succeeded: dt.date, entry: dt.date | None
) -> Effect:
    """Entry into force for a participant that expressed consent on `day`.

    `entry` is the treaty's own entry into force as known; `succeeded` the day of the succession of
    states, used for a notification of succession only (VCSST Art 23).
    """
    clause = treaty.final_clauses.entry_into_force
    if entry is None:
        text = "on no day: the condition of the treaty's own entry into force was not yet met"
        return Effect("treaty-not-in-force", None, text, clause.article)
    later = clause.later_parties.delay
    own = apply_delay(later.rule, later.amount, later.unit, day)
    rule = Effect("own-delay", own, _phrase(later), clause.article)
    exceptions = (
        _succession(kind, succeeded, entry),
        _with_the_treaty(day, clause, entry),
        _not_before_the_treaty(kind, own, entry, clause.article),
    )
    return decide(rule, tuple(exception for exception in exceptions if exception is not None))


def _succession(kind: ActionKind, succeeded: dt.date, entry: dt.date) -> Effect | None:
    if kind is not ActionKind.SUCCESSION:
        return None
    text = f"reaching back to the succession of states on {in_words(succeeded)}"
    if succeeded < entry:
        text += ", but not beyond the treaty's own entry into force"
    return Effect("succession", max(succeeded, entry), text, "VCSST Art 23")


def _with_the_treaty(day: dt.date, clause: EntryIntoForce, entry: dt.date) -> Effect | None:
    """Whoever deposited before the time from which the delay for later parties runs."""
    if clause.later_parties.depositing_after == "entry_into_force":
        text = "with the treaty's own entry into force, before which the instrument was there"
        return Effect("with-the-treaty", entry, text, clause.article) if day < entry else None
    trigger = clause.initial.trigger_date
    if trigger is None or day > trigger:
        return None
    text = f"with the treaty's own entry into force, whose condition was met on {in_words(trigger)}"
    return Effect("with-the-treaty", entry, text, clause.article)


def _not_before_the_treaty(kind: ActionKind, own: dt.date, entry: dt.date, article: str) -> Effect | None:
    if own >= entry or kind is ActionKind.SUCCESSION:
        return None
    text = "with the treaty's own entry into force, not before"
    return Effect("not-before-the-treaty", entry, text, article)


def effect_of_withdrawal(treaty: Treaty, day: dt.date, conflicts: tuple[ArmedConflict, ...]) -> Effect:
    """The end of being bound for a party whose notice was received on `day`.

    `conflicts` are the withdrawing participant's recorded armed conflicts as known. Where one covers the
    moment at which the carve-out is tested, the effect waits for its end and no day is fixed before that.
    """
    clause = treaty.final_clauses.withdrawal
    if clause is None or not clause.allowed:
        text = "on no day: the treaty has no clause under which the notice could take effect"
        return Effect("no-withdrawal-clause", None, text, clause.article if clause else None)
    expiry = apply_delay(clause.notice.rule, clause.notice.amount, clause.notice.unit, day)
    article = clause.article
    carve_out = clause.carve_out
    if carve_out is not None:
        moment = expiry if carve_out.test_moment == "expiry_of_notice" else day
        covering = [conflict for conflict in conflicts if _covers(conflict, moment)]
        if covering:
            conflict = max(covering, key=_last_to_end)
            ends = None if conflict.until is None else max(expiry, conflict.until)
            return Effect("carve-out", ends, carve_out.effect, article, expiry, conflict)
    return Effect(
        "notice", expiry, f"{_phrase(clause.notice)}, counted from {_start(clause)}", article, expiry
    )


def _start(clause: WithdrawalClause) -> str:
    """The event from which a notice runs, in words."""
    return "receipt" if clause.counted_from == "receipt_by_depositary" else "notice to all addressees"


def _last_to_end(conflict: ArmedConflict) -> tuple[dt.date, dt.date, str]:
    """Orders conflicts by their end; of those that end together the later to begin comes last."""
    return conflict.until or dt.date.max, conflict.since, conflict.claim


def _covers(conflict: ArmedConflict, day: dt.date) -> bool:
    return conflict.since <= day and (conflict.until is None or day < conflict.until)


def known_conflicts(
    conflicts: tuple[ArmedConflict, ...], known_by: dt.date | None
) -> tuple[ArmedConflict, ...]:
    """The armed conflicts that had begun by `known_by`, each without an end that came later."""
    if known_by is None:
        return conflicts
    begun = (conflict for conflict in conflicts if conflict.since <= known_by)
    return tuple(
        msgspec.structs.replace(conflict, until=None)
        if conflict.until is not None and conflict.until > known_by
        else conflict
        for conflict in begun
    )


def _phrase(delay: Delay) -> str:
    plural = "" if delay.amount == 1 else "s"
    return delay.phrase or f"{delay.amount} {delay.unit}{plural} later"
