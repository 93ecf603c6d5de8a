"""Which treaty "the convention", "the older one", a heading or a paragraph is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from inforce.reading.frames import Masked
from inforce.reading.lexicon import Lexicon, data
from inforce.reading.mentions import Mention

if TYPE_CHECKING:
    from inforce.reading.story import Story

_ALWAYS, _ASIDE = 1 << 30, 2
_HEADING = 9  # words and mentions of a heading at most
_ACTORS = frozenset({"<S>", "<P>", "<G>", "<H>"})
_STOPS = frozenset('. ! " ; , :'.split())


def treaty_focus_of(treaties: Counter[str], mentions: list[Mention], lexicon: Lexicon) -> str | None:
    """The treaty named most; where "the convention" is never named, that on the weapon spoken of most."""
    named = treaties.most_common(1)[0][0] if treaties else None
    whole = [treaty for treaty in treaties if lexicon.treaty_sort.get(treaty) != "protocol"]
    unnamed = any(m.kind == "T" and m.anaphor and m.role in ("any", "ban", "convention") for m in mentions)
    if whole or not unnamed:
        return named
    weapons = Counter(m.item for m in mentions if m.kind == "W" and m.item in lexicon.treaty_by_item)
    item = weapons.most_common(1)[0][0] if weapons else None
    return lexicon.treaty_by_item[item] if item is not None else named


def entitled_to(title: list[Mention], treaties: Counter[str]) -> set[str | None]:
    """The treaties of the title: "The ban that embarrasses us" is on the one ban of which the text speaks."""
    named = {mention.treaty for mention in title if mention.kind == "T"}
    bans = [treaty for treaty in treaties if is_ban(treaty)]
    calls = any(m.kind == "T" and m.role == "ban" and m.treaty is None for m in title)
    return named | set(bans) if calls and len(bans) == 1 else named


def returns_after(treaties: Counter[str], first: str | None, entitled: set[str | None]) -> int:
    """How long a text may speak of another treaty and still come back to its main one unsaid."""
    most = treaties.most_common(2)
    if len(most) < 2 or most[0][1] >= max(3, 2 * most[1][1]) or most[0][0] in entitled:
        return _ALWAYS
    return _ASIDE if most[0][0] == first else 0


def heading_treaty(masked: Masked) -> str | None:
    """The treaty that a heading names: a line of few words without a stop, and of nobody."""
    if len(masked.words) > _HEADING or masked.texts[-1] in _STOPS or not _ACTORS.isdisjoint(masked.texts):
        return None
    named = {mention.treaty for _, mention in masked.named if mention.kind == "T"}
    return named.pop() if len(named) == 1 else None


def return_to_focus(story: Story) -> None:
    """A new paragraph is with its heading's treaty, or the text's where another was only passed by."""
    latest = story.treaties[-1] if story.treaties else None
    topic = story.section or story.treaty_focus
    if topic is None or topic == latest or topic not in story.treaties:
        return
    if story.section or story.astray <= story.returns_after:
        story.speak_of(topic)


def resolve_treaty(story: Story, mention: Mention, lexicon: Lexicon) -> None:
    if not mention.anaphor:
        if mention.treaty:
            named = tuple(mention.name.split("+")) if mention.name else (mention.treaty,)
            story.speak_of(*named)
            story.block_treaty = named[-1]
            story.here += tuple(named)
            story.weapon_treaty = None
        return
    sort = mention.role
    if sort == "another":
        return  # named, and none that is known
    if sort == "this one":
        mention.treaty = next(iter(_latest_two(story, lexicon)), None)
        return
    if mention.cardinal == 2:
        recent = _latest_two(story, lexicon)
        mention.name = "+".join(recent)
        mention.treaty = recent[0] if recent else None
        return
    if sort is not None and sort[:4].isdigit():
        mention.treaty = _by_year(story, int(sort[:4]), sort[5:], lexicon)
        if mention.treaty is None:
            return
        story.speak_of(mention.treaty)
        return
    if sort is not None and sort.startswith(("older ", "newer ")):
        age, _, sort = sort.partition(" ")
        mention.treaty = _by_age(story, age, lexicon)
        if mention.treaty is not None:
            return
    if sort is not None and sort.startswith("other "):
        latest = story.treaties[-1] if story.treaties else story.treaty_focus
        others = [t for t in story.treaties if t != latest]
        mention.treaty = others[-1] if others else None
        if mention.treaty is not None:
            story.speak_of(mention.treaty)
            return
        sort = sort.removeprefix("other ")
    mention.treaty = _latest_treaty(story, sort, lexicon)
    if sort in _TELLING and mention.treaty in story.treaties and mention.treaty != story.treaties[-1]:
        story.speak_of(mention.treaty)  # "the convention" after a protocol: what follows is on it
        story.here = (mention.treaty,)


#: Nouns that not every treaty can be called by: behind them the text is with the one they fit.
_TELLING = ("ban", "convention", "protocol", "statute")


def _latest_two(story: Story, lexicon: Lexicon) -> list[str]:
    """The two treaties spoken of last; a protocol rather than the convention it was named by."""
    recent = list(reversed(story.treaties))
    parents = {lexicon.parents.get(treaty) for treaty in recent}
    apart = [treaty for treaty in recent if treaty not in parents]
    return (apart if len(apart) > 1 else recent)[:2]


def is_annexed(treaty: str, lexicon: Lexicon) -> bool:
    """Whether a treaty is a protocol to another that is recorded: the one of 1925 stands by itself."""
    return lexicon.treaty_sort.get(treaty) == "protocol" and treaty in lexicon.parents


def _by_year(story: Story, year: int, sort: str, lexicon: Lexicon) -> str | None:
    """ "The 1997 convention": the one of that year that the text names, else the only one that there is."""
    of_year = [t for t, years in lexicon.treaty_years.items() if year in years]
    named = [t for t in reversed(story.treaties) if t in of_year] or [t for t in story.named if t in of_year]
    if named:
        return named[0]
    whole = [t for t in of_year if fits(lexicon.treaty_sort.get(t, ""), sort)]
    return whole[0] if len(whole) == 1 else None


def _by_age(story: Story, age: str, lexicon: Lexicon) -> str | None:
    """The older or the newer of the two treaties last spoken of."""
    two = [t for t in dict.fromkeys(reversed(story.treaties)) if t in lexicon.treaty_years][:2]
    if len(two) < 2:
        return None
    two.sort(key=lambda treaty: min(lexicon.treaty_years[treaty]))
    return two[0] if age == "older" else two[1]


def _latest_treaty(story: Story, sort: str | None, lexicon: Lexicon) -> str | None:
    if sort is not None and sort.startswith("this ") and story.weapon_treaty is not None:
        return story.weapon_treaty  # "And cluster bombs? Finland never joined that convention"
    sort = sort.removeprefix("this ") if sort is not None else None
    fitting = [t for t in story.treaties if fits(lexicon.treaty_sort.get(t, ""), sort)]
    if sort == "ban":
        fitting = [t for t in fitting if is_ban(t)]
    if sort == "convention":
        fitting = [t for t in fitting if lexicon.treaty_sort.get(t) == sort] or fitting
    if fitting:
        return fitting[-1]
    if sort in ("protocol", "statute"):
        return None
    return story.latest_treaty(lexicon)


def is_ban(treaty: str) -> bool:
    """Whether a treaty can be called a ban: those on the ways of states cannot."""
    return treaty not in data("treaty_names.yaml")["not_banned"]


def fits(have: str, sort: str | None) -> bool:
    """Whether a treaty of one sort can be called by a noun of another."""
    if sort in ("protocol", "statute"):
        return have == sort
    if sort == "text":
        return True
    return have != "protocol" and not (sort == "convention" and have == "statute")
