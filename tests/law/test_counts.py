"""When a number of parties was right: laws of counting, and its answers on a small record."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import act, act_lists, conflict_lists, days, record

from inforce import law
from inforce.errors import UsageError
from inforce.law.counts import CONVENTION, CONVENTIONS, Counting, Series
from inforce.record.model import Action, ArmedConflict, ContestedPoint, Reading
from inforce.vocabulary import ActionKind

unhurried = settings(deadline=None)  # a busy machine breaks no law
D = dt.date
Acts = list[Action]
Conflicts = list[ArmedConflict]

#: What a table of parties counts under the same names.
TABLED = ("deposited", "in_force", "contracting", "withdrawal_notified", "signatories", "signatories_only")


@unhurried
@given(act_lists, conflict_lists, days, st.integers(1, 4))
def test_a_number_is_right_on_a_day_exactly_where_the_table_of_that_day_counts_it(
    acts: Acts, conflicts: Conflicts, on: D, number: int
) -> None:
    world = record(acts, conflicts)
    counts = law.parties(world, "pact", on=on, today=on).counts
    answer = law.count(world, "pact", number, first=on, last=on, today=on)
    found = {one.counted: one.stretches for one in answer.findings}
    for name in TABLED:
        least, most = counts[name], counts.get(f"{name}_max", counts[name])
        stretches = found.get(name, ())
        assert bool(stretches) is (least <= number <= most)
        for one in stretches:
            assert (one.least, one.most) == (least, most)
            assert one.since is not None
            assert one.since <= on
            assert one.until is None or on < one.until
            assert (one.right is True) is (least == most)
            assert bool(one.because) is (least != most)
            assert one.begun_by


@unhurried
@given(act_lists, conflict_lists, days)
def test_every_way_of_counting_keeps_its_place_among_the_others(
    acts: Acts, conflicts: Conflicts, on: D
) -> None:
    counting = Counting(record(acts, conflicts), "pact", None)
    count = {one.key: counting.at(one.key, on) for one in CONVENTIONS}
    for fewer, more in (
        ("in_force", "deposited"),
        ("in_force_without_notified", "in_force"),
        ("deposited_without_notified", "deposited"),
        ("in_force_without_notified", "deposited_without_notified"),
        ("in_force_without_contested", "in_force"),
        ("in_force", "in_force_with_contested"),
        ("withdrawal_notified", "in_force"),
        ("deposited", "signed_or_deposited"),
        ("signatories", "acted"),
        ("ever_deposited", "acted"),
    ):
        assert count[fewer][0] <= count[more][0], (fewer, more)
        assert count[fewer][1] <= count[more][1], (fewer, more)


@unhurried
@given(act_lists)
def test_without_withdrawals_no_count_of_those_who_joined_ever_falls(acts: Acts) -> None:
    joining = [one for one in acts if one.kind is not ActionKind.WITHDRAWAL]
    counting = Counting(record(joining), "pact", None)
    for counted in ("deposited", "in_force", "ever_deposited", "signatories", "acted"):
        for series in (counting.least(counted), counting.most(counted)):
            assert list(series.numbers) == sorted(series.numbers)


@unhurried
@given(act_lists, conflict_lists, st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_of_rows_does_not_change_when_a_number_was_right(
    acts: Acts, conflicts: Conflicts, random: object, number: int
) -> None:
    shuffled = list(acts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = record(acts, conflicts), record(shuffled, conflicts[::-1])
    today = D(2010, 1, 1)
    assert law.count(one, "pact", number, today=today) == law.count(other, "pact", number, today=today)


@unhurried
@given(act_lists, conflict_lists)
def test_levels_of_a_count_leave_no_gap_and_neighbours_differ(acts: Acts, conflicts: Conflicts) -> None:
    counting = Counting(record(acts, conflicts), "pact", None)
    for convention in CONVENTIONS:
        levels = counting.levels(convention.key)
        for one, after in pairwise(levels):
            assert one.until == after.since
            assert one[2:] != after[2:]
            assert counting.turned(convention.key, after.since)


@unhurried
@given(act_lists, days, st.integers(1, 9))
def test_what_is_said_instead_of_a_wrong_number_is_right(acts: Acts, on: D, number: int) -> None:
    world = record(acts)
    answer = law.count(world, "pact", number, first=on, last=on, today=on)
    counting = Counting(world, "pact", None)
    assert (answer.right is True) is not bool(answer.nearest_numbers)
    for near in answer.nearest_numbers:
        assert counting.at(near.counted, on) == (near.least, near.most)
    for near in answer.nearest_dates:
        assert near.since is not None
        assert counting.at(near.counted, near.since) == (number, number)


PARTIES = [act("ONE", ActionKind.RATIFICATION, "2000-02-01"), act("TWO", ActionKind.ACCESSION, "2000-03-01")]


def test_one_that_left_still_counts_among_those_that_ever_deposited() -> None:
    world = record([*PARTIES, act("TWO", ActionKind.WITHDRAWAL, "2001-01-10")])
    found = {one.counted: one for one in law.count(world, "pact", 2).findings}
    (by_deposit,) = found["deposited"].stretches
    assert (by_deposit.since, by_deposit.until) == (D(2000, 3, 1), D(2001, 7, 10))
    assert [step.text for step in by_deposit.begun_by] == [
        "Twoland deposited its instrument of accession on 1 March 2000."
    ]
    assert [step.text for step in by_deposit.ended_by] == [
        "The depositary received Twoland's notice of withdrawal on 10 January 2001, in effect from 10 July "
        "2001."
    ]
    (without_leaving,) = found["deposited_without_notified"].stretches
    assert without_leaving.until == D(2001, 1, 10)
    (ever,) = found["ever_deposited"].stretches
    assert ever.until is None


def test_those_of_whom_it_is_contested_are_counted_in_out_and_as_recorded() -> None:
    readings = (Reading(id="A", holder="ONE", result="out"), Reading(id="B", holder="TWO", result="in"))
    point = ContestedPoint(
        id="p", kind="suspension", treaties=("pact",), participant="ONE", question="Is it bound?",
        since=D(2002, 1, 1), readings=readings,
    )  # fmt: skip
    counting = Counting(record(PARTIES, contested=[point]), "pact", None)
    on = D(2003, 1, 1)
    assert counting.at("in_force", on) == (2, 2)
    assert counting.at("in_force_with_contested", on) == (2, 2)
    assert counting.at("in_force_without_contested", on) == (1, 1)
    assert counting.turned("in_force_without_contested", D(2002, 1, 1)) == ["ONE"]


def test_a_partial_date_opens_the_count_and_the_reason_is_said() -> None:
    world = record([*PARTIES[:1], act("TWO", ActionKind.ACCESSION, "2001")])
    answer = law.count(world, "pact", 2, first=D(2001, 6, 1), last=D(2001, 6, 1), today=D(2010, 1, 1))
    assert answer.right is None
    (stretch,) = next(one for one in answer.findings if one.counted == "deposited").stretches
    assert (stretch.least, stretch.most, stretch.right) == (1, 2, None)
    assert stretch.because == ("Twoland may count or not: its act is recorded only as of 2001",)


def test_days_to_come_count_on_what_is_known() -> None:
    world = record([*PARTIES, act("TWO", ActionKind.WITHDRAWAL, "2001-01-10")])
    answer = law.count(world, "pact", 1, first=D(2001, 7, 10), today=D(2001, 2, 1))
    assert answer.right is True
    assert "if nothing else happens" in answer.notes[-1]
    unaware = law.count(world, "pact", 1, first=D(2001, 7, 10), known_by=D(2001, 1, 9), today=D(2001, 2, 1))
    assert "deposited" not in {one.counted for one in unaware.findings}


@pytest.mark.parametrize(
    ("number", "first", "last", "words"),
    [
        (0, None, None, "0 is no number of participants; ask for 1 or more"),
        (1, D(2002, 1, 1), D(2001, 1, 1), "before they begin on 2002-01-01; swap the two"),
    ],
)
def test_what_cannot_be_asked_is_told(number: int, first: D | None, last: D | None, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        law.count(record(PARTIES), "pact", number, first=first, last=last)


def test_every_way_of_counting_says_what_it_counts_and_who_counts_so() -> None:
    assert len(CONVENTION) == len(CONVENTIONS)
    assert len({one.label for one in CONVENTIONS}) == len(CONVENTIONS)
    for one in CONVENTIONS:
        assert one.says and one.by
        assert bool(one.statuses) is not bool(one.ever)


def test_a_series_holds_each_number_until_the_next() -> None:
    series = Series((D(2000, 1, 1), D(2001, 1, 1)), (3, 2))
    assert [series.at(day) for day in (D(1999, 1, 1), D(2000, 1, 1), D(2001, 1, 1))] == [0, 3, 2]
    assert series.during(D(2000, 6, 1), D(2001, 6, 1)) == {3, 2}
    assert series.after(D(2000, 6, 1)) == {2}
    assert series.last_time(lambda number: number == 3, D(2002, 1, 1)) == D(2001, 1, 1)
    assert series.last_time(lambda number: number == 9, D(2002, 1, 1)) is None
