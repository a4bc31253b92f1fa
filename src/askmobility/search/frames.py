"""Where a question puts words or thoughts into somebody's mouth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from askmobility.search.words import word_set

# what people do with words and opinions
_VERBS = word_set(
    """say tell think want call warn hope believe reckon argue claim suggest recommend ask add
    mention describe feel write reply respond react comment promise pledge admit stress explain
    criticise criticize condemn complain moan propose urge insist raise accuse deny accept welcome
    praise thank agree disagree object oppose support attack fear worry wish like hate remind
    compare blame concede conclude announce reveal regret apologise apologize demand advise predict
    expect talk speak remark liken need prefer favour favor defend dispute credit reassure
    encourage boast confess remember recall vow threaten"""
)
_PAST = word_set(
    """said told thought wanted called warned hoped believed reckoned argued claimed suggested
    recommended asked added mentioned described felt wrote replied responded commented promised
    admitted stressed explained criticised criticized complained meant urged insisted denied
    welcomed praised thanked agreed disagreed objected opposed supported feared wished liked hated
    reminded blamed conceded concluded demanded advised talked spoke pledged spoken thinks says
    tells wants calls warns hopes believes reckons argues claims suggests recommends asks adds
    mentions describes feels writes stresses explains means complains proposes needs saying asking
    moaning worried fretting bothered"""
)
_PHRASES = frozenset(
    {
        ("make", "of"),
        ("mean", "by"),
        ("mean", "about"),
        ("point", "out"),
        ("put", "it"),
        ("have", "against"),
        ("got", "against"),
        ("come", "out", "with"),
        ("sum", "up"),
        ("have", "to", "say"),
        ("on", "about"),
        ("banging", "on"),
        ("going", "on"),
    }
)
_SAYING = _VERBS | _PAST
_AFTER_WH = _PAST | word_set("say think want reckon")  # "what the mayors say"
_NOUNS = word_set(
    """view views opinion opinions quote quotes quotation words comment comments statement take
    position reaction response message advice gripe gripes grumble complaint objection objections
    answer reply remark remarks thought thoughts verdict argument criticism criticisms worry worries
    concern concerns fear fears hope hopes point reasoning claim warning praise stance line speech
    contribution testimony suggestion suggestions comeback dig demand demands assessment feelings
    feeling experience tale beef joke moan problem excuse story tip tips recommendation
    recommendations asks wish wishes"""
)
_AUXILIARIES = word_set(
    """did does do has have had is was are were will would can could should didn't didnt doesn't
    doesnt don't dont dose dus what's whats why's whys how's hows"""
)
# after these only a present participle is active: "was he saying", but not "was he told"
_BEING = word_set("is was are were will what's whats how's hows why's whys")
_ACTIVE = word_set("saying asking moaning worried fretting bothered want say think")
_PASSIVE = word_set("being been be was were get got getting")
_NO_SPEAKER = word_set(
    """many much come few long often far old big bad soon percentage proportion share number kind
    kinds sort sorts time"""
)
_QUESTION_WORDS = word_set("what wot where how why everything anything all that when")
_QUOTING = word_set("quoted speak speaks spoke comment comments")
_ASKING_WHO = word_set("which many what any are is were was name list from")
_COPULAS = word_set("is are was were get gets got been directly actually")
_RELATIVES = word_set("who whom that which whose")
# a speaker's name holds none of these
_BREAKS = word_set("what how when where why if because about to did does do") | _RELATIVES
# nor does what stands behind it, once it has begun
_ENDS = word_set(
    """about on regarding over concerning re when if because who whom which that to as is are was
    were did does do has have had will would in after before since please pls but why how what
    where during with by"""
)
# what stands in front of "X's view" and is no part of X
_NOT_WHOSE = word_set(
    """what what's whats wot who who's is was were are did does do give me show find get see read
    need want have us quote list about on compare how why in has got please i you can word exact
    summarise summarize with that tell of if so which"""
)
_WORD = re.compile(r"[\w.&'/-]*\w'?")
_SHORTENED = word_set("mr mrs ms dr prof st rev cllr hon rt")  # and a full stop after it
_LONGEST = 9  # words in a description of a speaker
_LONGEST_NAME = 4  # words of a name, with its title
_QUOTES = word_set("quote quotes quotation comment comments")
_PRONOUNS = word_set("he she they")

Kind = Literal["asks", "asserts", "whose", "quoted", "noted"]


class Slot(NamedTuple):
    """A place in a question where a speaker is named.

    start, end: code points of the words that name the speaker.
    after: where the words begin that the question puts into their mouth.
    kind: "asks" what they say, "asserts" that it was they, "whose" view it is, who is "quoted", or
    "noted" in front of "quote", where there may be any word.
    """

    start: int
    end: int
    after: int
    kind: Kind


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    begins: bool  # a sentence or clause: more than a space or a comma stands before it


def slots(lower: str) -> list[Slot]:
    """The speaker slots of a question in lower case, in order, none overlapping another."""
    words = _words(lower)
    kept: list[Slot] = []
    for found in (_asked, _asserted, _told, _attributed, _quoted, _owned, _noted):
        for slot in found(words):
            if all(slot.end <= other.start or other.end <= slot.start for other in kept):
                kept.append(slot)
    return sorted(kept)


def _words(lower: str) -> list[_Word]:
    words: list[_Word] = []
    end = 0
    for found in _WORD.finditer(lower.replace("’", "'")):
        between = lower[end : found.start()].strip()
        shortened = between == "." and bool(words) and words[-1].text in _SHORTENED
        begins = between not in ("", ",", "&") and not shortened
        words.append(_Word(found.group(), *found.span(), begins))
        end = found.end()
    return words


def _saying(words: Sequence[_Word], at: int, verbs: frozenset[str]) -> int:
    """How many words at `at` are a verb of saying or thinking; 0 if none."""
    for length in (3, 2):
        run = tuple(word.text for word in words[at : at + length])
        if len(run) == length and run in _PHRASES:
            return length
    is_passive = at > 0 and words[at - 1].text in _PASSIVE
    return 1 if words[at].text in verbs and not is_passive else 0


def _before_verb(
    words: Sequence[_Word], start: int, verbs: frozenset[str]
) -> tuple[int, int, int] | None:
    """The slot from `start` up to a verb: its end, and the verb's first and last + 1 word.

    In "the councillor who abstained say" the slot ends before the relative clause.
    """
    end = None
    for at in range(start, min(start + 2 * _LONGEST, len(words))):
        text = words[at].text
        if at > start and words[at].begins:
            return None
        length = _saying(words, at, verbs) if at > start else 0
        if length:
            return (end or at), at, at + length
        if text in _RELATIVES and 1 < at - start <= 4 and words[start].text in ("the", "a"):
            end = at
        elif (text in _BREAKS and end is None) or (end is None and at - start > _LONGEST):
            return None
    return None


def _slot(words: Sequence[_Word], first: int, end: int, after: int, kind: Kind) -> Slot:
    return Slot(words[first].start, words[end - 1].end, words[after - 1].end, kind)


def _asked(words: Sequence[_Word]) -> Iterator[Slot]:
    """What did X say."""
    for at, word in enumerate(words[:-1]):
        if word.text in _AUXILIARIES:
            verbs = _ACTIVE if word.text in _BEING else _SAYING
            found = _before_verb(words, at + 1, verbs)
            if found is not None:
                yield _slot(words, at + 1, found[0], found[2], "asks")


def _asserted(words: Sequence[_Word]) -> Iterator[Slot]:
    """Was it X who said."""
    for at in range(len(words) - 3):
        if words[at].text in ("was", "is", "wasn't", "isn't") and words[at + 1].text == "it":
            if words[at + 2].text in _RELATIVES:
                continue
            for end in range(at + 3, min(at + 3 + _LONGEST, len(words))):
                if words[end].text in ("who", "that"):
                    yield _slot(words, at + 2, end, end + 1, "asserts")
                    break


def _told(words: Sequence[_Word]) -> Iterator[Slot]:
    """What X said."""
    for at, word in enumerate(words[:-1]):
        if word.text in _QUESTION_WORDS and words[at + 1].text not in _NO_SPEAKER | _AUXILIARIES:
            found = _before_verb(words, at + 1, _AFTER_WH)
            if found is not None:
                yield _slot(words, at + 1, found[0], found[2], "asks")


def _attributed(words: Sequence[_Word]) -> Iterator[Slot]:
    """According to X; a quote from X."""
    for at in range(1, len(words) - 1):
        before, word = words[at - 1].text, words[at].text
        if (before == "according" and word == "to") or (
            before in _NOUNS
            and word in ("of", "from")
            and not words[at].begins
            and not _owns(words, at - 2)
        ):
            end = at + 1
            while end < min(at + 1 + _LONGEST, len(words)) and not words[end].begins:
                if words[end].text in _ENDS and end > at + 1:
                    break
                end += 1
            if end > at + 1:
                yield _slot(words, at + 1, end, end, "asks")


def _quoted(words: Sequence[_Word]) -> Iterator[Slot]:
    """Which mayors are quoted; is anybody from X quoted."""
    for at, word in enumerate(words[:-1]):
        if word.text not in _ASKING_WHO:
            continue
        for end in range(at + 2, min(at + 2 + _LONGEST, len(words))):
            if words[end].text in _BREAKS or words[end - 1].text in _BREAKS:
                break
            if words[end].text in _QUOTING:
                last = end
                while last > at + 2 and words[last - 1].text in _COPULAS:
                    last -= 1
                yield _slot(words, at + 1, last, end + 1, "quoted")
                break


def _owned(words: Sequence[_Word]) -> Iterator[Slot]:
    """X's view."""
    for at, word in enumerate(words):
        if not word.text.endswith(("'s", "s'")) or word.text in _NOT_WHOSE:
            continue
        noun = next(
            (i for i in range(at + 1, min(at + 4, len(words))) if words[i].text in _NOUNS), None
        )
        if noun is None:
            continue
        first = at
        while first > 0 and first > at - _LONGEST and not words[first].begins:
            before = words[first - 1].text
            if before in _NOT_WHOSE or (before == "and" and not _owns(words, first - 2)):
                break
            first -= 1
        end = word.end - (2 if word.text.endswith("'s") else 1)
        yield Slot(words[first].start, end, words[noun].end, "whose")


def _noted(words: Sequence[_Word]) -> Iterator[Slot]:
    """X quote on parks."""
    for at in range(1, min(_LONGEST_NAME + 1, len(words))):
        if words[at].text in _QUOTES:
            if not any(word.text in _NOT_WHOSE | {"a", "an", "any"} for word in words[:at]):
                yield _slot(words, 0, at, at + 1, "noted")
            return


def pronouns(lower: str) -> list[Slot]:
    """The slots in which a pronoun speaks: in "Lee: what did she say", "she"."""
    words = _words(lower)
    found = (*_asked(words), *_told(words))
    return [slot for slot in found if lower[slot.start : slot.end] in _PRONOUNS]


def _owns(words: Sequence[_Word], at: int) -> bool:
    return at >= 0 and words[at].text.endswith(("'s", "s'"))
