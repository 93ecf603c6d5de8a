"""What a document must hold to be relevant: names of treaties, and weapons beside words for treaties.

Nothing is listed here. The phrases are those of the reader's own lexicon, and the ways in which they are
put together are those of `compose_treaties`, with the same data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from inforce.reading.lexicon import Entry, Lexicon, Trie, data, words


class Phrase(msgspec.Struct, frozen=True, order=True):
    """Words as the lexicon keys them; `upper` says that the first is an acronym, in capitals alone."""

    words: tuple[str, ...]
    upper: bool = False


class Step(msgspec.Struct, frozen=True):
    """One of these phrases, in its place on a way; or any number of them, none included."""

    phrases: tuple[Phrase, ...]
    repeated: bool = False


#: Steps that follow one another, with nothing but blanks and hyphens between them.
Way = tuple[Step, ...]


class Terms(msgspec.Struct, frozen=True):
    """What makes a text relevant: that it goes one of these ways."""

    ways: tuple[Way, ...]

    def phrases(self) -> tuple[Phrase, ...]:
        """Every phrase once."""
        return tuple(sorted({phrase for way in self.ways for step in way for phrase in step.phrases}))


def terms_of(lexicon: Lexicon) -> Terms:
    """The ways by which a reader with this lexicon finds a document relevant."""
    names: set[Phrase] = set()
    weapons: set[Phrase] = set()
    for path, entries in _entries(lexicon.trie):
        treaties = [entry for entry in entries if entry.kind == "T" and entry.treaty]
        if treaties:
            names.add(Phrase(path, upper=all(entry.cased == "upper" for entry in treaties)))
        if any(entry.kind == "W" and _is_surely_weapon(path, entry) for entry in entries):
            names.add(Phrase(path))
        if any(entry.kind == "W" and entry.item in lexicon.treaty_by_item for entry in entries):
            weapons.add(Phrase(path))
    return Terms(
        ways=(
            (Step(tuple(sorted(names))),),
            *_of_weapons(lexicon, weapons),
            *_of_places_and_bodies(lexicon),
        )
    )


def _is_surely_weapon(path: tuple[str, ...], entry: Entry) -> bool:
    """As `scan.names_weapon` has it."""
    return len(path) > 1 or (entry.item or "mine") != "mine" or path[0].startswith("landmine")


def _of_weapons(lexicon: Lexicon, weapons: set[Phrase]) -> tuple[Way, ...]:
    press = data("treaty_names.yaml")
    topics = {Phrase(path) for path, _ in _entries(lexicon.topics)}
    openings = {*lexicon.treaty_nouns, *press["topic_nouns"], *press["protocol_nouns"], *press["kin"], "one"}
    fillers = Step(_phrases([*lexicon.terms["link_fillers"], *_BEFORE_TOPICS, ","]), repeated=True)
    links, weapon = Step(_phrases(lexicon.terms["treaty_links"])), Step(tuple(sorted(weapons)))
    return (
        (weapon, Step(_phrases(lexicon.treaty_nouns))),  # "mine treaty"
        (weapon, Step(_phrases([":"]))),  # "ARMS TRADE: ..."
        (Step(_phrases(openings)), links, fillers, Step(tuple(sorted(weapons | topics)))),
    )


def _of_places_and_bodies(lexicon: Lexicon) -> tuple[Way, ...]:
    press, places = data("treaty_names.yaml"), lexicon.terms["treaty_places"]
    bodies = Step(_phrases(body for each in press["bodies"].values() for body in each))
    return (
        (Step(_phrases(places["after"])), Step(_phrases(places["names"]))),  # "left Ottawa"
        (bodies,),  # "walked away, after years of threats, from the ICC": the reader looks what is before it
    )


_BEFORE_TOPICS = ("the", "all", "any")


def _entries(trie: Trie) -> Iterator[tuple[tuple[str, ...], list[Entry]]]:
    """Every phrase of a trie with what it names."""
    open_nodes: list[tuple[tuple[str, ...], Trie]] = [((), trie)]
    while open_nodes:
        path, node = open_nodes.pop()
        for word, below in node.items():
            if word:
                open_nodes.append(((*path, word), below))
            else:
                yield path, below


def _phrases(given: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(sorted({Phrase(words(phrase)) for phrase in given}))


def alternatives(
    phrases: Iterable[Phrase], spelt: Callable[[str, bool], str], between: Callable[[str, str], str]
) -> str:
    """The phrases as one alternation in which what begins alike is written once.

    `spelt` gives the expression of a word (True: in capitals), `between` that of what separates two words.
    """
    roots: dict[tuple[str, bool], list[tuple[str, ...]]] = {}
    for phrase in phrases:
        roots.setdefault((phrase.words[0], phrase.upper), []).append(phrase.words[1:])
    return _one_of(
        f"{spelt(word, upper)}{_rest(word, tails, spelt, between)}" for (word, upper), tails in roots.items()
    )


def _rest(
    before: str,
    tails: list[tuple[str, ...]],
    spelt: Callable[[str, bool], str],
    between: Callable[[str, str], str],
) -> str:
    branches: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    for tail in tails:
        if tail:
            branches.setdefault(between(before, tail[0]), {}).setdefault(tail[0], []).append(tail[1:])
    written = _one_of(
        separator
        + _one_of(
            f"{spelt(word, False)}{_rest(word, below, spelt, between)}" for word, below in words.items()
        )
        for separator, words in branches.items()
    )
    return f"(?:{written})?" if written and () in tails else written


def _one_of(expressions: Iterable[str]) -> str:
    several = list(expressions)
    return f"(?:{'|'.join(several)})" if len(several) > 1 else "".join(several)
