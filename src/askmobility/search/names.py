"""Who a question means: names, offices, groups and bodies, and those whom no document quotes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from askmobility.search.frames import Slot, pronouns, slots
from askmobility.search.kinds import is_asked
from askmobility.search.nicknames import nicknames
from askmobility.search.profiles import (
    TITLES,
    Description,
    Named,
    Profile,
    describe,
    fits,
    misspelt,
    profile,
    required_traits,
    same_name,
    traits,
)
from askmobility.search.roles import (
    BODIES,
    GENERIC_PEOPLE,
    OFFICES,
    POLITICAL,
    QUALIFIERS,
    ROLES,
    SEATS,
    SOMEBODY,
)
from askmobility.search.words import Token, bare, folded, is_stop, number, stem, tokens, word_set
from askmobility.types import Document, Person, Speaker, Structure

__all__ = ["Mention", "NameBook", "Named", "named", "somebody_in"]

# never somebody to be named
_NOBODY = word_set(
    """i you we us he she him her you them it this that these those there who whom one everyone
    everybody someone somebody anyone anybody nobody people person report release document paper
    article story text press letter speech study research review evaluation evaluators commission
    commissioners authors author researchers findings plan figures data evidence theme themes
    recommendations mine his hers theirs ours both each all others other rest council folk folks
    government parliament state staff management public community society kids guidance notice
    page website blog survey minutes scheme programme project police labour anything something
    everything nothing what which as if when where how why they percentage proportion share number
    percent fraction majority minority half
    third quarter most many few several respondents couple start end"""
)
# names that are words too: in lower case they are taken for the word
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
_INDEFINITE = word_set(
    """a an my our your another any some no which what who that become became as many few more most
    new young old local regional council school other all"""
)

Form = Literal["name", "role", "group", "organisation"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody a question speaks of: `text` stands at [start, end) of the question.

    people: who may be meant, in the order of the documents; several when it is a group or open
    which of them is meant, none when the documents name nobody of that description.
    speaks: whether the question asks what they said or thought, or takes it for said.
    certain: of somebody without people, whether the documents surely name no such person; else
    they may be there under another description.
    after: for one who speaks, where in the question the words begin that it says they spoke.
    """

    text: str
    start: int
    end: int
    form: Form
    people: tuple[Named, ...]
    speaks: bool
    certain: bool = True
    after: int = 0

    @property
    def known(self) -> bool:
        """Whether the documents name anybody who may be meant."""
        return bool(self.people)

    @property
    def quoted(self) -> bool:
        """Whether the documents quote anybody who may be meant."""
        return any(person.quoted for person in self.people)


def named(document: Document, structure: Structure) -> tuple[Named, ...]:
    """Everybody whom one document quotes or names, once each, in order of first mention."""
    found: dict[str, Named] = {}
    for statement in structure.statements:
        speaker = statement.speaker
        if _key(speaker):
            found.setdefault(_key(speaker), Named(speaker, document.id, quoted=True))
    for person in structure.people:
        key = _key(person.speaker)
        intro = _introduction(document.text, person)
        intro = f"{_office_handed_on(document.text, person, structure.people)} {intro}".strip()
        known = found.get(key)
        if known is not None:
            found[key] = replace(known, intro=f"{known.intro} {intro}".strip())
        elif key:
            found[key] = Named(person.speaker, document.id, person.quoted, intro)
    return tuple(found.values())


def _introduction(text: str, person: Person) -> str:
    """The clause that says who somebody is, with the words in front of it: "conductor Bo Reed"."""
    start, end = person.span
    before = _BEFORE.search(text, max(0, start - 60), start)
    behind = _BEHIND.match(text, end)
    end = behind.end() if behind else end
    return " ".join(((before.group() if before else "") + text[start:end]).split())


def _office_handed_on(text: str, person: Person, people: Sequence[Person]) -> str:
    """The office of a predecessor or successor: that of whoever is named last before them."""
    relation = _RELATED.search(text, *person.span)
    if relation is None or not _RELATED.search(person.speaker.role):
        return ""
    at, other = max(
        (text.rfind(other.speaker.name.split()[-1], 0, relation.start()), n)
        for n, other in enumerate(people)
    )
    if at < 0 or people[other] == person:
        return ""
    name, role = people[other].speaker.name, people[other].speaker.role
    office = role or _introduction(text, people[other]).partition(name)[2]
    handed_on = relation.group().lower() == "predecessor"
    return f"former {office}," if handed_on else f"{_FORMER.sub('', office)},"


_RELATED = re.compile(r"\b(?:predecessor|successor)\b", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|previous|outgoing|ex-)\s*", re.IGNORECASE)
_CAPITALS = r"[A-Z][\w’'-]*(?:\s+(?:(?:of|for|and|the|&)\s+)*[A-Z][\w’'-]*)*"
# what stands in apposition behind a name or behind a clause about it
_BEHIND = re.compile(
    rf"\s+(?:of|from|at)\s+(?:the\s+)?{_CAPITALS}|,\s+(?:an?|the)\s+[^,.;:“”\"]{{1,60}}(?=,)"
)
_BEFORE = re.compile(r"[^.,;:!?“”\"()–—\n]*$")


def _key(speaker: Speaker) -> str:
    return (speaker.name or f"{speaker.role} {speaker.organisation}".strip()).casefold()


class NameBook:
    """The people of some documents, ready to be recognised in questions."""

    def __init__(self, profiles: Sequence[Profile], words: Container[str]) -> None:
        self._words = words
        self.people = tuple(person.named for person in profiles)
        self._by_part: dict[str, list[Profile]] = {}
        self._by_trait: dict[str, list[Profile]] = {}
        for person in profiles:
            for part in dict.fromkeys(part for part in person.name if len(part) > 1):
                self._by_part.setdefault(part, []).append(person)
            for trait in traits(person):
                self._by_trait.setdefault(trait, []).append(person)
        self._by_acronym: dict[str, list[Profile]] = {}
        for person in profiles:
            for acronym in person.acronyms:
                self._by_acronym.setdefault(acronym, []).append(person)
        self._by_initial: dict[str, list[str]] = {}
        for part in self._by_part:
            self._by_initial.setdefault(part[0], []).append(part)
        self._place = {id(person): place for place, person in enumerate(profiles)}
        self._role_stems = frozenset(s for person in profiles for s in person.stems)
        self._concepts = frozenset(c for person in profiles for c in person.concepts)

    @classmethod
    def of(cls, people: Iterable[Named], words: Container[str] = frozenset()) -> NameBook:
        """A book of these people, in the order given.

        words: the words of their documents, as `folded` gives them. A name made of words that
        the documents use is not taken for a stranger's, though nobody in the book goes by it.
        """
        return cls([profile(person) for person in people], words)

    def mentions(self, question: str) -> tuple[Mention, ...]:
        """Everybody the question speaks of, in order, none overlapping another.

        Outside the places where a speaker stands ("what did X say"), only exact names and
        descriptions that fit somebody count.
        """
        lower = _lower(question)
        found: list[Mention] = []
        for slot in slots(lower):
            for start, end in _conjuncts(lower, slot):
                mention = self._in_slot(question, lower, start, end, slot)
                if mention is not None and (mention.known or _is_stranger(mention, slot)):
                    found.append(mention)
        found += _apart(self._loose_names(question, lower), found)
        for mention in self._loose_roles(question, lower):
            unplaced = next((m for m in found if not m.certain and _overlap(m, mention)), None)
            if unplaced is not None:
                found.remove(unplaced)
                found.append(replace(mention, speaks=True, after=unplaced.after))
            else:
                found += _apart([mention], found)
        return _heard(question, lower, sorted(found, key=lambda mention: mention.start))

    def resolve(self, words: str) -> Mention | None:
        """Who is meant by words that stand for a speaker, as in "the Manchester mayor"."""
        whole = Slot(0, len(words), len(words), "asks")
        return self._in_slot(words, _lower(words), 0, len(words), whole)

    def with_apostrophes(self, question: str) -> str:
        """The question with the apostrophe that hurried readers leave out of "okoros view"."""

        def spelt(found: re.Match[str]) -> str:
            whole, name = folded(found.group()), folded(found["name"])
            is_name = name in self._by_part and name not in _ORDINARY
            return f"{found['name']}’s" if is_name and whole not in self._by_part else found.group()

        return _NAME_IN_S.sub(spelt, question)

    # --- where a speaker stands ------------------------------------------------------------

    def _in_slot(
        self, question: str, lower: str, start: int, end: int, slot: Slot
    ) -> Mention | None:
        start, end = _trimmed(lower, start, end)
        if start >= end:
            return None
        bodies = tuple(person.named for person in self._by_acronym.get(lower[start:end], ()))
        if bodies:
            text = question[start:end]
            return Mention(text, start, end, "organisation", bodies, True, after=slot.after)
        mention = self._named_in_slot(question, lower, start, end)
        if mention is None:
            mention = self._described_in_slot(question, lower, start, end, slot)
        return mention and replace(mention, after=slot.after)

    def _named_in_slot(self, question: str, lower: str, start: int, end: int) -> Mention | None:
        if _is_described(lower[start:end]):
            return None
        words = [t for t in tokens(question[start:end]) if bare(t.text) not in TITLES]
        asked = [folded(word.text) for word in words]
        if all(_is_common(word.text) for word in words) and (
            _has_article(question, start) or not self._who(asked, loosely=False)
        ):
            return None
        people, first, last = self._by_name(asked)
        if people:
            first_at, last_at = start + words[first].start, start + words[last - 1].end
            if _names_a_place(lower, last_at) and last - first == 1:
                return None
            first_at = _with_titles(lower, start, first_at)
            return Mention(question[first_at:last_at], first_at, last_at, "name", people, True)
        if not self._may_be_a_stranger(question, start, end, asked):
            return None
        used = all(word in self._words for word in asked)
        return Mention(question[start:end], start, end, "name", (), True, certain=not used)

    def _may_be_a_stranger(self, question: str, start: int, end: int, asked: Sequence[str]) -> bool:
        """Whether words in a speaker's place are the name of somebody not in the book."""
        if any(word in self._by_part for word in asked):
            return not _has_article(question, start)
        if any(stem(word) in self._role_stems for word in asked):
            return False
        return _looks_like_a_name(question, start, end)

    def _by_name(self, asked: Sequence[str]) -> tuple[tuple[Named, ...], int, int]:
        """Who goes by a run of the asked words, with the run's first and last + 1 position."""
        for length in range(min(4, len(asked)), 0, -1):
            for first in range(len(asked) - length + 1):
                if length == 1 and not _stands_alone(asked, first):
                    continue
                people = self._who(asked[first : first + length], loosely=True)
                if people:
                    return people, first, first + length
        return (), 0, 0

    def _who(self, run: Sequence[str], *, loosely: bool) -> tuple[Named, ...]:
        """Everybody who goes by a name, right spellings before misspelt ones."""
        exact = self._candidates(run, loosely=False)
        people = tuple(p.named for p in exact if same_name(run, p.name, loosely=False))
        if people or not loosely:
            return people
        close = self._candidates(run, loosely=True)
        return tuple(p.named for p in close if same_name(run, p.name, loosely=True))

    def _candidates(self, run: Sequence[str], *, loosely: bool) -> list[Profile]:
        """Those whose name has a part like one of the words, in the order of the book."""
        parts: list[str] = []
        for word in run:
            if word in self._by_part:
                parts.append(word)
            elif loosely:
                parts += [p for p in self._by_initial.get(word[0], ()) if misspelt(word, p)]
            parts += [n for n in sorted(nicknames(word)) if n in self._by_part]
        found = {id(person): person for part in parts for person in self._by_part[part]}
        return sorted(found.values(), key=lambda person: self._place[id(person)])

    def _described_in_slot(
        self, question: str, lower: str, start: int, end: int, slot: Slot
    ) -> Mention | None:
        words, text = lower[start:end], question[start:end]
        everybody = self._everybody(f"{words} quoted" if slot.kind == "quoted" else words)
        if everybody is not None:
            return Mention(text, start, end, "group", everybody, True)
        described = describe(words)
        if described is None or not _is_somebody(described, question, start, end):
            return None
        people = self._fitting(described)
        certain = bool(people) or self._is_nobody(described, text, slot)
        if not certain and not _can_be_unplaced(described):
            return None
        return Mention(text, start, end, _form(described), people, True, certain)

    def _everybody(self, words: str) -> tuple[Named, ...] | None:
        """All who are quoted, or all of them but one group: "anyone not a politician"."""
        but = _ALL_BUT.search(words)
        if but is not None:
            described = describe(words[but.end() :])
            if described is None:
                return None
            left_out = self._fitting(described)
            return tuple(p for p in self.people if p.quoted and p not in left_out)
        if _EVERYBODY.fullmatch(words):
            return tuple(p for p in self.people if p.quoted)
        return None

    def _fitting(self, described: Description) -> tuple[Named, ...]:
        """Whom a description fits; those who are quoted if any are.

        Where it fits nobody, it may be of the only person who is said to hold such an office
        and nothing more ("its president"), unless the description has a word of somebody else's.
        """
        found = self._of_description(described)
        if not found and described.roles - SEATS and not described.plural:
            bare_office = replace(described, stems=(), bodies=frozenset())
            found = [p for p in self._of_description(bare_office) if p.office_only]
            others = {id(p) for s in described.stems for p in self._by_trait.get(f"={s}", ())}
            found = found if len(found) == 1 and others <= {id(found[0])} else []
        people = tuple(person.named for person in found)
        return tuple(person for person in people if person.quoted) or people

    def _of_description(self, described: Description) -> list[Profile]:
        """All whom a description fits, looked for among those with its rarest trait."""
        likely = [self._by_trait.get(trait, []) for trait in required_traits(described)]
        return [person for person in min(likely, key=len, default=[]) if fits(described, person)]

    def _is_nobody(self, described: Description, text: str, slot: Slot) -> bool:
        """Whether a description that fits nobody surely is of somebody else.

        So it is when it names an office that nobody holds here, or holds elsewhere. But "the
        ferry boss" may well be the director whose company is called something else.
        """
        offices = described.roles & OFFICES
        if offices & SEATS or (offices and not offices & self._concepts):
            return True
        if slot.kind == "quoted":
            return bool(described.roles & POLITICAL)
        return bool(described.roles & (OFFICES | {"head", "owner", "director"})) and bool(
            _OF_A_NAME.search(text)
        )

    # --- anywhere else in the question -----------------------------------------------------

    def _loose_names(self, question: str, lower: str) -> Iterator[Mention]:
        words = tokens(question)
        asked = [folded(word.text) for word in words]
        at = 0
        while at < len(words):
            length = self._name_length(question, lower, words, asked, at)
            if length:
                people = self._who(asked[at : at + length], loosely=False)
                start = _with_titles(lower, 0, _with_given(words, asked, at, people))
                end = words[at + length - 1].end
                yield Mention(question[start:end], start, end, "name", people, False)
            at += max(length, 1)

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
            if len(run) == length and run[-1] in self._by_part and self._who(run, loosely=False):
                return length
        if asked[at] not in self._by_part or len(asked[at]) < 3:
            return 0
        token = words[at]
        is_word = asked[at] in _ORDINARY and (token.start == 0 or not token.text[0].isupper())
        if is_word or _names_a_place(lower, token.end) or _part_of_longer_name(question, words, at):
            return 0
        return 1

    def _loose_roles(self, question: str, lower: str) -> Iterator[Mention]:
        for match in somebody_in(lower):
            start, end = self._widened(question, lower, *match)
            described = describe(lower[start:end]) if _is_definite(lower, start) else None
            people = self._fitting(described) if described is not None else ()
            if described is not None and people and _is_somebody(described, question, start, end):
                form = _form(described)
                yield Mention(question[start:end], start, end, form, people, False)

    def _widened(self, question: str, lower: str, start: int, end: int) -> tuple[int, int]:
        """The role together with the words around it that say whose or where."""
        before = tokens(question[:start])
        while before and question[before[-1].end : start].strip() in ("", "-"):
            word = before[-1].text
            if stem(word) not in self._role_stems and bare(word) not in QUALIFIERS:
                break
            start = before.pop().start
        linked = _LINK.match(lower, end)
        if linked:
            for word_after in tokens(question[linked.end() :]):
                capital = word_after.text[0].isupper()
                if not capital and stem(word_after.text) not in self._role_stems:
                    break
                end = linked.end() + word_after.end
        return start, end


def _is_stranger(mention: Mention, slot: Slot) -> bool:
    """Whether words that fit nobody name somebody: in front of "quote" only those in capitals."""
    words = mention.text.split()
    return slot.kind != "noted" or (len(words) > 1 and all(word[0].isupper() for word in words))


def _heard(question: str, lower: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, with whoever is to be heard though they stand in no speaker's place.

    So does a name in front of a topic ("lee on parks", "lee parking charges"), an office in front
    of "on" and a topic ("the mayor, her view on parks"), and somebody in front of a pronoun that
    speaks ("lee, what does she say").
    """
    if not mentions or any(mention.speaks for mention in mentions):
        return tuple(mentions)
    speaking = [(m, slot) for slot in pronouns(lower) for m in mentions if m.end <= slot.start]
    if speaking:
        heard, after = speaking[-1][0], speaking[-1][1].after
    else:
        heard, after = mentions[0], mentions[0].end
        topic = _TOPICS.get(heard.form) if heard.quoted else None
        topical = topic is not None and topic.match(lower, heard.end)
        first = lower[: heard.start] in ("", "the ")
        if not first or len(mentions) > 1 or not topical or is_asked(question):
            return tuple(mentions)
    spoken = replace(heard, speaks=True, after=max(after, heard.end))
    return tuple(spoken if mention is heard else mention for mention in mentions)


_TOPICS: Mapping[Form, re.Pattern[str]] = {  # how a topic follows a name, and how an office
    "name": re.compile(r"(?: on| about| re| -|:| –)? \w+ \w"),
    "role": re.compile(r",?(?: (?:his|her|their))?(?: [a-z]+)? (?:on|about|re) \w"),
}
_NAME_IN_S = re.compile(r"\b(?P<name>[^\W\d_]{3,})s(?= [^\W\d_])")
_LINK = re.compile(r" (?:of|for|at|from|in|on) (?:the )?")
_OF_A_NAME = re.compile(r"\b(?:of|for|at|from|in) (?:the )?[A-Z]|[A-Z][\w’']*['’]s? ")
_ALL_BUT = re.compile(
    r"^(?:any(?:one|body)|every(?:one|body)|those|the (?:people|speakers|ones))?(?: \w+){0,3}? ?"
    r"\b(?:not|isn['’]?t|aren['’]?t|except|apart from|other than|besides|but not|non)[ -]"
    r"(?:an? |the )?"
)
_EVERYBODY = re.compile(
    r"(?:all (?:of )?)?(?:the )?(?:(?:every(?:one|body)|speakers|all of them|different (?:people|"
    r"speakers))(?: (?:quoted|named|in it|there))*|(?:people|those|ones) (?:quoted|named|in it))"
)
_LEADING = re.compile(
    r"(?:the|a|an|this|that|our|your|their|any|some|both|either|each|of|all|what|whether|it|"
    r"there|then|actually|exactly|really|and|or|from|by|was|is|were|are|people like|\w+ly) "
)
_TRAILING = re.compile(
    r"(?: (?:have|has|had|to|be|been|get|got|all|each|both|then|also|actually|themselves|himself|"
    r"herself|itself))+$| among (?:the |those )?(?:people|speakers|ones|those)$"
)
_RELATION = re.compile(r"\w['’]s? ")
_OFFICE_OF = re.compile(r"(?: \w+)? (?:of|for|at|from|in|on) ")


def somebody_in(lower: str) -> list[tuple[int, int]]:
    """Where a lower-case text has an office, a calling, or a word such as "woman" or "rep"."""
    people = [(t.start, t.end) for t in tokens(lower) if t.text in SOMEBODY]
    return sorted([(role.start, role.end) for role in ROLES.find(lower)] + people)


def _lower(text: str) -> str:
    """Lower case, character by character, so that offsets hold."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _apart(new: Iterable[Mention], found: Sequence[Mention]) -> list[Mention]:
    """Those of the new mentions that overlap none that is there already."""
    return [mention for mention in new if not any(_overlap(mention, m) for m in found)]


def _can_be_unplaced(described: Description) -> bool:
    """Whether a description that fits nobody is one of a person or a body all the same."""
    if described.roles or (described.somebody and described.stems):
        return True
    return bool(described.bodies - {"council", "commission", "department"})


def _form(described: Description) -> Form:
    if described.plural:
        return "group"
    if described.bodies and not described.roles and not described.somebody:
        return "organisation"
    return "role"


def _is_somebody(described: Description, question: str, start: int, end: int) -> bool:
    """Whether a description is of a person or a body, and not of whatever else can follow "did"."""
    if described.roles or described.bodies:
        return True
    if described.somebody:
        return bool(described.stems)
    return question[start].islower() and _has_article(question, start) and end - start < 40


def _has_article(question: str, start: int) -> bool:
    return bool(_ARTICLE.search(question, 0, start))


_ARTICLE = re.compile(r"\b(?:the|an?|this|that|any|some|our|your|their|my|his|her|its) $", re.I)


def _is_common(word: str) -> bool:
    plain = bare(word)
    return (
        plain in _NOBODY
        or plain in GENERIC_PEOPLE
        or is_stop(plain)
        or plain in ROLES
        or plain in BODIES
    )


def _is_described(words: str) -> bool:
    """Whether somebody is described by an office or a relation, not called by a name."""
    if any(_OFFICE_OF.match(words, role.end) for role in ROLES.find(words)):
        return True
    relation = _RELATION.search(words)
    if relation is None:
        return False
    related = words[relation.end() :]
    return (
        bool(ROLES.find(related))
        or bool(BODIES.find(related))
        or any(bare(t.text) in GENERIC_PEOPLE for t in tokens(related))
    )


def _stands_alone(asked: Sequence[str], at: int) -> bool:
    """Whether no neighbouring word reads as the rest of a different name."""
    around = [asked[i] for i in (at - 1, at + 1) if 0 <= i < len(asked)]
    return all(_is_common(word) or word in _PLACES for word in around)


def _names_a_place(lower: str, end: int) -> bool:
    following = re.match(r"(?!['’]s \w+ (?:on|about) )['’]?s? (\w+)", lower[end:])
    return bool(following and following[1] in _PLACES)


def _part_of_longer_name(question: str, words: Sequence[Token], at: int) -> bool:
    """Whether a capitalised neighbour makes the word part of another name."""
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


def _with_given(
    words: Sequence[Token], asked: Sequence[str], at: int, people: Sequence[Named]
) -> int:
    """Where a name begins, with a misspelt given name in front of the surname."""
    if at > 0 and any(
        misspelt(asked[at - 1], folded(part))
        for person in people
        for part in person.speaker.name.split()[:-1]
    ):
        return words[at - 1].start
    return words[at].start


def _is_definite(lower: str, start: int) -> bool:
    """Whether what begins here is somebody in particular: "the chair", not "my" or "a chair"."""
    before = re.search(r"([\w'’]+) $", lower[:start])
    if before is not None and number(before[1]) is not None:  # "the three mayors"
        return _is_definite(lower, before.start())
    return (
        before is None
        or before[1] == "the"
        or (is_stop(before[1]) and before[1] not in _INDEFINITE)
    )


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


def _conjuncts(lower: str, slot: Slot) -> list[tuple[int, int]]:
    """The speakers of a slot that names several: "Lee and the chair of the trust"."""
    spans: list[tuple[int, int]] = []
    start = slot.start
    for link in re.finditer(r",? (?:and|&|or|vs|versus|v) |, ", lower[slot.start : slot.end]):
        spans.append((start, slot.start + link.start()))
        start = slot.start + link.end()
    return [*spans, (start, slot.end)]


def _looks_like_a_name(question: str, start: int, end: int) -> bool:
    """Whether words are somebody's name by their look, whoever that may be."""
    words = tokens(question[start:end])
    if not 0 < len(words) <= 4 or any(number(word.text) is not None for word in words):
        return False
    rest = [word.text for word in words]
    while rest and bare(rest[0]) in TITLES:
        rest.pop(0)
    if not rest or any(_is_common(word) or bare(word) in _PLACES for word in rest):
        return False
    if any(c.isupper() for c in question[1:]):
        return all(word[0].isupper() for word in rest)
    if _has_article(question, start):
        return False
    return len(rest) < len(words) or (not rest[-1].endswith("s") and len(rest) <= 3)
