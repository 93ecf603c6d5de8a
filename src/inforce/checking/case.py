"""The question a claim puts to the record, and what one participant did that bears on it."""

from __future__ import annotations

from datetime import date

import msgspec

from inforce.checking.times import happened_by
from inforce.dates import Edtf
from inforce.law.chronicle import last_verified
from inforce.reading.model import Claim
from inforce.record.model import Action, ContestedPoint, DomesticStep, Record, Treaty
from inforce.vocabulary import ActionKind, DomesticAim, DomesticStepKind, Modality


class Case(msgspec.Struct, frozen=True):
    """A claim about a recorded treaty, judged as of the end of the day `on`.

    `when` is the claim's date as EDTF, None where it gives none.
    """

    claim: Claim
    record: Record
    treaty: Treaty
    on: date
    when: Edtf | None

    @property
    def done(self) -> bool:
        """Whether the text tells the thing as fact, not as plan, option, duty or denied plan."""
        return self.claim.modality is Modality.DONE


class Membership(msgspec.Struct, frozen=True):
    """One time of belonging: consent deposited, bound from `since`; notice received, free from `until`.

    `since` is None where the record's dates leave it open; `until` is None without a notice, and where
    a notice has no date of effect yet (armed conflict at its end). `revoked` is the latest notice that was
    given and taken back, with the act that took it back.
    """

    consent: Action
    since: date | None
    notice: Action | None = None
    until: date | None = None
    revoked: tuple[Action, Action] | None = None

    @property
    def taken_back(self) -> bool:
        """Whether consent was taken back before the treaty bound: no notice ran, a signature stands."""
        return (
            self.notice is not None
            and self.until is not None
            and (self.since is None or self.until <= self.since)
        )


class Course(msgspec.Struct, frozen=True):
    """What one participant did towards one treaty by the end of the day `on`, and what the law makes of it.

    `declined` is its notice that it will not become a party, which leaves the signature in the list.
    `steps` are all recorded steps of its national procedure, also later ones; `later` its treaty
    actions after `on`, `contested_later` what came to be contested: a plan is held against what came of it.
    """

    participant: str
    name: str
    treaty: Treaty
    on: date
    signature: Action | None = None
    declined: Action | None = None
    memberships: tuple[Membership, ...] = ()
    suspensions: tuple[Action, ...] = ()
    contested: ContestedPoint | None = None
    contested_later: ContestedPoint | None = None
    steps: tuple[DomesticStep, ...] = ()
    later: tuple[Action, ...] = ()

    @property
    def suspension(self) -> Action | None:
        """The latest notice of suspension that stands."""
        return self.suspensions[-1] if self.suspensions else None

    @property
    def last(self) -> Membership | None:
        """The latest membership, pending, running or ended."""
        return self.memberships[-1] if self.memberships else None

    @property
    def covered(self) -> bool:
        """Whether the treaty's actions are known complete up to the day asked about."""
        return self.treaty.complete and self.on <= last_verified(self.treaty)

    @property
    def left(self) -> bool:
        """Whether the latest membership has ended."""
        return self.last is not None and self.last.until is not None and self.last.until <= self.on

    @property
    def in_force(self) -> bool:
        """Whether the treaty itself had entered into force by the day asked about."""
        entry = self.treaty.final_clauses.entry_into_force.initial.published_date
        return entry is not None and entry <= self.on

    @property
    def leaving(self) -> bool:
        """Whether a notice of withdrawal runs."""
        return self.last is not None and self.last.notice is not None and not self.left

    def bound_on(self, day: date) -> bool:
        """Whether a membership runs on `day`, by the depositary's record and whatever is contested."""
        return any(
            one.since is not None and one.since <= day and (one.until is None or day < one.until)
            for one in self.memberships
        )

    def steps_towards(self, *aims: DomesticAim) -> tuple[DomesticStep, ...]:
        """Domestic steps with one of these aims, taken by `on` in a procedure not yet ended; the latest last.

        What led to the latest consent is over with it, and supports no plan to join anew; nor does what
        led to a notice that was revoked support a plan to leave.
        """
        ended = None if self.last is None or self.last.revoked is None else self.last.revoked[1].date.last
        joined = self.last.consent.date.last if self.last is not None else None
        return tuple(
            step
            for step in self.steps
            if step.aim in aims
            and happened_by(step.date, self.on)
            and (step.aim is not DomesticAim.JOINING or joined is None or not happened_by(step.date, joined))
            and (step.aim is DomesticAim.JOINING or ended is None or not happened_by(step.date, ended))
        )

    def undated_act(self, *kinds: ActionKind) -> Action | None:
        """An act of one of these kinds whose partial date ("2026") may lie before or after `on`."""
        fitting = (act for act in self.later if act.kind in kinds and act.date.exact is None)
        return next((act for act in fitting if happened_by(act.date, self.on)), None)

    def later_act(self, *kinds: ActionKind) -> Action | None:
        """The first act of one of these kinds after `on`."""
        return next((act for act in self.later if act.kind in kinds), None)


#: Steps by how far they lead; of several taken the furthest describes where a state stands.
LADDER: tuple[DomesticStepKind, ...] = (
    DomesticStepKind.INTENTION_ANNOUNCED,
    DomesticStepKind.GOVERNMENT_PROPOSED,
    DomesticStepKind.COMMITTEE_APPROVED,
    DomesticStepKind.COURT_RULED,
    DomesticStepKind.PARLIAMENT_APPROVED,
    DomesticStepKind.PRESIDENT_SIGNED,
    DomesticStepKind.PROCEDURES_COMPLETED,
)


def furthest(steps: tuple[DomesticStep, ...], on: date) -> DomesticStep | None:
    """The furthest of several steps; of equal ones the latest recorded.

    A step of partial date counts only where no step was certainly taken by `on`.
    """
    certain = tuple(step for step in steps if step.date is None or (step.date.last or on) <= on)
    ranked = [(LADDER.index(step.kind), at, step) for at, step in enumerate(certain or steps)]
    return max(ranked, key=lambda rank: rank[:2])[2] if ranked else None
