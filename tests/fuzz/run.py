"""Pass hostile files through the reader and the checker, and count what became of them.

    make fuzz
    python tests/fuzz/run.py [--files 10000] [--first 0]

Each file is made from its number, so a failure is made again with `--first NUMBER --files 1`.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory

from survival import Survived, survive

from inforce.record import load


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=10_000, help="how many (default: 10,000)")
    parser.add_argument("--first", type=int, default=0, help="number of the first (default: 0)")
    chosen = parser.parse_args()
    record, tally = load(), Survived()
    failed: list[int] = []
    slowest = (0.0, -1)
    with TemporaryDirectory() as folder:
        for seed in range(chosen.first, chosen.first + chosen.files):
            begun = time.perf_counter()
            try:
                survive(seed, Path(folder), record, tally)
            except Exception:
                failed.append(seed)
                sys.stdout.write(f"file {seed}:\n{traceback.format_exc()}\n")
            slowest = max(slowest, (time.perf_counter() - begun, seed))
    sys.stdout.write(
        f"{tally.files} files: {tally.documents} documents read, {tally.claims} claims checked,\n"
        f"{tally.refused} refused with a message; {len(failed)} failed; "
        f"slowest {slowest[0]:.1f} s (file {slowest[1]})\n"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
