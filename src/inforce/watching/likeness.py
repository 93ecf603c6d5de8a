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
#: The share of runs in common from which a text counts as a copy of another.
COPY = 0.6
#: Bands and rows for finding candidates: texts alike by COPY share a band with probability above 0.9999.
BANDS = 32
_ROWS = SIZE // BANDS

_WORD = re2.compile(r"[\pL\pN]+")
_PRIME = np.uint64(1_000_003)


def signature(text: str) -> bytes:
    """A text's minima as bytes; empty for one of fewer than `RUN` words, which is like no other."""
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
    made.update([format(run, "x") for run in np.unique(runs)])
    return np.array(made.digest(), dtype="<u4").tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """The estimated share of runs that two texts have in common (Jaccard), from 0 to 1."""
    if not one or not other:
        return 0.0
    return float(np.mean(np.frombuffer(one, dtype="<u4") == np.frombuffer(other, dtype="<u4")))


def bands(made: bytes) -> list[int]:
    """Keys of which two texts that are alike share at least one, as signed 64-bit numbers."""
    if not made:
        return []
    rows = np.frombuffer(made, dtype="<u4").reshape(BANDS, _ROWS)
    return [
        int.from_bytes(zlib.crc32(row.tobytes()).to_bytes(4, "big") + number.to_bytes(1, "big"), "big")
        for number, row in enumerate(rows)
    ]
