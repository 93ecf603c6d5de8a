"""docs/record-format.md names every key and value that the reader knows."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import msgspec
import pytest

from inforce.record import model
from inforce.record.extensions import EXTENSION_COLUMNS
from inforce.record.layers import DATA_FILES, TREATY_FILES
from inforce.record.load import ACTION_COLUMNS, DOMESTIC_COLUMNS
from inforce.vocabulary import (
    ActionKind,
    Activity,
    DelayRule,
    DomesticAim,
    DomesticStepKind,
    ObligationModality,
)

TEXT = (Path(__file__).parents[2] / "docs" / "record-format.md").read_text(encoding="utf-8")

WRITTEN = [
    model.Treaty,
    model.FinalClauses,
    model.SignaturePeriod,
    model.EntryIntoForce,
    model.InitialEntry,
    model.LaterParties,
    model.Condition,
    model.Delay,
    model.WithdrawalClause,
    model.CarveOut,
    model.Obligation,
    model.Deadline,
    model.Remainder,
    model.Assertion,
    model.Difference,
    model.KnownTreaty,
    model.Item,
    model.ContestedPoint,
    model.ContestedEvent,
    model.Reading,
    model.BoundInterval,
    model.ArmedConflict,
]


@pytest.mark.parametrize(
    "kind", [ActionKind, Activity, DelayRule, DomesticAim, DomesticStepKind, ObligationModality]
)
def test_every_value_is_written_down(kind: type[ActionKind]) -> None:
    assert [member.value for member in kind if f"`{member.value}`" not in TEXT] == []


def test_every_kind_of_contested_point_is_written_down() -> None:
    assert [kind for kind in get_args(model.ContestedKind) if f"`{kind}`" not in TEXT] == []


@pytest.mark.parametrize("struct", WRITTEN)
def test_every_key_is_written_down(struct: type[msgspec.Struct]) -> None:
    fields = {field.encode_name for field in msgspec.structs.fields(struct)} - {"key"}
    assert [name for name in sorted(fields) if f"`{name}`" not in TEXT and f"{name}:" not in TEXT] == []


def test_every_file_and_column_is_written_down() -> None:
    assert [name for name in (*DATA_FILES, *TREATY_FILES) if name not in TEXT] == []
    assert ",".join(ACTION_COLUMNS) in TEXT
    assert ",".join(DOMESTIC_COLUMNS) in TEXT
    assert ",".join(EXTENSION_COLUMNS) in TEXT
