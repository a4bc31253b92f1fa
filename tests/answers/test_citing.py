"""A point is an exact slice of its document, or it is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from askmobility.answers.citing import AROUND, cite, link_to
from askmobility.answers.material import Pick, Voices
from askmobility.types import Citation, Passage, Point, Span, Speaker

FIRST = "Nearly 400 trees will stand in Riverton by 2030."
SECOND = "The budget is unchanged."
SPOKEN = "Every ward will get some."
ITEM = "lime for the streets"


def pick(corpus: Any, words: str) -> Pick:
    start = corpus.document("trees").text.index(words)
    return Pick("trees", Span(start, start + len(words)))


def cited(
    corpus: Any, words: Sequence[str], emphasis: Sequence[str] = (), most: int = 8
) -> tuple[tuple[Point, ...], tuple[Citation, ...]]:
    picks, marked = ([pick(corpus, w) for w in some] for some in (words, emphasis))
    return cite(picks, marked, corpus, Voices.of(corpus, ["trees"]), most)


def test_points_are_slices_of_the_document_in_the_order_given(corpus: Any) -> None:
    points, _ = cited(corpus, [SPOKEN, FIRST, ITEM])

    assert [point.text for point in points] == [SPOKEN, FIRST, ITEM]
    text = corpus.document("trees").text
    assert all(text[point.start : point.end] == point.text for point in points)


def test_each_passage_is_cited_once_numbered_in_order_of_its_first_point(corpus: Any) -> None:
    points, citations = cited(corpus, [SPOKEN, SECOND, FIRST])

    assert [point.citation for point in points] == [1, 2, 2]
    assert [citation.id for citation in citations] == [1, 2]
    assert [citation.passage.id for citation in citations] == ["trees#p2", "trees#p1"]


def test_a_citation_runs_from_the_first_to_the_last_of_its_points(corpus: Any) -> None:
    _, (citation,) = cited(corpus, [SECOND, FIRST])

    text = corpus.document("trees").text
    assert citation.exact == text[citation.start : citation.end] == f"{FIRST} {SECOND}"
    assert citation.prefix == text[: citation.start][-AROUND:]
    assert citation.suffix == text[citation.end :][:AROUND]


def test_at_either_end_of_the_document_the_selectors_are_shorter(corpus: Any) -> None:
    _, (citation,) = cited(corpus, ["Over 400 trees are ordered."])

    assert citation.suffix == ""


def test_a_quoted_persons_point_carries_them_and_the_narrators_nobody(corpus: Any) -> None:
    points, _ = cited(corpus, [SPOKEN, FIRST])

    assert points[0].speaker is not None
    assert points[0].speaker.name == "Maya Okoro"
    assert points[1].speaker is None


@pytest.mark.parametrize(
    ("speaker", "shown"),
    [
        (Speaker("", organisation="Tree Council"), "Tree Council"),
        (Speaker("", role="spokesperson", organisation="Tree Council"), None),
        (Speaker(""), None),
    ],
)
def test_a_body_goes_by_its_own_name_and_somebody_unnamed_by_none(
    corpus: Any, speaker: Speaker, shown: str | None
) -> None:
    trees = corpus.structure("trees")
    said_by_them = tuple(replace(statement, speaker=speaker) for statement in trees.statements)

    class SaidBy(type(corpus)):  # type: ignore[misc]
        def structure(self, document_id: str) -> Any:
            return replace(trees, statements=said_by_them)

    points, _ = cited(SaidBy(), [SPOKEN])

    assert (points[0].speaker and points[0].speaker.name) == shown


def test_part_of_a_persons_sentence_is_still_theirs(corpus: Any) -> None:
    trees = corpus.structure("trees")
    sentences = tuple(span for statement in trees.statements for span in statement.spans)

    class WithSentences(type(corpus)):  # type: ignore[misc]
        def structure(self, document_id: str) -> Any:
            return replace(trees, sentences=sentences)

    points, _ = cited(WithSentences(), ["ward will get"])

    assert points[0].speaker is not None


def test_the_same_pick_gives_one_point(corpus: Any) -> None:
    assert len(cited(corpus, [FIRST, FIRST])[0]) == 1


def test_no_more_passages_are_cited_than_allowed_and_none_is_half_cited(corpus: Any) -> None:
    points, citations = cited(corpus, [FIRST, SPOKEN, SECOND, ITEM], most=1)

    assert [point.text for point in points] == [FIRST, SECOND]
    assert len(citations) == 1


def test_what_is_not_wholly_inside_one_passage_is_not_shown(corpus: Any) -> None:
    assert cited(corpus, ["unchanged.\nMaya Okoro", "Riverton plants trees"]) == ((), ())


def test_a_passage_that_is_not_what_its_document_says_is_not_shown(corpus: Any) -> None:
    class Altered(type(corpus)):  # type: ignore[misc]
        def passages(self, document_id: str) -> Sequence[Passage]:
            return [
                replace(p, text=p.text.replace("400", "500")) for p in super().passages("trees")
            ]

    points, citations = cited(Altered(), [FIRST, SPOKEN])

    assert [point.text for point in points] == [SPOKEN]
    assert [citation.passage.id for citation in citations] == ["trees#p2"]


def test_emphasis_counts_from_the_start_of_its_point_and_stays_inside(corpus: Any) -> None:
    (first, second), _ = cited(
        corpus, [FIRST, SECOND], ["Nearly 400", "2030", "Nearly 400", "2030. The"]
    )

    assert [first.text[slice(*span)] for span in first.emphasis] == ["Nearly 400", "2030"]
    assert second.emphasis == ()


def test_a_link_opens_the_publishers_page_at_the_words(corpus: Any) -> None:
    document = replace(corpus.document("trees"), url="https://riverton.example/trees#top")

    assert link_to(document, "Who's who, or not-so?") == (
        "https://riverton.example/trees#:~:text=Who%27s%20who%2C%20or%20not%2Dso%3F"
    )


@pytest.mark.parametrize("exact", ["one two three\nfour five six seven", "word " * 100])
def test_a_long_quotation_or_one_over_several_lines_is_linked_by_its_two_ends(
    corpus: Any, exact: str
) -> None:
    link = link_to(corpus.document("trees"), exact)

    assert link is not None
    first, last = link.partition(":~:text=")[2].split(",")
    assert first == "%20".join(exact.split()[:5])
    assert last == "%20".join(exact.split()[-5:])


def test_without_a_known_page_there_is_no_link(corpus: Any) -> None:
    assert link_to(replace(corpus.document("trees"), url=None), "words") is None
