"""The examples of the page on the world, run for real."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "world.md"


def test_the_examples_give_what_the_page_shows() -> None:
    pytest.importorskip("polars")
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert tried > 20
    assert failed == 0
