"""The audit finds what types cannot, and the packaged record has none of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from inforce.dates import parse_edtf
from inforce.record import load
from inforce.record.audit import audit
from inforce.record.finding import AuditFinding
from inforce.record.model import (
    Action,
    ArmedConflict,
    BoundInterval,
    Condition,
    ContestedPoint,
    Difference,
    Item,
    Reading,
    Record,
    Remainder,
    Treaty,
)
from inforce.vocabulary import ActionKind

RECORD = load()
CCM = RECORD.treaties["ccm"]


def act(kind: str, date: str, **other: Any) -> Action:
    """An action of Lebanon's under the Convention on Cluster Munitions."""
    fields: dict[str, Any] = {"known": parse_edtf(date), "effect": None, "note": "", "line": 2} | other
    return Action(
        participant="LBN",
        treaty="ccm",
        kind=ActionKind(kind),
        date=parse_edtf(date),
        source="a source",
        file="actions.csv",
        **fields,
    )


def texts(record: Record, level: str = "error") -> list[str]:
    return [finding.text for finding in audit(record) if finding.level == level]


def with_actions(*actions: Action) -> Record:
    return msgspec.structs.replace(RECORD, actions={**RECORD.actions, "ccm": actions})


def with_treaty(**changes: Any) -> Record:
    changed: Treaty = msgspec.structs.replace(CCM, **changes)
    return msgspec.structs.replace(RECORD, treaties={**RECORD.treaties, "ccm": changed})


def test_the_packaged_record_has_no_error_and_no_warning() -> None:
    assert [finding for finding in audit(RECORD) if finding.level != "note"] == []


def test_gaps_of_the_packaged_record_are_notes() -> None:
    assert "LBN accession 2026: the day is not known" in texts(RECORD, "note")


def with_entry(**changes: Any) -> Record:
    """The Convention with another entry into force of its own."""
    clauses = CCM.final_clauses
    initial = msgspec.structs.replace(clauses.entry_into_force.initial, **changes)
    entry = msgspec.structs.replace(clauses.entry_into_force, initial=initial)
    return with_treaty(final_clauses=msgspec.structs.replace(clauses, entry_into_force=entry))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"published_date": None}, "trigger_date without published_date"),
        ({"published_date": dt.date(2010, 1, 1)}, "before its trigger"),
        ({"trigger_date": dt.date(2008, 1, 1)}, "before adoption"),
        ({"condition": Condition(type="count")}, "condition count: count is needed"),
        ({"condition": Condition(type="named_set", count=2, named=("FIN",))}, "count says nothing there"),
        ({"condition": Condition(type="count", count=2, named=("FIN",))}, "named says nothing there"),
        ({"condition": Condition(type="count_plus_named", count=2)}, "named is needed"),
        (
            {"condition": Condition(type="count_including_some", count=2, named=("FIN",), at_least=2)},
            "at_least 2 of 1 named",
        ),
        (
            {"condition": Condition(type="double_threshold", count=2, share=55, weights={"FIN": 0})},
            "weight of FIN is no share",
        ),
        ({"condition": Condition(type="named_set", named=("XYZ",))}, 'named: unknown participant "XYZ"'),
    ],
)
def test_an_entry_into_force_must_hold_together(changes: dict[str, Any], expected: str) -> None:
    assert expected in " | ".join(texts(with_entry(**changes)))


def test_a_second_deposit_is_one_too_many_unless_there_are_several_depositaries() -> None:
    actions = (act("accession", "2010-11-05"), act("accession", "2010-12-05", line=3))
    assert any("a second consent" in text for text in texts(with_actions(*actions)))
    several = msgspec.structs.replace(CCM, depositaries=("FIN", "SWE"))
    record = msgspec.structs.replace(with_actions(*actions), treaties={**RECORD.treaties, "ccm": several})
    assert not any("a second consent" in text for text in texts(record))


SIGNED = act("signature", "2008-12-03")
RATIFIED = act("ratification", "2010-11-05", line=3)


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ([SIGNED, RATIFIED], []),
        ([SIGNED, RATIFIED, act("withdrawal", "2027-01-01", line=4), act("accession", "2028", line=5)], []),
        ([act("signature", "2008-05-01")], ["before the adoption on 2008-05-30", "before signature opened"]),
        ([act("signature", "2010-08-01")], ["after signature closed on 2010-07-31"]),
        ([act("accession", "2008-11-01")], ["before the treaty opened on 2008-12-03"]),
        ([act("ratification", "2010-11-05")], ["not signed before; an instrument of a non-signatory"]),
        ([SIGNED, act("accession", "2010-11-05", line=3)], ["signed before; a signatory's instrument"]),
        ([SIGNED, RATIFIED, act("ratification", "2011", line=4)], ["a second consent with no withdrawal"]),
        ([SIGNED, act("withdrawal", "2026-01-01", line=3)], ["no consent before that it could end"]),
        ([act("suspension-notified", "2026-01-01")], ["no consent before that it could suspend"]),
        (
            [SIGNED, RATIFIED, act("revocation", "2026-01-01", line=4)],
            ["no notice before that it could revoke"],
        ),
        (
            [act("accession", "2011-03-01", effect=dt.date(2011, 2, 1))],
            ["published effect 2011-02-01 is earlier"],
        ),
        ([act("succession", "2011-03-01", effect=dt.date(2010, 8, 1))], []),
        (
            [act("accession", "2011-03-01", known=parse_edtf("2011-02"))],
            ["known on 2011-02, before it was done"],
        ),
        ([act("accession", "2008"), act("communication", "2009-01-01", line=3)], []),
    ],
)
def test_actions_that_cannot_be(actions: list[Action], expected: list[str]) -> None:
    found = texts(with_actions(*actions))
    assert len(found) == len(expected)
    assert all(any(words in text for text in found) for words in expected)


def test_a_finding_names_file_and_line() -> None:
    finding = next(f for f in audit(with_actions(SIGNED, SIGNED, act("withdrawal", "2026", line=9))))
    assert finding == AuditFinding(
        "error", "actions.csv", 9, "LBN withdrawal 2026: no consent before that it could end"
    )


def test_actions_after_verified_through_are_warned_of() -> None:
    found = texts(with_treaty(verified_through="2024"), "warning")
    assert "VUT accession 2025-09-05: later than 2024, to which the actions are known complete" in found


def test_withdrawal_where_the_clauses_know_none() -> None:
    clauses = msgspec.structs.replace(CCM.final_clauses, withdrawal=None)
    assert any("know no withdrawal" in text for text in texts(with_treaty(final_clauses=clauses)))


def test_broken_references_of_a_treaty() -> None:
    first = msgspec.structs.replace(
        CCM.obligations[0],
        exceptions=("ccm-99",),
        item="bow",
        sources=("nowhere",),
        addressed_to=("XXX",),
        not_addressed_to=("FIN",),
    )
    found = texts(with_treaty(obligations=(first, first), parent="ccx"))
    assert 'parent "ccx" is no known treaty' in found
    assert 'obligation "ccm-1-1-a" stands twice' in found
    assert 'obligation "ccm-1-1-a": exception "ccm-99" is no obligation of this treaty' in found
    assert 'obligation "ccm-1-1-a": unknown item "bow"' in found
    assert 'obligation "ccm-1-1-a": addressed_to or not_addressed_to, not both' in found
    assert 'obligation "ccm-1-1-a": unknown participant "XXX"' in found
    assert 'ccm-1-1-a: source "nowhere" is not among sources' in found


def test_sources_cited_nowhere_are_warned_of() -> None:
    sources = {**CCM.sources, "unused": "a book"}
    assert texts(with_treaty(sources=sources), "warning") == ['source "unused" is cited nowhere']


def test_differences_must_be_of_recorded_actions() -> None:
    def difference(date: str, published: dt.date) -> Difference:
        return Difference(
            participant="VUT", action=ActionKind.ACCESSION, date=date, published=published, because="why"
        )

    right = difference("2025-09-05", dt.date(2026, 3, 1))
    wrong = difference("2025-09-05", dt.date(2026, 4, 1))
    absent = difference("2025-09-06", dt.date(2026, 3, 1))
    assert texts(with_treaty(differences=(right,))) == []
    assert texts(with_treaty(differences=(wrong, absent))) == [
        "difference for VUT accession 2025-09-05: published 2026-04-01 is not recorded",
        "difference for VUT accession 2025-09-06: no such action",
    ]


def test_items_must_not_contain_themselves() -> None:
    items = {
        "a": Item(key="a", label="a", is_a=("b",), not_a=("c",)),
        "b": Item(key="b", label="b", is_a=("c",)),
        "c": Item(key="c", label="c", is_a=("b",), may_be={"d": "if so"}),
    }
    found = texts(msgspec.structs.replace(RECORD, items=RECORD.items | items))
    assert found == [
        'a: both is_a and not_a "c"',
        "b: is_a leads back to itself",
        "c: is_a leads back to itself",
        'c: may_be "d" is no item',
    ]


def of_points(*points: ContestedPoint) -> list[str]:
    """What is wrong with contested points themselves, whatever rules name others."""
    found = texts(msgspec.structs.replace(RECORD, contested=points))
    return [text for text in found if "is no contested point of this treaty" not in text]


def test_contested_points_are_whole() -> None:
    def reading(*bound: BoundInterval) -> Reading:
        return Reading(id="A", holder="a state", result="a result", bound=bound)

    early, late = dt.date(2020, 1, 1), dt.date(2021, 1, 1)
    point = ContestedPoint(
        id="point", kind="suspension", question="what?", since=early, readings=(reading(), reading())
    )
    found = of_points(point)
    assert found == [
        'point: reading "A" stands twice',
        "point: since is given, so that participant and treaties must be",
        "point: since is given, so that the readings must say from when to when they bind",
    ]
    backwards = reading(BoundInterval(since=late), BoundInterval(since=late, until=early))
    one = msgspec.structs.replace(point, since=None, readings=(backwards,))
    found = of_points(one)
    assert found == [
        "point: a contested point needs two readings",
        "point: reading A: bound until 2020-01-01, not after 2021-01-01",
        "point: reading A: intervals overlap or are out of order",
    ]


def test_a_conflict_ends_after_it_begins() -> None:
    conflict = ArmedConflict(
        participant="UKR", since=dt.date(2022, 1, 1), until=dt.date(2021, 1, 1), claim="one", source="one"
    )
    found = texts(msgspec.structs.replace(RECORD, conflicts=(conflict,)))
    assert found == ["UKR: ended on 2021-01-01, before it began on 2022-01-01"]


def test_leaving_what_one_never_joined_is_warned_of() -> None:
    step = msgspec.structs.replace(
        next(s for s in RECORD.domestic if s.aim == "withdrawal"), participant="POL", treaty="ccm"
    )
    found = texts(msgspec.structs.replace(RECORD, domestic=(step,)), "warning")
    assert found == ["POL ccm: a step towards withdrawal without any treaty action"]


def test_only_parties_to_the_treaty_named_can_be_bound() -> None:
    only = "no consent to open-skies is recorded, and only its parties can be bound"
    clauses = msgspec.structs.replace(CCM.final_clauses, consent_only_with="open-skies")
    found = texts(with_treaty(final_clauses=clauses))
    assert f"VUT accession 2025-09-05: {only}" in found
    assert not [text for text in found if text.startswith("DEU")]  # a party to both


def test_what_rules_and_remainders_name_is_there() -> None:
    rule = msgspec.structs.replace(CCM.obligations[0], contested=("none",))
    stays = Remainder(what="a rule", if_bound_by="nowhere", unless_bound_by=("ccw-ap2",))
    found = texts(with_treaty(obligations=(rule, *CCM.obligations[1:]), after_leaving=(stays, "custom")))
    assert found == [
        'after_leaving: "nowhere" is no known treaty',
        f'obligation "{rule.id}": "none" is no contested point of this treaty',
    ]
    point = msgspec.structs.replace(RECORD.contested[0], since=None, treaties=(), items=("mine", "spear"))
    assert of_points(point) == [
        f"{point.id}: items are given, so that treaties must be",
        f'{point.id}: unknown item "spear"',
    ]


def test_a_rule_of_custom_has_its_item_and_its_source_and_stands_once() -> None:
    rule = msgspec.structs.replace(RECORD.custom[0], id="one", item="spear", sources=(), contested=("x",))
    assert texts(msgspec.structs.replace(RECORD, custom=(rule, rule))) == sorted(
        [
            'rule "one" stands twice',
            *2 * ['rule "one": a rule of custom has no deadline, exceptions or contested points here'],
            *2 * ['rule "one": no source named'],
            *2 * ['rule "one": unknown item "spear"'],
        ]
    )
