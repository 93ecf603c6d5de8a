"""How long hostile texts of doubling size take to read and check: twice the text may take twice the time.

    python bench/hostile.py [--largest 128] [--seconds 20] [SHAPE ...]

Each shape of tests/fuzz/shapes.yaml is repeated to 8, 16, 32 ... kB. `x` is the time of the largest over that
of half its size: near 2 is linear, near 4 quadratic. What takes over the given seconds is not doubled again.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from inforce.checking import check
from inforce.reading import read
from inforce.reading.document import document_from_text
from inforce.record import load
from inforce.record.model import Record

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "fuzz"))
from shapes import SHAPES, grown

TODAY = date(2026, 11, 22)


def spent(text: str, record: Record) -> tuple[float, int]:
    """Seconds to read and check a text, and the number of claims in it."""
    begun = time.perf_counter()
    document = document_from_text(text, "hostile", published=date(2026, 3, 1))
    report = check(document, read(document, record), record, today=TODAY)
    return time.perf_counter() - begun, len(report.findings)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shapes", metavar="SHAPE", nargs="*", help="only shapes whose names begin so")
    parser.add_argument("--largest", type=int, default=128, help="kB of the largest text")
    parser.add_argument("--seconds", type=float, default=20, help="do not double what takes longer")
    asked = parser.parse_args()
    record = load()
    spent("Finland left the Ottawa Convention.", record)  # compiles what is compiled once
    sizes: list[int] = []
    while not sizes or sizes[-1] < asked.largest:
        sizes.append(2 * sizes[-1] if sizes else 8)
    print(f"{'kB':32}" + "".join(f"{size:8}" for size in sizes) + "       x  claims")
    for name, shape in SHAPES.items():
        if asked.shapes and not name.startswith(tuple(asked.shapes)):
            continue
        times: list[float] = []
        claims = 0
        for size in sizes:
            if times and times[-1] > asked.seconds:
                break
            seconds, claims = spent(grown(shape, size * 1000), record)
            times.append(seconds)
        shown = "".join(f"{seconds:8.2f}" for seconds in times) + " " * 8 * (len(sizes) - len(times))
        ratio = times[-1] / times[-2] if len(times) > 1 else 0.0
        print(f"{name:32}{shown}{ratio:8.1f}{claims:8}", flush=True)


if __name__ == "__main__":
    main()
