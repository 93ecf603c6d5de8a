"""When a number of parties was right: under which convention of counting, and on which days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from inforce.dates import in_words
from inforce.errors import UsageError
from inforce.law.chronicle import checked, knowledge
from inforce.law.count_model import CountAnswer, CountFinding, CountStretch, NearCount
from inforce.law.counts import CONVENTION, CONVENTIONS, Convention, Counting, Level
from inforce.law.derivation import act_words, sentence
from inforce.law.model import Step
from inforce.law.parties import recorded_as_of
from inforce.law.status import coverage
from inforce.law.timeline import Ground, Stretch, Timeline
from inforce.record.model import Record
from inforce.vocabulary import ActionKind

#: The conventions whose nearest numbers are always said, however far off.
_ALWAYS_NEAR = ("deposited", "in_force")


class Days(NamedTuple):
    """The days asked about, both included."""

    first: dt.date
    last: dt.date

    def meets(self, level: Level) -> bool:
        """Whether a level holds on some of these days."""
        return level.since <= self.last and (level.until is None or level.until > self.first)

    def away(self, level: Level) -> int:
        """How many days a level lies off."""
        if level.since > self.last:
            return (level.since - self.last).days
        return 0 if level.until is None else max(0, (self.first - level.until).days + 1)


def count(
    record: Record,
    treaty: str,
    number: int,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    known_by: dt.date | None = None,
    today: dt.date | None = None,
) -> CountAnswer:
    """Under which convention, and on which days from `first` to `last`, `number` was right.

    The stretches are whole, also where they reach beyond the days asked about. Raises `UsageError` for a
    treaty the record does not have, a number below 1, and a last day before the first.
    """
    checked(record, None, treaty)
    if number < 1:
        raise UsageError(f"{number} is no number of participants; ask for 1 or more")
    days = Days(first or dt.date.min, last or dt.date.max)
    if days.last < days.first:
        raise UsageError(f"the days asked about end on {last} before they begin on {first}; swap the two")
    known = knowledge(known_by, today)
    counting = Counting(record, treaty, known.by)
    findings = tuple(_findings(counting, number, days))
    rights = {stretch.right for finding in findings for stretch in finding.stretches}
    right = True if True in rights else (None if rights else False)
    verified = record.treaties[treaty]
    return CountAnswer(
        treaty=treaty,
        number=number,
        first=first,
        last=last,
        known_by=known.shown,
        right=right,
        findings=findings,
        nearest_numbers=() if right else _nearest_numbers(counting, number, days),
        nearest_dates=() if right else _nearest_dates(counting, number, days),
        notes=tuple(_notes(counting, findings, days, known.shown)),
        verified_through=verified.verified_through,
        coverage=coverage(verified, min(days.last, known.shown), known_by),
    )


def _findings(counting: Counting, number: int, days: Days) -> Iterator[CountFinding]:
    for one in CONVENTIONS:
        levels = [level for level in _levels(counting, one.key) if _can_be(level, number)]
        stretches = tuple(_stretch(counting, one, level) for level in levels if days.meets(level))
        if stretches:
            yield CountFinding(one.key, one.label, one.says, one.by, stretches)


def _levels(counting: Counting, counted: str) -> list[Level]:
    """The count over all days: none before the first that counts."""
    levels = counting.levels(counted)
    return [Level(dt.date.min, levels[0].since if levels else None, 0, 0), *levels]


def _can_be(level: Level, number: int) -> bool:
    return level.least <= number <= level.most


def _stretch(counting: Counting, convention: Convention, level: Level) -> CountStretch:
    sure = level.least == level.most
    undecided = () if sure else counting.undecided(convention.key, level.since, level.until)
    return CountStretch(
        since=level.since,
        until=level.until,
        least=level.least,
        most=level.most,
        right=True if sure else None,
        because=tuple(_reason(counting, who) for who in undecided),
        begun_by=tuple(_turned(counting, convention, level.since)),
        ended_by=() if level.until is None else tuple(_turned(counting, convention, level.until)),
    )


def _reason(counting: Counting, who: str) -> str:
    name = counting.book.record.participants[who].name
    return f"{name} may count or not: {recorded_as_of(counting.acts(who))}"


def _turned(counting: Counting, convention: Convention, day: dt.date) -> Iterator[Step]:
    """Why each participant that a day brings in or takes out is in or out from then on."""
    lines = {line.participant: line for line in counting.lines}
    for who in counting.turned(convention.key, day):
        yield _turn_step(counting, convention, lines[who], day)


def _turn_step(counting: Counting, convention: Convention, line: Timeline, day: dt.date) -> Step:
    record = counting.book.record
    done = counting.first_done(convention, line.participant)
    if done is not None:
        return Step(sentence(act_words(record, done)), source=done.source)
    here = line.position(day)
    now, before = line.stretches[here], line.stretches[here - 1]
    point = now.dispute or before.dispute
    if point is not None and now.dispute is not before.dispute and convention.contested != "as-recorded":
        return Step(point.question, source=next(iter(point.sources), None), facts=(point.id,))
    if not now.acts:
        return Step(f"{record.participants[line.participant].name} is no more from {in_words(day)} on.")
    ground = line.grounds[now.acts[-1]]
    text = act_words(record, ground.act, (ground.first, ground.last)) + _effect_words(ground, now, day)
    return Step(sentence(text), article=ground.effect.article, source=ground.act.source)


def _effect_words(ground: Ground, now: Stretch, day: dt.date) -> str:
    if ground.effect.day != day or day == ground.first:
        return ""
    leaving = ground.act.kind is ActionKind.WITHDRAWAL
    return f", in effect from {in_words(day)}" if leaving else f", in force for it from {in_words(day)}"


def _nearest_numbers(counting: Counting, number: int, days: Days) -> tuple[NearCount, ...]:
    """On the days asked about: by deposit, in force, and under whatever convention comes nearest."""
    found = []
    for order, one in enumerate(CONVENTIONS):
        off = {
            level: away
            for level in _levels(counting, one.key)
            if days.meets(level) and (away := _off(level, number))
        }
        if off:
            level = min(reversed(off), key=off.__getitem__)
            found.append((off[level], order, _near(one, level, off[level])))
    found = _distinct(found)
    least = min((off for off, _, _ in found), default=0)
    return tuple(near for off, _, near in found if off == least or near.counted in _ALWAYS_NEAR)


def _distinct(found: list[tuple[int, int, NearCount]]) -> list[tuple[int, int, NearCount]]:
    """The nearest first; of several ways of counting with one number on the same days the first stands."""
    kept: dict[tuple[object, ...], tuple[int, int, NearCount]] = {}
    for one in sorted(found, key=lambda one: one[:2]):
        near = one[2]
        kept.setdefault((near.since, near.until, near.least, near.most), one)
    return list(kept.values())


def _off(level: Level, number: int) -> int:
    return max(0, level.least - number, number - level.most)


def _nearest_dates(counting: Counting, number: int, days: Days) -> tuple[NearCount, ...]:
    """Outside the days asked about: under each convention the nearest days on which it was the number."""
    found = []
    for order, one in enumerate(CONVENTIONS):
        levels = [
            level
            for level in _levels(counting, one.key)
            if level.least == level.most == number and not days.meets(level)
        ]
        if levels:
            level = min(levels, key=days.away)
            found.append((days.away(level), order, _near(one, level, days.away(level))))
    return tuple(near for _, _, near in _distinct(found))


def _near(convention: Convention, level: Level, away: int) -> NearCount:
    since = None if level.since == dt.date.min else level.since
    return NearCount(convention.key, convention.label, since, level.until, level.least, level.most, away)


def _notes(
    counting: Counting, findings: tuple[CountFinding, ...], days: Days, known: dt.date
) -> Iterator[str]:
    """Contested participants among those counted, and days that have not come."""
    found = [(CONVENTION[finding.counted], stretch) for finding in findings for stretch in finding.stretches]
    contested = {
        line.participant: None
        for line in counting.lines
        for convention, stretch in found
        if convention.contested == "as-recorded" and convention.ever is None and _disputed(line, stretch)
    }
    if contested:
        names = ", ".join(counting.book.record.participants[key].name for key in contested)
        yield f"Contested, and counted as the depositary counts: {names}."
    to_come = (stretch.until is None or stretch.until > known for _, stretch in found)
    if days.last > known and any(to_come):
        yield (
            f"Days after {in_words(known)} are counted on the deposits and notices known by then: so it is "
            "if nothing else happens."
        )


def _disputed(line: Timeline, days: CountStretch) -> bool:
    return any(
        one.dispute is not None
        and (days.until is None or one.start < days.until)
        and (one.end is None or days.since is None or one.end > days.since)
        for one in line.stretches
    )
