"""Every claim that the checker calls contradicted and the annotation does not, and how the verdicts fall out.

    python tests/gold/contradicted.py [--gold DIR]

Two lists: claims that were found and whose annotated verdict is another, and claims that no annotation has.
Of the latter those that overlap an annotated contradiction are told apart: the error is the text's, only its
name differs. Of the project's own articles only the development half is looked at. Exit status 1 where a list
is not empty.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from agreement import Scored, overlap
from floors import outcomes_of
from score import HALVES, HERE, Outcome

CONTRADICTED = "contradicted"


def verdicts(claim: Scored) -> list[str]:
    """The verdicts that an annotation allows."""
    return claim.verdict if isinstance(claim.verdict, list) else [claim.verdict or ""]


def misjudged(outcome: Outcome) -> Iterator[str]:
    """Found claims called contradicted against the annotation."""
    for g, a in outcome.pairs:
        gold, answer = outcome.article.gold[g], outcome.article.answers[a]
        if answer.verdict == CONTRADICTED and CONTRADICTED not in verdicts(gold):
            yield f"{told(outcome, answer)}\n    annotated: {gold.verdict}, {shown(gold)}"


def invented(outcome: Outcome, *, excused: bool) -> Iterator[str]:
    """Claims called contradicted that no annotation has; `excused`: those on words annotated as wrong."""
    text = outcome.article.text
    for claim in outcome.surplus:
        over = [gold for gold in outcome.article.gold if overlap(gold, claim, text)]
        owned = any(set(verdicts(gold)) & {CONTRADICTED, "imprecise", "outdated"} for gold in over)
        if claim.verdict == CONTRADICTED and owned is excused:
            near = "".join(f"\n    beside: {gold.verdict}, {gold.kind}, {shown(gold)}" for gold in over)
            yield told(outcome, claim) + near


def told(outcome: Outcome, claim: Scored) -> str:
    return f"{outcome.article.name}: {claim.kind}, {shown(claim)}"


def shown(claim: Scored) -> str:
    subject = ",".join(claim.subject or ()) or "-"
    negated = "not " if claim.negated else ""
    what = f"{negated}{claim.predicate} {claim.treaty} {subject} {claim.when or ''} {claim.object or ''}"
    return f"{what} {claim.modality}: {claim.span.text!r}"


def overlooked(outcome: Outcome) -> Iterator[str]:
    """Annotated contradictions that were found and called something else."""
    for gold, answer in outcome.counted:
        if verdicts(gold) == [CONTRADICTED] != [answer.verdict]:
            yield f"{told(outcome, answer)}\n    given: {answer.verdict}"


def confusion(found: Sequence[Outcome]) -> Iterator[str]:
    """How often each annotated verdict was given as what, and how many contradictions were not found."""
    pairs: Counter[tuple[str, str]] = Counter()
    for gold, answer in (pair for outcome in found for pair in outcome.counted):
        given, wanted = str(answer.verdict), verdicts(gold)
        pairs[given if given in wanted else wanted[0], given] += 1
    for (wanted_, given), number in sorted(pairs.items()):
        yield f"  {wanted_} -> {given}: {number}"
    missed = sum(CONTRADICTED in verdicts(gold) for outcome in found for gold in outcome.missed)
    yield f"  contradicted, not found: {missed}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, default=HERE, help="annotated articles (default: these)")
    chosen = parser.parse_args(arguments)
    found = [one for one in outcomes_of(chosen.gold) if one.article.half == HALVES[0]]
    lists = {
        "found and misjudged": [line for one in found for line in misjudged(one)],
        "in no annotation": [line for one in found for line in invented(one, excused=False)],
        "in no annotation, on what is annotated as wrong": [
            line for one in found for line in invented(one, excused=True)
        ],
        "contradicted, and called something else": [line for one in found for line in overlooked(one)],
    }
    for title, lines in lists.items():
        sys.stdout.write(f"{title}: {len(lines)}\n" + "".join(f"  {line}\n" for line in lines))
    sys.stdout.write("annotated -> given:\n" + "".join(f"{line}\n" for line in confusion(found)))
    return int(any(list(lists.values())[:2]))


if __name__ == "__main__":
    sys.exit(main())
