"""Verdicts as W3C Web Annotations (JSON-LD), each on the very words of its claim.

A claim is found by its quotation with the words around it and by its offsets in the main text, in Unicode
code points as the model asks. Its source is the article's address where that is known, else the name of
its bytes by their SHA-256 (RFC 6920). Identifiers follow from text, claim and day, so that the same run
gives the same ones.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterator, Sequence

import msgspec

from inforce.checking.model import Finding, Report
from inforce.reading.model import Document, Span
from inforce.reports import wording
from inforce.reports.letter import sources_of
from inforce.reports.naming import one_line

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

#: Code points of the text before and after a claim that tell it from the same words elsewhere.
_AROUND = 32


class TextualBody(msgspec.Struct, frozen=True):
    """`purpose` says what the text is: `classifying` the verdict, `commenting` why, `editing` the right
    wording, `linking` a source."""

    type: str
    purpose: str
    value: str
    format: str = "text/plain"
    language: str = "en"


class TextQuoteSelector(msgspec.Struct, frozen=True):
    type: str
    exact: str
    prefix: str
    suffix: str


class TextPositionSelector(msgspec.Struct, frozen=True):
    """Offsets in the article's main text, without its header or markup."""

    type: str
    start: int
    end: int


class Target(msgspec.Struct, frozen=True):
    """The article and two ways to find the claim in it."""

    source: str
    selector: tuple[TextQuoteSelector, TextPositionSelector]


class Annotation(msgspec.Struct, frozen=True):
    """One claim assessed."""

    id: str
    type: str
    motivation: str
    body: tuple[TextualBody, ...]
    target: Target


class AnnotationPage(msgspec.Struct, frozen=True, rename={"start": "startIndex"}):
    """All annotations of a collection, in the order of the articles and of their texts."""

    id: str
    type: str
    start: int
    items: tuple[Annotation, ...]


class AnnotationCollection(msgspec.Struct, frozen=True, omit_defaults=True, rename={"context": "@context"}):
    """The annotations of all articles; no page where there are none."""

    context: str
    id: str
    type: str
    label: str
    total: int
    first: AnnotationPage | None = None


def annotation_collection(reports: Sequence[Report]) -> AnnotationCollection:
    """One collection of annotations, an annotation for each claim of each article."""
    items = tuple(_annotation(report, finding) for report in reports for finding in report.findings)
    names = " ".join(f"{report.document.sha256}@{report.as_of}" for report in reports)
    return AnnotationCollection(
        context=CONTEXT,
        id=_urn(f"collection {names}"),
        type="AnnotationCollection",
        label="Statements about treaty law, checked by inforce",
        total=len(items),
        first=AnnotationPage(_urn(f"page {names}"), "AnnotationPage", 0, items) if items else None,
    )


def _annotation(report: Report, finding: Finding) -> Annotation:
    document = report.document
    return Annotation(
        id=_urn(f"{document.sha256} {finding.claim.id} {report.as_of}"),
        type="Annotation",
        motivation="assessing",
        body=tuple(TextualBody("TextualBody", purpose, value) for purpose, value in _bodies(finding)),
        target=Target(source_of(document), _selectors(document.text, finding.claim.span)),
    )


def _bodies(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "classifying", str(finding.verdict)
    reasons = " ".join(one_line(step.text) for step in finding.because)
    yield "commenting", reasons or f"{wording.MEANING[finding.verdict].capitalize()}."
    if finding.correction:
        yield "editing", one_line(finding.correction)
    for source in sources_of(finding):
        yield "linking", source


def _selectors(text: str, span: Span) -> tuple[TextQuoteSelector, TextPositionSelector]:
    before = text[max(0, span.start - _AROUND) : span.start]
    after = text[span.end : span.end + _AROUND]
    return (
        TextQuoteSelector("TextQuoteSelector", span.text, before, after),
        TextPositionSelector("TextPositionSelector", span.start, span.end),
    )


def source_of(document: Document) -> str:
    """The article's address, else the name of its bytes: `ni:///sha-256;...`."""
    if document.url is not None:
        return document.url
    digest = base64.urlsafe_b64encode(bytes.fromhex(document.sha256)).decode("ascii").rstrip("=")
    return f"ni:///sha-256;{digest}"


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'inforce {name}')}"
