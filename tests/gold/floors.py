"""What the reader and the checker reach on a folder of annotated articles, and the floors under it.

The figures pinned for FOLDER stand beside it in FOLDER-floors.json, with the hash of each article that they
hold for. `evaluate.py` shows and pins them.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from score import HALVES, Outcome, Tally, by_kind, by_verdict, load, pair_up, tally

import inforce
from inforce.checking import check
from inforce.reading import read
from inforce.reading.document import open_document
from inforce.record import load as load_record
from inforce.reports.json_answers import check_answer, encode

#: Figures that may not fall, each over either half.
GUARDED = (
    "precision",
    "recall",
    "f1",
    "subject_accuracy",
    "when_accuracy",
    "modality_accuracy",
    "attribution_accuracy",
    "object_accuracy",
    "verdict_accuracy",
)
TODAY = date(2026, 11, 22)  # not the clock's: the figures must not change by themselves


class Measured(msgspec.Struct, frozen=True):
    """An article's counts, its half, and the hash of its text and annotation."""

    sha256: str
    half: str
    counts: Tally


class Evaluation(msgspec.Struct, frozen=True):
    """What was measured over a folder of articles: today's figures and the pinned ones alike."""

    version: str
    corpus: str
    kinds: dict[str, Tally]
    verdicts: dict[str, dict[str, int]]
    articles: dict[str, Measured]

    def total(self, half: str | None = None, among: Iterable[str] | None = None) -> Tally:
        """The counts of a half, or of some of its articles."""
        chosen = self.articles.items() if among is None else ((name, self.articles[name]) for name in among)
        return sum((each.counts for _, each in chosen if half in {None, each.half}), Tally())

    def halves(self) -> list[str]:
        """The halves that have articles."""
        return [half for half in HALVES if any(each.half == half for each in self.articles.values())]


# Measuring


def answers(gold: Path, into: Path) -> None:
    """Read and check every article as the command line does."""
    record = load_record()
    for article in sorted(gold.glob("*.txt")):
        document = open_document(str(article))
        report = check(document, read(document, record), record, today=TODAY)
        (into / f"{article.stem}.json").write_text(encode(check_answer(report)), encoding="utf-8")


def outcomes_of(gold: Path) -> list[Outcome]:
    """Every article of the folder with its answers paired."""
    with TemporaryDirectory() as folder:
        answers(gold, Path(folder))
        return [pair_up(article) for article in load(gold, Path(folder), None)]


def evaluation(gold: Path, outcomes: Sequence[Outcome]) -> Evaluation:
    """The counts of the outcomes, with hashes of what they hold for."""
    articles = {
        each.article.name: Measured(article_hash(gold, each.article.name), each.article.half, tally(each))
        for each in outcomes
    }
    corpus = "".join(f"{name} {each.sha256}\n" for name, each in sorted(articles.items()))
    return Evaluation(
        version=inforce.__version__,
        corpus=hashlib.sha256(corpus.encode()).hexdigest(),
        kinds=by_kind(outcomes),
        verdicts=by_verdict(outcomes),
        articles=articles,
    )


def article_hash(gold: Path, name: str) -> str:
    """The hash of an article's text and annotation: figures hold for these and no others."""
    digest = hashlib.sha256()
    for suffix in (".txt", ".json"):
        digest.update((gold / f"{name}{suffix}").read_bytes() + b"\0")
    return digest.hexdigest()


# Floors


def pins(gold: Path) -> Path:
    """Beside the folder, where every .json annotates an article."""
    folder = gold.resolve()
    return folder.parent / f"{folder.name}-floors.json"


def pinned(gold: Path) -> Evaluation | None:
    """The figures as they were pinned last."""
    file = pins(gold)
    return msgspec.json.decode(file.read_bytes(), type=Evaluation) if file.exists() else None


def common(now: Evaluation, then: Evaluation) -> list[str]:
    """Articles that are the same now as then: only over these can figures be compared."""
    both = now.articles.keys() & then.articles.keys()
    return sorted(name for name in both if now.articles[name].sha256 == then.articles[name].sha256)


def lowered(now: Evaluation, then: Evaluation) -> list[str]:
    """Every figure that is worse than the pinned one over the articles that both have, in words."""
    worse = []
    same = common(now, then)
    for half in then.halves():
        here, floor = now.total(half, same), then.total(half, same)
        found, floors = here.figures(), floor.figures()
        worse += [
            f"{half}: {name} is {found[name]}, its floor {floors[name]}"
            for name in GUARDED
            if found[name] < floors[name]
        ]
        if here.false_contradicted > floor.false_contradicted:
            worse.append(
                f"{half}: false contradicted {here.false_contradicted}, pinned {floor.false_contradicted}"
            )
    return worse


def pin(gold: Path, now: Evaluation) -> None:
    """Write today's figures, an article or kind a line so that changes can be read."""
    parts = []
    for field, value in msgspec.to_builtins(now).items():
        if isinstance(value, dict):
            rows = [f'  "{name}": {msgspec.json.encode(each).decode()}' for name, each in value.items()]
            parts.append(f' "{field}": {{\n' + ",\n".join(rows) + "\n }")
        else:
            parts.append(f' "{field}": "{value}"')
    pins(gold).write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    from evaluate import main

    sys.exit(main())
