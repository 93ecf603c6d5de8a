"""Laws of legal dates, and EDTF checked against an independent reader."""

from __future__ import annotations

import datetime as dt
import warnings
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inforce.dates import (
    add_months,
    add_years,
    apply_delay,
    edtf_of,
    first_of_month_after,
    in_words,
    parse_day,
    parse_edtf,
    within_years,
)
from inforce.errors import AmbiguousDate, UsageError
from inforce.vocabulary import DelayRule

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its grammar warns on import under the pinned pyparsing
    import edtf

unhurried = settings(deadline=None)  # a busy machine breaks no law
days = st.dates(dt.date(1899, 1, 1), dt.date(2200, 12, 31))
months = st.integers(0, 600)
units = {
    DelayRule.SAME_DAY: "day",
    DelayRule.ADD_DAYS: "day",
    DelayRule.ADD_MONTHS: "month",
    DelayRule.ADD_YEARS: "year",
    DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER: "month",
    DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_DAY: "day",
    DelayRule.FULL_DAYS_ELAPSED: "day",
}


@pytest.mark.parametrize(
    ("rule", "amount", "unit", "trigger", "effect"),
    [
        ("first_day_of_nth_month_after", 6, "month", "2000-03-01", "2000-09-01"),
        ("first_day_of_nth_month_after", 6, "month", "2026-08-31", "2027-02-01"),
        ("first_day_of_nth_month_after", 6, "month", "2012-07-17", "2013-01-01"),
        ("add_months", 6, "month", "2002-08-30", "2003-02-28"),
        ("add_months", 6, "month", "2025-06-27", "2025-12-27"),
        ("add_years", 1, "year", "2028-02-29", "2029-02-28"),
        ("add_days", 90, "day", "2014-09-25", "2014-12-24"),
        ("full_days_elapsed", 150, "day", "2007-07-14", "2007-12-12"),
        ("first_day_of_month_after_nth_day", 60, "day", "2002-04-11", "2002-07-01"),
        ("first_day_of_month_after_nth_day", 60, "day", "2001-12-02", "2002-02-01"),
        ("first_day_of_month_after_nth_day", 60, "day", "2001-12-03", "2002-03-01"),
        ("same_day", 0, "day", "1975-03-26", "1975-03-26"),
    ],
)
def test_clauses_of_known_treaties(rule: str, amount: int, unit: str, trigger: str, effect: str) -> None:
    assert apply_delay(DelayRule(rule), amount, unit, parse_day(trigger)) == parse_day(effect)


@unhurried
@given(st.sampled_from(sorted(units)), st.integers(0, 200), days, days)
def test_a_later_act_never_takes_effect_earlier(
    rule: DelayRule, amount: int, one: dt.date, other: dt.date
) -> None:
    early, late = sorted([one, other])
    unit = units[rule]
    assert apply_delay(rule, amount, unit, early) <= apply_delay(rule, amount, unit, late)


@unhurried
@given(st.sampled_from(sorted(units)), st.integers(0, 200), days)
def test_a_longer_delay_never_ends_earlier_and_none_ends_before_it_began(
    rule: DelayRule, amount: int, day: dt.date
) -> None:
    effect = apply_delay(rule, amount, units[rule], day)
    assert effect <= apply_delay(rule, amount + 1, units[rule], day)
    if rule is not DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER or amount > 0:
        assert effect >= day


@unhurried
@given(days, st.integers(0, 100_000))
def test_counting_days_can_be_taken_back(day: dt.date, count: int) -> None:
    assert apply_delay(DelayRule.ADD_DAYS, count, "day", day) - dt.timedelta(days=count) == day


@unhurried
@given(days, months)
def test_months_keep_the_day_or_clip_to_the_end_of_the_month(day: dt.date, count: int) -> None:
    later = add_months(day, count)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(days=1)).day == 1)


@unhurried
@given(days, months, months)
def test_months_add_up_save_for_clipping(day: dt.date, first: int, second: int) -> None:
    once, twice = add_months(day, first + second), add_months(add_months(day, first), second)
    assert twice <= once
    assert twice == once or add_months(day, first).day < day.day


@unhurried
@given(days, st.integers(0, 100))
def test_a_year_is_twelve_months(day: dt.date, years: int) -> None:
    assert add_years(day, years) == add_months(day, 12 * years)


@unhurried
@given(days, st.integers(1, 600))
def test_the_day_of_the_month_plays_no_part_in_a_first_of_the_month(day: dt.date, count: int) -> None:
    effect = first_of_month_after(day, count)
    assert effect.day == 1
    assert effect == first_of_month_after(day.replace(day=1), count)
    assert effect > day


@pytest.mark.parametrize("rule", [DelayRule.ADD_DAYS, DelayRule.ADD_MONTHS, DelayRule.FULL_DAYS_ELAPSED])
def test_a_unit_that_the_rule_does_not_count_is_refused(rule: DelayRule) -> None:
    with pytest.raises(AmbiguousDate, match="mend the clause"):
        apply_delay(rule, 6, "year", dt.date(2025, 1, 1))


@pytest.mark.parametrize(
    ("rule", "unit"), [("add_days", "day"), ("add_months", "month"), ("add_years", "year")]
)
def test_a_day_beyond_the_calendar_is_refused(rule: str, unit: str) -> None:
    with pytest.raises(UsageError, match="beyond the calendar"):
        apply_delay(DelayRule(rule), 6_000_000, unit, dt.date(2025, 1, 1))


def test_days_in_words() -> None:
    assert in_words(dt.date(2012, 1, 9)) == "9 January 2012"


# EDTF, beside the reader of the `edtf` package


def oracle(text: str) -> tuple[dt.date, dt.date]:
    parsed: Any = edtf.parse_edtf(text)
    return dt.date(*parsed.lower_strict()[:3]), dt.date(*parsed.upper_strict()[:3])


marks = st.sampled_from(["", "~", "?", "%"])
years = st.integers(1, 9999).map("{:04}".format)
parts = st.one_of(
    st.builds("{}{}".format, years, marks),
    st.builds("{}-{:02}{}".format, years, st.integers(1, 12), marks),
    st.builds(lambda day, mark: f"{day.isoformat()}{mark}", st.dates(), marks),
    st.builds("{}X".format, st.integers(100, 999).map(str)),
    st.builds("{}XX".format, st.integers(10, 99).map(str)),
    st.builds("{}-XX".format, years),
    st.builds("{}-{:02}-XX".format, years, st.integers(1, 12)),
    st.builds("{}-{}".format, years, st.integers(21, 23)),
)


@unhurried
@given(parts)
def test_a_date_has_the_bounds_that_the_oracle_gives(text: str) -> None:
    parsed = parse_edtf(text)
    assert (parsed.first, parsed.last) == oracle(text)
    assert str(parsed) == text


@unhurried
@given(parts, parts)
def test_an_interval_runs_from_its_first_day_to_its_last(one: str, other: str) -> None:
    first, last = oracle(one)[0], oracle(other)[1]
    if first > last:
        with pytest.raises(UsageError, match="ends before it begins"):
            parse_edtf(f"{one}/{other}")
    else:
        parsed = parse_edtf(f"{one}/{other}")
        assert (parsed.first, parsed.last) == (first, last)


@unhurried
@given(parts)
def test_an_open_end_is_no_day(text: str) -> None:
    first, last = oracle(text)
    for until in (f"../{text}", f"/{text}"):
        assert (parse_edtf(until).first, parse_edtf(until).last) == (None, last)
    for since in (f"{text}/..", f"{text}/"):
        assert (parse_edtf(since).first, parse_edtf(since).last) == (first, None)


def test_winter_runs_into_the_next_year() -> None:
    winter = parse_edtf("2026-24")
    assert (winter.first, winter.last) == (dt.date(2026, 12, 1), dt.date(2027, 2, 28))


@unhurried
@given(st.dates())
def test_a_day_is_exact_and_reads_back(day: dt.date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_edtf(day.isoformat()) == edtf_of(day)
    assert edtf_of(day).exact == day


@pytest.mark.parametrize("text", ["2011", "2025-06", "../2011", "2026-21", "201X"])
def test_a_partial_date_is_no_day(text: str) -> None:
    assert parse_edtf(text).exact is None
    with pytest.raises(UsageError, match="is not one day"):
        parse_day(text)


@pytest.mark.parametrize(
    "text", ["2023-02-29", "2023-13", "2023-00", "0000", "2023-04-31", "2023-4-1", "../..", "/", "201X-05"]
)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_edtf(text)


@unhurried
@given(st.text(alphabet="0123456789-/.X~?% TZ:٣²", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parsed = parse_edtf(text)
    except UsageError:
        return
    assert parsed.first is None or parsed.last is None or parsed.first <= parsed.last


def test_a_limit_beyond_the_calendar_is_its_last_day() -> None:
    assert within_years(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)
    assert within_years(dt.date(9998, 7, 1), 1) == dt.date(9999, 7, 1)
    assert within_years(dt.date(9999, 7, 1), 1) == within_years(dt.date(9990, 1, 1), 50) == dt.date.max
