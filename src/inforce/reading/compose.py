"""Small mentions put together: "Latvia's parliament", "the treaty banning cluster bombs", lists of states."""

from __future__ import annotations

from inforce.reading.compose_pairs import one_of_two
from inforce.reading.compose_states import (
    actors,
    merge_states,
    no_groups,
    no_states,
    peoples,
    places,
    state_anaphora,
)
from inforce.reading.compose_treaties import (
    both_treaties,
    merge_treaties,
    other_ones,
    this_one,
    topics_and_places,
    treaties_by_weapon,
    treaties_of_bodies,
    treaty_anaphora,
)
from inforce.reading.lexicon import Lexicon
from inforce.reading.mentions import Mention
from inforce.reading.scene import Scene
from inforce.reading.tokens import Sentence, Token

_DATELINE = 16  # tokens within which a dateline ends with its dash


def compose(
    tokens: list[Token], sentences: list[Sentence], mentions: list[Mention], lexicon: Lexicon
) -> list[Mention]:
    """The mentions of a text with the composition rules applied, in order."""
    scene = Scene(tokens, sentences, mentions, lexicon)
    datelines(scene)
    peoples(scene)
    no_states(scene)
    no_groups(scene)
    treaties_of_bodies(scene)
    treaties_by_weapon(scene)
    treaty_anaphora(scene)
    both_treaties(scene)
    this_one(scene)
    topics_and_places(scene)
    other_ones(scene)
    merge_treaties(scene)
    merge_states(scene)
    one_of_two(scene)
    state_anaphora(scene)
    merge_states(scene)
    places(scene)
    actors(scene)
    return scene.mentions()


def datelines(scene: Scene) -> None:
    """ "NEW YORK/RIGA, June 28 (Agency) -" names places, not governments."""
    block = -1
    for sentence in scene.sentences:
        if sentence.block == block:
            continue
        block = sentence.block
        opening = scene.tokens[sentence.first].text
        end = min(sentence.first + _DATELINE, sentence.last)
        dash = next(
            (at for at in range(sentence.first + 1, end) if scene.norm(at) in ("–", "—", "-", ".")), None
        )
        if dash is not None and _is_hyphen(scene, dash):
            continue
        if dash is None or scene.norm(dash) == "." or not opening.isupper() or len(opening) < 3:
            continue
        for at in range(sentence.first, dash):
            mention = scene.begins(at)
            if mention is not None and mention.kind in "SQ":
                mention.kind = "L"


def _is_hyphen(scene: Scene, at: int) -> bool:
    return scene.norm(at) == "-" and scene.tokens[at - 1].end == scene.tokens[at].start
