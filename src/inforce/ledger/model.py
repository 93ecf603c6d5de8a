"""What the ledger hands out: documents, claims with their verdicts, and what became of an entry."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from inforce.reading.model import Claim
from inforce.vocabulary import ClaimKind, Verdict


class Entered(msgspec.Struct, frozen=True):
    """What became of a document that was entered.

    `new` is false where the same text from the same source was there before; `before` is the document that
    stood at that source until now, where it was another.
    """

    document: int
    new: bool
    claims: int
    before: int | None = None


class Judgement(msgspec.Struct, frozen=True):
    """A ruling on a claim as of a day, under one version of the record (the hash of its content)."""

    verdict: Verdict
    as_of: date
    since: date | None
    correct: dict[str, Any] | None
    correction: str | None
    because: tuple[dict[str, Any], ...]
    record: str
    made: datetime


class DocumentEntry(msgspec.Struct, frozen=True):
    """A text as it stood at a source; `published` is None where nothing dates it."""

    id: int
    source: str
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None
    published_from: str | None
    language: str
    kind: str
    fetched: datetime
    content: str


class ClaimEntry(msgspec.Struct, frozen=True):
    """A claim as it was read, where, and how it stands: as of the text's own day, and now.

    `reason_now` is the first reason of the ruling as of now: what is so, where no correction says it.
    """

    id: int
    document: DocumentEntry
    claim: Claim
    then: Verdict
    now: Verdict
    now_as_of: date
    now_since: date | None
    correction: str | None
    correction_now: str | None
    reason_now: str | None


class Query(msgspec.Struct, frozen=True):
    """What is looked for; what is None or empty does not matter. All that is given must hold.

    `words` are looked for in what claims say and in speakers' names, `text` in whole articles, `state` among
    those a claim is about, a recipient or a speaker's; `speaker` is a name or part of one. `verdict` is as of
    the text's own day, `verdict_now` the latest.
    """

    state: str | None = None
    treaty: str | None = None
    speaker: str | None = None
    kind: ClaimKind | None = None
    predicate: str | None = None
    verdict: Verdict | None = None
    verdict_now: Verdict | None = None
    since: date | None = None
    until: date | None = None
    words: str | None = None
    text: str | None = None
    source: str | None = None
    document: int | None = None
    limit: int = 50
    before: int | None = None  # claims with a smaller id: the next page
