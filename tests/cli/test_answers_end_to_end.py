"""The installed command, asked what its users ask."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from running import EXAMPLES, INFORCE, ROOT, every_command, inforce

from inforce.record import load

FINLAND = ("status", "FIN", "apmbc", "--json", "--on")


@pytest.mark.parametrize(
    ("asked", "status", "bound", "since", "until"),
    [
        (("2025-12-01",), "party-withdrawal-notified", True, "2012-07-01", "2026-01-10"),
        (("2026-01-10",), "former-party", False, "2026-01-10", None),
        (("2011-12-31",), "none", False, "1997-12-03", "2012-01-09"),
        (("2025-12-01", "--known-by", "2025-06-30"), "party", True, "2012-07-01", None),
    ],
)
def test_four_questions_about_finland_have_four_answers(
    asked: tuple[str, ...], status: str, bound: bool, since: str, until: str | None
) -> None:
    done = inforce(*FINLAND, *asked)
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert (answer["status"], answer["bound"], answer["until"]) == (status, bound, until)
    assert answer["since"] == since
    assert answer["derivation"]


@pytest.mark.parametrize(
    ("on", "counted", "count"),
    [
        ("2024-06-01", "in_force", 164),
        ("2025-12-20", "deposited", 166),
        ("2025-12-20", "in_force", 166),
        ("2026-02-20", "in_force", 161),
    ],
)
def test_parties_are_counted_by_deposit_and_by_entry_into_force(on: str, counted: str, count: int) -> None:
    answer = json.loads(inforce("parties", "apmbc", "--on", on, "--json").stdout)
    assert answer["counts"][counted] == count


def test_why_names_articles_and_sources() -> None:
    text = inforce("status", "Finland", "Ottawa Convention", "--on", "2025-12-01", "--why").stdout
    assert "Party, withdrawal notified" in text
    for words in ("9 January 2012", "1 July 2012", "10 January 2026", "Art. 17", "Art. 20", "UN Treaty"):
        assert words in text


def test_contested_status_gives_the_readings_and_their_holders() -> None:
    text = inforce("status", "Ukraine", "XXVI-5", "--on", "2025-12-01").stdout
    assert "Contested" in text
    assert text.count("held by") >= 2


def test_tables_fit_eighty_columns_and_have_no_colour_in_a_pipe() -> None:
    for asked in (
        ("parties", "apmbc"),
        ("count", "apmbc", "162", "--why"),
        ("condition", "ctbt"),
        ("condition", "open-skies"),
        ("diff", "status", "FIN", "apmbc", "--on", "2025-12-01", "--known-by", "2025-06-30"),
        ("diff", "parties", "apmbc", "--on", "2025-06-01", "--to-on", "2026-03-01"),
        ("effects",),
        ("treaty", "Rome Statute"),
        ("calendar", "--from", "2024-01-01", "--why"),
        ("record", "audit"),
        ("obligations", "FIN", "--item", "anti-personnel-mine"),
        ("check", EXAMPLES / "midsummer-vote.txt"),
    ):
        text = inforce(*asked).stdout
        assert text.strip(), asked
        assert max(map(len, text.splitlines())) <= 80, asked
        assert "\x1b" not in text, asked


@pytest.mark.parametrize(("name", "coloured"), [("TERM", True), ("NO_COLOR", False)])
def test_colours_are_for_a_terminal_that_wants_them(name: str, coloured: bool) -> None:
    leader, follower = os.openpty()
    asked = [str(INFORCE), "status", "FIN", "apmbc", "--on", "2025-12-01"]
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    subprocess.run(asked, stdout=follower, env={**environment, "TERM": "xterm", name: "xterm"}, check=True)
    os.close(follower)
    shown = os.read(leader, 10_000).decode()
    os.close(leader)
    assert "Finland" in shown
    assert ("\x1b[1m" in shown) is coloured


def test_parties_as_csv_has_a_row_for_each_participant() -> None:
    rows = list(csv.DictReader(inforce("parties", "ccm", "--on", "2025-12-01", "--csv").stdout.splitlines()))
    lithuania = next(row for row in rows if row["participant"] == "LTU")
    assert lithuania == {
        "participant": "LTU",
        "name": "Lithuania",
        "status": "former-party",
        "since": "2025-03-06",
        "until": "",
        "bound": "false",
    }


def test_obligations_say_from_which_day_production_is_not_prohibited() -> None:
    asked = ("obligations", "LTU", "--item", "anti-personnel-mine", "--activity", "produce")
    rows = json.loads(inforce(*asked, "--on", "2025-07-10", "--json").stdout)
    prohibited = next(row for row in rows if row["modality"] == "prohibited")
    assert (prohibited["treaty"], prohibited["until"]) == ("apmbc", "2025-12-27")
    free = next(row for row in rows if row["modality"] == "not-prohibited")
    assert (free["treaty"], free["since"]) == ("apmbc", "2025-12-27")


def test_effects_agree_with_what_was_published_or_say_why_not() -> None:
    done = inforce("effects", "--json")
    rows = json.loads(done.stdout)
    assert done.returncode == 0
    assert sum(row["agrees"] is not None for row in rows) > 50
    assert all(row["explained"] for row in rows if row["agrees"] is False)


def test_the_record_has_no_error() -> None:
    done = inforce("record", "audit")
    assert done.returncode == 0, done.stdout
    assert "0 errors" in done.stdout


def test_check_prints_one_object_a_line_and_exits_with_findings() -> None:
    files = sorted(EXAMPLES.glob("*.txt"))
    done = inforce("check", "--json", *files)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert len(answers) == len(files)
    for answer, file in zip(answers, files, strict=True):
        body = file.read_text("utf-8").split("\n\n", 1)[1]
        for claim in answer["claims"]:
            span = claim["span"]
            assert body[span["start"] : span["end"]] == span["text"]


def test_check_reads_standard_input_as_of_any_day() -> None:
    text = b"Lithuania is a party to the Convention on Cluster Munitions.\n"
    before = inforce("check", "-", "--json", "--published", "2024-03-01", stdin=text)
    later = inforce("check", "-", "--json", "--published", "2024-03-01", "--as-of", "2025-12-01", stdin=text)
    assert (before.returncode, later.returncode) == (0, 1)
    was, now = json.loads(before.stdout), json.loads(later.stdout)
    assert (was["document"]["source"], was["as_of"], now["as_of"]) == (
        "standard input",
        "2024-03-01",
        "2025-12-01",
    )
    assert was["claims"][0]["verdict"] == "supported"
    assert now["claims"][0]["verdict"] == "outdated"


def test_a_text_without_a_date_says_which_date_was_assumed_and_why() -> None:
    done = inforce("check", "-", stdin=b"Finland is a party to the Ottawa Convention.\n")
    assert "today, because nothing dates the text" in done.stdout
    assert "--published" in done.stdout


def test_pages_are_written_one_a_file(tmp_path: Path) -> None:
    done = inforce(
        "check", "--html", tmp_path, EXAMPLES / "lantern-cluster.txt", EXAMPLES / "quay-street.html"
    )
    assert done.returncode == 1
    assert sorted(page.name for page in tmp_path.iterdir()) == ["lantern-cluster.html", "quay-street.html"]
    assert "never runs" not in (tmp_path / "quay-street.html").read_text("utf-8")


def test_the_users_folder_may_be_named_before_the_command_or_after_it() -> None:
    folder = EXAMPLES / "record"
    before = inforce("--record", folder, "effects", "--json", "skerry")
    after = inforce("effects", "skerry", "--record", folder, "--json")
    assert before.stdout == after.stdout
    assert before.returncode == after.returncode == 0, before.stderr
    rows = json.loads(before.stdout)
    assert [row["participant"] for row in rows if row["agrees"]] == ["CHE", "LIE", "LIE", "MNG"]
    assert inforce("--record", folder, "record", "audit").returncode == 0
    assert inforce("effects", "skerry").returncode == 2


def test_a_users_folder_is_laid_over_the_record(tmp_path: Path) -> None:
    folder = tmp_path / "treaties" / "apmbc"
    folder.mkdir(parents=True)
    row = "RUS,accession,2026-03-01,,,an example of a correction,"
    (folder / "actions.add.csv").write_text(f"participant,action,date,known,effect,source,note\n{row}\n")
    done = inforce("status", "RUS", "apmbc", "--on", "2026-10-01", "--record", tmp_path)
    assert "Party" in done.stdout, done.stderr


def test_a_treaty_is_told_in_words_and_as_recorded() -> None:
    text = inforce("treaty", "XXVI-5").stdout
    assert "It entered into force on 1 March 1999, as published." in text
    answer = json.loads(inforce("treaty", "skerry", "--record", EXAMPLES / "record", "--json").stdout)
    assert answer["recorded"]["final_clauses"]["withdrawal"]["article"] == "9(1)"
    assert answer["examples"] == []
    assert len(answer["rules"]) == 4


def test_the_calendar_is_written_as_a_file_or_to_standard_output(tmp_path: Path) -> None:
    asked = ("calendar", "--state", "FIN", "--from", "2025-01-01", "--to", "2026-12-31")
    file = tmp_path / "finland.ics"
    done = inforce(*asked, "--ics", file)
    assert done.stdout.split() == [f"{file}:", "1", "date"], done.stderr
    assert file.read_bytes().decode("utf-8") == inforce(*asked, "--ics", "-").stdout
    (entry,) = json.loads(inforce(*asked, "--json").stdout)["entries"]
    assert (entry["uid"], entry["first"]) == ("apmbc.fin.withdrawal-1.effect@inforce", "2026-01-10")


def test_a_reader_who_leaves_early_is_no_error() -> None:
    done = subprocess.run(
        ["bash", "-c", f"'{INFORCE}' effects | head -1"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stdout.startswith("treaty")
    assert done.stderr == ""


def test_what_is_supposed_is_said_in_every_face(tmp_path: Path) -> None:
    act = ("suppose", "POL accession apmbc 2027-01-15")
    questions = {
        "status": ("POL", "apmbc", "--on", "2027-08-01"),
        "parties": ("apmbc", "--on", "2027-08-01"),
        "count": ("apmbc", "163", "--from", "2027-01-01"),
        "condition": ("apmbc",),
        "obligations": ("POL", "--item", "anti-personnel-mine", "--on", "2027-08-01"),
        "effects": ("apmbc",),
        "calendar": ("--treaty", "apmbc", "--state", "POL", "--from", "2027-01-01"),
    }
    for command, asked in questions.items():
        text = inforce(*act, "--", command, *asked)
        assert text.returncode == 0, text.stderr
        assert text.stdout.startswith("Supposed, not recorded\n+ Poland: accession, "), command
        assert max(map(len, text.stdout.splitlines())) <= 80, command
        answer = json.loads(inforce(*act, "--json", "--", command, *asked).stdout)
        assert [one["effect"] for one in answer["supposed"]] == ["2027-07-01"], command
        assert answer == json.loads(inforce(*act, "--", command, *asked, "--json").stdout), command


def test_what_is_supposed_is_in_the_answer() -> None:
    asked = ("status", "POL", "apmbc", "--on", "2027-08-01", "--json")
    answer = json.loads(inforce("suppose", "POL accession apmbc 2027-01-15", "--", *asked).stdout)
    assert (answer["status"], answer["since"]) == ("party", "2027-07-01")
    assert json.loads(inforce(*asked).stdout)["status"] == "former-party"


def test_two_records_differ_by_the_row_that_one_has_more(tmp_path: Path) -> None:
    folder = tmp_path / "treaties" / "apmbc"
    folder.mkdir(parents=True)
    row = "RUS,accession,2026-03-01,,,an example of a correction,"
    (folder / "actions.add.csv").write_text(f"participant,action,date,known,effect,source,note\n{row}\n")
    asked = ("diff", "parties", "apmbc", "--on", "2026-10-01", "--to-record", tmp_path, "--json")
    answer = json.loads(inforce(*asked).stdout)
    (russia,) = answer["participants"]
    assert (russia["participant"], russia["second"]["status"]) == ("RUS", "party")
    assert [(one["at"], one["source"]) for one in russia["by_documents"]] == [
        ("second", "an example of a correction")
    ]


def test_the_conditions_of_entry_into_force_name_who_is_missing() -> None:
    text = inforce("condition", "ctbt", "--on", "2026-01-01").stdout
    assert "35 of 44: not met" in text
    assert "North Korea, India, Pakistan" in text
    answer = json.loads(inforce("condition", "ctbt", "--on", "2026-01-01", "--json").stdout)
    assert (len(answer["there"]), answer["entry"]) == (35, None)


def test_help_of_every_command_has_examples() -> None:
    for command in every_command():
        text = inforce(*command.split(), "--help").stdout
        assert f"inforce {command}" in text.split("options:")[1], command
        assert "--record DIR" in text, command
        assert "--json" in text or command == "mcp", command  # which speaks JSON and nothing else


def test_answers_come_in_any_locale() -> None:
    done = inforce("status", "Türkiye", "apmbc", "--on", "2020-01-01", env={"LC_ALL": "C", "PYTHONUTF8": "1"})
    assert done.returncode == 0


def test_the_package_runs_as_the_command_does() -> None:
    asked = ("status", "FIN", "apmbc", "--on", "2025-12-01")
    done = subprocess.run(
        [sys.executable, "-m", "inforce", *asked], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, inforce(*asked).stdout)


def test_help_names_every_treaty_of_the_record() -> None:
    shown = " ".join(inforce("--help").stdout.split())
    assert ", ".join(sorted(load().treaties)) in shown


def test_a_treaty_not_in_force_has_a_line_for_each_state() -> None:
    lines = inforce("parties", "ctbt", "--on", "2026-01-01").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert next(line for line in lines if line.startswith("Ukraine")).split() == [
        "Ukraine", "contracting", "2001-02-23",
    ]  # fmt: skip


def test_an_interval_in_a_table_breaks_between_its_days() -> None:
    shown = inforce("effects", "open-skies").stdout
    assert re.search(r"  SVK    succession    1993-01-01/  2002-01-01 .*\n +2002-01-01\n", shown)


def test_a_derivation_cites_articles_in_roman_numbers_as_articles() -> None:
    shown = inforce("status", "USA", "ctbt", "--why", "--on", "2026-01-01").stdout
    assert "  Art. XIV(1)\n  CHN, PRK, EGY," in shown


def test_the_readme_lists_the_treaties_and_how_far_each_is_complete() -> None:
    rows = re.findall(
        r"^\| `([a-z0-9-]+)` \|.*\| ([0-9-]+) \|$", (ROOT / "README.md").read_text("utf-8"), re.M
    )
    assert dict(rows) == {key: treaty.verified_through for key, treaty in load().treaties.items()}


def test_parties_tell_between_which_days_a_notice_of_an_unknown_day_takes_effect() -> None:
    rows = csv.DictReader(
        inforce("parties", "rome-statute", "--csv", "--on", "2026-08-22").stdout.splitlines()
    )
    until = {row["participant"]: row["until"] for row in rows}
    assert until["VEN"] == "2026-12-11/2027-07-24"


def test_a_note_on_an_open_status_names_only_the_act_whose_day_is_not_known() -> None:
    notes = json.loads(inforce("parties", "rome-statute", "--json", "--on", "2026-09-01").stdout)["notes"]
    assert "Chad may be party withdrawal notified or former party: its act is recorded only as of " \
        "2025-08-23/2026-07-27." in notes  # fmt: skip
