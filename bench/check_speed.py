"""How fast `check` reads and checks on one core: articles a second, where the time goes, peak memory.

    python bench/check_speed.py [--rounds 3] [FOLDER ...]

Without a folder it takes the examples and the annotated articles of the tests; of them those that hold a
claim. The first round meets each article for the first time. In each further round all are dated a day
later, so that no answer kept for a day serves again; the best time of each article counts. A last round
puts a clock around each stage, which costs a little, for the table of shares. Opening files, importing
and loading the record are told apart.
"""

from __future__ import annotations

import argparse
import importlib
import os
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parents[1]
DEFAULT = (ROOT / "examples", ROOT / "tests" / "gold")
TODAY = date(2026, 11, 22)
#: Each stage with the functions that make it up; time inside a function of another stage is that stage's.
STAGES = {
    "words and sentences": ("scan.tokenize", "scan.split_sentences"),
    "names of states, treaties, weapons": ("mentions.find_phrases",),
    "dates": ("mentions.find_times",),
    "amounts": ("mentions.find_amounts",),
    "mentions put together": ("scan.tag", "scan.compose"),
    "persons": ("scan.find_people",),
    "sentences as frames see them": ("frames.mask", "scan.mask"),
    "who says what": ("reader._listen",),
    "frames": ("reader.best_hits",),
    "claims": ("reader.claims_of", "reader.statements"),
    "the story, and the rest": ("reader.read",),
}


class Clock:
    """Time spent by stage, without what a stage inside it spends."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.inner = [0.0]

    def around(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, with its time booked."""

        @wraps(work)
        def timed(*given: Any, **named: Any) -> Any:
            self.inner.append(0.0)
            begun = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                whole = time.perf_counter() - begun
                self.spent[stage] += whole - self.inner.pop()
                self.inner[-1] += whole

        return timed


def articles(folders: Iterable[Path]) -> list[Path]:
    """The articles of the folders."""
    files = sorted(file for folder in folders if folder.is_dir() for file in folder.glob("*.txt"))
    if not files:
        raise SystemExit(f"no .txt file in {', '.join(map(str, folders))}")
    return files


def later(document: Any, days: int) -> Any:
    """The same article, published so many days later."""
    if document.published is None:
        return document
    return msgspec.structs.replace(document, published=document.published + timedelta(days))


def rounds(
    documents: list[Any], count: int, read: Callable[[Any], Any], check: Callable[[Any, Any], Any]
) -> list[tuple[list[float], list[float]]]:
    """Of each round the time that each article took to read and to check."""
    found = []
    for number in range(count):
        reading, checking = [], []
        for document in (later(one, number) for one in documents):
            begun = time.perf_counter()
            claims = read(document)
            between = time.perf_counter()
            check(document, claims)
            checking.append(time.perf_counter() - between)
            reading.append(between - begun)
        found.append((reading, checking))
    return found


def shares(documents: list[Any], record: Any) -> dict[str, float]:
    """The share of the reader's time by stage."""
    clock = Clock()
    for stage, names in STAGES.items():
        for module, _, name in (one.partition(".") for one in names):
            home = importlib.import_module(f"inforce.reading.{module}")
            setattr(home, name, clock.around(stage, getattr(home, name)))
    read = importlib.import_module("inforce.reading.reader").read
    for document in documents:
        read(document, record)
    whole = sum(clock.spent.values())
    return {stage: clock.spent[stage] / whole for stage in STAGES}


def line(name: str, times: list[float], size: int) -> str:
    """One row of figures."""
    spent, count = sum(times), len(times)
    rate = (
        f"{count / spent:7.0f} articles/s {spent / count * 1e3:6.2f} ms each {size / 1e6 / spent:6.2f} MB/s"
    )
    return f"{name:24} {rate}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", metavar="FOLDER", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="at least 2; more for a busy machine")
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    start = time.perf_counter()
    from inforce.checking import check  # noqa: PLC0415 - the time to import is measured
    from inforce.reading import read  # noqa: PLC0415
    from inforce.reading.document import open_document  # noqa: PLC0415
    from inforce.record import load  # noqa: PLC0415

    imported = time.perf_counter()
    record = load()
    loaded = time.perf_counter()
    files = articles(asked.folders or DEFAULT)
    first = open_document(files[0])
    check(first, read(first, record), record, today=TODAY)
    warm = time.perf_counter()

    documents = [one for one in map(open_document, files[1:]) if read(one, record)]
    size = sum(len(one.text.encode()) for one in documents)
    told = rounds(
        documents,
        max(2, asked.rounds),
        lambda one: read(one, record),
        lambda one, claims: check(one, claims, record, today=TODAY),
    )
    reading = [min(times) for times in zip(*(one for one, _ in told[1:]), strict=True)]
    checking = [min(times) for times in zip(*(one for _, one in told[1:]), strict=True)]
    both = [one + other for one, other in zip(reading, checking, strict=True)]
    print(f"articles   {len(documents)} with claims, {size / len(documents):.0f} bytes on average, one core")
    print(f"before     import {imported - start:.2f} s, record {loaded - imported:.2f} s")
    print(f"           first article {warm - loaded:.2f} s, with all that is read once\n")
    print(line("reader", reading, size))
    print(line("checker", checking, size))
    print(line("both", both, size))
    print(line("checker, first round", told[0][1], size))
    print("\nWhere the reader's time goes")
    for stage, share in shares(documents, record).items():
        print(f"  {stage:36} {share:5.0%}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmemory     {peak:.0f} MB at most")


if __name__ == "__main__":
    main()
