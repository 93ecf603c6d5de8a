"""What is kept of a record must never answer for another one, nor grow without bound."""

from __future__ import annotations

import datetime as dt

import msgspec

from inforce import law
from inforce.checking.tally import tally
from inforce.law.chronicle import chronicle
from inforce.law.counts import Counting
from inforce.law.kept import kept
from inforce.record import load
from inforce.record.model import Record


def test_an_edited_copy_is_asked_anew() -> None:
    asked: list[int] = []

    @kept(10)
    def treaties(record: Record, more: int) -> int:
        asked.append(more)
        return len(record.treaties) + more

    record = load()
    edited = msgspec.structs.replace(record, treaties={})
    assert [treaties(record, 1), treaties(edited, 1), treaties(record, 1)] == [
        len(record.treaties) + 1,
        1,
        len(record.treaties) + 1,
    ]
    assert len(asked) == 2


def test_no_more_answers_are_kept_than_allowed() -> None:
    asked: list[int] = []

    @kept(3)
    def same(record: Record, number: int) -> int:
        asked.append(number)
        return number

    record = load()
    assert [same(record, n) for n in (1, 2, 3, 1, 4, 1)] == [1, 2, 3, 1, 4, 1]
    assert asked == [1, 2, 3, 4, 1]


def test_a_count_kept_from_one_day_is_that_of_every_day_before_the_next_news() -> None:
    """The counts of a treaty differ on two days of knowledge only where something became known between."""
    record = load()
    book = chronicle(record)
    for treaty in ("apmbc", "ccm"):
        for known_by in (dt.date(1990, 1, 1), dt.date(2012, 7, 1), dt.date(2025, 12, 26)):
            counting = Counting(record, treaty, known_by)
            found = tally(record, treaty, known_by)
            assert found.deposited == counting.least("deposited")
            assert found.signatories == counting.least("signatories")
            last = book.last_news_of_all(treaty, known_by)
            assert last is None or last <= known_by or last == dt.date.min


def test_a_record_that_is_asked_on_keeps_its_timelines_beside_many_that_are_asked_once() -> None:
    record = load()
    book = chronicle(record)
    for _ in range(10):
        chronicle(msgspec.structs.replace(record))
        assert chronicle(record) is book
    law.diff_parties(law.Point(record, dt.date(2025, 1, 1)), law.Point(record, dt.date(2026, 2, 1)), "ccm")
    assert chronicle(record) is book


def test_what_is_supposed_of_one_treaty_has_the_timelines_of_the_others() -> None:
    record = load()
    supposed = msgspec.structs.replace(record, actions={**record.actions, "ccm": record.actions["ccm"][1:]})
    one, other = chronicle(record), chronicle(supposed)
    assert other.timeline("FIN", "apmbc", None) is one.timeline("FIN", "apmbc", None)
    gone = record.actions["ccm"][0].participant
    assert other.timeline(gone, "ccm", None) != one.timeline(gone, "ccm", None)
    # Whoever leaves the Convention leaves its Protocols.
    less = msgspec.structs.replace(record, actions={**record.actions, "ccw": record.actions["ccw"][1:]})
    protocol = next(key for key, treaty in record.treaties.items() if treaty.parent == "ccw")
    assert chronicle(less).timeline("FIN", protocol, None) is not one.timeline("FIN", protocol, None)
