"""What kind of question is asked, and what kind of detail its answer must hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Kind = Literal[
    "statement",
    "speakers",
    "who_said",
    "comparison",
    "summary",
    "figures",
    "disagreements",
    "headings",
    "list",
    "number",
    "when",
    "where",
    "who",
    "why",
    "how",
    "definition",
    "yesno",
    "factoid",
    "none",
]
Detail = Literal[
    "number",
    "count",
    "money",
    "percent",
    "duration",
    "date",
    "time",
    "place",
    "person",
    "age",
    "phone",
    "url",
    "title",
    "none",
]

_SPELLINGS = {
    "wat": "what", "wot": "what", "waht": "what", "whta": "what", "wht": "what",
    "whats": "what is", "what's": "what is", "wats": "what is", "wots": "what is",
    "what're": "what are", "who's": "who is", "whos": "who is", "hoo": "who",
    "when's": "when is", "whens": "when is", "wen": "when", "where's": "where is",
    "wheres": "where is", "wher": "where", "how's": "how is", "hows": "how is", "hw": "how",
    "hwo": "how", "why's": "why is", "whys": "why is", "y": "why", "wich": "which",
    "whch": "which", "whcih": "which", "u": "you", "ur": "your", "dose": "does", "dus": "does",
    "howmany": "how many", "howmuch": "how much", "abuot": "about", "abt": "about",
    "tho": "though", "summarize": "summarise", "ppl": "people", "b4": "before",
}  # fmt: skip

_POLITE = re.compile(
    r"^(?:(?:hi|hello|hey|hiya|morning|good (?:morning|afternoon|evening)|thanks|thank you|cheers|"
    r"ok|okay|right|so|well|and|but|also|then|now|please|pls|sorry|quick question|question|"
    r"just|um|er)\b[,.!:]* )*"
    r"(?:(?:can|could|would|will) (?:you|i|we)(?: please| just)? (?:tell me|say|find out|know|"
    r"explain|confirm|check|remind me|let me know)(?: please)?,? |"
    r"(?:please )?(?:tell me|let me know|remind me|explain(?: to me)?)(?: please)?,? |"
    r"(?:i|we)(?:'d| would)? (?:want|need|like|love)(?: to know| to find out)?,? |"
    r"(?:do|does) (?:you|anyone|anybody|we) know,? |(?:any|got any) idea,? |"
    r"(?:i'm|im|i am) (?:wondering|trying to find out|curious|after),? |"
    r"if (?:(?:it|that)(?: is|'s) )?(?:at all )?(?:possible|okay|ok),? |"
    r"according to (?:the|this) (?:report|release|document|article|text|piece|press release),? )*"
)
_QUOTED_VERB = (
    r"(?:directly |actually |all |ever |being )?(?:quoted|interviewed(?! for\b)|"
    r"(?:speaks?|spoke|spoken|speaking)(?= (?:in|at|here|about|on|up|for|and|&|or)\b|\W*$)|"
    r"commenting|comment|comments|commented|(?:have|has|had) the(?:ir|re) say|"
    r"gets? a (?:\w+ )?quote|"
    r"g(?:ives?|ave|iven) (?:an? |any |their )?(?:\w+ )?(?:quotes?|comments?|statements?))"
)
_SAYS = (
    r"(?:said|says|say|saying|called|calls|describes?|described|claims?|claimed|warns?|warned|told|"
    r"thinks?|thought|mentions?|mentioned|talks? about|talked about|complain(?:s|ed)|"
    r"critici[sz]e[sd]?|"
    r"compare[sd]?|argue[sd]?|suggest(?:s|ed)?|ask(?:s|ed)|reckon(?:s|ed)?|believe[sd]?|"
    r"admit(?:s|ted)?|praise[sd]?|raise[sd]?|welcome[sd]?|promise[sd]?|point(?:s|ed) out|"
    r"talk(?:s|ed)|spoke|wrote(?! (?:it|this|the)\b)|object(?:s|ed)|objects to|"
    r"br(?:ings?|ought) up|touch(?:es|ed)? on|use[sd]? (?:the )?(?:phrase|words?|term))"
)
_UNITS = r"(?:years?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?)"
_RECOMMEND = re.compile(
    r"\b(?:recommend(?:s|ed|ing|ation|ations)?|recomend\w*|being asked to|asked to (?:agree|decide|"
    r"approve|do)|(?:it|they|report|authors|researchers|evaluators|panel|group|review|study) "
    r"(?:suggest|propose|call for|ask for|want done|want changed)|"
    r"(?:what|which) (?:changes|fixes|improvements) (?:are|do|does|did|is|should)|"
    r"want (?:\w+ ){1,4}to do|do differently|have to decide|(?:was|were) decided|any tips|tips for|"
    r"what (?:should|ought) .* (?:do|change|happen|improve)|should (?:happen|change|be done))\b"
)

_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "disagreements",
        r"\b(?:contradict(?:s|ing)? (?:itself|themselves|each other|one another)|contradictions?|"
        r"(?:at odds|disagrees?|inconsistent) with (?:itself|themselves)|inconsistenc(?:y|ies)|"
        r"discrepanc(?:y|ies)|(?:conflicting|inconsistent) (?:figures|numbers|stats|statistics)|"
        r"(?:figures|numbers|stats|statistics|totals) (?:that )?(?:disagree|differ|clash|conflict|"
        r"(?:do not|don't) (?:agree|match|tally|add up))|"
        r"(?:figures|numbers|stats|statistics|totals) (?:are|is) (?:given|put) (?:in )?(?:two|"
        r"several|different) ways|"
        r"(?:one|1) (?:bit|part|place|page|paragraph|line|section) (?:says|has|gives|it says) .* "
        r"(?:another|other|later|elsewhere))\b",
    ),
    (
        "headings",
        r"\b(?:section headings|headings|subheadings|sections|chapters|table of contents)\b|"
        r"\bhow is .{0,40}\b(?:divided|structured|organi[sz]ed|laid out)|"
        r"\bwhich (?:section|part|heading|chapter)\b",
    ),
    (
        "figures",
        r"\b(?:key|main|headline|important|big|all the|top) (?:figures|numbers|stats|"
        r"statistics|facts and figures)\b|"
        r"\b(?:what|which) (?:figures|numbers|stats|statistics) (?:are|is) (?:in|there|given|"
        r"quoted|mentioned|used)\b|^(?:list|any|all) (?:of )?(?:the )?(?:figures|numbers|stats|"
        r"statistics)(?: in (?:it|here|this|there))?\W*$",
    ),
    (
        "summary",
        r"\b(?:summari[sz]e|summary|sum (?:(?:it|this|that|them|all) )*up|tl;?dr|gist|nutshell|"
        r"overview|precis|in (?:short|brief)\W*$|"
        r"in (?:a|one) (?:line|sentence|few (?:words|lines|sentences))|"
        r"(?:short|quick|brief|potted) version|"
        r"(?:main|key|central|overall) (?:point|points|message|messages|argument|takeaways?|"
        r"findings|conclusions?)|bottom line|"
        r"(?:what is|whats) (?:this|the|it|that)(?: (?!\w+ing\b)\w+){0,2} (?:all )?about\b)",
    ),
    (
        "who_said",
        rf"^(?!which .*\b(?:are|is|were|gets?|got) (?:a )?mention|.*\bthe(?:ir|re) say\b)"
        rf"(?:who(?: else| all|(?: out)? of (?:the )?[\w-]+)?|"
        rf"which (?:of (?:the|them) )?(?:[\w-]+ ){{0,3}}?[\w-]+)"
        rf"(?: (?:was it|is it) (?:that|who))? (?:also |first |actually |specifically )?{_SAYS}\b|"
        rf"^who (?:was|is) (?:it|the (?:one|person)) (?:who|that) {_SAYS}\b|"
        rf"^which (?!.*\b(?:are|is|were|gets?|got) (?:a )?mention|.*\bthe(?:ir|re) say\b)(?:of )?"
        r".{1,40}\b"
        rf"(?:mention|mentions|mentioned|say|says|said|use the (?:phrase|words?|term))\b",
    ),
    (
        "speakers",
        rf"^(?:who|which|names?|list|are|is|were|was|any)\b.{{0,60}}\b{_QUOTED_VERB}\b|"
        r"\b(?:people|everyone|everybody|all|those|anyone|person) (?:who (?:is|are|was|were) )?"
        r"(?:quoted|interviewed)\b|"
        rf"^how many (?:[\w'-]+ ){{1,4}}?(?:are |were |was |get |got |have been )?{_QUOTED_VERB}\b|"
        rf"\b(?:people|everyone|everybody|all|those|anyone) (?:who|that) {_QUOTED_VERB}\b|"
        rf"\b(?:what|which) (?:\w+ )?(?:people|persons|voices) (?:are |is |were )?{_QUOTED_VERB}\b|"
        r"^who(?:se)?(?: \w+){0,6} quotes (?:are|from|by|for|in)\b|"
        r"\bspeakers\b(?! (?:agree|disagree|differ|think|say|want))|"
        r"^who (?:all )?(?:is|are) (?:all )?(?:named |mentioned )?in (?:it|this|here|there)\b|"
        r"^who (?:has|have|had) (?:a say|their say|something to say)|"
        r"^(?:list|name) (?:the people|everyone|everybody|all the people)",
    ),
    (
        "comparison",
        r"\b(?:compare[sd]?|comparison|compared|contrast|differ|differs|"
        r"(?:differences?|diff)(?: between)|"
        r"versus|vs|v|agree (?:with|on|about)|(?:they|both|two|all) (?:\w+ )?agree\b(?! to)|"
        r"disagree|"
        r"see eye to eye|same way|in common|who (?:thinks|says|said|wants) what|"
        r"(?:better|worse|more|less|fewer|higher|lower|bigger|smaller|cheaper|dearer|quicker|"
        r"slower|faster) (?:\w+ ){0,3}than|(?:better|more|higher|up|cheaper) or "
        r"(?:worse|less|fewer|lower|down|dearer)|or worse|or less|measure up|stack up|"
        r"how (?:has|have) .{0,40}\bchanged|"
        r"how did .{0,40}\bchange(?= (?:after|since|over|between|from)|\W*$))\b|"
        r"^(?!how (?:many|much)\b).*\b(?:gone|going|went|go|get|got|gotten) "
        r"(?:up|down|better|worse)\b|"
        r"\bfor (?:it )?and (?:how many |who (?:was |is |were )?)?against\b|"
        r"\beach (?:say|think|want|make)|\bdo .{1,60} and .{1,60} (?:agree|disagree|differ)\b|"
        r"\bthe (?:biggest|highest|best) and (?:the )?(?:smallest|lowest|worst)\b|"
        r"\b(?:biggest|most|best|highest) (?:and|n|&) (?:smallest|least|worst|lowest)\b",
    ),
)
_REASONS = re.compile(r"(?:so )?(?:why|how come)\b")
_STATEMENT = re.compile(
    r"\b(?:quote|quotes|quotation|exact words|own words|statement from|comment from)\b|"
    r"^(?:what|how|give|show|summarise|find|everything|anything)\b"
)
_HOW_MUCH = re.compile(
    r"(?:how (?:many|much|long|old|far|often|big|soon|fast)|"
    r"what (?:percent|percentage|proportion|share|number|fraction))\b"
)
# what somebody said, whoever it is, but not what the document says
_ASKS_WORDS = re.compile(
    r"what (?:did|does|do|has|have) (?!(?:the |this )?(?:press )?(?:report|release|document|"
    r"article|"
    r"paper|letter|guidance|page|text|story|study|review|it|this|they|that|you|i|we)\b)"
    r"(?:[\w'&.-]+,? ){1,9}?(?:say|said|think|reckon|tell|told|write|reply|add|have to say|"
    r"complain about|moan about|make of)\b"
)
_LED: tuple[tuple[Kind, str], ...] = (
    (
        "definition",
        r"\bwhat (?:does|do|is|was|did) .{1,60}\b(?:mean|stand for|meant by|stands for)\b|"
        r"\bmeaning of\b|^define\b|\bwhat (?:exactly )?counts as\b|\bdefinition of\b|"
        r"^what (?:is|are)(?: exactly| actually)? (?!(?:the|its|their) (?:\w+ )?(?:costs?|price|"
        r"fees?|fares?|budget|total|deadline|rate)\b)(?:an? |the |this |these |one of these )?"
        r"(?:[\w+&'’-]+ ?){1,4}(?:thing|all about)?\??$|\bwhat is it\b|\bwhat it is\b",
    ),
    (
        "number",
        rf"\bhow (?:many|much|long|old|far|often|fast|big|large|high|tall|heavy|wide|deep|"
        rf"close|"
        rf"few|frequently|hot|cold|loud)\b|\bwhat (?:percent|percentage|proportion|share|"
        rf"number|"
        rf"fraction|ages?|sort of (?:money|numbers))\b|\b(?:what|which) (?:is|was|are|were|will) "
        rf"(?:the|their|its|his|her|my)? ?(?:[\w-]+ ){{0,3}}(?:cost|costs|price|fee|fees|"
        rf"fare|fares|"
        rf"charge|rate|budget|number|total|figure|figures|amount|percentage|proportion|"
        rf"share|age|"
        rf"size|speed limit|limit|fine|wage|salary|score|damage|bill|target|pot|odds|"
        rf"chances)\b|"
        rf"\bwhat (?:does|did|do|will|would|can|are|is|get) .{{1,60}}\b(?:cost|costs|come to|pay|"
        rf"paid|earn|charge|charged|save|saved|rake in)\b|\b(?:median|average|mean|maximum|"
        rf"minimum|lowest|highest) (?:\w+ )?(?:income|age|price|fare|wage|pay|rent|score|wait)\b|"
        rf"\bhow many {_UNITS}\b|^(?:share|proportion|percentage|number|cost|price|size|total|"
        rf"amount|daily rate|rate|daily price) (?:of|for|per|to)\b|^(?:wages|daily rate|pay)\b|"
        rf"\bprice tag\b",
    ),
    (
        "when",
        r"\b(?:when|what (?:date|day|time|times|year|month|hours|days|term)|which (?:day|date|"
        r"year|month)|how soon|by when|what is the (?:\w+ ){0,2}(?:deadline|date|closing date|"
        r"cut-off|last date|last day)|opening (?:times|hours)|closing dates?|deadline|"
        r"last day to|since when|start date)\b",
    ),
    (
        "where",
        r"\b(?:where|whereabouts|what (?:is|are) (?:the|its|their) (?:\w+ )?address(?:es)?|"
        r"which (?:town|city|village|area|areas|places?|streets?|roads?|bits of|wards?|"
        r"estates?|"
        r"neighbourhoods?|part of|parts of|room)|what (?:town|city|village|area|place|street|"
        r"road))\b",
    ),
    (
        "why",
        r"\b(?:why|how come|what (?:is|was) the reason|for what reason|what made)\b|"
        r"^what (?:stops|stopped|prompted|caused|put|gave|pushed|set)\b",
    ),
    (
        "who",
        r"^(?:who|whose|whom|(?:the )?names? of (?:the )?\w+ who)\b|"
        r"(?<!people )(?<!person )(?<!those )(?<!one )(?<!body )"
        r"\bwho (?:is|was|are|were|will|did|does|has|had|runs|pays|paid)\b",
    ),
    (
        "how",
        r"^(?:how|in what way)\b|\bhow (?:do|does|did|can|could|will|would|should|is|are|"
        r"was|were|to|they|it|he|she)\b",
    ),
)
_YESNO = re.compile(
    r"^(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had|should|am|may|might|must|"
    r"any|isn't|aren't|didn't|doesn't|don't|won't|can't|hasn't|haven't|wasn't|weren't|"
    r"anything|is there|are there)\b"
)
_WHAT_IS_IT = re.compile(r"\bwhat (?:is (?:it|that)|it is)\W*$")
# a clause inside a question of another kind: "what happens when it rains", "places where ..."
_SUBORDINATE = re.compile(
    r"^((?:what|which|who|how|why)\b.*?\b(?!(?:and|or|about|know|says?|tell|out|of|on)\b)[\w'-]+)"
    r" (?:when|where)\b(?= \w)"
)
_VERBS_IN_S = (
    r"(?:is|was|does|has|his|its|this|happens|makes|gets|goes|means|counts|comes|stops|works|"
    r"costs|helps|needs|wants|says|runs|puts|keeps|causes|changes|looks|takes|gives|pays|applies)\b"
)
_LIST = re.compile(
    r"^(?:(?:what|which) (?:are|were) (?:the|their|her|his|its|these|those|some|all|our|your)\b|"
    r"(?:which|what) (?:of )?(?:the |other |new |different |three |two |four |five |six |\d+ )*"
    rf"(?!{_VERBS_IN_S})[\w-]+(?<!s)s\b(?! is\b)|list\b|name (?:the|all|some|every|two|three|"
    rf"four|five|\d+|a few)\b|"
    r"all (?:the|of the)\b|set out\b|(?:give|show|get) (?:me )?(?:all|a list|the list|the|every)\b|"
    r"(?:her|his|their|the|its) (?:\w+ )?(?:[\w-]+ ){0,2}[\w-]+(?<!s)s\b|break down\b|"
    r"(?:what|which) (?:kinds?|sorts?|types?) of\b|key dates\b|ways\b|tips\b|plans\b)|"
    r"\b(?:what|which) (?:\d+|two|three|four|five|six|seven|eight|nine|ten) \w+|\blist (?:the|"
    r"all)\b"
)

_WORKS = (
    r"(?:report|study|paper|review|document|strategy|plan|programme|scheme|survey|inquiry|bill)"
)
_DETAILS: tuple[tuple[Detail, str], ...] = (
    (
        "title",
        rf"\b(?:name|title|called|named)\b.*\b{_WORKS}\b|\b{_WORKS}\b.*\b(?:called|named|titled?)\b",
    ),
    (
        "phone",
        r"\b(?:phone|telephone|mobile|helpline|hotline) (?:number|no)\b|"
        r"\bnumber (?:to|do i|do you|can i|should i|for me to) (?:call|ring|phone)\b|"
        r"\bwhat number\b.*\b(?:call|ring|phone)\b|\bphone number\b",
    ),
    (
        "url",
        r"\b(?:website|web ?site|web address|url|weblink|(?:the|an?|any|got) link(?! between\b)|"
        r"link\W*$|e-?mail(?: address)?)\b|"
        r"\bwhere (?:can|do|could) (?:i|we|you) (?:download|read|get hold of|"
        r"find) the (?:full |"
        r"whole |actual )?(?:report|document|paper|study)\b",
    ),
    (
        "percent",
        r"\b(?:percent|per cent|percentage|proportion|what share|share of|fraction|"
        r"what rate|success rate|(?:pass|failure|employment|completion) rate)\b|%",
    ),
    ("age", r"\bhow old\b|\bwhat ages?\b|\bage limit\b|\bwhich ages?\b"),
    (
        "duration",
        rf"\bhow long\b|\bhow many {_UNITS}\b|\bhow much (?:time|longer|notice|training|"
        rf"prep\w*)\b|"
        rf"\bover how many {_UNITS}\b|\bhow soon\b",
    ),
    (
        "time",
        r"\bwhat times?\b(?! ?(?:frame|scale|period|span))|\bwhat hours\b|"
        r"\bopening (?:times|hours)\b|\bwat time\b|"
        r"\bwhen (?:does|do|is) .{1,40}\b(?:open|close|shut) (?:at|on|each|every|in the)\b",
    ),
    (
        "date",
        r"\b(?:when|what date|which date|what day|which day|what year|which year|"
        r"what month|by when|deadline|closing dates?|start date|since when|last day)\b",
    ),
    ("count", r"\bhow many\b|\bwhat number of\b|\bnumber of\b|\bhow few\b"),
    (
        "number",
        r"\bhow (?:far|fast|big|large|high|tall|heavy|wide|deep|close|often|frequently|loud|"
        r"hot|cold)\b|\bhow much (?:\w+er|more|less|of)\b|"
        r"\bhow much (?:did|has|have|does) .*\b(?:rise|risen|fall|fallen|drop|dropped|grow|"
        r"grown|"
        r"change|changed|increase|increased|improve|improved|go up|gone up|go down|"
        r"gone down)\b|"
        r"\bby how much\b|\bwhat (?:is|was) the (?:\w+ )?(?:speed|limit|distance|score|figure|"
        r"number|total|size)\b",
    ),
    (
        "money",
        r"\bhow much\b|\b(?:cost|costs|price|priced|fee|fees|fare|fares|budget|salary|wage|"
        r"£|quid)\b|\bwhat .{0,40}\b(?:pay|paid|charged?|fine|saved?|earn)\b|"
        r"\bhow cheap\b|\b(?:wages|income|daily rate)\b",
    ),
    (
        "place",
        r"\bwhere(?:abouts)?\b|\baddress\b|\b(?:which|what) (?:town|city|village|area|place|"
        r"street|road|ward|estate|neighbourhood|county|borough|region)s?\b",
    ),
    (
        "person",
        r"\bwho(?:se|m)?\b|\bwhat (?:is|was) (?:his|her|their|the \w+'s) (?:sur|first |last )?"
        r"name\b",
    ),
)


_INTERROGATIVE = re.compile(r"\b(?:what|which|who|whose|whom|when|where|why|how)\b")
_NOT_WHAT = (
    "why", "when", "where", "who", "how many", "how much", "how long", "by when", "by what",
    "what date", "what day", "what month", "what year", "which month", "which year",
)  # fmt: skip


def spelt(word: str) -> str:
    """The word, or the question word or function word that it is a careless spelling of."""
    return _SPELLINGS.get(word.lower().replace("’", "'"), word)


def is_asked(words: str) -> bool:
    """Whether words open or hold a question, rather than the circumstances of one."""
    wording = plain(words)
    return bool(_INTERROGATIVE.search(wording) or _YESNO.match(wording) or _REQUEST.match(wording))


_REQUEST = re.compile(
    r"^(?:list|name|give|tell|show|find|summarise|sum up|compare|contrast|define|explain|quote|"
    r"set out|break down|describe|outline)\b"
)


def plain(text: str) -> str:
    """A question in lower case with question words spelt out and courtesies in front left off."""
    words = text.lower().replace("’", "'").replace("‘", "'").split()
    spelt = " ".join(_SPELLINGS.get(word, word) for word in words)
    shorter = _POLITE.sub("", spelt)
    return shorter or spelt


def kind_of(wording: str, *, somebody_speaks: bool) -> Kind:
    """The kind of question. wording: as `plain` gives it.

    somebody_speaks: whether the question asks for, or asserts, what somebody says or thinks.
    """
    for kind, pattern in _KINDS:
        if kind == "comparison" and _REASONS.match(wording):
            continue
        if re.search(pattern, wording):
            of_somebody = kind == "summary" and somebody_speaks
            return "statement" if of_somebody else kind
    if _ASKS_WORDS.match(wording) or (
        somebody_speaks and _STATEMENT.search(wording) and not _HOW_MUCH.match(wording)
    ):
        return "statement"
    return _led_by(wording)


def _led_by(wording: str) -> Kind:
    wording = _SUBORDINATE.sub(r"\1 as", wording)
    if _YESNO.match(wording) and not wording.startswith("any tips"):
        return "yesno"
    if recommends(wording):
        return "list"
    for kind, pattern in _LED:
        if re.search(pattern, wording):
            if kind == "definition" and _LIST.match(wording) and not _WHAT_IS_IT.search(wording):
                continue
            return kind
    if _LIST.search(wording):
        return "list"
    is_statement = wording.endswith("?") and not _INTERROGATIVE.search(wording)
    return "yesno" if is_statement and len(wording.split()) > 4 else "factoid"


def recommends(wording: str) -> bool:
    """Whether the question asks what is recommended."""
    return bool(_RECOMMEND.search(wording)) and not wording.startswith(_NOT_WHAT)


def detail_of(wording: str, kind: Kind) -> Detail:
    """The kind of detail an answer must hold; "none" where no single detail is asked for."""
    if kind == "who_said":
        return "person"
    if kind == "yesno":
        wording = wording.partition(" ")[2]
    possible = _POSSIBLE.get(kind, frozenset())
    for detail, pattern in _DETAILS:
        if detail in possible and re.search(pattern, wording):
            return detail
    return "none"


_AMOUNTS: frozenset[Detail] = frozenset(
    {"phone", "percent", "age", "duration", "time", "count", "number", "money"}
)
_POSSIBLE: Mapping[Kind, frozenset[Detail]] = {
    "number": _AMOUNTS,
    "comparison": _AMOUNTS,
    "how": frozenset({"duration", "number", "phone", "url"}),
    "when": frozenset({"duration", "time", "date"}),
    "where": frozenset({"phone", "url", "place"}),
    "who": frozenset({"phone", "person"}),
    "factoid": frozenset({"phone", "url", "age", "percent", "title"}),
    "definition": frozenset({"title"}),
    "list": frozenset({"phone", "url"}),
    "yesno": frozenset({"phone", "url"}),
}
