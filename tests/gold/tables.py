"""The figures of an evaluation as tables of at most 80 columns, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

import msgspec
from agreement import FIELDS
from floors import GUARDED, Evaluation, common
from score import HALVES, NOT_FOUND, NOT_IN_GOLD, Outcome, Tally, falsely_contradicted

from inforce.vocabulary import Verdict

#: Columns of the table of verdicts.
SHORT = {
    Verdict.SUPPORTED: "support",
    Verdict.CONTRADICTED: "contrad",
    Verdict.IMPRECISE: "imprec",
    Verdict.OUTDATED: "outdate",
    Verdict.CONTESTED: "contest",
    Verdict.UNRECORDED: "unrec",
    Verdict.REPORTED: "report",
    NOT_FOUND: "missed",
}


class Alarm(msgspec.Struct, frozen=True):
    """An answer that contradicts where gold does not; its words only where they may be looked at."""

    article: str
    half: str
    words: str | None


def false_alarms(outcomes: Sequence[Outcome]) -> list[Alarm]:
    """Every false `contradicted`, gold that is optional and answers beside gold included."""
    return [
        Alarm(
            each.article.name, each.article.half, claim.span.text if each.article.half == HALVES[0] else None
        )
        for each in outcomes
        for claim in falsely_contradicted(each)
    ]


def change(now: Tally | None, then: Tally | None, figure: str = "f1") -> str:
    """By how much a figure changed; nothing where it did not or there is nothing to compare with."""
    if now is None or then is None:
        return ""
    difference = now.figures()[figure] - then.figures()[figure]
    return f"{difference:+.3f}" if round(difference, 3) else ""


# Text


def lines(now: Evaluation, then: Evaluation | None, alarms: Sequence[Alarm]) -> Iterator[str]:
    """All tables."""
    same = common(now, then) if then else []
    yield from _heading(now, then, same)
    yield from _halves(now, then, same)
    comparable = then if then and then.corpus == now.corpus else None
    yield from _kinds(now, comparable)
    yield from _verdicts(now, comparable)
    yield from _alarms(alarms)
    yield from _articles(now, then, same)


def _heading(now: Evaluation, then: Evaluation | None, same: Sequence[str]) -> Iterator[str]:
    whole = now.total()
    yield f"{len(now.articles)} articles, {whole.gold} claims that count, corpus {now.corpus[:12]}"
    if then is None:
        yield "No figures are pinned for these articles (--pin does)."
    elif then.corpus == now.corpus:
        yield f"Changes are since the figures pinned with {then.version}."
    else:
        yield f"The articles changed since the figures pinned with {then.version}: changes are over the"
        yield f"{len(same)} articles that are the same, and none are given by kind and verdict."


def _halves(now: Evaluation, then: Evaluation | None, same: Sequence[str]) -> Iterator[str]:
    halves = now.halves()
    yield ""
    yield "Figure".ljust(24) + "".join(f"{half:>14} {'change':>8}" for half in halves)
    tallies = {half: now.total(half) for half in halves}
    for figure in [*GUARDED, "verdict_end_to_end"]:
        row = figure.replace("_", " ").ljust(24)
        for half in halves:
            before = then.total(half, same) if then else None
            shift = change(now.total(half, same), before, figure) if before else ""
            row += f"{tallies[half].figures()[figure]:14.3f} {shift:>8}"
        yield row.rstrip()
    for name in ("gold", "answered", "found", "false_contradicted", "spans_not_in_text"):
        row = name.replace("_", " ").ljust(24)
        yield row + "".join(f"{getattr(tallies[half], name):14} {'':8}" for half in halves).rstrip()


def _kinds(now: Evaluation, then: Evaluation | None) -> Iterator[str]:
    yield ""
    head = f"{'Kind':16}{'gold':>6}{'given':>7}{'found':>7}{'prec.':>8}{'recall':>8}{'F1':>8}{'verdict':>9}"
    yield f"{head}  change"
    for kind, counts in now.kinds.items():
        shown = counts.figures()
        row = f"{kind:16}{counts.gold:6}{counts.answered:7}{counts.found:7}{shown['precision']:8.3f}"
        row += f"{shown['recall']:8.3f}{shown['f1']:8.3f}{shown['verdict_accuracy']:9.3f}"
        yield f"{row} {change(counts, then.kinds.get(kind) if then else None):>7}".rstrip()


def _verdicts(now: Evaluation, then: Evaluation | None) -> Iterator[str]:
    """Gold's verdicts in rows, ours in columns; a second line tells what changed in a row."""
    yield ""
    yield f"{'Gold (ours: >)':14}" + "".join(f"{short:>8}" for short in SHORT.values())
    for name in [*Verdict, NOT_IN_GOLD]:
        row = now.verdicts.get(name, {})
        before = then.verdicts.get(name, {}) if then else row
        if not row and not before:
            continue
        yield f"{name:14}" + "".join(f"{row.get(column, 0) or '.':>8}" for column in SHORT)
        moved = [row.get(column, 0) - before.get(column, 0) for column in SHORT]
        if any(moved):
            yield f"{'  change':14}" + "".join(f"{by:+8}" if by else " " * 8 for by in moved).rstrip()


def _alarms(alarms: Sequence[Alarm]) -> Iterator[str]:
    yield ""
    yield "False contradicted, also where gold is optional or makes no such claim:"
    for each in alarms:
        if each.words:
            yield f"  {each.article}"
            yield "    " + shorten(each.words, 74, placeholder="...")
    unseen = sum(each.words is None for each in alarms)
    if unseen:
        yield f"  {unseen} in held-out articles, which are not listed"
    if not alarms:
        yield "  none"


def _articles(now: Evaluation, then: Evaluation | None, same: Sequence[str]) -> Iterator[str]:
    yield ""
    yield f"{'Article':34}{'half':6}{'gold':>5}{'given':>6}{'found':>6}{'verdict':>8}{'F1':>7}  change"
    for name, each in now.articles.items():
        counts = each.counts
        before = then.articles[name].counts if then and name in same else None
        half = "dev." if each.half == HALVES[0] else "held"
        row = f"{shorten(name, 33, placeholder='...'):34}{half:6}{counts.gold:5}{counts.answered:6}"
        row += f"{counts.found:6}{counts.right.get('verdict', 0):8}"
        row += f"{counts.figures()['f1']:7.3f}" if counts.gold or counts.answered else f"{'':>7}"
        yield f"{row} {change(counts, before):>7}".rstrip()


# JSON


def as_json(now: Evaluation, then: Evaluation | None) -> str:
    """Figures and counts with their changes since the pinned ones, as one object."""
    same = common(now, then) if then else []
    comparable = then if then and then.corpus == now.corpus else None
    told = {
        "format": "inforce-evaluation/1",
        "version": now.version,
        "corpus": now.corpus,
        "since": {"version": then.version, "corpus": then.corpus, "articles": same} if then else None,
        "fields": list(FIELDS),
        "halves": {half: _half(now, then, half, same) for half in now.halves()},
        "kinds": {
            kind: _told(counts, counts, comparable.kinds.get(kind) if comparable else None)
            for kind, counts in now.kinds.items()
        },
        "verdicts": {
            "counts": now.verdicts,
            "pinned": comparable.verdicts if comparable else None,
        },
        "articles": {
            name: {"half": each.half}
            | _told(each.counts, each.counts, then.articles[name].counts if then and name in same else None)
            for name, each in now.articles.items()
        },
    }
    return msgspec.json.encode(told).decode()


def _half(now: Evaluation, then: Evaluation | None, half: str, same: Sequence[str]) -> dict[str, object]:
    return _told(now.total(half), now.total(half, same), then.total(half, same) if then else None)


def _told(shown: Tally, now: Tally, then: Tally | None) -> dict[str, object]:
    before = then.figures() if then else {}
    changes = {name: round(value - before.get(name, value), 3) for name, value in now.figures().items()}
    counts = {
        name: getattr(shown, name)
        for name in ("gold", "answered", "found", "false_contradicted", "spans_not_in_text")
    }
    return {
        "counts": counts,
        "figures": shown.figures(),
        "changes": {name: by for name, by in changes.items() if by} if then else None,
    }
