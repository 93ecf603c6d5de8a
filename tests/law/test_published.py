"""The published dates and counts of the packaged record, as the oracle of the law."""

from __future__ import annotations

import pytest

from inforce import law
from inforce.record.load import load

TREATIES = sorted(load().treaties)

#: Treaties of which no source in hand prints a day of effect for each participant, and why.
NOTHING_PUBLISHED = {
    "bwc": "three depositaries, whose lists print the day of deposit alone",
    "ctbt": "not in force",
    "pelindaba": "the lists in hand print the day of deposit alone",
    "rarotonga": "the lists in hand print the day of deposit alone",
    "tpnw": "the one list in hand prints the day of deposit alone",
}


@pytest.mark.parametrize("treaty", TREATIES)
def test_every_published_date_of_effect_is_computed_or_explained(treaty: str) -> None:
    rows = law.effects(load(), [treaty])
    published = [row for row in rows if row.effect_published is not None]
    assert bool(published) is not (treaty in NOTHING_PUBLISHED)
    bare = [
        row for row in published if row.agrees is not True and not (row.agrees is False and row.accounted)
    ]
    # Of an act whose day is not known, the published day must lie within the bounds of the computed one.
    wrong = [row for row in bare if row.agrees is False or row.effect_between is None]
    assert [(row.participant, row.date, row.effect_computed, row.effect_published) for row in wrong] == []


@pytest.mark.parametrize("treaty", TREATIES)
def test_every_explained_difference_is_one(treaty: str) -> None:
    explained = sum(row.difference is not None for row in law.effects(load(), [treaty]))
    assert explained == len(load().treaties[treaty].differences)


@pytest.mark.parametrize("treaty", TREATIES)
def test_every_count_of_an_independent_source_is_met(treaty: str) -> None:
    checks = law.check_assertions(load(), treaty)
    assert checks
    assert [check for check in checks if not check.agrees] == []


def test_every_entry_into_force_follows_from_its_trigger() -> None:
    for check in law.check_entries(load()):
        assert check.computed == check.published  # of a treaty not in force, neither
        assert check.agrees or check.explained


def test_every_act_of_consent_has_a_day_of_effect_or_its_bounds() -> None:
    """Of a second deposit with another depositary nothing follows, nor while a treaty is not in force."""
    not_in_force = {entry.treaty for entry in law.check_entries(load()) if entry.published is None}
    for row in law.effects(load()):
        second = any("adds nothing to the consent" in step.text for step in row.derivation)
        if row.effect_computed is None and row.treaty not in not_in_force and not second:
            assert row.effect_between is not None, row
