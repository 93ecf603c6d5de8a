"""Treaty actions as entries of a feed: what was done, what follows from it, on whose publication.

An entry's id is made of the treaty, the participant and the number of the act among its like, never of a day:
an act whose day is corrected stays the same entry, as its dates do in the calendar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from inforce import law
from inforce.dates import in_words
from inforce.law.model import EffectRow
from inforce.law.moments import numbered
from inforce.record.model import Action, Record
from inforce.reports.atom import Entry
from inforce.reports.naming import article_named, one_line, participant_name, sentence, treaty_name

#: Entries of one feed, the latest.
MOST = 100


def act_entries(
    record: Record, today: dt.date, *, treaty: str | None = None, participant: str | None = None
) -> tuple[Entry, ...]:
    """The latest acts known today, the latest first; of one treaty or participant, or of all."""
    named = [
        pair
        for key in ([treaty] if treaty else sorted(record.actions))
        for pair in _named(record, key)
        if participant in (None, pair[1].participant) and _known(pair[1]) <= today
    ]
    latest = sorted(named, key=lambda pair: (_known(pair[1]), pair[0]), reverse=True)[:MOST]
    effects = {
        (row.treaty, row.participant, row.action, row.date): row
        for row in law.effects(record, sorted({act.treaty for _, act in latest}))
    }
    return tuple(
        _entry(record, name, act, effects.get((act.treaty, act.participant, act.kind, act.date.text)))
        for name, act in latest
    )


def _named(record: Record, treaty: str) -> Iterator[tuple[str, Action]]:
    acts = sorted(record.actions[treaty], key=lambda act: act.participant)
    for participant, own in groupby(acts, key=lambda act: act.participant):
        for act, number in numbered(own).items():
            yield f"{treaty}.{participant.lower()}.{number}", act


def _known(act: Action) -> dt.date:
    """When it became public, as far as the record says."""
    return act.known.first or act.date.first or dt.date.min


def _entry(record: Record, name: str, act: Action, effect: EffectRow | None) -> Entry:
    who, what = participant_name(act.participant, record), treaty_name(act.treaty, record)
    when = in_words(act.date.exact) if act.date.exact else act.date.text
    return Entry(
        id=f"tag:inforce,2026:act:{name}",
        title=one_line(f"{who}: {act.kind.replace('-', ' ')}, {what}, {when}"),
        updated=f"{max(_known(act), dt.date(1, 1, 1)).isoformat()}T00:00:00+00:00",
        category=act.kind,
        content="\n".join(map(one_line, _told(act, effect))),
        page=f"/status/{act.treaty}/{act.participant}",
    )


def _told(act: Action, effect: EffectRow | None) -> Iterator[str]:
    if effect is not None and effect.effect_computed:
        yield f"It takes effect on {in_words(effect.effect_computed)}."
    elif effect is not None and effect.effect_between:
        yield f"It takes effect between {' and '.join(map(in_words, effect.effect_between))}."
    for step in effect.derivation if effect is not None else ():
        yield f"{step.text}{f' ({article_named(step.article)})' if step.article else ''}"
    if act.note:
        yield sentence(act.note)
    yield f"Source: {act.source}"
