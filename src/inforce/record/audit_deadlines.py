"""Checks of deadlines, and of their extensions and completions, beyond their types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from inforce.dates import day_of_each_year
from inforce.errors import UsageError
from inforce.record.finding import AuditFinding
from inforce.record.model import Deadline, DeadlineExtension, Record, Treaty


def deadline_findings(treaty: Treaty) -> Iterator[AuditFinding]:
    """Deadlines of a treaty that cannot be counted."""
    periods = {rule.id for rule in treaty.obligations if rule.deadline and rule.deadline.amount is not None}
    for rule in treaty.obligations:
        for text in () if rule.deadline is None else _problems(rule.deadline, periods):
            where = f"treaties/{treaty.key}/treaty.yaml"
            yield AuditFinding("error", where, None, f'obligation "{rule.id}": {text}')


def _problems(deadline: Deadline, periods: set[str]) -> Iterator[str]:
    parts = (deadline.amount, deadline.unit, deadline.counted_from)
    if any(part is None for part in parts) and any(part is not None for part in parts):
        yield "a period needs amount, unit and counted_from"
    if deadline.amount is None and deadline.recurring is None:
        yield "a deadline needs a period or a recurring day"
    if deadline.recurring is None and (deadline.after or deadline.full_year):
        yield "after and full_year say when something recurring begins, and nothing recurs"
    if deadline.after is not None and deadline.after not in periods:
        yield f'after "{deadline.after}" is no obligation of this treaty with a period'
    words = deadline.recurring or ""
    try:
        if words[:1].isdigit() and day_of_each_year(words) is None:
            yield f'recurring "{words}": write it as in "30 April each year"'
    except UsageError as error:
        yield f"recurring: {error}"


def extension_findings(record: Record) -> Iterator[AuditFinding]:
    """Extensions of what has no deadline, or that do not follow each other."""
    grouped: dict[tuple[str, str, str], list[DeadlineExtension]] = defaultdict(list)
    for one in record.extensions:
        rules = record.treaties[one.treaty].obligations
        if not any(rule.id == one.obligation and rule.deadline is not None for rule in rules):
            text = f'"{one.obligation}" is no obligation of {one.treaty} with a deadline'
            yield _error(one, text)
        if one.until is not None and _reaches(one.until.last, one.decided.first):
            yield _error(one, f"extended until {one.until}, not after the decision of {one.decided}")
        grouped[one.participant, one.treaty, one.obligation].append(one)
    for acts in grouped.values():
        for earlier, later in pairwise(acts):
            yield from _out_of_order(earlier, later)


def _out_of_order(earlier: DeadlineExtension, later: DeadlineExtension) -> Iterator[AuditFinding]:
    """Rows of one deadline stand in the order of their decisions, and each extends the one before."""
    before = f"of line {earlier.line}"
    if _reaches(later.decided.last, earlier.decided.first):
        yield _error(later, f"decided {later.decided}, not after the {earlier.decided} {before}")
    if earlier.until is None or later.until is None:
        return
    if _reaches(later.until.last, earlier.until.first):
        yield _error(later, f"extended until {later.until}, not beyond the {earlier.until} {before}")


def _reaches(last: date | None, first: date | None) -> bool:
    """Whether a day surely lies no later than another; open ends are never sure."""
    return last is not None and first is not None and last <= first


def _error(one: DeadlineExtension, text: str) -> AuditFinding:
    name = f"{one.participant} {one.obligation}"
    return AuditFinding("error", "data/extensions.csv", one.line, f"{name}: {text}")
