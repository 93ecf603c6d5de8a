"""Score answers of `inforce check --json` against the annotated articles beside this file (README.md there).

    python tests/gold/score.py --answers DIR [--half development|held-out] [--misses] [--json]

DIR holds one answer per article, NAME.json. Misses are listed for the development half only: who
writes rules must not see what the held-out half wants.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from agreement import FIELDS, Scored, may_answer, position, same_verdict

from inforce.vocabulary import ClaimKind, Verdict

HERE = Path(__file__).parent
HALVES = ("development", "held-out")
NOT_FOUND, NOT_IN_GOLD = "not found", "not in gold"


class Sheet(msgspec.Struct, frozen=True):
    """A file of claims: an annotation, which says its half, or an answer."""

    claims: list[Scored] = []
    half: Literal["development", "held-out"] = "development"


class Article(msgspec.Struct, frozen=True):
    """An annotated article: its main text, what it claims, and what was answered."""

    name: str
    text: str
    gold: list[Scored]
    answers: list[Scored]
    half: str = HALVES[0]


def main_text(file_text: str) -> str:
    """The text after the header, which ends at the first blank line; the whole where there is none."""
    header, blank, rest = file_text.partition("\n\n")
    return rest if blank and header.startswith("Title:") else file_text


# From pairs to figures


class Outcome(msgspec.Struct, frozen=True):
    """One article: pairs of places in `gold` and `answers`, and the article itself."""

    article: Article
    pairs: list[tuple[int, int]]

    @property
    def counted(self) -> list[tuple[Scored, Scored]]:
        """The pairs whose gold claim is not optional."""
        gold, answers = self.article.gold, self.article.answers
        return [(gold[g], answers[a]) for g, a in self.pairs if not gold[g].optional]

    @property
    def missed(self) -> list[Scored]:
        found = {g for g, _ in self.pairs}
        return [c for at, c in enumerate(self.article.gold) if at not in found and not c.optional]

    @property
    def surplus(self) -> list[Scored]:
        used = {a for _, a in self.pairs}
        return [c for at, c in enumerate(self.article.answers) if at not in used]


def pair_up(article: Article) -> Outcome:
    """Pair gold with answers, most agreeing fields first; each claim serves once."""
    candidates = sorted(
        (
            (sum(same(gold, answer) for same in FIELDS.values()), g, a)
            for g, gold in enumerate(article.gold)
            for a, answer in enumerate(article.answers)
            if may_answer(gold, answer, article.text)
        ),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    for _, g, a in candidates:
        if all(g != taken and a != used for taken, used in pairs):
            pairs.append((g, a))
    return Outcome(article, pairs)


class Tally(msgspec.Struct, frozen=True, omit_defaults=True):
    """Counts, which add up over articles; every figure is a share of two of them.

    Claims marked optional count neither for nor against, found or not.
    """

    gold: int = 0
    answered: int = 0
    found: int = 0
    right: dict[str, int] = {}
    """Of the found ones, how many have this field right."""
    false_contradicted: int = 0
    spans_not_in_text: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            gold=self.gold + other.gold,
            answered=self.answered + other.answered,
            found=self.found + other.found,
            right={name: self.right.get(name, 0) + other.right.get(name, 0) for name in FIELDS},
            false_contradicted=self.false_contradicted + other.false_contradicted,
            spans_not_in_text=self.spans_not_in_text + other.spans_not_in_text,
        )

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1, the accuracy of each field, and the share found with a right verdict."""
        return {
            "precision": share(self.found, self.answered),
            "recall": share(self.found, self.gold),
            "f1": share(2 * self.found, self.answered + self.gold),
            **{f"{name}_accuracy": share(self.right.get(name, 0), self.found) for name in FIELDS},
            "verdict_end_to_end": share(self.right.get("verdict", 0), self.gold),
        }


class Figures(msgspec.Struct, frozen=True):
    """What was measured over a set of articles."""

    articles: int
    gold: int
    answered: int
    precision: float
    recall: float
    f1: float
    subject_accuracy: float
    when_accuracy: float
    modality_accuracy: float
    attribution_accuracy: float
    object_accuracy: float
    verdict_accuracy: float
    verdict_end_to_end: float
    false_contradicted: int
    spans_not_in_text: int
    recall_by_kind: dict[str, str]


def share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def tally(outcome: Outcome, kind: str | None = None) -> Tally:
    """The counts of one article, of one kind of claim where one is given."""
    counted = [pair for pair in outcome.counted if kind in {None, pair[0].kind}]
    missed = [claim for claim in outcome.missed if kind in {None, claim.kind}]
    surplus = [claim for claim in outcome.surplus if kind in {None, claim.kind}]
    answers = [claim for claim in outcome.article.answers if kind in {None, claim.kind}]
    return Tally(
        gold=len(counted) + len(missed),
        answered=len(counted) + len(surplus),
        found=len(counted),
        right={name: sum(same(gold, answer) for gold, answer in counted) for name, same in FIELDS.items()},
        false_contradicted=sum(kind in {None, claim.kind} for claim in falsely_contradicted(outcome)),
        spans_not_in_text=sum(position(claim, outcome.article.text) is None for claim in answers),
    )


def falsely_contradicted(outcome: Outcome) -> list[Scored]:
    """Answers that contradict where gold does not, also where gold is optional or makes no such claim."""
    paired = [
        outcome.article.answers[a]
        for g, a in outcome.pairs
        if not same_verdict(outcome.article.gold[g], outcome.article.answers[a])
    ]
    return [claim for claim in [*paired, *outcome.surplus] if claim.verdict == Verdict.CONTRADICTED]


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, Tally]:
    """The counts per kind of claim, kinds that neither gold nor an answer has left out."""
    tallies = {kind: sum((tally(each, kind) for each in outcomes), Tally()) for kind in ClaimKind}
    return {kind.value: found for kind, found in tallies.items() if found.gold or found.answered}


def by_verdict(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """How often gold has the one verdict and the answer the other, over the found claims.

    Where gold allows several, its first stands for them unless the answer is one of the others. Gold that was
    not found is counted under `NOT_FOUND`, answers beside gold in a row `NOT_IN_GOLD`.
    """
    rows: dict[str, Counter[str]] = {name: Counter() for name in [*Verdict, NOT_IN_GOLD]}
    for outcome in outcomes:
        for gold, answer in outcome.counted:
            ours = str(answer.verdict)
            rows[ours if same_verdict(gold, answer) else first_verdict(gold)][ours] += 1
        for gold in outcome.missed:
            rows[first_verdict(gold)][NOT_FOUND] += 1
        for answer in outcome.surplus:
            rows[NOT_IN_GOLD][str(answer.verdict)] += 1
    return {str(name): dict(row) for name, row in rows.items() if row}


def first_verdict(gold: Scored) -> str:
    return str(gold.verdict[0] if isinstance(gold.verdict, list) else gold.verdict)


def measure(articles: Sequence[Article]) -> tuple[Figures, list[Outcome]]:
    """Score a set of articles; raises nothing, an article without answers is one with none found."""
    outcomes = [pair_up(article) for article in articles]
    whole = sum((tally(each) for each in outcomes), Tally())
    figures = Figures(
        articles=len(articles),
        gold=whole.gold,
        answered=whole.answered,
        **whole.figures(),
        false_contradicted=whole.false_contradicted,
        spans_not_in_text=whole.spans_not_in_text,
        recall_by_kind={
            kind: f"{each.found}/{each.gold}" for kind, each in by_kind(outcomes).items() if each.gold
        },
    )
    return figures, outcomes


def misses(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """One line a difference, of the development half only."""
    for outcome in outcomes:
        name = outcome.article.name
        if outcome.article.half != HALVES[0]:
            continue
        for gold, answer in outcome.counted:
            for field, same in FIELDS.items():
                if not same(gold, answer):
                    want, got = getattr(gold, field), getattr(answer, field)
                    yield f"{name}: {field}: {gold.span.text!r}: want {want!r}, got {got!r}"
        for claim in outcome.missed:
            yield f"{name}: not found: {claim.kind}/{claim.predicate}: {claim.span.text!r}"
        for claim in outcome.surplus:
            yield f"{name}: not in gold: {claim.kind}/{claim.predicate}: {claim.span.text!r}"


def load(gold_dir: Path, answers_dir: Path, half: str | None) -> list[Article]:
    """Read the articles of one half, or of both, each with its answer where there is one."""
    decoder = msgspec.json.Decoder(Sheet)
    articles = []
    for annotation in sorted(gold_dir.glob("*.json")):
        sheet = decoder.decode(annotation.read_bytes())
        if half is not None and sheet.half != half:
            continue
        answer = answers_dir / annotation.name
        articles.append(
            Article(
                name=annotation.stem,
                text=main_text(annotation.with_suffix(".txt").read_text(encoding="utf-8")),
                half=sheet.half,
                gold=sheet.claims,
                answers=decoder.decode(answer.read_bytes()).claims if answer.exists() else [],
            )
        )
    return articles


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, default=HERE, help="annotated articles (default: these)")
    parser.add_argument("--answers", type=Path, required=True, help="folder of NAME.json")
    parser.add_argument("--half", choices=HALVES, help="score one half only")
    parser.add_argument("--misses", action="store_true", help="list differences (development half)")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    chosen = parser.parse_args(arguments)
    if not chosen.answers.is_dir():
        parser.error(f"{chosen.answers} is no folder; give the folder that holds the answers, NAME.json")
    if chosen.misses and chosen.half == HALVES[1]:
        parser.error("the held-out half is only scored; leave out --misses, or look at --half development")
    figures, outcomes = measure(load(chosen.gold, chosen.answers, chosen.half))
    if chosen.misses:
        sys.stdout.writelines(f"{line}\n" for line in misses(outcomes))
    if chosen.json:
        sys.stdout.write(msgspec.json.encode(figures).decode() + "\n")
    else:
        sys.stdout.writelines(f"{name}: {value}\n" for name, value in msgspec.structs.asdict(figures).items())
    return 0


if __name__ == "__main__":
    sys.exit(main())
