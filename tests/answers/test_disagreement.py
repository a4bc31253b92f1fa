"""Where the documents put one figure two ways, both are shown."""

from __future__ import annotations

from typing import Any

import pytest

from askmobility.answers.disagreement import with_other_readings

pytestmark = pytest.mark.slow

NEARLY = "Nearly 12,000 passengers are expected to cross in the first month."
OVER = "Over 12,000 passengers are expected in the first month."
TICKET = "A single ticket will cost £2.40, and children under 12 will travel free."


@pytest.mark.parametrize(("quoted", "other"), [(NEARLY, OVER), (OVER, NEARLY)])
def test_after_one_reading_of_a_figure_comes_the_other(
    port_ellery: Any, pick_of: Any, words: Any, quoted: str, other: str
) -> None:
    picks, found = with_other_readings([pick_of(quoted), pick_of(TICKET)], port_ellery.corpus)

    assert words(picks) == [quoted, other, TICKET]
    assert len(found) == 1


def test_both_readings_stay_where_they_were_quoted(
    port_ellery: Any, pick_of: Any, words: Any
) -> None:
    picks, found = with_other_readings(
        [pick_of(OVER), pick_of(TICKET), pick_of(NEARLY)], port_ellery.corpus
    )

    assert words(picks) == [OVER, TICKET, NEARLY]
    assert len(found) == 1


def test_what_nothing_disputes_stays_as_it_is(port_ellery: Any, pick_of: Any) -> None:
    picks = [pick_of(TICKET)]

    assert with_other_readings(picks, port_ellery.corpus) == (tuple(picks), ())
