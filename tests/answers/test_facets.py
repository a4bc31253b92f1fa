from __future__ import annotations

import pytest
from tests.conftest import PASSAGES, span_of

from askmobility.answers import facets
from askmobility.answers.facets import Group, figures, recommendations, statements_by, themes
from askmobility.types import Block, Corpus, Disagreement, Figure, ItemList, Structure


@pytest.mark.parametrize(
    ("speaker", "role", "found"),
    [
        (None, None, 1),
        ("okoro", None, 1),
        (None, "leader", 1),
        ("okoro", "mayor", 0),
        ("Smith", None, 0),
    ],
)
def test_statements_are_found_by_part_of_a_name_and_of_a_role(
    corpus: Corpus, speaker: str | None, role: str | None, found: int
) -> None:
    assert len(statements_by(corpus, speaker=speaker, role=role)) == found


def extract_texts(groups: list[Group]) -> list[list[str]]:
    return [[item.text for item in group.items] for group in groups]


def corpus_with(structure: Structure, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    monkeypatch.setattr(corpus, "structure", lambda _: structure)
    return corpus


def trees(noun: str) -> ItemList:
    items = span_of("oak for the parks"), span_of("lime for the streets")
    return ItemList(noun, 2, lead=span_of("The trees are:"), items=items)


def test_themes_are_the_lists_that_a_document_calls_so(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Structure(lists=(trees("planting priorities"), trees("benefits")))

    (group,) = themes(corpus_with(listed, corpus, monkeypatch))

    assert group.noun == "planting priorities"
    assert extract_texts([group]) == [["oak for the parks", "lime for the streets"]]
    assert group.items[0].paragraph == 3


def test_a_document_that_names_no_themes_is_browsed_by_its_headings(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    headed = Structure(blocks=(Block("heading", *span_of("The trees are:"), level=2),))

    assert extract_texts(themes(corpus_with(headed, corpus, monkeypatch))) == [["The trees are:"]]


def test_recommendations_are_lists_and_the_sentences_that_stand_outside_them(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    recommending = "Nearly 400 trees will stand in Riverton by 2030."
    monkeypatch.setattr(facets, "recommends", lambda sentence: "trees" in sentence)
    sentences = tuple(map(span_of, ["The trees are:", recommending, "Trees cool our streets."]))
    found = Structure(lists=(trees("recommendations"),), sentences=sentences)

    groups = recommendations(corpus_with(found, corpus, monkeypatch))

    assert extract_texts(groups) == [["oak for the parks", "lime for the streets"], [recommending]]


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("We recommend that councils plant more.", True),
        ("The board calls on ministers to act.", True),
        ("Ministers should act.", True),
        ("We do not recommend it.", False),
        ("Should councils pay, and must schools?", False),
        ("The homes should be done by May.", False),
        ("No child should go without shade.", False),
        ("The trees were planted in May.", False),
    ],
)
def test_a_sentence_recommends_by_its_verb(sentence: str, asks: bool) -> None:
    assert facets.recommends(sentence) is asks


def test_figures_stand_in_their_sentences_and_disagreements_side_by_side(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    nearly = Figure(
        400, "", "nearly", "trees", span_of("Nearly 400"), span_of(PASSAGES[0].text[:48])
    )
    over = Figure(
        400, "", "over", "trees", span_of("Over 400"), span_of("Over 400 trees are ordered.")
    )
    counted = Structure(figures=(nearly, over), disagreements=(Disagreement((nearly, over)),))

    found = figures(corpus_with(counted, corpus, monkeypatch))

    assert [quantity.extract.text for quantity in found.all] == ["Nearly 400", "Over 400"]
    assert found.all[1].sentence.text == "Over 400 trees are ordered."
    assert found.disagreements == (found.all,)
