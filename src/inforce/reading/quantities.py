"""Of what and how much: weapons, activities, numbers, sums, recipients, makers, places, clocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inforce.reading.clauses import clause_start, listed
from inforce.reading.frames import Hit, Masked, Word
from inforce.reading.lexicon import Lexicon, data
from inforce.reading.model import Money
from inforce.reading.which_date import is_parted

#: Words by which those counted are not in.
_OUTSIDE = frozenset(["not", "n't", "never", "yet", "outside", "non"])


#: Words that stand for the weapon named last: "would lay them", "has no plans to buy any"; and acting or
#: suffering before the verb: "they were destroyed", "nothing has been bought".
_PRO_ITEMS = frozenset({"them", "it", "any", "one", "ones", "none", "more", "some", "neither"})
_PRO_SUBJECTS = frozenset({"they", "these", "those", "all", "both", "nothing", "none", "half", "most", "any"})


def items_near(
    masked: Masked, hit: Hit, lexicon: Lexicon, spoken_of: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The weapons of the trigger's clause, those named together; narrower before wider ones.

    Where a pronoun stands for them, the last of the sentence, else those last `spoken_of`.
    """
    words = masked.words
    found = [i for i, w in enumerate(words) if w.text == "<W>" and w.mention and w.mention.item]
    inside = [i for i in found if hit.first <= i < hit.last] or [
        i for i in found if hit.trigger < i <= hit.trigger + 16 and not is_parted(words, hit.trigger + 1, i)
    ]
    if not inside and (hit.frame.kind == "stockpile" or _stands_for_item(words, hit)):
        inside = [i for i in found if i < hit.trigger][-1:]
        if not inside:
            return spoken_of
    if not inside:
        return spoken_of if hit.frame.kind == "programme" else ()
    nearest = min(inside, key=lambda i: (i < hit.trigger, abs(i - hit.trigger)))
    group = [nearest]
    for step in (1, -1):
        at = nearest
        while (neighbour := _listed_weapon(words, at, step)) is not None:
            group.append(neighbour)
            at = neighbour
    items = [w.mention.item for i in sorted(group) if (w := words[i]).mention is not None and w.mention.item]
    return tuple(dict.fromkeys(items))


def _stands_for_item(words: list[Word], hit: Hit) -> bool:
    """Whether a pronoun or a bare number stands for the weapon: "them", "they were", "another 80,000"."""
    behind = [w.text for w in words[hit.trigger + 1 : hit.last + 3]]
    if _PRO_ITEMS.intersection(behind[:3]):
        return True
    if hit.frame.kind == "programme" and "<N>" in behind[:6]:
        at = behind.index("<N>")
        return behind[at + 1 : at + 2] == [] or behind[at + 1] in _AFTER_BARE
    return not _PRO_SUBJECTS.isdisjoint(w.text for w in words[hit.first : hit.trigger])


#: What follows a number that counts the things last spoken of: "80,000 by May", "60,000 pieces".
_AFTER_BARE = frozenset(". , ; ) by in a per from for to of pieces units and <D> this next last each".split())


_BETWEEN_WEAPONS = frozenset("and or , both as well of the on for also nor neither".split())


def is_of_clearing(masked: Masked, hit: Hit) -> bool:
    """Whether the weapon behind the trigger is what is cleared or found: "paid for clearing mines"."""
    words = masked.words
    at = next((i for i in range(hit.trigger + 1, hit.last) if words[i].text == "<W>"), None)
    if at is None:
        return False
    before = {word.text for word in words[max(hit.trigger + 1, at - 2) : at]}
    return not before.isdisjoint(listed("clearing"))


def _listed_weapon(words: list[Word], at: int, step: int) -> int | None:
    for distance in range(2, 6):
        index = at + step * distance
        if not 0 <= index < len(words):
            return None
        if words[index].text == "<W>":
            between = {w.text for w in words[min(at, index) + 1 : max(at, index)]}
            return index if between <= _BETWEEN_WEAPONS else None
    return None


#: What no treaty demands: "destroy what they keep" is one duty.
_NO_DUTIES = frozenset({"use", "develop", "produce", "acquire", "stockpile", "retain", "transfer", "test"})


def activities_near(masked: Masked, hit: Hit, lexicon: Lexicon) -> tuple[str, ...]:
    """The activities named in the clause, in the text's order."""
    keys = {word: key for key, group in lexicon.terms["activities"].items() for word in group}
    words = masked.words
    end = hit.last
    while end < len(words) and words[end].text not in (".", ";", ":", '"') and end < hit.last + 24:
        if (
            words[end].text in listed("conditions")
            or words[end].text in ("but", "while", "which")
            or (words[end].text == "and" and words[min(end + 1, len(words) - 1)].text in ("it", "<T>", "<S>"))
        ):
            break
        end += 1
    start = max(clause_start(words, hit.trigger), hit.first)
    others = _NO_DUTIES if hit.frame.predicate == "requires" else frozenset()
    found: dict[str, None] = {}
    for index in range(start, end):
        for length in (3, 2, 1):
            phrase = " ".join(w.text for w in words[index : index + length])
            if phrase in keys and index + length <= end:
                found.setdefault(keys[phrase])
                break
    if "training" in {w.text for w in words[hit.trigger : end + 2]} and "stockpile" in found:
        found = {"retain" if key == "stockpile" else key: None for key in found}
    return tuple(key for key in found if key not in others)


def count_near(masked: Masked, hit: Hit, kinds: tuple[str, ...] = ("<N>",)) -> tuple[int, str] | None:
    """The number at or beside the trigger: value and comparator; with "<R>" also "the 112th"."""
    words = masked.words
    if words[hit.trigger].text in kinds:
        return _count(words[hit.trigger])
    inside = [
        i for i in range(max(0, hit.first - 2), min(hit.last + 4, len(words))) if words[i].text in kinds
    ]
    if not inside:
        return None
    return _count(words[min(inside, key=lambda i: (i < hit.trigger, abs(i - hit.trigger)))])


def counts_no_parties(masked: Masked, hit: Hit) -> bool:
    """Whether a number is that of those outside, or one of many: "33 have not joined", "one of them"."""
    count = count_near(masked, hit, ("<N>", "<R>"))
    before = " ".join(w.text for w in masked.words[max(0, hit.trigger - 4) : hit.trigger])
    if hit.frame.predicate == "parties" and "signed by" in before and "ratified" not in before:
        return True  # "has been signed by 187 countries"
    behind = {part for w in masked.words[hit.trigger + 1 : hit.last + 1] for part in w.text.split()}
    return (count is not None and count[0] == 1) or bool(behind & _OUTSIDE)


def _count(word: Word) -> tuple[int, str] | None:
    amount = word.mention.amount if word.mention else None
    return (int(amount.value), amount.comparator) if amount is not None else None


def rank_near(masked: Masked, hit: Hit) -> int | None:
    """The rank told in the match ("fifth largest"), if any."""
    for word in masked.words[hit.first : hit.last + 2]:
        if word.text == "<R>" and word.mention and word.mention.amount and word.mention.amount.unit == "rank":
            return int(word.mention.amount.value)
    return None


def money_near(masked: Masked, hit: Hit) -> Money | None:
    """The sum told in the match or named as its worth behind it: "a contract with X, worth 4 million"."""
    words = masked.words
    at = next((i for i in range(hit.first, min(hit.last + 3, len(words))) if words[i].text == "<M>"), None)
    if hit.frame.predicate == "produce":
        at = _worth_behind(words, hit.last)  # not what a works costs
    elif at is None and hit.frame.predicate in ("procure", "transfer"):
        at = _worth_behind(words, hit.last)
    mention = words[at].mention if at is not None else None
    if mention is None or mention.amount is None:
        return None
    amount = mention.amount
    value: Any = int(amount.value) if amount.value == int(amount.value) else amount.value
    return Money(amount=value, currency=amount.currency, comparator=amount.comparator)


_WORTH = frozenset("worth value valued cost costing costs price priced total sum amount at for".split())


def _worth_behind(words: list[Word], start: int) -> int | None:
    """A sum behind a match that says what it is worth, in the same part of the sentence."""
    for index in range(start, min(start + 14, len(words))):
        if words[index].text in (".", ";", ":", "but", "while", "which"):
            return None
        if words[index].text == "<M>":
            before = {word.text for word in words[max(start - 1, index - 4) : index]}
            return index if before & _WORTH else None
    return None


def recipients_near(masked: Masked, hit: Hit, subject: tuple[str, ...]) -> tuple[str, ...]:
    """States that a transfer goes to: behind "to" or "for", or the verb's object."""
    words = masked.words
    behind, before = range(hit.trigger, min(hit.last + 8, len(words))), range(hit.first, hit.trigger)
    for index in (*behind, *before):
        mention = words[index].mention
        states: tuple[str, ...] = mention.states if mention is not None and mention.kind in "SL" else ()
        if states and states != subject:
            return states
    return ()


def place_near(masked: Masked, hit: Hit, text_of: Callable[[int, int], str]) -> str | None:
    """The town behind "in" or "at" beside the trigger."""
    words = masked.words
    for index in range(hit.trigger + 1, min(hit.last + 6, len(words))):
        mention = words[index].mention
        if words[index].text == "<L>" and mention is not None:
            return text_of(mention.first, mention.last)
        if words[index].text in (".", ";"):
            return None
    return None


def clock_of(masked: Masked, hit: Hit) -> str | None:
    """The event from which the text counts the notice, where it names one."""
    words = masked.words
    clocks: dict[str, list[str]] = data("dating.yaml")["clocks"]
    opened = False
    for index in range(hit.first, min(hit.last + 10, len(words))):
        text = words[index].text
        opened = opened or text in ("after", "from", "following", "since")
        if text in (".", ";", '"'):
            return None
        if opened:
            event = next((clock for clock, said in clocks.items() if text in said), None)
            if event is not None:
                return event
    return None
