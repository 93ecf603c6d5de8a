"""How fast `check` reads and checks on one core: articles a second, MB a second, peak memory.

    python bench/check_speed.py [--megabytes 10] [FOLDER ...]

Without a folder it takes the examples and the annotated articles of the tests. The articles are read
again and again, in order, until they make up the size asked for; opening a file counts, importing and
loading the record do not, and are told apart.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEFAULT = (ROOT / "examples", ROOT / "tests" / "gold")
TODAY = date(2026, 11, 22)


def articles(folders: list[Path], size: int) -> Iterator[Path]:
    """Files of the folders over and over, up to `size` bytes."""
    files = sorted(file for folder in folders if folder.is_dir() for file in folder.glob("*.txt"))
    if not files:
        raise SystemExit(f"no .txt file in {', '.join(map(str, folders))}")
    taken = 0
    for file in cycle(files):
        if taken >= size:
            return
        taken += file.stat().st_size
        yield file


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", metavar="FOLDER", nargs="*", type=Path)
    parser.add_argument("--megabytes", type=float, default=10)
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
    files = list(articles(asked.folders or list(DEFAULT), int(asked.megabytes * 1e6)))
    check(document := open_document(files[0]), read(document, record), record, today=TODAY)
    warm = time.perf_counter()

    reading = checking = 0.0
    claims = size = 0
    for file in files:
        begun = time.perf_counter()
        document = open_document(file)
        found = read(document, record)
        between = time.perf_counter()
        report = check(document, found, record, today=TODAY)
        reading += between - begun
        checking += time.perf_counter() - between
        claims += len(report.findings)
        size += file.stat().st_size
    spent = reading + checking
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    rate = f"{len(files) / spent:.0f} articles/s, {size / 1e6 / spent:.2f} MB/s on one core"
    print(f"articles   {len(files)} ({len(set(files))} different), {size / 1e6:.1f} MB, {claims} claims")
    print(f"before     import {imported - start:.2f} s, record {loaded - imported:.2f} s")
    print(f"           first article {warm - loaded:.2f} s, with all that is compiled once")
    print(f"check      {spent:.1f} s: {rate}")
    print(f"of which   reading {reading:.1f} s, checking {checking:.1f} s")
    print(f"memory     {peak:.0f} MB at most")


if __name__ == "__main__":
    main()
