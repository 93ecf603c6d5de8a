"""Amounts in prose, by the table beside this file and by laws that hold for any text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from inforce.reading.amounts import Amount, find_amounts
from inforce.reading.numerals import read_number, read_ordinal
from inforce.reading.times import find_times

_GROUPS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "amounts.yaml").read_text("utf-8"))


def _rows() -> list[Any]:
    rows = []
    for group in _GROUPS:
        for sentence, *said in group["rows"]:
            wanted = said[0] if said and isinstance(said[0], list) else said
            rows.append(
                pytest.param(sentence, [_wanted(w) for w in wanted], id=f"{group['group']}: {sentence}")
            )
    return rows


def _wanted(said: str) -> tuple[float, str, str]:
    value, sign, *unit = said.replace('"', "").split()
    return float(value), sign, unit[0] if unit else "count"


def _unit(amount: Amount) -> str:
    return (amount.currency or "?") if amount.unit == "money" else amount.unit


@pytest.mark.parametrize(("sentence", "wanted"), _rows())
def test_amount(sentence: str, wanted: list[tuple[float, str, str]]) -> None:
    marked = [part.split("»")[0] for part in sentence.split("«")[1:]]
    amounts = find_amounts(sentence.replace("«", "").replace("»", ""))
    assert [a.text for a in amounts] == marked
    assert [(a.value, a.comparator, _unit(a)) for a in amounts] == wanted


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert sum(len(g["rows"]) for g in _GROUPS) >= 80


def test_bounds_are_those_the_text_sets() -> None:
    (amount,) = find_amounts("between 3 and 5 million")
    assert (amount.low, amount.high) == (3e6, 5e6)
    (amount,) = find_amounts("up to 20 states")
    assert (amount.low, amount.high) == (None, 20)


def test_numbers_in_times_already_found_are_left_out() -> None:
    text = "In 2025 it bought 2025 mines within 90 days."
    times = find_times(text, None)
    assert [a.text for a in find_amounts(text, times)] == ["2025"]
    assert [a.start for a in find_amounts(text, times)] == [18]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("half a million", 500_000),
        ("a million and a half", 1_500_000),
        ("two and a half million", 2_500_000),
        ("one hundred and sixty-six thousand", 166_000),
        ("three million two hundred thousand and five", 3_200_005),
        ("30 000", 30_000),
        ("1.234.567", 1_234_567),
        ("1,5", 1.5),
        ("six six", None),
        ("twenty eleven", None),
        ("seven twenty", None),
        ("and", None),
        ("", None),
    ],
)
def test_number(text: str, value: float | None) -> None:
    assert read_number(text) == value


def test_ordinal() -> None:
    assert [read_ordinal(t) for t in ("112th", "twenty-first", "hundredth", "x")] == [112, 21, 100, None]


_VOCABULARY = """
six sixty hundred thousand million billion half a an of and to or - – , . 1 20 300 000 1.5 2,000 %
per cent euros € $ PLN more than about some up several few tens hundreds dozens between from largest
fifth first 112th 3rd none not single one no Article + 6m 4bn É “ ’ 27 June
"""
_WORDS = st.sampled_from([*_VOCABULARY.split(), "\u00a0", "\n", " "])
_TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(st.characters(codec=None), max_size=40),
    st.lists(_WORDS, max_size=25).map(" ".join),
    st.lists(_WORDS, max_size=25).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_any_text_gives_slices_in_order(text: str) -> None:
    amounts = find_amounts(text)
    for amount in amounts:
        assert amount.text == text[amount.start : amount.end] != ""
        assert amount.value >= 0
        if amount.low is not None and amount.high is not None:
            assert amount.low <= amount.high
    assert all(a.end <= b.start for a, b in pairwise(amounts))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("six " * 50_000, 50_000),
        ("7" * 200_000, 0),
        ("7 " * 100_000, 0),
        ("twenty-" * 28_000, 0),
        ("half a " * 28_000, 0),
        ("more than " * 20_000, 0),
        ("1,000" * 40_000, 0),
        ("€" * 200_000, 0),
        ("tens of " * 25_000, 12_500),
    ],
)
def test_long_hostile_text_is_read_in_linear_time(text: str, count: int) -> None:
    """Time is the test runner's to judge; a quadratic reader would not come back."""
    assert len(find_amounts(text)) == count
