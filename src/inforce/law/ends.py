"""When an activity stops being prohibited: by the acts recorded, or by a notice supposed for the day asked.

What follows from a supposed notice is a hypothesis, marked as one; nobody has given it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from inforce.dates import edtf_of, in_words
from inforce.law.categories import COVERING
from inforce.law.chronicle import Asked, Chronicle, latest_act
from inforce.law.derivation import effect_steps, possessive, sentence, treaty_name
from inforce.law.freedom import because
from inforce.law.model import Step
from inforce.law.obligation_model import CustomAnswer, EndAnswer, FirstFreeDay, ObligationAnswer
from inforce.law.readings import under_reading
from inforce.law.timeline import Ground, Timeline
from inforce.record.model import SUPPOSED, Action, Treaty
from inforce.vocabulary import ActionKind, Activity, ObligationModality


def first_free_days(
    asked: Asked, item: str, rules: Iterable[ObligationAnswer], custom: Iterable[CustomAnswer]
) -> tuple[FirstFreeDay, ...]:
    """For each activity that a treaty prohibits outright on the day asked about, when that may first end.

    A notice is supposed on the day asked about where a treaty binds without an end and none has been given.
    """
    outright: dict[Activity, dict[str, list[ObligationAnswer]]] = {}
    for rule in rules:
        if _prohibits(rule) and not rule.provisional:
            outright.setdefault(rule.activity, {}).setdefault(rule.treaty, []).append(rule)
    barred = {rule.activity: rule for rule in custom if _prohibits(rule)}
    ends: dict[str, EndAnswer] = {}
    found = []
    for activity, treaties in outright.items():
        for key, bearing in treaties.items():
            if key not in ends:
                ends[key] = _end(asked, key, bearing[0])
        own = tuple(
            msgspec.structs.replace(ends[key], articles=tuple(dict.fromkeys(one.article for one in bearing)))
            for key, bearing in treaties.items()
        )
        found.append(_first_free(activity, item, own, barred.get(activity)))
    return tuple(found)


def _prohibits(rule: ObligationAnswer | CustomAnswer) -> bool:
    return rule.modality is ObligationModality.PROHIBITED and rule.total and rule.relation in COVERING


def _first_free(
    activity: Activity, item: str, ends: tuple[EndAnswer, ...], custom: CustomAnswer | None
) -> FirstFreeDay:
    days = [one.day for one in ends if one.day is not None]
    open_ones = [one for one in ends if one.day is None]
    if custom is not None:
        text = f"custom prohibits it whatever the treaties ({custom.article})"
    elif open_ones:
        text = "; ".join(one.because.rstrip(".") for one in open_ones)
    else:
        last = max(ends, key=lambda one: one.day or dt.date.min)
        text = last.because.rstrip(".")
    return FirstFreeDay(
        activity=activity,
        item=item,
        day=None if custom is not None or open_ones else max(days),
        hypothetical=custom is None and any(one.notified_on is not None for one in ends),
        because=sentence(text),
        ends=ends,
    )


def _end(asked: Asked, key: str, rule: ObligationAnswer) -> EndAnswer:
    line = asked.line(key)
    who = asked.record.participants[asked.participant].name
    name = treaty_name(asked.record.treaties[key])
    if rule.bound is None:
        why = "contested" if rule.readings else "not recorded exactly"
        text = f"whether {name} binds {who} is {why}, so that no day can be named"
        return EndAnswer(key, (), None, None, sentence(text), ())
    if rule.until is not None and line.at(rule.until).bound is False:
        there = line.at(rule.until)
        steps = tuple(
            step for index in there.acts for step in effect_steps(asked.record, line.grounds[index])
        )
        return EndAnswer(key, (), rule.until, None, sentence(because(asked, line, there)), steps)
    if (given := _running_notice(asked, line)) is not None:
        steps = tuple(effect_steps(asked.record, given))
        text = f"{possessive(who)} notice of withdrawal from {name} fixes no day: {given.effect.text}"
        return EndAnswer(key, (), None, None, sentence(text), steps)
    return _supposed(asked, asked.record.treaties[key])


def _running_notice(asked: Asked, line: Timeline) -> Ground | None:
    """A notice of withdrawal given by the day asked about, of which no day follows."""
    act = latest_act(asked, line.treaty, ActionKind.WITHDRAWAL)
    stretch = line.at(asked.on)
    grounds = [line.grounds[index] for index in stretch.acts]
    return next((one for one in grounds if act is not None and one.act == act), None)


def _supposed(asked: Asked, treaty: Treaty) -> EndAnswer:
    """The end that would follow from a notice given on the day asked about, by the treaty's own clause."""
    record, on = asked.record, asked.on
    notice = _notice(asked, treaty.key)
    line = _line_with(asked, notice)
    ground = next((one for one in line.grounds if one.act == notice), None)
    steps = () if ground is None else tuple(effect_steps(record, ground))
    clause = treaty.final_clauses.withdrawal
    who, name = record.participants[asked.participant].name, treaty_name(treaty)
    supposing = f"if {who} notified its withdrawal from {name} on {in_words(on)}"
    until = line.bound_span(on).until
    if clause is None or until is None or line.at(until).bound is not False:
        text = f"{supposing}, no day would follow: {_no_day(treaty, ground)}"
        return EndAnswer(treaty.key, (), None, on, sentence(text), steps)
    article = f" (Art {clause.article})" if clause.article else ""
    text = f"{supposing}, it would end on {in_words(until)} at the earliest{article}"
    text += f"; not if {clause.carve_out.test}" if clause.carve_out is not None else ""
    step = Step(f"Supposed, not recorded: a notice of withdrawal received on {in_words(on)}.")
    return EndAnswer(treaty.key, (), until, on, sentence(text), (step, *steps))


def _notice(asked: Asked, treaty: str) -> Action:
    day = edtf_of(asked.on)
    return Action(
        participant=asked.participant,
        treaty=treaty,
        kind=ActionKind.WITHDRAWAL,
        date=day,
        known=day if asked.known_by is None else edtf_of(min(asked.on, asked.known_by)),
        effect=None,
        source=SUPPOSED,
        note="",
        file="supposed",
        line=0,
    )


def _line_with(asked: Asked, notice: Action) -> Timeline:
    """The timeline with a supposed notice, and without what its giver did under the treaty after that day."""
    record, key = asked.record, notice.treaty
    own = notice.participant
    kept = (act for act in record.actions[key] if act.participant != own or not _late(act, asked.on))
    supposed = msgspec.structs.replace(record, actions={**record.actions, key: (*kept, notice)})
    line = Chronicle(supposed).timeline(notice.participant, key, asked.known_by)
    return line if asked.reading is None else under_reading(line, asked.reading)


def _late(act: Action, on: dt.date) -> bool:
    """An act of a time after the supposed notice, which knows nothing of it."""
    return act.date.first is not None and act.date.first > on


def _no_day(treaty: Treaty, ground: Ground | None) -> str:
    clause = treaty.final_clauses.withdrawal
    if clause is None or not clause.allowed:
        return "the treaty has no clause on withdrawal"
    if clause.premise_words is not None:
        return f"it could leave only if there were what alone allows it: {clause.premise_words}"
    if ground is not None and ground.effect.conflict is not None:
        return f"{ground.effect.text}, because of an armed conflict recorded at the moment of the test"
    return ground.effect.text if ground is not None else "the clause gives none"
