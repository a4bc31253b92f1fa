"""People's names in running text: titles and honours kept apart, roles told from names.

No list of names is used. What stands around a run of capitalised words says whether it is a
person: a title, an age, a role before it or after it, a verb of saying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

TITLE_WORDS = (
    r"(?:The )?(?:Rt\.? Hon\.?|Right Honourable)|Hon\.?|Mrs|Mr|Ms|Miss|Mx|Dr|Drs|Professor|Prof|"
    r"Messrs|Councillors?|Cllrs?|Alderman|Ald|Sir|Dame|Lord|Lady|Baroness|Baron|Viscount|Earl|"
    r"(?:(?:The )?(?:Rt|Right|Most|Very)\.? )?(?:Reverend|Revd?)|Canon|Archdeacon|Archbishop|"
    r"Bishop|Rabbi|Imam|Sister|Father|Fr|"
    r"Colonel|Col|Major|Maj|Captain|Capt|Lieutenant|Lt|Brigadier|General|Commander|Commodore|"
    r"Admiral|Wing Commander|Group Captain|"
    r"(?:Detective |Chief )?(?:Inspector|Superintendent|Constable)|"
    r"(?:Detective )?(?:Sergeant|Sgt)|PC|PCSO|DC|DS|DI|DCI|Judge|Justice"
)
TITLE = re.compile(rf"(?:{TITLE_WORDS})\.?(?=\s)")
NEXT_TITLE = re.compile(rf"(?<=\s){TITLE.pattern}")
WORD = re.compile(r"\S+")
ALSO_ADJECTIVES = frozenset(("General", "Major", "Sister", "Justice"))  # "General Terms"
PLURAL_TITLE = re.compile(r"(Cllr|Councillor)s")
HONOUR = re.compile(
    r"(?:MBE|OBE|CBE|KBE|DBE|GBE|BEM|KCB|DCB|CB|CMG|CVO|LVO|MVO|KC|QC|MP|MS|MSP|MLA|MEP|AM|PC|FRS|"
    r"FREng|FBA|FRSA|DL|JP|QPM|KPM|PhD|Ph\.D\.?|MA|BA|MSc|BSc|Bt)(?![\w’'])"
)
PARTICLE = r"(?:de|da|di|du|del|der|den|van|von|la|le|ap|al|el|bin|ibn|ni|nic|dos|ten|ter|y)"
UPPER, LETTER = r"[^\W\d_a-zß-öø-ÿ]", r"[^\W\d_]"
SHORTENED = r"(?:Rt|Hon|Mrs?|Ms|Dr|Prof|Cllrs?|Ald|Revd?|Fr|Col|Maj|Capt|Lt|Sgt|Gen|St)\."
PART = rf"(?:{SHORTENED}|{UPPER}(?:\.|{LETTER}*(?:[’'\-]{LETTER}+)*)(?!\w))"
RUN = re.compile(rf"(?<![\w’'\-]){PART}(?:[ \n]+(?:{PARTICLE}[ ]+)*{PART})*")

# words that open a sentence but no name
OPENING_WORDS = """
    first second third fourth
    a about after all also although an and another anyone are around as asked asking at because
    before between both but by campaigners can commenting commissioners could councillors
    critics did do does during each elsewhere even every everybody everyone experts finally for
    from given had has have he her here his how however i if in is it its last like many may
    meanwhile members might ministers most must my next no nobody not now of officers on one
    only or other others others’ our over people replying residents responding she should since
    so some somebody speaking staff such that the their then there these they this those though
    three to today trustees two under unlike until was we welcoming were what when where while
    who why will with without would writing yes yesterday yet you your"""
MONTHS_AND_DAYS = """
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter"""
NO_NAME = frozenset([*OPENING_WORDS.title().split(), *MONTHS_AND_DAYS.split()])
ORGANISATION = re.compile(
    r"(?:Councils?|Colleges?|Schools?|Primary|Academy|University|Trust|Department|Ministry|"
    r"Commission|Committee|Board|Forum|Panel|Groups?|Associations?|Federation|Union|Institute|"
    r"Authority|Agency|Services?|Partnership|Company|Ltd|Limited|plc|PLC|LLP|Inc|CIC|Foundation|"
    r"Society|Network|Alliance|Office|Centre|Hospitals?|Fund|Charity|Cathedral|Club|Consortium|"
    r"Chamber|Cabinet|Assembly|Parliament|Government|Police|NHS|Librar(?:y|ies)|Museum|Theatre|"
    r"Airport|Station|Railways?|Rail|Transport|Buses|Homes|Housing|Road|Report|Review|Scheme|"
    r"Programme|Project|Plan|Act|Strategy|Survey|Inquiry|Campaign|Team|Unit|Collective|"
    r"Co-operative|Coalition|Research|Ofsted|Ofcom|Jobcentre|Kingdom|Midlands|Borough|County|"
    r"City|Region|District|Advice|Action|Watch|Online|Together|Network)"
)
ROLE_NOUN = re.compile(
    r"\b(?=\w)(?:mayors?|leaders?|chairs?|chair(?:man|woman|person)|vice-?chair\w*|co-(?:chair|leader|director|founder|owner|author|lead|head)s?|chief|"
    r"executives?|ceo|cfo|coo|directors?|managers?|officers?|principals?|heads?|"
    r"headteachers?|ministers?|secretar(?:y|ies)|commissioners?|president|chancellor|"
    r"vice-chancellor|provost|members?|lead|portfolio holder|"
    r"spokes(?:man|woman|person|people)|founders?|owners?|advis[eo]rs?|economists?|"
    r"teachers?|nurses?|drivers?|farmers?|students?|pupils?|parents?|residents?|trustees?|"
    r"governors?|authors?|partners?|apprentices?|workers?|mothers?|fathers?|mum|dad|"
    r"grand\w+|chemist|pharmacist|doctor|gp|surgeon|consultants?|midwife|carers?|coach|"
    r"trainers?|tutors?|lecturers?|professor|dean|bishop|vicar|rector|curate|priest|clerk|"
    r"treasurer|convener|convenor|coordinator|co-ordinator|organiser|representative|rep|"
    r"delegate|campaigners?|activist|volunteers?|landlords?|landlad(?:y|ies)|tenants?|"
    r"shopkeepers?|butcher|baker|chef|cook|builder|engineers?|architect|planner|mechanic|"
    r"pilot|guard|sergeant|inspector|constable|captain|commander|colonel|ambassador|envoy|"
    r"judge|lawyer|solicitor|barrister|accountant|analyst|researchers?|scientist|"
    r"historian|curator|artist|musician|actor|producer|editor|journalist|writer|poet|"
    r"novelist|librarians?|warden|ranger|fisherman|crofter|shepherd|gardener|cyclist|"
    r"haulier|violinist|councillor|alderman|mp|peer|baroness|lord|neighbours?|friend|"
    r"colleagues?|counterpart|predecessor|successor|son|daughter|brother|sister|wife|"
    r"husband|widow|pensioner|veteran|patients?|customers?|claimant|graduate|learner|"
    r"trainee|entrant|winner|girl|boy|man|woman|teenager|child|mentor|caretaker|porter|"
    r"cleaner|receptionist|administrator|registrar|superintendent|bursar|statistician|"
    r"psychologist|therapist|physiotherapist|dentist|vet|hairdresser|postman|postwoman|"
    r"miner|paramedic|firefighter|soldier|sailor|"
    r"\w+(?:ologist|ographer|smith|keeper|holder|maker|monger|wright))\b",
    re.IGNORECASE,
)
# a word before a first name that is likelier a trade than a name: "Conductor Jo Lee"
TRADE = re.compile(r"[A-Z][a-z]+(?:tor|sor|ist|ian|eer|yer|per|ner|ger|ier|ser|ter|der|ver|ler)")
# behind a title these are offices, not surnames: "Mr Mayor", "Lord Chancellor"
NO_SURNAME = re.compile(
    r"Mayor|Chair(?:man|woman)?|Speaker|President|Minister|Leader|Chancellor|Provost|Manager|"
    r"Secretary|Lieutenant|Practice|Election|Projects"
)
_WRITTEN = r"[A-Z][\w’'-]*(?:[ \n](?:(?:of|for|the)[ \n]){0,2}[A-Z][\w’'-]*)*"
# an office over several things, up to a name: "Secretary of State for Work and Pensions, "
OFFICE_OVER_SEVERAL = re.compile(
    rf"(?i:{ROLE_NOUN.pattern})(?:\s+of\s+State)?\s+(?:of|for)\s+(?:the\s+)?"
    rf"(?:{_WRITTEN}(?:,\s+{_WRITTEN})*,?\s+(?:and|&)\s+(?!(?i:{ROLE_NOUN.pattern})){_WRITTEN}"
    r"|(?:[a-z-]+[ \n]){1,3}and(?:[ \n][a-z-]+){1,3}),?\s*$"
)
MAY_BE_OVER_SEVERAL = re.compile(r"\s(?:of|for)\s(?s:.)*\s(?:and|&)\s")
COUPLE = re.compile(
    rf"(?<![\w’'-][ ])\b(?P<one>{PART})[ ](?:and|&)[ ](?P<other>{PART})[ ](?P<family>{PART})"
)
_AREA = r"[A-Z][\w’'-]+"
# the same, in front of the name: "Culture, Media and Sport Secretary"
SEVERAL_IN_OFFICE = (
    rf"(?:(?:Shadow|Former|Deputy|Assistant)[ \n])?(?:{_AREA},[ \n])*{_AREA},?[ \n](?:and|&)[ \n]"
    rf"(?:{_AREA}[ \n]){{1,3}}?(?=[A-Z])(?i:{ROLE_NOUN.pattern})"
)
OFFICE_OF_SEVERAL = re.compile(rf"\b{SEVERAL_IN_OFFICE}(?=,?[ \n][A-Z])")
POSSESSIVE = ("’s", "'s")
# which of two people of one name: "Tom Ash junior", but no "junior doctors"
RANK = re.compile(r"[ \n](senior|junior|snr|jnr|the elder|the younger)\b(?![ \n][a-z]+(?:s|er)\b)")
RANKS = re.compile(r"[ ](?:[SsJj](?:enior|unior|nr|r\.?)|the elder|the younger)$")
AGE = re.compile(r"(?:aged )?\d{1,3}(?! ?(?:per|%|years? of))")


@dataclass(frozen=True, slots=True)
class Named:
    """A run of words that may name a person, titles and honours included."""

    start: int
    end: int
    name: str  # "Tom Ash", or a surname or first name alone
    honours: tuple[str, ...]

    @property
    def titled(self) -> bool:
        """Whether a title or an honour makes it a person."""
        return bool(self.honours)


@lru_cache(1 << 12)  # most sentences are asked for more than once
def names(text: str, start: int, end: int, common: frozenset[str]) -> tuple[Named, ...]:
    """Every run of capitalised words in `text[start:end]` that can be a person's name.

    common: words that the document also writes in lower case; they open no name.
    """
    return tuple(
        with_rank(text, end, without_place(text, start, found))
        for run in RUN.finditer(text, start, end)
        for found in named(text, run.start(), run.end(), common)
        if found.titled or not OFFICE_OF_SEVERAL.match(text, found.start, end)
    )


def couples(text: str, start: int, end: int) -> Iterator[Named]:
    """Both people of "Ann and Bob Lee", with the name that they share."""
    for match in COUPLE.finditer(text, start, end):
        family = match.group("family")
        yield Named(match.start(), match.end("one"), f"{match.group('one')} {family}", ())
        yield Named(match.start("other"), match.end(), f"{match.group('other')} {family}", ())


def named(text: str, start: int, end: int, common: frozenset[str]) -> Iterator[Named]:
    """The names in one run of capitalised words: after each title, or at the run's end."""
    at = start
    while at < end:
        begin, titles = at, []
        while title := TITLE.match(text, at, end):
            titles.append(PLURAL_TITLE.sub(r"\1", title.group()))
            at = skip_space(text, title.end(), end)
        until = next_title(text, at, end)
        words = list(WORD.finditer(text[at:until]))
        if words and titles and is_office(text, at, words[0].group(), titles, common):
            titles = []  # "Lord Mayor", "General Practice"
        found = one_name(text, at, words, titles, common)
        if found is not None and (titles or until == end or " " in found.name):
            yield replace(found, start=begin) if titles else found  # no "Local" of "Local MP Sir"
        at = skip_space(text, until, end)


def is_office(text: str, at: int, word: str, titles: Sequence[str], common: frozenset[str]) -> bool:
    """Whether the word behind a title is no surname: "Lord Mayor", "General Terms of Sale"."""
    over = TITLE.match(word + " ") and text.startswith(" of ", at + len(word))
    described = titles[-1] in ALSO_ADJECTIVES and word.lower() in common
    return bool(over or described or NO_SURNAME.fullmatch(word))


def one_name(
    text: str,
    at: int,
    words: Sequence[re.Match[str]],
    titles: Sequence[str],
    common: frozenset[str],
) -> Named | None:
    """The name that words found from `at` on make, less what leads up to it."""
    own = len(words)
    while own and HONOUR.fullmatch(words[own - 1].group()):
        own -= 1
    honours = [word.group() for word in words[own:]]
    owner = next((n for n, w in enumerate(words) if w.group().endswith(POSSESSIVE)), own)
    if titles and owner < own:  # "Mr Lee’s Universal Credit"
        own, honours = owner + 1, []
    name = [word.group() for word in words[:own]]
    lead = 0 if titles else lead_length(name, common)
    if own <= lead:
        return None
    last = at + (words[-1] if honours else words[own - 1]).end()
    if name[-1].endswith(POSSESSIVE):
        name[-1] = name[-1][:-2]
        last -= 0 if honours else 2
    start = at + words[lead].start()
    return Named(start, last, " ".join(name[lead:]), (*titles, *honours))


def skip_space(text: str, at: int, end: int) -> int:
    """The next position that holds no white space."""
    while at < end and text[at].isspace():
        at += 1
    return at


def next_title(text: str, at: int, end: int) -> int:
    """Where the next title stands in a run, or its end."""
    title = NEXT_TITLE.search(text, at + 1, end)
    return title.start() if title else end


def office_over_several(before: str) -> re.Match[str] | None:
    """The office over several things that what leads up to a name ends with, if any."""
    can_be = MAY_BE_OVER_SEVERAL.search(before) is not None
    return OFFICE_OVER_SEVERAL.search(before) if can_be else None  # the search is a slow one


def lead_length(words: Sequence[str], common: frozenset[str]) -> int:
    """How many words at the start of a run belong to no name."""
    lead = 0
    for index, word in enumerate(words):
        foreign = (
            is_no_name(word)
            or (index < len(words) - 1 and word.endswith((*POSSESSIVE, "s’")))
            or (len(words) - index > 2 and opens_no_name(word, common))
        )
        if foreign:
            lead = index + 1
    return lead


@lru_cache(1 << 14)  # the same capitalised words come again and again
def is_no_name(word: str) -> bool:
    """Whether a capitalised word belongs to no name, wherever it stands."""
    return bool(
        word in NO_NAME
        or ROLE_NOUN.fullmatch(word)
        or ORGANISATION.fullmatch(word)
        or word.startswith(("I’", "I'"))
        or "-of-" in word
    )


def with_rank(text: str, end: int, candidate: Named) -> Named:
    """ "Tom Ash junior" is not Tom Ash, his father."""
    rank = RANK.match(text, candidate.end, end)
    if rank is None or candidate.titled or " " not in candidate.name:
        return candidate
    return replace(candidate, end=rank.end(), name=f"{candidate.name} {rank.group(1)}")


def opens_no_name(word: str, common: frozenset[str]) -> bool:
    """Whether a word before two others is a trade or a common word, and no "van" or "de"."""
    if re.fullmatch(PARTICLE, word):
        return False
    return word.lower() in common or TRADE.fullmatch(word) is not None


def without_place(text: str, start: int, candidate: Named) -> Named:
    """ "Mayor of Greater Northam Jo Lee": the last two words are the name."""
    words = candidate.name.split()
    if len(words) < 3 or candidate.titled:
        return candidate
    name = " ".join(words[-2:])
    before = text[start : candidate.start]
    office = f"{before}{' '.join(words[:-2])} "
    if not (
        re.search(r"(?:\b(?:of|for|at)|[Ss]ecretary to)\s+(?:the\s+)?(?:[A-Z][\w’-]*\s+)*$", before)
        or office_over_several(office)
    ):
        return candidate
    at = text.rindex(words[-2], candidate.start, candidate.end)
    return Named(at, candidate.end, name, candidate.honours)
