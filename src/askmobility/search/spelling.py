"""Words of a question that are misspelt, put as the documents or general English spell them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from askmobility.search.cleaning import clean
from askmobility.search.names import NameBook
from askmobility.search.words import Token, folded, is_stop, stem, tokens

MOST = 5  # unknown words; a question with more of them is not English, or not a question
_SHORTEST = 6  # letters of a word that one slip leaves recognisable, whichever it is
_LONG = 9  # letters of a word that two slips do
_SWAPPED = 4  # letters of a word that two letters in each other's place do
_REPEATED = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "aeiouy")
_ENDING = re.compile(r"(?:i?er|i?ers|i?est|ish|ness|less)$")
_BEGINNING = re.compile(r"^(?:un|re|mis|non|pre|over|out)(?=\w{4})")
_BRITISH = re.compile(r"(?<=\w{3})is(?=(?:e[drs]?|ing|ations?)$)")
_PART_OF_CODE = re.compile(r"[\w@/\\#&*=<>_-]")


class Vocabulary(Protocol):
    """Words that are known."""

    def __contains__(self, word: object, /) -> bool:
        """Whether the word is known in any of its forms."""

    def like(self, word: str) -> Iterable[str]:
        """The known words that may be meant by a misspelt one, and possibly more."""


def mended(question: str, names: NameBook, documents: Vocabulary, english: Vocabulary) -> str:
    """The question with its misspelt words put right; the question itself if none is.

    A word that neither the documents nor general English know is taken for the one that is
    nearest to it, of the documents first. It stays where nothing is near, where two different
    words are, and where it stands for a speaker: names have a mending of their own.
    """
    typed = clean(question)
    text = _joined(typed, documents)
    unknown = [
        token
        for token in tokens(text)
        if _may_be_misspelt(token, text) and not _is_word(folded(token.text), documents, english)
    ]
    if not 0 < len(unknown) <= MOST:
        return question if text == typed else text
    said_by = [(m.start, m.end) for m in names.mentions(text) if m.form == "name"]
    right = text
    for token in reversed(unknown):
        if not any(start <= token.start < end for start, end in said_by):
            word = folded(token.text)
            meant = _nearest(word, documents, english, _is_capital(token, text))
            right = right[: token.start] + _cased(meant, token) + right[token.start + len(word) :]
    return question if right == typed else right


def _joined(text: str, documents: Vocabulary) -> str:
    """The text with each word that is typed as two, of which the documents lack one, made one."""
    words = tokens(text)
    whole = text
    for one, other in reversed(list(pairwise(words))):
        parts = folded(one.text), folded(other.text)
        if (
            text[one.end : other.start] in (" ", "-")
            and all(len(part) > 2 and part.isalpha() for part in parts)
            and not (is_stop(one.text) or is_stop(other.text))
            and not all(part in documents for part in parts)
            and "".join(parts) in documents
        ):
            whole = whole[: one.end] + whole[other.start :]
    return whole


def _may_be_misspelt(token: Token, text: str) -> bool:
    """Whether it is a plain word: no number, no acronym, no part of a code or an address."""
    word = folded(token.text)
    if len(word) < _SWAPPED or is_stop(token.text) or not (word.isascii() and word.isalpha()):
        return False
    if not token.text.lower().startswith(word):
        return False  # accents: a name, or a word of another language
    if any(c.isupper() for c in token.text[1:]) and not text.isupper():
        return False
    around = text[max(token.start - 1, 0) : token.start], text[token.end : token.end + 1]
    return not any(_PART_OF_CODE.match(c) for c in around)


def _is_word(word: str, *known: Vocabulary) -> bool:
    """Whether a word is known, or made of a known one: "misusing", "leaver", "summarise"."""
    roots = {word, _ENDING.sub("", word), _BEGINNING.sub("", word), _BRITISH.sub("iz", word)}
    return any(root in words for root in roots if len(root) > 2 for words in known)


def _is_capital(token: Token, text: str) -> bool:
    """Whether a word has a capital that it does not owe to its place or to a held-down key."""
    return token.start > 0 and token.text[0].isupper() and not text.isupper()


def _nearest(word: str, documents: Vocabulary, english: Vocabulary, capital: bool) -> str:
    """The word meant by a misspelt one; the word itself if there is no telling.

    capital: whether it may be a name; then it is mended to another word of the documents only
    where it has the same consonants.
    """
    found: dict[str, tuple[tuple[bool, int], str]] = {}
    for general, known in _near(word, documents, english):
        if capital and (general or not _same_consonants(word, known)):
            continue
        # a form that is further off than its stem comes behind all that are not
        rank = (general, _slips(word, folded(known)) or 3)
        if stem(known) not in found or rank < found[stem(known)][0]:
            found[stem(known)] = (rank, known)
    ranked = sorted(found.values())
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return word
    return ranked[0][1]


def _near(word: str, documents: Vocabulary, english: Vocabulary) -> Iterator[tuple[bool, str]]:
    """Every known word that may be meant, and whether it is of general English alone."""
    for known in english.like(word):
        if _slips(word, known) is not None:
            general = known not in documents
            if not general or _is_likely(word, known):
                yield general, known
    for known in documents.like(word):
        if near(word, folded(known)) or near(stem(word), stem(known)):
            yield False, known


def near(word: str, known: str) -> bool:
    """Whether few enough letters are wrong, left out, too many or swapped: one, in long words two.

    Both begin with the same letter, but for swapped ones. In a short word only two swapped
    letters pass, and two slips only where the consonants are right: "reccomend".
    """
    return _slips(word, known) is not None


def _slips(word: str, known: str) -> int | None:
    """How many slips lead from one word to the other; None where they are too many."""
    if abs(len(word) - len(known)) > 2 or word[0] not in known[:2]:
        return None
    if len(word) == len(known) and _are_swapped(word, known):
        return 1 if len(word) >= _SWAPPED else None
    if len(word) < _SHORTEST or word[0] != known[0]:
        return None
    # few questions get here, and its import costs more than all the rest of this module
    from rapidfuzz.distance import OSA

    slips = OSA.distance(word, known, score_cutoff=2)
    if slips == 1 or (slips == 2 and len(word) >= _LONG and _same_consonants(word, known)):
        return slips
    return None


def _are_swapped(word: str, known: str) -> bool:
    """Whether all that is wrong is the order of two letters side by side."""
    wrong = [at for at, (a, b) in enumerate(zip(word, known, strict=True)) if a != b]
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    first, second = wrong
    return word[first] == known[second] and word[second] == known[first]


def _is_likely(word: str, known: str) -> bool:
    """Whether it is a common kind of misspelling, of a word that the documents do not have.

    A letter doubled or not, a vowel left out or put in, two letters swapped; in longer words a
    wrong vowel. All else is rather a word that is known to nobody here: "boozer" is no "booker".
    """
    if len(word) == len(known) and _are_swapped(word, known):
        return True
    same = _same_consonants(word, known)
    return same and (len(word) != len(known) or len(word) > _SHORTEST + 1)


def _same_consonants(word: str, known: str) -> bool:
    """Whether two words have the same consonants, doubled or not."""
    return _consonants(word) == _consonants(known)


def _consonants(word: str) -> str:
    return _REPEATED.sub(r"\1", folded(word)).translate(_VOWELS)


def _cased(meant: str, token: Token) -> str:
    """The word with the capitals of the one it stands for, or its own."""
    if token.text.isupper():
        return meant.upper()
    return meant[0].upper() + meant[1:] if token.text[0].isupper() else meant


class Lexicon:
    """The words of general English, listed only once one is missing."""

    def __init__(self, has: Callable[[str], bool], listed: Callable[[], Iterable[str]]) -> None:
        """has: whether a word in lower case is one of those `listed`, told without listing them."""
        self._has = has
        self._listed = listed
        self._by_initial: Mapping[str, Sequence[str]] = {}
        self._stems: dict[str, frozenset[str]] = {}

    def __contains__(self, word: object, /) -> bool:
        return self._has(str(word)) or stem(str(word)) in self._stems_like(str(word))

    def like(self, word: str) -> Iterable[str]:
        """The words that begin with either of its first two letters."""
        for letter in dict.fromkeys(word[:2]):
            yield from self._beginning(letter)

    def _beginning(self, letter: str) -> Sequence[str]:
        if not self._by_initial:
            found: dict[str, list[str]] = {}
            for word in self._listed():
                found.setdefault(word[0], []).append(word)
            self._by_initial = found
        return self._by_initial.get(letter, ())

    def _stems_like(self, word: str) -> frozenset[str]:
        letter = word[:1]
        if letter not in self._stems:
            self._stems[letter] = frozenset(map(stem, self._beginning(letter)))
        return self._stems[letter]
