"""Who published a PDF, and when: its metadata and its cover page, where there is no doubt."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence

from askmobility.documents.content import one_line
from askmobility.types import Block

MONTHS = (
    "January February March April May June July August September October November December".split()
)
MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
DATE = (
    rf"(?:(?:[A-Z][a-z]+day,? )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?{MONTH},? (?P<year>20\d\d)",
    rf"{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?, (?P<year>20\d\d)",
)
PUBLISHED = (
    r"(?P<said>(?:(?:first )?published(?: on| in)?|publication date|date of publication):? )"
)
LINES = [re.compile(rf"{PUBLISHED}?{date}\.?", re.IGNORECASE) for date in DATE]
COVER = 600  # characters on a first page at most: with more it is no cover
# a date beside such words is that of something else
OTHER_DATES = re.compile(
    r"\b(?:accounts|agenda|as at|clos(?:es?|ing)|deadline|draft|embargo\w*|end(?:ed|ing)|event|"
    r"financial|fiscal|from|meeting|minutes|period|quarter|to|until|updated|valid)\b",
    re.IGNORECASE,
)
EARLY = 2  # months that a file may be older than the date on its cover
BODY = re.compile(
    r"\b(?:agency|alliance|assembly|association|authority|board|centre|college|commission|"
    r"committee|company|consortium|council|department|federation|forum|foundation|government|"
    r"group|inc|institute|limited|llp|ltd|ministry|nhs|parliament|partnership|plc|society|trust|"
    r"union|university)\b",
    re.IGNORECASE,
)


def publisher_of(author: str, text: str, blocks: Sequence[Block]) -> str:
    """The author in the metadata, where it is a body that the first two pages name; else "".

    Others are whoever typed the text, and firms that make files.
    """
    opening = one_line(" ".join(lines_on(text, blocks, 2))).casefold()
    named = re.search(rf"(?<!\w){re.escape(author.casefold())}(?!\w)", opening)
    return author if named and BODY.search(author) else ""


def published_of(created: str, text: str, blocks: Sequence[Block]) -> str:
    """The date that the first page gives in a line of its own, as ISO 8601; "" where in doubt.

    created: when the file was made, "D:20240312...", or "".
    """
    lines = list(lines_on(text, blocks, 1))
    cover = " ".join(lines)
    matches = [match for line in lines for form in LINES if (match := form.fullmatch(line))]
    said = [match for match in matches if match["said"]]
    bare = len(cover) <= COVER and not OTHER_DATES.search(cover)
    dates = {iso_date(match) for match in said or (matches if bare else [])}
    if len(dates) != 1 or "" in dates:
        return ""
    (date,) = dates
    return "" if months(created[2:6], created[6:8]) + EARLY < months(date[:4], date[5:7]) else date


def lines_on(text: str, blocks: Sequence[Block], last: int) -> Iterator[str]:
    """The blocks that begin on the first pages, each as one line."""
    for block in blocks:
        if block.page is not None and block.page <= last:
            yield one_line(text[block.start : block.end])


def iso_date(match: re.Match[str]) -> str:
    """The date that a line gives, as precise as it does; "" where there is no such day."""
    month = MONTHS.index(match["month"].capitalize()) + 1
    if match["day"] and not 0 < int(match["day"]) <= monthrange(int(match["year"]), month)[1]:
        return ""
    day = f"-{int(match['day']):02}" if match["day"] else ""
    return f"{match['year']}-{month:02}{day}"


def months(year: str, month: str) -> float:
    """Months since the year 0; without a year, later than any."""
    return int(year) * 12 + int(month) if (year + month).isdecimal() else float("inf")
