"""Archives from end to end: `inforce archive` beside fastwarc alone, on one and two processes, with memory.

    python bench/archive_speed.py [--megabytes 400] [--files 4] [--repeat 1] [--ray]

Makes web archives of the given size before gzip (`crawl_pages`: what is assumed of pages stands there) in a
temporary folder, always the same, five pages in a thousand relevant. Then, in one run: fastwarc alone
unpacks, parses and reads them; the command does, with one process and with two, each in a new process.
Times are of the clock, from the command's start to its end; the best of the rounds counts. `--repeat` lists
each file so many times under other names (hard links), which shows whether memory stays flat. `--ray` runs
the same on a local Ray cluster, and holds its rows against the pool's.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
from fastwarc.warc import ArchiveIterator

from crawl_pages import write

ROUNDS = 2


class Run(NamedTuple):
    """Seconds of the clock and of the processor, megabytes of the largest process, rows."""

    clock: float
    processor: float
    peak: float
    rows: list[dict[str, Any]]


def bare(folder: Path) -> tuple[float, float]:
    """Seconds of the clock and of the processor that fastwarc alone takes."""
    start, busy = time.perf_counter(), time.process_time()
    for file in sorted(folder.glob("*.warc.gz")):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, parse_http=True):
                record.reader.read()
    return time.perf_counter() - start, time.process_time() - busy


def command(folder: Path, out: Path, *options: str) -> Run:
    """The command in a process of its own, under the eye of another that waits for it alone."""
    asked = [sys.executable, "-m", "inforce", "archive", str(folder), "-o", str(out), "--today", "2026-01-01"]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*asked, *options], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rows = [row for part in sorted(out.glob("*.parquet")) for row in pq.read_table(part).to_pylist()]
    rows.sort(key=lambda row: (row["input"], row["record"], row["claim"]))
    return Run(time.perf_counter() - start, spent, after.ru_maxrss / 1024, rows)


def best(folder: Path, place: Path, name: str, *options: str) -> Run:
    """The quickest of the rounds."""
    return min(
        (command(folder, place / f"{name}-{number}", *options) for number in range(ROUNDS)),
        key=lambda run: run.clock,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=400)
    parser.add_argument("--files", type=int, default=4)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--ray", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as kept:
        place = Path(kept)
        folder, empty = place / "crawl", place / "empty"
        folder.mkdir()
        empty.mkdir()
        made = [0, 0, 0]
        for number in range(asked.files):
            file = folder / f"c{number}.warc.gz"
            with file.open("wb") as out:
                for at, of in enumerate(write(out, asked.megabytes * 1_000_000 // asked.files, number)):
                    made[at] += of
            for again in range(1, asked.repeat):
                os.link(file, folder / f"c{number}-{again}.warc.gz")
        with (empty / "none.warc.gz").open("wb") as out:
            write(out, 1, 0, relevant=0)
        pages, relevant, size = (each * asked.repeat for each in made)
        packed = sum(file.stat().st_size for file in folder.glob("*.warc.gz"))
        print(f"{pages} pages, {relevant} relevant, {size / 1e6:.0f} MB, {packed / 1e6:.0f} MB packed")
        alone, alone_busy = min(bare(folder) for _ in range(ROUNDS))
        told = size / 1e6
        print(f"fastwarc alone     {alone:6.1f} s  {told / alone:6.1f} MB/s")
        start = best(empty, place, "start", "--processes", "1").clock
        one = best(folder, place, "one", "--processes", "1")
        two = best(folder, place, "two", "--processes", "2")
        print(f"start (one page)   {start:6.1f} s")
        for name, run in (("one process", one), ("two processes", two)):
            share, beyond = alone / run.clock, alone / (run.clock - start)
            print(f"{name:18} {run.clock:6.1f} s  {told / run.clock:6.1f} MB/s, {run.peak:.0f} MB at most")
            print(f"    {share:.0%} of fastwarc, {beyond:.0%} without the start, {len(run.rows)} rows")
            print(f"    {run.processor:.1f} s of the processor: {alone_busy / run.processor:.0%} of fastwarc")
        print(f"two over one       {one.clock / two.clock:.2f}, rows equal: {one.rows == two.rows}")
        if asked.ray:
            ray_start = best(empty, place, "ray-start", "--engine", "ray").clock
            ray = best(folder, place, "ray", "--engine", "ray")
            over = (ray.clock - ray_start) / (two.clock - start)
            print(f"Ray                {ray.clock:6.1f} s, start {ray_start:.1f} s")
            print(f"    beyond the start {over:.2f} of the pool's time, rows equal: {ray.rows == two.rows}")


if __name__ == "__main__":
    main()
