"""The people a text names: where it introduces them, and whom a later mention means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from askmobility.documents.names import (
    AGE,
    HONOUR,
    NO_SURNAME,
    ORGANISATION,
    RANKS,
    ROLE_NOUN,
    SEVERAL_IN_OFFICE,
    TITLE,
    Named,
    names,
    office_over_several,
)
from askmobility.documents.verbs import VERB
from askmobility.types import Span, Speaker

Gender = Literal["he", "she", ""]
HE = frozenset(("Mr", "Sir", "Lord", "Baron", "Viscount", "Earl", "Father", "Fr"))
SHE = frozenset(("Mrs", "Ms", "Miss", "Dame", "Lady", "Baroness", "Sister"))
KNIGHTLY = frozenset(("Sir", "Dame"))  # titles that go with the first name
FEMALE_ROLE = re.compile(
    r"\b(?:\w*woman|mother\S*|mum|grand(?:mother|ma)|daughter|sister|wife|widow|girl|"
    r"landlady|actress|her (?:own|late))\b",
    re.IGNORECASE,
)
MALE_ROLE = re.compile(
    r"\b(?:spokesman|chairman|father\S*|dad|grand(?:father|dad)|son|brother|husband|"
    r"boy|landlord|fisherman)\b",
    re.IGNORECASE,
)
OTHER_OFFICE = frozenset(
    ("former", "ex", "deputy", "vice", "assistant", "late", "previous", "shadow", "interim")
)
_BODIES = (
    r"(?:provider|operator|firm|company|charity|contractor|supplier|developer|trust|group|union|"
    r"agency|campaign|scheme|project|network|watchdog|regulator|council|landlord|business|shop|"
    r"college|school|brand|app|trade body|publisher)"
)
BODY = re.compile(rf"\b{_BODIES}s?,?\s+$", re.IGNORECASE)
PLACE = re.compile(
    r"\b(?:Street|Lane|Close|Avenue|Terrace|Crescent|Drive|Way|Row|Place|Quay|Wharf|Fields?|Hill|Green|"
    r"Park|Wood|Common|Bridge|Baths|Hall|House|Church|Farm|Estate|Rangers|Rovers|Lettings|Valley|"
    r"Bay|Coast|Forest|Castle)$"
)
# before a name: what makes it a place or somebody else's, unless more is known of it
PREPOSITION = re.compile(
    r"\b(?:in|at|of|from|on|near|to|with|like|unlike|than|for|about|against|under|into|via|through|"
    r"between|across|around)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
CALLED = re.compile(r"-year-old\s+$|\b(?:called|named|I’m|I'm|I am)\s+$|\b[Ss]peaker:\s+$")
CLAUSE_BREAK = re.compile(
    r"[;:!?(]|[.](?=\s+\S)|[“”\"\x00]|\b(?:and|but|while|whereas|because|that|although|though|when|"
    r"where|which|who|said|says|told|with|by)\b"
)
# what a noun phrase with a role starts after: "In May our manager" is a "manager"
NOUN_PHRASE = re.compile(
    r"\b(?:the|a|an|one|another|its|their|our|his|her|my|your|from|to|out|is|was|are|were|for|among|"
    r"under|Like|Unlike|In|At|For|But|And|While|Although|Yet|So|Then)\s+",
)
OFFICE_IN_FRONT = re.compile(rf"(?:^|(?<=\s)){SEVERAL_IN_OFFICE},?\s*$")
OWNED = re.compile(r"\b(?:the|a|an|its|their|our|his|her|my|your|one)\s|[’']s?\s", re.IGNORECASE)
NEAR_TRADE = re.compile(
    r"\b(?!(?:after|over|under|never|other|however|later|former|for|nor|or|whether|rather|together|"
    r"provider|operator|contractor|supplier|developer|retailer|manufacturer|regulator|employer|"
    r"sector|nearer|further|better|per)\b)[a-z]{2,}(?:er|or|ist|ian)$"
)
TRAILING_PREPOSITION = re.compile(r"\b(?:of|for|at|in|from|to|and|on|the|with|by)$")
VERBAL = re.compile(
    r"(?:was|is|were|are|has|had|have|got|will|would|said|says|told|asked|added|put|gave|went|came|"
    r"made|left|drives|does|did|can|could|may|should|in|on|to|by|with|[a-z]+ed)\b"
)
# what makes words behind a name a clause of its own, and no role
CLAUSE = re.compile(
    r"^(?:if|unless|then|and|or|but|as)\b"
    r"|\b(?:he|she|we|they|it|is|are|was|were|has|have|had|can|could|may|must|shall|should|will|would)\b"
)
# the people behind these are others: "Jo Lee, alongside the leaders of five councils"
COMPANION = re.compile(
    r"(?:alongside|along with|together with|with|like|including|joined by|flanked by|as well as)\b",
    re.IGNORECASE,
)
ORGANISATION_OF = re.compile(r"(?:\b(?:of|at)|,)\s+((?:the\s+|The\s+)?(?:charity\s+)?[A-Z][^,;]*)$")
OWNER = re.compile(
    r"((?:[A-Z][\w&-]*\s+(?:of\s+|for\s+|and\s+|the\s+)*)+?[A-Z]\w+)(?:’s|')?\s+(?=\w+$|[a-z])"
)
AREA_ROLE = re.compile(
    r"\b(?:mayor|minister|bishop|archbishop|member|secretary|head|director|lead)\b(?!.*\bexecutive)",
    re.IGNORECASE,
)
DETERMINER = re.compile(
    r"^(?:the|a|an|its|their|our|his|her|my|your|one|another)\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """Where a text says who somebody is."""

    speaker: Speaker
    named: Named
    span: Span  # role, name and what stands in apposition to it
    roles: tuple[str, ...] = ()  # every wording of the role, titles included


@dataclass(slots=True)
class Register:
    """Everybody introduced in one document. A mention that could mean two people means none."""

    common: frozenset[str]
    introductions: dict[str, Introduction] = field(default_factory=dict)
    genders: dict[str, Gender] = field(default_factory=dict)
    by_word: dict[str, list[str]] = field(default_factory=dict)  # by first name and by surname

    def add(self, introduction: Introduction) -> None:
        """Remember a person; the first introduction that tells a role stays."""
        name = introduction.speaker.name
        gender = gender_of(introduction)
        if gender and self.genders.get(name, gender) != gender:
            name = f"{introduction.speaker.honours[0]} {name}"  # Mr Lee is not Mrs Lee
        known = self.introductions.get(name)
        if known is None:
            self.introductions[name] = introduction
            words = RANKS.sub("", introduction.speaker.name).split()
            for word in {words[0], words[-1]}:
                self.by_word.setdefault(word, []).append(name)
        elif known.speaker.role:
            roles = tuple(dict.fromkeys((*known.roles, *introduction.roles)))
            self.introductions[name] = replace(known, roles=roles)
        elif introduction.speaker.role:
            honours = known.speaker.honours or introduction.speaker.honours
            self.introductions[name] = replace(
                introduction, speaker=replace(introduction.speaker, honours=honours)
            )
        if gender:
            self.genders.setdefault(name, gender)

    def find(self, named: Named) -> Speaker | None:
        """The person a full name, surname or first name means, if it is exactly one."""
        gender = gender_by_title(named.honours)
        found = {
            name: self.introductions[name].speaker
            for name in self.likely(named)
            if not gender or self.genders.get(name, "") in ("", gender)
        }
        if named.name in found and " " in named.name:
            return found[named.name]
        if len(found) > len({RANKS.sub("", name) for name in found}):
            return None  # the father or the son
        if len(found) > 1:  # "Cllr Lee" is the councillor, "Ms Lee" the one who is a "she"
            found = {
                name: speaker
                for name, speaker in found.items()
                if (gender and self.genders.get(name) == gender)
                or not set(named.honours).isdisjoint(speaker.honours)
            }
        return next(iter(found.values())) if len(found) == 1 else None

    def ambiguous(self, named: Named) -> bool:
        """Whether a surname or first name fits more than one person."""
        return len(self.likely(named)) > 1

    def likely(self, named: Named) -> list[str]:
        """The people whom a mention can mean, whatever its title."""
        last = RANKS.sub("", named.name).split()[-1]
        return [
            name
            for name in self.by_word.get(last, ())
            if means(named, self.introductions[name].speaker.name)
        ]

    def by_role(self, phrase: str) -> Speaker | None:
        """The one person whose role holds every word of "the council leader"; None if open."""
        words = words_of(DETERMINER.sub("", phrase))
        found = [
            introduction.speaker
            for introduction in self.introductions.values()
            if words and any(holds(role, words) for role in introduction.roles)
        ]
        return found[0] if len(found) == 1 else None

    def by_initials(self, letters: str) -> Speaker | None:
        """The one person with these initials."""
        found = [
            introduction.speaker
            for name, introduction in self.introductions.items()
            if len(name.split()) > 1 and initials(name) == letters
        ]
        return found[0] if len(found) == 1 else None

    def gender(self, speaker: Speaker) -> Gender:
        """The pronoun that the text shows for somebody, or ""."""
        return self.genders.get(speaker.name, "")


def holds(role: str, words: set[str]) -> bool:
    """Whether an office named by `words` is this role: "the mayor" is no former mayor."""
    own = words_of(role)
    return words <= own and own & OTHER_OFFICE <= words


def words_of(phrase: str) -> set[str]:
    """The words of a phrase, lower case."""
    return set(re.findall(r"[\w-]+", phrase.lower()))


def means(named: Named, name: str) -> bool:
    """Whether a mention can mean the person of this full name."""
    if named.name == name:
        return True
    if RANKS.sub("", name) == named.name:
        return True
    if RANKS.search(named.name):
        return False
    said, full = named.name.split(), RANKS.sub("", name).split()
    if len(said) == 1:
        by_first = not named.honours or not KNIGHTLY.isdisjoint(named.honours)
        return said[0] == full[-1] or (by_first and said[0] == full[0])
    if said[-1] != full[-1]:
        return False
    return said[0][0] == full[0][0] and (said[0].endswith(".") or full[0].endswith("."))


def initials(name: str) -> str:
    """The first letters of a name's words."""
    return "".join(word[0] for word in name.split())


def gender_by_title(honours: Sequence[str]) -> Gender:
    """What a title says."""
    if any(title in HE for title in honours):
        return "he"
    return "she" if any(title in SHE for title in honours) else ""


def gender_of(introduction: Introduction) -> Gender:
    """What title and role say."""
    by_title = gender_by_title(introduction.speaker.honours)
    if by_title:
        return by_title
    role = introduction.speaker.role
    if FEMALE_ROLE.search(role):
        return "she"
    return "he" if MALE_ROLE.search(role) else ""


def introductions(
    masked: str, start: int, end: int, common: frozenset[str]
) -> Iterator[Introduction]:
    """The people introduced in one sentence: named, with a title, an age or a role beside."""
    for candidate in names(masked, start, end, common):
        found = introduced(masked, start, end, candidate)
        if found is not None and not is_term(masked, candidate, common):
            yield found


def is_term(masked: str, candidate: Named, common: frozenset[str]) -> bool:
    """Whether the text also writes a name all in lower case: "Fair Value (12)"."""
    name = candidate.name.lower()
    return common.issuperset(name.split()) and name in masked


def introduced(
    masked: str, start: int, end: int, candidate: Named, *, told: bool = False
) -> Introduction | None:
    """The introduction that one run of capitalised words is, or None if it is no person.

    told: whether something else, such as a verb of saying, shows that it is one.
    """
    left = masked[start : candidate.start]
    single = " " not in candidate.name
    if not can_name(candidate) or (single and not stands_out(masked, left, candidate)):
        return None
    office_ends = without_article(masked, start, candidate)
    begin, before = role_before(masked, start, office_ends, titled=candidate.titled)
    begin = begin if before else candidate.start
    reach, after, aged = role_after(masked, candidate.end, end)
    called = CALLED.search(left) is not None or is_person_by_pronoun(masked, start, end, candidate)
    sure = bool(candidate.titled or aged or called or (before and after))
    apposed = before and left.rstrip().endswith(",")
    if single and not (candidate.titled or aged or called or after or apposed):
        return None
    if single and not (candidate.titled or after) and is_place(masked, left, candidate.end):
        return None
    if (PREPOSITION.search(left) and not sure) or (BODY.search(left) and not candidate.titled):
        return None
    if not (sure or told or before or after):
        return None
    if PLACE.search(candidate.name) and not (candidate.titled or aged or before):
        return None
    role = before or after
    speaker = Speaker(candidate.name, candidate.honours, role, organisation_in(role))
    roles = tuple(wording for wording in (before, after, *candidate.honours) if wording)
    return Introduction(speaker, candidate, Span(begin, reach), roles)


def without_article(masked: str, start: int, candidate: Named) -> int:
    """Where what leads up to a name ends: "its chair, the Rt Hon Jo Lee" has "the" of the title."""
    article = re.search(r"(?<=,)\s+[Tt]he\s+$", masked[start : candidate.start])
    return start + article.start() if article and candidate.titled else candidate.start


def can_name(candidate: Named) -> bool:
    """Whether a run of words is shaped like a person's name, whatever stands around it."""
    words = candidate.name.split()
    return not (
        len(candidate.name) == 1
        or HONOUR.fullmatch(candidate.name)
        or ORGANISATION.fullmatch(words[-1])
        or any(word.isupper() and len(word) > 3 for word in words)
        or (len(words) == 1 and NO_SURNAME.fullmatch(candidate.name))
    )


def is_called_a_body(masked: str, name: str) -> bool:
    """Whether a text calls what bears a name a charity or a firm, or says "which" of it."""
    body = rf"(?:the|an?)\s+(?:[\w’'-]+\s+){{0,3}}{_BODIES}\s+(?:that|which|for)\b"
    return re.search(rf"{re.escape(name)},\s+(?:which\b|{body})", masked) is not None


def stands_out(masked: str, left: str, candidate: Named) -> bool:
    """Whether there can be evidence at all that one word alone is a person."""
    following = masked[candidate.end : candidate.end + 2]
    return bool(
        candidate.titled
        or following.startswith((",", " ("))
        or left.endswith(", ")
        or CALLED.search(left)
    )


def is_place(masked: str, left: str, at: int) -> bool:
    """Whether one word is where somebody is from, or one of several things an office is over.

    So it is in "a porter from Harwick, who ..." and in "Secretary of State for Trade, Farming and
    Fisheries".
    """
    if re.search(r"\b(?:in|at|from|near|of|across)\s+$", left):
        return re.match(r"\s*(?:\(|,\s*(?:aged\s+)?\d)", masked[at:]) is None
    return left.endswith(", ") and re.match(r"\s+(?:and|&)\s+[A-Z]", masked[at:]) is not None


def is_person_by_pronoun(masked: str, start: int, end: int, candidate: Named) -> bool:
    """ "For Jo Lee, that is no choice she has": a sentence opens with a name, then says "she"."""
    left = masked[start : candidate.start].strip()
    if " " not in candidate.name or left not in ("", "For", "But", "And"):
        return False
    return re.search(r"\b(?:he|she|his|her|him)\b", masked[candidate.end : end]) is not None


def role_before(masked: str, start: int, at: int, *, titled: bool) -> tuple[int, str]:
    """(where it starts, the role) that stands before a name: "union regional officer", or "".

    Before a comma a bare role ("Principal, Kings College") tells of a body, not of a person.
    """
    begin = start
    bracket = at > start and masked[at - 1] == "("  # "The Mayor (Cllr Lee)"
    at -= bracket
    left = masked[start:at]
    several = office_over_several(left) or OFFICE_IN_FRONT.search(left)
    office = start + several.start() if several else at
    for match in CLAUSE_BREAK.finditer(masked, start, at):
        begin = match.end() if match.start() < office else begin
    phrase = masked[begin:at].rstrip()
    apposed = phrase.endswith(",")
    cut = phrase[: office - begin].rstrip(",").rfind(",") + 1
    nouns = list(ROLE_NOUN.finditer(phrase, cut)) or list(NEAR_TRADE.finditer(phrase, cut))
    if not nouns:
        return at, ""
    tail = phrase[nouns[-1].end() :].rstrip(",").strip()
    if tail and not re.match(r"(?:of|for|at|in|from|to|and|on)\b|-", tail):
        return at, ""
    if TRAILING_PREPOSITION.search(phrase.rstrip(",")) or (
        tail and not apposed and tail[:1] == "-"
    ):
        return at, ""
    if apposed and not titled and not OWNED.search(phrase, cut):
        return at, ""
    for match in NOUN_PHRASE.finditer(phrase, cut, nouns[0].start()):
        cut = match.end()
    role = DETERMINER.sub("", " ".join(phrase[cut:].strip(" ,").split()))
    begin += cut + len(phrase[cut:]) - len(phrase[cut:].lstrip())
    told = 0 < len(role) <= 100 and not CLAUSE.search(role)
    return (begin, role) if told else (at + bracket, "")


def role_after(masked: str, at: int, end: int) -> tuple[int, str, bool]:
    """(where it ends, the role, whether an age or "who" stands there) of what follows a name."""
    rest = masked[at:end]
    paren = re.match(r"\s*\(([^()]{1,80})\)", rest)
    if paren:
        inner = paren.group(1)
        # one digit alone is the mark of a note
        age = re.fullmatch(r"[1-9]\d|aged [1-9]\d?", inner) is not None
        if is_role(inner):
            return at + paren.end(), inner, age
        reach, role, told = role_after(masked, at + paren.end(), end)
        return reach, role, age or told
    parts: list[str] = []
    aged, reach = False, at
    for match in re.finditer(r",\s*([^,;:.“”\"\x00()]+)", rest):
        if rest[reach - at : match.start()].strip():
            break
        verb = VERB.search(match.group(1))
        until = match.start(1) + verb.start() if verb else match.end(1)
        part = re.sub(r"^(?:now|then|also|previously)\s+", "", rest[match.start(1) : until]).strip()
        part = re.split(r"\s+(?:who|whose|which)\b", part)[0]
        if re.match(r"who(?:se)?\b", part) and not parts:
            return at + match.end(), "", True
        if AGE.fullmatch(part):
            aged = True
        elif is_role(part) and not parts:
            parts.append(DETERMINER.sub("", part))
        elif parts and part[:1].isupper() and len(part) < 60 and not VERBAL.search(part):
            parts.append(part)
        elif not re.match(r"(?:of|from|at)\b", part):
            break
        reach = at + len(rest[:until].rstrip())
        if verb:
            break
    return reach, ", ".join(parts), aged


def is_role(phrase: str) -> bool:
    """Whether a phrase behind a name says what somebody is: its head is a role, not a verb."""
    noun = ROLE_NOUN.search(phrase)
    return (
        noun is not None
        and len(phrase[: noun.start()].split()) <= 6
        and not VERBAL.match(phrase)
        and not CLAUSE.search(phrase)
        and not COMPANION.match(phrase)
        and not TITLE.match(DETERMINER.sub("", phrase))
    )


def organisation_in(role: str) -> str:
    """The body that a role belongs to, where its words tell: "Leader of Northam Council"."""
    found = None if OFFICE_IN_FRONT.fullmatch(role) else ORGANISATION_OF.search(role)
    if found and not AREA_ROLE.search(role[: found.start()]):
        several = re.split(r"\s+and\s+", found.group(1))
        own = (n for n, part in enumerate(several) if n and ROLE_NOUN.search(part))
        return " and ".join(several[: next(own, None)]).strip()
    owner = None if ROLE_NOUN.match(role) else OWNER.match(role)
    told = owner and ORGANISATION.search(owner.group(1)) and not ROLE_NOUN.search(owner.group(1))
    return owner.group(1) if owner and told else ""
