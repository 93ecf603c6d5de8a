"""A checked article for a person at a terminal: its claims in order, and a summary."""

from __future__ import annotations

from inforce.checking.model import Finding, Report
from inforce.dates import in_words
from inforce.proposing.model import ModelPart
from inforce.record.model import Record
from inforce.reports import wording
from inforce.reports.layout import EMPTY, Line, Piece, columns, paragraph
from inforce.reports.naming import one_line, shortened
from inforce.vocabulary import FoundBy, Verdict

STYLES = {
    Verdict.SUPPORTED: "green",
    Verdict.CONTRADICTED: "bold red",
    Verdict.IMPRECISE: "bold yellow",
    Verdict.OUTDATED: "bold magenta",
    Verdict.CONTESTED: "bold cyan",
    Verdict.UNRECORDED: "dim",
    Verdict.REPORTED: "blue",
}

#: A claim's words are shown up to about two lines of an 80-column terminal.
_CLAIM_WIDTH = 116


def text_report(report: Report, record: Record, *, width: int) -> list[Line]:
    """The whole report as lines of at most `width` columns."""
    told: dict[str, int] = {}
    claims = [_row(number, finding, told) for number, finding in enumerate(report.findings, 1)]
    return [
        *_heading(report, width),
        EMPTY,
        *columns(claims, width, gap=1, right=(0,)),
        *([EMPTY] if claims else []),
        *_summary(report, record, width),
    ]


def _heading(report: Report, width: int) -> list[Line]:
    document = report.document
    published = f"published {in_words(document.published)}" if document.published else "without a date"
    source = f"{one_line(document.source)}, " if document.title else ""
    if document.found_in:
        source += f"{one_line(document.found_in)}, "
    title = one_line(document.title or document.source)
    return [*paragraph(title, width, "bold"), *paragraph(source + published, width, "dim")]


def _row(number: int, finding: Finding, told: dict[str, int]) -> tuple[str, list[Piece], list[Piece]]:
    verdict = [Piece(str(finding.verdict), STYLES[finding.verdict])]
    return str(number), verdict, _claim(number, finding, told)


def _claim(number: int, finding: Finding, told: dict[str, int]) -> list[Piece]:
    speaker = wording.speaker(finding.claim.attribution)
    change = wording.change_since(finding)
    style = "" if finding.correction else "dim"
    return [
        Piece(f"“{shortened(finding.claim.span.text, _CLAIM_WIDTH)}”", "italic"),
        *([Piece(f"– says {speaker}", "dim")] if speaker else []),
        *([Piece(f"({wording.BY_MODEL})", "dim")] if finding.claim.found_by is FoundBy.MODEL else []),
        *(Piece(reason, style) for reason in _reasons(number, finding, told)),
        *([Piece(f"({change})", "dim")] if change else []),
    ]


def _reasons(number: int, finding: Finding, told: dict[str, int]) -> list[str]:
    """The reasons; of a reported claim, those told under an earlier claim only by its number."""
    reasons = [one_line(reason) for reason in wording.reasons(finding)]
    if finding.verdict is not Verdict.REPORTED:
        return reasons
    before = sorted({told[reason] for reason in reasons if reason in told})
    new = [reason for reason in reasons if told.setdefault(reason, number) == number]
    return [*new, f"(see also {' and '.join(map(str, before))})"] if before else new


def _summary(report: Report, record: Record, width: int) -> list[Line]:
    notes = (wording.dating(report), *wording.reading_notes(report), *wording.coverage(report, record))
    return [
        *paragraph(wording.counts_in_words(report), width, "bold"),
        *(line for note in notes for line in paragraph(note, width, "dim")),
        *([] if report.model is None else _model_part(report.model, width)),
    ]


def _model_part(part: ModelPart, width: int) -> list[Line]:
    """What became of a model's proposals: every one that was rejected, and every trouble."""
    return [
        EMPTY,
        *paragraph(wording.asked_of_model(part), width, "bold"),
        *(line for one in part.rejected for line in paragraph(wording.rejection(one), width, "dim")),
        *(line for trouble in part.troubles for line in paragraph(f"Trouble: {one_line(trouble)}", width)),
    ]
