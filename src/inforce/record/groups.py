"""Groups of states by which a table can be ordered: regions, and alliances with their members over time."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from importlib import resources

import msgspec
import yaml

from inforce.record.model import Record

#: Region of participants that are in none: organisations and states that are no more.
OTHERS = "Organisations and former states"


class Alliance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """States that belong together, each `since` a day and, where it left, `until` one (exclusive)."""

    name: str
    source: str
    since: dict[dt.date, tuple[str, ...]]
    until: dict[str, dt.date] = {}

    def members(self, on: dt.date) -> tuple[str, ...]:
        """The members on a day, by key."""
        joined = [one for day, several in self.since.items() if day <= on for one in several]
        return tuple(sorted(one for one in joined if one not in self.until or on < self.until[one]))


class Groups(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All groups: participants' keys by region, and the alliances by key."""

    regions: dict[str, tuple[str, ...]]
    alliances: dict[str, Alliance]

    def region_of(self, participant: str) -> str:
        """The region of a participant; `OTHERS` where it is in none."""
        return next((name for name, members in self.regions.items() if participant in members), OTHERS)


@functools.cache
def groups() -> Groups:
    """The groups that come with the package."""
    text = resources.files("inforce.data").joinpath("groups.yaml").read_text("utf-8")
    return msgspec.convert(yaml.safe_load(text), Groups)


def regions(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The participants' keys by region, by name; names that no depositary lists are left out."""
    there = {key: one.name for key, one in record.participants.items() if one.kind != "other"}
    for name in (*groups().regions, OTHERS):
        members = sorted((key for key in there if groups().region_of(key) == name), key=there.__getitem__)
        if members:
            yield name, tuple(members)
