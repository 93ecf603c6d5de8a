"""Score answers of `inforce check --json` against the annotated articles beside this file (README.md there).

    python tests/gold/score.py --answers DIR [--half development|held-out] [--misses] [--json]

DIR holds one answer per article, NAME.json. Misses are listed for the development half only: who
writes rules must not see what the held-out half wants.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import msgspec

from inforce.dates import parse_edtf
from inforce.errors import UsageError
from inforce.vocabulary import ClaimKind

HERE = Path(__file__).parent
HALVES = ("development", "held-out")
#: "joined" says less than these, so it may be found as them and they as it.
JOINING = {"joined", "acceded", "ratified"}


class Place(msgspec.Struct, frozen=True):
    """Where a claim stands: offsets into the main text, and the words there."""

    start: int = 0
    end: int = 0
    text: str = ""


class Voice(msgspec.Struct, frozen=True):
    """Who says so; only the speaker is scored."""

    speaker: str | None = None


class Scored(msgspec.Struct, frozen=True):
    """The fields of a claim that are compared; gold gives several verdicts where each is right."""

    span: Place
    kind: str
    predicate: str | None = None
    subject: list[str] | None = None
    treaty: str | None = None
    when: str | None = None
    object: dict[str, Any] | None = None
    modality: str = "done"
    negated: bool | None = False
    attribution: Voice | None = None
    verdict: str | list[str] | None = None
    optional: bool = False


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


# Where a claim stands, and whether two claims are about the same thing


def position(claim: Scored, text: str) -> tuple[int, int] | None:
    """The place of the claim's words in the text, nearest to where it says; None where they are not there."""
    words = claim.span.text
    starts = [found.start() for found in re.finditer(re.escape(words), text)] if words else []
    if not starts:
        return None
    start = min(starts, key=lambda at: abs(at - claim.span.start))
    return start, start + len(words)


def overlap(one: Scored, other: Scored, text: str) -> bool:
    a, b = position(one, text), position(other, text)
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]


def same_predicate(gold: Scored, answer: Scored) -> bool:
    if gold.predicate == answer.predicate:
        return True
    pair = {gold.predicate, answer.predicate}
    return "joined" in pair and pair <= JOINING


def may_answer(gold: Scored, answer: Scored, text: str) -> bool:
    """Whether an answer finds a gold claim: same kind, treaty and predicate, a shared state, shared words."""
    return (
        gold.kind == answer.kind
        and gold.treaty == answer.treaty
        and same_predicate(gold, answer)
        and (not gold.subject or bool(set(gold.subject) & set(answer.subject or ())))
        and overlap(gold, answer, text)
    )


# Field by field


def bounds(when: str | None) -> tuple[date | None, date | None] | str | None:
    """First and last day of an EDTF text; a text that is none stands for itself and equals nothing."""
    if not when:
        return None
    try:
        edtf = parse_edtf(when)
    except UsageError:
        return when
    return edtf.first, edtf.last


def speaker(claim: Scored) -> str | None:
    """The last word of the speaker's name: titles and first names vary too much to be compared."""
    name = claim.attribution.speaker if claim.attribution else None
    return name.split()[-1].lower() if name else None


def same_value(want: object, got: object) -> bool:
    """Lists compare as sets without regard to case, mappings by the keys that are wanted."""
    if isinstance(want, list):
        given = got if isinstance(got, list) else [got]
        return {str(each).lower() for each in want} == {str(each).lower() for each in given}
    if isinstance(want, dict):
        return isinstance(got, dict) and all(got.get(key) == value for key, value in want.items())
    if isinstance(want, str):
        return str(got).lower() == want.lower()
    return want == got


def same_object(gold: Scored, answer: Scored) -> bool:
    given = answer.object or {}
    return all(same_value(want, given.get(key)) for key, want in (gold.object or {}).items())


def same_modality(gold: Scored, answer: Scored) -> bool:
    return (gold.modality, bool(gold.negated)) == (answer.modality, bool(answer.negated))


def same_verdict(gold: Scored, answer: Scored) -> bool:
    return answer.verdict in (gold.verdict if isinstance(gold.verdict, list) else [gold.verdict])


FIELDS: dict[str, Callable[[Scored, Scored], bool]] = {
    "subject": lambda gold, answer: set(gold.subject or ()) == set(answer.subject or ()),
    "when": lambda gold, answer: bounds(gold.when) == bounds(answer.when),
    "modality": same_modality,
    "attribution": lambda gold, answer: speaker(gold) == speaker(answer),
    "object": same_object,
    "verdict": same_verdict,
}


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


class Figures(msgspec.Struct, frozen=True):
    """What was measured. Claims marked optional count neither for nor against, found or not."""

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
    spans_not_in_text: int
    recall_by_kind: dict[str, str]


def share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def recall_by_kind(outcomes: Sequence[Outcome]) -> dict[str, str]:
    found = [gold.kind for outcome in outcomes for gold, _ in outcome.counted]
    wanted = found + [gold.kind for outcome in outcomes for gold in outcome.missed]
    return {kind: f"{found.count(kind)}/{wanted.count(kind)}" for kind in ClaimKind if kind in wanted}


def measure(articles: Sequence[Article]) -> tuple[Figures, list[Outcome]]:
    """Score a set of articles; raises nothing, an article without answers is one with none found."""
    outcomes = [pair_up(article) for article in articles]
    counted = [pair for outcome in outcomes for pair in outcome.counted]
    wanted = len(counted) + sum(len(outcome.missed) for outcome in outcomes)
    given = len(counted) + sum(len(outcome.surplus) for outcome in outcomes)
    right = {name: sum(same(gold, answer) for gold, answer in counted) for name, same in FIELDS.items()}
    figures = Figures(
        articles=len(articles),
        gold=wanted,
        answered=given,
        precision=share(len(counted), given),
        recall=share(len(counted), wanted),
        f1=share(2 * len(counted), given + wanted),
        **{f"{name}_accuracy": share(number, len(counted)) for name, number in right.items()},
        verdict_end_to_end=share(right["verdict"], wanted),
        spans_not_in_text=sum(
            position(answer, article.text) is None for article in articles for answer in article.answers
        ),
        recall_by_kind=recall_by_kind(outcomes),
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
