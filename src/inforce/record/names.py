"""From what a person types to a key of the record: exactly one match, or an error that names candidates.

Case, marks on letters, articles and punctuation do not matter. Nothing is matched by likeness: that
only serves to suggest names in the error.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

from inforce.errors import Near, UnknownName, UsageError
from inforce.record.model import KnownTreaty, Participant, Record, Treaty

T = TypeVar("T")

_SHOWN = 60  # longest piece of a wrong input that a message repeats
_SUGGESTIONS = 3
_LIKENESS = 0.75  # difflib ratio from which a name is worth suggesting

# Letters that Unicode does not take apart into a base letter and a mark; "&" and typographic apostrophes.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "&": " and "}
)

_Index = Mapping[str, tuple[str, ...]]  # folded name -> sorted keys of those who bear it


def find_participant(record: Record, text: str) -> Participant:
    """The participant that `text` names: ISO 3166-1 code (alpha-3 or alpha-2), name, formal or former name.

    An inverted name ("Korea, Republic of") is read as the plain one. Raises `UsageError` where nobody
    is so called, with up to three near names, or where several are, with all of them.
    """
    index = _participant_index(_Same(record.participants))
    keys = next((index[folded] for folded in map(fold, _orders(text)) if folded in index), ())
    if len(keys) == 1:
        return record.participants[keys[0]]
    label = functools.partial(_participant_label, record)
    if keys:
        raise _unknown(
            f"{_quoted(text)} can be {_either(map(label, keys))}; write the one that is meant",
            text,
            ("state", keys, label),
        )
    near = _nearest(_participant_vocabulary(_Same(record.participants)), text)
    if near:
        raise _unknown(
            f"no state called {_quoted(text)}: did you mean {_either(map(label, near))}?",
            text,
            ("state", near, label),
        )
    raise UsageError(f"no state called {_quoted(text)}: write a name (Finland) or its ISO code (FIN)")


def find_treaty(record: Record, text: str) -> Treaty:
    """The recorded treaty that `text` names.

    `text` is its key, title, a name, alias or acronym, its number in the UN Secretary-General's
    depositary series in any spelling ("XXVI-5", "xxvi 5"), or its UN Treaty Series registration
    number ("35597", "I-35597"). A key written exactly wins over a name that another treaty bears.
    Raises `UsageError` where no treaty, several, or only one that is not recorded is so called.
    """
    if text in record.treaties:
        return record.treaties[text]
    index = _treaty_index(_Same(record.treaties), _Same(record.other_treaties))
    keys = (text,) if text in record.other_treaties else index.get(_compact(text), ())
    label = functools.partial(_treaty_label, record)
    if len(keys) > 1:
        raise _unknown(
            f"{_quoted(text)} can be {_either(map(label, keys))}; write the key that is meant",
            text,
            ("treaty", [key for key in keys if key in record.treaties], label),
        )
    if keys and keys[0] in record.treaties:
        return record.treaties[keys[0]]
    recorded = ", ".join(sorted(record.treaties)) or "none"
    if keys:
        name = _usual_name(record, keys[0])
        raise UsageError(
            f"{_quoted(text)} is known ({name}) but not yet in the record; recorded are {recorded}"
        )
    near = _nearest(_treaty_vocabulary(record), text)
    if near:
        raise _unknown(
            f"no treaty called {_quoted(text)}: did you mean {_either(map(label, near))}?",
            text,
            ("treaty", [key for key in near if key in record.treaties], label),
        )
    raise UsageError(f"no treaty called {_quoted(text)}; recorded are {recorded}")


def _unknown(message: str, text: str, near: tuple[str, Iterable[str], Callable[[str], str]]) -> UnknownName:
    """The error, with what it offers; of treaties those that the record has."""
    kind, keys, label = near
    return UnknownName(message, text, tuple(Near(kind, key, label(key)) for key in keys))


def unknown_item(record: Record, text: str) -> str:
    """The message for a weapon category that is none: up to three that are so called, else some that are."""
    vocabulary = _index(
        (fold(name), key) for key, item in record.items.items() for name in (key, item.label, *item.press)
    )
    near = list(dict.fromkeys((*vocabulary.get(fold(text), ()), *_nearest(vocabulary, text))))[:_SUGGESTIONS]
    if near:
        return f"unknown item {_quoted(text)}: did you mean {_either(near)}?"
    ruled = sorted({rule.item for treaty in record.treaties.values() for rule in treaty.obligations})
    return f"unknown item {_quoted(text)}; the treaties have rules on {', '.join(ruled) or 'none'}"


def fold(text: str) -> str:
    """A name without case, marks on letters, "the" and punctuation: its words with one blank between.

    >>> fold("The Republic of Côte d’Ivoire"), fold("St. Lucia"), fold("U.S.A.")
    ('republic of cote divoire', 'st lucia', 'usa')
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS))
    kept = (_kept(c) for c in folded if not unicodedata.combining(c))
    return " ".join(word for word in "".join(kept).split() if word != "the")


def _kept(character: str) -> str:
    if character.isalnum():
        return character
    return "" if character in ".'’‘ʻʼ`´" else " "


def _compact(text: str) -> str:
    """`fold` without blanks, so that "XXVI-5", "xxvi.5" and "CCW AP-II", "CCW APII" come together."""
    return fold(text).replace(" ", "")


class _Same(Generic[T]):
    """A value known by its identity, so that what is computed from it can be kept."""

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


@functools.lru_cache(maxsize=4)
def _participant_index(participants: _Same[dict[str, Participant]]) -> _Index:
    return _index(
        (fold(name), key)
        for key, participant in participants.value.items()
        for name in (key, participant.iso2, *participant_names(participant))
    )


def participant_names(participant: Participant) -> tuple[str, ...]:
    """Every name of a participant, of today and former, the usual one first."""
    formal = (participant.formal_name,) if participant.formal_name else ()
    former = (dated.name for dated in participant.former)
    return tuple(dict.fromkeys((participant.name, *participant.names, *formal, *former)))


@functools.lru_cache(maxsize=4)
def _participant_vocabulary(participants: _Same[dict[str, Participant]]) -> _Index:
    """What suggestions are made from: also demonyms and capitals, that people write for the state."""
    return _index(
        (fold(name), key)
        for key, participant in participants.value.items()
        for name in (
            *participant_names(participant),
            *participant.demonyms,
            *((participant.capital, *participant.capital_variants) if participant.capital else ()),
        )
    )


@functools.lru_cache(maxsize=4)
def _treaty_index(recorded: _Same[dict[str, Treaty]], others: _Same[dict[str, KnownTreaty]]) -> _Index:
    named = ((_compact(name), key) for key, name in _all_treaty_names(recorded.value, others.value))
    numbered = (
        (_compact(number), key)
        for key, treaty in recorded.value.items()
        for number in _treaty_numbers(treaty)
    )
    return _index((*named, *numbered))


def _all_treaty_names(
    recorded: Mapping[str, Treaty], others: Mapping[str, KnownTreaty]
) -> Iterable[tuple[str, str]]:
    treaties: list[tuple[str, Treaty | KnownTreaty]] = [*recorded.items(), *others.items()]
    for key, treaty in treaties:
        for name in (key, treaty.title, *treaty.names, *treaty.aliases, *treaty.acronyms):
            yield key, name


def _treaty_numbers(treaty: Treaty) -> Iterable[str]:
    """Spellings of a treaty's numbers; registration numbers of treaties proper have the volume mark I."""
    if treaty.mtdsg:
        yield from (treaty.mtdsg, f"MTDSG {treaty.mtdsg}", f"Chapter {treaty.mtdsg}")
    if treaty.unts:
        yield from (f"{treaty.unts}", f"I-{treaty.unts}", f"No. {treaty.unts}", f"UNTS {treaty.unts}")


def _treaty_vocabulary(record: Record) -> _Index:
    return _index(
        (fold(name), key) for key, name in _all_treaty_names(record.treaties, record.other_treaties)
    )


def _index(pairs: Iterable[tuple[str, str]]) -> _Index:
    keys: dict[str, set[str]] = {}
    for folded, key in pairs:
        if folded:
            keys.setdefault(folded, set()).add(key)
    return {folded: tuple(sorted(found)) for folded, found in keys.items()}


def _orders(text: str) -> Iterable[str]:
    """The text, and turned round where it is inverted as in registers: "X, Y of", "X (Y of)"."""
    yield text
    for mark in (",", "("):
        head, found, tail = text.partition(mark)
        if found:
            yield f"{tail.removesuffix(')')} {head}"


def _nearest(vocabulary: _Index, text: str) -> list[str]:
    """Up to three keys whose names are most like the text or begin with it; none for a long text."""
    import difflib  # noqa: PLC0415 - for errors only

    wanted = fold(text)
    if not wanted or len(wanted) > _SHOWN:
        return []
    alike = difflib.get_close_matches(wanted, vocabulary, n=3 * _SUGGESTIONS, cutoff=_LIKENESS)
    longer = (name for name in vocabulary if name.startswith(f"{wanted} "))
    near = list(dict.fromkeys(key for name in (*alike, *longer) for key in vocabulary[name]))
    if not near:  # "otawa": as like the beginning of a longer name
        size = len(wanted.split())
        heads = _index(
            (" ".join(name.split()[:size]), key) for name, keys in vocabulary.items() for key in keys
        )
        alike = difflib.get_close_matches(wanted, heads, n=_SUGGESTIONS, cutoff=_LIKENESS)
        near = list(dict.fromkeys(key for head in alike for key in heads[head]))
    return near[:_SUGGESTIONS]


def _participant_label(record: Record, key: str) -> str:
    return f"{record.participants[key].name} ({key})"


def _treaty_label(record: Record, key: str) -> str:
    missing = "" if key in record.treaties else ", not yet in the record"
    return f"{key} ({_usual_name(record, key)}{missing})"


def _usual_name(record: Record, key: str) -> str:
    treaty = record.treaties.get(key) or record.other_treaties[key]
    return treaty.names[0] if treaty.names else treaty.title


def _either(labels: Iterable[str]) -> str:
    *first, last = labels
    return f"{', '.join(first)} or {last}" if first else last


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
