"""Who a claim is about, and which treaty: mentions, pronouns and what the story supplies."""

from __future__ import annotations

from inforce.reading.clauses import clause_start, find_actor, is_compared, is_inserted, is_oblique, listed
from inforce.reading.frames import Hit, Masked, Word
from inforce.reading.lexicon import Lexicon
from inforce.reading.speech import Speech
from inforce.reading.story import Story

_STATE_KINDS = frozenset("SPGHFC")


def states_at(
    masked: Masked, index: int, story: Story, speech: Speech, acting_for_state: bool = False
) -> tuple[str, ...]:
    """The states that a word stands for: a mention, or a pronoun in the story.

    A firm or person stands for the story's state, but where `acting_for_state`: they sign no treaties.
    """
    word = masked.words[index]
    mention = word.mention
    if mention is not None:
        if mention.kind in _STATE_KINDS or mention.kind == "A":
            return mention.states
        if mention.kind in "XO":
            outside = acting_for_state or mention.role == "organisation"
            return mention.states or (() if outside else _setting(masked) or story.single())
        return ()
    if word.text in ("we", "i", "us", "our"):
        speaker = speech.at(word.first)
        if speaker and speaker.of:
            return (speaker.of,)
        return (story.focus,) if story.focus else story.single()  # "we" are at home, whoever was told of last
    if word.text in ("it", "he", "she", "its"):
        return _earlier_single(masked, index) or story.single()
    if word.text in ("they", "them", "their", "who", "which", "that"):
        if word.text in ("they", "them", "their") and _points_at_nameless(masked, index):
            return ()
        return _earlier_group(masked, index) or story.several()
    return ()


def _setting(masked: Masked) -> tuple[str, ...]:
    """ "In Lithuania, the works has begun": the state in which a sentence sets what it tells."""
    opening = masked.words[:2]
    if len(opening) < 2 or opening[0].text != "in" or opening[1].text not in ("<S>", "<L>"):
        return ()
    return opening[1].mention.states if opening[1].mention is not None else ()


def _earlier_single(masked: Masked, index: int) -> tuple[str, ...]:
    parted = max((at for at in range(index) if masked.words[at].text == ";"), default=0)
    for word in (*masked.words[parted:index], *masked.words[:parted]):
        if word.mention is not None and word.mention.kind in _STATE_KINDS and len(word.mention.states) == 1:
            return word.mention.states
    return ()


def _earlier_group(masked: Masked, index: int) -> tuple[str, ...]:
    for word in reversed(masked.words[:index]):
        if word.mention is not None and word.mention.kind in _STATE_KINDS and word.mention.states:
            return word.mention.states
    return ()


def _points_at_nameless(masked: Masked, index: int) -> bool:
    """ "The allies announced that they would": whoever they are, the sentence does not name them."""
    for at in range(index - 1, -1, -1):
        mention = masked.words[at].mention
        if mention is not None and mention.kind in _STATE_KINDS:
            return False
        if masked.words[at].text in listed("nameless_many"):
            return _acts_nameless(masked.words, at)
    return False


def subject_of(masked: Masked, hit: Hit, story: Story, speech: Speech) -> tuple[tuple[str, ...], int | None]:
    """The states a hit is about, and the word that names them; none where nothing tells."""
    if _relates_to_noun(masked.words, hit.trigger) or _is_by_number(masked.words, hit.trigger):
        return (), None
    if (place := _place_in_list(masked.words, hit.trigger)) is not None:
        return _one_of(story, place), None
    for index in _candidates(masked.words, hit):
        if index is None:
            continue
        states = states_at(masked, index, story, speech, hit.frame.kind in ("treaty-action", "membership"))
        if states:
            return states, index
        if masked.words[index].text in ("<S>", "<X>", "<O>", "they", "them", "their"):
            return (), None
    following = _actor_after_participle(masked, hit.trigger)
    if following is not None and (states := states_at(masked, following, story, speech)):
        return states, following
    if _of_nobody_named(masked, hit.trigger):
        return (), None
    if hit.frame.kind in ("treaty-action", "membership") and (
        _is_nameless(masked.words, hit.trigger) or _is_open_to_all(masked.words, hit.trigger)
    ):
        return (), None
    speaker = speech.at(masked.words[hit.trigger].first)
    if hit.frame.kind in ("programme", "stockpile") and (states := _setting(masked)):
        return states, None
    if speaker is not None and speaker.of:
        return (speaker.of,), None
    if story.subject and story.subject_block == story.block:
        return story.subject, None
    return story.single(), None


def with_companions(masked: Masked, named: int | None, subject: tuple[str, ...]) -> tuple[str, ...]:
    """ "Together with Riga and Tallinn, Vilnius left": all of them did."""
    words = masked.words
    if named is not None and words[named].text in ("<P>", "<G>", "<H>"):
        subject = _with_the_like(masked, named, subject)
    for index in range(len(words) - 2):
        if words[index].text in _TOGETHER and words[index + 1].text == "with" and named is not None:
            mention = words[index + 2].mention
            if mention is not None and mention.kind == "S" and index + 2 != named:
                return tuple(dict.fromkeys((*subject, *mention.states)))
    return subject


def _with_the_like(masked: Masked, named: int, subject: tuple[str, ...]) -> tuple[str, ...]:
    """ "The Saeima and the Seimas passed it": institutions in a row act for their states alike."""
    words, kind, found = masked.words, masked.words[named].text, {named: subject}
    for step in (-1, 1):
        at, linked = named + step, False
        while 0 <= at < len(words) and (words[at].text in _BETWEEN_THE_LIKE or words[at].text == kind):
            linked = linked or words[at].text in ("and", ",", "nor", "or")
            mention = words[at].mention
            if words[at].text == kind and mention is not None and linked:
                found[at] = mention.states
            at += step
    if not any(word.text in ("and", "nor") for word in words[min(found) : max(found)]):
        return subject
    return tuple(dict.fromkeys(state for at in sorted(found) for state in found[at]))


_BETWEEN_THE_LIKE = frozenset(["and", ",", "nor", "or", "the", "both", "<S>", "'s"])
_TOGETHER = frozenset("together jointly along simultaneously".split())


def _candidates(words: list[Word], hit: Hit) -> tuple[int | None, int | None]:
    """The words that may name who acts, likeliest first: "of the Baltics only Latvia" speaks of Latvia."""
    acting = find_actor(words, hit.trigger)
    named = hit.subject
    if (
        acting is not None
        and named is not None
        and acting < named
        and is_inserted(words, acting, hit.trigger)
    ):
        return acting, named
    if named is None or acting is None or not named < acting < hit.trigger:
        return named, acting
    if words[named].text == words[acting].text in ("<P>", "<G>", "<H>"):
        return acting, named  # "after the Riigikogu, the Seimas approved it"
    if hit.frame.kind != "membership":
        return named, acting
    return (acting, named) if is_oblique(words, named) else (named, acting)


def _of_nobody_named(masked: Masked, trigger: int) -> bool:
    """Whether a relative clause hangs on a plain noun: "the countries that have not signed"."""
    words = masked.words
    start = clause_start(words, trigger)
    if words[start].text not in ("that", "which", "who"):
        start = next((i for i in range(trigger, start, -1) if words[i].text in ("that", "which", "who")), -1)
    return start > 0 and words[start - 1].mention is None and words[start - 1].text.isalpha()


def _is_nameless(words: list[Word], trigger: int) -> bool:
    """Whether a plain noun acts: "NATO allies suspended it", "none of the alliance's members has signed"."""
    return any(_acts_nameless(words, at) for at in range(clause_start(words, trigger), trigger))


def _acts_nameless(words: list[Word], at: int) -> bool:
    """Whether a word is such a noun and acts: no "Denmark and its allies", no "none of us"."""
    before = words[at - 1].text if at else ""
    picked = words[at].text in listed("nameless_behind") and before in listed("picking")
    if not picked and words[at].text not in listed("nameless"):
        return False
    behind = [word.text for word in words[at + 1 : at + 3]]
    if before in _THEIRS or (behind[:1] == ["of"] and behind[1:] and behind[1] in _POINTING):
        return False
    return at == 0 or not is_oblique(words, at) or words[at - 2].text in listed("nameless")


def _is_open_to_all(words: list[Word], trigger: int) -> bool:
    """ "Can be left at six months' notice": it tells of no one who does."""
    at = trigger - 1
    while at > 0 and words[at].text.endswith("ly"):
        at -= 1
    if (
        at < 1
        or words[at].text not in ("be", "been")
        or [w.text for w in words[trigger + 1 : trigger + 2]] == ["by"]
    ):
        return False
    return not _OPEN.isdisjoint(word.text for word in words[max(0, at - 3) : at])


def _place_in_list(words: list[Word], trigger: int) -> tuple[int, bool] | None:
    """ "The one ratified, the other acceded", "the third has signed": which of those told of, if of two."""
    at = trigger - 1
    passing = (listed("before_verbs") | _AND_SIGNED) - {"to"}  # "the third to ratify" tells of itself
    while at > 0 and (words[at].text in passing or words[at].text.endswith("ly")):
        at -= 1
    if at < 1 or words[at - 1].text != "the" or words[at].text not in _PLACES:
        return None
    return _PLACES[words[at].text]


def _one_of(story: Story, place: tuple[int, bool]) -> tuple[str, ...]:
    group = next((group for group in reversed(story.groups) if len(group) > 1), ())
    index, of_two = place
    return group[index : index + 1] if len(group) == 2 or not of_two else ()


_AND_SIGNED = frozenset("signed but and yet".split())
_PLACES = {
    "one": (0, True),
    "other": (1, True),
    "former": (0, True),
    "latter": (1, True),
    "first": (0, False),
    "second": (1, False),
    "third": (2, False),
    "fourth": (3, False),
}
_OPEN = frozenset("can could may might cannot must should".split())
_THEIRS = frozenset({"its", "their", "his", "her", "our", "your"})
_POINTING = frozenset({"them", "us", "you", "these", "those", "<S>", "<G>"})


def _relates_to_noun(words: list[Word], trigger: int) -> bool:
    """ "122 governments that signed the ban", "the countries which never joined": nobody by name."""
    for at in range(trigger - 1, max(trigger - 3, 1), -1):
        if words[at].text in ("that", "which", "who"):
            counted = words[at - 1].text == "<G>" and words[at - 2].text == "<N>"
            return counted or words[at - 1].text in _NAMELESS
        if words[at].text in _NAMELESS and words[at - 1].text == "<N>":
            return True  # "which 186 states have signed"
        if words[at].text not in _HELPING:
            return False
    return False


def _is_by_number(words: list[Word], trigger: int) -> bool:
    """ "Has been ratified by all 44 states": by a number of them, and not by whoever was told of before."""
    behind = [word.text for word in words[trigger + 1 : trigger + 4]]
    return behind in (["by", "all", "<N>"], ["by", "all", "the"], ["by", "all", "states"])


_HELPING = frozenset("have has had not never also already all ever since first".split())
_NAMELESS = frozenset("governments countries states nations capitals others those powers".split())


def _actor_after_participle(masked: Masked, trigger: int) -> int | None:
    """ "Having notified the UN, both governments ...": the main clause names who acts."""
    words = masked.words
    start = clause_start(words, trigger)
    if start > 1 or not any(w.text.endswith("ing") for w in words[start : start + 2]):
        return None
    for index in range(trigger + 1, len(words) - 1):
        if (
            words[index].text == ","
            and words[index + 1].mention is not None
            and words[index + 1].text in ("<S>", "<G>", "<P>")
        ):
            return index + 1
        if (
            words[index].text == ","
            and index + 2 < len(words)
            and words[index + 1].text == "the"
            and words[index + 2].text in ("<S>", "<G>")
        ):
            return index + 2
    return None


def treaty_of(masked: Masked, hit: Hit, story: Story, lexicon: Lexicon) -> tuple[str, ...]:
    """The treaty a hit is about: named in the match, in the clause, in the sentence, or the story's."""
    words = masked.words
    inside = [w for w in words[hit.first : hit.last] if w.text == "<T>"]
    start = clause_start(words, hit.trigger)
    near = [i for i, m in masked.named if m.kind == "T" and not is_compared(words, i)]
    stopped = (words[i].mention for i in near if _is_behind_a_stop(words, hit, i))
    behind = [mention.treaty for mention in stopped if mention is not None]
    earlier = [t for t in (story.treaty_focus, story.block_treaty) if t and t not in behind]
    if behind and earlier and len(behind) == len(near):
        return (earlier[-1],)
    if near:

        def distance(i: int) -> int:
            if _is_governed(words, hit.trigger, i) or _is_antecedent(words, start, i):
                return -1
            return (
                abs(i - hit.trigger)
                + 6
                * (i < start or (hit.frame.kind == "notice-period" and _is_next_part(words, hit.trigger, i)))
                + (0 if hit.first <= i < hit.last else 3 if not inside else 8)
                + _BEYOND * _is_behind_a_stop(words, hit, i)
            )

        index = min(near, key=distance)
        return _keys(words[index]) + _listed_treaties(words, index)
    latest = story.latest_treaty(lexicon)
    if hit.frame.kind == "prohibition":
        latest = story.spoken_of or latest  # what it demands: the one last spoken of, were it a protocol
    return (latest,) if latest else ()


_BEYOND = 20  # words that a semicolon between a treaty and the act counts for
_LINKS = frozenset(
    "to of from in by with under up out the both that this on for into outside away aloof apart".split()
)


def _is_behind_a_stop(words: list[Word], hit: Hit, index: int) -> bool:
    """Whether a treaty is first named behind a semicolon or colon after the match."""
    return index >= hit.last and any(w.text in (";", ":") for w in words[hit.last : index])


def _is_next_part(words: list[Word], trigger: int, index: int) -> bool:
    """Whether a treaty opens a part of its own after the trigger: "at one year, the second at six months"."""
    before = words[index - 1 - (words[index - 1].text == "the")].text
    return index > trigger and before in (",", "and", ";")


def _is_governed(words: list[Word], trigger: int, index: int) -> bool:
    """Whether a treaty is the object of the trigger: "joined the ...", "party to that ..."."""
    return trigger < index <= trigger + 4 and all(w.text in _LINKS for w in words[trigger + 1 : index])


def _is_antecedent(words: list[Word], start: int, index: int) -> bool:
    """Whether a treaty is what a clause refers back to: "the treaty, from which X withdrew"."""
    between = [w.text for w in words[index + 1 : start + 1]]
    return bool(between) and between[-1] == "which" and set(between[:-1]) <= {",", "from", "to", "of"}


_LISTING = frozenset(", and or nor to the as well <T> of".split())


def _listed_treaties(words: list[Word], at: int) -> tuple[str, ...]:
    """Further treaties of a list: "to the ..., to the ... and to the ..."."""
    found: tuple[str, ...] = ()
    index = at + 1
    while index < len(words) and words[index].text in _LISTING:
        if words[index].text == "<T>":
            found += tuple(k for k in _keys(words[index]) if k not in found)
        index += 1
    return tuple(k for k in found if k not in _keys(words[at]))


def _keys(word: Word) -> tuple[str, ...]:
    mention = word.mention
    if mention is None or mention.treaty is None:
        return ()
    return tuple(mention.name.split("+")) if mention.name and "+" in mention.name else (mention.treaty,)


def is_neither(masked: Masked, hit: Hit) -> bool:
    """Whether the treaties of the match are named by "neither"."""
    behind = [w.text for w in masked.words[hit.trigger + 1 : hit.trigger + 5]]
    if "neither" in behind and "<T>" in behind[behind.index("neither") :]:
        return True  # "joined neither the one nor the other"
    words = masked.words[hit.trigger + 1 : hit.last + 6]
    parted = next((at for at, w in enumerate(words) if w.text in ("<S>", ";")), len(words))
    found = [w.mention for w in words[:parted] if w.text == "<T>" and w.mention is not None]
    return any(m.role == "neither" for m in found)
