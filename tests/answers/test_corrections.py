"""Words put into the wrong mouth are given back to whoever said them."""

from __future__ import annotations

from typing import Any

import pytest

from askmobility.answers.corrections import put_right

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("Why did Tomos Bryn say that shops on the west bank lost a third of their trade?",
         "Maya Okoro"),
        ("Did Maya Okoro say that sixty young people have already applied for twelve places?",
         "Ines Calloway"),
        ("When did Emlyn Frost say that our own harbour needs dredging before any ferry can call?",
         "Tomos Bryn"),
    ],
)  # fmt: skip
def test_anothers_words_are_quoted_with_the_true_speaker(
    material_of: Any, question: str, speaker: str
) -> None:
    material = material_of(question)
    made = put_right(material)

    assert made.reason == "wrong_attribution"
    assert [material.speaker(row).name for row in made.rows] == [speaker]
    assert made.picks == material.picks_of(made.rows)


@pytest.mark.parametrize(
    "question",
    [
        "Did Maya Okoro say that shops on the west bank lost a third of their trade?",
        "What did Tomos Bryn say about dredging?",
        "What did Tomos Bryn say about school meals?",
        "How much is a ticket?",
    ],
)
def test_what_is_rightly_credited_or_said_by_nobody_needs_no_correction(
    material_of: Any, question: str
) -> None:
    assert put_right(material_of(question)) is None
