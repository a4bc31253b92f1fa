from __future__ import annotations

import pytest

from askmobility.answers.facets import statements_by
from askmobility.types import Corpus


@pytest.mark.parametrize(
    ("speaker", "role", "found"),
    [
        (None, None, 1),
        ("okoro", None, 1),
        (None, "leader", 1),
        ("okoro", "mayor", 0),
        ("Smith", None, 0),
    ],
)
def test_statements_are_found_by_part_of_a_name_and_of_a_role(
    corpus: Corpus, speaker: str | None, role: str | None, found: int
) -> None:
    assert len(statements_by(corpus, speaker=speaker, role=role)) == found
