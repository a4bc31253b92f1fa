"""Find the lists that a text announces, set out in lines or written into its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from askmobility.documents.figures import SMALL, number_value, word_list
from askmobility.documents.structure import UNMARKED_LINES, is_bare_item
from askmobility.types import Block, ItemList, Span

# --- what a list is called ---------------------------------------------------------------------

ANNOUNCING_NOUNS = frozenset(  # name a list wherever they stand in its lead
    word_list(
        "achievements actions advantages aims alternatives asks barriers benefits causes "
        "challenges changes commitments concerns conclusions conditions considerations criteria "
        "decisions demands drawbacks examples exceptions exemptions factors failings features "
        "findings goals highlights ideas improvements initiatives issues lessons measures "
        "messages objections objectives obstacles options pledges policies principles priorities "
        "problems promises proposals reasons recommendations requests requirements resolutions "
        "responses risks safeguards signatories solutions steps suggestions targets themes "
        "things tips topics ways weaknesses wishes worries"
    )
)
LIST_NOUNS = ANNOUNCING_NOUNS | frozenset(  # these only when counted, or called the main ones
    word_list(
        "accounts ambitions areas arguments aspects calls choices components elements forms "
        "grounds groups hopes industries items methods missions needs opportunities outcomes "
        "parts phases pillars places plans points projects provisions questions reforms remedies "
        "reports results routes rules schemes sectors services skills stages standards strands "
        "strengths subjects tasks tests uses values"
    )
)
UNIT_NOUNS = frozenset(
    word_list("years months weeks days hours minutes miles metres pounds times people pupils")
)
COUNT_WORD = rf"(\d{{1,2}}|{'|'.join(SMALL[::-1])}|twenty)"
COUNTED = re.compile(
    rf"(?<![\w.,£$€-]){COUNT_WORD}(?![\d%,.:-])((?: [\w’-]+){{1,4}})", re.IGNORECASE
)
LABEL_BEFORE = re.compile(r"[A-Z][a-z]+ \Z")  # "Priority 2 routes" counts nothing
HEADING_NUMBER = re.compile(r"\A\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s(?=[A-Z])")
FOREMOST = re.compile(
    r"\b(?:main|key|top|largest|biggest|greatest|principal|leading|chief|commonest|worst|best|several|various|"
    r"most (?:common|frequent|important|popular|cited|often cited|pressing|urgent)|following)"
    r"((?: [\w’-]+){1,4})",
    re.IGNORECASE,
)
RECOMMENDING = re.compile(r"\b(?:recommend(?:s|ed|ing)?|recommendation)\b", re.IGNORECASE)
PROPOSING = re.compile(r"\b(?:propos(?:e|es|ed|ing|al))\b", re.IGNORECASE)
PHRASE_END = frozenset(
    word_list(
        "of for in on at to by with from that who which are were is was include includes and or "
        "we it they you he she i the have has had will would can could must should so be been as "
        "such"
    )
)
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a lead says is coming."""

    noun: str = ""
    count: int | None = None

    def __bool__(self) -> bool:
        return bool(self.noun) or self.count is not None


def announcement(lead: str) -> Announcement:
    """The noun and the count that a lead gives: "four high-potential themes" is (themes, 4)."""
    lead = HEADING_NUMBER.sub("", lead, count=1)
    for match in reversed(list(COUNTED.finditer(lead))):
        noun, count = plural_in(match[2]), int(number_value(match[1]) or 0)
        label = match[1].isdigit() and LABEL_BEFORE.search(lead[: match.start()])
        if noun and noun not in UNIT_NOUNS and count > 1 and not label:
            return Announcement(noun, count)
    for match in FOREMOST.finditer(lead):
        if noun := plural_in(match[1]):
            return Announcement(noun)
    shouted = lead.upper() == lead
    known = [
        word.lower()
        for n, word in enumerate(WORD.findall(lead))
        if word.lower() in ANNOUNCING_NOUNS and (word.islower() or not n or shouted)
    ]
    if known:
        return Announcement(known[-1])
    if RECOMMENDING.search(lead):
        return Announcement("recommendations")
    return Announcement("proposals" if PROPOSING.search(lead) else "")


def plural_in(words: str) -> str:
    """The head of a noun phrase, if it is a plural: its last word before a preposition or verb."""
    head = ""
    for word in WORD.findall(words.lower()):
        if word in PHRASE_END or (head and word.endswith(("ed", "ing"))):
            break
        head = word
        if word in LIST_NOUNS:
            break
    return head if is_plural(head) else ""


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    return word in LIST_NOUNS or (
        word.endswith("s") and not word.endswith(("ss", "us", "is", "’s", "'s")) and len(word) > 3
    )


# --- items -------------------------------------------------------------------------------------

TRAILING = re.compile(r"[\s;,.:]+(?:(?:and|or)(?:\s+finally)?[\s;,]*)?\Z", re.IGNORECASE)
LEADING = re.compile(r"(?:(?:and|or)(?: (?:finally|lastly|also))?,?\s+)", re.IGNORECASE)


def trimmed(text: str, start: int, end: int) -> Span:
    """The item without the white space, separators and conjunctions around it."""
    while start < end and (text[start].isspace() or text[start] in ",;"):
        start += 1
    if joined := LEADING.match(text, start, end):
        start = joined.end()
    tail = max(start, end - 40)
    if trailing := TRAILING.search(text, tail, end):
        end = trailing.start()
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


# --- the text, laid out ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its blocks, and the sentences of each."""

    text: str
    blocks: Sequence[Block]
    sentences: Sequence[Sequence[Span]]  # as many as blocks

    def words(self, span: Span | Block) -> str:
        """What stands there."""
        return self.text[span.start : span.end]


def laid_out(text: str, blocks: Sequence[Block], sentences: Sequence[Span]) -> Page:
    """Give every block its sentences; those outside all blocks are left out."""
    by_block: list[list[Span]] = [[] for _ in blocks]
    at = 0
    for sentence in sentences:
        while at < len(blocks) and blocks[at].end <= sentence.start:
            at += 1
        if at < len(blocks) and blocks[at].start <= sentence.start:
            by_block[at].append(sentence)
    return Page(text, blocks, by_block)


def item_lists(
    text: str, blocks: Sequence[Block], sentences: Sequence[Span]
) -> tuple[ItemList, ...]:
    """The lists that `text` announces, in order of their first items.

    blocks, sentences: of `text`, in order, every sentence inside a block. Items are exact spans
    without bullet, number, separator, conjunction or final stop; of commas and "and" only those
    are read as a list that something announces or that join three or more alike.
    """
    page = laid_out(text, blocks, sentences)
    found = [*set_out(page), *headed(page), *written_out(page), *told_in_turn(page)]
    known = {one.items[0].start: len(one.items) for one in found if one.items}
    found += (one for one in numbered(page) if len(one.items) > known.get(one.items[0].start, 1))
    by_items = {one.items: one for one in reversed(found) if len(one.items) > 1}
    return tuple(sorted(by_items.values(), key=lambda one: (one.items[0], one.items[-1])))


def listed(lead: Span, said: Announcement, items: Sequence[Span]) -> ItemList:
    """A list of the items that are not empty."""
    return ItemList(said.noun, said.count, lead, tuple(i for i in items if i.end > i.start))


# --- lists set out in lines --------------------------------------------------------------------

MARK = re.compile(
    r"(?P<label>[A-Z]{1,3}|[A-Z][a-z]+ )?(?P<open>\(?)"
    r"(?P<number>\d{1,3}|[ivx]{1,5}|[a-z]|(?<![A-Z])[A-Z])(?P<close>[.):])\s+"
)
OUTLINE_MARK = re.compile(r"\d{1,2}\.(?P<number>\d{1,2})\.?\s+")
LABELLED = re.compile(r"[A-Z][^.:;\n]{0,40}: (?=\S)")
ROMAN = {w: n for n, w in enumerate(word_list("i ii iii iv v vi vii viii ix x xi xii"), 1)}
DEEPEST = 4  # lists in lists
LONGEST_RUN_IN = 2  # words: "Lessons." is a heading, whatever its full stop
SHORT = 20  # words: blocks with numbers like 5.1 that are longer are paragraphs
PROSE = 32  # words: marked blocks longer than this on average are paragraphs, not items


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: how it is marked, with which number, and where its words are."""

    style: str
    number: int  # 0 without a number
    start: int
    block: int


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list that may go on with the next block."""

    lead: Span | None
    said: Announcement
    entries: list[Entry]

    def goes_on_with(self, entry: Entry) -> bool:
        """Whether it is marked alike, with the next number if numbers mark it."""
        last = self.entries[-1]
        return entry.style == last.style and (not entry.number or entry.number == last.number + 1)


def entry_of(page: Page, number: int) -> Entry | None:
    """How the block is marked as an item; None if it is none."""
    block = page.blocks[number]
    if block.kind not in ("item", "paragraph"):
        return None
    mark = MARK.match(page.text, block.start, block.end)
    if mark:
        written = mark["number"]
        roman = ROMAN.get(written, 0)
        value = int(written) if written.isdigit() else roman or ord(written.lower()) - ord("a") + 1
        kind = "1" if written.isdigit() else "i" if roman else "A" if written.isupper() else "a"
        nested = f" at {block.level}" if block.kind == "item" and block.level > 1 else ""
        style = f"{mark['label'] or ''}{mark['open']}{kind}{mark['close']}{nested}"
        return Entry(style, value, mark.end(), number)
    if block.kind == "item":
        line = page.text[max(0, block.start - 4) : block.start].rsplit("\n", 1)[-1].strip()
        return Entry(f"bullet {line}", 0, block.start, number)
    if outline := OUTLINE_MARK.match(page.text, block.start, block.end):
        return Entry("1.1", int(outline["number"]), outline.end(), number)
    if len(page.sentences[number]) == 1 and LABELLED.match(page.text, block.start, block.end):
        return Entry("label", 0, block.start, number)
    goes_on = number > 0 and page.words(page.blocks[number - 1]).endswith((":", ";", ","))
    if goes_on and page.text[block.start].islower():
        return Entry("plain", 0, block.start, number)
    return None


def set_out(page: Page) -> Iterator[ItemList]:
    """Lists of marked lines; one nested in another is led in by the item that it stands under."""
    stack: list[OpenList] = []
    unmarked = 0  # blocks since the last item: a second paragraph of it, or something else
    for number, block in enumerate(page.blocks):
        entry = entry_of(page, number)
        if entry is None:
            unmarked = unmarked + 1 if block.kind == "paragraph" else 3
            if unmarked > 2:
                yield from closed(page, stack)
            continue
        depth = next((n for n, one in enumerate(stack) if one.goes_on_with(entry)), None)
        restarts = any(one.entries[-1].style == entry.style for one in stack)
        if depth is None and (unmarked or restarts):
            yield from closed(page, stack)
        elif depth is not None and unmarked and not entry.number:
            yield from closed(page, stack)
            depth = None
        unmarked = 0
        if depth is not None:
            nested = stack[depth + 1 :]
            del stack[depth + 1 :]
            yield from closed(page, nested)
            stack[depth].entries.append(entry)
            continue
        if len(stack) == DEEPEST:
            yield from closed(page, stack)
        lead = lead_at(page, number - 1)
        stack.append(OpenList(*lead, [entry]))
    yield from closed(page, stack)


def closed(page: Page, stack: list[OpenList]) -> Iterator[ItemList]:
    """The lists among these that have turned out to be some; leaves `stack` empty."""
    for one in stack:
        spans = [trimmed(page.text, e.start, page.blocks[e.block].end) for e in one.entries]
        if one.lead is None or not spans:
            continue
        words = sum(len(page.words(span).split()) for span in spans) / len(spans)
        style = one.entries[0].style
        if style in ("A.", "A)") and one.entries[0].number > 1:
            continue  # "J. Smith" and "K. Jones"
        if style == "label" and (len(spans) < 3 or not can_head_labels(page, one.lead)):
            continue
        if not one.said and (
            words > (SHORT if style == "1.1" else PROSE) or is_prose(page, one.entries)
        ):
            continue
        yield listed(one.lead, one.said, spans)
    stack.clear()


def can_head_labels(page: Page, lead: Span) -> bool:
    """Whether "Label: words" lines under this are a list, not a document's particulars."""
    title = any(block.start == lead.start and block.level == 1 for block in page.blocks[:1])
    words = page.words(lead)
    return not title and not words.endswith(".") and not LABELLED.match(words)


def is_prose(page: Page, entries: Sequence[Entry]) -> bool:
    """Whether these are the numbered paragraphs of a report."""
    sentences = sum(len(page.sentences[entry.block]) for entry in entries)
    words = sum(len(page.words(page.blocks[entry.block]).split()) for entry in entries)
    return sentences > 1.5 * len(entries) and words > 16 * len(entries)


def lead_at(page: Page, number: int) -> tuple[Span | None, Announcement]:
    """The sentence or heading that leads in what follows this block, and what it announces."""
    if number < 0:
        return None, Announcement()
    block = page.blocks[number]
    heading = heading_over(page, number)
    if block.kind == "heading" or not page.sentences[number]:
        span = Span(block.start, block.end)
        return span, announcement(page.words(span))
    last = page.sentences[number][-1]
    said = announcement(page.words(last))
    words = page.words(last)
    run_in = len(page.sentences[number]) == 1 and len(words.split()) <= LONGEST_RUN_IN
    stopped = words.endswith((".", "!", "”")) and not run_in
    if stopped and not (said.count and said.noun in LIST_NOUNS):
        return (heading, announcement(page.words(heading))) if heading else (None, said)
    if not said and heading and len(page.sentences[number]) == 1:
        noun = announcement(page.words(heading)).noun
        said = Announcement(noun if noun in LIST_NOUNS else "")
    return last, said


def heading_over(page: Page, number: int) -> Span | None:
    """The nearest heading above, if it is at most two blocks off."""
    for block in reversed(page.blocks[max(0, number - 2) : number]):
        if block.kind == "heading":
            return Span(block.start, block.end)
    return None


def headed(page: Page) -> Iterator[ItemList]:
    """Lists that nothing marks: three short lines or more below a heading, none a sentence."""
    for number, heading in enumerate(page.blocks):
        if heading.kind != "heading":
            continue
        run = takewhile(
            lambda block: block.kind == "paragraph" and is_bare_item(page.words(block)),
            islice(page.blocks, number + 1, None),
        )
        items = [trimmed(page.text, block.start, block.end) for block in run]
        if len(items) >= UNMARKED_LINES:
            lead = Span(heading.start, heading.end)
            yield listed(lead, announcement(page.words(lead)), items)


# --- lists written into a sentence -------------------------------------------------------------

COLON = re.compile(r":\s+(?=[^\s“\"‘])|:\s*\Z")
INCLUDE = re.compile(r"\b(?:includ(?:e|es|ed|ing)|such as|namely)\b:? ", re.IGNORECASE)
ARE = re.compile(r"\b(?:are|were|is|was|remain|remained)\b ")
NEGATED = re.compile(  # its items would read as the opposite of what the sentence says
    r"\b(?:not|no|never|nor|neither|cannot|without|if|unless|whether|unable|exclud\w+|refus\w+|"
    r"fail\w+|oppos\w+|reject\w+|against|instead)\b|n[’']t\b",
    re.IGNORECASE,
)
TO_DO = re.compile(r"\b(?:to|must|should|can|could|will|would|may|shall)(?= [a-z])")
REFERS_BACK = re.compile(r"(?:These|They|Those|The (?:two|three|four|five|six|seven))\b")
NOT_AN_ITEM = re.compile(
    r"(?:he|she|it|they|we|i|you|this|that|there|these|those|who|which|whose|whom|but|so|because|"
    r"although|though|while|whereas|if|unless|except|provided|however|according|not|when|where|"
    r"since|as|than|with|without|including|said|says|meaning|each|he’s|it’s|we’re|they’re)\b",
    re.IGNORECASE,
)
BRACKETS = {"(": ")", "[": "]", "“": "”"}
SEPARATING = re.compile(r"[(\[“;,]")  # or opening what may hold such marks
CONDITION = re.compile(r"\s*(?:but|if|unless|provided|except|only|though|however)\b", re.IGNORECASE)
GOES_ON = re.compile(
    r"(?:is|are|was|were|will|would|has|have|had|can|could|may|might|must|should|said|says)\b"
)
CONJOINED = re.compile(r"\s(?:and|or),?\s(?!(?:a half|two of|so|more|less|fewer)\b)")
LONGEST_SENTENCE = 2000  # code points
MOST_TRIES = 8  # places in one sentence where "to" or "must" may begin a list
LONGEST_ITEM = 30  # words
SHORT_ITEM = 9  # words, where no "and" says that this is a list
LONGEST_PLAIN_ITEM = 14  # words, where little else says that this is a list


def written_out(page: Page) -> Iterator[ItemList]:
    """Lists inside one sentence."""
    before: Span | None = None
    for number, block in enumerate(page.blocks):
        if block.kind in ("heading", "table", "attribution"):
            before = None
            continue
        for sentence in page.sentences[number]:
            if sentence.end - sentence.start <= LONGEST_SENTENCE:
                found = in_sentence(page.text, sentence, before)
                if found:
                    yield found
            before = sentence


def in_sentence(text: str, sentence: Span, before: Span | None) -> ItemList | None:
    """The list that this sentence holds, if it does; `before` may be what announces it."""
    if before and text[before.end - 1] == ":" and text[sentence.start].islower():
        said = announcement(text[before.start : before.end])
        items = split(text, sentence.start, sentence.end)
        return listed(before, said, items) if accepted(text, items, said, LONGEST_ITEM) else None
    for opening in openings(text, sentence):
        prefix = clause_before(text, sentence, opening)
        lead, said = sentence, announcement(prefix)
        if before and not said and REFERS_BACK.match(prefix) and len(prefix.split()) <= 4:
            lead, said = before, announcement(text[before.start : before.end])
        if opening.re is ARE and not (said and is_subject(prefix)):
            continue
        if opening.re is INCLUDE and said.noun not in ANNOUNCING_NOUNS:
            noun = plural_in(prefix.rstrip(" ,").split(" ")[-1])
            said = Announcement(noun) if noun and noun != said.noun else said
        colon = opening.re is COLON
        items = split(text, opening.end(), sentence.end, unjoined=colon)
        partial = opening.re is INCLUDE and len(items) < 3
        longest = LONGEST_ITEM if said else LONGEST_PLAIN_ITEM
        if not partial and accepted(text, items, said, longest):
            named = said or Announcement(plural_in(ARTICLE.sub("", prefix)))
            return listed(lead, named, items)
        if colon:
            return None
    return things_to_do(text, sentence)


def openings(text: str, sentence: Span) -> Iterator[re.Match[str]]:
    """Where a list may begin: behind a colon, "including", "are"; the likeliest first."""
    colon = COLON.search(text, *sentence)
    if colon:
        prefix = text[sentence.start : colon.start()]
        if ADDRESS.fullmatch(prefix) or prefix.count("(") > prefix.count(")"):
            return
        yield colon
    for include in islice(INCLUDE.finditer(text, *sentence), MOST_TRIES):
        if not NEGATED.search(text, sentence.start, include.start()):
            yield include
    for are in islice(ARE.finditer(text, *sentence), MOST_TRIES):
        if not NO_NOUN_PHRASE.match(text, are.end()):
            yield are


def clause_before(text: str, sentence: Span, opening: re.Match[str]) -> str:
    """The words that lead to the opening; before "are", from the last semicolon."""
    start = sentence.start
    if opening.re is ARE:
        start = max(start, text.rfind(";", start, opening.start()) + 1)
    return text[start : opening.start()]


def things_to_do(text: str, sentence: Span) -> ItemList | None:
    """The list in "asks councils to strengthen ties, ensure advice and expand access"."""
    semicolons, commas = separators(text, *sentence)
    end = semicolons[0] if semicolons else sentence.end
    if CONDITION.match(text, end + 1):
        return None
    for match in islice(TO_DO.finditer(text, sentence.start, end), MOST_TRIES):
        if NEGATED.search(text, sentence.start, match.start()):
            return None
        if not opens_with_verb(text[match.end() : end]):
            continue
        items: list[Span] = []
        for piece in cut(match.end(), end, [at for at in commas if match.end() < at < end]):
            if items and not opens_with_verb(text[piece.start : piece.end]):
                items[-1] = Span(items[-1].start, piece.end)
            else:
                items.append(piece)
        last = items[-1]
        if len(items) > 1 and not LEADING.match(bare(text, last)):
            ways = [
                found
                for found in CONJOINED.finditer(text, *last)
                if opens_with_verb(text[found.end() : last.end])
            ]
            if not ways:
                continue
            items[-1:] = [Span(last.start, ways[-1].start()), Span(ways[-1].end(), last.end)]
        if len(items) > 2 and all(" " in bare(text, item) for item in items[1:]):
            said = announcement(text[sentence.start : match.start()])
            return listed(sentence, said, [trimmed(text, *item) for item in items])
    return None


def opens_with_verb(words: str) -> bool:
    """Whether words begin, after an "and", with a verb that often tells what is to be done."""
    words = words.lstrip()
    joint = LEADING.match(words)
    first = WORD.match(words, joint.end() if joint else 0)
    return first is not None and first.group().lower() in VERBS


ADDRESS = re.compile(r"(?:to|from|cc|copy to)", re.IGNORECASE)
ARTICLE = re.compile(r"\A(?:The|Our|Its|Their|Her|His|These|Those) ")
VERBS = frozenset(
    word_list(
        "accept achieve act add address adopt agree allow amend answer appeal apply appoint "
        "approve arrange ask assess attend avoid back ban be bear become begin book boost bring "
        "build buy call cancel carry change charge check choose claim clean clear close collect "
        "commission commit communicate complete confirm connect consider consult continue convene "
        "count cover create cross cut deal decide define deliver demand design develop direct do "
        "double draw drive drop eat employ empower enable encourage end endorse enforce engage "
        "enhance ensure enter establish examine expand explore extend face feed fill find fit fix "
        "focus freeze fund get give go grow guarantee halt halve hand have hear help hire hold "
        "host identify implement improve include increase inform insist inspect install integrate "
        "introduce invest invite involve issue join keep launch lead learn lease lend let limit "
        "listen live lobby look lower maintain make manage map mark measure meet mend mind "
        "modernise monitor move note notify obtain offer open order own pass pay pick pilot plan "
        "plant prepare press prevent print prioritise produce promote propose protect prove "
        "provide publish put quit raise rank reach read rebuild receive recognise recommend "
        "recruit reduce reform refuse register rely remove renew repair repeat replace report "
        "request require restore restrict retain return review reward rewrite ring rule run save "
        "scrap secure seek sell send serve set settle share shift show shut sign simplify solve "
        "speak spend split staff start stop streamline strengthen study submit supply support "
        "suspend take talk target tax teach tell test think tie tighten track train transfer "
        "transform treat trial try turn unlock update urge use value visit vote wait waive walk "
        "warn watch widen win wipe work write"
    )
)
NO_NOUN_PHRASE = re.compile(
    r"(?:for|in|at|on|by|to|from|of|being|not|now|also|still|already|as|all|about|under|out|up|\w+ed|\w+ly|made|held|set|"
    r"taken|given|written|chosen|seen|sent|paid|kept|found|built|put)\b"
)


def is_subject(prefix: str) -> bool:
    """Whether the words before "are" can be the name of a list: few, and not a clause."""
    return len(prefix.split()) <= 12 and "," not in prefix


def accepted(text: str, items: Sequence[Span], said: Announcement, longest: int) -> bool:
    """Whether the pieces that a sentence falls into are a list, none of over `longest` words."""
    if len(items) < 3 and not (len(items) == 2 and said.count == 2):
        return False
    words = [text[item.start : item.end].split() for item in items]
    if any(not w or len(w) > longest for w in words):
        return False
    asides = [bool(NOT_AN_ITEM.match(w[0])) for w in words]
    if asides[0] or (any(asides) and len(items) != said.count):
        return False
    if said:
        return True
    lengths = sorted(len(w) for w in words)
    alike = len({shape(text, item) for item in items}) == 1
    return alike and (longest > LONGEST_PLAIN_ITEM or lengths[-1] <= 2 * lengths[0] + 3)


def split(text: str, start: int, end: int, *, unjoined: bool = False) -> list[Span]:
    """The pieces between semicolons or, failing those, between commas and the last "and".

    unjoined: whether commas alone, without an "and", make a list.
    """
    semicolons, commas = separators(text, start, end)
    if semicolons:
        pieces = cut(start, end, semicolons)
        last = bare(text, pieces[-1])
        if len(pieces) > 2 or LEADING.match(last) or (unjoined and not NOT_AN_ITEM.match(last)):
            return [trimmed(text, *piece) for piece in pieces]
        if CONDITION.match(last):
            return []
        end = semicolons[0]
        commas = [comma for comma in commas if comma < end]
    whole = without_asides(text, cut(start, end, commas))
    pieces = joined(text, whole)
    if not pieces and unjoined and all(len(bare(text, p).split()) <= SHORT_ITEM for p in whole):
        pieces = whole
    return [trimmed(text, *piece) for piece in pieces]


def separators(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Where semicolons and commas stand outside brackets and quotation marks."""
    semicolons: list[int] = []
    commas: list[int] = []
    at = start
    while mark := SEPARATING.search(text, at, end):
        at, character = mark.start(), mark.group()
        if character in BRACKETS:
            closing = text.find(BRACKETS[character], at, end)
            at = closing if closing > 0 else at
        elif character == ";":
            semicolons.append(at)
        elif character == "," and text[at + 1 : at + 2].isspace():
            aside = text.endswith((" and", " or"), start, at) and text.find(", ", at + 1, end)
            if aside and aside > 0:  # "a, b and, in time, c"
                at = aside
            else:
                commas.append(at)
        at += 1
    return semicolons, commas


def cut(start: int, end: int, separators: Sequence[int]) -> list[Span]:
    """The pieces between the separators."""
    starts = [start, *(at + 1 for at in separators)]
    return [Span(*piece) for piece in zip(starts, [*separators, end], strict=True)]


def without_asides(text: str, pieces: Sequence[Span]) -> list[Span]:
    """The pieces of "a, b, which is c, and d, since e": asides stay with what they are about."""
    whole: list[Span] = []
    for piece in pieces:
        words = bare(text, piece)
        if whole and GOES_ON.match(words):
            break  # "A, B and C, will be taught ...": the list is over
        if whole and NOT_AN_ITEM.match(words):
            whole[-1] = Span(whole[-1].start, piece.end)
        else:
            whole.append(piece)
    return whole


def joined(text: str, pieces: Sequence[Span]) -> list[Span]:
    """The items of "a, b and c"; none if nothing joins the last to the others."""
    conjoined = [n for n, piece in enumerate(pieces) if n and LEADING.match(bare(text, piece))]
    if conjoined:  # what follows the last "and" is part of the last item
        return [*pieces[: conjoined[0]], Span(pieces[conjoined[0]].start, pieces[-1].end)]
    final = last_pair(text, pieces)
    if not final:
        return []
    number, (one, other) = final
    return [*pieces[:number], one, Span(other.start, pieces[-1].end)]


def bare(text: str, span: Span) -> str:
    """What stands there, without white space around it."""
    return text[span.start : span.end].strip()


def last_pair(text: str, pieces: Sequence[Span]) -> tuple[int, tuple[Span, Span]] | None:
    """Which piece is "b and c", and its two items; None if no piece is."""
    for number in range(len(pieces) - 1, -1, -1):
        piece = pieces[number]
        ways = [
            (Span(piece.start, match.start()), Span(match.end(), piece.end))
            for match in CONJOINED.finditer(text, piece.start, piece.end)
        ]
        if ways:
            first = shape(text, pieces[0])
            # "a, friends or family and c": of several, the "and" before something like the first
            return number, min(
                ways,
                key=lambda way: (shape(text, way[1]) != first, text[way[0].end + 1] != "a"),
            )
    return None


def shape(text: str, item: Span) -> str:
    """What kind of word an item begins with."""
    first = text[item.start : item.end].split(maxsplit=1)[:1]
    word = first[0] if first else ""
    if word[:1].isdigit() or word[:1] in "£$€":
        return "number"
    if word.endswith("ing"):
        return "ing"
    if NO_NOUN_PHRASE.match(word):
        return "preposition"
    return "name" if word[:1].isupper() else "word"


# --- lists told in turn, sentence by sentence --------------------------------------------------

IN_TURN = (
    r"(?:the )?first(?:ly)?(?: of all)?|one",
    r"(?:the )?second(?:ly)?|two|then|next",
    r"(?:the )?third(?:ly)?|three|then|next",
    r"(?:the )?fourth(?:ly)?|four",
    r"(?:the )?fifth(?:ly)?|five",
    r"(?:the )?sixth(?:ly)?|six",
    r"(?:the )?seventh(?:ly)?|seven",
)
TURN = tuple(re.compile(rf"[“\"‘]?(?:and )?(?:{turn})[,:]\s+", re.IGNORECASE) for turn in IN_TURN)
AT_LAST = re.compile(r"[“\"‘]?(?:and )?(?:finally|lastly|last)[,:]\s+", re.IGNORECASE)
BACKWARD = re.compile(
    r"(?:it|they|this|that|he|she|these|those|both|neither|none|but|however|so|there)\b",
    re.IGNORECASE,
)
TOLD_NOUNS = ANNOUNCING_NOUNS | {"questions", "tests", "calls", "points", "hopes", "rules"}
FURTHEST_TURN = 8  # sentences from one turn to the next
LONGEST_ANNOUNCEMENT = 18  # words


def told_in_turn(page: Page) -> Iterator[ItemList]:
    """Lists over several sentences: "First, ... Second, ...", "We ask three things. ..."."""
    for number, spans in enumerate(page.sentences):
        if page.blocks[number].kind in ("heading", "table", "attribution"):
            continue
        for n, sentence in enumerate(spans):
            if TURN[0].match(page.text, *sentence):
                found = in_turn(page, number, n)
                if found:
                    yield found
            counted = after_count(page, spans, n)
            if counted:
                yield counted
            elif page.words(sentence).endswith(("?", ":")):
                yield from instructions(page, sentence, spans[n + 1 :])
        if number and page.blocks[number - 1].kind == "heading":
            heading = page.blocks[number - 1]
            yield from instructions(page, Span(heading.start, heading.end), spans)


def instructions(page: Page, lead: Span, spans: Sequence[Span]) -> Iterator[ItemList]:
    """The list of "What can you do? Ring us. Bring a friend." if all of it is such."""
    if len(spans) > 1 and all(
        opens_with_verb(page.words(span)) and not page.words(span).endswith("?") for span in spans
    ):
        said = announcement(page.words(lead))
        yield listed(lead, said, [trimmed(page.text, *span) for span in spans])


def in_turn(page: Page, number: int, n: int) -> ItemList | None:
    """The list whose first turn is sentence `n` of block `number`."""
    lead = page.sentences[number][n - 1] if n else lead_at(page, number - 1)[0]
    if lead is None:
        return None
    said = announcement(page.words(lead))
    items: list[Span] = []
    waiting = 0
    for sentence in following(page, number, n):
        turn = TURN[len(items)].match(page.text, *sentence) if len(items) < len(TURN) else None
        final = AT_LAST.match(page.text, *sentence) if len(items) > 1 else None
        mark = turn or final
        if mark:
            items.append(trimmed(page.text, mark.end(), sentence.end))
            waiting = 0
        waiting += 1
        if (final and mark is final) or waiting > FURTHEST_TURN:
            break
    if len(items) > 2 or (items and len(items) == said.count):
        return listed(lead, said, items)
    return None


def following(page: Page, number: int, n: int) -> Iterator[Span]:
    """The sentences from sentence `n` of block `number` up to the next heading."""
    yield from page.sentences[number][n:]
    for later in range(number + 1, len(page.blocks)):
        if page.blocks[later].kind == "heading":
            return
        yield from page.sentences[later]


def after_count(page: Page, spans: Sequence[Span], n: int) -> ItemList | None:
    """The list of the sentences after one like "We ask three things.", as many as it says."""
    lead = spans[n]
    words = page.words(lead)
    if len(words.split()) > LONGEST_ANNOUNCEMENT or not words.endswith((".", ":", "?")):
        return None
    said = announcement(words)
    if said.count is None or said.noun not in TOLD_NOUNS:
        return None
    items = spans[n + 1 : n + 1 + said.count]
    rest = len(spans) - n - 1
    if rest < said.count or any(BACKWARD.match(page.words(item)) for item in items):
        return None
    ends = rest == said.count or page.words(items[-1]).startswith("And ")
    if not ends or TURN[0].match(page.text, *items[0]):
        return None
    return listed(lead, said, [trimmed(page.text, *item) for item in items])


# --- lists whose items name themselves ---------------------------------------------------------

FURTHEST_LEAD = 4  # blocks in front of the first item
NAMED_ITEM = re.compile(
    r"(?:(?P<noun>[A-Z][a-z]+|[A-Z]+)\s+|R\s?(?=\d{1,2}[:.)]\s)"
    r"|(?=\d{1,2}[.)]\s+(?:We|I|The [\w’' -]{1,40}?) (?:also |therefore )?recommends?\b))"
    r"(?P<number>\d{1,2})(?:\s?[:.)|–—-]\s|\s|\Z)"
)


def numbered(page: Page) -> Iterator[ItemList]:
    """Lists of "Recommendation 1: ...", "R2. ...", "3. We recommend ...", however far apart.

    An item is the heading or sentence with its name; a later run that counts from 1 again is
    another list. The lead is what announces them in front of the first, else the first itself.
    """
    runs: dict[str, list[tuple[int, Span]]] = {}
    for number, block in enumerate(page.blocks):
        mark = NAMED_ITEM.match(page.text, block.start, block.end)
        noun = f"{mark['noun'] or 'recommendation'}s".lower() if mark else ""
        if mark is None or noun not in LIST_NOUNS or not page.sentences[number]:
            continue
        run = runs.setdefault(noun, [])
        if mark["number"] == "1":
            yield from whole_run(page, noun, run)
            run.clear()
        if int(mark["number"]) == len(run) + 1:
            run.append((number, worded(page, number, mark.end())))
    for noun, run in runs.items():
        yield from whole_run(page, noun, run)


def worded(page: Page, number: int, after_name: int) -> Span:
    """The first sentence behind an item's name, in the block below where nothing else is beside."""
    sentences = page.sentences[number]
    end = next((s.end for s in sentences if s.end > after_name), after_name)
    own = trimmed(page.text, after_name, end)
    below = page.sentences[number + 1] if number + 1 < len(page.blocks) else ()
    return below[0] if below and own.start >= own.end else own


def whole_run(page: Page, noun: str, run: Sequence[tuple[int, Span]]) -> Iterator[ItemList]:
    """The list of a run that has two items at least, with what announces it."""
    if len(run) < 2:
        return
    items = [item for _, item in run]
    for number in range(run[0][0] - 1, max(-1, run[0][0] - 1 - FURTHEST_LEAD), -1):
        for sentence in reversed(page.sentences[number]):
            said = announcement(page.words(sentence))
            if said.noun == noun:
                yield listed(sentence, said, items)
                return
    first = page.blocks[run[0][0]]
    yield listed(Span(first.start, first.end), Announcement(noun), items)
