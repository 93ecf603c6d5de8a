"""What holds of the checker whatever a text says."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from claim_cases import a_claim, a_document
from hypothesis import given, settings
from hypothesis import strategies as st

from inforce.checking import Finding, check
from inforce.checking.ruling import OWES_CORRECTION, Ruling, gravity
from inforce.dates import parse_edtf
from inforce.errors import UsageError
from inforce.reading.model import Claim, ClaimObject
from inforce.record import load
from inforce.record.model import Record
from inforce.vocabulary import PREDICATES, Activity, ClaimKind, Modality, Verdict

RECORD = load()
TODAY = date(2026, 11, 22)
STATES = ("FIN", "POL", "UKR", "USA", "RUS", "MHL", "LTU", "SSD", "LBN", "PSE")

days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
edtf = st.one_of(
    st.none(),
    days.map(str),
    days.map(lambda day: str(day)[:7]),
    days.map(lambda day: str(day)[:4]),
    days.map(lambda day: f"../{day}"),
    days.map(lambda day: f"{day}/.."),
    st.sampled_from(
        ["2025-21", "2025-24", "2011~", "../2026-01", "..", "", "2025-13", "last week", "2026/2025"]
    ),
)
objects = st.builds(
    ClaimObject,
    action=st.sampled_from([None, "withdrawal", "joining", "suspension", "marriage"]),
    place=st.sampled_from([None, "Oslo", "Ottawa", ""]),
    count=st.one_of(st.none(), st.integers(-5, 10**9)),
    comparator=st.sampled_from([None, "=", ">", "<", "~", "!"]),
    duration=st.sampled_from([None, "P6M", "P1Y", "P180D", "P26W", "P", "six months", ""]),
    counted_from=st.sampled_from([None, "vote", "receipt_by_depositary", ""]),
    activities=st.lists(st.sampled_from([*[one.value for one in Activity], "juggle"]), max_size=3).map(tuple),
    item=st.lists(st.sampled_from([*sorted(RECORD.items), "catapult"]), max_size=2).map(tuple),
    recipient=st.lists(st.sampled_from([*STATES, "XXZ"]), max_size=2).map(tuple),
)


@st.composite
def claims(draw: st.DrawFn, kinds: tuple[ClaimKind, ...] = tuple(ClaimKind)) -> Claim:
    kind = draw(st.sampled_from(kinds))
    return a_claim(
        kind=kind,
        predicate=draw(st.sampled_from([*PREDICATES[kind], None, "sneezed"])),
        subject=tuple(draw(st.lists(st.sampled_from([*STATES, "XXZ"]), max_size=3, unique=True))),
        treaty=draw(st.sampled_from([*sorted(RECORD.treaties), "harrow-pact", None])),
        when=draw(edtf),
        object=draw(objects),
        modality=draw(st.sampled_from(Modality)),
        negated=draw(st.booleans()),
    )


def finding(claim: Claim, on: date, record: Record = RECORD) -> Finding:
    return check(a_document(on), [claim], record, today=TODAY).findings[0]


@given(claims(), days)
@settings(max_examples=200, deadline=None)
def test_no_claim_makes_the_checker_raise(claim: Claim, on: date) -> None:
    found = finding(claim, on)
    assert (found.correction is not None) == (found.verdict in OWES_CORRECTION)
    assert found.correction is None or "⟨" not in found.correction


@given(st.lists(claims(), max_size=5), days, st.randoms())
@settings(max_examples=60, deadline=None)
def test_findings_depend_on_nothing_but_their_own_claim(told: list[Claim], on: date, random: object) -> None:
    first = check(a_document(on), told, RECORD, today=TODAY).findings
    assert first == check(a_document(on), told, RECORD, today=TODAY).findings
    backwards = check(a_document(on), told[::-1], RECORD, today=TODAY).findings
    assert first == backwards[::-1]


@given(claims((ClaimKind.TREATY_ACTION, ClaimKind.MEMBERSHIP)), days)
@settings(max_examples=200, deadline=None)
def test_the_gravest_of_several_states_decides(claim: Claim, on: date) -> None:
    if not claim.subject or "XXZ" in claim.subject:
        return
    singles = [finding(msgspec.structs.replace(claim, subject=(key,)), on) for key in claim.subject]
    if any("treaty" in (single.correct or {}) for single in singles):
        return  # another treaty may fit one of them and not all
    gravest = max((single.verdict for single in singles), key=lambda verdict: gravity(Ruling(verdict)))
    assert finding(claim, on).verdict is gravest


@given(claims((ClaimKind.TREATY_ACTION, ClaimKind.MEMBERSHIP)), days)
@settings(max_examples=200, deadline=None)
def test_a_statement_and_its_denial_are_never_both_right(claim: Claim, on: date) -> None:
    plain = msgspec.structs.replace(claim, modality=Modality.DONE, subject=claim.subject[:1])
    if tells_the_future(claim, on):  # told as done, but taken as a plan
        return
    verdicts = {
        finding(msgspec.structs.replace(plain, negated=negated), on).verdict for negated in (True, False)
    }
    assert verdicts != {Verdict.SUPPORTED}
    assert verdicts != {Verdict.CONTRADICTED}


def tells_the_future(claim: Claim, on: date) -> bool:
    try:
        first = None if claim.when is None else parse_edtf(claim.when).first
    except UsageError:
        return False
    return first is not None and first > on


def silent() -> Record:
    """The record with no act in it, and not said to be complete."""
    treaties = {key: msgspec.structs.replace(one, complete=False) for key, one in RECORD.treaties.items()}
    return msgspec.structs.replace(
        RECORD,
        treaties=treaties,
        actions=dict.fromkeys(treaties, ()),
        domestic=(),
        contested=(),
        hash="silent",
    )


SILENT = silent()
ON_ACTS = (ClaimKind.TREATY_ACTION, ClaimKind.DOMESTIC_STEP, ClaimKind.MEMBERSHIP, ClaimKind.PARTY_COUNT)


@given(claims(ON_ACTS), days)
@settings(max_examples=200, deadline=None)
def test_a_silent_record_contradicts_nothing(claim: Claim, on: date) -> None:
    assert finding(claim, on, SILENT).verdict is not Verdict.CONTRADICTED


@given(claims((ClaimKind.PROGRAMME, ClaimKind.STOCKPILE, ClaimKind.STATEMENT)), days)
@settings(max_examples=100, deadline=None)
def test_programmes_stockpiles_and_statements_are_only_reported(claim: Claim, on: date) -> None:
    readable = finding(msgspec.structs.replace(claim, when=None), on)
    assert readable.verdict is Verdict.REPORTED


@given(claims(ON_ACTS), days, st.integers(0, 2000))
@settings(max_examples=200, deadline=None)
def test_acts_after_the_day_asked_about_change_no_status(claim: Claim, on: date, later: int) -> None:
    """What is known by a day is all that a plain statement is held against; only plans look ahead."""
    if claim.modality is not Modality.DONE or claim.kind is ClaimKind.DOMESTIC_STEP:
        return
    cut = on + timedelta(days=later)
    known = {
        key: tuple(act for act in acts if act.date.first is None or act.date.first <= cut)
        for key, acts in RECORD.actions.items()
    }
    early = msgspec.structs.replace(RECORD, actions=known, hash="cut")
    if claim.when is None:
        assert finding(claim, on, early).verdict is finding(claim, on).verdict


@pytest.mark.parametrize(
    ("published", "as_of", "reason"),
    [
        (date(2025, 7, 10), None, "date of publication"),
        (date(2025, 7, 10), date(2025, 8, 1), "asked for"),
        (None, None, "today, because nothing dates the text"),
    ],
)
def test_the_day_of_the_verdicts_and_why(published: date | None, as_of: date | None, reason: str) -> None:
    report = check(a_document(published), [], RECORD, as_of=as_of, today=TODAY)
    assert report.as_of == (as_of or published or TODAY)
    assert report.as_of_from == reason


def test_today_is_no_later_than_the_record_reaches() -> None:
    """The Mine Ban Convention's record ends in February 2026: a later "today" is that day."""
    claim = a_claim(kind=ClaimKind.TREATY_ACTION, predicate="left", subject=("NOR",), treaty="apmbc")
    found = finding(claim, date(2025, 1, 1))
    assert (found.verdict, found.verdict_today) == (Verdict.CONTRADICTED, Verdict.CONTRADICTED)
