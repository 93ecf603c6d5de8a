"""Closed enumerations: the field's terms, and those of the answer's contract.

Treaty terms follow the 1969 Vienna Convention on the Law of Treaties, the UN Treaty Handbook and
the UN Treaty Collection. Values are the spellings used in the record and in JSON.
"""

from __future__ import annotations

from enum import StrEnum


class ActionKind(StrEnum):
    """What a participant did towards the depositary."""

    SIGNATURE = "signature"
    DEFINITIVE_SIGNATURE = "definitive-signature"
    RATIFICATION = "ratification"
    ACCEPTANCE = "acceptance"
    APPROVAL = "approval"
    ACCESSION = "accession"
    SUCCESSION = "succession"
    CONSENT_TO_BE_BOUND = "consent-to-be-bound"
    PROVISIONAL_APPLICATION = "provisional-application"
    WAIVER = "waiver"  # of conditions of entry into force, for oneself (Treaty of Tlatelolco)
    WITHDRAWAL = "withdrawal"
    REVOCATION = "revocation"
    SUSPENSION_NOTIFIED = "suspension-notified"
    NOT_TO_BECOME_PARTY = "not-to-become-party"  # a signatory says so: VCLT Art. 18(a)
    OBJECTION = "objection"
    RESERVATION = "reservation"
    DECLARATION = "declaration"
    COMMUNICATION = "communication"

    @property
    def expresses_consent(self) -> bool:
        """Whether this act expresses consent to be bound (VCLT Arts 11-16)."""
        return self in _CONSENT


_CONSENT = frozenset(
    {
        ActionKind.DEFINITIVE_SIGNATURE,
        ActionKind.RATIFICATION,
        ActionKind.ACCEPTANCE,
        ActionKind.APPROVAL,
        ActionKind.ACCESSION,
        ActionKind.SUCCESSION,
        ActionKind.CONSENT_TO_BE_BOUND,
    }
)


class Status(StrEnum):
    """Where a participant stands towards a treaty on a day; there is no default."""

    NOT_OPEN = "not-open"
    NONE = "none"
    SIGNATORY = "signatory"
    CONTRACTING = "contracting"
    PARTY = "party"
    PARTY_WITHDRAWAL_NOTIFIED = "party-withdrawal-notified"
    CONTESTED = "contested"
    FORMER_PARTY = "former-party"
    FORMER_SIGNATORY = "former-signatory"


class DomesticStepKind(StrEnum):
    """A step of national procedure; never a treaty action."""

    INTENTION_ANNOUNCED = "intention-announced"
    GOVERNMENT_PROPOSED = "government-proposed"
    COMMITTEE_APPROVED = "committee-approved"
    PARLIAMENT_APPROVED = "parliament-approved"
    PRESIDENT_SIGNED = "president-signed"
    COURT_RULED = "court-ruled"
    PROCEDURES_COMPLETED = "procedures-completed"


class DomesticAim(StrEnum):
    """What a domestic step leads to."""

    WITHDRAWAL = "withdrawal"
    JOINING = "joining"
    SUSPENSION = "suspension"


class DelayRule(StrEnum):
    """How a final clause counts from a trigger to a date of effect."""

    SAME_DAY = "same_day"
    ADD_DAYS = "add_days"
    ADD_MONTHS = "add_months"
    ADD_YEARS = "add_years"
    FIRST_DAY_OF_NTH_MONTH_AFTER = "first_day_of_nth_month_after"
    FIRST_DAY_OF_MONTH_AFTER_NTH_DAY = "first_day_of_month_after_nth_day"
    FIRST_DAY_OF_MONTH_AFTER_NTH_MONTH = "first_day_of_month_after_nth_month"
    FIXED_DAY_OF_YEAR = "fixed_day_of_year"
    END_OF_PERIOD = "end_of_period"
    FULL_DAYS_ELAPSED = "full_days_elapsed"


class DateKind(StrEnum):
    """What happens on a day of the calendar."""

    TREATY_ENTRY_INTO_FORCE = "treaty-entry-into-force"
    TREATY_ENDS = "treaty-ends"
    TERM_ENDS = "term-ends"
    ENTRY_INTO_FORCE = "entry-into-force"
    WITHDRAWAL_EFFECT = "withdrawal-effect"
    END_OF_NOTICE = "end-of-notice"
    DEADLINE = "deadline"
    CONTESTED = "contested"


class Difference(StrEnum):
    """A sort of difference between a published date of effect and the computed one."""

    NAMED_IN_RECORD = "named-in-record"
    NAMED_DAY_NOT_RECORDED = "named-day-not-recorded"
    NOTIFICATION_NOT_RECORDED = "notification-not-recorded"
    WITH_THE_TREATY = "with-the-treaty"
    CALENDAR_MONTHS = "calendar-months"
    ONE_DAY = "one-day"
    NO_DELAY = "no-delay"
    DAY_FOR_DAY = "day-for-day"
    YEAR = "year"


class Activity(StrEnum):
    """What a treaty forbids, demands or allows to do with an item."""

    USE = "use"
    DEVELOP = "develop"
    PRODUCE = "produce"
    ACQUIRE = "acquire"
    STOCKPILE = "stockpile"
    RETAIN = "retain"
    TRANSFER = "transfer"
    ASSIST = "assist"
    DESTROY = "destroy"
    CLEAR = "clear"
    REPORT = "report"
    TEST = "test"
    MARK = "mark"
    RECORD = "record"
    WARN = "warn"
    PRECAUTIONS = "precautions"
    ASSIST_VICTIMS = "assist-victims"
    ASSIST_STATES = "assist-states"
    CONSULT = "consult"
    PENAL_SANCTIONS = "penal-sanctions"
    PROMOTE = "promote"
    NEGOTIATE = "negotiate"
    ACCEPT_INSPECTION = "accept-inspection"
    HOST = "host"
    DEPLOY = "deploy"  # to place, install or station, wherever that is
    DUMP = "dump"  # to dispose of waste
    THREATEN = "threaten"
    PREPARE = "prepare"
    CONTROL = "control"
    ASSESS = "assess"
    PREVENT_DIVERSION = "prevent-diversion"
    REVIEW = "review"


class ObligationModality(StrEnum):
    PROHIBITED = "prohibited"
    REQUIRED = "required"
    RESTRICTED = "restricted"
    PERMITTED_EXCEPTION = "permitted-exception"


class Prohibition(StrEnum):
    """Whether the recorded treaties prohibit an activity with an item to a participant on a day."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"  # some manners, aims, recipients or kinds of the item only
    CONTESTED = "contested"
    UNKNOWN = "unknown"  # a partial date leaves open whether the participant is bound


class ClaimKind(StrEnum):
    TREATY_ACTION = "treaty-action"
    DOMESTIC_STEP = "domestic-step"
    MEMBERSHIP = "membership"
    TREATY_FACT = "treaty-fact"
    PARTY_COUNT = "party-count"
    NOTICE_PERIOD = "notice-period"
    PROHIBITION = "prohibition"
    STOCKPILE = "stockpile"
    PROGRAMME = "programme"
    STATEMENT = "statement"


PREDICATES: dict[ClaimKind, tuple[str, ...]] = {
    ClaimKind.TREATY_ACTION: (
        "signed",
        "ratified",
        "acceded",
        "joined",
        "notified-withdrawal",
        "left",
        "suspended",
        "unsigned",
        "rejoined",
    ),
    ClaimKind.DOMESTIC_STEP: (
        "intention-announced",
        "government-proposed",
        "parliament-approved",
        "president-signed",
        "court-ruled",
    ),
    ClaimKind.MEMBERSHIP: ("party", "signatory"),
    ClaimKind.TREATY_FACT: ("adopted", "opened-for-signature", "entered-into-force"),
    ClaimKind.PARTY_COUNT: ("parties", "signatories"),
    ClaimKind.NOTICE_PERIOD: ("withdrawal",),
    ClaimKind.PROHIBITION: ("prohibits", "requires", "allows"),
    ClaimKind.STOCKPILE: ("holds", "destroyed"),
    ClaimKind.PROGRAMME: ("produce", "procure", "transfer", "deploy", "fund"),
    ClaimKind.STATEMENT: (),
}

#: What a claim of a kind can say besides who, which treaty and when: keys of its object.
OBJECT_KEYS: dict[ClaimKind, tuple[str, ...]] = {
    ClaimKind.TREATY_ACTION: ("place",),
    ClaimKind.DOMESTIC_STEP: ("action",),
    ClaimKind.MEMBERSHIP: (),
    ClaimKind.TREATY_FACT: ("place",),
    ClaimKind.PARTY_COUNT: ("count", "comparator"),
    ClaimKind.NOTICE_PERIOD: ("duration", "counted_from"),
    ClaimKind.PROHIBITION: ("activities", "item"),
    ClaimKind.STOCKPILE: ("item", "count", "comparator", "rank"),
    ClaimKind.PROGRAMME: ("item", "count", "comparator", "money", "recipient", "supplier"),
    ClaimKind.STATEMENT: (),
}


class FoundBy(StrEnum):
    """Who found a claim in a text: the reader, or a model that was asked for proposals."""

    READER = "reader"
    MODEL = "model"


class Modality(StrEnum):
    """How a text puts an act: as done, or how far from it."""

    DONE = "done"
    PLANNED = "planned"
    CONSIDERED = "considered"
    POSSIBLE = "possible"
    DENIED = "denied"
    REQUIRED = "required"


class Verdict(StrEnum):
    """How a claim stands against the record."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    IMPRECISE = "imprecise"
    OUTDATED = "outdated"
    CONTESTED = "contested"
    UNRECORDED = "unrecorded"
    REPORTED = "reported"
