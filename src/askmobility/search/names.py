"""Who a question means: names, offices, groups and bodies, and those whom no document quotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from askmobility.search.frames import Slot, slots
from askmobility.search.nicknames import nicknames
from askmobility.search.roles import (
    BODY,
    BODY_PHRASES,
    GENERIC_PEOPLE,
    MINISTER,
    NEAR_PLACES,
    OFFICES,
    QUALIFIERS,
    ROLE,
    ROLE_PHRASES,
    bodies,
    concepts,
)
from askmobility.search.words import Token, bare, is_stop, number, stem, tokens, word_set
from askmobility.types import Document, Speaker, Structure

TITLES = word_set(
    """mr mrs ms miss mx dr sir dame lord lady baroness baron prof professor cllr councillor cllrs
    councillors rev revd reverend rt right hon honourable pc pcso sister father major colonel
    captain sergeant judge mayor cbe obe mbe mp kbe dbe qpm frs msp alderman chief inspector
    superintendent canon bishop archbishop"""
)
_NOBODY = word_set(
    """i you we us he she him her they them it this that these those there who whom one everyone
    everybody someone somebody anyone anybody nobody people person report release document paper
    article story text press letter speech study research review evaluation evaluators commission
    commissioners authors author researchers findings plan figures data evidence theme themes
    recommendations mine his hers theirs ours both each all others other rest council
    government parliament state staff management public community society kids guidance notice
    page website blog survey minutes scheme programme project police labour anything something
    everything nothing what which as if when where how why"""
)
_ORDINARY = word_set(
    """april august banks bell bill bird bishop black blessing bond brook brooks brown bush butcher
    case cash chance chase church clay cliff close constable cook craven cross dale dawn day days
    dean don drew farmer faith field fields fisher fishers forest fox frank frost gardener gates
    glass gold grace grant gray green guy hall hand hands harmony heath hill hills holly hope hunt
    hunter jack joy june kay king knight lake lamb land lane law light little long lord love low
    mark marsh may mason mercy mill miller mills moon moor noble page park parks parish pat patience
    pearl penny piper pool pope post potter power precious price pride prior rich ring rivers rob
    robin rose ruby rush sage sale sharp shepherd short singer small smart sole spring star stone
    storm street strong sue summer summers swan sweet temple town towns trust vale victor wall ward
    water waters way weaver well wells west white wild will winter wise wolf wood woods worth
    young"""
)
_PLACES = word_set(
    """college school academy road street lane avenue close square park house hall university
    hospital centre center station town city county valley council high primary infants junior
    library bridge market estate trust foundation foods ltd report borough district parish church
    line farm surgery interchange junction works airport theatre"""
)
Form = Literal["name", "role", "group", "organisation"]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom one document names. `intro`: the clause that says who they are, if any."""

    speaker: Speaker
    document_id: str
    quoted: bool
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody a question speaks of: `text` stands at [start, end) of the question.

    people: who may be meant, in the order of the documents; several when it is a group or open
    which of them is meant, none when the documents name nobody of that description.
    speaks: whether the question asks what they said or thought, or takes it for said.
    after: for one who speaks, where in the question the words begin that it says they spoke.
    """

    text: str
    start: int
    end: int
    form: Form
    people: tuple[Named, ...]
    speaks: bool
    after: int = 0

    @property
    def known(self) -> bool:
        """Whether the documents name anybody who may be meant."""
        return bool(self.people)


@dataclass(frozen=True, slots=True)
class _Profile:
    """What is known of one person, ready to be matched."""

    named: Named
    name: tuple[str, ...]  # bare words of the name, without accents
    concepts: frozenset[str]
    bodies: frozenset[str]
    stems: frozenset[str]
    qualifiers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Description:
    """Somebody described by office, calling, body or belonging."""

    roles: frozenset[str]
    bodies: frozenset[str]
    stems: tuple[str, ...]
    qualifiers: frozenset[str]
    plural: bool
    count: int | None


def named(document: Document, structure: Structure) -> tuple[Named, ...]:
    """Everybody whom one document quotes or names, once each, in order of first mention."""
    found: dict[str, Named] = {}
    for statement in structure.statements:
        speaker = statement.speaker
        found.setdefault(_key(speaker), Named(speaker, document.id, quoted=True))
    for person in structure.people:
        intro = document.text[person.span.start : person.span.end]
        known = found.get(_key(person.speaker))
        if known is None:
            found[_key(person.speaker)] = Named(person.speaker, document.id, person.quoted, intro)
        else:
            found[_key(person.speaker)] = replace(known, intro=f"{known.intro} {intro}".strip())
    return tuple(found.values())


def _key(speaker: Speaker) -> str:
    return (speaker.name or f"{speaker.role}, {speaker.organisation}").casefold()


class NameBook:
    """The people of some documents, ready to be recognised in questions."""

    def __init__(self, profiles: Sequence[_Profile]) -> None:
        self._profiles = tuple(profiles)
        self.people = tuple(profile.named for profile in profiles)
        self._by_part: dict[str, list[_Profile]] = {}
        for profile in profiles:
            for part in dict.fromkeys(_pieces(profile.name)):
                self._by_part.setdefault(part, []).append(profile)
        self._role_stems = frozenset(s for profile in profiles for s in profile.stems)
        self._offices = frozenset(c for profile in profiles for c in profile.concepts)

    @classmethod
    def of(cls, people: Iterable[Named]) -> NameBook:
        """A book of these people, in the order given."""
        return cls([_profile(person) for person in people])

    def mentions(self, question: str) -> tuple[Mention, ...]:
        """Everybody the question speaks of, in order.

        Outside the places where a speaker stands ("what did X say"), only exact names and
        descriptions that fit somebody count.
        """
        lower = _lower(question)
        found: list[Mention] = []
        for slot in slots(lower):
            for start, end in _conjuncts(lower, slot):
                mention = self._in_slot(question, lower, start, end)
                if mention is not None:
                    found.append(replace(mention, after=slot.after))
        taken = [(mention.start, mention.end) for mention in found]
        found += self._loose_names(question, lower, taken)
        taken = [(mention.start, mention.end) for mention in found]
        found += self._loose_roles(question, lower, taken)
        return tuple(sorted(found, key=lambda mention: mention.start))

    def resolve(self, words: str) -> Mention | None:
        """Who is meant by words that stand for a speaker, as in "the Manchester mayor"."""
        return self._in_slot(words, _lower(words), 0, len(words))

    # --- inside a speaker slot -------------------------------------------------------------

    def _in_slot(self, question: str, lower: str, start: int, end: int) -> Mention | None:
        start, end = _trimmed(lower, start, end)
        if start >= end:
            return None
        by_name = self._name_in_slot(question, lower, start, end)
        if by_name is not None:
            return by_name
        return self._description_in_slot(question, lower, start, end)

    def _name_in_slot(self, question: str, lower: str, start: int, end: int) -> Mention | None:
        if _is_described(lower[start:end]):
            return None
        words = [t for t in tokens(question[start:end]) if bare(t.text) not in TITLES]
        if not words or all(_is_common(word.text) for word in words):
            return None
        asked = [_plain(word.text) for word in words]
        found, first, last = self._by_name(asked, fuzzy=True)
        if not found and len(asked) > 1 and any(word in self._by_part for word in asked):
            return Mention(question[start:end], start, end, "name", (), True)
        if found:
            first_at, last_at = start + words[first].start, start + words[last - 1].end
            if _names_a_place(lower, last_at) and last - first == 1:
                return None
            first_at = _with_titles(lower, start, first_at)
            return Mention(question[first_at:last_at], first_at, last_at, "name", found, True)
        of_a_role = any(stem(word.text) in self._role_stems for word in words)
        if not of_a_role and _looks_like_a_name(question, start, end):
            return Mention(question[start:end], start, end, "name", (), True)
        return None

    def _by_name(self, asked: Sequence[str], *, fuzzy: bool) -> tuple[tuple[Named, ...], int, int]:
        """Who goes by a run of the asked words, with the run's first and last + 1 position."""
        for length in range(min(4, len(asked)), 0, -1):
            for first in range(len(asked) - length + 1):
                run = asked[first : first + length]
                if length == 1 and len(asked) > 1 and not self._stands_alone(asked, first):
                    continue
                found = self._who(run, fuzzy=fuzzy)
                if found:
                    return found, first, first + length
        return (), 0, 0

    def _stands_alone(self, asked: Sequence[str], at: int) -> bool:
        """Whether no neighbouring word reads as the rest of a different name."""
        around = [asked[i] for i in (at - 1, at + 1) if 0 <= i < len(asked)]
        return all(_is_common(word) or word in _PLACES for word in around)

    def _who(self, run: Sequence[str], *, fuzzy: bool) -> tuple[Named, ...]:
        exact = [p for p in self._candidates(run, fuzzy=False) if _same_name(run, p.name, 0)]
        if exact or not fuzzy:
            return tuple(p.named for p in exact)
        close = [p for p in self._candidates(run, fuzzy=True) if _same_name(run, p.name, 2)]
        return tuple(p.named for p in close)

    def _candidates(self, run: Sequence[str], *, fuzzy: bool) -> list[_Profile]:
        parts: list[str] = []
        for word in run:
            if word in self._by_part:
                parts.append(word)
            elif fuzzy:
                parts += [part for part in self._by_part if _misspelt(word, part)]
            parts += [n for n in sorted(nicknames(word)) if n in self._by_part]
        found = {id(p): p for part in parts for p in self._by_part[part]}
        return (
            [p for p in self._profiles if id(p) in found] if len(found) > 1 else [*found.values()]
        )

    def _description_in_slot(
        self, question: str, lower: str, start: int, end: int
    ) -> Mention | None:
        words = lower[start:end]
        form_and_people = self._everybody(words)
        if form_and_people is not None:
            return Mention(question[start:end], start, end, "group", form_and_people, True)
        described = _describe(words)
        if described is None:
            return None
        people = self._fitting(described)
        form: Form = "group" if described.plural else "role"
        if not described.roles and described.bodies:
            form = "organisation"
        if people or self._certainly_unknown(described, question[start:end]):
            return Mention(question[start:end], start, end, form, people, True)
        return None

    def _everybody(self, words: str) -> tuple[Named, ...] | None:
        """All who are quoted, or all of them but one group: "anyone not a politician"."""
        but = _ALL_BUT.search(words)
        if but is not None:
            described = _describe(words[but.end() :])
            if described is None:
                return None
            left_out = self._fitting(replace(described, plural=True))
            return tuple(p for p in self.people if p.quoted and p not in left_out)
        if _EVERYBODY.fullmatch(words):
            return tuple(p for p in self.people if p.quoted)
        return None

    def _fitting(self, described: _Description) -> tuple[Named, ...]:
        if not described.roles and not described.bodies and not described.stems:
            return ()
        found = tuple(p.named for p in self._profiles if _fits(described, p))
        quoted = tuple(person for person in found if person.quoted)
        return quoted or found

    def _certainly_unknown(self, described: _Description, words: str) -> bool:
        """Whether the description is of an office that nobody here holds."""
        return bool(described.roles & OFFICES)

    # --- anywhere else in the question -----------------------------------------------------

    def _loose_names(
        self, question: str, lower: str, taken: Sequence[tuple[int, int]]
    ) -> list[Mention]:
        words = tokens(question)
        asked = [_plain(word.text) for word in words]
        found: list[Mention] = []
        at = 0
        while at < len(words):
            length = self._name_length(question, lower, words, asked, at)
            span = (words[at].start, words[at + max(length, 1) - 1].end)
            if length and not any(s < span[1] and span[0] < e for s, e in taken):
                people = self._who(asked[at : at + length], fuzzy=False)
                start = _with_titles(lower, 0, self._with_given(words, asked, at, people))
                text = question[start : span[1]]
                found.append(Mention(text, start, span[1], "name", people, False))
            at += max(length, 1)
        return found

    def _with_given(
        self, words: Sequence[Token], asked: Sequence[str], at: int, people: Sequence[Named]
    ) -> int:
        """Where a name begins, with a misspelt given name in front of the surname."""
        if at > 0 and any(
            _misspelt(asked[at - 1], _plain(part))
            for person in people
            for part in person.speaker.name.split()[:-1]
        ):
            return words[at - 1].start
        return words[at].start

    def _name_length(
        self,
        question: str,
        lower: str,
        words: Sequence[Token],
        asked: Sequence[str],
        at: int,
    ) -> int:
        """How many words from `at` on are somebody's exact name; 0 if none."""
        if asked[at] not in self._by_part and not nicknames(asked[at]):
            return 0
        for length in (4, 3, 2):
            run = asked[at : at + length]
            if len(run) == length and run[-1] in self._by_part and self._who(run, fuzzy=False):
                return length
        if asked[at] not in self._by_part:
            return 0
        token = words[at]
        ordinary = asked[at] in _ORDINARY and not token.text[0].isupper()
        if ordinary or (token.start == 0 and asked[at] in _ORDINARY) or len(asked[at]) < 3:
            return 0
        if _names_a_place(lower, token.end) or _part_of_longer_name(question, at):
            return 0
        return 1

    def _loose_roles(
        self, question: str, lower: str, taken: Sequence[tuple[int, int]]
    ) -> list[Mention]:
        found: list[Mention] = []
        for match in ROLE.finditer(lower):
            start, end = self._widened(question, lower, *match.span())
            if any(s < end and start < e for s, e in taken) or not _is_definite(lower, start):
                continue
            described = _describe(lower[start:end])
            people = self._fitting(described) if described is not None else ()
            if people:
                form: Form = "group" if described is not None and described.plural else "role"
                found.append(Mention(question[start:end], start, end, form, people, False))
        return found

    def _widened(self, question: str, lower: str, start: int, end: int) -> tuple[int, int]:
        """The role together with the words around it that say whose or where."""
        before = tokens(question[:start])
        while before and question[before[-1].end : start].strip() in ("", "-"):
            word = before[-1].text
            if stem(word) not in self._role_stems and bare(word) not in QUALIFIERS:
                break
            start = before.pop().start
        linked = re.match(r" (?:of|for|at|from|in|on) (?:the )?", lower[end:])
        if linked:
            at = end + linked.end()
            for word_after in tokens(question[at:]):
                capital = word_after.text[0].isupper()
                if not capital and stem(word_after.text) not in self._role_stems:
                    break
                end = at + word_after.end
        return start, end


_INDEFINITE = word_set(
    """a an my our your another any some no which what who that become became as many few more most
    new young old local regional council school other all"""
)
_NEAR: Mapping[str, tuple[str, ...]] = {
    stem(place): tuple(stem(other) for other in others) for place, others in NEAR_PLACES.items()
}
# bodies that publish: by themselves they are the narrator, not somebody quoted
_NARRATORS = frozenset({"council", "commission", "department", "service"})
_ALL_BUT = re.compile(
    r"^(?:any(?:one|body)|every(?:one|body)|those|the (?:people|speakers|ones))?(?: \w+){0,3}? ?"
    r"\b(?:not|isn['’]?t|aren['’]?t|except|apart from|other than|besides|but not|non)[ -]"
    r"(?:an? |the )?"
)
_EVERYBODY = re.compile(
    r"(?:all (?:of )?)?(?:the )?(?:every(?:one|body)|speakers|people|those|named people|"
    r"all of them|different (?:people|speakers))"
    r"(?: (?:who (?:is|are) )?(?:quoted|named|in it|there))*"
)
_LEADING = re.compile(
    r"(?:the|a|an|this|that|our|your|their|any|some|both|either|each|of|all|what|whether|it|"
    r"there|then|actually|exactly|really|and|or|from|by|people like) "
)
_TRAILING = re.compile(
    r"(?: (?:have|has|had|to|be|been|get|got|all|each|both|then|also|actually))+$|"
    r" among (?:the |those )?(?:people|speakers|ones|those)$"
)


def _lower(text: str) -> str:
    """Lower case, character by character, so that offsets hold."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=1 << 14)
def _plain(word: str) -> str:
    """The bare word without accents: how parts of names are compared."""
    decomposed = unicodedata.normalize("NFD", bare(word))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _profile(person: Named) -> _Profile:
    speaker = person.speaker
    role = f"{speaker.role}, {speaker.organisation}".lower()
    said = f"{' '.join(speaker.honours)} {role} {person.intro}".lower()
    name = tuple(_plain(t.text) for t in tokens(speaker.name) if _plain(t.text) not in TITLES)
    words = [t.text for t in tokens(said)]
    return _Profile(
        named=person,
        name=name,
        concepts=concepts(f"{' '.join(speaker.honours).lower()}, {role}")
        or concepts(person.intro.lower()),
        bodies=bodies(said),
        stems=frozenset(stem(word) for word in words if not is_stop(word)) - {*name},
        qualifiers=_qualifiers(role),
    )


def _pieces(name: Sequence[str]) -> list[str]:
    return [part for part in name if len(part) > 1]


def _qualifiers(lower: str) -> frozenset[str]:
    """What sets an office apart from its present holder's, in words before it."""
    head = ROLE.search(lower)
    if head is None:
        return frozenset()
    words = [bare(t.text) for t in tokens(lower[: head.start()])]
    return frozenset(QUALIFIERS[word] for word in words if word in QUALIFIERS)


def _misspelt(asked: str, part: str) -> bool:
    """Whether `asked` is likely meant for `part`: one slip in five letters, two in eight."""
    if asked == part:
        return True
    shorter = min(len(asked), len(part))
    if shorter < 4 or asked[0] != part[0]:
        return False
    slips = 1 if shorter < 8 else 2
    return DamerauLevenshtein.distance(asked, part, score_cutoff=slips) <= slips


def _same_name(asked: Sequence[str], name: Sequence[str], slips: int) -> bool:
    """Whether a name as asked is that of the person, whole or in part.

    slips: 0 for names as they stand (nicknames and initials count), else misspelt ones too.
    """
    if not name:
        return False
    if len(asked) == 1:
        return any(_same_part(asked[0], part, slips, given=i == 0) for i, part in enumerate(name))
    if len(name) == 1:
        return _same_part(asked[-1], name[0], slips, given=False)
    at = 0
    exact = False
    for word in asked:
        while at < len(name) and not _same_part(word, name[at], slips, given=at == 0):
            at += 1
        if at == len(name):
            return False
        exact = exact or word == name[at]
        at += 1
    surname_met = at == len(name) or "".join(asked).endswith(name[-1])
    return exact and surname_met


def _same_part(asked: str, part: str, slips: int, *, given: bool) -> bool:
    if asked == part:
        return True
    if given and (asked in nicknames(part) or (len(part) == 1 or len(asked) == 1)):
        return asked in nicknames(part) or asked[0] == part[0]
    return bool(slips) and _misspelt(asked, part)


def _is_common(word: str) -> bool:
    plain = bare(word)
    return plain in _NOBODY or is_stop(plain) or plain in ROLE_PHRASES or plain in BODY_PHRASES


def _is_described(words: str) -> bool:
    """Whether somebody is described by an office or a relation, not called by a name."""
    return bool(_RELATION.search(words) or _OFFICE_OF.search(words))


_RELATION = re.compile(rf"\w['’]s? (?:\w+ )*(?:{ROLE.pattern}|{BODY.pattern}|boss|woman|man|lad)")
_OFFICE_OF = re.compile(rf"{ROLE.pattern}(?: \w+)? (?:of|for|at|from|in|on) ")


def _names_a_place(lower: str, end: int) -> bool:
    following = re.match(r"['’]?s? (\w+)", lower[end:])
    return bool(following and following[1] in _PLACES)


def _part_of_longer_name(question: str, at: int) -> bool:
    """Whether a capitalised neighbour makes the word part of another name."""
    words = tokens(question)
    for i in (at - 1, at + 1):
        if not 0 < i < len(words):
            continue
        word = words[i].text
        gap = question[words[min(i, at)].end : words[max(i, at)].start]
        if gap == " " and word[0].isupper() and word[0].isalpha() and not _is_common(word):
            return bare(word) not in TITLES
    return False


def _with_titles(lower: str, floor: int, start: int) -> int:
    """Where a name begins together with the titles in front of it."""
    before = tokens(lower[floor:start])
    while before and lower[floor + before[-1].end : start].strip() in ("", "."):
        if bare(before[-1].text) not in TITLES:
            break
        start = floor + before.pop().start
    return start


def _trimmed(lower: str, start: int, end: int) -> tuple[int, int]:
    """A slot without articles before it and auxiliaries after it."""
    while leading := _LEADING.match(lower, start, end):
        start = leading.end()
    trailing = _TRAILING.search(lower, start, end)
    if trailing:
        end = trailing.start()
    while start < end and not lower[end - 1].isalnum():
        end -= 1
    return start, end


def _is_definite(lower: str, start: int) -> bool:
    """Whether what begins here is somebody in particular: "the chair", not "my" or "a chair"."""
    before = re.search(r"([\w'’]+) $", lower[:start])
    return before is None or before[1] not in _INDEFINITE


def _conjuncts(lower: str, slot: Slot) -> list[tuple[int, int]]:
    """The speakers of a slot that names several: "Lee and the chair of the trust"."""
    spans: list[tuple[int, int]] = []
    start = slot.start
    for link in re.finditer(r",? (?:and|&|or|vs|versus|v) |, ", lower[slot.start : slot.end]):
        spans.append((start, slot.start + link.start()))
        start = slot.start + link.end()
    return [*spans, (start, slot.end)]


def _looks_like_a_name(question: str, start: int, end: int) -> bool:
    """Whether words that nobody here goes by are somebody's name all the same."""
    words = tokens(question[start:end])
    if not 0 < len(words) <= 4 or any(number(word.text) is not None for word in words):
        return False
    rest = [word.text for word in words]
    while rest and bare(rest[0]) in TITLES:
        rest.pop(0)
    titled = len(rest) < len(words)
    if not rest or any(_is_common(word) or bare(word) in _PLACES for word in rest):
        return False
    if titled:
        return True
    if any(c.isupper() for c in question[1:]):
        return all(word[0].isupper() for word in rest)
    article = re.search(
        r"(?:the|an?|this|that|any|some|our|your|their|my|his|her|its) $", question[:start].lower()
    )
    return article is None and not rest[-1].endswith("s") and len(rest) <= 3


def _describe(words: str) -> _Description | None:
    """Read a description of somebody; None if there is nothing in it to go by."""
    roles, plural = set(), False
    minister = MINISTER.search(words)
    rest = words
    if minister:
        roles.add("minister")
        rest = rest.replace("secretary", " ")
    for phrase in ROLE.findall(rest):
        concept, many = ROLE_PHRASES[phrase]
        roles.add(concept)
        plural = plural or many
    kinds = bodies(ROLE.sub(" ", rest))
    rest = BODY.sub(" ", ROLE.sub(" ", rest))
    stems: list[str] = []
    count: int | None = None
    for token in tokens(rest):
        plain = bare(token.text)
        value = number(plain)
        if value is not None and plural:
            count = int(value)
        elif not (is_stop(plain) or plain in GENERIC_PEOPLE or plain in QUALIFIERS):
            stems.append(stem(plain))
    if not roles and not kinds and not stems:
        return None
    if (plural and roles == {"leader"} and not kinds) or (
        not roles and not stems and kinds <= _NARRATORS
    ):
        return None
    return _Description(frozenset(roles), kinds, tuple(stems), _qualifiers(words), plural, count)


def _fits(described: _Description, profile: _Profile) -> bool:
    """Whether everything the description says holds of the person."""
    return (
        described.roles <= profile.concepts
        and described.bodies <= profile.bodies
        and (not described.roles or described.qualifiers == profile.qualifiers)
        and all(_has(profile, wanted) for wanted in described.stems)
    )


def _has(profile: _Profile, wanted: str) -> bool:
    near = _NEAR.get(wanted, ())
    return wanted in profile.stems or any(place in profile.stems for place in near)
