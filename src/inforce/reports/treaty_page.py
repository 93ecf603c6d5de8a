"""A treaty for a jurist: one page of Markdown, drawn from the record and from nothing else.

It is dated by the record's own `verified_through`: the same record gives the same page on any day.
`python -m inforce.reports.treaty_page DIR` writes all pages and their table of contents.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from inforce.dates import in_words
from inforce.law.derivation import listed
from inforce.law.model import Standing
from inforce.record import load
from inforce.record.cases import worked_examples
from inforce.record.model import ContestedPoint, Record, Treaty
from inforce.reports.naming import article_named, one_line, participant_name, sentence
from inforce.reports.tables import COUNT_WORDS, STATUS_WORDS
from inforce.reports.treaty_answer import RuleWords, TreatyAnswer, particulars, treaty_answer

_SPECIAL = re.compile(r"([\\`*\[\]<>|])")


def treaty_page(answer: TreatyAnswer, record: Record) -> str:
    """The whole page."""
    parts = [
        _head(answer, record),
        ("## Final clauses", *_clauses(answer)),
        ("## Obligations", *_rules(answer.rules)),
        ("## What else binds one that left", *_list(answer.stays)),
        ("## Deadlines", *_deadlines(answer)),
        ("## Parties", *_parties(answer, record)),
        ("## Counts to be met", *_assertions(answer)),
        ("## Published dates that differ", *_differences(answer, record)),
        ("## Contested points", *_contested(answer.contested, record)),
        ("## Worked examples", *_list(answer.examples)),
        ("## Sources", *_sources(answer.recorded)),
    ]
    return "\n".join(line for part in parts if len(part) > 1 for line in (*part, ""))


def contents_page(answers: Sequence[TreatyAnswer]) -> str:
    """The table of contents of all pages."""
    rows = [
        (
            f"[{escaped(answer.name)}]({answer.treaty}.md)",
            answer.treaty,
            _entered(answer.recorded),
            str(answer.counts["in_force"]),
            answer.recorded.verified_through,
        )
        for answer in answers
    ]
    head = (
        "# Treaties",
        "",
        "One page for each treaty of the record, generated from its data (`make treaties`): clauses in plain",
        "words, obligations, parties, contested points, worked examples.",
        "",
    )
    return "\n".join((*head, *_table(("treaty", "key", "in force since", "bound", "verified"), rows))) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def _list(texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        if number == 0:
            yield ""
        yield f"- {escaped(text)}"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table whose cells are Markdown already; nothing where there are no rows."""
    for number, row in enumerate(rows):
        if number == 0:
            yield f"| {' | '.join(headings)} |"
            yield f"|{' --- |' * len(headings)}"
        yield f"| {' | '.join(row)} |"


def _head(answer: TreatyAnswer, record: Record) -> tuple[str, ...]:
    treaty = answer.recorded
    through = f"Generated from the record (`treaties/{answer.treaty}`), verified through "
    return (
        f"# {escaped(answer.name)}",
        "",
        f"{through}{treaty.verified_through} by {escaped(treaty.verified_by)}.",
        *([] if treaty.complete else ["**The record is incomplete: actions may be missing.**"]),
        "",
        *_table(("", ""), ((name, escaped(value)) for name, value in particulars(treaty, record))),
    )


def _clauses(answer: TreatyAnswer) -> Iterator[str]:
    for clause in answer.clauses:
        article = f" ({escaped(article_named(clause.article))})" if clause.article else ""
        yield ""
        yield f"### {clause.heading}{article}"
        yield from _list(clause.sentences)
        if clause.sources:
            yield ""
            yield f"Source: {escaped('; '.join(clause.sources))}."


def _rules(rules: Sequence[RuleWords]) -> Iterator[str]:
    rows = (
        (
            escaped(article_named(rule.article)),
            escaped(sentence(rule.text)),
            escaped(" ".join(rule.details)),
            escaped("; ".join(rule.sources)),
            f"`{rule.id}`",
        )
        for rule in rules
    )
    yield from _spaced(_table(("article", "rule", "conditions and limits", "source", "id"), rows))


def _spaced(lines: Iterable[str]) -> Iterator[str]:
    """The lines after an empty one; nothing where there are none."""
    for number, line in enumerate(lines):
        if number == 0:
            yield ""
        yield line


def _deadlines(answer: TreatyAnswer) -> Iterator[str]:
    rows = ((_days(*due.between), escaped(due.summary), due.state) for due in answer.deadlines)
    lines = list(_table(("by", "what", "state"), rows))
    if lines:
        yield ""
        yield f"Still to come on {in_words(answer.on)}:"
    yield from _spaced(lines)


def _parties(answer: TreatyAnswer, record: Record) -> Iterator[str]:
    counts = (
        (_count(answer.counts, name), words) for name, words in COUNT_WORDS.items() if name in answer.counts
    )
    yield ""
    yield f"On {in_words(answer.on)}, as recorded:"
    yield from _spaced(_table(("number", "of"), counts))
    yield from _list(answer.notes)
    rows = sorted((_standing(one, record) for one in answer.participants), key=lambda row: row[0].casefold())
    yield from _spaced(_table(("participant", "status", "since", "until"), rows))


def _count(counts: dict[str, int], name: str) -> str:
    least, most = counts[name], counts.get(f"{name}_max")
    return f"{least} to {most}" if most is not None and most != least else str(least)


def _standing(one: Standing, record: Record) -> tuple[str, str, str, str]:
    statuses = (one.status,) if one.status is not None else one.possible
    return (
        escaped(participant_name(one.participant, record)),
        " or ".join(STATUS_WORDS[status] for status in statuses),
        _one_of(one.since, one.since_between),
        _one_of(one.until, one.until_between),
    )


def _one_of(day: dt.date | None, between: tuple[dt.date, dt.date] | None) -> str:
    return _days(*between) if between else str(day or "")


def _days(first: dt.date, last: dt.date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


def _assertions(answer: TreatyAnswer) -> Iterator[str]:
    rows = (
        (
            f"{one.on}",
            COUNT_WORDS[one.counted],
            str(one.asserted),
            f"{one.counts[0]}" if one.counts[0] == one.counts[1] else f"{one.counts[0]} to {one.counts[1]}",
            escaped(one.source),
        )
        for one in answer.assertions
    )
    yield from _spaced(_table(("on", "counted", "by the source", "by the record", "source"), rows))


def _differences(answer: TreatyAnswer, record: Record) -> Iterator[str]:
    rows = (
        (
            escaped(participant_name(one.participant, record)),
            one.action.value,
            one.date,
            f"{one.published}",
            escaped(" ".join(part for part in (sentence(one.because), one.source) if part)),
        )
        for one in answer.recorded.differences
    )
    yield from _spaced(
        _table(("participant", "action", "of", "published", "why the law gives another"), rows)
    )


def _contested(points: Sequence[ContestedPoint], record: Record) -> Iterator[str]:
    for point in points:
        who = listed(tuple(participant_name(one, record) for one in point.concerned or ("",)))
        yield ""
        yield f"### {escaped(point.question)}"
        about = (
            f"`{point.id}` ({point.kind.replace('-', ' ')})",
            f"concerns {escaped(who)}" if who else "",
            f"contested from {in_words(point.since)}" if point.since else "",
            f"until {in_words(point.until)}" if point.until else "",
            f"named beside the status from {in_words(point.noted_from)}" if point.noted_from else "",
        )
        yield ""
        yield f"{', '.join(part for part in about if part)}."
        yield from _list(_readings(point))


def _readings(point: ContestedPoint) -> Iterator[str]:
    for event in point.timeline:
        yield sentence(f"{event.date}: {event.event}")
    if point.depositary:
        yield sentence(f"depositary: {point.depositary}")
    for reading in point.readings:
        basis = f" ({reading.basis})" if reading.basis else ""
        bound = "; ".join(
            f"bound from {in_words(one.since)}"
            + (f" to {in_words(one.until)}, that day excluded" if one.until else "")
            for one in reading.bound
        )
        held = f"Reading {reading.id}, held by {reading.holder}{basis}: {reading.result}"
        yield sentence(f"{held}; {bound}" if bound else held)
    if point.under_all_readings:
        yield sentence(f"under all readings: {point.under_all_readings}")


def _sources(treaty: Treaty) -> Iterator[str]:
    yield from _list(f"{key}: {text}" for key, text in treaty.sources.items())


def _entered(treaty: Treaty) -> str:
    day = treaty.final_clauses.entry_into_force.initial.published_date
    return f"{day}" if day else "not published"


def pages(record: Record) -> dict[str, str]:
    """All pages by file name."""
    answers = [treaty_answer(record, key, worked_examples(key)) for key in sorted(record.treaties)]
    drawn = {f"{answer.treaty}.md": treaty_page(answer, record) for answer in answers}
    return {"README.md": contents_page(answers), **drawn}


def main(folder: str) -> None:
    """Write every page into `folder`, and remove those of treaties that the record no longer has."""
    drawn = pages(load())
    for path in Path(folder).glob("*.md"):
        if path.name not in drawn:
            path.unlink()
    for name, text in drawn.items():
        (Path(folder) / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
