"""Stories told by several articles: each difference that a careful editor named is found, and no other.

A folder of `stories` holds the articles and `expected.yaml`: the weighty changes, what only one article
tells, how far each says a state has come, the likely first source and why.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from inforce.checking import check
from inforce.checking.compare import compare
from inforce.checking.compare_model import Row, StoryComparison
from inforce.reading import read
from inforce.reading.document import open_document
from inforce.record import load

STORIES = sorted((Path(__file__).parent / "stories").iterdir())
TODAY = date(2026, 11, 22)


class Told:
    """A story as expected and as compared; articles by the names of their files."""

    def __init__(self, folder: Path) -> None:
        record = load()
        documents = {path.stem: open_document(path) for path in sorted(folder.glob("*.txt"))}
        reports = {
            name: check(document, read(document, record), record, today=TODAY)
            for name, document in documents.items()
        }
        self.expected: dict[str, Any] = yaml.safe_load((folder / "expected.yaml").read_text("utf-8"))
        self.comparison: StoryComparison = compare(list(reports.values()), record)
        hashes = [document.sha256 for document in documents.values()]
        self.names = [
            list(documents)[hashes.index(report.document.sha256)] for report in self.comparison.reports
        ]

    def changes(self) -> list[dict[str, Any]]:
        return [
            {
                "subject": list(row.subject),
                "from": self.names[change.base],
                "to": self.names[change.other],
                "field": str(change.field),
                "sort": str(change.sort),
                "before": change.before,
                "after": change.after,
            }
            for row in self.comparison.rows
            for change in row.changes
            if change.weighty
        ]

    def only(self, name: str) -> list[Row]:
        at = self.names.index(name)
        return [row for row in self.comparison.rows if row.told_by == (at,)]


@cache
def told(folder: Path) -> Told:
    return Told(folder)


def stories(test: Any) -> Any:
    return pytest.mark.parametrize("story", [pytest.param(told, id=told.name) for told in STORIES])(test)


def _fits(expected: dict[str, Any], found: dict[str, Any]) -> bool:
    return all(found[key] == value for key, value in expected.items() if key != "says")


@stories
def test_every_change_that_an_editor_named_is_found(story: Path) -> None:
    found = told(story).changes()
    expected = told(story).expected["changes"]
    assert [one["says"] for one in expected if not any(_fits(one, change) for change in found)] == []


@stories
def test_no_other_weighty_change_is_told(story: Path) -> None:
    expected = told(story).expected["changes"]
    assert [one for one in told(story).changes() if not any(_fits(want, one) for want in expected)] == []


@stories
def test_what_only_one_article_tells(story: Path) -> None:
    for name, expected in told(story).expected["only"].items():
        found = [
            {"kind": str(one.kind), "predicate": one.predicate, "subject": list(row.subject)}
            for row in told(story).only(name)
            for one in row.tellings
            if one is not None
        ]
        assert len(found) == len(expected), (name, found)
        for want in expected:
            assert any(_fits(want, one) for one in found), (name, want)


@stories
def test_how_far_each_says_that_a_state_has_come(story: Path) -> None:
    found = [
        {
            "subject": list(stage.subject),
            "furthest": dict(zip(told(story).names, stage.furthest, strict=True)),
        }
        for stage in told(story).comparison.stages
    ]
    expected = told(story).expected.get("stages", [])
    assert found == [{key: one[key] for key in ("subject", "furthest")} for one in expected]


@stories
def test_the_likely_first_source_and_why(story: Path) -> None:
    expected, found = told(story).expected["first_source"], told(story).comparison.first_source
    name = None if found.article is None else told(story).names[found.article]
    assert name == expected["article"]
    assert [str(ground.reason) for ground in found.grounds][: len(expected["because"])] == expected["because"]


@stories
def test_copies_are_one_witness(story: Path) -> None:
    names = told(story).names
    found = [[names[at] for at in group] for group in told(story).comparison.same_text]
    assert found == told(story).expected.get("same_text", [])


@stories
def test_which_telling_agrees_with_the_record(story: Path) -> None:
    names = told(story).names
    for want in told(story).expected.get("agrees", []):
        (row,) = [
            row
            for row in told(story).comparison.rows
            if row.agreeing
            and any(
                one is not None and (str(one.kind), one.predicate) == (want["kind"], want["predicate"])
                for one in row.tellings
            )
        ]
        assert [names[at] for at in row.agreeing] == want["articles"]
