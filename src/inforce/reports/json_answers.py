"""The answer of `check` as JSON: format `inforce-check/1`, one object a document.

The other questions are answered in JSON by the law's own types; only a claim has a shape of its own,
because the contract names fields and leaves out keys that the text does not give.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from inforce.checking.model import Finding, Report
from inforce.proposing.model import ModelPart
from inforce.reading.model import Attribution, Claim, ClaimObject, Document, Money, Span
from inforce.vocabulary import ClaimKind, FoundBy, Modality, Verdict

FORMAT = "inforce-check/1"


class DocumentAnswer(msgspec.Struct, frozen=True):
    """Which text was checked; `sha256` is that of its bytes.

    Spans point into `text`. `published_evidence` says what names the day of publication, or begins with
    "undated". `found_in` is the file, and the place in it, where that holds several documents.
    """

    source: str
    title: str | None
    published: date | None
    language: str
    sha256: str
    kind: str
    found_in: str | None
    published_evidence: str
    notes: tuple[str, ...]
    text: str


class ObjectAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a claim says besides who and when; keys that the text does not give are left out.

    `item` is a list of weapon categories for a programme and one category elsewhere.
    """

    action: str | None = None
    place: str | None = None
    count: int | None = None
    comparator: str | None = None
    rank: int | None = None
    duration: str | None = None
    counted_from: str | None = None
    activities: tuple[str, ...] = ()
    item: str | tuple[str, ...] | None = None
    money: Money | None = None
    recipient: tuple[str, ...] = ()
    supplier: tuple[str, ...] = ()


class BecauseAnswer(msgspec.Struct, frozen=True):
    """One step of the reasoning, naming the record's source or the treaty's article."""

    text: str
    source: str | None
    article: str | None


class SaidAnswer(msgspec.Struct, frozen=True):
    """One claim of a text: what is said, by whom, and where it stands."""

    id: str
    span: Span
    kind: ClaimKind
    predicate: str | None
    subject: tuple[str, ...]
    treaty: str | None
    when: str | None
    object: ObjectAnswer
    modality: Modality
    negated: bool
    attribution: Attribution | None


class ClaimAnswer(SaidAnswer, frozen=True):
    """One claim of the text with its verdict on the document's date and on today's.

    `found_by` is there where a model was asked as well.
    """

    verdict: Verdict
    verdict_today: Verdict
    correct: dict[str, Any] | None
    correction: str | None
    because: tuple[BecauseAnswer, ...]
    found_by: FoundBy | UnsetType = UNSET


class CheckAnswer(msgspec.Struct, frozen=True):
    """A checked document. `as_of` is the date at which the verdicts hold, `as_of_from` why that date.

    `model` is there where a model was asked as well: what became of its proposals.
    """

    format: str
    document: DocumentAnswer
    as_of: date
    as_of_from: str
    claims: tuple[ClaimAnswer, ...]
    model: ModelPart | UnsetType = UNSET


def check_answer(report: Report) -> CheckAnswer:
    """The report in the shape of the contract."""
    document = report.document
    return CheckAnswer(
        format=FORMAT,
        document=DocumentAnswer(
            source=document.source,
            title=document.title,
            published=document.published,
            language=document.language,
            sha256=document.sha256,
            kind=document.kind,
            found_in=document.found_in,
            published_evidence=_evidence(document),
            notes=document.notes,
            text=document.text,
        ),
        as_of=report.as_of,
        as_of_from=report.as_of_from,
        claims=tuple(_claim_answer(finding, asked=report.model is not None) for finding in report.findings),
        model=UNSET if report.model is None else report.model,
    )


def _evidence(document: Document) -> str:
    if document.published is not None:
        return document.published_from or "given with the document"
    return f"undated: {document.published_from or 'nothing names a day of publication'}"


def encode(answer: object) -> str:
    """Any answer as one line of JSON."""
    return msgspec.json.encode(answer).decode("utf-8")


def _claim_answer(finding: Finding, *, asked: bool) -> ClaimAnswer:
    claim = finding.claim
    return ClaimAnswer(
        **msgspec.structs.asdict(said_answer(claim)),
        verdict=finding.verdict,
        verdict_today=finding.verdict_today,
        correct=finding.correct,
        correction=finding.correction,
        because=tuple(BecauseAnswer(step.text, step.source, step.article) for step in finding.because),
        found_by=claim.found_by if asked else UNSET,
    )


def said_answer(claim: Claim) -> SaidAnswer:
    """A claim without any verdict, in the shape of the contract."""
    return SaidAnswer(
        id=claim.id,
        span=claim.span,
        kind=claim.kind,
        predicate=claim.predicate,
        subject=claim.subject,
        treaty=claim.treaty,
        when=claim.when,
        object=_object_answer(claim.object, claim.kind),
        modality=claim.modality,
        negated=claim.negated,
        attribution=claim.attribution,
    )


def _object_answer(given: ClaimObject, kind: ClaimKind) -> ObjectAnswer:
    one_item = len(given.item) == 1 and kind is not ClaimKind.PROGRAMME
    item = given.item[0] if one_item else given.item or None
    fields = msgspec.structs.asdict(given) | {"item": item, "money": given.money and _whole(given.money)}
    return ObjectAnswer(**fields)


def _whole(money: Money) -> Money:
    """The sum with an amount in whole units written without a fraction, as the contract has it."""
    if money.amount != int(money.amount):
        return money
    return msgspec.structs.replace(money, amount=int(money.amount))
