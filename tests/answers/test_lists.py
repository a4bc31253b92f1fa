"""Lists come whole, item by item, and by their name or the place of an item."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from askmobility.answers.drafting import draft
from askmobility.answers.lists import best_list, best_with_their_lists, listed, same_noun
from askmobility.answers.material import Material, Pick
from askmobility.assistant import Assistant
from askmobility.index.builder import build_index
from askmobility.search.question import understand
from askmobility.search.words import stem
from askmobility.types import Span

PRIORITIES = [
    "dredging the north channel",
    "rebuilding the fish quay",
    "lighting the sea wall",
    "opening a school for boat builders",
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "What are the four priorities?",
        "list the harbour priorities",
        "what are the main aims",
        "priorities??",
        "just tell me the 4 harbour priorities",
        "whats the four priorities",
    ],
)
def test_a_list_comes_whole_item_by_item(material_of: Any, words: Any, question: str) -> None:
    made = draft(material_of(question))

    assert (words(made.picks), made.reason) == (PRIORITIES, None)


@pytest.mark.slow
def test_a_list_asked_for_by_name_alone_is_there_whatever_the_words_are_like(
    material_of: Any,
) -> None:
    by_name, about_it = (
        draft(material_of(question))
        for question in ("all the priorities", "which priorities did the young residents choose")
    )

    assert (by_name.picks, by_name.rows) == (about_it.picks, ())
    assert about_it.rows


@pytest.mark.slow
def test_a_sentence_that_announces_a_list_gives_way_to_what_it_lists(
    material_of: Any, words: Any
) -> None:
    material = material_of("what does the review name for the harbour")
    assert material.text(material.pick(material.order[0])).startswith("The review names four")

    assert words(draft(material).picks) == [
        "These are: dredging the north channel; rebuilding the fish quay; lighting the sea wall; "
        "and opening a school for boat builders."
    ]


FUND = "The fund\n\nIt opens in May.\n\nWhat the fund pays for\n\n- bus passes\n- repairs\n"


@pytest.mark.parametrize(
    ("question", "others", "expected"),
    [
        ("What does the fund pay for?", {}, ["bus passes", "repairs"]),
        ("How much does the fund pay?", {}, None),
        ("What does the fund pay for?", {"other": FUND}, None),
    ],
)
def test_a_list_whose_heading_is_the_question_answers_it_if_there_is_one_such(
    material_of: Any, shelved: Any, question: str, others: Any, expected: Any
) -> None:
    corpus = shelved(fund=FUND, **others)
    scope = corpus.document_ids
    material = replace(material_of(question), corpus=corpus, scope=scope, row_of={}, order=())
    found = listed(material)
    assert (found and [FUND[slice(*pick.span)] for pick in found.picks]) == expected


@pytest.mark.slow
def test_a_list_asked_for_with_the_wrong_count_is_corrected_by_its_announcement(
    material_of: Any, words: Any
) -> None:
    made = draft(material_of("What are the five priorities?"))

    assert made.reason == "false_premise"
    assert words(made.picks) == ["The review names four priorities for the harbour.", *PRIORITIES]


@pytest.mark.slow
@pytest.mark.parametrize(
    "question", ["Which things must passengers not bring?", "list what passengers must not bring"]
)
def test_a_list_of_what_must_not_be_keeps_the_words_that_say_so(
    material_of: Any, words: Any, question: str
) -> None:
    made = draft(material_of(question))

    assert words(made.picks) == [
        "Passengers must not bring:",
        "petrol or other fuel",
        "electric scooters",
        "fishing rods that are not in a case",
    ]


@pytest.mark.slow
def test_the_count_of_other_things_does_not_make_a_premise_false(material_of: Any) -> None:
    made = draft(material_of("which three boats do the fish quay and the sea wall get"))

    assert made.reason is None


def test_lists_of_one_kind_go_by_several_names() -> None:
    assert same_noun(stem("recommendations"), stem("proposals"))
    assert same_noun(stem("boats"), stem("boat"))
    assert not same_noun(stem("recommendations"), stem("reasons"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("What is the second priority?", [PRIORITIES[1]]),
        ("the last priority in the report", [PRIORITIES[-1]]),
        ("priority 2", [PRIORITIES[1]]),
        ("What does priority no. 4 say?", [PRIORITIES[3]]),
    ],
)
def test_an_item_is_had_by_its_place(
    material_of: Any, words: Any, asked: str, shown: list[str]
) -> None:
    assert words(draft(material_of(asked)).picks) == shown


@pytest.mark.slow
def test_a_list_is_known_by_how_many_things_it_has(material_of: Any, words: Any) -> None:
    assert words(draft(material_of("list the 4 things the council wants most")).picks) == PRIORITIES


@pytest.mark.slow
def test_a_place_beyond_the_end_of_a_list_is_a_false_premise(material_of: Any, words: Any) -> None:
    made = draft(material_of("What is the seventh priority?"))

    assert made.reason == "false_premise"
    assert words(made.picks)[1:] == PRIORITIES


@pytest.mark.slow
def test_a_question_about_an_item_asks_for_more_than_the_item(material_of: Any) -> None:
    assert draft(material_of("What will the second priority cost?")).rows


REPORT = """# Fairer buses

The panel met for a year and went to nine towns to hear from those who ride.

## Recommendation 1: Freeze fares

Operators should freeze fares for the young until 2030.

## Recommendation 2: Publish what runs

The authority should publish every month how many buses ran.

## Who can apply

- carers
- veterans of any age
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("report")
    (folder / "report.md").write_text(REPORT, "utf-8")
    build_index([folder / "report.md"], folder / "index")
    return Assistant.open(folder / "index")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What are the recommendations?", ["Freeze fares", "Publish what runs"]),
        ("who can apply?", ["carers", "veterans of any age"]),
        (
            "what does recommendation 2 say",
            [
                "Publish what runs",
                "The authority should publish every month how many buses ran.",
            ],
        ),
    ],
)
def test_headings_lead_to_what_stands_under_them(
    report: Assistant, question: str, shown: list[str]
) -> None:
    asked = understand(question, report.names(()))
    corpus = report.corpus

    made = draft(Material.of(asked, report.rank(asked, ()), corpus, corpus.document_ids))

    text = corpus.document("report").text
    assert [text[pick.span.start : pick.span.end] for pick in made.picks] == shown


@pytest.fixture(scope="module")
def two_studies(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Two documents that recommend three things each, in lists of one name."""
    folder = tmp_path_factory.mktemp("studies")
    for name, items in {
        "Bus review": ("Freeze fares.", "Run until midnight.", "Put up screens."),
        "Rail access study": ("Build a lift.", "Train all staff.", "Publish maps."),
    }.items():
        lines = [f"{number}. {item}" for number, item in enumerate(items, start=1)]
        text = "\n".join([f"# {name}", "", "## Recommendations", "", *lines, ""])
        (folder / f"{name}.md").write_text(text, "utf-8")
    build_index([folder], folder / "index")
    return Assistant.open(folder / "index")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (
            "What are the recommendations?",
            {"1. Freeze fares.", "2. Run until midnight.", "3. Put up screens.",
             "1. Build a lift.", "2. Train all staff.", "3. Publish maps."},
        ),
        ("What is recommendation 2?", {"2. Run until midnight.", "2. Train all staff."}),
        ("What is recommendation 3 of the rail access study?", {"3. Publish maps."}),
        ("What is the last recommendation of the bus review?", {"3. Put up screens."}),
        ("What are the recommendations of the rail access study?",
         {"1. Build a lift.", "2. Train all staff.", "3. Publish maps."}),
    ],
)  # fmt: skip
def test_lists_of_one_name_come_from_every_document_or_from_the_one_that_is_named(
    two_studies: Assistant, question: str, shown: set[str]
) -> None:
    assert {point.text for point in two_studies.ask(question).points} == shown


@pytest.mark.slow
def test_a_list_that_is_announced_as_somebodys_is_more_than_what_they_said(tmp_path: Path) -> None:
    study = (
        "# Wood smoke in Polbrennan\n\nThe researchers make two recommendations: "
        "sell dry logs at cost; "
        "and text residents on still nights.\n\n"
        "“We went looking for diesel and found firewood,” said "
        "Dr Mira Constant, a researcher at the college.\n"
    )
    (tmp_path / "study.md").write_text(study, "utf-8")
    build_index([tmp_path], tmp_path / "index")
    answer = Assistant.open(tmp_path / "index").ask("List the researchers' recommendations.")

    assert [point.text for point in answer.points] == [
        "sell dry logs at cost",
        "text residents on still nights",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "whole"), [("What about fuel?", True), ("Is it fuel?", False)]
)
def test_a_list_of_which_several_items_are_quoted_comes_whole_unless_one_detail_is_asked_for(
    material_of: Any, words: Any, question: str, whole: bool
) -> None:
    made = material_of(question)
    structure = made.corpus.structure("ferry-release")
    bags = next(found for found in structure.lists if found.noun != "priorities")
    rows = [made.rows([pick_at(made, item)])[0] for item in bags.items]
    scores = np.full(len(made.order), -9.0, np.float32)
    scores[rows[0]], scores[rows[2]] = 9.0, 8.5

    quoted = words(best_with_their_lists(scored(made, scores)).picks)
    expected = ["petrol or other fuel", "fishing rods", "electric scooters"][: 3 if whole else 2]
    assert [text.lstrip("- ")[:8] for text in quoted] == [text[:8] for text in expected]


@pytest.mark.slow
def test_a_list_in_one_sentence_has_to_be_the_best_sentence_unless_it_is_named(
    material_of: Any,
) -> None:
    made = material_of("Which things are wanted?")
    structure = made.corpus.structure("ferry-release")
    (priorities,) = (found for found in structure.lists if found.noun == "priorities")
    (lead,) = made.rows([pick_at(made, priorities.items[0])])
    scores = np.where(np.arange(len(made.order)) == lead, 9.0, -9.0).astype(np.float32)

    assert best_list(scored(made, scores)) == ("ferry-release", priorities)
    scores[lead + 1] = 9.5
    assert best_list(scored(made, scores)) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    ["Why did they leave lighting out of the four priorities?", "Which priorities are missing?"],
)
def test_what_is_not_in_a_list_is_not_answered_with_the_list(
    material_of: Any, question: str
) -> None:
    assert listed(material_of(question)) is None
    assert listed(material_of("What are the four priorities?")) is not None


def pick_at(made: Material, place: Span) -> Pick:
    """The sentence of the ferry release that a place is in."""
    sentences = made.corpus.structure("ferry-release").sentences
    return Pick("ferry-release", next(s for s in sentences if s.start <= place.start < s.end))


def scored(made: Material, scores: Any) -> Material:
    """The material with scores set by hand."""
    order = tuple(int(row) for row in np.argsort(-scores, kind="stable"))
    return replace(made, ranking=replace(made.ranking, sentence_scores=scores), order=order)
