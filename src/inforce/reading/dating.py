"""When: the date that belongs to an act, resolved against publication, tense and the dates before it."""

from __future__ import annotations

import functools
import re
from datetime import date

from inforce.dates import parse_edtf
from inforce.errors import UsageError
from inforce.reading.clauses import clause_start
from inforce.reading.frames import Hit, Masked, Word
from inforce.reading.lexicon import data
from inforce.reading.story import Story
from inforce.reading.times import Time, resolve_relative
from inforce.vocabulary import Modality

_REACH = 14  # words behind a match within which its date may stand
_DATES_KEPT = 1 << 12
_LEAD = 6  # words at the head of a sentence within which a date dates the whole
_AHEAD = frozenset({Modality.PLANNED, Modality.REQUIRED, Modality.POSSIBLE, Modality.CONSIDERED})
_YEAR = re.compile(r"(?<!\d)\d{4}(?=-|/|$)", re.ASCII)


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(data("dating.yaml")[name])


def when_of(masked: Masked, hit: Hit, story: Story, modality: Modality, used: set[int]) -> str | None:
    """The date that stands beside the trigger, resolved; None where the text gives none."""
    index = _date_word(masked, hit, used)
    if index is None:
        return None
    used.add(index)
    if _is_one_of_several(masked.words, index) or _counts_to_another(masked.words, index, hit.trigger):
        return None
    verb = masked.words[max(hit.first, hit.trigger - 2) : hit.trigger + 1]
    past = modality is Modality.DONE and any(is_past(word.text) for word in verb)
    when = resolve_date(masked, index, story, modality, past=past)
    start = clause_start(masked.words, index)
    if when and ".." not in when and masked.words[start].text == "before" and start <= index < hit.trigger:
        return "../" + when  # "Before joining in 2011 it held ..."
    return when


def until_then(masked: Masked, hit: Hit, story: Story) -> str | None:
    """ "Until then Latvia remains a party": up to the day named last."""
    start = clause_start(masked.words, hit.trigger)
    head = [word.text for word in masked.words[start : start + 2]]
    tail = [word.text for word in masked.words[hit.last : hit.last + 2]]
    if ["until", "then"] not in (head, tail) or story.last_date is None or ".." in story.last_date:
        return None
    if not lies_after(story.last_date, story.published):
        return None  # something over was told last: the day meant is another
    return "../" + story.last_date.rpartition("/")[2]


def count_date(masked: Masked, hit: Hit, story: Story, modality: Modality) -> str | None:
    """The date right beside a count: "166 last summer", "had 166 parties until 27 December"."""
    words = masked.words
    for index in range(hit.trigger, min(hit.last + 4, len(words))):
        if words[index].text in (",", ";", ".", "and", "but", '"'):
            return None
        if _date_at(words[index]) is not None:
            return resolve_date(masked, index, story, modality)
    return None


def resolve_date(
    masked: Masked, index: int, story: Story, modality: Modality, *, past: bool = False
) -> str | None:
    """The date at a word as EDTF: against publication, the tense, or the date named before it.

    A day told without its year lies behind publication where the act is told as over (`past`), and
    ahead of it where the act is told as still to come.
    """
    mention = masked.words[index].mention
    time = mention.time if mention is not None else None
    if time is None:
        return None
    if time.edtf is None:
        reference = _previous_date(masked, index) or story.last_date
        return resolve_relative(time, reference) if reference else None
    if not (time.relative and time.yearless) or story.published is None:
        return time.edtf
    carried = _in_year_before(masked, index, time.edtf) or _in_year_of_line(story, time.edtf)
    if carried is not None:
        return carried
    told = _in_year_told(story, time.edtf) if past else None
    if told is not None:
        return told
    if modality in _AHEAD and _lies_before(time.edtf, story.published):
        return _shift_years(time.edtf, 1)
    if past and lies_after(time.edtf, story.published):
        return _shift_years(time.edtf, -1)
    return time.edtf


def _in_year_before(masked: Masked, index: int, edtf: str) -> str | None:
    """ "Adopted on 18 September 1997 and opened for signature on 3 December": the year goes on."""
    words = masked.words
    earlier = next((i for i in range(index - 1, max(-1, index - _REACH), -1) if _date_at(words[i])), None)
    if earlier is None or words[earlier + 1].text != "and":
        return None
    if any(word.mention is not None and word.mention.kind in "SPGHT" for word in words[earlier + 1 : index]):
        return None
    time = _date_at(words[earlier])
    before, (day, _) = _bounds(time.edtf if time else None), _bounds(edtf)
    if time is None or time.relative or before[0] is None or day is None or before[0].year >= day.year:
        return None
    carried = _shift_years(edtf, before[0].year - day.year)
    first, _ = _bounds(carried)
    return carried if first is not None and first >= before[0] else None


def _in_year_of_line(story: Story, edtf: str) -> str | None:
    """In a line of a timeline a day without its year is the first such day from that which heads the line."""
    (heads, _), (day, _) = _bounds(story.line_date), _bounds(edtf)
    if heads is None or day is None:
        return None
    shifted = [_shift_years(edtf, years) for years in (heads.year - day.year, heads.year - day.year + 1)]
    return next((each for each in shifted if each and (_bounds(each)[0] or heads) >= heads), None)


def _in_year_told(story: Story, edtf: str) -> str | None:
    """ "It signed on 3 March 2019. In May it ratified": the first May from then on, if long over."""
    (before, _), (day, _) = _bounds(story.day_told), _bounds(edtf)
    if before is None or day is None or story.published is None or before.year >= story.published.year - 1:
        return None
    shifted = [_shift_years(edtf, before.year + more - day.year) for more in (0, 1)]
    found = next((each for each in shifted if each and (_bounds(each)[0] or before) >= before), None)
    return None if lies_after(found, story.published) else found


def has_own_date(masked: Masked) -> bool:
    """Whether a sentence tells a date that does not only head its line."""
    return any(word.text == "<D>" for word in masked.words[2:])


def is_past(word: str) -> bool:
    """Whether a word tells of something over ("lodged", "gave")."""
    first = word.split(maxsplit=1)[0]
    return first in _words("past") or first.endswith("ed")


def lies_after(edtf: str | None, day: date | None) -> bool:
    """Whether all of a date lies after a day."""
    first, _ = _bounds(edtf)
    return first is not None and day is not None and first > day


def is_still_ahead(masked: Masked, hit: Hit, edtf: str, day: date | None) -> bool:
    """ "Leaves this month": told in the present of a time that is not over."""
    first, last = _bounds(edtf)
    if day is None or first is None or last is None or not first <= day < last:
        return False
    word = masked.words[hit.trigger].text
    return not is_past(word) and word.endswith(tuple(_words("present")))


def _lies_before(edtf: str, day: date) -> bool:
    _, last = _bounds(edtf)
    return last is not None and last < day


@functools.lru_cache(maxsize=_DATES_KEPT)
def _bounds(edtf: str | None) -> tuple[date | None, date | None]:
    if edtf is None:
        return None, None
    try:
        parsed = parse_edtf(edtf)
    except UsageError:
        return None, None
    return parsed.first, parsed.last


def _shift_years(edtf: str, years: int) -> str | None:
    """The same days in another year; None where one of them does not exist there."""
    shifted = _YEAR.sub(lambda m: f"{int(m.group()) + years:04}", edtf)
    return shifted if _bounds(shifted) != (None, None) else None


def _date_at(word: Word) -> Time | None:
    """The date that a word stands for, unless it is part of a name ("the 1997 convention")."""
    mention = word.mention
    if word.text != "<D>" or mention is None or mention.time is None or mention.time.name_like:
        return None
    return mention.time


def _previous_date(masked: Masked, index: int) -> str | None:
    for word in reversed(masked.words[:index]):
        if word.mention is not None and word.mention.time is not None and word.mention.time.edtf:
            return word.mention.time.edtf
    return None


# -- which date ------------------------------------------------------------------------------------


def _date_word(masked: Masked, hit: Hit, used: set[int]) -> int | None:
    """The date of a hit: behind the trigger, else before it in the clause, else at the sentence's head."""
    words = masked.words
    dates = [index for index, _ in masked.named if _date_at(words[index]) is not None]
    for index in dates:
        if hit.trigger < index < hit.last:
            return index
        if (
            hit.last <= index <= hit.last + _REACH
            and index not in used
            and (not is_parted(words, hit.last, index) or _is_in_brackets(words, hit.last, index))
        ):
            return index
    start = clause_start(words, hit.trigger)
    if words[hit.first].text in _words("joins"):
        start = max(start, hit.first)  # "acceded in 2004 and never left": the date is the other verb's
    start = max([start, *(at for at in range(start, hit.trigger) if words[at].text in _words("new_time"))])
    start = max(start, _subordinate(words, start, hit.trigger))
    before = [index for index in dates if start <= index < hit.trigger]
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
        if words[at].text not in _words("subordinating"):
            continue
        following = [word.text for word in words[at + 1 : at + 3] if word.text not in _ARTICLES]
        if following and following[0] in _words("clause_heads") and at + 1 < trigger:
            return at
    return 0


_ARTICLES = frozenset({"the", "a", "an"})


def _leading_date(words: list[Word], dates: list[int], trigger: int) -> int | None:
    lead = next((index for index in dates if index < min(_LEAD, trigger)), None)
    if lead is None or words[lead + 1].text in _words("ends") or is_parted(words, lead + 2, trigger):
        return None
    if words[lead + 1].text in _words("subordinating"):
        return None  # "it is ten years today since the pact took effect"
    return lead


def _is_in_brackets(words: list[Word], last: int, index: int) -> bool:
    """ "Late joiners: Finland (2012)"."""
    return index == last + 1 and words[last].text == "("


def is_parted(words: list[Word], start: int, end: int) -> bool:
    """Whether a new clause with its own actor, or a break, lies between two words."""
    for index in range(start, end):
        text = words[index].text
        following = words[index + 1].text if index + 1 < end else ""
        if text in ("since", ":") and index + 1 < len(words) and words[index + 1].text == "<D>":
            continue  # "since 2013" opens no clause; "in force: 1 March 1999" is a label with its value
        if text in _words("breaks"):
            return True
        if text == "," and following in _words("new_part"):
            return True
        if following == "the" and index + 2 < end:
            following = words[index + 2].text
        if text in (",", "and") and following in _words("clause_heads"):
            return True
    return False


def _is_one_of_several(words: list[Word], index: int) -> bool:
    """ "on 27 December, 10 January and 20 February": whose date is which, the sentence alone does not say."""
    after = [w.text for w in words[index + 1 : index + 4]]
    before = [w.text for w in words[max(0, index - 2) : index]]
    beside = next(
        (w for w in (*words[index + 2 : index + 3], *words[index - 2 : index - 1]) if w.text == "<D>"), None
    )
    if beside is not None and _is_of_today(words[index]) != _is_of_today(beside):
        return False  # "in force since 2010, today has 112 parties": "today" is another's
    return (
        after[:2] in ([",", "<D>"], ["and", "<D>"])
        or after == [",", "and", "<D>"]
        or before in (["<D>", "and"], ["<D>", ","])
    )


def _is_of_today(word: Word) -> bool:
    """Whether a date is "today" or "now", which no list of days has."""
    time = word.mention.time if word.mention is not None else None
    return time is not None and time.text.lower() in ("today", "now", "at present", "currently")


def _counts_to_another(words: list[Word], index: int, trigger: int) -> bool:
    """ "a year before Latvia joined", "on the same day as Latvia": reckoned from an act of somebody else."""
    time = _date_at(words[index])
    if time is None or time.offset is None or not time.anchor:
        return False
    reckons = index < trigger and time.text.lower().endswith(("before", "after")) and " " in time.text.strip()
    told = [word.text for word in words[index + 1 : index + 4]]
    if reckons and told[:1] in (["the"], ["that"], ["this"]) and told[1:2] and told[1] in _words("acts_told"):
        return told[2:] in (["of"], ["by"], ["in"])  # "the day after the vote": that which was told last
    return reckons or (index + 1 < len(words) and words[index + 1].text == "as")
