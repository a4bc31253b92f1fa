"""The verbs with which a text says that somebody speaks."""

from __future__ import annotations

import re

# verbs that frame a quotation, or stand behind one
FRAMING_VERBS = """
    added adds admits admitted announced answered argued argues asked asks commented comments
    concluded concludes confirmed continued declared explained explains insisted insists joked
    laughed noted notes observed quipped recalled recalls remarked remembered remembers replied
    replies reported reports responded said says shouted stated states tells thought told warned
    warns"""
FRAMING = frozenset([*FRAMING_VERBS.split(), "wrote", "writes"])
OTHER_VERBS = """
    accepted accepts accused acknowledged advised agreed apologised assured believed believes
    cautioned cautions claimed claims complained complains conceded condemned
    considered criticised denied described describes disagreed disagrees doubted doubts
    emphasised estimated expected expects favoured feared fears feels felt hailed highlighted
    hoped hopes informed maintained objected opposed pledged praised praises predicted promised
    proposed queried questioned reckoned reckons recommended recommends regretted reminded
    requested stressed suggested suggests supported supports thanked thinks urged urges vowed
    wanted wants welcomed welcomes wished wondered wonders"""
PHRASES = (
    r"did not (?:support|agree|accept)",
    r"found that",
    r"call(?:ed|s)(?= (?:for|on|it|him|her|them|the|this|that)\b| [^.“\"\x00]{1,40}[“\"])",
    r"(?:spoke|speaks) of",
    r"written to say",
    r"(?:wrote|writes)(?=\s*[:,.”]|\s+(?:that|in|of|a|the|one)\b|\s+[A-Z])",
    r"pointed out",
    r"(?:put|sums?|summed) (?:it|this|things)",
    r"paid tribute",
    r"was (?:concerned|worried|clear|blunt|adamant|disappointed|delighted|sceptical)",
    r"was careful to say",
)
BY_LENGTH = sorted([*FRAMING_VERBS.split(), *OTHER_VERBS.split()], key=len, reverse=True)
VERB = re.compile(rf"\b(?=\w)(?:{'|'.join([*PHRASES, *BY_LENGTH])})\b")
