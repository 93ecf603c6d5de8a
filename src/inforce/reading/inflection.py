"""Forms of English verbs, so that word lists give a verb once: "hand* over" is also "handed over"."""

from __future__ import annotations

import functools

from inforce.reading.lexicon import data

_VOWELS = "aeiou"
_SIBILANT = ("s", "x", "z", "ch", "sh", "o")


@functools.cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {verb: tuple(forms.split()) for verb, forms in data("frames/verbs.yaml").items()}


def inflected(phrase: str) -> tuple[str, ...]:
    """The phrase with each form of the verb that a star marks; a phrase without one as it is."""
    before, star, behind = phrase.partition("*")
    if not star:
        return (phrase,)
    lead, _, verb = before.rpartition(" ")
    lead = f"{lead} " if lead else ""
    return tuple(f"{lead}{form}{behind}" for form in forms_of(verb))


def forms_of(verb: str) -> tuple[str, ...]:
    """Base, third person, past, participles: ("buy", "buys", "bought", "buying")."""
    if verb in _irregular():
        return tuple(dict.fromkeys((verb, _third_person(verb), *_irregular()[verb])))
    if verb.endswith("e"):
        return (verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return (verb, _third_person(verb), f"{verb[:-1]}ied", f"{verb}ing")
    return (verb, _third_person(verb), f"{verb}ed", f"{verb}ing")


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(_SIBILANT) else f"{verb}s"
