"""Why an answer is so: each step with its article, its source and the recorded facts behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from inforce.dates import in_words
from inforce.law.chronicle import Asked, chronicle, latest_act
from inforce.law.clauses import BEFORE_ENTRY, NOTHING_NEW, RUNNING, WITHOUT_CONSENT, Effect
from inforce.law.condition import condition, condition_words
from inforce.law.entry import contested_end, end_of_treaty
from inforce.law.model import Between, ReadingAnswer, Step
from inforce.law.timeline import Ground, Stretch, Timeline
from inforce.record.model import (
    Action,
    ContestedPoint,
    FinalClauses,
    ProvisionalApplication,
    Record,
    Treaty,
)
from inforce.vocabulary import ActionKind, Status

_ACTS = {
    ActionKind.SIGNATURE: "{who} signed {when}",
    ActionKind.DEFINITIVE_SIGNATURE: "{who} signed definitively, expressing consent to be bound, {when}",
    ActionKind.SUCCESSION: "{who} deposited a notification of succession {when}",
    ActionKind.CONSENT_TO_BE_BOUND: "{who} notified its consent to be bound {when}",
    ActionKind.WAIVER: "{who} waived the conditions of entry into force for itself {when}",
    ActionKind.WITHDRAWAL: "the depositary received {whose} notice of withdrawal {when}",
    ActionKind.REVOCATION: "the depositary received {whose} revocation of its notice {when}",
    ActionKind.PROVISIONAL_APPLICATION: "{who} declared that it would apply the treaty provisionally {when}",
    ActionKind.NOT_TO_BECOME_PARTY: "{who} told the depositary {when} that it will not become a party",
    ActionKind.SUSPENSION_NOTIFIED: "the depositary received {whose} communication on suspension {when}",
}
#: Where the notice runs from another event than its receipt by a depositary.
_NOTICE_GIVEN = "{who} gave notice of withdrawal {when}"
#: A withdrawal by one whose consent had not taken effect.
_TAKEN_BACK = "{who} took back its consent, by notice to the depositary, {when}"
_DEPOSIT = "{who} deposited its instrument of {kind} {when}"

_RESULTS = {
    Status.NOT_OPEN: "{treaty} could not be joined yet",
    Status.NONE: "{who} stands in no relation to {treaty}",
    Status.SIGNATORY: "{who} is a signatory, not bound",
    Status.CONTRACTING: "{who} is a contracting state: it has consented, and is not bound yet",
    Status.PARTY: "{who} is a party",
    Status.PARTY_WITHDRAWAL_NOTIFIED: "{who} is still a party, bound in full; its notice of withdrawal runs",
    Status.CONTESTED: "whether {treaty} binds {who} is contested",
    Status.FORMER_PARTY: "{who} is a former party, no longer bound",
    Status.FORMER_SIGNATORY: "{who} is a former signatory",
}


def treaty_name(treaty: Treaty) -> str:
    """The treaty's usual name with its article, for running text."""
    return f"the {treaty.names[0] if treaty.names else treaty.title}"


def possessive(name: str) -> str:
    """`Finland` to `Finland's`, `Cyprus` to `Cyprus'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop."""
    return f"{text[0].upper()}{text[1:]}."


def span_words(between: Between) -> str:
    """A range of days in running text."""
    return f"between {in_words(between[0])} and {in_words(between[1])}"


def status_steps(asked: Asked, line: Timeline, stretch: Stretch) -> tuple[Step, ...]:
    """The steps from the recorded acts to the status of `stretch` on the day asked about."""
    record, on, known_by = asked.record, asked.on, asked.known_by
    treaty = record.treaties[line.treaty]
    steps = [step for index in stretch.acts for step in ground_steps(record, line.grounds[index])]
    if not stretch.acts:
        steps.append(_nothing_done(asked, line, stretch))
    else:
        steps += _several_depositaries(record, treaty)
    steps += _not_in_force(asked, line, stretch)
    steps += _treaty_ended(asked, line)
    steps += [dispute_step(point) for point in stretch.disputes]
    steps += _noted(asked, line)
    steps += _beside(asked, line, stretch)
    steps.append(Step(sentence(f"on {in_words(on)} {_result(record, line, stretch)}")))
    after = line.position(on) + 1
    if after < len(line.stretches):
        steps.append(_coming(record, line, line.stretches[after]))
    if known_by is not None and on > known_by:
        text = f"{in_words(on)} lies after {in_words(known_by)}: so it is if nothing else happens"
        steps.append(Step(sentence(text), source=treaty.verified_by))
    return tuple(steps)


def ground_steps(record: Record, ground: Ground) -> list[Step]:
    """An act as recorded, and what follows from it."""
    return [_act_step(record, ground), *effect_steps(record, ground)]


def act_words(record: Record, act: Action, between: Between | None = None) -> str:
    """What was done, by whom and when, without a full stop."""
    pattern = _ACTS.get(act.kind, _DEPOSIT if act.kind.expresses_consent else "{who}: {kind} {when}")
    if act.kind is ActionKind.WITHDRAWAL and _given_to_all(record, act):
        pattern = _NOTICE_GIVEN
    return _filled(pattern, record, act, between)


def _filled(pattern: str, record: Record, act: Action, between: Between | None) -> str:
    who = record.participants[act.participant].name
    exact = act.date.exact
    if exact is not None:
        when = f"on {in_words(exact)}"
    else:
        when = "on a day not recorded"
        when += f" ({act.date.text}: {span_words(between)})" if between else f" ({act.date.text})"
    kind = act.kind.value.replace("-", " ")
    words = pattern.format(who=who, whose=possessive(who), when=when, kind=kind)
    return f"it is supposed that {words}" if act.supposed else words


def _given_to_all(record: Record, act: Action) -> bool:
    """Whether notice under the treaty runs from its being given to all addressees."""
    clause = record.treaties[act.treaty].final_clauses.withdrawal
    return clause is not None and clause.counted_from == "notice_to_all_addressees"


def row(act: Action) -> str:
    """The row of the record, for the facts of a step."""
    effect = f", effect as published {act.effect}" if act.effect else ""
    known = f", known {act.known}" if act.known.text != act.date.text else ""
    return f"{act.file}:{act.line}: {act.participant} {act.kind} {act.date}{known}{effect}"


def _act_step(record: Record, ground: Ground) -> Step:
    act, between = ground.act, (ground.first, ground.last)
    if act.kind is ActionKind.WITHDRAWAL and ground.effect.label == BEFORE_ENTRY:
        text = _filled(_TAKEN_BACK, record, act, between)
    else:
        text = act_words(record, act, between)
    return Step(sentence(text), source=act.source, facts=(row(act),))


def effect_steps(record: Record, ground: Ground) -> list[Step]:
    """When an act takes effect, by which clause; for a withdrawal also how its exception was tested."""
    effect = ground.effect
    if ground.act.kind is ActionKind.SIGNATURE:
        return []
    if effect.label == WITHOUT_CONSENT and effect.day is not None:
        text = f"the record holds no act that bound it before; if one did, it ended on {in_words(effect.day)}"
        return [Step(sentence(f"{text}: {effect.text}"), article=effect.article)]
    if effect.label == NOTHING_NEW and not ground.effect_last.no_turn:
        return [Step(sentence(f"it {effect.text}, unless that was given after it: its day is not recorded"))]
    if effect.no_turn:
        return [Step(sentence(f"it has no effect: {effect.text}"))]
    if ground.effect_last.day != effect.day:
        return [Step(sentence(_range_words(ground)), article=effect.article)]
    what = _what(record, ground)
    if effect.label == "carve-out":
        steps = [Step(sentence(effect.text), article=effect.article)]
    elif effect.day is None:
        steps = [Step(sentence(f"{what} {effect.text}"), article=effect.article)]
    else:
        steps = [Step(sentence(f"{what} from {in_words(effect.day)}: {effect.text}"), article=effect.article)]
    beside = (_addressees_step(record, ground.act, effect), _carve_out_step(record, ground.act, effect))
    return [*steps, *(step for step in beside if step is not None)]


def _what(record: Record, ground: Ground) -> str:
    act = ground.act
    if act.kind is ActionKind.WITHDRAWAL:
        return "consent ended" if ground.effect.label == BEFORE_ENTRY else "withdrawal in effect"
    if act.kind is ActionKind.REVOCATION:
        return "notice ended"
    return f"in force for {record.participants[act.participant].name}"


def _range_words(ground: Ground) -> str:
    first, last = ground.effect.day, ground.effect_last.day
    if first is None or last is None:
        return "no day of effect can be named"
    return f"its effect lies {span_words((first, last))}, by the day of the act: {ground.effect.text}"


def _addressees_step(record: Record, act: Action, effect: Effect) -> Step | None:
    """Who must have been told before a notice runs, where the clause does not count from a receipt."""
    clause = record.treaties[act.treaty].final_clauses.withdrawal
    if act.kind is not ActionKind.WITHDRAWAL or clause is None or not _given_to_all(record, act):
        return None
    if effect.label not in RUNNING:
        return None
    text = f"notice must be given to {listed(clause.notify)}"
    if clause.reasons_required:
        text += ", with a statement of the reasons"
    return Step(sentence(f"{text}; it runs from the day on which all have it"), article=clause.article)


def _carve_out_step(record: Record, act: Action, effect: Effect) -> Step | None:
    clause = record.treaties[act.treaty].final_clauses.withdrawal
    if act.kind is not ActionKind.WITHDRAWAL or clause is None or clause.carve_out is None or effect.no_turn:
        return None
    if effect.label not in RUNNING or effect.expiry is None:
        return None
    who = possessive(record.participants[act.participant].name)
    if effect.conflict is None:
        at_expiry = clause.carve_out.test_moment == "expiry_of_notice"
        moment = effect.expiry if at_expiry else act.date.exact
        when = f" on {in_words(moment)}" if moment else " then"
        text = f"no armed conflict of {who} is recorded{when}, so the exception does not defer it"
        return Step(sentence(text.replace("'s is", " is").replace("' is", " is")), article=clause.article)
    conflict = effect.conflict
    said = "supposed" if conflict.supposed else "recorded"
    ends = f"until {in_words(conflict.until)}" if conflict.until else f"with no end {said}"
    text = f"the notice runs out on {in_words(effect.expiry)}; {who} armed conflict is {said} since "
    text += f"{in_words(conflict.since)}, {ends}"
    text += "" if conflict.supposed else f": {conflict.claim.strip().rstrip('.')}"
    return Step(sentence(text), article=clause.article, source=conflict.source)


def _several_depositaries(record: Record, treaty: Treaty) -> list[Step]:
    """The rule on days where an instrument can be deposited in more than one capital."""
    if len(treaty.depositaries) < 2:
        return []
    names = listed(tuple(record.participants[key].name for key in treaty.depositaries))
    text = f"the depositaries are {names}; where deposits with them differ, the earliest counts"
    return [Step(sentence(text), source=treaty.verified_by)]


def _not_in_force(asked: Asked, line: Timeline, stretch: Stretch) -> list[Step]:
    """For a treaty not in force: what its entry into force still wanted on the day asked about."""
    entry = asked.record.treaties[line.treaty].final_clauses.entry_into_force
    if entry.initial.published_date is not None or stretch.status is Status.NOT_OPEN:
        return []
    name = treaty_name(asked.record.treaties[line.treaty])
    computed = chronicle(asked.record).entry(line.treaty, asked.known_by)
    if computed.day is not None and computed.trigger is not None:
        text = f"{name} is in force from {in_words(computed.day)}: its condition was met on "
        text += f"{in_words(computed.trigger)}, as computed from the record; "
        return [Step(sentence(f"{text}no depositary has published a date"), article=entry.article)]
    answer = condition(asked.record, line.treaty, on=asked.on, known_by=asked.known_by)
    text = f"{name} is not in force and binds nobody"
    words = f"{text}: {condition_words(asked.record, answer)}"
    return [Step(sentence(words), article=entry.article, facts=answer.missing)]


def _treaty_ended(asked: Asked, line: Timeline) -> list[Step]:
    """For a treaty that is no more on the day asked about: since when, and why."""
    treaty = asked.record.treaties[line.treaty]
    clauses = treaty.final_clauses
    entry = chronicle(asked.record).entry(line.treaty, asked.known_by)
    day = end_of_treaty(treaty, entry.day, asked.known_by)
    if day is None or day > asked.on:
        return []
    if clauses.ended is not None and clauses.ended.date == day:
        because, article, sources = clauses.ended.because, clauses.ended.article, clauses.ended.sources
    else:
        term = clauses.term
        because, article = "its term has run out", term.article if term else None
        sources = term.sources if term else ()
    source = next((treaty.sources[key] for key in sources if key in treaty.sources), None)
    text = f"{treaty_name(treaty)} ended on {in_words(day)}: {because}"
    if contested_end(asked.record, line.treaty, day, asked.known_by) is not None:
        text += "; whether it was still in force on that day is contested"
    return [Step(sentence(text), article=article, source=source)]


def _noted(asked: Asked, line: Timeline) -> list[Step]:
    """Contested points that leave the status alone, from the day on which they are named."""
    steps = []
    for point in chronicle(asked.record).points.get((line.treaty, line.participant), ()):
        begun = point.noted_from is not None and point.noted_from <= asked.on
        if begun and (asked.known_by is None or asked.known_by >= (point.noted_from or asked.on)):
            steps.append(dispute_step(point))
    return steps


def listed(names: tuple[str, ...]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _beside(asked: Asked, line: Timeline, stretch: Stretch) -> list[Step]:
    """Acts that turn no status and yet bear on what it means."""
    clauses = asked.record.treaties[line.treaty].final_clauses
    if stretch.status is Status.CONTRACTING:
        kind, clause = ActionKind.PROVISIONAL_APPLICATION, _provisional_words(clauses)
    elif stretch.bound is True:
        kind, clause = ActionKind.SUSPENSION_NOTIFIED, clauses.suspension
    else:
        return []
    act = latest_act(asked, line.treaty, kind)
    if act is None:
        return []
    text = f"{act_words(asked.record, act)}; {clause or 'the record names no clause on it'}"
    return [Step(sentence(text), source=act.source, facts=(row(act),))]


def _provisional_words(clauses: FinalClauses) -> str | None:
    told = clauses.provisional_application
    if not isinstance(told, ProvisionalApplication):
        return told
    return f"{told.what} (Art {told.article})" if told.article else told.what


def _nothing_done(asked: Asked, line: Timeline, stretch: Stretch) -> Step:
    record, known_by = asked.record, asked.known_by
    treaty = record.treaties[line.treaty]
    ended = record.participants[line.participant].until
    if ended is not None and ended <= asked.on:
        who = record.participants[line.participant].name
        return Step(
            sentence(f"{who} is no more since {in_words(ended)}, and its acts bind nobody by themselves")
        )
    if stretch.status is Status.NOT_OPEN:
        opened = line.stretches[1].start
        text = f"{treaty_name(treaty)} has been open since {in_words(opened)}"
        return Step(sentence(text), article=treaty.final_clauses.signature_article)
    by = f", as known by {in_words(known_by)}" if known_by else ""
    who = record.participants[line.participant].name
    text = f"the record holds no act of {who} under {treaty_name(treaty)} done by then{by}"
    verified = f"verified through {treaty.verified_through}"
    return Step(sentence(text), source=treaty.verified_by, facts=(verified,))


def dispute_step(point: ContestedPoint) -> Step:
    """What is contested, and what the depositary did."""
    text = point.question
    if point.depositary:
        text += f" Depositary: {point.depositary}."
    return Step(text, source=point.sources[0] if point.sources else None, facts=(point.id,))


def _result(record: Record, line: Timeline, stretch: Stretch) -> str:
    who = record.participants[line.participant].name
    treaty = treaty_name(record.treaties[line.treaty])
    if stretch.status is not None:
        return _RESULTS[stretch.status].format(who=who, treaty=treaty)
    names = " or ".join(status.value for status in stretch.possible)
    return f"it is not known which status {who} has: {names}"


def _coming(record: Record, line: Timeline, after: Stretch) -> Step:
    words = _result(record, line, after)
    facts = tuple(row(line.grounds[index].act) for index in after.acts[-1:])
    return Step(sentence(f"from {in_words(after.start)}: {words}"), facts=facts)


def all_readings(points: Sequence[ContestedPoint], on: dt.date) -> tuple[ReadingAnswer, ...]:
    """What each reading of each point yields on a day; of several points, each by its full name."""
    if len(points) == 1:
        return reading_answers(points[0], on)
    return tuple(
        msgspec.structs.replace(answer, id=f"{point.id}:{answer.id}")
        for point in points
        for answer in reading_answers(point, on)
    )


def reading_answers(point: ContestedPoint, on: dt.date) -> tuple[ReadingAnswer, ...]:
    """What each reading yields on a day; a reading that names no interval leaves `bound` None."""
    answers = []
    for reading in point.readings:
        intervals = tuple((one.since, one.until) for one in reading.bound)
        inside = any(since <= on and (until is None or on < until) for since, until in intervals)
        bound = inside if intervals else None
        answers.append(
            ReadingAnswer(reading.id, reading.holder, reading.basis, reading.result, bound, intervals)
        )
    return tuple(answers)
