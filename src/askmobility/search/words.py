"""Words as the core counts them: tokens, stems, numbers by value, and what carries no content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import Stemmer

_TOKEN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?[^\W\d_]*|\w+(?:['’]\w+)*")
_NUMBER = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)(k|m|mn|bn|million|billion|thousand)?")
_stemmer = Stemmer.Stemmer("english")


def word_set(words: str) -> frozenset[str]:
    """The words of a table written as running text."""
    return frozenset(words.split())


_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
_MAGNITUDES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, **_MAGNITUDES}

# what the stemmer leaves apart though it is one word: each row a word, and its other forms
_IRREGULAR = {
    form: row.split()[0]
    for row in """
    bus buses|gas gases|child children|man men|woman women|person persons|foot feet|life lives
    wife wives|half halves|tooth teeth|mouse mice|analysis analyses|crisis crises
    pay paid|buy bought|build built|spend spent|teach taught|hold held|run ran|begin began begun
    rise rose risen|fall fell fallen|grow grew grown|keep kept|lose lost|leave left|sell sold
    win won|meet met|take took taken|come came|go went|choose chose chosen|write wrote written
    speak spoke spoken|think thought|find found|bring brought|lead led|send sent|freeze froze frozen
    break broke broken|drive drove driven|know knew known|throw threw thrown|draw drew drawn
    withdraw withdrew withdrawn|wear wore worn|tear tore torn|steal stole stolen|shake shook shaken
    eat ate eaten|fight fought|catch caught|seek sought|sleep slept|feel felt|deal dealt|mean meant
    dig dug|hang hung|strike struck stricken|stand stood|hear heard|sing sang sung|sink sank sunk
    swim swam swum|show shown|fly flew flown|blow blew blown|hide hid hidden|bite bit bitten
    forget forgot forgotten|lay laid|lend lent|bend bent|feed fed|flee fled|shoot shot|sit sat
    stick stuck|sweep swept|wake woke woken|swear swore sworn|ride rode ridden|ring rang rung
    shrink shrank shrunk|spring sprang sprung|drink drank drunk|see saw seen
    undertake undertook undertaken|oversee oversaw overseen
    overrun overran|rebuild rebuilt|repay repaid|outgrow outgrew
    """.replace("\n", "|").split("|")
    for form in row.split()[1:]
}

STOP_WORDS = word_set(
    """
    a about across actually after again all already also although am among an and any anybody anyone
    anything are aren't around as at away be because been before being between both but by can can't
    cannot could couldn't did didn't do does doesn't doing don't done down during each either else
    etc even ever every everybody everyone everything for from get gets getting give given gives go
    goes going gonna gone got had hadn't has hasn't have haven't having he he'd he'll he's her here
    hers herself him himself his how how's however i i'd i'll i'm i've if in into is isn't it it'd
    it'll it's its itself just kind know like lot lots made make makes many may me might mine more
    most much must my myself need needs neither no nor not nothing now of off ok okay on once one
    ones only or other others ought our ours ourselves out over own per please pls quite rather
    really s same say said saying says shall she she'd she'll she's should shouldn't since so some
    somebody someone something sort still such sure tell tells than thanks that that'll that's the
    thee their theirs them themselves then there there's these they they'd they'll they're they've
    thing things this those though through thus till to told too u under until up upon ur us use
    very via want wants was wasn't we we'd we'll we're we've well were weren't what what's whatever
    when when's where where's whether which while who who'd who's whom whose why why's will with
    within
    without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself
    whats whos wheres whens hows wot wat im ive dont doesnt didnt cant wont isnt arent wasnt werent
    cent percent
    """
)


class Token(NamedTuple):
    """One word as it stands, with its place in the text."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of `text` in order; hyphens split, apostrophes and decimal points do not."""
    return [Token(found.group(), *found.span()) for found in _TOKEN.finditer(text)]


@lru_cache(maxsize=1 << 16)
def bare(word: str) -> str:
    """The word in lower case, straight apostrophes, without a possessive ending."""
    word = word.casefold().replace("’", "'")
    return word.removesuffix("'s").rstrip("'")


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """The bare word without accents: how names are compared."""
    if word.isascii():
        return bare(word)
    decomposed = unicodedata.normalize("NFD", bare(word))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The English Snowball stem of the bare word: equal stems count as the same word."""
    plain = bare(word)
    return str(_stemmer.stemWord(_IRREGULAR.get(plain, plain)))


def is_stop(word: str) -> bool:
    """Whether the word carries no content of its own."""
    return word.casefold().replace("’", "'") in STOP_WORDS


def content_words(text: str) -> str:
    """The text without the words that carry no content; all of it where none carries any."""
    return " ".join(word for word, _, _ in tokens(text) if not is_stop(word)) or text


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry content, in order, repeats kept.

    A number stands as its value, so "four", "4" and "4.0" are one term, and so are
    "1.4 million", "1.4m" and "1,400,000".
    """
    return tuple(_terms([found.group() for found in _TOKEN.finditer(text)]))


def _terms(words: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(words):
        term = _term(words[at])
        if term is not None:
            if term:
                yield term
            at += 1
            continue
        value, used = _number_at(words, at)
        if value is not None and not (used == 1 and words[at].casefold() == "one"):
            yield number_term(value)
        elif not is_stop(words[at]):
            yield stem(words[at])
        at += max(used, 1)


@lru_cache(maxsize=1 << 16)
def _term(word: str) -> str | None:
    """The word's stem, "" if it is a stop word; None where it may begin a number."""
    lower = word.casefold()
    if word[0].isdigit() or lower in _TENS or lower in _SMALL:
        return None
    return "" if is_stop(word) else stem(word)


def number_term(value: float) -> str:
    """How a number stands among stems: "4", "1400000", "2.5"."""
    return str(int(value)) if float(value).is_integer() else repr(value)


def number(word: str) -> float | None:
    """The value of one word in digits or letters ("12,500", "1.4m", "four"); None if no number."""
    value, _ = _number_at((word,), 0)
    return value


def numbers(text: str) -> tuple[float, ...]:
    """The values of all numbers in `text`, in digits or in words, in order."""
    words = [found.group() for found in _TOKEN.finditer(text)]
    values: list[float] = []
    at = 0
    while at < len(words):
        value, used = _number_at(words, at)
        if value is not None:
            values.append(value)
        at += max(used, 1)
    return tuple(values)


def _number_at(words: Sequence[str], at: int) -> tuple[float | None, int]:
    """The number that starts at `words[at]`, if any, and how many words it takes."""
    word = words[at].casefold()
    value: float
    used = 1
    if word[0].isdigit():
        found = _NUMBER.fullmatch(word)
        if found is None:
            return None, 0
        value = float(found[1].replace(",", "")) * _SUFFIXES.get(found[2] or "", 1)
    elif word in _TENS:
        value = _TENS[word]
        unit = _SMALL.get(words[at + 1].casefold(), 0) if at + 1 < len(words) else 0
        if 0 < unit < 10:
            value, used = value + unit, 2
    elif word in _SMALL:
        value = _SMALL[word]
    else:
        return None, 0
    while at + used < len(words) and words[at + used].casefold() in _MAGNITUDES:
        value *= _MAGNITUDES[words[at + used].casefold()]
        used += 1
    return value, used
