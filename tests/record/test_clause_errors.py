"""Clauses from which nothing could be computed are refused on loading, with what is wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from inforce.errors import RecordError
from inforce.record.load import load

TREATY = """\
title: Pact
adopted: {{date: 2000-01-01, place: Geneva}}
depositary: Switzerland
verified_through: 2020
verified_by: a list
final_clauses:
  entry_into_force:
    initial:
      condition: {{type: count, count: 2}}
      delay: {delay}
    {later}
  {more}
"""
DELAY = "{amount: 1, unit: month, rule: add_months}"
LATER = f"later_parties: {{delay: {DELAY}, counted_from: deposit}}"


def loaded(folder: Path, delay: str = DELAY, later: str = LATER, more: str = "") -> None:
    (folder / "pact").mkdir()
    text = TREATY.format(delay=delay, later=later, more=more)
    (folder / "pact" / "treaty.yaml").write_text(text, encoding="utf-8")
    header = "participant,action,date,known,effect,source,note\n"
    (folder / "pact" / "actions.csv").write_text(header, encoding="utf-8")
    load(folder)


def test_the_treaty_is_otherwise_whole(tmp_path: Path) -> None:
    loaded(tmp_path)


@pytest.mark.parametrize(
    ("delay", "message"),
    [
        ("{amount: 1, unit: day, rule: fixed_day_of_year}", "a day belongs to fixed_day_of_year"),
        ('{amount: 1, unit: day, rule: add_days, day: "06-30"}', "a day belongs to fixed_day_of_year"),
        ('{amount: 1, unit: day, rule: fixed_day_of_year, day: "06-31"}', '"06-31" is no day of every year'),
        ('{amount: 1, unit: day, rule: fixed_day_of_year, day: "02-29"}', '"02-29" is no day of every year'),
        ("{amount: 1, unit: day, rule: end_of_period}", "a period belongs to end_of_period"),
        (
            "{amount: 1, unit: day, rule: end_of_period, period: {amount: 0, unit: year}}",
            "a period of 0 never ends",
        ),
        ("{amount: -1, unit: day, rule: add_days}", "does not run backwards"),
        (
            "{amount: 1, unit: day, rule: add_days, after: {amount: -1, unit: day, rule: add_days}}",
            "initial.delay.after: a delay does not run backwards",
        ),
    ],
)
def test_a_delay_that_cannot_be_counted_is_refused(tmp_path: Path, delay: str, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        loaded(tmp_path, delay=delay)


@pytest.mark.parametrize(
    ("later", "message"),
    [
        (
            f"later_parties: {{delay: {DELAY}, counted_from: deposit, at_most: {{amount: 1, unit: year}}}}",
            "at_most limits a named_date",
        ),
        (
            f"later_parties: {{delay: {DELAY}, counted_from: deposit, "
            "by_instrument: [{instruments: [accession]}]}",
            "a delay or counted_from is needed",
        ),
    ],
)
def test_a_rule_for_later_parties_that_says_nothing_is_refused(
    tmp_path: Path, later: str, message: str
) -> None:
    with pytest.raises(RecordError, match=message):
        loaded(tmp_path, later=later)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("withdrawal: {article: X}", "a notice is needed where it is allowed"),
        (f"withdrawal: {{allowed: false, notice: {DELAY}}}", "no place where it is not"),
        (f"withdrawal: {{notice: {DELAY}, premise: breach}}", "premise and premise_words belong together"),
        (
            f"withdrawal: {{notice: {DELAY}, earliest: {{bars: notice, amount: 3}}}}",
            "amount, unit and counted_from belong together",
        ),
        (f"withdrawal: {{notice: {DELAY}, earliest: {{bars: notice}}}}", "either a date, or amount"),
        ("withdrawal: {same_as: treaty-of-nowhere}", 'unknown treaty "treaty-of-nowhere"'),
        ("withdrawal: {same_as: pact}", "has no withdrawal clause of its own"),
        (
            "term: {amount: 1, unit: year}\n  ended: {date: 2001-01-01, because: so}",
            "ended and term both say",
        ),
    ],
)
def test_a_way_out_that_cannot_be_followed_is_refused(tmp_path: Path, more: str, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        loaded(tmp_path, more=more)


def test_a_treaty_has_its_own_actions_or_those_of_another(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"actions_from: this treaty has an actions\.csv as well"):
        loaded(tmp_path, more="\nactions_from: apmbc")
