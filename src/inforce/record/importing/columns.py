"""The headings of a status table: which acts a column holds, and by which letters it tells them apart.

"Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)" is one column of five kinds of
act: a day with no letter is a ratification, one followed by "a" an accession.
"""

from __future__ import annotations

from typing import NamedTuple

import re2

from inforce.errors import UsageError
from inforce.record.nearest import nearest
from inforce.vocabulary import ActionKind

#: What a heading may name, folded, and the act it is. An act of formal confirmation is an organisation's
#: ratification (VCLT 1986, Art. 2(1)(b bis)).
_ACTS = {
    "signature": ActionKind.SIGNATURE,
    "succession to signature": ActionKind.SIGNATURE,
    "definitive signature": ActionKind.DEFINITIVE_SIGNATURE,
    "ratification": ActionKind.RATIFICATION,
    "formal confirmation": ActionKind.RATIFICATION,
    "acceptance": ActionKind.ACCEPTANCE,
    "approval": ActionKind.APPROVAL,
    "accession": ActionKind.ACCESSION,
    "succession": ActionKind.SUCCESSION,
    "consent to be bound": ActionKind.CONSENT_TO_BE_BOUND,
    "provisional application": ActionKind.PROVISIONAL_APPLICATION,
}
#: What such a word is said to be beside the act, where the act alone says less.
_NOTES = {
    "succession to signature": "succession to signature",
    "formal confirmation": "act of formal confirmation",
}
_ITEM = re2.compile(r"^(.*?)\s*(?:\(([A-Za-z]{1,2})\))?$")
_UNDER_ARTICLE = re2.compile(r"^provisional application under article [0-9a-z ()]+$")


class Meaning(NamedTuple):
    """The act that a letter of a column stands for, and a note to keep with it."""

    kind: ActionKind
    note: str = ""


class Column(NamedTuple):
    """A column of days: its heading, and the meaning of each letter ("" is none)."""

    heading: str
    meanings: dict[str, Meaning]


def read_columns(headings: tuple[str, ...], label: str) -> tuple[Column, ...]:
    """The columns after that of the participants.

    Raises `UsageError` where a heading is not known in every part: the depositary's table has changed,
    or is one that tells something else.
    """
    first, *others = headings
    if first.casefold() != "participant" or not others:
        shown = ", ".join(headings)[:120]
        raise UsageError(f"{label}: no status table is headed {shown!r}; it begins with Participant")
    return tuple(_column(heading, label) for heading in others)


def act_words(text: str) -> Meaning | None:
    """The act that words of a list of acts stand for ("Ratification"), None for one not compared."""
    folded = _folded(text)
    return Meaning(_ACTS[folded], _NOTES.get(folded, "")) if folded in _ACTS else None


def _column(heading: str, label: str) -> Column:
    meanings: dict[str, Meaning] = {}
    for item in heading.split(","):
        found = _ITEM.search(" ".join(item.split()))
        meaning = act_words(found[1]) if found else None
        if found is None or meaning is None:
            raise UsageError(
                f"{label}: unknown column {heading[:120]!r}: {_nearest(item)} the table may have changed"
            )
        letters = found[2] or ""
        if letters in meanings:
            raise UsageError(f"{label}: column {heading[:120]!r}: two acts with the same mark {letters!r}")
        meanings[letters] = meaning
    return Column(heading, meanings)


def _nearest(item: str) -> str:
    return f"{item.strip()[:60]!r} is no act ({nearest(_folded(item), _ACTS)});"


def _folded(text: str) -> str:
    folded = " ".join(text.casefold().split())
    return "provisional application" if _UNDER_ARTICLE.search(folded) else folded
