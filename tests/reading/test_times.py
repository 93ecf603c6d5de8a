"""Dates and lengths of time in prose, by the table beside this file and by laws that hold for any text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from inforce.dates import parse_edtf
from inforce.reading.times import find_times, reread, resolve_relative
from inforce.reading.times_grammar import shape_names
from inforce.reading.times_resolve import RESOLVERS

_GROUPS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "times.yaml").read_text("utf-8"))
_PUBLISHED = date(2025, 7, 10)


def _unmark(sentence: str) -> tuple[str, list[str]]:
    """The sentence without its guillemets, and what stood in them."""
    marked = [part.split("»")[0] for part in sentence.split("«")[1:]]
    return sentence.replace("«", "").replace("»", ""), marked


def _rows() -> list[Any]:
    rows = []
    for group in _GROUPS:
        for sentence, *said in group.get("rows", []):
            wanted = said[0] if said and isinstance(said[0], list) else said
            texts = [None if w is None else str(w) for w in wanted]
            case = (sentence, texts, group["published"], group.get("prefer"))
            rows.append(pytest.param(*case, id=f"{group['group']}: {sentence}"))
    return rows


@pytest.mark.parametrize(("sentence", "wanted", "published", "prefer"), _rows())
def test_expression(sentence: str, wanted: list[str | None], published: date | None, prefer: Any) -> None:
    text, marked = _unmark(sentence)
    times = find_times(text, published, prefer)
    assert [t.text for t in times] == marked
    assert [
        t.duration if (w or "").startswith("P") else t.edtf for t, w in zip(times, wanted, strict=True)
    ] == wanted


@pytest.mark.parametrize(
    ("sentence", "reference", "wanted"),
    [pytest.param(*row, id=row[0]) for group in _GROUPS for row in group.get("beside", [])],
)
def test_expression_beside_another_date(sentence: str, reference: Any, wanted: Any) -> None:
    text, marked = _unmark(sentence)
    (time,) = find_times(text, date(2026, 7, 10))
    assert [time.text] == marked
    assert resolve_relative(time, str(reference)) == (None if wanted is None else str(wanted))


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert sum(len(g.get("rows", [])) + len(g.get("beside", [])) for g in _GROUPS) >= 150


def test_every_shape_has_its_reckoning_and_every_reckoning_a_shape() -> None:
    assert shape_names() == set(RESOLVERS)


def test_half_a_year_later_is_the_day_where_the_caller_asks_for_it() -> None:
    (time,) = find_times("Half a year later it took effect.", None)
    assert resolve_relative(time, "2024-09-06") == "2025-03"
    assert resolve_relative(time, "2024-09-06", exact=True) == "2025-03-06"


def test_an_event_told_by_how_long_after_it_the_act_came_is_dated_backwards() -> None:
    (time,) = find_times("Eight years after Accra had signed, it ratified.", None)
    assert resolve_relative(time, "2025-09-26", inverse=True) == "2017"


def test_the_date_in_an_interval_stays_at_hand() -> None:
    (time,) = find_times("It has been in force since 1 March 1999.", None)
    assert (time.edtf, time.point, time.relation, time.kind) == (
        "1999-03-01/..",
        "1999-03-01",
        "since",
        "span",
    )
    assert (time.first, time.last) == (date(1999, 3, 1), None)


@pytest.mark.parametrize(
    ("sentence", "name_like"),
    [
        ("the 1997 convention", True),
        ("the 1997 Ottawa Convention on mines", True),
        ("the 2008 cluster munitions treaty", True),
        ("the ban treaty of 2017", True),
        ("in 1997 the convention", False),
        ("the convention, adopted in 1997, and the protocol", False),
        ("the spring of 1997", False),
    ],
)
def test_a_year_in_a_name_is_marked(sentence: str, name_like: bool) -> None:
    (time,) = find_times(sentence, _PUBLISHED)
    assert time.name_like is name_like


def test_a_date_without_year_can_be_read_again_when_the_tense_is_known() -> None:
    (time,) = find_times("It lodged its notice on 10 July.", date(2026, 3, 12))
    assert time.yearless
    assert time.edtf == "2026-07-10"
    again = reread(time, date(2026, 3, 12), "past")
    assert (again.edtf, again.start, again.end) == ("2025-07-10", time.start, time.end)


def test_offsets_count_code_points() -> None:
    text = "Žemaitė 🕊 «Šįryt» – on 27 June 2025, Ål"
    (time,) = find_times(text, None)
    assert text[time.start : time.end] == time.text == "27 June 2025"


_VOCABULARY = """
six half a an the month months year years of last next this that until since by between and to from
27 June May may March 2025 1997 , . - – ' ’ days' notice later ago today Friday summer end before
after Christmas 10 January first second quarter 0 31 29 February in on 99 9999 it's year's mid- É ö
20.02.2026 1/2/2003 century decade fortnight two hundred thousand more than
"""
_WORDS = st.sampled_from([*_VOCABULARY.split(), "\u00a0", "\n", " "])
_TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(st.characters(codec=None), max_size=40),
    st.lists(_WORDS, max_size=25).map(" ".join),
    st.lists(_WORDS, max_size=25).map("".join),
)
_DAYS = st.one_of(st.none(), st.dates(), st.sampled_from([date.min, date.max, date(2024, 2, 29)]))


@settings(max_examples=400, deadline=None)
@given(_TEXTS, _DAYS, st.sampled_from([None, "past", "future"]))
def test_any_text_gives_slices_in_order_and_dates_that_exist(
    text: str, published: date | None, prefer: Any
) -> None:
    times = find_times(text, published, prefer)
    for time in times:
        assert time.text == text[time.start : time.end] != ""
        if time.edtf is not None:
            parse_edtf(time.edtf)
        if time.point is not None:
            parse_edtf(time.point)
    assert all(a.end <= b.start for a, b in pairwise(times))


@settings(max_examples=200, deadline=None)
@given(
    _TEXTS,
    st.sampled_from(
        ["2025", "2025-06", "2025-06-27", "2024-24", "0001-01-01", "9999-12-31", "../2011", "2011/.."]
    ),
)
def test_any_expression_beside_any_date_gives_a_date_or_none(text: str, reference: str) -> None:
    for time in find_times(text, _PUBLISHED):
        for inverse in (False, True):
            found = resolve_relative(time, reference, inverse=inverse)
            assert found is None or parse_edtf(found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("six " * 50_000, 0),
        ("7" * 200_000, 0),
        ("27 June " * 25_000, 25_000),
        ("between " * 25_000, 0),
        ("a half and a half " * 10_000, 0),
        ("2025-" * 40_000, None),
        ("the end of the " * 13_000, 0),
        ("é" * 200_000, 0),
    ],
)
def test_long_hostile_text_is_read_in_linear_time(text: str, count: int | None) -> None:
    """Time is the test runner's to judge; a quadratic reader would not come back."""
    found = find_times(text, _PUBLISHED)
    assert count is None or len(found) == count
