"""JSON Schemas of every JSON answer, drawn from the types that are encoded.

`python -m inforce.reports.schemas DIR` writes them, one file an answer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

from inforce.archiving.run import Manifest
from inforce.law.count_model import CountAnswer
from inforce.law.diff import PartiesDiff, StatusDiff
from inforce.law.entry_condition import EntryConditionAnswer
from inforce.law.model import CalendarAnswer, EffectRow, PartiesAnswer, StatusAnswer
from inforce.law.obligation_model import TransferAnswer
from inforce.law.suppose import Supposition
from inforce.record.finding import AuditFinding
from inforce.record.importing.compare import Comparison
from inforce.reports.annotations import AnnotationCollection
from inforce.reports.claim_review import ClaimReview
from inforce.reports.comparison import ImportAnswer
from inforce.reports.followed_json import KeyedSourceAnswer
from inforce.reports.json_answers import CheckAnswer
from inforce.reports.ledger_json import (
    CopyAnswer,
    EnteredAnswer,
    ExportAnswer,
    FoundAnswer,
    InfoAnswer,
    LedgerCheckAnswer,
    RulingsAnswer,
    StatementAnswer,
    StoryAnswer,
    StoryDocumentAnswer,
    TurnedAnswer,
)
from inforce.reports.obligation_rows import ObligationRow
from inforce.reports.story_json import CompareAnswer
from inforce.reports.tally import Tally
from inforce.reports.treaty_answer import TreatyAnswer
from inforce.reports.watch_json import WatchAnswer

#: The answer's name (the command that gives it) and its type.
ANSWERS: dict[str, Any] = {
    "check": CheckAnswer,
    "check-tally": Tally,
    "compare": CompareAnswer,
    "check-claimreview": tuple[ClaimReview, ...],
    "check-annotations": AnnotationCollection,
    "status": StatusAnswer,
    "parties": PartiesAnswer,
    "count": CountAnswer,
    "diff-status": StatusDiff,
    "diff-parties": PartiesDiff,
    "condition": EntryConditionAnswer,
    "obligations": tuple[ObligationRow, ...],
    "transfer": TransferAnswer,
    "treaty": TreatyAnswer,
    "calendar": CalendarAnswer,
    "effects": tuple[EffectRow, ...],
    "record-audit": tuple[AuditFinding, ...],
    "record-audit-against": Comparison,
    "record-import": ImportAnswer,
    "ledger-add": EnteredAnswer,
    "ledger-search": FoundAnswer,
    "ledger-show": RulingsAnswer,
    "ledger-programmes": StatementAnswer,
    "ledger-stories": StoryDocumentAnswer,
    "ledger-story": StoryAnswer,
    "ledger-recheck": TurnedAnswer,
    "ledger-sources": KeyedSourceAnswer,
    "ledger-export": ExportAnswer,
    "ledger-info": InfoAnswer,
    "ledger-check": LedgerCheckAnswer,
    "ledger-backup": CopyAnswer,
    "watch": WatchAnswer,
    "archive": Manifest,
}

#: Answers that `suppose` gives as well, with what is supposed added.
SUPPOSABLE = ("status", "parties", "count", "condition", "obligations", "transfer", "effects", "calendar")

#: Where a schema of its own keeps its parts.
_PLACE = "#/$defs/"

#: All answers that have a schema.
NAMES = (*ANSWERS, "suppose")


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one answer; objects hold no other keys than those named."""
    if name == "suppose":
        shape, parts = _suppose()
    else:
        (shape,), parts = drawn([ANSWERS[name]])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Answer of inforce {name.replace('-', ' ')} --json",
        **shape,
        "$defs": dict(sorted(parts.items())),
    }


def drawn(types: Sequence[Any], place: str = _PLACE) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    """The shapes of types, and the parts that they name, which will stand at `place`."""
    shapes, parts = msgspec.json.schema_components(types, ref_template=f"{place}{{name}}")
    for part in parts.values():
        if "properties" in part:
            part["additionalProperties"] = False
        if "description" in part:
            part["description"] = cleandoc(part["description"])
    return shapes, parts


def _suppose() -> tuple[dict[str, Any], dict[str, Any]]:
    """Each answer with the key `supposed`; where the answer is a list, it stands under `rows`."""
    (one, *shapes), parts = drawn([Supposition, *(ANSWERS[name] for name in SUPPOSABLE)])
    forms = [supposed_shape(name, shape, one, parts) for name, shape in zip(SUPPOSABLE, shapes, strict=True)]
    for shape in shapes:
        if "$ref" in shape:
            del parts[shape["$ref"].removeprefix(_PLACE)]
    return {"anyOf": forms}, parts


def supposed_shape(
    name: str, shape: Mapping[str, Any], one: Mapping[str, Any], parts: Mapping[str, Any]
) -> dict[str, Any]:
    """An answer's shape with the key `supposed`, a list of `one`; that of a list has it under `rows`."""
    form: dict[str, Any] = {"type": "object", "additionalProperties": False}
    if "$ref" in shape:
        form |= parts[shape["$ref"].rpartition("/")[2]]
    else:
        form |= {"properties": {"rows": shape}, "required": ["rows"]}
    form["title"] = f"Answer of inforce {name}, supposed"
    supposed = {"type": "array", "items": one, "minItems": 1}
    form["properties"] = {"supposed": supposed, **form["properties"]}
    form["required"] = ["supposed", *form["required"]]
    return form


def schema_text(name: str) -> str:
    """The schema as its file holds it."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def main(folder: str) -> None:
    """Write every schema into `folder`."""
    for name in NAMES:
        (Path(folder) / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
