"""What a text gives ground for: the states, treaties, dates and numbers that it names.

A proposal may put these together in a way that the reader does not; it may not bring any of its own. They
are found as the reader finds them, so that a claim rests on the text whoever has proposed it.
"""

from __future__ import annotations

from datetime import date

import msgspec

from inforce.dates import Edtf, parse_edtf
from inforce.errors import UsageError
from inforce.proposing.reasons import Refused
from inforce.reading.mentions import Mention
from inforce.reading.scan import Scan
from inforce.record.model import Record
from inforce.record.names import find_participant, find_treaty, fold


class Grounds(msgspec.Struct, frozen=True):
    """What a text names, each as its key in the record, as EDTF, or as a number."""

    record: Record
    text: str  # folded, with a blank at either end
    states: frozenset[str]
    treaties: frozenset[str]
    items: frozenset[str]
    dates: tuple[tuple[date, date], ...]
    durations: frozenset[str]
    numbers: frozenset[float]
    sums: frozenset[tuple[float, str | None]]

    def participant(self, name: str) -> str:
        """The key of the one participant so called, if the text names it; raises `Refused`."""
        try:
            key = find_participant(self.record, name).key
        except UsageError as error:
            raise Refused(str(error)) from None
        if key not in self.states:
            raise Refused(f"the text does not name {self.record.participants[key].name}")
        return key

    def treaty(self, name: str) -> str:
        """The key of the one treaty so called, if the text names it; raises `Refused`."""
        try:
            known = name in self.record.other_treaties
            key = name if known else find_treaty(self.record, name).key
        except UsageError as error:
            raise Refused(str(error)) from None
        if key not in self.treaties:
            raise Refused(f"the text does not name the treaty {key}")
        return key

    def item(self, key: str) -> str:
        """A key of a weapon category that the text names; raises `Refused`."""
        item = self.record.items.get(key)
        if item is None:
            raise Refused(f"{key!r} is no weapon category of the record")
        if key not in self.items and not any(self.says(name) for name in (item.label, *item.press)):
            raise Refused(f"the text does not name {item.label}")
        return key

    def when(self, text: str) -> str:
        """An EDTF date or interval of which the text gives each end, no less finely; raises `Refused`."""
        try:
            whole = parse_edtf(text)
        except UsageError as error:
            raise Refused(f"when: {error}") from None
        ends = [end for end in text.split("/") if end not in ("", "..")]
        if not all(self._gives(parse_edtf(end)) for end in ends):
            raise Refused(f"the text gives no such date as {whole}")
        return text

    def _gives(self, asked: Edtf) -> bool:
        first, last = asked.first, asked.last
        return any(
            first is not None and last is not None and first <= one and other <= last
            for one, other in self.dates
        )

    def number(self, value: float) -> None:
        """Nothing, if the text gives that number; raises `Refused`."""
        if value not in self.numbers:
            raise Refused(f"the text gives no such number as {value:,}")

    def sum_of(self, amount: float, currency: str | None) -> None:
        """Nothing, if the text gives that sum in that currency; raises `Refused`."""
        if (amount, currency) not in self.sums:
            figure = f"{amount:,.2f}".removesuffix(".00")
            raise Refused(f"the text gives no such sum as {figure} {currency or 'without a currency'}")

    def duration(self, text: str) -> str:
        """A length of time (ISO 8601) that the text gives; raises `Refused`."""
        if text not in self.durations:
            raise Refused(f"the text gives no such length of time as {text!r}")
        return text

    def words(self, text: str, what: str) -> str:
        """Words that stand in the text; raises `Refused`. `what` they are is told."""
        if not self.says(text):
            raise Refused(f"the text does not hold {what} {text!r}")
        return text

    def says(self, words: str) -> bool:
        """Whether these words stand in the text, in any case."""
        folded = fold(words)
        return bool(folded) and f" {folded} " in self.text


def grounds(text: Scan, record: Record) -> Grounds:
    """What a text and its title name."""
    mentions = [*text.mentions, *text.title]
    times = [m.time for m in mentions if m.time is not None and not m.time.name_like]
    return Grounds(
        record=record,
        text=f" {fold(text.document.text)} {fold(text.document.title or '')} ",
        states=frozenset(state for mention in mentions for state in mention.states),
        treaties=frozenset(m.treaty for m in mentions if m.treaty is not None),
        items=frozenset(m.item for m in mentions if m.item is not None),
        dates=tuple(bounds for time in times if (bounds := _bounds(time.point)) is not None),
        durations=frozenset(time.duration for time in times if time.duration is not None),
        numbers=frozenset(number for mention in mentions for number in _numbers(mention)),
        sums=frozenset(
            (number, mention.amount.currency)
            for mention in mentions
            if mention.amount is not None and mention.amount.unit == "money"
            for number in _numbers(mention)
        ),
    )


def _bounds(point: str | None) -> tuple[date, date] | None:
    known = parse_edtf(point) if point else None
    if known is None or known.first is None or known.last is None:
        return None
    return known.first, known.last


def _numbers(mention: Mention) -> tuple[float, ...]:
    amount = mention.amount
    if amount is None:
        return ()
    return tuple(number for number in (amount.value, amount.low, amount.high) if number is not None)
