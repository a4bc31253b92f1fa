"""The API's shapes: what requests are checked against, responses made of, and openapi.json says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    RootModel,
    Tag,
)

from askmobility.types import BlockKind, Outcome, Reason

# `\S` means different characters in different languages; these are blank in every one of them.
_NOT_BLANK = r"[^\s\x00-\x1f\x7f-\xa0\ufeff]"
QUESTION_CHARACTERS = 1000
_EXAMPLE: dict[str, JsonValue] = {"question": "What are the four themes?"}


def _whole(given: object) -> object:
    """JSON Schema has 8.0 for an integer too."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


WHOLE = BeforeValidator(_whole)
Whole = Annotated[int, WHOLE]
Question = Annotated[
    str,
    Field(
        min_length=1,
        max_length=QUESTION_CHARACTERS,
        pattern=_NOT_BLANK,
        json_schema_extra={"example": "What are the four themes?"},
    ),
]
Text = Annotated[str, Field(max_length=QUESTION_CHARACTERS)]
Offset = Annotated[
    int, Field(ge=0, description="in Unicode code points into the document's text"), WHOLE
]
Filters = Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=20)]


class Shape(BaseModel):
    """Exact: a field that is not ours is refused, and a number is no string."""

    model_config = ConfigDict(extra="forbid", strict=True)


# --- what comes in -------------------------------------------------------------------------


class SearchRequest(Shape):
    """What to look for, and where."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    question: Question
    top_k: Annotated[int, Field(ge=1, le=20, description="passages at most"), WHOLE] = 10
    documents: Annotated[Filters, Field(description="ids to keep to; none for all")] = []
    speakers: Annotated[Filters, Field(description="names to keep to; none for all")] = []


class QueryRequest(Shape):
    """A question, what was asked before it, and what narrows it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    question: Question
    history: Annotated[
        list[Text], Field(max_length=20, description="earlier questions, oldest first")
    ] = []
    top_k: Annotated[int, Field(ge=1, le=20, description="passages cited at most"), WHOLE] = 8
    documents: Annotated[Filters, Field(description="ids to keep to; none for all")] = []
    speakers: Annotated[Filters, Field(description="names to keep to; none for all")] = []


class LinkQuery(BaseModel):
    """The same in a link."""

    model_config = ConfigDict(extra="forbid")

    q: Question
    top_k: Annotated[int, Field(ge=1, le=20, description="passages cited at most"), WHOLE] = 8
    document: Annotated[Filters, Field(description="an id to keep to; may be repeated")] = []
    speaker: Annotated[Filters, Field(description="a name to keep to; may be repeated")] = []


class StatementsQuery(BaseModel):
    """Whose statements."""

    model_config = ConfigDict(extra="forbid")

    speaker: Annotated[Text | None, Field(description="part of a name, in any letter case")] = None
    role: Annotated[Text | None, Field(description="part of a role, in any letter case")] = None


class NoQuery(BaseModel):
    """Nothing may be asked here."""

    model_config = ConfigDict(extra="forbid")


class DocumentPath(BaseModel):
    """Which document."""

    document_id: Annotated[str, Field(description="as `GET /api/v1/documents` lists it")]


# --- what goes out -------------------------------------------------------------------------


class Speaker(Shape):
    """Who is quoted."""

    name: str
    role: str


class Document(Shape):
    """What is known about a document: the same object everywhere."""

    id: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    sha256: str


class Point(Shape):
    """One verbatim piece of an answer: `text` is the document's text from `start` to `end`."""

    text: str
    citation: Whole
    start: Offset
    end: Offset
    speaker: Speaker | None
    emphasis: Annotated[
        list[Annotated[list[Offset], Field(min_length=2, max_length=2)]],
        Field(description="the words that answer, counted from the start of `text`"),
    ]


class Citation(Shape):
    """One passage that points were taken from, with W3C text-quote and text-position selectors."""

    id: Whole
    passage_id: str
    passage: str
    passage_start: Offset
    exact: str
    prefix: str
    suffix: str
    start: Offset
    end: Offset
    document: Document
    heading: str | None
    page: Whole | None
    page_label: str | None
    paragraph: Whole
    speaker: Speaker | None
    link: Annotated[str | None, Field(description="the publisher's page, at the words")]


class Reading(Shape):
    """One of the ways in which the documents put a quantity."""

    text: str
    citation: Whole


class Disagreement(Shape):
    """The same quantity put in several ways."""

    readings: list[Reading]


class Answer(Shape):
    """Points with citations, a reasoned refusal, or small talk."""

    question: str
    interpreted_as: str | None
    outcome: Outcome
    reason: Reason | None
    confidence: Annotated[
        float,
        Field(
            ge=0,
            le=1,
            description="calibrated: that these points are the answer; of a refusal, that what "
            "comes nearest holds it",
        ),
    ]
    answer: Annotated[str, Field(description="plain text, with [1] markers")]
    points: list[Point]
    citations: list[Citation]
    disagreements: list[Disagreement]
    nearest: Annotated[list[Citation], Field(description="for a refusal, what comes closest")]
    suggestions: list[str]
    index: Annotated[str, Field(description="the snapshot that answered")]


class Conversation(Shape):
    """Several answers, as the page lets a reader download them."""

    answers: list[Answer]


def _which(given: object) -> str:
    several = "answers" in given if isinstance(given, dict) else isinstance(given, Conversation)
    return "#conversation" if several else "#answer"


class AnswerToVerify(
    RootModel[
        Annotated[
            Annotated[Answer, Tag("#answer")] | Annotated[Conversation, Tag("#conversation")],
            Discriminator(_which),
        ]
    ]
):
    """An answer, or a whole conversation, as this API or its page gave it."""


class Verdict(Shape):
    """On one part of an answer."""

    part: Annotated[str, Field(examples=["point 1"])]
    holds: bool
    problem: str | None


class Verification(Shape):
    """Whether every part of an answer holds, byte for byte."""

    holds: bool
    verdicts: list[Verdict]


class RankedPassage(Shape):
    """A passage with its score, comparable in one ranking only."""

    rank: Whole
    score: float
    passage_id: str
    passage: str
    start: Offset
    end: Offset
    document: Document
    heading: str | None
    page: Whole | None
    paragraph: Whole
    speaker: Speaker | None


class Ranking(Shape):
    """Passages, best first."""

    question: str
    passages: list[RankedPassage]
    index: str


class Documents(Shape):
    """Every document that can be asked about."""

    documents: list[Document]


class Block(Shape):
    """One piece of layout, as offsets into its document's text."""

    kind: BlockKind
    start: Offset
    end: Offset
    level: Whole
    page: Whole | None
    page_label: str | None


class WholeDocument(Document):
    """A document with its exact text: its UTF-8 bytes have the SHA-256."""

    licence: str | None
    text: str
    blocks: list[Block]


class Words(Shape):
    """Words of a document, and where they stand."""

    text: str
    start: Offset
    end: Offset


class Statement(Shape):
    """What one person is quoted as saying, in one go."""

    speaker: Speaker | None
    kind: Literal["direct", "reported"]
    spans: list[Words]
    document: Document


class Statements(Shape):
    """Who says what, in order of the documents and their text."""

    statements: list[Statement]


class Extract(Words):
    """Words of a document, with heading, page, paragraph and speaker."""

    heading: str | None
    page: Whole | None
    paragraph: Whole | None
    speaker: Speaker | None


class Group(Shape):
    """A list that a document announces, or what takes its place."""

    noun: Annotated[str, Field(description="the document's word, or `headings` or `sentences`")]
    announced: Annotated[Whole | None, Field(description="the count that the document announces")]
    lead: Extract | None
    items: list[Extract]
    document: Document


class Themes(Shape):
    """What the documents say they are about."""

    themes: list[Group]


class Recommendations(Shape):
    """What the documents recommend."""

    recommendations: list[Group]


class Figure(Extract):
    """A quantity as worded, what it counts, and its sentence."""

    value: float
    unit: str
    hedge: str
    subject: str
    sentence: Extract
    document: Document


class DisagreeingFigures(Shape):
    """The same quantity put in several ways."""

    readings: list[Figure]


class Figures(Shape):
    """Every figure, and those that the documents put in several ways."""

    figures: list[Figure]
    disagreements: list[DisagreeingFigures]


class Alive(Shape):
    """The server runs."""

    status: Literal["ok"]


class Ready(Shape):
    """The index answers."""

    status: Literal["ok"]
    index: str


class FieldProblem(Shape):
    """What is wrong with one field."""

    field: str
    detail: str


class Problem(Shape):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: Whole
    detail: str
    errors: Annotated[list[FieldProblem], Field(description="by field, with status 422")] = []
