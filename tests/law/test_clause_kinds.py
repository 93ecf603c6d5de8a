"""Every kind of clause, on invented treaties that a lawyer can read: clause_kinds.yaml."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from inforce import law
from inforce.dates import edtf_of, parse_day
from inforce.law.entry import entry_of_treaty
from inforce.record.load import load
from inforce.record.model import Action, Adoption, ArmedConflict, FinalClauses, Record, Treaty
from inforce.vocabulary import ActionKind

FILE = Path(__file__).parent / "clause_kinds.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
PARTS = {"case", "clauses", "acts", "conflicts", "entry", "effects", "status", "known_by"}


def action(text: str) -> Action:
    who, kind, day, *more = text.split()
    facts = dict(zip(more[::2], map(parse_day, more[1::2]), strict=True))
    date = edtf_of(parse_day(day))
    return Action(
        participant=who,
        treaty="pact",
        kind=ActionKind(kind),
        date=date,
        known=date,
        effect=None,
        source="a list",
        note="",
        file="actions.csv",
        line=1,
        **facts,
    )


def conflict(text: str) -> ArmedConflict:
    who, since, *until = text.split()
    end = parse_day(until[0]) if until else None
    return ArmedConflict(
        participant=who, since=parse_day(since), until=end, claim="a conflict", source="a list"
    )


@cache
def world(number: int) -> Record:
    case = CASES[number]
    assert set(case) <= PARTS
    clauses = {"signature": [{"opened": dt.date(2000, 1, 1)}], **case["clauses"]}
    pact = Treaty(
        key="pact",
        title="Pact",
        depositary="Switzerland",
        adopted=Adoption(date=dt.date(2000, 1, 1), place="Geneva"),
        final_clauses=msgspec.convert(clauses, FinalClauses, strict=False),
        verified_through="2030",
        verified_by="a list",
    )
    return msgspec.structs.replace(
        load(),
        treaties={"pact": pact},
        actions={"pact": tuple(action(text) for text in case["acts"])},
        conflicts=tuple(conflict(text) for text in case.get("conflicts", ())),
        contested=(),
    )


def statuses(record: Record, expected: dict[str, str], known_by: dt.date | None = None) -> dict[str, str]:
    found = {}
    for point in expected:
        who, day = point.split()
        today = dt.date(2030, 1, 1)
        answer = law.status(record, who, "pact", on=parse_day(day), known_by=known_by, today=today)
        found[point] = str(answer.status)
    return found


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["case"] for case in CASES])
def test_a_kind_of_clause(number: int) -> None:
    case, record = CASES[number], world(number)
    rows = {f"{row.participant} {row.action} {row.date}": row for row in law.effects(record)}
    assert {key: rows[key].effect_computed for key in case["effects"]} == case["effects"]
    assert all(row.derivation for row in rows.values())
    if "entry" in case:
        entry = entry_of_treaty(record.treaties["pact"], record.actions["pact"], None)
        assert {"trigger": entry.trigger, "day": entry.day} == case["entry"]
    assert statuses(record, case.get("status", {})) == case.get("status", {})
    for known_by, expected in case.get("known_by", {}).items():
        assert statuses(record, expected, known_by) == expected


def test_each_way_of_counting_and_each_kind_of_condition_has_a_case() -> None:
    """The plain ones, which the packaged treaties use, have theirs there."""
    text = FILE.read_text(encoding="utf-8")
    for treaty in load().treaties.values():
        text += repr(treaty.final_clauses)
    kinds = [
        "count_including_named",
        "count_including_some",
        "count_plus_named",
        "count_and_floor",
        "named_set",
        "double_threshold",
        "share",
        "fixed_date",
        "per_state",
        "first_deposit",
        "exchange_of_instruments",
        "cumulative_waivable",
    ]
    assert [kind for kind in kinds if kind not in text] == []
