"""Loads the record from its files, strictly: whatever is not understood is an error, nothing is dropped."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from inforce.dates import parse_day, parse_edtf
from inforce.errors import RecordError
from inforce.record import cells, compiled
from inforce.record.audit_clauses import clause_problems
from inforce.record.cells import Participants
from inforce.record.csv_file import read_rows, write_rows
from inforce.record.extensions import read_extensions
from inforce.record.layers import packaged_files, record_files, shown
from inforce.record.model import (
    Action,
    ArmedConflict,
    ContestedPoint,
    DomesticStep,
    Item,
    KnownTreaty,
    Obligation,
    Participant,
    Record,
    Treaty,
)
from inforce.vocabulary import ActionKind, DomesticAim, DomesticStepKind

if TYPE_CHECKING:
    from inforce.record.yaml_file import YamlFile

T = TypeVar("T")
K = TypeVar("K", Participant, Item, KnownTreaty)

ACTION_COLUMNS = ("participant", "action", "date", "known", "effect", "source", "note")
#: Columns that may follow: facts of an instrument that few clauses ask for.
MORE_ACTION_COLUMNS = ("named", "notified")
DOMESTIC_COLUMNS = ("participant", "treaty", "step", "aim", "date", "body", "source", "note")


def load(overlay: Path | None = None) -> Record:
    """The packaged record, or that with a user's folder laid over it (see `layers`).

    Raises `RecordError`, naming file, line, value and the nearest known value.
    """
    return _packaged() if overlay is None else _load(record_files(overlay))


@functools.cache
def _packaged() -> Record:
    return _load(packaged_files())


def _load(files: dict[str, Path]) -> Record:
    contents = {name: _read(path) for name, path in sorted(files.items()) if not name.endswith("cases.yaml")}
    content_hash, names = _hash(contents), [shown(files[name]) for name in contents]
    record = compiled.read(content_hash, names)
    if record is None:
        record = _parsed(_Source(files, contents), content_hash)
        compiled.write(record, names)
    return record


def _parsed(source: _Source, content_hash: str) -> Record:
    participants = _by_key(source, "participants.yaml", Participant)
    treaty_keys = sorted({name.split("/")[1] for name in source.contents if name.startswith("treaties/")})
    treaties = with_shared_clauses({key: _treaty(source, key) for key in treaty_keys})
    other = _by_key(source, "other_treaties.yaml", KnownTreaty)
    named = (*treaties, *other)
    return Record(
        participants=participants,
        treaties=treaties,
        actions=_all_actions(source, treaties, participants),
        domestic=_domestic(source, participants, named),
        contested=_contested(source, participants, named),
        conflicts=_conflicts(source, participants),
        items=_by_key(source, "items.yaml", Item),
        custom=tuple(source.yaml("data/custom.yaml").rows(Obligation)),
        extensions=read_extensions(*source.file("data/extensions.csv"), participants, treaties),
        hash=content_hash,
        other_treaties={key: treaty for key, treaty in other.items() if key not in treaties},
    )


class _Source:
    """The bytes of the record's files, and how messages name each."""

    def __init__(self, files: dict[str, Path], contents: dict[str, bytes]) -> None:
        self.files = files
        self.contents = contents

    def file(self, name: str) -> tuple[str, bytes]:
        if name not in self.contents:
            raise RecordError(f"{name}: missing; {self._why(name)}")
        return shown(self.files[name]), self.contents[name]

    def yaml(self, name: str) -> YamlFile:
        from inforce.record.yaml_file import YamlFile  # noqa: PLC0415 - a compiled record needs no parser

        return YamlFile(*self.file(name))

    def _why(self, name: str) -> str:
        folder = name.rsplit("/", 1)[0]
        siblings = [shown(path) for other, path in self.files.items() if other.startswith(f"{folder}/")]
        beside = f" beside {siblings[0]}" if siblings else ""
        return f"put it{beside}: a treaty needs treaty.yaml and actions.csv, a record all files of data/"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RecordError(f"{path}: cannot be read: {error.strerror}") from None


def _hash(contents: dict[str, bytes]) -> str:
    """sha256 over names and bytes of all files that were read, in sorted order."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(f"{name}\0{len(contents[name])}\0".encode())
        digest.update(contents[name])
    return digest.hexdigest()


def _by_key(source: _Source, name: str, kind: type[K]) -> dict[str, K]:
    file = source.yaml(f"data/{name}")
    return {entry.key: entry for entry, _ in file.entries(kind)}


def _treaty(source: _Source, key: str) -> Treaty:
    file = source.yaml(f"treaties/{key}/treaty.yaml")
    treaty = file.convert(file.root, Treaty, {"key": key})
    cells.edtf(file.at("verified_through"), treaty.verified_through)
    for problem in clause_problems(treaty):
        raise RecordError(f"{file.at('final_clauses')}: {problem}")
    for index, rule in enumerate(treaty.obligations):
        if rule.deadline is not None and rule.deadline.recorded_through is not None:
            through = file.at("obligations", index, "deadline", "recorded_through")
            cells.edtf(through, rule.deadline.recorded_through)
    for index, difference in enumerate(treaty.differences):
        cells.edtf(file.at("differences", index, "date"), difference.date)
    return treaty


def with_shared_clauses(treaties: dict[str, Treaty]) -> dict[str, Treaty]:
    """The treaties, each withdrawal clause that is another treaty's (`same_as`) filled in from there."""
    return {key: _with_shared_clause(treaty, treaties) for key, treaty in treaties.items()}


def _with_shared_clause(treaty: Treaty, treaties: Mapping[str, Treaty]) -> Treaty:
    own = treaty.final_clauses.withdrawal
    if own is None or own.same_as is None:
        return treaty
    at = f"treaties/{treaty.key}/treaty.yaml: withdrawal.same_as"
    other = treaties.get(cells.known(at, "treaty", own.same_as, treaties))
    theirs = other.final_clauses.withdrawal if other else None
    if theirs is None or theirs.same_as is not None:
        raise RecordError(f'{at}: "{own.same_as}" has no withdrawal clause of its own; write the clause here')
    changed = msgspec.structs.replace(
        theirs, same_as=own.same_as, note=own.note or theirs.note, sources=own.sources
    )
    clauses = msgspec.structs.replace(treaty.final_clauses, withdrawal=changed)
    return msgspec.structs.replace(treaty, final_clauses=clauses)


def _all_actions(
    source: _Source, treaties: Mapping[str, Treaty], participants: Participants
) -> dict[str, tuple[Action, ...]]:
    own = {
        key: _actions(source, key, participants)
        for key, treaty in treaties.items()
        if treaty.actions_from is None
    }
    return {key: own[key] if key in own else _shared_actions(source, treaties[key], own) for key in treaties}


def _shared_actions(
    source: _Source, treaty: Treaty, own: Mapping[str, tuple[Action, ...]]
) -> tuple[Action, ...]:
    """The instruments of the treaty named by `actions_from`, as acts under this one."""
    at = f"treaties/{treaty.key}/treaty.yaml: actions_from"
    if f"treaties/{treaty.key}/actions.csv" in source.contents:
        raise RecordError(f"{at}: this treaty has an actions.csv as well; keep one of the two")
    shared = own[cells.known(at, "treaty", treaty.actions_from or "", own)]
    return tuple(msgspec.structs.replace(action, treaty=treaty.key) for action in shared)


def _actions(source: _Source, treaty: str, participants: Participants) -> tuple[Action, ...]:
    names = [f"treaties/{treaty}/actions.csv"]
    added = f"treaties/{treaty}/actions.add.csv"
    if added in source.contents:
        names.append(added)
    actions: list[Action] = []
    seen: dict[tuple[str, str, str], str] = {}
    for name in names:
        file, content = source.file(name)
        for line, row in read_rows(file, content, ACTION_COLUMNS, MORE_ACTION_COLUMNS):
            action = _action(treaty, file, line, row, participants)
            same = (action.participant, action.kind, action.date.text)
            if same in seen:
                raise RecordError(f"{file}:{line}: {' '.join(same)} stands already in {seen[same]}; keep one")
            seen[same] = f"{file}:{line}"
            actions.append(action)
    return tuple(actions)


def _action(treaty: str, file: str, line: int, row: dict[str, str], participants: Participants) -> Action:
    at = f"{file}:{line}"
    date = cells.cell(at, row, "date", parse_edtf)
    return Action(
        participant=cells.participant(at, row["participant"], participants),
        treaty=treaty,
        kind=cells.enum(at, "action", row["action"], ActionKind),
        date=date,
        known=cells.cell(at, row, "known", parse_edtf) if row["known"] else date,
        effect=cells.cell(at, row, "effect", parse_day) if row["effect"] else None,
        source=cells.filled(at, "source", row["source"]),
        note=row["note"],
        file=file,
        line=line,
        named=cells.cell(at, row, "named", parse_day) if row["named"] else None,
        notified=cells.cell(at, row, "notified", parse_day) if row["notified"] else None,
    )


def actions_csv(actions: Collection[Action]) -> str:
    """The text of an `actions.csv` with these actions; `load` reads the same actions from it."""
    more = [column for column in MORE_ACTION_COLUMNS if any(getattr(action, column) for action in actions)]
    return write_rows(
        (*ACTION_COLUMNS, *more),
        (
            (
                action.participant,
                action.kind.value,
                action.date.text,
                "" if action.known == action.date else action.known.text,
                _iso(action.effect),
                action.source,
                action.note,
                *(_iso(getattr(action, column)) for column in more),
            )
            for action in actions
        ),
    )


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def parse_actions(name: str, content: bytes, treaty: str, participants: Participants) -> tuple[Action, ...]:
    """The actions in the text of an `actions.csv`; raises `RecordError` as `load` does."""
    return tuple(
        _action(treaty, name, line, row, participants)
        for line, row in read_rows(name, content, ACTION_COLUMNS, MORE_ACTION_COLUMNS)
    )


def _domestic(
    source: _Source, participants: Participants, treaties: Collection[str]
) -> tuple[DomesticStep, ...]:
    file, content = source.file("data/domestic.csv")
    steps: list[DomesticStep] = []
    for line, row in read_rows(file, content, DOMESTIC_COLUMNS):
        at = f"{file}:{line}"
        steps.append(
            DomesticStep(
                participant=cells.participant(at, row["participant"], participants),
                treaty=cells.known(at, "treaty", row["treaty"], treaties),
                kind=cells.enum(at, "step", row["step"], DomesticStepKind),
                aim=cells.enum(at, "aim", row["aim"], DomesticAim),
                date=cells.cell(at, row, "date", parse_edtf) if row["date"] else None,
                body=row["body"],
                source=cells.filled(at, "source", row["source"]),
                note=row["note"],
            )
        )
    return tuple(steps)


def _contested(
    source: _Source, participants: Participants, treaties: Collection[str]
) -> tuple[ContestedPoint, ...]:
    file = source.yaml("data/contested.yaml")
    points: dict[str, ContestedPoint] = {}
    for index, point in enumerate(file.rows(ContestedPoint)):
        at = file.at(index)
        if point.id in points:
            raise RecordError(f'{at}: id "{point.id}" given twice; keep one')
        if point.participant is not None:
            cells.participant(file.at(index, "participant"), point.participant, participants)
        for participant in point.participants:
            cells.participant(file.at(index, "participants"), participant, participants)
        for treaty in point.treaties:
            cells.known(file.at(index, "treaties"), "treaty", treaty, treaties)
        for number, event in enumerate(point.timeline):
            cells.edtf(file.at(index, "timeline", number, "date"), event.date)
        points[point.id] = point
    return tuple(points.values())


def _conflicts(source: _Source, participants: Participants) -> tuple[ArmedConflict, ...]:
    file = source.yaml("data/conflicts.yaml")
    conflicts: list[ArmedConflict] = []
    for index, conflict in enumerate(file.rows(ArmedConflict)):
        cells.participant(file.at(index, "participant"), conflict.participant, participants)
        conflicts.append(conflict)
    return tuple(conflicts)
