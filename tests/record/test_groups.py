"""Every state is in one region; alliances change over time."""

from __future__ import annotations

from collections import Counter
from datetime import date

from inforce.record import load
from inforce.record.groups import OTHERS, groups


def test_every_state_is_in_exactly_one_region() -> None:
    listed = Counter(one for members in groups().regions.values() for one in members)
    assert set(listed.values()) == {1}
    states = {key for key, one in load().participants.items() if one.kind == "state"}
    assert states - set(listed) == set()
    assert set(listed) - set(load().participants) == set()
    assert groups().region_of("EUE") == OTHERS


def test_alliances_change_over_time() -> None:
    nato, union = groups().alliances["nato"], groups().alliances["eu"]
    assert len(nato.members(date(2026, 1, 1))) == 32
    assert "FIN" not in nato.members(date(2023, 4, 3))
    assert "FIN" in nato.members(date(2023, 4, 4))
    assert len(union.members(date(2020, 1, 31))) == 28
    assert len(union.members(date(2020, 2, 1))) == 27
