"""tantivy scores passages as BM25 worked out term by term does."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from askmobility.index.lexical import LexicalIndex, write_lexical

# already stems, so that the formula needs no stemmer
PASSAGES = (
    ("harbour", "ferri", "ferri cross harbour dock ferri"),
    ("harbour", "ferri", "ticket cost money"),
    ("town", "librari", "librari shelf novel dock"),
    ("town", "librari", "novel ferri librari librari librari librari"),
    ("town", "tax", "money money tax"),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder = tmp_path_factory.mktemp("lexical") / "index"
    write_lexical(folder, PASSAGES)
    return LexicalIndex(folder)


def bm25(words: list[str], ordinal: int, *, k1: float = 1.2, b: float = 0.75) -> float:
    """Robertson and Zaragoza 2009, summed over the fields as if each were a text of its own."""
    score = 0.0
    for column in (1, 2):
        texts = [row[column].split() for row in PASSAGES]
        average = sum(map(len, texts)) / len(texts)
        for word in words:
            holding = sum(word in text for text in texts)
            rarity = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            times = texts[ordinal].count(word)
            norm = k1 * (1 - b + b * len(texts[ordinal]) / average)
            score += rarity * times * (k1 + 1) / (times + norm)
    return score


@pytest.mark.parametrize("question", ["ferri", "ferri money", "librari novel dock", "tax ferri"])
def test_scores_are_those_of_bm25(index: LexicalIndex, question: str) -> None:
    expected = {n: bm25(question.split(), n) for n in range(len(PASSAGES))}
    found = {n: score for n, score in expected.items() if score > 0}

    ordinals, scores = index.search(question, 10)

    assert ordinals == sorted(found, key=lambda n: -found[n])
    assert scores == pytest.approx([found[n] for n in ordinals], rel=1e-4)


def test_a_word_asked_twice_counts_once(index: LexicalIndex) -> None:
    assert index.search("ferri ferri FERRI", 10) == index.search("ferri", 10)


def test_only_the_best_are_given(index: LexicalIndex) -> None:
    everything, _ = index.search("ferri novel", 10)

    assert index.search("ferri novel", 2)[0] == everything[:2]


def test_within_some_documents_a_word_counts_by_how_rare_it_is_there(tmp_path: Path) -> None:
    everywhere_in_a = [("a", "", f"harbour page {word}") for word in ("ferri", "dock", "ferri")]
    write_lexical(tmp_path / "index", [*everywhere_in_a, *[("b", "", "ferri ticket")] * 5])
    index = LexicalIndex(tmp_path / "index")

    everywhere = dict(zip(*index.search("harbour ferri dock", 10), strict=True))
    within = dict(zip(*index.search("harbour ferri dock", 10, ["a"]), strict=True))

    assert sorted(within) == [0, 1, 2]
    # three texts: all have "harbour", two "ferri", one "dock"; all are of one length
    ratio = (math.log(1 + 0.5 / 3.5) + math.log(1 + 1.5 / 2.5)) / (
        math.log(1 + 0.5 / 3.5) + math.log(1 + 2.5 / 1.5)
    )
    assert within[0] / within[1] == pytest.approx(ratio, rel=1e-4)
    assert everywhere[0] / everywhere[1] != pytest.approx(ratio, rel=1e-2)
    assert index.search("ferri", 10, ["nowhere"]) == ([], [])


def test_several_documents_are_searched_as_one(index: LexicalIndex) -> None:
    ordinals, scores = index.search("ferri money", 10, ["town", "harbour"])
    everywhere = index.search("ferri money", 10)

    assert ordinals == everywhere[0]
    assert scores == pytest.approx(everywhere[1], rel=1e-4)


@pytest.mark.parametrize(
    ("written", "asked", "meets"),
    [
        ("FY2031 sales", "2031", True),
        ("12,500 homes", "12500", True),
        ("£1.2m", "1.2", True),
        ("12.4%", "12", False),
        ("2021/22", "2021", True),
    ],
)
def test_numbers_meet_whatever_stands_around_them(
    tmp_path: Path, written: str, asked: str, meets: bool
) -> None:
    write_lexical(tmp_path / "index", [("a", "", written)])

    assert bool(LexicalIndex(tmp_path / "index").search(asked, 1)[0]) == meets


def test_equal_scores_stand_in_order_of_the_text(tmp_path: Path) -> None:
    write_lexical(tmp_path / "same", [("a", "", "the very same words")] * 9)

    assert LexicalIndex(tmp_path / "same").search("same words", 5)[0] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("question", ["", "?!", "who is it that they have", "🙂"])
def test_a_question_without_words_that_carry_content_finds_nothing(
    index: LexicalIndex, question: str
) -> None:
    assert index.search(question, 10) == ([], [])


@pytest.mark.parametrize(
    ("written", "asked"),
    [("Ferries", "ferry"), ("crossing", "crossed"), ("Café", "cafe"), ("TAX-free", "tax")],
)
def test_words_meet_in_every_form(tmp_path: Path, written: str, asked: str) -> None:
    write_lexical(tmp_path / "index", [("a", "", written)])

    assert LexicalIndex(tmp_path / "index").search(asked, 1)[0] == [0]


@pytest.mark.parametrize(
    "question", ['text:ferri AND "dock', "ferri^9999 OR *", "(((ferri", "document:harbour ferri"]
)
def test_marks_in_a_question_are_no_query_language(index: LexicalIndex, question: str) -> None:
    assert 0 in index.search(question, 10)[0]


def test_known_words_are_those_that_the_documents_use(index: LexicalIndex) -> None:
    assert index.knows("Ferries")
    assert index.knows("the"), "a stop word is no stranger"
    assert not index.knows("submarine")
    assert index.knows("dock", ["town"])
    assert not index.knows("tax", ["harbour"])


def test_what_is_no_index_does_not_open(tmp_path: Path) -> None:
    with pytest.raises((ValueError, OSError)):
        LexicalIndex(tmp_path)


def test_stems_are_listed_by_how_they_begin_where_some_documents_use_them(
    index: LexicalIndex,
) -> None:
    assert index.stems_beginning("t") == ["tax", "ticket"]
    assert index.stems_beginning("t", ["harbour"]) == ["ticket"]
    assert index.stems_beginning("fer", ["town"]) == ["ferri"]
    assert index.stems_beginning("x") == []


def test_a_passage_with_a_stem_is_found_in_the_documents_asked(index: LexicalIndex) -> None:
    assert index.first_with("novel") in (2, 3)
    assert index.first_with("ferri", ["town"]) == 3
    assert index.first_with("novel", ["harbour"]) is None
