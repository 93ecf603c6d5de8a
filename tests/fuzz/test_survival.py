"""Hostile documents: damaged, malformed and misleading ones are read or refused, and every span holds.

The share that fits into the tests; `make fuzz` passes 10,000 files through the same law.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import MUTATIONS, hostile_text, words
from packed import FORMATS, hostile_file
from survival import Survived, checked, survive

from inforce.errors import UsageError
from inforce.reading.document import document_from_text
from inforce.reading.formats.passed import Passed
from inforce.reading.formats.sources import find
from inforce.reading.model import Document
from inforce.record import load

FILES = 250
TELLS = "The Ottawa Convention is a treaty. Finland left it on 10 January 2026."


def document(text: str) -> Document:
    return document_from_text(text, "test", published=date(2026, 3, 1))


def test_hostile_files_are_read_or_refused(tmp_path: Path) -> None:
    tally = Survived()
    for seed in range(FILES):
        survive(seed, tmp_path, load(), tally)
    assert tally.files == FILES
    assert tally.documents > FILES // 3, "most are refused before they are read: too much damage"
    assert tally.claims > FILES
    assert tally.refused > 0


@pytest.mark.parametrize("suffix", FORMATS)
def test_whole_files_of_each_format_are_read(suffix: str, tmp_path: Path) -> None:
    """Without damage the made files are what they claim to be, or nothing would be tried with them."""
    file = tmp_path / f"whole{suffix}"
    read = 0
    for seed in range(12):
        file.write_bytes(FORMATS[suffix](Random(seed), "\n\n".join([TELLS] * 6)))
        try:
            for found in find(str(file), Passed()):
                read += "Finland left" in found.open(None).text
        except UsageError:
            continue
    assert read >= 3


def test_the_same_number_makes_the_same_file() -> None:
    assert [hostile_file(seed) for seed in (1, 2, 3)] == [hostile_file(seed) for seed in (1, 2, 3)]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(MUTATIONS), max_size=6))
def test_any_row_of_mutations_leaves_spans_in_their_text(random: Random, row: list[object]) -> None:
    text = words(random)
    for mutation in row:
        text = mutation(random, text)[:5000]  # type: ignore[operator]
    checked(document(f"{TELLS} {text}"), load())


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(), max_size=200), st.text(st.characters(categories=["Mn", "Cf", "Zs", "Nd", "Pi"]))
)
def test_any_characters_between_the_words(text: str, marks: str) -> None:
    told = marks.join(TELLS.split(" "))
    report = checked(document(f"{TELLS} {text} {told}"), load())
    assert any(finding.claim.predicate == "left" for finding in report.findings)


@pytest.mark.parametrize("text", ["A" * 1_000_000, "treaty" * 170_000, "\u200b" * 200_000, "渥" * 1_000_000])
def test_long_texts_without_a_blank(text: str) -> None:
    report = checked(document(f"{TELLS}\n\n{text}\n\n{TELLS}"), load())
    assert sum(finding.claim.predicate == "left" for finding in report.findings) == 2


def test_texts_are_varied() -> None:
    """The generator reaches controls, surrogates, other scripts and long runs."""
    texts = [hostile_text(Random(seed)) for seed in range(400)]
    for sign in ("\u202e", "\u200b", "\ud800", "\0", "“he said “he said ", "\u0301\u0301", "٢", "а"):
        assert any(sign in text for text in texts), repr(sign)
