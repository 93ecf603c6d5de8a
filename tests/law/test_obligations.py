"""Rules, freedoms and prohibitions: by category, over time, and in doubt."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from small_world import ENTRY, act, record, treaty

from inforce import law
from inforce.errors import UsageError
from inforce.law.categories import relate
from inforce.record.load import load
from inforce.record.model import ArmedConflict, Assertion, Deadline, Item, Obligation, Record
from inforce.vocabulary import ActionKind, Activity, ObligationModality, Prohibition

D = dt.date
ITEMS = {
    "arm": Item(key="arm", label="arm (any)"),
    "bow": Item(key="bow", label="bow", is_a=("arm",)),
    "longbow": Item(key="longbow", label="longbow", is_a=("bow",)),
    "harp": Item(key="harp", label="harp", may_be={"bow": "if strung with a hunter's string"}),
    "lute": Item(key="lute", label="lute", not_a=("bow",)),
}


def rule(
    activity: Activity = Activity.PRODUCE,
    item: str = "bow",
    modality: ObligationModality = ObligationModality.PROHIBITED,
    total: bool = True,
    deadline: Deadline | None = None,
) -> Obligation:
    return Obligation(
        id=f"{activity}-{item}",
        article="1",
        activity=activity,
        item=item,
        modality=modality,
        total=total,
        deadline=deadline,
    )


def world(*acts: tuple[ActionKind, str], rules: tuple[Obligation, ...] = (rule(),)) -> Record:
    """Oneland and its acts under a pact that prohibits the production of bows."""
    pact = msgspec.structs.replace(treaty(), obligations=rules, after_leaving=("custom",))
    return msgspec.structs.replace(record([act("ONE", *one) for one in acts], pact=pact), items=ITEMS)


JOINED = (ActionKind.RATIFICATION, "2000-02-01")
LEFT = (ActionKind.WITHDRAWAL, "2004-01-15")


def ask(asked: Record, item: str, on: dt.date, activity: str = "produce") -> law.ProhibitionAnswer:
    return law.prohibition(asked, "ONE", activity, item, on=on)


@pytest.mark.parametrize(
    ("asked", "ruled", "relation"),
    [
        ("bow", "bow", "same"),
        ("longbow", "bow", "wider"),
        ("longbow", "arm", "wider"),
        ("bow", "longbow", "narrower"),
        ("arm", "longbow", "narrower"),
        ("harp", "bow", "may-be"),
        ("harp", "arm", "may-be"),
        ("bow", "harp", "may-be"),
        ("arm", "harp", "may-be"),
        ("lute", "bow", None),
        ("lute", "harp", None),
        ("longbow", "harp", None),
    ],
)
def test_how_a_rule_on_one_category_bears_on_another(asked: str, ruled: str, relation: str | None) -> None:
    found = relate(world(), asked, ruled)
    assert (found.relation if found else None) == relation


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("bow", Prohibition.YES),
        ("longbow", Prohibition.YES),
        ("arm", Prohibition.PARTLY),
        ("harp", Prohibition.NO),
        ("lute", Prohibition.NO),
    ],
)
def test_a_prohibition_covers_its_kinds_and_assumes_nothing(item: str, answer: Prohibition) -> None:
    found = ask(world(JOINED), item, D(2003, 1, 1))
    assert found.answer is answer
    assert found.because
    if item == "harp":
        assert "hunter's string" in " ".join(step.text for step in found.derivation)


def test_a_prohibition_of_some_manners_is_partial() -> None:
    limited = world(JOINED, rules=(rule(total=False),))
    assert ask(limited, "bow", D(2003, 1, 1)).answer is Prohibition.PARTLY


def test_a_permission_or_a_duty_prohibits_nothing() -> None:
    for modality in (ObligationModality.PERMITTED_EXCEPTION, ObligationModality.REQUIRED):
        allowed = world(JOINED, rules=(rule(modality=modality),))
        found = ask(allowed, "bow", D(2003, 1, 1))
        assert (found.answer, found.rules) == (Prohibition.NO, ())


def test_a_prohibition_ends_with_the_notice_and_says_what_remains() -> None:
    leaving = world(JOINED, LEFT)
    before = ask(leaving, "bow", D(2004, 7, 14))
    assert (before.answer, before.since, before.until) == (Prohibition.YES, ENTRY, D(2004, 7, 15))
    assert before.remaining == ("custom",)
    assert "notified on 15 January 2004, takes effect on 15 July 2004" in before.because
    after = ask(leaving, "bow", D(2004, 7, 15))
    assert (after.answer, after.since, after.until) == (Prohibition.NO, D(2004, 7, 15), None)
    assert "took effect on 15 July 2004" in after.because
    assert after.remaining == ("custom",)


def test_who_never_joined_is_free_and_nothing_remains_of_the_treaty() -> None:
    found = ask(world(), "bow", D(2004, 1, 1))
    assert (found.answer, found.since, found.until, found.remaining) == (Prohibition.NO, None, None, ())
    assert found.because == "Oneland is not bound by the Pact."


def test_who_will_be_bound_is_told_from_when() -> None:
    found = ask(
        world((ActionKind.SIGNATURE, "2003-01-01"), (ActionKind.RATIFICATION, "2004-01-15")),
        "bow",
        D(2004, 2, 1),
    )
    assert (found.answer, found.until) == (Prohibition.NO, D(2004, 7, 1))
    assert "does not bind it before 1 July 2004" in found.because


def test_a_signatory_is_told_as_one() -> None:
    found = ask(world((ActionKind.SIGNATURE, "2003-01-01")), "bow", D(2004, 2, 1))
    assert "has signed the Pact and is not bound" in found.because


def test_a_deferred_withdrawal_leaves_the_prohibition_contested_with_no_end() -> None:
    at_war = ArmedConflict(participant="ONE", since=D(2004, 7, 1), claim="a war", source="a list")
    leaving = msgspec.structs.replace(world(JOINED, LEFT), conflicts=(at_war,))
    before, after = ask(leaving, "bow", D(2004, 7, 14)), ask(leaving, "bow", D(2004, 7, 15))
    assert (before.answer, before.until) == (Prohibition.YES, None)
    assert (after.answer, after.until) == (Prohibition.CONTESTED, None)
    assert [one.bound for one in after.readings] == [True, False]
    rules = law.obligations(leaving, "ONE", on=D(2004, 7, 15)).rules
    assert [(one.bound, one.until) for one in rules] == [(None, None)]


def test_a_partial_date_leaves_the_prohibition_unknown() -> None:
    found = ask(world((ActionKind.RATIFICATION, "2004")), "bow", D(2004, 8, 1))
    assert found.answer is Prohibition.UNKNOWN
    assert "not recorded exactly" in found.because
    rules = law.obligations(
        world((ActionKind.RATIFICATION, "2004"), rules=(rule(deadline=FOUR_YEARS),)), "ONE", on=D(2004, 8, 1)
    ).rules
    assert [(one.bound, one.since, one.deadline) for one in rules] == [(None, None, None)]


FOUR_YEARS = Deadline(amount=4, unit="year", counted_from="entry-into-force-for-participant")


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        (FOUR_YEARS, D(2004, 6, 1)),
        (msgspec.structs.replace(FOUR_YEARS, amount=180, unit="day"), D(2000, 11, 28)),
        (msgspec.structs.replace(FOUR_YEARS, amount=9, unit="month"), D(2001, 3, 1)),
        (msgspec.structs.replace(FOUR_YEARS, counted_from="end-of-active-hostilities"), None),
        (Deadline(recurring="30 April each year"), D(2003, 4, 30)),
        (Deadline(recurring="annually, before the conference"), None),
    ],
)
def test_deadlines_count_from_the_participants_own_entry_into_force(
    deadline: Deadline, day: dt.date | None
) -> None:
    duty = rule(Activity.DESTROY, modality=ObligationModality.REQUIRED, total=False, deadline=deadline)
    found = law.obligations(world(JOINED, rules=(duty,)), "ONE", on=D(2003, 1, 1)).rules[0]
    assert (found.deadline, found.since) == (day, ENTRY)


def test_coming_back_starts_the_deadlines_anew() -> None:
    duty = rule(Activity.DESTROY, modality=ObligationModality.REQUIRED, total=False, deadline=FOUR_YEARS)
    back = world(JOINED, LEFT, (ActionKind.ACCESSION, "2005-01-15"), rules=(duty,))
    assert law.obligations(back, "ONE", on=D(2005, 1, 1)).rules == ()
    assert law.obligations(back, "ONE", on=D(2006, 1, 1)).rules[0].deadline == D(2009, 7, 1)


def test_freedoms_are_told_from_the_day_on_which_they_begin() -> None:
    leaving = world(JOINED, LEFT)
    coming = law.obligations(leaving, "ONE", item="bow", on=D(2004, 2, 1)).freedoms
    assert [(one.not_prohibited_since, one.remaining) for one in coming] == [(D(2004, 7, 15), ("custom",))]
    assert law.obligations(world(JOINED), "ONE", item="bow", on=D(2004, 2, 1)).freedoms == ()
    never = law.obligations(world(), "ONE", item="bow", on=D(2004, 2, 1)).freedoms
    assert [one.not_prohibited_since for one in never] == [None]
    assert law.obligations(leaving, "ONE", item="lute", on=D(2004, 2, 1)).freedoms == ()


@pytest.mark.parametrize(
    ("item", "activity", "message"),
    [("sling", "produce", "unknown item 'sling'"), ("bow", "paint", "unknown activity 'paint'.*produce")],
)
def test_unknown_items_and_activities_are_refused(item: str, activity: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        law.prohibition(world(), "ONE", activity, item, on=D(2004, 1, 1))
    with pytest.raises(UsageError, match=message):
        law.obligations(world(), "ONE", item=item, activity=activity, on=D(2004, 1, 1))


def test_every_rule_that_binds_names_its_article_and_its_facts() -> None:
    answer = law.obligations(load(), "LTU", item="anti-personnel-mine", on=D(2025, 7, 10))
    assert {one.treaty for one in answer.rules} == {"apmbc", "ccw-ap2"}
    for one in answer.rules:
        assert one.article
        assert any(step.article == one.article for step in one.derivation)
        assert any(step.facts for step in one.derivation)
        assert all(step.text.endswith((".", "?")) for step in one.derivation)


def test_what_remains_for_lithuania_names_the_protocol_that_still_binds() -> None:
    answer = law.prohibition(load(), "LTU", "produce", "anti-personnel-mine", on=D(2025, 7, 10))
    assert any("Amended Protocol II binds Lithuania since 3 December 1998" in one for one in answer.remaining)


def test_counts_open_where_dates_are() -> None:
    answer = law.parties(world((ActionKind.RATIFICATION, "2004")), "pact", on=D(2004, 8, 1))
    assert answer.counts["in_force"] == 0
    assert answer.counts["in_force_max"] == 1
    assert answer.counts["deposited"] == 0
    assert answer.counts["deposited_max"] == 1
    assert answer.notes == (
        "Oneland may be none or contracting or party: its act is recorded only as of 2004.",
    )
    assert [(one.status, one.bound) for one in answer.participants] == [(None, None)]


def test_an_assertion_that_the_record_does_not_meet_is_shown_with_both_numbers() -> None:
    claimed = Assertion(on=D(2003, 1, 1), counted="in_force", count=7, source="a leaflet")
    base = world(JOINED)
    pact = msgspec.structs.replace(base.treaties["pact"], assertions=(claimed,))
    checks = law.check_assertions(msgspec.structs.replace(base, treaties={"pact": pact}))
    assert [(one.asserted, one.counts, one.agrees) for one in checks] == [(7, (1, 1), False)]
