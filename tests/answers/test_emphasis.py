"""The words that answer are those of the kind that was asked for."""

from __future__ import annotations

from typing import Any

import pytest

from askmobility.answers.emphasis import emphasised

pytestmark = pytest.mark.slow

TICKET = "A single ticket will cost £2.40, and children under 12 will travel free."


@pytest.mark.parametrize(
    ("question", "sentence", "emphasis"),
    [
        ("How much is a ticket?", TICKET, ["£2.40", "free"]),
        ("How many passengers are expected?",
         "Over 12,000 passengers are expected in the first month.", ["12,000"]),
        ("How much do the extra hours cost?",
         "The extra hours will cost £18,500 a year.", ["£18,500"]),
        ("What happens to fines?", TICKET, []),
    ],
)  # fmt: skip
def test_details_of_the_kind_asked_for_are_emphasised_whole(
    material_of: Any, pick_of: Any, words: Any, question: str, sentence: str, emphasis: list[str]
) -> None:
    assert words(list(emphasised(material_of(question), [pick_of(sentence)]))) == emphasis
