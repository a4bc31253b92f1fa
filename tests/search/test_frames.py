import pytest

from askmobility.search.frames import pronouns, slots


def spoken(question):
    return [question[slot.start : slot.end] for slot in slots(question)]


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("what did bo reed say about trams", "bo reed"),
        ("what does the chair of the trust think", "the chair of the trust"),
        ("why did dr. reed, the chair, say so", "dr. reed, the chair,"),
        ("was it bo reed who said so?", "bo reed"),
        ("give me what bo reed said", "bo reed"),
        ("why are trams late according to bo reed?", "bo reed"),
        ("a quote from the chair about trams", "the chair"),
        ("which mayors are quoted", "mayors"),
        ("how many mayors are quoted", "mayors"),
        ("what is bo reed’s view of trams", "bo reed"),
        ("what did the councillor who abstained say", "the councillor"),
        ("bo reed quote on trams", "bo reed"),
    ],
)
def test_a_speaker_is_found_where_words_are_put_in_a_mouth(question, speaker):
    assert [words.rstrip(",") for words in spoken(question)] == [speaker.rstrip(",")]


@pytest.mark.parametrize(
    "question",
    [
        "how many trams are there",
        "what are councillors being asked to agree",
        "how were workers told they had lost their jobs",
        "how many people said no",
        "did trams run? everyone said so",
    ],
)
def test_where_nobody_speaks_there_is_no_speaker(question):
    assert spoken(question) in ([], ["everyone"])


def test_what_is_put_in_the_mouth_begins_after_the_verb():
    (slot,) = slots("did bo reed claim trams were late")
    assert "did bo reed claim trams were late"[slot.after :] == " trams were late"


def test_a_pronoun_that_speaks_has_a_slot_of_its_own():
    question = "bo reed: what does she say about trams"

    assert [question[s.start : s.after] for s in pronouns(question)] == ["she say"]
    assert pronouns("bo reed: what does the tram cost") == []
