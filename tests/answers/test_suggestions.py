"""Questions worth asking are read off the documents' lists and people."""

from __future__ import annotations

from typing import Any

from askmobility.answers.suggestions import candidates
from askmobility.types import ItemList, Span, Speaker, Statement, Structure

SAID = (Span(0, 5),)


class Corpus:
    def structure(self, document_id: str) -> Structure:
        return {
            "lists": Structure(
                lists=(
                    ItemList("priorities", 4, Span(0, 1), SAID),
                    ItemList("priorities", 2, Span(0, 1), SAID),
                    ItemList("", 3, Span(0, 1), SAID),
                    ItemList("reasons", None, Span(0, 1), SAID),
                    ItemList("streets", 40, Span(0, 1), SAID),
                )
            ),
            "people": Structure(
                statements=tuple(
                    Statement(Speaker(name), SAID, None) for name in ("Ann", "", "Bo", "Ann")
                )
            ),
        }[document_id]


def test_lists_are_asked_for_once_by_their_name_and_a_count_that_reads_well() -> None:
    asked = list(candidates(Corpus(), ["lists"]))  # type: ignore[arg-type]

    assert asked[:3] == [
        "What are the four priorities?",
        "What are the reasons?",
        "What are the streets?",
    ]
    assert "Who is quoted?" not in asked


def test_people_with_a_name_are_asked_after_once_each() -> None:
    asked = list(candidates(Corpus(), ["lists", "people"]))  # type: ignore[arg-type]

    assert asked[3:6] == ["Who is quoted?", "What did Ann say?", "What did Bo say?"]


def test_there_is_always_something_to_ask(corpus: Any) -> None:
    assert list(candidates(corpus, [])) == ["What are the key figures?", "Can you summarise it?"]


def test_what_several_documents_hold_is_asked_for_once() -> None:
    asked = list(candidates(Corpus(), ["lists", "lists", "people", "people"]))  # type: ignore[arg-type]

    assert len(asked) == len(set(asked))
