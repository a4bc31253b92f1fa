"""Where a question puts words or thoughts into somebody's mouth."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

# what people do with words and opinions, as they stand after "did X" and after "X"
_BASE = (
    "say|tell|think|want|call|warn|hope|believe|reckon|argue|claim|suggest|recommend|ask|add|"
    "mention|describe|feel|write|reply|respond|react|comment|promise|pledge|admit|stress|explain|"
    "critici[sz]e|condemn|complain|moan|mean by|mean about|make of|point out|propose|urge|"
    "insist|deny|accept|"
    "welcome|praise|thank|agree|disagree|object|oppose|support|attack|fear|worry|wish|like|"
    "hate|remind|compare|blame|concede|conclude|announce|reveal|regret|apologi[sz]e|demand|"
    "advise|predict|expect|talk|speak|remark|liken|put it|have against|come out with|"
    "sum up|have to say|need|prefer|favou?r|defend|dispute|credit|"
    "reassure|encourage|boast|confess|remember|recall|vow|threaten"
)
_PAST = (
    "said|told|thought|wanted|called|warned|hoped|believed|reckoned|argued|claimed|suggested|"
    "recommended|asked|added|mentioned|described|felt|wrote|replied|responded|commented|promised|"
    "admitted|stressed|explained|critici[sz]ed|complained|meant|urged|insisted|denied|welcomed|"
    "praised|thanked|agreed|disagreed|objected|opposed|supported|feared|wished|liked|hated|"
    "reminded|blamed|conceded|concluded|demanded|advised|talked|spoke|pledged|spoken|"
    "thinks|says|tells|wants|calls|warns|hopes|believes|reckons|argues|claims|suggests|recommends|"
    "asks|adds|mentions|describes|feels|writes|stresses|explains|means|complains|proposes|needs|"
    "been saying|got against|on about|saying|asking|asking for|banging on|moaning|worried|"
    "fretting|bothered|"
    "going on"
)
_NOUNS = (
    "view|views|opinion|opinions|quote|quotes|quotation|words|comment|comments|statement|take|"
    "position|reaction|response|message|advice|gripe|gripes|grumble|complaint|objection|"
    "objections|answer|reply|remark|remarks|thoughts|verdict|argument|criticism|criticisms|"
    "worry|worries|concern|concerns|fear|fears|hope|hopes|point|reasoning|claim|warning|praise|"
    "stance|line|speech|contribution|testimony|suggestion|suggestions|comeback|dig|demand|demands|"
    "assessment|feelings|feeling|experience|beef|joke|own words|moan|problem|excuse|story|tip|"
    "tips|recommendation|recommendations|asks|wish|wishes"
)
_WORD = (
    r"(?<![\w'’])(?!(?:who|whom|that|which|what|how|when|where|why|if|because|about|to|did|does|"
    r"do)\b)"
    r"[\w.&'’/-]+"
)
_ANY = r"[\w.,&'’/-]+"
_SLOT = rf"(?P<slot>{_WORD}(?:,? {_WORD}){{0,8}}?)"
_TAIL = rf"(?P<slot>{_WORD}(?:,? {_WORD}){{0,7}})"
_ADVERB = r"(?: (?:actually|really|also|ever|then|first|himself|herself|themselves|all|both|each|"
_ADVERB += r"have|been|be|going to|at all|just|publicly|exactly|even|now|not|never|still|quoted))*"

Kind = Literal["asks", "asserts", "whose", "quoted"]

_FRAMES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "asks",
        re.compile(
            rf"\b(?:did|does|do|has|have|had|is|was|are|were|will|would|can|could|should|"
            rf"didn['’]?t|doesn['’]?t|don['’]?t|dose|dus|what['’]?s|whats|why['’]?s|how['’]?s|"
            rf"hows) {_SLOT}{_ADVERB},? "
            rf"(?P<verb>{_BASE}|{_PAST})\b"
        ),
    ),
    (  # "the councillor who abstained": whom the clause is of
        "asks",
        re.compile(
            rf"\b(?:did|does|do|has|have|was|is) (?P<slot>(?:the|a|"
            rf"that) [\w'’-]+(?: [\w'’-]+){{0,2}}?) "
            rf"(?:who|that|which|whose) (?:{_ANY} ){{1,8}}?(?P<verb>{_BASE}|{_PAST})\b"
        ),
    ),
    ("asserts", re.compile(rf"\b(?:was|is|wasn['’]?t|isn['’]?t) it {_SLOT} (?:who|that)\b")),
    (
        "asks",
        re.compile(
            rf"\b(?:what|wot|where|how|why|everything|anything|all|that|when) {_SLOT}{_ADVERB} "
            rf"(?P<verb>{_PAST}|say|think|want|make of|reckon)\b"
        ),
    ),
    ("asks", re.compile(rf"\baccording to {_TAIL}")),
    (
        "asks",
        re.compile(rf"\b(?:{_NOUNS}) (?:given |made |sent )?(?:of|from|on behalf of) {_TAIL}"),
    ),
    (
        "quoted",
        re.compile(
            rf"\b(?:which|what|any|are|is|were|was|who are|who from|anyone from|anybody from|"
            rf"anything from|name|list) {_SLOT} (?:(?:is|are|was|were|get|gets|got|been) )?"
            r"(?:directly |actually )?(?:quoted|speak|speaks|spoke|comment|comments)\b"
        ),
    ),
)
_WHOSE = re.compile(rf"(?P<slot>{_WORD}(?: {_WORD}){{0,7}}?)['’]s? (?:\w+ ){{0,2}}?(?:{_NOUNS})\b")

# what never belongs to a description of somebody, and so bounds a slot
_BOUNDARY = re.compile(
    r"(?:^|.* )(?:what|what['’]s|whats|wot|who|who['’]s|is|was|were|are|did|does|do|give|me|show|"
    r"find|get|see|read|need|want|have|us|quote|list|about|on|compare|how|why|in|has|got|"
    r"please|i|you|can|word|exact|summari[sz]e|with|that|tell|of|if|so|which|(?<!['’]s )and) "
)
_END = re.compile(
    r",? (?:about|on|regarding|over|concerning|re|when|if|because|who|whom|which|that|to|as|is|"
    r"are|was|were|did|does|do|has|have|had|will|would|in|after|before|since|please|pls|and what|"
    r"and how|and why|and who|and when|but|why|how|what|where|during|with|by)\b.*"
)


class Slot(NamedTuple):
    """A place in a question where a speaker is named.

    start, end: code points of the words that name the speaker.
    after: where the words begin that the question puts into their mouth.
    kind: "asks" what they say, "asserts" that it was they, "whose" view it is, or who is "quoted".
    """

    start: int
    end: int
    after: int
    kind: Kind


def slots(lower: str) -> list[Slot]:
    """The speaker slots of a question in lower case, in order, none overlapping another."""
    found: list[Slot] = []
    for kind, pattern in _FRAMES:
        for match in pattern.finditer(lower):
            start, end = match.span("slot")
            if pattern.groupindex.get("verb") is None:
                end = start + len(_END.sub("", lower[start:end]))
            found.append(Slot(start, end, max(match.end(), end), kind))
    for match in _WHOSE.finditer(lower):
        start, end = match.span("slot")
        bound = _BOUNDARY.match(lower[start:end])
        start += bound.end() if bound else 0
        found.append(Slot(start, end, match.end(), "whose"))
    kept: list[Slot] = []
    for slot in found:
        if slot.start < slot.end and all(
            slot.end <= other.start or other.end <= slot.start for other in kept
        ):
            kept.append(slot)
    return sorted(kept)
