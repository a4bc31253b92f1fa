from __future__ import annotations

import pytest

from askmobility.documents.names import Named
from askmobility.documents.people import Introduction, Register, introductions


def introduced(sentence: str) -> list[Introduction]:
    return list(introductions(sentence, 0, len(sentence), frozenset()))


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("Union regional officer Jo Lee left.", "Jo Lee", "Union regional officer"),
        ("The Trust’s manager, Jo Lee, left.", "Jo Lee", "Trust’s manager"),
        ("But union regional officer Jo Lee left.", "Jo Lee", "union regional officer"),
        ("Its chair, Mrs Jo Lee, left.", "Jo Lee", "chair"),
        ("Its chair, the Rt Hon Jo Lee, left.", "Jo Lee", "chair"),
        (
            "The Minister for Ports and Piers, the Rt Hon Jo Lee, left.",
            "Jo Lee",
            "Minister for Ports and Piers",
        ),
        ("In May our manager, Jo Lee, left.", "Jo Lee", "manager"),
        ("Work and Pensions Secretary Jo Lee left.", "Jo Lee", "Work and Pensions Secretary"),
        (
            "The Arts, Media and Sport Minister, Jo Lee, left.",
            "Jo Lee",
            "Arts, Media and Sport Minister",
        ),
        ("Jo Lee, 41, from Northam, now a trainee surveyor, left.", "Jo Lee", "trainee surveyor"),
        ("Jo Lee (head of finance) left.", "Jo Lee", "head of finance"),
        ("The Mayor (Cllr Lee) left.", "Lee", "Mayor"),
        ("Jo Lee, 41, left.", "Jo Lee", ""),
        ("Aled, 23, left.", "Aled", ""),
        ("Jo Lee, who drives a tram, left.", "Jo Lee", ""),
        ("For Jo Lee, that is no choice she has.", "Jo Lee", ""),
        ("A porter, Jo Lee, from Harwick, who is 40, left.", "Jo Lee", "porter"),
        ("Cllr Jo Lee, alongside the leaders of three councils, left.", "Jo Lee", ""),
        ("Opened by the Mayor of Ash and Elm, Jo Lee, at 9.", "Jo Lee", "Mayor of Ash and Elm"),
        (
            "Secretary of State for Trade, Farming and Sea Fisheries Jo Lee left.",
            "Jo Lee",
            "Secretary of State for Trade, Farming and Sea Fisheries",
        ),
        (
            "The cabinet member for parks and leisure, Cllr Jo Lee, left.",
            "Jo Lee",
            "cabinet member for parks and leisure",
        ),
    ],
)
def test_person_is_known_by_a_title_an_age_or_a_role_beside_the_name(sentence, name, role):
    (found,) = introduced(sentence)
    assert (found.speaker.name, found.speaker.role) == (name, role)


@pytest.mark.parametrize(
    "sentence",
    [
        "Trams run between Castle Street and Marlow Quay.",
        "The provider Northam Forward closed.",
        "Principal, Northam Adult Learning.",
        "The Head of Workforce Development wrote the report.",
        "Northam, which is large, paid.",
    ],
)
def test_places_and_bodies_are_no_people(sentence):
    assert introduced(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Leases (1) and Operating Leases (2) | 41",
        "Accordingly, fees collected from customers are not income.",
        "Otherwise, if the trustee can show that, they end.",
        "Green Ways, and Director Independence",
        "Today we also offer Photo Ways.",
    ],
)
def test_mark_of_a_note_and_a_clause_make_nobody_a_person(sentence):
    assert introduced(sentence) == []


def test_child_may_be_as_old_as_a_note_is_numbered():
    assert introduced("Mia (aged 9) left.")[0].speaker.name == "Mia"


def test_name_that_the_text_also_writes_in_lower_case_is_a_term():
    text = "Mark Green (41) and Fair Value (42) are shown; a fair value is an estimate; mark green."
    common = frozenset(("fair", "value", "mark"))
    found = list(introductions(text, 0, 39, common))
    assert [one.speaker.name for one in found] == ["Mark Green"]


@pytest.fixture
def register() -> Register:
    register = Register(frozenset())
    for sentence in (
        "Mrs Ann Lee, mayor of Northam, left.",
        "Former mayor Tom Lee, 71, left.",
        "Ruth Vale, leader of the council, left.",
    ):
        for found in introduced(sentence):
            register.add(found)
    return register


def a_mention(name: str, *honours: str) -> Named:
    return Named(0, len(name), name, honours)


def test_mention_that_fits_one_person_finds_her(register):
    assert register.find(a_mention("Vale")).name == "Ruth Vale"
    assert register.find(a_mention("Ruth")).name == "Ruth Vale"
    assert register.find(a_mention("R. Vale")).name == "Ruth Vale"


def test_mention_that_fits_two_finds_nobody(register):
    assert register.find(a_mention("Lee")) is None
    assert register.ambiguous(a_mention("Lee"))
    assert register.find(a_mention("Ash")) is None
    assert not register.ambiguous(a_mention("Ash"))


def test_office_finds_its_present_holder(register):
    assert register.by_role("The mayor").name == "Ann Lee"
    assert register.by_role("the former mayor").name == "Tom Lee"
    assert register.by_role("the council leader").name == "Ruth Vale"
    assert register.by_role("the treasurer") is None
