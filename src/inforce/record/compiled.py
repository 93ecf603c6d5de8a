"""The record as it was last parsed, kept so that a start decodes it and need not parse text.

A compiled record is found by a key over all that it depends on: the names and bytes of its files, the
names by which its messages call them, and the source of the code that reads them. Whatever of these
changes, it is parsed anew.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable

import msgspec

from inforce import __version__, cache
from inforce.record.model import Record

_KIND = "record"

#: The code that decides what a record holds: its reader and its nouns.
_CODE = ("record/*.py", "dates.py", "vocabulary.py")


def read(content_hash: str, shown: Iterable[str]) -> Record | None:
    """The record compiled from files of this hash, called by these names; None where there is none."""
    key = _key(content_hash, shown)
    content = None if key is None else cache.read(_KIND, key)
    if content is None:
        return None
    collects = gc.isenabled()
    gc.disable()  # thousands of objects come into being and none goes: looking for rubbish doubles the time
    try:
        return msgspec.msgpack.decode(content, type=Record)
    except msgspec.MsgspecError:
        return None
    finally:
        if collects:
            gc.enable()


def write(record: Record, shown: Iterable[str]) -> None:
    """Keep a parsed record for the next start, where the user's cache can be written."""
    key = _key(record.hash, shown)
    if key is not None:
        cache.write(_KIND, key, msgspec.msgpack.encode(record))


def _key(content_hash: str, shown: Iterable[str]) -> str | None:
    code = cache.code(*_CODE)
    if code is None:
        return None
    versions = __version__, msgspec.__version__
    return hashlib.sha256("\0".join((*versions, code, content_hash, *shown)).encode()).hexdigest()
