"""How findings speak: names with their article, lists, and the words for acts, steps and lengths of time."""

from __future__ import annotations

from collections.abc import Sequence

from inforce.checking.times import on_or_in
from inforce.law.derivation import possessive, treaty_name
from inforce.record.model import Action, DomesticStep, Record, Treaty
from inforce.vocabulary import ActionKind, DomesticAim, DomesticStepKind

#: Names that English gives the article, by their first or last word.
_THE_FIRST = frozenset({"United", "Central", "Democratic", "Dominican", "Holy", "European", "Republic"})
_THE_LAST = frozenset(
    {"Islands", "Republic", "Netherlands", "Philippines", "Bahamas", "Maldives", "Comoros", "Gambia"}
    | {"Emirates", "Federation", "Union"}
)

#: What a participant did, in the past tense, with the treaty as object.
_DID: dict[ActionKind, str] = {
    ActionKind.SIGNATURE: "signed",
    ActionKind.DEFINITIVE_SIGNATURE: "definitively signed",
    ActionKind.RATIFICATION: "ratified",
    ActionKind.ACCEPTANCE: "accepted",
    ActionKind.APPROVAL: "approved",
    ActionKind.ACCESSION: "acceded to",
    ActionKind.SUCCESSION: "succeeded to",
    ActionKind.CONSENT_TO_BE_BOUND: "consented to be bound by",
    ActionKind.WITHDRAWAL: "notified the depositary of withdrawal from",
    ActionKind.SUSPENSION_NOTIFIED: "notified the depositary of a suspension of",
    ActionKind.NOT_TO_BECOME_PARTY: "told the depositary of an intention not to become a party to",
    ActionKind.REVOCATION: "revoked a notification under",
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
    ActionKind.NOT_TO_BECOME_PARTY: "unsigned",
}

_STEP_NOUN: dict[DomesticStepKind, str] = {
    DomesticStepKind.INTENTION_ANNOUNCED: "the announcement of an intention",
    DomesticStepKind.GOVERNMENT_PROPOSED: "the government's proposal",
    DomesticStepKind.COMMITTEE_APPROVED: "the approval in committee of a bill",
    DomesticStepKind.PARLIAMENT_APPROVED: "the vote in parliament",
    DomesticStepKind.PRESIDENT_SIGNED: "the head of state's signature of the decision",
    DomesticStepKind.COURT_RULED: "a court's ruling on the decision",
    DomesticStepKind.PROCEDURES_COMPLETED: "the completion of the procedure",
}

#: What was done at home, with the state's possessive and its aim: "Latvia's parliament voted to withdraw".
_STEP_TOLD: dict[DomesticStepKind, str] = {
    DomesticStepKind.INTENTION_ANNOUNCED: "{who}{body} announced an intention {aim}",
    DomesticStepKind.GOVERNMENT_PROPOSED: "{of} government{body} proposed {aim}",
    DomesticStepKind.COMMITTEE_APPROVED: "a committee of {of} parliament{body} approved a bill {aim}",
    DomesticStepKind.PARLIAMENT_APPROVED: "{of} parliament{body} voted {aim}",
    DomesticStepKind.PRESIDENT_SIGNED: "{of} head of state{body} signed the decision {aim}",
    DomesticStepKind.COURT_RULED: "a court{body} ruled on {of} decision {aim}",
    DomesticStepKind.PROCEDURES_COMPLETED: "{of} procedure {aim} was completed{body}",
}

#: Bodies that a step's own words name already.
_SAID_ALREADY = frozenset({"", "government", "president", "parliament"})

AIM_VERB: dict[DomesticAim, str] = {
    DomesticAim.WITHDRAWAL: "to withdraw",
    DomesticAim.JOINING: "to join",
    DomesticAim.SUSPENSION: "to suspend the treaty's operation",
}

#: The event that starts most notices.
RECEIVED = "receipt of the notice"

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def state(record: Record, key: str) -> str:
    """A participant's usual short name in running text; the bare key where the record has none."""
    participant = record.participants.get(key)
    return key if participant is None else with_article(participant.name)


def with_article(name: str) -> str:
    """A proper name with "the" where English wants it."""
    words = name.split()
    if not words or words[0].lower() == "the":
        return name
    return f"the {name}" if words[0] in _THE_FIRST or words[-1] in _THE_LAST else name


def did(act: Action, treaty: Treaty, object_: str | None = None) -> str:
    """What follows a participant's name: "acceded to the Convention on 9 January 2012".

    `object_` stands for the treaty where it is named already ("it").
    """
    return f"{_DID.get(act.kind, act.kind.value)} {object_ or treaty_name(treaty)} {on_or_in(act.date)}"


def step_noun(step: DomesticStep) -> str:
    """The step as a noun: "the vote in parliament to withdraw (Seimas)"."""
    body = "" if step.body.casefold() in _SAID_ALREADY else f" ({step.body})"
    return f"{kind_noun(step.kind, step.aim)}{body}"


def step_told(name: str, step: DomesticStep) -> str:
    """The step as a sentence without its date: "Latvia's parliament (Saeima) voted to withdraw"."""
    body = "" if step.body.casefold() in _SAID_ALREADY else f" ({step.body})"
    return _STEP_TOLD[step.kind].format(who=name, of=possessive(name), body=body, aim=AIM_VERB[step.aim])


def kind_noun(kind: DomesticStepKind, aim: DomesticAim) -> str:
    """A kind of step as a noun: "the vote in parliament to withdraw"."""
    return f"{_STEP_NOUN[kind]} {AIM_VERB[aim]}"


def notice_phrase(treaty: Treaty) -> str:
    """The length of notice in words: "six months"."""
    clause = treaty.final_clauses.withdrawal
    notice = None if clause is None else clause.notice
    return "no period" if notice is None else duration_words(notice.amount, notice.unit)


def notice_start(treaty: Treaty) -> str:
    """The length of notice and the event it is counted from: "six months after receipt of the notice"."""
    return f"{notice_phrase(treaty)} after {notice_event(treaty)}"


def notice_event(treaty: Treaty) -> str:
    """The event from which the notice runs, as the clause has it."""
    clause = treaty.final_clauses.withdrawal
    if clause is None or clause.counted_from == "receipt_by_depositary":
        return RECEIVED
    return f"notice has been given to {listed(clause.notify) or 'all its addressees'}"


def duration_words(amount: int, unit: str) -> str:
    """ "six months", "one year", "90 days"."""
    number = _NUMBERS[amount] if amount < len(_NUMBERS) else str(amount)
    return f"{number} {unit}" + ("" if amount == 1 else "s")


def listed(parts: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def first_capital(text: str) -> str:
    """The text with its first letter in capital."""
    return f"{text[:1].upper()}{text[1:]}"
