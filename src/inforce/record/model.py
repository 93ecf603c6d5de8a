"""The record's nouns, frozen. They say what was done and written, never what follows from it."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

import msgspec

from inforce.dates import Edtf
from inforce.record.clauses import (
    ByInstrument,
    CarveOut,
    Condition,
    ConditionKind,
    Delay,
    Earliest,
    Ended,
    EntryIntoForce,
    Extension,
    FinalClauses,
    ImmediateEffect,
    InitialEntry,
    LaterParties,
    Period,
    ProvisionalApplication,
    Replacement,
    SignaturePeriod,
    Term,
    WithdrawalClause,
)
from inforce.record.noun import Noun, Unit
from inforce.record.rules import Deadline, DeadlineExtension, Obligation, PeriodStart, Remainder
from inforce.vocabulary import ActionKind, DomesticAim, DomesticStepKind

__all__ = [
    "SUPPOSED",
    "Action",
    "Adoption",
    "ArmedConflict",
    "Assertion",
    "BoundInterval",
    "ByInstrument",
    "CarveOut",
    "Condition",
    "ConditionKind",
    "ContestedEvent",
    "ContestedKind",
    "ContestedPoint",
    "DatedName",
    "Deadline",
    "DeadlineExtension",
    "Delay",
    "Difference",
    "DomesticStep",
    "Earliest",
    "Ended",
    "EntryIntoForce",
    "Extension",
    "FinalClauses",
    "ImmediateEffect",
    "InitialEntry",
    "Item",
    "KnownTreaty",
    "LaterParties",
    "Noun",
    "Obligation",
    "Participant",
    "Period",
    "PeriodStart",
    "ProvisionalApplication",
    "Reading",
    "Record",
    "Remainder",
    "Replacement",
    "SignaturePeriod",
    "Succession",
    "Term",
    "Treaty",
    "Unit",
    "WithdrawalClause",
]

#: Source of acts and conflicts that are supposed, not recorded.
SUPPOSED: Final = "supposed"


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
    place: str | None = None


class Treaty(Noun, frozen=True, kw_only=True):
    """A treaty: what it is called, where it is kept, its clauses and obligations."""

    key: str
    title: str
    names: tuple[str, ...] = ()  # proper names, the usual one first
    aliases: tuple[str, ...] = ()  # loose names of the press
    acronyms: tuple[str, ...] = ()
    parent: str | None = None
    family: str | None = None  # treaties known together: "geneva-conventions-1949"
    replaces: Replacement | None = None
    actions_from: str | None = None  # the treaty under whose instruments this one is joined and left as well
    depositary: str
    depositaries: tuple[str, ...] = ()  # keys, where several governments keep it: the earliest deposit counts
    mtdsg: str | None = None  # UN Treaty Collection number, "XXVI-5"
    unts: int | None = None  # UN Treaty Series registration number
    adopted: Adoption
    final_clauses: FinalClauses
    obligations: tuple[Obligation, ...] = ()
    after_leaving: tuple[str | Remainder, ...] = ()  # what else stays, in plain words, each with its basis
    assertions: tuple[Assertion, ...] = ()
    differences: tuple[Difference, ...] = ()
    complete: bool = True
    verified_through: str  # EDTF: the actions are known complete to here
    verified_by: str
    sources: dict[str, str] = msgspec.field(default_factory=dict)


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
    named: dt.date | None = None  # the later day of effect that the instrument itself names
    notified: dt.date | None = None  # when the depositary told it, or the last required addressee had it

    @property
    def supposed(self) -> bool:
        """Whether the act is supposed, not recorded (`law.suppose`)."""
        return self.source == SUPPOSED


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
    participants: tuple[str, ...] = ()  # where it concerns several in the same way
    items: tuple[str, ...] = ()  # where the question is whether these fall under a rule
    question: str
    since: dt.date | None = None  # from when the point makes the participant's status contested
    until: dt.date | None = None
    noted_from: dt.date | None = None  # from when a point that leaves the status alone is named beside it
    timeline: tuple[ContestedEvent, ...] = ()
    depositary: str | None = None  # what the depositary or a meeting of the parties did or said
    readings: tuple[Reading, ...]
    under_all_readings: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def concerned(self) -> tuple[str, ...]:
        """Keys of all participants whose status or rules the point bears on."""
        return (*((self.participant,) if self.participant else ()), *self.participants)


class ArmedConflict(Noun, frozen=True, kw_only=True):
    """A dated, sourced, contestable input to carve-outs: never assumed."""

    participant: str
    since: dt.date
    until: dt.date | None = None
    claim: str
    source: str

    @property
    def supposed(self) -> bool:
        """Whether the conflict is supposed, not recorded (`law.suppose`)."""
        return self.source == SUPPOSED


class Item(Noun, frozen=True, kw_only=True):
    """A weapon category by its legal definition; relations are to other items' keys."""

    key: str
    label: str
    press: tuple[str, ...] = ()
    is_a: tuple[str, ...] = ()
    not_a: tuple[str, ...] = ()
    may_be: dict[str, str] = msgspec.field(default_factory=dict)
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
    extensions: tuple[DeadlineExtension, ...] = ()
    custom: tuple[Obligation, ...] = ()  # rules of customary law, of no treaty
