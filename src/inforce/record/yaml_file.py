"""YAML as the record's files use it: plain text values, no duplicate keys, every node with its line.

Values are read as text and take their meaning from the type they are converted to, so that `NO` stays
the letters N and O, and `2026-02` a month. A plain empty value, `null` or `~` means nothing is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import msgspec
import yaml

from inforce.errors import RecordError
from inforce.record.nearest import nearest

T = TypeVar("T")

_NOTHING = frozenset({"", "~", "null"})
_PATH_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]", re.ASCII)
_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `([^`]*)`")
_INVALID_ENUM = re.compile(r"Invalid enum value '(.*)'", re.DOTALL)
_MISSING_FIELD = re.compile(r"Object missing required field `([^`]*)`")
_EXPECTED = re.compile(r"Expected `([^`]*)`")
_IN_WORDS = {
    "int": "a whole number",
    "bool": "true or false",
    "str": "text",
    "array": "a list",
    "object": "keys",
}


class _TextLoader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Leaves the meaning of a value to its type: resolving tags by pattern takes half the time of a load."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


class YamlFile:
    """A parsed file: `name` as shown in messages, and the tree of its nodes."""

    def __init__(self, name: str, content: bytes) -> None:
        """Raises `RecordError` where the content is no YAML, or empty."""
        self.name = name
        try:
            root = yaml.compose(content.decode("utf-8"), Loader=_TextLoader)
        except UnicodeDecodeError as error:
            raise RecordError(f"{name}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise RecordError(f"{name}:{line}: no YAML: {error.problem}; mend the line") from None
        except yaml.YAMLError as error:
            raise RecordError(f"{name}: no YAML: {' '.join(str(error).split())}; mend the file") from None
        except RecursionError:
            raise self._too_deep() from None
        if root is None:
            raise RecordError(f"{name}: empty; write its content or remove the file")
        self.root: yaml.Node = root

    def _too_deep(self) -> RecordError:
        return RecordError(f"{self.name}: nested too deeply, or an alias that contains itself; write it flat")

    def error(self, node: yaml.Node, message: str) -> RecordError:
        """A `RecordError` that points at the node's line."""
        return RecordError(f"{self.name}:{node.start_mark.line + 1}: {message}")

    def at(self, *steps: str | int) -> str:
        """File and line of the value that the steps lead to, as messages begin."""
        node = self.root
        for step in steps:
            node = _child(node, str(step))
        return f"{self.name}:{node.start_mark.line + 1}"

    def plain(self, node: yaml.Node) -> Any:
        """The node as dict, list, str or None. Raises `RecordError` at a key given twice or a tag."""
        if node.tag:
            raise self.error(node, f'tag "{node.tag}"; values have no tags here, remove it')
        if isinstance(node, yaml.ScalarNode):
            text: str = node.value
            return None if text in _NOTHING and not node.style else text
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(child) for child in node.value]
        return {key.value: self.plain(value) for key, value in self.pairs(node)}

    def pairs(self, node: yaml.Node) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """Keys and values of a mapping in the file's order."""
        if not isinstance(node, yaml.MappingNode):
            raise self.error(node, "expected `key: value` lines; write them")
        seen: dict[str, yaml.Node] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.error(key, "a key must be a plain word; write one")
            if key.value in seen:
                first = seen[key.value].start_mark.line + 1
                raise self.error(key, f'key "{key.value}" given twice, first in line {first}; keep one')
            seen[key.value] = key
        return list(node.value)

    def entries(self, kind: type[T]) -> Iterator[tuple[T, int]]:
        """The entries, with their lines, of a file that maps keys to them; the key fills the field `key`."""
        for key, value in self.pairs(self.root):
            yield self.convert(value, kind, {"key": key.value}), key.start_mark.line + 1

    def rows(self, kind: type[T]) -> Iterator[T]:
        """The values of a file that is a list of entries."""
        if not isinstance(self.root, yaml.SequenceNode):
            raise self.error(self.root, "expected a list of entries, each begun with a dash; write one")
        for node in self.root.value:
            yield self.convert(node, kind)

    def convert(self, node: yaml.Node, kind: type[T], filled: Mapping[str, str] | None = None) -> T:
        """The node as a frozen struct; `filled` are fields that the place of the file gives.

        Raises `RecordError` with line, value and the nearest known value.
        """
        try:
            value = self.plain(node)
        except RecursionError:
            raise self._too_deep() from None
        if filled:
            for field, text in filled.items():
                if not isinstance(value, dict):
                    raise self.error(node, "expected `key: value` lines; write them")
                if field in value:
                    raise self.error(node, f'"{field}" is given by the place already; remove the line')
                value[field] = text
        try:
            return msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError as error:
            raise self._explained(node, kind, str(error)) from None

    def _explained(self, node: yaml.Node, kind: Any, message: str) -> RecordError:
        problem, _, path = message.partition(" - at `$")
        steps = [name or index for name, index in _PATH_STEP.findall(path)]
        type_info = msgspec.inspect.type_info(kind)
        for step in steps:
            node, type_info = _child(node, step), _child_type(type_info, step)
        where = "".join(f"[{s}]" if s.isdigit() else f".{s}" for s in steps if s != "...").lstrip(".")
        place = f"{where}: " if where else ""
        if match := _UNKNOWN_FIELD.match(problem):
            known = nearest(match[1], _field_names(type_info))
            return self.error(_key_node(node, match[1]), f'{place}unknown key "{match[1]}"; {known}')
        if match := _INVALID_ENUM.match(problem):
            return self.error(
                node, f'{place}unknown value "{match[1]}"; {nearest(match[1], _enum(type_info))}'
            )
        if match := _MISSING_FIELD.match(problem):
            return self.error(node, f'{place}key "{match[1]}" missing; write it')
        found = f'"{node.value}"' if isinstance(node, yaml.ScalarNode) else "a list or keys"
        if problem.startswith("Invalid RFC3339"):
            return self.error(node, f"{place}{found} is no day; write YYYY-MM-DD")
        if match := _EXPECTED.match(problem):
            wanted = " or ".join(
                _IN_WORDS.get(part, part) for part in match[1].split(" | ") if part != "null"
            )
            return self.error(node, f"{place}expected {wanted}, found {found}; mend the value")
        return self.error(node, f"{place}{problem}, found {found}; mend the value")


def _child(node: yaml.Node, step: str) -> yaml.Node:
    if isinstance(node, yaml.SequenceNode) and step.isdigit():
        child: yaml.Node = node.value[int(step)]
        return child
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), node)
    return node


def _key_node(node: yaml.Node, name: str) -> yaml.Node:
    if isinstance(node, yaml.MappingNode):
        return next((key for key, _ in node.value if key.value == name), node)
    return node


def _child_type(info: Any, step: str) -> Any:
    for candidate in _alternatives(info):
        if isinstance(candidate, msgspec.inspect.StructType):
            return next((f.type for f in candidate.fields if f.encode_name == step), candidate)
        if isinstance(candidate, msgspec.inspect.DictType):
            return candidate.value_type
        if isinstance(candidate, msgspec.inspect.VarTupleType):
            return candidate.item_type
    return info


def _alternatives(info: Any) -> tuple[Any, ...]:
    return info.types if isinstance(info, msgspec.inspect.UnionType) else (info,)


def _field_names(info: Any) -> list[str]:
    structs = [i for i in _alternatives(info) if isinstance(i, msgspec.inspect.StructType)]
    return [field.encode_name for struct in structs for field in struct.fields]


def _enum(info: Any) -> list[str]:
    values: list[str] = []
    for candidate in _alternatives(info):
        if isinstance(candidate, msgspec.inspect.EnumType):
            values += [member.value for member in candidate.cls]
        elif isinstance(candidate, msgspec.inspect.LiteralType):
            values += [str(value) for value in candidate.values]
    return values
