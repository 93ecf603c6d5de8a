"""All that the record says of one treaty, gathered for its page and for `inforce treaty`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TypedDict

import msgspec

from inforce import law
from inforce.dates import in_words
from inforce.law.categories import label
from inforce.law.chronicle import checked, last_verified
from inforce.law.derivation import listed
from inforce.law.model import AssertionCheck, Between, Standing
from inforce.record.model import ContestedPoint, Obligation, Record, Remainder, Treaty
from inforce.reports.clause_words import Clause, clauses, names
from inforce.reports.delay_words import deadline, either
from inforce.reports.naming import article_named, participant_name, sentence, treaty_name
from inforce.vocabulary import DateKind


class Asked(TypedDict):
    """What the law is asked beside the day."""

    known_by: dt.date | None
    today: dt.date


class RuleWords(msgspec.Struct, frozen=True):
    """One obligation in words: what it says of which activity with which item, and its limits."""

    id: str
    article: str
    text: str
    details: tuple[str, ...]
    sources: tuple[str, ...]


class Due(msgspec.Struct, frozen=True):
    """A deadline of a participant still to come on the day of the answer; it lies within `between`."""

    participant: str
    between: Between
    state: str
    summary: str


class TreatyAnswer(msgspec.Struct, frozen=True):
    """What the record says of a treaty on a day.

    `recorded` is the treaty as its file has it; `clauses` and `rules` say the same in words. `examples`
    are the sentences of the worked examples that the law is held to.
    """

    treaty: str
    name: str
    on: dt.date
    recorded: Treaty
    clauses: tuple[Clause, ...]
    rules: tuple[RuleWords, ...]
    counts: dict[str, int]
    participants: tuple[Standing, ...]
    notes: tuple[str, ...]
    assertions: tuple[AssertionCheck, ...]
    contested: tuple[ContestedPoint, ...]
    stays: tuple[str, ...]  # what else binds one that left
    deadlines: tuple[Due, ...]
    examples: tuple[str, ...]
    coverage: str | None


def treaty_answer(
    record: Record,
    key: str,
    examples: Sequence[str],
    *,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    today: dt.date | None = None,
) -> TreatyAnswer:
    """The answer on a day, as known by a day; without one as of `verified_through`, whatever day it is.

    Raises `UsageError` for a treaty the record does not have.
    """
    checked(record, None, key)
    treaty = record.treaties[key]
    on = on or last_verified(treaty)
    asked: Asked = {"known_by": known_by, "today": today or on}
    standing = law.parties(record, key, on=on, **asked)
    coming = law.calendar(record, since=on, treaties=[key], kinds=[DateKind.DEADLINE], **asked).entries
    return TreatyAnswer(
        treaty=key,
        name=treaty.names[0] if treaty.names else treaty.title,
        on=on,
        recorded=treaty,
        clauses=clauses(treaty, record),
        rules=tuple(_rule(rule, treaty, record) for rule in treaty.obligations),
        counts=standing.counts,
        participants=standing.participants,
        notes=standing.notes,
        assertions=tuple(law.check_assertions(record, key)),
        contested=tuple(point for point in record.contested if key in point.treaties),
        stays=tuple(_stays(one, record) for one in treaty.after_leaving),
        deadlines=tuple(
            Due(one.participant or "", (one.first, one.last), one.state, one.summary) for one in coming
        ),
        examples=tuple(examples),
        coverage=standing.coverage,
    )


def _stays(one: str | Remainder, record: Record) -> str:
    """What stays after leaving, and for whom where that depends on other treaties."""
    if isinstance(one, str):
        return one
    bound = treaty_name(one.if_bound_by, record) if one.if_bound_by else None
    free = either([treaty_name(key, record) for key in one.unless_bound_by]) if one.unless_bound_by else None
    whom = [f"bound by {bound}" if bound else None, f"not bound by {free}" if free else None]
    return f"{one.what} (for those {' and '.join(text for text in whom if text)})"


def _rule(rule: Obligation, treaty: Treaty, record: Record) -> RuleWords:
    activity = rule.activity.value.replace("-", " ")
    outright = ", outright" if rule.total else ""
    modality = rule.modality.value.replace("-", " ")
    articles = {one.id: article_named(one.article) for one in treaty.obligations}
    details = [
        rule.conditions,
        f"only for {names(rule.addressed_to, record)}" if rule.addressed_to else None,
        f"not for {names(rule.not_addressed_to, record)}" if rule.not_addressed_to else None,
        f"applies: {rule.applies.replace('-', ' ')}" if rule.applies else None,
        *(f"except {articles.get(one, 'under')} ({one})" for one in rule.exceptions),
        f"how far it reaches is contested: {', '.join(rule.contested)}" if rule.contested else None,
        deadline(rule.deadline) if rule.deadline else None,
    ]
    return RuleWords(
        id=rule.id,
        article=rule.article,
        text=f"{activity} ({label(record, rule.item)}): {modality}{outright}",
        details=tuple(sentence(text) for text in details if text),
        sources=tuple(treaty.sources.get(key, key) for key in rule.sources),
    )


def particulars(treaty: Treaty, record: Record) -> Iterator[tuple[str, str]]:
    """What a treaty is called, where it is kept and registered: name and value of each that is recorded."""
    keepers = tuple(participant_name(one, record) for one in treaty.depositaries)
    other = treaty.actions_from
    told = {
        "title": treaty.title,
        "key": treaty.key,
        "names": "; ".join(treaty.names),
        "loose names": "; ".join(treaty.aliases),
        "acronyms": ", ".join(treaty.acronyms),
        "adopted": ", ".join(filter(None, (in_words(treaty.adopted.date), treaty.adopted.place))),
        "depositary": treaty.depositary,
        "kept by": listed(keepers) if keepers else "",
        "UN Treaty Collection": treaty.mtdsg or "",
        "UN Treaty Series": f"registration {treaty.unts}" if treaty.unts else "",
        "belongs to": treaty_name(treaty.parent, record) if treaty.parent else "",
        "family": treaty.family or "",
        "instruments": f"those of the {treaty_name(other, record)}" if other else "",
    }
    yield from ((name, value) for name, value in told.items() if value)
