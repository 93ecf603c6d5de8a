"""Who makes and sells: the firms of a programme, told from agencies that buy and persons who speak."""

from __future__ import annotations

from collections.abc import Sequence

from inforce.reading.clauses import clause_start, listed
from inforce.reading.frames import Hit, Masked, Word
from inforce.reading.lexicon import Lexicon
from inforce.reading.model import Claim

_BEHIND = 14  # words behind a trigger among which its firm stands
_SALE = ("procure", "transfer")


def suppliers_near(masked: Masked, hit: Hit, lexicon: Lexicon, earlier: Sequence[Claim]) -> tuple[str, ...]:
    """The firms that make or sell: "Nammo Lapua, Insta and Raikka"; "a contract with X"; "made by Y"."""
    words = masked.words
    behind = _behind(words, hit, lexicon)
    if behind:
        return behind
    if hit.frame.predicate == "procure" and words[hit.trigger].text in listed("buying"):
        return ()
    acting = _acting(words, hit, lexicon)
    return acting or _same_firm(words, hit, earlier)


def _behind(words: list[Word], hit: Hit, lexicon: Lexicon) -> tuple[str, ...]:
    """Firms behind the trigger, by the words that lead to who sells or makes."""
    leads = listed("to_seller") if hit.frame.predicate == "procure" else frozenset({"by", "from"})
    found: list[str] = []
    for index in range(hit.trigger + 1, min(hit.last + _BEHIND, len(words))):
        if words[index].text in (".", ";", ":", '"', "which", "but", "while"):
            break
        if _is_maker(words, index, lexicon) and (found or _is_led(words, index, hit.trigger, leads)):
            found.append(_name(words[index]))
    return tuple(dict.fromkeys(found))


def _is_led(words: list[Word], index: int, trigger: int, leads: frozenset[str]) -> bool:
    """Whether the words before a firm lead to it, "with the Danish firm X"; or the verb, "awarded X"."""
    at = index - 1
    while at > trigger and words[at].text in listed("before_firms"):
        at -= 1
    return words[at].text in leads or (at == trigger and words[at].text in listed("awarding"))


def _acting(words: list[Word], hit: Hit, lexicon: Lexicon) -> tuple[str, ...]:
    start = min(clause_start(words, hit.trigger), hit.first)
    while start > 0 and words[start - 1].text in (",", "and", "or", "<O>", "<X>"):
        start -= 1  # a list of makers is cut by its commas
    found = [_name(words[i]) for i in range(start, hit.trigger) if _is_maker(words, i, lexicon)]
    return tuple(dict.fromkeys(found))


def _same_firm(words: list[Word], hit: Hit, earlier: Sequence[Claim]) -> tuple[str, ...]:
    """ "It", "the company": the firm of the claim before."""
    before = {word.text for word in words[clause_start(words, hit.trigger) : hit.trigger]}
    if not before & listed("the_firm") or not earlier:
        return ()
    return earlier[-1].object.supplier


def _name(word: Word) -> str:
    return (word.mention.name if word.mention is not None else None) or ""


def _is_maker(words: list[Word], index: int, lexicon: Lexicon) -> bool:
    """Whether a name can be a firm's: no agency's, no office holder's, no outlet's."""
    mention = words[index].mention
    if mention is None or not mention.name or mention.role or mention.kind not in "OX" or mention.states:
        return False
    if mention.kind == "O" and index and words[index - 1].text in listed("in_town"):
        return False
    if index > 1 and words[index - 1].text == "of" and words[index - 2].text in ("<O>", "<X>"):
        return False  # "Kalle Works of Oulu"
    name = mention.name.lower().split()
    if not lexicon.sets["agencies"].isdisjoint(name):
        return False
    behind = [word.text for word in words[index + 1 : index + 6]]
    offices = lexicon.sets["role_words"] if behind[:1] == [","] else frozenset()
    return mention.kind == "O" or offices.isdisjoint(behind[1:4])
