"""The counts that a claim about numbers is held against, from among the law's conventions of counting."""

from __future__ import annotations

from datetime import date

import msgspec

from inforce.law.counts import Counting, Series
from inforce.record.model import Record


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
    counting = Counting(record, treaty, known_by)
    return Tally(
        deposited=counting.least("deposited"),
        in_force=counting.least("in_force"),
        signatories=counting.least("signatories"),
        involved=counting.least("signed_or_deposited"),
    )
