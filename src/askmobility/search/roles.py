"""Offices, callings and bodies of UK public life, and which of them are kinds of which."""

from __future__ import annotations

import re
from collections.abc import Mapping

from askmobility.search.phrases import Phrases
from askmobility.search.words import word_set


def phrase_set(phrases: str) -> frozenset[str]:
    """The phrases of a table written as running text, parted by commas."""
    return frozenset(phrases.split(", "))


# concept: the words for it. A plural in -s or -ies is understood.
_WORDS: Mapping[str, str] = {
    "mayor": "mayor, metro mayor, regional mayor, mayoress",
    "leader": "leader",
    "councillor": "councillor, cllr, alderman, ward member",
    "cabinet member": "cabinet member, portfolio holder, executive member, lead member, "
    "executive councillor",
    "minister": "minister, secretary of state, undersecretary, under secretary, "
    "parliamentary secretary, cabinet secretary, first minister",
    "prime minister": "prime minister, pm, premier",
    "chancellor of the exchequer": "chancellor of the exchequer",
    "member of parliament": "mp, member of parliament, msp, backbencher, parliamentarian, "
    "member of the senedd, mla",
    "peer": "peer, baroness, baron, viscount",
    "commissioner": "commissioner, pcc",
    "politician": "politician, elected member, elected representative",
    "chair": "chair, chairman, chairwoman, chairperson, convener, convenor, president",
    "chief executive": "chief executive, chief executive officer, chief exec, ceo, chief officer",
    "managing director": "managing director, md",
    "director": "director",
    "head of school": "head teacher, headteacher, headmaster, headmistress, principal, "
    "executive head, headship, school leader, head mistress, head master",
    "head": "head",
    "vice-chancellor": "vice-chancellor, vice chancellor, vc, provost",
    "dean": "dean",
    "manager": "manager, supervisor, team leader",
    "owner": "owner, proprietor, landlord, landlady, publican, founder, co-founder",
    "boss": "boss, in charge, gaffer, top brass",
    "secretary": "secretary",
    "union official": "shop steward, trade unionist, unionist, union official, "
    "union organiser, general secretary, regional secretary, branch secretary",
    "spokesperson": "spokesperson, spokesman, spokeswoman, press officer",
    "officer": "officer, official, civil servant",
    "police": "police officer, policeman, policewoman, constable, pc, pcso, sergeant, "
    "superintendent, detective, cop, copper, chief constable, chief inspector",
    "inspector": "inspector",
    "judge": "judge, magistrate, sheriff",
    "coroner": "coroner",
    "lawyer": "lawyer, solicitor, barrister",
    "academic": "professor, prof, academic, researcher, lecturer, scholar, boffin, "
    "university expert",
    "economist": "economist",
    "evaluator": "evaluator",
    "doctor": "doctor, gp, consultant, physician, surgeon, medic",
    "nurse": "nurse, ward sister, matron",
    "midwife": "midwife",
    "teacher": "teacher, schoolteacher, tutor, instructor",
    "governor": "governor",
    "bishop": "bishop, archbishop",
    "clergy": "vicar, priest, reverend, rev, rector, chaplain, minister of religion, imam, rabbi, "
    "pastor",
    "student": "student, undergraduate, learner, pupil, schoolgirl, schoolboy",
    "apprentice": "apprentice, trainee, intern",
    "child": "child, kid, youngster, teenager, teen, girl, boy, lad, lass, young person, youth",
    "mother": "mother, mum, mam, mummy, mom",
    "father": "father, dad, daddy",
    "parent": "parent",
    "grandparent": "grandparent, grandmother, grandfather, gran, nan, nana, grandad, granny, "
    "grandma, grandpa",
    "spouse": "wife, husband, partner, widow, widower",
    "sibling": "brother, sister",
    "offspring": "son, daughter",
    "carer": "carer, foster carer, childminder",
    "resident": "resident, locals, neighbour, villager, householder, tenant, homeowner, townsfolk",
    "volunteer": "volunteer",
    "campaigner": "campaigner, activist, protester",
    "worker": "worker, employee, member of staff",
    "employer": "employer",
    "business person": "businessman, businesswoman, businessperson, business owner, entrepreneur",
    "trader": "trader, shopkeeper, stallholder, market trader, retailer",
    "driver": "driver, motorist, trucker, lorry driver, bus driver, cabbie, cabby, taxi driver",
    "farmer": "farmer",
    "engineer": "engineer",
    "analyst": "analyst, statistician, number cruncher",
    "customer": "customer, shopper, passenger, commuter, user, patient, client",
    "coach": "coach, mentor, adviser, advisor, careers leader, coordinator, co-ordinator",
    "author": "author, writer, blogger",
    "pensioner": "pensioner, oap, old lady, old man, old boy, old girl, elderly man, "
    "elderly woman, "
    "old woman",
    "scientist": "scientist",
}

# concept: the wider concepts it falls under
_WIDER: Mapping[str, tuple[str, ...]] = {
    "mayor": ("politician",),
    "councillor": ("politician",),
    "cabinet member": ("councillor", "politician"),
    "minister": ("politician",),
    "prime minister": ("minister", "politician"),
    "chancellor of the exchequer": ("minister", "politician"),
    "member of parliament": ("politician",),
    "peer": ("politician",),
    "leader": ("boss",),
    "chair": ("boss",),
    "chief executive": ("boss",),
    "managing director": ("chief executive", "director", "boss"),
    "director": ("boss",),
    "head of school": ("head", "boss"),
    "head": ("boss",),
    "vice-chancellor": ("boss",),
    "dean": ("boss",),
    "manager": ("boss",),
    "owner": ("boss",),
    "police": ("officer",),
    "student": ("child",),
    "apprentice": ("student", "worker"),
    "mother": ("parent",),
    "father": ("parent",),
    "trader": ("business person",),
    "employer": ("boss",),
    "nurse": ("worker",),
    "driver": ("worker",),
    "teacher": ("worker",),
}

# offices that one person at a time holds over one place or body: another place, another person
OFFICES = phrase_set(
    "mayor, leader, cabinet member, minister, prime minister, chancellor of the exchequer, "
    "member of parliament, peer, chair, chief executive, managing director, head of school, "
    "vice-chancellor, judge, coroner, bishop, commissioner"
)

# offices that always go with a place or a charge: whoever holds another is somebody else
SEATS = phrase_set(
    "mayor, minister, prime minister, chancellor of the exchequer, member of parliament, bishop, "
    "vice-chancellor, cabinet member"
)

POLITICAL = phrase_set(
    "politician, mayor, leader, councillor, cabinet member, minister, member of parliament, peer"
)

# bodies that speak, and words that stand for the same body
_BODIES: Mapping[str, str] = {
    "union": "union, branch secretary, general secretary, shop steward, convenor, unison, "
    "unite, gmb, tuc, guild",
    "council": "council, authority, borough, town hall",
    "college": "college",
    "school": "school, academy, primary, sixth form, nursery",
    "university": "university, uni, institute",
    "charity": "charity, foundation, trust, campaign",
    "company": "company, firm, ltd, plc, limited",
    "police": "police, constabulary, force",
    "hospital": "hospital, nhs, health board, clinic, surgery",
    "commission": "commission",
    "association": "association, society, federation, alliance, network, lobby, chamber, forum, "
    "group, club, "
    "hospice, centre",
    "department": "department, ministry, dfe, dwp, treasury",
    "party": "party, labour, conservatives, tories, lib dems, greens, reform",
    "service": "service, board, panel, committee, agency, regulator, inspectorate, ofsted, ofcom",
    "church": "church, diocese, mosque, synagogue",
    "housing association": "housing association, housing trust, social landlord",
}

_DEPARTMENTS = (
    "education|transport|health|home|foreign|business|housing|communities|levelling up|culture|"
    "defence|environment|energy|justice|work and pensions|pensions|trade|technology|science|"
    "treasury|net zero|skills|employment|rail|roads|schools|care|social care|immigration"
)
# "the Education Secretary": an office of state whose department is its modifier
MINISTER = re.compile(rf"\b(?:shadow )?(?:{_DEPARTMENTS}) secretary\b")

# says that the holder of an office is not the one who is meant by its bare name
QUALIFIERS: Mapping[str, str] = {
    "former": "former", "ex": "former", "previous": "former", "outgoing": "outgoing",
    "old": "former",
    "predecessor": "former",
    "retired": "former",
    "deputy": "deputy", "vice": "deputy", "assistant": "deputy", "acting": "acting",
    "interim": "acting", "shadow": "shadow", "future": "future",
    "incoming": "future", "next": "future", "elect": "future", "honorary": "honorary",
}  # fmt: skip

# whoever they are, the words around them say it
GENERIC_PEOPLE = word_set(
    """man woman lady gentleman bloke chap guy person fella fellow gal people folk folks men women
    ladies blokes guys chaps persons somebody someone rep representative representatives member
    members figure voice speaker one"""
)

SOMEBODY = word_set(
    "man woman lady gentleman bloke chap guy fella fellow gal rep representative spokesperson"
)

# where people are and what belongs to them, in the asker's words and in the text's
NEAR_PLACES: Mapping[str, tuple[str, ...]] = {
    "merseyside": ("liverpool",), "scouse": ("liverpool",), "tyneside": ("newcastle", "tyne"),
    "geordie": ("newcastle", "tyne"), "teesside": ("tee",), "brummie": ("birmingham",),
    "mancunian": ("manchest",), "manc": ("manchest",), "brum": ("birmingham",),
    "wearside": ("sunderland",), "humberside": ("hull", "humber"),
    "gm": ("manchest",), "wm": ("midland",), "yorks": ("yorkshir",), "lincs": ("lincolnshir",),
    "lancs": ("lancashir",), "notts": ("nottinghamshir",), "cambs": ("cambridgeshir",),
    "n": ("north", "northern"), "e": ("east", "eastern"), "s": ("south", "southern"),
    "w": ("west", "western"),
}  # fmt: skip


ROLES = Phrases(_WORDS)
BODIES = Phrases(_BODIES)

# what somebody does, for what they are: "Jo Lee, who runs a bakery and chairs the guild"
_DOES: Mapping[str, frozenset[str]] = {
    "chairs": phrase_set("chair"), "owns": phrase_set("owner"), "manages": phrase_set("manager"),
    "runs": phrase_set("owner, manager"), "leads": phrase_set("leader"),
    "heads": phrase_set("head"), "founded": phrase_set("owner"), "teaches": phrase_set("teacher"),
}  # fmt: skip
_DOING = re.compile(rf"\b(?:who|and) (?:also |now |still )?({'|'.join(_DOES)})\b")

_HEAD_OF_SCHOOL = re.compile(
    r"\bhead (?:of|at) .*\b(?:school|academy|primary|high|college|grammar)\b|"
    r"\b(?:school|academy|primary|college) head\b"
)


def wider(concept: str) -> frozenset[str]:
    """The concept and all that it falls under."""
    found = {concept}
    for above in _WIDER.get(concept, ()):
        found |= wider(above)
    return frozenset(found)


def concepts(text: str) -> frozenset[str]:
    """What a role as worded in a text makes somebody, wider concepts included.

    text: lower case. "ceo and principal of a college" is a chief executive, a head of school,
    a head and a boss.
    """
    named = ROLES.find(text)
    singular = [role for role in named if not role.plural]
    found: set[str] = set()
    for role in singular or named:
        found |= wider(role.concept)
    for does in _DOING.findall(text):
        found |= _DOES[does]
    if MINISTER.search(text):
        found |= wider("minister")
    if "head" in found and _HEAD_OF_SCHOOL.search(text):
        found |= wider("head of school")
    if "leader" in found and "council" in text:
        found |= {"councillor", "politician"}
    return frozenset(found)


def bodies(text: str) -> frozenset[str]:
    """The kinds of body that a lower-case text names."""
    return frozenset(body.concept for body in BODIES.find(text))
