"""Measures that accounts do not print but let one work out, and the lines that it takes.

"What is the current ratio?" is answered by a balance sheet, which has no such words on it.
"""

from __future__ import annotations

import re

from askmobility.search.question import Question

_WORKED_OUT = (
    (
        r"gross (?:profit )?margins?",
        "gross profit cost of sales cost of revenue cost of goods sold net sales",
    ),
    (
        r"operating (?:profit )?margins?",
        "operating income operating profit total revenue net sales",
    ),
    (
        r"(?:net|profit) (?:profit |income )?margins?",
        "net income net profit total revenue net sales",
    ),
    (
        r"quick ratio|acid[- ]test",
        "total current assets total current liabilities inventories receivables",
    ),
    (r"current ratio|working capital", "total current assets total current liabilities"),
    (
        r"capex|capital (?:expenditures?|spending|intensity)|capital[- ]intensive",
        "purchases of property, plant and equipment additions to property",
    ),
    (
        r"free cash ?flows?|cash ?flow conversion|fcf",
        "net cash provided by operating activities net income "
        "purchases of property, plant and equipment",
    ),
    (r"ebitda", "operating income depreciation amortisation amortization"),
    (r"interest cover(?:age)?", "interest expense operating income"),
    (r"(?:inventory|stock) turnover|days (?:of )?inventory", "cost of sales inventories"),
    (
        r"days sales outstanding|receivables turnover|debtor days",
        "accounts receivable total revenue",
    ),
    (r"days payable|creditor days", "accounts payable cost of sales cost of goods sold"),
    (r"return on assets|roa", "net income total assets"),
    (r"return on equity|roe", "net income total equity"),
    (r"asset turnover", "total revenue net sales total assets property, plant and equipment"),
    (r"payout ratio|dividend cover", "dividends paid net income"),
    (r"effective tax rate", "provision for income taxes income before income taxes"),
    (r"gearing|leverage|debt[- ]to[- ]equity", "total debt borrowings total equity"),
    (r"top ?line", "revenue net sales turnover"),
    (r"bottom line", "net income net profit surplus"),
    (r"liquidity", "cash total current assets total current liabilities"),
)
_MEASURES = tuple((re.compile(rf"\b(?:{name})\b", re.I), lines) for name, lines in _WORKED_OUT)
_ANY = re.compile("|".join(rf"\b(?:{name})\b" for name, _ in _WORKED_OUT), re.I)


_FIGURES = frozenset({"number", "count", "money", "percent"})


def is_for_figures(question: Question) -> bool:
    """Whether a question asks for a figure, or names a year, a quarter or another number."""
    return question.expects in _FIGURES or any(map(str.isdigit, question.text))


def worked_out_from(question: str) -> str:
    """The lines of accounts behind the measures that a question names; "" where it names none."""
    if not _ANY.search(question):
        return ""
    return " ".join(lines for measure, lines in _MEASURES if measure.search(question))
