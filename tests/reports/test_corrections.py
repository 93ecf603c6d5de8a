"""Letters, ClaimReview and annotations: what each may say, and whether others can read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from made_reports import RECORD, Said, made_report

from inforce.checking import Report
from inforce.reading.model import Attribution
from inforce.reports.annotations import annotation_collection
from inforce.reports.claim_review import RATING, claim_reviews
from inforce.reports.json_answers import encode
from inforce.reports.letter import letter
from inforce.vocabulary import Verdict

SHAPES = Path(__file__).parent / "shapes"
TEXT = "It is said that Finland joined in 2011, in winter. Poland left. Finland joined in 2011."
HOSTILE = "</script><script>alert(1)</script> \x1b[2J \u202e \x00"


def report(*said: Said, **document: Any) -> Report:
    made = made_report(TEXT, *said)
    return msgspec.structs.replace(made, document=msgspec.structs.replace(made.document, **document))


def every_verdict() -> Report:
    return report(*(Said("Finland joined in 2011", verdict, "It acceded in 2012.") for verdict in Verdict))


def valid(name: str, answer: object) -> Any:
    shape = json.loads((SHAPES / f"{name}.json").read_text("utf-8"))
    read = json.loads(encode(answer))
    jsonschema.Draft202012Validator(shape, format_checker=jsonschema.FormatChecker()).validate(read)
    return read


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_letter_is_written_for_what_is_wrong_and_nothing_else(verdict: Verdict) -> None:
    wrong = verdict in (Verdict.CONTRADICTED, Verdict.IMPRECISE, Verdict.OUTDATED)
    assert (letter(report(Said("Poland left", verdict, "It is so.")), RECORD) is not None) is wrong


def test_a_letter_quotes_the_sentence_and_says_what_is_so_and_by_whom() -> None:
    text = letter(
        report(
            Said("Finland joined in 2011", Verdict.IMPRECISE, "It acceded in 2012."), outlet="The Courier"
        ),
        RECORD,
    )
    assert text is not None
    words = " ".join(text.split())
    assert words.startswith("To the editors of The Courier Request for correction")
    assert "“It is said that Finland joined in 2011, in winter.”" in words
    assert "It acceded in 2012. Sources: Art. 17, UNTC XXVI-5." in words
    assert "one statement about treaty law differs" in words
    assert max(map(len, text.splitlines())) <= 72


def test_what_is_contested_or_unrecorded_is_named_and_no_change_of_it_asked_for() -> None:
    said = (
        Said("Finland joined in 2011", Verdict.OUTDATED, "It left."),
        Said("Poland left", Verdict.CONTESTED, "Readings differ."),
        Said("in winter", Verdict.UNRECORDED),
    )
    words = " ".join((letter(report(*said), RECORD) or "").split())
    assert "We ask for no change of what states themselves read differently: - “Poland left”" in words
    assert "Our record does not cover, and so says nothing against: - “in winter”" in words
    assert "one statement about treaty law differs" in words


def test_a_letter_cannot_redraw_the_terminal() -> None:
    made = report(Said("Poland left", Verdict.IMPRECISE, HOSTILE), title=HOSTILE, outlet=HOSTILE)
    assert not any(c in (letter(made, RECORD) or "") for c in "\x1b\x00\u202e")


def test_reviews_have_the_published_shape_and_only_verdicts_that_rate() -> None:
    read = valid("claimreview", claim_reviews([every_verdict(), every_verdict()]))
    rated = [one["reviewRating"]["alternateName"] for one in read]
    assert rated == [str(verdict) for verdict in Verdict if verdict in RATING] * 2
    assert {one["reviewRating"]["ratingValue"] for one in read} == {1, 2, 3, 4}


def test_a_review_names_whose_claim_it_is_and_where_it_appears() -> None:
    made = report(Said("Poland left", Verdict.SUPPORTED), outlet="The Courier", url="https://example.org/a")
    (finding,) = made.findings
    claim = msgspec.structs.replace(finding.claim, attribution=Attribution("Jane Roe", "minister"))
    spoken = msgspec.structs.replace(made, findings=(msgspec.structs.replace(finding, claim=claim),))
    own, said = valid("claimreview", claim_reviews([made, spoken]))
    assert own["itemReviewed"]["author"] == {"@type": "Organization", "name": "The Courier"}
    assert said["itemReviewed"]["author"] == {"@type": "Person", "name": "Jane Roe", "jobTitle": "minister"}
    assert said["itemReviewed"]["appearance"]["url"] == "https://example.org/a"
    assert said["citation"] == ["Art. 17, UNTC XXVI-5"]


def test_annotations_have_the_published_shape_and_point_at_the_very_words() -> None:
    made = every_verdict()
    read = valid("annotations", annotation_collection([made]))
    items = read["first"]["items"]
    assert read["total"] == len(items) == len(Verdict)
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        quote, position = item["target"]["selector"]
        text = made.document.text
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert (quote["prefix"] + quote["exact"] + quote["suffix"]) in text
    purposes = {body["purpose"]: body["value"] for body in items[0]["body"]}
    assert purposes["editing"] == "It acceded in 2012."
    assert purposes["linking"] == "Art. 17, UNTC XXVI-5"


def test_a_target_is_the_address_or_the_name_of_the_bytes() -> None:
    said = Said("Poland left", Verdict.SUPPORTED)

    def source(made: Report) -> str:
        read = valid("annotations", annotation_collection([made]))
        named: str = read["first"]["items"][0]["target"]["source"]
        return named

    assert source(report(said, url="https://example.org/a")) == "https://example.org/a"
    # The example of RFC 6920, section 8.1.
    digest = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"
    assert source(report(said, sha256=digest)) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


def test_a_text_without_a_claim_has_no_review_and_an_empty_collection() -> None:
    assert claim_reviews([report()]) == ()
    read = valid("annotations", annotation_collection([report()]))
    assert read["total"] == 0
    assert "first" not in read


def test_the_same_run_gives_the_same_identifiers() -> None:
    assert encode(annotation_collection([every_verdict()])) == encode(
        annotation_collection([every_verdict()])
    )
