"""The gate beside other ways of finding many terms, over the same text on one core.

    python bench/gate_speed.py [--megabytes 10] [--spacy-megabytes 0.5]

Each says of each article whether it holds one of the phrases that make a text relevant by themselves, with
the boundaries of words; the answers are held against the slow oracle of the tests. Phrases with digits,
marks or acronyms are left out, since the peers would need rules of their own for them. The peers find
every phrase that overlaps another, or the longest alone would hide one with the right boundaries, and
are charged for lower case, which the gate needs none of; in brackets what they reach without that charge.
Times are of the processor; the engines take turns, and the best of the rounds counts for each.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import ahocorasick
import ahocorasick_rs
import spacy
from spacy.matcher import PhraseMatcher

from inforce.reading.gate import Gate
from inforce.reading.gate import gate as gate_of
from inforce.reading.gate_terms import Step, Terms
from inforce.record import load

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "reading"))

TERMS = 2_000
RE2, HYPERSCAN = "inforce, google-re2", "inforce, hyperscan"
WORDS = """the a of in on to and for with by from was is are has said after before new old late early city
council school road bridge price market harvest rain river team match season player court judge
company shares profit report minister mayor budget tax vote party election police fire station
hospital doctor nurse teacher student music film book author museum garden weather winter summer
morning evening night week month year people family child house
bandage sky""".split()
TRAPS = """Ottawan undermined minefield infantile testament Parisian Åland Türkiye treated conventionally
farms clusters pacted nuclearly openly tradesman mineé Åmine information determined
examined attack start weather""".split()


def articles(size: int, phrases: list[str]) -> list[str]:
    """Text of common words, one in a thousand a trap; one article in twenty holds a phrase."""
    draw = random.Random(20250710)  # noqa: S311
    texts, made = [], 0
    while made < size:
        words = [draw.choice(WORDS if draw.random() < 0.999 else TRAPS) for _ in range(700)]
        if draw.random() < 0.05:
            words.insert(draw.randrange(700), draw.choice(phrases))
        texts.append(" ".join(words) + ".")
        made += len(texts[-1].encode())
    return texts


def bounded(text: str, start: int, end: int) -> bool:
    """Whether no letter stands beside the span."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return not any(c.isalnum() and not c.isdecimal() for c in beside)


def peers(phrases: list[str]) -> dict[str, Callable[[str], bool]]:
    """How each peer says whether a text in lower case holds a phrase."""
    rust = ahocorasick_rs.AhoCorasick(phrases, implementation=ahocorasick_rs.Implementation.DFA)
    automaton = ahocorasick.Automaton()
    for phrase in phrases:
        automaton.add_word(phrase, len(phrase))
    automaton.make_automaton()
    nlp: Any = spacy.blank("en")
    nlp.max_length = 10**9
    matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
    matcher.add("gate", list(nlp.tokenizer.pipe(phrases)))

    def by_rust(text: str) -> bool:
        found = rust.find_matches_as_indexes(text, overlapping=True)
        return any(bounded(text, start, end) for _, start, end in found)

    def by_c(text: str) -> bool:
        return any(bounded(text, at - size + 1, at + 1) for at, size in automaton.iter(text))

    return {
        "ahocorasick-rs": by_rust,
        "pyahocorasick": by_c,
        "spaCy PhraseMatcher": lambda text: bool(matcher(nlp.make_doc(text))),
    }


def measured(
    engines: dict[str, Callable[[str], bool]], given: dict[str, list[str]], rounds: int
) -> dict[str, tuple[float, list[bool]]]:
    """For each engine the best rate in MB/s and its answers; the engines take turns."""
    found: dict[str, tuple[float, list[bool]]] = {}
    sizes = {name: sum(len(text.encode()) for text in texts) / 1e6 for name, texts in given.items()}
    for name, ask in engines.items():
        ask(given[name][0])
    for _ in range(rounds):
        for name, ask in engines.items():
            start = time.process_time()
            answers = [ask(text) for text in given[name]]
            rate = sizes[name] / (time.process_time() - start)
            found[name] = max(rate, found.get(name, (0.0, []))[0]), answers
    return found


def main() -> None:
    from gate_oracle import Oracle  # noqa: PLC0415 - the tests' own

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--spacy-megabytes", type=float, default=0.5)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    single = gate_of(load()).terms.ways[0][0].phrases
    plain = [p for p in single if not p.upper and all(w.isascii() and w.isalpha() for w in p.words)]
    random.Random(1).shuffle(plain)  # noqa: S311
    taken = tuple(sorted(plain[:TERMS]))
    phrases = [" ".join(phrase.words) for phrase in taken]
    terms = Terms(ways=((Step(taken),),))
    texts = articles(int(asked.megabytes * 1e6), phrases)
    lowered = [text.lower() for text in texts]
    oracle = Oracle(terms)
    wanted = [bool(oracle.find(text)) for text in texts]
    few = max(1, int(len(texts) * asked.spacy_megabytes / asked.megabytes))
    print(f"{len(phrases)} phrases, {len(texts)} articles, {sum(wanted)} with a phrase\n")
    engines: dict[str, Callable[[str], bool]] = {RE2: Gate(terms, fast=False).text}
    if find_spec("hyperscan"):
        engines[HYPERSCAN] = Gate(terms, fast=True).text
    given = dict.fromkeys(engines, texts)
    for name, ask in peers(phrases).items():
        engines[name], engines[f"({name})"] = lower_first(ask), ask
        given[name], given[f"({name})"] = texts, lowered
        if name.startswith("spaCy"):
            given[name], given[f"({name})"] = texts[:few], lowered[:few]
    found = measured(engines, given, asked.rounds)
    print(f"{'':22}{'MB/s':>8}{'x ac-rs':>9}{'x spaCy':>9}  unlike the oracle")
    for name, (rate, answers) in found.items():
        wrong = sum(one != other for one, other in zip(answers, wanted, strict=False))
        ratios = f"{rate / found['ahocorasick-rs'][0]:9.2f}{rate / found['spaCy PhraseMatcher'][0]:9.1f}"
        print(f"{name:22}{rate:8.1f}{ratios}  {wrong} of {len(answers)}")


def lower_first(ask: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda text: ask(text.lower())


if __name__ == "__main__":
    main()
