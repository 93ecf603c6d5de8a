"""What became of the documents that one argument of `check` names, where they were several."""

from __future__ import annotations

import msgspec

FORMAT = "inforce-check-tally/1"


class Tally(msgspec.Struct, frozen=True):
    """How many documents of `argument` were checked, dropped by the gate, or could not be read.

    `dropped` ones hold nothing that a claim could be made of. `passed_over` counts by its reason what was
    no document to read: hidden files, records of other kinds, unknown keys.
    """

    argument: str
    checked: int
    dropped: int
    unread: int
    passed_over: dict[str, int]
    format: str = FORMAT


def tally_in_words(tally: Tally) -> str:
    """shelf: 3 documents checked, 40 on no treaty dropped, 1 could not be read; passed over: 2 hidden."""
    noun = "document" if tally.checked == 1 else "documents"
    dropped = f"{tally.dropped} on no treaty dropped, " if tally.dropped else ""
    words = f"{tally.argument}: {tally.checked} {noun} checked, {dropped}{tally.unread} could not be read"
    rest = ", ".join(f"{count} {reason}" for reason, count in tally.passed_over.items())
    return f"{words}; passed over: {rest}" if rest else words
