"""States put together: lists, peoples, "both countries", neighbours, and parliaments with their state."""

from __future__ import annotations

from collections.abc import Container

from inforce.reading.lexicon import data
from inforce.reading.mentions import Mention
from inforce.reading.scene import Scene

_ACTORS = "PGHFC"
_NEIGHBOURS = frozenset({"neighbour", "neighbor"})
_DETERMINING = frozenset({"of", "each", "its", "every"})  # with the determiners of the word list
_KIN = 3  # words of "its close ally"
_COMPARING = frozenset({"Like", "Unlike", "Besides", "Alongside"})
_TOWNS = ("capital", "capitals")


def peoples(scene: Scene) -> None:
    """ "the Finns", "the Americans": the people for the state."""
    for mention in scene.mentions("A"):
        if scene.norm(mention.last - 1).endswith("s") and scene.norm(mention.first - 1) == "the":
            mention.kind, mention.role = "S", "people"


def no_states(scene: Scene) -> None:
    """ "the last EU countries": the organisation only says which states are meant."""
    nouns = scene.lexicon.sets["state_nouns"]
    for mention in scene.mentions("S"):
        if mention.states == ("EUE",) and scene.norm(mention.last) in nouns:
            scene.drop(mention)


def no_groups(scene: Scene) -> None:
    """ "Two nuclear powers": two of a group, and nobody says which."""
    cardinals = scene.lexicon.terms["cardinals"]
    for mention in scene.mentions("S"):
        size = cardinals.get(scene.norm(mention.first - 1))
        if mention.role == "group" and size is not None and int(size) != len(mention.states):
            scene.drop(mention)


def places(scene: Scene) -> None:
    """A capital behind "in" or "at" is the town."""
    prepositions = scene.lexicon.sets["place_prepositions"]
    for mention in scene.mentions("S"):
        if mention.role in _TOWNS and scene.norm(mention.first - 1) in prepositions:
            mention.kind = "L"


# -- lists ---------------------------------------------------------------------------------------


def merge_states(scene: Scene) -> None:
    """ "Estonia, Latvia and Lithuania": one mention of three."""
    last: Mention | None = None
    for mention in scene.mentions():
        if last is not None and last.kind == mention.kind == "S" and _are_listed(scene, last, mention):
            scene.drop(mention)
            last.states = tuple(dict.fromkeys((*last.states, *mention.states)))
            last.role = "capitals" if last.role in _TOWNS and mention.role in _TOWNS else "list"
            scene.stretch(last, last.first, mention.last)
        else:
            last = mention


def _are_listed(scene: Scene, one: Mention, other: Mention) -> bool:
    between = " ".join(_without_kinship(scene, scene.norms(one.last, other.first)))
    if one.anaphor != other.anaphor or between not in scene.lexicon.sets["list_separators"]:
        return False
    if "group" in (one.role, other.role) and between == ",":
        return False  # "among the members of the Gulf Cooperation Council, Qatar ..."
    if scene.norm(other.last) == "'s" and between in (",", "and", ";"):
        return scene.norm(other.last + 1) in scene.lexicon.sets["shared_possessions"]
    if between == "," and any(scene.tokens[at].text in _COMPARING for at in _just_before(one.first)):
        return scene.norm(other.last) in (",", "and", "or")  # "Like Russia, Georgia has ..." is no list
    return between != ";" or scene.norm(other.last) in (";", ".")


def _without_kinship(scene: Scene, between: tuple[str, ...]) -> tuple[str, ...]:
    """ "Russia and its close ally Belarus": what the second is to the first is no part of the list."""
    if between[-1:] and between[-1] in scene.lexicon.sets["beside_names"]:
        whose = next((at for at, word in enumerate(between) if word in ("its", "their", "the")), 0)
        return between[:whose] if 0 < whose >= len(between) - _KIN else between
    return between


def _just_before(first: int) -> range:
    """Where "Like" may stand before a name: "Unlike its neighbour Kenya"."""
    return range(max(0, first - 4), first)


# -- words that point back to states ----------------------------------------------------------------


def state_anaphora(scene: Scene) -> None:
    """ "the country", "both governments", "the three", "five NATO members", "its eastern neighbour"."""
    taken = scene.covered("STPGHFQLAX")
    sets = scene.lexicon.sets
    nouns = sets["state_nouns"]
    cardinals = {word: int(size) for word, size in scene.lexicon.terms["cardinals"].items()}
    done = 0
    for at in scene.where(_NEIGHBOURS | sets["state_determiners"] | _DETERMINING | cardinals.keys()):
        if at < done or at in taken:
            continue
        found = _neighbour(scene, at) or _phrase(scene, at, nouns, cardinals, taken)
        if found is not None:
            scene.add(found)
            done = found.last


def _neighbour(scene: Scene, at: int) -> Mention | None:
    if scene.norm(at) not in _NEIGHBOURS:
        return None
    side = scene.norm(at - 1).removesuffix("ern")
    first = at - 1 if side in ("east", "west", "north", "south") else at
    if scene.norm(first - 1) not in scene.lexicon.sets["owners"]:
        return None
    role = f"neighbour:{side}" if first < at else "neighbour"
    return Mention("S", first, at + 1, anaphor=True, cardinal=1, role=role)


def _phrase(
    scene: Scene, first: int, nouns: Container[str], cardinals: dict[str, int], taken: set[int]
) -> Mention | None:
    """A determiner or number, adjectives, a noun for states: "all five NATO members"; or "the three"."""
    sets = scene.lexicon.sets
    determiners, adjectives = sets["state_determiners"], sets["state_adjectives"]
    if scene.norm(first) == "of":
        return None
    cardinal, determined, at = None, False, first
    while (norm := scene.norm(at)) in determiners or norm in _DETERMINING:
        determined = determined or norm in determiners
        cardinal = cardinals.get(norm, cardinal)
        at += 1
        if at - first > 3:
            return None
    if scene.norm(at) in cardinals and scene.norm(at) != "both":
        cardinal = cardinals[scene.norm(at)]
        at += 1
    bare = at
    while ((norm := scene.norm(at)) in adjectives or norm == "-") and at - bare < 5:
        at += 1
    if not (determined or cardinal) or at in taken:
        return None
    if scene.norm(at) in nouns:
        if not determined and at == bare and scene.norm(first - 1) in scene.lexicon.sets["before_counts"]:
            return None  # "signed by ten countries": so many, whichever
        return _with_noun(scene, first, bare, at, cardinal, determined=determined)
    if cardinal and determined and at == bare and at > first + (scene.norm(first) != "both"):
        if _counts_things(scene.norm(at), sets["verbs_in_s"]) or _joins_verbs(scene, first):
            return None
        if _is_object(scene, first, at):
            return None
        return _numeral(first, at, cardinal)
    return None


def _joins_verbs(scene: Scene, both: int) -> bool:
    """ "The envoy both signed and ratified": no two states."""
    behind = [scene.norm(i) for i in range(both + 1, both + 4)]
    named = scene.norm(both) == "both" and scene.norm(both - 1)[:1].isalpha()
    return named and behind[0].endswith("ed") and "and" in behind[1:]


def _is_object(scene: Scene, both: int, last: int) -> bool:
    """ "Lithuania has used both: ...": what somebody did something with, not who acts."""
    closed = not scene.norm(last)[:1].isalnum()
    return scene.norm(both) == "both" and closed and scene.norm(both - 1).endswith("ed")


def _with_noun(
    scene: Scene, first: int, bare: int, at: int, cardinal: int | None, *, determined: bool
) -> Mention | None:
    plural = scene.norm(at).endswith("s")
    if scene.norm(at) == "islands" and cardinal is None:
        plural = False  # one state: "bound the islands"
    if cardinal is None and plural and first + 1 == bare == at and scene.norm(first) == "the":
        return None  # "the countries": any
    size = cardinal or (None if plural else 1)
    role = scene.norm(at) if determined else f"some {scene.norm(at)}"
    return Mention("S", first, at + 1, anaphor=True, cardinal=size, role=role)


def _numeral(first: int, last: int, cardinal: int) -> Mention:
    return Mention("S", first, last, anaphor=True, cardinal=cardinal, role="numeral")


def _counts_things(following: str, verbs: Container[str]) -> bool:
    """Whether "the three" goes on with what is counted ("the three mines")."""
    return following in ("of", "-", "%") or (
        following.isalpha() and following.endswith("s") and following not in verbs
    )


# -- institutions -----------------------------------------------------------------------------------


def actors(scene: Scene) -> None:
    """Words for parliaments, governments and so on, with the state that stands beside them."""
    for actor in scene.mentions(_ACTORS):
        if not actor.states and not (_state_before(scene, actor) or _state_behind(scene, actor)):
            actor.cardinal = _number_before(scene, actor)
    for actor in scene.mentions(_ACTORS):
        _repeated_place(scene, actor)
        _borrowed_name(scene, actor)
        actor.former = actor.kind in "GHF" and _held_once(scene, actor)


def _held_once(scene: Scene, actor: Mention) -> bool:
    """ "A former Malian foreign minister", "the ex-president": who speaks for nobody now."""
    at = actor.first - 1 - (scene.norm(actor.first - 1) == "-")
    return scene.norm(at) in data("speech.yaml")["no_longer"]


def _number_before(scene: Scene, actor: Mention) -> int | None:
    """ "Both governments", "the three parliaments": of so many states already named."""
    if not scene.norm(actor.last - 1).endswith("s"):
        return None
    size = scene.lexicon.terms["cardinals"].get(scene.norm(actor.first - 1))
    determined = scene.norm(actor.first - 2) in scene.lexicon.sets["state_determiners"]
    return int(size) if size and (determined or scene.norm(actor.first - 1) == "both") else None


def _state_before(scene: Scene, actor: Mention) -> bool:
    """ "Latvia's parliament", "Finnish lawmakers", "Poland's new government"."""
    stops = scene.lexicon.sets["no_hop"]
    at = actor.first
    before = scene.ends(at)
    for _ in range(2):
        if before is not None or not scene.norm(at - 1).isalpha() or scene.norm(at - 1) in stops:
            break
        at -= 1
        before = scene.ends(at)
    if before is None and scene.norm(at - 1) == "'s":
        before = scene.ends(at - 1)
    if before is None or before.kind not in "AS" or not before.states or before.anaphor:
        return False
    actor.states = before.states
    scene.drop(before)
    scene.stretch(actor, before.first, actor.last)
    return True


def _state_behind(scene: Scene, actor: Mention) -> bool:
    """ "the defence ministers of Estonia and Latvia", "lawmakers in Helsinki"."""
    if scene.norm(actor.last) not in ("of", "in", "from"):
        return False
    state = scene.begins(actor.last + 1) or (
        scene.begins(actor.last + 2) if scene.norm(actor.last + 1) == "the" else None
    )
    if state is None or state.kind not in "SL" or not state.states:
        return False
    actor.states = state.states
    scene.stretch(actor, actor.first, state.last)
    return True


def _borrowed_name(scene: Scene, actor: Mention) -> None:
    """ "The Sejm of Latvia": a parliament under the name that another one has."""
    if actor.kind != "P" or scene.norm(actor.last) != "of":
        return
    state = scene.begins(actor.last + 1)
    if state is not None and state.kind == "S" and not state.anaphor and len(state.states) == 1:
        actor.states = state.states
        scene.stretch(actor, actor.first, state.last)


def _repeated_place(scene: Scene, actor: Mention) -> None:
    """ "the Seimas in Vilnius": the place repeats the state."""
    if scene.norm(actor.last) in ("in", "of"):
        place = scene.begins(actor.last + 1)
        if place is not None and place.kind in "SL" and place.states == actor.states:
            scene.stretch(actor, actor.first, place.last)
