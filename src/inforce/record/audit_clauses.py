"""Checks of a treaty's final clauses: that each says all that its kind needs, and refers to what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inforce.record.clauses import (
    Condition,
    Delay,
    Earliest,
    EntryIntoForce,
    FinalClauses,
    ProvisionalApplication,
    WithdrawalClause,
)
from inforce.record.model import Record, Treaty
from inforce.vocabulary import DelayRule

#: What each kind of condition must give, beside what all may give.
_NEEDS: dict[str, tuple[str, ...]] = {
    "count": ("count",),
    "count_including_named": ("count", "named"),
    "count_including_some": ("count", "named", "at_least"),
    "count_plus_named": ("count", "named"),
    "count_and_floor": ("count", "not_before"),
    "named_set": ("named",),
    "double_threshold": ("count", "share"),
    "share": ("share",),
    "fixed_date": ("not_before",),
    "per_state": (),
    "first_deposit": (),
    "exchange_of_instruments": ("named",),
    "cumulative_waivable": ("conditions",),
}
#: What only some kinds can give.
_ONLY = ("count", "named", "at_least", "share", "weights", "conditions", "waived_by")
_MAY: dict[str, tuple[str, ...]] = {
    "double_threshold": ("weights",),
    "share": ("named",),
    "cumulative_waivable": ("waived_by",),
}

#: A day that every year has.
_DAY_OF_YEAR = re.compile(
    r"(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])",
    re.ASCII,
)


def clause_problems(treaty: Treaty) -> Iterator[str]:
    """What a treaty's final clauses lack, or say twice: nothing could be computed from them.

    Each is one sentence without a full stop, of what and where in the file.
    """
    clauses = treaty.final_clauses
    yield from _condition_problems(clauses.entry_into_force.initial.condition)
    yield from _entry_problems(treaty)
    for place, delay in _delays(clauses.entry_into_force, clauses.withdrawal):
        yield from _delay_problems(place, delay)
    yield from _withdrawal_problems(clauses.withdrawal)
    yield from _end_problems(clauses)


def _condition_problems(asked: Condition) -> Iterator[str]:
    for name in _NEEDS[asked.type]:
        if not getattr(asked, name):
            yield f"condition {asked.type}: {name} is needed"
    for name in _ONLY:
        allowed = name in _NEEDS[asked.type] or name in _MAY.get(asked.type, ())
        if getattr(asked, name) and not allowed:
            yield f"condition {asked.type}: {name} says nothing there; remove it"
    if asked.at_least is not None and asked.at_least > len(asked.named):
        yield f"condition {asked.type}: at_least {asked.at_least} of {len(asked.named)} named"
    for one in asked.weights:
        if not 0 < asked.weights[one] <= 100:
            yield f"condition {asked.type}: weight of {one} is no share of a hundred"


def _entry_problems(treaty: Treaty) -> Iterator[str]:
    clause = treaty.final_clauses.entry_into_force
    entry = clause.initial
    trigger, published = entry.trigger_date, entry.published_date
    if trigger is not None and published is None:
        yield "trigger_date without published_date; a treaty not in force has neither"
    if trigger is not None and published is not None and published < trigger:
        yield f"in force on {published}, before its trigger on {trigger}"
    if trigger is not None and trigger < treaty.adopted.date:
        yield f"trigger on {trigger}, before adoption on {treaty.adopted.date}"
    later = clause.later_parties
    if later is not None and later.at_most is not None and later.named_date is None:
        yield "later_parties: at_most limits a named_date, and none is allowed"
    for own in () if later is None else later.by_instrument:
        if own.delay is None and own.counted_from is None:
            yield "later_parties.by_instrument: a delay or counted_from is needed"


def _delays(entry: EntryIntoForce, withdrawal: WithdrawalClause | None) -> Iterator[tuple[str, Delay]]:
    yield "entry_into_force.initial.delay", entry.initial.delay
    if entry.later_parties is not None:
        yield "later_parties.delay", entry.later_parties.delay
        for own in entry.later_parties.by_instrument:
            if own.delay is not None:
                yield "later_parties.by_instrument.delay", own.delay
    if withdrawal is not None and withdrawal.notice is not None:
        yield "withdrawal.notice", withdrawal.notice


def _delay_problems(place: str, delay: Delay) -> Iterator[str]:
    fixed, periods = delay.rule is DelayRule.FIXED_DAY_OF_YEAR, delay.rule is DelayRule.END_OF_PERIOD
    if fixed is not (delay.day is not None):
        yield f"{place}: a day belongs to fixed_day_of_year, and to no other rule"
    if delay.day is not None and not _DAY_OF_YEAR.fullmatch(delay.day):
        yield f'{place}: day "{delay.day}" is no day of every year; write MM-DD'
    if periods is not (delay.period is not None):
        yield f"{place}: a period belongs to end_of_period, and to no other rule"
    if delay.period is not None and delay.period.amount < 1:
        yield f"{place}: a period of {delay.period.amount} never ends"
    if delay.amount < 0:
        yield f"{place}: a delay does not run backwards"
    if delay.after is not None:
        yield from _delay_problems(f"{place}.after", delay.after)


def _withdrawal_problems(clause: WithdrawalClause | None) -> Iterator[str]:
    if clause is None or (clause.same_as is not None and clause.notice is None):
        return  # a clause that is another treaty's is read there
    if clause.allowed is not (clause.notice is not None):
        yield "withdrawal: a notice is needed where it is allowed, and has no place where it is not"
    if (clause.premise is None) is not (clause.premise_words is None):
        yield "withdrawal: premise and premise_words belong together"
    if clause.earliest is not None:
        yield from _earliest_problems(clause.earliest)


def _earliest_problems(earliest: Earliest) -> Iterator[str]:
    period = (earliest.amount, earliest.unit, earliest.counted_from)
    given = [part is not None for part in period]
    if any(given) and not all(given):
        yield "withdrawal.earliest: amount, unit and counted_from belong together"
    if any(given) is (earliest.date is not None):
        yield "withdrawal.earliest: either a date, or amount, unit and counted_from"


def _end_problems(clauses: FinalClauses) -> Iterator[str]:
    entry = clauses.entry_into_force.initial.published_date
    if clauses.ended is not None and entry is not None and clauses.ended.date < entry:
        yield f"ended on {clauses.ended.date}, before its entry into force on {entry}"
    if clauses.ended is not None and clauses.term is not None:
        yield "ended and term both say when the treaty is no more; keep one"


def reference_problems(treaty: Treaty, record: Record) -> Iterator[str]:
    """Names in a treaty's clauses that lead nowhere."""
    clauses = treaty.final_clauses
    known = record.treaties
    for place, key in (
        ("consent_only_with", clauses.consent_only_with),
        ("replaces.treaty", treaty.replaces.treaty if treaty.replaces else None),
    ):
        if key is not None and key not in known:
            yield f'{place}: "{key}" is no recorded treaty'
    if clauses.consent_only_with is not None and clauses.consent_only_with in known:
        yield from _strangers(treaty, clauses.consent_only_with, record)
    if clauses.ends_with_parent and treaty.parent not in known:
        yield "ends_with_parent: the parent is no recorded treaty"
    ids = {obligation.id for obligation in treaty.obligations}
    applied = clauses.provisional_application
    if isinstance(applied, ProvisionalApplication):
        for rule in applied.rules:
            if rule not in ids:
                yield f'provisional_application.rules: "{rule}" is no obligation of this treaty'


def _strangers(treaty: Treaty, other: str, record: Record) -> Iterator[str]:
    """Consents by those that never joined the treaty whose parties alone can be bound."""
    joined = {act.participant for act in record.actions[other] if act.kind.expresses_consent}
    for act in record.actions[treaty.key]:
        if act.kind.expresses_consent and act.participant not in joined:
            yield (
                f"{act.participant} {act.kind} {act.date}: no consent to {other} is recorded, and only its "
                "parties can be bound"
            )
