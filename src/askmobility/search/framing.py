"""The question itself, without what people put around it: greetings, for whom they ask, thanks."""

from __future__ import annotations

import re

from askmobility.search.cleaning import clean, spelt_out, without_instructions
from askmobility.search.kinds import is_asked
from askmobility.search.words import is_stop, tokens, word_set

# Words that lead up to a question and tell nothing of it; so no "student" or "resident", whom what
# is asked may be for.
_LEADING = word_set(
    """
    hi hello hey hiya heya hallo yo morning afternoon evening good day dear all everyone folks guys
    team mate sir madam there again um umm ummm uh uhh er erm ermm hmm hm ok okay oki right so well
    now basically actually anyway look listen like just also and but oh ah yeah yes sorry apologies
    excuse pardon help thanks thank cheers please pls plz btw fyi asap urgent quick quickly quickie
    quickest random silly stupid dumb daft simple little short small one question query voice note
    memo message text thing stuff
    i i'm im ive i've i'd id i'll ill we we're were we've we'd me my mine our us you u your
    need needs needed want wants wanted wanna like love would have has had got gotta must
    to know find out ask asking asked see hear understand check checking confirm figure
    remember tell tells say explain show remind let give wonder wondering wondered wonders curious
    interested after looking trying try hoping hope thinking thought reading read doing writing
    preparing prepping was were am be been being is it it's its this that
    journalist reporter researcher editor boss manager friend colleague mates
    homework essay assignment coursework dissertation project article story piece paper report
    briefing brief bulletin newsletter blog tweet speech presentation meeting slides deadline rush
    hurry press release document pdf news
    a an the on in of for at by from with about not sure if maybe possibly really only quite very
    can could will would do does did know idea clue anyone anybody someone somebody place today
    tonight tomorrow tonight's later minute second sec moment whether
    """
)
# Of these, words that a question is never about: one at least has to be there to leave any out.
_PERSONAL = word_set(
    """
    hi hello hey hiya heya hallo yo morning um umm ummm uh uhh er erm ermm hmm hm ok okay so well
    basically actually anyway sorry apologies excuse pardon thanks thank cheers please pls plz btw
    fyi urgent i i'm im ive i've i'd we we're we've me my u wondering curious quick query note
    """
)
_OPENS = (
    r"(?:what|what['’]?s|which|who|who['’]?s|whose|whom|when|where|where['’]?s|why|how|how['’]?s|"
    r"whereabouts|wat|wot|wich|list|name|summari[sz]e|summary|compare|define|describe|any)"
)
_HELPS = r"(?:is|are|was|were|do|does|did|has|have|can|could|will|would|should)"
# "hi, is there": such a word opens a question only where nobody before it could be its subject
_SUBJECT = word_set(
    """
    i we you u it this that there they he she anyone anybody someone somebody who which boss editor
    manager friend colleague mates all everyone report paper article
    """
)
_PRESSED = word_set("deadline rush hurry")
_SENTENCE_END = re.compile(r"[.!:;–—]+ +")
LONGEST_FRONT, LONGEST_TAIL = 240, 120  # characters before and behind a question
_START = re.compile(rf"(?<![\w’'-])(?:(?P<opens>{_OPENS})|(?P<helps>{_HELPS}))(?![\w’'-])", re.I)
_WHAT_I_WANT = re.compile(r"what (?:i|we) (?:\w+ ){1,5}is,? ", re.I)
_ASKS_YOU = re.compile(
    r"\b(?:(?:can|could|will|would) (?:you|u|any(?:one|body)|some(?:one|body))|"
    r"(?:can|could) (?:i|we)|"
    r"(?:do|does) (?:you|u|any(?:one|body)) (?:happen to )?(?:know|remember|have))\b",
    re.I,
)
_TIME = re.compile(r"\d+(?:am|pm)")
_FOR = r"(?:my|our|an?|the|this|tonight['’]s|today['’]s)"
_TAIL = re.compile(
    r"(?:[\s,;.!?()–—-]{1,4}(?:"
    r"(?:many )?(?:thanks|thank (?:you|u)|thx|cheers|ta)(?: (?:so|very) much| a lot| in advance|"
    r" mate| again| you)?|"
    r"pls|plz|please|asap|lol|innit|tho|though|then|or not|or what(?:ever)?|or (?:some|any)thing|"
    r"if (?:you|u|anyone|it|any)(?: (?:know|knows|can|could|says?|please))?|"
    r"if (?:at all )?possible|if that makes sense|(?:any|no) (?:idea|clue)|"
    r"(?:i|ive|i['’]ve) (?:just )?(?:forgot(?:ten)?|(?:can['’]?t|cannot) (?:remember|recall)|"
    r"missed)(?: (?:the|his|her|their|its))?(?: (?:names?|numbers?|figures?|it))?|"
    r"(?:i |we |just )need (?:it|this|the figure|to know)(?: (?:now|today|for \w+))?|"
    r"need (?:it|this|the figure) (?:exact(?:ly)?|asap|quick(?:ly)?|urgently)|"
    rf"(?:it['’]?s |it is |this is )?for {_FOR} (?:\w+ )?(?:essay|homework|article|story|piece|"
    r"briefing|bulletin|paper|coursework|dissertation|assignment|presentation|speech|blog|tweet|"
    r"newsletter|meeting|boss|notes|slides?|column)|"
    r"(?:i['’]?m |i am |just )(?:just |only )?(?:curious|wondering|asking|checking)|"
    r"(?:i['’]?m |i am )(?:in a (?:rush|hurry)|on (?:a )?deadline|confused|not sure|lost)"
    r"))+[\s.!?]*$",
    re.I,
)

# behind a question: by whom or what for it is asked, or thanks for the answer
_WHY_I_ASK = re.compile(
    r"[\"”'’)]?(?:[?.!][\"”'’)]*\s+(?:(?:i|we) (?:am|are|need|want|would like)|i['’]?m|we['’]?re|"
    r"need|want)\b"
    r"|[,;–—-]\s+(?:(?:i am|i['’]?m|we are|we['’]?re) (?!\d)|(?:i |we )?(?:need|want)\b|deadline\b)"
    r"|[,;?.!–—-]\s+(?:thank|thx\b|cheers\b|ta\b))[^?]*$",
    re.IGNORECASE,
)


def question_in(typed: str) -> str:
    """What is asked in what somebody typed: cleaned, spelt out, and nothing around it."""
    return unframed(spelt_out(without_instructions(clean(typed))))


def unframed(text: str) -> str:
    """The question in a cleaned text; the text itself where nothing of it would be left."""
    return _without_reasons(_without_front(_without_greeting(_without_tail(text))))


def _without_greeting(text: str) -> str:
    """The text without a first sentence that greets, or tells of the asker alone."""
    end = _SENTENCE_END.search(text, 0, LONGEST_FRONT)
    if end is None:
        return text
    words = [t.text.lower().replace("’", "'") for t in tokens(text[: end.start()])]
    greets = _PERSONAL.intersection(words) or _PRESSED.intersection(words)
    told = text[end.end() :]
    return told if greets and all(map(_is_leading, words)) and _tells(told) else text


def _without_front(text: str) -> str:
    """The text from where its question opens, if all before that tells nothing of it."""
    skipped = wanted.end() if (wanted := _WHAT_I_WANT.match(text)) else 0
    for start in _START.finditer(text, skipped, LONGEST_FRONT):
        before = [t.text.lower().replace("’", "'") for t in tokens(text[skipped : start.start()])]
        if _ASKS_YOU.match(text, start.start()) or (
            start["helps"] and _SUBJECT.intersection(before[-1:])
        ):
            continue
        told = text[start.start() :]
        leads_up = skipped or _PERSONAL.intersection(before) or _ASKS_YOU.match(text)
        if leads_up and all(map(_is_leading, before)) and _tells(told):
            return told
        return text
    return text


def _is_leading(word: str) -> bool:
    return word in _LEADING or _TIME.fullmatch(word) is not None


def _without_tail(text: str) -> str:
    tail = _TAIL.search(text, max(0, len(text) - LONGEST_TAIL))
    if tail is None or not _tells(text[: tail.start()]):
        return text
    return text[: tail.start()] + ("?" if "?" in tail.group() else "")


def _without_reasons(text: str) -> str:
    """The text without a sentence behind the question that tells why it is asked."""
    reasons = _WHY_I_ASK.search(text)
    if reasons is None or not is_asked(text[: reasons.start()]) or is_asked(reasons.group()):
        return text
    return text[: reasons.start()].rstrip() + ("?" if "?" in reasons.group() else "")


def _tells(text: str) -> bool:
    """Whether something is asked in it, or at least named."""
    return is_asked(text) or any(not is_stop(token.text) for token in tokens(text))
