from __future__ import annotations

import pytest

from askmobility.search.framing import unframed


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("on deadline!! the clerk's line on trams", "the clerk's line on trams"),
        ("Hello. The clerk, what did she say?", "The clerk, what did she say?"),
        ("hi, is there anything on trams?", "is there anything on trams?"),
        ("voice note sorry. um what do they want on buses", "what do they want on buses"),
        ("ok so im doing my homework and i need to know who pays", "who pays"),
        ("my boss wants to know how many hours", "how many hours"),
        ("hi its for the 6pm bulletin how many firms joined", "how many firms joined"),
        ("what i want to know is how many firms joined", "how many firms joined"),
        ("can you tell me what the warden said", "what the warden said"),
        ("do you know who said that", "who said that"),
        ("could you please list the themes", "list the themes"),
        ("have fares been held down then", "have fares been held down"),
        ("who said trams come first i forgot the name", "who said trams come first"),
        ("how many firms joined, need it exact pls", "how many firms joined"),
        ("how much did it cost, for my essay?", "how much did it cost?"),
        ("what did she say, thanks!", "what did she say"),
        ("do the trams run late or not", "do the trams run late"),
    ],
)
def test_what_stands_around_a_question_is_left_off(typed, asked):
    assert unframed(typed) == asked


@pytest.mark.parametrize(
    "question",
    [
        "does she say what they want",
        "I am a carer. Can I claim it?",
        "what did my mayor say when the trams came",
        "who said what about whom",
        "I read that fares were frozen, who said so",
        "I'm 40 and out of work, would I have to pay",
        "when do i need to apply",
        "im a student what can i claim",
        "i am a resident and want to know who pays",
        "what is the note for",
        "in what year did it start",
        "does anyone say how it is paid for",
        "and what about trams",
        "which targets were missed",
        "what is the warden asking",
        "who does the checking",
        "who was forgotten",
        "how many people need it now",
        "how do you know",
        "okay",
        "thanks",
        "",
    ],
)
def test_a_question_without_a_frame_stays_as_it_is(question):
    assert unframed(question) == question


@pytest.mark.parametrize("greeting", ["hi there", "thank you so much", "sorry, um"])
def test_something_is_always_left(greeting):
    assert unframed(greeting) == greeting
