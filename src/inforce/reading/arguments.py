"""The parts of a claim beside its frame: who, which treaty, when, how much, of what."""

from __future__ import annotations

from datetime import date
from typing import Any

from inforce.dates import parse_edtf
from inforce.errors import UsageError
from inforce.reading.clauses import clause_start, find_actor
from inforce.reading.frames import Hit, Masked, Word
from inforce.reading.lexicon import Lexicon
from inforce.reading.mentions import Mention
from inforce.reading.model import Money
from inforce.reading.speech import Speech
from inforce.reading.story import Story
from inforce.reading.times import reread, resolve_relative
from inforce.vocabulary import Modality

_STATE_KINDS = frozenset("SPGHFC")
_DATE_REACH = 14


def states_at(masked: Masked, index: int, story: Story, speech: Speech, acting_for_state: bool = False) -> tuple[str, ...]:
    """The states that a word stands for: a mention, or a pronoun in the story.

    A firm or person stands for the story's state, but where `acting_for_state`: they sign no treaties.
    """
    word = masked.words[index]
    mention = word.mention
    if mention is not None:
        if mention.kind in _STATE_KINDS:
            return mention.states
        if mention.kind in "XO":
            return mention.states or (() if acting_for_state else story.single())
        return ()
    if word.text in ("we", "i", "us", "our"):
        speaker = speech.at(word.first)
        return (speaker.of,) if speaker and speaker.of else story.single()
    if word.text in ("it", "he", "she", "its"):
        return _earlier_single(masked, index) or story.single()
    if word.text in ("they", "them", "their", "who", "which", "that"):
        return _earlier_group(masked, index) or (story.groups[-1] if story.groups else story.subject)
    return ()


def _earlier_single(masked: Masked, index: int) -> tuple[str, ...]:
    for word in masked.words[:index]:
        if word.mention is not None and word.mention.kind in _STATE_KINDS and len(word.mention.states) == 1:
            return word.mention.states
    return ()


def _earlier_group(masked: Masked, index: int) -> tuple[str, ...]:
    for word in reversed(masked.words[:index]):
        if word.mention is not None and word.mention.kind in _STATE_KINDS and word.mention.states:
            return word.mention.states
    return ()


def subject_of(masked: Masked, hit: Hit, story: Story, speech: Speech) -> tuple[tuple[str, ...], int | None]:
    """The states a hit is about, and the word that names them; none where nothing tells."""
    for index in (hit.subject, find_actor(masked.words, hit.trigger)):
        if index is None:
            continue
        states = states_at(masked, index, story, speech, hit.frame.kind in ("treaty-action", "membership"))
        if states:
            return states, index
        if masked.words[index].text in ("<S>", "<X>", "<O>"):
            return (), None
    following = _actor_after_participle(masked, hit.trigger)
    if following is not None and (states := states_at(masked, following, story, speech)):
        return states, following
    if _of_nobody_named(masked, hit.trigger):
        return (), None
    speaker = speech.at(masked.words[hit.trigger].first)
    if speaker is not None and speaker.of:
        return (speaker.of,), None
    if story.subject and story.subject_block == story.block:
        return story.subject, None
    return story.single(), None


def _of_nobody_named(masked: Masked, trigger: int) -> bool:
    """Whether a relative clause hangs on a plain noun: "the countries that have not signed"."""
    words = masked.words
    start = clause_start(words, trigger)
    if words[start].text not in ("that", "which", "who"):
        start = next((i for i in range(trigger, start, -1) if words[i].text in ("that", "which", "who")), -1)
    return start > 0 and words[start - 1].mention is None and words[start - 1].text.isalpha()


def _actor_after_participle(masked: Masked, trigger: int) -> int | None:
    """"Having notified the UN, both governments ...": the main clause names who acts."""
    words = masked.words
    start = clause_start(words, trigger)
    if start > 1 or not any(w.text.endswith("ing") for w in words[start : start + 2]):
        return None
    for index in range(trigger + 1, len(words) - 1):
        if words[index].text == "," and words[index + 1].mention is not None and words[index + 1].text in ("<S>", "<G>", "<P>"):
            return index + 1
        if words[index].text == "," and index + 2 < len(words) and words[index + 1].text == "the" and words[index + 2].text in ("<S>", "<G>"):
            return index + 2
    return None


def treaty_of(masked: Masked, hit: Hit, story: Story, lexicon: Lexicon) -> tuple[str, ...]:
    """The treaty a hit is about: named in the match, in the clause, in the sentence, or the story's."""
    words = masked.words
    inside = [w for w in words[hit.first : hit.last] if w.text == "<T>"]
    start = clause_start(words, hit.trigger)
    near = [i for i, w in enumerate(words) if w.text == "<T>"]
    if near:

        def distance(i: int) -> int:
            return abs(i - hit.trigger) + 6 * (i < start) + (0 if hit.first <= i < hit.last else 3 if not inside else 8)

        index = min(near, key=distance)
        return _keys(words[index]) + _listed_treaties(words, index)
    latest = story.latest_treaty(lexicon)
    return (latest,) if latest else ()


def _listed_treaties(words: list[Word], at: int) -> tuple[str, ...]:
    """Further treaties of a list: "to the ..., to the ... and to the ..."."""
    found: tuple[str, ...] = ()
    index = at + 1
    while index < len(words) and words[index].text in (",", "and", "to", "the", "as", "well", "<T>", "of"):
        if words[index].text == "<T>":
            found += tuple(k for k in _keys(words[index]) if k not in found)
        index += 1
    return tuple(k for k in found if k not in _keys(words[at]))


def _keys(word: Word) -> tuple[str, ...]:
    mention = word.mention
    if mention is None or mention.treaty is None:
        return ()
    return tuple(mention.name.split("+")) if mention.name and "+" in mention.name else (mention.treaty,)


# -- when --------------------------------------------------------------------------------------


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
    """"on 27 December, 10 January and 20 February": whose date is which, the sentence alone does not say."""
    after = [w.text for w in words[index + 1 : index + 4]]
    before = [w.text for w in words[max(0, index - 2) : index]]
    return after[:2] in ([",", "<D>"], ["and", "<D>"]) or after == [",", "and", "<D>"] or before[-2:] in (["<D>", "and"], ["<D>", ","])


def _counts_to_another(words: list[Word], index: int, trigger: int) -> bool:
    """"a year before Latvia joined", "on the same day as Latvia": reckoned from an act of somebody else."""
    mention = words[index].mention
    if mention is None or mention.time is None or mention.time.offset is None or not mention.time.anchor:
        return False
    return (index < trigger and words[index].last - words[index].first > 1 and mention.time.text.lower().endswith(("before", "after"))) or (
        index + 1 < len(words) and words[index + 1].text == "as"
    )


_PAST = frozenset(
    "left quit went gave given told sent took taken became become got made bought laid put came gone withdrew withdrawn wrote written began begun"
    " was were had said held kept stood fell rose lost tore torn shed brought been done notice notices proposal recommendation".split()
)


def is_past(word: str) -> bool:
    """Whether a verb form tells of something over ("lodged", "gave")."""
    first = word.split()[0]
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
        lean = "future" if modality in (Modality.PLANNED, Modality.REQUIRED, Modality.POSSIBLE, Modality.CONSIDERED) else None
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
    dates = [i for i, w in enumerate(words) if w.text == "<D>" and w.mention and w.mention.time and not w.mention.time.name_like]
    for index in dates:
        if hit.trigger < index < hit.last:
            return index
        if hit.last <= index <= hit.last + _DATE_REACH and index not in used and not _parted(words, hit.last, index):
            return index
    start = clause_start(words, hit.trigger)
    before = [i for i in dates if start <= i < hit.trigger and i not in used]
    if before:
        return before[-1]
    shared = [i for i in dates if max(start, hit.first) <= i < hit.trigger]
    if shared and hit.first > 0:
        return shared[-1]
    lead = [i for i in dates if i < min(6, hit.trigger)]
    if lead and not _parted(words, lead[0] + 2, hit.trigger):
        return lead[0]
    return None


def _parted(words: list[Word], start: int, end: int) -> bool:
    """Whether a new clause with its own actor, or a break, lies between two words."""
    for index in range(start, end):
        text = words[index].text
        if text in (";", '"', ":", "but", "while", "whereas", "although", "(", "–", "—", "which", "who", "before", "after", "because", "since"):
            return True
        if text == "," and index + 1 < end and words[index + 1].text in _NEW_PART:
            return True
        if text in (",", "and") and index + 1 < end and words[index + 1].text in ("<S>", "<P>", "<G>", "<H>", "<T>", "it", "they", "which", "who"):
            return True
    return False


#: After a comma these open a part of the sentence with dates of its own.
_NEW_PART = frozenset("a an the one its their signed adopted opened approved from with as having ratified concluded".split())


def lies_after(edtf: str | None, day: date | None) -> bool:
    """Whether all of a date lies after a day."""
    if edtf is None or day is None:
        return False
    try:
        first = parse_edtf(edtf).first
    except UsageError:
        return False
    return first is not None and first > day


# -- how much, of what ---------------------------------------------------------------------------


def items_near(masked: Masked, hit: Hit, lexicon: Lexicon) -> tuple[str, ...]:
    """The weapons of the trigger's clause, those named together; narrower before wider ones."""
    words = masked.words
    found = [i for i, w in enumerate(words) if w.text == "<W>" and w.mention and w.mention.item]
    inside = [i for i in found if hit.first <= i < hit.last] or [
        i for i in found if hit.trigger < i <= hit.trigger + 16 and not _parted(words, hit.trigger + 1, i)
    ]
    if not inside:
        return ()
    nearest = min(inside, key=lambda i: (i < hit.trigger, abs(i - hit.trigger)))
    group = [nearest]
    for step in (1, -1):
        at = nearest
        while (neighbour := _listed_weapon(words, at, step)) is not None:
            group.append(neighbour)
            at = neighbour
    items = [w.mention.item for i in sorted(group) if (w := words[i]).mention is not None and w.mention.item]
    return tuple(dict.fromkeys(items))


def _listed_weapon(words: list[Word], at: int, step: int) -> int | None:
    for distance in range(2, 6):
        index = at + step * distance
        if not 0 <= index < len(words):
            return None
        if words[index].text == "<W>":
            between = {w.text for w in words[min(at, index) + 1 : max(at, index)]}
            return index if between <= {"and", "or", ",", "both", "as", "well", "of", "the", "on", "not", "for", "also"} else None
    return None


def activities_near(masked: Masked, hit: Hit, lexicon: Lexicon) -> tuple[str, ...]:
    """The activities named in the clause, in the text's order."""
    keys = {word: key for key, group in lexicon.terms["activities"].items() for word in group}
    words = masked.words
    end = hit.last
    while end < len(words) and words[end].text not in (".", ";", ":", '"') and end < hit.last + 24:
        if words[end].text in ("but", "while", "which", "unless") or (words[end].text == "and" and words[min(end + 1, len(words) - 1)].text in ("it", "<T>", "<S>")):
            break
        end += 1
    start = max(clause_start(words, hit.trigger), hit.first)
    found: dict[str, None] = {}
    for index in range(start, end):
        if index == hit.trigger:
            continue
        for length in (3, 2, 1):
            phrase = " ".join(w.text for w in words[index : index + length])
            if phrase in keys and index + length <= end:
                found.setdefault(keys[phrase])
                break
    return tuple(found)


def count_near(masked: Masked, hit: Hit, kinds: tuple[str, ...] = ("<N>",)) -> tuple[int, str] | None:
    """The number at or beside the trigger: value and comparator; with "<R>" also "the 112th"."""
    words = masked.words
    if words[hit.trigger].text in kinds:
        return _count(words[hit.trigger])
    inside = [i for i in range(max(0, hit.first - 2), min(hit.last + 4, len(words))) if words[i].text in kinds]
    if not inside:
        return None
    return _count(words[min(inside, key=lambda i: (i < hit.trigger, abs(i - hit.trigger)))])


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
    """The sum told in the match, if any."""
    inside = [w for w in masked.words[hit.first : hit.last + 3] if w.text == "<M>"]
    if not inside or inside[0].mention is None or inside[0].mention.amount is None:
        return None
    amount = inside[0].mention.amount
    value: Any = int(amount.value) if amount.value == int(amount.value) else amount.value
    return Money(amount=value, currency=amount.currency, comparator=amount.comparator)


def recipients_near(masked: Masked, hit: Hit, subject: tuple[str, ...]) -> tuple[str, ...]:
    """States that a transfer goes to: behind "to" or "for", or the verb's object."""
    words = masked.words
    for index in range(hit.trigger, min(hit.last + 8, len(words))):
        mention = words[index].mention
        if mention is not None and mention.kind in "SL" and mention.states and mention.states != subject:
            return mention.states
    return ()


def suppliers_near(masked: Masked, hit: Hit) -> tuple[str, ...]:
    """Organisations that act in the clause: "Nammo Lapua, Insta and Raikka"."""
    words = masked.words
    start = clause_start(words, hit.trigger)
    found: list[str] = []
    for index in range(max(0, min(start, hit.first)), hit.trigger):
        mention = words[index].mention
        if mention is None or not mention.name:
            continue
        if mention.kind == "O" or (mention.kind == "X" and not mention.role and not mention.states):
            found.append(mention.name)
    return tuple(dict.fromkeys(found))


def place_near(masked: Masked, hit: Hit, tokens_text: Any) -> str | None:
    """The town behind "in" or "at" beside the trigger."""
    words = masked.words
    for index in range(hit.trigger + 1, min(hit.last + 6, len(words))):
        mention = words[index].mention
        if words[index].text == "<L>" and mention is not None:
            return str(tokens_text(mention.first, mention.last))
        if words[index].text in (".", ";"):
            return None
    return None


def count_date(masked: Masked, hit: Hit, story: Story, modality: Modality) -> str | None:
    """The date right beside a count: "166 last summer", "had 166 parties until 27 December"."""
    words = masked.words
    for index in range(hit.trigger, min(hit.last + 4, len(words))):
        if words[index].text in (",", ";", ".", "and", "but", '"'):
            return None
        mention = words[index].mention
        if words[index].text == "<D>" and mention is not None and mention.time is not None and not mention.time.name_like:
            return resolve_date(mention, masked, index, story, modality)
    return None


def is_neither(masked: Masked, hit: Hit) -> bool:
    """Whether the treaties of the match are named by "neither"."""
    found = [w.mention for w in masked.words[hit.trigger : hit.last + 6] if w.text == "<T>" and w.mention is not None]
    return any(m.role == "neither" for m in found)


#: What a text may count a period of notice from, by the first telling word behind it.
_CLOCKS = {
    "receipt": ("receipt", "received", "receives", "lands", "notified", "notice", "notification", "depositary", "<Q>", "told", "informed", "deposit", "submission", "lodged", "letter", "instrument", "papers"),
    "vote in parliament": ("vote", "voted", "<P>", "parliament", "ballot", "approval"),
    "announcement": ("announcement", "announced", "decision", "speech", "statement"),
    "signature of the law": ("decree", "law", "signature", "promulgation", "<H>", "signed"),
}  # fmt: skip


def clock_of(masked: Masked, hit: Hit) -> str | None:
    """The event from which the text counts the notice, where it names one."""
    words = masked.words
    opened = False
    for index in range(hit.first, min(hit.last + 10, len(words))):
        text = words[index].text
        opened = opened or text in ("after", "from", "following", "since")
        if text in (".", ";", '"'):
            return None
        if opened:
            event = next((clock for clock, said in _CLOCKS.items() if text in said), None)
            if event is not None:
                return event
    return None
