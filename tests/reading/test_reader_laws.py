"""What holds of the reader whatever the text."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inforce.reading import read
from inforce.reading.model import Claim, Document
from inforce.record import load
from inforce.vocabulary import PREDICATES

PUBLISHED = date(2025, 7, 10)
PIECES = """Finland|Lithuania's Seimas|the three Baltic states|both countries|it|they|Helsinki|İstanbul|Åland
the Ottawa Convention|the convention on cluster munitions|the treaty|Amended Protocol II|left|will leave
has not signed|ratified|voted to quit|notified the UN of its withdrawal|on 10 July 2025|in 2012
last Friday|six months after|166 parties|prohibits the use of|anti-personnel mines|nor did|as have|which
hundreds of millions of euros|“|”|"|,|.|;|and|– |said President Volodymyr Zelensky|according to the ministry
🙂|?"""
PIECE = st.sampled_from([*PIECES.replace("\n", "|").split("|"), "\n", "\u00a0", "1" * 40])
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECE, max_size=60).map(" ".join))


def claims_of(text: str, published: date | None = PUBLISHED, title: str | None = None) -> tuple[Claim, ...]:
    return read(Document(source="test", text=text, title=title, published=published), load())


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from([PUBLISHED, None]))
def test_any_text_can_be_read_and_every_span_is_a_slice_of_it(text: str, published: date | None) -> None:
    whole = "The Ottawa Convention is a treaty. " + text
    for claim in claims_of(whole, published):
        assert whole[claim.span.start : claim.span.end] == claim.span.text
        assert claim.span.text.strip()


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_claims_keep_to_the_contract(text: str) -> None:
    states, record = load().participants, load()
    known = {*record.treaties, *record.other_treaties}
    found = claims_of("Finland and the Ottawa Convention. " + text)
    assert [c.id for c in found] == [f"c{n}" for n in range(1, len(found) + 1)]
    assert [c.span.start for c in found] == sorted(c.span.start for c in found)
    for claim in found:
        assert claim.predicate in (PREDICATES[claim.kind] or (None,))
        assert set(claim.subject) <= set(states)
        assert claim.treaty is None or claim.treaty in known


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert claims_of("The Mine Ban Treaty. " + text) == claims_of("The Mine Ban Treaty. " + text)


@pytest.mark.parametrize("published", [date(2011, 1, 2), date(2025, 7, 10), None])
def test_a_text_that_names_no_treaty_holds_no_claim(published: date | None) -> None:
    text = "Finland left the pitch on Friday. Lithuania signed a striker in 2012. 40 countries have joined."
    assert claims_of(text, published) == ()


def test_absolute_dates_do_not_depend_on_the_day_of_publication() -> None:
    text = (
        "Finland acceded to the Ottawa Convention on 9 January 2012; Poland ratified it on 27 December 2012."
    )
    read_then, read_now = claims_of(text, date(2012, 12, 28)), claims_of(text, date(2026, 1, 1))
    assert [c.when for c in read_then] == [c.when for c in read_now] == ["2012-01-09", "2012-12-27"]


@pytest.mark.parametrize(
    "text",
    [
        "“" * 20_000,
        "Finland and " * 5_000,
        "(" * 20_000,
        "the treaty " * 5_000,
        "six months after " * 4_000,
        "A" * 200_000,
    ],
)
def test_hostile_texts_are_read_to_their_end(text: str) -> None:
    told = "Finland left the Ottawa Convention on 10 January 2026."
    found = claims_of(f"{told}\n{text}\n{told}", date(2026, 3, 1))
    assert sum(c.predicate == "left" for c in found) >= 2


def test_order_and_fields_survive_json() -> None:
    found = claims_of("Finland acceded to the Ottawa Convention on 9 January 2012. It has 166 parties.")
    assert msgspec.json.decode(msgspec.json.encode(found), type=tuple[Claim, ...]) == found


@pytest.mark.parametrize(
    "code", [0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
)
def test_no_blank_of_unicode_stops_the_reading(code: int) -> None:
    blank = chr(code)
    for text in (f"NATO K{blank}.  ", f"The Mine Ban Treaty is K{blank}. Amended.", f"The ATT K {blank}. b"):
        claims_of(text)
