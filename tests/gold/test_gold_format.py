"""The annotated articles keep their own contract: exact spans, known words, nothing told twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from score import HALVES

from inforce.dates import parse_day, parse_edtf
from inforce.vocabulary import PREDICATES, Activity, ClaimKind, DomesticAim, Modality, Verdict

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("own-*.json"))
#: Every treaty of the record may be spoken of.
TREATIES = {folder.name for folder in files("inforce.treaties").iterdir() if folder.is_dir()}
CLAIM_KEYS = {
    *("span", "kind", "predicate", "subject", "treaty", "when", "object"),
    *("modality", "negated", "attribution", "verdict", "correct"),
}
OBJECT_KEYS = {
    ClaimKind.DOMESTIC_STEP: {"action"},
    ClaimKind.TREATY_FACT: {"place"},
    ClaimKind.PARTY_COUNT: {"count", "comparator"},
    ClaimKind.NOTICE_PERIOD: {"duration"},
    ClaimKind.PROHIBITION: {"activities", "item"},
    ClaimKind.STOCKPILE: {"item", "count", "comparator", "rank"},
    ClaimKind.PROGRAMME: {"item", "count", "comparator", "money", "recipient", "supplier"},
}
CORRECT_KEYS = {"kind", "predicate", "subject", "when", "object", "negated", "modality", "counted_from"}
COMPARATORS = {"=", ">", "<", "~"}
#: Kinds that are entered under the name of who says so, and those that the record can bear out.
REPORTED_KINDS = {ClaimKind.PROGRAMME, ClaimKind.STOCKPILE, ClaimKind.STATEMENT}
WRONG = {Verdict.CONTRADICTED, Verdict.IMPRECISE, Verdict.OUTDATED}
#: An article is short; from twelve words on, what two articles share was copied.
SHORTEST, LONGEST, COPIED = 900, 2200, 12


def data(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(files("inforce.data").joinpath(name).read_text(encoding="utf-8"))
    return loaded


PARTICIPANTS = frozenset(data("participants.yaml"))
ITEMS = frozenset(data("items.yaml"))


def article(name: str) -> tuple[dict[str, str], str]:
    """Header fields and main text."""
    header, _, text = (HERE / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    return fields, text


def annotation(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def claims() -> list[tuple[str, dict[str, Any]]]:
    return [(name, claim) for name in NAMES for claim in annotation(name)["claims"]]


def identity(case: object) -> str | None:
    """Claims are named by the beginning of their words in test output."""
    return case["span"]["text"][:40] if isinstance(case, dict) else None


def test_every_article_has_its_annotation_and_a_number_of_its_own() -> None:
    assert sorted(path.stem for path in HERE.glob("own-*.txt")) == NAMES
    numbers = [name.split("-")[1] for name in NAMES]
    assert all(re.fullmatch(r"\d{2,3}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    titles = [article(name)[0]["Title"] for name in NAMES]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", NAMES)
def test_article(name: str) -> None:
    header, text = article(name)
    sheet = annotation(name)
    assert set(header) == {"Title", "Published", "Source"}
    assert SHORTEST <= len(text) <= LONGEST
    assert set(sheet) == {"article", "published", "half", "tags", "claims"}
    assert sheet["half"] in HALVES
    assert sheet["article"] == name
    assert sheet["published"] == header["Published"] == parse_day(header["Published"]).isoformat()
    assert ("nothing-relevant" in sheet["tags"]) == (not sheet["claims"])
    starts = [claim["span"]["start"] for claim in sheet["claims"]]
    assert starts == sorted(starts)


@pytest.mark.parametrize(("name", "claim"), claims(), ids=identity)
def test_claim(name: str, claim: dict[str, Any]) -> None:
    span, kind = claim["span"], ClaimKind(claim["kind"])
    assert set(claim) - {"optional"} == CLAIM_KEYS
    assert claim.get("optional", True) is True
    assert article(name)[1][span["start"] : span["end"]] == span["text"] == span["text"].strip() != ""
    assert claim["predicate"] in (PREDICATES[kind] or (None,))
    assert set(claim["subject"]) <= PARTICIPANTS
    assert len(set(claim["subject"])) == len(claim["subject"])
    assert claim["treaty"] in TREATIES | {None}
    assert (claim["treaty"] is None) == (kind in REPORTED_KINDS or claim["verdict"] == Verdict.UNRECORDED)
    assert claim["when"] is None or parse_edtf(claim["when"])
    assert Modality(claim["modality"]) is not Modality.DENIED or claim["negated"]
    assert isinstance(claim["negated"], bool)


@pytest.mark.parametrize(("name", "claim"), claims(), ids=identity)
def test_object(name: str, claim: dict[str, Any]) -> None:
    del name
    kind, given = ClaimKind(claim["kind"]), claim["object"]
    assert set(given) <= OBJECT_KEYS.get(kind, set())
    assert ("count" in given) == ("comparator" in given)
    assert given.get("comparator", "=") in COMPARATORS
    assert set(given.get("activities", ())) <= set(Activity)
    item = given.get("item", [])
    assert isinstance(item, list) == (kind is ClaimKind.PROGRAMME or not item)
    assert set([item] if isinstance(item, str) else item) <= ITEMS
    assert set(given.get("recipient", ())) <= PARTICIPANTS
    assert re.fullmatch(r"P\d+[DMY]", given.get("duration", "P6M"))
    if kind is ClaimKind.DOMESTIC_STEP:
        assert given["action"] in set(DomesticAim)
    if "money" in given:
        assert set(given["money"]) == {"amount", "currency", "comparator"}
        assert given["money"]["comparator"] in COMPARATORS


@pytest.mark.parametrize(("name", "claim"), claims(), ids=identity)
def test_verdict_and_attribution(name: str, claim: dict[str, Any]) -> None:
    del name
    verdict = claim["verdict"]
    verdicts = {Verdict(each) for each in ([verdict] if isinstance(verdict, str) else verdict)}
    if claim["kind"] in REPORTED_KINDS:
        assert verdicts == {Verdict.REPORTED}
    if verdicts <= WRONG:
        assert claim["correct"], "what is wrong has its right value"
    if not verdicts & WRONG:
        assert claim["correct"] is None, "what is not wrong needs no mending"
    assert set(claim["correct"] or ()) <= CORRECT_KEYS
    said = claim["attribution"]
    if said is not None:
        assert set(said) == {"speaker", "role", "of", "quoted"}
        assert said["speaker"]
        assert said["of"] in PARTICIPANTS | {None}


def test_no_claim_twice() -> None:
    fields = ("span", "kind", "predicate", "treaty", "subject", "object")
    keys = Counter((name, str([claim[field] for field in fields])) for name, claim in claims())
    assert [key for key, times in keys.items() if times > 1] == []


def test_no_article_repeats_another() -> None:
    owner: dict[tuple[str, ...], str] = {}
    for name in NAMES:
        words = re.findall(r"\w+", article(name)[1].lower())
        for at in range(len(words) - COPIED + 1):
            run = tuple(words[at : at + COPIED])
            assert owner.setdefault(run, name) == name, f"{name} and {owner[run]} share {' '.join(run)!r}"
