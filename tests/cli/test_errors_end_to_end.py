"""Bad input: one clear line on standard error, exit status 2, and nothing else is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import BAD, EXAMPLES, ROOT, inforce

from inforce import reading
from inforce.cli.app import parser
from inforce.cli.output import EXIT_DEFECT
from inforce.reading.model import Claim, Document
from inforce.record.model import Record

STORY = sorted((EXAMPLES / "story").iterdir())
RECORDS = ROOT / "tests" / "record" / "bad"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", BAD / "empty.txt"), "empty.txt: is empty"),
        (("check", BAD / "binary.txt"), "binary.txt: is a binary file"),
        (("check", BAD / "windows-1252.txt"), "is not UTF-8"),
        (("check", BAD / "no-such.txt"), "no-such.txt: no such file"),
        (("check", "http://127.0.0.1:9/a"), "leads to 127.0.0.1, which is no public address"),
        (("check", "http://169.254.169.254/latest/meta-data/"), "leads to 169.254.169.254, which is no"),
        (("check", "http://[::1]/a"), "leads to ::1, which is no public address, and is not fetched"),
        (("check", "http://2130706433/"), "leads to 127.0.0.1, which is no public address"),
        (("check", "ftp://127.0.0.1/a"), "is no http or https address; give one, or a file"),
        (("check", BAD / "*.nothing"), "no file matches this pattern"),
        (("check", BAD / "impossible-date.txt"), "line 2: Published: '2025-02-30'"),
        (
            ("check", EXAMPLES / "midsummer-vote.txt", "--published", "2025-02-30"),
            "--published: '2025-02-30'",
        ),
        (("check", EXAMPLES / "midsummer-vote.txt", "--as-of", "soon"), "--as-of: 'soon' is no date"),
        (("check", EXAMPLES / "midsummer-vote.txt", "--html", "no/such/folder/a.html"), "cannot be written"),
        (("check", "a.txt", "b.txt", "--html", "a.html"), "give a folder"),
        (("check", "a.txt", "--json", "--html", "a.html"), "not allowed with argument --json"),
        (("check", EXAMPLES / "quay-street.html", "--html", EXAMPLES), "would overwrite the article itself"),
        (("check", "a/x.txt", "b/x.txt", "--html", BAD), "would overwrite the page of a/x.txt"),
        (("check", "-", "--html", "no/such/folder/a.html"), "standard input: is empty"),
        (("check",), "see inforce check --help"),
        (
            ("check", "a.txt", "--letter", "-", "--annotations", "-"),
            "--letter - and --annotations - both print to standard output; give one a file",
        ),
        (
            ("check", "a.txt", "--json", "--claimreview", "-"),
            "--claimreview - and --json both print to standard output; give one a file",
        ),
        (("check", *STORY, "--letter", "a.txt"), "--letter a.txt: for several files give a folder"),
        (("check", *STORY, "--claimreview", BAD), "is a folder; name one file for all documents"),
        (("check", *STORY, "--annotations", STORY[0]), "would overwrite an article; give another file"),
        (("check", STORY[0], "--letter", STORY[0]), "would overwrite the article itself"),
        (("compare",), "see inforce compare --help"),
        (("compare", STORY[0]), "compares 2 to 26 articles, and 1 can be read; give as many"),
        (("compare", *STORY[:1] * 27), "compares 2 to 26 articles, and 27 can be read; give as many"),
        (("compare", "a.txt", "b.txt", "--published", "soon"), "--published: 'soon' is no date"),
        (("compare", "a.txt", "b.txt", "--as-of", "2025"), "--as-of: '2025' is not one day"),
        (
            ("compare", "a.txt", "b.txt", "c.txt", *["--published", "2025-07-10"] * 2),
            "--published is given 2 times for 3 files; give it once, or for each",
        ),
        (("compare", "a.txt", "b.txt", "--json", "--html", "a.html"), "not allowed with argument --json"),
        (("compare", "a.txt", "b.txt", "--html", EXAMPLES), "is a folder; name one page for all articles"),
        (("compare", *STORY, "--html", STORY[1]), "would overwrite an article"),
        (("compare", *STORY, "--html", "no/such/folder/a.html"), "cannot be written"),
        (("status", "Finlandia", "apmbc"), "Finland"),
        (("status", "Atlantis", "apmbc"), "no state called 'Atlantis'"),
        (("status", "FIN", "apmcb"), "apmbc"),
        (
            ("status", "FIN", "apmbc", "--on", "2025-02-30"),
            "--on: '2025-02-30' names a day that does not exist",
        ),
        (("status", "FIN", "apmbc", "--known-by", "2025"), "--known-by: '2025' is not one day"),
        (("status", "FIN"), "see inforce status --help"),
        (("status", "FIN", "apmbc", "--no-such-option"), "--no-such-option"),
        (("status", "UKR", "apmbc", "--reading", "Z"), "choose ukraine-apmbc-suspension:A"),
        (("status", "FIN", "apmbc", "--reading", "A"), "there is none"),
        (("obligations", "UKR", "--reading", "Z"), "reading 'Z' of Ukraine: unknown; choose"),
        (("obligations", "FIN", "--towards", "Atlantis"), "no state called 'Atlantis'"),
        (("transfer", "FIN", "Finland", "--item", "mine"), "FIN is supplier and recipient"),
        (("transfer", "FIN", "SWE"), "see inforce transfer --help"),
        (("transfer", "FIN", "SWE", "--item", "catapult"), "unknown item 'catapult'"),
        (("parties", "apmbc", "--json", "--csv"), "not allowed with argument"),
        (("count", "apmbc"), "see inforce count --help"),
        (("count", "apmbc", "many"), "'many' is no number of states; write it in figures, such as 164"),
        (("count", "apmbc", "0"), "0 is no number of participants; ask for 1 or more"),
        (("count", "apmbc", "164", "--from", "soon"), "--from: 'soon' is no date"),
        (
            ("count", "apmbc", "164", "--from", "2026-01-02", "--to", "2026-01-01"),
            "end on 2026-01-01 before they begin on 2026-01-02; swap the two",
        ),
        (
            ("count", "apmbc", "164", "--on", "2026-01-02", "--to", "2026-01-03"),
            "--on asks about one day; leave out --from and --to",
        ),
        (("condition", "nothing"), "no treaty called 'nothing'"),
        (("condition",), "see inforce condition --help"),
        (("diff",), "see inforce diff --help"),
        (("diff", "status", "FIN"), "see inforce diff status --help"),
        (
            ("diff", "status", "FIN", "apmbc", "--on", "2025-12-01"),
            "both points are the same; give --known-by, --to-on, --to-known-by or --to-record",
        ),
        (
            ("diff", "parties", "apmbc", "--on", "2025-12-01", "--known-by", "2099-01-01"),
            "both points are the same",
        ),
        (("diff", "count", "apmbc", "--to-on", "soon"), "--to-on: 'soon' is no date"),
        (("diff", "count", "apmbc", "--to-known-by", "2025"), "--to-known-by: '2025' is not one day"),
        (("diff", "count", "apmbc", "--to-record", "no-such-folder"), "no-such-folder: no such folder"),
        (("suppose",), 'nothing is supposed; write an act, such as "POL accession apmbc 2027-01-15"'),
        (("suppose", "POL accession apmbc 2027-01-15"), 'no question; write it after "--", such as --'),
        (("suppose", "POL accession apmbc 2027-01-15", "--"), 'no question; write it after "--"'),
        (
            ("suppose", "POL accession apmbc 2027-01-15", "--", "check", "a.txt"),
            "'check' cannot be asked of what is supposed; ask status, parties, count, condition,",
        ),
        (
            ("suppose", "POL accession apmbc 2027-01-15", "--", "parties", "apmbc", "--csv"),
            "--csv has no place to say what is supposed; leave it out, or use --json",
        ),
        (
            ("suppose", "POL accession apmbc", "--", "status", "POL", "apmbc"),
            "has no day; write STATE ACTION",
        ),
        (
            ("suppose", "FIN withdrawal apmbc 2025-07-10", "--", "parties", "apmbc"),
            "FIN withdrawal apmbc 2025-07-10 is recorded already (treaties/apmbc/actions.csv:",
        ),
        (("suppose", "POL accession apmbc 2027-01-15", "--", "status", "POL"), "see inforce status --help"),
        (("obligations", "FIN", "--item", "no-such-item"), "unknown item 'no-such-item'; the treaties have"),
        (("obligations", "FIN", "--item", "cluster-munitoin"), "did you mean cluster-munition or"),
        (("obligations", "FIN", "--item", "anti-tank mine"), "did you mean anti-vehicle-mine"),
        (("obligations", "FIN", "--activity", "no-such-activity"), "no-such-activity"),
        (("effects", "nothing"), "nothing"),
        (("treaty", "apmcb"), "apmbc"),
        (("calendar", "--kind", "party"), "unknown kind of date 'party'; choose one of"),
        (("calendar", "--from", "2026"), "--from: '2026' is not one day"),
        (("calendar", "--from", "2026-02-01", "--to", "2026-01-01"), "it begins on 2026-02-01; swap the two"),
        (("calendar", "--state", "Atlantis"), "no state called 'Atlantis'"),
        (("calendar", "--treaty", "apmcb"), "apmbc"),
        (("calendar", "--ics", "no/such/folder/a.ics"), "--ics no/such/folder/a.ics: cannot be written"),
        (("calendar", "--ics", "-", "--json"), "not allowed with argument"),
        (("quibble",), "quibble"),
        ((), "COMMAND"),
        (("record", "audit", "--record", RECORDS / "action-unknown"), "actions.add.csv:3: unknown action"),
        (("status", "FIN", "apmbc", "--record", RECORDS / "date-impossible"), "date-impossible"),
        (("check", EXAMPLES / "midsummer-vote.txt", "--record", "no-such-folder"), "no-such-folder"),
    ],
)
def test_bad_input_gets_one_line_and_status_2(arguments: tuple[str | Path, ...], words: str) -> None:
    done = inforce(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("inforce: ")
    assert words in done.stderr


def test_fifty_megabytes_of_text_are_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    with file.open("wb") as out:
        out.truncate(50 * 2**20)
    done = inforce("check", file)
    assert done.returncode == 2
    assert done.stderr == f"inforce: {file}: is 50 MB, over the limit of 20 MB; give one article a file\n"


def test_one_bad_file_of_several_is_named_and_the_others_are_checked() -> None:
    good = [EXAMPLES / "midsummer-vote.txt", EXAMPLES / "lantern-cluster.txt"]
    done = inforce("check", "--json", good[0], BAD / "binary.txt", good[1])
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "binary.txt" in done.stderr
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 2


def test_an_article_that_cannot_be_read_leaves_the_others_to_be_compared() -> None:
    done = inforce("compare", "--json", STORY[0], BAD / "binary.txt", STORY[1])
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert len(json.loads(done.stdout)["articles"]) == 2


def test_one_article_left_is_no_comparison() -> None:
    done = inforce("compare", STORY[0], BAD / "binary.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "binary.txt: is a binary file" in done.stderr
    assert "compares 2 to 26 articles, and 1 can be read" in done.stderr


@pytest.mark.parametrize("name", ["hostile.txt", "hostile.html"])
def test_hostile_articles_are_compared_and_stay_text(name: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert inforce("compare", "--html", page, BAD / name, STORY[0]).returncode == 0
    markup = page.read_text("utf-8")
    for forbidden in ("<script", "<img", "<iframe", "<form", 'onload="', "\x1b", "\u202e"):
        assert forbidden not in markup.split("</style>", 1)[1]
    shown = inforce("compare", BAD / name, STORY[0]).stdout
    assert not any(c in shown for c in "\x1b\x07\u202e")


@pytest.mark.parametrize("name", ["hostile.txt", "hostile.html"])
def test_hostile_articles_are_read_and_their_page_holds_no_markup_of_theirs(
    name: str, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    done = inforce("check", "--html", page, BAD / name)
    assert done.returncode in (0, 1), done.stderr
    markup = page.read_text("utf-8")
    for forbidden in ("<script", "<img", "<iframe", "<form", 'onload="', "<b ", "\x1b", "\u202e"):
        assert forbidden not in markup.split("</style>", 1)[1]


def test_hostile_text_cannot_redraw_the_terminal() -> None:
    done = inforce("check", BAD / "hostile.txt")
    assert not any(c in done.stdout for c in "\x1b\x07\u202e")


def test_a_hostile_file_name_cannot_redraw_the_terminal(tmp_path: Path) -> None:
    done = inforce("check", tmp_path / "a\x1b[2J\nb.txt")
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_defect_of_ours_is_no_finding_and_loses_no_other_article(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = reading.read

    def broken(document: Document, record: Record) -> tuple[Claim, ...]:
        if "Tidewater" in document.source:
            raise ZeroDivisionError
        return real(document, record)

    monkeypatch.setattr(reading, "read", broken)
    files = [str(EXAMPLES / name) for name in ("lantern-cluster.txt", "midsummer-vote.txt")]
    asked = parser().parse_args(["check", *files])
    assert asked.run(asked) == EXIT_DEFECT
    shown = capsys.readouterr()
    assert "Finland leaves mine ban" in shown.out
    assert "a defect of inforce" in shown.err
