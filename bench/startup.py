"""How long a whole `inforce status` takes, warm: the median of twenty runs of the installed command.

python bench/startup.py [RUNS]

With the record compiled in the cache and without any cache, for the packaged record and for one of at
least forty treaties (the packaged ones, some of them again under other keys).
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

ASKED = [str(Path(sysconfig.get_path("scripts")) / "inforce"), "status", "FIN", "apmbc", "--on", "2025-12-01"]
TREATIES = Path(__file__).parents[1] / "src" / "inforce" / "treaties"
FORTY = 40


def main(runs: int) -> None:
    # Python's own compiled modules are part of any installed command's start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as scratch:
        many = Path(scratch) / "record"
        packaged = sorted(folder for folder in TREATIES.iterdir() if (folder / "treaty.yaml").is_file())
        for number, folder in enumerate(islice(cycle(packaged), max(0, FORTY - len(packaged)))):
            shutil.copytree(folder, many / "treaties" / f"{folder.name}-{number}")
        records: list[tuple[int, list[str]]] = [(len(packaged), [])]
        if many.exists():
            records.append((FORTY, ["--record", str(many)]))
        for count, options in records:
            for label, cache in (("compiled record", f"{scratch}/cache"), ("no cache", "")):
                measure(f"{count} treaties, {label}", runs, options, os.environ | {"INFORCE_CACHE": cache})


def measure(label: str, runs: int, options: list[str], environment: dict[str, str]) -> None:
    seconds, processor = [], []
    for _ in range(runs + 1):
        start, used = time.perf_counter(), spent_by_children()
        subprocess.run([*ASKED, *options], check=True, stdout=subprocess.DEVNULL, env=environment)
        seconds.append(time.perf_counter() - start)
        processor.append(spent_by_children() - used)
    warm = sorted(seconds[1:])
    print(f"inforce status, {label}, {runs} runs: median {statistics.median(warm):.2f} s", end=" ")
    print(f"({warm[0]:.2f} to {warm[-1]:.2f}), of it {statistics.median(processor[1:]):.2f} s processor time")


def spent_by_children() -> float:
    """Seconds of processor time of all processes run so far; other load on the machine does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
