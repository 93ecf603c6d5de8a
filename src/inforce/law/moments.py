"""The dates that follow from one timeline: entries into force, ends of notice, deadlines, contested points.

A moment is named by what it is, never by its day, so that it can be followed when its day moves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from inforce.dates import parse_edtf
from inforce.law.binding import binding, rule_answer
from inforce.law.categories import Related
from inforce.law.chronicle import Asked, Chronicle
from inforce.law.entry import end_of_term, known_end
from inforce.law.model import MomentState, Step
from inforce.law.obligation_model import DeadlineAnswer
from inforce.law.timeline import Ground, Stretch, Timeline
from inforce.record.model import Action, ContestedPoint, Obligation
from inforce.vocabulary import ActionKind, DateKind, Status

#: Statuses that an act of each kind can have led to once its date of effect has come.
_CARRIED = {
    DateKind.ENTRY_INTO_FORCE: frozenset({Status.PARTY, Status.PARTY_WITHDRAWAL_NOTIFIED}),
    DateKind.WITHDRAWAL_EFFECT: frozenset(
        {Status.FORMER_PARTY, Status.FORMER_SIGNATORY, Status.SIGNATORY, Status.NONE}
    ),
}


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A date of one participant under one treaty (or of the treaty itself), as one state of knowledge has it.

    `identity` names it whatever its day; `first` and `last` bound the day (the same where it is known).
    What it follows from stands in `ground`, `rule` (with its `steps`) or `dispute`, by its kind;
    `undone_by` is the act that keeps it from coming.
    """

    identity: str
    kind: DateKind
    treaty: str
    participant: str | None
    first: dt.date
    last: dt.date
    state: MomentState = "confirmed"
    ground: Ground | None = None
    rule: Obligation | None = None
    dispute: ContestedPoint | None = None
    detail: str | None = None
    steps: tuple[Step, ...] = ()
    undone_by: Ground | None = None

    @property
    def dated(self) -> tuple[dt.date, dt.date, MomentState]:
        """What a later document can change."""
        return self.first, self.last, self.state


def moments(book: Chronicle, line: Timeline, known_by: dt.date | None) -> Iterator[Moment]:
    """All dates that follow from a participant's timeline under a treaty, as known by a day."""
    numbers = numbered(book.acts.get((line.treaty, line.participant), ()))
    for index, ground in enumerate(line.grounds):
        yield from _of_act(line, index, ground, numbers)
    yield from _deadlines(book, line, numbers, known_by)
    yield from _disputes(line)
    yield from _noted(book, line, known_by)


def numbered(acts: Iterable[Action]) -> dict[Action, str]:
    """A name for each act that outlives a correction of its day: `withdrawal-2` is the second notice."""
    names: dict[Action, str] = {}
    counts: dict[str, int] = {}
    for act in sorted(acts, key=lambda act: (act.date.first or dt.date.min, act.date.text, act.kind)):
        group = "consent" if act.kind.expresses_consent else act.kind.value
        counts[group] = counts.get(group, 0) + 1
        names[act] = f"{group}-{counts[group]}"
    return names


def _name(line: Timeline, *parts: str) -> str:
    return ".".join((line.treaty, line.participant.lower(), *parts))


def _of_act(line: Timeline, index: int, ground: Ground, numbers: dict[Action, str]) -> Iterator[Moment]:
    """The date of effect of a consent or a withdrawal; the end of a notice where that is another day."""
    if ground.act.kind.expresses_consent:
        kind = DateKind.ENTRY_INTO_FORCE
    elif ground.act.kind is ActionKind.WITHDRAWAL:
        kind = DateKind.WITHDRAWAL_EFFECT
    else:
        return
    first, last = ground.effect, ground.effect_last
    if first.no_turn and last.no_turn:
        return
    days = [day for day in (first.day, last.day) if day is not None]
    expiries = [day for day in (first.expiry, last.expiry) if day is not None]
    fixed = first.day is not None and last.day is not None
    if not (days or expiries):
        return
    bounds = days if fixed else [*days, *expiries]
    number = numbers[ground.act]
    moment = Moment(
        identity=_name(line, number, "effect"),
        kind=kind,
        treaty=line.treaty,
        participant=line.participant,
        first=min(bounds),
        last=max(bounds),
        ground=ground,
    )
    yield _placed(line, index, moment, fixed=fixed)
    if fixed and expiries and (min(expiries), max(expiries)) != (moment.first, moment.last):
        yield msgspec.structs.replace(
            moment,
            identity=_name(line, number, "notice"),
            kind=DateKind.END_OF_NOTICE,
            first=min(expiries),
            last=max(expiries),
        )


def _placed(line: Timeline, index: int, moment: Moment, *, fixed: bool) -> Moment:
    """The moment with its state: whether its day is disputed, and whether the act still leads to it."""
    dispute = line.at(moment.first).dispute or line.at(moment.last).dispute
    if dispute is not None or not fixed:
        return msgspec.structs.replace(moment, state="tentative", dispute=dispute)
    statuses = _CARRIED[moment.kind]
    leads = any(index in one.acts and not statuses.isdisjoint(one.possible) for one in line.stretches)
    if leads:
        return moment
    return msgspec.structs.replace(moment, state="cancelled", undone_by=_latest(line, moment.first, index))


def _latest(line: Timeline, day: dt.date, besides: int = -1) -> Ground | None:
    """The last act behind the status on a day, besides one."""
    acts = [index for index in line.at(day).acts if index != besides]
    return line.grounds[acts[-1]] if acts else None


def _deadlines(
    book: Chronicle, line: Timeline, numbers: dict[Action, str], known_by: dt.date | None
) -> Iterator[Moment]:
    """Deadlines of each stretch of time in which the treaty binds, from its own beginning."""
    treaty = book.record.treaties[line.treaty]
    rules = [rule for rule in treaty.obligations if rule.deadline and rule.addresses(line.participant)]
    if not rules:
        return
    for start in _bound_runs(line):
        asked = Asked(book.record, line.participant, start.start, known_by)
        held = binding(asked, line.treaty)
        consent = next((numbers[line.grounds[i].act] for i in start.acts if _consents(line.grounds[i])), None)
        if held is None or consent is None:
            continue
        until = held.span.until
        # Whatever was decided on a deadline, and is known, counts: the day moves, and its name stays.
        held = held._replace(asked=asked._replace(on=dt.date.max))
        for rule in rules:
            if rule.deadline is not None and rule.deadline.recurring is not None:
                continue
            answer = rule_answer(held, rule, Related("same"))
            met = answer.due is not None and answer.due.fulfilled is not None
            day = _last_day(answer.due) if met else answer.deadline
            if day is None:
                continue
            lapsed = until is not None and until <= day
            dispute = line.at(day).dispute
            yield Moment(
                identity=_name(line, consent, "deadline", rule.id),
                kind=DateKind.DEADLINE,
                treaty=line.treaty,
                participant=line.participant,
                first=day,
                last=day,
                state="tentative" if dispute else "cancelled" if lapsed or met else "confirmed",
                rule=rule,
                dispute=dispute,
                steps=answer.derivation,
                undone_by=_latest(line, day) if lapsed else None,
            )


def _last_day(due: DeadlineAnswer | None) -> dt.date | None:
    """The day on which a duty that was declared to be met would have been due."""
    if due is None:
        return None
    days = (parse_edtf(one.until).exact for one in reversed(due.extensions) if one.until)
    return next((day for day in days if day is not None), due.original)


def _consents(ground: Ground) -> bool:
    return ground.act.kind.expresses_consent


def _bound_runs(line: Timeline) -> Iterator[Stretch]:
    """The first stretch of every run in which the treaty binds, or may bind."""
    before = False
    for one in line.stretches:
        binds = one.recorded_bound is not False
        if binds and not before:
            yield one
        before = binds


def _disputes(line: Timeline) -> Iterator[Moment]:
    """From when to when the status is contested, and the days on which each reading turns."""
    for point in {point.id: point for one in line.stretches for point in one.disputes}.values():
        within = [one for one in line.stretches if point.id in {each.id for each in one.disputes}]
        start, end = within[0].start, within[-1].end
        yield _contested(line, point, "since", start, "whether it is bound is contested from this day")
        if end is not None:
            yield _contested(line, point, "until", end, "its status is no longer contested from this day")
        for reading in point.readings:
            for number, interval in enumerate(reading.bound, 1):
                if interval.until is not None and interval.until >= start:
                    words = f"no longer bound from this day under reading {reading.id} ({reading.holder})"
                    yield _contested(line, point, f"{reading.id}-until-{number}", interval.until, words)
                if interval.since > start:
                    words = f"bound from this day under reading {reading.id} ({reading.holder})"
                    yield _contested(line, point, f"{reading.id}-since-{number}", interval.since, words)


def _noted(book: Chronicle, line: Timeline, known_by: dt.date | None) -> Iterator[Moment]:
    """Contested points that leave the status alone, on the day from which they are named."""
    for point in book.points.get((line.treaty, line.participant), ()):
        day = point.noted_from
        if day is not None and (known_by is None or day <= known_by):
            yield _contested(line, point, "noted", day, f"an open question from this day: {point.question}")


def _contested(line: Timeline, point: ContestedPoint, part: str, day: dt.date, detail: str) -> Moment:
    return Moment(
        identity=_name(line, "contested", point.id, part),
        kind=DateKind.CONTESTED,
        treaty=line.treaty,
        participant=line.participant,
        first=day,
        last=day,
        state="tentative",
        dispute=point,
        detail=detail,
    )


def treaty_moments(book: Chronicle, key: str, known_by: dt.date | None) -> Iterator[Moment]:
    """The treaty's own dates, as known by a day: its entry into force, the end of its term, its end."""
    treaty = book.record.treaties[key]
    entry = book.entry(key, known_by)
    if entry.day is not None:
        yield _own(key, "entry", DateKind.TREATY_ENTRY_INTO_FORCE, entry.day)
    ended, term = known_end(treaty, known_by), end_of_term(treaty, entry.day, known_by)
    if term is not None:
        cut_short = ended is not None and ended < term
        yield _own(key, "term", DateKind.TERM_ENDS, term, "cancelled" if cut_short else "confirmed")
    if ended is not None:
        yield _own(key, "end", DateKind.TREATY_ENDS, ended)


def _own(key: str, part: str, kind: DateKind, day: dt.date, state: MomentState = "confirmed") -> Moment:
    return Moment(
        identity=f"{key}.treaty.{part}",
        kind=kind,
        treaty=key,
        participant=None,
        first=day,
        last=day,
        state=state,
    )
