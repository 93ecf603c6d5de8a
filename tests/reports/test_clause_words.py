"""The plain words of a clause say every parameter of it: change one, and the words change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import Enum
from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest
from whole_treaty import WHOLE

from inforce.record import load
from inforce.record.model import Condition, FinalClauses, Replacement, Treaty, WithdrawalClause
from inforce.reports.clause_words import clauses
from inforce.reports.clause_words import condition as condition_words
from inforce.vocabulary import ActionKind, DelayRule

RECORD = load()


#: A field that must be there and has one value only.
SOLE = ("ImmediateEffect", "when")


def words(treaty: Treaty) -> tuple[Any, ...]:
    return clauses(treaty, RECORD)


def choices(kind: Any) -> tuple[Any, ...]:
    """The values of a Literal within a type."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(value for part in get_args(kind) for value in choices(part))


def other(value: Any, kind: Any) -> Any:
    """Another value of the same type."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case dt.date():
            return value + dt.timedelta(days=1)
        case Enum():
            return next(one for one in type(value) if one is not value)
        case tuple():
            return value[1:] or (other(value[0], kind),)
        case dict():
            return {key: each + 1 for key, each in value.items()}
        case str() if choices(kind):
            return next((one for one in choices(kind) if one != value), None)  # else as if left out
        case str() if len(value) == 5 and value[2] == "-":  # a day of the year
            return "11-11"
        case str():
            return f"{value} otherwise"
    raise AssertionError(f"no other value known for {value!r}")


def changed(node: Any, path: str) -> Iterator[tuple[str, tuple[str, str], Any]]:
    """Every copy of a struct with one parameter changed: its path, its type and field, the copy."""
    if isinstance(node, tuple):
        for index, one in enumerate(node):
            for name, pair, copy in changed(one, f"{path}[{index}]"):
                yield name, pair, (*node[:index], copy, *node[index + 1 :])
        return
    for field in msgspec.structs.fields(node):
        value, at = getattr(node, field.name), f"{path}.{field.name}"
        if value is None or value in ((), {}) or value is False is field.default:
            continue
        if isinstance(value, msgspec.Struct) or (
            isinstance(value, tuple) and isinstance(value[0], msgspec.Struct)
        ):
            inner = changed(value, at)
            yield from (
                (name, deeper, msgspec.structs.replace(node, **{field.name: copy}))
                for name, deeper, copy in inner
            )
        elif not idle(node, field.name):
            pair = (type(node).__name__, field.name)
            yield at, pair, msgspec.structs.replace(node, **{field.name: other(value, field.type)})


def idle(node: Any, field: str) -> bool:
    """Whether a field says nothing beside the others: the unit of no time, the start of no notice, and that
    a condition has the floor which it names anyway."""
    same_day = getattr(node, "rule", None) is DelayRule.SAME_DAY and node.amount == 0
    unstarted = isinstance(node, WithdrawalClause) and node.notice is None
    floored = field == "type" and node.type == "count_and_floor"
    sole = (type(node).__name__, field) == SOLE
    return (same_day and field == "unit") or (unstarted and field == "counted_from") or floored or sole


def mutants(treaty: Treaty) -> Iterator[tuple[str, tuple[str, str], Treaty]]:
    for field in ("final_clauses", "replaces"):
        node = getattr(treaty, field)
        if node is not None:
            for path, pair, copy in changed(node, field):
                yield path, pair, msgspec.structs.replace(treaty, **{field: copy})


@pytest.mark.parametrize("key", sorted(RECORD.treaties))
def test_every_parameter_of_every_clause_of_the_record_is_said(key: str) -> None:
    treaty = RECORD.treaties[key]
    told = words(treaty)
    assert len(told) > 3
    silent = [path for path, _, mutant in mutants(treaty) if words(mutant) == told]
    assert silent == []


def test_every_parameter_that_the_format_knows_is_said() -> None:
    said: set[tuple[str, str]] = set()
    for treaty in WHOLE:
        told = words(treaty)
        for path, pair, mutant in mutants(treaty):
            assert words(mutant) != told, path
            said.add(pair)
    assert said == known_parameters() - {SOLE}


def known_parameters() -> set[tuple[str, str]]:
    """Every field of the structs that make up the final clauses, but those that hold other structs."""
    found: set[tuple[str, str]] = set()
    seen: set[type] = set()
    queue: list[type] = [FinalClauses, Replacement]
    while queue:
        kind = queue.pop()
        if kind in seen:
            continue
        seen.add(kind)
        for field in msgspec.structs.fields(kind):
            inner = list(structs_in(field.type))
            queue += inner
            if not inner or str in get_args(field.type):
                found.add((kind.__name__, field.name))
    return found


def structs_in(kind: Any) -> Iterator[type]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for part in get_args(kind):
        yield from structs_in(part)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (
            Condition(type="count", count=40, instruments=(ActionKind.RATIFICATION, ActionKind.ACCESSION)),
            "when 40 participants have deposited an instrument of ratification or accession",
        ),
        (
            Condition(type="named_set", named=("FIN", "CHE"), instruments=(ActionKind.RATIFICATION,)),
            "when all of those named (Finland and Switzerland) have deposited an instrument of ratification",
        ),
        (
            Condition(type="share", named=("FIN", "CHE"), share=50, instruments=(ActionKind.RATIFICATION,)),
            "when 50 per cent of those named (Finland and Switzerland) have deposited an instrument of "
            "ratification",
        ),
    ],
)
def test_a_condition_in_words(condition: Condition, told: str) -> None:
    assert condition_words(condition, RECORD).replace("50.0", "50") == told
