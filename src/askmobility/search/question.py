"""What a question asks: of which kind, about whom, about what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from askmobility.search.framing import question_in
from askmobility.search.kinds import (
    Detail,
    Kind,
    detail_of,
    is_asked,
    kind_of,
    plain,
    recommends,
    spelt,
)
from askmobility.search.names import Mention, NameBook
from askmobility.search.words import content_stems, is_stop, number, tokens, word_set


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question takes somebody to have said, spoken of or done."""

    mention: Mention
    text: str
    kind: Literal["said", "spoke_of", "did"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    text: the question itself, cleaned; empty if instructions to the assistant were all there was.
    kind: what kind of answer is asked for; "none" for an empty question.
    expects: the kind of detail a full answer must hold.
    noun, count: what a list lists ("themes") and how many items the question takes it to have.
    mentions: everybody the question speaks of, in order.
    topic: the text without its scaffolding and without those whose words are asked for.
    terms: the content stems of the topic, in order.
    quoted: phrases that stand in quotation marks.
    parts: the questions of a question in several parts, in order; empty for a single one.
    wants_all: whether everything there is on it is asked for.
    claims: what the question takes somebody to have said or done.
    """

    text: str
    kind: Kind
    expects: Detail
    noun: str
    count: int | None
    mentions: tuple[Mention, ...]
    topic: str
    terms: tuple[str, ...]
    quoted: tuple[str, ...]
    parts: tuple[Question, ...]
    wants_all: bool
    claims: tuple[Claim, ...]

    @property
    def speakers(self) -> tuple[Mention, ...]:
        """Those whose words are asked for, as far as the documents name them."""
        return tuple(m for m in self.mentions if m.speaks and m.known)

    @property
    def unknown_speakers(self) -> tuple[Mention, ...]:
        """Those whose words are asked for and whom the documents surely do not name."""
        return tuple(m for m in self.mentions if m.speaks and not m.known and m.certain)

    @property
    def unplaced_speakers(self) -> tuple[Mention, ...]:
        """Those whose words are asked for and who may or may not be in the documents."""
        return tuple(m for m in self.mentions if m.speaks and not m.known and not m.certain)


_ALL = re.compile(
    r"\b(?:all|every|everything|everyone|everybody|list|whole|full|complete|entire|in full|each|"
    r"any and all|full list)\b"
)
_QUOTED = re.compile(r"[\"“”]([^\"“”]{2,200})[\"“”]|(?<!\w)['‘]([^'‘’]{2,200})['’](?!\w)")
_QUOTE_ASKED = re.compile(r"\b(?:quotes?|quotation|exact words|own words|said|says)\b")
_SCAFFOLDING = re.compile(
    r"\b(?:what|anything|everything|something|where|how) (?:does|do|did|is|was|has)? ?"
    r"(?:the|this|it|they)?(?: press| new| latest)? ?(?:report|release|document|article|piece|"
    r"paper|"
    r"text|story|letter|speech|it|they)? ?(?:have to )?(?:says?|said|mentions?|mentioned|tell us) "
    r"(?:anything )?(?:about|on|regarding|of)\b|"
    r"\b(?:does|do|did|is|are) (?:it|they|there|the (?:press )?(?:report|release|document|article))"
    r" (?:say|mention|cover|talk about|discuss)? ?(?:anything|something)? ?(?:about|on)?\b|"
    r"\b(?:can|could|would|will) (?:you|i|we)(?: please)? (?:tell me|give me|have|get|explain|"
    r"show me|"
    r"list|summari[sz]e|find)\b|"
    r"\b(?:tell|give|show|find|get|remind) (?:me|us)(?: more)?(?: about)?\b|"
    r"\bi(?:['’]?d| would)? (?:want|need|like)(?: to know)?\b|\bplease\b|\bpls\b|"
    r"^(?:so |and |but |ok |well )*how (?:many|much|long|far|old|often|big|fast|soon)\b|"
    r",? ?\baccording to (?:the|this) (?:\w+)(?= ?[?.,]|$)|"
    r"\b(?:sum (?:(?:it|this|that|them|all) )*up(?: for (?:me|us))?|"
    r"summari[sz]e|summary of|list|name|define)\b|\bbullet points?\b|"
    r"\b(?:the|this|in the|in this|according to the|of the) (?:press )?(?:report|release|document|"
    r"article|text)\b|"
    r"\b(?:a |the |whole |full |exact |direct )*(?:quotes?|quotation|exact words) ?(?:from|by|"
    r"of|on|"
    r"about)?\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r" \([^()]*\)(?=\W*$)")
_ABOUT_ME = re.compile(
    r"(?:hi|hello|hey)?[,.! ]*(?:i['’]?m|i am|we['’]?re|we are|i work|i['’]?ve|our|my|"
    r"as an?) [^.!?:]{3,160}[.!:] ",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:\b(?:what|which|list|name|all|the|these|those|her|his|their|its|main|key|of|are|"
    r"me|every)|['’]s|['’]) (?P<run>(?:[\w-]+ ){0,3}?)(?P<noun>[a-z][\w-]*[^\Ws])s\b"
)
_COUNTED = re.compile(
    r"\b(?P<count>[2-9]|1\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "
    r"(?:[\w-]+ ){0,2}?(?P<noun>[a-z][\w-]*[^\Ws]s)\b"
)
_NOT_LISTED = word_set(
    "is was does has this his its us yes plus bus always perhaps news series status times"
)
_FACES = re.compile(
    r"\s*(?:\?|[;,]|\s[-–—]|\.\s|\s(?:and|&|but|also)|,\s*and)+\s+(?:also |then |if so,? |"
    r"if not,? )?"
    r"(?=(?:(?:by|until|till|since) when|what|whats|what['’]s|how|who|whos|who['’]s|whom|whose|"
    r"when|where|wheres|whereabouts|why|which|by "
    r"how much|for how long|by whom|to whom|is|are|was|were|can|could|do|does|did|will|would|has|"
    r"have|should)\b)",
    re.IGNORECASE,
)
# what the answer should look like is no question of its own
_OF_THE_ANSWER = re.compile(
    r"(?:can|could|would|will) you (?:please )?(?:quote|show|give|cite|list|keep|use|tell|point|"
    r"link)\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"^how many\b", re.IGNORECASE)
_WHO_THEY_ARE = re.compile(
    r"(?:who|what|which)(?:['’]re| are| were) (?:they|these|those)(?: all)?\W*", re.IGNORECASE
)
_TOO_LITTLE = re.compile(r"(?!(?:when|where|whereabouts|why)\b)\w+\W*$", re.IGNORECASE)
_COORDINATED = re.compile(r"\b(?:and|but|also)\b|&|\?")
_TOGETHER = re.compile(r"\b(?:between|both|compare)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"\b(?:say|says|said|know|tell|me|explain|think|thinks|see|ask|asked|about|of|on|between|"
    r"wonder|wondering|sure|understand|decide|depend|depends|matter|both|not|only|compare)$",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"(?:say|says|said|saying|tell|told|claim\w*|argu\w*|warn\w*|admit\w*|call\w*|describ\w*|"
    r"mention\w*|complain\w*|think|thinks|thought|reckon\w*|believ\w*|insist\w*|conced\w*|"
    r"ask\w*|suggest\w*|urge\w*|who|that)$"
)
_SAID_THAT = re.compile(r"^(?:said |says |claimed |told \w+ )?(?:that )?")
# when, where or to what somebody spoke: "what did she say at the meeting"
_CIRCUMSTANCES = re.compile(
    r"(?:at|in|on|during|after|before|when|yesterday|today|last (?:week|month|year|night)|here)\b"
)
_ABOUT = re.compile(
    r"^(?:\W|anything|something|it|much|was|is|that|there|to \w+)*"
    r"(?:about|on|regarding|of|concerning|over|re)\s+"
)


def understand(question: str, names: NameBook) -> Question:
    """Read a question against the people of the documents it is asked of.

    question: anything at all; it is cleaned first.
    """
    text = names.with_apostrophes(question_in(question))
    asked = _read(text, names)
    pieces = _spelt_apart(_pieces(text, asked.kind))
    if len(pieces) < 2:
        return asked
    return replace(asked, parts=_in_parts(pieces, names))


def _read(text: str, names: NameBook) -> Question:
    """The question as a single one."""
    wording = plain(_without_aside(_without_circumstances(text)))
    mentions = _heard(names.mentions(text), wording)
    kind = kind_of(wording, somebody_speaks=any(m.speaks for m in mentions))
    if not any(c.isalnum() for c in text):
        kind = "none"
    noun, count = _listed(wording) if kind == "list" else ("", None)
    topic = _topic(text, mentions)
    return Question(
        text=text,
        kind=kind,
        expects=detail_of(wording, kind),
        noun=noun,
        count=count,
        mentions=mentions,
        topic=topic,
        terms=content_stems(topic),
        quoted=tuple(a or b for a, b in _QUOTED.findall(text)),
        parts=(),
        wants_all=bool(_ALL.search(wording)),
        claims=() if kind == "comparison" else tuple(_claims(text, wording, mentions)),
    )


def _without_circumstances(text: str) -> str:
    """The text without sentences in front that say who asks, or what for."""
    while (about_me := _ABOUT_ME.match(text)) and is_asked(text[about_me.end() :]):
        text = text[about_me.end() :]
    return text


def _without_aside(text: str) -> str:
    """The text without what stands in brackets behind it: it tells the topic, not the kind."""
    return _ASIDE.sub("", text) or text


def _heard(mentions: tuple[Mention, ...], wording: str) -> tuple[Mention, ...]:
    """In a request for a quotation ("lee quote on parks"), whoever is named is to be heard."""
    if any(mention.speaks for mention in mentions) or not _QUOTE_ASKED.search(wording):
        return mentions
    return tuple(replace(m, speaks=True, after=m.end) for m in mentions)


def _listed(wording: str) -> tuple[str, int | None]:
    """What is listed, plural, and the number of items the question gives it.

    What stands behind a number is listed, whatever other plurals there are.
    """
    counted = _COUNTED.search(wording)
    if counted:
        noun = "" if is_stop(counted["noun"]) else counted["noun"]  # "the 4 things they want"
        return noun, int(number(counted["count"]) or 0)
    for match in _LISTED.finditer(wording):
        noun = match["noun"] + "s"
        owns = wording.startswith("'", match.end())  # "the researchers' recommendations"
        if noun not in _NOT_LISTED and not is_stop(noun) and not owns:
            return noun, None
    return ("recommendations", None) if recommends(wording) else ("", None)


def _topic(text: str, mentions: Sequence[Mention]) -> str:
    """The text without scaffolding and without those who are to be heard."""
    skipped = len(text) - len(_without_circumstances(text))
    cut = [(0, skipped), *(match.span() for match in _SCAFFOLDING.finditer(text))]
    for mention in mentions:
        if mention.speaks:
            cut.append((mention.start, max(mention.end, mention.after)))
    kept: list[str] = []
    at = 0
    for start, end in sorted(cut):
        kept.append(text[at : max(start, at)])
        at = max(at, end)
    kept.append(text[at:])
    return _without_edges(" ".join(spelt(word) for word in " ".join(kept).split()))


def _without_edges(text: str) -> str:
    """The text without function words and marks at either end; the text itself if none is left."""
    words = tokens(text)
    content = [word for word in words if not is_stop(word.text)]
    if not content:
        return ""
    return text[content[0].start : content[-1].end]


def _pieces(text: str, kind: Kind) -> list[str]:
    """The questions that a text puts one after the other."""
    if kind == "comparison":
        return [text]
    pieces: list[str] = []
    start = 0
    for link in _FACES.finditer(text):
        piece = text[start : link.start()]
        joined = _COORDINATED.search(link.group()) and not _TOGETHER.search(piece)
        if (
            (_SUBORDINATE.search(piece) and not joined)
            or piece.count("(") > piece.count(")")
            or not _is_question(piece)
            or _OF_THE_ANSWER.match(text, link.end())
            or _TOO_LITTLE.match(text, link.end())
        ):
            continue
        pieces.append(piece)
        start = link.end()
    return [*pieces, text[start:]]


def _spelt_apart(pieces: Sequence[str]) -> list[str]:
    """The pieces, "who are they" behind "how many are quoted" as what it means by itself."""
    which = _HOW_MANY.sub("which", pieces[0])
    return [which if _WHO_THEY_ARE.fullmatch(piece) else piece for piece in pieces]


def _is_question(piece: str) -> bool:
    """Whether words can be asked by themselves."""
    return is_asked(piece) and any(not is_stop(t.text) for t in tokens(piece))


def _in_parts(pieces: Sequence[str], names: NameBook) -> tuple[Question, ...]:
    """Each part by itself; one that leans on the first takes up its topic and people."""
    first = _read(pieces[0], names)
    parts = [first]
    for piece in pieces[1:]:
        part = _read(piece, names)
        if len(part.terms) < 2 or _LEANING.search(piece):
            part = replace(
                part,
                topic=f"{first.topic} {part.topic}".strip(),
                terms=(*first.terms, *part.terms),
                mentions=part.mentions or first.mentions,
            )
        parts.append(part)
    return tuple(parts)


_LEANING = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|its|their|that|this|these|those|there|one|ones|each)\b",
    re.IGNORECASE,
)


def _claims(text: str, wording: str, mentions: Sequence[Mention]) -> list[Claim]:
    claims: list[Claim] = []
    for mention in mentions:
        if not mention.speaks:
            if wording.startswith(("why ", "when ", "how ")) and _follows_auxiliary(text, mention):
                claims.append(Claim(mention, _without_edges(text[mention.end :]), "did"))
            continue
        if wording.startswith(("which", "who", "list", "name", "compare")):
            continue
        put = text[mention.end : mention.after].rstrip().lower()
        after = text[mention.after :].strip(" ?.!")
        about = _ABOUT.match(after)
        if about:
            claims.append(Claim(mention, after[about.end() :], "spoke_of"))
        elif after and _SAYING.search(put) and not _CIRCUMSTANCES.match(after):
            claims.append(Claim(mention, _SAID_THAT.sub("", after), "said"))
        elif after and wording.startswith(_ASSERTING):
            claims.append(Claim(mention, f"{put.strip()} {after}", "did"))
    return claims


_ASSERTING = ("why", "when", "how", "where", "did", "does", "has", "was", "is", "will")


def _follows_auxiliary(text: str, mention: Mention) -> bool:
    before = text[: mention.start].lower().split()
    return bool(before) and before[-1] in ("did", "does", "has", "had", "is", "was", "will")
