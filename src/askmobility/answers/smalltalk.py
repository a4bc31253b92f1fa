"""Greetings, thanks and questions about the assistant itself."""

from __future__ import annotations

import re
from typing import Literal

from askmobility.search.cleaning import clean
from askmobility.search.words import word_set

Kind = Literal["greeting", "thanks", "ability", "identity", "goodbye"]

_HELLO = (
    r"(?:hi|hiya|hello|hey|heya|howdy|yo|greetings|g'?day|ay up|ey up|alright|morning|afternoon|"
    r"evening|good (?:morning|afternoon|evening|day))(?: there| all| everyone| mate| again)?"
)
_THANKS = (
    r"(?:(?:ok|okay|great|perfect|brilliant|lovely|ah|right|no)[,.! ]+)*"
    r"(?:many thanks|thank you|thankyou|thanks|thanx|thx|ta|cheers|much appreciated|nice one)"
    r"(?: (?:so|very) much| a lot| a million| ever so much| again| then| mate| for (?:that|this|"
    r"your help|the help|all that|everything))*"
)
_PRAISE = (
    r"(?:(?:that(?:'s| is| was)|this is|it's|you(?:'re| are|'ve been| have been)) ?(?:really |"
    r"very |"
    r"so |just |a |been |such |most )*(?:helpful|great|useful|brilliant|perfect|good|what i needed|"
    r"star|lifesaver|legend|interesting|all|wonderful|amazing)(?: help)?|"
    r"(?:(?:ok|okay|ah|right)[,.! ]+)*(?:great|perfect|brilliant|lovely|helpful|awesome|fab|"
    r"nice|good (?:job|work|stuff)|"
    r"well done|ok|okay|i see|got it|understood|noted|fair enough|makes sense))"
)
_BYE = (
    r"(?:(?:good ?)?bye(?: bye)?|see (?:you|ya)(?: later| soon)?|ta ?ra|cheerio|good ?night|"
    r"that(?:'s| is| will be) all(?: for now)?|i'm done|laters?|so long)"
)
_ABILITY = (
    r"(?:(?:so |and )?(?:what|wot|wat) (?:can|could|do) (?:you|u|i|this|it)(?: (?:do|"
    r"help(?: me)? with|"
    r"answer|ask(?: you| about| it)?|know|offer|cover))?(?: about| for me| here| exactly)?|"
    r"how (?:do|does|can) (?:you|i|this|it) (?:work|use (?:this|you|it))|"
    r"(?:what|which) (?:questions|kind of questions|sort of questions|things) can (?:i|you) "
    r"(?:ask|answer)(?: you)?|what (?:is|are) (?:this|you) for|help|(?:can you|"
    r"please)? ?help(?: me)?|"
    r"what do you know(?: about)?|what can i ask you(?: about)?)"
)
_IDENTITY = (
    r"(?:(?:are|r) (?:you|u) (?:a |an |the |just a |really a |actually a )?(?:real |actual |live )?"
    r"(?:person|human|human being|robot|bot|chat ?bot|ai|computer|machine|real|chat ?gpt|"
    r"large language model|llm|man|woman)(?: or (?:a |an )?(?:person|human|robot|bot|machine|ai|"
    r"computer))?|(?:who|what) (?:are|r) (?:you|u)(?: then| exactly)?|who (?:made|built|wrote|"
    r"created) "
    r"you|(?:am i|is this) (?:talking|speaking|chatting) to (?:a )?(?:real )?(?:person|human|bot|"
    r"robot|machine|computer)|is (?:this|there) (?:a )?(?:real )?(?:person|human|bot|robot|ai)"
    r"(?: there)?|(?:what's|what is) your name|how are (?:you|u|things)(?: doing| today)?)"
)
# without one of these it is no small talk, and the patterns need not be compiled
_SIGNS = word_set(
    """hi hiya hello hey heya howdy yo greetings g'day alright morning afternoon evening good day
    thanks thank thankyou thanx thx ta cheers appreciated nice great perfect brilliant lovely useful
    helpful awesome fab star well bye goodbye see cheerio
    goodnight night ok okay got understood noted fair makes later laters long all done
    you u your you're help this work things tara up"""
)
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("identity", rf"(?:{_HELLO}[,.! ]+)?{_IDENTITY}"),
    ("ability", rf"(?:{_HELLO}[,.! ]+)?{_ABILITY}"),
    ("goodbye", rf"(?:{_THANKS}[,.! ]+)?{_BYE}(?:[,.! ]+{_THANKS})?"),
    ("thanks", rf"(?:{_THANKS}(?:[,.!\- ]+{_PRAISE})?|{_PRAISE}(?:[,.! ]+{_THANKS})?)"),
    ("greeting", rf"{_HELLO}(?:[,.! ]+{_HELLO})*"),
)
_REPLIES: dict[Kind, str] = {
    "greeting": "Hello. Ask me what the documents say: {covers}",
    "thanks": "You are welcome. Ask away if there is more you want to know.",
    "goodbye": "Goodbye.",
    "ability": (
        "I find the sentences that answer your question and quote them word for word, with who "
        "said them and where they stand. {covers} Where it does not say, I say so."
    ),
    "identity": (
        "I am a program, not a person: I look up what the documents say and quote it word for "
        "word. {covers}"
    ),
}


def small_talk(question: str) -> Kind | None:
    """The kind of small talk, if the whole text is small talk; None for any real question."""
    letters = "".join(c for c in clean(question).lower().replace("’", "'") if c.isascii())
    wording = letters.strip(" ?!.,:;)(-*~")
    words = wording.replace(",", " ").split()
    if len(words) > 12 or _SIGNS.isdisjoint(words):
        return None
    for kind, pattern in _KINDS:
        if re.fullmatch(pattern, wording):
            return kind
    return None


def reply(kind: Kind, covers: str) -> str:
    """What to say to it. covers: one sentence on what can be asked about."""
    return _REPLIES[kind].format(covers=covers)
