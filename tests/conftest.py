"""A corpus small enough to know by heart, and an assistant over its three passages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from askmobility.answers.wire import ranked_passage_as_json
from askmobility.errors import BadQuestion
from askmobility.types import (
    Answer,
    Block,
    Citation,
    Document,
    Passage,
    Point,
    Reading,
    Span,
    Speaker,
    Statement,
    Structure,
)

if TYPE_CHECKING:
    from askmobility.assistant import Assistant

FIXTURES = Path(__file__).with_name("fixtures")
TEXT = (
    "Riverton plants trees\n"
    "Nearly 400 trees will stand in Riverton by 2030. The budget is unchanged.\n"
    "Maya Okoro, Leader of Riverton Council, said:\n"
    "“Trees cool our streets. Every ward will get some.”\n"
    "The trees are:\n"
    "- oak for the parks\n"
    "- lime for the streets\n"
    "Over 400 trees are ordered."
)


def span_of(words: str) -> Span:
    """Where `words` stand in TEXT, for the first time."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


OKORO = Speaker("Maya Okoro", role="Leader of Riverton Council")
DOCUMENT = Document(
    id="trees",
    text=TEXT,
    sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    title="Riverton plants trees",
    publisher="Riverton Council",
    url="https://riverton.example/trees",
)


def passage_of(number: int, words: Sequence[str], speaker: Speaker | None = None) -> Passage:
    """The passage that runs from the first to the last of `words`, a sentence each."""
    sentences = tuple(span_of(sentence) for sentence in words)
    start, end = sentences[0].start, sentences[-1].end
    return Passage(
        id=f"trees#p{number}",
        document_id="trees",
        start=start,
        end=end,
        text=TEXT[start:end],
        sentences=sentences,
        heading="Riverton plants trees",
        speaker=speaker,
        paragraph=number,
        context="Riverton plants trees.",
    )


PASSAGES = (
    passage_of(1, ["Nearly 400 trees will stand in Riverton by 2030.", "The budget is unchanged."]),
    passage_of(2, ["Trees cool our streets.", "Every ward will get some."], OKORO),
    passage_of(3, ["oak for the parks", "lime for the streets", "Over 400 trees are ordered."]),
)
STRUCTURE = Structure(
    blocks=(Block("heading", *span_of("Riverton plants trees"), level=1),),
    statements=(
        Statement(
            OKORO,
            spans=(span_of("Trees cool our streets."), span_of("Every ward will get some.")),
            attribution=span_of("Maya Okoro, Leader of Riverton Council, said:"),
        ),
    ),
)


class SmallCorpus:
    """One document, three passages."""

    document_ids = ("trees",)

    def document(self, document_id: str) -> Document:
        return {"trees": DOCUMENT}[document_id]

    def structure(self, document_id: str) -> Structure:
        return {"trees": STRUCTURE}[document_id]

    def passages(self, document_id: str) -> Sequence[Passage]:
        return {"trees": PASSAGES}[document_id]


def citation_of(identifier: int, passage: Passage, words: str) -> Citation:
    """A citation of `words` in `passage`, selectors and all."""
    start, end = span_of(words)
    return Citation(
        id=identifier,
        passage=passage,
        exact=words,
        prefix=TEXT[max(0, start - 32) : start],
        suffix=TEXT[end : end + 32],
        start=start,
        end=end,
        document=DOCUMENT,
        link=f"{DOCUMENT.url}#:~:text=x",
    )


def point_of(
    words: str, citation: int, speaker: Speaker | None = None, emphasis: str = ""
) -> Point:
    """A point of `words`, with the words that answer."""
    at = words.index(emphasis)
    marked = (Span(at, at + len(emphasis)),) if emphasis else ()
    return Point(words, citation, *span_of(words), speaker, marked)


REFUSAL = Answer(
    question="Will it rain?",
    interpreted_as=None,
    outcome="not_found",
    reason="off_topic",
    confidence=0.04,
    text="The documents say nothing about this.",
    points=(),
    citations=(),
    disagreements=(),
    nearest=(citation_of(1, PASSAGES[0], "Nearly 400 trees will stand in Riverton by 2030."),),
    suggestions=("Which trees are there?",),
    index="0123abcd",
)
ANSWER = replace(
    REFUSAL,
    question="What does the leader say about trees?",
    outcome="answered",
    reason=None,
    confidence=0.93,
    text="Trees cool our streets. [1]",
    points=(
        point_of("Trees cool our streets.", 1, OKORO, "cool"),
        point_of("Every ward will get some.", 1, OKORO),
        point_of("Nearly 400 trees will stand in Riverton by 2030.", 2, None, "Nearly 400"),
    ),
    citations=(
        citation_of(1, PASSAGES[1], "Trees cool our streets. Every ward will get some."),
        citation_of(2, PASSAGES[0], "Nearly 400 trees will stand in Riverton by 2030."),
        citation_of(3, PASSAGES[2], "Over 400 trees are ordered."),
    ),
    disagreements=((Reading("Nearly 400", 2), Reading("Over 400", 3)),),
    nearest=(),
    suggestions=(),
)
SMALL_TALK = replace(
    REFUSAL, outcome="chat", reason=None, text="Ask me about trees.", nearest=(), suggestions=()
)


@dataclass(frozen=True)
class SmallRanking:
    """What a search found, as the assistant gives it."""

    question: str
    passages: tuple[Passage, ...]

    def to_dict(self) -> Mapping[str, object]:
        ranked = enumerate(self.passages, 1)
        return {
            "question": self.question,
            "passages": [ranked_passage_as_json(n, 1 / n, p, DOCUMENT) for n, p in ranked],
            "index": "0123abcd",
        }


class SmallAssistant:
    """Answers by the words of the question: "trees" and "hello" are known, nothing else is."""

    corpus = SmallCorpus()
    snapshot_id = "0123abcd"

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] = (),
        speakers: Sequence[str] = (),
        top_k: int = 8,
    ) -> Answer:
        if not question.strip():
            raise BadQuestion("The question is empty. Ask one in your own words.")
        self.asked.append((question, tuple(history)))
        known = {"trees": ANSWER, "hello": SMALL_TALK}
        answer = next((a for word, a in known.items() if word in question.lower()), REFUSAL)
        return replace(answer, question=question)

    def search(
        self,
        question: str,
        top_k: int = 10,
        documents: Sequence[str] = (),
        speakers: Sequence[str] = (),
    ) -> SmallRanking:
        return SmallRanking(question, PASSAGES[:top_k] if "trees" in question else ())


@pytest.fixture
def assistant() -> SmallAssistant:
    return SmallAssistant()


@pytest.fixture
def corpus() -> SmallCorpus:
    return SmallCorpus()


@pytest.fixture
def answer() -> Answer:
    return ANSWER


@pytest.fixture
def refusal() -> Answer:
    return REFUSAL


@pytest.fixture(scope="session")
def press_release_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of `corpus/`, indexed with the real model, once for all the tests."""
    from askmobility.index.builder import build_index
    from askmobility.settings import default_corpus_dir

    index_dir = tmp_path_factory.mktemp("index")
    build_index([default_corpus_dir()], index_dir)
    return index_dir


@pytest.fixture(scope="session")
def press_release(press_release_index: Path) -> Assistant:
    from askmobility.assistant import Assistant

    return Assistant.open(press_release_index)


@pytest.fixture(scope="session")
def port_ellery_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two documents of `tests/fixtures/port_ellery`, indexed with the real model."""
    from askmobility.index.builder import build_index

    index_dir = tmp_path_factory.mktemp("port-ellery")
    build_index([FIXTURES / "port_ellery"], index_dir)
    return index_dir


@pytest.fixture(scope="session")
def port_ellery(port_ellery_index: Path) -> Assistant:
    from askmobility.assistant import Assistant

    return Assistant.open(port_ellery_index)
