"""Questions as people in a hurry type them, so that the encoder has met them before."""

from __future__ import annotations

import random
import re

from askmobility.search.words import is_stop

HURRIED = 0.4  # of the questions, each time that they are taught
WITHOUT_SMALL_WORDS = 0.4  # of these: as one types into a search box
SMALL_WORD_KEPT = 0.3
SLIPPED = 0.1  # of their words
WITHOUT_MARKS = 0.5
MARKS = re.compile(r"[?,'’]")


def hurried(question: str, chance: random.Random) -> str:
    """The question as it is, or in a hurry: small words left out, letters slipped, no marks."""
    if chance.random() >= HURRIED:
        return question
    words = question.split()
    if chance.random() < WITHOUT_SMALL_WORDS:
        telling = [w for w in words if not is_stop(w) or chance.random() < SMALL_WORD_KEPT]
        words = telling or words
    typed = " ".join(slipped(w, chance) if chance.random() < SLIPPED else w for w in words)
    return MARKS.sub("", typed) if chance.random() < WITHOUT_MARKS else typed


def slipped(word: str, chance: random.Random) -> str:
    """The word with two letters swapped, or one lost, doubled or hit beside; short ones as is."""
    if len(word) < 4:
        return word
    at = chance.randrange(len(word) - 1)
    here, after = word[at], word[at + 1]
    beside = chance.choice("abcdefghijklmnopqrstuvwxyz")
    instead = chance.choice((after + here, after, here + here + after, beside + after))
    return word[:at] + instead + word[at + 2 :]
