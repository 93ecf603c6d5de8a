"""Which end notes are read as a withdrawal, and which are left to a person."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from inforce.record import load
from inforce.record.importing.model import Note
from inforce.record.importing.notes import Unread, Withdrawal, read_note

RECORD = load()


CASES = yaml.safe_load((Path(__file__).parent / "notes.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    "case", [case for case in CASES if "day" in case], ids=lambda case: case["text"][:60]
)
def test_a_plain_notice_is_read(case: dict[str, str]) -> None:
    (found,) = read_note(Note("1", case["text"]), case["holder"], RECORD)
    assert isinstance(found, Withdrawal)
    effect = found.effect.isoformat() if found.effect else None
    assert (found.participant, found.date.isoformat(), effect) == (
        case["holder"],
        case["day"],
        case.get("effect"),
    )


@pytest.mark.parametrize(
    "case", [case for case in CASES if "why" in case], ids=lambda case: case["text"][:60]
)
def test_what_is_not_plain_is_left_to_a_person_with_the_reason(case: dict[str, str]) -> None:
    (found,) = read_note(Note("1", case["text"]), case["holder"], RECORD)
    assert isinstance(found, Unread)
    assert case["why"] in found.why


def test_a_note_too_long_to_be_one_notice_is_left_to_a_person() -> None:
    (found,) = read_note(Note("1", "Withdrew. " + "And so on. " * 200), "LTU", RECORD)
    assert found == Unread("it is long")


@pytest.mark.parametrize(
    "text",
    [
        "With a territorial exclusion in respect of some islands.",
        "The former State signed on 4 December 1997.",
        "See note 2 in the part on historical information.",
    ],
)
def test_a_note_on_another_matter_says_nothing_of_leaving(text: str) -> None:
    assert read_note(Note("1", text), "LTU", RECORD) == ()


HEADING = ("Participant:", "Date of notification:", "Date of effect:")


def test_a_table_in_a_note_is_read_for_the_participant_it_stands_at() -> None:
    rows = (HEADING, ("Burundi", "27 Oct 2016", "27 Oct 2017"), ("Philippines", "17 Mar 2018", "17 Mar 2019"))
    (found,) = read_note(Note("2", "", rows), "PHL", RECORD)
    assert isinstance(found, Withdrawal)
    assert (found.participant, found.date.isoformat()) == ("PHL", "2018-03-17")
    assert read_note(Note("2", "", rows), "SWE", RECORD) == ()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((("Participant", "Notes"), ("Burundi", "x")), "other headings"),
        ((HEADING, ("Ruritania", "1 Jan 2020", "1 Jan 2021")), "nobody known"),
        ((HEADING, ("Burundi", "1 Jan 2020")), "2 cells"),
        ((HEADING, ("Burundi", "1 Jan 2020", "Withdrawn")), "a day in it is none"),
    ],
)
def test_a_table_in_a_note_that_is_not_plain_is_left_to_a_person(
    rows: tuple[tuple[str, ...], ...], why: str
) -> None:
    (found,) = read_note(Note("2", "", rows), "BDI", RECORD)
    assert isinstance(found, Unread)
    assert why in found.why
