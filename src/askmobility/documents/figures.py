"""Read the quantities of a text, and notice where one quantity is put in two ways."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import Stemmer

from askmobility.types import Block, Disagreement, Figure, Span

STEMMER = Stemmer.Stemmer("english")

# --- numbers -------------------------------------------------------------------------------


def word_list(words: str) -> tuple[str, ...]:
    """The words of a line, in order."""
    return tuple(words.split())


SMALL = word_list(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
COUNTS = {word: float(n) for n, word in enumerate(SMALL, start=1)} | {
    word: 10.0 * n for n, word in enumerate(TENS, start=2)
}
SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6}
SCALES |= {"mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12}
PARTS = word_list("half third quarter fifth sixth seventh eighth ninth tenth")

COUNT = (
    rf"(?:{'|'.join(sorted(COUNTS, key=len, reverse=True))})(?:[ -](?:{'|'.join(SMALL[:9])})\b)?"
)
SCALE_WORD = "(?:hundred|thousand|million|billion|dozen)"
IN_WORDS = (
    rf"(?:{COUNT}(?:[ ]{SCALE_WORD}(?:[ ]and[ ]{COUNT})?){{0,2}}"
    rf"|(?:half[ ])?an?[ ]{SCALE_WORD})"
)
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
SCALE = "thousand|million|billion|trillion|bn|tn|mn"
NUMBER = re.compile(
    rf"""
    (?<![\w.,/:£$€&\#@]) (?<![A-Za-z][-–]) (?=[\d£$€aefhnost])   # no number begins otherwise
    (?:
      (?P<ratio>(?:\d+|{COUNT})[ ](?:in|out[ ]of)[ ](?:every[ ])?(?:\d+|{COUNT}))\b
    | (?P<part>(?:(?:an?|{"|".join(SMALL[:9])})[ -](?:{"|".join(PARTS)})s?|half)
        (?=[ ](?:of|the|are|were|was|is|have|had|say|said|more|fewer|less|lower|higher|as|do|did)\b
          |[.,;:)]|$))
    | (?P<currency>[£$€])[ ]?(?P<amount>{DIGITS})(?:[ ]?(?P<of_money>{SCALE}|m|k)\b)?
    | (?P<digits>{DIGITS})(?:[ ]?(?P<scale>{SCALE})\b|(?<=\.\d)(?P<m>m)\b)?
    | (?P<words>{IN_WORDS})\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def number_in_words(words: str) -> float | None:
    """The value of "two", "twenty-one", "three hundred and five" or "half a million"; else None."""
    total, current = 0.0, None
    for word in re.split(r"[ -]+", words.strip().casefold()):
        if word in COUNTS:
            current = (current or 0.0) + COUNTS[word]
        elif word == "half":
            current = 0.5
        elif word in SCALES:
            scaled = (1.0 if current is None else current) * SCALES[word]
            current, total = (scaled, total) if word == "hundred" else (None, total + scaled)
        elif word not in ("a", "an", "and"):
            return None
    return total + (current or 0.0) or None


def number_value(number: str) -> float | None:
    """The value of a number in digits ("1,200", "6.5") or in words; None if it is neither."""
    if re.fullmatch(DIGITS, number):
        return float(number.replace(",", ""))
    return number_in_words(number)


def value_of(match: re.Match[str]) -> tuple[float, str] | None:
    """The value, and the unit as far as the number itself says it; None for no quantity."""
    if match["ratio"]:
        over, under = (
            number_value(side)
            for side in re.split(r" (?:in|out of) (?:every )?", match["ratio"], flags=re.I)
        )
        return (100 * over / under, "%") if over and under and over <= under else None
    if match["part"]:
        *times, part = re.split(r"[ -]", match["part"].casefold())
        share = 1 / (2 + PARTS.index(part.rstrip("s") if part != "halfs" else "half"))
        return 100 * share * (number_in_words(times[0]) or 1.0 if times else 1.0), "%"
    if match["currency"]:
        scale = SCALES[match["of_money"].casefold()] if match["of_money"] else 1.0
        currency = {"£": "GBP", "$": "USD", "€": "EUR"}[match["currency"]]
        return float(match["amount"].replace(",", "")) * scale, currency
    if match["digits"]:
        word = (match["scale"] or match["m"] or "").casefold()
        return float(match["digits"].replace(",", "")) * (SCALES[word] if word else 1.0), ""
    value = number_in_words(match["words"])
    return None if value is None else (value, "")


# --- what is a number but no quantity ----------------------------------------------------------

MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
LABELS = (
    "act|age|annex|annexe|appendix|article|band|block|box|bus|bullet|chapter|class|clause|covid|day"
    "|draft|exhibit|ext|extension|fax|figure|floor|flat|form|goal|grade|group|image|issue|item|junction|key"
    "|lane|level|line|lot|mission|no|nos|note|number|objective|option|page|pages|paragraph|para"
    "|part|period|phase|phone|pillar|platform|point|policy|principle|priority|proposal|quarter"
    "|question|recommendation|ref|regulation|room|round|route|rule|schedule|scope|section|sector"
    "|stage|step|table|target|tel|telephone|term|theme|tier|type|unit|version|volume|ward|week"
    "|weeks|wave|year|years|zone"
)
NOT_A_QUANTITY = re.compile(
    rf"""
    (?=\b\w|[-\d+\[(,\#]) (?:   # nothing begins elsewhere, such as inside a word: no need to try
      \b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+(?:and|to|or)\s+\d{{1,2}}|\s?[-–]\s?\d{{1,2}})?
        \s+{MONTH}\b(?:\s+\d{{4}})?                                    # 12 July 2024
    | \b{MONTH}\s+\d{{1,2}}\b(?!,\d\d\d)(?:,?\s+\d{{4}})?              # July 12, 2024
    | (?<![£$€,.\d])\b(?:1[6-9]|20)\d\d(?:\s?[-–/]\s?\d{{2,4}})?s?\b
        (?![,.]?\d|\s?%|\s(?:hours|people)\b)                           # 2024, 2023/24
    | \b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b | \b\d\d?[/-]\d\d\b         # 12/07/24, 22/23
    | \b\d{{1,2}}(?:[.:]\d\d)?\s?[ap]\.?m\b | \b\d{{1,2}}:\d\d\b         # 9.15am
    | \b(?:at|by|the|until|before|after)\s\d{{1,2}}[.:][0-5]\d\b(?!\s?%|m)  # the 8.20
    | \b\d{{1,2}}(?:[.:]\d\d)?\s?(?:to|[-–])\s?\d{{1,2}}(?:[.:]\d\d)?\s?[ap]\.?m\b
    | \+?\b0?\d{{2,5}}[ -]\d{{3,6}}(?:[ -]\d{{3,4}})?\b | (?<![,.\d])0\d+\b  # telephone numbers
    | \b\d+(?:st|nd|rd|th)\b | \[\d+\] | \#\d+
    | \b(?:under|over)[-–]?\d+s\b | \bmid-\d+s\b
    | \b(?:aged?|ages)\s(?:between\s)?\d+(?:\s?(?:to|and|or|[-–])\s?\d+)?
    | \b\d+-?\s?(?:to|and|or|[-–])\s?\d+[-\s]year[-\s]olds?\b
    | \b[\w-]{{1,24}}[-\s]years?[-\s]olds?\b
    | ,\s\d{{1,2}},(?=\s) | \(\d{{1,2}}\) | (?<=[A-Z])-?\d+\b
    | \b(?:{LABELS})s?\.?\s(?:no\.?\s)?\d[\d.,]{{0,12}}
        (?:\s?(?:to|and|or|,|[-–])\s?\d{{1,4}}(?!\s?%)){{0,8}}\b        # section 12, Years 7 to 9
    | \b(?:phase|stage|tier|week|year|part|option|level)\s(?:one|two|three|four|five|six)\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
NUMBERING = re.compile(r"\W{0,3}(?:\d{1,3}(?:\.\d{1,2})+\.?|\d{1,3}[.)]|\d{1,2}(?= [A-Z][a-z]))\s")


def excluded_spans(text: str, sentence: Span) -> list[Span]:
    """Where the sentence has dates, clock times, ages, labels and numbering, in order."""
    found = [Span(*m.span()) for m in NOT_A_QUANTITY.finditer(text, *sentence)]
    numbering = NUMBERING.match(text, *sentence)
    return [Span(*numbering.span()), *found] if numbering else found


# --- units and hedges --------------------------------------------------------------------------

UNITS = {
    "%": r"[ ]?%|[ ]per[ ]?cent(?![a-z])|(?<=%)",
    "percentage points": r"[ -](?:percentage|per[ ]cent|%)[ -]points?",
    "GBP": r"[ ]pounds?",
    "pence": r"(?<=\d)p|[ ]pence",
    "seconds": r"[ -]seconds?",
    "minutes": r"[ -]min(?:ute)?s?",
    "hours": r"[ -]h(?:ou)?rs?",
    "working days": r"[ ](?:working|school)[ ]days?",
    "days": r"[ -]days?",
    "weeks": r"[ -]weeks?",
    "months": r"[ -]months?",
    "years": r"[ -]years?",
    "miles": r"[ -]miles?",
    "km": r"[ ]?km|[ -]kilomet(?:re|er)s?",
    "metres": r"(?<=\d)m|[ -]met(?:re|er)s?",
    "hectares": r"[ -]hectares?",
    "acres": r"[ -]acres?",
    "tonnes": r"[ -]tonnes?",
    "mph": r"[ ]?mph",
    "kWh": r"[ ]?kWh",
    "MW": r"[ ]?MW|[ ]megawatts?",
}
UNIT = re.compile(
    "(?:" + "|".join(f"(?P<u{n}>{unit})" for n, unit in enumerate(UNITS.values())) + r")(?![\w’'])",
    re.IGNORECASE | re.VERBOSE,
)
UNIT_NAMES = tuple(UNITS)
DURATIONS = {"minutes", "hours", "working days", "days", "weeks", "months", "years"}
RATE = re.compile(
    r"[ ](?:(?:an?|per|each|every)[ ](hour|day|week|month|year|annum|term|head|mile|person|pupil|"
    r"child|household|night|session)|(annually|yearly|monthly|weekly|hourly|daily))(?![\w-])",
    re.IGNORECASE,
)
PERIODS = {"annum": "year", "annually": "year", "yearly": "year", "monthly": "month"}
PERIODS |= {"weekly": "week", "hourly": "hour", "daily": "day"}

HEDGES = {
    "below": "nearly|almost|just under|just below|just short of|slightly under|slightly less than"
    "|slightly fewer than|well under|close to|approaching|getting on for|under|below|less than"
    "|fewer than",
    "above": "more than|over|just over|well over|slightly over|slightly more than|just above"
    "|above|exceeding|exceeds|exceeded|exceed|in excess of|upwards of|greater than|topping",
    "at least": "at least|no fewer than|no less than|not less than|a minimum of|or more",
    "at most": "up to|at most|no more than|not more than|as many as|as much as|a maximum of"
    "|or fewer|or less",
    "about": "around|about|roughly|approximately|some|an estimated|estimated|in the region of"
    "|or so",
}
SIDE = {hedge: side for side, hedges in HEDGES.items() for hedge in hedges.split("|")}
BOUNDS = {"between", "from", "to"}
AFTER = re.compile(r" (or (?:more|so|fewer|less))\b", re.IGNORECASE)
LEADING = sorted((h for h in SIDE if not h.startswith("or ")), key=len, reverse=True)
BEFORE = re.compile(rf"(?<!\w)({'|'.join(LEADING)})\s+(?:the\s+)?$", re.IGNORECASE)
RANGE_LINK = re.compile(r"(?P<to>\s?(?:to|[-–])\s?)|(?P<and>\sand\s)", re.IGNORECASE)
BETWEEN = re.compile(r"(?<!\w)(between|from)\s+$", re.IGNORECASE)
LARGEST = 1e15  # longer rows of digits are codes
LOOK_BACK = 28  # code points: the longest hedge and the white space after it


@dataclass(frozen=True, slots=True)
class Number:
    """A number that counts or measures, before it is known what."""

    value: float
    unit: str
    start: int
    end: int  # of the number, its unit and its rate
    in_words: bool


def numbers_in(text: str, sentence: Span) -> Iterator[Number]:
    """The numbers of a sentence that count or measure something, in order."""
    matches = list(NUMBER.finditer(text, *sentence))
    excluded = excluded_spans(text, sentence) if matches else []
    at = 0
    for match in matches:
        while at < len(excluded) and excluded[at].end <= match.start():
            at += 1
        if at < len(excluded) and excluded[at].start < match.end():
            continue
        read = value_of(match)
        number = measured(text, sentence, match, *read) if read else None
        if number:
            yield number


def measured(
    text: str, sentence: Span, match: re.Match[str], value: float, unit: str
) -> Number | None:
    """The number with the unit and rate behind it; None if it is part of a longer word."""
    end = match.end()
    found = UNIT.match(text, end, sentence.end) if unit in ("", "%") else None
    if found and found.lastgroup and not unit:
        unit, end = UNIT_NAMES[int(found.lastgroup[1:])], found.end()
    rate = RATE.match(text, end, sentence.end) if unit else None
    if rate:
        period = (rate[1] or rate[2]).lower()
        unit, end = f"{unit} a {PERIODS.get(period, period)}", rate.end()
    if end < sentence.end and end == match.end():
        glued = text[end].isalnum() or (
            text[end] in "-–’'/" and end + 1 < sentence.end and text[end + 1].isalpha()
        )
        if glued:
            return None
    if value >= LARGEST:
        return None
    if match["words"] and match["words"].lower() == "one" and not unit:
        return None  # a pronoun more often than a count
    return Number(value, unit, match.start(), end, bool(match["words"]))


def hedged(text: str, sentence: Span, numbers: Sequence[Number]) -> Iterator[Figure]:
    """The sentence's figures: each number with its hedge, its place in a range and its subject."""
    upper_bound, subject = "", ""
    for n, number in enumerate(numbers):
        window = text[max(sentence.start, number.start - LOOK_BACK) : number.start]
        start, end, hedge, unit = number.start, number.end, upper_bound, number.unit
        upper_bound = ""
        following = numbers[n + 1] if n + 1 < len(numbers) else None
        between = BETWEEN.search(window)
        if following and is_range(text, number, following, between):
            hedge, upper_bound = (between[1].lower() if between else "from"), "to"
            start -= len(window) - between.start() if between else 0
            unit = following.unit
        elif (
            not hedge
            and (found := BEFORE.search(window))
            # "over two years" is when, not how long
            and (found[1].lower() not in ("over", "under") or unit not in DURATIONS)
        ):
            hedge, start = found[1].lower(), start - (len(window) - found.start())
        if not hedge and (found := AFTER.match(text, end, sentence.end)):
            hedge, end = found[1].lower(), found.end()
        if not hedge and text.startswith("+", end) and end < sentence.end:
            hedge, end = "at least", end + 1
        subject = subject_of(text, sentence, start, end) or subject
        yield Figure(number.value, unit, hedge, subject, Span(start, end), sentence)


def is_range(text: str, low: Number, high: Number, between: re.Match[str] | None) -> bool:
    """Whether two numbers are the ends of a range: "10 to 15%", "between £5 and £8"."""
    link = RANGE_LINK.fullmatch(text, low.end, high.start)
    if not link or not high.unit.startswith(low.unit) or (not low.unit and "GBP" in high.unit):
        return False
    if link["and"]:
        return between is not None and between[1].lower() == "between"
    return between is not None or low.value < high.value


def figures(text: str, sentences: Sequence[Span]) -> tuple[Figure, ...]:
    """The quantities that the sentences state, in order.

    sentences: spans into `text`, in order and without overlap. Money, shares ("a third" and "one
    in three" are 33.3 %), counts and measures are figures; the two ends of a range are two, hedged
    "from" (or "between") and "to". Dates, years, clock times, ages, ordinals, telephone numbers,
    labels ("Level 3", "section 12") and numbering are not.
    """
    return tuple(
        figure
        for sentence in sentences
        for figure in hedged(text, sentence, list(numbers_in(text, sentence)))
    )


# --- what is counted -----------------------------------------------------------------------------

WORD = re.compile(r"[^\W\d_]{2,}(?:[-’'][^\W\d_]+)*|[^\W\d_](?:[-’'][^\W\d_]+)+")
CLAUSE_END = re.compile(r"[.,;:!?()\n]|\s[–—-]\s|[“”\"]")
ASIDE = re.compile(r" \([^()\n]{1,40}\)")  # "120 hours (16 days) of training"
VERBS = frozenset(
    word_list(
        "is are was were be been being has have had having do does did will would can could may "
        "might must should shall now currently said says"
    )
)
LINKS = frozenset(
    word_list(
        "and or but nor who whom whose which that where when while after before since because if "
        "than as so though although unless until whereas"
    )
)
PREPOSITIONS = frozenset(
    word_list(
        "in on at by for from to with within without under over through during across between "
        "against into onto about around per via among towards upon near"
    )
)
FILLERS = frozenset(
    word_list(
        "a an the this these those that its their our his her my your it they we he she you there "
        "all both each every another other more most less fewer only just of number numbers total "
        "amount figure people person not no also still up down one then here some any what how "
        "compared rising falling rose fell earlier worth costing totalling"
    )
)
SUBJECT_WORDS = 6
CONTEXT_REACH = 400  # code points either side of a figure that are searched for its time
CLAUSE_REACH = 160  # code points either side of a figure that are read as its clause


def clause_after(text: str, sentence: Span, end: int) -> str:
    """The words after a figure, to the end of its clause; a bracket right behind it left out."""
    stop = min(sentence.end, end + CLAUSE_REACH)
    if aside := ASIDE.match(text, end, stop):
        end = aside.end()
    found = CLAUSE_END.search(text, end, stop)
    if found and found.group() in '‘“"' and found.start() <= end + 1:
        found = CLAUSE_END.search(text, found.end(), stop)
    return text[end : found.start() if found else stop]


def clause_before(text: str, sentence: Span, start: int) -> str:
    """The words before a figure, from the start of its clause."""
    begin = max(sentence.start, start - CLAUSE_REACH)
    ends = [m.end() for m in CLAUSE_END.finditer(text, begin, start)]
    return text[ends[-1] if ends else begin : start]


def first_clause(text: str, sentence: Span, start: int) -> str:
    """What the sentence opens with, up to its first comma or to the figure."""
    stop = min(start, sentence.start + CLAUSE_REACH)
    found = CLAUSE_END.search(text, sentence.start, stop)
    return text[sentence.start : found.start() if found else stop]


def subject_of(text: str, sentence: Span, start: int, end: int) -> str:
    """The noun phrase counted, lower case: the words behind the figure, or what governs it."""
    after = WORD.findall(clause_after(text, sentence, end).lower())
    return (
        noun_phrase(after)
        or governing_subject(clause_before(text, sentence, start))
        or governing_subject(first_clause(text, sentence, start))
        or noun_phrase([word for word in after if word not in VERBS])
    )


def noun_phrase(words: Iterable[str]) -> str:
    """The first few words up to a verb, a conjunction or a preposition."""
    phrase: list[str] = []
    for word in words:
        if word in VERBS or word in LINKS or word in PREPOSITIONS:
            break
        if phrase or word not in FILLERS or word == "people":
            phrase.append(word)
        if len(phrase) == SUBJECT_WORDS:
            break
    return " ".join(phrase)


def governing_subject(clause: str) -> str:
    """The words before the verb that leads to a figure: "the number of schools has risen to"."""
    words = WORD.findall(clause.lower())
    for n, word in enumerate(words):
        if word in ("number", "total", "amount") and words[n + 1 : n + 2] == ["of"]:
            words = words[n + 2 :]
            break
    kept: list[str] = []
    for n, word in enumerate(words):
        if word in VERBS and words[n - 1 : n] not in (["who"], ["which"], ["that"]) and kept:
            break
        if word not in VERBS and word not in LINKS and (kept or word not in FILLERS):
            kept.append(word)
    return " ".join(kept[:8])


# --- the same quantity ----------------------------------------------------------------------------

YEAR = re.compile(r"(?<![£$€,.\d])(?:1[6-9]|20)\d\d(?![,.]?\d)")
BASELINE = re.compile(
    r"\b(?:from|compared (?:with|to)|against|than|last year|previous(?:ly)?|a year earlier|"
    r"the year before|down on|up on|used to|target|forecast|by)\s*$",
    re.IGNORECASE,
)
OTHER_TIME = re.compile(
    r"\b(last year|last month|previous year|year before|year earlier|next year|originally|"
    r"previously|target|forecast|expected|planned|proposed|hope|aim|estimate[ds]?)\b",
    re.IGNORECASE,
)
# a sentence that sets two times or things side by side tells of each that it is one of several
COMPARED = re.compile(
    r"\b(?:respectively|compared (?:to|with)"
    r"|in comparison (?:to|with)|versus|vs|(?:up|down) from)\b"
    r"|\((?:19|20)\d\d(?:[-–/]\d\d(?:\d\d)?)?: ",
    re.IGNORECASE,
)
LABEL = re.compile(r"\b[A-Z][a-z]+ \d{1,3}\b(?![,.]\d)")
PLACE = re.compile(r"\b(?:in|at|for|from|by|across|of) (?:the )?([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)")
MOST_CANDIDATES = 64  # with more of like value the words in common say nothing
NO_SUBJECT = frozenset({"last", "next", "year", "month", "week"})
EDITION_WORDS = 2  # that two editions of a report use alike for one quantity, at least
CLOSE = 1.1  # two values further apart than this are two quantities


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of what, when and where: enough to compare figures of any two documents."""

    value: float
    unit: str
    hedge: str
    words: frozenset[str]  # stems of what is counted and of what its clause says of it
    years: frozenset[str]  # named in its sentence
    times: frozenset[str]  # "last year", "target": another time or another kind of reckoning
    places: frozenset[str]  # proper names it is "in", "at", "for", and "Year 5"; lower case


def quantity(figure: Figure, text: str) -> Quantity:
    """What `figure`, of `text`, says how much there is of."""
    start, end = figure.span
    around = text[
        max(figure.sentence.start, start - CONTEXT_REACH) : min(
            figure.sentence.end, end + CONTEXT_REACH
        )
    ]
    before = clause_before(text, figure.sentence, start)
    said = clause_after(text, figure.sentence, end)
    baseline = {"baseline"} if BASELINE.search(before) else set()
    return Quantity(
        figure.value,
        figure.unit,
        figure.hedge,
        stems(said) | stems(figure.subject) or stems(before),
        frozenset(YEAR.findall(around)),
        frozenset({time.lower() for time in OTHER_TIME.findall(around)} | baseline),
        frozenset(
            name.lower() for named in (PLACE, LABEL) for name in named.findall(f"{before} {said}")
        ),
    )


def stems(words: str) -> frozenset[str]:
    """The stems of the words that mean something by themselves."""
    found = set(WORD.findall(words.lower())) - LINKS - VERBS - PREPOSITIONS - FILLERS
    return frozenset(STEMMER.stemWords(sorted(found)))


def same_quantity(one: Quantity, other: Quantity) -> bool:
    """Whether both say how much there is of the same thing, at the same time and place.

    Careful rather than complete: what one says more than the other may narrow it, but where each
    says something that the other does not, they are two things. Values further apart than a tenth
    are two things as well.
    """
    low, high = sorted((one.value, other.value))
    opposed = {SIDE.get(one.hedge), SIDE.get(other.hedge)} == {"below", "above"}
    enough = (1 if low == high else 2) if opposed else 3  # words in common
    return (
        one.unit == other.unit
        and 0 < low <= high <= low * CLOSE
        and min(len(one.words), len(other.words)) >= enough
        and (one.words <= other.words or other.words <= one.words)
        and one.times == other.times
        and agree(one.years, other.years)
        and agree(one.places, other.places)
    )


def same_in_editions(one: Quantity, other: Quantity) -> bool:
    """Whether two editions of one report give the same quantity, however far it has moved.

    The words must be the same: the numbers cannot tell that it is the same thing.
    """
    return (
        one.unit == other.unit
        and one.words == other.words
        and len(one.words - NO_SUBJECT) >= EDITION_WORDS
        and one.times == other.times
        and agree(one.years, other.years)
        and agree(one.places, other.places)
    )


def agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one says no more than the other leaves open."""
    return not one or not other or one <= other or other <= one


def possible_values(quantity: Quantity) -> tuple[float, float]:
    """Between which values the wording leaves the quantity open."""
    value, side = quantity.value, SIDE.get(quantity.hedge, "")
    sliver = value * 1e-9  # "at least 900" and "up to 900" can both be right, "over 900" cannot
    if side in ("below", "at most"):
        return 0.0, value + (sliver if side == "at most" else -sliver)
    if side in ("above", "at least"):
        return value + (sliver if side == "above" else -sliver), math.inf
    step = value * (CLOSE - 1) if side else last_digit(value) / 2
    return value - step, value + step


def last_digit(value: float) -> float:
    """What one more in the last digit given would be: 1 for 417, 100,000 for 1.4 million."""
    step = 1e-3
    while step < value and math.isclose(value / (step * 10), round(value / (step * 10))):
        step *= 10
    return step


def contradict(one: Quantity, other: Quantity) -> bool:
    """Whether two wordings of one quantity cannot both be right: "nearly 900" and "over 900"."""
    (low, high), (other_low, other_high) = possible_values(one), possible_values(other)
    return high < other_low or other_high < low


def is_tabled(figure: Figure, blocks: Sequence[Block]) -> bool:
    """Whether a table gives the figure: what it is a figure of is told by row and column."""
    at = bisect_right(blocks, figure.span.start, key=lambda block: block.start) - 1
    return at >= 0 and blocks[at].kind == "table" and figure.span.start < blocks[at].end


def disagreements(figures: Sequence[Figure], text: str) -> tuple[Disagreement, ...]:
    """Where `text` puts the same quantity in two ways: all its readings, in order of the text."""
    alike: dict[Quantity, list[Figure]] = {}
    told: dict[tuple[Span, str, frozenset[str]], set[float]] = defaultdict(set)
    read = [(figure, quantity(figure, text)) for figure in figures if figure.hedge not in BOUNDS]
    for figure, one in read:
        told[figure.sentence, one.unit, one.words].add(one.value)
    for figure, one in read:
        # a sentence that gives several numbers of one description lists several things
        single = len(told[figure.sentence, one.unit, one.words]) == 1
        if single and not COMPARED.search(text, *figure.sentence):
            alike.setdefault(one, []).append(figure)
    found = {
        tuple(sorted((*alike[one], *alike[other]), key=lambda figure: figure.span))
        for one, other in candidates(alike)
        if alike[one][0].sentence != alike[other][0].sentence
        and same_quantity(one, other)
        and contradict(one, other)
    }
    return tuple(Disagreement(readings) for readings in sorted(found, key=first_places))


def first_places(readings: Sequence[Figure]) -> list[Span]:
    """Where the readings stand, to put disagreements in order of the text."""
    return [reading.span for reading in readings]


def candidates(quantities: Iterable[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs of close values in one unit where all words of one can be words of the other."""
    by_word: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    in_order = sorted(quantities, key=lambda q: q.value)
    for q in in_order:
        for word in q.words:
            by_word[q.unit, word].append(q)
    for q in in_order:
        if not q.words:
            continue
        rarest = min((by_word[q.unit, word] for word in sorted(q.words)), key=len)
        at = bisect_left(rarest, q.value / CLOSE, key=lambda other: other.value)
        for other in rarest[at : at + MOST_CANDIDATES]:
            if other.value > q.value * CLOSE:
                break
            if other is not q:
                yield q, other
