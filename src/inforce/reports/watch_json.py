"""The answer of `inforce watch` as JSON."""

from __future__ import annotations

import msgspec

from inforce.watching.loop import Tally

FORMAT = "inforce-watch/1"


class WatchAnswer(msgspec.Struct, frozen=True):
    """What a watch did from its start to its end."""

    format: str
    done: Tally


def watch_answer(done: Tally) -> WatchAnswer:
    """What a watch did."""
    return WatchAnswer(FORMAT, done)
