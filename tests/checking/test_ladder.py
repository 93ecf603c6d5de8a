"""The ladder of acts: what each word of the press is worth on each rung on which a state can stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from claim_cases import a_claim, a_document

from inforce.checking import check
from inforce.checking.actions import PREDICATES
from inforce.record import load
from inforce.vocabulary import ClaimKind

RUNGS = yaml.safe_load((Path(__file__).parent / "ladder.yaml").read_text("utf-8"))
TODAY = date(2026, 11, 22)


def due(rung: dict[str, Any], way: str) -> dict[str, str]:
    """The verdict due on each predicate, told or denied."""
    listed = [(predicate, verdict) for verdict, several in rung[way].items() for predicate in several]
    assert sorted(predicate for predicate, _ in listed) == sorted(PREDICATES), "each predicate once"
    return dict(listed)


@pytest.mark.parametrize("way", ["told", "denied"])
@pytest.mark.parametrize("rung", RUNGS, ids=[rung["rung"] for rung in RUNGS])
def test_every_act_on_every_rung(rung: dict[str, Any], way: str) -> None:
    claims = [
        a_claim(
            kind=ClaimKind.TREATY_ACTION,
            predicate=predicate,
            subject=(rung["state"],),
            treaty=rung["treaty"],
            negated=way == "denied",
        )
        for predicate in PREDICATES
    ]
    report = check(a_document(rung["as_of"]), claims, load(), today=TODAY)
    found = {str(one.claim.predicate): str(one.verdict) for one in report.findings}
    assert found == due(rung, way)


def test_no_correction_denies_what_the_record_holds() -> None:
    """A signatory is never told to have "neither signed nor joined"."""
    for rung in RUNGS:
        if "signature" not in rung["rung"] and "ratification" not in rung["rung"]:
            continue
        for predicate in PREDICATES:
            claim = a_claim(
                kind=ClaimKind.TREATY_ACTION,
                predicate=predicate,
                subject=(rung["state"],),
                treaty=rung["treaty"],
            )
            (one,) = check(a_document(rung["as_of"]), [claim], load(), today=TODAY).findings
            assert "neither signed" not in (one.correction or ""), (rung["rung"], predicate)
