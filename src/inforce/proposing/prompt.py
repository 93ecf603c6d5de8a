"""The messages that a model is sent, and the JSON Schema of its answer; both drawn from the code's own types.

The words stand in `prompt.yaml`.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib import resources
from string import Template
from typing import Any, get_args

import msgspec
import yaml

from inforce.proposing.model import Proposal
from inforce.proposing.passages import Passage
from inforce.proposing.verify import clocks
from inforce.reading.amount_model import Comparator
from inforce.reading.model import Document
from inforce.reading.times import encodable
from inforce.record.model import Record
from inforce.vocabulary import OBJECT_KEYS, PREDICATES, Activity, ClaimKind, DomesticAim, Modality

#: The claim of the prompt's example: of a state that there is not, so that none is taken from it.
EXAMPLE: dict[str, Any] = {
    "quote": "In March 2012 Ruritania signed the treaty",
    "before": None,
    "kind": "treaty-action",
    "predicate": "signed",
    "subject": ["Ruritania"],
    "treaty": None,
    "when": "2012-03",
    "object": {},
    "modality": "done",
    "negated": False,
    "attribution": None,
}

#: What the structured output of servers understands of JSON Schema; the rest is left to `verify`.
_UNDERSTOOD = frozenset(
    "type enum anyOf items properties required additionalProperties $ref $defs const".split()
)


@functools.cache
def words() -> dict[str, Any]:
    """The prompt's words: `system`, `user`, and the glosses of each enumeration."""
    text = resources.files("inforce.proposing").joinpath("prompt.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def messages(passage: Passage, document: Document, record: Record) -> list[dict[str, str]]:
    """The two messages of a request: the task, and the passage of the article with its title and day."""
    fence = _fence(document)
    article = {
        "title": " ".join((document.title or "none").split()),
        "published": document.published.isoformat() if document.published else "unknown",
        "fence": fence,
        "text": encodable(passage.text),
    }
    task = {**_vocabulary(record), "fence": fence}
    return [
        {"role": "system", "content": Template(words()["system"]).substitute(task)},
        {"role": "user", "content": Template(words()["user"]).substitute(article)},
    ]


def _fence(document: Document) -> str:
    """A mark that the article cannot hold: drawn from all of it, and the same each time."""
    number = 0
    while True:
        digest = hashlib.sha256(f"{number}{document.text}".encode("utf-8", "replace")).hexdigest()
        fence = f"=====article-{digest[:16]}====="
        if fence not in document.text:
            return fence
        number += 1


def _vocabulary(record: Record) -> dict[str, str]:
    glosses = words()
    return {
        "kinds": _rows((kind, f"{glosses['kinds'][kind]}. {_forms(kind)}") for kind in ClaimKind),
        "predicates": _rows(glosses["predicates"].items()),
        "modalities": _rows((modality, glosses["modalities"][modality]) for modality in Modality),
        "actions": ", ".join(DomesticAim),
        "activities": ", ".join(Activity),
        "items": ", ".join(record.items),
        "comparators": " ".join(get_args(Comparator)),
        "clocks": ", ".join(clocks()),
        "treaties": _treaties(record),
        "example": json.dumps(EXAMPLE),
    }


def _rows(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- {name}: {gloss}" for name, gloss in pairs)


def _forms(kind: ClaimKind) -> str:
    predicates = ", ".join(PREDICATES[kind]) or "null"
    keys = ", ".join(OBJECT_KEYS[kind]) or "none"
    return f"Predicates: {predicates}. Object: {keys}."


def _treaties(record: Record) -> str:
    named: Mapping[str, Any] = {**record.treaties, **record.other_treaties}
    return "; ".join(
        f"{key} ({treaty.names[0] if treaty.names else treaty.title})" for key, treaty in named.items()
    )


@functools.cache
def answer_schema() -> dict[str, Any]:
    """The JSON Schema of an answer, strict: every key required, none besides, null where there is nothing."""
    (shape,), parts = msgspec.json.schema_components([Proposal], ref_template="#/$defs/{name}")
    return {
        "type": "object",
        "properties": {"claims": {"type": "array", "items": _strict(shape)}},
        "required": ["claims"],
        "additionalProperties": False,
        "$defs": {name: _strict(part) for name, part in parts.items()},
    }


def _strict(shape: Any) -> Any:
    if isinstance(shape, list):
        return [_strict(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    kept = {key: value for key, value in shape.items() if key in _UNDERSTOOD}
    strict = {
        key: {name: _strict(part) for name, part in value.items()} if key == "properties" else _strict(value)
        for key, value in kept.items()
    }
    if "enum" in strict:
        strict["type"] = "string"
    if "properties" in strict:
        strict["required"] = list(strict["properties"])
        strict["additionalProperties"] = False
    return strict
