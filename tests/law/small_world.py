"""Small records for the law's tests: one treaty, a few participants, any acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
from hypothesis import strategies as st

from inforce.dates import edtf_of, parse_edtf
from inforce.record.model import (
    Action,
    Adoption,
    ArmedConflict,
    CarveOut,
    Condition,
    ContestedPoint,
    Delay,
    EntryIntoForce,
    FinalClauses,
    InitialEntry,
    LaterParties,
    Participant,
    Record,
    SignaturePeriod,
    Succession,
    Treaty,
    WithdrawalClause,
)
from inforce.vocabulary import ActionKind, DelayRule

OPENED = dt.date(2000, 1, 1)
TRIGGER = dt.date(2000, 3, 15)
ENTRY = dt.date(2000, 6, 1)

CARVE_OUT = CarveOut(
    kind="armed_conflict",
    test_moment="expiry_of_notice",
    test="it is engaged in an armed conflict",
    effect="no effect before that conflict ends",
    resumes="its end",
)
NOTICE = Delay(amount=6, unit="month", rule=DelayRule.ADD_MONTHS)
SIX_MONTHS = Delay(amount=6, unit="month", rule=DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER)


def treaty(
    later: Delay = SIX_MONTHS,
    notice: Delay | None = NOTICE,
    carve_out: CarveOut | None = CARVE_OUT,
) -> Treaty:
    """A treaty open from 2000, in force from June of that year; without `notice` nobody can leave it."""
    initial = InitialEntry(
        condition=Condition(type="count", count=2, instruments=(ActionKind.RATIFICATION,)),
        delay=later,
        trigger_date=TRIGGER,
        published_date=ENTRY,
    )
    withdrawal = None
    if notice is not None:
        withdrawal = WithdrawalClause(
            allowed=True,
            article="20",
            notice=notice,
            counted_from="receipt_by_depositary",
            carve_out=carve_out,
        )
    return Treaty(
        key="pact",
        title="Pact",
        depositary="UN Secretary-General",
        adopted=Adoption(date=dt.date(1999, 12, 1), place="Geneva"),
        final_clauses=FinalClauses(
            signature=(SignaturePeriod(opened=OPENED),),
            entry_into_force=EntryIntoForce(
                article="17", initial=initial, later_parties=LaterParties(delay=later, counted_from="deposit")
            ),
            withdrawal=withdrawal,
        ),
        verified_through="2020",
        verified_by="a list",
    )


PARTICIPANTS = {
    key: Participant(
        key=key,
        iso2=key[:2],
        kind="state",
        name=name,
        succession=Succession(date=dt.date(2003, 2, 4), source="a list") if key == "NEW" else None,
    )
    for key, name in (("ONE", "Oneland"), ("TWO", "Twoland"), ("NEW", "Newland"))
}


def act(participant: str, kind: ActionKind, date: str, known: str | None = None) -> Action:
    """One act; `date` and `known` are EDTF."""
    when = parse_edtf(date)
    return Action(
        participant=participant,
        treaty="pact",
        kind=kind,
        date=when,
        known=parse_edtf(known) if known else when,
        effect=None,
        source="a list",
        note="",
        file="actions.csv",
        line=1,
    )


def record(
    acts: Sequence[Action],
    conflicts: Sequence[ArmedConflict] = (),
    contested: Sequence[ContestedPoint] = (),
    pact: Treaty | None = None,
) -> Record:
    """A record of one treaty, `pact`."""
    return Record(
        participants=PARTICIPANTS,
        treaties={"pact": pact or treaty()},
        actions={"pact": tuple(acts)},
        domestic=(),
        contested=tuple(contested),
        conflicts=tuple(conflicts),
        items={},
        hash="small",
    )


days = st.dates(OPENED, dt.date(2006, 12, 31))
#: Acts that turn a status, of states that succeed to nothing.
kinds = st.sampled_from(
    [
        ActionKind.SIGNATURE,
        ActionKind.RATIFICATION,
        ActionKind.ACCESSION,
        ActionKind.WITHDRAWAL,
        ActionKind.REVOCATION,
        ActionKind.OBJECTION,
    ]
)


@st.composite
def exact_acts(draw: st.DrawFn) -> Action:
    """An act on a day, public the same day or later."""
    day = draw(days)
    known = day + dt.timedelta(days=draw(st.sampled_from([0, 0, 3, 400])))
    one = act(draw(st.sampled_from(["ONE", "TWO"])), draw(kinds), day.isoformat())
    return _known(one, known)


@st.composite
def successions(draw: st.DrawFn) -> Action:
    """A notification of succession, after the succession itself."""
    day = draw(st.dates(dt.date(2003, 2, 4), dt.date(2006, 12, 31)))
    return act("NEW", ActionKind.SUCCESSION, day.isoformat())


def _known(one: Action, known: dt.date) -> Action:
    return msgspec.structs.replace(one, known=edtf_of(known))


conflict_lists = st.lists(
    st.builds(
        lambda since, length: ArmedConflict(
            participant="ONE",
            since=since,
            until=None if length is None else since + dt.timedelta(days=length),
            claim="a conflict",
            source="a list",
        ),
        days,
        st.none() | st.integers(1, 900),
    ),
    max_size=2,
)

act_lists = st.lists(exact_acts() | successions(), max_size=9)
