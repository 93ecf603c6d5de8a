"""What holds of every comparison, tried on the project's own annotated articles."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise, permutations
from pathlib import Path

import msgspec
import pytest
from claim_cases import a_claim, a_document

from inforce.checking import Report, check
from inforce.checking.compare import compare
from inforce.checking.compare_model import ChangeSort
from inforce.reading import read
from inforce.reading.document import open_document
from inforce.reading.model import Attribution, Claim, ClaimObject, Span
from inforce.record import load
from inforce.vocabulary import ClaimKind

ARTICLES = sorted((Path(__file__).parents[1] / "gold").glob("own-*.txt"))
STORY = sorted((Path(__file__).parent / "stories" / "vote-told-as-exit").glob("*.txt"))
TODAY = date(2026, 11, 22)


@cache
def report(path: Path) -> Report:
    record = load()
    document = open_document(path)
    return check(document, read(document, record), record, today=TODAY)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_beside_itself_changes_nothing(path: Path) -> None:
    found = compare([report(path), report(path)], load())
    assert [change for row in found.rows for change in row.changes] == []
    assert [row for row in found.rows if row.told_by != (0, 1)] == []
    assert found.stages == ()
    assert found.same_text == ((0, 1),)
    assert found.first_source.article is None


@pytest.mark.parametrize(("one", "other"), list(pairwise(ARTICLES)), ids=lambda path: path.stem)
def test_every_claim_of_every_article_stands_in_a_row(one: Path, other: Path) -> None:
    found = compare([report(one), report(other)], load())
    for at, its in enumerate(found.reports):
        told = {claim for row in found.rows if (telling := row.tellings[at]) for claim in telling.claims}
        assert told == {finding.claim.id for finding in its.findings}


def test_the_order_in_which_articles_are_given_makes_no_difference() -> None:
    reports = [report(path) for path in STORY]
    answers = [compare(list(order), load()) for order in permutations(reports)]
    assert all(msgspec.json.encode(one) == msgspec.json.encode(answers[0]) for one in answers)


def test_a_story_of_one_article_has_its_rows_and_no_change() -> None:
    found = compare([report(STORY[0])], load())
    assert len(found.rows) > 5
    assert all(row.changes == () for row in found.rows)


def _told(day: date, *claims: Claim) -> Report:
    numbered = [msgspec.structs.replace(claim, id=f"c{at}") for at, claim in enumerate(claims, 1)]
    return check(a_document(day), numbered, load(), today=TODAY)


def _changes(one: Claim, other: Claim) -> list[tuple[str, str]]:
    rows = compare([_told(date(2025, 7, 10), one), _told(date(2025, 7, 11), other)], load()).rows
    return [(str(change.field), str(change.sort)) for row in rows for change in row.changes]


def _mines(*items: str, count: int | None = None, predicate: str = "procure") -> Claim:
    return a_claim(
        kind=ClaimKind.PROGRAMME,
        predicate=predicate,
        subject=("LTU",),
        treaty=None,
        object=ClaimObject(item=items, count=count, comparator=None if count is None else "="),
    )


@pytest.mark.parametrize(
    ("one", "other", "changes"),
    [
        (_mines("mine"), _mines("anti-personnel-mine"), [("item", "narrowed")]),
        (_mines("anti-personnel-mine"), _mines("mine"), [("item", "widened")]),
        (_mines("anti-personnel-mine"), _mines("anti-vehicle-mine"), []),
        (
            _mines("anti-personnel-mine", count=85_000),
            _mines("anti-vehicle-mine", count=85_000),
            [("item", "changed")],
        ),
        (
            _mines("anti-personnel-mine", count=10),
            _mines("anti-personnel-mine", count=100),
            [("count", "changed")],
        ),
        (_mines("mine", count=10), _mines("mine", count=10, predicate="produce"), [("act", "changed")]),
        (_mines("mine", count=10), _mines("mine", count=11, predicate="produce"), []),
    ],
)
def test_things_of_two_sorts_meet_only_where_something_binds_them(
    one: Claim, other: Claim, changes: list[tuple[str, str]]
) -> None:
    assert _changes(one, other) == changes


def test_a_yes_told_as_a_no_is_reversed() -> None:
    party = a_claim(kind=ClaimKind.MEMBERSHIP, predicate="party", subject=("RUS",), treaty="apmbc")
    assert _changes(party, msgspec.structs.replace(party, negated=True)) == [("negated", "reversed")]


def test_acts_years_apart_are_two_acts() -> None:
    def joined(when: str) -> Claim:
        return a_claim(
            kind=ClaimKind.TREATY_ACTION, predicate="acceded", subject=("GMB",), treaty="apmbc", when=when
        )

    assert _changes(joined("2002"), joined("2017")) == []
    assert _changes(joined("2002"), joined("2003")) == [("when", "moved")]
    assert _changes(joined("2002"), joined("2002-09-23")) == [("when", "refined")]
    assert _changes(joined("2002-09-23"), joined("2002")) == [("when", "blurred")]


def test_one_speaker_by_two_names_is_no_change() -> None:
    def said(speaker: str | None) -> Claim:
        given = None if speaker is None else Attribution(speaker)
        return msgspec.structs.replace(_mines("mine"), attribution=given)

    assert _changes(said("Karolis Aleksa"), said("Aleksa")) == []
    assert _changes(said("Karolis Aleksa"), said("Rasa Medeikė")) == [("attribution", "changed")]
    assert _changes(said("Karolis Aleksa"), said(None)) == [("attribution", "lost")]
    assert _changes(said(None), said("Karolis Aleksa")) == [("attribution", "gained")]


def test_of_one_day_the_likely_first_source_comes_first() -> None:
    day = date(2025, 7, 10)
    bare = _mines("mine")
    said = msgspec.structs.replace(bare, attribution=Attribution("Karolis Aleksa"))
    found = compare([_told(day, bare), _told(day, said)], load())
    assert found.first_source.article == 0
    assert [change.sort for row in found.rows for change in row.changes] == [ChangeSort.LOST]


def test_what_another_article_precedes_is_no_first_source() -> None:
    bare = _mines("mine")
    said = msgspec.structs.replace(bare, attribution=Attribution("Karolis Aleksa"))
    dated, undated = _told(date(2025, 7, 10), bare), _told(date(2025, 7, 11), said)
    third = msgspec.structs.replace(dated, document=a_document(None))
    assert compare([dated, undated, third], load()).first_source.article is None


def test_statements_are_one_only_by_the_same_words() -> None:
    def said(words: str) -> Claim:
        quoted = Attribution("Jane Roe", quoted=True)
        return a_claim(
            kind=ClaimKind.STATEMENT,
            predicate=None,
            treaty=None,
            span=Span(0, len(words), words),
            attribution=quoted,
        )

    day = date(2025, 7, 10)

    def rows(one: str, other: str) -> int:
        return len(compare([_told(day, said(one)), _told(day, said(other))], load()).rows)

    assert rows("“The norm holds,”", "the norm holds") == 1
    assert rows("The norm holds", "The norm holds, and it will hold") == 1
    assert rows("The norm holds", "The norm breaks") == 2


def test_two_states_told_together_meet_each_told_alone() -> None:
    both = a_claim(kind=ClaimKind.TREATY_ACTION, predicate="left", subject=("EST", "LVA"), treaty="apmbc")
    one = a_claim(kind=ClaimKind.TREATY_ACTION, predicate="left", subject=("LVA",), treaty="apmbc")
    rows = compare([_told(date(2026, 1, 1), both), _told(date(2026, 1, 2), one)], load()).rows
    assert [(row.subject, row.told_by) for row in rows] == [(("EST",), (0,)), (("LVA",), (0, 1))]


def test_a_suspension_is_no_stage_of_a_withdrawal() -> None:
    def act(predicate: str) -> Claim:
        return a_claim(
            kind=ClaimKind.TREATY_ACTION,
            predicate=predicate,
            subject=("UKR",),
            treaty="apmbc",
            when="2025-07-18",
        )

    assert _changes(act("suspended"), act("left")) == [("act", ChangeSort.CHANGED)]
    assert _changes(act("notified-withdrawal"), act("left")) == [("act", ChangeSort.FURTHER)]
    assert _changes(act("left"), act("notified-withdrawal")) == [("act", ChangeSort.BACK)]
