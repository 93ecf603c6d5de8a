"""The report for a terminal: in order, within 80 columns, and safe to print."""

from __future__ import annotations

import msgspec
from made_reports import RECORD, Said, made_report

from inforce.reports.layout import printed
from inforce.reports.text import text_report
from inforce.vocabulary import Verdict

ARTICLE = "Finland joined in 2011. Poland left the Ottawa Convention."
CLAIMS = (
    Said("Finland joined in 2011", Verdict.IMPRECISE, "Finland acceded on 9 January 2012."),
    Said("Poland left the Ottawa Convention", Verdict.SUPPORTED),
)


def shown(text: str = ARTICLE, *said: Said, colour: bool = False) -> str:
    return printed(text_report(made_report(text, *said), RECORD, width=80), colour=colour)


def test_claims_stand_in_order_with_verdict_and_reason() -> None:
    verified = RECORD.treaties["apmbc"].verified_through
    assert shown(ARTICLE, *CLAIMS) == (
        "article.txt\n"
        "without a date\n"
        "\n"
        "1 imprecise “Finland joined in 2011”\n"
        "            Finland acceded on 9 January 2012.\n"
        "2 supported “Poland left the Ottawa Convention”\n"
        "            Finland deposited its instrument on 9 January 2012.\n"
        "\n"
        "2 claims: 1 imprecise, 1 supported\n"
        "Verdicts as of 10 July 2025 (date of publication). The text names no day of\n"
        "publication; say one with --published YYYY-MM-DD.\n"
        f"Anti-Personnel Mine Ban Convention: record complete through {verified}.\n"
    )


def test_a_verdict_that_differs_today_says_so() -> None:
    report = made_report(ARTICLE, CLAIMS[1])
    later = msgspec.structs.replace(report.findings[0], verdict_today=Verdict.OUTDATED)
    lines = text_report(msgspec.structs.replace(report, findings=(later,)), RECORD, width=80)
    assert "(said today it would be outdated)" in printed(lines, colour=False)


def test_an_article_cannot_redraw_the_terminal() -> None:
    hostile = "Finland \x1b[2J\x1b]0;title\x07 joined \u202e in 2011"
    text = shown(hostile, Said(hostile, Verdict.IMPRECISE, hostile))
    assert not any(c in text for c in "\x1b\x07\u202e")


def test_a_long_claim_is_shortened_at_a_word() -> None:
    long = "Finland joined the Ottawa Convention " * 10
    lines = shown(long, Said(long.strip(), Verdict.SUPPORTED)).splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert any(line.endswith("…”") for line in lines)


def test_a_text_without_a_claim_says_so() -> None:
    assert "No statement about treaty law was found in this text." in shown("Nothing here.")


def test_what_the_law_says_of_a_programme_is_told_once() -> None:
    text = "Lithuania plans mines. It wants more of them."
    said = (Said("Lithuania plans mines", Verdict.REPORTED), Said("It wants more", Verdict.REPORTED))
    lines = shown(text, *said)
    assert lines.count("Finland deposited its instrument") == 1
    assert "2 reported “It wants more”\n           (see also 1)\n" in lines
