"""A status that is contested on two grounds at once shows the readings of both, and either can be picked."""

from __future__ import annotations

import datetime as dt

import pytest

from inforce import law
from inforce.errors import UsageError
from inforce.law.suppose import suppose
from inforce.record.load import load
from inforce.record.model import Record
from inforce.record.supposition import read_supposition
from inforce.vocabulary import Status

ON = dt.date(2028, 1, 1)


@pytest.fixture(scope="module")
def supposed() -> Record:
    """Ukraine, which declared a suspension, supposed to have given notice in an armed conflict besides."""
    record = load()
    return suppose(record, read_supposition(record, "UKR withdrawal apmbc 2027-01-15"))


def test_the_readings_of_both_points_are_shown(supposed: Record) -> None:
    answer = law.status(supposed, "UKR", "apmbc", on=ON)
    assert (answer.status, answer.bound) == (Status.CONTESTED, None)
    points = {one.id.partition(":")[0] for one in answer.readings}
    assert points == {"ukraine-apmbc-suspension", "apmbc-carve-out-ukr"}
    assert {one.id for one in answer.readings if one.bound is False} == {
        "ukraine-apmbc-suspension:A",
        "apmbc-carve-out-ukr:in-effect",
    }


@pytest.mark.parametrize(
    ("reading", "bound"),
    [
        ("ukraine-apmbc-suspension:A", False),
        ("B", True),
        ("apmbc-carve-out-ukr:in-effect", False),
        ("deferred", True),
    ],
)
def test_a_reading_of_either_can_be_picked(supposed: Record, reading: str, bound: bool) -> None:
    assert law.status(supposed, "UKR", "apmbc", on=ON, reading=reading).bound is bound


def test_before_the_notice_runs_out_only_the_first_point_is_open(supposed: Record) -> None:
    answer = law.status(supposed, "UKR", "apmbc", on=dt.date(2027, 7, 14))
    assert {one.id for one in answer.readings} == {"A", "B", "C"}


def test_a_reading_of_no_point_is_refused(supposed: Record) -> None:
    with pytest.raises(UsageError, match=r"apmbc-carve-out-ukr:deferred|ukraine-apmbc-suspension:A"):
        law.status(supposed, "UKR", "apmbc", on=ON, reading="Z")
