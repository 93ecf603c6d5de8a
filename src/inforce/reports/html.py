"""A checked article as one HTML file: the claims marked in the text, each opening to its verdict.

No script and nothing from elsewhere: a Content-Security-Policy allows this file's own style sheet and
nothing more, and every text is escaped, so that an article cannot become markup.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib import resources

from inforce import __version__
from inforce.checking.model import Finding, Report
from inforce.dates import in_words
from inforce.law.model import Step
from inforce.reading.model import ClaimObject
from inforce.record.model import Record
from inforce.reports import wording
from inforce.reports.marking import Paragraph, Run, paragraphs
from inforce.reports.naming import article_named, one_line, participant_name, printable, treaty_name
from inforce.vocabulary import Verdict

#: Verdicts carry a sign besides their colour and their word.
SIGNS = {
    Verdict.SUPPORTED: "✓",
    Verdict.CONTRADICTED: "✗",
    Verdict.IMPRECISE: "≈",
    Verdict.OUTDATED: "↺",
    Verdict.CONTESTED: "⇄",
    Verdict.UNRECORDED: "?",
    Verdict.REPORTED: "”",
}

_COMPARED: dict[str | None, str] = {">": "over ", "<": "under ", "~": "about "}


def html_report(report: Report, record: Record) -> str:
    """The whole page as a string; write it as UTF-8."""
    style = resources.files("inforce.reports").joinpath("page.css").read_text("utf-8")
    title = one_line(report.document.title or report.document.source)
    parts = paragraphs(report.document.text, [finding.claim.span for finding in report.findings])
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{_text(report.document.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_text(title)} – checked by inforce</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            _header(report, title),
            '<article aria-label="The article, its claims marked">',
            *(_part(paragraph, report.findings, record) for paragraph in parts),
            "</article>",
            _footer(report, record),
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _text(text: str) -> str:
    return escape(printable(text), quote=True)


def _header(report: Report, title: str) -> str:
    document = report.document
    published = in_words(document.published) if document.published else "no date given"
    source = f"{one_line(document.source)} · " if document.title else ""
    source += f"{one_line(document.found_in)} · " if document.found_in else ""
    sums = "".join(
        f'<li class="{verdict}"><b>{count}</b> <span class="tag">{SIGNS[verdict]} {verdict}</span></li>'
        for verdict, count in wording.counts(report)
    )
    nothing = "" if sums else f'<p class="meta">{_text(wording.counts_in_words(report))}</p>'
    return (
        '<header>\n<p class="kicker">inforce check</p>\n'
        f"<h1>{_text(title)}</h1>\n"
        f'<p class="meta">{_text(source + published)}<br>{_text(wording.dating(report))}</p>\n'
        f'{nothing}<ul class="sums">{sums}</ul>\n</header>'
    )


def _part(paragraph: Paragraph, findings: tuple[Finding, ...], record: Record) -> str:
    text = "".join(_run(run, findings) for run in paragraph.runs)
    notes = "\n".join(_note(index, findings[index], record) for index in paragraph.claims)
    return f'<section class="part">\n<p>{text}</p>\n<div class="notes">{notes}</div>\n</section>'


def _run(run: Run, findings: tuple[Finding, ...]) -> str:
    text = _text(run.text)
    if run.covering:
        inner = min(run.covering, key=lambda index: len(findings[index].claim.span.text))
        # The number behind the words is the link for keyboard and screen reader; this one is for the hand.
        text = f'<a class="m {findings[inner].verdict}" href="#claim-{inner + 1}" tabindex="-1">{text}</a>'
    return text + "".join(_number(index, findings[index].verdict) for index in sorted(run.ending))


def _number(index: int, verdict: Verdict) -> str:
    return (
        f'<a class="n {verdict}" href="#claim-{index + 1}" aria-label="Claim {index + 1}: {verdict}">'
        f"{index + 1}{SIGNS[verdict]}</a>"
    )


def _note(index: int, finding: Finding, record: Record) -> str:
    speaker = wording.speaker(finding.claim.attribution)
    gist = f" {_text(one_line(finding.correction))}" if finding.correction else ""
    gist += f' <span class="by">says {_text(speaker)}</span>' if speaker else ""
    steps = "".join(f"<li>{_step(step)}</li>" for step in finding.because)
    change = wording.change_since(finding)
    return (
        f'<details class="{finding.verdict}"><summary><span class="tag">{index + 1} {SIGNS[finding.verdict]} '
        f"{finding.verdict}</span>{gist}</summary>\n"
        f'<div class="more" id="claim-{index + 1}">'
        f'<p class="again"><q>{_text(one_line(finding.claim.span.text))}</q></p>'
        f'<p class="again">{_text(wording.MEANING[finding.verdict].capitalize())}.</p>'
        + (f"<ol>{steps}</ol>" if steps else "")
        + (f"<p>{_text(change.capitalize())}.</p>" if change else "")
        + f"{_said(finding, record)}</div></details>"
    )


def _step(step: Step) -> str:
    where = [article_named(step.article) if step.article else "", step.source or ""]
    named = " · ".join(_text(part) for part in where if part)
    return _text(step.text) + (f' <span class="where">{named}</span>' if named else "")


def _said(finding: Finding, record: Record) -> str:
    """What the text says, field by field."""
    claim = finding.claim
    fields = (
        ("about", ", ".join(participant_name(key, record) for key in claim.subject)),
        ("treaty", treaty_name(claim.treaty, record) if claim.treaty else None),
        ("says", f"{claim.kind}{f': {claim.predicate}' if claim.predicate else ''}"),
        ("when", claim.when),
        *_amounts(claim.object, record),
        ("put as", f"{claim.modality}{', negated' if claim.negated else ''}"),
        ("said by", wording.speaker(claim.attribution)),
    )
    rows = "".join(f"<dt>{label}</dt><dd>{_text(value)}</dd>" for label, value in fields if value)
    return f"<dl>{rows}</dl>"


def _amounts(given: ClaimObject, record: Record) -> Iterator[tuple[str, str]]:
    if given.item:
        yield "item", ", ".join(record.items[key].label if key in record.items else key for key in given.item)
    if given.count is not None:
        yield "number", f"{_COMPARED.get(given.comparator, '')}{given.count:,}"
    if given.money is not None:
        sum_, currency = given.money.amount, given.money.currency or ""
        yield "sum", f"{_COMPARED.get(given.money.comparator, '')}{sum_:,.0f} {currency}"


def _footer(report: Report, record: Record) -> str:
    legend = "".join(
        f'<li class="{verdict}"><span class="tag">{SIGNS[verdict]} {verdict}</span> – {_text(meaning)}</li>'
        for verdict, meaning in wording.MEANING.items()
    )
    lines = (*wording.reading_notes(report), *wording.coverage(report, record))
    notes = "".join(f"<p>{_text(line)}</p>" for line in lines)
    return (
        f"<footer>\n<ul>{legend}</ul>\n{notes}\n"
        f"<p>inforce {_text(__version__)}, record {_text(record.hash[:12])}, "
        f"text {_text(report.document.sha256[:12])}. Programmes, stockpiles and statements are entered under "
        "the name of whoever says so.</p>\n</footer>"
    )
