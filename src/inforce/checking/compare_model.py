"""Several articles on one story side by side: what is handed on to the reports."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from inforce.checking.model import Report
from inforce.reading.model import Attribution, ClaimObject
from inforce.vocabulary import ClaimKind, Modality, Verdict


class Matter(StrEnum):
    """What claims must have in common before they are compared at all."""

    LEAVING = "leaving"
    JOINING = "joining"
    TREATY_FACT = "treaty-fact"
    PARTY_COUNT = "party-count"
    NOTICE_PERIOD = "notice-period"
    PROHIBITION = "prohibition"
    STOCKPILE = "stockpile"
    PROGRAMME = "programme"
    STATEMENT = "statement"


class ChangeField(StrEnum):
    """The field of a claim that one telling has otherwise than another."""

    ACT = "act"
    MODALITY = "modality"
    NEGATED = "negated"
    WHEN = "when"
    COUNT = "count"
    MONEY = "money"
    RANK = "rank"
    ITEM = "item"
    ACTIVITIES = "activities"
    RECIPIENT = "recipient"
    SUPPLIER = "supplier"
    DURATION = "duration"
    COUNTED_FROM = "counted_from"
    PLACE = "place"
    ATTRIBUTION = "attribution"


class ChangeSort(StrEnum):
    """What became of the field from one telling to the other."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    FURTHER = "further"  # an act nearer to its effect: a vote told as a notice, a notice as an exit
    BACK = "back"
    HARDENED = "hardened"  # a modality nearer to done
    SOFTENED = "softened"
    REVERSED = "reversed"
    MOVED = "moved"  # a date that cannot be the other one
    REFINED = "refined"  # a date within the other one
    BLURRED = "blurred"
    NARROWED = "narrowed"  # part of a list
    WIDENED = "widened"
    LOST = "lost"  # an attribution
    GAINED = "gained"


#: Changes that alter what is told; the others tell more or less of the same.
WEIGHTY = frozenset(ChangeSort) - {
    ChangeSort.ADDED,
    ChangeSort.DROPPED,
    ChangeSort.REFINED,
    ChangeSort.BLURRED,
    ChangeSort.GAINED,
}


class Change(msgspec.Struct, frozen=True):
    """How `other` tells a field that `base` tells as `before`; both count articles from 0.

    `before` and `after` are the field's values as the claim has them: EDTF dates, keys of the record, an
    amount with its comparator; None where a telling gives none.
    """

    field: ChangeField
    sort: ChangeSort
    base: int
    other: int
    before: str | None
    after: str | None

    @property
    def weighty(self) -> bool:
        """Whether the change alters what is told."""
        return self.sort in WEIGHTY


class Telling(msgspec.Struct, frozen=True):
    """What one article tells in one row: one claim, or several of its that say the same, taken together.

    `verdict` is the gravest of its claims' verdicts. `words` are those of the first claim, letters and
    figures alone: a statement is known again by its words, since it has no other field.
    """

    article: int
    claims: tuple[str, ...]
    kind: ClaimKind
    predicate: str | None
    modality: Modality
    negated: bool
    when: str | None
    object: ClaimObject
    attribution: Attribution | None
    verdict: Verdict
    words: str = ""


class Row(msgspec.Struct, frozen=True):
    """One thing told, with a place for each article, None where it does not tell it.

    `changes` run from the first article that tells it (in the comparison's order) to each other one.
    """

    matter: Matter
    subject: tuple[str, ...]
    treaty: str | None
    tellings: tuple[Telling | None, ...]
    changes: tuple[Change, ...] = ()

    @property
    def told_by(self) -> tuple[int, ...]:
        """The articles that tell it."""
        return tuple(one.article for one in self.tellings if one is not None)

    @property
    def agreeing(self) -> tuple[int, ...]:
        """Articles whose telling the record supports, where it does not support another's."""
        right = [one.article for one in self.tellings if one and one.verdict is Verdict.SUPPORTED]
        off = [one for one in self.tellings if one and one.verdict in OFF]
        return tuple(right) if off else ()


#: Verdicts of a telling that the record does not bear out.
OFF = frozenset({Verdict.CONTRADICTED, Verdict.IMPRECISE, Verdict.OUTDATED})


class Stage(msgspec.Struct, frozen=True):
    """How far each article says that a state has come: the furthest act told as done, None where none is."""

    matter: Matter
    subject: tuple[str, ...]
    treaty: str | None
    furthest: tuple[str | None, ...]
    changes: tuple[Change, ...] = ()


class SourceReason(StrEnum):
    """What speaks for an article as the first source of a story, the strongest first."""

    NAMED = "named"  # other articles name its outlet
    DATE = "date"  # it was published before all others
    ATTRIBUTION = "attribution"  # it says whose word things are where others no longer do


class Ground(msgspec.Struct, frozen=True):
    """One reason for the likely first source: `articles` are those it is seen in."""

    reason: SourceReason
    articles: tuple[int, ...]
    claims: int = 0


class FirstSource(msgspec.Struct, frozen=True):
    """The likely first source and why; `article` is None where nothing or too much speaks for one."""

    article: int | None
    grounds: tuple[Ground, ...] = ()


class StoryComparison(msgspec.Struct, frozen=True):
    """Articles on one story, ordered by day of publication, the undated last; rows in their order.

    `same_text` names groups of articles whose text is one and the same: one witness, not several.
    """

    reports: tuple[Report, ...]
    rows: tuple[Row, ...]
    stages: tuple[Stage, ...]
    first_source: FirstSource
    same_text: tuple[tuple[int, ...], ...]
