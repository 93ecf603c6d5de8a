"""Obligations under one reading, between two participants, by custom, provisionally; and when they end."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import act, record, treaty
from test_obligations import ITEMS, JOINED, LEFT, rule, world

from inforce import law
from inforce.errors import UsageError
from inforce.record.load import load
from inforce.record.model import (
    ArmedConflict,
    BoundInterval,
    ContestedPoint,
    Obligation,
    ProvisionalApplication,
    Reading,
    Record,
    Remainder,
    Replacement,
)
from inforce.vocabulary import ActionKind, Activity, ObligationModality, Prohibition

D = dt.date
POINT = ContestedPoint(
    id="quarrel",
    kind="suspension",
    treaties=("pact",),
    participant="ONE",
    question="Is it bound?",
    since=D(2003, 1, 1),
    readings=(
        Reading(
            id="A",
            holder="itself",
            result="suspended",
            bound=(BoundInterval(since=D(2000, 6, 1), until=D(2003, 3, 1)),),
        ),
        Reading(id="B", holder="others", result="bound", bound=(BoundInterval(since=D(2000, 6, 1)),)),
    ),
    under_all_readings="the law of nations",
)


def quarrel() -> Record:
    return msgspec.structs.replace(world(JOINED), contested=(POINT,))


def ask(asked: Record, on: dt.date, **more: object) -> law.ObligationsAnswer:
    return law.obligations(asked, "ONE", item="bow", on=on, **more)  # type: ignore[arg-type]


def test_a_contested_rule_shows_every_reading_with_its_intervals() -> None:
    answer = ask(quarrel(), D(2003, 4, 1))
    (found,) = answer.rules
    assert (found.bound, answer.freedoms, answer.first_free[0].day) == (None, (), None)
    assert [(one.id, one.bound, one.intervals) for one in found.readings] == [
        ("A", False, ((D(2000, 6, 1), D(2003, 3, 1)),)),
        ("B", True, ((D(2000, 6, 1), None),)),
    ]


@pytest.mark.parametrize("name", ["A", "quarrel:A"])
def test_a_reading_that_does_not_bind_leaves_free_from_its_day(name: str) -> None:
    before = ask(quarrel(), D(2003, 2, 28), reading=name)
    assert [(one.bound, one.until) for one in before.rules] == [(True, D(2003, 3, 1))]
    after = ask(quarrel(), D(2003, 3, 1), reading=name)
    assert after.rules == ()
    assert [(one.not_prohibited_since, one.remaining) for one in after.freedoms] == [
        (D(2003, 3, 1), ("the law of nations",))
    ]
    assert "does not bind Oneland under reading A (itself): suspended" in after.freedoms[0].because


def test_a_reading_that_binds_leaves_the_rule_and_names_itself() -> None:
    answer = ask(quarrel(), D(2003, 4, 1), reading="B")
    (found,) = answer.rules
    assert (found.bound, found.since, found.until) == (True, D(2000, 6, 1), None)
    assert [one.id for one in found.readings] == ["B"]
    assert any("reading B (others) it binds: bound" in step.text for step in found.derivation)


@pytest.mark.parametrize(
    ("asked", "name", "message"),
    [
        (quarrel(), "C", "reading 'C' of Oneland: unknown; choose quarrel:A, quarrel:B"),
        (world(JOINED), "A", "reading 'A' of Oneland: unknown; there is none"),
    ],
)
def test_an_unknown_reading_is_refused_with_the_known_ones(asked: Record, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        ask(asked, D(2003, 4, 1), reading=name)


def test_a_reading_of_several_points_needs_the_name_of_its_point() -> None:
    other = msgspec.structs.replace(POINT, id="feud", since=D(2004, 1, 1))
    both = msgspec.structs.replace(
        quarrel(), contested=(msgspec.structs.replace(POINT, until=D(2003, 6, 1)), other)
    )
    with pytest.raises(UsageError, match="stands for several; choose quarrel:A, feud:A"):
        ask(both, D(2003, 4, 1), reading="A")
    assert ask(both, D(2003, 4, 1), reading="quarrel:A").rules == ()


def test_a_point_on_the_reach_of_a_rule_stands_beside_it_and_is_picked_by_its_full_name() -> None:
    reach = msgspec.structs.replace(POINT, id="reach", since=None, participant=None)
    limited = msgspec.structs.replace(rule(), contested=("reach",))
    asked = msgspec.structs.replace(world(JOINED, rules=(limited,)), contested=(reach,))
    assert [[one.id for one in point.readings] for point in ask(asked, D(2003, 1, 1)).rules[0].disputed] == [
        ["A", "B"]
    ]
    picked = ask(asked, D(2003, 1, 1), reading="reach:B").rules[0]
    assert ([one.id for one in picked.disputed[0].readings], picked.bound) == (["B"], True)
    on_items = msgspec.structs.replace(asked, contested=(msgspec.structs.replace(reach, items=("harp",)),))
    assert ask(on_items, D(2003, 1, 1)).rules[0].disputed == ()
    harp = law.obligations(on_items, "ONE", item="harp", on=D(2003, 1, 1)).rules[0]
    assert (len(harp.disputed), harp.relation) == (1, "may-be")
    assert "hunter's string" in (harp.bears or "")


def test_exceptions_stand_under_the_rule_that_they_limit() -> None:
    allowed = msgspec.structs.replace(
        rule(Activity.RETAIN, modality=ObligationModality.PERMITTED_EXCEPTION, total=False),
        conditions="a few",
    )
    limited = msgspec.structs.replace(rule(), exceptions=(allowed.id,))
    asked = world(JOINED, rules=(limited, allowed))
    (found,) = ask(asked, D(2003, 1, 1), activity="produce").rules
    assert [(one.id, one.modality, one.conditions) for one in found.excepted_by] == [
        ("retain-bow", ObligationModality.PERMITTED_EXCEPTION, "a few")
    ]
    both = ask(asked, D(2003, 1, 1)).rules
    assert [one.excepts for one in both] == [(), ("produce-bow",)]


CUSTOM = Obligation(
    id="custom-1",
    article="Rule 1",
    activity=Activity.PRODUCE,
    item="arm",
    modality=ObligationModality.PROHIBITED,
    total=True,
    applies="armed-conflict",
    sources=("a study",),
)


def test_custom_binds_every_state_and_is_no_treaty() -> None:
    asked = msgspec.structs.replace(world(), custom=(CUSTOM,))
    answer = ask(asked, D(1990, 1, 1))
    assert [(one.id, one.relation, one.derivation[0].source) for one in answer.custom] == [
        ("custom-1", "wider", "a study")
    ]
    assert (answer.rules, answer.freedoms) == ((), ())
    assert ask(asked, D(1990, 1, 1), activity="use").custom == ()
    union = msgspec.structs.replace(asked.participants["ONE"], kind="organisation")
    assert ask(msgspec.structs.replace(asked, participants={"ONE": union}), D(1990, 1, 1)).custom == ()


def test_what_custom_prohibits_is_never_free() -> None:
    leaving = msgspec.structs.replace(world(JOINED, LEFT), custom=(CUSTOM,))
    answer = ask(leaving, D(2004, 2, 1))
    assert answer.freedoms == ()
    assert [(one.day, one.hypothetical, one.because) for one in answer.first_free] == [
        (None, False, "Custom prohibits it whatever the treaties (Rule 1).")
    ]


def test_the_first_free_day_is_that_of_the_notice_given() -> None:
    (found,) = ask(world(JOINED, LEFT), D(2004, 2, 1)).first_free
    assert (found.day, found.hypothetical, [one.notified_on for one in found.ends]) == (
        D(2004, 7, 15),
        False,
        [None],
    )


def test_without_a_notice_the_first_free_day_supposes_one_and_says_so() -> None:
    (found,) = ask(world(JOINED), D(2004, 8, 31)).first_free
    assert (found.day, found.hypothetical) == (D(2005, 2, 28), True)
    (end,) = found.ends
    assert (end.notified_on, end.articles) == (D(2004, 8, 31), ("1",))
    assert end.because.startswith(
        "If Oneland notified its withdrawal from the Pact on 31 August 2004, it would end"
    )
    assert "not if it is engaged in an armed conflict" in end.because
    assert end.derivation[0].text.startswith("Supposed, not recorded")


def test_an_armed_conflict_at_the_test_leaves_no_first_free_day() -> None:
    war = ArmedConflict(participant="ONE", since=D(2004, 1, 1), claim="a war", source="a list")
    (found,) = ask(msgspec.structs.replace(world(JOINED), conflicts=(war,)), D(2004, 8, 31)).first_free
    assert found.day is None
    assert "no day would follow: no effect before that conflict ends" in found.because
    given_notice = msgspec.structs.replace(world(JOINED, LEFT), conflicts=(war,))
    (found,) = ask(given_notice, D(2004, 2, 1)).first_free
    assert (found.day, found.hypothetical) == (None, False)
    assert "Oneland's notice of withdrawal from the Pact fixes no day" in found.because


def test_a_treaty_that_cannot_be_left_has_no_first_free_day() -> None:
    pact = msgspec.structs.replace(treaty(notice=None), obligations=(rule(),))
    asked = msgspec.structs.replace(record([act("ONE", *JOINED)], pact=pact), items=ITEMS)
    (found,) = ask(asked, D(2004, 1, 1)).first_free
    assert (found.day, "no clause on withdrawal" in found.because) == (None, True)


def two_pacts(*acts: tuple[str, ActionKind, str]) -> Record:
    """Oneland and Twoland under a pact and a later one that replaces it between the parties to both."""
    base = world()
    later = msgspec.structs.replace(
        base.treaties["pact"],
        key="later",
        title="Later Pact",
        replaces=Replacement(treaty="pact", article="9", between="the parties bound by both"),
    )
    done: dict[str, list[object]] = {"pact": [], "later": []}
    for key, (who, kind, day) in ((one[0][3:].lower() or "pact", (one[0][:3], *one[1:])) for one in acts):
        done[key].append(msgspec.structs.replace(act(who, kind, day), treaty=key))
    return msgspec.structs.replace(
        base,
        treaties={"pact": base.treaties["pact"], "later": later},
        actions={key: tuple(found) for key, found in done.items()},
    )


RATIFIED = (ActionKind.RATIFICATION, "2000-02-01")


@pytest.mark.parametrize(
    ("joined", "governs", "words"),
    [
        (
            ("ONE", "ONElater", "TWO", "TWOlater"),
            "later",
            "governs between Oneland and Twoland: both are bound by it",
        ),
        (("ONE", "ONElater", "TWO"), "pact", "the later one does not bind both"),
        (("ONE", "TWO"), "pact", "the later one does not bind both"),
        (("ONElater", "TWO"), None, "No text is in common between Oneland and Twoland"),
        (("ONE", "ONElater"), None, "No text is in common"),
    ],
)
def test_between_two_the_later_text_governs_where_it_binds_both(
    joined: tuple[str, ...], governs: str | None, words: str
) -> None:
    asked = two_pacts(*((one, *RATIFIED) for one in joined))
    answer = ask(asked, D(2003, 1, 1), towards="TWO")
    (found,) = answer.governing
    assert (found.governs, found.article, words in found.because) == (governs, "9", True)
    assert {one.treaty: one.bound for one in answer.common} == {
        key: f"TWO{'' if key == 'pact' else key}" in joined
        for key in ("later", "pact")
        if f"ONE{'' if key == 'pact' else key}" in joined
    }


def test_towards_all_the_later_text_governs_for_one_bound_by_both() -> None:
    both = two_pacts(("ONE", *RATIFIED), ("ONElater", *RATIFIED))
    (found,) = ask(both, D(2003, 1, 1)).governing
    assert (found.governs, found.other) == ("later", None)
    assert "towards those bound by the Pact alone, that one does" in found.because
    assert ask(two_pacts(("ONE", *RATIFIED)), D(2003, 1, 1)).governing == ()


def test_whether_a_text_governs_is_open_where_a_date_is() -> None:
    asked = two_pacts(("ONE", *RATIFIED), ("TWO", ActionKind.RATIFICATION, "2004"))
    (found,) = ask(asked, D(2004, 8, 1), towards="TWO").governing
    assert (found.governs, "not recorded exactly" in found.because) == (None, True)


def provisional(*acts: tuple[ActionKind, str]) -> Record:
    asked = world(*acts, rules=(rule(), rule(Activity.TRANSFER)))
    pact = asked.treaties["pact"]
    clause = ProvisionalApplication(article="18", what="production only", rules=("produce-bow",))
    clauses = msgspec.structs.replace(pact.final_clauses, provisional_application=clause)
    return msgspec.structs.replace(
        asked, treaties={"pact": msgspec.structs.replace(pact, final_clauses=clauses)}
    )


DECLARED = (ActionKind.PROVISIONAL_APPLICATION, "2003-01-15")
LATER = (ActionKind.RATIFICATION, "2003-01-15")


def test_a_rule_declared_to_apply_provisionally_binds_until_the_entry_into_force() -> None:
    asked = provisional(LATER, DECLARED)
    assert ask(asked, D(2003, 1, 14)).rules == ()
    (found,) = ask(asked, D(2003, 1, 15)).rules
    assert (found.id, found.provisional, found.bound, found.since, found.until) == (
        "produce-bow",
        True,
        True,
        D(2003, 1, 15),
        D(2003, 7, 1),
    )
    assert "production only" in found.derivation[0].text
    assert [one.activity for one in ask(asked, D(2003, 6, 30)).freedoms] == [Activity.TRANSFER]
    bound = ask(asked, D(2003, 7, 1)).rules
    assert [(one.provisional, one.since) for one in bound] == [(False, D(2003, 7, 1))] * 2
    prohibited = law.prohibition(asked, "ONE", "produce", "bow", on=D(2003, 6, 30))
    assert (prohibited.answer, prohibited.since, prohibited.until) == (Prohibition.YES, D(2003, 1, 15), None)
    assert "declared to apply it provisionally" in prohibited.because
    assert law.prohibition(asked, "ONE", "transfer", "bow", on=D(2003, 6, 30)).answer is Prohibition.NO


def test_a_declaration_is_known_from_its_day_and_alone_makes_no_party() -> None:
    asked = provisional(LATER, DECLARED)
    assert ask(asked, D(2003, 6, 30), known_by=D(2003, 1, 14)).rules == ()
    assert ask(provisional(LATER), D(2003, 6, 30)).rules == ()
    signed = provisional((ActionKind.SIGNATURE, "2003-01-01"), DECLARED)
    (found,) = ask(signed, D(2005, 1, 1)).rules
    assert (found.provisional, found.until) == (True, None)
    assert law.status(signed, "ONE", "pact", on=D(2005, 1, 1)).bound is False


def test_what_stays_depends_on_the_other_treaties() -> None:
    left = two_pacts(("ONE", *RATIFIED), ("ONE", *LEFT), ("ONElater", *RATIFIED))
    stays = (
        "always",
        Remainder(what="if so", if_bound_by="later"),
        Remainder(what="if not", unless_bound_by=("later",)),
    )
    pact = msgspec.structs.replace(left.treaties["pact"], after_leaving=stays)
    later = msgspec.structs.replace(left.treaties["later"], obligations=())
    asked = msgspec.structs.replace(left, treaties={"pact": pact, "later": later})
    assert ask(asked, D(2005, 1, 1)).freedoms[0].remaining == ("always", "if so")
    alone = msgspec.structs.replace(asked, actions={**asked.actions, "later": ()})
    assert ask(alone, D(2005, 1, 1)).freedoms[0].remaining == ("always", "if not")


def test_both_ends_of_a_transfer_have_answers_of_their_own() -> None:
    asked = world(JOINED, rules=(rule(Activity.TRANSFER), rule(Activity.ACQUIRE), rule(Activity.ASSIST)))
    found = law.transfer(asked, "ONE", "TWO", item="bow", on=D(2003, 1, 1))
    assert [(one.activity, one.answer, one.articles) for one in found.supplier.outcomes] == [
        (Activity.TRANSFER, Prohibition.YES, ("pact 1",)),
        (Activity.ASSIST, Prohibition.YES, ("pact 1",)),
    ]
    assert {one.answer for one in found.recipient.outcomes} == {Prohibition.NO}
    assert [one.activity for one in found.supplier.rules] == [Activity.TRANSFER, Activity.ASSIST]
    assert [(one.treaty, one.bound) for one in found.supplier.common] == [("pact", False)]
    back = law.transfer(asked, "TWO", "ONE", item="bow", on=D(2003, 1, 1))
    assert [one.activity for one in back.recipient.outcomes if one.answer is Prohibition.YES] == [
        Activity.ACQUIRE,
        Activity.TRANSFER,
        Activity.ASSIST,
    ]


@pytest.mark.parametrize(
    ("supplier", "recipient", "item", "message"),
    [
        ("ONE", "ONE", "bow", "ONE is supplier and recipient; name two different participants"),
        ("ONE", "SIX", "bow", "unknown participant 'SIX'"),
        ("ONE", "TWO", "sling", "unknown item 'sling'"),
    ],
)
def test_a_transfer_needs_two_ends_and_an_item(
    supplier: str, recipient: str, item: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        law.transfer(world(), supplier, recipient, item=item, on=D(2003, 1, 1))


days = st.dates(D(1998, 1, 1), D(2028, 12, 31))
states = st.sampled_from(["LTU", "UKR", "FIN", "PRK", "CHE", "RUS", "FRA", "SYR", "HUN"])
items = st.sampled_from(["anti-personnel-mine", "cluster-munition", "chemical-weapon", "nuclear-weapon"])


@settings(deadline=None, max_examples=40)
@given(states, items, days)
def test_a_day_on_which_something_is_first_free_is_free(state: str, item: str, on: dt.date) -> None:
    """Without a hypothesis: the day before it is prohibited, on that day no recorded treaty prohibits it."""
    for first in law.obligations(load(), state, item=item, on=on).first_free:
        if first.day is not None and not first.hypothetical:
            after = law.prohibition(load(), state, first.activity, item, on=first.day)
            before = law.prohibition(load(), state, first.activity, item, on=first.day - dt.timedelta(days=1))
            assert (before.answer, after.answer is Prohibition.YES) == (Prohibition.YES, False)


@settings(deadline=None, max_examples=40)
@given(states, items, days)
def test_each_end_of_a_transfer_is_answered_as_it_is_alone(state: str, item: str, on: dt.date) -> None:
    found = law.transfer(load(), state, "USA", item=item, on=on)
    for one in found.supplier.outcomes:
        assert one.answer is law.prohibition(load(), state, one.activity, item, on=on).answer
