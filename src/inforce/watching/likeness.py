"""Near-duplicates: how much of one text stands in another, by MinHash of runs of words.

A wire's text with a new headline and a cut last paragraph is a copy; two reports of one event in different
words are not. Runs of five words are hashed by numpy, their minima by rensa: making the runs is what takes
the time (bench/likeness.py).
"""

from __future__ import annotations

import zlib

import numpy as np
import re2

#: Words in a run, and minima in a signature.
RUN, SIZE = 5, 128
#: The share of the shorter text's runs that stand in the other from which it counts as a copy, and the share
#: of all runs of both that they must have in common: a brief that a long report contains copies nothing.
COPY, _BOTH = 0.8, 0.4
#: Bands and rows for finding candidates: texts with half of their runs in common share a band with a
#: probability of 0.87, with 60 in 100 of them 0.99.
BANDS = 32
_ROWS = SIZE // BANDS

_WORD = re2.compile(r"[\pL\pN]+")
_PRIME = np.uint64(1_000_003)


def signature(text: str) -> bytes:
    """A text's minima and the number of its runs, as bytes; empty for one of fewer than `RUN` words."""
    from rensa import RMinHash  # noqa: PLC0415 - compiled; for watching alone

    words = _WORD.findall(text.casefold())
    if len(words) < RUN:
        return b""
    hashes = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    runs = hashes[: len(hashes) - RUN + 1].copy()
    with np.errstate(over="ignore"):
        for step in range(1, RUN):
            runs = runs * _PRIME + hashes[step : len(hashes) - RUN + 1 + step]
    made = RMinHash(num_perm=SIZE, seed=7)
    different = np.unique(runs)
    made.update([format(run, "x") for run in different])
    return np.array([*made.digest(), len(different)], dtype="<u4").tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """The estimated share of the shorter text's runs that stand in the other, from 0 to 1.

    A copy whose last paragraphs were cut has few runs of both in common, and nearly all of its own; 0 where
    the texts have too little in common to be a text and its copy. An empty one is like no other.
    """
    if not one or len(one) != len(other):
        return 0.0
    mine, theirs = np.frombuffer(one, dtype="<u4"), np.frombuffer(other, dtype="<u4")
    common = float(np.mean(mine[:SIZE] == theirs[:SIZE]))
    if common < _BOTH:
        return 0.0
    runs = int(mine[SIZE]), int(theirs[SIZE])
    return min(common * sum(runs) / ((1 + common) * min(runs)), 1.0)


def bands(made: bytes) -> list[int]:
    """Keys of which two texts that are alike share at least one, as signed 64-bit numbers."""
    if not made:
        return []
    rows = np.frombuffer(made, dtype="<u4")[:SIZE].reshape(BANDS, _ROWS)
    return [
        int.from_bytes(zlib.crc32(row.tobytes()).to_bytes(4, "big") + number.to_bytes(1, "big"), "big")
        for number, row in enumerate(rows)
    ]
