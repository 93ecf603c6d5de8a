"""How a report is put in words for a person: what the text and the page have in common."""

from __future__ import annotations

from collections import Counter

from inforce.checking.model import Finding, Report
from inforce.dates import in_words
from inforce.reading.model import Attribution
from inforce.record.model import Record
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

#: Control and text-direction characters: a text could redraw the reader's screen with them.
_UNPRINTABLE = {
    code: "\N{REPLACEMENT CHARACTER}"
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(code) not in "\t\n"
}


def printable(text: str) -> str:
    """`text` with each control or text-direction character replaced, length unchanged."""
    return text.translate(_UNPRINTABLE)


def one_line(text: str) -> str:
    """`text` printable and on one line."""
    return " ".join(printable(text).split())


def shortened(text: str, width: int) -> str:
    """`text` on one line, cut at a word with an ellipsis where it is longer than `width`."""
    line = one_line(text)
    if len(line) <= width:
        return line
    return line[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


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


def reasons(finding: Finding) -> tuple[str, ...]:
    """What a person reads beside a verdict: the correction, else what decides it.

    A reported claim keeps every step, since they say what a treaty allows each state on that day.
    """
    if finding.correction:
        return (finding.correction,)
    texts = tuple(step.text for step in finding.because)
    return texts if finding.verdict is Verdict.REPORTED else texts[:1]


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
    """On which date the verdicts hold and why."""
    return f"Verdicts as of {in_words(report.as_of)} ({report.as_of_from})."


def coverage(report: Report, record: Record) -> list[str]:
    """How far the record reaches for each treaty that the claims name."""
    keys = dict.fromkeys(finding.claim.treaty for finding in report.findings if finding.claim.treaty)
    lines = []
    for key in keys:
        name, treaty = treaty_name(key, record), record.treaties.get(key)
        extent = f"record complete through {treaty.verified_through}" if treaty else "not in this record"
        lines.append(f"{name}: {extent}.")
    return lines


def treaty_name(key: str, record: Record) -> str:
    """The usual name of a treaty; its title, or its key, where the record has no more."""
    treaty = record.treaties.get(key) or record.other_treaties.get(key)
    return (treaty.names[0] if treaty.names else treaty.title) if treaty else key


def participant_name(key: str, record: Record) -> str:
    """The usual short name of a state or organisation."""
    participant = record.participants.get(key)
    return participant.name if participant else key
