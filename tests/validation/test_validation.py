"""The engine run over 75 treaties whose dates of effect are published, through the record's own format."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from convert import write

from inforce import law
from inforce.law.model import EffectRow
from inforce.record.load import load

#: Rows without a sort of difference: slips of the tables, or facts that they do not give.
UNKNOWN = 17


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[EffectRow]:
    folder: Path = tmp_path_factory.mktemp("published")
    assert write(folder) == 4382
    record = load(folder)
    return law.effects(record, [key for key in record.treaties if key.startswith("pub-")])


def test_no_row_is_lost(rows: list[EffectRow]) -> None:
    assert len(rows) == 4382
    assert all(row.effect_published is not None and row.agrees is not None for row in rows)


def test_the_published_dates_are_reproduced(rows: list[EffectRow]) -> None:
    outright = sum(row.agrees is True for row in rows) / len(rows)
    told = sum(row.agrees is True or row.difference is not None for row in rows) / len(rows)
    assert outright >= 0.979
    assert told >= 0.99


def test_every_difference_is_of_a_named_sort_or_counted_as_unknown(rows: list[EffectRow]) -> None:
    differing = [row for row in rows if row.agrees is False]
    sorts = Counter(row.difference for row in differing)
    assert sorts[None] <= UNKNOWN
    assert all(row.explained for row in differing if row.difference is not None)
