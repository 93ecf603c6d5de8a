"""What a text has spoken of so far: who "the country", "they" and "the convention" are.

A name resolves only where exactly one candidate is left; otherwise it stays open.
"""

from __future__ import annotations

import functools
from collections import Counter
from datetime import date
from itertools import chain

import msgspec

from inforce.reading.clauses import is_compared, listed, only_begins_so
from inforce.reading.frames import Masked
from inforce.reading.lexicon import Lexicon
from inforce.reading.mentions import Mention
from inforce.reading.story_treaties import (
    entitled_to,
    heading_treaty,
    is_annexed,
    resolve_treaty,
    return_to_focus,
    returns_after,
    treaty_focus_of,
)

_ACTING = "SPGHF"
_WORDS_KEPT = 1 << 15
_DATE_HEAD = 2  # words of a line's head: a dash and its date
_HEAD = 5  # words of a sentence's head, where the state stands that it is about
_GROUPS = 80  # groups of states looked through for "the five"


class Story(msgspec.Struct):
    """Memory of a reading, updated sentence by sentence."""

    published: date | None
    focus: str | None = None
    treaty_focus: str | None = None
    groups: list[tuple[str, ...]] = []
    all_groups: list[tuple[str, ...]] = []
    subject: tuple[str, ...] = ()
    treaties: list[str] = []  # each once, the last spoken of last
    named: tuple[str, ...] = ()  # all treaties that the text names, the most often named first
    returns_after: int = 0  # sentences on another treaty after which a new paragraph is back with the focus
    section: str | None = None  # the treaty of the heading that the paragraph stands under
    astray: int = 0  # sentences since another treaty than the focus was named
    block_treaty: str | None = None  # named last in this paragraph
    weapon_treaty: str | None = None  # on the weapon spoken of in this paragraph since a treaty was named
    here: tuple[str, ...] = ()  # all that this paragraph has named
    spoken_of: str | None = None  # the treaty named or pointed at last
    subject_block: int = -1
    block: int = -1
    item: tuple[str, ...] = ()
    last_date: str | None = None
    last_yearless: bool = False  # told without its year, which is then that of publication
    line_date: str | None = None  # the date with which a line of a timeline opens: "27 June 2025: ..."
    line_day: str | None = None  # the same, as long as its line tells no other date
    day_told: str | None = None  # the last date of this paragraph that has its own year and month
    joining: bool = False  # joining was spoken of
    leaving: bool = False  # leaving was spoken of

    def group_of(self, size: int) -> tuple[str, ...]:
        """The states last named together, or one after another, that are `size` in number."""
        for group in reversed(self.groups):
            if len(group) == size:
                return group
        recent = _distinct_run(self.groups[::-1], size)
        if recent:
            return recent
        for group in self.all_groups:
            if len(group) == size:
                return group
        for start in range(len(self.all_groups)):
            if run := _distinct_run(self.all_groups[start:], size):
                return run
        return ()

    def speak_of(self, *treaties: str) -> None:
        """Remember treaties as those last named."""
        for treaty in treaties:
            if treaty in self.treaties:
                self.treaties.remove(treaty)
            self.treaties.append(treaty)

    def latest_treaty(self, lexicon: Lexicon) -> str | None:
        """The treaty last named, protocols only where nothing else was."""
        parents = {lexicon.parents.get(t) for t in self.treaties}
        here = set(self.here) - parents
        if len(here) == 1:
            return here.pop()
        main = [t for t in self.treaties if not is_annexed(t, lexicon) and t not in parents]
        if not main and self.treaty_focus and not is_annexed(self.treaty_focus, lexicon):
            return self.treaty_focus
        return main[-1] if main else (self.treaties[-1] if self.treaties else self.treaty_focus)

    def several(self) -> tuple[str, ...]:
        """Who "they" are: those last spoken of where they are several, else the states last named."""
        if len(self.subject) > 1:
            return self.subject
        return self.groups[-1] if self.groups else self.subject

    def single(self) -> tuple[str, ...]:
        """The one state the story is with: the last subject, else the text's main state."""
        if len(self.subject) == 1:
            return self.subject
        return (self.focus,) if self.focus else ()


def _distinct_run(groups: list[tuple[str, ...]], size: int) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for group in groups[:8]:
        for state in group:
            seen.setdefault(state)
        if len(seen) == size:
            return tuple(seen)
        if len(seen) > size:
            return ()
    return ()


def open_story(
    mentions: list[Mention], published: date | None, title: list[Mention], lexicon: Lexicon
) -> Story:
    """The story before its first sentence: which state and treaty the whole text is mostly about."""
    states: Counter[str] = Counter()
    treaties: Counter[str] = Counter()
    first = next((m.treaty for m in mentions if m.kind == "T" and m.treaty), None)
    groups = []
    for number, mention in enumerate([*title, *mentions]):
        weight = 3 if number < len(title) else 1
        if mention.kind in "SAPGHF" and mention.states and not mention.anaphor:
            if len(mention.states) == 1:
                states[mention.states[0]] += 2 * weight
            else:
                states.update(mention.states)
            if mention.kind == "S":
                groups.append(mention.states)
        elif mention.kind == "T" and mention.treaty:
            treaties[mention.treaty] += weight
    return Story(
        published=published,
        focus=states.most_common(1)[0][0] if states else None,
        named=tuple(treaty for treaty, _ in treaties.most_common()),
        returns_after=returns_after(treaties, first, entitled_to(title, treaties)),
        treaty_focus=treaty_focus_of(treaties, [*title, *mentions], lexicon),
        all_groups=groups[:_GROUPS],
    )


def enter_sentence(story: Story, masked: Masked, lexicon: Lexicon, block: int) -> None:
    """Resolve a sentence's mentions against the story, left to right."""
    if block != story.block:
        return_to_focus(story)
        story.block_treaty, story.weapon_treaty, story.here = None, None, ()
        story.line_date = story.line_day = _opening_date(masked)
        story.day_told = None
    elif (heads := _opening_date(masked)) is not None:
        story.line_day = heads
    story.block = block
    if not (story.leaving and story.joining):
        said = set(chain.from_iterable(map(_says, masked.texts)))
        story.leaving = story.leaving or "says_leaving" in said
        story.joining = story.joining or "says_joining" in said
    for index, mention in masked.named:
        if mention.kind == "T" and not (_is_passing(masked, index) or is_compared(masked.words, index)):
            resolve_treaty(story, mention, lexicon)
        elif mention.kind in _ACTING or mention.kind == "C":
            if not _is_whoever(masked, index, mention):
                mention.states = mention.states or _apposed(masked, index, mention)
                if not (mention.anaphor and mention.states):
                    _resolve_states(story, mention, _owner(masked, index), lexicon)
        elif mention.kind == "W":
            _resolve_item(story, mention, lexicon)


def _is_whoever(masked: Masked, index: int, mention: Mention) -> bool:
    """ "All states that remain outside": not those told of before, but whichever they are."""
    if mention.kind != "S" or not mention.anaphor or mention.cardinal is not None:
        return False
    behind = masked.words[index + 1].text if index + 1 < len(masked.words) else ""
    return (mention.role or "").endswith("s") and behind in ("that", "which", "who", "outside", "not", "yet")


@functools.lru_cache(maxsize=_WORDS_KEPT)
def _says(word: str) -> tuple[str, ...]:
    """Of leaving and joining, what a word by its beginning speaks of."""
    ways = () if only_begins_so(word) else ("says_leaving", "says_joining")
    return tuple(way for way in ways if word.startswith(tuple(listed(way))))


def _opening_date(masked: Masked) -> str | None:
    """The date that heads a line: "22 May 2020: ...", "– August 2020. ..."."""
    words = masked.words
    at = 1 if len(words) > 1 and words[0].text in _DASHES else 0
    mention = words[at].mention
    if mention is None or mention.kind != "D" or mention.time is None or len(words) < at + 2:
        return None
    stop = at + 1 + (words[at + 1].text == "." and len(words) > at + 2)
    return mention.time.edtf if words[stop].text in (":", "|", ".", *_DASHES) else None


_DASHES = ("–", "—", "-", "•", "*", "·")


def _is_passing(masked: Masked, index: int) -> bool:
    """Whether a treaty only says what others are: "the states recognised by the ..."."""
    behind = [word.text for word in masked.words[max(0, index - 3) : index] if word.text != "the"]
    return len(behind) > 1 and behind[-1] in ("by", "in", "under") and behind[-2] in listed("recognised")


def leave_sentence(story: Story, masked: Masked) -> None:
    """Remember who the sentence was about and what it spoke of."""
    subject = next(
        (
            mention
            for at, mention in masked.named
            if mention.kind in _ACTING and mention.states and not _behind_preposition(masked, at)
        ),
        None,
    )
    subject = subject or _topic(masked)
    if subject is not None:
        story.subject = subject.states
        story.subject_block = story.block
    story.section = heading_treaty(masked) or story.section
    if "<D>" in masked.texts[_DATE_HEAD:]:
        story.line_day = None
    story.day_told = None if _is_of_now(masked) else _day_told(masked) or story.day_told
    story.astray += 1
    for _, mention in masked.named:
        if mention.kind == "T":
            story.spoken_of = mention.treaty or story.spoken_of
            if not mention.anaphor:
                story.astray = 1
        elif mention.kind == "D" and mention.time is not None and mention.time.edtf:
            story.last_date, story.last_yearless = mention.time.edtf, mention.time.yearless


def _topic(masked: Masked) -> Mention | None:
    """ "For Lithuania it was the second such step": the one state that the sentence opens with."""
    head = masked.words[:4]
    topics = [word.mention for word in head if word.text == "<S>"]
    return topics[0] if topics and head[0].text in _ABOUT and topics[0] is not None else None


_ABOUT = frozenset({"for", "as", "regarding", "concerning"})


def _is_of_now(masked: Masked) -> bool:
    """Whether a sentence comes back to the present: what follows is not told on from days long over."""
    times = [mention.time for _, mention in masked.named if mention.kind == "D"]
    return any(time is not None and time.text.lower() in ("today", "now", "currently") for time in times)


def _day_told(masked: Masked) -> str | None:
    """The last date of a sentence that tells year and month itself."""
    for _, mention in reversed(masked.named):
        time = mention.time if mention.kind == "D" else None
        if time is not None and time.edtf and not (time.relative or time.name_like):
            return time.edtf if time.precision in ("day", "month") and "/" not in time.edtf else None
    return None


def _behind_preposition(masked: Masked, index: int) -> bool:
    return index > 0 and masked.words[index - 1].text in (
        "of",
        "from",
        "to",
        "with",
        "by",
        "for",
        "on",
        "between",
        "besides",
    )


def _owner(masked: Masked, index: int) -> tuple[str, ...]:
    """The state a possessive points to within the sentence: "Poland ..., although its Senate"."""
    if (
        index > 1
        and masked.words[index - 1].text == "'s"
        and (owner := masked.words[index - 2].mention) is not None
    ):
        return owner.states
    if index == 0 or masked.words[index - 1].text not in ("its", "their", "whose", "his", "her"):
        return _spoken_of(masked, index)
    for word in reversed(masked.words[:index]):
        if word.mention is not None and word.mention.kind in _ACTING and word.mention.states:
            return word.mention.states
    return ()


def _apposed(masked: Masked, index: int, mention: Mention) -> tuple[str, ...]:
    """ "Tuvalu, the other newcomer of this year, signed": who stands before the comma."""
    if not mention.anaphor or mention.cardinal != 1 or index < 2 or masked.words[index - 1].text != ",":
        return ()
    before = masked.words[index - 2].mention
    named = before is not None and before.kind == "S" and not before.anaphor
    return before.states if named and before is not None and len(before.states) == 1 else ()


def _spoken_of(masked: Masked, index: int) -> tuple[str, ...]:
    """The state that a sentence opens with: "Pretoria revoked it after the High Court ruled"."""
    acting = [i for i in range(index) if masked.words[i].text == "<S>" and not _behind_preposition(masked, i)]
    mention = masked.words[acting[0]].mention if len(acting) == 1 and acting[0] < _HEAD else None
    return mention.states if mention is not None and len(mention.states) == 1 else ()


def _neighbour(states: tuple[str, ...], role: str, lexicon: Lexicon) -> tuple[str, ...]:
    """ "Its eastern neighbour", where the compass leaves exactly one."""
    if len(states) != 1:
        return ()
    known = lexicon.institutions["neighbours"].get(states[0], {})
    found = known.get(role.partition(":")[2] or "land", [])
    return tuple(found) if len(found) == 1 else ()


def _resolve_states(story: Story, mention: Mention, owner: tuple[str, ...], lexicon: Lexicon) -> None:
    if mention.kind == "S" and mention.anaphor:
        if (mention.role or "").startswith("neighbour"):
            mention.states = _neighbour(owner or story.single(), mention.role or "", lexicon)
        elif mention.cardinal == 1 or (mention.cardinal is None and not (mention.role or "").endswith("s")):
            mention.states = story.single()
        elif mention.cardinal:
            mention.states = story.group_of(mention.cardinal)
        else:
            mention.states = story.groups[-1] if story.groups else ()
    elif not mention.states and mention.cardinal:
        mention.states = owner or story.group_of(mention.cardinal)
        return
    elif not mention.states:
        mention.lent = not owner
        mention.states = (
            (owner or story.single()) if not (mention.role or "").startswith("person secretary") else ()
        )
        return
    if mention.states and mention.kind == "S":
        if len(mention.states) > 1 or not story.groups or story.groups[-1] != mention.states:
            story.groups.append(mention.states)
            del story.groups[:-40]
        if len(mention.states) == 1:
            story.subject = mention.states if not story.subject else story.subject


def _resolve_item(story: Story, mention: Mention, lexicon: Lexicon) -> None:
    if mention.role == "anaphor":
        mention.item = story.item[-1] if story.item else None
    elif mention.item:
        if mention.item == "mine" and story.item and story.item[-1] == "anti-personnel-mine":
            return
        story.item = (mention.item,)
        story.weapon_treaty = lexicon.treaty_by_item.get(mention.item)
