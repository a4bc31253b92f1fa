"""A passage is found by the words of its page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from askmobility.index.pages import Pages, write_pages
from askmobility.types import Passage


def passage(document_id: str, text: str, page: int | None) -> Passage:
    return Passage("id", document_id, 0, len(text), text, (), None, None, 1, "", page)


PASSAGES = (
    passage("report", "Ferry fares", 1),
    passage("report", "Camden | 12 | 13", 1),
    passage("report", "Library loans", 2),
    passage("report", "Camden | 40 | 41", 2),
    passage("letter", "The ferry and its fares", None),
    passage("letter", "A library", None),
    passage("annex", "Camden alone", 2),
)


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    write_pages(tmp_path / "pages", PASSAGES)
    return Pages(tmp_path / "pages")


def found(pages: Pages, question: str, *documents: str, depth: int = 10) -> dict[int, float]:
    return dict(zip(*map(np.ndarray.tolist, pages.search(question, depth, documents)), strict=True))


def test_every_passage_of_a_page_has_the_score_of_all_its_words(pages: Pages) -> None:
    scores = found(pages, "Camden ferry fares", "report")

    assert list(scores) == [0, 1, 2, 3]
    assert scores[0] == scores[1] > scores[2] == scores[3]


def test_passage_on_no_page_stands_for_itself(pages: Pages) -> None:
    assert list(found(pages, "library", "letter")) == [5]


def test_pages_of_one_number_in_two_documents_are_two(pages: Pages) -> None:
    assert list(found(pages, "alone")) == [6]


def test_depth_counts_pages(pages: Pages) -> None:
    assert list(found(pages, "ferry fares Camden", "report", depth=1)) == [0, 1]


def test_nothing_found_is_nothing(pages: Pages) -> None:
    assert found(pages, "submarine") == {}
    assert len(pages) == len(PASSAGES)


def test_place_on_a_page_counts_those_before_in_the_ranking(pages: Pages) -> None:
    assert pages.place_on_page(np.array([3, 0, 2, 6, 1, 4])).tolist() == [0, 0, 1, 0, 1, 0]


def test_a_page_is_tabular_by_the_share_of_its_characters_in_rows(pages: Pages) -> None:
    # "Ferry fares" beside "Camden | 12 | 13": 11 characters and 16
    shares = pages.tabular(np.array([1, 0, 5]))

    assert shares.tolist() == pytest.approx([16 / 27, 16 / 27, 0])


def test_mean_of_a_page_is_over_those_of_its_passages_that_are_given(pages: Pages) -> None:
    means = pages.means(np.array([0, 1, 3, 4]), np.array([4, 8, 5, 1], np.float32))

    assert means.tolist() == [6, 6, 5, 1]


def test_no_passages_have_no_means(pages: Pages) -> None:
    assert pages.means(np.empty(0, np.int64), np.empty(0, np.float32)).tolist() == []
