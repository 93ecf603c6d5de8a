"""JSON Schemas of every JSON answer, drawn from the types that are encoded.

`python -m inforce.reports.schemas DIR` writes them, one file an answer.
"""

from __future__ import annotations

import json
import sys
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

from inforce.law.count_model import CountAnswer
from inforce.law.model import CalendarAnswer, EffectRow, PartiesAnswer, StatusAnswer
from inforce.record.finding import AuditFinding
from inforce.record.importing.compare import Comparison
from inforce.reports.comparison import ImportAnswer
from inforce.reports.json_answers import CheckAnswer
from inforce.reports.obligation_rows import ObligationRow

#: The answer's name (the command that gives it) and its type.
ANSWERS: dict[str, Any] = {
    "check": CheckAnswer,
    "status": StatusAnswer,
    "parties": PartiesAnswer,
    "count": CountAnswer,
    "obligations": tuple[ObligationRow, ...],
    "calendar": CalendarAnswer,
    "effects": tuple[EffectRow, ...],
    "record-audit": tuple[AuditFinding, ...],
    "record-audit-against": Comparison,
    "record-import": ImportAnswer,
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one answer; objects hold no other keys than those named."""
    (drawn,), parts = msgspec.json.schema_components([ANSWERS[name]], ref_template="#/$defs/{name}")
    for part in parts.values():
        if "properties" in part:
            part["additionalProperties"] = False
        if "description" in part:
            part["description"] = cleandoc(part["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Answer of inforce {name.replace('-', ' ')} --json",
        **drawn,
        "$defs": dict(sorted(parts.items())),
    }


def schema_text(name: str) -> str:
    """The schema as its file holds it."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def main(folder: str) -> None:
    """Write every schema into `folder`."""
    for name in ANSWERS:
        (Path(folder) / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
