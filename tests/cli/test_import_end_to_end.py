"""`inforce record import` and `record audit --against`, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import EXAMPLES, ROOT, inforce

RECORD = ("--record", EXAMPLES / "record")
TABLE = EXAMPLES / "tables" / "skerry.html"
LATER = EXAMPLES / "tables" / "skerry-later.csv"
SKERRY = ("--treaty", "skerry", *RECORD)
BAD = ROOT / "tests" / "record" / "importing" / "bad"


def test_an_audit_against_a_table_shows_each_difference_within_80_columns() -> None:
    done = inforce("record", "audit", "--against", TABLE, *SKERRY)
    assert (done.returncode, done.stderr) == (1, "")
    assert "1 more exact there, 1 missing here" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_same_table_twice_shows_no_difference() -> None:
    done = inforce("record", "audit", "--against", TABLE, "--and", TABLE, *SKERRY)
    assert (done.returncode, done.stderr) == (0, "")
    assert "8 acts agree; no difference." in done.stdout


def test_an_import_prints_a_patch_and_leaves_the_record_alone() -> None:
    actions = EXAMPLES / "record" / "treaties" / "skerry" / "actions.csv"
    before = actions.read_bytes()
    done = inforce("record", "import", TABLE, "--source", "a list", *SKERRY)
    assert (done.returncode, done.stderr) == (1, "")
    assert "+NPL,accession,2012-05-03,,,a list,\n" in done.stdout
    assert all(line[:1] in "#-+@ " or line[0].isupper() for line in done.stdout.splitlines())
    assert actions.read_bytes() == before


def test_an_import_reads_standard_input_and_writes_where_it_is_told(tmp_path: Path) -> None:
    out = tmp_path / "skerry.patch"
    done = inforce(
        "record", "import", "-", "--source", "a list", "-o", out, *SKERRY, stdin=TABLE.read_bytes()
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"inforce: {out}: a patch to review, then: git apply\n"
    assert "+NPL," in out.read_text("utf-8")
    assert "standard input" in out.read_text("utf-8")


def test_the_answers_as_json() -> None:
    done = inforce("record", "import", TABLE, "--source", "a list", "--json", *SKERRY)
    answer = json.loads(done.stdout)
    assert answer["comparison"]["agreeing"] == 6
    assert "+NPL" in answer["patch"]
    audited = inforce("record", "audit", "--against", TABLE, "--json", *SKERRY)
    assert json.loads(audited.stdout) == answer["comparison"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import", BAD / "outage.html", "--treaty", "apmbc"), 'is an outage page ("maintenance")'),
        (("import", "no-such.html", "--treaty", "apmbc"), "no-such.html: cannot be read"),
        (("import", "https://example.org/a", "--treaty", "apmbc"), "addresses are not fetched"),
        (("import", TABLE), "--treaty"),
        (("import", TABLE, "--treaty", "apmcb"), "apmbc"),
        (("import", TABLE, *SKERRY), "name it for the new rows with --source"),
        (("import", TABLE, "--source", "a list", "-o", "no/such/a.patch", *SKERRY), "cannot be written"),
        (("import", LATER, "--status-of", "2012", *SKERRY), "--status-of: '2012' is not one day"),
        (("audit", "--against", TABLE), "--against: say which treaty's table it is, --treaty KEY"),
        (("audit", "--treaty", "apmbc"), "--treaty: say also with which table, --against FILE"),
        (("audit", "--and", TABLE), "--and: say also with which table, --against FILE"),
        (("audit", "--status-of", "2012-06-30"), "--status-of: say also with which table"),
        (("audit", "--partial"), "--partial: say also with which table"),
        (("audit", "--against", "-", "--treaty", "apmbc"), "standard input: is empty"),
    ],
)
def test_bad_input_gets_one_line_and_status_2(arguments: tuple[str | Path, ...], words: str) -> None:
    done = inforce("record", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr
