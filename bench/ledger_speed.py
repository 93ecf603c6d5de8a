"""The ledger under load: claims written a second, searches of a million claims, many readers beside a writer.

    python bench/ledger_speed.py [--claims 1000000] [--ledger PLACE] [--readers 50]

Enters checked articles under other days and sources, one by one as a watch does and in batches as an import
does, and gives the claims written a second. Then it fills the ledger up to its size by copying the rows of
what was entered, table by table in the database: the same rows under other numbers and sources. Then it
enters some more, searches by state, treaty, verdict, speaker, day and words, and gives the median and the
99th percentile of each; and reads with many threads while a writer goes on. A ledger that is full already is
only searched. What is measured is the database, not the checker.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce.checking import check
from inforce.checking.model import Report
from inforce.ledger.entering import enter
from inforce.ledger.model import Query
from inforce.ledger.place import Ledger, open_ledger
from inforce.ledger.searching import search
from inforce.ledger.tables import (
    claim_states,
    claims,
    current_verdicts,
    documents,
    sightings,
    verdicts,
)
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
    written = 0
    for start in range(numbers.start, numbers.stop, each):
        with ledger.writing() as connection:
            for number in range(start, min(start + each, numbers.stop)):
                written += enter(
                    connection,
                    copy(number),
                    record,
                    source=f"https://e.example/{number}",
                    fetched=datetime.now(UTC),
                    today=TODAY,
                ).claims
    return written


def fill(ledger: Ledger, wanted: int) -> int:
    """Copy all rows under other numbers until the ledger holds as many claims; how many it holds."""
    with ledger.reading() as connection:
        held = _highest(connection)
    copies = max(wanted - held["claims"], 0) // held["claims"]
    for number in range(1, copies + 1):
        with ledger.writing() as connection:
            for table in _COPIED:
                _copy(connection, table, held, number)
    with ledger.writing() as connection:
        if ledger.is_postgres:
            for table in _COPIED:
                if "id" in table.c:
                    last = sa.select(sa.func.max(table.c.id)).scalar_subquery()
                    connection.execute(sa.select(sa.func.setval(f"{table.name}_id_seq", last)))
        connection.execute(sa.text("ANALYZE"))
        return _highest(connection)["claims"]


_COPIED = (documents, sightings, claims, claim_states, verdicts, current_verdicts)


def _highest(connection: Connection) -> dict[str, int]:
    numbered = [table for table in _COPIED if "id" in table.c]
    return {
        table.name: connection.execute(sa.select(sa.func.max(table.c.id))).scalar() or 0 for table in numbered
    }


def _copy(connection: Connection, table: sa.Table, held: dict[str, int], number: int) -> None:
    """Copy the first rows of a table: numbers and references moved on, sources told apart."""
    values: list[sa.ColumnElement[Any]] = []
    for column in table.c:
        of = table.name
        for key in column.foreign_keys:
            of = key.column.table.name
        if column.name == "id" or column.foreign_keys:
            values.append(column + held[of] * number)
        elif column.name == "source":
            values.append(column + f"?copy={number}")
        else:
            values.append(column)
    first = table.c.id <= held[table.name] if "id" in table.c else table.c.claim_id <= held["claims"]
    names = [column.name for column in table.c]
    connection.execute(sa.insert(table).from_select(names, sa.select(*values).where(first)))


Asker = Callable[[random.Random], Query]
_DAYS = (date(2015, 1, 1), 4000)
_WORDS = (
    "withdrawal notice",
    "mines",
    "takes effect",
    "cluster munitions",
    "party to the convention",
    "vote",
)
_RARE = ("cassette munitions", "Skerry", "bomblets", "Tlatelolco", "visitors book")


def _some_day(dice: random.Random) -> date:
    return _DAYS[0] + timedelta(days=dice.randrange(_DAYS[1]))


def askers(ledger: Ledger) -> dict[str, Asker]:
    """Each sort of search, with values drawn from what the ledger holds, the rare as likely as the common."""
    with ledger.reading() as connection:

        def held(column: sa.Column[Any]) -> list[str]:
            few = sa.select(column).where(claims.c.id < 50_000, column.is_not(None)).distinct()
            return sorted(connection.execute(few).scalars())

        about = sa.select(claim_states.c.state).where(claim_states.c.claim_id < 50_000).distinct()
        states = sorted(connection.execute(about).scalars())
        treaties, speakers = held(claims.c.treaty), held(claims.c.speaker)
    kinds, verdicts_ = list(ClaimKind), list(Verdict)
    return {
        "all, latest first": lambda _: Query(),
        "state": lambda dice: Query(state=dice.choice(states)),
        "treaty": lambda dice: Query(treaty=dice.choice(treaties)),
        "state and treaty": lambda dice: Query(state=dice.choice(states), treaty=dice.choice(treaties)),
        "speaker": lambda dice: Query(speaker=dice.choice(speakers)),
        "kind": lambda dice: Query(kind=dice.choice(kinds)),
        "verdict": lambda dice: Query(verdict=dice.choice(verdicts_)),
        "verdict now, state": lambda dice: Query(
            verdict_now=dice.choice(verdicts_), state=dice.choice(states)
        ),
        "one day": lambda dice: Query(since=(day := _some_day(dice)), until=day),
        "kind, two months": lambda dice: Query(
            kind=dice.choice(kinds), since=(day := _some_day(dice)), until=day + timedelta(60)
        ),
        "state, one month": lambda dice: Query(
            state=dice.choice(states), since=(day := _some_day(dice)), until=day + timedelta(30)
        ),
        "verdict, one month": lambda dice: Query(
            verdict=dice.choice(verdicts_), since=(day := _some_day(dice)), until=day + timedelta(30)
        ),
        "words": lambda dice: Query(words=dice.choice(_WORDS)),
        "rare words": lambda dice: Query(words=dice.choice(_RARE)),
        "words, state": lambda dice: Query(words=dice.choice(_WORDS), state=dice.choice(states)),
        "words, one month": lambda dice: Query(
            words=dice.choice(_WORDS), since=(day := _some_day(dice)), until=day + timedelta(30)
        ),
        "source": lambda dice: Query(source=f"https://e.example/{dice.randrange(200)}"),
    }


Clock = Callable[[], float]


def timed(
    ledger: Ledger, asker: Asker, dice: random.Random, rounds: int, clock: Clock = time.perf_counter
) -> list[float]:
    """Seconds of each search."""
    found = []
    for _ in range(rounds):
        query = asker(dice)
        with ledger.reading() as connection:
            begun = clock()
            search(connection, query)
            found.append(clock() - begun)
    return found


def crowd(ledger: Ledger, record: Record, copy: Callable[[int], Report], readers: int, first: int) -> str:
    """Readers in threads beside a writer for ten seconds."""
    end, errors, waits = time.monotonic() + 10, [0], list[float]()
    asked = list(askers(ledger).values())
    lock = threading.Lock()

    def reading(seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311
        while time.monotonic() < end:
            try:
                taken = timed(ledger, dice.choice(asked), dice, 1)
                with lock:
                    waits.extend(taken)
            except Exception:
                with lock:
                    errors[0] += 1
                raise

    threads = [threading.Thread(target=reading, args=(seed,)) for seed in range(readers)]
    for thread in threads:
        thread.start()
    written, number = 0, first
    while time.monotonic() < end:
        written += write(ledger, record, copy, range(number, number + 1), each=1)
        number += 1
    for thread in threads:
        thread.join()
    told = f"{len(waits)} searches, {_spread(waits)}; {written} claims written"
    return f"{readers} readers and a writer for 10 s: {told}; {errors[0]} errors"


def _spread(times: list[float]) -> str:
    late = sorted(times)[max(int(len(times) * 0.99) - 1, 0)]
    return f"p50 {statistics.median(times) * 1e3:8.1f} ms  p99 {late * 1e3:8.1f} ms"


def _rate(what: str, enter_them: Callable[[], int]) -> None:
    begun = time.perf_counter()
    written = enter_them()
    print(f"{what}: {written / (time.perf_counter() - begun):,.0f} claims/s", flush=True)


def measure(ledger: Ledger, asked: argparse.Namespace) -> None:
    """All figures of one ledger."""
    record = load()
    dice = random.Random(7)  # noqa: S311
    copy = copies(reports(record), dice)
    with ledger.reading() as connection:
        held = _highest(connection)["claims"]
    number = int(time.time())  # above all sources of an earlier run
    if held < asked.claims // 2:
        _rate("one by one into a new ledger", lambda: write(ledger, record, copy, range(200), each=1))
        first = range(200, 200 + asked.entered)
        _rate("in batches of 200 documents", lambda: write(ledger, record, copy, first, each=_BATCH))
        begun = time.perf_counter()
        print(f"filled to {fill(ledger, asked.claims):,} claims in {time.perf_counter() - begun:,.0f} s")
    more = range(number, number + 200)
    _rate("one by one into the full ledger", lambda: write(ledger, record, copy, more, each=1))
    more = range(number + 200, number + 200 + _BATCH)
    _rate("in a batch into the full ledger", lambda: write(ledger, record, copy, more, each=_BATCH))
    # SQLite works in this very thread: its processor time is the same on a busy machine.
    clock = time.perf_counter if ledger.is_postgres else time.thread_time
    print("searches, by the clock" if ledger.is_postgres else "searches, processor time")
    for name, asker in askers(ledger).items():
        print(f"{name:20} {_spread(timed(ledger, asker, dice, asked.rounds, clock))}", flush=True)
    print(crowd(ledger, record, copy, asked.readers, number + 1000))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--entered", type=int, default=2_000, help="documents entered before the copying")
    parser.add_argument("--ledger")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(asked.ledger or f"{folder}/ledger.db")
        measure(ledger, asked)
        if not ledger.is_postgres:
            print(f"size {Path(ledger.label).stat().st_size / 1e6:,.0f} MB")
        ledger.close()


if __name__ == "__main__":
    main()
