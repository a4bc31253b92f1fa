"""A measure that accounts do not print is looked for by the lines it is worked out from."""

from __future__ import annotations

import pytest

from askmobility.search.measures import is_for_figures, worked_out_from
from askmobility.search.names import NameBook
from askmobility.search.question import understand


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Has the trust's Current Ratio improved?", "current liabilities"),
        ("what is their quick ratio", "current assets"),
        ("How much capex is planned?", "purchases of property"),
        ("Are operating margins falling?", "operating income"),
        ("free cashflow in 2031/32", "operating activities"),
    ],
)
def test_measure_names_its_lines(question: str, line: str) -> None:
    assert line in worked_out_from(question)


@pytest.mark.parametrize(
    "question", ["", "Who runs the ferry?", "What is the ratio of pupils to teachers?", "marginal"]
)
def test_other_questions_name_none(question: str) -> None:
    assert worked_out_from(question) == ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How much did the ferry cost?", True),
        ("What share of journeys is by bus?", True),
        ("What were the fares in 2031?", True),
        ("Did Q3 go well?", True),
        ("Who runs the ferry?", False),
        ("Why was the bridge closed?", False),
    ],
)
def test_question_is_for_figures_if_it_asks_for_one_or_names_a_year(
    question: str, expected: bool
) -> None:
    assert is_for_figures(understand(question, NameBook.of([]))) is expected
