"""Lists come whole; headings, figures and the gist range over the whole of the documents."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from askmobility.answers.drafting import draft
from askmobility.answers.material import Material
from askmobility.answers.overviews import is_telling, listed, openings, same_noun
from askmobility.assistant import Assistant
from askmobility.index.builder import build_index
from askmobility.search.question import understand
from askmobility.search.words import stem
from askmobility.types import Block, Figure, Span, Statement, Structure
from askmobility.types import Speaker as Somebody

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


@pytest.mark.slow
def test_headings_are_those_of_every_document_but_no_title(material_of: Any, words: Any) -> None:
    assert words(draft(material_of("What are the section headings?")).picks) == [
        "How the ferry will be run",
        "What happens next",
        "Opening hours",
        "Book fines",
    ]


@pytest.mark.slow
def test_the_section_on_a_topic_is_named_with_the_sentence_that_shows_it(
    material_of: Any, words: Any
) -> None:
    made = draft(material_of("Which section is about late books?"))

    assert words(made.picks) == ["Book fines", "Fines for late books were abolished last year."]


@pytest.mark.slow
@pytest.mark.parametrize(
    "question", ["what does the section on book fines say", "quick gist of the book fines section"]
)
def test_a_section_asked_for_by_its_heading_is_opened(
    material_of: Any, words: Any, question: str
) -> None:
    made = draft(material_of(question))

    assert "Fines for late books were abolished last year." in words(made.picks)
    assert {pick.document_id for pick in made.picks} == {made.picks[0].document_id}
    assert made.rows == ()


@pytest.mark.slow
def test_key_figures_are_sentences_each_once_in_order_of_the_text(
    material_of: Any, words: Any
) -> None:
    made = draft(material_of("What are the key figures?"))

    shown = words(made.picks)
    assert "A single ticket will cost £2.40, and children under 12 will travel free." in shown
    assert "The extra hours will cost £18,500 a year." in shown
    assert len(shown) == len(set(shown))
    ferry = [pick for pick in made.picks if pick.document_id == "ferry-release"]
    assert ferry == sorted(ferry)


@pytest.mark.slow
def test_a_summary_opens_each_section_in_the_narrators_words(material_of: Any, words: Any) -> None:
    shown = words(draft(material_of("Summarise it")).picks)

    assert shown[:3] == [
        "Port Ellery Council will bring back the harbour ferry next spring, after a gap of "
        "eleven years.",
        "The boats will run on batteries charged at the fish quay.",
        "Residents can comment on the timetable until 14 March.",
    ]


def test_a_section_that_opens_with_a_quotation_opens_no_summary() -> None:
    sentences = (Span(0, 5), Span(5, 9), Span(10, 20), Span(20, 30))
    blocks = (
        Block("heading", 0, 5, level=1),
        Block("paragraph", 5, 9),
        Block("heading", 10, 20, level=2),
        Block("paragraph", 20, 30),
    )
    spoken = (Statement(Somebody("Ann Lee"), (Span(20, 30),), None),)

    text = "Ships Go. Now.  Soon Two boat."

    assert openings(text, Structure(blocks, sentences)) == [Span(5, 9), Span(20, 30)]
    assert openings(text, Structure(blocks, sentences, spoken)) == [Span(5, 9)]


def test_a_summary_gives_the_points_in_front_and_no_line_that_is_no_sentence() -> None:
    text = "Ferry back\n3 May 2025\n- It is quiet\n- It is cheap\nThe ferry is back."
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    kinds = ("heading", "paragraph", "item", "item", "paragraph")
    blocks = tuple(Block(k, a, b) for k, (a, b) in zip(kinds, lines, strict=True))
    sentences = tuple(Span(a, b) for a, b in lines)

    shown = openings(text, Structure(blocks, sentences))

    assert [text[a:b] for a, b in shown] == ["- It is quiet", "- It is cheap", "The ferry is back."]


@pytest.mark.parametrize(
    ("value", "unit", "hedge", "telling"),
    [(3, "", "", False), (3, "%", "", True), (3, "", "nearly", True), (10, "", "", True)],
)
def test_a_small_bare_count_is_no_key_figure(
    value: float, unit: str, hedge: str, telling: bool
) -> None:
    assert is_telling(Figure(value, unit, hedge, "boats", Span(0, 1), Span(0, 9))) is telling


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
def test_a_summary_of_a_topic_keeps_to_it(material_of: Any, words: Any) -> None:
    shown = words(draft(material_of("Sum up the bit about charging the batteries")).picks)

    assert shown[0] == "The boats will run on batteries charged at the fish quay."


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
