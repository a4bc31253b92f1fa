"""Which kinds of detail a sentence holds: a sum of money, a date, a duration, a person ..."""

from __future__ import annotations

import re
from functools import lru_cache

from askmobility.search.kinds import Detail
from askmobility.search.roles import BODIES, ROLES

_NUMBER_WORD = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand|million|billion|dozen|half|third|quarter|fifth|once|twice)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_PATTERNS: dict[Detail, str] = {
    "number": rf"\d|\b(?:one|no|none|both|{_NUMBER_WORD})\b",
    "count": rf"\d|\b(?:one|no|none|both|nobody|{_NUMBER_WORD})\b",
    "money": (
        r"[£$€]\s?\d|\b\d[\d,.]*p\b|\bpounds?\b|\bpence\b|\bfree\b|"
        r"\bno (?:charge|cost|fee)\b"
    ),
    "percent": (
        rf"(?:(?:\d[\d.,]*|\b{_NUMBER_WORD})\s?)?(?:%|per ?cent)|"
        rf"\b(?:in|out of) (?:every |the )?(?:{_NUMBER_WORD}|\d+)\b|"
        r"\b(?:half|halves|thirds?|quarters?|fifths?|sixths?|tenths?|most|all|none|majority)\b"
    ),
    "duration": (
        rf"\b(?:\d[\d,.]*|an?|the (?:past|last|next)|all|several|many|{_NUMBER_WORD})[ -]"
        r"(?:(?!ago)\w+[ -])?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|"
        r"terms?|nights?|decades?|century|centuries|generations?)\b|"
        r"\bfortnight\b|\buntil\b|\bsince\b"
    ),
    "date": (
        rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}\b(?: (?:19|20)\d\d\b)?|"
        rf"\b{_DAY}\b|\b(?:19|20)\d\d\b|\b(?:spring|summer|autumn|winter|easter|"
        r"christmas|tomorrow|yesterday|tonight)\b|\b\d{1,2}/\d|"
        rf"\b(?:next|last|this|that|each|every|in|within|after|for|until|by|the|{_NUMBER_WORD}|"
        r"\d+) (?:\w+ )?(?:weeks?|months?|years?|terms?|days?)\b"
    ),
    "time": (
        r"\b\d{1,2}(?:[.:]\d\d)? ?(?:am|pm)\b|\b\d{1,2}[.:]\d\d\b|\bnoon\b|\bmidnight\b|"
        r"o['’]clock\b|\b(?:morning|afternoon|evening|night)s?\b"
    ),
    "age": (
        r"\b(?:age[ds]?|under|over|years? old|year-olds?|between)\b|,\s\d{1,3},|"
        rf"\b{_NUMBER_WORD}s\b"
    ),
    "phone": (r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|\b\d{4,5} \d{6}\b|\b(?:call|ring|dial) \d{3,}"),
    "url": r"https?://|www\.|\b[\w.+-]+@[\w-]+\.\w|\b[\w-]+\.(?:uk|org|com|gov|net)\b",
    # a capital is what tells these two
    "place": (
        r"(?-i:(?<=[a-z,;:] )[A-Z][a-z]+|^(?:In|At|On) |"
        r"\b(?:in|at|near|from|outside|opposite) )"
    ),
    "person": (
        r"(?-i:\b[A-Z][a-z]+ (?:[A-Z][\w'’-]*|de|van|al)\b|"
        r"\b(?:she|he|chair|director|head)\b)"
    ),
    "title": (  # in quotation marks, or words with capitals inside a sentence
        r"(?-i:(?<=\w )[“\"‘'][A-Z][^“”\"\n]{3,100}[^.,!?\s][”\"’']|"
        r"(?<=[a-z,] )[A-Z][\w’'-]+(?: (?:of|the|and|for|in|to|into|[A-Z][\w’'-]+)){0,6}"
        r" [A-Z][\w’'-]+)"
    ),
}
_REST_OF_NUMBER = re.compile(
    r"(?<=\d)(?:[.,]?\d)*(?:%|(?:bn|mn|[kmp]|[ -](?:hundred|thousand|million|billion))\b)?",
    re.IGNORECASE,
)
# "who gets it": people without a name of their own
_GROUP = re.compile(
    r"\b(?:people|men|women|adults?|famil(?:y|ies)|households?|couples?|friends?|staff|members?|"
    r"groups?|applicants?|claimants?|those|any(?:one|body)|every(?:one|body)|nobody|government)\b"
)
_HOLDS = {detail: re.compile(pattern, re.IGNORECASE) for detail, pattern in _PATTERNS.items()}


@lru_cache(maxsize=1 << 15)
def holds(detail: Detail, sentence: str) -> bool:
    """Whether the sentence has a detail of this kind; True for "none"."""
    pattern = _HOLDS.get(detail)
    if pattern is None or pattern.search(sentence) is not None:
        return True
    return detail == "person" and _tells_who(sentence.lower())


def _tells_who(lower: str) -> bool:
    """Whether a text in lower case has a calling, a body or a group of people."""
    return bool(_GROUP.search(lower) or ROLES.find(lower) or BODIES.find(lower))


def places_of(detail: Detail, sentence: str) -> list[tuple[int, int]]:
    """Where the sentence has details of this kind, numbers whole; none for "none"."""
    pattern = _HOLDS.get(detail)
    places: list[tuple[int, int]] = []
    for match in pattern.finditer(sentence) if pattern else ():
        rest = _REST_OF_NUMBER.match(sentence, match.end())
        if not places or match.start() >= places[-1][1]:
            places.append((match.start(), rest.end() if rest else match.end()))
    return places
