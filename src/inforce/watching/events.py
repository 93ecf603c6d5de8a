"""What happened that somebody may want to be told, and which rules ask for it.

An event's key is made of what happened, not of when it was seen: seen again, it is the same event.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy.engine import Connection

from inforce.checking.model import Finding, Report
from inforce.dates import in_words
from inforce.ledger.ageing import Turned
from inforce.ledger.entering import meaning, storable_tree, unless_there
from inforce.ledger.tables import alerts
from inforce.reading.model import Claim
from inforce.record.importing.compare import Comparison, Difference
from inforce.reports.naming import one_line, shortened
from inforce.vocabulary import ClaimKind, Modality, Verdict
from inforce.watching.plan import Rule, span

_ACTS = {"notified-withdrawal": "withdrawal-notified", "suspended": "suspended"}
_JOINING = frozenset({"signed", "ratified", "acceded", "joined", "rejoined"})
_VERDICTS = frozenset({Verdict.CONTRADICTED, Verdict.IMPRECISE, Verdict.OUTDATED, Verdict.CONTESTED})

#: Where an act stands in its source, and which that is.
_PLACES = frozenset({"at", "source"})


class Event(msgspec.Struct, frozen=True):
    """Something that happened. `kind` is a rule's `when`; `detail` holds the change itself."""

    key: str
    kind: str
    title: str
    detail: dict[str, Any]
    treaty: str | None = None
    states: tuple[str, ...] = ()
    source: str | None = None


def _key(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()


def of_report(
    report: Report, document: int, source: str, *, told: Collection[str] = (), story: int | None = None
) -> Iterator[Event]:
    """What a newly read document tells: claims that do not hold, and acts told as done.

    `told` are the meanings of claims that were told of already, in the text that this one copies or edits.
    """
    for finding in report.findings:
        claim = finding.claim
        if told and meaning(claim) in told:
            continue
        detail = _detail(report, finding, document)
        if finding.verdict in _VERDICTS:
            kind, key = str(finding.verdict), _key(finding.verdict, document, claim.id)
            title = one_line(f"{kind}: {shortened(claim.span.text, 100)}")
            yield Event(key, kind, title, detail, claim.treaty, claim.subject, source)
        if act := _act(claim):
            where = ("document", document) if story is None else ("story", story)
            yield from _of_act(act, finding, where, detail, source)


def _of_act(
    kind: str, finding: Finding, where: tuple[str, int], detail: dict[str, Any], source: str
) -> Iterator[Event]:
    """An act of each state that a claim names: however many tell of it, it is one event.

    It is known again by its day, the record's where a claim has it otherwise; without a day by `where`.
    """
    claim = finding.claim
    day = (finding.correct or {}).get("when") or claim.when
    for state in claim.subject:
        yield Event(
            key=_key(kind, state, claim.treaty, *(("day", day) if day else where)),
            kind=kind,
            title=one_line(f"{kind}: {state}: {shortened(claim.span.text, 100)}"),
            detail=detail | {"treaty": claim.treaty, "states": [state], "when": day},
            treaty=claim.treaty,
            states=(state,),
            source=source,
        )


def _detail(report: Report, finding: Finding, document: int) -> dict[str, Any]:
    claim, text = finding.claim, report.document
    detail: dict[str, Any] = storable_tree(
        {
            "document": document,
            "claim": claim.id,
            "said": claim.span.text,
            "speaker": claim.attribution and claim.attribution.speaker,
            "title": text.title,
            "url": text.url or text.source,
            "published": text.published and text.published.isoformat(),
            "verdict": str(finding.verdict),
            "correction": finding.correction,
        }
    )
    return detail


def _act(claim: Claim) -> str | None:
    """The event that a claim tells, where it tells one as done."""
    if claim.negated:
        return None
    if claim.kind is ClaimKind.DOMESTIC_STEP and claim.object.action == "withdrawal":
        return "withdrawal-announced"
    if claim.kind is not ClaimKind.TREATY_ACTION or claim.modality is not Modality.DONE:
        return None
    return "joined" if claim.predicate in _JOINING else _ACTS.get(claim.predicate or "")


def of_edit(
    before: Sequence[Claim], after: Sequence[Claim], document: int, source: str, url: str
) -> Iterator[Event]:
    """What an edit changed: claims taken out and put in. An edit that changes no claim is no event."""
    old, new = ({meaning(claim): claim for claim in claims} for claims in (before, after))
    gone = [claim for key, claim in old.items() if key not in new]
    come = [claim for key, claim in new.items() if key not in old]
    if not gone and not come:
        return
    changed = (*gone, *come)
    yield Event(
        key=_key("edited", document),
        kind="edited",
        title=one_line(f"edited: {url}"),
        detail=storable_tree(
            {
                "document": document,
                "url": url,
                "removed": [claim.span.text for claim in gone],
                "added": [claim.span.text for claim in come],
            }
        ),
        treaty=changed[0].treaty,
        states=tuple(dict.fromkeys(state for claim in changed for state in claim.subject)),
        source=source,
    )


def of_turn(turned: Turned, claim: Claim) -> Event:
    """A ruling that no longer stands."""
    return Event(
        key=_key("turned", turned.claim, turned.sense, turned.before, turned.after, turned.since),
        kind="turned",
        title=one_line(f"{turned.before} -> {turned.after}: {shortened(claim.span.text, 100)}"),
        detail=storable_tree(
            {
                "claim": turned.claim,
                "said": claim.span.text,
                "before": str(turned.before),
                "after": str(turned.after),
                "since": turned.since and turned.since.isoformat(),
                "because": turned.by,
                "correction": turned.correction,
            }
        ),
        treaty=claim.treaty,
        states=claim.subject,
    )


def of_count(rule: Rule, count: int, on: date) -> Event:
    """The parties of a treaty are fewer than a rule's number."""
    return Event(
        key=_key("parties-below", rule.treaty, rule.number, count, on),
        kind="parties-below",
        title=f"{rule.treaty}: {count} parties from {in_words(on)}, fewer than {rule.number}",
        detail={"treaty": rule.treaty, "parties": count, "on": on.isoformat(), "below": rule.number},
        treaty=rule.treaty,
    )


def of_date(day: date, what: str, treaty: str, states: tuple[str, ...]) -> Event:
    """A deadline, or a day on which something takes effect, that is near."""
    return Event(
        key=_key("deadline", day, treaty, *states, what),
        kind="deadline",
        title=one_line(f"{in_words(day)}: {what}"),
        detail={"day": day.isoformat(), "what": what, "treaty": treaty, "states": list(states)},
        treaty=treaty,
        states=states,
    )


def of_record(source: str, compared: Comparison, patch: str) -> Event:
    """A depositary's table differs from the record: what differs is in the event, and the rows proposed.

    The same differences are the same event, on whatever day the page says that it was printed.
    """
    found = [_without_place(one) for one in compared.differences]
    unread = [{"participant": one.participant, "text": one.text, "why": one.why} for one in compared.to_read]
    told = (
        [f"differs from the record in {len(found)} {'act' if len(found) == 1 else 'acts'}"] if found else []
    )
    told += [f"holds {len(unread)} to be read by a person"] if unread else []
    return Event(
        key=_key("record-changed", compared.treaty, source, json.dumps([found, unread], sort_keys=True)),
        kind="record-changed",
        title=one_line(f"{compared.treaty}: {source} {' and '.join(told)}"),
        detail=storable_tree(
            {"treaty": compared.treaty, "differences": found, "to_read": unread, "patch": patch}
        ),
        treaty=compared.treaty,
        states=tuple(dict.fromkeys(one.participant for one in compared.differences)),
        source=source,
    )


def _without_place(difference: Difference) -> dict[str, Any]:
    """A difference without the rows in which it stands, which move with every act above them."""
    told: dict[str, Any] = msgspec.to_builtins(difference)
    for side in ("here", "there"):
        if told[side] is not None:
            told[side] = {name: value for name, value in told[side].items() if name not in _PLACES}
    return told


def asked(event: Event, rules: Iterable[Rule]) -> Iterator[Rule]:
    """The rules that ask for an event."""
    for rule in rules:
        if (
            rule.when == event.kind
            and rule.treaty in (None, event.treaty)
            and (rule.state is None or rule.state in event.states)
            and (not rule.sources or event.source in rule.sources)
        ):
            yield rule


def within(rule: Rule) -> timedelta:
    """How far ahead a rule on deadlines looks."""
    return span(rule.within or "30d")


def raise_alerts(
    connection: Connection, events: Iterable[Event], rules: Sequence[Rule], made: datetime
) -> int:
    """Note an alert for each event and rule that asks for it, once for ever; how many are new."""
    new = 0
    for event in events:
        for rule in asked(event, rules):
            row = {
                "key": _key(rule.name, event.key),
                "rule": rule.name,
                "kind": event.kind,
                "title": event.title,
                "detail": event.detail,
                "made": made,
            }
            insertion = unless_there(connection, alerts).values(row).returning(alerts.c.id)
            new += connection.execute(insertion).scalar() is not None
    return new
