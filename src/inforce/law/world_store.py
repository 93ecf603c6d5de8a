"""Columns joined, and kept in the user's cache: as arrays by name, never as code."""

from __future__ import annotations

import hashlib
import io

import msgspec
import numpy as np

from inforce import cache
from inforce.law.world_columns import NONE, Columns, Lines, columns, ranges
from inforce.record.model import Record

_KIND = "world"

#: Raised with every change of what is stored.
_FORMAT = 1

#: The code that decides what a world holds.
_CODE = ("law/*.py", "record/*.py", "dates.py", "vocabulary.py")


def joined(one: Columns, other: Columns) -> Columns:
    """The lines of both, in order; no pair is in both."""
    if not len(other.lines.pair):
        return one
    ids = sorted({*one.disputes, *other.disputes})
    place = {name: index for index, name in enumerate(ids)}
    dispute = np.concatenate([_renamed(made, place) for made in (one, other)])
    pair = np.concatenate([one.lines.pair, other.lines.pair])
    known_from = np.concatenate([one.lines.known_from, other.lines.known_from])
    first = np.concatenate([one.lines.first[:-1], other.lines.first[:-1] + one.lines.first[-1]])
    order = np.lexsort((known_from, pair))
    lengths = np.concatenate([one.lengths, other.lengths])[order]
    rows = ranges(first[order], lengths)
    return columns(
        Lines(pair[order], known_from[order], np.concatenate([[0], np.cumsum(lengths)])),
        np.concatenate([one.start, other.start])[rows],
        np.concatenate([one.possible, other.possible])[rows],
        dispute[rows],
        tuple(ids),
    )


def _renamed(made: Columns, place: dict[str, int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    names = np.array([*(place[name] for name in made.disputes), NONE], np.int32)
    return names[made.dispute]  # NONE, which is -1, takes the last


def key_of(record: Record, part: str) -> str | None:
    """Names the columns of a record, of this code; None where its source cannot be read.

    A record changed in memory keeps the `hash` of its files, so that all of it is hashed.
    """
    code = cache.code(*_CODE)
    if code is None:
        return None
    digest = hashlib.sha256(f"{_FORMAT} {code} {part} {np.__version__}\0".encode())
    digest.update(msgspec.msgpack.encode(record))
    return digest.hexdigest()


def read(key: str) -> Columns | None:
    """The columns kept under a key, or None."""
    content = cache.read(_KIND, key)
    if content is None:
        return None
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            lines = Lines(kept["pair"], kept["known_from"], kept["first"])
            ids = tuple(kept["disputes"].tolist())
            return columns(lines, kept["start"], kept["possible"], kept["dispute"], ids)
    except (OSError, ValueError, KeyError, IndexError, EOFError):
        return None


def write(key: str, made: Columns) -> None:
    """Keep columns for the next start."""
    out = io.BytesIO()
    lines = made.lines
    np.savez(
        out,
        allow_pickle=False,
        pair=lines.pair,
        known_from=lines.known_from,
        first=lines.first,
        start=made.start,
        possible=made.possible,
        dispute=made.dispute,
        disputes=np.array(made.disputes, np.str_),
    )
    cache.write(_KIND, key, out.getvalue())
