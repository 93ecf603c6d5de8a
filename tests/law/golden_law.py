"""Reads and runs the sentence-named cases that lie beside each treaty, against any record.

A case may `suppose` actions and armed conflicts: hypothetical ones, so named in its sentence.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from inforce import law
from inforce.dates import parse_edtf
from inforce.record import supposition
from inforce.record.model import Record
from inforce.record.yaml_file import YamlFile
from inforce.vocabulary import ActionKind, Activity


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a case; unknown keys are errors."""


class SupposedAction(Strict, frozen=True, kw_only=True):
    """Under the treaty of the case or the one it names; `notified` and `named` as in actions.csv."""

    participant: str
    action: ActionKind
    date: str
    known: str | None = None
    treaty: str | None = None
    notified: dt.date | None = None
    named: dt.date | None = None


class SupposedConflict(Strict, frozen=True, kw_only=True):
    participant: str
    since: dt.date
    until: dt.date | None = None


class Suppose(Strict, frozen=True, kw_only=True):
    actions: tuple[SupposedAction, ...] = ()
    conflicts: tuple[SupposedConflict, ...] = ()


class StatusCase(Strict, frozen=True, kw_only=True):
    case: str
    of: str
    on: dt.date
    known_by: dt.date | None = None
    reading: str | None = None
    suppose: Suppose = Suppose()
    expect: dict[str, Any]


class PartiesCase(Strict, frozen=True, kw_only=True):
    case: str
    on: dt.date
    known_by: dt.date | None = None
    suppose: Suppose = Suppose()
    expect: dict[str, int]


class EffectCase(Strict, frozen=True, kw_only=True):
    case: str
    of: str
    action: ActionKind
    date: str
    suppose: Suppose = Suppose()
    expect: Any


class RulesCase(Strict, frozen=True, kw_only=True):
    """All rules of a treaty on an item.

    Each is `ARTICLE MODALITY [outright] [provisionally] ACTIVITY ITEM [(RELATION)]`.
    """

    case: str
    of: str
    on: dt.date
    item: str | None = None
    suppose: Suppose = Suppose()
    expect: tuple[str, ...]


class DeadlineCase(Strict, frozen=True, kw_only=True):
    case: str
    of: str
    on: dt.date
    rule: str
    expect: dt.date | None


class ProhibitionCase(Strict, frozen=True, kw_only=True):
    case: str
    of: str
    activity: Activity
    item: str
    on: dt.date
    known_by: dt.date | None = None
    suppose: Suppose = Suppose()
    expect: dict[str, Any]


class EntryCase(Strict, frozen=True, kw_only=True):
    case: str
    suppose: Suppose = Suppose()
    expect: dict[str, Any]


class ConditionCase(Strict, frozen=True, kw_only=True):
    """What the condition of the treaty's own entry into force had on a day."""

    case: str
    on: dt.date
    known_by: dt.date | None = None
    suppose: Suppose = Suppose()
    expect: dict[str, Any]


class CountCase(Strict, frozen=True, kw_only=True):
    """On which days a number of parties was right, by each way of counting that the case names.

    Days are written `2025-06-25 to 2025-12-26`, both included, with `open` behind them where a partial date
    leaves it open; `nearest` lists right statements, `166 deposited 2025-06-25 to 2025-12-26`.
    """

    case: str
    number: int
    first: dt.date | None = msgspec.field(default=None, name="from")
    last: dt.date | None = msgspec.field(default=None, name="to")
    known_by: dt.date | None = None
    suppose: Suppose = Suppose()
    expect: dict[str, Any]


class SupposeCase(Strict, frozen=True, kw_only=True):
    """What would follow from acts supposed as a person types them: `POL accession apmbc 2027-01-15`.

    With `of` the status of a participant; without it the counts and the condition of entry into force.
    """

    case: str
    supposing: tuple[str, ...]
    of: str | None = None
    on: dt.date
    known_by: dt.date | None = None
    expect: dict[str, Any]


Case = (
    StatusCase
    | PartiesCase
    | EffectCase
    | RulesCase
    | DeadlineCase
    | ProhibitionCase
    | EntryCase
    | ConditionCase
    | CountCase
    | SupposeCase
)


class Cases(Strict, frozen=True, kw_only=True):
    entry: tuple[EntryCase, ...] = ()
    conditions: tuple[ConditionCase, ...] = ()
    status: tuple[StatusCase, ...] = ()
    effects: tuple[EffectCase, ...] = ()
    parties: tuple[PartiesCase, ...] = ()
    count: tuple[CountCase, ...] = ()
    suppose: tuple[SupposeCase, ...] = ()
    rules: tuple[RulesCase, ...] = ()
    deadlines: tuple[DeadlineCase, ...] = ()
    prohibitions: tuple[ProhibitionCase, ...] = ()

    def all(self) -> tuple[Case, ...]:
        return (
            *self.entry,
            *self.conditions,
            *self.status,
            *self.effects,
            *self.rules,
            *self.deadlines,
            *self.prohibitions,
            *self.parties,
            *self.count,
            *self.suppose,
        )


@cache
def cases_of(treaty: str) -> tuple[Case, ...]:
    """The golden cases of one treaty, in the order of its file's headings."""
    content = (files("inforce") / "treaties" / treaty / "cases.yaml").read_bytes()
    file = YamlFile(f"treaties/{treaty}/cases.yaml", content)
    return file.convert(file.root, Cases).all()


def with_supposed(record: Record, treaty: str, suppose: Suppose) -> Record:
    """The record with hypothetical actions under a treaty and hypothetical armed conflicts."""
    if suppose == Suppose():
        return record
    conflicts = (supposition.SupposedConflict(**msgspec.structs.asdict(one)) for one in suppose.conflicts)
    return law.suppose(record, [*(_action(one.treaty or treaty, one) for one in suppose.actions), *conflicts])


def _action(treaty: str, one: SupposedAction) -> supposition.SupposedAction:
    return supposition.SupposedAction(
        participant=one.participant,
        treaty=treaty,
        kind=one.action,
        date=parse_edtf(one.date),
        known=None if one.known is None else parse_edtf(one.known),
        named=one.named,
        notified=one.notified,
    )


def outcome(record: Record, treaty: str, case: Case) -> tuple[Any, Any]:
    """What the case expects and what the law answers, both as the text of the case file."""
    return _text(case.expect), _text(_answer(record, treaty, case))


def _answer(record: Record, treaty: str, case: Case) -> Any:
    match case:
        case EntryCase():
            supposed = with_supposed(record, treaty, case.suppose)
            return _picked(next(one for one in law.check_entries(supposed) if one.treaty == treaty), case)
        case ConditionCase():
            supposed = with_supposed(record, treaty, case.suppose)
            return _picked(law.condition(supposed, treaty, on=case.on, known_by=case.known_by), case)
        case StatusCase():
            return _status(record, treaty, case)
        case PartiesCase():
            return _counts(record, treaty, case)
        case EffectCase():
            return _effect(record, treaty, case)
        case RulesCase():
            supposed = with_supposed(record, treaty, case.suppose)
            answer = law.obligations(supposed, case.of, item=case.item, on=case.on)
            rules = [one for one in answer.rules if one.treaty == treaty]
            return [_rule(one) for one in rules]
        case DeadlineCase():
            answer = law.obligations(record, case.of, on=case.on)
            return next(one.deadline for one in answer.rules if one.id == case.rule)
        case ProhibitionCase():
            return _prohibition(record, treaty, case)
        case CountCase():
            return _count(record, treaty, case)
        case SupposeCase():
            return _supposed(record, treaty, case)


def _rule(rule: law.ObligationAnswer) -> str:
    relation = "" if rule.relation == "same" else f" ({rule.relation})"
    outright = " outright" if rule.total else ""
    provisionally = " provisionally" if rule.provisional else ""
    return f"{rule.article} {rule.modality}{outright}{provisionally} {rule.activity} {rule.item}{relation}"


def _counts(record: Record, treaty: str, case: PartiesCase) -> dict[str, int]:
    """The counts that the case names, and their upper ends where the law gives a range."""
    supposed = with_supposed(record, treaty, case.suppose)
    counts = law.parties(supposed, treaty, on=case.on, known_by=case.known_by).counts
    named = {*case.expect, *(f"{key}_max" for key in case.expect if f"{key}_max" in counts)}
    return {key: counts[key] for key in named}


def _count(record: Record, treaty: str, case: CountCase) -> dict[str, Any]:
    supposed = with_supposed(record, treaty, case.suppose)
    answer = law.count(
        supposed, treaty, case.number, first=case.first, last=case.last, known_by=case.known_by
    )
    found = {
        one.counted: [
            _days(each.since, each.until) + ("" if each.right else " open") for each in one.stretches
        ]
        for one in answer.findings
    }
    near = [
        f"{one.least} {one.counted} {_days(one.since, one.until)}"
        for one in (*answer.nearest_numbers, *answer.nearest_dates)
    ]
    asked = {"right": answer.right, "nearest": near}
    return {key: asked[key] if key in asked else found.get(key, []) for key in case.expect}


def _supposed(record: Record, treaty: str, case: SupposeCase) -> dict[str, Any]:
    acts = [one for text in case.supposing for one in supposition.read_supposition(record, text)]
    world = law.suppose(record, acts)
    if case.of is not None:
        asked = StatusCase(case=case.case, of=case.of, on=case.on, known_by=case.known_by, expect=case.expect)
        return _status(world, treaty, asked)
    condition = law.entry_condition(world, treaty, on=case.on, known_by=case.known_by)
    counts = law.parties(world, treaty, on=case.on, known_by=case.known_by).counts
    return {key: counts[key] if key in counts else getattr(condition, key) for key in case.expect}


def _days(since: dt.date | None, until: dt.date | None) -> str:
    last = "" if until is None else f" to {until - dt.timedelta(days=1)}"
    return f"{since}{last}"


def _status(record: Record, treaty: str, case: StatusCase) -> dict[str, Any]:
    supposed = with_supposed(record, treaty, case.suppose)
    answer = law.status(supposed, case.of, treaty, on=case.on, known_by=case.known_by, reading=case.reading)
    found = _picked(answer, case)
    if "readings" in case.expect:
        found["readings"] = {one.id: one.bound for one in answer.readings}
    return found


def _effect(record: Record, treaty: str, case: EffectCase) -> Any:
    rows = law.effects(with_supposed(record, treaty, case.suppose), [treaty])
    key = (case.of, case.action, case.date)
    row = next(row for row in rows if (row.participant, row.action, row.date) == key)
    return row.effect_computed if row.effect_between is None else row.effect_between


def _prohibition(record: Record, treaty: str, case: ProhibitionCase) -> dict[str, Any]:
    supposed = with_supposed(record, treaty, case.suppose)
    answer = law.prohibition(supposed, case.of, case.activity, case.item, on=case.on, known_by=case.known_by)
    found = _picked(answer, case)
    if "articles" in case.expect:
        found["articles"] = [one.article for one in answer.rules if one.treaty == treaty and one.total]
    return found


def _picked(answer: object, case: StatusCase | ProhibitionCase | EntryCase | ConditionCase) -> dict[str, Any]:
    """The fields of an answer that the case names."""
    return {key: getattr(answer, key, "no such field") for key in case.expect}


def _text(value: Any) -> Any:
    """Values as the case file writes them."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case dict():
            return {key: _text(one) for key, one in value.items()}
        case tuple() | list():
            return [_text(one) for one in value]
        case _:
            return str(value)
