"""What the reader hands on: a document, and the claims in it, each with its place in the text."""

from __future__ import annotations

from datetime import date

import msgspec

from inforce.vocabulary import ClaimKind, FoundBy, Modality


class Span(msgspec.Struct, frozen=True):
    """An unbroken run of the document's main text; offsets count Unicode code points."""

    start: int
    end: int
    text: str


class Money(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sum: amount in whole units of an ISO 4217 currency; comparator one of = > < ~."""

    amount: float
    currency: str | None = None
    comparator: str | None = None


class ClaimObject(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a claim says besides who and when; only what the text gives is set."""

    action: str | None = None
    place: str | None = None
    count: int | None = None
    comparator: str | None = None
    rank: int | None = None
    duration: str | None = None
    counted_from: str | None = None
    activities: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    money: Money | None = None
    recipient: tuple[str, ...] = ()
    supplier: tuple[str, ...] = ()


class Attribution(msgspec.Struct, frozen=True):
    """Who says so in the text; `of` is the ISO 3166-1 alpha-3 code of the state spoken for."""

    speaker: str
    role: str | None = None
    of: str | None = None
    quoted: bool = False


class Meant(msgspec.Struct, frozen=True):
    """What else a claim may say, where its words do not name the treaty, who acts, or one date only.

    `treaties` and `subjects` are those that the text names besides the ones that the claim has; both are
    empty where the sentence names them, or the text leaves no others. `dates` are the sentence's other
    dates, and `carried` says that the claim's own date was taken from another sentence; `ahead` that the
    treaty was not yet named where the claim stands, but only further down; `some` that the states are those
    of a number that points at none for certain: "five countries have left"; `conditioned` that the sentence
    tells on what it depends: "prohibits transfers where ...".
    """

    treaties: tuple[str, ...] = ()
    subjects: tuple[tuple[str, ...], ...] = ()
    dates: tuple[str, ...] = ()
    carried: bool = False
    ahead: bool = False
    some: bool = False
    conditioned: bool = False


class Claim(msgspec.Struct, frozen=True):
    """One statement of the text about treaty law or what bears on it.

    `subject` holds ISO 3166-1 alpha-3 codes (EUE, PSE, VAT beside them); `treaty` a key of the
    record; `when` an EDTF date or interval resolved against the date of publication; `meant` what else the
    sentence alone leaves possible.
    """

    id: str
    span: Span
    kind: ClaimKind
    predicate: str | None
    subject: tuple[str, ...] = ()
    treaty: str | None = None
    when: str | None = None
    object: ClaimObject = ClaimObject()
    modality: Modality = Modality.DONE
    negated: bool = False
    attribution: Attribution | None = None
    found_by: FoundBy = FoundBy.READER
    meant: Meant = Meant()


class Document(msgspec.Struct, frozen=True):
    """A text as read. `text` is the main text that spans point into.

    `published` is None where nothing dates the text; `published_from` says what dated it, or why nothing
    does. `outlet` is the name under which it appeared and `url` where, both None where nothing says.
    `kind` is the format it came in (`reading.formats.kinds.Kind`), `found_in` the file and the place in it
    where that holds several documents, `notes` what whoever asked should know of the reading: what was
    left out, and what was taken for something else.
    """

    source: str
    text: str
    title: str | None = None
    published: date | None = None
    published_from: str | None = None
    language: str = "en"
    sha256: str = ""
    outlet: str | None = None
    url: str | None = None
    kind: str = "text"
    found_in: str | None = None
    notes: tuple[str, ...] = ()
