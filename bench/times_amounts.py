"""How fast dates and amounts are found, in megabytes of UTF-8 a second of processor time.

    python bench/times_amounts.py FILE ...

"First" reads every text once with nothing remembered of its expressions; "again" reads them a second time.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from inforce.reading import amounts_grammar, times_grammar, times_resolve
from inforce.reading.amounts import find_amounts
from inforce.reading.times import find_times

_PUBLISHED = date(2025, 7, 10)


def _read(texts: list[str]) -> int:
    found = 0
    for text in texts:
        times = find_times(text, _PUBLISHED)
        found += len(times) + len(find_amounts(text, times))
    return found


def main(names: list[str]) -> None:
    texts = [Path(name).read_text(encoding="utf-8") for name in names]
    size = sum(len(text.encode()) for text in texts)
    _read(texts)
    for label, forget in (("first", True), ("again", False)):
        rounds = 5
        spent = 0.0
        for _ in range(rounds):
            if forget:
                for cached in (times_resolve.read, times_grammar.candidates, amounts_grammar.read):
                    cached.cache_clear()
            start = time.process_time()
            found = _read(texts)
            spent += time.process_time() - start
        print(f"{label}: {found} expressions in {size} bytes, {rounds * size / spent / 1e6:.2f} MB/s")


if __name__ == "__main__":
    main(sys.argv[1:])
