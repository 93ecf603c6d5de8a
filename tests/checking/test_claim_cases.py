"""The checker's verdicts, case by case, on the packaged record."""

from __future__ import annotations

from datetime import date

import pytest
from claim_cases import Case, a_document, cases, claim_of

from inforce.checking import Finding, check
from inforce.checking.ruling import OWES_CORRECTION
from inforce.record import load
from inforce.vocabulary import ClaimKind

TODAY = date(2026, 11, 22)
ALL = list(cases())


def finding(case: Case) -> Finding:
    report = check(a_document(case.as_of), [claim_of(case)], load(), today=TODAY)
    return report.findings[0]


@pytest.mark.parametrize("case", ALL, ids=[f"{case.file}: {case.says}" for case in ALL])
def test_verdict_and_words(case: Case) -> None:
    found = finding(case)
    assert found.verdict == case.verdict, (found.correction, found.because)
    if case.today is not None:
        assert found.verdict_today == case.today
    if case.correct is not None:
        assert found.correct == case.correct
    for words in case.correction:
        assert words in (found.correction or "")
    told = " ".join(step.text for step in found.because)
    for words in case.because:
        assert words in told


@pytest.mark.parametrize("case", ALL, ids=[f"{case.file}: {case.says}" for case in ALL])
def test_what_every_finding_owes(case: Case) -> None:
    """A verdict that finds fault says what is so; every verdict says why; sentences are whole sentences."""
    found = finding(case)
    assert (found.correction is not None) == (found.verdict in OWES_CORRECTION)
    if found.correction is not None:
        assert found.correction[0].isupper()
        assert found.correction.endswith((".", "?"))
        assert "⟨" not in found.correction
        assert ".." not in found.correction
        assert "  " not in found.correction
    plain = (ClaimKind.PROGRAMME, ClaimKind.STOCKPILE, ClaimKind.STATEMENT)
    assert found.because or found.claim.kind in plain, "no reasons"
    assert all(step.text.endswith((".", "?")) for step in found.because)


def test_every_verdict_of_every_kind_that_can_have_it() -> None:
    """Each kind has a case of each verdict that its rules can give."""
    seen: dict[str, set[str]] = {}
    for case in ALL:
        seen.setdefault(claim_of(case).kind.value, set()).add(case.verdict)
    judged = {"supported", "contradicted", "imprecise", "unrecorded", "reported"}
    assert seen["treaty-action"] >= judged | {"outdated", "contested"}
    assert seen["domestic-step"] >= judged | {"outdated"}
    assert seen["membership"] >= judged | {"outdated", "contested"}
    assert seen["party-count"] >= judged | {"outdated"}
    assert seen["treaty-fact"] >= judged
    assert seen["notice-period"] >= judged
    assert seen["prohibition"] >= judged | {"outdated", "contested"}
    for kind in ("programme", "stockpile", "statement"):
        assert seen[kind] == {"reported"}
