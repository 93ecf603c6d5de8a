"""Values of the record's files, read or refused in one line: file and line, the value, the nearest known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from inforce.dates import Edtf, parse_edtf
from inforce.errors import RecordError, UsageError
from inforce.record.model import Participant
from inforce.record.nearest import nearest
from inforce.vocabulary import ActionKind, DomesticAim, DomesticStepKind

T = TypeVar("T")
E = TypeVar("E", ActionKind, DomesticStepKind, DomesticAim)
Participants = Mapping[str, Participant]


def participant(at: str, key: str, participants: Participants) -> str:
    """The key itself, where it is a participant's."""
    if key not in participants:
        folded = key.casefold()
        called = [
            p.key
            for p in participants.values()
            if folded in (p.iso2.casefold(), p.key.casefold(), p.name.casefold())
        ]
        raise RecordError(f'{at}: unknown participant "{key}"; {nearest(key, called or participants)}')
    return key


def known(at: str, what: str, value: str, known: Collection[str]) -> str:
    """The value itself, where it is among the known ones; `what` names it in the message."""
    if value not in known:
        raise RecordError(f'{at}: unknown {what} "{value}"; {nearest(value, known)}')
    return value


def enum(at: str, what: str, value: str, kind: type[E]) -> E:
    """The member of a closed enumeration."""
    try:
        return kind(value)
    except ValueError:
        known = nearest(value, [member.value for member in kind])
        raise RecordError(f'{at}: unknown {what} "{value}"; {known}') from None


def filled(at: str, what: str, value: str, wanted: str = "the depositary's entry or the publication") -> str:
    """The value itself, where there is one; `wanted` says what to write."""
    if not value:
        raise RecordError(f"{at}: {what} missing; name {wanted}")
    return value


def cell(at: str, row: dict[str, str], column: str, parse: Callable[[str], T]) -> T:
    """The value of a row's column that must not be empty."""
    if not row[column]:
        raise RecordError(f"{at}: {column} missing; write what is known of it, such as 2026 or 2026-03")
    try:
        return parse(row[column])
    except UsageError as error:
        raise RecordError(f"{at}: {column}: {error}") from None


def edtf(at: str, text: str) -> Edtf:
    """An EDTF date."""
    try:
        return parse_edtf(text)
    except UsageError as error:
        raise RecordError(f"{at}: {error}") from None
