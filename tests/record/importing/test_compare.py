"""The record beside a table, and two tables beside each other: every way in which they can differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inforce.dates import edtf_of, parse_edtf
from inforce.record import load
from inforce.record.importing import open_table
from inforce.record.importing.compare import (
    Pairing,
    compare_tables,
    compare_with_record,
    paired,
    recorded_acts,
)
from inforce.record.importing.model import Act
from inforce.vocabulary import ActionKind

ROOT = Path(__file__).parents[3]
EXAMPLE = load(ROOT / "examples" / "record")
TABLE = str(ROOT / "examples" / "tables" / "skerry.html")
LATER = str(ROOT / "examples" / "tables" / "skerry-later.csv")


def act(kind: str, date: str, effect: str | None = None, *more: str, unsure: bool = False) -> Act:
    return Act(
        participant="FIN",
        kinds=tuple(ActionKind(one) for one in (kind, *more)),
        date=parse_edtf(date),
        effect=dt.date.fromisoformat(effect) if effect else None,
        day_unsure=unsure,
    )


def hows(here: Sequence[Act], there: Sequence[Act], status_of: str | None = None) -> list[str]:
    return [
        pair.how
        for pair in paired(here, there, dt.date.fromisoformat(status_of) if status_of else None).pairs
    ]


@pytest.mark.parametrize(
    ("here", "there", "how"),
    [
        (act("accession", "2012-01-09"), act("accession", "2012-01-09"), []),
        (act("accession", "2012-01-09"), act("accession", "2012-01-10"), ["other-day"]),
        (act("accession", "2012-01-09"), act("acceptance", "2012-01-09"), ["other-act"]),
        (act("accession", "2012-01-09"), act("acceptance", "2012-01-10"), ["other-act"]),
        (act("accession", "2012"), act("accession", "2012-01-09"), ["more-exact-there"]),
        (act("accession", "2012-01-01/2012-03"), act("accession", "2012-01-09"), ["more-exact-there"]),
        (act("accession", "../2012-03"), act("accession", "2012-01-09"), ["more-exact-there"]),
        (act("accession", "2012-01-09"), act("accession", "2012"), ["less-exact-there"]),
        (act("accession", "2012"), act("accession", "2013-01-09"), ["other-day"]),
        (act("accession", "2012-01-09"), act("accession", "2012-01-09", "2012-07-01"), ["effect-only-there"]),
        (act("accession", "2012-01-09", "2012-07-01"), act("accession", "2012-01-09"), []),
        (
            act("accession", "2012-01-09", "2012-07-01"),
            act("accession", "2012-01-09", "2012-08-01"),
            ["other-effect"],
        ),
        (act("acceptance", "2012-01-09"), act("ratification", "2012-01-09", None, "acceptance"), []),
        (act("signature", "2012-01-09"), act("accession", "2012-01-09"), ["missing-there", "missing-here"]),
        (
            act("withdrawal", "2025-07-10", "2026-01-10"),
            act("withdrawal", "2026-01-10", unsure=True),
            [],
        ),
    ],
)
def test_two_acts_differ_so(here: Act, there: Act, how: list[str]) -> None:
    assert sorted(hows([here], [there])) == sorted(how)


def test_an_act_after_the_day_of_the_table_is_no_difference_but_later() -> None:
    assert hows([act("accession", "2015-01-09")], [], "2014-07-10") == ["later-than-table"]
    assert hows([act("accession", "2014-07-10")], [], "2014-07-10") == ["missing-there"]
    assert hows([act("accession", "2014")], [], "2014-07-10") == ["missing-there"]


def test_the_act_of_the_same_day_is_paired_before_another_of_the_same_kind() -> None:
    here = [act("accession", "1999-01-01"), act("ratification", "2012-01-09")]
    there = [act("accession", "2012-01-09"), act("ratification", "1999-01-01")]
    assert hows(here, there) == ["other-act", "other-act"]


KINDS = st.sampled_from([kind for kind in ActionKind if kind.expresses_consent] + [ActionKind.SIGNATURE])
DAYS = st.dates(dt.date(1997, 1, 1), dt.date(1997, 2, 1)).map(edtf_of)
ACTS = st.lists(
    st.builds(Act, participant=st.sampled_from(["FIN", "SWE"]), kinds=st.tuples(KINDS), date=DAYS), max_size=6
)


@given(ACTS)
def test_a_source_agrees_with_itself_in_any_order(acts: list[Act]) -> None:
    assert paired(acts, list(reversed(acts)), None) == Pairing(len(acts), ())


@given(ACTS, ACTS)
def test_every_act_stands_in_exactly_one_pair(here: list[Act], there: list[Act]) -> None:
    pairing = paired(here, there, None)
    ours = [pair.here for pair in pairing.pairs if pair.here]
    theirs = [pair.there for pair in pairing.pairs if pair.there]
    assert len(ours) + pairing.agreeing == len(here)
    assert len(theirs) + pairing.agreeing == len(there)


@given(ACTS, ACTS)
def test_what_differs_from_here_differs_from_there_too(here: list[Act], there: list[Act]) -> None:
    one, other = paired(here, there, None), paired(there, here, None)
    assert one.agreeing == other.agreeing
    assert len(one.pairs) == len(other.pairs)


def test_the_record_beside_a_table_that_knows_more() -> None:
    table = open_table(TABLE, EXAMPLE, "skerry")
    comparison, _ = compare_with_record(EXAMPLE, "skerry", table)
    assert comparison.agreeing == 6
    assert [(one.participant, one.difference) for one in comparison.differences] == [
        ("BOL", "more-exact-there"),
        ("NPL", "missing-here"),
    ]
    assert comparison.to_read == ()


def test_brackets_without_a_note_agree_with_a_recorded_withdrawal_and_else_are_to_be_read() -> None:
    later = open_table(LATER, EXAMPLE, "skerry")
    comparison, _ = compare_with_record(EXAMPLE, "skerry", later)
    assert [one.participant for one in comparison.differences] == ["BOL", "MNG", "NPL"]
    assert comparison.to_read == ()
    (unread,) = compare_tables("skerry", later, later).to_read[:1]
    assert (unread.participant, "no note tells since when" in unread.why) == ("LIE", True)


def test_two_tables_beside_each_other() -> None:
    tables = open_table(TABLE, EXAMPLE, "skerry"), open_table(LATER, EXAMPLE, "skerry")
    comparison = compare_tables("skerry", *tables)
    assert [(one.participant, one.difference) for one in comparison.differences] == [("MNG", "other-day")]


def test_the_mine_ban_record_holds_only_acts_a_table_prints_and_counts_the_others() -> None:
    record = load()
    kinds = {act.kinds[0] for act in recorded_acts(record, "apmbc")}
    assert kinds == {
        ActionKind.SIGNATURE,
        ActionKind.RATIFICATION,
        ActionKind.ACCEPTANCE,
        ActionKind.APPROVAL,
        ActionKind.ACCESSION,
        ActionKind.SUCCESSION,
        ActionKind.WITHDRAWAL,
    }
