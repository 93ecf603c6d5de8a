"""The reader and the checker may not get worse on the annotated articles without somebody saying so."""

from __future__ import annotations

import functools
import json
import shutil
from pathlib import Path

import msgspec
import pytest
from evaluate import main
from floors import GUARDED, Evaluation, evaluation, lowered, outcomes_of, pin, pinned, pins
from score import HERE, Outcome, Tally
from tables import as_json, false_alarms, lines


@functools.cache
def outcomes() -> list[Outcome]:
    return outcomes_of(HERE)


@functools.cache
def now() -> Evaluation:
    return evaluation(HERE, outcomes())


def then() -> Evaluation:
    found = pinned(HERE)
    assert found is not None
    return found


SOME = "own-07-senate-questions"


def with_counts(**counts: object) -> Evaluation:
    """Today's figures with some counts of one article set anew."""
    old = now().articles[SOME]
    changed = msgspec.structs.replace(old, counts=msgspec.structs.replace(old.counts, **counts))
    return msgspec.structs.replace(now(), articles=now().articles | {SOME: changed})


def test_the_floors_hold_for_these_articles() -> None:
    assert then().corpus == now().corpus, "articles changed: look, then run make eval PIN=yes"


def test_no_figure_lies_below_its_floor() -> None:
    assert lowered(now(), then()) == []


def test_a_figure_below_its_floor_is_told() -> None:
    worse = lowered(with_counts(found=0, right={}), now())
    told = {line.partition(" is ")[0] for line in worse}
    assert {f"development: {name}" for name in ("precision", "recall", "f1")} <= told
    assert all(line.startswith("development: ") for line in worse)
    everything = Tally(gold=1, answered=1, found=1, right=dict.fromkeys(now().total().right, 1))
    perfect = msgspec.structs.replace(
        now(),
        articles={
            name: msgspec.structs.replace(each, counts=everything) for name, each in now().articles.items()
        },
    )
    assert len([line for line in lowered(now(), perfect) if " is " in line]) == len(GUARDED) * 2


def test_a_false_contradicted_more_is_told() -> None:
    more = with_counts(false_contradicted=now().articles[SOME].counts.false_contradicted + 1)
    assert [line.partition(" contradicted")[0] for line in lowered(more, now())] == ["development: false"]


def test_articles_that_changed_are_not_compared() -> None:
    changed = msgspec.structs.replace(now().articles[SOME], sha256="another", counts=Tally(gold=14))
    other = msgspec.structs.replace(now(), corpus="other", articles=now().articles | {SOME: changed})
    assert lowered(other, now()) == []
    text = "\n".join(lines(other, now(), []))
    assert f"{len(now().articles) - 1} articles that are the same" in " ".join(text.split())


def test_every_span_stands_in_its_text() -> None:
    assert now().total().spans_not_in_text == 0


def test_kinds_verdicts_halves_and_articles_add_up() -> None:
    whole = now().total()
    assert sum(now().kinds.values(), Tally()) == whole
    assert sum((now().total(half) for half in now().halves()), Tally()) == whole
    by_gold = {name: sum(row.values()) for name, row in now().verdicts.items()}
    assert by_gold.pop("not in gold") == whole.answered - whole.found
    assert sum(by_gold.values()) == whole.gold
    right = sum(row.get(name, 0) for name, row in now().verdicts.items())
    assert right == whole.right["verdict"]
    assert len(false_alarms(outcomes())) == whole.false_contradicted


def test_tables_are_narrow_and_list_nothing_that_is_held_out() -> None:
    shown = list(lines(now(), with_counts(found=1), false_alarms(outcomes())))
    assert max(map(len, shown)) <= 80
    row = next(line for line in shown if line.startswith(SOME))
    assert row.split()[-1].startswith("+")
    for alarm in false_alarms(outcomes()):
        assert (alarm.words is None) == (alarm.half == "held-out")


def test_json_has_the_same_figures() -> None:
    told = json.loads(as_json(now(), now()))
    assert told["halves"]["held-out"]["figures"] == now().total("held-out").figures()
    assert told["articles"][SOME]["changes"] == {}
    assert json.loads(as_json(now(), None))["since"] is None


def small_gold(folder: Path) -> Path:
    gold = folder / "gold"
    gold.mkdir()
    for suffix in (".txt", ".json"):
        shutil.copy(HERE / f"{SOME}{suffix}", gold)
    return gold


def test_another_folder_has_pins_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = small_gold(tmp_path)
    assert main(["--gold", str(gold), "--pin"]) == 0
    assert "No figures are pinned" in capsys.readouterr().out
    first = pinned(gold)
    assert first is not None
    assert pins(gold) == tmp_path / "gold-floors.json"
    assert first.articles == {SOME: now().articles[SOME]}
    assert main(["--gold", str(gold), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["since"]["articles"] == [SOME]


def test_pins_are_not_lowered_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = small_gold(tmp_path)
    unreachable = Tally(gold=1, answered=1, found=1, right=dict.fromkeys(now().total().right, 2))
    better = msgspec.structs.replace(now().articles[SOME], counts=unreachable)
    pin(gold, msgspec.structs.replace(now(), articles={SOME: better}))
    assert main(["--gold", str(gold), "--pin"]) == 1
    refusal = capsys.readouterr().err
    assert refusal.startswith("not pinned: development: ")
    assert "subject_accuracy" in refusal
    assert main(["--gold", str(gold), "--pin", "--allow-regression"]) == 0
    assert pinned(gold) == evaluation(gold, outcomes_of(gold))


def test_a_folder_without_annotations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--gold", str(tmp_path)])
    assert stopped.value.code == 2
