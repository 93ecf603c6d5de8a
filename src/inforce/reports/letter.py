"""A short, polite request for correction, drafted from a checked article for a person to read and sign."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from inforce import __version__
from inforce.checking.compare_model import OFF
from inforce.checking.model import Finding, Report
from inforce.checking.wording import listed
from inforce.dates import in_words
from inforce.reading.model import Span
from inforce.reading.tokens import split_sentences, tokenize
from inforce.record.model import Record
from inforce.reports import wording
from inforce.reports.naming import article_named, one_line
from inforce.vocabulary import Verdict

_WIDTH = 72

#: What a finding says of the article's sentence, before the sentence on what is so.
_LEAD = {
    Verdict.CONTRADICTED: "The record says otherwise:",
    Verdict.IMPRECISE: "Something close to this is so, and the difference matters in law. Exactly:",
    Verdict.OUTDATED: "This was so earlier and no longer is:",
}

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def letter(report: Report, record: Record) -> str | None:
    """The draft as plain text in lines of 72 columns; None where there is nothing to correct.

    It asks about what is contradicted, imprecise or outdated. What is contested or unrecorded is mentioned
    as such, and no change of it is asked for.
    """
    wrong = [finding for finding in report.findings if finding.verdict in OFF]
    if not wrong:
        return None
    blocks = [
        *_opening(report, len(wrong)),
        *(
            block
            for number, finding in enumerate(wrong, 1)
            for block in _point(number, finding, _sentence(report.document.text, finding.claim.span))
        ),
        *_mentions(report.findings),
        *_closing(report, record),
    ]
    return "\n\n".join(blocks) + "\n"


def nothing_to_correct(report: Report) -> str:
    """One line that says so."""
    title = one_line(report.document.title or report.document.source)
    return f"{title}: nothing to correct; no letter."


def _opening(report: Report, points: int) -> Iterator[str]:
    document = report.document
    outlet = f" of {one_line(document.outlet)}" if document.outlet else ""
    title = f"“{one_line(document.title)}”" if document.title else "your article"
    day = f" of {in_words(document.published)}" if document.published else ""
    yield _wrapped(f"To the editors{outlet}")
    yield _wrapped(f"Request for correction: {title}{day}")
    yield "Dear editors,"
    number = _NUMBERS[points] if points < len(_NUMBERS) else str(points)
    things = "one statement about treaty law" if points == 1 else f"{number} statements about treaty law"
    differ = "differs" if points == 1 else "differ"
    where = f" ({document.url})" if document.url else ""
    yield _wrapped(
        f"We have read {title}{day}{where} with interest. In it {things} {differ} from what the depositaries "
        f"and the treaties themselves record, as of {in_words(report.as_of)}. May we ask you to consider a "
        "correction?"
    )


def _sentence(text: str, span: Span) -> str:
    """The sentence, or the few, in which a claim stands."""
    tokens = tokenize(text)
    bounds = ((tokens[one.first].start, tokens[one.last - 1].end) for one in split_sentences(text, tokens))
    around = [(start, end) for start, end in bounds if start < span.end and end > span.start]
    return one_line(text[around[0][0] : around[-1][1]]) if around else one_line(span.text)


def _point(number: int, finding: Finding, sentence: str) -> Iterator[str]:
    speaker = wording.speaker(finding.claim.attribution)
    said = f"The article, giving the word of {speaker}, says:" if speaker else "The article says:"
    yield "\n".join(
        (
            _wrapped(f"{number}. {said}", after="   "),
            _wrapped(f"“{sentence}”", "   ", "   "),
        )
    )
    right = one_line(finding.correction or " ".join(wording.reasons(finding)))
    lines = [_wrapped(_LEAD[finding.verdict], "   ", "   "), _wrapped(right, "   ", "   ")]
    sources = sources_of(finding)
    if sources:
        lines.append(_wrapped(f"Sources: {'; '.join(sources)}.", "   ", "   "))
    yield "\n".join(lines)


def sources_of(finding: Finding) -> tuple[str, ...]:
    """The articles and publications that a finding's reasons rest on, each once."""
    named = (
        ", ".join(part for part in (step.article and article_named(step.article), step.source) if part)
        for step in finding.because
    )
    return tuple(dict.fromkeys(one_line(source) for source in named if source))


def _mentions(findings: Sequence[Finding]) -> Iterator[str]:
    """What is contested or not recorded, named as such."""
    for verdict, lead in (
        (Verdict.CONTESTED, "We ask for no change of what states themselves read differently:"),
        (Verdict.UNRECORDED, "Our record does not cover, and so says nothing against:"),
    ):
        quotes = dict.fromkeys(
            one_line(finding.claim.span.text) for finding in findings if finding.verdict is verdict
        )
        if quotes:
            lines = [_wrapped(lead), *(_wrapped(f"“{quote}”", " - ", "   ") for quote in quotes)]
            yield "\n".join(lines)


def _closing(report: Report, record: Record) -> Iterator[str]:
    extent = wording.coverage(report, record)
    yield _wrapped("We will gladly send the derivation of each point, and would be grateful for a reply.")
    yield "With kind regards,\n[name, organisation, address]"
    sent = listed([line.rstrip(".") for line in extent])
    yield _wrapped(
        f"Drafted with inforce {__version__}, record {record.hash[:12]}" + (f"; {sent}." if sent else ".")
    )


def _wrapped(text: str, first: str = "", after: str = "") -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=after, break_on_hyphens=False)
