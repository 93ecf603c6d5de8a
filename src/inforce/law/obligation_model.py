"""What the law answers on obligations: rules, their deadlines, freedoms, prohibitions."""

from __future__ import annotations

import datetime as dt

import msgspec

from inforce.law.model import Between, ReadingAnswer, Step
from inforce.vocabulary import Activity, ObligationModality, Prohibition


class ExtensionAnswer(msgspec.Struct, frozen=True):
    """A deadline extended (`until`, EDTF), or declared to be met (`until` None), with who decided it."""

    decided: str
    until: str | None
    decided_by: str
    source: str
    facts: tuple[str, ...]


class DeadlineAnswer(msgspec.Struct, frozen=True):
    """By when a duty must be met, as it stood on the day asked about.

    `day` is the deadline with all extensions decided by then; for what recurs, the next day that is due.
    It is None where the duty was declared to be met (`fulfilled`, EDTF), where no event that the period
    runs from is dated, and where a partial date leaves a range (`between`, both days inclusive).
    `original` is the deadline without extensions. `recorded_through` says to when extensions and
    completions are recorded in full; `extendable` whether the treaty knows extensions.
    """

    day: dt.date | None
    between: Between | None
    original: dt.date | None
    counted_from: dt.date | None
    counted_from_what: str | None
    extensions: tuple[ExtensionAnswer, ...]
    fulfilled: str | None
    recurring: str | None
    recorded_through: str | None
    first_due: dt.date | None = None
    extendable: bool = False


class ExceptionAnswer(msgspec.Struct, frozen=True):
    """A rule of the same treaty that limits another."""

    id: str
    article: str
    activity: Activity
    item: str
    modality: ObligationModality
    conditions: str | None


class DisputeAnswer(msgspec.Struct, frozen=True):
    """A contested point on how far a rule reaches, with its readings."""

    id: str
    question: str
    readings: tuple[ReadingAnswer, ...]


class CustomAnswer(msgspec.Struct, frozen=True):
    """A rule of customary law: it binds a state whatever its treaties. `relation` as for a treaty's rule."""

    id: str
    article: str
    activity: Activity
    item: str
    modality: ObligationModality
    conditions: str | None
    applies: str | None
    total: bool
    relation: str
    derivation: tuple[Step, ...]
    bears: str | None = None


class EndAnswer(msgspec.Struct, frozen=True):
    """When one treaty stops prohibiting an activity to a participant that it binds.

    `day` follows from the acts recorded; with `notified_on` it follows from a supposed notice of withdrawal
    on that day, and is the earliest there can be. None where no day follows: then `because` says why.
    """

    treaty: str
    articles: tuple[str, ...]
    day: dt.date | None
    notified_on: dt.date | None
    because: str
    derivation: tuple[Step, ...]


class FirstFreeDay(msgspec.Struct, frozen=True):
    """The first day on which nothing recorded prohibits an activity with an item outright any more.

    The last of `ends` counts. `hypothetical` where one of them supposes a notice that was not given. `day`
    is None where one treaty has no such day, or custom prohibits it whatever the treaties.
    """

    activity: Activity
    item: str
    day: dt.date | None
    hypothetical: bool
    because: str
    ends: tuple[EndAnswer, ...]


class GoverningAnswer(msgspec.Struct, frozen=True):
    """Which of two texts on one matter governs: `governs` is the later, the earlier, or None.

    Between a participant and the parties bound by both (`other` None), or between two participants.
    """

    earlier: str
    later: str
    other: str | None
    governs: str | None
    because: str
    article: str | None


class CommonAnswer(msgspec.Struct, frozen=True):
    """Whether a treaty that binds the participant binds another one too, on the day asked about."""

    treaty: str
    other: str
    bound: bool | None  # None where contested, or open for a partial date
    because: str


class ObligationAnswer(msgspec.Struct, frozen=True):
    """What one rule says of one activity and item for a participant on a day.

    `item` is the rule's own; `relation` says how it stands to the item asked about: `same`, `wider`
    (the rule covers more, and all that was asked), `narrower` (it covers a part of what was asked),
    `may-be` (what was asked can fall under it, on the test in the record). `since` and `until` bound
    the time in which the participant is bound. `deadline` is the day of `due`, which holds the whole of
    it; `excepted_by` are the rules that limit this one, `excepts` the ids of those that this one limits.
    """

    treaty: str
    article: str
    activity: Activity
    item: str
    modality: ObligationModality
    conditions: str | None
    since: dt.date | None
    until: dt.date | None
    deadline: dt.date | None
    bound: bool | None  # None where contested, or open for a partial date
    derivation: tuple[Step, ...]
    id: str = ""
    relation: str = "same"
    total: bool = False
    applies: str | None = None
    exceptions: tuple[str, ...] = ()
    readings: tuple[ReadingAnswer, ...] = ()
    due: DeadlineAnswer | None = None
    excepted_by: tuple[ExceptionAnswer, ...] = ()
    excepts: tuple[str, ...] = ()
    provisional: bool = False  # by declaration, before the treaty is in force for the participant
    disputed: tuple[DisputeAnswer, ...] = ()
    bears: str | None = None  # how what was asked stands to the rule's item, where that is another


class FreedomAnswer(msgspec.Struct, frozen=True):
    """`activity` with `item` is not prohibited by `treaty` since a day (or from a coming day)."""

    treaty: str
    activity: Activity
    item: str
    not_prohibited_since: dt.date | None
    because: str
    derivation: tuple[Step, ...]
    remaining: tuple[str, ...] = ()  # what still binds, in plain words


class ObligationsAnswer(msgspec.Struct, frozen=True):
    """All rules that bind a participant on a day, and what no rule prohibits it then or from a coming day.

    `first_free` is given where an item is asked about; `common` where another participant is.
    """

    participant: str
    on: dt.date
    known_by: dt.date
    item: str | None
    activity: str | None
    rules: tuple[ObligationAnswer, ...]
    freedoms: tuple[FreedomAnswer, ...]
    coverage: tuple[str, ...] = ()
    custom: tuple[CustomAnswer, ...] = ()
    first_free: tuple[FirstFreeDay, ...] = ()
    governing: tuple[GoverningAnswer, ...] = ()
    common: tuple[CommonAnswer, ...] = ()


class ProhibitionAnswer(msgspec.Struct, frozen=True):
    """Whether an activity with an item is prohibited to a participant on a day, by the recorded treaties.

    `rules` are those that bear on it then. `since` is the first day from which the answer has been the
    same. `until` is, for what is prohibited (or contested, or unknown), the first later day on which no
    rule prohibits it outright as the notices stand; for what is not, the first later day on which one
    does. Either is None where no such day is known. `because` is one sentence, `remaining` what binds
    still when the prohibition does not.
    """

    participant: str
    activity: Activity
    item: str
    on: dt.date
    known_by: dt.date
    answer: Prohibition
    rules: tuple[ObligationAnswer, ...]
    since: dt.date | None
    until: dt.date | None
    because: str
    remaining: tuple[str, ...]
    readings: tuple[ReadingAnswer, ...]
    derivation: tuple[Step, ...]
    coverage: tuple[str, ...] = ()


class TransferOutcome(msgspec.Struct, frozen=True):
    """Whether one activity is prohibited to one end; fields as in `ProhibitionAnswer`."""

    activity: Activity
    answer: Prohibition
    articles: tuple[str, ...]
    until: dt.date | None
    because: str


class TransferEnd(msgspec.Struct, frozen=True):
    """What binds one end of a transfer: an outcome for each activity of that end, and the rules behind them.

    `common` says which of the treaties that bind this end bind the other one too.
    """

    participant: str
    outcomes: tuple[TransferOutcome, ...]
    rules: tuple[ObligationAnswer, ...]
    custom: tuple[CustomAnswer, ...]
    common: tuple[CommonAnswer, ...]


class TransferAnswer(msgspec.Struct, frozen=True):
    """What the recorded law says to the supplier and to the recipient; no verdict joins the two."""

    item: str
    on: dt.date
    known_by: dt.date
    supplier: TransferEnd
    recipient: TransferEnd
    coverage: tuple[str, ...] = ()
