"""Read and check the annotated articles, score the answers, and hold them against the pinned figures.

    make eval [GOLD=FOLDER]
    python tests/gold/evaluate.py [--gold FOLDER] [--json] [--pin [--allow-regression]]

FOLDER holds articles of the same make (README.md); the figures pinned for it stand beside it in
FOLDER-floors.json. `--pin` writes today's figures there; it refuses to lower one unless told to. What the
held-out half wants is never listed: of its false `contradicted` only the number is told.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from floors import evaluation, lowered, outcomes_of, pin, pinned
from score import HERE
from tables import as_json, false_alarms, lines


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, default=HERE, help="folder of articles (default: these)")
    parser.add_argument("--json", action="store_true", help="figures and changes as one JSON object")
    parser.add_argument("--pin", action="store_true", help="make today's figures the pinned ones")
    parser.add_argument("--allow-regression", action="store_true", help="also where one is lower than before")
    chosen = parser.parse_args(arguments)
    if not any(chosen.gold.glob("*.json")):
        parser.error(
            f"{chosen.gold} holds no annotations; give a folder of NAME.txt with NAME.json beside each"
        )
    outcomes = outcomes_of(chosen.gold)
    now, then = evaluation(chosen.gold, outcomes), pinned(chosen.gold)
    if chosen.json:
        sys.stdout.write(as_json(now, then) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(now, then, false_alarms(outcomes)))
    if not chosen.pin:
        return 0
    if then and (worse := lowered(now, then)) and not chosen.allow_regression:
        sys.stderr.write("not pinned: " + "; ".join(worse) + "\n")
        return 1
    pin(chosen.gold, now)
    return 0


if __name__ == "__main__":
    sys.exit(main())
