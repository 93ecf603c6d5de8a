""" "The former", "the latter": which of two treaties, or of two states, that were named together."""

from __future__ import annotations

from inforce.reading.mentions import Mention
from inforce.reading.scene import Scene

_OF_TWO = {"former": 0, "latter": 1}
_BACK = 60  # tokens before "the latter" among which the two stand
_BETWEEN = frozenset({"and", "or", "nor", "the", "both", "neither", "to", "of", ","})


def one_of_two(scene: Scene) -> None:
    """ "Finland joined the former in 2012": the first of the two treaties named last."""
    places = [at for at in scene.where(_OF_TWO.keys()) if _stands_alone(scene, at)]
    if not places:
        return
    named = scene.mentions("TS")
    for at in places:
        before = [m for m in named if at - _BACK <= m.first and m.last < at]
        treaties, states = _two_treaties(scene, before), _two_states(before)
        governed = scene.norm(at - 2) in scene.lexicon.sets["governing_treaties"]
        which = _OF_TWO[scene.norm(at)]
        if treaties and (governed or not states):
            scene.add(Mention("T", at - 1, at + 1, treaty=treaties[which]))
        elif states:
            scene.add(Mention("S", at - 1, at + 1, states=(states[which],)))


def _stands_alone(scene: Scene, at: int) -> bool:
    """Whether it is a noun by itself: not "the former president"."""
    following = scene.norm(at + 1)
    behind = not following[:1].isalnum() or following in scene.lexicon.sets["after_one_of_two"]
    return scene.norm(at - 1) == "the" and behind and not scene.begins(at)


def _two_treaties(scene: Scene, before: list[Mention]) -> tuple[str, str] | None:
    treaties = [m for m in before if m.kind == "T" and m.treaty]
    for one, other in zip(treaties[-2::-1], treaties[:0:-1], strict=True):
        linked = set(scene.norms(one.last, other.first))
        if one.treaty and other.treaty and linked <= _BETWEEN and linked & {"and", "or", "nor"}:
            return one.treaty, other.treaty
    return None


def _two_states(before: list[Mention]) -> tuple[str, ...] | None:
    return next((m.states for m in reversed(before) if m.kind == "S" and len(m.states) == 2), None)
