import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askmobility.answers.followups import standalone
from askmobility.search.names import NameBook, Named
from askmobility.types import Speaker

BOOK = NameBook.of(
    [
        Named(Speaker("Nadia Okoro", (), "Mayor of Greater Wexmouth"), "doc", True),
        Named(Speaker("Tom Pellow", (), "Mayor of the Harrow Vale"), "doc", True),
        Named(Speaker("Steve Lannick", ("Cllr",), "Leader of Dunmoor Council"), "doc", True),
        Named(Speaker("Steve Marsh", (), "Principal of Dunmoor College"), "doc", True),
    ]
)
AIMS = ("faster trams", "cheaper buses", "safer streets")


def listed(question):
    return AIMS if "aims" in question else ()


def understood(question, *history):
    return standalone(question, history, BOOK, listed)


@pytest.mark.parametrize(
    ("history", "question", "meant"),
    [
        (
            ["What did Okoro say about trams?"],
            "and Pellow?",
            "What did Tom Pellow say about trams?",
        ),
        (
            ["What did Okoro say about trams?"],
            "what about buses",
            "What did Okoro say about buses?",
        ),
        (
            ["What did Okoro say about trams?"],
            "Tom Pellow?",
            "What did Tom Pellow say about trams?",
        ),
        (["wot did Okoro say"], "n Marsh?", "What did Steve Marsh say?"),
        (["What did Okoro say?"], "sorry i ment the Vale one", "What did Tom Pellow say?"),
        (
            ["is there a line about trams running late"],
            "who said that",
            "Who said that (trams running late)?",
        ),
        (
            ["what is the tram plan called"],
            "and what's it meant to achieve",
            "What's it meant to achieve (tram plan called)?",
        ),
        (["What did Marsh say?"], "And the two mayors?", "What did the two mayors say?"),
        (
            ["What did Okoro say?"],
            "what about the Mayor of London?",
            "What did the Mayor of London say?",
        ),
        (
            ["What did Steve Marsh say?"],
            "no, I meant the other Steve",
            "What did Steve Lannick say?",
        ),
        (["Who is the principal?"], "What did he say?", "What did Steve Marsh say?"),
        (["What did Okoro say?"], "Does she mention buses?", "Does Nadia Okoro mention buses?"),
        (["What did Pellow say?"], "what's his plan called?", "What's Tom Pellow’s plan called?"),
        (["Who wrote the letter?"], "how old is he", "How old is the one who wrote the letter?"),
        (
            ["How many trams are there?"],
            "and buses with lifts?",
            "How many buses with lifts are there?",
        ),
        (["What is the tram levy?"], "and the bus pass?", "What is the bus pass?"),
        (
            ["What is Dunmoor doing for carers?"],
            "what about Wexmouth?",
            "What is Wexmouth doing for carers?",
        ),
        (
            ["When do trams start in Dunmoor?"],
            "and in the city?",
            "When do trams start in the city?",
        ),
        (["What are the three aims?"], "ok and the second one?", "Tell me about cheaper buses"),
        (
            ["What are the three aims?"],
            "2nd one sounds good, go deeper",
            "Tell me about cheaper buses",
        ),
        (
            ["What are the three aims?"],
            "tell me more about the last one",
            "Tell me about safer streets",
        ),
        (
            ["What did Okoro say?"],
            "ok and Harrow Vale?",
            "What did Tom Pellow say?",
        ),
        (
            ["What did Okoro say about trams?"],
            "and Harrow Vale?",
            "What did Okoro say about Harrow Vale?",
        ),
        (
            ["What did Okoro say about trams?", "and Pellow?"],
            "and Dunmoor College?",
            "What did Steve Marsh say about trams?",
        ),
        (
            ["Has Okoro named a date?"],
            "what about her deputy, did he name one?",
            "Did Nadia Okoro’s deputy name one (has Okoro named a date)?",
        ),
        (
            ["Who ran the college before Marsh?"],
            "why did he go?",
            "Why did the one who ran the college before Marsh go?",
        ),
        (
            ["Who was in charge before Marsh?"],
            "why did he go?",
            "Why did he go (charge before Marsh)?",
        ),
        (
            ["How much did the tram cost?"],
            "what was the dearest bit",
            "What was the dearest bit (how much did the tram cost)?",
        ),
        (
            ["How many homes were built?"],
            "has that come down since",
            "Has that come down since (how many homes were built)?",
        ),
        (
            ["What did Okoro say about a tram stop?"],
            "who is going to build that",
            "Who is going to build that (tram stop)?",
        ),
        (
            ["How many lamps go dark?", "when are they off"],
            "which ones are left on?",
            "Which ones are left on (when are they off, how many lamps go dark)?",
        ),
        (
            ["Do learners do a placement?"],
            "how many hours is that?",
            "How many hours is that (do learners do a placement)?",
        ),
        (
            ["Is poor transport a barrier to work?"],
            "how would they fix it",
            "How would they fix it (is poor transport a barrier to work)?",
        ),
    ],
)
def test_a_follow_up_is_understood_from_what_came_before(history, question, meant):
    assert understood(question, *history) == meant


def test_topics_are_left_and_returned_to_over_several_turns():
    history = ["What did Okoro say about trams?", "and Pellow?", "What is the tram levy?"]
    assert understood("and Lannick?", *history) == "What did Steve Lannick say about trams?"
    assert understood("what did he say about buses", *history) == (
        "What did Tom Pellow say about buses?"
    )


def test_an_item_is_named_by_its_place_where_its_words_are_not_known():
    assert standalone("the second one?", ["What are the three aims?"], BOOK) == (
        "Tell me about the second of the three aims"
    )


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("Tom Pellow opened the tram.", "When did Tom Pellow go?"),
        ("Pellow and Okoro opened it.", "When did the one who opened the tram for Marsh go?"),
        ("Steve Marsh was away that day.", "When did the one who opened the tram for Marsh go?"),
    ],
)
def test_he_after_a_question_who_is_the_one_person_its_answer_names(sentence, meant):
    who = "Who opened the tram for Marsh?"
    assert standalone("when did he go?", [who], BOOK, lambda _: (sentence,)) == meant


@pytest.mark.parametrize(
    "question",
    [
        "What did Pellow say about buses?",
        "who is in charge at dunmoor college",
        "Who is quoted?",
        "tldr?",
        "Does it say anything about carers?",
        "What did the council leader say about his plan?",
        "How did the chair get her break?",
        "What is the new tram pass then?",
        "Did the council turn down the request?",
        "thanks, that's really helpful",
    ],
)
def test_a_complete_question_is_never_bent_by_its_history(question):
    assert understood(question, "What did Okoro say about trams?") is None


def test_without_history_nothing_is_filled_in():
    assert understood("and what did she say about it?") is None
    assert understood("how much is it?", "", "   ") is None


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=300), st.lists(st.text(max_size=100), max_size=4))
def test_any_history_is_read_the_same_way_twice(question, history):
    assert understood(question, *history) == understood(question, *history)
