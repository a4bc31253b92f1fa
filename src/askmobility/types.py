"""The nouns of the house: complete when made, never changed.

All offsets count Unicode code points into the canonical text of one document, so that
`document.text[start:end]` is what a reader finds there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol


class Span(NamedTuple):
    """A half-open range of code points in the text of one document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One policy text as published: its exact text and what is known about it."""

    id: str
    text: str
    sha256: str  # of the text, UTF-8 encoded, in hexadecimal
    title: str
    publisher: str | None = None
    published: str | None = None  # ISO 8601 date, as precise as it is known
    url: str | None = None
    licence: str | None = None


BlockKind = Literal["heading", "paragraph", "item", "attribution", "table", "footnote"]


# of a quotation that is set off: its words, then the line that says whose they are
QuotePart = Literal["", "begins", "goes on", "source"]


class Turn(NamedTuple):
    """Where the text of a block goes on, on the next page."""

    start: int  # of the first code point on that page
    page: int
    page_label: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of layout. An item's span leaves out its bullet or number's dash."""

    kind: BlockKind
    start: int
    end: int
    # depth of a heading (1 is the title) or of a nested item; of table rows, 1 for one that names
    # columns, 2 for a term with what it means
    level: int = 0
    page: int | None = None  # of its start; counted from 1, as a viewer shows it
    page_label: str | None = None  # what is printed on the page
    turns: tuple[Turn, ...] = ()  # of the page, inside the block
    quote: QuotePart = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted. Without a known name (an organisation, "a spokesperson") `name` is empty."""

    name: str  # "Ann Lee": no titles, no honours
    honours: tuple[str, ...] = ()  # ("Councillor", "Sir", "CBE"), as they stand around the name
    role: str = ""  # "Leader of Northam Council", as the text words it
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one person is quoted as saying, in one go.

    spans: whole sentences, in order of the text, all of them this speaker's.
    attribution: where the text says who speaks ("X, Role, said:"), if it says so in words.
    kind: "direct" in the speaker's own words (wholly or in part), "reported" in the narrator's.
    """

    speaker: Speaker
    spans: tuple[Span, ...]
    attribution: Span | None
    kind: Literal["direct", "reported"] = "direct"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the text names, quoted or not, with the place where it says who they are."""

    speaker: Speaker
    span: Span  # the clause or line that introduces them
    quoted: bool


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list that the text announces, whether set out in lines or inside one sentence."""

    noun: str  # what is listed, in the text's own word, plural, lower case; "" if it has no name
    announced: int | None  # the count the text announces ("four themes"), if any
    lead: Span  # the sentence or heading that announces it
    items: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity: 12,500 with unit "", hedge "nearly" and subject "homes"."""

    value: float
    unit: str  # "", "%", "GBP", "hours", "days", "miles", ... normalised
    hedge: str  # "", "nearly", "over", "at least", "about", ... as it stands, lower case
    subject: str  # the noun phrase counted, lower case: "homes built last year"
    span: Span  # the figure as worded, hedge and unit included
    sentence: Span


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The same quantity put two ways."""

    readings: tuple[Figure, ...]  # two or more, in order of the text


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and the sentence that says what it is or stands for."""

    term: str
    span: Span  # the sentence


@dataclass(frozen=True, slots=True)
class Structure:
    """What is read off one document at build time."""

    blocks: tuple[Block, ...] = ()
    sentences: tuple[Span, ...] = ()  # of all blocks, items and headings included, in order
    statements: tuple[Statement, ...] = ()
    people: tuple[Person, ...] = ()
    lists: tuple[ItemList, ...] = ()
    figures: tuple[Figure, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    definitions: tuple[Definition, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one document under one heading and one speaker: what we rank.

    `text == document.text[start:end]`. Sentences are spans into the document, in order; between
    two of them there is only white space, a bullet or a number.
    """

    id: str  # stable across rebuilds: "city-parking-2023#p12.3"
    document_id: str
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]
    heading: str | None
    speaker: Speaker | None
    paragraph: int  # counted from 1 over the document's blocks that are not headings
    context: str  # put in front when the passage is encoded: title, heading, "X, Role, said:"
    page: int | None = None
    page_label: str | None = None


class Corpus(Protocol):
    """What the core may ask of the index: plain values, loaded when first asked for."""

    @property
    def document_ids(self) -> Sequence[str]:
        """Every document, in a stable order."""

    def document(self, document_id: str) -> Document:
        """The document; KeyError if there is none."""

    def structure(self, document_id: str) -> Structure:
        """What was read off it; KeyError if there is no such document."""

    def passages(self, document_id: str) -> Sequence[Passage]:
        """Its passages, in order of the text."""


# --- answers -------------------------------------------------------------------------------

Outcome = Literal["answered", "not_found", "chat"]
Reason = Literal[
    "off_topic",
    "speaker_not_quoted",
    "speaker_silent_on_topic",
    "detail_not_given",
    "false_premise",
    "wrong_attribution",
]


@dataclass(frozen=True, slots=True)
class Point:
    """One verbatim piece of an answer: `document.text[start:end]`."""

    text: str
    citation: int  # the id of a Citation of the same answer
    start: int
    end: int
    speaker: Speaker | None
    emphasis: tuple[Span, ...] = ()  # the words that answer, counted from the start of the text


@dataclass(frozen=True, slots=True)
class Citation:
    """Where points stand: one passage, with W3C text-quote and text-position selectors."""

    id: int
    passage: Passage
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    document: Document
    link: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One wording of a quantity that the documents put in several ways."""

    text: str
    citation: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Points with citations, a reasoned refusal, or small talk."""

    question: str
    interpreted_as: str | None
    outcome: Outcome
    reason: Reason | None
    confidence: float  # calibrated: that the documents answer and that these points are the answer
    text: str  # the whole answer as plain text, with [1] markers
    points: tuple[Point, ...]
    citations: tuple[Citation, ...]
    disagreements: tuple[tuple[Reading, ...], ...]
    nearest: tuple[Citation, ...]
    suggestions: tuple[str, ...]
    index: str
    remark: str = ""  # what `text` says beside the quotations: a correction, who is silent

    def to_dict(self) -> Mapping[str, object]:
        """The JSON of `POST /api/v1/query`."""
        from askmobility.answers.wire import answer_as_json

        return answer_as_json(self)
