from __future__ import annotations

import pytest

from askmobility.documents.claims import claims
from askmobility.documents.quotes import QUOTED


def subjects(sentence: str) -> list[tuple[str, str]]:
    found = claims(sentence, 0, len(sentence), frozenset())
    return [(claim.subject.kind, claim.subject.words) for claim in found]


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Jo Lee, chair of the panel, said it was late.", ("named", "Jo Lee")),
        ("In reply to Cllr Ash, Mr Lee thought it late.", ("named", "Lee")),
        ("She warned that it was late.", ("pronoun", "she")),
        ("The mayor said it was late.", ("role", "The mayor")),
        ("Northam Council said it was late.", ("organisation", "Northam Council")),
        ("In her view it was late.", ("pronoun", "she")),
        ("According to Dr Jo Lee it was late.", ("named", "Jo Lee")),
        ("It was criticised by the mayor, Jo Lee.", ("named", "Jo Lee")),
        ("Oisin Lee: kerbs would be dear.", ("named", "Oisin Lee")),
        ("Jo Lee, speaking in May, said it was late.", ("named", "Jo Lee")),
        (f"“{QUOTED * 20}” counters Jo Lee.", ("named", "Jo Lee")),
        ("Ash Rail, which has two lines, said it was late.", ("organisation", "Ash Rail")),
    ],
)
def test_sentence_gives_who_speaks_as_it_words_it(sentence, subject):
    assert subjects(sentence)[0] == subject


@pytest.mark.parametrize(
    "sentence",
    [
        "It is said to be late.",
        "Did Jo Lee say or had she asked why?",
        "Trams run every ten minutes.",
    ],
)
def test_sentence_in_which_nobody_speaks_gives_nothing(sentence):
    assert subjects(sentence) == []


def test_verbs_joined_by_and_or_but_share_their_subject():
    assert subjects("Jo Lee welcomed the tram but said it was late.") == [("named", "Jo Lee")] * 2
