"""A treaty's final clauses in plain words, generated from the data: every parameter is said.

A clause that the record does not hold is said to be missing; nothing is filled in from general law.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from inforce.dates import in_words
from inforce.law.derivation import listed
from inforce.record.model import (
    ByInstrument,
    Condition,
    FinalClauses,
    InitialEntry,
    LaterParties,
    ProvisionalApplication,
    Record,
    SignaturePeriod,
    Treaty,
)
from inforce.reports.delay_words import delay, either, period
from inforce.reports.exit_words import ending, withdrawal
from inforce.reports.naming import participant_name, sentence, treaty_name
from inforce.vocabulary import ActionKind

_COUNTED_FROM = {
    "deposit": "the deposit of its own instrument",
    "notification_of_consent": "its own notification of consent",
    "notification_by_depositary": "the depositary's notification of its instrument",
}
_AFTER = {
    "trigger": "the day on which that condition was met",
    "entry_into_force": "the treaty's own entry into force",
}
_IN = {"armed_conflict": "in armed conflict"}


class Clause(msgspec.Struct, frozen=True):
    """One final clause: what it is about, its article, what it says in sentences, and the sources for it."""

    heading: str
    article: str | None
    sentences: tuple[str, ...]
    sources: tuple[str, ...] = ()


def clauses(treaty: Treaty, record: Record) -> tuple[Clause, ...]:
    """All final clauses of a treaty, in the order in which they come to bear."""
    final = treaty.final_clauses
    entry = final.entry_into_force
    drawn = [
        Clause("Signature", final.signature_article, tuple(map(_signature, final.signature))),
        Clause("Consent to be bound", final.consent_article, tuple(_consent(final, record))),
        Clause(
            "Entry into force of the treaty",
            entry.article,
            tuple(_initial(entry.initial, record)),
            entry.sources,
        ),
        Clause(
            "Entry into force for later parties",
            entry.article,
            tuple(_later(entry.later_parties)),
        ),
        *_provisional(final.provisional_application),
        *_leaving(treaty, record),
        *_plain(final),
        *_replacing(treaty, record),
    ]
    named = treaty.sources
    return tuple(
        Clause(one.heading, one.article, one.sentences, tuple(named.get(key, key) for key in one.sources))
        for one in drawn
        if one.sentences or one.article
    )


def names(keys: Sequence[str], record: Record) -> str:
    """Participants by their usual names, in the order given."""
    return listed(tuple(participant_name(key, record) for key in keys))


def instruments(kinds: Sequence[ActionKind]) -> str:
    """Kinds of instruments as an alternative."""
    return either([kind.value.replace("-", " ") for kind in kinds]) if kinds else "consent of any kind"


def _signature(given: SignaturePeriod) -> str:
    where = f" in {given.place}" if given.place else ""
    until = f" to {in_words(given.closed)}" if given.closed else ", with no last day"
    return sentence(f"open for signature{where} from {in_words(given.opened)}{until}")


def _consent(final: FinalClauses, record: Record) -> Iterator[str]:
    if final.signatories_consent_by:
        yield sentence(f"a signatory consents to be bound by {instruments(final.signatories_consent_by)}")
    if final.accession_to:
        yield sentence(f"accession is open to: {final.accession_to}")
    if final.consent_only_with:
        yield sentence(
            f"only parties to the {treaty_name(final.consent_only_with, record)} can be bound by it"
        )


def _initial(given: InitialEntry, record: Record) -> Iterator[str]:
    yield sentence(f"the treaty enters into force {condition(given.condition, record)}; {delay(given.delay)}")
    by = f" by the instruments of {names(given.triggered_by, record)}" if given.triggered_by else ""
    if given.trigger_date is not None:
        yield sentence(f"that condition was met on {in_words(given.trigger_date)}{by}")
    elif by:
        yield sentence(f"that condition was met{by}")
    if given.published_date is not None:
        yield sentence(f"it entered into force on {in_words(given.published_date)}, as published")
    else:
        yield "No day of its entry into force is published."
    if given.note:
        yield sentence(given.note)


def condition(given: Condition, record: Record) -> str:
    """What must be there before a treaty first enters into force, as a clause that begins with when."""
    kinds = f"an instrument of {instruments(given.instruments)}"
    who = given.phrase or "those named"
    if given.named:
        who += f" ({names(given.named, record)})"
    counted = f"when {given.count} participants have deposited {kinds}"
    words = {
        "count": counted,
        "count_including_named": f"{counted}, {who} among them",
        "count_including_some": f"{counted}, at least {given.at_least} of {who} among them",
        "count_plus_named": f"when {who}, and {given.count} others, have deposited {kinds}",
        "count_and_floor": counted,
        "named_set": f"when all of {who} have deposited {kinds}",
        "double_threshold": f"{counted} that together reach {given.share} per cent{_weights(given, record)}",
        "share": f"when {given.share} per cent of {who} have deposited {kinds}",
        "fixed_date": "between those bound by then",
        "per_state": f"between each two participants that have deposited {kinds}",
        "first_deposit": f"with the first deposit of {kinds}",
        "exchange_of_instruments": f"when {who} have exchanged {kinds}",
        "cumulative_waivable": _waivable(given, kinds),
    }[given.type]
    if given.phrase and not given.named and given.type not in ("named_set", "share"):
        words += f" ({given.phrase})"
    if given.not_before is not None:
        on = "on" if given.type == "fixed_date" else "but not before"
        words += f", {on} {in_words(given.not_before)}"
    return words


def _weights(given: Condition, record: Record) -> str:
    if not given.weights:
        return ", by shares that the record does not hold"
    shares = ", ".join(f"{participant_name(key, record)} {share}" for key, share in given.weights.items())
    return f", by these shares: {shares}"


def _waivable(given: Condition, kinds: str) -> str:
    demands = "; ".join(f"({number}) {text}" for number, text in enumerate(given.conditions, 1))
    words = f"for whoever has deposited {kinds}, when all of this is met: {demands}"
    if given.waived_by is not None:
        words += f"; each participant may waive it for itself, by {given.waived_by.value.replace('-', ' ')}"
    return words


def _later(given: LaterParties | None) -> Iterator[str]:
    if given is None:
        yield "The treaty is closed to others than those of that condition."
        return
    yield sentence(
        f"for a participant that deposits after {_AFTER[given.depositing_after]} it enters into force "
        f"{delay(given.delay)}, counted from {_COUNTED_FROM[given.counted_from]}"
    )
    for own in given.by_instrument:
        yield sentence(_by_instrument(own))
    if given.named_date:
        limit = f", at most {period(given.at_most)} after the deposit" if given.at_most else ""
        yield sentence(f"the instrument may itself name a {given.named_date} day{limit}")
    if given.requires:
        acts = listed(tuple(kind.value.replace("-", " ") for kind in given.requires))
        yield sentence(f"besides the instrument it takes {acts}; the last of these acts counts")
    if given.immediate is not None:
        now = given.immediate
        yield sentence(f"{_IN[now.when]} (Art. {now.article}): {now.effect}")
    if given.note:
        yield sentence(given.note)


def _by_instrument(own: ByInstrument) -> str:
    counted = f"counted from {_COUNTED_FROM[own.counted_from]}" if own.counted_from else ""
    how = ", ".join(part for part in (delay(own.delay) if own.delay else "", counted) if part)
    return f"for {instruments(own.instruments)}: {how}"


def _provisional(given: str | ProvisionalApplication | None) -> Iterator[Clause]:
    if given is None:
        return
    if isinstance(given, str):
        yield Clause("Provisional application", None, (sentence(given),))
        return
    rules = f"; the rules so applied: {', '.join(given.rules)}" if given.rules else ""
    yield Clause("Provisional application", given.article, (sentence(f"{given.what}{rules}"),))


def _leaving(treaty: Treaty, record: Record) -> Iterator[Clause]:
    given = treaty.final_clauses.withdrawal
    sentences = list(withdrawal(given, record))
    if treaty.final_clauses.ends_with_parent:
        parent = treaty_name(treaty.parent or "", record)
        sentences.append(sentence(f"whoever leaves the {parent} leaves this treaty too, by the same notice"))
    yield Clause(
        "Withdrawal", given.article if given else None, tuple(sentences), given.sources if given else ()
    )
    for heading, article, words, sources in ending(treaty.final_clauses):
        yield Clause(heading, article, words, sources)


def _plain(final: FinalClauses) -> Iterator[Clause]:
    texts = {
        "Reservations": final.reservations,
        "Suspension": final.suspension,
        "Duration": final.duration,
        "Amendment": final.amendment,
        "Scope": final.scope,
        "Relation to other treaties": final.relations,
    }
    for heading, text in texts.items():
        if text:
            yield Clause(heading, None, (sentence(text),))


def _replacing(treaty: Treaty, record: Record) -> Iterator[Clause]:
    given = treaty.replaces
    if given is None:
        return
    text = f"between {given.between} this treaty takes the place of the {treaty_name(given.treaty, record)}"
    note = (sentence(given.note),) if given.note else ()
    yield Clause("Replacement", given.article, (sentence(text), *note), given.sources)
