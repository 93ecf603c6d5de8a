"""A checked article for a person at a terminal: its claims in order, and a summary."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from inforce.checking.model import Finding, Report
from inforce.dates import in_words
from inforce.record.model import Record
from inforce.reports import wording
from inforce.vocabulary import Verdict

STYLES = {
    Verdict.SUPPORTED: "green",
    Verdict.CONTRADICTED: "bold red",
    Verdict.IMPRECISE: "bold yellow",
    Verdict.OUTDATED: "magenta",
    Verdict.CONTESTED: "bold cyan",
    Verdict.UNRECORDED: "dim",
    Verdict.REPORTED: "blue",
}

#: A claim's words are shown up to two lines of an 80-column terminal.
_CLAIM_WIDTH = 116


def text_report(report: Report, record: Record) -> RenderableType:
    """The whole report, to be printed by a rich console of any width."""
    return Group(*_heading(report), _claims(report), *_summary(report, record))


def _heading(report: Report) -> Iterator[RenderableType]:
    document = report.document
    title = wording.one_line(document.title or document.source)
    published = f"published {in_words(document.published)}" if document.published else "without a date"
    yield Text(title, style="bold")
    source = f"{wording.one_line(document.source)}, " if document.title else ""
    yield Text(source + published, style="dim")
    yield Text()


def _claims(report: Report) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for number, finding in enumerate(report.findings, 1):
        verdict = Text(str(finding.verdict), style=STYLES[finding.verdict])
        table.add_row(str(number), verdict, _claim(finding))
    return table


def _claim(finding: Finding) -> Text:
    text = Text(f"“{wording.shortened(finding.claim.span.text, _CLAIM_WIDTH)}”", style="italic")
    speaker = wording.speaker(finding.claim.attribution)
    if speaker:
        text.append(f" – says {speaker}", style="not italic dim")
    style = "not italic" if finding.correction else "not italic dim"
    for reason in wording.reasons(finding):
        text.append("\n" + wording.one_line(reason), style=style)
    change = wording.change_since(finding)
    if change:
        text.append(f"\n({change})", style="not italic dim")
    return text


def _summary(report: Report, record: Record) -> Iterator[RenderableType]:
    yield Text()
    yield Text(wording.counts_in_words(report), style="bold")
    for line in (wording.dating(report), *wording.coverage(report, record)):
        yield Text(line, style="dim")
