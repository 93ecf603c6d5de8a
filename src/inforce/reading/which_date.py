"""Which date stands with an act: behind its verb, before it in its clause, or at the head of the sentence."""

from __future__ import annotations

import functools

from inforce.reading.clauses import clause_start
from inforce.reading.frames import Hit, Masked, Word
from inforce.reading.lexicon import data
from inforce.reading.time_model import Time

_REACH = 14  # words behind a match within which its date may stand
_LEAD = 6  # words at the head of a sentence within which a date dates the whole


@functools.cache
def telling(name: str) -> frozenset[str]:
    """A list of dating.yaml."""
    return frozenset(data("dating.yaml")[name])


def date_word(masked: Masked, hit: Hit, used: set[int]) -> int | None:
    """The date of a hit: behind the trigger, else before it in the clause, else at the sentence's head."""
    words = masked.words
    dates = [index for index, _ in masked.named if date_at(words[index]) is not None]
    leads = bool(dates) and dates[0] < hit.trigger
    start = clause_start(words, hit.trigger)
    is_relative = words[start].text in telling("relative")
    for index in dates:
        if leads and index > hit.trigger and opens_another(words, index):
            break
        if hit.trigger < index < hit.last:
            return index
        if (
            hit.last <= index <= hit.last + _REACH
            and index not in used
            and (not is_parted(words, hit.last, index) or _is_in_brackets(words, hit.last, index))
            and not (is_relative and _is_left(words, hit.last, index))
        ):
            return index
    if words[hit.first].text in telling("joins"):
        start = max(start, hit.first)  # "acceded in 2004 and never left": the date is the other verb's
    start = max([start, *(at for at in range(start, hit.trigger) if words[at].text in telling("new_time"))])
    start = max(start, _subordinate(words, start, hit.trigger))
    before = [index for index in dates if start <= index < hit.trigger]
    if is_relative:
        before = [index for index in before if not _is_closed(words, index, hit.trigger)]
    free = [index for index in before if index not in used]
    if free:
        return free[-1]
    shared = [index for index in before if index >= hit.first]
    if shared and hit.first > 0:
        return shared[-1]
    if words[start].text == "when" and start > 1 and words[start - 1].text == "," and start - 2 in dates:
        return start - 2  # "completed it on 20 August, when its ambassador handed over the notice"
    return _leading_date(words, dates, hit.trigger)


def _subordinate(words: list[Word], start: int, trigger: int) -> int:
    """Where a clause of time or cause begins: "confirmed on Friday, months after Latvia told the UN"."""
    for at in range(trigger - 1, start, -1):
        if words[at].text not in telling("subordinating"):
            continue
        following = [word.text for word in words[at + 1 : at + 3] if word.text not in _ARTICLES]
        if following and _heads_a_clause(following[0], alone=at + 1 == trigger):
            return at
    return 0


def _heads_a_clause(word: str, *, alone: bool) -> bool:
    """ "after Latvia told the UN", "after its notice was received"; alone "after notifying the UN"."""
    if word.endswith("ing"):
        return True
    return not alone and (word in telling("clause_heads") or word in telling("owners"))


_ARTICLES = frozenset({"the", "a", "an"})


def opens_another(words: list[Word], index: int) -> bool:
    """ "In 2019 it ratified the one, in 2021 the other": with its verb left out, another act is dated."""
    before = [word.text for word in words[max(0, index - 2) : index]]
    behind = [word.text for word in words[index + 1 : index + 3] if word.text not in _ARTICLES]
    opens = before[-1:] == [","] or (before[:1] == [","] and before[1] in telling("dates_open"))
    return opens and behind[:1] in (["<T>"], ["<S>"])


def _is_left(words: list[Word], last: int, index: int) -> bool:
    """ "Peru, which signed in Ottawa, left it on Tuesday": the clause of the act ends before the date."""
    opening = index - 1 if words[index - 1].text in telling("dates_open") else index
    return "," in [word.text for word in words[last : opening - 1]]


def _is_closed(words: list[Word], index: int, trigger: int) -> bool:
    """ "Which Russia ratified in 2000, has never come into force": the clause of the date is over."""
    return sum(word.text == "," for word in words[index:trigger]) == 1


def _leading_date(words: list[Word], dates: list[int], trigger: int) -> int | None:
    lead = next((index for index in dates if index < min(_LEAD, trigger)), None)
    if lead is None or words[lead + 1].text in telling("ends"):
        return None
    said = said_again(words, lead)
    closing = _closing(words, said + 1, trigger)
    if is_parted(words, said + 2 if closing is None else closing + 1, trigger):
        return None
    if words[lead + 1].text in telling("subordinating"):
        return None  # "it is ten years today since the pact took effect"
    return lead


def _is_in_brackets(words: list[Word], last: int, index: int) -> bool:
    """ "Late joiners: Finland (2012)"."""
    return index == last + 1 and words[last].text == "("


def is_parted(words: list[Word], start: int, end: int) -> bool:
    """Whether a new clause with its own actor, or a break, lies between two words."""
    index = start
    while index < end:
        closing = _closing(words, index, end)
        if closing is None and _parts(words, index, end):
            return True
        index = (index if closing is None else closing) + 1
    return False


def _parts(words: list[Word], index: int, end: int) -> bool:
    """Whether something new begins at a word."""
    text = words[index].text
    following = words[index + 1].text if index + 1 < end else ""
    if text in ("since", ":") and index + 1 < len(words) and words[index + 1].text == "<D>":
        return False  # "since 2013" opens no clause; "in force: 1 March 1999" is a label with its value
    if text in telling("breaks"):
        return True
    if text == "," and following in telling("new_part"):
        return True
    if text == "," and following == "and" and index + 2 < end and is_past(words[index + 2].text):
        return True  # "opened for signature on that day, and ratified in 1998"
    if following == "the" and index + 2 < end:
        following = words[index + 2].text
    return text in (",", "and") and following in telling("clause_heads")


def _closing(words: list[Word], index: int, end: int) -> int | None:
    """Where something inserted ends that begins at a word: between dashes, in brackets, ", which ... ,"."""
    text = words[index].text
    if text in _PAIRED:
        return next((at for at in range(index + 1, end) if words[at].text == _PAIRED[text]), None)
    if text == "," and index + 1 < end and words[index + 1].text in telling("relative"):
        closing = next((at for at in range(index + 2, end) if words[at].text == ","), None)
        return closing if closing is not None and closing + 2 >= end else None  # "..., in 2003"
    if text == "," and [word.text for word in words[index + 2 : index + 4]] == ["time", ","]:
        return index + 3  # "at midnight on Tuesday, Moscow time, ..."
    return None


_PAIRED = {"–": "–", "—": "—", "(": ")"}


def date_of_count(words: list[Word], first: int, trigger: int) -> int | None:
    """The date before a count: "signed in 1997 by 122", "In 1997 the treaty had 122 signatories"."""
    for index in range(trigger):
        if date_at(words[index]) is None or _is_of_today(words[index]):
            continue
        behind = [word.text for word in words[index + 1 : index + 4] if word.text not in (",", "the")]
        leads = index < 2 and not telling("counted").isdisjoint(behind[:1])
        if leads or (index >= first and behind[:1] == ["by"]):
            return index
    return None


def is_one_of_several(words: list[Word], index: int) -> bool:
    """ "on 27 December, 10 January and 20 February": whose date is which, the sentence alone does not say."""
    after = [w.text for w in words[index + 1 : index + 4]]
    before = [w.text for w in words[max(0, index - 2) : index]]
    if after[:2] in ([",", "<D>"], ["and", "<D>"]):
        beside, link = words[index + 2], after[0]
    elif after == [",", "and", "<D>"]:
        beside, link = words[index + 3], ","
    elif before in (["<D>", "and"], ["<D>", ","]):
        beside, link = words[index - 2], before[1]
    else:
        return False
    if _is_of_today(words[index]) != _is_of_today(beside):
        return False  # "in force since 2010, today has 112 parties": "today" is another's
    return link == "and" or _hangs(words[index]) == _hangs(beside)


def _is_of_today(word: Word) -> bool:
    """Whether a date is "today" or "now", which no list of days has."""
    time = word.mention.time if word.mention is not None else None
    return time is not None and time.text.lower().removeprefix("as of ") in _OF_TODAY


_OF_TODAY = frozenset({"today", "now", "at present", "currently"})


def _hangs(word: Word) -> int:
    """What a date hangs on: 0 nothing, 1 publication ("Thursday"), 2 a date told before ("a day later")."""
    time = word.mention.time if word.mention is not None else None
    return 0 if time is None else 2 * time.anchor or int(time.relative and not time.yearless)


def said_again(words: list[Word], index: int) -> int:
    """Where a date that is reckoned is said once more as one: "on the same day, 25 September 2003"."""
    behind = [word.text for word in words[index + 1 : index + 4]]
    again = index + 1 + behind.index("<D>") if "<D>" in behind else index
    if behind[:1] == [","] and (again == index + 2 or not telling("dates_open").isdisjoint(behind[1:2])):
        return again if _hangs(words[again]) < _hangs(words[index]) else index
    return index


def counts_to_another(words: list[Word], index: int, trigger: int) -> bool:
    """ "a year before Latvia joined", "on the same day as Latvia": reckoned from an act of somebody else."""
    time = date_at(words[index])
    if time is None or time.offset is None or not time.anchor:
        return False
    reckons = index < trigger and time.text.lower().endswith(("before", "after")) and " " in time.text.strip()
    told = [word.text for word in words[index + 1 : index + 4]]
    if (
        reckons
        and told[:1] in (["the"], ["that"], ["this"])
        and told[1:2]
        and told[1] in telling("acts_told")
    ):
        return told[2:] in (["of"], ["by"], ["in"])  # "the day after the vote": that which was told last
    return reckons or (index + 1 < len(words) and words[index + 1].text == "as")


def date_at(word: Word) -> Time | None:
    """The date that a word stands for, unless it is part of a name ("the 1997 convention")."""
    mention = word.mention
    if word.text != "<D>" or mention is None or mention.time is None or mention.time.name_like:
        return None
    return mention.time


def is_past(word: str) -> bool:
    """Whether a word tells of something over ("lodged", "gave")."""
    first = word.split(maxsplit=1)[0]
    return first in telling("past") or first.endswith("ed")
