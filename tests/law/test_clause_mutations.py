"""Changing any clause, deadline or rule of a treaty must break one of its golden cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
import pytest
from golden_law import DeadlineCase, ProhibitionCase, RulesCase, cases_of, outcome

from inforce.dates import day_of_each_year
from inforce.errors import AmbiguousDate
from inforce.record.load import load
from inforce.record.model import Delay, Record, Treaty
from inforce.vocabulary import ActionKind, Activity, DelayRule, ObligationModality

#: Words for people, which no computation reads; the documents quote them.
PROSE = frozenset(
    {"applies", "article", "conditions", "effect", "extension", "grounds", "note", "phrase", "test", "id"}
    | {"accrued_obligations", "accession_to", "consent_article", "place", "provisional_application"}
    | {"premise_words", "duration", "amendment", "scope", "relations", "because", "what"}
    | {"source"}
    | {"reasons_required", "recorded_through", "reservations", "resumes", "signature_article", "suspension"}
)
#: Facts for people as well: they bind nobody to a date.
PROSE_LISTS = frozenset(
    {"notify", "sources", "triggered_by", "signatories_consent_by", "exceptions", "contested"}
)
#: Nothing else would be a value of these fields.
FIXED = frozenset(
    {"counted_from", "type", "kind", "closed", "named_date", "premise", "same_as", "when", "waived_by"}
    | {"consent_only_with"}  # the audit reads it
)

#: Another word for each, by the field; under "" whatever the word was.
OTHER_WORDS: dict[str, dict[str, str | None]] = {
    "unit": {"month": "year", "year": "month", "day": "month"},
    "test_moment": {"notification": "expiry_of_notice", "expiry_of_notice": "notification"},
    "depositing_after": {"trigger": "entry_into_force", "entry_into_force": "trigger"},
    "bars": {"notice": "effect", "effect": "notice"},
    "item": {"": "torpedo", "torpedo": "mine"},
    "after": {"": None},
}

#: Cases that read a treaty's rules.
ON_RULES = (RulesCase, DeadlineCase, ProhibitionCase)

#: Changes without effect, each with its reason.
NO_CHANGE = {
    **{
        f"{treaty}: final_clauses.entry_into_force.later_parties.depositing_after": "its trigger is its entry"
        for treaty in ("antarctic", "bangkok", "ost", "pelindaba", "ptbt", "rarotonga", "seabed")
    },
    "tlatelolco: final_clauses.entry_into_force.later_parties.depositing_after": "only the waiver counts",
    "tlatelolco: final_clauses.entry_into_force.initial.condition.instruments": "it is not counted",
    "ptbt: final_clauses.signature[1].opened": "open since the first of the periods",
    "apmbc: final_clauses.signature[1].opened": "open since the first of the periods",
    "bwc: final_clauses.entry_into_force.later_parties.depositing_after": "trigger and entry are one day",
    "ccm: final_clauses.signature[1].opened": "open since the first of the periods",
    "cfe: final_clauses.signature[1].opened": "open since the first of the periods",
    "cwc: final_clauses.signature[1].opened": "open since the first of the periods",
    "rome-statute: final_clauses.signature[1].opened": "open since the first of the periods",
    "rome-statute: final_clauses.entry_into_force.initial.delay.amount": "day 61 is in the same month",
    "ccm: obligations[ccm-4-1-b].deadline.amount": "counts from an end of hostilities that no record dates",
    "ccm: obligations[ccm-4-1-b].deadline.unit": "counts from an end of hostilities that no record dates",
    "enmod: final_clauses.entry_into_force.later_parties.depositing_after": "trigger and entry are one day",
    "geneva-protocol-1925: final_clauses.entry_into_force.later_parties.depositing_after": "one day as well",
    "npt: final_clauses.entry_into_force.later_parties.depositing_after": "trigger and entry are one day",
}


#: What binds nobody while a treaty is not in force.
IDLE = ("obligations", "final_clauses.withdrawal", "final_clauses.entry_into_force.later_parties")


class Mutant(NamedTuple):
    treaty: str
    path: str
    changed: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.treaty}: {self.path}"


def other(name: str, value: Any) -> Any:
    """Another value of the same type, near enough to go unnoticed."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case float():
            return value + 4  # per cent
        case dict():
            return {key: weight for key, weight in value.items() if weight < max(value.values())}
        case dt.date():
            return value + dt.timedelta(days=1)
        case DelayRule():
            other_rule = {
                DelayRule.ADD_MONTHS: DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER,
                DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER: DelayRule.ADD_MONTHS,
                DelayRule.ADD_YEARS: DelayRule.SAME_DAY,
                DelayRule.ADD_DAYS: DelayRule.FULL_DAYS_ELAPSED,
                DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_DAY: DelayRule.ADD_DAYS,
                DelayRule.SAME_DAY: DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_DAY,
                DelayRule.FULL_DAYS_ELAPSED: DelayRule.ADD_DAYS,
            }
            return other_rule[value]
        case Activity():
            return Activity.WARN if value is Activity.TEST else Activity.TEST
        case ObligationModality():
            restricted = ObligationModality.RESTRICTED
            return ObligationModality.REQUIRED if value is restricted else restricted
        case (ActionKind(),):
            return (ActionKind.DECLARATION,)  # no kinds at all would mean all of them
        case tuple():
            return value[1:]
    if name == "recurring":
        return f"{int(value[:2]) - 1}{value[2:]}"
    if name in OTHER_WORDS:
        return OTHER_WORDS[name].get(value, OTHER_WORDS[name].get(""))
    raise AssertionError(f"no other value known for {name} = {value!r}")


def mutants(node: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Copies of a struct or tuple of structs, each with one value changed."""
    if isinstance(node, tuple):
        for index, one in enumerate(node):
            for name, changed in mutants(one, f"{path}[{getattr(one, 'id', index)}]"):
                yield name, (*node[:index], changed, *node[index + 1 :])
        return
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if value is None or value in ((), {}) or name in PROSE | PROSE_LISTS | FIXED:
            continue
        if isinstance(node, Delay) and node.rule is DelayRule.SAME_DAY and name in ("amount", "unit"):
            continue  # no delay, whatever they say
        if (name == "allowed" and node.notice is None) or (name == "ends_with_parent" and not value):
            continue  # without a notice nothing could take effect; nothing is written there
        if name == "recurring" and day_of_each_year(value) is None:
            continue  # words that name no day
        if name == "full_year" and day_of_each_year(node.recurring or "") is None:
            continue  # nothing falls due on a day of each year
        if name == "total" and node.modality is not ObligationModality.PROHIBITED:
            continue  # only a prohibition can be one of everything
        if isinstance(value, msgspec.Struct) or _structs(value):
            inner = mutants(value, f"{path}.{name}")
            yield from ((deeper, msgspec.structs.replace(node, **{name: one})) for deeper, one in inner)
        else:
            yield f"{path}.{name}", msgspec.structs.replace(node, **{name: other(name, value)})


def _structs(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], msgspec.Struct)


def every_mutant(treaty: Treaty) -> Iterator[Mutant]:
    """All of a treaty; of one not in force only what bears on its coming into force."""
    idle = treaty.final_clauses.entry_into_force.initial.published_date is None
    fields = ("final_clauses", "obligations") + (() if treaty.final_clauses.signature else ("adopted",))
    for field in fields:
        for path, changed in mutants(getattr(treaty, field), field):
            if not (idle and path.startswith(IDLE)):
                yield Mutant(treaty.key, path, {field: changed})


def mutated(record: Record, mutant: Mutant) -> Record:
    changed: Treaty = msgspec.structs.replace(record.treaties[mutant.treaty], **mutant.changed)
    return msgspec.structs.replace(record, treaties={**record.treaties, mutant.treaty: changed})


def noticed(record: Record, mutant: Mutant) -> bool:
    """Whether a case gives another answer; those on rules are asked first where a rule is changed."""
    on_rules = mutant.path.startswith("obligations")
    cases = sorted(cases_of(mutant.treaty), key=lambda case: isinstance(case, ON_RULES) is not on_rules)
    for case in cases:
        try:
            expected, answered = outcome(record, mutant.treaty, case)
        except (AmbiguousDate, StopIteration):
            return True
        if expected != answered:
            return True
    return False


@pytest.mark.parametrize("treaty", sorted(load().treaties))
def test_every_changed_clause_breaks_a_case(treaty: str) -> None:
    record = load()
    tried = list(every_mutant(record.treaties[treaty]))
    assert len(tried) > 5
    survivors = [str(mutant) for mutant in tried if not noticed(mutated(record, mutant), mutant)]
    assert [survivor for survivor in survivors if survivor not in NO_CHANGE] == []
    assert [same for same in NO_CHANGE if same.startswith(f"{treaty}:") and same not in survivors] == []
