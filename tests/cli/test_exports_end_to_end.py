"""Letters, reviews and annotations beside the report and in its place."""

from __future__ import annotations

import json
from pathlib import Path

from running import EXAMPLES, inforce

STORY = sorted((EXAMPLES / "story").iterdir())


def test_exports_to_files_leave_the_report_as_it_is(tmp_path: Path) -> None:
    files = ("--claimreview", tmp_path / "r.json", "--annotations", tmp_path / "a.json", "--letter", tmp_path)
    plain = inforce("check", "--json", *STORY)
    done = inforce("check", "--json", *STORY, *files)
    assert (done.returncode, done.stdout) == (plain.returncode, plain.stdout) == (1, plain.stdout)
    answers = [json.loads(line) for line in plain.stdout.splitlines()]
    made = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert made["total"] == sum(len(answer["claims"]) for answer in answers)
    reviews = json.loads((tmp_path / "r.json").read_text("utf-8"))
    rated = ("supported", "imprecise", "outdated", "contradicted")
    verdicts = [claim["verdict"] for answer in answers for claim in answer["claims"]]
    assert [one["reviewRating"]["alternateName"] for one in reviews] == [v for v in verdicts if v in rated]
    # The wire told everything right: it gets no letter.
    assert [file.name for file in tmp_path.glob("*.txt")] == ["morning-portal.letter.txt"]


def test_an_export_to_standard_output_takes_the_report_s_place(tmp_path: Path) -> None:
    done = inforce("check", *STORY, "--annotations", "-", "--html", tmp_path)
    assert json.loads(done.stdout)["type"] == "AnnotationCollection"
    assert len(list(tmp_path.glob("*.html"))) == 2


def test_where_there_is_nothing_to_correct_a_line_says_so_and_nothing_is_written(tmp_path: Path) -> None:
    place = tmp_path / "letter.txt"
    done = inforce("check", STORY[0], "--letter", place)
    assert done.returncode == 0
    assert "nothing to correct; no letter." in done.stdout
    assert not place.exists()
