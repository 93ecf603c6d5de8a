"""The answer of `obligations` as JSON: one row for each rule, and for what none prohibits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from inforce.law.model import ReadingAnswer, Step
from inforce.law.obligation_model import (
    CustomAnswer,
    DeadlineAnswer,
    DisputeAnswer,
    EndAnswer,
    ExceptionAnswer,
    FirstFreeDay,
    FreedomAnswer,
    ObligationAnswer,
    ObligationsAnswer,
)
from inforce.vocabulary import Activity

#: `rule`: of a treaty that binds. `provisional`: of one applied provisionally. `custom`: of no treaty.
#: `freedom`: what one treaty does not prohibit. `first-free-day`: when nothing recorded prohibits it any
#: more. `governing`: which of two texts governs. `in-common`: whether a treaty binds another one too.
RowKind = Literal["rule", "provisional", "custom", "freedom", "first-free-day", "governing", "in-common"]

NOT_PROHIBITED = "not-prohibited"

#: What a row repeats of a treaty's rule.
_OF_RULE = (
    *("treaty", "article", "activity", "item", "modality", "conditions", "applies", "exceptions", "relation"),
    *(
        "bears",
        "excepted_by",
        "since",
        "until",
        "deadline",
        "due",
        "bound",
        "readings",
        "disputed",
        "derivation",
    ),
)


class ObligationRow(msgspec.Struct, frozen=True, kw_only=True):
    """One rule that binds a participant on a day, or (`modality` not-prohibited) what none prohibits it.

    `since` and `until` bound the time in which that is so; `because` is a sentence for what is no rule,
    `remaining` what binds still. `hypothetical` where it supposes a notice of withdrawal that nobody gave.
    """

    participant: str
    on: date
    known_by: date
    kind: RowKind
    treaty: str | None = None
    article: str | None = None
    activity: Activity | None = None
    item: str | None = None
    modality: str | None = None
    conditions: str | None = None
    applies: str | None = None
    relation: str | None = None
    bears: str | None = None
    exceptions: tuple[str, ...] = ()
    excepted_by: tuple[ExceptionAnswer, ...] = ()
    since: date | None = None
    until: date | None = None
    deadline: date | None = None
    due: DeadlineAnswer | None = None
    bound: bool | None = None
    because: str | None = None
    remaining: tuple[str, ...] = ()
    hypothetical: bool = False
    ends: tuple[EndAnswer, ...] = ()
    towards: str | None = None
    replaced: str | None = None
    readings: tuple[ReadingAnswer, ...] = ()
    disputed: tuple[DisputeAnswer, ...] = ()
    derivation: tuple[Step, ...] = ()
    coverage: tuple[str, ...] = ()


def obligation_rows(answer: ObligationsAnswer) -> tuple[ObligationRow, ...]:
    """The answer as rows that each say for whom and for which day they hold."""
    given = {
        "participant": answer.participant,
        "on": answer.on,
        "known_by": answer.known_by,
        "coverage": answer.coverage,
    }
    return tuple(ObligationRow(**given, **row) for row in _rows(answer))  # type: ignore[arg-type]


def _rows(answer: ObligationsAnswer) -> Iterator[dict[str, object]]:
    yield from map(_rule, answer.rules)
    yield from map(_custom, answer.custom)
    yield from map(_freedom, answer.freedoms)
    yield from map(_first_free, answer.first_free)
    for governing in answer.governing:
        yield {
            "kind": "governing",
            "treaty": governing.governs,
            "replaced": governing.earlier if governing.governs == governing.later else None,
            "article": governing.article,
            "towards": governing.other,
            "because": governing.because,
        }
    for common in answer.common:
        yield {
            "kind": "in-common",
            "treaty": common.treaty,
            "towards": common.other,
            "bound": common.bound,
            "because": common.because,
        }


def _rule(rule: ObligationAnswer) -> dict[str, object]:
    kind = "provisional" if rule.provisional else "rule"
    return {"kind": kind} | {name: getattr(rule, name) for name in _OF_RULE}


def _custom(rule: CustomAnswer) -> dict[str, object]:
    names = ("article", "activity", "item", "modality", "conditions", "applies", "relation", "bears")
    row = {"kind": "custom", "bound": True, "derivation": rule.derivation}
    return row | {name: getattr(rule, name) for name in names}


def _freedom(free: FreedomAnswer) -> dict[str, object]:
    names = ("treaty", "activity", "item", "because", "remaining", "derivation")
    return {
        "kind": "freedom",
        "modality": NOT_PROHIBITED,
        "bound": False,
        "since": free.not_prohibited_since,
    } | {name: getattr(free, name) for name in names}


def _first_free(first: FirstFreeDay) -> dict[str, object]:
    names = ("activity", "item", "because", "hypothetical", "ends")
    return {"kind": "first-free-day", "modality": NOT_PROHIBITED, "since": first.day} | {
        name: getattr(first, name) for name in names
    }
