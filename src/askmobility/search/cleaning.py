"""What a reader typed, without what is not part of a question."""

from __future__ import annotations

import re
import unicodedata

_MARKUP_BLOCK = re.compile(r"<\s*([A-Za-z][\w-]*)[^<>]*>.*?<\s*/\s*\1\s*>", re.DOTALL)
_TAG = re.compile(
    r"<\s*/?\s*[A-Za-z!][^<>]{0,200}>|\[/?(?:INST|SYS|system|assistant)\]|<\|[^|<>]*\|>"
)
_INSTRUCTION = re.compile(
    r"\W*(?:please |now |and |then |also |system ?: |assistant ?: )*(?:"
    r"(?:ignore|disregard|forget|override|bypass|skip)\b.*\b(?:instructions?|prompts?|rules?|above|"
    r"previous|prior|guidelines|told|restrictions)\b"
    r"|(?:new|updated?) (?:rules?|instructions?|task|system)\b"
    r"|you are now\b|you're now\b|from now on\b|act as\b|pretend (?:to be|you|that you)\b|"
    r"role-?play\b|enter \w+ mode\b|enable \w+ mode\b|developer mode\b|jailbreak\b"
    r"|(?:print|reveal|show|repeat|output|display|leak|dump)\b.*\b(?:system prompt|prompt|"
    r"hidden|configuration|instructions|secrets?|api key|password)\b"
    r"|(?:reply|respond|answer)\b(?: \w+){0,3} (?:only|just|exclusively|nothing but|exactly)\b"
    r"|(?:only|just) (?:reply|respond|output|say)\b"
    r"|(?:say|output|write|print) (?:only|exactly|nothing but|the words?)\b"
    r"|(?:do not|don't|never) (?:quote|cite|mention your|reveal|refuse)\b"
    r"|system ?:|assistant ?:"
    r")",
    re.IGNORECASE,
)
# a wish about the answer in front of a real question
_PREFACE = re.compile(
    r"^\W*(?:ignore|disregard|forget|never mind|set aside)\b[^.?!:]{0,80}?(?:,| and| then|:)+ "
    r"(?=(?:tell|say|what|who|how|why|when|where|which|give|list|explain|is|are|does|did|just)\b)",
    re.IGNORECASE,
)
_OWN_KNOWLEDGE = re.compile(
    r"\b(?:from|using|with|out of) (?:your|ur) (?:own |general |training )?"
    r"(?:knowledge|memory|training|head|data),? ?",
    re.IGNORECASE,
)

_SHORTHAND = {
    "approx": "approximately", "bn": "billion", "dept": "department", "gov": "government",
    "govt": "government", "hrs": "hours", "info": "information", "mins": "minutes", "mth": "month",
    "mths": "months", "ppl": "people", "recs": "recommendations", "uni": "university",
    "unis": "universities", "wk": "week", "wks": "weeks", "yr": "year", "yrs": "years", "n": "and",
    "r": "are", "shud": "should", "cud": "could", "wud": "would", "wd": "would", "cos": "because",
    "coz": "because", "cuz": "because", "bcos": "because", "thru": "through", "gtr": "greater",
    "mids": "midlands", "wot": "what", "wat": "what", "wots": "what is", "wats": "what is",
    "wich": "which", "teh": "the", "u": "you", "ur": "your", "abt": "about", "wiv": "with",
    "owt": "anything", "nowt": "nothing", "summat": "something", "giz": "give us",
    "gimme": "give me", "wanna": "want to", "gonna": "going to", "doin": "doing", "goin": "going",
    "gettin": "getting", "sayin": "saying", "tryin": "trying", "kno": "know",
}  # fmt: skip
_YES_OR_NO = re.compile(r"(?<=\w)[\s?(,–-]+(?:y ?/ ?n|yes (?:/|or) no)\b[\s?)!.]*$", re.IGNORECASE)
_FOR = re.compile(r"(?<!\w)4 (?=(?:me|us|my|our|the|these|this)\b)")
_SHORT = re.compile(rf"(?<![\w.@/&-])(?:{'|'.join(_SHORTHAND)})(?![\w@/&-]|\.\w)")


def clean(text: str) -> str:
    """The text in NFC, without control, bidirectional, zero-width and tag characters.

    White space is folded to single spaces and trimmed.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not (text.isascii() and text.isprintable()):
        text = "".join(
            " " if c.isspace() else c
            for c in text
            if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")
        )
    return " ".join(text.split())


def without_instructions(text: str) -> str:
    """What of a cleaned text is asked: markup and instructions to the assistant set apart.

    Text inside a pair of tags is somebody's paste and no question, unless nothing else is there.
    Empty if the text holds instructions alone.
    """
    outside = _TAG.sub(" ", _MARKUP_BLOCK.sub(" ", text)) if "<" in text or "[" in text else text
    if not any(c.isalnum() for c in outside):
        outside = _TAG.sub(" ", text)
    kept = [s for s in _sentences(_PREFACE.sub("", outside)) if not _INSTRUCTION.match(s)]
    return " ".join(_OWN_KNOWLEDGE.sub("", " ".join(kept)).split())


def spelt_out(text: str) -> str:
    """The text with the shorthand of hurried readers ("yr", "govt") as the documents have it."""
    if text.isupper() and " " in text:
        text = text.lower()  # typed with capitals locked: they mark no names
    text = _FOR.sub("for ", _YES_OR_NO.sub("", text))
    return _SHORT.sub(lambda short: _SHORTHAND[short.group()], text)


def _sentences(text: str) -> list[str]:
    return [s.strip() for s in re.split(r"(?<=[.!?])\s+", text) if s.strip()]
