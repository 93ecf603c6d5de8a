"""What a model may propose, and what became of its proposals."""

from __future__ import annotations

import msgspec

from inforce.reading.amount_model import Comparator
from inforce.reading.model import Claim
from inforce.vocabulary import Activity, ClaimKind, DomesticAim, Modality


class ProposedMoney(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sum in whole units of an ISO 4217 currency."""

    amount: float
    currency: str | None = None
    comparator: Comparator | None = None


class ProposedObject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a proposed claim says besides who and when; null where the text says nothing of it."""

    action: DomesticAim | None = None
    place: str | None = None
    count: int | None = None
    comparator: Comparator | None = None
    rank: int | None = None
    duration: str | None = None
    counted_from: str | None = None
    activities: tuple[Activity, ...] | None = None
    item: tuple[str, ...] | None = None
    money: ProposedMoney | None = None
    recipient: tuple[str, ...] | None = None
    supplier: tuple[str, ...] | None = None


class ProposedAttribution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who says so in the text, in its words; `of` names the state spoken for."""

    speaker: str
    role: str | None = None
    of: str | None = None
    quoted: bool = False


class Proposal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One claim as a model proposes it: a `Claim` whose place is a quotation, and without id or verdict.

    `before` are the words in front of the quotation, which decide between several places of it.
    """

    quote: str
    kind: ClaimKind
    before: str | None = None
    predicate: str | None = None
    subject: tuple[str, ...] = ()
    treaty: str | None = None
    when: str | None = None
    object: ProposedObject = ProposedObject()
    modality: Modality = Modality.DONE
    negated: bool = False
    attribution: ProposedAttribution | None = None


class Rejected(msgspec.Struct, frozen=True):
    """A proposal that was not taken; `quote` and `kind` as far as they could be read, shortened."""

    quote: str
    kind: str | None
    reason: str


class ModelPart(msgspec.Struct, frozen=True):
    """A model's part in the claims of a document.

    `passages` counts those of the text that were sent. Of `proposed` claims `agreed` were found by the
    reader too (whose claim stands), `repeated` were proposed before, `added` are claims of the document now;
    the rest is `rejected`. `without` names settings that the server refused, as `temperature`, without which
    answers differ from one time to the next; `troubles` says what went wrong with it or its answers.
    """

    name: str
    server: str
    passages: int = 0
    proposed: int = 0
    agreed: int = 0
    added: int = 0
    repeated: int = 0
    rejected: tuple[Rejected, ...] = ()
    without: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


class Proposals(msgspec.Struct, frozen=True):
    """All claims of a document, the reader's and those a model added, in the order of the text."""

    claims: tuple[Claim, ...]
    part: ModelPart
