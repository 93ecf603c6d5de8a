"""Every golden case of every treaty in the packaged record."""

from __future__ import annotations

import pytest
from golden_law import Case, cases_of, outcome

from inforce.record.load import load
from inforce.record.model import Record

TREATIES = sorted(load().treaties)


def every_case() -> list[tuple[str, Case]]:
    return [(treaty, case) for treaty in TREATIES for case in cases_of(treaty)]


@pytest.fixture(scope="module")
def record() -> Record:
    return load()


@pytest.mark.parametrize(
    ("treaty", "case"), every_case(), ids=[f"{treaty}: {case.case}" for treaty, case in every_case()]
)
def test_case(record: Record, treaty: str, case: Case) -> None:
    expected, answered = outcome(record, treaty, case)
    assert answered == expected


@pytest.mark.parametrize("treaty", TREATIES)
def test_no_two_cases_share_a_sentence(treaty: str) -> None:
    sentences = [case.case for case in cases_of(treaty)]
    assert len(sentences) == len(set(sentences))
