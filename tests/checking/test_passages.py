"""Passages read and checked whole, each with the verdict that a careful lawyer gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from inforce.checking import check
from inforce.reading import read
from inforce.reading.model import Document
from inforce.record import load

TODAY = date(2026, 11, 22)
PASSAGES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "passages.yaml").read_text(encoding="utf-8")
)


def cases() -> list[Any]:
    """Each passage; what does not come out yet must fail, so that it is noticed once it does."""
    late = pytest.mark.xfail(reason="not read or judged so yet", strict=True)
    return [
        pytest.param(
            each, marks=[late] if each.get("open") else [], id=f"{each['published']}: {each['text']}"
        )
        for each in PASSAGES
    ]


@pytest.mark.parametrize("passage", cases())
def test_verdict_of_a_passage(passage: dict[str, Any]) -> None:
    record = load()
    document = Document(source="passage", text=passage["text"], published=passage["published"])
    findings = check(document, read(document, record), record, today=TODAY).findings
    told = [(one.claim.kind, one.verdict, one.correction) for one in findings]
    due = [one for one in findings if (one.claim.kind, one.verdict) == (passage["kind"], passage["verdict"])]
    assert due, told
    assert passage.get("correction", "") in (due[0].correction or "")
