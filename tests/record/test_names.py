"""What a person types finds exactly one participant or treaty, or says what to write instead."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inforce.errors import UsageError
from inforce.record import load
from inforce.record.model import KnownTreaty, Record
from inforce.record.names import find_participant, find_treaty, fold, participant_names


@pytest.fixture(scope="module")
def record() -> Record:
    return load()


@pytest.fixture(scope="module")
def with_known(record: Record) -> Record:
    """The three treaties of the mine debate as recorded, and two treaties known by name only."""
    recorded = {key: record.treaties[key] for key in ("apmbc", "ccm", "ccw-ap2")}
    known = {
        "npt": KnownTreaty(
            key="npt", title="Treaty on the Non-Proliferation", names=("Non-Proliferation Treaty",)
        ),
        "ap2": KnownTreaty(
            key="ap2",
            title="Protocol Additional II",
            names=("Additional Protocol II",),
            aliases=("Protocol II",),
        ),
    }
    return msgspec.structs.replace(record, treaties=recorded, other_treaties=known)


def test_every_participant_is_found_by_code_and_by_name(record: Record) -> None:
    for key, participant in record.participants.items():
        written = {key, participant.iso2, participant.name, participant.formal_name or key, key.lower()}
        for text in (*written, f"the {participant.name}", participant.name.upper()):
            assert find_participant(record, text).key == key, text


def test_every_name_of_a_participant_finds_it_or_is_ambiguous(record: Record) -> None:
    shared = set()
    for key, participant in record.participants.items():
        for name in participant_names(participant):
            try:
                assert find_participant(record, name).key == key
            except UsageError:
                shared.add(name)
    assert shared == {"Congo", "Korea"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Netherlands", "NLD"),
        ("the Netherlands", "NLD"),
        ("Holland", "NLD"),
        ("Czech Republic", "CZE"),
        ("Czechia", "CZE"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("turkiye", "TUR"),
        ("Britain", "GBR"),
        ("U.K.", "GBR"),
        ("uk", "GBR"),
        ("United States of America", "USA"),
        ("u.s.", "USA"),
        ("DR Congo", "COD"),
        ("Ivory Coast", "CIV"),
        ("Cote d’Ivoire", "CIV"),
        ("Lao PDR", "LAO"),
        ("DPRK", "PRK"),
        ("Republic of Korea", "KOR"),
        ("Korea, Republic of", "KOR"),
        ("Korea (Democratic People's Republic of)", "PRK"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Congo, Democratic Republic of the", "COD"),
        ("Swaziland", "SWZ"),
        ("FYROM", "MKD"),
        ("Burma", "MMR"),
        ("Zaire", "COD"),
        ("Cape Verde", "CPV"),
        ("Soviet Union", "RUS"),
        ("East Germany", "DDR"),
        ("EU", "EUE"),
        ("the Vatican", "VAT"),
        ("State of Palestine", "PSE"),
        ("Guinea", "GIN"),
        ("Niger", "NER"),
        ("Viet Nam", "VNM"),
        ("  saint   kitts & nevis ", "KNA"),
    ],
)
def test_spellings_of_participants(record: Record, text: str, key: str) -> None:
    assert find_participant(record, text).key == key


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Korea", ["North Korea (PRK)", "South Korea (KOR)"]),
        ("Congo", ["Democratic Republic of the Congo (COD)", "Republic of the Congo (COG)"]),
    ],
)
def test_ambiguous_names_list_all_who_bear_them(record: Record, text: str, candidates: list[str]) -> None:
    with pytest.raises(UsageError, match="can be") as error:
        find_participant(record, text)
    assert all(candidate in str(error.value) for candidate in candidates)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Finnland", "Finland (FIN)"),
        ("Finnish", "Finland (FIN)"),
        ("Kyiv", "Ukraine (UKR)"),
        ("Lithunia", "Lithuania (LTU)"),
        ("Saint Kitts", "Saint Kitts and Nevis (KNA)"),
    ],
)
def test_unknown_names_get_suggestions(record: Record, text: str, suggestion: str) -> None:
    with pytest.raises(UsageError) as error:
        find_participant(record, text)
    assert str(error.value).startswith(f"no state called {text!r}: did you mean ")
    assert suggestion in str(error.value)
    assert str(error.value).count("(") <= 3


@pytest.mark.parametrize("text", ["", "the", "Atlantis", "x" * 5000])
def test_without_a_near_name_the_error_says_what_to_write(record: Record, text: str) -> None:
    with pytest.raises(UsageError, match="write a name") as error:
        find_participant(record, text)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("apmbc", "apmbc"),
        ("APMBC", "apmbc"),
        ("Ottawa Convention", "apmbc"),
        ("the mine-ban treaty", "apmbc"),
        ("XXVI-5", "apmbc"),
        ("xxvi.5", "apmbc"),
        ("XXVI 5", "apmbc"),
        ("MTDSG XXVI-6", "ccm"),
        ("xxvi-2-b", "ccw-ap2"),
        ("35597", "apmbc"),
        ("I-35597", "apmbc"),
        ("UNTS 47713", "ccm"),
        ("CCW AP-II", "ccw-ap2"),
    ],
)
def test_spellings_of_treaties(with_known: Record, text: str, key: str) -> None:
    assert find_treaty(with_known, text).key == key


def test_every_key_and_title_of_a_treaty_finds_it(record: Record) -> None:
    for key, treaty in record.treaties.items():
        assert find_treaty(record, key).key == key
        assert find_treaty(record, treaty.title).key == key


def test_a_name_of_several_treaties_lists_them(with_known: Record) -> None:
    with pytest.raises(UsageError, match=r"'Protocol II' can be ap2 .*not yet in the record.* or ccw-ap2 "):
        find_treaty(with_known, "Protocol II")


def test_a_known_treaty_that_is_not_recorded_is_said_to_be_so(with_known: Record) -> None:
    with pytest.raises(UsageError) as error:
        find_treaty(with_known, "NPT")
    assert str(error.value) == (
        "'NPT' is known (Non-Proliferation Treaty) but not yet in the record; "
        "recorded are apmbc, ccm, ccw-ap2"
    )


def test_unknown_treaties_get_suggestions_or_the_list(with_known: Record) -> None:
    with pytest.raises(UsageError, match=r"no treaty called 'otawa': did you mean apmbc"):
        find_treaty(with_known, "otawa")  # the beginning of "Ottawa Convention", mistyped
    with pytest.raises(UsageError, match="did you mean apmbc"):
        find_treaty(with_known, "Otawa treaty")
    with pytest.raises(UsageError, match="recorded are apmbc, ccm, ccw-ap2"):
        find_treaty(with_known, "zzz")


def test_an_index_is_of_its_own_record(record: Record, with_known: Record) -> None:
    alone = msgspec.structs.replace(with_known, treaties={"ccm": record.treaties["ccm"]}, other_treaties={})
    assert find_treaty(with_known, "35597").key == "apmbc"
    with pytest.raises(UsageError, match=r"recorded are ccm$"):
        find_treaty(alone, "35597")


def test_fold_drops_case_marks_articles_and_punctuation() -> None:
    assert fold("The Republic of Côte d’Ivoire") == "republic of cote divoire"
    assert fold("Łódź & Þórshöfn") == "lodz and thorshofn"
    assert fold("Guinea-Bissau") == fold("guinea bissau")
    assert fold("THE") == ""


@given(st.text(max_size=80))
@example("(")
@example(",")
@example("\ud800")
@example("İ")
def test_no_text_raises_anything_but_a_usage_error(text: str) -> None:
    record = load()
    for find in (find_participant, find_treaty):
        try:
            find(record, text)
        except UsageError as error:
            assert "\n" not in str(error)
