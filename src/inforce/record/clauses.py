"""Final clauses as data: how a treaty and its parties come to be bound, and how they leave.

The nouns follow the final clauses themselves; `docs/record-format.md` gives each key with an example.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from inforce.record.noun import Noun, Unit
from inforce.vocabulary import ActionKind, DelayRule


class Period(Noun, frozen=True, kw_only=True):
    """A length of time as a clause names it."""

    amount: int
    unit: Unit


class Delay(Noun, frozen=True, kw_only=True):
    """`amount` units after the trigger, counted by `rule`; `phrase` paraphrases the clause.

    `after` is a delay that runs first: six months and then one day more. `day` (MM-DD) is the day of the
    year that `fixed_day_of_year` names, `period` the length of the periods whose end `end_of_period` waits
    for; for both, `amount` and `unit` are the least time between the trigger and that day.
    """

    amount: int
    unit: Unit
    rule: DelayRule
    phrase: str | None = None
    after: Delay | None = None
    day: str | None = None
    period: Period | None = None


ConditionKind = Literal[
    "count",
    "count_including_named",
    "count_including_some",
    "count_plus_named",
    "count_and_floor",
    "named_set",
    "double_threshold",
    "share",
    "fixed_date",
    "per_state",
    "first_deposit",
    "exchange_of_instruments",
    "cumulative_waivable",
]


class Condition(Noun, frozen=True, kw_only=True):
    """What must be there before a treaty first enters into force.

    `count`: N instruments; `count_including_named`: N, those of all `named` among them;
    `count_including_some`: N, those of `at_least` of the `named` among them; `count_plus_named`: those of
    all `named`, and N others; `count_and_floor`: N, and entry into force not before `not_before`;
    `named_set` and `exchange_of_instruments`: those of all `named`, whatever others do;
    `double_threshold`: N, whose `weights` (per cent by participant) reach `share` per cent together;
    `share`: those of `share` per cent of the `named`; `fixed_date`: none, in force on `not_before`;
    `per_state`: between each two that have deposited, so that two meet it; `first_deposit`: the first;
    `cumulative_waivable`: `conditions` in plain words, which each may waive for itself by an act of the
    kind `waived_by`. `named` are keys of participants; `phrase` says who they are ("the depositaries").
    """

    type: ConditionKind
    count: int | None = None
    instruments: tuple[ActionKind, ...] = ()
    named: tuple[str, ...] = ()
    at_least: int | None = None
    share: float | None = None
    weights: dict[str, float] = msgspec.field(default_factory=dict)
    not_before: dt.date | None = None
    conditions: tuple[str, ...] = ()
    waived_by: ActionKind | None = None
    phrase: str | None = None


class InitialEntry(Noun, frozen=True, kw_only=True):
    """The treaty's own entry into force: rule, trigger and the published date, which prevails.

    Without `published_date` nobody has published one: the treaty is in force only if the record meets the
    condition. Without `trigger_date` the record is recounted for the day on which it was met.
    """

    condition: Condition
    delay: Delay
    trigger_date: dt.date | None = None
    triggered_by: tuple[str, ...] = ()
    published_date: dt.date | None = None
    note: str | None = None


CountedFrom = Literal["deposit", "notification_of_consent", "notification_by_depositary"]


class ByInstrument(Noun, frozen=True, kw_only=True):
    """A rule of its own for instruments of some kinds; what it leaves out is the general rule's."""

    instruments: tuple[ActionKind, ...]
    delay: Delay | None = None
    counted_from: CountedFrom | None = None


class ImmediateEffect(Noun, frozen=True, kw_only=True):
    """Effect at once for a participant in armed conflict (Geneva Conventions, common article)."""

    article: str
    when: Literal["armed_conflict"]
    effect: str


class LaterParties(Noun, frozen=True, kw_only=True):
    """Entry into force for a participant whose instrument comes later than `depositing_after`.

    That is the trigger of the treaty's own entry into force, or that entry into force itself; whoever
    deposited before is bound with the treaty. `named_date`: an instrument may itself name a later day,
    by `at_most` after deposit. `requires` are kinds of acts that are needed besides the instrument; the
    last of all of them counts.
    """

    delay: Delay
    counted_from: CountedFrom
    depositing_after: Literal["trigger", "entry_into_force"] = "trigger"
    by_instrument: tuple[ByInstrument, ...] = ()
    named_date: Literal["later"] | None = None
    at_most: Period | None = None
    requires: tuple[ActionKind, ...] = ()
    immediate: ImmediateEffect | None = None
    note: str | None = None


class EntryIntoForce(Noun, frozen=True, kw_only=True):
    """`later_parties` is missing where the treaty is closed to others than those of its condition."""

    article: str | None = None
    initial: InitialEntry
    later_parties: LaterParties | None = None
    sources: tuple[str, ...] = ()


class CarveOut(Noun, frozen=True, kw_only=True):
    """A labelled exception to the effect of a withdrawal, and the moment at which it is tested."""

    kind: Literal["armed_conflict", "armed_conflict_or_occupation"]
    test_moment: Literal["expiry_of_notice", "notification"]
    test: str
    effect: str
    resumes: str


class Earliest(Noun, frozen=True, kw_only=True):
    """A time before which no notice can be given, or no withdrawal take effect.

    Either a `date`, or `amount` units from the entry into force of the treaty or for the participant.
    """

    bars: Literal["notice", "effect"]
    date: dt.date | None = None
    amount: int | None = None
    unit: Unit | None = None
    counted_from: Literal["treaty_entry", "participant_entry"] | None = None


class WithdrawalClause(Noun, frozen=True, kw_only=True):
    """How a participant leaves. `notify` are the addressees without whom notice is not given.

    `counted_from` is the event from which the notice runs: its receipt by the depositary, or the day on
    which it has been given to all of `notify`. `premise` is what alone allows leaving, in plain words in
    `premise_words`: whether it is there is for the parties to say. `same_as` names the treaty whose clause
    this is, word for word; it is filled in on loading.
    """

    allowed: bool = True
    same_as: str | None = None
    article: str | None = None
    premise: Literal["breach", "amendment"] | None = None
    premise_words: str | None = None
    notice: Delay | None = None
    counted_from: Literal["receipt_by_depositary", "notice_to_all_addressees"] = "receipt_by_depositary"
    notify: tuple[str, ...] = ()
    reasons_required: bool | None = None
    grounds: str | None = None
    named_date: Literal["later"] | None = None
    earliest: Earliest | None = None
    carve_out: CarveOut | None = None
    accrued_obligations: str | None = None
    note: str | None = None
    sources: tuple[str, ...] = ()


class SignaturePeriod(Noun, frozen=True, kw_only=True):
    opened: dt.date
    closed: dt.date | None = None
    place: str | None = None


class Ended(Noun, frozen=True, kw_only=True):
    """The end of the treaty itself: from `date` on it binds nobody. `known` is when that became public."""

    date: dt.date
    known: dt.date | None = None
    article: str | None = None
    because: str
    sources: tuple[str, ...] = ()


class Extension(Noun, frozen=True, kw_only=True):
    """A term made longer, by a decision of that day."""

    decided: dt.date
    amount: int
    unit: Unit
    source: str


class Term(Noun, frozen=True, kw_only=True):
    """A treaty concluded for a time, counted from its entry into force, with the extensions agreed."""

    amount: int
    unit: Unit
    article: str | None = None
    extensions: tuple[Extension, ...] = ()
    sources: tuple[str, ...] = ()


class ProvisionalApplication(Noun, frozen=True, kw_only=True):
    """What may be applied before entry into force, by declaration. `rules` are ids of obligations."""

    article: str | None = None
    what: str
    rules: tuple[str, ...] = ()


class FinalClauses(Noun, frozen=True, kw_only=True):
    """All final clauses of a treaty. Those without a consequence that is computed are plain words."""

    signature: tuple[SignaturePeriod, ...] = ()
    signature_article: str | None = None
    consent_article: str | None = None
    signatories_consent_by: tuple[ActionKind, ...] = ()
    accession_to: str | None = None
    consent_only_with: str | None = None
    entry_into_force: EntryIntoForce
    withdrawal: WithdrawalClause | None = None
    ends_with_parent: bool = False
    ended: Ended | None = None
    term: Term | None = None
    provisional_application: str | ProvisionalApplication | None = None
    reservations: str | None = None
    suspension: str | None = None
    duration: str | None = None
    amendment: str | None = None
    scope: str | None = None
    relations: str | None = None


class Replacement(Noun, frozen=True, kw_only=True):
    """This treaty takes the place of `treaty` between the parties that are bound by both."""

    treaty: str
    article: str | None = None
    between: str
    note: str | None = None
    sources: tuple[str, ...] = ()
