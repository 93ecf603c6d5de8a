"""Dates beside dateparser and amounts beside quantulum3, on the expressions of tests/reading/*.yaml.

    python bench/times_amounts_peers.py

"Right" counts sentences all of whose expressions are found with the days, values and comparators that the
table says; dateparser can give days alone, so that for it only rows with whole days are counted as well.
Times are of the processor, of the best round; nothing read is remembered from one round to the next.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from dateparser.search import search_dates
from quantulum3 import parser as quantulum

from inforce.reading import amounts_grammar, times_grammar, times_resolve
from inforce.reading.amounts import find_amounts
from inforce.reading.times import find_times

TABLES = Path(__file__).parents[1] / "tests" / "reading"
DEFAULT = date(2025, 7, 10)
SAMPLE = 5


def plain(sentence: str) -> str:
    return sentence.replace("«", "").replace("»", "")


def times() -> list[tuple[str, date | None, list[str | None]]]:
    rows = []
    for group in yaml.safe_load((TABLES / "times.yaml").read_text("utf-8")):
        for sentence, *said in group.get("rows", []):
            wanted = said[0] if said and isinstance(said[0], list) else said
            rows.append(
                (plain(sentence), group["published"], [None if w is None else str(w) for w in wanted])
            )
    return rows


def amounts() -> list[tuple[str, list[float]]]:
    rows = []
    for group in yaml.safe_load((TABLES / "amounts.yaml").read_text("utf-8")):
        for sentence, *said in group.get("rows", []):
            wanted = said[0] if said and isinstance(said[0], list) else said
            rows.append((plain(sentence), [float(str(each).split()[0]) for each in wanted]))
    return rows


def our_times(text: str, published: date | None) -> list[str | None]:
    return [t.duration if t.duration and not t.edtf else t.edtf for t in find_times(text, published)]


def their_times(text: str, published: date | None) -> list[str | None]:
    base = datetime.combine(published or DEFAULT, datetime.min.time())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = search_dates(text, languages=["en"], settings={"RELATIVE_BASE": base})
    return [day.date().isoformat() for _, day in found or ()]


def forget() -> None:
    """Nothing read before is remembered."""
    for cached in (times_resolve.read, times_grammar.candidates, amounts_grammar.read):
        cached.cache_clear()


def rate(read: Callable[[Any], object], rows: list[Any], rounds: int) -> float:
    size = sum(len(row[0].encode()) for row in rows) / 1e6
    read(rows[0])
    best = 0.0
    for _ in range(rounds):
        forget()
        start = time.process_time()
        for row in rows:
            read(row)
        best = max(best, size / (time.process_time() - start))
    return best


def show(name: str, speed: float, right: int, of: int, base: float) -> None:
    print(f"{name:14}{speed:10.4f} MB/s{speed / base:9.0f}x   {right} of {of} right")


def main() -> None:
    dates = times()
    days = [row for row in dates if row[2] and all(w and len(w) == 10 and w[0] in "12" for w in row[2])]
    ours = rate(lambda row: our_times(row[0], row[1]), dates, 20)
    theirs = rate(lambda row: their_times(row[0], row[1]), dates, 2)
    for name, rows in (("all", dates), ("whole days", days)):
        print(f"dates: {name}, {len(rows)} sentences")
        for who, find, speed in (("inforce", our_times, ours), ("dateparser", their_times, theirs)):
            right = sum(find(text, day) == wanted for text, day, wanted in rows)
            show(who, speed, right, len(rows), theirs)
    prose = [
        (file.read_text("utf-8"), DEFAULT) for file in sorted(TABLES.parent.joinpath("gold").glob("*.txt"))
    ]
    ours_in_prose = rate(lambda row: find_times(*row), prose, 5)
    theirs_in_prose = rate(lambda row: their_times(*row), prose[:SAMPLE], 2)
    print(f"dates in prose, {len(prose)} articles, of which dateparser reads {SAMPLE}")
    print(f"{ours_in_prose:.2f} and {theirs_in_prose:.4f} MB/s: {ours_in_prose / theirs_in_prose:.0f}x")
    sums = amounts()
    ours = rate(lambda row: find_amounts(row[0], find_times(row[0], DEFAULT)), sums, 20)
    theirs = rate(lambda row: quantulum.parse(row[0]), sums, 2)
    ours_in_prose = rate(lambda row: find_amounts(row[0], ()), prose, 5)
    theirs_in_prose = rate(lambda row: quantulum.parse(row[0]), prose[:SAMPLE], 2)
    print(f"amounts in prose: {ours_in_prose:.2f} and {theirs_in_prose:.4f} MB/s: ", end="")
    print(f"{ours_in_prose / theirs_in_prose:.0f}x")
    print(f"amounts: {len(sums)} sentences")
    mine = sum(
        [a.value for a in find_amounts(text, find_times(text, DEFAULT))] == wanted for text, wanted in sums
    )
    other = sum([q.value for q in quantulum.parse(text)] == wanted for text, wanted in sums)
    show("inforce", ours, mine, len(sums), theirs)
    show("quantulum3", theirs, other, len(sums), theirs)


if __name__ == "__main__":
    main()
