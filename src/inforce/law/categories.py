"""How a rule's item stands to the item asked about: by `is_a`; what only `may_be` so is said, not assumed."""

from __future__ import annotations

from typing import Literal, NamedTuple

from inforce.errors import UsageError
from inforce.law.kept import kept
from inforce.record.model import Record
from inforce.record.names import unknown_item

#: `same`; `wider` (the rule covers all that was asked, and more); `narrower` (a part of it); `may-be`.
Relation = Literal["same", "wider", "narrower", "may-be"]

#: Relations under which a rule covers everything that was asked.
COVERING = frozenset({"same", "wider"})


_PAIRS_KEPT = 20_000  # of items


class Related(NamedTuple):
    """The relation, the words of the record behind one that depends on a test, and what was asked."""

    relation: Relation
    words: str = ""
    asked: str | None = None  # key of the item asked about


@kept(_PAIRS_KEPT)
def relate(record: Record, asked: str, ruled: str) -> Related | None:
    """How a rule on `ruled` bears on `asked` (keys of items); None where it does not."""
    if ruled == asked:
        return Related("same")
    if ruled in wider(record, asked):
        return Related("wider", f"every {label(record, asked)} is {_a(record, ruled)}")
    if asked in wider(record, ruled):
        words = f"{_a(record, ruled)} is one kind of {label(record, asked)}"
        return Related("narrower", words)
    return _may_be(record, asked, ruled)


def _may_be(record: Record, asked: str, ruled: str) -> Related | None:
    for kind in (asked, *wider(record, asked)):
        for other, test in _tests(record, kind).items():
            if ruled == other or ruled in wider(record, other):
                return Related("may-be", f"{_a(record, kind)} may be {_a(record, other)}: {test}")
    if ruled in _apart(record, asked) or asked in _apart(record, ruled):
        return None
    for other, test in _tests(record, ruled).items():
        if other == asked or asked in wider(record, other):
            return Related("may-be", f"{_a(record, ruled)} may be {_a(record, other)}: {test}")
    return None


@kept(_PAIRS_KEPT)
def wider(record: Record, item: str) -> frozenset[str]:
    """All items that every `item` also is."""
    found: set[str] = set()
    queue = [item]
    while queue:
        entry = record.items.get(queue.pop())
        for parent in entry.is_a if entry else ():
            if parent not in found:
                found.add(parent)
                queue.append(parent)
    return frozenset(found)


def label(record: Record, item: str) -> str:
    """The item's name in plain words, without what stands in brackets."""
    entry = record.items.get(item)
    return entry.label.partition(" (")[0] if entry else item.replace("-", " ")


def _a(record: Record, item: str) -> str:
    name = label(record, item)
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def checked_item(record: Record, item: str) -> str:
    """The key itself; raises `UsageError` with the nearest keys where the record has no such item."""
    if item not in record.items:
        raise UsageError(unknown_item(record, item))
    return item


def _tests(record: Record, item: str) -> dict[str, str]:
    entry = record.items.get(item)
    return entry.may_be if entry else {}


def _apart(record: Record, item: str) -> tuple[str, ...]:
    entry = record.items.get(item)
    return entry.not_a if entry else ()
