"""How a report is put in words for a person: what the text and the page have in common."""

from __future__ import annotations

from collections import Counter

from inforce.checking.model import Finding, Report
from inforce.dates import in_words
from inforce.proposing.model import ModelPart, Rejected
from inforce.reading.model import Attribution
from inforce.record.model import Record
from inforce.reports.naming import one_line, treaty_name
from inforce.vocabulary import Verdict

#: The order in which verdicts are counted up: what needs a reader's eye first.
VERDICTS = (
    Verdict.CONTRADICTED,
    Verdict.IMPRECISE,
    Verdict.OUTDATED,
    Verdict.CONTESTED,
    Verdict.SUPPORTED,
    Verdict.UNRECORDED,
    Verdict.REPORTED,
)

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

#: What each verdict tells, in one line.
MEANING = {
    Verdict.SUPPORTED: "the record entails it",
    Verdict.CONTRADICTED: "the record entails the opposite",
    Verdict.IMPRECISE: "something close is so, and the difference matters in law",
    Verdict.OUTDATED: "it was so earlier and no longer is",
    Verdict.CONTESTED: "states hold different readings, and the record names them",
    Verdict.UNRECORDED: "the record does not cover it",
    Verdict.REPORTED: "entered under the name of whoever says so; no verdict is due",
}


def signed(verdict: Verdict) -> str:
    """The verdict behind its sign: "✓ supported"."""
    return f"{SIGNS[verdict]} {verdict}"


def counts(report: Report) -> list[tuple[Verdict, int]]:
    """How many claims have each verdict, without those that none has."""
    found = Counter(finding.verdict for finding in report.findings)
    return [(verdict, found[verdict]) for verdict in VERDICTS if found[verdict]]


def counts_in_words(report: Report) -> str:
    """12 claims: 1 contradicted, 11 supported."""
    if not report.findings:
        return "No statement about treaty law was found in this text."
    noun = "claim" if len(report.findings) == 1 else "claims"
    return f"{len(report.findings)} {noun}: " + ", ".join(f"{n} {verdict}" for verdict, n in counts(report))


#: Said of a claim that only a model found.
BY_MODEL = "found by the model"


def asked_of_model(part: ModelPart) -> str:
    """Who was asked, and what became of the proposals, in one sentence or two."""
    who = f"{one_line(part.name)} at {one_line(part.server)}"
    if not part.passages:
        return f"Nothing was sent to {who}."
    noun = "claim" if part.proposed == 1 else "claims"
    sums = (
        (part.agreed, "found by the reader too"),
        (part.repeated, "proposed twice"),
        (part.added, "added"),
        (len(part.rejected), "rejected"),
    )
    told = ", ".join(f"{count} {what}" for count, what in sums if count)
    without = f" The server took no {', '.join(part.without)}." if part.without else ""
    return f"{who} proposed {part.proposed} {noun}{f': {told}' if told else ''}.{without}"


def rejection(one: Rejected) -> str:
    """A rejected proposal and the reason."""
    quote = f" “{one_line(one.quote)}”" if one.quote else ""
    return f"Rejected{quote}{f' ({one_line(one.kind)})' if one.kind else ''}: {one_line(one.reason)}"


def reasons(finding: Finding) -> tuple[str, ...]:
    """What a person reads beside a verdict: the correction, else what decides it.

    A reported claim keeps every conclusion, since they say what the law holds for each state and day. A
    recorded act names only a source and a clause only an article; a conclusion names both, or rests on
    the steps before it and names neither.
    """
    if finding.correction:
        return (finding.correction,)
    if finding.verdict is Verdict.REPORTED:
        return tuple(step.text for step in finding.because if bool(step.article) is bool(step.source))
    return tuple(step.text for step in finding.because[:1])


def speaker(attribution: Attribution | None) -> str | None:
    """Who says so in the text: "Jane Doe, Minister (FIN)"."""
    if attribution is None:
        return None
    role = f", {attribution.role}" if attribution.role else ""
    state = f" ({attribution.of})" if attribution.of else ""
    return one_line(f"{attribution.speaker}{role}{state}")


def change_since(finding: Finding) -> str | None:
    """How the verdict differs if the same is said today."""
    if finding.verdict_today is finding.verdict:
        return None
    return f"said today it would be {finding.verdict_today}"


def dating(report: Report) -> str:
    """On which date the verdicts hold and why; and how to date a text that nothing dates."""
    words = f"Verdicts as of {in_words(report.as_of)} ({report.as_of_from})."
    document = report.document
    if document.published is None and document.published_from:
        words += f" {document.published_from[0].upper()}{document.published_from[1:]}."
    return words


def reading_notes(report: Report) -> list[str]:
    """What was left out in reading, or taken for something else, a sentence each."""
    return [f"Note: {one_line(note)}." for note in report.document.notes]


def coverage(report: Report, record: Record) -> list[str]:
    """How far the record reaches for each treaty that the claims name."""
    keys = dict.fromkeys(finding.claim.treaty for finding in report.findings if finding.claim.treaty)
    lines = []
    for key in keys:
        name, treaty = treaty_name(key, record), record.treaties.get(key)
        extent = f"record complete through {treaty.verified_through}" if treaty else "not in this record"
        lines.append(f"{name}: {extent}.")
    return lines
