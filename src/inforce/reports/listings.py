"""What the record holds, in short: its treaties, its states and organisations."""

from __future__ import annotations

from datetime import date

import msgspec

from inforce.record.model import Record
from inforce.reports.naming import treaty_name


class TreatyEntry(msgspec.Struct, frozen=True):
    """A treaty of the record; `actions` counts its recorded acts, `verified_through` is EDTF."""

    key: str
    name: str
    title: str
    mtdsg: str | None
    unts: int | None
    depositary: str
    adopted: date
    parent: str | None
    actions: int
    verified_through: str


class ParticipantEntry(msgspec.Struct, frozen=True):
    """A state or organisation that can act under treaties; `until`: the first day on which it was no more."""

    key: str
    iso2: str
    kind: str
    name: str
    formal_name: str | None
    until: date | None


def treaty_entries(record: Record) -> tuple[TreatyEntry, ...]:
    """The treaties in the order of their keys."""
    return tuple(
        TreatyEntry(
            key=key,
            name=treaty_name(key, record),
            title=one.title,
            mtdsg=one.mtdsg,
            unts=one.unts,
            depositary=one.depositary,
            adopted=one.adopted.date,
            parent=one.parent,
            actions=len(record.actions.get(key, ())),
            verified_through=one.verified_through,
        )
        for key, one in sorted(record.treaties.items())
    )


def participant_entries(record: Record) -> tuple[ParticipantEntry, ...]:
    """The states and organisations in the order of their keys."""
    return tuple(
        ParticipantEntry(key, one.iso2, one.kind, one.name, one.formal_name, one.until)
        for key, one in sorted(record.participants.items())
        if one.kind != "other"
    )
