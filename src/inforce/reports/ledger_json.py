"""The answers of `inforce ledger` as JSON: each object names its format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from inforce.checking.compare_model import ChangeField, ChangeSort, StoryComparison
from inforce.ledger.ageing import Turned
from inforce.ledger.keeping import Fault, Overview
from inforce.ledger.model import ClaimEntry, DocumentEntry, Entered, Judgement
from inforce.ledger.programmes import Against, Beside, Statement
from inforce.ledger.telling import FirstWrong, Telling
from inforce.record.model import Record
from inforce.reports.json_answers import BecauseAnswer, SaidAnswer, said_answer
from inforce.reports.ledger_text import against_words
from inforce.reports.story_json import CompareAnswer, compare_answer
from inforce.vocabulary import Verdict


class EnteredAnswer(msgspec.Struct, frozen=True):
    """What became of a document: its number, whether it is new, and the story it was put into.

    `before` is the document that stood at this source until now, where it was another.
    """

    format: str
    source: str
    document: int
    new: bool
    claims: int
    before: int | None
    story: int | None


class HeldClaim(msgspec.Struct, frozen=True):
    """A claim of the ledger: its number, what is said where, how it stood on its own day, how it stands now.

    `now_since` is the first day on which it stood so, where it turned. The corrections are those of the two
    rulings, and `reason_now` is the first reason of the one as of now.
    """

    id: int
    document: DocumentEntry
    claim: SaidAnswer
    then: Verdict
    now: Verdict
    now_as_of: date
    now_since: date | None
    correction: str | None
    correction_now: str | None
    reason_now: str | None


class FoundAnswer(msgspec.Struct, frozen=True):
    """One claim that a search found."""

    format: str
    found: HeldClaim


class RulingsAnswer(msgspec.Struct, frozen=True):
    """One claim with every ruling on it, in order: `then` as of its own day, `now` as of later days."""

    format: str
    found: HeldClaim
    then: tuple[Judgement, ...]
    now: tuple[Judgement, ...]


class StatementChange(msgspec.Struct, frozen=True):
    """How a statement has a field otherwise than the earlier one; `text` says it in one sentence.

    `weighty` is false where one tells more or less of the same.
    """

    field: ChangeField
    sort: ChangeSort
    before: str | None
    after: str | None
    weighty: bool
    text: str


class AgainstAnswer(msgspec.Struct, frozen=True):
    """An earlier statement that this one is held beside: the same speaker's, or one of the same story."""

    id: int
    by: Beside
    changes: tuple[StatementChange, ...]


class StatementAnswer(msgspec.Struct, frozen=True):
    """One statement on a programme or a stock, under its speaker's name: never a fact.

    `law` says what binds the state on the statement's day and on the planned one. `copies` counts the
    documents that repeat it unchanged.
    """

    format: str
    id: int
    document: DocumentEntry
    claim: SaidAnswer
    law: tuple[BecauseAnswer, ...]
    story: int | None
    copies: int
    against: tuple[AgainstAnswer, ...]


class StoryDocumentAnswer(msgspec.Struct, frozen=True):
    """A document's part in a story: first, telling, or copy or edit (then of which document)."""

    format: str
    story: int
    document: DocumentEntry
    part: str
    copy_of: int | None
    claims: int


class FirstWrongAnswer(msgspec.Struct, frozen=True):
    """The document that first told wrongly what an earlier one, `right`, had right; when it appeared."""

    document: DocumentEntry
    appeared: date
    claim: SaidAnswer
    verdict: Verdict
    correction: str | None
    right: DocumentEntry


class StoryAnswer(msgspec.Struct, frozen=True):
    """One story: its documents, its tellings compared, copies and edits left out, and its first error."""

    format: str
    story: int
    documents: tuple[StoryDocumentAnswer, ...]
    compared: CompareAnswer
    first_wrong: FirstWrongAnswer | None


class TurnedAnswer(msgspec.Struct, frozen=True):
    """A claim that stands otherwise than it did, since when, and the wording that is right now.

    `sense` says as of which day: "then" its own, "now" the latest. `by` says what turned it: "record" or
    "time". `reason` says what is so now: the correction, or what bears the claim out.
    """

    format: str
    sense: str
    before: Verdict
    after: Verdict
    since: date | None
    by: str
    correction_before: str | None
    correction: str | None
    reason: str | None
    found: HeldClaim


class ExportAnswer(msgspec.Struct, frozen=True):
    """The table that was written, and its dictionary."""

    format: str
    file: str
    dictionary: str
    claims: int


class InfoAnswer(Overview, frozen=True):
    """How much the ledger holds, of what days, and by which versions of the record it was ruled."""

    format: str


class LedgerCheckAnswer(msgspec.Struct, frozen=True):
    """What is wrong with the ledger; `repaired` counts the current verdicts made anew, null if none were."""

    format: str
    ledger: str
    faults: tuple[Fault, ...]
    repaired: int | None


class CopyAnswer(msgspec.Struct, frozen=True):
    """A copy that was made of a ledger ("copied"), or brought back as one ("restored")."""

    format: str
    done: str
    file: str
    ledger: str


def entered_answer(source: str, entered: Entered, story: int | None) -> EnteredAnswer:
    """What became of one document."""
    values = msgspec.structs.asdict(entered)
    return EnteredAnswer(format="inforce-ledger-entered/1", source=source, story=story, **values)


def held_claim(entry: ClaimEntry) -> HeldClaim:
    """A claim with its two rulings, in the shape of the contract."""
    return HeldClaim(**msgspec.structs.asdict(entry) | {"claim": said_answer(entry.claim)})


def found_answer(entry: ClaimEntry) -> FoundAnswer:
    """One claim that was found."""
    return FoundAnswer("inforce-ledger-claim/1", held_claim(entry))


def rulings_answer(entry: ClaimEntry, rulings: Mapping[str, Sequence[Judgement]]) -> RulingsAnswer:
    """One claim with every ruling on it."""
    then, now = tuple(rulings["then"]), tuple(rulings["now"])
    return RulingsAnswer("inforce-ledger-rulings/1", held_claim(entry), then, now)


def statement_answer(one: Statement, record: Record) -> StatementAnswer:
    """One statement with what it is held beside."""
    return StatementAnswer(
        format="inforce-ledger-statement/1",
        id=one.id,
        document=one.document,
        claim=said_answer(one.claim),
        law=tuple(BecauseAnswer(**step) for step in one.law),
        story=one.story,
        copies=one.copies,
        against=tuple(_against(against, record) for against in one.against),
    )


def _against(against: Against, record: Record) -> AgainstAnswer:
    changes = tuple(
        StatementChange(
            field=change.field,
            sort=change.sort,
            before=change.before,
            after=change.after,
            weighty=change.weighty,
            text=against_words(change, against, record),
        )
        for change in against.changes
    )
    return AgainstAnswer(against.id, against.by, changes)


def story_document_answer(one: Telling) -> StoryDocumentAnswer:
    """A document's part in its story."""
    return StoryDocumentAnswer(format="inforce-ledger-story-document/1", **msgspec.structs.asdict(one))


def story_answer(
    story: int,
    found: Sequence[Telling],
    compared: StoryComparison,
    wrong: FirstWrong | None,
    record: Record,
) -> StoryAnswer:
    """A story with its tellings compared."""
    return StoryAnswer(
        format="inforce-ledger-story/1",
        story=story,
        documents=tuple(map(story_document_answer, found)),
        compared=compare_answer(compared, record),
        first_wrong=None if wrong is None else _first_wrong(wrong),
    )


def _first_wrong(wrong: FirstWrong) -> FirstWrongAnswer:
    return FirstWrongAnswer(**msgspec.structs.asdict(wrong) | {"claim": said_answer(wrong.claim)})


def turned_answer(one: Turned, entry: ClaimEntry) -> TurnedAnswer:
    """A claim that turned."""
    values: dict[str, Any] = msgspec.structs.asdict(one)
    del values["claim"]
    return TurnedAnswer(format="inforce-ledger-turned/1", found=held_claim(entry), **values)


def export_answer(folder: Path, form: str, claims: int) -> ExportAnswer:
    """The table that was written."""
    file, dictionary = folder / f"claims.{form}", folder / "datapackage.json"
    return ExportAnswer("inforce-ledger-export/1", str(file), str(dictionary), claims)


def info_answer(found: Overview) -> InfoAnswer:
    """How much the ledger holds."""
    return InfoAnswer(format="inforce-ledger-info/1", **msgspec.structs.asdict(found))


def check_answer(ledger: str, faults: Sequence[Fault], repaired: int | None) -> LedgerCheckAnswer:
    """What is wrong with the ledger."""
    return LedgerCheckAnswer("inforce-ledger-check/1", ledger, tuple(faults), repaired)


def copy_answer(done: str, file: Path, ledger: str) -> CopyAnswer:
    """A copy made or brought back."""
    return CopyAnswer("inforce-ledger-copy/1", done, str(file), ledger)
