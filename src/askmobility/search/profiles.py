"""Who somebody is, as their documents say, held against how a question describes them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from askmobility.search.nicknames import nicknames
from askmobility.search.roles import (
    BODIES,
    GENERIC_PEOPLE,
    MINISTER,
    NEAR_PLACES,
    OFFICES,
    QUALIFIERS,
    ROLES,
    bodies,
    concepts,
)
from askmobility.search.words import bare, folded, is_stop, number, stem, tokens, word_set
from askmobility.types import Speaker

TITLES = word_set(
    """mr mrs ms miss mx dr sir dame lord lady baroness baron prof professor cllr councillor cllrs
    councillors rev revd reverend rt right hon honourable pc pcso sister father major colonel
    captain sergeant judge mayor cbe obe mbe mp kbe dbe qpm frs msp alderman chief inspector
    superintendent canon bishop archbishop"""
)
# bodies that publish: by themselves they are the narrator, not somebody quoted
_NARRATORS = frozenset({"council", "commission", "department", "service"})
_PLAIN_ADJECTIVES = word_set(
    """young old older elderly little big new local main top lead leading own poor whole two three
    four five six year years yr yrs yo aged other first last said same actual lovely nice named
    called"""
)
_NEAR: Mapping[str, tuple[str, ...]] = {
    stem(place): tuple(stem(other) for other in others) for place, others in NEAR_PLACES.items()
}
# how letters sound in names, applied in this order to folded names; "h" is mute but in "sh" & co.
_SOUNDS = [
    (re.compile(letters), sound)
    for letters, sound in (
        (r"ph", "f"), (r"eigh$", "ee"), (r"gh$", ""), (r"ck|q|c(?=[^eiyh]|$)", "k"), (r"x", "ks"),
        (r"(?<![aeiou])(?:ey|ie|y)$", "i"), (r"(?<=[^aeiou])e$", ""), (r"ee|ea|ie", "i"),
        (r"a[iye]|e[iy]", "e"), (r"y", "i"), (r"(?<=[a-z])(?<![sctp])h", ""),
        (r"(.)\1+", r"\1"),
    )
]  # fmt: skip
LONG = 6  # letters of a word that is hardly another name, misspelt though it is
_LINKED = re.compile(r"\b(?:of|at|for|from|in|on) ")
_BODY_NAME = re.compile(
    r"[A-Z][\w’'-]+,?(?: (?:(?:of|for|and|the|&) )*[A-Z][\w’'-]+,?)+",
)
_HEAD_OF = re.compile(r"\bheads? of\b")
_AGE = re.compile(
    r"(?:,|\(|aged?|is|am) ?(\d{1,3})(?=,|\)| who|\.|;|:|$| and)|\b(\d{1,2})-year-old"
)
_YEARS_OLD = re.compile(r"\b(\d+) ?(?:yo|y/o)\b")
_HAS_CHILDREN = re.compile(
    r"\b(?:has (?:twins|triplets|(?:a |two |three |four )?(?:daughters?|sons?|child|children|"
    r"kids))|"
    r"whose (?:son|daughter|child|children|kids)|(?:mother|father|parent|mum|dad)[- ]of)\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom one document names. `intro`: the clause that says who they are, if any."""

    speaker: Speaker
    document_id: str
    quoted: bool
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one person, ready to be matched."""

    named: Named
    name: tuple[str, ...]  # folded words of the name, without titles
    concepts: frozenset[str]
    bodies: frozenset[str]
    stems: frozenset[str]
    qualifiers: frozenset[str]
    office_only: bool  # the documents name the office, but not of what or where
    acronyms: frozenset[str]  # of the body that somebody without a name speaks for


@dataclass(frozen=True, slots=True)
class Description:
    """Somebody described by office, calling, body or belonging.

    somebody: whether a word such as "woman" or "rep" says that a person is meant.
    """

    roles: frozenset[str]
    bodies: frozenset[str]
    stems: tuple[str, ...]
    qualifiers: frozenset[str]
    plural: bool
    somebody: bool


def profile(person: Named) -> Profile:
    """What the documents say of the person, ready to be matched."""
    speaker = person.speaker
    role = f"{' '.join(speaker.honours)}, {speaker.role}, {speaker.organisation}".lower()
    intro = person.intro.lower()
    said = f"{role}; {intro}"
    name = tuple(folded(t.text) for t in tokens(speaker.name))
    return Profile(
        named=person,
        name=tuple(part for part in name if part not in TITLES) or name,
        concepts=concepts(role) | concepts(intro) | _of_age(intro),
        bodies=bodies(role) or bodies(intro),
        stems=frozenset(stem(t.text) for t in tokens(said) if not is_stop(t.text)),
        qualifiers=qualifiers(role) if ROLES.find(role) else qualifiers(intro),
        office_only=_is_bare(speaker),
        acronyms=frozenset() if name else _acronyms(f"{speaker.role}, {speaker.organisation}"),
    )


def _acronyms(role: str) -> frozenset[str]:
    """How the bodies named in a role are shortened: "Board for Rail Safety" is the brs or bfrs."""
    found: set[str] = set()
    for body in _BODY_NAME.finditer(role):
        words = body.group().split()
        found.add("".join(word[0] for word in words if word[0].isupper()).lower())
        found.add("".join(word[0] for word in words if word not in ("the", "&")).lower())
    return frozenset(acronym for acronym in found if len(acronym) > 2)


def _is_bare(speaker: Speaker) -> bool:
    """Whether a role is no more than an office: "its president", "owner"."""
    role = speaker.role.lower()
    left = [t.text for t in tokens(ROLES.without(role))]
    return bool(ROLES.find(role)) and not speaker.organisation and all(map(is_stop, left))


def _of_age(intro: str) -> frozenset[str]:
    """What age and children make of somebody."""
    found: set[str] = set()
    age = _AGE.search(intro)
    if age:
        years = int(age[1] or age[2])
        found |= {"child"} if years < 20 else {"pensioner"} if years >= 65 else set()
    if _HAS_CHILDREN.search(intro):
        found |= {"parent", "mother", "father"}
    return frozenset(found)


def qualifiers(lower: str) -> frozenset[str]:
    """What sets an office apart from its present holder's, in words before it."""
    named = ROLES.find(lower)
    if not named:
        return frozenset()
    words = [bare(t.text) for t in tokens(lower[: named[0].start])]
    return frozenset(QUALIFIERS[word] for word in words if word in QUALIFIERS)


def describe(words: str) -> Description | None:
    """Read a description of somebody, in lower case; None if there is nothing in it to go by."""
    roles, plural, rest = _roles_in(words)
    kinds = bodies(rest)
    left = [bare(t.text) for t in tokens(_YEARS_OLD.sub(r"\1 ", BODIES.without(rest)))]
    somebody = any(word in GENERIC_PEOPLE for word in left)
    stems = tuple(stem(word) for word in left if _says_who(word, counts=plural or bool(roles)))
    if not (roles or kinds or stems):  # "the colonel": a title is all there is
        stems = tuple(stem(word) for word in left if word in TITLES)
    if _HEAD_OF.search(words) and "school" not in kinds and "college" not in kinds:
        roles = {"boss" if role == "head" else role for role in roles}
    if (plural and roles == {"leader"} and not kinds) or not (roles or kinds or stems):
        return None
    if not roles and not stems and not somebody and kinds <= _NARRATORS:
        return None
    return Description(frozenset(roles), kinds, stems, qualifiers(words), plural, somebody)


def _roles_in(words: str) -> tuple[set[str], bool, str]:
    """The roles that a description names, whether in the plural, and what it says besides."""
    if _is_body(words):
        return set(), False, words
    roles: set[str] = set()
    rest = words
    if MINISTER.search(words):
        roles.add("minister")
        rest = rest.replace("secretary", " ")
    found = ROLES.find(rest)
    roles.update(role.concept for role in found)
    return roles, any(role.plural for role in found), ROLES.without(rest)


def _is_body(words: str) -> bool:
    """Whether a body itself is described: "the Farmers' Union" is no group of farmers."""
    named = BODIES.find(words)
    return bool(named) and named[-1].end == len(words) and not _LINKED.search(words)


def _says_who(word: str, *, counts: bool) -> bool:
    """Whether a word left over in a description tells one person from another."""
    if is_stop(word) or word in GENERIC_PEOPLE or word in _PLAIN_ADJECTIVES or word in TITLES:
        return False
    return word not in QUALIFIERS and not (counts and number(word) is not None)


def traits(person: Profile) -> frozenset[str]:
    """Everything by which a description may find the person."""
    return person.concepts | person.bodies | frozenset(f"={word}" for word in person.stems)


def required_traits(described: Description) -> list[str]:
    """Traits that everybody has whom the description fits; none if there is no telling."""
    exact = [f"={word}" for word in described.stems if word not in _NEAR]
    return [*described.roles, *described.bodies, *exact]


def fits(described: Description, person: Profile) -> bool:
    """Whether everything the description says holds of the person."""
    return (
        described.roles <= person.concepts
        and described.bodies <= person.bodies
        and (not described.roles & OFFICES or described.qualifiers == person.qualifiers)
        and all(_has(person, wanted) for wanted in described.stems)
    )


def _has(person: Profile, wanted: str) -> bool:
    near = _NEAR.get(wanted, ())
    return wanted in person.stems or any(place in person.stems for place in near)


@lru_cache(maxsize=1 << 15)
def misspelt(asked: str, part: str) -> bool:
    """Whether `asked` is likely meant for `part`: one slip in four letters, two in eight.

    Or it sounds the same, spelt by ear: "Pimm" for "Pym", "Quraishi" for "Qureshi".
    """
    if asked == part:
        return True
    shorter = min(len(asked), len(part))
    if shorter < 3 or asked[0] != part[0]:
        return False
    if _sound(asked) == _sound(part) and not is_stop(asked):
        return True
    if shorter < 4:
        return False
    # few questions get here, and its import costs more than all the rest of this module
    from rapidfuzz.distance import DamerauLevenshtein

    slips = 1 if shorter < 8 else 2
    return DamerauLevenshtein.distance(asked, part, score_cutoff=slips) <= slips


@lru_cache(maxsize=1 << 15)
def _sound(name: str) -> str:
    """How a folded name sounds, its vowels included, or "Dean" and "Dunn" would be one."""
    for letters, sound in _SOUNDS:
        name = letters.sub(sound, name)
    return name


def same_name(asked: Sequence[str], name: Sequence[str], *, loosely: bool) -> bool:
    """Whether a name as asked is that of the person, whole or in part.

    asked, name: folded words. Nicknames and initials count as the name; loosely, misspelt words
    do too, as long as one word is right or all are long.
    """
    if not name:
        return False
    if len(asked) == 1:
        return any(_same_part(asked[0], p, loosely, given=i == 0) for i, p in enumerate(name))
    if len(name) == 1:
        return _same_part(asked[-1], name[0], loosely, given=False)
    at, exact = 0, len(asked) > 1 and all(len(word) >= LONG for word in asked)
    for word in asked:
        while at < len(name) and not _same_part(word, name[at], loosely, given=at == 0):
            if len(word) == 1 and exact and word == name[at][0]:
                break  # "jo l": right so far, and cut short
            at += 1
        if at == len(name):
            return False
        exact = exact or word == name[at]
        at += 1
    return exact and at == len(name)


def _same_part(asked: str, part: str, loosely: bool, *, given: bool) -> bool:
    if asked == part:
        return True
    if given and asked in nicknames(part):
        return True
    if given and (len(part) == 1 or len(asked) == 1):
        return asked[0] == part[0]
    return loosely and misspelt(asked, part)
