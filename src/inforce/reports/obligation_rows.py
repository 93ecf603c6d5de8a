"""The answer of `obligations` as JSON: one row for each rule, and for what none prohibits."""

from __future__ import annotations

from datetime import date

import msgspec

from inforce.law.model import ReadingAnswer, Step
from inforce.law.obligation_model import DeadlineAnswer, ExceptionAnswer, FreedomAnswer, ObligationsAnswer
from inforce.vocabulary import Activity


class ObligationRow(msgspec.Struct, frozen=True):
    """One rule that binds a participant on a day, or (`modality` not-prohibited) what none prohibits it.

    `since` and `until` bound the time in which that is so; `because` is a sentence for what is not
    prohibited, `remaining` what binds still.
    """

    participant: str
    on: date
    known_by: date
    treaty: str
    article: str | None
    activity: Activity
    item: str
    modality: str
    conditions: str | None
    exceptions: tuple[str, ...]
    excepted_by: tuple[ExceptionAnswer, ...]
    since: date | None
    until: date | None
    deadline: date | None
    due: DeadlineAnswer | None
    bound: bool | None
    because: str | None
    remaining: tuple[str, ...]
    readings: tuple[ReadingAnswer, ...]
    derivation: tuple[Step, ...]
    coverage: tuple[str, ...]


NOT_PROHIBITED = "not-prohibited"


def obligation_rows(answer: ObligationsAnswer) -> tuple[ObligationRow, ...]:
    """The answer as rows that each say for whom and for which day they hold."""
    rules = (
        ObligationRow(
            participant=answer.participant,
            on=answer.on,
            known_by=answer.known_by,
            treaty=rule.treaty,
            article=rule.article,
            activity=rule.activity,
            item=rule.item,
            modality=rule.modality,
            conditions=rule.conditions,
            exceptions=rule.exceptions,
            excepted_by=rule.excepted_by,
            since=rule.since,
            until=rule.until,
            deadline=rule.deadline,
            due=rule.due,
            bound=rule.bound,
            because=None,
            remaining=(),
            readings=rule.readings,
            derivation=rule.derivation,
            coverage=answer.coverage,
        )
        for rule in answer.rules
    )
    return (*rules, *(_freedom_row(answer, freedom) for freedom in answer.freedoms))


def _freedom_row(answer: ObligationsAnswer, freedom: FreedomAnswer) -> ObligationRow:
    return ObligationRow(
        participant=answer.participant,
        on=answer.on,
        known_by=answer.known_by,
        treaty=freedom.treaty,
        article=None,
        activity=freedom.activity,
        item=freedom.item,
        modality=NOT_PROHIBITED,
        conditions=None,
        exceptions=(),
        excepted_by=(),
        since=freedom.not_prohibited_since,
        until=None,
        deadline=None,
        due=None,
        bound=False,
        because=freedom.because,
        remaining=freedom.remaining,
        readings=(),
        derivation=freedom.derivation,
        coverage=answer.coverage,
    )
