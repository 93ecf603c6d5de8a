"""Saved tables of depositaries, read: every name, day, letter and mark of a note accounted for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from inforce.errors import UsageError
from inforce.record import load
from inforce.record.importing import open_table
from inforce.record.importing.model import Act, Table
from inforce.record.importing.source import MAX_BYTES
from inforce.record.importing.untc_html import series_number

TABLES = Path(__file__).parent / "tables"
BAD = Path(__file__).parent / "bad"
MESSAGES = dict(
    line.split(" | ", 1) for line in (BAD / "messages.txt").read_text(encoding="utf-8").splitlines()
)
RECORD = load()


def opened(name: str, treaty: str) -> Table:
    return open_table(str(TABLES / name), RECORD, treaty, partial=True)


def told(table: Table) -> list[tuple[str, str, str]]:
    return [(act.participant, act.kinds[0].value, act.date.text) for act in table.acts]


def test_a_status_page_tells_its_acts_by_column_and_letter() -> None:
    table = opened("mine-ban.html", "apmbc")
    assert (table.format, table.number, table.status_of) == ("untc-html", "XXVI-5", dt.date(2026, 11, 22))
    assert told(table)[:4] == [
        ("AFG", "accession", "2002-09-11"),
        ("AUT", "signature", "1997-12-03"),
        ("AUT", "ratification", "1998-06-29"),
        ("COG", "accession", "2001-05-04"),
    ]
    assert ("NLD", "acceptance", "1999-04-12") in told(table)
    assert {"CIV", "KOR", "SRB", "TUR"} <= set(table.participants)


def test_a_name_in_brackets_and_its_note_tell_a_withdrawal() -> None:
    table = opened("mine-ban.html", "apmbc")
    (withdrawal,) = [act for act in table.acts if act.kinds[0].value == "withdrawal"]
    assert (withdrawal.participant, withdrawal.date.text) == ("LTU", "2025-06-27")
    assert withdrawal.effect == dt.date(2025, 12, 27)
    assert table.left == {"LTU": 6}
    assert table.to_read == ()
    assert [note.mark for note in table.other_notes] == ["1", "12", "3"]


def test_a_note_begun_by_an_anchor_with_its_mark_is_read_without_the_mark(tmp_path: Path) -> None:
    told_so = "On 27 June 2025, the Government of Lithuania notified"
    text = (TABLES / "mine-ban.html").read_text(encoding="utf-8")
    assert text.count(f">{told_so}") == 1
    page = tmp_path / "page.html"
    anchored = text.replace(f">{told_so}", f"><a name='2'>2</a><index></index>{told_so}")
    page.write_text(anchored, encoding="utf-8")
    table = open_table(str(page), RECORD, "apmbc", partial=True)
    assert told(table) == told(opened("mine-ban.html", "apmbc"))
    assert table.to_read == ()


def test_the_xml_tells_consent_to_be_bound_with_marks_escaped_or_not() -> None:
    table = opened("amended-protocol.xml", "ccw-ap2")
    assert (table.format, table.number, table.status_of) == ("untc-xml", "XXVI-2-b", None)
    assert told(table) == [
        ("ALB", "consent-to-be-bound", "2002-08-28"),
        ("DNK", "consent-to-be-bound", "1997-04-30"),
        ("NLD", "consent-to-be-bound", "1999-03-25"),
        ("MDA", "consent-to-be-bound", "2001-07-16"),
        ("USA", "consent-to-be-bound", "1999-05-24"),
    ]
    assert [(note.mark, note.text) for note in table.other_notes] == [
        ("1", "For Côte and café alike."),
        ("2", "For the Kingdom in Europe."),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("STATUS AS AT : 04-05-2024 CHAPTER XXVI DISARMAMENT 2 .d Protocol on Remnants", "XXVI-2-d"),
        ("CHAPTER XXVI DISARMAMENT 2 a Additional Protocol", "XXVI-2-a"),
        ("CHAPTER XXVI DISARMAMENT 8 Arms Trade Treaty New York, 2 April 2013", "XXVI-8"),
        ("CHAPTER XVIII PENAL MATTERS 10 . Rome Statute", "XVIII-10"),
        ("Status of treaties", None),
    ],
)
def test_the_head_of_a_status_tells_the_treaty_s_number(text: str, number: str | None) -> None:
    assert series_number(text) == number


def test_a_status_that_shows_fewer_parties_than_it_states_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    text = (TABLES / "amended-protocol.xml").read_text("latin-1").replace("<Count>5<", "<Count>106<")
    file.write_text(text, encoding="latin-1")
    with pytest.raises(UsageError, match="states 106 parties and shows 5; it is cut off"):
        open_table(str(file), RECORD, "ccw-ap2")


def test_a_table_within_a_note_tells_the_withdrawals_and_leaves_what_was_taken_back_to_a_person() -> None:
    table = opened("statute.html", "rome-statute")
    left = [(act.participant, act.date.text, act.effect) for act in table.acts if "note" in act.note]
    assert left == [
        ("BDI", "2016-10-27", dt.date(2017, 10, 27)),
        ("PHL", "2018-03-17", dt.date(2019, 3, 17)),
    ]
    (unread,) = table.to_read
    assert (unread.participant, unread.mark) == ("GMB", "2")
    assert "Withdrawn on 10 Feb 2017" in unread.why


def test_the_page_of_a_registered_treaty_tells_published_days_of_effect() -> None:
    table = opened("arms-trade-acts.html", "att")
    assert [(a.participant, a.kinds[0].value, a.date.text, a.effect) for a in table.acts] == [
        ("ALB", "signature", "2013-06-03", None),
        ("ALB", "ratification", "2014-03-19", dt.date(2014, 12, 24)),
        ("AND", "ratification", "2022-12-02", dt.date(2023, 3, 2)),
        ("BEL", "provisional-application", "2014-06-03", dt.date(2014, 12, 24)),
    ]
    assert table.not_compared == {"declaration": 1}


def test_the_unoda_s_ratification_may_be_acceptance_and_acts_with_two_depositaries_stand_once() -> None:
    table = opened("portal.json", "npt")
    assert told(table) == [
        ("FIN", "signature", "1968-07-01"),
        ("FIN", "ratification", "1969-02-05"),
        ("PRK", "accession", "1985-12-12"),
        ("PRK", "withdrawal", "2003-01-10"),
    ]
    assert [kind.value for kind in table.acts[1].kinds] == ["ratification", "acceptance", "approval"]
    assert [act.participant for act in table.acts if act.day_unsure] == ["PRK"]


def test_lists_kept_by_iso_code_are_read_too() -> None:
    assert told(opened("kept-lists.json", "tpnw")) == [
        ("AUT", "signature", "2017-09-20"),
        ("AUT", "ratification", "2018-05-08"),
        ("COK", "accession", "2018-09-04"),
    ]


def test_marks_glued_to_names_and_years_are_marks_and_named_where_the_note_is_lacking() -> None:
    table = opened("mine-ban.csv", "apmbc")
    assert told(table) == [("SRB", "accession", "2003-09-18"), ("KIR", "accession", "2000-09-07")]
    assert [(one.participant, one.mark) for one in table.to_read] == [
        ("SRB", "2"),
        ("SRB", "1"),
        ("FSM", "4"),
        ("FSM", "5"),
    ]
    assert {one.why for one in table.to_read} == {"the file holds no notes"}


def test_a_name_in_brackets_without_a_note_stays_a_party_s_acts_and_is_told_as_left(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text('Participant,Signature,"Ratification"\n[Estonia],,[12 May 2004]\n', encoding="utf-8")
    table = open_table(str(file), RECORD, "apmbc", partial=True)
    assert table.left == {"EST": 1}
    assert told(table) == [("EST", "ratification", "2004-05-12")]


def test_a_signature_alone_in_brackets_is_left_to_a_person(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("Participant,Signature,Ratification\nEstonia,[12 May 1998],\n", encoding="utf-8")
    (unread,) = open_table(str(file), RECORD, "apmbc", partial=True).to_read
    assert unread.why == "a signature stands in brackets"


def test_an_act_of_formal_confirmation_is_an_organisation_s_ratification(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text(
        'Participant,"Ratification, Formal confirmation(c)"\nEuropean Union,23 Dec 2010 c\n', encoding="utf-8"
    )
    (act,) = open_table(str(file), RECORD, "apmbc", partial=True).acts
    assert (act.participant, act.kinds[0].value, act.note) == (
        "EUE",
        "ratification",
        "act of formal confirmation",
    )


def test_a_day_may_be_given_again_in_one_cell(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text(
        'Participant,"Acceptance(A)"\nUnited States of America,"[3 Sep 2016 A], 20 Jan 2021 A"\n',
        encoding="utf-8",
    )
    acts: tuple[Act, ...] = open_table(str(file), RECORD, "apmbc", partial=True).acts
    assert [act.date.text for act in acts] == ["2016-09-03", "2021-01-20"]


def test_every_bad_file_has_its_message() -> None:
    assert sorted(MESSAGES) == sorted(path.name for path in BAD.iterdir() if path.suffix != ".txt")


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_a_bad_file_is_refused_with_one_line_that_names_it(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_table(str(BAD / name), RECORD, "apmbc")
    assert str(caught.value) == f"{BAD / name}: {MESSAGES[name]}"
    assert "\n" not in MESSAGES[name]


def test_the_page_of_the_convention_is_not_read_as_the_table_of_its_first_protocol(tmp_path: Path) -> None:
    page = tmp_path / "convention.html"
    page.write_text(
        "<html><body>CHAPTER XXVI DISARMAMENT 2 . <table><tr><th>Participant</th><th>Signature</th>"
        "<th>Ratification</th></tr><tr><td>Mexico</td><td>10 Apr 1981</td><td>11 Feb 1982</td></tr>"
        "</table></body></html>",
        encoding="utf-8",
    )
    assert open_table(str(page), RECORD, "ccw", partial=True).participants == ("MEX",)
    with pytest.raises(UsageError) as caught:
        open_table(str(page), RECORD, "ccw-p1", partial=True)
    assert str(caught.value) == (
        f"{page}: is the table of ccw; consents to ccw-p1, which has no number of its own, stand in another "
        "table of that page, which is not read (compare with --treaty ccw)"
    )


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="addresses are not fetched"):
        open_table("https://treaties.un.org/Pages/ViewDetails.aspx", RECORD, "apmbc")
    with pytest.raises(UsageError, match="cannot be read"):
        open_table(str(tmp_path), RECORD, "apmbc")
    large = tmp_path / "large.html"
    with large.open("wb") as out:
        out.truncate(MAX_BYTES + 1)
    with pytest.raises(UsageError, match="over the limit of 10 MB"):
        open_table(str(large), RECORD, "apmbc")


def test_a_part_is_read_only_when_it_is_said_to_be_one() -> None:
    with pytest.raises(UsageError, match="say --partial"):
        open_table(str(TABLES / "mine-ban.html"), RECORD, "apmbc")
    assert open_table(str(TABLES / "mine-ban.html"), RECORD, "apmbc", partial=True).participants


def test_more_rows_than_any_treaty_has_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("Participant,Signature\n" + "Austria,\n" * 5001, encoding="utf-8")
    with pytest.raises(UsageError, match="holds more rows than the 5000"):
        open_table(str(file), RECORD, "apmbc")


def test_entities_of_an_xml_are_never_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("Austria")
    file = tmp_path / "a.xml"
    file.write_text(
        f'<!DOCTYPE m SYSTEM "{secret}"><MTDSG><Participants><Row><Entry>Participant</Entry><Entry>Signature'
        "</Entry></Row><Row><Entry>&outside;</Entry><Entry/></Row></Participants></MTDSG>"
    )
    with pytest.raises(UsageError, match=r"is no whole XML|no state called"):
        open_table(str(file), RECORD, "apmbc", partial=True)
