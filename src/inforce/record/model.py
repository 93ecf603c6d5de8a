"""The record's nouns, frozen. They say what was done and written, never what follows from it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from inforce.dates import Edtf
from inforce.vocabulary import (
    ActionKind,
    Activity,
    DelayRule,
    DomesticAim,
    DomesticStepKind,
    ObligationModality,
)

#: Units of a period in a clause.
Unit = Literal["day", "month", "year"]


class Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Base of everything read from a file: frozen, and unknown keys are errors."""


class DatedName(Noun, frozen=True, kw_only=True):
    """A name borne over a time; open ends are None (bounds are EDTF)."""

    name: str
    since: str | None = None
    until: str | None = None


class Succession(Noun, frozen=True, kw_only=True):
    """A succession of states: the day from which a notification of succession reaches back."""

    date: dt.date
    predecessor: str | None = None
    source: str


class Participant(Noun, frozen=True, kw_only=True):
    """A state or organisation that can act under treaties.

    `names` are today's names as used in running text, the first is the usual short one; `former`
    are names it bore; `demonyms` adjectives and nouns ("Finnish", "Finn", "Finns"); `capital` is
    also used as a name of the government where `capital_names_government` holds. Names listed in
    `ambiguous_names` need further evidence in running text: they also mean something else ("Chad",
    "Jordan"), or two participants bear them ("Congolese").
    """

    key: str  # ISO 3166-1 alpha-3; EUE for the European Union
    iso2: str
    kind: Literal["state", "organisation", "former-state", "other"]  # other: a name only, no participant
    name: str
    formal_name: str | None = None
    names: tuple[str, ...] = ()
    former: tuple[DatedName, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    capital_variants: tuple[str, ...] = ()  # other spellings: "Kiev"
    capital_names_government: bool = True
    government_names: tuple[str, ...] = ()  # other seats used for the government: "the Kremlin"
    ambiguous_names: tuple[str, ...] = ()
    succession: Succession | None = None
    until: dt.date | None = None  # a former state: the first day on which it was no more


class Delay(Noun, frozen=True, kw_only=True):
    """`amount` units after the trigger, counted by `rule`; `phrase` paraphrases the clause."""

    amount: int
    unit: Unit
    rule: DelayRule
    phrase: str | None = None


ConditionKind = Literal["count", "count_including_named", "count_plus_named", "named_set"]


class Condition(Noun, frozen=True, kw_only=True):
    """What must be there before a treaty first enters into force.

    `count`: N instruments; `count_including_named`: N, those of all `named` among them;
    `count_plus_named`: those of all `named`, and N others; `named_set`: those of all `named`, whatever
    others do. `named` are keys of participants; `phrase` says who they are ("the depositaries").
    """

    type: ConditionKind
    count: int | None = None
    instruments: tuple[ActionKind, ...] = ()
    named: tuple[str, ...] = ()
    phrase: str | None = None


class InitialEntry(Noun, frozen=True, kw_only=True):
    """The treaty's own entry into force: rule, trigger and the published date, which prevails.

    A treaty not in force has neither `trigger_date` nor `published_date`: it makes nobody a party.
    """

    condition: Condition
    delay: Delay
    trigger_date: dt.date | None = None
    triggered_by: tuple[str, ...] = ()
    published_date: dt.date | None = None
    note: str | None = None


class LaterParties(Noun, frozen=True, kw_only=True):
    """Entry into force for a participant whose instrument comes later than `depositing_after`.

    That is the trigger of the treaty's own entry into force, or that entry into force itself; whoever
    deposited before is bound with the treaty.
    """

    delay: Delay
    counted_from: Literal["deposit", "notification_of_consent"]
    depositing_after: Literal["trigger", "entry_into_force"] = "trigger"
    note: str | None = None


class EntryIntoForce(Noun, frozen=True, kw_only=True):
    article: str
    initial: InitialEntry
    later_parties: LaterParties
    sources: tuple[str, ...] = ()


class CarveOut(Noun, frozen=True, kw_only=True):
    """A labelled exception to the effect of a withdrawal, and the moment at which it is tested."""

    kind: Literal["armed_conflict", "armed_conflict_or_occupation"]
    test_moment: Literal["expiry_of_notice", "notification"]
    test: str
    effect: str
    resumes: str


class WithdrawalClause(Noun, frozen=True, kw_only=True):
    """How a participant leaves. `notify` are the addressees without whom notice is not given.

    `counted_from` is the event from which the notice runs: its receipt by the depositary, or the day on
    which it has been given to all of `notify`.
    """

    allowed: bool
    article: str
    notice: Delay
    counted_from: Literal["receipt_by_depositary", "notice_to_all_addressees"]
    notify: tuple[str, ...] = ()
    reasons_required: bool | None = None
    grounds: str | None = None
    carve_out: CarveOut | None = None
    accrued_obligations: str | None = None
    sources: tuple[str, ...] = ()


class SignaturePeriod(Noun, frozen=True, kw_only=True):
    opened: dt.date
    closed: dt.date | None = None
    place: str | None = None


class FinalClauses(Noun, frozen=True, kw_only=True):
    signature: tuple[SignaturePeriod, ...] = ()
    signature_article: str | None = None
    consent_article: str | None = None
    signatories_consent_by: tuple[ActionKind, ...] = ()
    accession_to: str | None = None
    entry_into_force: EntryIntoForce
    withdrawal: WithdrawalClause | None = None
    reservations: str | None = None
    suspension: str | None = None  # what the text says of suspension, in plain words
    provisional_application: str | None = None


class Deadline(Noun, frozen=True, kw_only=True):
    """A period from an event, or a recurring day in plain words."""

    amount: int | None = None
    unit: Unit | None = None
    counted_from: Literal["entry-into-force-for-participant", "end-of-active-hostilities"] | None = None
    recurring: str | None = None
    extension: str | None = None


class Obligation(Noun, frozen=True, kw_only=True):
    """One rule of a treaty on one activity with one item.

    `total` marks a prohibition of the whole activity with every such item, whatever the manner, aim or
    recipient (Mine Ban Convention Art 1); without it only what `conditions` describe is prohibited.
    A rule binds every party, but where `addressed_to` names the only ones it binds (the nuclear-weapon
    states in Art I of the Non-Proliferation Treaty) or `not_addressed_to` those it leaves free (Art II).
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
    deadline: Deadline | None = None
    sources: tuple[str, ...] = ()

    def addresses(self, participant: str) -> bool:
        """Whether the rule is meant for a participant (key), were it a party."""
        named = participant in (self.addressed_to or self.not_addressed_to)
        return named if self.addressed_to else not named


class Assertion(Noun, frozen=True, kw_only=True):
    """An independent count that the record must meet on the end of a day.

    `deposited`: instruments of consent, less withdrawals in effect; `in_force`: participants bound;
    `signatories`: participants that ever signed.
    """

    on: dt.date
    counted: Literal["deposited", "in_force", "signatories"]
    count: int
    source: str


class Difference(Noun, frozen=True, kw_only=True):
    """A named, explained difference between a published date of effect and the computed one."""

    participant: str
    action: ActionKind
    date: str
    published: dt.date
    because: str
    source: str | None = None


class Adoption(Noun, frozen=True, kw_only=True):
    date: dt.date
    place: str


class Treaty(Noun, frozen=True, kw_only=True):
    """A treaty: what it is called, where it is kept, its clauses and obligations."""

    key: str
    title: str
    names: tuple[str, ...] = ()  # proper names, the usual one first
    aliases: tuple[str, ...] = ()  # loose names of the press
    acronyms: tuple[str, ...] = ()
    parent: str | None = None
    depositary: str
    depositaries: tuple[str, ...] = ()  # keys, where several governments keep it: the earliest deposit counts
    mtdsg: str | None = None  # UN Treaty Collection number, "XXVI-5"
    unts: int | None = None  # UN Treaty Series registration number
    adopted: Adoption
    final_clauses: FinalClauses
    obligations: tuple[Obligation, ...] = ()
    after_leaving: tuple[str, ...] = ()  # what else stays, in plain words, each with its basis
    assertions: tuple[Assertion, ...] = ()
    differences: tuple[Difference, ...] = ()
    complete: bool = True
    verified_through: str  # EDTF: the actions are known complete to here
    verified_by: str
    sources: dict[str, str] = {}


class KnownTreaty(Noun, frozen=True, kw_only=True):
    """A treaty known by name and not recorded: its names resolve, and no law of it is stated."""

    key: str
    title: str
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """A recorded treaty action. `effect` is as published and is never an input of the law."""

    participant: str
    treaty: str
    kind: ActionKind
    date: Edtf  # deposit or receipt
    known: Edtf  # when it became public; equals `date` where the record names no other
    effect: dt.date | None
    source: str
    note: str
    file: str
    line: int


class DomesticStep(msgspec.Struct, frozen=True, kw_only=True):
    participant: str
    treaty: str
    kind: DomesticStepKind
    aim: DomesticAim
    date: Edtf | None
    body: str  # "Seimas", "President": who took the step, empty where the source does not say
    source: str
    note: str


class BoundInterval(Noun, frozen=True, kw_only=True):
    """Bound from `since` (inclusive) to `until` (exclusive); None is open."""

    since: dt.date
    until: dt.date | None = None


class Reading(Noun, frozen=True, kw_only=True):
    """One way to understand a contested point, with who holds it."""

    id: str
    holder: str
    basis: str | None = None
    result: str
    bound: tuple[BoundInterval, ...] = ()


class ContestedEvent(Noun, frozen=True, kw_only=True):
    date: str  # EDTF
    event: str
    sources: tuple[str, ...] = ()


ContestedKind = Literal[
    "suspension",
    "withdrawal-effect",
    "rescission",
    "ratification-withdrawn",
    "carve-out",
    "definition",
    "statehood",
    "succession",
    "depositary-date",
    "no-clause",
    "signature",
    "compatibility",
    "announcement-only",
]


class ContestedPoint(Noun, frozen=True, kw_only=True):
    """A question on which states hold different readings; never collapsed into yes or no."""

    id: str
    kind: ContestedKind
    treaties: tuple[str, ...] = ()
    participant: str | None = None
    question: str
    since: dt.date | None = None  # from when the point makes the participant's status contested
    until: dt.date | None = None
    noted_from: dt.date | None = None  # from when a point that leaves the status alone is named beside it
    timeline: tuple[ContestedEvent, ...] = ()
    depositary: str | None = None  # what the depositary or a meeting of the parties did or said
    readings: tuple[Reading, ...]
    under_all_readings: str | None = None
    sources: tuple[str, ...] = ()


class ArmedConflict(Noun, frozen=True, kw_only=True):
    """A dated, sourced, contestable input to carve-outs: never assumed."""

    participant: str
    since: dt.date
    until: dt.date | None = None
    claim: str
    source: str


class Item(Noun, frozen=True, kw_only=True):
    """A weapon category by its legal definition; relations are to other items' keys."""

    key: str
    label: str
    press: tuple[str, ...] = ()
    is_a: tuple[str, ...] = ()
    not_a: tuple[str, ...] = ()
    may_be: dict[str, str] = {}
    note: str | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Everything recorded, keyed by the field's identifiers; `hash` names this version of it."""

    participants: dict[str, Participant]
    treaties: dict[str, Treaty]
    actions: dict[str, tuple[Action, ...]]  # by treaty
    domestic: tuple[DomesticStep, ...]
    contested: tuple[ContestedPoint, ...]
    conflicts: tuple[ArmedConflict, ...]
    items: dict[str, Item]
    hash: str
    other_treaties: dict[str, KnownTreaty] = {}  # named in the press, not recorded
