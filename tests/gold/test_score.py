"""The scorer, against answers whose figures are known beforehand."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from agreement import Place, Scored, Voice
from score import Article, load, main, main_text, measure, misses

HERE = Path(__file__).parent
TEXT = "Norway ratified in 1998 and Chile joined later, said Ana Rey."


def claim(words: str, **fields: object) -> Scored:
    base = {"kind": "treaty-action", "predicate": "ratified", "subject": ["NOR"], "treaty": "apmbc"}
    span = Place(TEXT.index(words), TEXT.index(words) + len(words), words)
    return msgspec.convert(
        {"span": msgspec.to_builtins(span), "verdict": "supported"} | base | fields, Scored
    )


def article(gold: list[Scored], answers: list[Scored], half: str = "development") -> Article:
    return Article(f"own-{half}", TEXT, gold, answers, half)


def test_gold_answered_by_itself_is_perfect() -> None:
    figures, outcomes = measure(load(HERE, HERE, None))
    # Where gold allows several verdicts an answer gives one, so a list never counts as right.
    assert (figures.precision, figures.recall, figures.f1) == (1.0, 1.0, 1.0)
    assert figures.when_accuracy == figures.object_accuracy == figures.attribution_accuracy == 1.0
    assert figures.spans_not_in_text == 0
    assert all(": verdict: " in line for line in misses(outcomes))


def test_no_answers_find_nothing(tmp_path: Path) -> None:
    figures, _ = measure(load(HERE, tmp_path, "held-out"))
    assert (figures.answered, figures.precision, figures.recall, figures.f1) == (0, 0.0, 0.0, 0.0)
    assert figures.gold > 0


def test_joined_is_found_by_the_exact_word_but_ratified_not_by_acceded() -> None:
    joined, acceded = claim("Norway", predicate="joined"), claim("Norway", predicate="acceded")
    assert measure([article([joined], [acceded])])[0].recall == 1.0
    assert measure([article([claim("Norway")], [acceded])])[0].recall == 0.0


def test_optional_claims_count_neither_for_nor_against() -> None:
    optional, plain = claim("Norway", optional=True), claim("Chile", subject=["CHL"])
    figures, _ = measure([article([optional, plain], [claim("Norway"), claim("Chile", subject=["CHL"])])])
    assert (figures.gold, figures.answered, figures.f1) == (1, 1, 1.0)
    assert measure([article([optional, plain], [])])[0].gold == 1


def test_the_best_of_several_answers_is_taken_and_none_serves_twice() -> None:
    vague, exact = claim("Norway ratified"), claim("ratified in 1998", when="1998")
    figures, outcomes = measure([article([claim("Norway ratified in 1998", when="1998")], [vague, exact])])
    assert (figures.recall, figures.precision, figures.when_accuracy) == (1.0, 0.5, 1.0)
    assert outcomes[0].surplus == [vague]


def test_fields_are_compared_by_what_they_mean() -> None:
    gold = claim("Norway", when="2025-22", attribution=Voice("Rey"), object={"item": ["MINE"], "count": 5})
    answer = claim(
        "Norway", when="2025-06/2025-08", attribution=Voice("Ana Rey"), object={"item": ["mine"], "count": 5}
    )
    figures, _ = measure([article([gold], [answer])])
    assert figures.when_accuracy == figures.attribution_accuracy == figures.object_accuracy == 1.0


def test_a_claim_needs_a_shared_state_and_shared_words() -> None:
    gold = claim("Norway ratified")
    assert measure([article([gold], [claim("Norway", subject=["SWE"])])])[0].recall == 0.0
    assert measure([article([gold], [claim("Chile")])])[0].recall == 0.0


def test_words_that_are_not_in_the_text_are_counted() -> None:
    stray = msgspec.structs.replace(claim("Norway"), span=Place(0, 6, "Sweden"))
    assert measure([article([], [stray])])[0].spans_not_in_text == 1


def test_misses_keep_the_held_out_half_unseen() -> None:
    _, outcomes = measure([article([claim("Norway")], [], "held-out"), article([claim("Norway")], [])])
    assert [line.partition(":")[0] for line in misses(outcomes)] == ["own-development"]


def test_an_annotation_says_its_half_and_without_a_word_may_be_looked_at(tmp_path: Path) -> None:
    for name, said in (("a", {"half": "held-out"}), ("b", {"half": "development"}), ("c", {})):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / f"{name}.json").write_text(json.dumps({"claims": [], **said}), encoding="utf-8")
    assert [each.name for each in load(tmp_path, tmp_path, "held-out")] == ["a"]
    assert [each.name for each in load(tmp_path, tmp_path, "development")] == ["b", "c"]


def test_header_is_no_main_text() -> None:
    assert main_text("Title: A\nPublished: 2025-01-01\n\nB\n\nC\n") == "B\n\nC\n"
    assert main_text("B\n\nC\n") == "B\n\nC\n"


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--answers", str(tmp_path), "--half", "development", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["recall"] == 0.0
    assert main(["--answers", str(tmp_path), "--misses"]) == 0
    assert "not found" in capsys.readouterr().out
    for wrong in (
        ["--answers", str(tmp_path / "none")],
        ["--answers", ".", "--half", "held-out", "--misses"],
    ):
        with pytest.raises(SystemExit) as stopped:
            main(wrong)
        assert stopped.value.code == 2
