"""The counts that a claim about numbers is held against, from among the law's conventions of counting."""

from __future__ import annotations

from datetime import date

import msgspec

from inforce.law.chronicle import chronicle
from inforce.law.counts import Counting, Series
from inforce.law.kept import kept
from inforce.record.model import Record

_KEPT = 2_000  # there are as many as days on which something became known under a treaty


class Tally(msgspec.Struct, frozen=True):
    """Instruments deposited, participants bound, all that ever signed; and those that signed or deposited."""

    deposited: Series
    in_force: Series
    signatories: Series
    involved: Series


def tally(record: Record, treaty: str, known_by: date) -> Tally:
    """Counts over all days from the acts known by one day; notices that run count from their effect on.

    A participant whose partial date leaves its status open is counted once it is certain.
    """
    return _tally(record, treaty, chronicle(record).last_news_of_all(treaty, known_by))


@kept(_KEPT)
def _tally(record: Record, treaty: str, known_by: date | None) -> Tally:
    counting = Counting(record, treaty, known_by)
    return Tally(
        deposited=counting.least("deposited"),
        in_force=counting.least("in_force"),
        signatories=counting.least("signatories"),
        involved=counting.least("signed_or_deposited"),
    )
