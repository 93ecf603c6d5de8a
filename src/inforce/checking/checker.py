"""Claims in, verdicts out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from inforce.checking.actions import rule_on_act
from inforce.checking.case import Case, Course
from inforce.checking.counts import rule_on_count
from inforce.checking.courses import course_of
from inforce.checking.facts import rule_on_entry_for, rule_on_fact
from inforce.checking.meant import weigh_meanings
from inforce.checking.membership import rule_on_membership
from inforce.checking.model import Finding, Report
from inforce.checking.nobody import rule_on_anyone
from inforce.checking.notice import rule_on_notice
from inforce.checking.plans import rule_on_plan
from inforce.checking.programmes import rule_on_report
from inforce.checking.prohibitions import rule_on_rules, rule_on_rules_for
from inforce.checking.ruling import Ruling, together, unrecorded
from inforce.checking.sentences import fill
from inforce.checking.sister import weigh_sisters
from inforce.checking.steps import rule_on_step
from inforce.checking.times import is_since, opening
from inforce.dates import parse_edtf
from inforce.errors import InforceError
from inforce.law.chronicle import last_verified
from inforce.proposing.model import ModelPart
from inforce.reading.model import Claim, Document
from inforce.record.model import Record
from inforce.vocabulary import ClaimKind, Modality, Verdict

_WAS_SO = frozenset({Verdict.SUPPORTED, Verdict.OUTDATED})
_REPORTED = frozenset({ClaimKind.PROGRAMME, ClaimKind.STOCKPILE, ClaimKind.STATEMENT})


def check(
    document: Document,
    claims: Sequence[Claim],
    record: Record,
    *,
    as_of: date | None = None,
    today: date | None = None,
    model: ModelPart | None = None,
) -> Report:
    """Every claim of a document with its verdict as of one day, and as of today.

    `as_of` is the day on which the verdicts hold, and up to which the record is taken to be known: if not
    given, the document's date of publication, else `today`. `today` is the machine's day if not given;
    `verdict_today` asks the claim again on the last day that the record of its treaty covers, if later.
    `model` tells what part a model had in the claims, and has none in the verdicts.
    """
    now = today or date.today()  # noqa: DTZ011  a legal day has no time zone
    day, reason = _as_of(document, as_of, now)
    return Report(
        document=document,
        as_of=day,
        as_of_from=reason,
        findings=tuple(_finding(claim, record, day, now) for claim in claims),
        model=model,
    )


def _as_of(document: Document, as_of: date | None, today: date) -> tuple[date, str]:
    if as_of is not None:
        return as_of, "asked for"
    if document.published is not None:
        source = f", from {document.published_from}" if document.published_from else ""
        return document.published, f"date of publication{source}"
    return today, "today, because nothing dates the text"


def _finding(claim: Claim, record: Record, as_of: date, today: date) -> Finding:
    ruling = rule_on(claim, record, as_of)
    latest = _latest(claim, record, as_of, today)
    same = latest == as_of or claim.kind in _REPORTED
    later = ruling if same else rule_on(claim, record, latest)
    return Finding(
        claim=claim,
        verdict=ruling.verdict,
        verdict_today=_turned(ruling.verdict, later.verdict),
        correct=ruling.correct,
        correction=ruling.correction,
        because=ruling.because,
    )


def _turned(then: Verdict, now: Verdict) -> Verdict:
    """The verdict of today: what was so when it was written, and is no longer, was never wrong."""
    return Verdict.OUTDATED if now is Verdict.CONTRADICTED and then in _WAS_SO else now


def _latest(claim: Claim, record: Record, as_of: date, today: date) -> date:
    """The last day that the record of the claim's treaty covers, from `as_of` to `today`."""
    treaty = record.treaties.get(claim.treaty or "")
    covered = today if treaty is None else min(today, last_verified(treaty))
    return max(as_of, covered)


def rule_on(claim: Claim, record: Record, on: date) -> Ruling:
    """The ruling on one claim as of one day, its sentences finished; never raises for what a claim holds."""
    try:
        when = None if claim.when is None else parse_edtf(claim.when)
    except InforceError as error:
        return unrecorded(f"The date of the claim could not be read: {error}")
    if claim.kind in _REPORTED:
        return rule_on_report(record, claim, on, when)
    treaty = record.treaties.get(claim.treaty or "")
    if treaty is None:
        return unrecorded(_not_recorded(claim, record))
    if when is not None and claim.kind is ClaimKind.TREATY_FACT and is_since(when):
        when = opening(when)  # "in force since 1996" dates the entry into force by its start
    try:
        case = Case(claim=claim, record=record, treaty=treaty, on=on, when=when)
        return weigh_meanings(case, weigh_sisters(case, _rule(case), _rule), _rule)
    except InforceError as error:
        return unrecorded(f"The record does not decide it: {error}")


def _not_recorded(claim: Claim, record: Record) -> str:
    other = record.other_treaties.get(claim.treaty or "")
    if other is not None:
        return f"The {other.title} is known by name; its acts are not recorded."
    if claim.treaty is None:
        return "The text names no treaty that the record knows."
    return f"The record has no treaty {claim.treaty!r}."


def _rule(case: Case) -> Ruling:
    claim = case.claim
    match claim.kind:
        case ClaimKind.PARTY_COUNT:
            return _finished(rule_on_count(case))
        case ClaimKind.NOTICE_PERIOD:
            return _finished(rule_on_notice(case))
        case ClaimKind.TREATY_FACT if not claim.subject:
            return _finished(rule_on_fact(case))
        case ClaimKind.PROHIBITION if not claim.subject:
            return _finished(rule_on_rules(case))
    if not claim.subject:
        return _finished(rule_on_anyone(case))
    unknown = [key for key in claim.subject if key not in case.record.participants]
    if unknown:
        return unrecorded(f"The record does not know the participant {unknown[0]!r}.")
    return _by_state(case)


def _finished(ruling: Ruling) -> Ruling:
    if ruling.correction is None:
        return ruling
    return Ruling(ruling.verdict, ruling.because, ruling.correct, fill(ruling.correction, ()))


def _by_state(case: Case) -> Ruling:
    """Each state on its own; the gravest ruling decides."""
    courses = {key: course_of(case.record, case.treaty, key, case.on) for key in case.claim.subject}
    rulings = {key: _state_rule(case)(case, course) for key, course in courses.items()}
    return together(rulings, {key: course.name for key, course in courses.items()})


def _state_rule(case: Case) -> Callable[[Case, Course], Ruling]:
    match case.claim.kind:
        case ClaimKind.DOMESTIC_STEP:
            return rule_on_step
        case ClaimKind.MEMBERSHIP:
            return rule_on_membership
        case ClaimKind.TREATY_FACT:
            return rule_on_entry_for
        case ClaimKind.PROHIBITION:
            return rule_on_rules_for
        case _:
            return rule_on_act if _is_past(case) else rule_on_plan


def _is_past(case: Case) -> bool:
    """Whether the text tells the act as done, on a day that can have come."""
    ahead = case.when is not None and case.when.first is not None and case.when.first > case.on
    return case.claim.modality is Modality.DONE and not (ahead and not case.claim.negated)
