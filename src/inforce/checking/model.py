"""What the checker hands on: each claim with its verdict, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from inforce.law.model import Step
from inforce.proposing.model import ModelPart
from inforce.reading.model import Claim, Document
from inforce.vocabulary import Verdict


class Finding(msgspec.Struct, frozen=True):
    """A claim's verdict on the document's date and today, and the reasoning.

    `correct` holds the wrong fields with their right values (keys of the claim's JSON, besides
    `kind`, `predicate`, `counted_from`); `correction` says in one plain sentence what is so.
    """

    claim: Claim
    verdict: Verdict
    verdict_today: Verdict
    correct: dict[str, Any] | None = None
    correction: str | None = None
    because: tuple[Step, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """A checked document. `as_of` is the date on which the verdicts hold, `as_of_from` why that date.

    `model` is set where a model was asked for claims as well.
    """

    document: Document
    as_of: date
    as_of_from: str
    findings: tuple[Finding, ...]
    model: ModelPart | None = None
