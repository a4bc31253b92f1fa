import pytest

from askmobility.answers.smalltalk import reply, small_talk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hi", "greeting"),
        ("Good morning!", "greeting"),
        ("Thanks, that's really helpful!", "thanks"),
        ("ok cheers", "thanks"),
        ("ok got it", "thanks"),
        ("what can you do?", "ability"),
        ("help", "ability"),
        ("good morning, are you a real person", "identity"),
        ("who are you", "identity"),
        ("bye", "goodbye"),
        ("Hello 😀", "greeting"),
    ],
)
def test_small_talk_is_told_by_its_kind(text, kind):
    assert small_talk(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "hi, how many jobs is it bringing",
        "thanks - and what about trams?",
        "what can you do about a fine",
        "can you help me with my fine",
        "who are the councillors",
        "is this a real scheme",
        "good growth",
        "hello lamp post scheme",
        "",
        "?",
    ],
)
def test_a_question_is_no_small_talk(text):
    assert small_talk(text) is None


def test_replies_that_introduce_themselves_say_what_is_covered():
    for kind in ("greeting", "ability", "identity"):
        assert "trams and buses" in reply(kind, "You can ask about trams and buses.")
