"""Paragraphs and columns fit their width, and styles can be left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inforce.reports.layout import Piece, columns, indented, paragraph, printed


def test_a_paragraph_wraps_and_keeps_its_own_lines() -> None:
    assert printed(paragraph("one two three\nfour", 8), colour=False) == "one two\nthree\nfour\n"


def test_styles_appear_only_where_colour_is_wanted() -> None:
    lines = paragraph("in force", 20, "bold green")
    assert printed(lines, colour=False) == "in force\n"
    assert printed(lines, colour=True) == "\x1b[1;32min force\x1b[0m\n"


def test_the_widest_column_gives_way_first() -> None:
    rows = [("FIN", [Piece("a long sentence that must wrap")], "2012"), ("LTU", [Piece("short")], "2003")]
    text = printed(columns(rows, 25), colour=False)
    assert (
        text == "FIN  a long          2012\n     sentence that\n     must wrap\nLTU  short           2003\n"
    )


def test_columns_can_stand_to_the_right_and_blanks_at_line_ends_go() -> None:
    assert printed(columns([("1", "a"), ("10", "")], 20, right=(0,)), colour=False) == " 1  a\n10\n"
    assert printed(indented(paragraph("a", 5), 2), colour=False) == "  a\n"
    assert columns([], 20) == []


@given(
    st.lists(st.tuples(st.text("abc \n", max_size=60), st.text("de ", max_size=60)), min_size=1, max_size=5),
    st.integers(12, 60),
)
def test_no_line_is_wider_than_asked_and_no_word_is_lost(rows: list[tuple[str, str]], width: int) -> None:
    text = printed(columns(rows, width), colour=False)
    assert all(len(line) <= width for line in text.splitlines())
    assert sorted("".join(text.split())) == sorted(
        "".join("".join(row) for row in rows).replace(" ", "").replace("\n", "")
    )
