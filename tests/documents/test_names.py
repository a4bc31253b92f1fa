from __future__ import annotations

import pytest

from askmobility.documents.names import names


def found(text: str, common: frozenset[str] = frozenset()) -> list[tuple[str, tuple[str, ...]]]:
    return [(named.name, named.honours) for named in names(text, 0, len(text), common)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Councillor Sir Tom Ash CBE", ("Tom Ash", ("Councillor", "Sir", "CBE"))),
        ("Rt. Hon. Dame Ruth O’Vale MP", ("Ruth O’Vale", ("Rt. Hon.", "Dame", "MP"))),
        ("Chief Inspector Jo Lee", ("Jo Lee", ("Chief Inspector",))),
        ("Rev. Jo Lee", ("Jo Lee", ("Rev.",))),
        ("Ludwig van der Lee", ("Ludwig van der Lee", ())),
        ("R. Lee", ("R. Lee", ())),
        ("Mrs Lee’s Bus Pass", ("Lee", ("Mrs",))),
        ("Economist Jo Lee-Ash", ("Jo Lee-Ash", ())),
        ("Yesterday Jo Lee", ("Jo Lee", ())),
        ("Mayor of Greater Northam Jo Lee", ("Jo Lee", ())),
        ("Leader of Northam Council Jo Lee", ("Jo Lee", ())),
        ("Chief Secretary to the Treasury Jo Lee", ("Jo Lee", ())),
        ("Work and Pensions Secretary Jo Lee", ("Jo Lee", ())),
        ("the Rt Revd Jo Lee", ("Jo Lee", ("Rt Revd",))),
        ("Jo Lee junior", ("Jo Lee junior", ())),
        ("Jo Lee senior managers", ("Jo Lee", ())),
    ],
)  # fmt: skip
def test_titles_and_honours_and_roles_are_kept_apart_from_the_name(text, expected):
    assert found(text)[-1] == expected


def test_title_before_an_office_names_nobody():
    assert not any(honours for _, honours in found("The Lord Mayor and General Practice met."))


@pytest.mark.parametrize("text", ["Lord Bishop of Northam", "Sport, Arts and Media Secretary"])
def test_office_is_nobodys_name(text):
    assert "Bishop" not in dict(found(text))
    assert "Sport" not in dict(found(f"{text} Jo Lee"))


def test_title_that_is_an_adjective_too_names_nobody_before_a_common_word():
    common = frozenset(("counsel",))
    assert not any(honours for _, honours in found("General Counsel left", common))
    assert found("General Lee left", common) == [("Lee", ("General",))]


def test_honour_before_a_title_makes_no_name_of_the_word_before_it():
    assert found("Local MP Sir Jo Lee") == [("Jo Lee", ("Sir",))]


def test_particle_of_a_name_is_no_word_in_lower_case():
    assert found("Mayor Jo van den Lee", frozenset({"van", "den"})) == [("Jo van den Lee", ())]


def test_co_leader_is_an_office_and_no_name():
    assert found("Co-leader of the Tram Alliance Jo Lee") == [("Jo Lee", ())]


def test_surname_may_be_a_trade():
    assert found("Mr Baker and Mrs Cook") == [("Baker", ("Mr",)), ("Cook", ("Mrs",))]


def test_places_of_names_are_exact():
    text = "The Mayor, Dr Jo Lee OBE, spoke."
    (named,) = (n for n in names(text, 0, len(text), frozenset()) if n.titled)
    assert text[named.start : named.end] == "Dr Jo Lee OBE"


def test_word_that_the_document_writes_in_lower_case_too_opens_no_name():
    assert found("Welder Jo Lee", frozenset({"welder"})) == [("Jo Lee", ())]
