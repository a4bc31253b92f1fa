"""Who says what: statements and the people a text names.

Quote marks do not balance in real texts, so they only help: attribution lines, the run of
paragraphs, and the sentence that names a speaker decide. Where the text leaves it open, no
name is given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from askmobility.documents.authors import OwnWords, cited_words, own_words, set_off
from askmobility.documents.claims import Claim, claims, quoted_runs
from askmobility.documents.names import Named, couples, names
from askmobility.documents.people import (
    DETERMINER,
    PREPOSITION,
    Gender,
    Introduction,
    Register,
    can_name,
    introduced,
    introductions,
    is_called_a_body,
    words_of,
)
from askmobility.documents.quotes import FIRST_PERSON, QUOTED, as_spoken, narration
from askmobility.documents.verbs import VERB
from askmobility.types import Block, Person, Span, Speaker, Statement

UNNAMED = Speaker("")
SENTENCE_LENGTH = 1500  # characters
# what somebody is said to want, after he has spoken: still his view
MINDED = re.compile(
    r"(?:He|She)\s+(?:also\s+|then\s+)?(?:plans?|planned|hopes?|hoped|expects?|expected|wants?|"
    r"wanted|thinks?|thought|believes?|believed|feels?|felt|fears?|feared|wished|intends?|"
    r"intended|did not|does not|ruled out|was not)\b"
)
# reported speech goes on in a tense further back: "Two more would open in May."
REPORTING = re.compile(
    r"\b(?:said|reported|explained|replied|answered|told|added|admitted|insisted|argued|warned|"
    r"urged|thought|feared|claimed|stated|estimated|predicted|had|would|could)\b"
)
BACKSHIFTED = re.compile(
    r"(?!It (?:had|was)\b|The (?:Board|Panel|Committee|Council|motion|meeting)\b)[^:;]*?"
    r"\b(?:had|would|could|might)\b(?! like\b)"
)
OFFICE = re.compile(r"The ((?:[A-Z]\w+ ?)+)")
PRONOUN_FIRST = re.compile(r"(?:He|She)\b")
ANOTHER = re.compile(r"\x00[”\"’] (?:he|she|they|(?:the|one) \w+) (?:said|says|told|asked)\b")
DOCUMENT = re.compile(
    r"\b(?:report|study|paper|review|survey|poll|letter|article|document|guidance|plan|strategy)$",
    re.IGNORECASE,
)
# the words before the last one of a body's name: "Northam Chamber of Commerce"
NAME_BEGINS = re.compile(
    r"(?P<name>(?:[A-Z][\w’'&-]*\s+)+(?:(?:of|for|and|the|&)\s+)+"
    r"(?P<last>(?:[A-Z][\w’'&.-]*\s*)+?))\s+$"
)
JOINED = re.compile(r"(?:,[^,;:.\x00“”]{2,80},)?\s+(?:and|&)\s+(?P<role>[\w’'-][\w’' -]*\s)?")
NEXT_CLAUSE = re.compile(r"\b(?:while|whereas|and|but)\s")
# "his successor said that she": somebody else speaks, whose name may never be told
RELATED = re.compile(r"\b(?:[Hh]is|[Hh]er|[Tt]heir|\w+[’']s?)\s+(?:predecessor|successor)\b")
AFTERTHOUGHT = re.compile(r"(?:\s+[a-z]\w*){1,4}[.,]?")  # "Ms Lee" and it: "laughs."
SPEAKS = re.compile(r"[:,]?\s*[“\"‘']\x00")  # behind a verb of saying: whole sentences follow
CALLS = re.compile(r"[^.;:\x00“”\"]{0,60}[“\"]\x00")
INITIALS = re.compile(r"([A-Z]{2,3}):\s")
ATTENDANCE = re.compile(
    r"(?:Present|There|Members|Councillors|Attendance|Attendees|In attendance|Also in attendance|"
    r"Also present|Apologies|On the (?:panel|call)|In the chair|Chair|Facilitators?|Panel|"
    r"Witnesses|Officers|Speakers)\b[^:.]{0,30}:"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """One sentence and whose it is."""

    sentence: Span
    speaker: Speaker
    direct: bool  # it quotes
    attribution: Span | None
    told: bool = False  # it has a verb of saying after which the narrator may go on reporting


@dataclass(slots=True)
class Reading:
    """What is known while one document is read from its beginning."""

    masked: str
    register: Register
    claimed: Mapping[Span, Sequence[Claim]]  # what each sentence says about who speaks
    carried: Speaker | None = None  # who spoke at the end of the block before
    announced: Span | None = None  # the line that names `carried`, when the quotation comes next
    focus: Speaker | None = None  # who spoke or was introduced last in this block
    mentioned: list[Speaker] = field(default_factory=list)  # in this block, in order
    met: set[Speaker] = field(default_factory=set)  # in the document so far
    unnamed: list[Speaker] = field(default_factory=list)  # who spoke so far without a name
    unquoted: Span | None = None  # the line that announced words which bear no quote marks
    unquoted_end: int = 0  # where those end
    body: Speaker | None = None  # the last body in this block that a verb of saying has
    body_at: Span | None = None  # the sentence that names it
    bodies: list[Speaker] = field(default_factory=list)  # in the document so far
    answering: Speaker | None = None  # whom a label in front of this block has speaking


def statements_and_people(
    text: str, blocks: Sequence[Block], sentences: Sequence[Span]
) -> tuple[tuple[Statement, ...], tuple[Person, ...]]:
    """What people are quoted as saying, and everybody the text names, in order of the text.

    A sentence has one speaker only. A person's span is the place that introduces them.
    """
    blocks = as_spoken(text, blocks)
    register = Register(frozenset(re.findall(r"\b[a-z][a-z’'-]+\b", text)))
    cited = list(set_off(text, blocks, register))
    masked = narration(text, blocks, {block for words, _ in cited for block in words})
    claimed = {
        span: tuple(claims(masked, *span, register.common)) if is_prose(span) else ()
        for span in sentences
    }
    enter_all(register, masked, blocks, claimed)
    own = [*cited_words(cited, register), *own_words(masked, blocks, register)]
    reading = Reading(masked, register, claimed)
    said = tuple(merged(credited(reading, blocks, sentences, own)))
    quoted = {statement.speaker.name for statement in said}
    named = [
        Person(introduction.speaker, introduction.span, name in quoted)
        for name, introduction in register.introductions.items()
    ]
    return said, tuple(sorted(named, key=lambda person: person.span))


def enter_all(
    register: Register,
    masked: str,
    blocks: Sequence[Block],
    claimed: Mapping[Span, Sequence[Claim]],
) -> None:
    """Enter everybody whom the text introduces."""
    for block in blocks:
        if is_prose(Span(block.start, block.end)) and ATTENDANCE.match(masked, block.start):
            for found in attending(masked, block, register):
                register.add(found)
    for introduction in by_letters(masked, blocks, register):
        register.add(introduction)
    enter_told(register, masked, claimed)
    for introduction in list(in_short(masked, claimed, register)):
        register.add(introduction)


def enter_told(register: Register, masked: str, claimed: Mapping[Span, Sequence[Claim]]) -> None:
    """Enter whom sentences introduce, full names first."""
    loose = []
    for span, found_here in claimed.items():
        if not is_prose(span):
            continue
        for introduction in introductions(masked, *span, register.common):
            if " " in introduction.speaker.name:
                register.add(introduction)
            else:
                loose.append(introduction)
        for introduction in saying(masked, span, found_here, register):
            register.add(introduction)
    for introduction in loose:
        if not register.find(introduction.named) and not register.ambiguous(introduction.named):
            register.add(in_full(masked, claimed, introduction, register.common))


def in_short(
    masked: str, claimed: Mapping[Span, Sequence[Claim]], register: Register
) -> Iterator[Introduction]:
    """Whoever is named in full with nothing beside it, and by one word where he speaks."""
    alone = {named.name for named in speaking_by_one_word(masked, claimed)}
    for start, end in filter(is_prose, claimed) if alone else ():
        pairs = [each for each in couples(masked, start, end) if each.name.split()[0] in alone]
        for candidate in (*names(masked, start, end, register.common), *pairs):
            words = candidate.name.split()
            if len(words) < 2 or register.find(candidate):
                continue
            by_first = words[0] in alone and is_first_name(masked, words[0], register)
            sure = (by_first or words[-1] in alone) and not is_body(
                masked, candidate, end, register.common
            )
            found = introduced(masked, start, end, candidate, told=True)
            if found is not None and (sure or candidate in pairs):
                yield found


def speaking_by_one_word(masked: str, claimed: Mapping[Span, Sequence[Claim]]) -> Iterator[Named]:
    """The subjects of verbs of saying that are one word, as surnames and first names are."""
    for claim in (claim for found in claimed.values() for claim in found):
        named = claim.subject.named
        if named is None or claim.by != "verb" or " " in named.name:
            continue
        if not masked.endswith(("The ", "the "), 0, named.start):
            yield named


def is_first_name(masked: str, word: str, register: Register) -> bool:
    """Whether a word that speaks is nobody's surname and somebody's that a pronoun follows."""
    said = rf"\b{re.escape(word)}\b[^.\x00]{{0,80}}\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b"
    return not register.by_word.get(word) and re.search(said, masked) is not None


def by_letters(masked: str, blocks: Sequence[Block], register: Register) -> Iterator[Introduction]:
    """Whoever is named with the letters that label what they say: "Jo Lee (JL)"."""
    labels = (INITIALS.match(masked, block.start, block.end) for block in blocks)
    letters = {label.group(1) for label in labels if label}
    for block in blocks if letters else ():
        for candidate in names(masked, block.start, block.end, register.common):
            own = re.match(r"\s*\(([A-Z]{2,3})\)", masked[candidate.end : block.end])
            if own and own.group(1) in letters:
                found = introduced(masked, candidate.start, block.end, candidate, told=True)
                if found is not None and register.find(candidate) is None:
                    yield found


def in_full(
    masked: str, sentences: Iterable[Span], introduction: Introduction, common: frozenset[str]
) -> Introduction:
    """ "Mr Lee" under his full name, where the text gives one and does not say who he is by it."""
    surname = introduction.speaker.name
    full = {
        candidate.name
        for start, end in filter(is_prose, sentences)
        for candidate in names(masked, start, end, common)
        if candidate.name.endswith(f" {surname}") and can_name(candidate)
    }
    if not introduction.named.titled or len(full) != 1:
        return introduction
    return replace(introduction, speaker=replace(introduction.speaker, name=full.pop()))


def is_prose(sentence: Span) -> bool:
    """Whether a sentence is short enough to be one; a run-on table says nothing of speakers."""
    return sentence.end - sentence.start <= SENTENCE_LENGTH


def attending(masked: str, block: Block, register: Register) -> Iterator[Introduction]:
    """The people in a list of those present."""
    for candidate in names(masked, block.start, block.end, register.common):
        listed = re.match(r"\s*(?:[,;.(]|$)", masked[candidate.end : block.end])
        if listed and not PREPOSITION.search(masked[block.start : candidate.start]):
            found = introduced(masked, block.start, block.end, candidate, told=True)
            if found is not None:
                yield found


def saying(
    masked: str, sentence: Span, found_here: Sequence[Claim], register: Register
) -> Iterator[Introduction]:
    """Full names that a sentence introduces by a verb of saying alone."""
    start, end = sentence
    for claim in found_here:
        named = claim.subject.named
        if named is None or " " not in named.name or register.find(named):
            continue
        if claim.by == "label" and masked[named.end : named.end + 2] != " (":
            continue
        if is_body(masked, named, end, register.common):
            continue
        found = introduced(masked, start, end, named, told=True)
        if found is not None:
            yield found


def is_body(masked: str, named: Named, end: int, common: frozenset[str]) -> bool:
    """Whether a name that only a verb of saying makes a person is a firm's or a scheme's."""
    if any(word.lower() in common for word in named.name.split()) and not named.titled:
        return True
    if re.match(r"\s+have\b|.*\b(?:it|its)\b", masked[named.end : end]):
        return True
    if is_called_a_body(masked, named.name):
        return True
    return re.search(rf"\b(?:[Aa]t|[Ii]n|[Tt]he)\s+{re.escape(named.name)}\b", masked) is not None


def credited(
    reading: Reading,
    blocks: Sequence[Block],
    sentences: Sequence[Span],
    own: Sequence[OwnWords],
) -> Iterator[Credit]:
    """Every sentence that somebody speaks, in order."""
    starts = [span.start for span in sentences]
    cut = [
        sentences[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        for block in blocks
    ]
    for number, (block, within) in enumerate(zip(blocks, cut, strict=True)):
        author = next((words for words in own if words.holds(block)), None)
        if block.kind in ("heading", "table"):
            reading.carried, reading.announced = headed_by(reading, block), None
        elif block.kind == "attribution" and author is None:
            announce(reading, block, within)
        elif author is not None:
            yield from credit_own(reading, within, author)
        elif block.quote == "source":
            reading.carried, reading.announced = None, None
        else:
            if reading.announced:
                reading.unquoted = reading.announced
                reading.unquoted_end = unquoted_end(reading, blocks[number:], cut[number:])
            closing = closing_run(reading.masked, cut[number:])
            if closing is not None:
                found = owner_of(reading, closing, None, None)
                reading.carried = found[0] if found else None
            yield from credit_block(reading, block, within)


def headed_by(reading: Reading, block: Block) -> Speaker | None:
    """Whom a heading that is a name and a role gives the quotation below it to."""
    for candidate in names(reading.masked, block.start, block.end, reading.register.common):
        found = introduced(reading.masked, block.start, block.end, candidate)
        alone = found is not None and found.span == Span(block.start, block.end)
        return reading.register.find(candidate) if alone else None
    return None


def closing_run(masked: str, following: Sequence[Sequence[Span]]) -> list[Span] | None:
    """Where a quotation that opens a paragraph and stays open ends: “... / “...,” said Jo Lee.

    following: the sentences of a block and of those after it. None unless the words that end
    the quotation stand beside narration.
    """
    for number, within in enumerate(following):
        runs = list(quotation_runs(masked, within))
        if not runs or masked[within[0].start] not in '“"':
            return None
        if number and not whole(masked, runs[0]):
            return runs[0]
        if len(runs) > 1 or not whole(masked, runs[0]) or masked[within[-1].end - 1] != QUOTED:
            return None
    return None


def announce(reading: Reading, block: Block, sentences: Sequence[Span]) -> None:
    """Take a line such as "X, Role, said:" as naming the speaker of what follows."""
    found = [(claim, span) for span in sentences for claim in reading.claimed[span]]
    speakers = (resolved(reading, claim, span.start) for claim, span in reversed(found))
    named = next((speaker for speaker in speakers if speaker is not None), None)
    named = named or only_one(mentions(reading, block.start, block.end))
    reading.carried = named or unnamed_speaker(reading, [claim for claim, _ in found]) or UNNAMED
    reading.announced = Span(block.start, block.end)


def only_one(speakers: Iterable[Speaker]) -> Speaker | None:
    """The speaker, if it is one."""
    found = set(speakers)
    return found.pop() if len(found) == 1 else None


def credit_own(reading: Reading, sentences: Sequence[Span], author: OwnWords) -> Iterator[Credit]:
    """Credit the author, save for what the main clause of a sentence gives to somebody else."""
    masked = reading.masked
    reading.focus, reading.mentioned = None, []
    theirs = False
    for run in quotation_runs(masked, sentences):
        first = run[0]
        other = next(
            (
                speaker
                for claim in reading.claimed[first]
                if not speaks_itself(masked, first.start, claim)
                and (speaker := resolved(reading, claim, first.start)) is not None
            ),
            None,
        )
        told = quoted_by(reading, run) if len(run) > 1 else None
        theirs = other is None and is_anothers(masked, run, before=theirs)
        for sentence in [] if theirs else run:
            speaker = other or (told if told and whole(masked, [sentence]) else None)
            where = first if speaker else author.told_at
            yield Credit(sentence, speaker or author.speaker, True, where)
        remember(reading, run, credited=False)


def is_anothers(masked: str, run: Sequence[Span], *, before: bool) -> bool:
    """Whether a run is a quotation of somebody unnamed: “Do not write that,” he said.

    before: whether the run before was one, so that bare quotations go on with it.
    """
    if whole(masked, run):
        return before
    return ANOTHER.search(masked, run[0].start, run[-1].end) is not None


def speaks_itself(masked: str, start: int, claim: Claim) -> bool:
    """Whether the main clause is the author's: "I met Jo Lee, who said ..."."""
    named = claim.subject.named
    before = masked[start : named.start if named else claim.start]
    relative = re.search(r"\bwho\s+$", masked[start : claim.start])
    return relative is not None or re.search(r"\bI\b", before) is not None


def quoted_by(reading: Reading, run: Sequence[Span]) -> Speaker | None:
    """Whom the first sentence of a run quotes, be it in a subordinate clause."""
    first = run[0]
    framing = (claim for claim in reading.claimed[first] if claim.framing)
    speakers = (resolved(reading, claim, first.start) for claim in framing)
    return next((speaker for speaker in speakers if speaker is not None), None)


def credit_block(reading: Reading, block: Block, sentences: Sequence[Span]) -> Iterator[Credit]:
    """Credit the sentences of one paragraph or item."""
    masked = reading.masked
    carried, announced = reading.carried, reading.announced
    reading.focus, reading.mentioned, reading.announced = None, [], None
    labelled = reading.answering = answering(reading, block, sentences)
    reading.body, unquoted = None, block.start < reading.unquoted_end
    if labelled is not None or unquoted:
        speaker = labelled or carried or UNNAMED
        where = (reading.unquoted if unquoted else announced) or Span(block.start, block.end)
        yield from (Credit(sentence, speaker, True, where) for sentence in sentences)
        reading.carried = speaker if labelled is None else None
        return
    last: Credit | None = None
    runs = list(quotation_runs(masked, sentences))
    if len(runs) > 1 and whole(masked, runs[0]):
        carried = told_behind(reading, runs[1][0]) or carried
    for run in runs:
        found = owner_of(reading, run, carried, last)
        if found is not None:
            owner, attribution = found
            for sentence in run:
                if is_two_peoples(reading, sentence):
                    yield Credit(sentence, UNNAMED, True, sentence)
                    continue
                if sentence != run[0] and (other := second_voice(reading, run, owner)):
                    owner, attribution = other, run[0]
                direct = QUOTED in masked[sentence.start : sentence.end]
                told = REPORTING.search(masked, sentence.start, sentence.end) is not None
                last = Credit(sentence, owner, direct, attribution or announced, told)
                yield last
            reading.focus = owner
        else:
            last = None
        remember(reading, run, credited=found is not None)
    reading.carried = reading.focus if last is not None or reading.focus else None


def unquoted_end(
    reading: Reading, blocks: Sequence[Block], within: Sequence[Sequence[Span]]
) -> int:
    """Where words end that a line announces and that bear no quote marks.

    They go on for as long as paragraphs that name no speaker say "I" or "we", but for one at a
    time between two that do; where they are set off, as far as they are. blocks: from the one
    behind the line on. 0 if they bear marks.
    """
    if blocks[0].quote and unmarked(reading.masked, blocks[0]):
        return [blocks[0], *takewhile(lambda block: block.quote == "goes on", blocks[1:])][-1].end
    end, between = 0, False
    for block, sentences in zip(blocks, within, strict=True):
        framed = any(claim.framing for span in sentences for claim in reading.claimed[span])
        if not unmarked(reading.masked, block) or (end and (framed or block.kind != "paragraph")):
            break
        if not end or FIRST_PERSON.search(reading.masked, block.start, block.end):
            end, between = block.end, False
        elif between:
            break
        else:
            between = True
    return end


def label_of(reading: Reading, block: Block, sentences: Sequence[Span]) -> Speaker | None:
    """Whom a label at the start of a block names: "AO: Not by us." """
    letters = INITIALS.match(reading.masked, block.start, block.end)
    if block.kind == "item":
        return None  # of what is to be done, and by whom
    if letters:
        return reading.register.by_initials(letters.group(1))
    for claim in [claim for span in sentences[:1] for claim in reading.claimed[span][:1]]:
        if claim.by == "label" and reading.masked[claim.end] not in '“"‘':
            return resolved(reading, claim, block.start)
    return None


def answering(reading: Reading, block: Block, sentences: Sequence[Span]) -> Speaker | None:
    """Whom a label has speaking in a block: its own, or one above where it still says "I"."""
    labelled = label_of(reading, block, sentences)
    goes_on = (
        block.kind == "paragraph"
        and unmarked(reading.masked, block)
        and not any(reading.claimed[span] for span in sentences)
        and FIRST_PERSON.search(reading.masked, block.start, block.end)
    )
    return labelled or (reading.answering if goes_on else None)


def unmarked(masked: str, block: Block) -> bool:
    """Whether a block has no quote marks at all."""
    return re.search(r"[\x00“”\"]", masked[block.start : block.end]) is None


def quotation_runs(masked: str, sentences: Sequence[Span]) -> Iterator[list[Span]]:
    """Sentences grouped so that one quotation stays in one group."""
    run: list[Span] = []
    for sentence in sentences:
        if run and not (masked[run[-1].end - 1] == QUOTED and masked[sentence.start] == QUOTED):
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def owner_of(
    reading: Reading, run: Sequence[Span], carried: Speaker | None, last: Credit | None
) -> tuple[Speaker, Span | None] | None:
    """(speaker, the sentence that says so) of one run of sentences, or None for narration."""
    masked = reading.masked
    first, final = run[0], run[-1]
    quotes = list(quoted_runs(masked, first.start, final.end))
    found = [claim for span in dict.fromkeys((first, final)) for claim in reading.claimed[span]]
    ordered = in_order(found, quotes)
    for claim in ordered:
        speaker = resolved(reading, claim, first.start, carried)
        if speaker is not None:
            return speaker, first if claim.end <= first.end else final
        if claim.framing:
            break  # somebody speaks here, and it stays open who
    if quotes and whole(masked, run):
        if reading.focus is not None:
            return reading.focus, None
        opens_block = not reading.mentioned and last is None
        return (carried, None) if carried is not None and opens_block else None
    unnamed = unnamed_speaker(reading, ordered) if quotes else None
    if unnamed is not None:
        it = unnamed == reading.body and any(claim.subject.words == "it" for claim in ordered)
        return unnamed, reading.body_at if it else first
    if all(claim.subject.kind == "pronoun" for claim in ordered):
        return reported_on(reading, run, last, quoting=bool(quotes))
    return None


def told_behind(reading: Reading, sentence: Span) -> Speaker | None:
    """Who spoke the quotation in front of a sentence: “Would I?” Ms Lee laughs. “Ask me.”"""
    start, end = sentence
    for candidate in names(reading.masked, start, end, reading.register.common):
        if candidate.start == start and AFTERTHOUGHT.fullmatch(reading.masked, candidate.end, end):
            return reading.register.find(candidate)
        break
    return None


def is_two_peoples(reading: Reading, sentence: Span) -> bool:
    """Whether a sentence quotes two people: “...,” said X, while Y said: “...”

    Where the other one's words are reported only, it is X who speaks.
    """
    masked, found = reading.masked, reading.claimed[sentence]
    quotes = list(quoted_runs(masked, *sentence))
    for one, other in pairwise(found):
        clause = NEXT_CLAUSE.search(masked, one.start, other.start)
        if not clause or other.subject == one.subject or other.subject.kind == "pronoun":
            continue
        speaks = SPEAKS.match(masked, other.end)
        if quotes and quotes[0][0] < clause.start() and speaks:
            first, second = (resolved(reading, claim, sentence.start) for claim in (one, other))
            return first != second or first is None
    return False


def second_voice(reading: Reading, run: Sequence[Span], owner: Speaker) -> Speaker | None:
    """Whose quotation goes on behind a sentence of two: “...,” said X, while Y said: “...”"""
    first = run[0]
    quotes = list(quoted_runs(reading.masked, *first))
    framing = [claim for claim in reading.claimed[first] if claim.framing]
    if len(quotes) < 2 or not framing or not whole(reading.masked, run[1:]):
        return None
    last = framing[-1].start
    clauses = list(NEXT_CLAUSE.finditer(reading.masked, quotes[-2][1], last))
    if not clauses or last > quotes[-1][0]:
        return None
    speaker = next(mentions(reading, clauses[-1].end(), last), None)
    return speaker if speaker != owner else None


def reported_on(
    reading: Reading, run: Sequence[Span], last: Credit | None, *, quoting: bool
) -> tuple[Speaker, Span | None] | None:
    """(speaker, where) where narration without a verb of saying still gives somebody's words."""
    first, masked = run[0], reading.masked
    opening = next(mentions(reading, first.start, min(first.start + 60, first.end)), None)
    if last is not None and opening in (None, last.speaker) and goes_on(masked, first, last):
        return last.speaker, None
    pronoun = PRONOUN_FIRST.match(masked, first.start)
    if quoting and pronoun:
        who = referent(reading, pronoun.group().lower(), first.start, first.start, None)
        return None if who is None else (who, first)
    return None


def unnamed_speaker(reading: Reading, found: Sequence[Claim]) -> Speaker | None:
    """ "a spokesperson", "Northam Rubber": who speaks where no person is named."""
    for claim in found:
        if not claim.framing and not leads_to_quote(reading, claim):
            continue
        speaker = reading.body if claim.subject.words == "it" else nameless(reading, claim)
        if speaker is None:
            continue
        if re.match(r"the\b", claim.subject.words, re.IGNORECASE):
            speaker = unnamed_before(reading, speaker.role or speaker.organisation) or speaker
        reading.unnamed.append(speaker)
        return speaker
    return UNNAMED if any(claim.framing for claim in found) else None


def nameless(reading: Reading, claim: Claim) -> Speaker | None:
    """The office or body that a claim has for its subject; None for a person and a document."""
    subject = claim.subject
    words = DETERMINER.sub("", subject.words)
    if subject.kind == "pronoun" or DOCUMENT.search(words):
        return None
    if subject.kind == "role":
        return Speaker("", role=words)
    begins = NAME_BEGINS.search(reading.masked[max(0, claim.start - 120) : claim.start])
    if begins and begins.group("last") == words:
        return Speaker("", organisation=begins.group("name"))
    named = subject.named
    if named is not None and (
        reading.register.find(named) or not is_body_by_name(reading.masked, named)
    ):
        return None  # somebody of whom no more is told
    return Speaker("", organisation=words)


def is_body_by_name(masked: str, named: Named) -> bool:
    """Whether words that name no person are a body's: several, or one behind "the"."""
    before = re.search(r"(\w+)\s+$", masked[max(0, named.start - 40) : named.start])
    word = before.group(1) if before else ""
    if named.titled:
        return False
    return word in ("The", "the") or (" " in named.name and not word[:1].isupper())


def leads_to_quote(reading: Reading, claim: Claim) -> bool:
    """Whether a body with a name is said to call something by words in quote marks."""
    by_name = claim.subject.kind in ("organisation", "named")
    last = claim.subject.words.split()[-1]
    return by_name and last[0].isupper() and bool(CALLS.match(reading.masked, claim.end))


def unnamed_before(reading: Reading, words: str) -> Speaker | None:
    """Whom "the spokesperson" means: the one unnamed speaker so far whose role holds its words."""
    meant = {
        speaker
        for speaker in (*reading.unnamed, *reading.bodies)
        if words_of(words) <= words_of(f"{speaker.role} {speaker.organisation}")
    }
    return meant.pop() if len(meant) == 1 else None


def goes_on(masked: str, sentence: Span, last: Credit) -> bool:
    """Whether a sentence of narration still reports what the speaker before it said."""
    if not last.speaker.name:
        return False
    if MINDED.match(masked, sentence.start):
        return True
    return last.told and BACKSHIFTED.match(masked, sentence.start, sentence.end) is not None


def in_order(found: Sequence[Claim], quotes: Sequence[tuple[int, int]]) -> list[Claim]:
    """Claims with the one that frames the quotation first."""
    if not quotes:
        return list(found)
    opening = quotes[0][0]
    before = [claim for claim in found if claim.end <= opening]
    behind = [claim for claim in found if claim.end > opening]
    framing = [claim for claim in before if claim.framing]
    return [*framing, *(claim for claim in before if not claim.framing), *behind]


def whole(masked: str, run: Sequence[Span]) -> bool:
    """Whether nothing but quoted words stands in a run."""
    return not any(c.isalnum() for start, end in run for c in masked[start:end])


def resolved(
    reading: Reading, claim: Claim, start: int, carried: Speaker | None = None
) -> Speaker | None:
    """The person that the subject of a claim means, or None if that stays open."""
    subject = claim.subject
    if subject.named is not None:
        named = subject.named
        if is_one_of_two(reading, start, claim, named):
            return None
        speaker = reading.register.find(named)
        sure = named.titled or claim.by == "signature"
        if (
            speaker is None
            and sure
            and len(named.name) > 1
            and not reading.register.ambiguous(named)
        ):
            speaker = Speaker(named.name, named.honours)
        return speaker
    if subject.kind == "pronoun":
        return referent(reading, subject.words, start, claim.start, carried)
    return reading.register.by_role(subject.words) if subject.kind == "role" else None


def is_one_of_two(reading: Reading, start: int, claim: Claim, named: Named) -> bool:
    """Whether a name is one of two that speak as one: "Ann Hart and Greg Moss said"."""
    masked = reading.masked
    until = named.end + 90 if claim.start <= named.start else claim.start
    for other in names(masked, start, min(until, len(masked)), reading.register.common):
        one, two = sorted((other, named), key=lambda each: each.start)
        joined = JOINED.fullmatch(masked, one.end, two.start)
        if not joined or not can_name(other) or not (other.titled or " " in other.name):
            continue
        if two.start > claim.start and VERB.match(masked[two.end :].lstrip()):
            continue  # "said X, and Y added"
        if reading.register.find(other) or not joined.group("role"):
            return True
    return False


def referent(
    reading: Reading, pronoun: str, start: int, at: int, carried: Speaker | None
) -> Speaker | None:
    """Whom "he" or "she" means: whoever is in focus, else who was mentioned last."""
    if pronoun not in ("he", "she"):
        return None
    gender: Gender = "he" if pronoun == "he" else "she"
    inside = list(mentions(reading, start, at))
    earlier = [reading.focus, *reversed(reading.mentioned)]
    if not any(earlier) and not inside:
        earlier = [] if reading.body else [carried]  # the one unnamed who spoke since
    if not inside and RELATED.search(reading.masked, start, at):
        return None
    for speaker in [*inside, *earlier]:
        if speaker and speaker != UNNAMED and reading.register.gender(speaker) in ("", gender):
            reading.register.genders.setdefault(speaker.name, gender)
            return speaker
    return None


def remember(reading: Reading, run: Sequence[Span], *, credited: bool) -> None:
    """Note who is mentioned, for the pronouns to come; one introduced here comes into focus."""
    framing = [(claim, span) for span in run for claim in reading.claimed[span] if claim.framing]
    for claim, span in framing:
        body = nameless(reading, claim)
        if body is not None:
            reading.body, reading.body_at = body, span
            reading.bodies.append(body)
    if not reading.register.introductions:
        return
    for start, end in filter(is_prose, run):
        office = OFFICE.match(reading.masked, start, end)
        holder = reading.register.by_role(office.group(1)) if office else None
        if holder is not None and not credited:
            reading.focus = holder
        opener = end  # where the name ends that the sentence opens with
        for candidate in names(reading.masked, start, end, reading.register.common):
            speaker = reading.register.find(candidate)
            if speaker is None:
                continue
            new = speaker not in reading.met
            still = reading.focus is not None and PRONOUN_FIRST.match(reading.masked, start)
            opens = candidate.start == start
            beside = JOINED.fullmatch(reading.masked, opener, candidate.start)
            if not credited and not still and not beside and (new or opens):
                reading.focus = speaker
            opener = candidate.end if opens else opener
            reading.mentioned.append(speaker)
            reading.met.add(speaker)


def mentions(reading: Reading, start: int, end: int) -> Iterator[Speaker]:
    """The people whom a stretch of narration names."""
    for candidate in names(reading.masked, start, end, reading.register.common):
        speaker = reading.register.find(candidate)
        if speaker is not None:
            yield speaker


def merged(credits: Iterator[Credit]) -> Iterator[Statement]:
    """Join neighbouring sentences of one speaker into one statement."""
    group: list[Credit] = []
    for credit in credits:
        if group and not (
            credit.speaker == group[-1].speaker
            and credit.direct == group[-1].direct
            and credit.attribution in (None, group[-1].attribution)
        ):
            yield statement(group)
            group = []
        group.append(credit)
    if group:
        yield statement(group)


def statement(group: Sequence[Credit]) -> Statement:
    """One statement of the sentences of a group."""
    return Statement(
        group[0].speaker,
        tuple(credit.sentence for credit in group),
        next((credit.attribution for credit in group if credit.attribution), None),
        "direct" if group[0].direct else "reported",
    )
