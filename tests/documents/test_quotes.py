from __future__ import annotations

import pytest

from askmobility.documents.quotes import QUOTED, narration
from askmobility.documents.structure import blocks


def told(text: str) -> str:
    """The narration with every quotation put as one dot."""
    masked = narration(text, blocks(text))
    while QUOTED * 2 in masked:
        masked = masked.replace(QUOTED * 2, QUOTED)
    return masked.replace(QUOTED, ".")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no way” to it", "He said “.” to it"),
        ('He said "no way" to it', 'He said "." to it'),
        ("'No way,' he said, isn't it", "'.' he said, isn't it"),
        ("‘No way,’ he said of the ‘hub’", "‘.’ he said of the ‘hub’"),
        ("Young people’s ‘hubs’ aren’t open", "Young people’s ‘hubs’ aren’t open"),
        ("“He said ‘never’ to me,” she said", "“.” she said"),
    ],
)
def test_quotations_are_masked_and_apostrophes_are_not(text, expected):
    assert told(text) == expected


def test_mask_is_as_long_as_the_text():
    text = "“One.\n\nTwo we said.\n\nThree.”"
    assert len(narration(text, blocks(text))) == len(text)


def test_open_quotation_goes_on_into_a_paragraph_in_the_first_person():
    assert told("“We came.\n\nWe saw it with our eyes.") == "“.\n\n."


def test_open_quotation_goes_on_into_a_paragraph_that_closes_it():
    assert told("“They came.\n\nThey saw.” That was it.") == "“.\n\n.” That was it."


def test_open_quotation_does_not_swallow_narration():
    assert told("“They came.\n\nThe fund opens in May.") == "“.\n\nThe fund opens in May."


def test_open_quotation_does_not_reach_past_a_heading():
    text = "“We came.\nWhy a tram\nWe asked residents of the town for their views on it in May."
    assert told(text).endswith("views on it in May.")
