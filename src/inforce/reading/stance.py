"""How far from done a clause puts an act, and whether it denies it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import re2

from inforce.reading.clauses import clause_start, listed
from inforce.reading.frames import Masked, Word
from inforce.reading.lexicon import data
from inforce.reading.which_date import telling
from inforce.vocabulary import Modality

_BEHIND = 12  # words behind a noun for an act among which the verb stands that puts it
_SAID = 6  # words from that verb on
_PUSHED = 6  # words from "to" within which it is told who is only asked to act
_REACH = 9  # words before a trigger within which modality and negation are looked for


@functools.cache
def _modality_pattern() -> tuple[Any, dict[str, str], Any, frozenset[str]]:
    raw = data("modality.yaml")
    kind_of = {
        phrase: kind
        for kind in ("planned", "required", "possible", "considered", "denied")
        for phrase in raw[kind]
    }
    phrases = sorted(kind_of, key=len, reverse=True)
    pattern = re2.compile(" (" + "|".join(re2.escape(p) for p in phrases) + ") ")
    negators = sorted(raw["negators"], key=len, reverse=True)
    first_words = frozenset(phrase.split()[0] for phrase in (*phrases, *negators))
    negating = re2.compile(" (?:" + "|".join(re2.escape(n) for n in negators) + ") ")
    return pattern, kind_of, negating, first_words


def modality_at(masked: Masked, trigger: int, first: int) -> tuple[Modality, bool]:
    """How a clause puts the act at its trigger, and whether it negates it.

    `first` is the first word of the frame's match, which is looked at even beyond the clause.
    """
    words = masked.words
    opening = clause_start(words, trigger)
    if words[opening].text == "once" or _is_awaited(masked, opening, trigger):
        return Modality.PLANNED, False
    start = max(min(opening, max(first, trigger - _REACH)), trigger - _REACH)
    start = _turn_after(words, start, trigger)
    before = _without_asides(" " + " ".join(masked.texts[start:trigger]) + " ").replace(" no . ", " ")
    if masked.texts[:2] == ["nor", ","]:
        before = " nor" + before  # "Nor, since its independence, has X joined"
    pattern, kind_of, negators, first_words = _modality_pattern()
    told = not first_words.isdisjoint(before.split())  # else none of the phrases can be there
    kind = None
    at = 0
    while told and (match := pattern.search(before, at)):
        kind = kind_of[match.group(1)]
        at = match.end() - 1
        if kind == "denied":
            break
    if kind == "denied":
        return Modality.DENIED, True
    behind = [w.text for w in words[trigger + 1 : trigger + 3]]
    after = "neither" in behind and behind[0] in ("neither", "by", "from", "to", "of", "out")
    negated = after or (told and negators.search(before) is not None)
    if kind is None and _is_headline_future(words, trigger):
        kind = Modality.PLANNED.value
    if kind is None and _is_called_upon(words, trigger):
        kind = Modality.CONSIDERED.value
    if kind == "planned" and negated:
        return Modality.DENIED, True
    if kind == "considered" and negated:
        return (Modality.DENIED, True) if _DENIES_ALL.search(before) else (Modality.CONSIDERED, False)
    return (Modality(kind) if kind else Modality.DONE), negated


def modality_behind(masked: Masked, trigger: int) -> tuple[Modality, bool] | None:
    """How a verb behind a noun for an act puts it: "production is considered", "exports are not planned"."""
    told = data("modality.yaml")["behind"]
    if masked.texts[trigger] in (*told["considered"], *told["planned"]):
        trigger = max(-1, trigger - _SAID)
    behind = masked.texts[trigger + 1 : trigger + 1 + _BEHIND]
    at = next((i for i, text in enumerate(behind) if text in told["linking"]), None)
    if at is None or not set(behind[:at]).isdisjoint(told["stops"]):
        return None
    said = " " + " ".join(behind[at : at + _SAID]) + " "
    for kind in ("considered", "planned"):
        if any(f" {phrase} " in said for phrase in told[kind]):
            negated = any(f" {word} " in said for word in ("not", "never", "no longer"))
            if negated:
                return (Modality.DENIED, True)
            return (Modality(kind), False)
    return None


def denies_object(masked: Masked, trigger: int, last: int) -> bool:
    """Whether what the verb governs is none: "has supplied no mines", "bought neither"."""
    behind = [w.text for w in masked.words[trigger + 1 : min(trigger + 4, max(last + 1, trigger + 3))]]
    for at, word in enumerate(behind):
        if word in listed("none_of_it"):
            return True
        if word == "not" and behind[at + 1 : at + 2] in (["a"], ["one"], ["any"]):
            return True
        if word in listed("breaks") or word == "," or word.startswith("<"):
            return False
    return False


#: "Nor is Norway thinking of leaving".
_DENIES_ALL = re2.compile("^ (?:nor|neither) ")
#: A relative clause between commas: what it denies is not what the clause around it says.
_ASIDE = re2.compile("(?:^| ,) (?:which|who|whose|that) [^,;:]*, ")


def _without_asides(before: str) -> str:
    for stop in (" : ", " ; "):
        before = " " + before.rpartition(stop)[2].lstrip()
    turn = max(before.rfind(" but never "), before.rfind(" but has "), before.rfind(" but have "))
    before = before[turn:] if turn >= 0 else before  # "wanted the ban but never ratified it"
    return _ASIDE.sub(" , ", before) if "," in before else before


def _turn_after(words: Sequence[Word], start: int, trigger: int) -> int:
    """Where the words begin that bear on the trigger: "never joined, while Minsk acceded" denies one."""
    for at in range(trigger - 1, start, -1):
        parted = words[at - 1].text == ","
        if words[at].text == "then" and (parted or words[at - 1].text == "and"):
            return at  # "did neither for years, then acceded"
        turns = words[at].text in listed("turns") or (parted and words[at].text in ("but", "and"))
        behind = at + 1 + (at + 1 < trigger and words[at + 1].text == "the")
        if turns and behind < trigger and words[behind].text in listed("actors"):
            return at
    return start


def _is_called_upon(words: Sequence[Word], trigger: int) -> bool:
    """ "Calls on Kyiv to stay, and on Nepal to join", "time for Egypt to ratify": nobody has done it."""
    at = trigger - 1
    while at > 1 and (words[at].text.endswith("ly") or words[at].text in ("also", "too", "both", "now")):
        at -= 1
    if at < 2 or words[at].text != "to" or words[at - 1].text not in listed("actors"):
        return False
    before = [word.text for word in words[max(0, at - _PUSHED) : at - 1] if word.text != "the"]
    return before[-1:] in (["on"], ["upon"], ["for"]) or not listed("wanting").isdisjoint(before)


def _is_awaited(masked: Masked, opening: int, trigger: int) -> bool:
    """ "The days until it is out", "before Finland leaves": behind these the present is still to come."""
    clause = masked.texts[opening : trigger + 1]
    awaiting = (i for i, word in enumerate(masked.words[opening:trigger]) if _awaits(word))
    at = next(awaiting, len(clause))
    acts = clause[at + 1 : at + 2]
    if not acts or not (acts[0] in listed("actors") or acts[0] in listed("pronouns")):
        return False
    leaves = at + 3 == len(clause) and clause[-1] in telling("present") and clause[-1].endswith("s")
    return leaves or not {"is", "are"}.isdisjoint(clause[at + 2 : at + 4])


def _awaits(word: Word) -> bool:
    """ "Until", "two days before"."""
    time = word.mention.time if word.mention is not None else None
    last = word.text if time is None else time.text.lower().rpartition(" ")[2]
    return last in ("until", "till", "before")


def _is_headline_future(words: Sequence[Word], trigger: int) -> bool:
    """ "Finland to quit the treaty": an actor opens the clause, an infinitive follows at once."""
    at = trigger - 1
    if at > 1 and words[at].text.endswith("ly"):
        at -= 1
    if at > 1 and words[at].text == "to" and words[at - 1].text in ("–", "—", "-", ")"):
        return words[at - 2].text in listed("actors")  # "the great powers – China and Russia – to come in"
    if at < 1 or words[at].text != "to" or words[at - 1].text not in listed("actors"):
        return False
    return at == 1 or words[at - 2].text in listed("breaks") or (at == 2 and words[0].mention is not None)
