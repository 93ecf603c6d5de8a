"""Statements on programmes stay their speakers'; what changed between two of them is named, and the law."""

from __future__ import annotations

from datetime import date

from texts import put_in_story

from inforce.checking.compare_model import ChangeField, ChangeSort
from inforce.ledger.place import Ledger
from inforce.ledger.programmes import Beside, Statement, statements
from inforce.record.model import Record
from inforce.reports.layout import printed
from inforce.reports.ledger_json import statement_answer
from inforce.reports.ledger_text import against_words, programme_statements
from inforce.vocabulary import Modality

LEAVING = "Lithuania notified its withdrawal from the Ottawa Convention on 27 June 2025.\n\n"
BOTH = (
    LEAVING
    + "“We will spend 400 million euros on anti-tank mines and anti-personnel mines,” Defence Minister "
    "Dovilė Šakalienė said. Lithuania plans to start producing anti-personnel mines in 2026."
)
ONE = (
    LEAVING + "Lithuania will spend 400 million euros on anti-personnel mines. The country plans to start "
    "producing anti-personnel mines in 2027."
)
CUT = (
    "Lithuania will spend 250 million euros on anti-personnel mines, Defence Minister Dovilė Šakalienė said. "
    "Lithuania is leaving the Ottawa Convention."
)
FIRST, LATER = date(2025, 7, 1), date(2025, 9, 1)


def told(ledger: Ledger, record: Record, **asked: object) -> list[Statement]:
    with ledger.reading() as connection:
        return statements(connection, record, **asked)  # type: ignore[arg-type]


def funding(found: list[Statement]) -> list[Statement]:
    return [one for one in found if one.claim.predicate == "fund"]


def test_a_sum_for_two_kinds_that_becomes_a_sum_for_one(ledger: Ledger, record: Record) -> None:
    put_in_story(ledger, record, BOTH, source="one.example", published=FIRST)
    put_in_story(ledger, record, ONE, source="two.example", published=FIRST)
    found = told(ledger, record, state="LTU")
    assert len({one.story for one in found}) == 1
    first, second = funding(found)
    assert first.claim.attribution is not None
    assert first.claim.attribution.speaker == "Dovilė Šakalienė"
    assert second.claim.attribution is None
    assert [one.claim.object.money for one in (first, second)] == [first.claim.object.money] * 2
    (against,) = second.against
    assert (against.id, against.by) == (first.id, Beside.STORY)
    words = [against_words(change, against, record) for change in against.changes]
    assert words == [
        f"#{second.id} gives for anti-personnel mines the sum that #{first.id} gives for anti-vehicle mines "
        "and anti-personnel mines.",
        f"#{second.id} no longer says whose word it is; in #{first.id} it is that of Dovilė Šakalienė.",
    ]
    start, other = (one for one in found if one.claim.predicate == "produce")
    moved = other.against[0].changes
    assert [(change.field, change.sort) for change in moved] == [(ChangeField.WHEN, ChangeSort.MOVED)]
    assert (moved[0].before, moved[0].after) == ("2026", "2027")
    assert (start.claim.when, other.claim.when) == ("2026", "2027")  # each as it was said: nothing is merged


def test_a_speaker_who_says_another_sum_later(ledger: Ledger, record: Record) -> None:
    put_in_story(ledger, record, BOTH, source="one.example", published=FIRST)
    put_in_story(ledger, record, CUT, source="three.example", published=LATER)
    first, second = funding(told(ledger, record))
    (against,) = second.against
    assert (against.id, against.by) == (first.id, Beside.SPEAKER)
    assert [against_words(change, against, record) for change in against.changes] == [
        f"The same speaker: #{second.id} has another sum: 250,000,000 EUR, where #{first.id} has 400,000,000 "
        "EUR; 150,000,000 EUR less.",
        f"The same speaker: #{second.id} gives for anti-personnel mines the sum that #{first.id} gives for "
        "anti-vehicle mines and anti-personnel mines.",
    ]
    assert not first.against


def test_another_speaker_and_another_state_are_not_compared(ledger: Ledger, record: Record) -> None:
    put_in_story(ledger, record, BOTH, source="one.example", published=FIRST)
    other = CUT.replace("Dovilė Šakalienė", "Karolis Aleksa")
    put_in_story(ledger, record, other, source="two.example", published=LATER)
    finland = CUT.replace("Lithuania", "Finland")
    put_in_story(ledger, record, finland, source="three.example", published=LATER)
    assert [one.against for one in funding(told(ledger, record))] == [(), (), ()]


def test_a_statement_repeated_by_a_copy_is_told_once(ledger: Ledger, record: Record) -> None:
    text = BOTH + " " + " ".join(f"The works at Lake {n} has made boots since 19{n}." for n in range(20, 60))
    put_in_story(ledger, record, text, source="one.example", published=FIRST)
    put_in_story(ledger, record, text, source="copy.example", published=FIRST)
    put_in_story(
        ledger, record, text.replace("400 million", "600 million"), source="wrong.example", published=FIRST
    )
    first, wrong = funding(told(ledger, record))
    assert (first.copies, wrong.copies) == (1, 0)
    assert wrong.document.source == "wrong.example"
    assert any(
        "200,000,000 EUR more" in against_words(c, a, record) for a in wrong.against for c in a.changes
    )


def test_the_law_stands_beside_on_the_day_and_on_the_planned_one(ledger: Ledger, record: Record) -> None:
    put_in_story(ledger, record, BOTH, source="one.example", published=FIRST)
    (one,) = (one for one in told(ledger, record) if one.claim.predicate == "produce")
    assert one.claim.modality is Modality.PLANNED
    law = [step["text"] for step in one.law]
    assert law[0] == (
        "On 1 July 2025 the Anti-Personnel Mine Ban Convention prohibited Lithuania from producing "
        "anti-personnel mines."
    )
    assert (
        "On 1 January 2026 no recorded treaty prohibits Lithuania from producing anti-personnel mines." in law
    )
    answer = statement_answer(one, record)
    assert [step.text for step in answer.law] == law


def test_statements_are_chosen_by_item_and_day(ledger: Ledger, record: Record) -> None:
    put_in_story(ledger, record, BOTH, source="one.example", published=FIRST)
    put_in_story(ledger, record, CUT, source="three.example", published=LATER)
    assert len(funding(told(ledger, record, item="anti-vehicle-mine"))) == 1
    assert len(funding(told(ledger, record, item="mine"))) == 2  # each is of a kind of mine
    assert not told(ledger, record, item="cluster-munition")
    (late,) = told(ledger, record, since=LATER)
    assert late.against  # with what was said before the days asked for
    assert not told(ledger, record, state="FIN")


def test_a_page_of_statements_fits_a_terminal(ledger: Ledger, record: Record) -> None:
    put_in_story(ledger, record, BOTH, source="one.example", published=FIRST)
    put_in_story(
        ledger, record, ONE, source="a-source-with-a-long-name.example/" + "x" * 120, published=FIRST
    )
    lines = printed(programme_statements(told(ledger, record), record, 80), colour=False).splitlines()
    assert max(map(len, lines)) <= 80
    assert "says Dovilė Šakalienė" in " ".join(lines)
    assert printed(programme_statements([], record, 80), colour=False).startswith("No statement")
