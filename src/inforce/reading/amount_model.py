"""What an amount says."""

from __future__ import annotations

from typing import Literal

import msgspec

Comparator = Literal["=", ">", "<", "~"]
Unit = Literal["count", "money", "percent", "share", "rank", "ordinal"]


class Value(msgspec.Struct, frozen=True):
    """A number and its bounds; None where the text sets no bound on that side."""

    low: float | None
    high: float | None
    value: float
    comparator: Comparator


class Amount(msgspec.Struct, frozen=True):
    """An amount in a text; offsets count Unicode code points, `text` is exactly that slice.

    `value` and `comparator` follow the contract of the answer: the lower bound with ">" of a range or of
    "tens of thousands", the number itself otherwise. `low` and `high` are the bounds where the text has
    any. `unit` is "money" (then `currency` is its ISO 4217 code, None where the text leaves open whose
    crowns they are), "percent", "share" (of one: "a third" is 0.333), "rank" ("fifth largest"), "ordinal"
    ("112th"), else "count".
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    value: float
    comparator: Comparator
    unit: Unit = "count"
    currency: str | None = None
