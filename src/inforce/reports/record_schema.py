"""The JSON Schema of `treaty.yaml`, drawn from the types that it is read into.

`python -m inforce.reports.record_schema FILE` writes it. For editors and other programs: the reader itself
checks more (docs/record-format.md), and takes every YAML value as text, so that `article: 17` needs no
quotes there.
"""

from __future__ import annotations

import json
import sys
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

from inforce.record.model import Treaty


def record_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12); the folder's name is the key, which the file does not hold."""
    _, parts = msgspec.json.schema_components([Treaty], ref_template="#/$defs/{name}")
    for part in parts.values():
        if "description" in part:
            part["description"] = cleandoc(part["description"])
        for field in part.get("properties", {}).values():
            _as_yaml_has_it(field)
    treaty = parts.pop("Treaty")
    del treaty["properties"]["key"]
    treaty["required"].remove("key")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **treaty,
        "title": "treaty.yaml of a record of inforce",
        "$defs": dict(sorted(parts.items())),
    }


def _as_yaml_has_it(field: dict[str, Any]) -> None:
    """Text may look like a number where other readers of YAML meet it: articles, mostly."""
    if field.get("type") == "string" and "format" not in field:
        field["type"] = ["string", "number"]
    for choice in field.get("anyOf", ()):
        _as_yaml_has_it(choice)


def record_schema_text() -> str:
    """The schema as its file holds it."""
    return json.dumps(record_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(record_schema_text(), encoding="utf-8")
