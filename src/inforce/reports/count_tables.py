"""Answers on numbers of parties as text for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from inforce.dates import in_words
from inforce.law.count_model import CountAnswer, CountFinding, CountStretch, NearCount
from inforce.law.model import Step
from inforce.record.model import Record
from inforce.reports.layout import EMPTY, Line, Piece, columns, indented, paragraph
from inforce.reports.naming import treaty_name


def count_table(answer: CountAnswer, record: Record, *, why: bool, width: int) -> list[Line]:
    """Under which conventions and when a number was right, or the nearest right statements.

    With `why`, also the acts that brought the count to the number and away from it.
    """
    name = treaty_name(answer.treaty, record)
    return [
        *paragraph(f"{answer.number} and the {name}{_asked(answer)}", width, "bold"),
        *paragraph(_verdict(answer), width),
        *_findings(answer.findings, width, why=why),
        *_near("Nearest numbers on these days", answer.nearest_numbers, width, unit="off"),
        *_near(f"Nearest days with {answer.number}", answer.nearest_dates, width, unit="days away"),
        *(line for note in answer.notes for line in (EMPTY, *paragraph(note, width))),
        EMPTY,
        *paragraph(answer.coverage or f"Record complete through {answer.verified_through}.", width, "dim"),
    ]


def _asked(answer: CountAnswer) -> str:
    first, last = answer.first, answer.last
    if first is not None and first == last:
        return f", on {in_words(first)}"
    since = f", from {in_words(first)}" if first else ""
    return since + (f"{'' if since else ','} to {in_words(last)}" if last else "")


def _verdict(answer: CountAnswer) -> str:
    one_day = answer.first is not None and answer.first == answer.last
    all_days = answer.first is None and answer.last is None
    when = "on that day" if one_day else "on some days" if all_days else "on some of these days"
    if answer.right:
        return f"Right {when}, by these ways of counting:"
    if answer.right is None:
        return f"It may be right {when}: the record leaves it open."
    return f"Not right {'on any day' if all_days else 'then'}, by any way of counting."


def _findings(findings: Sequence[CountFinding], width: int, *, why: bool) -> list[Line]:
    rows = [(finding.label, _stretch(stretch)) for finding in findings for stretch in finding.stretches]
    if not rows:
        return []
    meanings = [
        (finding.label, [Piece(f"counts {finding.says}"), Piece(f"so count {finding.by}", "dim")])
        for finding in findings
    ]
    return [
        EMPTY,
        *columns(rows, width),
        *([EMPTY, *_turns(findings, width)] if why else []),
        EMPTY,
        *paragraph("What is counted", width, "bold"),
        *columns(meanings, width),
    ]


def _stretch(stretch: CountStretch) -> list[Piece]:
    days = _days(stretch.since, stretch.until)
    if stretch.right:
        return [Piece(days)]
    return [
        Piece(f"{days}, open: {stretch.least} to {stretch.most}"),
        *(Piece(reason, "dim") for reason in stretch.because),
    ]


def _turns(findings: Sequence[CountFinding], width: int) -> list[Line]:
    """What began and ended each stretch; ways of counting that share their days share the lines."""
    labels: dict[tuple[CountStretch, str], list[str]] = {}
    for finding in findings:
        for stretch in finding.stretches:
            labels.setdefault((stretch, _days(stretch.since, stretch.until)), []).append(finding.label)
    lines: list[Line] = []
    for (stretch, days), alike in labels.items():
        lines += paragraph(f"{', '.join(alike)}: {days}", width, "bold")
        lines += _steps("begins", stretch.begun_by, width) + _steps("ends", stretch.ended_by, width)
    return lines


def _steps(what: str, steps: Iterable[Step], width: int) -> list[Line]:
    rows = [
        (
            what if at == 0 else " " * len(what),
            [Piece(one.text), *([Piece(one.source, "dim")] if one.source else [])],
        )
        for at, one in enumerate(steps)
    ]
    return indented(columns(rows, width - 2), 2)


def _near(heading: str, near: Sequence[NearCount], width: int, *, unit: str) -> list[Line]:
    if not near:
        return []
    rows = [
        (
            str(one.least) if one.least == one.most else f"{one.least} to {one.most}",
            one.label,
            _days(one.since, one.until),
            f"{one.away} {unit if one.away != 1 else unit.replace('days', 'day')}",
        )
        for one in near
    ]
    return [EMPTY, *paragraph(heading, width, "bold"), *columns(rows, width, right=(0,))]


def _days(since: date | None, until: date | None) -> str:
    """The days of a stretch, both included."""
    if since is None and until is None:
        return "always"
    if since is None and until is not None:
        return f"to {until - timedelta(days=1)}"
    if until is None:
        return f"from {since}"
    last = until - timedelta(days=1)
    return f"on {since}" if since == last else f"from {since} to {last}"
