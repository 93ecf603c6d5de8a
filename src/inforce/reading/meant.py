"""What else a claim may say: the treaty, the states and the date that its own sentence does not settle."""

from __future__ import annotations

from collections.abc import Iterable

import re2

from inforce.reading.desk import Desk
from inforce.reading.frames import Masked, Word
from inforce.reading.mentions import Mention
from inforce.reading.model import Claim, Meant
from inforce.reading.story import Story
from inforce.reading.story_treaties import fits

_BESIDE = 5  # words within which a date belongs to the word before it and no other
_NAMING = frozenset("SAPGHFCX")
_OTHERS = 12  # states or groups of states, treaties and dates that are offered beside those of the claim


def meant(desk: Desk, masked: Masked, at: int, claim: Claim) -> Meant:
    """What the text offers besides a claim's own parts; `at` is the word that it was read from."""
    mentions = [word.mention for word in masked.words if word.mention is not None]
    states = {s for m in mentions if m.kind in _NAMING and not (m.anaphor or m.lent) for s in m.states}
    speaker = desk.speech.at(masked.words[at].first)
    if speaker is not None and speaker.of:
        states.add(speaker.of)
    return Meant(
        treaties=_beside(desk, mentions, claim) or _other_treaties(desk, mentions, claim.treaty),
        subjects=_last_alone(masked, at, claim) or _other_subjects(desk.story, claim.subject, states),
        dates=_in_years_told(desk, mentions, claim.when) + _other_dates(masked, at, claim.when),
        carried=claim.when is not None and not any(_date_of(word) for word in masked.words),
        ahead=_is_named_later(desk, claim.treaty),
        some=any(
            m.anaphor and (m.role or "").startswith("some ") and m.states == claim.subject for m in mentions
        ),
    )


def _other_dates(masked: Masked, at: int, when: str | None) -> tuple[str, ...]:
    """The sentence's other dates; none where the claim's own stands right behind the word it is read from."""
    dates = [_date_of(word) for word in masked.words]
    if when is None or when in dates[at : at + _BESIDE]:
        return ()
    return tuple(date for date in dict.fromkeys(dates) if date and date != when)[:_OTHERS]


def _in_years_told(desk: Desk, mentions: list[Mention], when: str | None) -> tuple[str, ...]:
    """ "Burundi ratified in 2009, and it entered into force in July": the month of a year told before."""
    times = [m.time for m in mentions if m.kind == "D" and m.time is not None and m.time.edtf]
    mine = next((time for time in times if time.edtf == when), None)
    if when is None or mine is None or when[:4] in mine.text or not _MONTH.match(when):
        return ()
    told = [time.edtf or "" for time in times if time is not mine] + [desk.story.last_date or ""]
    years = dict.fromkeys(edtf[:4] for edtf in told if edtf[:4].isdigit() and edtf[:4] < when[:4])
    return tuple(year + when[4:] for year in years)


_MONTH = re2.compile(r"\d{4}-\d\d(-\d\d)?$")


def _date_of(word: Word) -> str | None:
    """The date that a word stands for, unless it is part of a name."""
    time = word.mention.time if word.mention is not None and word.mention.kind == "D" else None
    return None if time is None or time.name_like else time.edtf


def _other_treaties(desk: Desk, mentions: list[Mention], treaty: str | None) -> tuple[str, ...]:
    """The treaties that may be meant as well; none where one is named here, or alone in the paragraph."""
    pointing = {m.role: m.treaty for m in mentions if m.kind == "T" and m.anaphor}
    named = {m.treaty for m in mentions if m.kind == "T" and not m.anaphor}
    if treaty is None or treaty in named or _is_alone(desk, treaty):
        return ()
    noun = next((role for role, points_at in pointing.items() if points_at == treaty and role), None)
    sort = noun.rpartition(" ")[2] if noun else None
    of_sort = desk.text.lexicon.treaty_sort
    others = (key for key in dict.fromkeys(reversed(desk.story.treaties)) if key != treaty)
    return tuple(key for key in others if sort is None or fits(of_sort.get(key, ""), sort))[:_OTHERS]


def _beside(desk: Desk, mentions: list[Mention], claim: Claim) -> tuple[str, ...]:
    """The sentence's other treaties where the claim's own words name none: each may be the one."""
    named = [m for m in mentions if m.kind == "T" and m.treaty is not None]
    starts = (desk.text.tokens[m.first].start for m in named)
    if any(claim.span.start <= start < claim.span.end for start in starts):
        return ()
    keys = dict.fromkeys(m.treaty for m in named if m.treaty is not None)
    return tuple(key for key in keys if key != claim.treaty) if claim.treaty in keys else ()


def _last_alone(masked: Masked, at: int, claim: Claim) -> tuple[tuple[str, ...], ...]:
    """ "Micronesia and the Marshall Islands, which signed": both, or only the one named last."""
    if len(claim.subject) < 2:
        return ()
    words = masked.words
    opening = next((i for i in range(at, max(0, at - _BESIDE), -1) if words[i].text in ("which", "who")), 0)
    mention = words[opening - 2].mention if opening > 1 and words[opening - 1].text == "," else None
    mention = mention if mention is not None else words[opening - 1].mention if opening else None
    return (mention.states[-1:],) if mention is not None and mention.states == claim.subject else ()


def _is_named_later(desk: Desk, treaty: str | None) -> bool:
    """Whether only what follows names the claim's treaty: neither the text so far nor its title does."""
    story, title = desk.story, {mention.treaty for mention in desk.text.title}
    return treaty in story.named and treaty not in story.treaties and treaty not in title


def _is_alone(desk: Desk, treaty: str) -> bool:
    """Whether the paragraph has named this treaty and no other, save the one that it belongs to."""
    story, parents = desk.story, desk.text.lexicon.parents
    return story.block_treaty == treaty and set(story.here) <= {treaty, parents.get(treaty)}


def _other_subjects(story: Story, subject: tuple[str, ...], named: set[str]) -> tuple[tuple[str, ...], ...]:
    """The states that may be meant as well: those that the text names, alone or together, the latest first.

    None where the sentence names the claim's own; and none of those that it names, for they play a part of
    their own in it.
    """
    if named.issuperset(subject):
        return ()
    mine = set(subject)
    found = (group for group in _groups(story) if set(group) != mine and named.isdisjoint(group))
    return tuple(dict.fromkeys(found))[:_OTHERS]


def _groups(story: Story) -> Iterable[tuple[str, ...]]:
    yield from reversed(story.groups)
    yield from story.all_groups
