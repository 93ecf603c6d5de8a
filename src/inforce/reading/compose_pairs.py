""" "The former", "the latter": which of two treaties, or of two states, that were named together."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from inforce.reading.mentions import Mention
from inforce.reading.scene import Scene

_OF_TWO = {"former": 0, "latter": 1}
_IN_ORDER = {"first": 0, "second": 1}
_BACK = 60  # tokens before "the latter" among which the two stand
_APART = 30  # tokens between "the first" and "the second" of one sentence
_BETWEEN = frozenset({"and", "or", "nor", "the", "both", "neither", "to", "of", ","})


def one_of_two(scene: Scene) -> None:
    """ "Finland joined the former in 2012": the first of the two treaties named last.

    "The first ... the second" are such a pair only together, and behind two treaties alone.
    """
    places = {at: _OF_TWO[scene.norm(at)] for at in scene.where(_OF_TWO.keys()) if _stands_alone(scene, at)}
    in_order = _in_order(scene)
    if not places and not in_order:
        return
    named = scene.mentions("TS")
    for at, which in places.items():
        before = [m for m in named if at - _BACK <= m.first and m.last < at]
        treaties, states = _two_treaties(scene, before), _two_states(before)
        governed = scene.norm(at - 2) in scene.lexicon.sets["governing_treaties"]
        if treaties and (governed or not states):
            scene.add(Mention("T", at - 1, at + 1, treaty=treaties[which]))
        elif states:
            scene.add(Mention("S", at - 1, at + 1, states=(states[which],)))
    for pair in in_order:
        told = _only_two_treaties(scene, pair[0])
        for at, treaty in zip(pair, told, strict=False):
            scene.add(Mention("T", at - 1, at + 1, treaty=treaty))


def _stands_alone(scene: Scene, at: int) -> bool:
    """Whether it is a noun by itself: not "the former president"."""
    following = scene.norm(at + 1)
    behind = not following[:1].isalnum() or following in scene.lexicon.sets["after_one_of_two"]
    return scene.norm(at - 1) == "the" and behind and not scene.begins(at)


def _in_order(scene: Scene) -> list[tuple[int, int]]:
    """Where "the first" and "the second" stand alone and close together, in this order."""
    alone = [at for at in scene.where(_IN_ORDER.keys()) if _stands_alone(scene, at)]
    return [
        (one, other)
        for one, other in pairwise(alone)
        if (scene.norm(one), scene.norm(other)) == tuple(_IN_ORDER) and other - one <= _APART
    ]


def _only_two_treaties(scene: Scene, at: int) -> tuple[str, ...]:
    """The treaties of the sentence before, where they are two and no state is named beside them."""
    here = bisect_right(scene.sentences, at, key=lambda sentence: sentence.first) - 1
    if here < 1:
        return ()
    before = scene.sentences[here - 1]
    told = [m for i in range(max(before.first, at - _BACK), before.last) if (m := scene.begins(i))]
    treaties = tuple(dict.fromkeys(m.treaty for m in told if m.kind == "T" and m.treaty))
    return treaties if len(treaties) == 2 and all(m.kind != "S" for m in told) else ()


def _two_treaties(scene: Scene, before: list[Mention]) -> tuple[str, str] | None:
    treaties = [m for m in before if m.kind == "T" and m.treaty]
    for one, other in zip(treaties[-2::-1], treaties[:0:-1], strict=True):
        linked = set(scene.norms(one.last, other.first))
        if one.treaty and other.treaty and linked <= _BETWEEN and linked & {"and", "or", "nor"}:
            return one.treaty, other.treaty
    return None


def _two_states(before: list[Mention]) -> tuple[str, ...] | None:
    return next((m.states for m in reversed(before) if m.kind == "S" and len(m.states) == 2), None)
