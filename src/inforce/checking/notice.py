"""Notice of withdrawal: how long, counted from what, and what an armed conflict does to it."""

from __future__ import annotations

import re2 as re

from inforce.checking.case import Case
from inforce.checking.ruling import Ruling, reported, supported, unrecorded, wrong
from inforce.checking.times import agrees
from inforce.checking.wording import RECEIVED, notice_event, notice_phrase
from inforce.law.clauses import Notice, effect_of_withdrawal
from inforce.law.derivation import treaty_name
from inforce.law.model import Step
from inforce.record.model import Delay, WithdrawalClause
from inforce.vocabulary import ActionKind, Modality, Verdict

#: Words for the event that starts the clock when the depositary has the notice.
RECEIPT = frozenset(
    {
        "receipt_by_depositary",
        "receipt-by-depositary",
        "receipt by the depositary",
        "receipt",
        "notification",
        "notification_to_depositary",
        "notice",
        "deposit",
        "notice_to_all_addressees",
        "notice to all addressees",
    }
)

_PERIOD = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?")
_DAYS_IN = (365.25, 30.44, 7.0, 1.0)
_UNIT_DAYS = {"year": 365.25, "month": 30.44, "day": 1.0}


def rule_on_notice(case: Case) -> Ruling:
    """How a text on the treaty's notice of withdrawal stands against its clause."""
    clause = case.treaty.final_clauses.withdrawal
    if case.claim.modality is Modality.DENIED:
        return reported()
    if clause is None:
        return unrecorded(f"The record holds no clause on withdrawal for {treaty_name(case.treaty)}.")
    if clause.notice is None:
        return unrecorded(f"{treaty_name(case.treaty)} has no clause under which a notice would run.")
    because = _clause_steps(case, clause)
    if case.claim.negated:
        return _negated(case, clause.notice, because)
    said = case.claim.object
    if said.duration is not None and not _same_length(said.duration, clause.notice):
        return _wrong_length(case, clause.notice, said.duration, because)
    if said.counted_from is not None and said.counted_from.strip().casefold() not in RECEIPT:
        return _wrong_clock(case, because)
    if said.duration is None and case.when is not None and not _some_clock_ran(case):
        return _wrong_clock(case, because)
    return supported(*because)


def _negated(case: Case, notice: Delay, because: tuple[Step, ...]) -> Ruling:
    said = case.claim.object
    if said.duration is not None and not _same_length(said.duration, notice):
        return supported(*because)
    return wrong(Verdict.IMPRECISE, _rule(case), {"negated": False}, because)


def _wrong_length(case: Case, notice: Delay, said: str, because: tuple[Step, ...]) -> Ruling:
    days = _in_days(said)
    if days is None:
        return unrecorded("The length of notice in the text could not be read.")
    right = {"object": {"duration": _iso(notice)}}
    recorded = notice.amount * _UNIT_DAYS[notice.unit]
    close = abs(days - recorded) <= 0.05 * recorded
    return wrong(Verdict.IMPRECISE if close else Verdict.CONTRADICTED, _rule(case), right, because)


def _wrong_clock(case: Case, because: tuple[Step, ...]) -> Ruling:
    clause = case.treaty.final_clauses.withdrawal
    by_receipt = clause is None or clause.counted_from == "receipt_by_depositary"
    right = "receipt by the depositary" if by_receipt else "notice to all addressees"
    return wrong(Verdict.IMPRECISE, _rule(case), {"counted_from": right}, because)


def _some_clock_ran(case: Case) -> bool:
    """Whether a notice was received, or ran out, at the time the text gives for the clock."""
    entry = case.treaty.final_clauses.entry_into_force.initial.published_date
    for act in case.record.actions.get(case.treaty.key, ()):
        if act.kind is not ActionKind.WITHDRAWAL:
            continue
        if agrees(case.when, act.date):
            return True
        if act.date.exact is not None:
            end = effect_of_withdrawal(case.treaty, Notice(act.date.exact), entry, ()).day
            if agrees(case.when, end):
                return True
    return False


def _same_length(said: str, notice: Delay) -> bool:
    return same_period(said, notice.amount, notice.unit)


def same_period(said: str, amount: int | None, unit: str | None) -> bool:
    """Whether an ISO 8601 duration is `amount` units: a year is twelve months, a week seven days."""
    parts = _parts(said)
    if parts is None or amount is None:
        return False
    years, months, weeks, days = parts
    if unit == "day":
        return (years, months) == (0, 0) and 7 * weeks + days == amount
    return (weeks, days) == (0, 0) and 12 * years + months == amount * (12 if unit == "year" else 1)


def _parts(said: str) -> tuple[int, int, int, int] | None:
    match = _PERIOD.fullmatch(said.strip())
    if match is None or not any(match.groups()):
        return None
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return years, months, weeks, days


def _in_days(said: str) -> float | None:
    parts = _parts(said)
    return None if parts is None else sum(n * length for n, length in zip(parts, _DAYS_IN, strict=True))


def _iso(notice: Delay) -> str:
    return f"P{notice.amount}{notice.unit[0].upper()}"


def _rule(case: Case) -> str:
    name = treaty_name(case.treaty)
    event = notice_event(case.treaty)
    if event == RECEIVED:
        event = "the depositary has received the notice"
    return (
        f"withdrawal from {name} takes effect {notice_phrase(case.treaty)} after {event}; "
        "no earlier event starts that period"
    )


def _clause_steps(case: Case, clause: WithdrawalClause) -> tuple[Step, ...]:
    source = ", ".join(case.treaty.sources.get(key, key) for key in clause.sources) or None
    name = treaty_name(case.treaty)
    event = notice_event(case.treaty)
    by = " by the depositary" if event == RECEIVED else ""
    rule = Step(
        f"Withdrawal from {name} takes effect {notice_phrase(case.treaty)} after {event}{by}.",
        clause.article,
        source,
    )
    if clause.carve_out is None:
        return (rule,)
    return rule, Step(
        f"Exception: {clause.carve_out.test}. Then {clause.carve_out.effect}.", clause.article, source
    )
