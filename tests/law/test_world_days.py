"""Delays counted over arrays are those counted one by one."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inforce.dates import apply_delay
from inforce.law.world_days import FIRST, LAST, NEVER, RULES, date, date_or_none, delayed, number, number_or
from inforce.vocabulary import DelayRule

days = st.dates(dt.date(2, 1, 1), dt.date(9900, 12, 31))


@given(st.sampled_from(sorted(RULES)), st.lists(st.tuples(st.integers(0, 99), days), min_size=1, max_size=8))
def test_a_delay_over_an_array_is_that_of_each_day(
    counted: tuple[DelayRule, str], asked: list[tuple[int, dt.date]]
) -> None:
    rule, unit = counted
    amounts = np.array([amount for amount, _ in asked], np.int32)
    triggers = np.array([number(day) for _, day in asked], np.int32)
    expected = [apply_delay(rule, amount, unit, day) for amount, day in asked]
    found = delayed(rule, amounts, triggers)
    assert [date(one) for one in found.tolist()] == expected
    assert found.dtype == np.int32
    one = delayed(rule, asked[0][0], triggers[:1])
    assert date(one[0]) == expected[0]


@pytest.mark.parametrize(("rule", "unit"), sorted(RULES))
def test_no_day_of_four_hundred_years_is_counted_otherwise(rule: DelayRule, unit: str) -> None:
    """All of the calendar's cycle, by steps that meet every day of the month."""
    triggers = np.array(range(number(dt.date(1880, 1, 1)), number(dt.date(2280, 1, 1)), 29), np.int32)
    for amount in (0, 1, 6, 13, 90):
        expected = [apply_delay(rule, amount, unit, date(one)) for one in triggers.tolist()]
        assert [date(one) for one in delayed(rule, amount, triggers).tolist()] == expected


def test_every_rule_is_counted_or_refused() -> None:
    counted = {rule for rule, _ in RULES}
    for rule in DelayRule:
        if rule in counted:
            assert delayed(rule, 0, np.array([0], np.int32)).shape == (1,)
        else:
            with pytest.raises(ValueError, match="is not counted over arrays"):
                delayed(rule, 0, np.array([0], np.int32))


def test_days_are_numbers_and_back() -> None:
    assert (number(dt.date.min), number(dt.date.max)) == (FIRST, LAST)
    assert number(dt.date(1970, 1, 1)) == 0
    assert (date(FIRST), date(LAST)) == (dt.date.min, dt.date.max)
    assert (date_or_none(NEVER), number_or(None, NEVER)) == (None, NEVER)
    assert number_or(dt.date(1970, 1, 2), NEVER) == 1
