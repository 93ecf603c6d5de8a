"""The checker alone, on the claims that careful readers drew from the project's own articles.

The reader plays no part: the annotated claims go in, and the verdicts that come out are held against the
annotated ones. Of the second half of the articles only the figures are looked at, never the misses.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from claim_cases import a_claim, a_document

from inforce.checking import Finding, check
from inforce.reading.model import Claim, ClaimObject, Money
from inforce.record import load
from inforce.vocabulary import ClaimKind, Modality, Verdict

ARTICLES = sorted((Path(__file__).parents[1] / "gold").glob("own-*.json"))
TODAY = date(2026, 11, 22)
HALVES = ("development", "held-out")


def _claim(annotated: dict[str, Any]) -> Claim:
    given = dict(annotated.get("object") or {})
    for key in ("item", "activities", "recipient", "supplier"):
        if key in given:
            given[key] = tuple(given[key]) if isinstance(given[key], list) else (given[key],)
    if "money" in given:
        given["money"] = Money(**given["money"])
    if "counted_from" in (annotated.get("correct") or {}) and not annotated.get("when"):
        given["counted_from"] = "another event"  # annotators note it under `correct` only
    known = {key: value for key, value in given.items() if key in ClaimObject.__struct_fields__}
    return a_claim(
        kind=ClaimKind(annotated["kind"]),
        predicate=annotated["predicate"],
        subject=tuple(annotated["subject"]),
        treaty=annotated["treaty"],
        when=annotated["when"],
        object=ClaimObject(**known),
        modality=Modality(annotated.get("modality", "done")),
        negated=bool(annotated.get("negated")),
    )


def _scored(half: str) -> list[tuple[Finding, list[str]]]:
    """Findings on the claims of a half that count, each with the verdicts that are right."""
    record = load()
    scored = []
    for path in ARTICLES:
        article = json.loads(path.read_text("utf-8"))
        if article.get("half", HALVES[0]) != half:
            continue
        told = [
            one
            for one in article["claims"]
            if not one.get("optional") and one["treaty"] in (*record.treaties, None)
        ]
        document = a_document(date.fromisoformat(article["published"]))
        findings = check(document, [_claim(one) for one in told], record, today=TODAY).findings
        verdicts = [one["verdict"] if isinstance(one["verdict"], list) else [one["verdict"]] for one in told]
        scored += list(zip(findings, verdicts, strict=True))
    return scored


@pytest.mark.parametrize("half", HALVES)
def test_verdicts_on_the_projects_own_articles(half: str) -> None:
    scored = _scored(half)
    right = sum(finding.verdict in verdicts for finding, verdicts in scored)
    assert right >= 0.95 * len(scored), f"{right} of {len(scored)}"


@pytest.mark.parametrize("half", HALVES)
def test_nothing_is_called_contradicted_that_is_not(half: str) -> None:
    wrong = sum(
        finding.verdict is Verdict.CONTRADICTED and "contradicted" not in verdicts
        for finding, verdicts in _scored(half)
    )
    assert wrong == 0
