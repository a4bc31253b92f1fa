"""What an answer says beside its quotations is true and short."""

from __future__ import annotations

import pytest

from askmobility.answers.wording import correction, plain_text, refusal
from askmobility.search.names import NameBook, Named
from askmobility.search.question import understand
from askmobility.types import Point, Speaker

OKORO = Speaker("Maya Okoro", role="Mayor of Port Ellery")
BOOK = NameBook.of(
    [
        Named(OKORO, "ferry", quoted=True),
        Named(Speaker("Tomos Bryn", role="Mayor of Sandhaven"), "ferry", quoted=True),
        Named(Speaker("Rhys Tolland", role="Harbour master"), "ferry", quoted=False),
    ],
    frozenset("ferry fares mayor".split()),
)


def test_each_point_is_a_line_with_its_speaker_and_the_number_of_its_citation() -> None:
    points = (
        Point("A ticket\ncosts £3.", 1, 0, 18, None),
        Point("“Keep fares low.”", 2, 20, 37, OKORO),
        Point("“Please.”", 2, 40, 49, Speaker("Ann Lee")),
    )

    assert plain_text(points).splitlines() == [
        "A ticket costs £3. [1]",
        "Maya Okoro, Mayor of Port Ellery: “Keep fares low.” [2]",
        "Ann Lee: “Please.” [2]",
    ]


def test_a_correction_names_the_true_speaker() -> None:
    assert correction("wrong_attribution", OKORO) == (
        "That was said by Maya Okoro, Mayor of Port Ellery."
    )
    assert correction("false_premise", OKORO) == "The documents say otherwise."


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Boris Carver say about fares?", "do not quote “Boris Carver”."),
        ("What did Rhys Tolland say about fares?", "do not quote Rhys Tolland."),
    ],
)
def test_a_refusal_names_whom_the_documents_do_not_quote(question: str, words: str) -> None:
    assert refusal("speaker_not_quoted", understand(question, BOOK)).endswith(words)


def test_a_refusal_names_who_is_silent_on_the_topic() -> None:
    asked = understand("What did Maya Okoro say about trams?", BOOK)

    assert refusal("speaker_silent_on_topic", asked) == (
        "These documents quote Maya Okoro, but not on that."
    )


def test_a_refusal_without_anybody_asked_for_speaks_of_the_documents() -> None:
    asked = understand("How deep is the harbour?", BOOK)

    assert refusal("off_topic", asked) == "These documents are not about that."
    assert refusal("detail_not_given", asked) == "These documents do not say."
    assert "anybody" in refusal("speaker_not_quoted", asked)
