"""A checked article as one HTML file: the claims marked in the text, each opening to its verdict."""

from __future__ import annotations

from collections.abc import Iterator

from inforce import __version__
from inforce.checking.model import Finding, Report
from inforce.dates import in_words
from inforce.law.model import Step
from inforce.proposing.model import ModelPart
from inforce.reading.model import ClaimObject
from inforce.record.model import Record
from inforce.reports import wording
from inforce.reports.marking import Paragraph, Run, paragraphs
from inforce.reports.naming import article_named, one_line, participant_name, treaty_name
from inforce.reports.page import legend, page, text
from inforce.vocabulary import FoundBy, Verdict

_COMPARED: dict[str | None, str] = {">": "over ", "<": "under ", "~": "about "}


def html_report(report: Report, record: Record) -> str:
    """The whole page as a string; write it as UTF-8."""
    return page(
        f"{title_of(report)} – checked by inforce",
        (header(report, "inforce check"), article(report, record), footer(report, record)),
        language=report.document.language,
    )


def title_of(report: Report) -> str:
    """The article's title, or its source where it has none."""
    return one_line(report.document.title or report.document.source)


def article(report: Report, record: Record) -> str:
    """The article, its claims marked, each with a note that opens to its verdict and why."""
    parts = paragraphs(report.document.text, [finding.claim.span for finding in report.findings])
    return "\n".join(
        (
            f'<article lang="{text(report.document.language)}" aria-label="The article, its claims marked">',
            *(_part(paragraph, report.findings, record) for paragraph in parts),
            "</article>",
        )
    )


def header(report: Report, kicker: str) -> str:
    """What was checked, as of which day, and the verdicts counted up."""
    document = report.document
    published = in_words(document.published) if document.published else "no date given"
    source = f"{one_line(document.source)} · " if document.title else ""
    source += f"{one_line(document.found_in)} · " if document.found_in else ""
    return (
        '<header>\n<p class="kicker">'
        f"{text(kicker)}</p>\n<h1>{text(title_of(report))}</h1>\n"
        f'<p class="meta">{text(source + published)}<br>{text(wording.dating(report))}</p>\n'
        f"{sums(report)}\n</header>"
    )


def sums(report: Report) -> str:
    """How many claims have each verdict."""
    if not report.findings:
        return f'<p class="meta">{text(wording.counts_in_words(report))}</p>'
    rows = "".join(
        f'<li class="{verdict}"><b>{count}</b> <span class="tag">{wording.signed(verdict)}</span></li>'
        for verdict, count in wording.counts(report)
    )
    return f'<ul class="sums">{rows}</ul>'


def _part(paragraph: Paragraph, findings: tuple[Finding, ...], record: Record) -> str:
    words = "".join(_run(run, findings) for run in paragraph.runs)
    notes = "\n".join(_note(index, findings[index], record) for index in paragraph.claims)
    return f'<section class="part">\n<p>{words}</p>\n<div class="notes">{notes}</div>\n</section>'


def _run(run: Run, findings: tuple[Finding, ...]) -> str:
    words = text(run.text)
    if run.covering:
        inner = min(run.covering, key=lambda index: len(findings[index].claim.span.text))
        # The number behind the words is the link for keyboard and screen reader; this one is for the hand.
        words = f'<a class="m {findings[inner].verdict}" href="#claim-{inner + 1}" tabindex="-1">{words}</a>'
    return words + "".join(_number(index, findings[index].verdict) for index in sorted(run.ending))


def _number(index: int, verdict: Verdict) -> str:
    return (
        f'<a class="n {verdict}" href="#claim-{index + 1}" aria-label="Claim {index + 1}: {verdict}">'
        f"{index + 1}{wording.SIGNS[verdict]}</a>"
    )


def _note(index: int, finding: Finding, record: Record) -> str:
    speaker = wording.speaker(finding.claim.attribution)
    gist = f" {text(one_line(finding.correction))}" if finding.correction else ""
    gist += f' <span class="by">says {text(speaker)}</span>' if speaker else ""
    gist += f' <span class="by">{wording.BY_MODEL}</span>' if finding.claim.found_by is FoundBy.MODEL else ""
    steps = "".join(f"<li>{_step(step)}</li>" for step in finding.because)
    change = wording.change_since(finding)
    return (
        f'<details class="{finding.verdict}"><summary><span class="tag">{index + 1} '
        f"{wording.signed(finding.verdict)}</span>{gist}</summary>\n"
        f'<div class="more" id="claim-{index + 1}">'
        f'<p class="again"><q>{text(one_line(finding.claim.span.text))}</q></p>'
        f'<p class="again">{text(wording.MEANING[finding.verdict].capitalize())}.</p>'
        + (f"<ol>{steps}</ol>" if steps else "")
        + (f"<p>{text(change.capitalize())}.</p>" if change else "")
        + f"{_said(finding, record)}</div></details>"
    )


def _step(step: Step) -> str:
    where = [article_named(step.article) if step.article else "", step.source or ""]
    named = " · ".join(text(part) for part in where if part)
    return text(step.text) + (f' <span class="where">{named}</span>' if named else "")


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
        ("found by", "the model" if claim.found_by is FoundBy.MODEL else None),
    )
    rows = "".join(f"<dt>{label}</dt><dd>{text(value)}</dd>" for label, value in fields if value)
    return f"<dl>{rows}</dl>"


def _amounts(given: ClaimObject, record: Record) -> Iterator[tuple[str, str]]:
    if given.item:
        yield "item", ", ".join(record.items[key].label if key in record.items else key for key in given.item)
    if given.count is not None:
        yield "number", f"{_COMPARED.get(given.comparator, '')}{given.count:,}"
    if given.money is not None:
        sum_, currency = given.money.amount, given.money.currency or ""
        yield "sum", f"{_COMPARED.get(given.money.comparator, '')}{sum_:,.0f} {currency}"


def _model_part(part: ModelPart | None) -> str:
    """What became of a model's proposals, where one was asked."""
    if part is None:
        return ""
    lines = [wording.rejection(one) for one in part.rejected]
    lines += [f"Trouble: {one_line(trouble)}" for trouble in part.troubles]
    rows = "".join(f"<p>{text(line)}</p>" for line in lines)
    return f"<p><b>{text(wording.asked_of_model(part))}</b></p>{rows}\n"


def footer(report: Report, record: Record) -> str:
    """What the verdicts mean, what was left out in reading, how far the record reaches."""
    lines = (*wording.reading_notes(report), *wording.coverage(report, record))
    notes = "".join(f"<p>{text(line)}</p>" for line in lines)
    return (
        f"<footer>\n<ul>{legend()}</ul>\n{notes}\n{_model_part(report.model)}"
        f"<p>inforce {text(__version__)}, record {text(record.hash[:12])}, "
        f"text {text(report.document.sha256[:12])}. Programmes, stockpiles and statements are entered under "
        "the name of whoever says so.</p>\n</footer>"
    )
