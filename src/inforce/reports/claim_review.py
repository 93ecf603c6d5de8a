"""Verdicts as schema.org ClaimReview (JSON-LD), one for each claim that has a finding or is supported.

The scale is ordinal, from 1 (the record entails the opposite) to 4 (the record entails it); its words are
the verdicts. What is contested, unrecorded or only reported has no rating and no review.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from inforce.checking.model import Finding, Report
from inforce.reading.model import Document
from inforce.reports import wording
from inforce.reports.letter import sources_of
from inforce.reports.naming import one_line
from inforce.vocabulary import Verdict

#: The scale: higher is nearer to what the record holds.
RATING = {Verdict.CONTRADICTED: 1, Verdict.OUTDATED: 2, Verdict.IMPRECISE: 3, Verdict.SUPPORTED: 4}


class Thing(msgspec.Struct, frozen=True, omit_defaults=True, rename={"type": "@type"}):
    """An `Organization` or a `Person`."""

    type: str
    name: str
    jobTitle: str | None = None  # noqa: N815 - schema.org's own spelling, here and below
    url: str | None = None


class Article(msgspec.Struct, frozen=True, omit_defaults=True, rename={"type": "@type"}):
    """The `Article` in which a claim appears."""

    type: str
    headline: str | None = None
    url: str | None = None
    datePublished: date | None = None  # noqa: N815
    publisher: Thing | None = None
    inLanguage: str | None = None  # noqa: N815


class ReviewedClaim(msgspec.Struct, frozen=True, omit_defaults=True, rename={"type": "@type"}):
    """The `Claim`: whose it is, the day of the article, and where it appears."""

    type: str
    author: Thing | None = None
    datePublished: date | None = None  # noqa: N815
    appearance: Article | None = None


class Rating(msgspec.Struct, frozen=True, rename={"type": "@type"}):
    """The `Rating` on the scale from `worstRating` to `bestRating`; `alternateName` is the verdict."""

    type: str
    ratingValue: int  # noqa: N815
    bestRating: int  # noqa: N815
    worstRating: int  # noqa: N815
    alternateName: str  # noqa: N815
    ratingExplanation: str  # noqa: N815


class ClaimReview(
    msgspec.Struct, frozen=True, omit_defaults=True, rename={"context": "@context", "type": "@type"}
):
    """One reviewed claim. The reviewer's own page and day of publication are left to whoever publishes it."""

    context: str
    type: str
    claimReviewed: str  # noqa: N815
    author: Thing
    itemReviewed: ReviewedClaim  # noqa: N815
    reviewRating: Rating  # noqa: N815
    reviewBody: str  # noqa: N815
    citation: tuple[str, ...] = ()


def claim_reviews(reports: Sequence[Report]) -> tuple[ClaimReview, ...]:
    """The reviews of all articles, in their order."""
    return tuple(
        _review(report.document, finding)
        for report in reports
        for finding in report.findings
        if finding.verdict in RATING
    )


def _review(document: Document, finding: Finding) -> ClaimReview:
    meaning = wording.MEANING[finding.verdict]
    return ClaimReview(
        context="https://schema.org",
        type="ClaimReview",
        claimReviewed=one_line(finding.claim.span.text),
        author=Thing("Organization", "inforce"),
        itemReviewed=_claim(document, finding),
        reviewRating=Rating(
            type="Rating",
            ratingValue=RATING[finding.verdict],
            bestRating=max(RATING.values()),
            worstRating=min(RATING.values()),
            alternateName=str(finding.verdict),
            ratingExplanation=f"{meaning[0].upper()}{meaning[1:]}.",
        ),
        reviewBody=" ".join(one_line(reason) for reason in wording.reasons(finding)),
        citation=sources_of(finding),
    )


def _claim(document: Document, finding: Finding) -> ReviewedClaim:
    said = finding.claim.attribution
    outlet = None if document.outlet is None else Thing("Organization", one_line(document.outlet))
    role = None if said is None or said.role is None else one_line(said.role)
    return ReviewedClaim(
        type="Claim",
        author=outlet if said is None else Thing("Person", one_line(said.speaker), role),
        datePublished=document.published,
        appearance=Article(
            type="Article",
            headline=None if document.title is None else one_line(document.title),
            url=document.url,
            datePublished=document.published,
            publisher=outlet,
            inLanguage=document.language,
        ),
    )
