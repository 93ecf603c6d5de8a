"""Clauses of a masked sentence: where they begin, who acts in them, how far from done they put an act."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import re2

from inforce.reading.frames import Masked, Word
from inforce.reading.lexicon import data
from inforce.vocabulary import Modality

_BREAKS = frozenset({";", ":", "–", "—", "(", ")", '"', "•"})
_OPENERS = frozenset("but while whereas although though because unless which who whose where nor yet".split())
_AFTER_COMMA = frozenset(
    "and but while which who whose where as although though whereas so nor or yet having citing said says saying adding when if until after"
    " before since then with according".split()
)
_PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i", "there"})
_RELATIVES = frozenset({"which", "who", "that", "whose", "whom"})
_ACTORS = frozenset({"<S>", "<P>", "<G>", "<H>", "<F>", "<X>", "<O>", "<C>"})
_OBLIQUE = frozenset(
    "of from to in with by for against on between besides including than like unlike at among into towards toward near behind about beyond"
    " without except outside under versus via through over".split()
)
_MADE_BY = frozenset("announcement statement announcements decision move plan plans intention".split())
#: Behind these "a party" is what somebody is, not whoever may be one.
_BECOMING = frozenset("became become becomes becoming is are was were be been remains remain as still never not".split())
_WHOEVER = frozenset(
    (one, two)
    for one in (
        "anyone",
        "those",
        "party",
        "state",
        "member",
        "members",
        "everyone",
        "country",
        "anybody",
        "nobody",
        "states",
        "parties",
    )
    for two in ("who", "that")
) | {("whoever", "wants"), ("any", "party"), ("a", "party"), ("any", "state")}
_QUANTIFIERS = frozenset(
    "none all both each any neither either most several some many one majority two three four five".split()
)
_PAPERS = frozenset(
    "law bill act decree legislation draft motion resolution proposal measure decision plan plans intention"
    " vote referendum initiative request petition recommendation".split()
)
_ABOUT = frozenset("on to of for about concerning regarding authorising authorizing allowing approving".split())
_APPROVAL = ("approv", "endors", "back", "pass", "adopt", "clear")
_REACH = 9  # words before a trigger within which modality and negation are looked for


def clause_start(words: Sequence[Word], at: int) -> int:
    """Index of the first word of the clause that holds word `at`."""
    index = at
    while index > 0:
        word, previous = words[index].text, words[index - 1].text
        if previous in _BREAKS:
            return index
        if previous == "," and (
            word in _AFTER_COMMA or word in _ACTORS or word in _PRONOUNS or word == "the"
        ):
            return index
        if word in _OPENERS and index < at:
            return index
        if word == "that" and index < at and (index + 1 < len(words) and _can_act(words[index + 1].text)):
            return index
        if previous == "and" and _can_act(word) and not _in_noun_list(words, index):
            return index
        index -= 1
    return 0


def _can_act(text: str) -> bool:
    return text in _ACTORS or text in _PRONOUNS


def _in_noun_list(words: Sequence[Word], index: int) -> bool:
    """Whether the actor after "and" closes a list ("between X and Y")."""
    return index >= 2 and words[index - 2].text in _ACTORS


def is_hypothetical(words: Sequence[Word], trigger: int) -> bool:
    """Whether the clause only supposes, or speaks of whoever it may concern: "if", "a party that"."""
    start = clause_start(words, trigger)
    opening = words[start].text
    if opening in ("if", "should", "unless", "whoever", "had", "suppose", "were"):
        return True
    before = [w.text for w in words[max(0, start - 3) : trigger]]
    earlier = ["", *before]
    pairs = {(a, b) for was, a, b in zip(earlier, before, before[1:], strict=False) if was not in _BECOMING}
    return bool(pairs & _WHOEVER)


def is_topic(words: Sequence[Word], trigger: int) -> bool:
    """Whether an act is what a paper or a choice is about: "the bill on leaving", "the decision to join"."""
    before = [w.text for w in words[max(0, trigger - 5) : trigger]]
    at = next((i for i in range(len(before) - 1, -1, -1) if before[i] in _PAPERS), None)
    return at is not None and any(w in _ABOUT for w in before[at + 1 :]) and "," not in before[at:]


def is_treaty_approved(words: Sequence[Word]) -> bool:
    """Whether the treaty itself is what was approved, not its end: "approved the Arms Trade Treaty"."""
    for index, word in enumerate(words):
        if word.text.startswith(_APPROVAL) and "<T>" in [w.text for w in words[index + 1 : index + 3]]:
            return True
    return False


def is_oblique(words: Sequence[Word], index: int) -> bool:
    """Whether a mention stands behind a preposition, so that it does not act."""
    if index + 1 < len(words) and words[index + 1].text == "to":
        return False  # "calls on Vilnius to": who is called on is to act
    before = index - 1
    while before >= 0 and words[before].text in (
        "the",
        "all",
        "its",
        "a",
        "both",
        "other",
        "only",
        "neighbouring",
    ):
        before -= 1
    if before > 0 and words[before].text == "of" and words[before - 1].text in _QUANTIFIERS:
        return False
    if before > 0 and words[before].text in ("from", "by", "of") and words[before - 1].text in _MADE_BY:
        return False
    return before >= 0 and words[before].text in _OBLIQUE


def find_actor(words: Sequence[Word], trigger: int) -> int | None:
    """Index of the word that names who acts at the trigger: a mention or a pronoun; None where elided."""
    start = clause_start(words, trigger)
    own = _actor_in(words, start, trigger)
    if own is not None:
        return own
    opening = words[start].text if start < len(words) else ""
    if opening in _RELATIVES or (start and words[start - 1].text in _RELATIVES):
        antecedent = _antecedent(words, start)
        if antecedent is not None:
            return antecedent
    while start > 0:
        earlier = clause_start(words, start - 1)
        found = _actor_in(words, earlier, start)
        if found is not None:
            return found
        start = earlier if earlier < start else start - 1
    return None


def _actor_in(words: Sequence[Word], start: int, end: int) -> int | None:
    possessive = None
    for index in range(end - 1, start - 1, -1):
        if not _can_act(words[index].text) or words[index].text == "there" or is_oblique(words, index):
            continue
        if index + 1 < len(words) and words[index + 1].text == "'s" and index + 1 < end:
            possessive = possessive if possessive is not None else index
            continue
        return index
    return possessive


def _antecedent(words: Sequence[Word], start: int) -> int | None:
    for index in range(start - 1, max(-1, start - 14), -1):
        if words[index].mention is not None and words[index].text in _ACTORS | {"<T>", "<W>"}:
            return index
    return None


@functools.cache
def _modality_pattern() -> tuple[Any, dict[str, str], Any]:
    raw = data("modality.yaml")
    kind_of = {
        phrase: kind
        for kind in ("planned", "required", "possible", "considered", "denied")
        for phrase in raw[kind]
    }
    phrases = sorted(kind_of, key=len, reverse=True)
    pattern = re2.compile(" (" + "|".join(re2.escape(p) for p in phrases) + ") ")
    negators = sorted(raw["negators"], key=len, reverse=True)
    return pattern, kind_of, re2.compile(" (?:" + "|".join(re2.escape(n) for n in negators) + ") ")


def modality_at(masked: Masked, trigger: int, first: int) -> tuple[Modality, bool]:
    """How a clause puts the act at its trigger, and whether it negates it.

    `first` is the first word of the frame's match, which is looked at even beyond the clause.
    """
    words = masked.words
    if words[clause_start(words, trigger)].text == "once":
        return Modality.PLANNED, False
    start = max(min(clause_start(words, trigger), max(first, trigger - _REACH)), trigger - _REACH)
    before = (" " + " ".join(w.text for w in words[start:trigger]) + " ").replace(" no . ", " ")
    pattern, kind_of, negators = _modality_pattern()
    kind = None
    at = 0
    while match := pattern.search(before, at):
        kind = kind_of[match.group(1)]
        at = match.end() - 1
        if kind == "denied":
            break
    if kind == "denied":
        return Modality.DENIED, True
    behind = [w.text for w in words[trigger + 1 : trigger + 3]]
    negated = negators.search(before) is not None or behind == ["by", "neither"]
    if kind is None and _is_headline_future(words, trigger):
        kind = Modality.PLANNED.value
    if kind == "planned" and negated:
        return Modality.DENIED, True
    if kind == "considered" and negated:
        return Modality.CONSIDERED, False
    return (Modality(kind) if kind else Modality.DONE), negated


def _is_headline_future(words: Sequence[Word], trigger: int) -> bool:
    """"Finland to quit the treaty": an actor opens the clause, an infinitive follows at once."""
    at = trigger - 1
    if at > 1 and words[at].text.endswith("ly"):
        at -= 1
    if at < 1 or words[at].text != "to" or words[at - 1].text not in _ACTORS:
        return False
    return at == 1 or words[at - 2].text in _BREAKS or (at == 2 and words[0].mention is not None)
