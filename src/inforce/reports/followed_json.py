"""Sources that are followed on somebody's word over HTTP, as JSON."""

from __future__ import annotations

from datetime import datetime

import msgspec

from inforce.watching.followed import Followed


class SourceAnswer(msgspec.Struct, frozen=True):
    """A source that is followed, or was until it was ended.

    `kind` is feed or sitemap. `visited` is when it was last asked while it was followed, and `problem` why
    it could not be had then.
    """

    format: str
    id: int
    name: str
    kind: str
    address: str
    every: str
    since: datetime
    visited: datetime | None
    problem: str | None
    ended: datetime | None


class KeyedSourceAnswer(SourceAnswer, frozen=True):
    """The same, with the names of the keys that added and ended it."""

    by: str
    ended_by: str | None


class AddedSourceAnswer(msgspec.Struct, frozen=True):
    """A source that was asked to be followed; `new` is false where it was followed already."""

    format: str
    new: bool
    source: SourceAnswer


_FORMAT = "inforce-watch-source/1"


def source_answer(one: Followed) -> SourceAnswer:
    """A source, without the names of keys: those are for whoever keeps the ledger."""
    values = msgspec.structs.asdict(one)
    del values["by"], values["ended_by"]
    return SourceAnswer(format=_FORMAT, **values)


def keyed_source_answer(one: Followed) -> KeyedSourceAnswer:
    """A source with whose word it is."""
    return KeyedSourceAnswer(format="inforce-ledger-source/1", **msgspec.structs.asdict(one))


def added_source_answer(one: Followed, *, new: bool) -> AddedSourceAnswer:
    """What became of a source that was asked to be followed."""
    return AddedSourceAnswer("inforce-watch-source-added/1", new, source_answer(one))
