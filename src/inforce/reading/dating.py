"""When: the date that belongs to an act, resolved against publication, tense and the dates before it."""

from __future__ import annotations

import functools
import re
from datetime import date

from inforce.dates import parse_edtf
from inforce.errors import UsageError
from inforce.reading.clauses import clause_start
from inforce.reading.frames import Hit, Masked, Word
from inforce.reading.story import Story
from inforce.reading.times import reread, resolve_relative
from inforce.reading.which_date import (
    counts_to_another,
    date_at,
    date_of_count,
    date_word,
    is_one_of_several,
    is_past,
    said_again,
    telling,
)
from inforce.vocabulary import Modality

_REACH = 14  # words before a date within which one that lends it its year may stand
_DATES_KEPT = 1 << 12
_DAY = len("2026-01-10")
_RANKED = 6  # words from "had been the first to" to its act
_AHEAD = frozenset({Modality.PLANNED, Modality.REQUIRED, Modality.POSSIBLE, Modality.CONSIDERED})
_YEAR = re.compile(r"(?<!\d)\d{4}(?=-|/|$)", re.ASCII)


def when_of(masked: Masked, hit: Hit, story: Story, modality: Modality, used: set[int]) -> str | None:
    """The date that stands beside the trigger, resolved; None where the text gives none."""
    index = date_word(masked, hit, used)
    if index is None:
        return None
    used.add(index)
    if modality in _AHEAD and _is_of_saying(masked.words, index, hit.trigger):
        return None
    reckoned, index = index, said_again(masked.words, index)
    used.add(index)
    if is_one_of_several(masked.words, index) or counts_to_another(masked.words, index, hit.trigger):
        return None
    past = modality is Modality.DONE and _is_told_as_past(_verb(masked.words, hit))
    when = _coming_weekday(masked, hit, index, story, modality)
    when = when or resolve_date(masked, index, story, modality, past=past)
    if index != reckoned and when is not None and (day := date_at(masked.words[index])) and day.yearless:
        near = _in_year_of(when, resolve_date(masked, reckoned, story, modality, past=past))
        when = when if past and lies_after(near, story.published) else near
    start = clause_start(masked.words, index)
    if when and ".." not in when and masked.words[start].text == "before" and start <= index < hit.trigger:
        return "../" + when  # "Before joining in 2011 it held ..."
    return when


def _verb(words: list[Word], hit: Hit) -> list[Word]:
    """The words that tell the tense of an act: "had been first to clear" stands further from it."""
    before = [word.text for word in words[max(0, hit.trigger - 2) : hit.trigger]]
    far = before[1:] == ["to"] and before[0] in telling("ranks")
    return words[max(hit.first, hit.trigger - (_RANKED if far else 2)) : hit.trigger + 1]


def _is_of_saying(words: list[Word], index: int, trigger: int) -> bool:
    """ "Said on Monday they were leaving": the day of the words, not of what they announce."""
    before = [
        word.text for word in words[max(0, index - 2) : index] if word.text not in telling("dates_open")
    ]
    return index < trigger and before[-1:] != [] and before[-1] in telling("words_said")


def _coming_weekday(masked: Masked, hit: Hit, index: int, story: Story, modality: Modality) -> str | None:
    """ "Will leave on Saturday", "leaves on Saturday": the next one, of an act to come."""
    time = date_at(masked.words[index])
    if time is None or not time.relative or time.yearless or time.anchor or len(time.point or "") != _DAY:
        return None
    standing = hit.frame.kind == "membership" and time.relation != "since"
    coming = standing or "will" in masked.texts[hit.first : hit.last] or _is_told_in_present(masked, hit)
    if modality not in _AHEAD and not coming:
        return None
    ahead = reread(time, story.published, "future").edtf
    return ahead if ahead != time.edtf else None


def _is_told_in_present(masked: Masked, hit: Hit) -> bool:
    """ "Leaves", "is out", not "became the second to leave"."""
    told = masked.texts[hit.first : hit.trigger + 1]
    return told[-1].endswith(tuple(telling("present"))) and not any(map(is_past, told))


def _is_told_as_past(verb: list[Word]) -> bool:
    """ "Left", "was gone"; but "are gone on 27 December" may be to come."""
    present = len(verb) > 1 and verb[-2].text in ("is", "are")
    return not present and any(is_past(word.text) for word in verb)


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
            break
        if date_at(words[index]) is not None:
            return resolve_date(masked, index, story, modality)
    before = date_of_count(words, hit.first, hit.trigger)
    return None if before is None else resolve_date(masked, before, story, modality, past=True)


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
        reference = _previous_date(masked, index, story, past=past) or _told_last(story)
        return resolve_relative(time, reference) if reference else None
    if not (time.relative and time.yearless) or story.published is None:
        return time.edtf
    carried = _in_year_before(masked, index, time.edtf) or _in_year_of_line(story, time.edtf)
    if carried is not None and not (modality in _AHEAD and _lies_before(carried, story.published)):
        return carried
    told = _in_year_told(story, time.edtf) if past and _goes_on(masked, index, story) else None
    if told is not None:
        return told
    if modality in _AHEAD and _lies_before(time.edtf, story.published):
        return _shift_years(time.edtf, 1)
    if past and lies_after(time.edtf, story.published):
        return _shift_years(time.edtf, -1)
    return time.edtf


def _told_last(story: Story) -> str | None:
    """The date told last, in the year of the timeline's line if it had none of its own."""
    told = story.last_date
    return (_in_year_of_line(story, told) if told and story.last_yearless else None) or told


def _in_year_before(masked: Masked, index: int, edtf: str) -> str | None:
    """ "Adopted on 18 September 1997 and opened for signature on 3 December": the year goes on."""
    words = masked.words
    earlier = next((i for i in range(index - 1, max(-1, index - _REACH), -1) if date_at(words[i])), None)
    if earlier is None or words[earlier + 1].text != "and":
        return None
    if any(word.mention is not None and word.mention.kind in "SPGHT" for word in words[earlier + 1 : index]):
        return None
    time = date_at(words[earlier])
    before, (day, _) = _bounds(time.edtf if time else None), _bounds(edtf)
    if time is None or time.relative or before[0] is None or day is None or before[0].year >= day.year:
        return None
    carried = _shift_years(edtf, before[0].year - day.year)
    first, _ = _bounds(carried)
    return carried if first is not None and first >= before[0] else None


def _in_year_of(when: str, reckoned: str | None) -> str | None:
    """ "Two years later, in March": the March of the year to which the two years lead."""
    (day, _), (near, _) = _bounds(when), _bounds(reckoned)
    return when if day is None or near is None else _shift_years(when, near.year - day.year)


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


def _goes_on(masked: Masked, index: int, story: Story) -> bool:
    """Whether a sentence tells on: with a time at its head, or of whom the one before it told.

    "Burundi left in October 2017. Hungary quit in June": this June, as far as the text goes.
    """
    if index < 2:
        return True
    actors = (mention for _, mention in masked.named if mention.kind in "SGPH" and mention.states)
    first = next(actors, None)
    return first is None or first.lent or first.anaphor or not set(first.states).isdisjoint(story.subject)


def has_own_date(masked: Masked, trigger: int) -> bool:
    """Whether a part of a sentence, up to a semicolon, tells a date that does not only head its line."""
    texts = masked.texts
    first = next((at + 1 for at in range(trigger, 0, -1) if texts[at] == ";"), 0)
    last = next((at for at in range(trigger, len(texts)) if texts[at] == ";"), len(texts))
    return "<D>" in texts[max(first, 2) : last]


def lies_after(edtf: str | None, day: date | None) -> bool:
    """Whether all of a date lies after a day."""
    first, _ = _bounds(edtf)
    return first is not None and day is not None and first > day


def is_still_ahead(masked: Masked, hit: Hit, edtf: str, day: date | None) -> bool:
    """ "Leaves this month": told in the present of a time that is not over."""
    first, last = _bounds(edtf)
    if day is None or first is None or last is None or not first <= day < last:
        return False
    return _is_told_in_present(masked, hit)


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


def _previous_date(masked: Masked, index: int, story: Story, *, past: bool) -> str | None:
    """The date told before in the sentence; told as over and without its year, it lies behind publication."""
    for word in reversed(masked.words[:index]):
        time = word.mention.time if word.mention is not None else None
        if time is None or not time.edtf:
            continue
        over = past and time.yearless and lies_after(time.edtf, story.published)
        return _shift_years(time.edtf, -1) if over else time.edtf
    return None
