"""The likely first source of a story: only what the articles themselves and their dates show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import re2

from inforce.checking.compare_model import ChangeField, ChangeSort, FirstSource, Ground, Row, SourceReason
from inforce.checking.model import Report

#: An outlet's name shorter than this is met by chance.
_SHORTEST_NAME = 4


def first_source(reports: Sequence[Report], rows: Sequence[Row]) -> FirstSource:
    """The article that the others most likely go back to, with the reasons that speak for it.

    In this order: others name its outlet; it was published before all others; it says whose word things
    are where the others do not. An article that another precedes is no first source whatever speaks for it.
    """
    for reason in (_named(reports), _earliest(reports), _attributing(reports, rows)):
        candidates = {article: ground for article, ground in reason if not _preceded(article, reports)}
        if len(candidates) == 1:
            (article,) = candidates
            every = (*_named(reports), *_earliest(reports), *_attributing(reports, rows))
            return FirstSource(article, tuple(ground for one, ground in every if one == article))
        if candidates:
            break
    return FirstSource(None)


Candidate = tuple[int, Ground]


def _preceded(article: int, reports: Sequence[Report]) -> bool:
    day = reports[article].document.published
    days = [report.document.published for report in reports]
    return day is not None and any(other is not None and other < day for other in days)


def _named(reports: Sequence[Report]) -> tuple[Candidate, ...]:
    """Articles whose outlet others name."""
    found = []
    for article, report in enumerate(reports):
        name = (report.document.outlet or "").removeprefix("The ").strip()
        if len(name) < _SHORTEST_NAME:
            continue
        asked = re2.compile(rf"(?:^|\W){re2.escape(name)}(?:\W|$)")
        naming = tuple(
            other
            for other, its in enumerate(reports)
            if its.document.outlet != report.document.outlet and asked.search(its.document.text)
        )
        if naming:
            found.append((article, Ground(SourceReason.NAMED, naming)))
    return tuple(found)


def _earliest(reports: Sequence[Report]) -> tuple[Candidate, ...]:
    """The article published before all others; none where one has no date, or two share the first."""
    days = [report.document.published for report in reports]
    known = [day for day in days if day is not None]
    if len(known) < len(days) or known.count(min(known)) > 1:
        return ()
    first = known.index(min(known))
    others = tuple(other for other in range(len(days)) if other != first)
    return ((first, Ground(SourceReason.DATE, others)),)


def _attributing(reports: Sequence[Report], rows: Sequence[Row]) -> tuple[Candidate, ...]:
    """Articles that say whose word a thing is where another tells it as nobody's."""
    lost: dict[int, dict[int, int]] = {}
    for keeping, losing in _attributions(rows):
        by = lost.setdefault(keeping, {})
        by[losing] = by.get(losing, 0) + 1
    return tuple(
        (article, Ground(SourceReason.ATTRIBUTION, tuple(sorted(by)), sum(by.values())))
        for article, by in sorted(lost.items())
    )


def _attributions(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    seen: set[tuple[tuple[str, ...], int]] = set()
    for row in rows:
        for change in row.changes:
            if change.field is not ChangeField.ATTRIBUTION or change.sort is ChangeSort.CHANGED:
                continue
            lost = change.sort is ChangeSort.LOST
            pair = (change.base, change.other) if lost else (change.other, change.base)
            keeping = row.tellings[pair[0]]
            key = (() if keeping is None else (str(pair[0]), *keeping.claims), pair[1])
            if key not in seen:
                seen.add(key)
                yield pair
