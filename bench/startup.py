"""How long a whole `inforce status` takes, warm: the median of twenty runs of the installed command.

python bench/startup.py [RUNS]
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ASKED = [str(Path(sysconfig.get_path("scripts")) / "inforce"), "status", "FIN", "apmbc", "--on", "2025-12-01"]


def main(runs: int) -> None:
    seconds, processor = [], []
    for _ in range(runs + 1):
        start, used = time.perf_counter(), spent_by_children()
        subprocess.run(ASKED, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
        processor.append(spent_by_children() - used)
    warm = sorted(seconds[1:])
    print(f"inforce status, {runs} runs: median {statistics.median(warm):.2f} s", end=" ")
    print(f"({warm[0]:.2f} to {warm[-1]:.2f}), of it {statistics.median(processor[1:]):.2f} s processor time")


def spent_by_children() -> float:
    """Seconds of processor time of all processes run so far; other load on the machine does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
