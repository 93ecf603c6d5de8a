"""Several checked articles on one story: who says what, what changes, and who was likely first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from inforce.checking.compare_align import Group, Subject, aligned
from inforce.checking.compare_changes import changes, is_further, rung, stage_change
from inforce.checking.compare_model import (
    Change,
    ChangeField,
    ChangeSort,
    Matter,
    Row,
    Stage,
    StoryComparison,
    Telling,
)
from inforce.checking.compare_source import first_source
from inforce.checking.model import Report
from inforce.record.model import Item, Record
from inforce.vocabulary import Modality

_COURSES = (Matter.LEAVING, Matter.JOINING)


def compare(reports: Sequence[Report], record: Record) -> StoryComparison:
    """Compare checked articles; needs at least two to find a change.

    They are put in the order of their days of publication, the likely first source first of its day, the
    undated last, else as given. Every claim stands in a row. The same article twice makes no change, and
    the order in which articles of different days are given makes none either.
    """
    ordered = sorted(reports, key=lambda report: report.document.published or date.max)
    found = _compared(ordered, record)
    first = found.first_source.article
    if not first:
        return found
    # Others of its day were given before it; what they change is told as changed from it.
    ordered.insert(0, ordered.pop(first))
    return _compared(ordered, record)


def _compared(ordered: Sequence[Report], record: Record) -> StoryComparison:
    groups = list(aligned(ordered, record.items))
    rows = _rows(groups, ordered, record.items)
    return StoryComparison(
        reports=tuple(ordered),
        rows=rows,
        stages=_stages(groups, len(ordered)),
        first_source=first_source(ordered, rows),
        same_text=_same_text(ordered),
    )


def _rows(
    groups: Sequence[tuple[Subject, Group]], reports: Sequence[Report], items: dict[str, Item]
) -> tuple[Row, ...]:
    """Rows in the order in which the first article that tells them does; states told alike share one."""
    place = {
        (number, finding.claim.id): at
        for number, report in enumerate(reports)
        for at, finding in enumerate(report.findings)
    }
    rows: dict[tuple[object, ...], Row] = {}
    for subject, group in groups:
        row = _row(subject, group, len(reports), items)
        told = tuple(one and one.claims for one in row.tellings)
        key = (row.matter, row.treaty, told, row.changes)
        if key in rows:
            row = msgspec.structs.replace(rows[key], subject=(*rows[key].subject, *row.subject))
        rows[key] = row
    return tuple(sorted(rows.values(), key=lambda row: _first_place(row, place)))


def _first_place(row: Row, place: dict[tuple[int, str], int]) -> tuple[int, int]:
    first = next(one for one in row.tellings if one is not None)
    return first.article, place[first.article, first.claims[0]]


def _row(subject: Subject, group: Group, articles: int, items: dict[str, Item]) -> Row:
    base = group[min(group)]
    return Row(
        matter=subject.matter,
        subject=() if subject.state is None else (subject.state,),
        treaty=subject.treaty,
        tellings=tuple(group.get(article) for article in range(articles)),
        changes=tuple(
            change
            for article in sorted(group)
            if article != base.article
            for change in changes(subject.matter, base, group[article], items)
        ),
    )


def _stages(groups: Sequence[tuple[Subject, Group]], articles: int) -> tuple[Stage, ...]:
    """How far each article says that each state has come towards each treaty, where they differ."""
    told: dict[Subject, dict[int, Telling]] = defaultdict(dict)
    for subject, group in groups:
        if subject.matter not in _COURSES or subject.state is None:
            continue
        for one in group.values():
            if not _is_done(one):
                continue
            old = told[subject].setdefault(one.article, one)
            if is_further(subject.matter, one.predicate, old.predicate):
                told[subject][one.article] = one
    found: dict[tuple[object, ...], Stage] = {}
    for subject, by_article in told.items():
        stage = Stage(
            matter=subject.matter,
            subject=(subject.state or "",),
            treaty=subject.treaty,
            furthest=tuple(by_article[at].predicate if at in by_article else None for at in range(articles)),
            changes=tuple(_stage_changes(subject.matter, by_article)),
        )
        if any(change.weighty for change in stage.changes):
            key = (stage.matter, stage.treaty, stage.furthest)
            before = found[key].subject if key in found else ()
            found[key] = msgspec.structs.replace(stage, subject=(*before, *stage.subject))
    return tuple(found.values())


def _is_done(one: Telling) -> bool:
    return one.modality is Modality.DONE and not one.negated and one.predicate is not None


def _stage_changes(matter: Matter, by_article: dict[int, Telling]) -> Iterator[Change]:
    first, *others = sorted(by_article)
    before = by_article[first].predicate
    for article in others:
        after = by_article[article].predicate
        sort = stage_change(matter, before, after)
        aside = rung(matter, before) is None or rung(matter, after) is None
        if before != after and (sort is not ChangeSort.CHANGED or aside):
            yield Change(ChangeField.ACT, sort, first, article, before, after)


def _same_text(reports: Sequence[Report]) -> tuple[tuple[int, ...], ...]:
    """Articles whose main text is the same but for blanks."""
    texts: dict[str, list[int]] = defaultdict(list)
    for article, report in enumerate(reports):
        texts[" ".join(report.document.text.split())].append(article)
    return tuple(tuple(articles) for articles in texts.values() if len(articles) > 1)
