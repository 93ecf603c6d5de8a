"""What would follow from acts that nobody did: beside the record, what changes for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec
from litestar import Response, get
from litestar.response import Redirect

from inforce import law
from inforce.errors import UsageError
from inforce.law.model import CalendarEntry
from inforce.record.model import Record
from inforce.record.supposition import CONFLICT, Supposed, read_supposition
from inforce.reports.supposed import supposed_words
from inforce.vocabulary import ActionKind
from inforce.web.asked import day, parameters, repeated
from inforce.web.respond import Asking, address, site_of, twin

#: Acts supposed at once: more is a study for the command line and the library.
_MOST = 12
_FIELDS = ("state", "act", "treaty", "date")

#: Acts that a form offers: those from which something follows in law.
OFFERED = (
    *(kind.value for kind in ActionKind if kind.expresses_consent or kind is ActionKind.SIGNATURE),
    *(kind.value for kind in (ActionKind.WITHDRAWAL, ActionKind.REVOCATION, ActionKind.SUSPENSION_NOTIFIED)),
    CONFLICT,
)


class RulesChange(msgspec.Struct, frozen=True):
    """Rules of a treaty that bind on the day only as supposed (`come`), or only by the record (`go`).

    `settled` are those that surely bind as supposed and are contested or open by the record; `unsettled`
    those with which it is the other way round.
    """

    participant: str
    treaty: str
    come: tuple[law.ObligationAnswer, ...]
    go: tuple[law.ObligationAnswer, ...]
    settled: tuple[law.ObligationAnswer, ...] = ()
    unsettled: tuple[law.ObligationAnswer, ...] = ()


class WhatIfPage(msgspec.Struct, frozen=True):
    """What is supposed and, on one day, everything that is otherwise than by the record.

    `dates` are entries of the calendar that only the supposed acts bring, from today on. `entries` tells
    of treaties not in force whose condition of entry into force the supposed acts change.
    """

    acts: tuple[str, ...]
    on: dt.date
    supposed: tuple[law.Supposition, ...] = ()
    statuses: tuple[law.StatusDiff, ...] = ()
    counts: dict[str, tuple[law.CountDiff, ...]] = {}
    rules: tuple[RulesChange, ...] = ()
    dates: tuple[CalendarEntry, ...] = ()
    entries: tuple[law.EntryConditionAnswer, ...] = ()


@get("/what-if", sync_to_thread=True, include_in_schema=False)
def what_if(request: Asking) -> Response[bytes] | Redirect:
    """The record with acts added, beside the record."""
    acts = repeated(request, "add", _MOST)
    asked = parameters(request, {"on", *_FIELDS}, several=("add",))
    if any(field in asked for field in _FIELDS):
        return Redirect(address(request, **dict.fromkeys(_FIELDS), add=(*acts, _typed(asked))))
    site = site_of(request)
    record, today = site.record, site.today()
    read = [read_supposition(record, text) for text in acts]
    supposed = law.suppose(record, [one for each in read for one in each])
    on = day(asked, "on")
    context = {
        "offered": OFFERED,
        "without": [_without(request, acts, at) for at in range(len(acts))],
        "words": [_words(record, each) for each in read],
    }
    return twin(request, "what_if.html", lambda: _page(record, supposed, acts, on, today), context=context)


def _typed(asked: dict[str, str]) -> str:
    """The act that the form's fields tell, as a person would type it."""
    needed = [field for field in _FIELDS if field != "treaty" or asked.get("act") != CONFLICT]
    if missing := [field for field in needed if field not in asked]:
        raise UsageError(f"{missing[0]}: is not given; an act needs {', '.join(needed)}")
    return " ".join(asked[field] for field in needed)


def _without(request: Asking, acts: Sequence[str], at: int) -> str:
    return address(request, add=(*acts[:at], *acts[at + 1 :]))


def _words(record: Record, acts: Sequence[Supposed]) -> tuple[str, ...]:
    """What was typed, each act in words: several where several states do the same."""
    return tuple(supposed_words(one, record) for one in law.suppositions(law.suppose(record, acts)))


def _page(
    record: Record, supposed: Record, acts: tuple[str, ...], on: dt.date | None, today: dt.date
) -> WhatIfPage:
    if not acts:
        return WhatIfPage(acts, on or today)
    found = law.suppositions(supposed)
    on = on or max((_last(record, supposed, one, today) for one in found), default=today)
    first, second = law.Point(record, on), law.Point(supposed, on)
    treaties = sorted({one.treaty for one in found if one.treaty})
    diffs = {key: law.diff_parties(first, second, key, today=today) for key in treaties}
    in_conflict = [
        change
        for who, key in _under_conflict(found, record)
        if key not in diffs and (change := law.diff_status(first, second, who, key, today=today)).changed
    ]
    participants = sorted({one.participant for one in found})
    concerned = sorted({*treaties, *(one.treaty for one in in_conflict)})
    return WhatIfPage(
        acts=acts,
        on=on,
        supposed=found,
        statuses=(*(one for diff in diffs.values() for one in diff.participants), *in_conflict),
        counts={key: turned for key, diff in diffs.items() if (turned := _turned(diff))},
        rules=tuple(change for who in participants for change in _rules(record, supposed, who, on, today)),
        dates=tuple(_dates(record, supposed, participants, concerned, today)),
        entries=tuple(
            law.entry_condition(supposed, key, on=on, today=today)
            for key in treaties
            if record.treaties[key].final_clauses.entry_into_force.initial.published_date is None
        ),
    )


def _last(record: Record, supposed: Record, one: law.Supposition, today: dt.date) -> dt.date:
    """The day from which all that follows from an act has followed.

    Where no day of effect follows, the last on which anything turns otherwise than by the record.
    """
    if one.effect is not None or one.effect_between is not None or one.treaty is None:
        return one.effect or (one.effect_between[1] if one.effect_between else today)
    before, after = (law.timeline(each, one.participant, one.treaty) for each in (record, supposed))
    there = {(stretch.start, stretch.status) for stretch in before.stretches}
    turns = (each.start for each in after.stretches if (each.start, each.status) not in there)
    return max(turns, default=today)


def _turned(diff: law.PartiesDiff) -> tuple[law.CountDiff, ...]:
    """The counts that are otherwise as supposed."""
    return tuple(one for one in diff.counts if one.first != one.second)


def _under_conflict(found: Sequence[law.Supposition], record: Record) -> list[tuple[str, str]]:
    """A participant in a supposed conflict with each treaty it acted under: clauses may look at that."""
    who = {one.participant for one in found if one.treaty is None}
    acted = {(act.participant, key) for key, acts in record.actions.items() for act in acts}
    return sorted(pair for pair in acted if pair[0] in who)


def _rules(
    record: Record, supposed: Record, participant: str, on: dt.date, today: dt.date
) -> Iterator[RulesChange]:
    before, after = (
        {
            (rule.treaty, rule.id): rule
            for rule in law.obligations(one, participant, on=on, today=today).rules
            if rule.bound is not False
        }
        for one in (record, supposed)
    )
    turned = {key for key in before.keys() & after.keys() if before[key].bound != after[key].bound}
    for treaty in sorted({key for key, _ in (before.keys() ^ after.keys()) | turned}):
        come = tuple(rule for key, rule in after.items() if key not in before and key[0] == treaty)
        go = tuple(rule for key, rule in before.items() if key not in after and key[0] == treaty)
        both = [after[key] for key in sorted(turned) if key[0] == treaty]
        settled = tuple(rule for rule in both if rule.bound)
        yield RulesChange(participant, treaty, come, go, settled, tuple(one for one in both if not one.bound))


def _dates(
    record: Record, supposed: Record, participants: list[str], treaties: list[str], today: dt.date
) -> Iterator[CalendarEntry]:
    """Entries of these participants under these treaties that only the supposed acts bring."""
    if not treaties:  # which the calendar would take for all
        return
    before, after = (
        law.calendar(one, since=today, participants=participants, treaties=treaties, today=today).entries
        for one in (record, supposed)
    )
    there = {(one.uid, one.first, one.last) for one in before}
    yield from (one for one in after if (one.uid, one.first, one.last) not in there)
