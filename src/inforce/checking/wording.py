"""How findings speak: names with their article, lists, and the words for acts and steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inforce.record.model import Record, Treaty
from inforce.vocabulary import ActionKind, DomesticAim, DomesticStepKind

#: Names that English gives the article, by their first or last word.
_THE_FIRST = frozenset(
    {"United", "Central", "Democratic", "Dominican", "Holy", "European", "Republic", "State"}
)
_THE_LAST = frozenset(
    {"Islands", "Republic", "Netherlands", "Philippines", "Bahamas", "Maldives", "Comoros", "Gambia"}
    | {"Emirates", "Federation", "Union"}
)

#: What a participant did, in the past tense, with the treaty as object.
DID: dict[ActionKind, str] = {
    ActionKind.SIGNATURE: "signed",
    ActionKind.DEFINITIVE_SIGNATURE: "definitively signed",
    ActionKind.RATIFICATION: "ratified",
    ActionKind.ACCEPTANCE: "accepted",
    ActionKind.APPROVAL: "approved",
    ActionKind.ACCESSION: "acceded to",
    ActionKind.SUCCESSION: "succeeded to",
    ActionKind.CONSENT_TO_BE_BOUND: "consented to be bound by",
}

#: The claim's predicate that tells an act exactly.
PREDICATE_OF: dict[ActionKind, str] = {
    ActionKind.SIGNATURE: "signed",
    ActionKind.DEFINITIVE_SIGNATURE: "signed",
    ActionKind.RATIFICATION: "ratified",
    ActionKind.ACCEPTANCE: "ratified",
    ActionKind.APPROVAL: "ratified",
    ActionKind.ACCESSION: "acceded",
    ActionKind.SUCCESSION: "joined",
    ActionKind.CONSENT_TO_BE_BOUND: "joined",
}

#: A domestic step as a noun, to be followed by its aim.
STEP_NOUN: dict[DomesticStepKind, str] = {
    DomesticStepKind.INTENTION_ANNOUNCED: "the announcement of an intended",
    DomesticStepKind.GOVERNMENT_PROPOSED: "the government's proposal of",
    DomesticStepKind.COMMITTEE_APPROVED: "a committee's approval of",
    DomesticStepKind.PARLIAMENT_APPROVED: "parliament's approval of",
    DomesticStepKind.PRESIDENT_SIGNED: "the head of state's signature for",
    DomesticStepKind.COURT_RULED: "a court's ruling on",
    DomesticStepKind.PROCEDURES_COMPLETED: "the completion of domestic procedures for",
}

AIM_NOUN: dict[DomesticAim, str] = {
    DomesticAim.WITHDRAWAL: "withdrawal",
    DomesticAim.JOINING: "joining",
    DomesticAim.SUSPENSION: "suspension",
}


def state(record: Record, key: str) -> str:
    """A participant's usual short name in running text; the bare key where the record has none."""
    participant = record.participants.get(key)
    if participant is None:
        return key
    return with_article(participant.name)


def with_article(name: str) -> str:
    """A proper name with "the" where English wants it."""
    words = name.split()
    if not words or words[0].lower() == "the":
        return name
    return f"the {name}" if words[0] in _THE_FIRST or words[-1] in _THE_LAST else name


def states(record: Record, keys: Iterable[str]) -> str:
    """Several participants as a list in running text."""
    return listed([state(record, key) for key in keys])


def treaty_name(treaty: Treaty) -> str:
    """The treaty's usual name in running text, with its article; protocols go by number without one."""
    name = treaty.names[0] if treaty.names else treaty.title
    numbered = set(name.split()[-1]) <= set("IVX")
    return name if numbered or name.lower().startswith("the ") else f"the {name}"


def listed(parts: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def sentence(text: str) -> str:
    """Text as a sentence: a capital at the start, one full stop at the end."""
    text = text.strip()
    return (text[:1].upper() + text[1:]).rstrip(".") + "." if text else text
