"""The world beside its peers: one run, the same record, the same questions, every answer checked equal.

    python bench/world_speed.py [--rounds 9]

A synthetic world of 600 treaties, 200 participants and 60,000 actions, with thresholds, notices, carve-outs
and days of knowledge (`bench/synthetic.py`). Every task is run warm, all peers in turn in each round, so
that other load on the machine meets all of them; the best and the median of the rounds are printed. The
world runs in one thread, DuckDB and Polars in as many as the machine has.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from inforce import law
from inforce.law.chronicle import Chronicle
from inforce.law.world import World
from inforce.law.world_columns import NONE, Columns
from inforce.law.world_days import LAST, NEVER, number
from inforce.law.world_index import Everybody
from inforce.law.world_lines import lines_ever, lines_now
from inforce.law.world_regular import sort_out
from inforce.record.model import Record
from synthetic import FROM, TO, world
from world_peers import fisca, frames, plain, sql, tables

ON = dt.date(2019, 4, 14)
MILLION = 1_000_000
#: Peers that take seconds are run once, and twice where they are warm-up themselves.
SLOW = 2.0

Array = npt.NDArray[Any]


Runs = dict[str, Callable[[], Any]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    record = world()
    actions = sum(map(len, record.actions.values()))
    print(f"{len(record.treaties)} treaties, {len(record.participants)} participants, {actions:,} actions")
    bench = Bench(record)
    bench.check()
    for title, runs in bench.tasks().items():
        show(title, measured(runs, rounds))
    bench.single()


def measured(runs: Runs, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each run: all in turn in each round, the slow ones once."""
    spent: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + 1):
        for name, run in runs.items():
            if not spent[name] or spent[name][0] < SLOW * 1000:
                start = time.perf_counter()
                run()
                spent[name].append((time.perf_counter() - start) * 1000)
    return {name: times[1:] or times for name, times in spent.items()}  # the first was warm-up


def show(title: str, spent: dict[str, list[float]]) -> None:
    """Best and median of each, and how many times longer than the world the best and the median took."""
    print(f"\n{title}\n{'':28}{'best ms':>10}{'median ms':>11}{'times ours':>12}{'by median':>11}")
    ours = next(iter(spent.values()))
    for name, times in spent.items():
        best, median = min(times), statistics.median(times)
        by_best, by_median = best / min(ours), median / statistics.median(ours)
        print(f"{name:28}{best:10.2f}{median:11.2f}{by_best:12.1f}{by_median:11.1f}")


class Bench:
    """The record in every peer's own form. What each is given is loaded before anything is measured."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.names = tuple(record.treaties), tuple(record.participants)
        self.regular = sort_out(Chronicle(record))
        if self.regular.irregular:
            raise SystemExit("a synthetic world has regular pairs only")
        given = tables.given(self.regular, len(record.participants))
        between = number(FROM), number(TO)
        self.points = tables.points(given.pairs, MILLION, between, seed=3)
        self.world = World.of(record, cached=False)
        self.duck, self.sqlite = sql.Duck(given), sql.Sqlite(given)
        self.plain = plain.Plain(given)
        self.fisca = fisca.model(self.regular, len(record.participants))
        for peer in (self.duck, self.sqlite, self.plain):
            peer.timelines()
        for base in (self.duck, self.sqlite):
            base.prepare(self.points)
        made = self.world._now.columns  # every pair's own stretches, those of nobody once a treaty
        rows = self._every_row()
        pair, row = rows
        self.frames = frames.Frames(pair, made.start[row], places(made)[row], self.points)
        print(f"threads: world 1, DuckDB {self.duck.threads}, Polars {self.frames.threads}, others 1")

    def _every_row(self) -> tuple[Array, Array]:
        """Every pair with each of its stretches."""
        index = self.world._now
        first, length = index.row[index.line], index.line_lengths[index.line]
        pair = np.repeat(np.arange(len(first)), length)
        return pair, np.arange(len(pair)) - np.repeat(np.cumsum(length) - length - first, length)

    def check(self) -> None:
        """Every peer's answers are ours, and ours are the law's; raises `SystemExit` where one is not."""
        now = self.world.now
        stop = np.where(now.end == NEVER, LAST, now.end)
        pair = np.repeat(now.lines.pair, now.lengths)
        ours = {"pair": pair, "start": now.start, "stop": stop, "place": places(now)}
        for peer in (self.duck, self.sqlite, self.plain):
            found = peer.lines()
            for name, column in ours.items():
                same(f"timelines of {type(peer).__name__}, {name}", found[name], column)
        self._check_day()
        self._check_points()
        self._check_law()
        print("checked: every peer's timelines, places on a day and points are equal to ours")

    def _check_day(self) -> None:
        index, day = self.world._now, str(ON)
        ours = Everybody(index, number(ON), None).take(places(index.columns)).reshape(-1)
        for name, found in (("DuckDB", self.duck.snapshot(day)), ("SQLite", self.sqlite.snapshot(day))):
            same(f"day, {name}", np.asarray(found["place"])[np.argsort(found["pair"])], ours)
        same("day, Python", np.array(self.plain.snapshot(number(ON))), ours)
        same("day, OpenFisca", self.fisca.snapshot(day), ours)

    def _check_points(self) -> None:
        index = self.world._now
        ours = places(index.columns)[index.rows(self.points.pair, self.points.day)]
        peers = {
            "DuckDB range": self.duck.range_join,
            "DuckDB ASOF": self.duck.asof_join,
            "SQLite": self.sqlite.join,
            "Polars": self.frames.polars,
            "pandas": self.frames.pandas,
        }
        for name, run in peers.items():
            found = run()
            same(f"points, {name}", np.asarray(found["place"])[np.argsort(found["id"])], ours)
        same("points, Python", np.array(self.plain.points(self.points)), ours)

    def _check_law(self) -> None:
        """A sample of the pairs, as known by each day of news, against the law's own walk one by one."""
        book = Chronicle(self.record)
        for treaty, participant in sorted(book.acts)[::350]:
            for known_by in [None, *book.news(participant, treaty)]:
                line = law.timeline(self.record, participant, treaty, known_by)
                for start in line.starts:
                    place = self.world.status(participant, treaty, start, known_by)
                    if (place.status, place.bound) != (line.at(start).status, line.at(start).bound):
                        raise SystemExit(f"{place!r}, and the law says otherwise")

    def tasks(self) -> dict[str, Runs]:
        """What is measured, our own first."""
        index, day, points = self.world._now, str(ON), self.points
        participants, treaties = np.divmod(points.pair, 200)[::-1]
        known_by = dt.date(2015, 1, 1)
        status = index.columns.status
        return {
            "All timelines, from columns of acts to columns of intervals": {
                "world": lambda: lines_now(self.regular, self.names),
                "DuckDB, windows": self.duck.timelines,
                "SQLite, windows": self.sqlite.timelines,
                "Python loop": self.plain.timelines,
            },
            "All timelines as known by today, and by every day at once": {
                "world, today": lambda: lines_now(self.regular, self.names),
                "world, every known-by": lambda: lines_ever(self.regular, self.names),
            },
            "Snapshot: status and bound of all 120,000 pairs on a day": {
                "world": lambda: both(self.world.snapshot(ON)),
                "DuckDB": lambda: self.duck.snapshot(day),
                "DuckDB, acted pairs only": lambda: self.duck.snapshot_acted(day),
                "SQLite": lambda: self.sqlite.snapshot(day),
                "Python loop": lambda: self.plain.snapshot(number(ON)),
                "OpenFisca": lambda: self.fisca.snapshot(day),
                "world, as known by 2015": lambda: both(self.world.snapshot(ON, known_by)),
            },
            "A million random points: participant, treaty, day": {
                "world": lambda: self.world.ask(participants, treaties, points.day).status,
                "world, pairs numbered": lambda: status[index.rows(points.pair, points.day)],
                "DuckDB, range, table": self.duck.range_join_kept,
                "DuckDB, range": self.duck.range_join,
                "DuckDB, range, sum only": self.duck.range_join_summed,
                "DuckDB, ASOF": self.duck.asof_join,
                "Polars join_asof": self.frames.polars,
                "pandas merge_asof": self.frames.pandas,
                "SQLite": self.sqlite.join,
                "Python loop": lambda: self.plain.points(points),
            },
            "From the record's objects to columns of acts (before all of the above)": {
                "world": lambda: sort_out(Chronicle(self.record)),
            },
        }

    def single(self) -> None:
        """One question at a time, in microseconds."""
        chance = np.random.default_rng(5)
        who = [self.names[1][i] for i in chance.integers(0, 200, 2000)]
        which = [self.names[0][i] for i in chance.integers(0, 600, 2000)]
        on = [FROM + dt.timedelta(days=int(i)) for i in chance.integers(0, (TO - FROM).days, 2000)]
        known_by = dt.date(2015, 1, 1)
        print("\nOne question, microseconds each")
        runs: Runs = {
            "world.status": lambda: [self.world.status(*one).status for one in zip(who, which, on)],  # noqa: B905
            "world.status, known_by": lambda: [
                self.world.status(*one, known_by).status
                for one in zip(who, which, on)  # noqa: B905
            ],
        }
        for name, times in measured(runs, 9).items():
            best, median = (value / 2 for value in (min(times), statistics.median(times)))
            print(f"{name:28}{best:10.2f}{median:11.2f}")


def both(answers: Any) -> tuple[Array, Array]:
    return answers.status, answers.bound


def places(made: Columns) -> Array:
    """The places of all stretches, as the peers number them."""
    return np.where(made.dispute == NONE, made.status, np.uint8(tables.DISPUTED))


def same(what: str, found: Array, ours: Array) -> None:
    if len(found) != len(ours) or not np.array_equal(np.asarray(found), ours):
        raise SystemExit(f"{what}: not equal to ours")


if __name__ == "__main__":
    main()
