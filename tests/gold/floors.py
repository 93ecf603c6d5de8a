"""Floors under the reader's and the checker's figures on the articles beside this file.

    python tests/gold/floors.py [--pin [--allow-regression]]

Prints the figures of both halves beside their floors (../gold-floors.json). `--pin` writes today's figures as
the new floors with the hash of the articles they hold for; it refuses to lower one unless told to.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from score import HALVES, HERE, Figures, load, measure

from inforce.checking import check
from inforce.reading import read
from inforce.reading.document import open_document
from inforce.record import load as load_record
from inforce.reports.json_answers import check_answer, encode

FLOORS = HERE.parent / "gold-floors.json"  # beside the folder, where every .json annotates an article
GUARDED = (
    "precision",
    "recall",
    "f1",
    "when_accuracy",
    "modality_accuracy",
    "object_accuracy",
    "verdict_accuracy",
)
TODAY = date(2026, 11, 22)  # not the clock's: the figures must not change by themselves


def corpus_hash() -> str:
    """Names and bytes of all articles and annotations: floors hold for these and no others."""
    digest = hashlib.sha256()
    for file in sorted([*HERE.glob("own-*.txt"), *HERE.glob("own-*.json")]):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


@functools.cache
def figures() -> dict[str, Figures]:
    """Read and check every article as the command line does, and score both halves."""
    record = load_record()
    with TemporaryDirectory() as folder:
        for article in sorted(HERE.glob("own-*.txt")):
            document = open_document(str(article))
            report = check(document, read(document, record), record, today=TODAY)
            (Path(folder) / f"{article.stem}.json").write_text(encode(check_answer(report)), encoding="utf-8")
        return {half: measure(load(HERE, Path(folder), half))[0] for half in HALVES}


def pinned() -> dict[str, Any]:
    """The floors as they were pinned last."""
    return dict(json.loads(FLOORS.read_text(encoding="utf-8"))) if FLOORS.exists() else {}


def lowered(floors: dict[str, Any]) -> list[str]:
    """Every figure that lies below its floor, in words."""
    return [
        f"{half}: {name} is {getattr(found, name)}, its floor {floors[half][name]}"
        for half, found in figures().items()
        for name in GUARDED
        if getattr(found, name) < floors.get(half, {}).get(name, 0.0)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pin", action="store_true", help="make today's figures the floors")
    parser.add_argument("--allow-regression", action="store_true", help="also where one is lower than before")
    chosen = parser.parse_args()
    floors = pinned()
    for half, found in figures().items():
        for name in GUARDED:
            floor = floors.get(half, {}).get(name, 0.0)
            sys.stdout.write(f"{half:12} {name:18} {getattr(found, name):.3f}  floor {floor:.3f}\n")
    if not chosen.pin:
        return 0
    if (worse := lowered(floors)) and not chosen.allow_regression:
        sys.stderr.write("not pinned: " + "; ".join(worse) + "\n")
        return 1
    new: dict[str, Any] = {"corpus": corpus_hash()}
    new.update({half: {name: getattr(found, name) for name in GUARDED} for half, found in figures().items()})
    FLOORS.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
