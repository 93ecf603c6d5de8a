"""What a treaty does not prohibit a participant: since when or from when, why, and what remains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from inforce.dates import in_words
from inforce.law.categories import relate
from inforce.law.chronicle import Asked, latest_act
from inforce.law.derivation import ground_steps, possessive, sentence, status_steps, treaty_name
from inforce.law.kept import kept
from inforce.law.model import Step
from inforce.law.obligation_model import FreedomAnswer
from inforce.law.timeline import Stretch, Timeline
from inforce.record.model import Obligation, Record, Remainder
from inforce.vocabulary import ActionKind, ObligationModality, Status

_KEPT = 20_000  # treaties and items


def freedom(asked: Asked, treaty: str, rule: Obligation, item: str) -> FreedomAnswer | None:
    """From when `rule`, a total prohibition, does not bind a participant.

    On a day on which it does bind, the coming end of being bound, as far as the acts known fix one; None
    where none is fixed, or where it is contested or open whether it binds.
    """
    on = asked.on
    line = asked.line(treaty)
    stretch = line.at(on)
    if stretch.bound is None:
        return None
    since = _free_since(line, stretch, on)
    if stretch.bound and since is None:
        return None
    there = line.at(since) if since is not None else stretch
    return FreedomAnswer(
        treaty=treaty,
        activity=rule.activity,
        item=item,
        not_prohibited_since=since,
        because=because(asked, line, there),
        derivation=_steps(asked, line, there),
        remaining=_remaining(asked._replace(on=max(on, since or on)), item, treaty),
    )


def _free_since(line: Timeline, stretch: Stretch, on: dt.date) -> dt.date | None:
    """First day of the freedom of `on`, or of the coming one; None where no bond ever was, or none ends."""
    if stretch.bound:
        until = line.bound_span(on).until
        return until if until is not None and line.at(until).bound is False else None
    here = line.position(on)
    earlier = [index for index in range(here) if line.stretches[index].bound is not False]
    return line.stretches[earlier[-1] + 1].start if earlier else None


def because(asked: Asked, line: Timeline, there: Stretch) -> str:
    """Why a treaty does not bind in the stretch `there`, in one sentence, told on the day asked about."""
    who = asked.record.participants[line.participant].name
    treaty = treaty_name(asked.record.treaties[line.treaty])
    if there.picked is not None and not there.picked.bound:
        one = there.picked.reading
        return f"{treaty} does not bind {who} under reading {one.id} ({one.holder}): {one.result}"
    if there.status is Status.FORMER_PARTY and not _left(line, there):
        verb = "ended" if there.start <= asked.on else "ends"
        return f"{treaty} itself {verb} on {in_words(there.start)}"
    if there.status is Status.FORMER_PARTY:
        verb = "took" if there.start <= asked.on else "takes"
        day = in_words(there.start)
        return f"{possessive(who)} withdrawal from {treaty}{_notified(line, there)} {verb} effect on {day}"
    if there.status is Status.CONTRACTING:
        text = f"{who} has consented to {treaty}, which does not bind it {_before_entry(there)}"
        declared = latest_act(asked, line.treaty, ActionKind.PROVISIONAL_APPLICATION)
        return text if declared is None else f"{text}, and has declared to apply it provisionally until then"
    if there.status is Status.SIGNATORY:
        return f"{who} has signed {treaty} and is not bound by it"
    if there.status is Status.NOT_OPEN:
        return f"{treaty} cannot be joined yet"
    return f"{who} is not bound by {treaty}"


def _before_entry(there: Stretch) -> str:
    return f"before {in_words(there.end)}" if there.end else "before its own entry into force"


def _left(line: Timeline, there: Stretch) -> bool:
    """Whether a notice of withdrawal led there, and not the end of the treaty itself."""
    notices = [line.grounds[i] for i in there.acts if line.grounds[i].act.kind is ActionKind.WITHDRAWAL]
    return any(notice.day == there.start for notice in notices)


def _notified(line: Timeline, there: Stretch) -> str:
    notices = [
        line.grounds[index].act.date
        for index in there.acts
        if line.grounds[index].act.kind is ActionKind.WITHDRAWAL
    ]
    exact = notices[-1].exact if notices else None
    return f", notified on {in_words(exact)}," if exact else ""


def _steps(asked: Asked, line: Timeline, there: Stretch) -> tuple[Step, ...]:
    record = asked.record
    if there.start <= asked.on:
        return status_steps(asked, line, there)
    steps = [step for index in there.acts for step in ground_steps(record, line.grounds[index])]
    clause = record.treaties[line.treaty].final_clauses.withdrawal
    if clause is not None and clause.carve_out is not None:
        text = f"exception, tested at its moment: {clause.carve_out.test}; then {clause.carve_out.effect}"
        steps.append(Step(sentence(text), article=clause.article))
    return tuple(steps)


def _remaining(asked: Asked, item: str, left: str) -> tuple[str, ...]:
    """What binds still in respect of an item when the treaty `left` does not, in plain words."""
    record = asked.record
    said = []
    for key in sorted(record.treaties):
        line = asked.line(key)
        rules = [rule for rule in _limiting(record, key, item) if rule.addresses(asked.participant)]
        if key != left and line.at(asked.on).recorded_bound is True and rules:
            said.append(_other_treaty(asked, line, rules))
    picked = asked.line(left).at(asked.on).picked
    if picked is not None:
        everywhere = picked.point.under_all_readings
        return (*said, everywhere) if everywhere else tuple(said)
    before = asked.line(left).stretches
    was_bound = any(one.recorded_bound is not False and one.start < asked.on for one in before)
    return (*said, *(_staying(asked, left) if was_bound else ()))


def _staying(asked: Asked, left: str) -> Iterator[str]:
    """What stays after leaving; of what depends on other treaties, only what is so for the participant."""
    for one in asked.record.treaties[left].after_leaving:
        if isinstance(one, str):
            yield one
        elif _is_so(asked, one):
            yield one.what


def _is_so(asked: Asked, one: Remainder) -> bool:
    """Whether the treaties on which something depends bind the participant; one not recorded binds nobody."""

    def binds(key: str) -> bool:
        return key in asked.record.treaties and asked.line(key).at(asked.on).recorded_bound is True

    wanted = one.if_bound_by is None or binds(one.if_bound_by)
    return wanted and not any(binds(key) for key in one.unless_bound_by)


@kept(_KEPT)
def _limiting(record: Record, treaty: str, item: str) -> tuple[Obligation, ...]:
    """The rules of a treaty that demand or forbid something in respect of an item."""
    return tuple(rule for rule in record.treaties[treaty].obligations if _limits(record, item, rule))


def _limits(record: Record, item: str, rule: Obligation) -> bool:
    """Whether a rule demands or forbids something in respect of an item."""
    if rule.modality is ObligationModality.PERMITTED_EXCEPTION:
        return False
    related = relate(record, item, rule.item)
    return related is not None and related.relation != "may-be"


def _other_treaty(asked: Asked, line: Timeline, rules: list[Obligation]) -> str:
    who = asked.record.participants[line.participant].name
    treaty = treaty_name(asked.record.treaties[line.treaty])
    activities = sorted({rule.activity.value for rule in rules})
    since = line.bound_span(asked.on).since
    day = f" since {in_words(since)}" if since else ""
    return sentence(f"{treaty} binds {who}{day}, with rules on: {', '.join(activities)}")
