"""A world asked in columns, over time, and from the cache."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from small_world import act, record

from inforce import law
from inforce.errors import UsageError
from inforce.law.counts import CONVENTIONS, Counting
from inforce.law.world import World, built
from inforce.law.world_columns import BOUND, STATUSES, Columns
from inforce.law.world_store import joined
from inforce.record import load
from inforce.vocabulary import ActionKind

RECORD = load()
WHO = ["FIN", "UKR", "LBN", "USA", "FIN"]
WHICH = ["apmbc", "apmbc", "apmbc", "ctbt", "ccm"]
WHEN = [
    dt.date(2025, 12, 1),
    dt.date(2025, 12, 1),
    dt.date(2026, 5, 1),
    dt.date(2026, 1, 1),
    dt.date(2020, 1, 1),
]
STATUS = ["party-withdrawal-notified", "contested", "open", "signatory", "none"]
BOUNDS = ["yes", "contested", "no", "no", "no"]


@pytest.fixture(scope="module")
def world() -> World:
    return World.of(RECORD)


def test_the_answers_expected_here_are_those_of_the_law() -> None:
    for who, which, on, said in zip(WHO, WHICH, WHEN, STATUS, strict=True):
        status = law.status(RECORD, who, which, on=on).status
        assert ("open" if status is None else status) == said


@pytest.mark.parametrize(
    ("who", "which", "when"),
    [
        (WHO, WHICH, WHEN),
        (np.array(WHO), np.array(WHICH), np.array(WHEN, "datetime64[D]")),
        (np.array(WHO, object), WHICH, np.array(WHEN, "datetime64[ns]")),
        (tuple(WHO), WHICH, np.array(WHEN, "datetime64[D]").astype(np.int64)),
        (
            np.array([list(RECORD.participants).index(one) for one in WHO]),
            np.array([list(RECORD.treaties).index(one) for one in WHICH]),
            WHEN,
        ),
    ],
    ids=["lists", "arrays", "objects", "days since 1970", "places"],
)
def test_questions_in_arrays(world: World, who: Any, which: Any, when: Any) -> None:
    answers = world.ask(who, which, when)
    assert len(answers) == 5
    assert answers.statuses.tolist() == STATUS
    assert answers.bounds.tolist() == BOUNDS
    assert [STATUSES[code] for code in answers.status[[0, 1, 3]]] == [STATUS[i] for i in (0, 1, 3)]
    assert [BOUND[code] for code in answers.bound] == BOUNDS
    assert answers.start.tolist()[0] == dt.date(2025, 7, 10)
    assert answers.end.tolist()[0] == dt.date(2026, 1, 10)
    assert answers.end.tolist()[3] is None
    assert answers.disputes.tolist() == ["", "ukraine-apmbc-suspension", "", "", ""]


def test_one_value_stands_for_all_questions(world: World) -> None:
    days = np.arange("2025-07-08", "2025-07-12", dtype="datetime64[D]")
    assert world.ask("FIN", "apmbc", days).statuses.tolist() == ["party"] * 2 + [STATUS[0]] * 2
    assert world.ask("FIN", "apmbc", WHEN[0]).statuses.tolist() == STATUS[:1]
    assert world.ask(["FIN", "USA"], "apmbc", WHEN[0], dt.date(2025, 7, 1)).statuses.tolist() == [
        "party",
        "none",
    ]


def test_no_question_has_no_answer(world: World) -> None:
    assert len(world.ask([], [], [])) == 0
    assert len(world.ask([], "apmbc", np.array([], "datetime64[D]"))) == 0


def check_frame(rows: list[dict[str, Any]]) -> None:
    assert [row["status"] for row in rows] == STATUS
    assert [row["bound"] for row in rows] == BOUNDS
    assert [row["dispute"] or None for row in rows] == [None, "ukraine-apmbc-suspension", None, None, None]


def test_questions_from_polars(world: World) -> None:
    polars = pytest.importorskip("polars")
    for kind in (polars.String, polars.Categorical):
        asked = polars.DataFrame({"who": WHO, "which": WHICH, "when": WHEN}).with_columns(
            polars.col("who", "which").cast(kind)
        )
        answers = world.ask(asked["who"], asked["which"], asked["when"])
        assert isinstance(answers, polars.DataFrame)
        check_frame(answers.to_dicts())
        assert answers["end"].to_list()[0] == dt.date(2026, 1, 10)
    with pytest.raises(UsageError, match="unknown treaty 'xxx'"):
        world.ask("FIN", polars.Series(["apmbc", "xxx"]), WHEN[0])


def test_questions_from_arrow(world: World) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    who = pyarrow.array(WHO)
    for one in (who, who.dictionary_encode(), pyarrow.chunked_array([WHO[:2], WHO[2:]])):
        answers = world.ask(one, pyarrow.array(WHICH), pyarrow.array(WHEN))
        assert isinstance(answers, pyarrow.Table)
        check_frame(answers.to_pylist())
        assert answers["end"][0].as_py() == dt.date(2026, 1, 10)
        assert answers["end"][3].as_py() is None
    with pytest.raises(UsageError, match="unknown participant 'XXX'"):
        world.ask(pyarrow.array(["XXX"]), "apmbc", WHEN[0])


def test_questions_from_pandas(world: World) -> None:
    pandas = pytest.importorskip("pandas")
    asked = pandas.DataFrame({"who": WHO, "which": WHICH, "when": pandas.to_datetime(WHEN)})
    answers = world.ask(asked["who"], asked["which"], asked["when"])
    assert isinstance(answers, pandas.DataFrame)
    check_frame(answers.to_dict("records"))
    with pytest.raises(UsageError, match="unknown participant 'XXX'"):
        world.ask(pandas.Series(["FIN", "XXX"]), "apmbc", WHEN[0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((["FIN", "XXX"], "apmbc", WHEN[0]), "unknown participant 'XXX'"),
        (("FIN", ["xxx"], WHEN[0]), "unknown treaty 'xxx'"),
        ((np.array([999]), "apmbc", WHEN[0]), "no participant 999; places are 0 to"),
        ((["FIN", "USA"], ["apmbc"] * 3, WHEN[0]), r"columns of \[2, 3\] values"),
        (("FIN", "apmbc", ["soon"]), "no column of days"),
        (("FIN", "apmbc", np.array(["NaT"], "datetime64[D]")), "a day is missing"),
        (("FIN", "apmbc", np.array([5_000_000])), "a day lies beyond the calendar"),
    ],
)
def test_bad_questions_are_refused(world: World, arguments: tuple[Any, Any, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        world.ask(*arguments)


def test_a_snapshot_is_every_pair_on_a_day(world: World) -> None:
    for on, known_by in ((dt.date(2025, 12, 1), None), (dt.date(2026, 3, 1), dt.date(2025, 8, 1))):
        snapshot = world.snapshot(on, known_by)
        assert snapshot.status.shape == (len(RECORD.treaties), len(RECORD.participants))
        for number, key in enumerate(RECORD.treaties):
            places = [world.status(who, key, on, known_by) for who in RECORD.participants]
            assert snapshot.statuses[number].tolist() == [one.status or "open" for one in places]
            bound = tuple(who for who, one in zip(RECORD.participants, places, strict=True) if one.bound)
            assert snapshot.bound_by(key) == bound
        assert ("UKR", "apmbc") in snapshot.contested()


@pytest.mark.parametrize("on", [dt.date(1999, 3, 1), dt.date(2026, 3, 1)])
def test_the_counts_of_a_day_are_those_over_time(world: World, on: dt.date) -> None:
    snapshot = world.snapshot(on)
    for counted in ("in_force", "withdrawal_notified", "in_force_without_contested", "signed_or_deposited"):
        found = snapshot.counts(counted)
        assert found == {key: world.counts(key, on, on)[counted].at(on) for key in RECORD.treaties}
    with pytest.raises(ValueError, match="once done"):
        snapshot.counts("signatories")


@pytest.mark.parametrize("known_by", [None, dt.date(2025, 8, 1)])
def test_counts_over_time_are_those_of_the_law(world: World, known_by: dt.date | None) -> None:
    frm, to = dt.date(1996, 1, 1), dt.date(2027, 1, 1)
    for key in RECORD.treaties:
        slow = Counting(RECORD, key, known_by)
        series = world.counts(key, frm, to, known_by)
        assert list(series) == [convention.key for convention in CONVENTIONS]
        for counted, steps in series.items():
            levels = slow.levels(counted)
            expected = [(max(one.since, frm), one.least, one.most) for one in levels]
            expected = [
                one
                for one, level in zip(expected, levels, strict=True)
                if one[0] <= to and (level.until is None or level.until > frm)
            ]
            if not expected or expected[0][0] > frm:
                expected.insert(0, (frm, 0, 0))
            found = zip(steps.days.tolist(), steps.least.tolist(), steps.most.tolist(), strict=True)
            assert list(found) == expected, (key, counted)


def test_a_count_of_a_day_is_that_of_the_last_step(world: World) -> None:
    steps = world.counts("apmbc", dt.date(2025, 12, 1), dt.date(2026, 3, 1))["in_force"]
    assert steps.at(dt.date(2025, 12, 26)) == (166, 166)
    assert steps.at(dt.date(2025, 12, 27)) == (163, 163)
    assert steps.at(dt.date(2030, 1, 1)) == (161, 161)


def test_counts_of_no_days_are_refused(world: World) -> None:
    with pytest.raises(UsageError, match="give the earlier day first"):
        world.counts("apmbc", dt.date(2026, 1, 1), dt.date(2025, 1, 1))
    with pytest.raises(UsageError, match="unknown treaty"):
        world.counts("xxx", dt.date(2026, 1, 1), dt.date(2026, 1, 1))
    with pytest.raises(IndexError, match="lies before the first day"):
        world.counts("apmbc", WHEN[0], WHEN[0])["in_force"].at(dt.date(2000, 1, 1))


@pytest.mark.parametrize("ever", [False, True])
def test_tables_hold_every_stretch(world: World, ever: bool) -> None:
    pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    table, frame = world.to_arrow(ever=ever), world.to_polars(ever=ever)
    made = world.ever if ever else world.now
    assert table.num_rows == len(frame) == len(made.start)
    assert table.to_pylist() == frame.to_dicts()
    finland = frame.filter((polars.col("participant") == "FIN") & (polars.col("treaty") == "apmbc"))
    last = finland.filter(polars.col("known_from") == finland["known_from"].max()) if ever else finland
    assert last["status"].to_list() == ["not-open", "none", "contracting", "party", STATUS[0], "former-party"]
    assert last["end"].to_list()[-1] is None
    assert last["start"].to_list()[-1] == dt.date(2026, 1, 10)


def same(one: Columns, other: Columns) -> bool:
    pairs: list[tuple[Any, Any]] = [
        (one.start, other.start),
        (one.end, other.end),
        (one.dispute, other.dispute),
    ]
    pairs += [(one.lines.first, other.lines.first), (one.lines.pair, other.lines.pair)]
    pairs += [(one.lines.known_from, other.lines.known_from), (one.possible, other.possible)]
    return one.disputes == other.disputes and all(np.array_equal(mine, theirs) for mine, theirs in pairs)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INFORCE_CACHE", str(tmp_path))
    return tmp_path


SMALL = record([act("ONE", ActionKind.RATIFICATION, "2001-01-01"), act("TWO", ActionKind.ACCESSION, "2001")])


@pytest.mark.parametrize("part", ["now", "ever"])
def test_a_world_is_read_from_the_cache(folder: Path, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first: Columns = getattr(World.of(SMALL), part)
    kept = list(folder.iterdir())
    assert len(kept) == (1 if part == "now" else 2)
    monkeypatch.setattr("inforce.law.world.built", None)  # nothing can be built
    again: Columns = getattr(World.of(SMALL), part)
    assert again is not first
    assert same(again, first)
    assert not again.start.flags.writeable


def test_a_damaged_world_is_built_anew(folder: Path) -> None:
    sound = World.of(SMALL).now
    (file,) = folder.iterdir()
    content = file.read_bytes()
    file.write_bytes(content[:-9] + b"something")
    assert same(World.of(SMALL).now, sound)
    assert file.read_bytes() == content


def test_a_record_changed_in_memory_is_another_world(folder: Path) -> None:
    """It keeps the hash of its files, and must not be answered from their world."""
    World.of(SMALL)
    supposed = (*SMALL.actions["pact"], act("NEW", ActionKind.ACCESSION, "2001-01-01"))
    changed = msgspec.structs.replace(SMALL, actions={"pact": supposed})
    assert changed.hash == SMALL.hash
    assert World.of(changed).status("NEW", "pact", dt.date(2002, 1, 1)).status == "party"


def test_without_the_cache_nothing_is_written(folder: Path) -> None:
    World.of(SMALL, cached=False).status("ONE", "pact", dt.date(2001, 1, 1), dt.date(2000, 1, 1))
    assert list(folder.iterdir()) == []


def test_joined_columns_are_in_order(world: World) -> None:
    whole = world.ever
    lines = whole.lines
    key = lines.pair.astype(np.int64) * 10**8 + lines.known_from
    assert (np.diff(key) > 0).all()
    assert (whole.start[lines.first[:-1]] == whole.start[0]).all()
    assert whole.disputes == tuple(sorted(whole.disputes))
    assert joined(whole, built(record([]), ever=True)) is whole
