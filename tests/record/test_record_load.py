"""Loading: what the packaged record holds, and that its rows survive order, dump and load."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inforce.dates import Edtf, edtf_of, parse_edtf
from inforce.record import actions_csv, load, parse_actions
from inforce.record.layers import PACKAGED
from inforce.record.load import ACTION_COLUMNS
from inforce.record.model import Action, Record
from inforce.vocabulary import ActionKind, DomesticAim, DomesticStepKind

RECORD = load()
PARTICIPANTS = RECORD.participants


def content(action: Action) -> Action:
    """The action without its place in a file."""
    return msgspec.structs.replace(action, file="", line=0)


def acts(treaty: str, participant: str) -> list[tuple[str, str]]:
    return [(a.kind.value, str(a.date)) for a in RECORD.actions[treaty] if a.participant == participant]


def test_the_packaged_record_is_loaded_once() -> None:
    assert load() is RECORD


def test_actions_are_those_of_the_depositary() -> None:
    assert acts("apmbc", "FIN") == [("accession", "2012-01-09"), ("withdrawal", "2025-07-10")]
    assert acts("ccm", "LTU")[-1] == ("withdrawal", "2024-09-06")
    assert acts("ccw-ap2", "LTU") == [("consent-to-be-bound", "1998-06-03")]


@pytest.mark.parametrize(("treaty", "signatures"), [("apmbc", 133), ("ccm", 108), ("ccw-ap2", 0)])
def test_signatures_are_complete(treaty: str, signatures: int) -> None:
    kinds = [action.kind for action in RECORD.actions[treaty]]
    assert kinds.count(ActionKind.SIGNATURE) == signatures


def test_a_day_that_nobody_printed_stays_unknown() -> None:
    lebanon = next(a for a in RECORD.actions["apmbc"] if a.participant == "LBN")
    assert (lebanon.date.first, lebanon.date.last) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert lebanon.effect is None


def test_what_is_not_published_later_is_known_on_its_day() -> None:
    later = [a for actions in RECORD.actions.values() for a in actions if a.known != a.date]
    assert {(a.participant, a.treaty) for a in later} == {("PSE", "cwc"), ("USA", "paris-agreement")}


def test_ukraine_is_contested_from_its_notice_under_three_readings() -> None:
    point = next(p for p in RECORD.contested if p.id == "ukraine-apmbc-suspension")
    assert point.since == dt.date(2025, 7, 18)
    assert [reading.id for reading in point.readings] == ["A", "B", "C"]
    assert [reading.bound[0].until for reading in point.readings] == [point.since, None, None]


def test_the_status_of_these_is_contested_each_under_one_treaty() -> None:
    points = [point for point in RECORD.contested if point.since]
    assert {len(point.treaties) for point in points} == {1}
    status = {(point.treaties[0], one) for point in points for one in point.concerned}
    cfe = {("cfe", one) for one in ("BLR", "CAN", "CZE", "DNK", "ITA", "RUS", "TUR", "USA")}
    bilateral = {(treaty, one) for treaty in ("inf", "new-start") for one in ("RUS", "USA")}
    first_ten = ("MEX", "SLV", "DOM", "URY", "HND", "NIC", "ECU", "BOL", "PER", "PRY")
    tlatelolco = {("tlatelolco", one) for one in first_ten}
    single = {("apmbc", "UKR"), ("npt", "PRK"), ("rome-statute", "HUN"), ("cwc", "SYR")}
    assert status == {*single, *cfe, *bilateral, *tlatelolco}


def test_domestic_steps_carry_body_and_aim() -> None:
    steps = {(s.participant, s.body, s.kind, str(s.date)): s.aim for s in RECORD.domestic}
    assert (
        steps["LTU", "Seimas", DomesticStepKind.PARLIAMENT_APPROVED, "2025-05-08"] is DomesticAim.WITHDRAWAL
    )
    decree = ("UKR", "President", DomesticStepKind.PRESIDENT_SIGNED, "2025-06-29")
    law = ("UKR", "Verkhovna Rada", DomesticStepKind.PARLIAMENT_APPROVED, "2025-07-15")
    assert (steps[decree], steps[law]) == (DomesticAim.WITHDRAWAL, DomesticAim.SUSPENSION)


def test_other_treaties_are_names_only_and_not_recorded() -> None:
    assert RECORD.other_treaties["vclt"].title == "Vienna Convention on the Law of Treaties"
    assert not RECORD.other_treaties.keys() & RECORD.treaties.keys()


def test_total_prohibitions_are_those_of_whole_activities() -> None:
    total = {(k, o.activity.value) for k, t in RECORD.treaties.items() for o in t.obligations if o.total}
    assert ("apmbc", "stockpile") in total
    assert {activity for key, activity in total if key == "ccw-ap2"} == {"use"}


OWN_ACTIONS = sorted(key for key, treaty in RECORD.treaties.items() if treaty.actions_from is None)


@given(st.randoms(use_true_random=False), st.sampled_from(OWN_ACTIONS))
@settings(max_examples=12, deadline=None)
def test_row_order_means_nothing(shuffle: random.Random, treaty: str) -> None:
    header, *rows = (PACKAGED / f"treaties/{treaty}/actions.csv").read_text("utf-8").splitlines()
    shuffle.shuffle(rows)
    shuffled = parse_actions("actions.csv", "\n".join([header, *rows]).encode(), treaty, PARTICIPANTS)
    assert set(map(content, shuffled)) == set(map(content, RECORD.actions[treaty]))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=20).map(
    str.strip
)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
EDTF: st.SearchStrategy[Edtf] = st.one_of(
    DAYS.map(edtf_of),
    st.sampled_from(["2011", "1990-06~", "2026-21", "../2011", "2025-07-18/2025-12"]).map(parse_edtf),
)
ACTIONS = st.builds(
    Action,
    participant=st.sampled_from(sorted(PARTICIPANTS)),
    treaty=st.just("apmbc"),
    kind=st.sampled_from(ActionKind),
    date=EDTF,
    known=EDTF,
    effect=st.none() | DAYS,
    source=TEXT.filter(bool),
    note=TEXT,
    file=st.just(""),
    line=st.just(0),
)


@given(st.lists(ACTIONS, max_size=8))
@settings(deadline=None)
def test_dump_and_load_give_the_same_actions(actions: list[Action]) -> None:
    text = actions_csv(actions)
    assert text.startswith(",".join(ACTION_COLUMNS) + "\n")
    assert list(map(content, parse_actions("", text.encode(), "apmbc", PARTICIPANTS))) == actions


def test_a_dumped_row_is_one_line() -> None:
    action = msgspec.structs.replace(RECORD.actions["apmbc"][0], note="one\r\ntwo\nthree")
    assert actions_csv([action]).splitlines()[1].endswith(",one two three")


def test_packaged_actions_survive_dump_and_load() -> None:
    for treaty, actions in RECORD.actions.items():
        again = parse_actions("", actions_csv(actions).encode(), treaty, PARTICIPANTS)
        assert list(map(content, again)) == list(map(content, actions))


def overlaid(folder: Path, name: str, text: str) -> Record:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load(folder)


def test_added_rows_join_the_packaged_ones(tmp_path: Path) -> None:
    row = "FIN,accession,2027-05-01,,,Gazette 9/2027,"
    for name in ("apmbc/actions.add.csv", "treaties/ccm/actions.add.csv"):
        overlaid(tmp_path, name, f"{','.join(ACTION_COLUMNS)}\n{row}\n")
    record = load(tmp_path)
    for treaty in ("apmbc", "ccm"):
        assert record.actions[treaty][:-1] == RECORD.actions[treaty]
        assert record.actions[treaty][-1].date == parse_edtf("2027-05-01")
    assert record.hash != RECORD.hash


def test_a_file_takes_the_place_of_the_packaged_one(tmp_path: Path) -> None:
    record = overlaid(tmp_path, "ccm/actions.csv", f"{','.join(ACTION_COLUMNS)}\n")
    assert record.actions["ccm"] == ()
    assert record.actions["apmbc"] == RECORD.actions["apmbc"]
    assert record.treaties == RECORD.treaties
    assert overlaid(tmp_path, "data/conflicts.yaml", "[]\n").conflicts == ()


def test_a_recorded_treaty_is_no_longer_only_named(tmp_path: Path) -> None:
    clauses = (PACKAGED / "treaties/ccm/treaty.yaml").read_text("utf-8")
    actions = f"{','.join(ACTION_COLUMNS)}\n"
    (tmp_path / "enmod").mkdir()
    (tmp_path / "enmod/actions.csv").write_text(actions, encoding="utf-8")
    record = overlaid(tmp_path, "enmod/treaty.yaml", clauses)
    assert record.treaties["enmod"].key == "enmod"
    assert "enmod" not in record.other_treaties


def test_the_same_files_have_the_same_hash(tmp_path: Path) -> None:
    copy = (PACKAGED / "data/items.yaml").read_text("utf-8")
    assert overlaid(tmp_path, "data/items.yaml", copy).hash == RECORD.hash


def test_the_example_of_the_format_loads_without_a_finding() -> None:
    record = load(Path(__file__).parents[2] / "examples" / "record")
    example = record.treaties["skerry"]
    assert example.names[0] == "Skerry Convention"
    assert len(record.actions["skerry"]) == 7
    assert [a.known.text for a in record.actions["skerry"] if a.kind == "withdrawal"] == ["2010-07-09"]
