"""People are heard in their own words, and nobody in another's."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from askmobility.answers.citing import speaker_of
from askmobility.answers.drafting import draft
from askmobility.answers.material import Voices
from askmobility.answers.people import (
    is_heard,
    is_roll_call,
    listing,
    presented,
    sentence_around,
    unnamed_voices,
    who_is,
)
from askmobility.search.names import Named
from askmobility.types import Person, Span, Speaker, Statement

pytestmark = pytest.mark.slow


def test_one_persons_words_are_theirs_alone_and_whole(material_of: Any, words: Any) -> None:
    made = draft(material_of("What did Tomos Bryn say?"))

    assert words(made.picks) == [
        "“We are pleased for our neighbours.",
        "Our own harbour needs dredging before any ferry can call here.”",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "What does Okoro say about fares?",
        "what does the mayor of port ellery say about fares",
        "maya okoro's view on the fares",
    ],
)
def test_one_persons_words_on_a_topic_begin_with_those_on_it(
    material_of: Any, words: Any, question: str
) -> None:
    material = material_of(question)
    made = draft(material)

    assert "“I want the fares to stay low" in " ".join(words(made.picks))
    assert "fares" in material.text(material.pick(made.rows[0]))
    assert {material.speaker(row).name for row in made.rows} == {"Maya Okoro"}


def test_the_mayors_are_all_who_hold_the_office_and_the_silent_one_is_named(
    material_of: Any, words: Any
) -> None:
    made = draft(material_of("What do the mayors say about dredging?"))

    quoted = " ".join(words(made.picks))
    assert "Our own harbour needs dredging" in quoted
    assert "Tomos Bryn, Mayor of Sandhaven, said:" in quoted
    assert "Calloway" not in quoted
    assert made.remark == "Maya Okoro: quoted, but not on this."


def test_a_group_of_whom_nobody_speaks_of_it_is_silent_on_the_topic(material_of: Any) -> None:
    made = draft(material_of("What do the mayors say about university tuition loans?"))

    assert (made.picks, made.reason) == ((), "speaker_silent_on_topic")


def test_somebody_whom_no_document_names_is_not_quoted(material_of: Any) -> None:
    made = draft(material_of("What did Boris Carver say about the ferry?"))

    assert (made.picks, made.reason) == ((), "speaker_not_quoted")


@pytest.mark.parametrize("topic", ["", " about the ferry"])
def test_somebody_named_and_never_quoted_says_nothing(material_of: Any, topic: str) -> None:
    made = draft(material_of(f"What did Rhys Tolland say{topic}?"))

    assert (made.picks, made.reason) == ((), "speaker_not_quoted")


def test_a_comparison_gives_each_of_the_people_a_turn(material_of: Any) -> None:
    material = material_of("Compare what Maya Okoro and Tomos Bryn say about the ferry")

    said_by = [speaker_of(material.corpus, material.voices, p) for p in draft(material).picks]
    turns = [speaker.name for speaker in said_by if speaker]
    assert turns == sorted(turns, key=["Maya Okoro", "Tomos Bryn"].index)
    assert set(turns) == {"Maya Okoro", "Tomos Bryn"}


@pytest.mark.parametrize(
    "question",
    [
        "okoro v bryn on the ferry",
        "Okoro and Bryn - who says what",
        "diff between what okoro and the sandhaven mayor think",
        "do okoro and bryn see eye to eye",
    ],
)
def test_people_set_side_by_side_are_there_whatever_the_words_are_like(
    material_of: Any, words: Any, question: str
) -> None:
    made = draft(material_of(question))
    quoted = " ".join(words(made.picks))

    assert made.rows == ()
    assert "The ferry is the thread" in quoted
    assert "Our own harbour needs dredging" in quoted


def test_a_list_of_those_present_introduces_nobody(material_of: Any, pick_of: Any) -> None:
    material = material_of("Compare what Okoro and Bryn say")
    place = pick_of("Maya Okoro, Mayor of Port Ellery, said:")
    structure = material.corpus.structure(place.document_id)
    named = [Person(Speaker(name), place.span, False) for name in ("A. One", "B. Two", "C. Three")]

    def corpus_naming(people: list[Person]) -> Any:
        return SimpleNamespace(structure=lambda _: replace(structure, people=tuple(people)))

    assert is_roll_call(replace(material, corpus=corpus_naming(named)), place)
    assert not is_roll_call(replace(material, corpus=corpus_naming(named[1:])), place)


def test_who_is_quoted_are_all_of_them_where_they_are_introduced(
    material_of: Any, words: Any
) -> None:
    introduced = " ".join(words(draft(material_of("Who is quoted?")).picks))

    for name in ("Maya Okoro", "Tomos Bryn", "Ines Calloway", "Wanda Priest", "Emlyn Frost"):
        assert name in introduced
    assert "Tolland" not in introduced, "he is named, not quoted"


@pytest.mark.parametrize(
    "question",
    [
        "Which farmers are quoted?",
        "Is the tourist board quoted?",
        "Who from the bus company spoke?",
    ],
)
def test_where_somebody_else_is_asked_for_everybody_quoted_is_no_answer(
    material_of: Any, question: str
) -> None:
    made = draft(material_of(question))
    assert (made.picks, made.reason) == ((), "speaker_not_quoted")


def test_who_is_quoted_besides_some_is_everybody_else(material_of: Any, words: Any) -> None:
    asked = "Apart from the mayors, which other people are quoted?"

    introduced = " ".join(words(draft(material_of(asked)).picks))

    assert "Wanda Priest" in introduced
    assert "Maya Okoro" not in introduced


def test_who_is_named_but_not_quoted_are_the_others(material_of: Any, words: Any) -> None:
    named = " ".join(words(draft(material_of("Who is mentioned but not quoted?")).picks))

    assert "Tolland" in named
    assert "Okoro" not in named


def test_who_speaks_without_a_name_is_quoted_too(material_of: Any, pick_of: Any) -> None:
    material = material_of("Who is quoted?")
    document_id, place = pick_of("Maya Okoro, Mayor of Port Ellery, said:")
    spoken = Statement(Speaker("", role="union spokeswoman"), (place,), place)
    voices = Voices(statements=((document_id, spoken), (document_id, spoken)))

    (found,) = unnamed_voices(replace(material, voices=voices))
    assert found == Named(spoken.speaker, document_id, quoted=True)


def test_a_quotation_apart_from_the_introduction_is_shown_with_it(
    material_of: Any, pick_of: Any, words: Any
) -> None:
    material = material_of("Who is quoted?")
    tolland = Speaker("Rhys Tolland", role="Harbour master")
    document_id, quotation = pick_of("“Our apprentices will maintain both boats.")
    spoken = Statement(tolland, (quotation,), None)
    material = replace(material, voices=Voices(statements=((document_id, spoken),)))

    assert words(presented(material, Named(tolland, document_id, quoted=True))) == [
        "Harbour master Rhys Tolland will oversee the trials.",
        "“Our apprentices will maintain both boats.",
    ]


def test_a_line_that_announces_or_holds_the_quotation_is_enough(
    material_of: Any, words: Any
) -> None:
    shown = words(draft(material_of("Who is quoted?")).picks)

    assert [point[:30] for point in shown] == [
        "Maya Okoro, Mayor of Port Elle",
        "Tomos Bryn, Mayor of Sandhaven",
        "Dr Ines Calloway MBE, Principa",
        "Councillor Wanda Priest was in",
        "Emlyn Frost, Head of Libraries",
    ]


def test_who_agrees_to_something_is_not_heard(material_of: Any, pick_of: Any) -> None:
    material = material_of("Who is quoted?")
    document_id, agreed = pick_of("The panel agreed to open Carrow Library")
    panel = Speaker("Ida Panel")
    statement = Statement(panel, (agreed,), None, "reported")
    voices = Voices(statements=((document_id, statement),))

    assert not is_heard(replace(material, voices=voices), Named(panel, document_id, quoted=True))


def test_who_somebody_is_stands_where_the_text_introduces_them(
    material_of: Any, words: Any
) -> None:
    assert words(draft(material_of("Who is Ines Calloway?")).picks) == [
        "Dr Ines Calloway MBE, Principal of Ellery Maritime College, commented:"
    ]


def test_who_said_something_is_answered_by_the_sentence_they_said(
    material_of: Any, words: Any
) -> None:
    material = material_of("Who said that the ferry ties the town together?")
    made = draft(material)

    assert words(made.picks)[0] == "“The ferry is the thread that ties this town together."
    assert material.speaker(made.rows[0]).name == "Maya Okoro"


def test_names_are_listed_as_one_says_them() -> None:
    assert listing([]) == ""
    assert listing(["Ann"]) == "Ann"
    assert listing(["Ann", "Bo", "Cy"]) == "Ann, Bo and Cy"


def test_a_short_statement_is_given_whole(material_of: Any, words: Any) -> None:
    made = draft(material_of("What did Dr Calloway say about apprentices?"))

    assert words(made.picks) == [
        "“Our apprentices will maintain both boats.",
        "Sixty young people have already applied for twelve places.”",
    ]


def test_what_is_reported_of_somebody_counts_among_their_words(
    material_of: Any, words: Any
) -> None:
    made = draft(material_of("What did Councillor Priest say about Sundays?"))

    assert any("Sunday opening was the change" in text for text in words(made.picks))


def test_all_that_somebody_says_is_there_whatever_the_words_are_like(material_of: Any) -> None:
    everything, on_a_topic, of_a_kind = (
        draft(material_of(question)).rows
        for question in (
            "what did tomos bryn say",
            "what did tomos bryn say about the ferry",
            "where did tomos bryn say",
        )
    )

    assert everything == ()
    assert on_a_topic
    assert of_a_kind


def test_who_did_something_to_somebody_is_not_who_they_are(material_of: Any, words: Any) -> None:
    asked = material_of("Who will maintain both boats for Ines Calloway?")
    assert asked.question.kind == "who"

    assert who_is(asked) is None
    assert who_is(material_of("who is ines calloway then")) is not None


@pytest.mark.parametrize(
    ("start", "found"),
    [(0, (0, 2)), (3, (3, 9)), (8, (3, 9)), (20, (20, 30)), (15, (15, 16)), (30, (30, 31))],
)
def test_the_sentence_around_a_place_is_the_one_it_lies_in_or_the_place(
    start: int, found: tuple[int, int]
) -> None:
    sentences = [Span(3, 9), Span(10, 14), Span(20, 30)]
    place = Span(start, start + (2 if start == 0 else 1))
    assert sentence_around(sentences, place) == Span(*found)
