"""Questions about people: what they say, who is quoted, who is who."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from askmobility.answers.material import Draft, Material, Pick, same_person
from askmobility.answers.selection import in_order, select
from askmobility.documents.verbs import VERB
from askmobility.search.names import Mention, Named
from askmobility.search.words import content_stems
from askmobility.types import Span, Statement

_NO_TOPIC = frozenset(  # how words are asked for, not what they are about
    content_stems(
        "against agree argue comment compare comparison contrast diff difference differ different "
        "disagree eye feel full gist idea main opinion overall point position quote quotation "
        "reaction reckon respond response see side stance statement take thought versus view vs "
        "whole word write document report release"
    )
)
_NOT_QUOTED = re.compile(
    r"\b(?:not|never|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t|without being)\b(?: \w+){0,2} "
    r"(?:quoted|interviewed|heard)\b",
    re.IGNORECASE,
)
_BUT_FOR = re.compile(
    r"\b(?:besides|apart from|aside from|other than|except(?: for)?|excluding|not counting)"
    r"(?: \w+){0,2} $",
    re.IGNORECASE,
)
# with these verbs somebody does something by saying so, and is hardly quoted for it
DEEDS = frozenset("accepted accepts agreed agrees pledged promised proposed supported".split())
WHOLE = 8  # sentences of one quotation that are shown whole
SHORT = 3  # sentences up to which a statement is given whole
EACH = 3  # sentences of each person where several are asked for
ROLL_CALL = 3  # people whom one sentence introduces, from which it is a list of those present
SPEAKS_OF_IT = 0.45  # MaxSim of a question's topic within a sentence, from which it is about it


def nobody(material: Material) -> Draft | None:
    """A refusal where the words of somebody are asked for whom the documents do not name."""
    question = material.question
    if question.unknown_speakers and not question.speakers:
        return Draft((), "speaker_not_quoted")
    return None


def said(material: Material) -> Draft | None:
    """What those whom the question names say, about its topic where it has one."""
    question = material.question
    mentions = question.speakers
    if question.kind == "comparison":
        mentions = tuple(mention for mention in question.mentions if mention.known)
    people = asked_people(mentions)
    if not people or question.kind in ("who", "speakers", "who_said"):
        return None
    if not any(material.voices.of_person(person) for person in people):
        # their words are asked for, and there are none; else what the text tells of them may do
        return Draft((), "speaker_not_quoted") if question.kind == "statement" else None
    if len(people) == 1:
        return of_one(material, people[0])
    return of_several(material, people)


def asked_people(mentions: Iterable[Mention]) -> list[Named]:
    """Everybody meant by the mentions, each once."""
    found: dict[tuple[str, str], Named] = {}
    for mention in mentions:
        for person in mention.people:
            key = (person.document_id, person.speaker.name or person.speaker.role)
            found.setdefault(key, person)
    return list(found.values())


def of_one(material: Material, person: Named) -> Draft:
    """One person's words: all of them, or those on the topic."""
    theirs = sentences_of(material, person)
    if not theirs:
        return Draft((), "speaker_not_quoted")
    topic = topic_of(material, [person])
    rows = material.rows(theirs)
    if not topic:
        asked_for = material.question.kind in ("statement", "factoid", "summary")
        return Draft(tuple(theirs[:WHOLE]), rows=() if asked_for else tuple(rows))
    if material.question.wants_all:
        chosen = [row for row in rows if speaks_of(material, row, topic)] or rows[:1]
    else:
        chosen = with_the_rest(material, person, select(material, rows))
    return Draft(in_order(material, chosen), rows=tuple(chosen))


def statement_of(material: Material, person: Named, pick: Pick) -> Statement | None:
    """The statement of somebody that a sentence belongs to, or leads to."""
    for document_id, statement in material.voices.of_person(person):
        leads = statement.kind == "direct" and statement.attribution == pick.span
        if document_id == pick.document_id and (leads or pick.span in statement.spans):
            return statement
    return None


def in_paragraph_of(material: Material, pick: Pick, others: Iterable[Pick]) -> list[Pick]:
    """Those of some sentences that stand in the same paragraph as another."""
    blocks = material.corpus.structure(pick.document_id).blocks
    block = next(block for block in blocks if block.start <= pick.span.start < block.end)
    return [p for p in others if overlaps(p.span, Span(block.start, block.end))]


def with_the_rest(material: Material, person: Named, rows: list[int]) -> list[int]:
    """The rows, and what is said in one go with the first of them, where that is short."""
    if not rows:
        return rows
    first = material.pick(rows[0])
    statement = statement_of(material, person, first)
    if statement is None:
        return rows
    theirs = sentences_of(material, person)
    if len(statement.spans) <= SHORT:
        theirs = [pick for pick in theirs if pick.span in statement.spans]
    else:
        theirs = in_paragraph_of(material, first, theirs)
    if len(theirs) > SHORT:
        return rows
    rest = material.rows(theirs)
    return list(dict.fromkeys([*rows, *rest]))


def of_several(material: Material, people: Sequence[Named]) -> Draft:
    """What each of several people says on the topic, and who says nothing on it."""
    topic = topic_of(material, people)
    picks: list[Pick] = []
    rows: list[int] = []
    silent: list[str] = []
    for person in people:
        shown, chosen = turn_of(material, person, topic)
        if not shown:
            silent.append(person.speaker.name or person.speaker.role)
            continue
        introduced = introduction(material, person)
        if introduced and introduced not in shown and not is_roll_call(material, introduced):
            picks.append(introduced)
        picks += shown
        rows += chosen
    rows.sort(key=material.order.index)
    if not picks:
        return Draft((), "speaker_silent_on_topic")
    remark = f"{listing(silent)}: quoted, but not on this." if silent else ""
    side_by_side = material.question.kind == "comparison"
    return Draft(tuple(picks), rows=() if side_by_side else tuple(rows), remark=remark)


def turn_of(
    material: Material, person: Named, topic: Sequence[str]
) -> tuple[list[Pick], list[int]]:
    """What one of several people says on the topic, and the rows it stands on."""
    theirs = sentences_of(material, person)
    if not topic:
        return theirs[:EACH], []
    on_it = [row for row in material.rows(theirs) if speaks_of(material, row, topic)]
    chosen = with_the_rest(material, person, select(material, on_it))[:EACH]
    return list(in_order(material, chosen)), chosen


def listing(names: Sequence[str]) -> str:
    """Names as running text."""
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)


def sentences_of(material: Material, person: Named) -> list[Pick]:
    """Every sentence that is this person's, in order, whether quoted or reported.

    One in which their quotation begins behind somebody else's is theirs too.
    """
    found: dict[Pick, None] = {}
    for document_id, statement in material.voices.of_person(person):
        begins = statement.attribution
        if begins and statement.kind == "direct" and material.voices.statement(document_id, begins):
            found[Pick(document_id, begins)] = None
        found.update({Pick(document_id, span): None for span in statement.spans})
    return list(found)


def topic_of(material: Material, people: Sequence[Named]) -> tuple[str, ...]:
    """The question's terms that are not the people's names and roles, in anybody's words."""
    called = [f"{p.speaker.name} {p.speaker.role} {p.speaker.organisation}" for p in people]
    called += [m.text for m in material.question.mentions if not set(m.people).isdisjoint(people)]
    own = {stem for words in called for stem in content_stems(words)}
    return tuple(term for term in material.question.terms if term not in own | _NO_TOPIC)


def speaks_of(material: Material, row: int, topic: Sequence[str]) -> bool:
    """Whether a sentence is about the topic."""
    return bool(material.ranking.evidence.match(topic)[row] >= SPEAKS_OF_IT)


def introduction(material: Material, person: Named) -> Pick | None:
    """The sentence that says who somebody is: their attribution, or where they are introduced."""
    structure = material.corpus.structure(person.document_id)
    places = [p.span for p in structure.people if same_person(p.speaker, person.speaker)]
    places += [
        statement.attribution
        for statement in structure.statements
        if statement.attribution and same_person(statement.speaker, person.speaker)
    ]
    for place in places:
        return Pick(person.document_id, sentence_around(structure.sentences, place))
    return None


def is_roll_call(material: Material, pick: Pick) -> bool:
    """Whether a sentence introduces so many people that it says little of any of them."""
    people = material.corpus.structure(pick.document_id).people
    return sum(pick.span.start <= p.span.start < pick.span.end for p in people) >= ROLL_CALL


def sentence_around(sentences: Sequence[Span], place: Span) -> Span:
    """The sentence, of those in order, that a place lies in; itself where there is none."""
    at = bisect_right(sentences, place.start, key=lambda sentence: sentence.start) - 1
    return sentences[at] if at >= 0 and place.start < sentences[at].end else place


def quoted(material: Material) -> Draft | None:
    """Who is quoted, or named: everybody, or those of the group asked for."""
    question = material.question
    if question.kind != "speakers":
        return None
    left_out = [m for m in question.mentions if _BUT_FOR.search(question.text[: m.start])]
    wanted = asked_people(m for m in question.mentions if m.known and m not in left_out)
    if not wanted and any(mention not in left_out for mention in question.unplaced_speakers):
        return Draft((), "speaker_not_quoted")
    heard = not _NOT_QUOTED.search(question.text)
    named = wanted or [
        Named(person.speaker, document_id, person.quoted)
        for document_id in material.scope
        for person in material.corpus.structure(document_id).people
    ]
    others = {person.speaker for person in asked_people(left_out)}
    named = [person for person in named if person.speaker not in others]
    people = [person for person in named if is_heard(material, person) == heard] or wanted
    if heard and not wanted:
        people += unnamed_voices(material)
    picks = dict.fromkeys(pick for person in people for pick in presented(material, person))
    if not picks:
        return None
    documents = list(dict.fromkeys(pick.document_id for pick in picks))
    return Draft(tuple(sorted(picks, key=lambda p: (documents.index(p.document_id), p.span))))


def is_heard(material: Material, person: Named) -> bool:
    """Whether somebody is quoted, or reported to speak rather than to agree to something."""
    return any(
        statement.kind == "direct" or speaks(material.text(Pick(document_id, span)))
        for document_id, statement in material.voices.of_person(person)
        for span in statement.spans
    )


def speaks(sentence: str) -> bool:
    """Whether a sentence has a verb of saying, other than what is a deed by being said."""
    return any(verb.group() not in DEEDS for verb in VERB.finditer(sentence))


def presented(material: Material, person: Named) -> list[Pick]:
    """The sentence that says who somebody is; their first quotation too, if it stands apart."""
    introduced = introduction(material, person)
    direct = [
        (document_id, statement)
        for document_id, statement in material.voices.of_person(person)
        if statement.kind == "direct"
    ]
    if introduced is None or not direct:
        return [introduced] if introduced else []
    document_id, first = direct[0]
    beside = Pick(document_id, first.spans[0])
    announced = first.attribution is not None and overlaps(introduced.span, first.attribution)
    if overlaps(introduced.span, beside.span) or (announced and announces(material, introduced)):
        return [introduced]
    return [introduced, beside]


def announces(material: Material, pick: Pick) -> bool:
    """Whether a sentence is a line by itself that says whose words come next."""
    blocks = material.corpus.structure(pick.document_id).blocks
    around = [block.kind for block in blocks if overlaps(Span(block.start, block.end), pick.span)]
    return "attribution" in around or material.text(pick).endswith(":")


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end


def unnamed_voices(material: Material) -> list[Named]:
    """The spokespeople, bodies and passers-by who are quoted without a name, each once."""
    unnamed = {
        (document_id, statement.speaker): None
        for document_id, statement in material.in_scope()
        if not statement.speaker.name and (statement.speaker.role or statement.speaker.organisation)
    }
    return [Named(speaker, document_id, True) for document_id, speaker in unnamed]


def who_is(material: Material) -> Draft | None:
    """Who somebody is, where all that the question gives is a name or an office."""
    question = material.question
    people = asked_people(m for m in question.mentions if m.known)
    if question.kind != "who" or topic_of(material, people):
        return None
    picks = [pick for person in people if (pick := introduction(material, person))]
    if not picks:
        return None
    picks = list(dict.fromkeys(picks))[:WHOLE]
    return Draft(tuple(picks), rows=tuple(material.rows(picks)))


def who_said(material: Material) -> Draft | None:
    """The sentence that was said, among those that somebody says."""
    if material.question.kind != "who_said":
        return None
    spoken = [row for row in material.order if material.speaker(row) is not None]
    chosen = select(material, spoken)
    return Draft(in_order(material, chosen), rows=tuple(chosen)) if chosen else None
