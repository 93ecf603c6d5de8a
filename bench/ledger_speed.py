"""The ledger under load: claims written a second, searches of a million claims, many readers beside a writer.

    python bench/ledger_speed.py [--claims 1000000] [--ledger PLACE] [--readers 50]

Enters made-up articles in the way in which the watch does, in batches as an import would and one by one as a
watch does, until the ledger holds so many claims; then searches it by state, treaty, verdict, speaker, day
and words, and gives the median and the 99th percentile of each; then reads with many threads while a writer
goes on. The made-up articles are checked ones, copied with other sources: what is measured is the database.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from inforce.checking import check
from inforce.checking.model import Report
from inforce.ledger.entering import enter
from inforce.ledger.model import Query
from inforce.ledger.place import Ledger, open_ledger
from inforce.ledger.searching import search
from inforce.reading import read
from inforce.reading.document import open_document
from inforce.record import load
from inforce.record.model import Record
from inforce.vocabulary import ClaimKind, Verdict

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 1, 1)
_BATCH = 200  # documents in one transaction of an import


def reports(record: Record) -> list[Report]:
    """The project's annotated articles, checked."""
    files = sorted((ROOT / "tests" / "gold").glob("own-*.txt"))
    documents = [open_document(str(file)) for file in files]
    found = [check(document, read(document, record), record, today=TODAY) for document in documents]
    return [report for report in found if report.findings]


def copies(made: list[Report], dice: random.Random) -> Callable[[int], Report]:
    """Report number N: one of the articles under another day."""

    def copy(number: int) -> Report:
        report = made[number % len(made)]
        day = date(2015, 1, 1) + timedelta(days=dice.randrange(4000))
        document = msgspec.structs.replace(report.document, published=day, title=f"Copy {number}")
        return msgspec.structs.replace(report, document=document, as_of=TODAY)

    return copy


def write(ledger: Ledger, record: Record, copy: Callable[[int], Report], numbers: range, *, each: int) -> int:
    """Enter documents, `each` in one transaction; the number of claims."""
    claims = 0
    for start in range(numbers.start, numbers.stop, each):
        with ledger.writing() as connection:
            for number in range(start, min(start + each, numbers.stop)):
                claims += enter(
                    connection,
                    copy(number),
                    record,
                    source=f"https://e.example/{number}",
                    fetched=datetime.now(UTC),
                    today=TODAY,
                ).claims
    return claims


QUERIES = {
    "state and treaty": Query(state="FIN", treaty="apmbc"),
    "verdict": Query(verdict=Verdict.CONTRADICTED),
    "verdict now, state": Query(verdict_now=Verdict.OUTDATED, state="LVA"),
    "kind and days": Query(kind=ClaimKind.PROGRAMME, since=date(2020, 1, 1), until=date(2020, 3, 1)),
    "words": Query(words="withdrawal notice"),
    "rare words": Query(words="cassette munitions"),
    "words and state": Query(words="convention", state="POL"),
}


def timed(ledger: Ledger, query: Query, rounds: int) -> list[float]:
    """Seconds of each search."""
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        with ledger.reading() as connection:
            search(connection, query)
        found.append(time.perf_counter() - begun)
    return found


def crowd(ledger: Ledger, record: Record, copy: Callable[[int], Report], readers: int, first: int) -> str:
    """Readers in threads beside a writer for ten seconds."""
    end, errors, reads = time.monotonic() + 10, [0], [0]
    lock = threading.Lock()

    def reading() -> None:
        dice = random.Random(0)  # noqa: S311
        while time.monotonic() < end:
            try:
                timed(ledger, dice.choice(list(QUERIES.values())[:5]), 1)
                with lock:
                    reads[0] += 1
            except Exception:
                with lock:
                    errors[0] += 1
                raise

    threads = [threading.Thread(target=reading) for _ in range(readers)]
    for thread in threads:
        thread.start()
    written, number = 0, first
    while time.monotonic() < end:
        written += write(ledger, record, copy, range(number, number + 1), each=1)
        number += 1
    for thread in threads:
        thread.join()
    return f"{readers} readers, {reads[0]} searches, {written} claims written in 10 s, {errors[0]} errors"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--ledger")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=100)
    asked = parser.parse_args()
    record = load()
    made = reports(record)
    dice = random.Random(7)  # noqa: S311
    copy = copies(made, dice)
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(asked.ledger or f"{folder}/ledger.db")
        begun = time.perf_counter()
        claims = write(ledger, record, copy, range(200), each=1)
        print(f"one by one: {claims / (time.perf_counter() - begun):,.0f} claims/s")
        number, begun, before = 200, time.perf_counter(), claims
        while claims < asked.claims:
            claims += write(ledger, record, copy, range(number, number + _BATCH), each=_BATCH)
            number += _BATCH
        print(
            f"in batches: {(claims - before) / (time.perf_counter() - begun):,.0f} claims/s; {claims:,} held"
        )
        for name, query in QUERIES.items():
            times = sorted(timed(ledger, query, asked.rounds))
            late = times[int(len(times) * 0.99) - 1]
            print(f"{name:20} p50 {statistics.median(times) * 1e3:8.1f} ms  p99 {late * 1e3:8.1f} ms")
        print(crowd(ledger, record, copy, asked.readers, number))
        if not asked.ledger:
            print(f"size {os.path.getsize(f'{folder}/ledger.db') / 1e6:,.0f} MB")  # noqa: PTH202
        ledger.close()


if __name__ == "__main__":
    main()
