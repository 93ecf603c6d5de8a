"""The reader's knowledge of names and words, built once from the record and the reading data.

All of it is data: names of states (participants.yaml), institutions and office holders
(institutions.yaml), names of treaties (the record) and words of the field (terms.yaml).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from importlib import resources
from typing import Any

import msgspec
import yaml

from inforce.reading.tokens import Token, tokenize
from inforce.record.model import Participant, Record


class Entry(msgspec.Struct, frozen=True):
    """What a sequence of words names. `kind` is a mention kind; `cased`: upper | capital | any."""

    kind: str
    states: tuple[str, ...] = ()
    treaty: str | None = None
    item: str | None = None
    role: str | None = None
    cased: str = "any"


Trie = dict[str, Any]  # token -> Trie; "" -> list[Entry]


class Lexicon(msgspec.Struct, frozen=True):
    """Everything the tagger looks up. `terms` is the raw word list of terms.yaml; `sets` its plain lists."""

    trie: Trie
    terms: dict[str, Any]
    sets: dict[str, frozenset[str]]
    institutions: dict[str, Any]
    capitals: dict[str, str]
    treaty_nouns: dict[str, str]
    treaty_by_item: dict[str, str]
    topics: Trie
    treaty_years: dict[str, frozenset[int]]
    treaty_sort: dict[str, str]
    parents: dict[str, str]
    is_a: dict[str, tuple[str, ...]]
    told_each_other: frozenset[str]  # treaties whose parties give notice to one another


@functools.cache
def data(name: str) -> Any:
    """One YAML file of reading/data, parsed; every leaf is text, so that "on" and "no" are words."""
    text = resources.files("inforce.reading").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - it builds nothing but text, lists and dicts


_built: dict[str, Lexicon] = {}


def lexicon(record: Record) -> Lexicon:
    """The lexicon for a record, built once for each version of it."""
    if record.hash not in _built:
        _built[record.hash] = _build(record)
    return _built[record.hash]


def words(phrase: str) -> tuple[str, ...]:
    """The tokens of a name as the trie keys them: lower case, hyphens dropped."""
    return tuple(t.norm for t in tokenize(phrase) if t.norm not in "-‐‑")


def add(trie: Trie, phrase: str, entry: Entry) -> None:
    """Enter a phrase; several entries under one phrase are kept in order."""
    node = trie
    for word in words(phrase):
        node = node.setdefault(word, {})
    entries = node.setdefault("", [])
    if entry not in entries:
        entries.append(entry)


#: "the first Additional Protocol", "the eighth Hague Convention": the number may be small.
_ORDINALS = ("First ", "Second ", "Third ", "Fourth ", "Eighth ", "Partial ", "Limited ", "Amended ")


def _case_of(name: str) -> str:
    if name.isupper() and len(name) <= 6:
        return "upper"
    if name.startswith(_ORDINALS):
        return "any"
    return "capital" if name[:1].isupper() else "any"


def _build(record: Record) -> Lexicon:
    terms = data("terms.yaml")
    institutions = data("institutions.yaml")
    trie: Trie = {}
    capitals: dict[str, str] = {}
    for key, participant in record.participants.items():
        _add_participant(trie, capitals, key, participant)
    _add_groups(trie, institutions)
    _add_institutions(trie, institutions)
    for key, names in _treaty_names(record):
        for name in names:
            add(trie, name, Entry("T", treaty=key, cased=_case_of(name)))
            if name.startswith("Hague "):
                add(trie, f"The {name}", Entry("T", treaty=key, cased="any"))
    _add_treaty_terms(trie, terms)
    press = data("treaty_names.yaml")
    sorts = _treaty_sorts(record)
    topics = _add_topics(trie, press, sorts)
    _add_zones(trie, press, [*terms["treaty_nouns"]["any"], *terms["treaty_nouns"]["ban"]])
    _add_bodies(trie, press)
    for item, phrases in terms["items"].items():
        for phrase in phrases:
            add(trie, phrase, Entry("W", item=item))
    for kind, phrases in terms["actors"].items():
        for phrase in phrases:
            add(trie, phrase, Entry(kind, role="generic"))
    for name in terms["organisations"]:
        add(trie, name, Entry("O", role="organisation", cased=_case_of(name)))
    for phrase in terms["item_anaphora"]:
        add(trie, phrase, Entry("W", role="anaphor"))
    for phrase in terms["places"]:
        add(trie, phrase, Entry("L", cased="capital" if phrase != "canadian capital" else "any"))
    for phrase in terms["depositary"]:
        add(trie, phrase, Entry("Q", cased="upper" if phrase in ("un", "u.n.") else "any"))
    return Lexicon(
        trie=trie,
        terms=terms,
        sets={name: frozenset(listed) for name, listed in terms.items() if isinstance(listed, list)},
        institutions=institutions,
        capitals=capitals,
        treaty_nouns={noun: sort for sort, nouns in terms["treaty_nouns"].items() for noun in nouns},
        treaty_by_item=terms["treaty_by_item"],
        topics=topics,
        treaty_years=_treaty_years(record),
        treaty_sort=sorts,
        parents={key: treaty.parent for key, treaty in record.treaties.items() if treaty.parent},
        is_a={key: item.is_a for key, item in record.items.items()},
        told_each_other=_told_each_other(record),
    )


def _add_participant(trie: Trie, capitals: dict[str, str], key: str, participant: Participant) -> None:
    names = {participant.name, *participant.names, *(former.name for former in participant.former)}
    if participant.formal_name:
        names.add(participant.formal_name)
    for name in sorted(names):
        risky = name in participant.ambiguous_names
        add(trie, name, Entry("S", states=(key,), role="risky" if risky else None, cased=_case_of(name)))
    for demonym in participant.demonyms:
        add(trie, demonym, Entry("A", states=(key,), cased="capital"))
    if participant.capital:
        spellings = (participant.capital, *participant.capital_variants)
        role = "capital" if participant.capital_names_government else "place"
        for spelling in spellings:
            capitals[spelling.lower()] = key
            add(
                trie,
                spelling,
                Entry("S" if role == "capital" else "L", states=(key,), role=role, cased="capital"),
            )
    for seat in participant.government_names:
        add(trie, seat, Entry("G", states=(key,), role="seat", cased="capital"))


def _add_groups(trie: Trie, institutions: dict[str, Any]) -> None:
    for group in institutions["groups"].values():
        if len(group["members"]) > _LARGEST_GROUP:
            continue
        for name in group["names"]:
            add(trie, name, Entry("S", states=tuple(group["members"]), role="group"))
        for adjective in group.get("adjectives", ()):
            add(trie, adjective, Entry("A", states=tuple(group["members"]), role="of-group", cased="capital"))


#: A group larger than this is never meant member by member ("NATO allies left").
_LARGEST_GROUP = 10

_INSTITUTION_KIND = {
    "parliament": "P",
    "lower-house": "P",
    "upper-house": "P",
    "president": "H",
    "government": "G",
    "ministry": "G",
    "head-of-government-residence": "G",
    "armed-forces": "F",
    "supreme-court": "C",
}


def _add_institutions(trie: Trie, institutions: dict[str, Any]) -> None:
    for institution in institutions["institutions"]:
        kind = _INSTITUTION_KIND[institution["kind"]]
        states = () if institution.get("ambiguous") else (institution["state"],)
        for name in institution["names"]:
            add(trie, name, Entry(kind, states=states, role=institution["kind"], cased=_case_of(name)))
    for holder in institutions["office_holders"]:
        kind = "H" if holder["office"] in ("president", "head-of-state") else "G"
        states = (holder["state"],) if holder.get("state") else ()
        for name in [holder["name"], *holder.get("names", [])]:
            add(trie, name, Entry(kind, states=states, role=f"person {holder['office']}", cased="capital"))


def _treaty_names(record: Record) -> Iterable[tuple[str, tuple[str, ...]]]:
    for key, treaty in record.treaties.items():
        yield key, (treaty.title, *treaty.names, *treaty.aliases, *treaty.acronyms)
    for key, known in record.other_treaties.items():
        yield key, (known.title, *known.names, *known.aliases, *known.acronyms)


def _press_case(name: str) -> str:
    """A name that in lower case is that of other treaties stands for this one only with a capital."""
    return "capital" if name in data("treaty_names.yaml")["others_in_lower_case"] else "any"


def _add_treaty_terms(trie: Trie, terms: dict[str, Any]) -> None:
    nouns = [
        n
        for sort, group in terms["treaty_nouns"].items()
        if sort in ("any", "ban", "convention", "statute")
        for n in group
    ]
    nouns += ["treaties", "pacts", "bans"]
    for key, modifiers in terms["treaty_modifiers"].items():
        for modifier in modifiers:
            for noun in nouns:
                add(trie, f"{modifier} {noun}", Entry("T", treaty=key, cased=_press_case(modifier)))
            if key.startswith("ccw"):
                add(trie, f"{modifier} protocol", Entry("T", treaty=key))


def _add_topics(trie: Trie, press: dict[str, Any], sorts: dict[str, str]) -> Trie:
    """What treaties are on: before a noun ("germ warfare pact"), and in a trie of their own."""
    topics: Trie = {}
    for key, phrases in press["topics"].items():
        nouns = press["protocol_nouns" if sorts[key] == "protocol" else "topic_nouns"]
        if key in press["not_banned"]:
            nouns = [noun for noun in nouns if noun not in press["no_bans"]]
        for phrase in phrases:
            add(topics, phrase, Entry("T", treaty=key))
            if not phrase.startswith("the "):
                for noun in nouns:
                    add(trie, f"{phrase} {noun}", Entry("T", treaty=key, cased=_press_case(phrase)))
    return topics


def _add_zones(trie: Trie, press: dict[str, Any], nouns: list[str]) -> None:
    """ "Africa's nuclear-free zone", "the nuclear-weapon-free zone in Central Asia treaty"."""
    for key, regions in press["zones"].items():
        for zone in press["zone_words"]:
            for region in regions:
                entry = Entry("T", treaty=key)
                add(trie, f"{region} {zone}", entry)
                for noun in nouns:
                    add(trie, f"{region} {zone} {noun}", entry)
                for link in ("in", "of", "for"):
                    add(trie, f"{zone} {link} {region}", entry)


def _add_bodies(trie: Trie, press: dict[str, Any]) -> None:
    """Names of several treaties at once; bodies of which states are members by being parties."""
    for keys, names in press["plural_names"].items():
        for name in names:
            add(trie, name, Entry("T", treaty=keys))
    for key, bodies in press["bodies"].items():
        for body in bodies:
            add(trie, body, Entry("O", treaty=key, role="body", cased=_case_of(body)))


def _treaty_years(record: Record) -> dict[str, frozenset[int]]:
    """The years by which a treaty may be called: of its adoption and its opening for signature."""
    found = {}
    for key, treaty in record.treaties.items():
        days = [treaty.adopted.date, *(each.opened for each in treaty.final_clauses.signature)]
        found[key] = frozenset(int(str(day)[:4]) for day in days if day is not None)
    return found


def _told_each_other(record: Record) -> frozenset[str]:
    clauses = {key: treaty.final_clauses.withdrawal for key, treaty in record.treaties.items()}
    return frozenset(
        key
        for key, clause in clauses.items()
        if clause is not None and clause.counted_from == "notice_to_all_addressees"
    )


def _treaty_sorts(record: Record) -> dict[str, str]:
    """Which of convention, protocol, statute a treaty's title calls it; '' where none of them."""
    titles = {key: names[0].lower() for key, names in _treaty_names(record)}
    return {
        key: next((sort for sort in ("protocol", "statute", "convention") if sort in title), "")
        for key, title in titles.items()
    }


class Match(msgspec.Struct, frozen=True):
    """A phrase of the lexicon found at tokens [first, last)."""

    first: int
    last: int
    entry: Entry


def find_phrases(trie: Trie, tokens: list[Token]) -> list[Match]:
    """All longest phrases, left to right, none inside another; a phrase must meet its case."""
    found: list[Match] = []
    done = 0
    for at in [at for at, token in enumerate(tokens) if token.norm in trie]:
        match = longest(trie, tokens, at) if at >= done else None
        if match is not None:
            found.append(match)
            done = match.last
    return found


def longest(trie: Trie, tokens: list[Token], at: int) -> Match | None:
    """The longest phrase that begins at a token."""
    node = trie
    best = None
    index = at
    while index < len(tokens):
        norm = tokens[index].norm
        if norm == "-" and index > at and index + 1 < len(tokens):
            index += 1
            continue
        node = node.get(norm)  # type: ignore[assignment]
        if node is None:
            break
        index += 1
        for entry in node.get("", ()):
            if _meets_case(entry, tokens[at]):
                best = Match(at, index, entry)
                break
    return best


def longest_all(trie: Trie, tokens: list[Token], at: int) -> list[Match]:
    """All readings of the longest phrase that begins at a token."""
    best = longest(trie, tokens, at)
    if best is None:
        return []
    node = trie
    for token in tokens[at : best.last]:
        node = node if token.norm == "-" else node[token.norm]
    return [Match(at, best.last, entry) for entry in node[""]]


def _meets_case(entry: Entry, first: Token) -> bool:
    if entry.cased == "upper":
        return first.text.replace(".", "").isupper()
    return entry.cased == "any" or first.text[:1].isupper()
