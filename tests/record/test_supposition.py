"""Supposed acts as a person types them: what is read, and the line that a malformed one gets."""

from __future__ import annotations

import datetime as dt

import pytest

from inforce.errors import UsageError
from inforce.record import load
from inforce.record.supposition import SupposedAction, SupposedConflict, read_supposition
from inforce.vocabulary import ActionKind

RECORD = load()
D = dt.date


def test_an_act_is_named_in_any_way_the_record_resolves() -> None:
    for text in (
        "POL accession apmbc 2027-01-15",
        'Poland Accession "Ottawa Convention" 2027-01-15',
        "Republic of Poland accession XXVI-5 2027-01-15",
    ):
        (one,) = read_supposition(RECORD, text)
        assert isinstance(one, SupposedAction)
        assert (one.participant, one.kind, one.treaty) == ("POL", ActionKind.ACCESSION, "apmbc")
        assert (one.date.exact, one.known) == (D(2027, 1, 15), None)


def test_days_of_knowledge_notification_and_later_effect_follow_in_any_order() -> None:
    text = "POL withdrawal apmbc 2027 notified 2027-03-01 known 2027-02 named 2028-01-01"
    (one,) = read_supposition(RECORD, text)
    assert isinstance(one, SupposedAction)
    assert (one.date.text, one.known and one.known.text) == ("2027", "2027-02")
    assert (one.named, one.notified) == (D(2028, 1, 1), D(2027, 3, 1))


def test_kinds_of_several_words_are_read_with_or_without_hyphens() -> None:
    for kind in ("consent to be bound", "consent-to-be-bound", "definitive signature"):
        (one,) = read_supposition(RECORD, f"POL {kind} apmbc 2027-01-15")
        assert isinstance(one, SupposedAction)
        assert one.kind == kind.replace(" ", "-")


def test_several_states_do_the_same_and_an_inverted_name_is_one_state() -> None:
    several = read_supposition(RECORD, "CHN, Egypt, United States, CHN ratification ctbt 2027-01-15")
    assert [one.participant for one in several] == ["CHN", "EGY", "USA"]
    (one,) = read_supposition(RECORD, "Korea, Republic of withdrawal npt 2027-01-15")
    assert one.participant == "KOR"


def test_an_armed_conflict_lasts_until_the_day_named_or_on() -> None:
    (open_,) = read_supposition(RECORD, "FIN armed-conflict 2027-01-15")
    assert open_ == SupposedConflict(participant="FIN", since=D(2027, 1, 15))
    (over,) = read_supposition(RECORD, "FIN armed conflict 2027-01-15 until 2027-02-01")
    assert over == SupposedConflict(participant="FIN", since=D(2027, 1, 15), until=D(2027, 2, 1))


BAD = [
    ("", "names no kind of action; write STATE ACTION TREATY DATE"),
    ("POL", "names no kind of action; write STATE ACTION TREATY DATE"),
    ("POL acession apmbc 2027-01-15", 'did you mean "accession"?'),
    ("accession apmbc 2027-01-15", "names no state before the action; write STATE ACTION"),
    ("POL accession", "names no treaty and day after the action"),
    ("POL accession apmbc", "has no day; write STATE ACTION TREATY DATE"),
    ("POL accession mine ban", "'POL accession mine ban': 'ban' is no date; write YYYY"),
    ("POL accession apmbc 2027-02-30", "names a day that does not exist"),
    ("POL accession apmbc 2027/..", "has the open date '2027/..'; write a day, or a year or month"),
    ("POL accession apmbc 2027-01-15 known", "gives no day after 'known'"),
    ("POL accession apmbc 2027-01-15 known 2027 known 2028", "says known twice; write known once"),
    ("POL accession apmbc 2027-01-15 named 2028", "'2028' is not one day; write YYYY-MM-DD"),
    ("Polland accession apmbc 2027-01-15", "Poland (POL)"),
    ("POL,, EGY accession apmbc 2027-01-15", "has a comma with no state beside it"),
    ("POL, Atlantis accession apmbc 2027-01-15", "no state called 'Atlantis'"),
    ("POL accession apmcb 2027-01-15", "apmbc"),
    ("POL armed-conflict", "gives no day; write STATE armed-conflict DATE [until DATE]"),
    ("POL armed-conflict apmbc 2027-01-15", "has 'apmbc' too much; write STATE armed-conflict DATE"),
    ("POL armed-conflict 2027-01-15 until 2027-01-15", "ends before it begins; write STATE armed-conflict"),
    (f"{'x' * 500} 2027", f"'{'x' * 80}…' names no kind of action"),
]


@pytest.mark.parametrize(("text", "words"), BAD, ids=[text[:50] or "nothing" for text, _ in BAD])
def test_what_is_malformed_gets_one_line_that_says_what_to_write(text: str, words: str) -> None:
    with pytest.raises(UsageError) as told:
        read_supposition(RECORD, text)
    assert words in str(told.value)
    assert "\n" not in str(told.value)
