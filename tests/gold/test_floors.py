"""The reader and the checker may not get worse on the annotated articles without somebody saying so."""

from __future__ import annotations

from floors import GUARDED, corpus_hash, figures, lowered, pinned


def test_the_floors_hold_for_these_articles() -> None:
    assert pinned()["corpus"] == corpus_hash(), "articles changed: look, then run floors.py --pin"


def test_no_figure_lies_below_its_floor() -> None:
    assert lowered(pinned()) == []


def test_a_figure_below_its_floor_would_be_told() -> None:
    impossible = {half: dict.fromkeys(GUARDED, 1.1) for half in figures()}
    assert len(lowered(impossible)) == len(GUARDED) * len(figures())


def test_every_span_stands_in_its_text() -> None:
    assert all(found.spans_not_in_text == 0 for found in figures().values())
