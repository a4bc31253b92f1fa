"""Questions as people type them in a hurry or say them to a phone: taught, so that they are known.

What people put around a question is mostly left off before it is read (`search.framing`); what is
not is met here.
"""

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
RAMBLING = 0.25  # of the questions: with talk around them
IN_FRONT = 0.8  # of these; all others, and a fifth of these, have some behind


def _phrases(listed: str) -> list[str]:
    return [
        phrase
        for line in listed.split("\n")
        for part in line.split("|")
        if (phrase := part.strip())
    ]


BEFORE = _phrases("""
    hi there hoping someone can help,| sorry to bother you,| hello from the newsroom,| voice note:
    ok so this is probably obvious but| right so my gran asked me| me and my mate are arguing about
    we have a meeting on friday and the question is| i saw something on the telly last night,
    as a mum of two,| as somebody new to all of this,| im a careers lead in a school.
    i run a small charity.| i sit on a committee and have to brief the chair.| writing a report.
    i am doing my dissertation on this.| i tried reading it and gave up,| not a politics person but
    a colleague mentioned that there was something in there,| someone on the bus told me about it,
    for the evening programme,| need a line for the website.| i am not from here so my english
    please sir,| quick q before my train,| asking for a friend,| could be wrong but i think,
    i lost my notes.| honestly,| look i pay my taxes so| this has been annoying me all day,
    as far as you can see from it,| in plain english,| without the waffle,| cut to the chase,
    you know the bit near the end,| remind me,| one for the quiz night:| my tutor says look it up,
    i think it was in there somewhere,| going round in circles here,| the minister will ask me this:
""")
BEHIND = _phrases("""
    i cant find it anywhere| and where does it say so| my teacher wants it by monday| no rush
    sorry if that was asked before| if thats in there| in your own time| or am i imagining it
    i keep seeing different answers| its for the radio| roughly will do| word for word please
    need to put it in an email| and dont make it up| you know what i mean| that sort of thing
    im on my phone so keep it short| the boss is waiting| for a slide| before i print this
    it was on the news| thats what i heard anyway| cos i really cant tell| god knows
""")


def hurried(question: str, chance: random.Random) -> str:
    """The question as it is, or in a hurry: small words left out, letters slipped, no marks.

    Some have talk around them.
    """
    if chance.random() < RAMBLING:
        front = chance.choice(BEFORE) if chance.random() < IN_FRONT else ""
        behind = chance.choice(BEHIND) if not front or chance.random() < 1 - IN_FRONT else ""
        question = " ".join(filter(None, (front, question, behind)))
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
