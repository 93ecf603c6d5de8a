"""Rules and their deadlines, as nouns of the record: of treaties, and of customary law."""

from __future__ import annotations

from typing import Literal

import msgspec

from inforce.dates import Edtf
from inforce.record.noun import Noun, Unit
from inforce.vocabulary import Activity, ObligationModality

#: Events from which the period of a duty runs.
PeriodStart = Literal[
    "entry-into-force-for-participant", "entry-into-force-of-treaty", "end-of-active-hostilities"
]


class Deadline(Noun, frozen=True, kw_only=True):
    """A period from an event, or a recurring day: "30 April each year", or in words that name no day.

    What recurs begins `after` the deadline of another rule (the id of that on the first report), or with
    `full_year` for the first calendar year through all of which the participant was bound. `extension`
    says in words what the treaty knows of extensions; `recorded_through` (EDTF) to when those granted,
    and completions declared, are recorded.
    """

    amount: int | None = None
    unit: Unit | None = None
    counted_from: PeriodStart | None = None
    recurring: str | None = None
    after: str | None = None
    full_year: bool = False
    extension: str | None = None
    recorded_through: str | None = None


class Obligation(Noun, frozen=True, kw_only=True):
    """One rule of a treaty on one activity with one item.

    `total` marks a prohibition of the whole activity with every such item, whatever the manner, aim or
    recipient (Mine Ban Convention Art 1); without it only what `conditions` describe is prohibited.
    A rule binds every party, but where `addressed_to` names the only ones it binds (the nuclear-weapon
    states in Art I of the Non-Proliferation Treaty) or `not_addressed_to` those it leaves free (Art II).
    `contested` are ids of contested points on how far the rule reaches.
    """

    id: str
    article: str
    activity: Activity
    item: str
    modality: ObligationModality
    total: bool = False
    addressed_to: tuple[str, ...] = ()
    not_addressed_to: tuple[str, ...] = ()
    applies: str | None = None
    conditions: str | None = None
    exceptions: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    deadline: Deadline | None = None
    sources: tuple[str, ...] = ()

    def addresses(self, participant: str) -> bool:
        """Whether the rule is meant for a participant (key), were it a party."""
        named = participant in (self.addressed_to or self.not_addressed_to)
        return named if self.addressed_to else not named


class Remainder(Noun, frozen=True, kw_only=True):
    """What stays after leaving a treaty for those bound by another (`if_bound_by`), or by none of some."""

    what: str
    if_bound_by: str | None = None
    unless_bound_by: tuple[str, ...] = ()


class DeadlineExtension(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline extended by a decision to `until`, or, with no `until`, declared to have been met.

    `obligation` is the id of the treaty's rule. `decided` is the day of the decision, or of the declaration
    of completion; it is known from then.
    """

    participant: str
    treaty: str
    obligation: str
    decided: Edtf
    until: Edtf | None
    decided_by: str
    source: str
    note: str
    file: str
    line: int

    @property
    def fulfilled(self) -> bool:
        """Whether this is a declaration of completion."""
        return self.until is None
