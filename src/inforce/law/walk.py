"""Follows one participant's acts in the order of their days and notes every turn of status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from inforce.law.clauses import (
    BEFORE_ENTRY,
    NOTHING_NEW,
    WITHOUT_CONSENT,
    Effect,
    Instrument,
    Notice,
    effect_of_consent,
    effect_of_withdrawal,
)
from inforce.law.disputes import deferral, premise
from inforce.law.entry import Entry
from inforce.law.timeline import BINDING
from inforce.record.model import Action, ArmedConflict, ContestedPoint, Treaty
from inforce.vocabulary import ActionKind, Status


class Case(msgspec.Struct, frozen=True):
    """What the walk of one participant needs: the clauses, its conflicts, and the days known."""

    treaty: Treaty
    participant: str
    opening: dt.date
    entry: Entry  # of the treaty itself, as known
    conflicts: tuple[ArmedConflict, ...]
    ended: dt.date | None = None  # of a former state: the first day on which it was no more
    treaty_ended: dt.date | None = None  # the first day on which the treaty itself is no more


class Dated(msgspec.Struct, frozen=True):
    """An act on one day. `index` names it among the participant's acts; `succeeded` is the day of the
    succession of states (used for a notification of succession)."""

    index: int
    act: Action
    day: dt.date
    succeeded: dt.date


class Turn(msgspec.Struct, frozen=True):
    """From `day` on this status holds, by these acts; `dispute` where it is read in more than one way."""

    day: dt.date
    status: Status
    acts: tuple[int, ...]
    dispute: ContestedPoint | None = None


class Walked(msgspec.Struct, frozen=True):
    """The turns in order, and the effect of each act by its index."""

    turns: tuple[Turn, ...]
    effects: dict[int, Effect]


#: Acts of one day are taken in this order: who signs and deposits on one day has signed first.
_ORDER = {
    ActionKind.SIGNATURE: 0,
    ActionKind.WAIVER: 2,
    ActionKind.WITHDRAWAL: 3,
    ActionKind.REVOCATION: 4,
}


def turns_status(kind: ActionKind) -> bool:
    """Whether an act of this kind can turn a participant's status."""
    return kind in _ORDER or kind.expresses_consent


def walk(case: Case, acts: Sequence[Dated]) -> Walked:
    """Turns of status that follow from acts of exact days, whatever their order in the record."""
    walker = _Walker(case)
    in_order = sorted(acts, key=_order)
    for dated in in_order:
        if not _after_its_end(case, dated):
            walker.take(dated)
    if case.ended is not None:
        walker.end(case.ended)
    if case.treaty_ended is not None:
        walker.end_of_treaty(case.treaty_ended)
        walker.effects |= {dated.index: _TREATY_ENDED for dated in in_order if _after_its_end(case, dated)}
    walker.reach(dt.date.max)
    return Walked(tuple(walker.turns), walker.effects)


def _after_its_end(case: Case, dated: Dated) -> bool:
    return case.treaty_ended is not None and dated.day >= case.treaty_ended


def _order(dated: Dated) -> tuple[dt.date, int, int]:
    """Days decide; within a day the kind of act."""
    return dated.day, _ORDER.get(dated.act.kind, 1), dated.index


class _Walker:
    """The walk's place: turns so far, turns still to come, and the acts that hold."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.turns = [Turn(dt.date.min, Status.NOT_OPEN, ()), Turn(case.opening, Status.NONE, ())]
        self.coming: list[Turn] = []
        self.effects: dict[int, Effect] = {}
        self.signature: tuple[int, ...] = ()
        self.consent: tuple[int, ...] = ()
        self.since: dt.date | None = None  # the entry into force for it, of the latest consent
        self.instrument: Dated | None = None  # the consent that waits for other acts
        self.besides: dict[ActionKind, dt.date] = {}  # the other acts that the clause asks for

    def take(self, dated: Dated) -> None:
        self.reach(dated.day)
        kind = dated.act.kind
        if kind is ActionKind.SIGNATURE:
            effect = self._sign(dated)
        elif kind is ActionKind.WITHDRAWAL:
            effect = self._withdraw(dated)
        elif kind is ActionKind.REVOCATION:
            effect = self._revoke(dated)
        elif kind is ActionKind.WAIVER:
            effect = self._waive(dated)
        else:
            effect = self._consent(dated)
        self.effects[dated.index] = effect

    def reach(self, day: dt.date) -> None:
        """Let the coming turns up to `day` happen."""
        due = [turn for turn in self.coming if turn.day <= day]
        self.coming = [turn for turn in self.coming if turn.day > day]
        for turn in due:
            self._turn(turn)

    def end(self, day: dt.date) -> None:
        """A state that is no more stands nowhere from that day on: its acts lead to nothing any longer."""
        self.reach(day)
        self.coming = []
        self._turn(Turn(day, Status.NONE, ()))

    def end_of_treaty(self, day: dt.date) -> None:
        """A treaty that is no more binds nobody from that day on."""
        self.reach(day)
        self.coming = []
        if self.status in BINDING:
            self._turn(Turn(day, Status.FORMER_PARTY, self.turns[-1].acts))
        elif self.status in (Status.SIGNATORY, Status.CONTRACTING):
            self._turn(Turn(day, Status.FORMER_SIGNATORY, self.turns[-1].acts))

    @property
    def status(self) -> Status:
        return self.turns[-1].status

    def _turn(self, turn: Turn) -> None:
        """Add a turn; one that reaches back replaces whatever stood from its day on."""
        self.turns = [earlier for earlier in self.turns if earlier.day < turn.day]
        self.turns.append(turn)

    def _sign(self, dated: Dated) -> Effect:
        self.signature = (dated.index,)
        if self.status in _UNCOMMITTED:
            self._turn(Turn(dated.day, Status.SIGNATORY, self.signature))
            return Effect("signature", dated.day, "a signatory, not yet bound")
        return _NOTHING_NEW

    def _consent(self, dated: Dated) -> Effect:
        if self.status in _COMMITTED:
            return _NOTHING_NEW
        effect = self._effect_of(dated)
        self.instrument = dated
        self.consent = (*self.signature, dated.index)
        if effect.day is None or effect.day > dated.day:
            self._turn(Turn(dated.day, Status.CONTRACTING, self.consent))
        if effect.day is not None:
            self.since = effect.day
            self._when(Turn(effect.day, Status.PARTY, self.consent), dated.day)
        return effect

    def _effect_of(self, dated: Dated) -> Effect:
        """What follows from an instrument of consent, with the other acts that are there by now."""
        act, later = dated.act, self.case.treaty.final_clauses.entry_into_force.later_parties
        wanted = later.requires if later is not None else ()
        days = [self.besides.get(kind) for kind in wanted]
        there = [day for day in days if day is not None]
        instrument = Instrument(
            kind=act.kind,
            day=dated.day,
            succeeded=dated.succeeded,
            named=act.named,
            notified=act.notified,
            completed=max([dated.day, *there]) if len(there) == len(days) else None,
        )
        return effect_of_consent(self.case.treaty, instrument, self.case.entry, self.case.conflicts)

    def _waive(self, dated: Dated) -> Effect:
        """An act that the clause may ask for besides the instrument: it can complete an earlier consent."""
        later = self.case.treaty.final_clauses.entry_into_force.later_parties
        if later is None or dated.act.kind not in later.requires or dated.act.kind in self.besides:
            return _NOTHING_NEW
        self.besides[dated.act.kind] = dated.day
        if self.instrument is None or self.status is not Status.CONTRACTING:
            return Effect("completes", None, "counts together with the instrument of consent", no_turn=True)
        effect = self._effect_of(self.instrument)
        self.effects[self.instrument.index] = effect
        if effect.day is not None:
            self.consent = (*self.consent, dated.index)
            self.since = effect.day
            self._when(Turn(effect.day, Status.PARTY, self.consent), dated.day)
        return effect

    def _withdraw(self, dated: Dated) -> Effect:
        if self.status is Status.PARTY:
            return self._notify(dated)
        acts = (*self.turns[-1].acts, dated.index)
        if self.status is Status.CONTRACTING:
            back = Status.SIGNATORY if self.signature else Status.NONE
            self.coming = []
            self._turn(Turn(dated.day, back, acts))
            return Effect(BEFORE_ENTRY, dated.day, "consent taken back before it took effect")
        if self.status is Status.SIGNATORY:
            self.signature = ()
            self._turn(Turn(dated.day, Status.FORMER_SIGNATORY, acts))
            return Effect("signature-withdrawn", dated.day, "signature taken back")
        if self.status is Status.PARTY_WITHDRAWAL_NOTIFIED:
            return Effect("no-effect", None, "a notice is running already", no_turn=True)
        return self._without_consent(dated)

    def _without_consent(self, dated: Dated) -> Effect:
        """A notice by one that no recorded act bound: when it would take effect, and no turn of status."""
        notice = Notice(dated.day, None, dated.act.named, dated.act.notified)
        effect = effect_of_withdrawal(self.case.treaty, notice, self.case.entry.day, self.case.conflicts)
        if effect.day is None or effect.no_turn:
            return Effect("no-effect", None, "there is nothing to withdraw from", no_turn=True)
        return msgspec.structs.replace(effect, label=WITHOUT_CONSENT, no_turn=True)

    def _notify(self, dated: Dated) -> Effect:
        notice = Notice(dated.day, self.since, dated.act.named, dated.act.notified)
        effect = effect_of_withdrawal(self.case.treaty, notice, self.case.entry.day, self.case.conflicts)
        if effect.no_turn:
            return effect
        acts = (*self.consent, dated.index)
        self._turn(Turn(dated.day, Status.PARTY_WITHDRAWAL_NOTIFIED, acts))
        if effect.conflict is not None and effect.expiry is not None:
            since = self.turns[-1].day
            dispute = deferral(self.case.treaty, self.case.participant, effect, since)
            waits = Turn(effect.expiry, Status.PARTY_WITHDRAWAL_NOTIFIED, acts, dispute)
            self._when(waits, dated.day)
        if effect.label == "premise" and effect.day is not None:
            dispute = premise(self.case.treaty, self.case.participant, effect, self.turns[-1].day)
            self._when(Turn(effect.day, Status.PARTY_WITHDRAWAL_NOTIFIED, acts, dispute), dated.day)
        elif effect.day is not None:
            self._when(Turn(effect.day, Status.FORMER_PARTY, acts), dated.day)
        return effect

    def _revoke(self, dated: Dated) -> Effect:
        if self.status is not Status.PARTY_WITHDRAWAL_NOTIFIED:
            return Effect("no-effect", None, "there is no running notice to revoke", no_turn=True)
        self.coming = []
        self._turn(Turn(dated.day, Status.PARTY, (*self.turns[-1].acts, dated.index)))
        return Effect("revocation", dated.day, "the notice no longer runs: a party as before")

    def _when(self, turn: Turn, today: dt.date) -> None:
        """Turn now if the day has come (or lies behind, for what reaches back), else later."""
        if turn.day <= today:
            self._turn(turn)
        else:
            self.coming = sorted([*self.coming, turn], key=lambda one: one.day)


_TREATY_ENDED = Effect("treaty-ended", None, "the treaty itself was no more", no_turn=True)
_NOTHING_NEW = Effect(NOTHING_NEW, None, "adds nothing to the consent already given", no_turn=True)
_UNCOMMITTED = frozenset({Status.NONE, Status.FORMER_SIGNATORY, Status.FORMER_PARTY})
_COMMITTED = frozenset({Status.CONTRACTING, Status.PARTY, Status.PARTY_WITHDRAWAL_NOTIFIED})
