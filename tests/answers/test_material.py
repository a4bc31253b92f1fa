"""An answer is made of a question, its ranking, and who says what in the documents."""

from __future__ import annotations

from typing import Any

import pytest

from askmobility.answers.material import Pick, Voices, same_person
from askmobility.search.names import Named
from askmobility.types import Span, Speaker

OKORO = Speaker("Maya Okoro", role="Leader of Riverton Council")


def test_each_sentence_of_a_statement_is_its_speakers_and_no_other_is(corpus: Any) -> None:
    voices = Voices.of(corpus, ["trees"])

    text = corpus.document("trees").text
    spoken = {"Trees cool our streets.", "Every ward will get some."}
    for sentence in (*spoken, "The budget is unchanged.", "oak for the parks"):
        start = text.index(sentence)
        statement = voices.statement("trees", Span(start, start + len(sentence)))
        assert (statement is not None) == (sentence in spoken)
        assert statement is None or statement.speaker == OKORO


def test_a_person_has_the_statements_of_the_document_that_names_them(corpus: Any) -> None:
    voices = Voices.of(corpus, ["trees"])

    assert len(voices.of_person(Named(OKORO, "trees", True))) == 1
    assert voices.of_person(Named(OKORO, "elsewhere", True)) == []
    assert voices.of_person(Named(Speaker("Olu Okoro"), "trees", True)) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Speaker("Ann Lee", role="Mayor"), Speaker("Ann Lee"), True),
        (Speaker("Ann Lee", role="Mayor"), Speaker("Bo Lee", role="Mayor"), False),
        (Speaker("", role="spokesperson"), Speaker("", role="spokesperson"), True),
        (Speaker("", role="spokesperson"), Speaker("", role="parent"), False),
        (Speaker("", role="Mayor"), Speaker("Ann Lee", role="Mayor"), False),
    ],
)
def test_a_name_tells_people_apart_and_where_there_is_none_the_office(
    one: Speaker, other: Speaker, same: bool
) -> None:
    assert same_person(one, other) is same


@pytest.mark.slow
def test_rows_are_ordered_by_score_the_best_first(material_of: Any) -> None:
    material = material_of("How much is a single ticket?")

    scores = [material.score(row) for row in material.order]
    assert scores == sorted(scores, reverse=True)
    assert sorted(material.order) == list(range(len(scores)))
    assert "£2.40" in material.text(material.pick(material.order[0]))


@pytest.mark.slow
def test_rows_of_picks_are_those_weighed_best_first(material_of: Any) -> None:
    material = material_of("How much is a single ticket?")
    best, second = material.order[:2]
    picks = [material.pick(second), Pick("ferry-release", Span(0, 1)), material.pick(best)]

    rows = material.rows([*picks, material.pick(best)])

    assert rows[:2] == [best, second]
    assert len(rows) == len(set(rows))


@pytest.mark.slow
def test_who_says_a_row_is_who_says_its_sentence(material_of: Any) -> None:
    material = material_of("What about apprentices and fines?")

    said_by = {material.text(material.pick(row)): material.speaker(row) for row in material.order}
    assert said_by["“Our apprentices will maintain both boats."].name == "Ines Calloway"
    assert said_by["Fines for late books were abolished last year."] is None
