"""What a model wrote, decoded: the claims in it one by one, also where the JSON around them is broken."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

import msgspec

from inforce.proposing.reasons import shown

#: Claims of one answer that are looked at, and places in it at which a list of claims may begin.
MOST_CLAIMS = 200
_MOST_PLACES = 20

_LIST = re.compile(r'"claims"\s{0,20}:\s{0,20}\[')
_BETWEEN = re.compile(r"[\s,]*")


class Answer(msgspec.Struct, frozen=True):
    """The proposals of an answer as decoded JSON, keys that stand beside them, and what is wrong with it."""

    items: tuple[object, ...]
    stray: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


def decoded(content: str, *, cut_off: bool = False) -> Answer:
    """The claims in an answer's text: JSON alone, or in a fence or after other words, or cut off.

    Raises nothing, on any text. `cut_off` says that the server stopped the answer at its longest.
    """
    whole = _loaded(content.strip())
    if isinstance(whole, dict) and isinstance(whole.get("claims"), list):
        return _bounded(whole["claims"], stray=tuple(key for key in whole if key != "claims"))
    if isinstance(whole, list):
        return _bounded(whole)
    items, complete = _listed(content)
    if items is None:
        said = shown(content) or "nothing"
        return Answer((), (), (f"the answer is no JSON with a list of claims; it says: {said}",))
    if complete:
        return _bounded(items)
    why = "was cut off at its longest" if cut_off else "breaks off or is malformed"
    return _bounded(items, trouble=f"the answer {why}; whole claims before that: {len(items)}")


def _bounded(items: list[object], *, stray: tuple[str, ...] = (), trouble: str | None = None) -> Answer:
    """The answer with no more claims than are looked at, and so many keys beside them."""
    troubles = [] if trouble is None else [trouble]
    if len(items) > MOST_CLAIMS:
        troubles.append(
            f"the answer holds more than {MOST_CLAIMS} claims; the first {MOST_CLAIMS} were looked at"
        )
    return Answer(tuple(items[:MOST_CLAIMS]), stray[:MOST_CLAIMS], tuple(troubles))


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _loaded(text: str) -> Any:
    """The JSON that the text is; None where it is none."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def _listed(content: str) -> tuple[list[object] | None, bool]:
    """The last list of claims in a text, and whether it is complete; None where there is none.

    A model that thinks aloud may write drafts of its answer first.
    """
    places = [match.end() for match in _LIST.finditer(content)][-_MOST_PLACES:]
    found: tuple[list[object] | None, bool] = (None, False)
    for place in reversed(places):
        found = _items(content, place)
        if found[0] or found[1]:
            break
    return found


def _items(content: str, at: int) -> tuple[list[object], bool]:
    """The values from `at` up to the end of the list, or to where it breaks."""
    items: list[object] = []
    while len(items) <= MOST_CLAIMS:
        at = _BETWEEN.match(content, at).end()  # type: ignore[union-attr]
        if content[at : at + 1] == "]":
            return items, True
        try:
            item, at = _DECODER.raw_decode(content, at)
        except (ValueError, RecursionError):
            return items, False
        items.append(item)
    return items, True
