"""When: the date that belongs to an act, resolved against publication, tense and the dates before it."""

from __future__ import annotations

from datetime import date

from inforce.dates import parse_edtf
from inforce.errors import UsageError
from inforce.reading.clauses import clause_start
from inforce.reading.frames import Hit, Masked, Word
from inforce.reading.mentions import Mention
from inforce.reading.story import Story
from inforce.reading.times import reread, resolve_relative
from inforce.vocabulary import Modality

_DATE_REACH = 14

#: Marks behind a date at which what it dates is over.
_ENDS = frozenset({";", ")", "–", "—"})


def when_of(masked: Masked, hit: Hit, story: Story, modality: Modality, used: set[int]) -> str | None:
    """The date that stands beside the trigger, resolved; None where the text gives none."""
    index = _date_word(masked, hit, used)
    if index is None:
        return None
    mention = masked.words[index].mention
    assert mention is not None and mention.time is not None  # noqa: S101 - found as a date
    used.add(index)
    if _is_one_of_several(masked.words, index) or _counts_to_another(masked.words, index, hit.trigger):
        return None
    past = modality is Modality.DONE and is_past(masked.words[hit.trigger].text)
    when = resolve_date(mention, masked, index, story, modality, past)
    start = clause_start(masked.words, index)
    if when and ".." not in when and masked.words[start].text == "before" and start <= index < hit.trigger:
        return "../" + when  # "Before joining in 2011 it held ..."
    return when


def _is_one_of_several(words: list[Word], index: int) -> bool:
    """ "on 27 December, 10 January and 20 February": whose date is which, the sentence alone does not say."""
    after = [w.text for w in words[index + 1 : index + 4]]
    before = [w.text for w in words[max(0, index - 2) : index]]
    return (
        after[:2] in ([",", "<D>"], ["and", "<D>"])
        or after == [",", "and", "<D>"]
        or before[-2:] in (["<D>", "and"], ["<D>", ","])
    )


def _counts_to_another(words: list[Word], index: int, trigger: int) -> bool:
    """ "a year before Latvia joined", "on the same day as Latvia": reckoned from an act of somebody else."""
    mention = words[index].mention
    if mention is None or mention.time is None or mention.time.offset is None or not mention.time.anchor:
        return False
    return (
        index < trigger
        and words[index].last - words[index].first > 1
        and mention.time.text.lower().endswith(("before", "after"))
    ) or (index + 1 < len(words) and words[index + 1].text == "as")


_PAST = frozenset(
    [
        "left",
        "quit",
        "went",
        "gave",
        "given",
        "told",
        "sent",
        "took",
        "taken",
        "became",
        "become",
        "got",
        "made",
        "bought",
        "laid",
        "put",
        "came",
        "gone",
        "withdrew",
        "withdrawn",
        "wrote",
        "written",
        "began",
        "begun",
        "was",
        "were",
        "had",
        "said",
        "held",
        "kept",
        "stood",
        "fell",
        "rose",
        "lost",
        "tore",
        "torn",
        "shed",
        "brought",
        "been",
        "done",
        "notice",
        "notices",
        "proposal",
        "recommendation",
    ]
)


def is_past(word: str) -> bool:
    """Whether a verb form tells of something over ("lodged", "gave")."""
    first = word.split(maxsplit=1)[0]
    return first in _PAST or first.endswith("ed")


def resolve_date(
    mention: Mention, masked: Masked, index: int, story: Story, modality: Modality, past: bool = False
) -> str | None:
    """A date mention as EDTF: against publication, the tense, or the date named before it.

    With `past` the act is told as over, so that a day without its year cannot lie ahead.
    """
    time = mention.time
    if time is None:
        return None
    if time.edtf is None:
        reference = _previous_date(masked, index) or story.last_date
        return resolve_relative(time, reference) if reference else None
    if time.relative and time.yearless:
        lean = (
            "future"
            if modality in (Modality.PLANNED, Modality.REQUIRED, Modality.POSSIBLE, Modality.CONSIDERED)
            else None
        )
        if lean:
            return reread(time, story.published, "future").edtf
    if time.relative and time.yearless and past and lies_after(time.edtf, story.published):
        return reread(time, story.published, "past").edtf or time.edtf
    return time.edtf


def _previous_date(masked: Masked, index: int) -> str | None:
    for word in reversed(masked.words[:index]):
        if word.mention is not None and word.mention.time is not None and word.mention.time.edtf:
            return word.mention.time.edtf
    return None


def _date_word(masked: Masked, hit: Hit, used: set[int]) -> int | None:
    words = masked.words
    dates = [
        i
        for i, w in enumerate(words)
        if w.text == "<D>" and w.mention and w.mention.time and not w.mention.time.name_like
    ]
    for index in dates:
        if hit.trigger < index < hit.last:
            return index
        if (
            hit.last <= index <= hit.last + _DATE_REACH
            and index not in used
            and not is_parted(words, hit.last, index)
        ):
            return index
    start = clause_start(words, hit.trigger)
    before = [i for i in dates if start <= i < hit.trigger and i not in used]
    if before:
        return before[-1]
    shared = [i for i in dates if max(start, hit.first) <= i < hit.trigger]
    if shared and hit.first > 0:
        return shared[-1]
    lead = [i for i in dates if i < min(6, hit.trigger)]
    ends = bool(lead) and words[lead[0] + 1].text in _ENDS
    if lead and not ends and not is_parted(words, lead[0] + 2, hit.trigger):
        return lead[0]
    return None


def is_parted(words: list[Word], start: int, end: int) -> bool:
    """Whether a new clause with its own actor, or a break, lies between two words."""
    for index in range(start, end):
        text = words[index].text
        if text in ("since", ":") and words[index + 1].text == "<D>":
            continue  # "since 2013" opens no clause; "in force: 1 March 1999" is a label with its value
        if text in (
            ";",
            '"',
            ":",
            "but",
            "while",
            "whereas",
            "although",
            "(",
            "–",
            "—",
            "which",
            "who",
            "before",
            "after",
            "because",
            "since",
        ):
            return True
        if text == "," and index + 1 < end and words[index + 1].text in _NEW_PART:
            return True
        if (
            text in (",", "and")
            and index + 1 < end
            and words[index + 1].text in ("<S>", "<P>", "<G>", "<H>", "<T>", "it", "they", "which", "who")
        ):
            return True
    return False


#: After a comma these open a part of the sentence with dates of its own.
_NEW_PART = frozenset(
    [
        "a",
        "an",
        "the",
        "one",
        "its",
        "their",
        "signed",
        "adopted",
        "opened",
        "approved",
        "from",
        "with",
        "as",
        "having",
        "ratified",
        "concluded",
    ]
)


def lies_after(edtf: str | None, day: date | None) -> bool:
    """Whether all of a date lies after a day."""
    if edtf is None or day is None:
        return False
    try:
        first = parse_edtf(edtf).first
    except UsageError:
        return False
    return first is not None and first > day


def count_date(masked: Masked, hit: Hit, story: Story, modality: Modality) -> str | None:
    """The date right beside a count: "166 last summer", "had 166 parties until 27 December"."""
    words = masked.words
    for index in range(hit.trigger, min(hit.last + 4, len(words))):
        if words[index].text in (",", ";", ".", "and", "but", '"'):
            return None
        mention = words[index].mention
        if (
            words[index].text == "<D>"
            and mention is not None
            and mention.time is not None
            and not mention.time.name_like
        ):
            return resolve_date(mention, masked, index, story, modality)
    return None
