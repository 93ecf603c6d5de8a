"""docs/record-clauses.md: every example is read, every date computed, and no sort of clause is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import jsonschema
import msgspec
import pytest
import yaml

from inforce.law.delays import delayed
from inforce.record.audit_clauses import clause_problems
from inforce.record.load import load
from inforce.record.model import ConditionKind, Delay, FinalClauses, Noun, Treaty
from inforce.record.yaml_file import YamlFile
from inforce.reports.record_schema import record_schema, record_schema_text
from inforce.vocabulary import DelayRule

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "record-clauses.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
ROWS = re.findall(r"^\| `(\{.*\})` \| (\S+) \| (\S+) \|$", TEXT, re.MULTILINE)
ENTRY = date(2000, 7, 1)

HEAD = """\
title: A
depositary: B
adopted: {date: 1980-01-01}
verified_through: 2012
verified_by: C
final_clauses:
"""
PLAIN = """\
entry_into_force:
  initial:
    condition: {type: first_deposit}
    delay: {amount: 1, unit: day, rule: add_days}
"""


def file_of(block: str) -> str:
    whole = block if block.startswith("entry_into_force:") else block + PLAIN
    return HEAD + "".join(f"  {line}\n" for line in whole.splitlines())


def treaty(block: str) -> Treaty:
    file = YamlFile("example", file_of(block).encode())
    read: Treaty = file.convert(file.root, Treaty, {"key": "example"})
    return read


def delay(text: str) -> Delay:
    file = YamlFile("example", text.encode())
    read: Delay = file.convert(file.root, Delay, {})
    return read


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_is_read_and_says_all_that_its_kind_needs(block: str) -> None:
    read = treaty(block)
    assert list(clause_problems(read)) == []
    assert read.final_clauses != treaty(PLAIN).final_clauses


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_is_valid_by_the_schema(block: str) -> None:
    jsonschema.validate(_json(yaml.safe_load(file_of(block))), record_schema())


@pytest.mark.parametrize("key", sorted(load().treaties))
def test_every_recorded_treaty_is_valid_by_the_schema(key: str) -> None:
    text = (ROOT / "src/inforce/treaties" / key / "treaty.yaml").read_text("utf-8")
    jsonschema.validate(_json(yaml.safe_load(text)), record_schema())


def _json(node: Any) -> Any:
    """YAML's own dates as JSON has them, and the key `on`, which YAML 1.1 takes for true."""
    if isinstance(node, dict):
        return {
            "on" if key is True else key: _json(value) for key, value in node.items() if value is not None
        }
    if isinstance(node, list):
        return [_json(value) for value in node]
    return node.isoformat() if isinstance(node, date) else node


def test_the_schema_in_the_docs_is_that_of_the_types() -> None:
    assert (ROOT / "docs" / "record.schema.json").read_text("utf-8") == record_schema_text(), (
        "run: make schemas"
    )


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    bad = _json(yaml.safe_load(file_of(PLAIN + "  later_partys: {}\n")))
    with pytest.raises(jsonschema.ValidationError, match="later_partys"):
        jsonschema.validate(bad, record_schema())


@pytest.mark.parametrize(("given", "start", "gives"), ROWS)
def test_every_delay_gives_the_day_shown(given: str, start: str, gives: str) -> None:
    assert delayed(delay(given), date.fromisoformat(start), ENTRY).isoformat() == gives


def test_the_smallest_folder_is_shown_as_it_is() -> None:
    for name in ("treaty.yaml", "actions.csv"):
        text = (ROOT / "examples/record/treaties/cairn" / name).read_text("utf-8")
        assert "".join(f"    {line}\n" for line in text.splitlines()) in TEXT


def test_every_rule_and_every_condition_has_an_example() -> None:
    assert {delay(given).rule for given, _, _ in ROWS} == set(DelayRule)
    conditions = {treaty(block).final_clauses.entry_into_force.initial.condition.type for block in BLOCKS}
    assert conditions == set(get_args(ConditionKind))


def test_every_key_of_a_final_clause_has_an_example() -> None:
    given = {pair for block in BLOCKS for pair in _given(treaty(block).final_clauses)}
    given |= {pair for text, _, _ in ROWS for pair in _given(delay(text))}
    assert _known(FinalClauses) - given == set()


def _given(node: Noun) -> Iterator[tuple[str, str]]:
    """Struct and field of everything that an example writes."""
    for field in msgspec.structs.fields(node):
        value = getattr(node, field.name)
        if value != field.default and value not in ((), {}):
            yield type(node).__name__, field.name
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Noun):
                yield from _given(one)


def _known(kind: type[Noun]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    queue: list[type[Noun]] = [kind]
    while queue:
        struct = queue.pop()
        for field in msgspec.structs.fields(struct):
            if (struct.__name__, field.name) not in found:
                found.add((struct.__name__, field.name))
                queue += _structs(field.type)
    return found


def _structs(kind: Any) -> Iterator[type[Noun]]:
    if isinstance(kind, type) and issubclass(kind, Noun):
        yield kind
    for part in get_args(kind):
        yield from _structs(part)
