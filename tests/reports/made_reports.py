"""Checked articles made by hand: what reports are tried on without the reader."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from inforce.checking.model import Finding, Report
from inforce.law.model import Step
from inforce.reading.document import document_from_text
from inforce.reading.model import Claim, Span
from inforce.record import load
from inforce.vocabulary import ClaimKind, Verdict


class Said(NamedTuple):
    """Words of an article that make a claim, and how it stands."""

    words: str
    verdict: Verdict
    correction: str | None = None


RECORD = load()


def made_report(text: str, *said: Said) -> Report:
    """A report on `text` with a claim for each of `said`, as of 10 July 2025."""
    document = document_from_text(text, "article.txt")
    findings = tuple(_finding(document.text, one, number) for number, one in enumerate(said, 1))
    return Report(document, date(2025, 7, 10), "date of publication", findings)


def _finding(text: str, said: Said, number: int) -> Finding:
    start = text.index(said.words)
    claim = Claim(
        id=f"c{number}",
        span=Span(start, start + len(said.words), said.words),
        kind=ClaimKind.TREATY_ACTION,
        predicate="joined",
        subject=("FIN",),
        treaty="apmbc",
    )
    return Finding(
        claim=claim,
        verdict=said.verdict,
        verdict_today=said.verdict,
        correction=said.correction,
        because=(Step("Finland deposited its instrument on 9 January 2012.", "17", "UNTC XXVI-5"),),
    )
