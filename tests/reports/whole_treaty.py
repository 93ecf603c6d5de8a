"""Invented treaties that together use every parameter a final clause can have."""

from __future__ import annotations

import datetime as dt

from inforce.record.model import (
    Adoption,
    ByInstrument,
    CarveOut,
    Condition,
    Delay,
    Earliest,
    Ended,
    EntryIntoForce,
    Extension,
    FinalClauses,
    ImmediateEffect,
    InitialEntry,
    LaterParties,
    Period,
    ProvisionalApplication,
    Replacement,
    SignaturePeriod,
    Term,
    Treaty,
    WithdrawalClause,
)
from inforce.vocabulary import ActionKind, DelayRule

RATIFICATION = (ActionKind.RATIFICATION,)
NAMED = ("FIN", "CHE")
SIX_MONTHS = Delay(amount=6, unit="month", rule=DelayRule.ADD_MONTHS)

CONDITIONS = (
    Condition(type="count", count=40, instruments=RATIFICATION, phrase="of any region"),
    Condition(
        type="count_including_named", count=22, instruments=RATIFICATION, named=NAMED, phrase="both keepers"
    ),
    Condition(type="count_including_some", count=22, instruments=RATIFICATION, named=NAMED, at_least=1),
    Condition(type="count_plus_named", count=40, instruments=RATIFICATION, named=NAMED),
    Condition(type="count_and_floor", count=40, instruments=RATIFICATION, not_before=dt.date(2000, 1, 1)),
    Condition(type="named_set", instruments=RATIFICATION, named=NAMED, not_before=dt.date(2000, 1, 1)),
    Condition(type="double_threshold", count=50, instruments=RATIFICATION, share=55, weights={"FIN": 0.5}),
    Condition(type="share", instruments=RATIFICATION, named=NAMED, share=75),
    Condition(type="fixed_date", instruments=(), not_before=dt.date(2000, 1, 1)),
    Condition(type="per_state", instruments=RATIFICATION),
    Condition(type="first_deposit", instruments=RATIFICATION),
    Condition(type="exchange_of_instruments", instruments=RATIFICATION, named=NAMED),
    Condition(
        type="cumulative_waivable",
        instruments=RATIFICATION,
        conditions=("all have signed", "all have agreed"),
        waived_by=ActionKind.WAIVER,
    ),
)
_CHAINED = Delay(
    amount=1,
    unit="day",
    rule=DelayRule.ADD_DAYS,
    after=Delay(amount=6, unit="month", rule=DelayRule.ADD_MONTHS),
    phrase="six months and a day",
)
_TO_A_DAY = Delay(amount=6, unit="month", rule=DelayRule.FIXED_DAY_OF_YEAR, day="06-30")
_TO_THE_END = Delay(amount=1, unit="year", rule=DelayRule.END_OF_PERIOD, period=Period(amount=5, unit="year"))

_LATER = LaterParties(
    delay=_CHAINED,
    counted_from="deposit",
    depositing_after="entry_into_force",
    by_instrument=(
        ByInstrument(
            instruments=(ActionKind.ACCESSION,), delay=SIX_MONTHS, counted_from="notification_by_depositary"
        ),
    ),
    named_date="later",
    at_most=Period(amount=1, unit="year"),
    requires=(ActionKind.WAIVER,),
    immediate=ImmediateEffect(article="62", when="armed_conflict", effect="in force at once"),
    note="as practised",
)
_WITHDRAWAL = WithdrawalClause(
    allowed=True,
    same_as="ccw",
    article="20",
    premise="breach",
    premise_words="a breach of an essential rule",
    notice=_TO_A_DAY,
    counted_from="notice_to_all_addressees",
    notify=("depositary", "all parties"),
    reasons_required=True,
    grounds="supreme interests",
    named_date="later",
    earliest=Earliest(bars="notice", amount=3, unit="year", counted_from="treaty_entry"),
    carve_out=CarveOut(
        kind="armed_conflict",
        test_moment="notification",
        test="it is engaged in one",
        effect="no effect before peace",
        resumes="peace",
    ),
    accrued_obligations="what was owed",
    note="never used",
    sources=("text",),
)


def _treaty(final: FinalClauses, replaces: Replacement | None = None) -> Treaty:
    return Treaty(
        key="whole",
        title="Whole Treaty",
        parent="apmbc",
        depositary="Finland",
        adopted=Adoption(date=dt.date(1999, 1, 1), place="Vaduz"),
        final_clauses=final,
        replaces=replaces,
        verified_through="2020",
        verified_by="nobody",
    )


def _with(condition: Condition) -> Treaty:
    initial = InitialEntry(condition=condition, delay=SIX_MONTHS, published_date=dt.date(2001, 1, 1))
    return _treaty(FinalClauses(entry_into_force=EntryIntoForce(article="8", initial=initial)))


WHOLE = (
    _treaty(
        FinalClauses(
            signature=(
                SignaturePeriod(opened=dt.date(1999, 1, 1), closed=dt.date(1999, 2, 1), place="Vaduz"),
            ),
            signature_article="6",
            consent_article="7",
            signatories_consent_by=RATIFICATION,
            accession_to="any state",
            consent_only_with="ccw",
            entry_into_force=EntryIntoForce(
                article="8",
                initial=InitialEntry(
                    condition=CONDITIONS[0],
                    delay=SIX_MONTHS,
                    trigger_date=dt.date(2000, 7, 1),
                    triggered_by=NAMED,
                    published_date=dt.date(2001, 1, 1),
                    note="recounted",
                ),
                later_parties=_LATER,
                sources=("text",),
            ),
            withdrawal=_WITHDRAWAL,
            ends_with_parent=True,
            ended=Ended(
                date=dt.date(2019, 8, 2),
                known=dt.date(2019, 2, 1),
                article="15",
                because="both left",
                sources=("text",),
            ),
            term=Term(
                amount=10,
                unit="year",
                article="14",
                extensions=(Extension(decided=dt.date(2011, 1, 1), amount=5, unit="year", source="a list"),),
                sources=("text",),
            ),
            provisional_application=ProvisionalApplication(
                article="18", what="Art 1 only", rules=("whole-1",)
            ),
            reservations="none allowed",
            suspension="silent",
            duration="unlimited",
            amendment="by conference",
            scope="everywhere",
            relations="none",
        ),
        Replacement(treaty="ccw", article="12", between="parties to both", note="in full", sources=("text",)),
    ),
    _treaty(
        FinalClauses(
            entry_into_force=EntryIntoForce(
                initial=InitialEntry(condition=CONDITIONS[0], delay=_TO_THE_END), later_parties=None
            ),
            withdrawal=WithdrawalClause(
                article="9",
                notice=SIX_MONTHS,
                earliest=Earliest(bars="effect", date=dt.date(2010, 1, 1)),
            ),
            provisional_application="from signature",
        )
    ),
    *map(_with, CONDITIONS),
)
