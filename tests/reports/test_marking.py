"""An article is cut so that every claim can be marked and no character is lost or moved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inforce.reading.model import Span
from inforce.reports.marking import paragraphs


def spans(text: str, *bounds: tuple[int, int]) -> list[Span]:
    return [Span(start, end, text[start:end]) for start, end in bounds]


def test_nested_and_overlapping_claims_share_runs() -> None:
    text = "Poland left and Finland joined"
    (only,) = paragraphs(text, spans(text, (0, 30), (0, 11), (7, 23)))
    assert [(run.text, run.covering, run.ending) for run in only.runs] == [
        ("Poland ", (0, 1), ()),
        ("left", (0, 1, 2), (1,)),
        (" and Finland", (0, 2), (2,)),
        (" joined", (0,), (0,)),
    ]
    assert only.claims == (0, 1, 2)


def test_a_line_is_a_paragraph_and_hard_wrapped_lines_are_one() -> None:
    wrapped = "The convention entered into force for Finland on the first day\nof July 2012."
    found = paragraphs(f"Heading\nFirst\n\n{wrapped}\n", [])
    assert ["".join(run.text for run in one.runs) for one in found] == ["Heading", "First", wrapped]


def test_a_claim_over_two_paragraphs_belongs_to_the_first() -> None:
    text = "It left\n\nand came back"
    first, second = paragraphs(text, spans(text, (3, 18)))
    assert (first.claims, second.claims) == ((0,), ())
    assert [run.covering for run in second.runs] == [(0,), ()]
    assert [run.ending for run in (*first.runs, *second.runs)] == [(), (), (0,), ()]


def test_notes_stand_in_the_order_of_their_numbers() -> None:
    """Of two claims that begin at one place the wider is marked outside, whatever their numbers."""
    text = "Finland gave notice and will be free"
    (only,) = paragraphs(text, spans(text, (0, 19), (0, 36)))
    assert only.claims == (0, 1)
    assert [run.covering for run in only.runs] == [(1, 0), (1,)]


@given(st.text("ab \n", min_size=1, max_size=80), st.data())
def test_the_runs_are_the_text_and_every_claim_ends_once(text: str, data: st.DataObject) -> None:
    bounds = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda b: b[0] < b[1])
    claims = spans(text, *data.draw(st.lists(bounds, max_size=5)))
    found = paragraphs(text, claims)
    joined = "\n".join("".join(run.text for run in one.runs) for one in found)
    assert joined.split() == text.split()
    for index, claim in enumerate(claims):
        if claim.text.strip() and claim.text == claim.text.strip():
            assert sum(index in run.ending for one in found for run in one.runs) == 1
            assert sum(index in one.claims for one in found) == 1
            marked = "\n".join(
                "".join(run.text for run in one.runs if index in run.covering) for one in found
            )
            assert marked.split() == claim.text.split()
