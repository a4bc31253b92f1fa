"""Find the sentences that say what a term is or what letters stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from askmobility.types import Block, Definition, Span

SMALL_WORDS = {"of", "the", "and", "for", "in", "on", "to", "with", "or", "&"}  # letters skip them
NO_TERM = re.compile(
    r"(?:th(?:is|at|[eo]se|ey|eir|ere)|it|its|he|she|we|you|i|his|her|my|our|your|here|which|what|"
    r"who|whose|where|when|how|why|if|but|and|or|so|as|for|in|on|at|by|from|to|with|not|no|all|"
    r"both|one|each|such|some|any|many|most|more|today|yesterday|then|now|another|thus|"
    r"hence|however|moreover|furthermore|meanwhile|instead|nearby|overall|also|still|once|\w+ly$|first|second|third|"
    r"fourth|fifth|sixth|finally|lastly|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)\b",
    re.IGNORECASE,
)
OPINION = (  # "Cost is the weak point", "sales in Ayton, a drop of 9%": remarks, not definitions
    r"(?!(?:good|great|bad|big|huge|key|major|real|vital|important|crucial|clear|new|long|lot|bit|"
    r"few|matter|shame|pity|pleasure|privilege|case|result|step|start|time|week|month|year|day|"
    r"chance|risk|problem|little|better|further|sign|way|disgrace|success|failure|one|same|other|"
    r"first|second|third|only|last|next|more|most|least|weak|story|word|drop|fall|rise|increase|"
    r"reduction|decrease|detour|saving|total|\w+est)(?![\w-]))"
)

NAME_WORD = r"[A-Z][\w’'&+-]*"
JOINED = "(?:(?:of|the|and|for|from|in|on|to|with|&) ){0,2}"
NAME = rf"(?<![\w,.]){NAME_WORD}(?: {JOINED}{NAME_WORD}){{0,7}}"
QUOTED = r"[“‘\"'][^“”‘\"\n]{1,60}[”’\"']"

ABBREVIATION = re.compile(r"\(([‘“\"']?[A-Z][A-Za-z&-]{0,8}[A-Z]s?[’”\"']?)\)")
SPELLED_OUT = re.compile(r"(?<![\w-])([A-Z][A-Za-z&-]{0,8}[A-Z])s?[’”]? \(([^()\n]{5,100})\)")
MEANS = re.compile(
    r"\b(?:means|refers? to|(?:is|are) (?:defined as|short for|the (?:name|term) (?:for|given to)|"
    r"known as)|stands for)\b(?! (?:that|test)\b)|[,–] (?:meaning|short for|that is to say)\b"
)
WE_MEAN = re.compile(rf"\b[Bb]y ({QUOTED}|[\w’' -]{{1,60}}?),? (?:we|I) mean\b")
IS_A = re.compile(rf"(?:is|are|was|were) (?:an?|one of|part of|(?P<the>the|our)) {OPINION}[a-z]")
APPOSITION = re.compile(
    rf"({NAME}), (?:\d{{1,2}}, )?(?:an?|the|one of the|part of) {OPINION}(?=[a-z])"
)
PLACED = re.compile(r"\b(?:in|at|on|from|since|until|to|after|before)(?: the)? \Z", re.IGNORECASE)
IN_BRACKETS = re.compile(r" ?\([^()]{0,60}\)$")
INDEFINITE = re.compile(r"An? [\w’-]+(?: [\w’-]+){0,2}")
CALLED = re.compile(
    r"\b(?<!been )(?<!\bme )"
    r"(?:called|named|known (?:(?:locally|collectively) )?as|dubbed|nicknamed)"
    rf" (?:the )?({QUOTED}|{NAME})"
)
QUESTION = re.compile(r"(?:\d{1,2}[.)]? )?[Ww]hat(?: is|’s|'s| are) (?:an? |the )?(.{2,60})\?")
GLOSSARY = re.compile(
    r"\b(?:glossary|definitions?|terms|abbreviations?|acronyms?|jargon|key words|"
    r"what (?:the|these) words mean|words (?:we|you))\b",
    re.IGNORECASE,
)
ENTRY = re.compile(r"([^:–—\n.]{2,50}?)(?:: | [–—|-] )(?=\S)")
LONGEST_TERM = 6  # words
ANY_HEADING = 99  # a level that no heading is below


def definitions(
    text: str, blocks: Sequence[Block], sentences: Sequence[Span]
) -> tuple[Definition, ...]:
    """The terms that the text explains, each with the sentence that does, in order.

    blocks, sentences: of `text`, in order. A term is worded as it stands there, without its
    article; one sentence may define several, and a term may be defined twice.
    """
    found = {
        *explained_in_sentences(text, sentences),
        *explained_in_glossaries(text, blocks, sentences),
        *explained_in_rows(text, blocks, sentences),
        *asked_for_in_headings(text, blocks, sentences),
    }
    return tuple(Definition(term, span) for span, term in sorted(found))


def explained_in_sentences(text: str, sentences: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Every sentence that explains a term, with the term."""
    for span in sentences:
        sentence = text[span.start : span.end]
        for term in (
            *abbreviations(sentence),
            *explained(sentence),
            *said_to_be(sentence),
            *named(sentence),
        ):
            yield span, term


def abbreviations(sentence: str) -> Iterator[str]:
    """ "Further Education (FE)" and "FE (further education)" both define "FE"."""
    for match in ABBREVIATION.finditer(sentence):
        letters = match[1].strip("‘’“”\"'")
        if stand_for(
            letters,
            sentence[max(0, match.start() - 200) : match.start()].split()[-12:],
            at_end=True,
        ):
            yield letters
    for match in SPELLED_OUT.finditer(sentence):
        if stand_for(match[1], match[2].split(), at_end=False):
            yield match[1]


def stand_for(letters: str, words: Sequence[str], *, at_end: bool) -> bool:
    """Whether the last (or first) of `words` begin with these letters, small words left out."""
    wanted = letters.removesuffix("s").replace("&", "").replace("-", "").upper()
    parts = [part for word in words for part in re.split(r"[-/]", word.strip("‘’“”\"',;:"))]
    for size in range(len(wanted), len(wanted) + 5):
        taken = parts[-size:] if at_end else parts[:size]
        initials = [w[0].upper() for w in taken if w]
        skipped = [w[0].upper() for w in taken if w and w.lower() not in SMALL_WORDS]
        if wanted in ("".join(initials), "".join(skipped)):
            return True
    return False


def explained(sentence: str) -> Iterator[str]:
    """ "A passage means ...", "By ‘left behind’ we mean ..."."""
    if match := MEANS.search(sentence):
        term = term_of(sentence[: match.start()])
        if term:
            yield term
    for match in WE_MEAN.finditer(sentence):
        yield match[1].strip("‘’“”\"' ")


def term_of(words: str) -> str:
    """The term that these opening words of a sentence are, without article and marks; or ""."""
    quoted = re.search(QUOTED + r" ?$", words)
    if quoted:
        return quoted.group().strip(" ‘’“”\"'")
    words = IN_BRACKETS.sub("", words.strip())
    term = re.sub(r"^(?:An?|The (?:term|word|phrase)|The)\s+", "", words).strip("‘’“”\"' ")
    parts = term.split()
    plain = re.fullmatch(r"[\w’'&/ -]+", term) is not None
    if not plain or not parts or len(parts) > LONGEST_TERM or NO_TERM.match(term):
        return ""
    return term


def said_to_be(sentence: str) -> Iterator[str]:
    """ "Kindly is a charity": a name, or something with "a" before it, said to be a thing."""
    match = IS_A.search(sentence)
    if not match:
        return
    opening = IN_BRACKETS.sub("", sentence[: match.start()].strip())
    term = term_of(opening)
    named = re.fullmatch(NAME, term) and (" " in term or not match["the"])
    if term and (named or INDEFINITE.fullmatch(opening)):
        yield term


def named(sentence: str) -> Iterator[str]:
    """ "Kindly, a charity for young people, ..." and "a bus service called Hilltop Link"."""
    for match in APPOSITION.finditer(sentence):
        if PLACED.search(sentence, max(0, match.start() - 12), match.start()):
            continue  # "In Leeds, the mayor said"
        if not NO_TERM.match(match[1]):
            yield match[1].removeprefix("The ")
    for match in CALLED.finditer(sentence):
        yield match[1].strip("‘’“”\"'")


def explained_in_glossaries(
    text: str, blocks: Sequence[Block], sentences: Sequence[Span]
) -> Iterator[tuple[Span, str]]:
    """ "Term: meaning" lines, rows and pairs of lines under a heading that promises them."""
    starts = {span.start: span for span in sentences}
    level: int | None = None  # of the heading of the glossary that is open
    for block, below in pairwise((*blocks, None)):
        assert block is not None
        line = text[block.start : block.end]
        short = len(line.split()) <= LONGEST_TERM and not line.endswith((".", ":", ";"))
        if block.kind == "heading" and GLOSSARY.search(line):
            level = block.level if block.level > 1 else ANY_HEADING  # a title ends anywhere
        elif short and GLOSSARY.match(line):
            level = ANY_HEADING
        elif block.kind == "heading" and (level is None or block.level <= level):
            level = None
        elif level is not None and not (block.kind == "table" and block.level == 1):
            yield from entry_of(text, block, below, starts)


def entry_of(
    text: str, block: Block, below: Block | None, starts: Mapping[int, Span]
) -> Iterator[tuple[Span, str]]:
    """What a block of a glossary explains: itself, or as a term alone what stands below it."""
    line = text[block.start : block.end]
    entry = ENTRY.match(line)
    if entry and block.start in starts and block.kind != "heading":
        yield starts[block.start], entry[1].strip()
    elif below is not None and below.kind == "paragraph" and block.kind in ("heading", "paragraph"):
        term, meaning = term_of(line), text[below.start : below.end]
        if term and len(meaning) > len(line) and below.start in starts and not ENTRY.match(meaning):
            yield starts[below.start], term


def explained_in_rows(
    text: str, blocks: Sequence[Block], sentences: Sequence[Span]
) -> Iterator[tuple[Span, str]]:
    """Rows that are marked as a term with what it means."""
    starts = {span.start: span for span in sentences}
    for block in blocks:
        if block.kind == "table" and block.level == 2 and block.start in starts:
            cell, _, meaning = text[block.start : block.end].partition(" | ")
            term = term_of(cell.rstrip(": "))
            if term and len(meaning) > len(term):
                yield starts[block.start], term


def asked_for_in_headings(
    text: str, blocks: Sequence[Block], sentences: Sequence[Span]
) -> Iterator[tuple[Span, str]]:
    """The first sentence under the heading "What is a passage?"."""
    starts = {span.start: span for span in sentences}
    for heading, following in pairwise(blocks):
        asked = QUESTION.fullmatch(text[heading.start : heading.end].strip())
        if heading.kind == "heading" and asked and following.start in starts:
            term = term_of(asked[1])
            if term and following.kind == "paragraph":
                yield starts[following.start], term
