"""Cases of the checker as a lawyer reads them: YAML files, each case one claim with the verdict due."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from inforce.dates import parse_day
from inforce.reading.model import Claim, ClaimObject, Document, Money, Span
from inforce.vocabulary import ClaimKind, Modality

CASES = Path(__file__).parent / "cases"

#: The kind of claim in a file whose cases do not say it.
KIND_OF_FILE = {
    "treaty_actions": "treaty-action",
    "plans": "treaty-action",
    "domestic_steps": "domestic-step",
    "membership": "membership",
    "counts": "party-count",
    "prohibitions": "prohibition",
}

_OBJECT = frozenset(ClaimObject.__struct_fields__)
_OWN = frozenset({"kind", "predicate", "subject", "treaty", "when", "modality", "negated", "words"})


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`correction` and `because` list words that must stand there; `today` is the verdict on the last day."""

    says: str
    as_of: Any
    claim: dict[str, Any]
    verdict: str
    today: str | None = None
    correct: dict[str, Any] | None = None
    correction: list[str] = []
    because: list[str] = []
    file: str = ""


def cases() -> Iterator[Case]:
    """Every case of every file."""
    for path in sorted(CASES.glob("*.yaml")):
        for raw in yaml.safe_load(path.read_text("utf-8")):
            case = msgspec.convert(raw, Case)
            yield msgspec.structs.replace(case, file=path.stem, as_of=parse_day(str(case.as_of)))


def claim_of(case: Case) -> Claim:
    """The claim of a case; what it does not give is that of a plain statement on the Mine Ban Convention.

    `words` is the text itself, where a rule looks at it.
    """
    fields = {"kind": KIND_OF_FILE.get(case.file), "treaty": "apmbc"} | case.claim
    given = {key: value for key, value in fields.items() if key in _OBJECT}
    assert set(fields) <= _OWN | _OBJECT, f"unknown fields in {case.says!r}"
    return a_claim(
        kind=ClaimKind(fields["kind"]),
        predicate=fields.get("predicate"),
        subject=tuple(fields.get("subject", ())),
        treaty=fields["treaty"],
        when=fields.get("when"),
        modality=Modality(fields.get("modality", "done")),
        negated=fields.get("negated", False),
        object=_object(given),
        span=Span(0, len(words := fields.get("words", "x")), words),
    )


def _object(given: dict[str, Any]) -> ClaimObject:
    lists = {key: tuple(value) for key, value in given.items() if isinstance(value, list)}
    money = {"money": Money(**given["money"])} if "money" in given else {}
    return ClaimObject(**(given | lists | money))


def a_claim(**fields: Any) -> Claim:
    """A claim with these fields and a span that nothing depends on."""
    defaults: dict[str, Any] = {"id": "c1", "span": Span(0, 1, "x")}
    return Claim(**(defaults | fields))


def a_document(published: Any = None) -> Document:
    """A text of no content, published on a day."""
    return Document(source="case", text="x", published=published)
