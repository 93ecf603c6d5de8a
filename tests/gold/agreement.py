"""When an answer finds an annotated claim, and which of its fields are right: the contract of README.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from inforce.dates import parse_edtf
from inforce.errors import UsageError

#: "joined" says less than these, so it may be found as them and they as it.
JOINING = {"joined", "acceded", "ratified"}


class Place(msgspec.Struct, frozen=True):
    """Where a claim stands: offsets into the main text, and the words there."""

    start: int = 0
    end: int = 0
    text: str = ""


class Voice(msgspec.Struct, frozen=True):
    """Who says so; only the speaker is scored."""

    speaker: str | None = None


class Scored(msgspec.Struct, frozen=True):
    """The fields of a claim that are compared; gold gives several verdicts where each is right."""

    span: Place
    kind: str
    predicate: str | None = None
    subject: list[str] | None = None
    treaty: str | None = None
    when: str | None = None
    object: dict[str, Any] | None = None
    modality: str = "done"
    negated: bool | None = False
    attribution: Voice | None = None
    verdict: str | list[str] | None = None
    optional: bool = False


def position(claim: Scored, text: str) -> tuple[int, int] | None:
    """The place of the claim's words in the text, nearest to where it says; None where they are not there."""
    words = claim.span.text
    starts = [found.start() for found in re.finditer(re.escape(words), text)] if words else []
    if not starts:
        return None
    start = min(starts, key=lambda at: abs(at - claim.span.start))
    return start, start + len(words)


def overlap(one: Scored, other: Scored, text: str) -> bool:
    a, b = position(one, text), position(other, text)
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]


def same_predicate(gold: Scored, answer: Scored) -> bool:
    if gold.predicate == answer.predicate:
        return True
    pair = {gold.predicate, answer.predicate}
    return "joined" in pair and pair <= JOINING


def may_answer(gold: Scored, answer: Scored, text: str) -> bool:
    """Whether an answer finds a gold claim: same kind, treaty and predicate, a shared state, shared words."""
    return (
        gold.kind == answer.kind
        and gold.treaty == answer.treaty
        and same_predicate(gold, answer)
        and (not gold.subject or bool(set(gold.subject) & set(answer.subject or ())))
        and overlap(gold, answer, text)
    )


# Field by field


def bounds(when: str | None) -> tuple[date | None, date | None] | str | None:
    """First and last day of an EDTF text; a text that is none stands for itself and equals nothing."""
    if not when:
        return None
    try:
        edtf = parse_edtf(when)
    except UsageError:
        return when
    return edtf.first, edtf.last


def speaker(claim: Scored) -> str | None:
    """The last word of the speaker's name: titles and first names vary too much to be compared."""
    name = claim.attribution.speaker if claim.attribution else None
    return name.split()[-1].lower() if name else None


def same_value(want: object, got: object) -> bool:
    """Lists compare as sets without regard to case, mappings by the keys that are wanted."""
    if isinstance(want, list):
        given = got if isinstance(got, list) else [got]
        return {str(each).lower() for each in want} == {str(each).lower() for each in given}
    if isinstance(want, dict):
        return isinstance(got, dict) and all(got.get(key) == value for key, value in want.items())
    if isinstance(want, str):
        return str(got).lower() == want.lower()
    return want == got


def same_object(gold: Scored, answer: Scored) -> bool:
    given = answer.object or {}
    return all(same_value(want, given.get(key)) for key, want in (gold.object or {}).items())


def same_modality(gold: Scored, answer: Scored) -> bool:
    return (gold.modality, bool(gold.negated)) == (answer.modality, bool(answer.negated))


def same_verdict(gold: Scored, answer: Scored) -> bool:
    return answer.verdict in (gold.verdict if isinstance(gold.verdict, list) else [gold.verdict])


FIELDS: dict[str, Callable[[Scored, Scored], bool]] = {
    "subject": lambda gold, answer: set(gold.subject or ()) == set(answer.subject or ()),
    "when": lambda gold, answer: bounds(gold.when) == bounds(answer.when),
    "modality": same_modality,
    "attribution": lambda gold, answer: speaker(gold) == speaker(answer),
    "object": same_object,
    "verdict": same_verdict,
}
