"""Clauses of a masked sentence: where they begin, who acts in them, and when they only suppose."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import pairwise

from inforce.reading.frames import Word
from inforce.reading.lexicon import data

_COMMITTEE = 4  # words from a house within which its committee is named
_CONDITION = 8  # words behind what a law forbids among which its condition begins
_URGED = 9  # words before an act among which urging is looked for
_LIGHT = 8  # words before "made" among which what was made stands
_SOON = 6  # words before "outside" among which it is told that it is not yet so
_PROSPECT = 9  # words behind a noun for an exit among which its verb stands
_PERMITTED = 9  # words before an act among which "may" is looked for
_LAW_WITHIN = 8  # words from a trigger within which the law stands
_TOPIC = 8  # words of what a law is on
_INSERTION = 24  # words that an insertion between who acts and the verb may have
_ASIDE = 3  # words of "we hear", "it seems"
_ANTECEDENT = 14  # words before a relative clause among which its antecedent is looked for


@functools.cache
def listed(name: str) -> frozenset[str]:
    """A list of clauses.yaml."""
    return frozenset(data("clauses.yaml")[name])


def only_begins_so(word: str) -> bool:
    """Whether a word that begins like one of leaving or joining has nothing to do with it: "jointly"."""
    return word.startswith(tuple(listed("only_begins_so")))


@functools.cache
def _whoever() -> frozenset[tuple[str, str]]:
    raw = data("clauses.yaml")
    pairs = {tuple(pair.split()) for pair in raw["whoever_pairs"]}
    links = {(noun, link) for noun in raw["whoever_nouns"] for link in raw["whoever_links"]}
    return frozenset((one, two) for one, two in pairs | links)


def clause_start(words: Sequence[Word], at: int) -> int:
    """Index of the first word of the clause that holds word `at`."""
    breaks, openers, marks = listed("breaks"), listed("openers"), _clause_marks()
    word = words[at].text if at > 0 else ""
    for index in range(at, 0, -1):
        previous = words[index - 1].text
        if previous not in marks and word not in marks:
            word = previous
            continue
        if previous in breaks:
            return index
        if previous == "," and (word in listed("after_comma") or _can_act(word)):
            return index
        if index < at and (word in openers or (word == "that" and _can_act(words[index + 1].text))):
            return index
        if previous == "and" and _can_act(word) and not _in_noun_list(words, index):
            return index
        word = previous
    return 0


@functools.cache
def _clause_marks() -> frozenset[str]:
    """Words at which a clause can begin, or just behind which."""
    return listed("breaks") | listed("openers") | {",", "that", "and"}


def _can_act(text: str) -> bool:
    return text in listed("actors") or text in listed("pronouns")


def _in_noun_list(words: Sequence[Word], index: int) -> bool:
    """Whether the actor after "and" closes a list ("between X and Y")."""
    return index >= 2 and words[index - 2].text in listed("actors")


def is_hypothetical(words: Sequence[Word], trigger: int) -> bool:
    """Whether the clause only supposes, or speaks of whoever it may concern: "if", "a party that"."""
    start = clause_start(words, trigger)
    if words[start].text in listed("suppositions"):
        return True
    first = start if start and words[start - 1].text in listed("breaks") else max(0, start - 3)
    before = [words[first - 1].text if first else "", *(w.text for w in words[first:trigger])]
    triples = zip(before, pairwise(before[1:]), strict=False)
    return any(pair in _whoever() for was, pair in triples if was not in listed("becoming"))


def is_supposed(words: Sequence[Word], trigger: int) -> bool:
    """Whether a clause that has its actor only supposes: "if Finland left", "had it left", "imagine that"."""
    start = clause_start(words, trigger)
    head = [word.text for word in words[start:trigger]]
    if head and head[0] in listed("inversions") and any(_can_act(text) for text in head[1:3]):
        return True
    told = range(1, len(head) - 1)  # "said that should Finland go"
    if any(
        head[at - 1] == "that" and head[at] in listed("inversions") and _can_act(head[at + 1]) for at in told
    ):
        return True
    earlier = [word.text for word in words[max(0, start - 2) : start]]
    return any(text in listed("supposing") for text in (*earlier, *head)) and "whether" not in head


def is_soon(words: Sequence[Word], trigger: int) -> bool:
    """Whether what a state is it will only be: "soon to be outside", "weeks from being outside"."""
    before = [word.text for word in words[max(0, trigger - _SOON) : trigger]]
    spans = listed("spans_of_time")
    return "soon" in before[-3:] or any(
        text in spans and behind in ("from", "away", "before") for text, behind in pairwise(before)
    )


def is_under_way(words: Sequence[Word], trigger: int) -> bool:
    """Whether an act is told as going on: "is leaving", "the five countries leaving"."""
    if not words[trigger].text.endswith("ing"):
        return False
    at = trigger - 1
    while at > 0 and (words[at].text in listed("while_going_on") or words[at].text.endswith("ly")):
        at -= 1
    return at >= 0 and words[at].text in listed("going_on")


def is_in_prospect(words: Sequence[Word], trigger: int) -> bool:
    """ "Finland's departure will leave 161": what a noun names is still to come."""
    if words[trigger].text not in listed("exits"):
        return False
    behind = [word.text for word in words[trigger + 1 : trigger + _PROSPECT]]
    verb = next((text for text in behind if text in listed("tensed") or text in (",", ";")), "")
    return verb in ("will", "would")


def is_committees(words: Sequence[Word], named: int, trigger: int) -> bool:
    """Whether a part of the house acts: "the committee of the Seimas", "the Senate's defence committee"."""
    before = {word.text for word in words[max(0, named - _COMMITTEE) : named]}
    behind = {word.text for word in words[named + 1 : min(trigger, named + 1 + _COMMITTEE)]}
    of_house = "of" in before and not before.isdisjoint(listed("committees"))
    return words[named].text == "<P>" and (of_house or not behind.isdisjoint(listed("committees")))


def is_topic(words: Sequence[Word], trigger: int) -> bool:
    """Whether an act is what a paper or a choice is about: "the bill on leaving", "the decision to join"."""
    before = [w.text for w in words[max(0, trigger - 5) : trigger]]
    at = next((i for i in range(len(before) - 1, -1, -1) if before[i] in listed("papers")), None)
    return at is not None and any(w in listed("about") for w in before[at + 1 :]) and "," not in before[at:]


def is_left_so(words: Sequence[Word], trigger: int) -> bool:
    """ "Left it at that": nothing was left."""
    after = [word.text for word in words[trigger + 1 : trigger + 5]]
    return after[:3] == ["it", "at", "that"] or after[:2] in (["it", "there"], ["it", "to"], ["it", "up"])


def is_conditioned(words: Sequence[Word], last: int) -> bool:
    """Whether what a law says is told with its condition: "transfers where ...", "as a method of warfare"."""
    behind = [word.text for word in words[last - 1 : last + _CONDITION]]
    return not listed("conditions").isdisjoint(behind) or ("as", "a") in pairwise(behind)


def is_left_open(words: Sequence[Word], trigger: int) -> bool:
    """ "Did not say whether it will buy them", "unclear whether it left": nothing is told of it."""
    near = range(trigger - 1, max(-1, trigger - _URGED), -1)
    at = next((i for i in near if words[i].text == "whether"), None)
    if at is None:
        asked = next((i for i in near if words[i].text in ("when", "why", "if")), None)
        return asked is not None and any(w.text in listed("asking") for w in words[max(0, asked - 5) : asked])
    before = [word.text for word in words[max(0, at - 4) : at]]
    if not listed("unclear").isdisjoint(before):
        return True
    return bool(before) and before[-1] in listed("telling") and not listed("withholding").isdisjoint(before)


def is_urged(words: Sequence[Word], trigger: int) -> bool:
    """Whether others only want the act: "urged their government to pull out", "calls for it to leave"."""
    if trigger < 1 or words[trigger - 1].text != "to":
        return False
    before = {word.text for word in words[max(0, trigger - _URGED) : trigger]}
    return not before.isdisjoint(listed("urging")) and before.isdisjoint(listed("rebuffing"))


def is_permission(words: Sequence[Word], trigger: int) -> bool:
    """Whether the law speaks and nobody's programme: "may neither make nor buy", "may lay them again"."""
    denied = False
    for at in range(trigger - 1, max(-1, trigger - _PERMITTED), -1):
        text = words[at].text
        denied = denied or text in listed("denying")
        if text == "may" or (text in ("could", "can") and denied and words[at + 1].text == "neither"):
            return denied or _is_of_now(words, at, trigger)
        if text not in listed("within_permission") and not text.endswith("ly"):
            return False
    return False


def _is_of_now(words: Sequence[Word], at: int, trigger: int) -> bool:
    """Whether what may be done may be done once more, or kept as well as made: no maker's prospect."""
    told = {word.text for word in (*words[at + 1 : trigger], *words[trigger + 1 : trigger + 7])}
    return not told.isdisjoint(listed("once_more"))


def is_idle(words: Sequence[Word], trigger: int) -> bool:
    """ "Made no recommendation", "representations he has made", "no decision was made": nothing is built."""
    if words[trigger].text not in listed("light_verbs"):
        return False
    behind = [word.text for word in words[trigger + 1 : trigger + 4]]
    before = [word.text for word in words[max(0, trigger - _LIGHT) : trigger]]
    if "<W>" in behind or ("<W>" in before and words[trigger].text != "made"):
        return not listed("made_of_words").isdisjoint(behind[:2])
    return not listed("made_of_words").isdisjoint((*behind, *before))


def is_other_matter(words: Sequence[Word], trigger: int) -> bool:
    """Whether the law behind the trigger is on something else: "signed a law on pensions"."""
    behind = [word.text for word in words[trigger : trigger + _LAW_WITHIN]]
    at = next((i for i, text in enumerate(behind) if text in listed("laws")), None)
    if at is None or at + 1 >= len(behind) or behind[at + 1] not in listed("of_laws"):
        return False
    topic = []
    for word in words[trigger + at + 2 : trigger + at + 2 + _TOPIC]:
        if not (word.text[0].isalpha() or word.text[0] == "<") or word.text in listed("openers"):
            break
        topic.append(word.text)
    ours = tuple(listed("our_matters"))
    return bool(topic) and not any(text[0] == "<" or text.startswith(ours) for text in topic)


def is_compared(words: Sequence[Word], index: int) -> bool:
    """Whether a treaty is only set beside another: "longer than under the ...", "unlike the ..."."""
    before = [w.text for w in words[max(0, index - 4) : index] if w.text not in ("the", "that", "of")]
    compares, under = listed("comparing"), listed("under")
    return bool(before) and (
        before[-1] in listed("unlike") or (len(before) > 1 and before[-1] in under and before[-2] in compares)
    )


def is_of_anyone(words: Sequence[Word], trigger: int) -> bool:
    """Whether the sentence opens with the act itself, said of nobody: "Leaving takes a year", "Tell the UN".

    "Leaving the pact, Finland ..." is said of Finland.
    """
    opening = trigger
    while opening and not words[opening - 1].text[0].isalnum() and words[opening - 1].text[0] != "<":
        opening -= 1
    if opening:
        return False
    text = words[trigger].text
    comma = next((i for i, w in enumerate(words) if w.text == ","), len(words))
    joined = [w.text for w in words[comma + 1 : comma + 3]]
    return text in listed("commands") or (text.endswith("ing") and not any(_can_act(one) for one in joined))


def is_compound(words: Sequence[Word], trigger: int) -> bool:
    """ "Foreign-made", "supplies Ukraine with Lithuanian-made": part of a word that tells of no act."""
    parts = [word.text for word in words[max(0, trigger - 2) : trigger]]
    if parts[1:] != ["-"]:
        return False
    told = any(word.text in listed("actors") for word in words[: trigger - 2])
    return parts[0] in listed("compounds") or (told and parts[0] in ("<A>", "<S>"))


def is_treaty_approved(words: Sequence[Word]) -> bool:
    """Whether the treaty itself is what was approved, not its end: "approved the Arms Trade Treaty"."""
    approving = tuple(listed("approving"))
    for index, word in enumerate(words):
        if word.text.startswith(approving) and "<T>" in [w.text for w in words[index + 1 : index + 3]]:
            return True
    return False


def is_oblique(words: Sequence[Word], index: int) -> bool:
    """Whether a mention stands behind a preposition, so that it does not act."""
    if index + 1 < len(words) and words[index + 1].text in ("to", "having"):
        return False  # "calls on Vilnius to", "with Poland having left": who is named acts
    before = index - 1
    while before >= 0 and words[before].text in listed("before_names"):
        before -= 1
    if before < 0:
        return False
    preposition, noun = words[before].text, words[before - 1].text if before else ""
    if preposition in ("in", "of", "from") and noun in listed("people_of"):
        return False  # "our neighbours in Mozambique"
    if (preposition == "of" and noun in listed("quantifiers")) or (
        preposition in listed("makers") and noun in listed("made")
    ):
        return False
    return preposition in listed("oblique")


def head_of_insertion(words: Sequence[Word], trigger: int) -> int | None:
    """ "Ukraine, which borrowed from Latvia, never joined": who acts stands before what is put in."""
    at = trigger - 1
    while at > 0 and (words[at].text in listed("before_verbs") or words[at].text.endswith("ly")):
        at -= 1
    if words[at].text != ",":
        return None
    for index in range(at - 2, max(0, at - _INSERTION), -1):
        if words[index].text in listed("breaks"):
            return None
        if words[index].text == "," and _opens_insertion(words, index + 1, at):
            head = index - 1
            if words[index + 1].text in listed("articles") and words[head].text != "<S>":
                return None
            return head if words[head].text in listed("actors") and not is_oblique(words, head) else None
    return None


def is_inserted(words: Sequence[Word], head: int, trigger: int) -> bool:
    """Whether between who acts and the verb only an insertion stands."""
    return head_of_insertion(words, trigger) == head


def _opens_insertion(words: Sequence[Word], first: int, last: int) -> bool:
    text = words[first].text
    if text in listed("articles") and not any(_can_act(w.text) for w in words[first:last]):
        return True  # "Tuvalu, the other newcomer of this year, signed"
    if text in listed("oblique") and words[first + 1].text in ("which", "whom", "whose"):
        return True  # ", with which it shares a border, is not"
    return text in ("which", "who", "whose") or (text in listed("pronouns") and last - first <= _ASIDE)


def find_actor(words: Sequence[Word], trigger: int) -> int | None:
    """Index of the word that names who acts at the trigger: a mention or a pronoun; None where elided."""
    head = head_of_insertion(words, trigger)
    if head is not None:
        return head
    start = clause_start(words, trigger)
    own = _actor_in(words, start, trigger)
    if own is not None:
        return own
    opening = words[start].text if start < len(words) else ""
    if opening in listed("relatives") or (start and words[start - 1].text in listed("relatives")):
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
        text = words[index].text
        acts = _can_act(text) or (text == "<A>" and _names_firm(words, index))
        if not acts or text == "there" or is_oblique(words, index):
            continue
        if index + 1 < len(words) and words[index + 1].text == "'s" and index + 1 < end:
            possessive = possessive if possessive is not None else index
            continue
        return index
    return possessive


def _names_firm(words: Sequence[Word], index: int) -> bool:
    """ "The Lithuanian company": a people's name that tells whose firm acts."""
    return any(word.text in listed("firms") for word in words[index + 1 : index + 4])


def _antecedent(words: Sequence[Word], start: int) -> int | None:
    for index in range(start - 1, max(-1, start - _ANTECEDENT), -1):
        if words[index].mention is not None and (
            words[index].text in listed("actors") or words[index].text in ("<T>", "<W>")
        ):
            return index
    return None
