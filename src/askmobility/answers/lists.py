"""Lists that a document announces, or that a heading names: whole, one item of them, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from askmobility.answers.material import Draft, Material, Pick
from askmobility.answers.overviews import OF_THE_TEXT, below
from askmobility.answers.people import sentence_around
from askmobility.answers.selection import best_sentences
from askmobility.search.evidence import stems_of
from askmobility.search.question import Question
from askmobility.search.words import content_stems, stem
from askmobility.types import ItemList, Span

COUNTED = 1.5  # what a list gains that has as many items as are asked for
MARKS = 6  # characters of number and full stop that an item may lack of its sentence
MOST_ITEMS = 6  # of a list that comes whole though it was not asked for
CROWD = 3  # best sentences of which all but one must be items of one list
LONGEST_HEADING = 16  # words of one that may ask what a question does
_WORD = re.compile(r"[^\W\d_]+|\d+")
_INTERROGATIVES = frozenset("what who how when where why which".split())
_INVERSION = frozenset(
    "a an the do does did is are was were can could will would should may must i you we they "
    "it to my your our their".split()
)
ONE_DETAIL = ("number", "who_said", "yesno")  # kinds that one sentence answers
_PLURAL = re.compile(r"\b[a-z-]{3,}s\b")
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_NTH = re.compile(
    rf"\b(?P<nth>{'|'.join(_ORDINALS)}|last|final) (?P<noun>[a-z-]+)\b"
    r"|\b(?P<named>[a-z-]+) (?:no\.? |number )?(?P<number>\d{1,2})\b(?![.,%:]\d)"
)
_NEGATIVE = re.compile(r"\b(?:not|never|no|without|cannot|excluded?)\b|n[’']t\b", re.IGNORECASE)
_LEAVES_OUT = re.compile(
    r"\b(?:leave|leaves|leaving|left) (?:[\w'’-]+ ){1,3}out\b|\bleft out\b|\bexclud\w+|\breject\w*|"
    r"\bomit\w*|\bmissing\b|(?:\bnot|n['’]?t) (?:in|on|among|part of|included|mentioned)\b",
    re.IGNORECASE,
)
# how far below the best sentence a list may score and still be meant; one that is a single sentence
# is as long as it is, and matches much by chance
LIST_REACH, SENTENCE_REACH = 1.0, 0.0


def listed(material: Material) -> Draft | None:
    """The items of the list that is asked for, whole."""
    question = material.question
    worded = list_under_the_question(material)
    found = worded or (best_list(material) if question.kind == "list" else implied_list(material))
    if found is None:
        return None
    document_id, chosen = found
    if _LEAVES_OUT.search(question.text) and not _NEGATIVE.search(
        material.text(Pick(document_id, chosen.lead))
    ):
        return None  # what is not in it does not stand in it
    sentences = material.corpus.structure(document_id).sentences
    items = list(dict.fromkeys(in_full(document_id, sentences, item) for item in chosen.items))
    if not (is_called(question, chosen) or is_counted(question, chosen)):
        items = list(dict.fromkeys(sentence_of(sentences, item) for item in items))
    lead = Pick(document_id, chosen.lead)
    if _NEGATIVE.search(material.text(lead)) and lead not in items:
        items.insert(0, lead)  # without its lead such a list says the opposite
    rows = material.rows([lead, *items, *(sentence_of(sentences, item) for item in items)])
    counts = is_called(question, chosen) or not question.noun  # the same things
    if counts and question.count and chosen.announced not in (None, question.count):
        announced = sentence_of(sentences, lead)
        return Draft((announced, *items), "false_premise", rows=tuple(rows))
    called = is_called(question, chosen) and asks_for_no_more(material, document_id, chosen)
    if called and question.kind == "list":
        items += in_other_documents(material, document_id)
    by_name = called or found == worded
    return Draft(tuple(items), rows=() if by_name else tuple(rows))


def list_of_theirs(material: Material) -> Draft | None:
    """The list that somebody is asked for by its name, where it is announced as theirs."""
    question = material.question
    found = best_list(material) if question.kind == "list" and question.speakers else None
    if found is None or not is_called(question, found[1]):
        return None
    lead = set(content_stems(material.text(Pick(found[0], found[1].lead))))
    theirs = any(lead.intersection(content_stems(m.text)) for m in question.speakers)
    return listed(material) if theirs else None


def best_with_their_lists(material: Material) -> Draft:
    """The best sentences; where several are items of one list, the rest of it behind them.

    Not where a single detail is asked for: one item has it.
    """
    made = best_sentences(material)
    if material.question.expects != "none" or material.question.kind in ONE_DETAIL:
        return made
    picks = list(made.picks)
    for document_id in dict.fromkeys(pick.document_id for pick in made.picks):
        structure = material.corpus.structure(document_id)
        for candidate in structure.lists:
            spans = (sentence_around(structure.sentences, item) for item in candidate.items)
            items = list(dict.fromkeys(Pick(document_id, span) for span in spans))
            quoted = [at for at, pick in enumerate(picks) if pick in items]
            if len(items) <= MOST_ITEMS and 1 < len(quoted) < len(items):
                end = quoted[-1] + 1
                picks[end:end] = [item for item in items if item not in picks]
    return replace(made, picks=tuple(picks))


def in_other_documents(material: Material, document_id: str) -> list[Pick]:
    """The items of the lists that other documents call by the name asked for."""
    return [
        in_full(other, material.corpus.structure(other).sentences, item)
        for other in material.scope
        if other != document_id
        for candidate in material.corpus.structure(other).lists
        if is_called(material.question, candidate) and asks_for_no_more(material, other, candidate)
        for item in candidate.items
    ]


def no_such_list(material: Material) -> Draft | None:
    """A refusal where nothing but a list is asked for, by a name that the texts do not know."""
    question = material.question
    noun = stem(question.noun) if question.noun else ""
    named = {noun, str(question.count), *OF_THE_TEXT}
    names_lists = any(noun in family for family in _FAMILIES)
    if question.kind != "list" or not names_lists or not set(question.terms) <= named:
        return None
    known = {term for passage in material.ranking.passages for term in stems_of(passage)}
    return None if any(same_noun(noun, term) for term in known) else Draft((), "detail_not_given")


def list_under_the_question(material: Material) -> tuple[str, ItemList] | None:
    """The one list whose heading asks what the question does: "What the fund pays for"."""
    asked = words_asked(material.question.text)
    found = [
        (document_id, candidate)
        for document_id in (material.scope if asked else ())
        for candidate in material.corpus.structure(document_id).lists
        if words_asked(material.text(Pick(document_id, candidate.lead))) == asked
    ]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1 << 12)
def words_asked(text: str) -> frozenset[str]:
    """The stems of a question, whoever asks it and however it is inverted; none of other text."""
    words = _WORD.findall(text.lower())
    if len(words) > LONGEST_HEADING or not _INTERROGATIVES.intersection(words[:1]):
        return frozenset()
    stems = frozenset(stem(word) for word in words if word not in _INVERSION)
    return stems if len(stems) > 1 else frozenset()


def implied_list(material: Material) -> tuple[str, ItemList] | None:
    """The list that a question of another kind is after: by its name, its lead or its items."""
    headed = announced_list(material, by_heading=True)
    if headed is not None or material.question.kind in ONE_DETAIL:
        return headed
    found = best_list(material)
    if found and is_called(material.question, found[1]) and asks_for_no_more(material, *found):
        return found
    return announced_list(material) or crowded_list(material)


def asks_for_no_more(material: Material, document_id: str, chosen: ItemList) -> bool:
    """Whether the question says nothing that does not stand around the lead of a list."""
    around = {stem(chosen.noun)}
    for passage in material.corpus.passages(document_id):
        if passage.start <= chosen.lead.start < passage.end:
            around |= stems_of(passage)
    return all(
        term in around or same_noun(term, stem(chosen.noun)) for term in material.question.terms
    )


def announced_list(material: Material, by_heading: bool = False) -> tuple[str, ItemList] | None:
    """The list that the best sentence announces, where others hold its items.

    A date, a sum or another single detail is what the announcement itself may hold.
    by_heading: only where that sentence is a heading, which by itself answers nothing.
    """
    if not material.order or (material.question.expects != "none" and not by_heading):
        return None
    document_id, best = material.pick(material.order[0])
    structure = material.corpus.structure(document_id)
    if by_heading and not any(
        b.kind == "heading" and b.start == best.start for b in structure.blocks
    ):
        return None
    for candidate in structure.lists:
        announced = candidate.lead.start < best.end and best.start < candidate.lead.end
        if announced and all(item.start >= best.end for item in candidate.items):
            return document_id, candidate
    return None


def nth_item(material: Material) -> Draft | None:
    """The item of a list that is asked for by its place, or that there are not so many.

    Of every document that has one such list, or of those whose title the question names.
    """
    asked = _NTH.search(material.question.text.lower())
    if asked is None:
        return None
    noun = stem(asked["noun"] or asked["named"])
    further = set(material.question.terms) - {*content_stems(asked.group()), *OF_THE_TEXT}
    called = [
        (document_id, candidate)
        for document_id in material.scope
        if further <= set(content_stems(material.corpus.document(document_id).title))
        for candidate in material.corpus.structure(document_id).lists
        if candidate.noun and same_noun(stem(candidate.noun), noun)
    ]
    if not called or len({document_id for document_id, _ in called}) < len(called):
        return None
    found: list[Pick] = []
    for document_id, chosen in called:
        sentences = material.corpus.structure(document_id).sentences
        items = [in_full(document_id, sentences, item) for item in chosen.items]
        place = place_of(asked, len(items))
        if 0 <= place < len(items):
            found += [items[place], *below(material, items[place])]
    if found or len(called) > 1:
        return Draft(tuple(found)) if found else None
    announced = sentence_of(sentences, Pick(document_id, chosen.lead))
    return Draft(tuple(dict.fromkeys((announced, *items))), "false_premise")


def place_of(asked: re.Match[str], count: int) -> int:
    """Where in a list of so many items the one asked for stands, counted from 0."""
    if asked["number"]:
        return int(asked["number"]) - 1
    return _ORDINALS.index(asked["nth"]) if asked["nth"] in _ORDINALS else count - 1


def in_full(document_id: str, sentences: Sequence[Span], item: Span) -> Pick:
    """An item, with its number and full stop where it is a sentence by itself."""
    sentence = sentence_around(sentences, item)
    around = (sentence.end - sentence.start) - (item.end - item.start)
    return Pick(document_id, sentence if 0 <= around <= MARKS else item)


def sentence_of(sentences: Sequence[Span], pick: Pick) -> Pick:
    """The sentence that a pick lies in."""
    return Pick(pick.document_id, sentence_around(sentences, pick.span))


def is_called(question: Question, candidate: ItemList) -> bool:
    """Whether the question calls the list by what it is a list of."""
    called = stem(candidate.noun)
    nouns = [question.noun] if question.noun else _PLURAL.findall(question.text.lower())
    return bool(called) and any(same_noun(called, stem(noun)) for noun in nouns)


def is_counted(question: Question, candidate: ItemList) -> bool:
    """Whether a list has as many items as "the 4 things that they want"."""
    count = question.count
    return bool(count and not question.noun) and count in (
        candidate.announced,
        len(candidate.items),
    )


def crowded_list(material: Material) -> tuple[str, ItemList] | None:
    """The list that several of the best sentences are items of, whatever was asked for."""
    first = [material.pick(row) for row in material.order[:CROWD]]
    if not first:
        return None
    for candidate in material.corpus.structure(first[0].document_id).lists:
        starts = {item.start for item in candidate.items}
        inside = [pick for pick in first if pick.span.start in starts]
        if first[0] in inside and len(inside) >= CROWD - 1:
            return first[0].document_id, candidate
    return None


_FAMILIES = tuple(  # nouns under which the same list may be asked for
    frozenset(content_stems(nouns))
    for nouns in (
        "recommendations proposals suggestions changes improvements asks calls actions steps "
        "measures",
        "themes priorities areas pillars strands aims goals objectives topics subjects",
        "concerns worries objections complaints problems issues barriers obstacles challenges",
        "reasons causes factors grounds",
        "benefits advantages gains",
    )
)


def same_noun(one: str, other: str) -> bool:
    """Whether two stems name lists of the same kind."""
    return one == other or any({one, other} <= family for family in _FAMILIES)


def best_list(material: Material) -> tuple[str, ItemList] | None:
    """The list whose name, count and content fit the question best, if any does."""
    question = material.question
    best: tuple[float, str, ItemList] | None = None
    ceiling = material.score(material.order[0]) if material.order else 0.0
    for document_id in material.scope:
        structure = material.corpus.structure(document_id)
        for candidate in structure.lists:
            score = content_score(material, document_id, structure.sentences, candidate)
            exact = candidate.noun in (question.noun, *question.text.lower().split())
            named = is_called(question, candidate) * (2.0 if candidate.noun and exact else 1.0)
            if is_counted(question, candidate):
                named = max(named, COUNTED)
            if not named and score < ceiling - reach_of(structure.sentences, candidate):
                continue
            score += named
            if best is None or score > best[0]:
                best = (score, document_id, candidate)
    return (best[1], best[2]) if best else None


def reach_of(sentences: Sequence[Span], candidate: ItemList) -> float:
    """How far below the best sentence a list that is not named may score."""
    one = len({sentence_around(sentences, item) for item in candidate.items}) == 1
    return SENTENCE_REACH if one else LIST_REACH


def content_score(
    material: Material, document_id: str, sentences: Sequence[Span], candidate: ItemList
) -> float:
    """The best score of the sentences that announce or hold the list."""
    places = [candidate.lead, *candidate.items]
    around = {sentence_around(sentences, place) for place in places}
    rows = material.rows(Pick(document_id, span) for span in around)
    return max((material.score(row) for row in rows), default=-1e9)
