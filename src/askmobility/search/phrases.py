"""Tables of phrases, found in a text word by word: as fast as a pattern, and ready at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from askmobility.search.words import Token, bare, tokens


class Found(NamedTuple):
    """A phrase at [start, end) of a text, with what it stands for and whether it is a plural."""

    start: int
    end: int
    concept: str
    plural: bool


class Phrases:
    """Words and groups of words, each standing for a concept; their plurals are understood."""

    def __init__(self, table: Mapping[str, str]) -> None:
        """table: for each concept its phrases in lower case, parted by commas."""
        self._known: dict[tuple[str, ...], tuple[str, bool]] = {}
        self._longest: dict[str, int] = {}  # by first word: the words of its longest phrase
        for concept, phrases in table.items():
            for phrase in phrases.split(", "):
                self._learn(phrase, concept, plural=False)
                self._learn(plural_of(phrase), concept, plural=True)

    def _learn(self, phrase: str, concept: str, *, plural: bool) -> None:
        words = tuple(phrase.replace("-", " ").split())
        if plural and words in self._known:
            return
        self._known[words] = (concept, plural)
        self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))

    def __contains__(self, word: str) -> bool:
        return (word,) in self._known

    def find(self, text: str) -> list[Found]:
        """All phrases in a lower-case text, in order, the longest where several begin."""
        words = tokens(text)
        plain = [bare(word.text) for word in words]
        found: list[Found] = []
        at = 0
        while at < len(words):
            length = self._length(text, words, plain, at)
            if length:
                last = words[at + length - 1]
                concept, plural = self._known[tuple(plain[at : at + length])]
                end = last.start + len(plain[at + length - 1])
                found.append(Found(words[at].start, end, concept, plural))
            at += max(length, 1)
        return found

    def _length(self, text: str, words: list[Token], plain: list[str], at: int) -> int:
        longest = min(self._longest.get(plain[at], 0), len(words) - at)
        for length in range(longest, 0, -1):
            if tuple(plain[at : at + length]) in self._known and all(
                words[i + 1].start - words[i].end == 1 for i in range(at, at + length - 1)
            ):
                return length
        return 0

    def without(self, text: str) -> str:
        """The text with every phrase blotted out by spaces, so that offsets hold."""
        for start, end, _, _ in self.find(text):
            text = text[:start] + " " * (end - start) + text[end:]
        return text


def plural_of(phrase: str) -> str:
    """The plural of a phrase: of its noun before "of" or "in", else of its last word."""
    for link in (" of ", " in "):
        noun, linked, rest = phrase.partition(link)
        if linked:
            return plural_of(noun) + linked + rest
    before, space, noun = phrase.rpartition(" ")
    return before + space + _plural(noun)


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith(("ss", "ch", "sh", "x")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeo":
        return noun[:-1] + "ies"
    return {"child": "children", "wife": "wives", "midwife": "midwives"}.get(noun, noun + "s")
