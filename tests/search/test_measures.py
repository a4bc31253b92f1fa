"""A measure that accounts do not print is looked for by the lines it is worked out from."""

from __future__ import annotations

import pytest

from askmobility.search.measures import worked_out_from


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
