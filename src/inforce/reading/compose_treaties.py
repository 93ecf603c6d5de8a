"""Treaties put together: by the weapon they ban, by a noun that points back, by a town, with their parent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from inforce.reading.lexicon import data, longest, longest_all
from inforce.reading.mentions import Mention
from inforce.reading.scene import Scene

_PAIR = frozenset({"both", "neither", "either"})
_OWNER_REACH = 14  # words before "a convention of its own" among which the weapon stands
_GAPPED = 24  # words before "Bhutan to neither" among which what it is not stands
_FILLERS = 6  # words that may stand between "treaty banning" and the weapon


def treaties_by_weapon(scene: Scene) -> None:
    """ "landmine treaty", "the treaty on cluster munitions", "the 1997 Ottawa Convention on mines"."""
    nouns, by_item = scene.lexicon.treaty_nouns, scene.lexicon.treaty_by_item
    for weapon in scene.mentions("W"):
        noun = scene.norm(weapon.last)
        if weapon.item in by_item and noun in nouns and _can_be(scene, by_item[weapon.item], noun):
            scene.drop(weapon)
            scene.add(Mention("T", weapon.first, weapon.last + 1, treaty=by_item[weapon.item]))
    taken = scene.covered("T")
    single = {noun for noun, sort in nouns.items() if sort != "plural"}
    for at in scene.where(single | {"one", *data("treaty_names.yaml")["kin"]}):
        if at not in taken and scene.begins(at) is None:
            _noun_on_weapon(scene, at)
    for treaty in scene.mentions("T"):
        wider = _topic_after(scene, treaty.first)
        if wider is not None and wider.last > treaty.last:
            scene.add(wider)  # "treaty banning nuclear weapons in orbit"
            continue
        _take_in_weapon(scene, treaty)
        _take_in_year(scene, treaty)
        _take_in_short_names(scene, treaty)


def other_ones(scene: Scene) -> None:
    """ "Neither the cluster ban nor the nuclear one": a treaty in one word beside another's name."""
    short = data("treaty_names.yaml")["short_for"]
    for at in scene.where({"one"}):
        other = short.get(scene.norm(at - 1))
        if (
            other is None
            or scene.norm(at - 2) != "the"
            or scene.norm(at - 3) not in ("and", "or", "nor", "but", "to")
        ):
            continue
        before = [scene.ends(last) for last in range(max(0, at - 6), at - 2)]
        if any(mention is not None and mention.kind == "T" for mention in before):
            scene.add(Mention("T", at - 1, at + 1, treaty=other))


def _noun_on_weapon(scene: Scene, at: int) -> None:
    topic = _topic_after(scene, at)
    if topic is not None:
        scene.add(topic)
        return
    own = scene.norm(at + 1) == "of" and scene.norm(at + 3) == "own"
    weapon = _weapon_before(scene, at) if own else _weapon_after(scene, at + 1)
    if own and weapon is not None and weapon.item in scene.lexicon.treaty_by_item:
        key = scene.lexicon.treaty_by_item[weapon.item]
        scene.add(Mention("T", _noun_phrase_start(scene, at), at + 4, treaty=key, role="described"))
        return
    if weapon is None or weapon.item not in scene.lexicon.treaty_by_item:
        return
    treaty = scene.lexicon.treaty_by_item[weapon.item]
    if not _can_be(scene, treaty, scene.norm(at)):
        return
    scene.add(Mention("T", _noun_phrase_start(scene, at), weapon.last, treaty=treaty, role="described"))


def _topic_after(scene: Scene, at: int) -> Mention | None:
    """ "pact against germ warfare": what it is on; the noun tells a protocol from a convention."""
    noun, press = scene.norm(at), data("treaty_names.yaml")
    if noun not in (*press["topic_nouns"], *press["protocol_nouns"], *press["kin"], "one"):
        return None
    links = scene.lexicon.sets["treaty_links"]
    length = next((n for n in (2, 1) if " ".join(scene.norms(at + 1, at + 1 + n)) in links), 0)
    if not length:
        return None
    start = at + 1 + length
    found = longest_all(scene.lexicon.topics, scene.tokens, start) or longest_all(
        scene.lexicon.topics, scene.tokens, start + (scene.norm(start) in ("the", "all", "any"))
    )
    for match in found:
        treaty = match.entry.treaty or ""
        if _can_be(scene, treaty, noun):
            return Mention("T", _noun_phrase_start(scene, at), match.last, treaty=treaty, role="described")
    return None


def _can_be(scene: Scene, treaty: str, noun: str) -> bool:
    """Whether a treaty may be called so: a convention is no protocol, and a ban on arms sales no treaty."""
    press = data("treaty_names.yaml")
    if (noun in press["protocol_nouns"]) != (scene.lexicon.treaty_sort.get(treaty) == "protocol"):
        return noun in press["kin"] or noun == "one"
    return noun not in (*press["no_bans"], "deal", "agreement") or treaty not in press["not_banned"]


def _weapon_before(scene: Scene, at: int) -> Mention | None:
    """The weapon that has "a convention of its own": the last one named before."""
    for index in range(at - 1, max(-1, at - _OWNER_REACH), -1):
        mention = scene.begins(index)
        if mention is not None and mention.kind == "W" and not mention.anaphor:
            return mention
    return None


def _noun_phrase_start(scene: Scene, at: int) -> int:
    """Where the adjectives before a treaty's noun begin."""
    while at > 0 and (
        scene.norm(at - 1) in scene.lexicon.sets["treaty_adjectives"] or _is_year(scene, at - 1)
    ):
        at -= 1
    return at


def _is_year(scene: Scene, at: int) -> bool:
    word = scene.norm(at)
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20") and scene.norm(at + 1) != "-"


def _weapon_after(scene: Scene, at: int) -> Mention | None:
    """The weapon behind "on", "banning", "that prohibits [the use of]"."""
    links, fillers = scene.lexicon.sets["treaty_links"], scene.lexicon.sets["link_fillers"]
    length = next((n for n in (2, 1) if " ".join(scene.norms(at, at + n)) in links), 0)
    if not length:
        return None
    for index in range(at + length, at + length + _FILLERS):
        mention = scene.begins(index)
        if mention is not None and mention.kind == "W" and not mention.anaphor:
            return mention
        if scene.norm(index) not in fillers and scene.norm(index) != ",":
            return None
    return None


def _take_in_weapon(scene: Scene, treaty: Mention) -> None:
    if scene.norm(treaty.last) in scene.lexicon.sets["name_links"]:
        weapon = _weapon_after(scene, treaty.last)
        topic = longest(scene.lexicon.topics, scene.tokens, treaty.last + 1)
        if weapon is not None:
            scene.stretch(treaty, treaty.first, weapon.last)
        elif topic is not None:
            scene.stretch(treaty, treaty.first, topic.last)


def _take_in_short_names(scene: Scene, treaty: Mention) -> None:
    """ "Neither the chemical nor the biological weapons convention": two treaties, one in a single word."""
    at = treaty.first - 1
    if scene.norm(at) == "the":
        at -= 1
    link = scene.norm(at)
    if link not in ("and", "or", "nor"):
        return
    other = data("treaty_names.yaml")["short_for"].get(scene.norm(at - 1))
    taken = scene.ends(at)
    if other is None or other == treaty.treaty or (taken is not None and taken.kind == "T"):
        return
    first = at - 1 - (scene.norm(at - 2) == "the")
    role = None
    if scene.norm(first - 1) in ("neither", "both", "either"):
        first -= 1
        role = "neither" if link == "nor" else None
    treaty.name = f"{other}+{treaty.treaty}"
    treaty.role = role
    scene.stretch(treaty, first, treaty.last)


def _take_in_year(scene: Scene, treaty: Mention) -> None:
    if scene.norm(treaty.last) == "of" and _is_year(scene, treaty.last + 1):
        scene.stretch(treaty, treaty.first, treaty.last + 2)
    year = scene.norm(treaty.first - 1)
    before = scene.ends(treaty.first)
    if (
        len(year) == 4
        and year.isdigit()
        and (before is None or (before.kind in "DN" and before.last - before.first == 1))
    ):
        scene.stretch(treaty, treaty.first - 1, treaty.last)


def treaty_anaphora(scene: Scene) -> None:
    """ "the convention", "that pact", "both texts": which treaty, the story will say."""
    nouns, terms = scene.lexicon.treaty_nouns, scene.lexicon.sets
    taken = scene.covered("TSPGW")
    for at in scene.where(nouns):
        if at in taken:
            continue
        token = scene.tokens[at]
        first = _noun_phrase_start(scene, at)
        determiner, following = scene.norm(first - 1), scene.norm(at + 1)
        if determiner == "two" and token.norm.endswith("s") and scene.norm(first - 2) in _THE:
            first, determiner = first - 1, "both"
        if determiner not in terms["treaty_determiners"] or following in terms["no_treaty_before"]:
            continue
        if following == "of" and token.norm not in terms["nouns_before_of"]:
            continue
        if following == "on" and _is_common_word(scene, at + 2):
            scene.add(Mention("T", first - 1, at + 1, role="another", anaphor=True))  # "the ban on fishing"
            continue
        sort = nouns[token.norm]
        if sort == "text" and following.isalpha() and following not in terms["after_text"]:
            continue
        pair = determiner in ("both", "neither", "either")
        if sort == "plural" and not pair:
            continue
        if pair and token.norm.endswith("s"):
            sort = "plural"
        role = _pointing(determiner, scene.norms(first, at), sort, terms)
        cardinal = 2 if sort == "plural" else None
        scene.add(Mention("T", first - 1, at + 1, role=role, anaphor=True, cardinal=cardinal))


def _pointing(
    determiner: str, adjectives: tuple[str, ...], sort: str, terms: dict[str, frozenset[str]]
) -> str:
    """How a noun points back: "other convention", "older any", "1997 text", "this protocol", "neither"."""
    if determiner == "neither":
        return "neither"
    year = next((word for word in adjectives if len(word) == 4 and word.isdigit()), None)
    if year is not None:
        return f"{year} {sort}"
    for age in ("older", "newer"):
        if not terms[age].isdisjoint(adjectives):
            return f"{age} {sort}"
    if not terms["other"].isdisjoint(adjectives):
        return f"other {sort}"
    return f"this {sort}" if determiner in ("this", "that") else sort


_THE = ("the", "these", "those", "its", "their")


def _is_common_word(scene: Scene, at: int) -> bool:
    """Whether a token is a noun without an article, in lower case: what a ban is on, and no day or treaty."""
    word = scene.norm(at)
    return word.isalpha() and scene.tokens[at].text.islower() and word not in _NO_TOPICS


_NO_TOPICS = frozenset(
    "a an the that this its their those these which it them his her all any such paper behalf top time and"
    " mines landmines cluster anti".split()
)


def both_treaties(scene: Scene) -> None:
    """ "bound by both", "belongs to neither": two treaties, where no states are meant."""
    terms = scene.lexicon.sets
    for at in scene.where(_PAIR):
        if scene.norm(at - 1) not in terms["before_both"]:
            continue
        token = scene.tokens[at]
        following = scene.norm(at + 1)
        far = scene.norm(at - 1) == "to"  # "India is a party to both, Bhutan to neither"
        belongs = terms["belonging"].intersection(scene.norms(at - (_GAPPED if far else 5), at))
        if belongs and (not following.isalpha() or following in terms["after_both"]):
            last = at + 2 if following in scene.lexicon.treaty_nouns or following == "instrument" else at + 1
            role = "neither" if token.norm == "neither" else "both"
            scene.add(Mention("T", at, last, role=role, anaphor=True, cardinal=2))


def this_one(scene: Scene) -> None:
    """ "A party to that one", "not bound by this one": the treaty spoken of last."""
    terms = scene.lexicon.sets
    for at in scene.where({"one"}):
        determiner, governing = scene.norm(at - 1), scene.norm(at - 2)
        if determiner not in ("this", "that") or governing not in terms["before_both"]:
            continue
        if terms["belonging"].intersection(scene.norms(at - 7, at - 1)) and not scene.norm(at + 1).isalpha():
            scene.add(Mention("T", at - 1, at + 1, role="this one", anaphor=True))


def topics_and_places(scene: Scene) -> None:
    """ "ARMS TRADE: ..." names its treaty; so does "stayed out of Ottawa"."""
    starts = {sentence.first for sentence in scene.sentences}
    named = scene.lexicon.terms["treaty_places"]["names"]
    after = scene.lexicon.terms["treaty_places"]["after"]
    for mention in scene.mentions("WSL"):
        if mention.kind == "W" and mention.first in starts and scene.norm(mention.last) == ":":
            treaty = scene.lexicon.treaty_by_item.get(mention.item or "")
            if treaty is not None:
                mention.kind, mention.treaty = "T", treaty
        elif (
            mention.kind in "SL"
            and mention.last - mention.first == 1
            and scene.norm(mention.first - 1) in after
            and scene.norm(mention.first) in named
        ):
            mention.kind, mention.treaty, mention.states = "T", named[scene.norm(mention.first)], ()


def treaties_of_bodies(scene: Scene) -> None:
    """ "Left the ICC", "the court's founding treaty", "the OPCW has 193 members": a body for its treaty."""
    press, nouns = data("treaty_names.yaml"), scene.lexicon.treaty_nouns
    into, of = press["into_a_body"], press["of_a_body"]
    for body in scene.mentions("O"):
        if body.treaty is None:
            continue
        at = body.last + (scene.norm(body.last) == "'s")
        if scene.norm(at) in press["founding"] and scene.norm(at + 1) in nouns:
            scene.add(Mention("T", body.first, at + 2, treaty=body.treaty))
            continue
        before = body.first - (scene.norm(body.first - 1) == "the")
        founding = scene.norm(before - 3) in press["founding"] and scene.norm(before - 1) == "of"
        if founding and scene.norm(before - 2) in nouns:
            scene.add(Mention("T", before - 3, body.last, treaty=body.treaty))
        elif (
            scene.norm(before - 1) in into
            or " ".join(scene.norms(before - 2, before)) in into
            or (scene.norm(body.last) in of and _counts_states(scene, body.last))
            or scene.norm(body.last) in press["behind_a_body"]
            or _is_left(scene, body)
        ):
            body.kind, body.role = "T", None


def _counts_states(scene: Scene, at: int) -> bool:
    behind = scene.norms(at + 1, at + 5)
    return any(word in ("members", "parties", "states", "member", "countries", "nations") for word in behind)


def _is_left(scene: Scene, mention: Mention) -> bool:
    """Whether words of leaving or joining stand close before a body's name, which has no noun of its own."""
    near = tuple(data("treaty_names.yaml")["near_a_body"])
    before = takewhile(lambda word: word not in _PARTS, _backwards(scene, mention.first))
    return any(word.startswith(near) for word in before) and _closes(scene, mention)


_PARTS = frozenset({",", ";", ".", ":", '"', "”", "“", "but", "which", "who", "that", "by", ""})
_NEAR = 7  # words before a body among which what is done with its treaty stands


def _backwards(scene: Scene, at: int) -> Iterator[str]:
    return (scene.norm(index) for index in range(at - 1, at - 1 - _NEAR, -1))


def _closes(scene: Scene, mention: Mention) -> bool:
    """Whether the name stands for itself: no noun of its own behind it, no judge or warrant before it."""
    following = scene.norm(mention.last)
    governing = scene.norms(mention.first - 3, mention.first)
    nouns = {"of", "by"} & set(governing) and not _MEMBERS & set(
        scene.norms(mention.first - 5, mention.first)
    )
    alone = not following.isalpha() or following in data("frames/words.yaml")["closed"]
    return alone and following != "'s" and not nouns


_MEMBERS = frozenset(
    "member members membership party parties out outside part fold jurisdiction free ranks".split()
)


def merge_treaties(scene: Scene) -> None:
    """ "Amended Protocol II to the Convention on ...": the protocol, not its parent."""
    parents = scene.lexicon.parents
    previous: Mention | None = None
    for treaty in scene.mentions("T"):
        if previous is not None and _is_unknown_protocol(scene, previous, treaty):
            scene.drop(treaty)
            scene.stretch(previous, previous.first, treaty.last)
            previous.role, previous.anaphor = "another", True
            continue
        if previous is not None and previous.treaty and treaty.treaty:
            between = " ".join(scene.norms(previous.last, treaty.first))
            if (
                between in scene.lexicon.sets["parent_links"]
                and parents.get(previous.treaty) == treaty.treaty
            ):
                scene.drop(treaty)
                scene.stretch(previous, previous.first, treaty.last)
                continue
            if between == "'s" and parents.get(treaty.treaty) == previous.treaty:
                scene.stretch(treaty, previous.first, treaty.last)
        previous = treaty


def _is_unknown_protocol(scene: Scene, protocol: Mention, treaty: Mention) -> bool:
    """ "The Second Protocol to the Convention": which one, neither of the two words tells."""
    between = " ".join(scene.norms(protocol.last, treaty.first))
    told = (protocol.role or "").rpartition(" ")[2] == "protocol" and between in ("to", "to the", "of")
    return told and protocol.anaphor and treaty.anaphor
