"""Supposed acts, as a person types them: `POL accession apmbc 2027-01-15`.

A supposition is no part of the record. It says what would be recorded; `law.suppose` asks what would follow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

import msgspec

from inforce.dates import Edtf, parse_day, parse_edtf
from inforce.errors import UsageError
from inforce.record.model import Record
from inforce.record.names import find_participant, find_treaty
from inforce.record.nearest import nearest
from inforce.vocabulary import ActionKind

#: Word for a supposed armed conflict, where an action has its kind.
CONFLICT: Final = "armed-conflict"

_ACTION = 'write STATE ACTION TREATY DATE, such as "POL accession apmbc 2027-01-15"'
_CONFLICT = f'write STATE {CONFLICT} DATE [until DATE], such as "FIN {CONFLICT} 2027-01-15 until 2027-06-01"'
_MORE = ("known", "named", "notified")
_SHOWN = 80  # longest piece of a wrong input that a message repeats


class SupposedAction(msgspec.Struct, frozen=True, kw_only=True):
    """An action as if it were recorded; the fields are those of an action of the record (keys, EDTF)."""

    participant: str
    treaty: str
    kind: ActionKind
    date: Edtf
    known: Edtf | None = None  # the same day where nothing else is supposed
    named: dt.date | None = None
    notified: dt.date | None = None


class SupposedConflict(msgspec.Struct, frozen=True, kw_only=True):
    """An armed conflict as if it were recorded, as input of clauses that look at one."""

    participant: str
    since: dt.date
    until: dt.date | None = None  # the first day on which it is over


Supposed = SupposedAction | SupposedConflict


def read_supposition(record: Record, text: str) -> list[Supposed]:
    """What a person supposes: one act, or the same of several states parted by commas.

    `STATE ACTION TREATY DATE [known DATE] [named DATE] [notified DATE]` or
    `STATE armed-conflict DATE [until DATE]`. States and treaties may have any name the record resolves; dates
    of actions are EDTF. Raises `UsageError`, in one line that says what to write.
    """
    words = text.split()
    start, end, kind = _kind(text, words)
    more = _more(text, words[end:], ("until",) if kind == CONFLICT else _MORE)
    rest = words[end : len(words) - 2 * len(more)]
    states = _states(record, text, " ".join(words[:start]))
    if kind == CONFLICT:
        if len(rest) != 1:
            raise _wrong(
                text, "gives no day" if not rest else f"has {' '.join(rest[:-1])!r} too much", _CONFLICT
            )
        since = _day(text, rest[0])
        until = _day(text, more["until"]) if "until" in more else None
        if until is not None and until <= since:
            raise _wrong(text, "ends before it begins", _CONFLICT)
        return [SupposedConflict(participant=one, since=since, until=until) for one in states]
    if len(rest) < 2:
        raise _wrong(text, "names no treaty and day after the action" if not rest else "has no day", _ACTION)
    date = _edtf(text, rest[-1])
    treaty = find_treaty(record, " ".join(rest[:-1])).key
    return [
        SupposedAction(
            participant=one,
            treaty=treaty,
            kind=ActionKind(kind),
            date=date,
            known=_edtf(text, more["known"]) if "known" in more else None,
            named=_day(text, more["named"]) if "named" in more else None,
            notified=_day(text, more["notified"]) if "notified" in more else None,
        )
        for one in states
    ]


def _kind(text: str, words: list[str]) -> tuple[int, int, str]:
    """Where the kind of action stands among the words, and which it is; several words may name one."""
    kinds = [kind.value for kind in ActionKind] + [CONFLICT]
    for start in range(len(words)):
        for length in (4, 3, 2, 1):
            if start + length <= len(words):
                found = "-".join(words[start : start + length]).casefold()
                if found in kinds:
                    return start, start + length, found
    meant = nearest(words[1] if len(words) > 1 else "", kinds) if words else ""
    raise _wrong(text, f"names no kind of action{'; ' + meant if meant.startswith('did') else ''}", _ACTION)


def _more(text: str, words: list[str], known: tuple[str, ...]) -> dict[str, str]:
    """The pairs of word and date that end a supposition."""
    pairs: dict[str, str] = {}
    while len(words) >= 2 and words[-2].casefold() in known:
        word = words[-2].casefold()
        if word in pairs:
            raise _wrong(text, f"says {word} twice", f"write {word} once")
        pairs[word] = words[-1]
        words = words[:-2]
    if words and words[-1].casefold() in known:
        raise _wrong(text, f"gives no day after {words[-1]!r}", f"write {words[-1]} and a day, YYYY-MM-DD")
    return pairs


def _states(record: Record, text: str, named: str) -> list[str]:
    if not named:
        raise _wrong(text, "names no state before the action", _ACTION)
    try:
        return [find_participant(record, named).key]
    except UsageError:
        if "," not in named:
            raise
    return list(dict.fromkeys(find_participant(record, one).key for one in _parts(text, named)))


def _parts(text: str, named: str) -> Iterator[str]:
    for part in named.split(","):
        if not part.strip():
            raise _wrong(text, "has a comma with no state beside it", _ACTION)
        yield part.strip()


def _edtf(text: str, word: str) -> Edtf:
    try:
        date = parse_edtf(word)
    except UsageError as error:
        raise UsageError(f"{_quoted(text)}: {error}") from None
    if date.first is None or date.last is None:
        raise _wrong(
            text, f"has the open date {word!r}", "write a day, or a year or month with both its ends"
        )
    return date


def _day(text: str, word: str) -> dt.date:
    try:
        return parse_day(word)
    except UsageError as error:
        raise UsageError(f"{_quoted(text)}: {error}") from None


def _wrong(text: str, what: str, instead: str) -> UsageError:
    return UsageError(f"{_quoted(text)} {what}; {instead}")


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
