"""A treaty for a person at a terminal: what the record says of it, without the table of its parties."""

from __future__ import annotations

from collections.abc import Sequence

from inforce.dates import in_words
from inforce.record.model import ContestedPoint, Record
from inforce.reports.layout import EMPTY, Line, Piece, columns, indented, paragraph
from inforce.reports.naming import article_named, one_line, participant_name
from inforce.reports.tables import COUNT_WORDS
from inforce.reports.treaty_answer import TreatyAnswer, particulars


def treaty_table(answer: TreatyAnswer, record: Record, *, width: int) -> list[Line]:
    """Names, clauses in plain words, obligations, coming deadlines, counts and contested points."""
    parts = (
        _head(answer, record, width),
        _clauses(answer, width),
        _rules(answer, width),
        _texts("What else binds one that left", answer.stays, width),
        _deadlines(answer, width),
        _counts(answer, width),
        _contested(answer.contested, record, width),
        _extent(answer, width),
    )
    return [line for part in parts for line in part][1:]


def _titled(title: str, lines: Sequence[Line], width: int) -> list[Line]:
    return [EMPTY, *paragraph(title, width, "bold"), *lines] if lines else []


def _texts(title: str, texts: Sequence[str], width: int) -> list[Line]:
    return _titled(title, [line for text in texts for line in _item(text, width)], width)


def _item(text: str, width: int) -> list[Line]:
    return columns([("-", one_line(text))], width, gap=1)


def _head(answer: TreatyAnswer, record: Record, width: int) -> list[Line]:
    told = particulars(answer.recorded, record)
    rows = [(name, one_line(value)) for name, value in told if name != "loose names"]
    return _titled(one_line(answer.name), columns(rows, width), width)


def _clauses(answer: TreatyAnswer, width: int) -> list[Line]:
    lines: list[Line] = []
    for clause in answer.clauses:
        article = f" ({article_named(clause.article)})" if clause.article else ""
        items = [line for text in clause.sentences for line in _item(text, width)]
        lines += [EMPTY, *paragraph(one_line(clause.heading + article), width, "bold"), *items]
    return lines


def _rules(answer: TreatyAnswer, width: int) -> list[Line]:
    rows = [
        (
            one_line(article_named(rule.article)),
            [
                Piece(one_line(rule.text)),
                *([Piece(one_line(" ".join(rule.details)), "dim")] if rule.details else []),
            ],
        )
        for rule in answer.rules
    ]
    return _titled("Obligations", columns(rows, width), width)


def _deadlines(answer: TreatyAnswer, width: int) -> list[Line]:
    rows = [
        (
            f"{one.between[0]}" if one.between[0] == one.between[1] else "/\n".join(map(str, one.between)),
            one_line(one.summary),
        )
        for one in answer.deadlines
    ]
    return _titled(f"Deadlines to come on {in_words(answer.on)}", columns(rows, width), width)


def _counts(answer: TreatyAnswer, width: int) -> list[Line]:
    rows = []
    for name, words in COUNT_WORDS.items():
        if name in answer.counts:
            least, most = answer.counts[name], answer.counts.get(f"{name}_max", answer.counts[name])
            rows.append((f"{least}" if least == most else f"{least} to {most}", words))
    lines = [
        *columns(rows, width, right=(0,)),
        *(line for note in answer.notes for line in paragraph(one_line(note), width)),
        *paragraph(f"inforce parties {answer.treaty} lists them.", width, "dim"),
    ]
    return _titled(f"Parties on {in_words(answer.on)}", lines, width)


def _contested(points: Sequence[ContestedPoint], record: Record, width: int) -> list[Line]:
    lines: list[Line] = []
    for point in points:
        who = ", ".join(participant_name(one, record) for one in point.concerned)
        lines += paragraph(one_line(f"{point.question}{f' ({who})' if who else ''}"), width)
        for reading in point.readings:
            basis = f" ({reading.basis})" if reading.basis else ""
            text = f"Reading {reading.id}, held by {reading.holder}{basis}: {reading.result}"
            lines += indented(paragraph(one_line(text), width - 2, "dim"), 2)
    return _titled("Contested points", lines, width)


def _extent(answer: TreatyAnswer, width: int) -> list[Line]:
    treaty = answer.recorded
    through = f"Record verified through {treaty.verified_through} by {treaty.verified_by}."
    texts = (through, *([answer.coverage] if answer.coverage else []))
    return [EMPTY, *(line for text in texts for line in paragraph(one_line(text), width, "dim"))]
