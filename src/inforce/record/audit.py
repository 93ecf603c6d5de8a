"""Checks of the record beyond its types: what cannot be, or is missing. No rule of effect is applied here.

Counts of parties and computed dates of effect need the law and are checked there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from inforce.record.audit_actions import action_findings
from inforce.record.audit_clauses import clause_problems, reference_problems
from inforce.record.audit_deadlines import deadline_findings, extension_findings
from inforce.record.finding import AuditFinding
from inforce.record.model import ContestedPoint, Item, KnownTreaty, Record, Treaty

_ORDER = {"error": 0, "warning": 1, "note": 2}


def audit(record: Record) -> tuple[AuditFinding, ...]:
    """All findings, errors first, then by file and line."""
    findings = [
        *(f for key, treaty in record.treaties.items() for f in action_findings(treaty, record.actions[key])),
        *(f for treaty in record.treaties.values() for f in _treaty_findings(treaty, record)),
        *_shared_names(record),
        *_item_findings(record.items),
        *(f for point in record.contested for f in _contested_findings(point, record)),
        *_conflict_findings(record),
        *_domestic_findings(record),
        *(f for treaty in record.treaties.values() for f in deadline_findings(treaty)),
        *extension_findings(record),
        *_custom_findings(record),
    ]
    return tuple(sorted(findings, key=lambda f: (_ORDER[f.level], f.file, f.line or 0, f.text)))


def _treaty_findings(treaty: Treaty, record: Record) -> Iterator[AuditFinding]:
    file = f"treaties/{treaty.key}/treaty.yaml"

    def error(text: str) -> AuditFinding:
        return AuditFinding("error", file, None, text)

    if treaty.parent and treaty.parent not in record.treaties and treaty.parent not in record.other_treaties:
        yield error(f'parent "{treaty.parent}" is no known treaty')
    entry = treaty.final_clauses.entry_into_force.initial
    for place, keys in (
        ("entry_into_force.initial.triggered_by", entry.triggered_by),
        ("entry_into_force.initial.condition.named", entry.condition.named),
        ("entry_into_force.initial.condition.weights", tuple(entry.condition.weights)),
        ("depositaries", treaty.depositaries),
    ):
        for participant in keys:
            if participant not in record.participants:
                yield error(f'{place}: unknown participant "{participant}"')
    yield from (error(text) for text in clause_problems(treaty))
    yield from (error(text) for text in reference_problems(treaty, record))
    for period in treaty.final_clauses.signature:
        if period.closed and period.closed < period.opened:
            yield error(f"signature closed on {period.closed}, before it opened on {period.opened}")
        if period.opened < treaty.adopted.date:
            yield error(f"signature opened on {period.opened}, before adoption on {treaty.adopted.date}")
    yield from _obligation_findings(treaty, record, file)
    yield from _source_findings(treaty, file)
    yield from _difference_findings(treaty, record, file)


def _obligation_findings(treaty: Treaty, record: Record, file: str) -> Iterator[AuditFinding]:
    ids = [obligation.id for obligation in treaty.obligations]
    for repeated in sorted({key for key in ids if ids.count(key) > 1}):
        yield AuditFinding("error", file, None, f'obligation "{repeated}" stands twice')
    for obligation in treaty.obligations:
        for exception in obligation.exceptions:
            if exception not in ids:
                text = (
                    f'obligation "{obligation.id}": exception "{exception}" is no obligation of this treaty'
                )
                yield AuditFinding("error", file, None, text)
        if obligation.addressed_to and obligation.not_addressed_to:
            text = f'obligation "{obligation.id}": addressed_to or not_addressed_to, not both'
            yield AuditFinding("error", file, None, text)
        for key in (*obligation.addressed_to, *obligation.not_addressed_to):
            if key not in record.participants:
                text = f'obligation "{obligation.id}": unknown participant "{key}"'
                yield AuditFinding("error", file, None, text)
        if obligation.item not in record.items:
            text = f'obligation "{obligation.id}": unknown item "{obligation.item}"'
            yield AuditFinding("error", file, None, text)
        points = {point.id for point in record.contested if treaty.key in point.treaties}
        for key in obligation.contested:
            if key not in points:
                text = f'obligation "{obligation.id}": "{key}" is no contested point of this treaty'
                yield AuditFinding("error", file, None, text)
    yield from _remainder_findings(treaty, record, file)


def _remainder_findings(treaty: Treaty, record: Record, file: str) -> Iterator[AuditFinding]:
    """What stays after leaving may depend on known treaties only."""
    for one in treaty.after_leaving:
        if isinstance(one, str):
            continue
        for key in (*((one.if_bound_by,) if one.if_bound_by else ()), *one.unless_bound_by):
            if key not in record.treaties and key not in record.other_treaties:
                yield AuditFinding("error", file, None, f'after_leaving: "{key}" is no known treaty')


def _custom_findings(record: Record) -> Iterator[AuditFinding]:
    file = "data/custom.yaml"
    ids = [rule.id for rule in record.custom]
    for repeated in sorted({key for key in ids if ids.count(key) > 1}):
        yield AuditFinding("error", file, None, f'rule "{repeated}" stands twice')
    for rule in record.custom:
        if rule.item not in record.items:
            yield AuditFinding("error", file, None, f'rule "{rule.id}": unknown item "{rule.item}"')
        if rule.deadline is not None or rule.exceptions or rule.contested:
            text = f'rule "{rule.id}": a rule of custom has no deadline, exceptions or contested points here'
            yield AuditFinding("error", file, None, text)
        if not rule.sources:
            yield AuditFinding("error", file, None, f'rule "{rule.id}": no source named')


def _source_findings(treaty: Treaty, file: str) -> Iterator[AuditFinding]:
    clauses = treaty.final_clauses
    cited = [
        ("entry_into_force", clauses.entry_into_force.sources),
        *([("withdrawal", clauses.withdrawal.sources)] if clauses.withdrawal else []),
        *([("ended", clauses.ended.sources)] if clauses.ended else []),
        *([("term", clauses.term.sources)] if clauses.term else []),
        *([("replaces", treaty.replaces.sources)] if treaty.replaces else []),
        *((o.id, o.sources) for o in treaty.obligations),
    ]
    for place, sources in cited:
        for source in sources:
            if source not in treaty.sources:
                yield AuditFinding("error", file, None, f'{place}: source "{source}" is not among sources')
    if bare := [place for place, sources in cited if not sources]:
        yield AuditFinding("note", file, None, f"no source named for {', '.join(bare)}")
    used = {source for _, sources in cited for source in sources}
    for source in sorted(treaty.sources.keys() - used):
        yield AuditFinding("warning", file, None, f'source "{source}" is cited nowhere')


def _difference_findings(treaty: Treaty, record: Record, file: str) -> Iterator[AuditFinding]:
    for difference in treaty.differences:
        published = [
            action.effect
            for action in record.actions[treaty.key]
            if (action.participant, action.kind) == (difference.participant, difference.action)
            and action.date.text == difference.date
        ]
        named = f"difference for {difference.participant} {difference.action} {difference.date}"
        if not published:
            yield AuditFinding("error", file, None, f"{named}: no such action")
        elif difference.published not in published:
            yield AuditFinding(
                "error", file, None, f"{named}: published {difference.published} is not recorded"
            )


def _shared_names(record: Record) -> Iterator[AuditFinding]:
    bearers: dict[str, list[str]] = {}
    named: list[Treaty | KnownTreaty] = [*record.treaties.values(), *record.other_treaties.values()]
    for treaty in named:
        for name in {n.casefold() for n in (*treaty.names, *treaty.aliases, *treaty.acronyms)}:
            bearers.setdefault(name, []).append(treaty.key)
    for key in sorted(record.treaties):
        for name in sorted(n for n, keys in bearers.items() if len(keys) > 1 and key in keys):
            text = f'"{name}" may mean {" or ".join(sorted(bearers[name]))}'
            yield AuditFinding("note", f"treaties/{key}/treaty.yaml", None, text)


def _item_findings(items: dict[str, Item]) -> Iterator[AuditFinding]:
    file = "data/items.yaml"
    for item in items.values():
        for relation, others in (("is_a", item.is_a), ("not_a", item.not_a), ("may_be", tuple(item.may_be))):
            for other in others:
                if other not in items:
                    yield AuditFinding("error", file, None, f'{item.key}: {relation} "{other}" is no item')
        above = _above(item.key, items)
        if item.key in above:
            yield AuditFinding("error", file, None, f"{item.key}: is_a leads back to itself")
        for other in item.not_a:
            if other in above:
                yield AuditFinding("error", file, None, f'{item.key}: both is_a and not_a "{other}"')


def _above(key: str, items: dict[str, Item]) -> set[str]:
    found: set[str] = set()
    waiting = list(items[key].is_a)
    while waiting:
        other = waiting.pop()
        if other not in found and other in items:
            found.add(other)
            waiting += items[other].is_a
    return found


def _contested_findings(point: ContestedPoint, record: Record) -> Iterator[AuditFinding]:
    def error(text: str) -> AuditFinding:
        return AuditFinding("error", "data/contested.yaml", None, f"{point.id}: {text}")

    if len(point.readings) < 2:
        yield error("a contested point needs two readings")
    ids = [reading.id for reading in point.readings]
    for repeated in sorted({key for key in ids if ids.count(key) > 1}):
        yield error(f'reading "{repeated}" stands twice')
    if point.since is not None:
        if not point.concerned or not point.treaties:
            yield error("since is given, so that participant and treaties must be")
        if not any(reading.bound for reading in point.readings):
            yield error("since is given, so that the readings must say from when to when they bind")
    for reading in point.readings:
        for interval in reading.bound:
            if interval.until is not None and interval.until <= interval.since:
                yield error(f"reading {reading.id}: bound until {interval.until}, not after {interval.since}")
        for earlier, later in pairwise(reading.bound):
            if earlier.until is None or later.since < earlier.until:
                yield error(f"reading {reading.id}: intervals overlap or are out of order")
    yield from (error(text) for text in _item_problems(point, record))
    if not point.sources and not any(event.sources for event in point.timeline):
        yield AuditFinding("note", "data/contested.yaml", None, f"{point.id}: no source named")


def _item_problems(point: ContestedPoint, record: Record) -> Iterator[str]:
    if point.items and not point.treaties:
        yield "items are given, so that treaties must be"
    for item in point.items:
        if item not in record.items:
            yield f'unknown item "{item}"'


def _conflict_findings(record: Record) -> Iterator[AuditFinding]:
    for conflict in record.conflicts:
        if conflict.until is not None and conflict.until < conflict.since:
            text = f"{conflict.participant}: ended on {conflict.until}, before it began on {conflict.since}"
            yield AuditFinding("error", "data/conflicts.yaml", None, text)


def _domestic_findings(record: Record) -> Iterator[AuditFinding]:
    for step in record.domestic:
        actors = {action.participant for action in record.actions.get(step.treaty, ())}
        if step.treaty in record.treaties and step.aim != "joining" and step.participant not in actors:
            text = f"{step.participant} {step.treaty}: a step towards {step.aim} without any treaty action"
            yield AuditFinding("warning", "data/domestic.csv", None, text)
        if step.date is None:
            text = f"{step.participant} {step.treaty} {step.kind}: date not known"
            yield AuditFinding("note", "data/domestic.csv", None, text)
