"""Which pairs the arrays follow: only those of which every feature is named; all others walk one by one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import numpy as np
import pytest
from small_world import CARVE_OUT, NOTICE, SIX_MONTHS, act, record, treaty

from inforce.dates import parse_edtf
from inforce.law.chronicle import Chronicle
from inforce.law.world_irregular import walked
from inforce.law.world_lines import lines_ever, lines_now
from inforce.law.world_regular import _NAMED, sort_out
from inforce.record import load
from inforce.record.model import Action, Noun, Record, Treaty
from inforce.vocabulary import ActionKind, DelayRule

ACTS = [
    act("ONE", ActionKind.SIGNATURE, "2000-02-01"),
    act("ONE", ActionKind.RATIFICATION, "2000-03-01"),
    act("ONE", ActionKind.WITHDRAWAL, "2004-03-01"),
]


def irregular(small: Record) -> set[str]:
    """The participants that walk one by one."""
    keys = list(small.participants)
    return {keys[participant] for _, participant in sort_out(Chronicle(small)).irregular}


def changed(pact: Treaty, path: str, value: object) -> Treaty:
    """The treaty with another value at the end of a path of fields."""
    names = path.split(".")
    nouns: list[Any] = [pact]
    for name in names[:-1]:
        nouns.append(getattr(nouns[-1], name))
    for noun, name in zip(reversed(nouns), reversed(names), strict=True):
        value = msgspec.structs.replace(noun, **{name: value})
    assert isinstance(value, Treaty)
    return value


def test_a_plain_treaty_is_regular() -> None:
    assert irregular(record(ACTS)) == set()
    assert len(sort_out(Chronicle(record(ACTS))).acts.day) == 3


_LATER = "final_clauses.entry_into_force.later_parties"
_INITIAL = "final_clauses.entry_into_force.initial"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("final_clauses.ends_with_parent", True),
        (f"{_LATER}.requires", (ActionKind.WAIVER,)),
        (f"{_LATER}.delay.after", SIX_MONTHS),
        (f"{_LATER}.delay.unit", "day"),
        (f"{_LATER}.delay.amount", 10_000),
        (f"{_LATER}.delay.rule", DelayRule.END_OF_PERIOD),
        (f"{_INITIAL}.published_date", None),
        (f"{_INITIAL}.trigger_date", None),
        ("final_clauses.withdrawal.premise", "breach"),
        ("final_clauses.withdrawal.notice.after", NOTICE),
        ("final_clauses.withdrawal.carve_out.test_moment", "another"),
    ],
)
def test_a_treaty_with_a_clause_that_is_not_followed_is_irregular(path: str, value: object) -> None:
    assert irregular(record(ACTS, pact=changed(treaty(), path, value))) == {"ONE", "TWO", "NEW"}


def test_a_treaty_that_enters_into_force_by_the_record_is_irregular_and_one_that_cannot_is_not() -> None:
    pact = changed(treaty(), f"{_INITIAL}.trigger_date", None)
    pact = changed(pact, f"{_INITIAL}.published_date", None)
    two = [*ACTS, act("TWO", ActionKind.RATIFICATION, "2001-01-01")]
    assert irregular(record(two, pact=pact)) == {"ONE", "TWO", "NEW"}
    assert irregular(record(ACTS, pact=pact)) == set()


@pytest.mark.parametrize(
    "odd",
    [
        act("ONE", ActionKind.SUCCESSION, "2001-01-01"),
        act("ONE", ActionKind.WAIVER, "2001-01-01"),
        act("ONE", ActionKind.ACCESSION, "2001"),
        act("ONE", ActionKind.ACCESSION, "0900-01-01"),
        msgspec.structs.replace(act("ONE", ActionKind.ACCESSION, "2001-01-01"), notified=dt.date(2001, 2, 1)),
        msgspec.structs.replace(act("ONE", ActionKind.ACCESSION, "2001-01-01"), named=dt.date(2003, 2, 1)),
    ],
    ids=["succession", "waiver", "partial", "long ago", "notified", "names a day"],
)
def test_a_participant_with_an_odd_act_is_irregular(odd: Action) -> None:
    assert irregular(record([*ACTS, odd])) == {"ONE"}


def test_an_act_that_turns_nothing_is_never_odd() -> None:
    objection = msgspec.structs.replace(act("ONE", ActionKind.OBJECTION, "2001"), date=parse_edtf("2001"))
    assert irregular(record([*ACTS, objection])) == set()


def test_leaving_without_a_clause_is_irregular() -> None:
    assert irregular(record(ACTS, pact=treaty(notice=None))) == {"ONE"}
    assert irregular(record(ACTS[:2], pact=treaty(notice=None))) == set()


def test_a_former_state_is_irregular_even_without_an_act() -> None:
    small = record(ACTS)
    ended = msgspec.structs.replace(small.participants["TWO"], until=dt.date(1990, 1, 1))
    small = msgspec.structs.replace(small, participants={**small.participants, "TWO": ended})
    assert irregular(small) == {"TWO"}


def test_a_field_that_is_new_to_the_record_is_irregular_once_it_says_something() -> None:
    """Of every noun the arrays read, each field that is not named has a default at which it must be."""
    for noun, named in _NAMED.items():
        fields = {field.name: field for field in msgspec.structs.fields(noun)}
        assert named <= set(fields), noun
        for name in set(fields) - named:
            assert not fields[name].required, (noun, name)


class NewTreaty(Treaty, Noun, frozen=True, kw_only=True):
    """A treaty with a clause that nobody has thought of yet."""

    newfangled: str | None = None


def test_a_noun_that_is_new_is_irregular() -> None:
    parts = {field.name: getattr(treaty(), field.name) for field in msgspec.structs.fields(Treaty)}
    assert irregular(record(ACTS, pact=NewTreaty(**parts, newfangled="a clause"))) == {"ONE", "TWO", "NEW"}


def test_most_pairs_of_the_record_are_regular() -> None:
    """The arrays are no ornament: what walks one by one is the exception."""
    record_ = load()
    regular = sort_out(Chronicle(record_))
    assert len(np.unique(regular.acts.pair)) > 1000


def test_arrays_and_the_walk_one_by_one_give_the_same_columns() -> None:
    record_ = load()
    book = Chronicle(record_)
    regular = sort_out(book)
    names = tuple(record_.treaties), tuple(record_.participants)
    for ever, lines in ((False, lines_now), (True, lines_ever)):
        made = lines(regular, names)
        pairs = [divmod(int(pair), len(names[1])) for pair in np.unique(made.lines.pair)]
        slow = walked(book, pairs, ever=ever)
        for name in ("start", "end", "status", "bound", "possible"):
            assert np.array_equal(getattr(made, name), getattr(slow, name)), name
        assert np.array_equal(made.lines.pair, slow.lines.pair)
        assert np.array_equal(made.lines.known_from, slow.lines.known_from)
        assert np.array_equal(made.lines.first, slow.lines.first)


def test_a_carve_out_is_followed_by_arrays() -> None:
    assert CARVE_OUT.test_moment == "expiry_of_notice"
    assert irregular(record(ACTS, pact=treaty(carve_out=CARVE_OUT))) == set()
