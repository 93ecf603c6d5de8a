"""A text twice as long takes twice the work, whatever is repeated in it; counted in calls, not in seconds.

bench/hostile.py measures the time, on larger texts.
"""

from __future__ import annotations

import cProfile
from collections.abc import Callable
from datetime import date

import pytest
from shapes import SHAPES, grown

from inforce.checking import check
from inforce.reading import read
from inforce.reading.document import document_from_text
from inforce.record import load
from inforce.reports.html import html_report

SIZES = (1500, 3000, 6000)
#: The second doubling may ask this much of what the first asked: 2 is linear, 4 quadratic.
MOST = 2.6


def calls(task: Callable[[], object]) -> int:
    """How many functions a task calls, those written in C among them."""
    profile = cProfile.Profile()
    profile.enable()
    task()
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def pass_through(text: str) -> None:
    document = document_from_text(text, "hostile", published=date(2026, 3, 1))
    report = check(document, read(document, load()), load(), today=date(2026, 11, 22))
    html_report(report, load())


@pytest.mark.parametrize("name", SHAPES)
def test_work_grows_with_the_length_of_the_text(name: str) -> None:
    texts = [grown(SHAPES[name], size) for size in SIZES]
    pass_through(texts[-1])  # what is made once and kept is made here
    small, middle, large = (calls(lambda text=text: pass_through(text)) for text in texts)  # type: ignore[misc]
    assert large - middle <= MOST * max(middle - small, 1000), (small, middle, large)
