from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askmobility.documents.lists import item_lists
from askmobility.documents.sentences import sentences
from askmobility.documents.structure import blocks
from askmobility.types import Block, ItemList, Span


def read(text: str) -> tuple[ItemList, ...]:
    layout = blocks(text)
    spans = [span for block in layout for span in sentences(text, block.start, block.end)]
    return item_lists(text, layout, spans)


def items(text: str) -> list[list[str]]:
    return [[text[item.start : item.end] for item in found.items] for found in read(text)]


def lead(text: str) -> str:
    (found,) = read(text)
    return text[found.lead.start : found.lead.end]


def test_lines_under_a_lead_are_its_items_without_bullets_and_joints():
    text = (
        "The shop opens in May.\n\nYou can borrow it if you:\n\n- live in the town\n"
        "- are over 16, and\n- have no fines unless they are in dispute.\n\nIt shuts at five."
    )
    assert items(text) == [
        ["live in the town", "are over 16", "have no fines unless they are in dispute"]
    ]
    assert lead(text) == "You can borrow it if you:"


@pytest.mark.parametrize(
    "marks",
    [
        ("1. ", "2. "),
        ("R1. ", "R2. "),
        ("(a) ", "(b) "),
        ("(i) ", "(ii) "),
        ("• ", "• "),
        ("5.1 ", "5.2 "),
        ("A. ", "B. "),
        ("Option A: ", "Option B: "),
    ],
)
def test_numbers_and_letters_are_no_part_of_items(marks):
    one, two = marks
    text = f"What we saw was sad.\n\nRecommendations\n\n{one}Mend the roof.\n{two}Paint the door.\n"
    (found,) = read(text)
    assert items(text) == [["Mend the roof", "Paint the door"]]
    assert (found.noun, found.announced) == ("recommendations", None)


APART = (
    "Final report\n\nWe make two recommendations.\n\nRecommendation 1: Mend the roof\n\n"
    "It has leaked for years.\n\nRecommendation 2: Paint the door\n\nIt is green.\n"
)


def test_items_that_name_themselves_are_a_list_however_far_apart() -> None:
    assert items(APART) == [["Mend the roof", "Paint the door"]]
    (found,) = read(APART)
    assert (found.noun, found.announced) == ("recommendations", 2)
    assert lead(APART) == "We make two recommendations."


def test_a_name_alone_stands_for_the_sentence_below_it() -> None:
    text = APART.replace(": Mend the roof", "").replace(": Paint the door", "")
    assert items(text) == [["It has leaked for years.", "It is green."]]


def test_names_that_count_from_one_again_are_another_list() -> None:
    again = APART + "\nRecommendation 1: Sweep\n\nDaily.\n\nRecommendation 2: Dust\n\nToo."
    assert items(again) == [["Mend the roof", "Paint the door"], ["Sweep", "Dust"]]


@pytest.mark.parametrize(
    "heads", [("Recommendation 1: Mend it",), ("Platform 1 is shut", "Mr 2 B")]
)
def test_one_named_item_or_none_is_no_list(heads: tuple[str, ...]) -> None:
    assert items("Report\n\n" + "\n\n".join(f"{head}\n\nWords fill it." for head in heads)) == []


def test_a_short_lead_takes_its_noun_from_the_heading_over_it():
    text = "Roofs\n\nAll leak.\n\n5. Recommendations\n\nThat the Panel:\n\n1. agrees;\n2. pays.\n"
    assert [found.noun for found in read(text)] == ["recommendations"]


def test_a_list_in_a_list_is_led_in_by_its_item():
    text = (
        "Recommendations\n\n1. Mend the roof.\n2. Choose between two colours:\n(a) red; or\n"
        "(b) green.\n3. Paint the door.\n"
    )
    assert items(text) == [
        ["Mend the roof", "Choose between two colours", "Paint the door"],
        ["red", "green"],
    ]
    assert read(text)[1].announced == 2


def test_short_lines_below_a_heading_are_its_items():
    lines = ["Residents of Northam", "Trainees in their first year", "Carers"]
    text = "The fund opens in May.\n\nWho can apply\n\n" + "\n".join(lines)
    assert (lead(text), items(text)) == ("Who can apply", [lines])


def test_short_paragraphs_below_a_heading_are_its_items_where_a_format_marks_both():
    lines = ["Residents of Northam", "Trainees in their first year", "Carers"]
    text = "\n\n".join(["Who can apply", *lines, "It opens in May."])
    starts = [text.index(line) for line in text.split("\n\n")]
    layout = [
        Block("paragraph" if start else "heading", start, start + len(line))
        for start, line in zip(starts, text.split("\n\n"), strict=True)
    ]
    (found,) = item_lists(text, layout, [Span(block.start, block.end) for block in layout])
    assert [text[slice(*item)] for item in found.items] == lines


@pytest.mark.parametrize(
    "marks",
    [
        ("Recommendation 1: ", "Recommendation 2: "),
        ("R1. ", "R2. "),
        ("Recommendation 1 | ", "Recommendation 2 | "),
    ],
)
def test_recommendations_are_one_list_however_each_is_marked(marks):
    between = "\n\nThis has been asked for before. The town did not agree to it then.\n\n" * 3
    text = between.join((f"{marks[0]}The roof should be mended.", f"{marks[1]}Doors should shut."))
    text = f"Our year\n\nWe met often. We saw much.\n\n{text}\n\nWe thank you all for it."
    found = [one for one in read(text) if one.noun == "recommendations"]
    assert [[text[slice(*item)] for item in one.items] for one in found] == [
        ["The roof should be mended", "Doors should shut"]
    ]


def test_numbered_paragraphs_that_recommend_are_read_and_each_count_from_one_is_a_list():
    text = (
        "Roofs\n\n1. We recommend a new roof.\n\nIt leaks. It has leaked for years.\n\n"
        "It rained.\n\nIt rained again.\n\n2. We also recommend a gutter.\n\n"
        "Doors\n\n1. The panel recommends a new door.\n\nIt creaks.\n\nIt sticks.\n\n"
        "It is old.\n\n2. The panel recommends a lock.\n"
    )
    assert items(text) == [
        ["We recommend a new roof", "We also recommend a gutter"],
        ["The panel recommends a new door", "The panel recommends a lock"],
    ]


def test_numbered_paragraphs_of_a_report_are_no_list():
    text = "Housing report\n\nState of the stock\n\n" + "".join(
        f"{n}. The roofs of the {n} blocks were looked at in May by officers of the council and by "
        "two tenants. Most of them leak. Some of them have leaked for over a year by now.\n\n"
        for n in range(1, 5)
    )
    assert items(text) == []


def test_a_word_with_a_full_stop_can_head_a_list():
    text = "All was well in May and in June.\n\nLessons.\n1. Feed people.\n2. Go to them.\n"
    (found,) = read(text)
    assert found.noun == "lessons"
    assert lead(text) == "Lessons."


def test_lines_without_bullets_under_a_colon_are_items():
    text = "Fares\n\nThe mayor plans to:\nfreeze fares\nopen two stations\nextend the pass\n"
    assert items(text) == [["freeze fares", "open two stations", "extend the pass"]]


@pytest.mark.parametrize(
    ("text", "noun", "announced", "found"),
    [
        (
            "It has three priorities: skills, transport and housing.",
            "priorities",
            3,
            ["skills", "transport", "housing"],
        ),
        (
            "It makes recommendations that include: new ways to let pupils see work, better help "
            "to lift people out of debt and into work, and giving people hope.",
            "recommendations",
            None,
            [
                "new ways to let pupils see work",
                "better help to lift people out of debt and into work",
                "giving people hope",
            ],
        ),
        (
            "It sets out four aims: warm homes; buses, trams and trains; more jobs; and clean air.",
            "aims",
            4,
            ["warm homes", "buses, trams and trains", "more jobs", "clean air"],
        ),
        (
            "The main reasons given were the levy (41%), the cap (22%) and the freeze (19%).",
            "reasons",
            None,
            ["the levy (41%)", "the cap (22%)", "the freeze (19%)"],
        ),
        (
            "Most were women; the largest groups were care workers, cooks and bus drivers.",
            "groups",
            None,
            ["care workers", "cooks", "bus drivers"],
        ),
        (
            "Signatories include Darlow Society, Richmond Council and the Swan Inn.",
            "signatories",
            None,
            ["Darlow Society", "Richmond Council", "the Swan Inn"],
        ),
        (
            "Two remedies are set out: barriers at 14 stops, or 60 more inspectors.",
            "remedies",
            2,
            ["barriers at 14 stops", "60 more inspectors"],
        ),
        (
            "The board is asking councils to strengthen ties between schools and firms, ensure "
            "good, local advice, and expand access to work.",
            "",
            None,
            [
                "strengthen ties between schools and firms",
                "ensure good, local advice",
                "expand access to work",
            ],
        ),
        (
            "It has three partners: the college, which pays, the council and, in Leeds, the bank.",
            "partners",
            3,
            ["the college, which pays", "the council", "in Leeds, the bank"],
        ),
        (
            "Four courses, including plumbing, cookery and car repair for beginners, will be free.",
            "courses",
            4,
            ["plumbing", "cookery", "car repair for beginners"],
        ),
        (
            "Present: Olive Tranter (Chair), Jas Dhaliwal, Cllr Ifan Rees.",
            "",
            None,
            ["Olive Tranter (Chair)", "Jas Dhaliwal", "Cllr Ifan Rees"],
        ),
    ],
)
def test_an_announced_list_inside_a_sentence_comes_item_by_item(text, noun, announced, found):
    (one,) = read(text)
    assert (one.noun, one.announced) == (noun, announced)
    assert items(text) == [found]


def test_the_sentence_before_may_announce_the_list():
    text = (
        "The report names three broad themes that came up again. These include: letting pupils "
        "see work; mending the roads; and helping all who ask, if money allows."
    )
    (found,) = read(text)
    assert (found.noun, found.announced) == ("themes", 3)
    assert lead(text) == "The report names three broad themes that came up again."
    assert items(text)[0][2] == "helping all who ask, if money allows"


def test_a_list_may_go_on_in_the_line_after_its_colon():
    text = (
        "“We are trying to show what change looks like:\nfreezing fares to keep travel cheap, "
        "helping those who struggle, and giving care leavers free travel."
    )
    assert items(text) == [
        [
            "freezing fares to keep travel cheap",
            "helping those who struggle",
            "giving care leavers free travel",
        ]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We met tenants, landlords and officers on Monday.",
        "The scheme does not include repairs, heating or insurance.",
        "The council refused to close libraries, cut buses and raise fees.",
        "If ministers were to cut grants, close offices and sell land, we would object.",
        "You need your number and date of birth; you do not need to send slips.",
        "The fee is £5, and it is paid by the school, the college or the firm.",
        "She said: “We will listen, learn and act.”",
        "And it is hard: four days at work, one with us, for four and a half years.",
        "Thirty of these places are for our own porters, cleaners and kitchen staff.",
        "164 complaints came in (2022: 139), 90 of them upheld in whole or part.",
    ],
)
def test_commas_that_announce_nothing_and_negated_lists_are_left_alone(text):
    assert items(text) == []


def test_ordinals_make_a_list_over_paragraphs():
    text = (
        "May I suggest how to waste less?\n\nFirst, pay colleges late. We would hold back 15%.\n\n"
        "Secondly, run short courses. They want two weeks.\n\nThirdly, talk to small firms.\n"
    )
    assert items(text) == [["pay colleges late", "run short courses", "talk to small firms"]]
    assert lead(text) == "May I suggest how to waste less?"


def test_the_sentences_after_a_count_are_its_items():
    text = "We ask three things. Raise the rate. Provide tools and boots. And put on a minibus."
    assert items(text) == [["Raise the rate", "Provide tools and boots", "put on a minibus"]]
    assert [found.announced for found in read(text)] == [3]


def test_a_count_that_the_sentences_do_not_match_makes_no_list():
    assert items("We ask three things. They are dear. It took a year to agree.") == []


def test_instructions_under_a_question_are_items():
    text = "What would help? Pay us monthly. Let us be exempt. And count the apprentice."
    assert items(text) == [["Pay us monthly", "Let us be exempt", "count the apprentice"]]


WORDS = """three themes : ; , and or include are were to not - • 1. 2. (a) (b) First, Second, The
report pay build (see “ ” . ? Recommendations \n \n\n which if"""
TEXTS = st.lists(st.sampled_from(WORDS.split(" ")), max_size=80).map(" ".join) | st.text()


@given(TEXTS)
def test_items_are_ordered_slices_of_the_text_apart_from_each_other(text):
    for found in read(text):
        assert len(found.items) > 1
        assert 0 <= found.lead.start < found.lead.end <= len(text)
        assert all(0 <= item.start < item.end <= len(text) for item in found.items)
        assert all(one.end <= other.start for one, other in pairwise(found.items))


@given(TEXTS)
def test_the_same_text_gives_the_same_lists(text):
    assert read(text) == read(text)


@pytest.mark.parametrize("mark", ["{}. ", "({}) "])
def test_a_numbered_list_goes_on_behind_one_nested_in_it(mark: str) -> None:
    """In formats that tell how deep an item is."""
    numbered = [(1, "Do apples.", 1), (2, "Do pears.", 1), (1, "Green first.", 2),
                (2, "Then red.", 2), (3, "Do figs.", 1)]  # fmt: skip
    text = "Recommendations\n"
    layout = [Block("heading", 0, len(text) - 1, level=2)]
    for number, words, level in numbered:
        start = len(text)
        text += f"{mark.format(number)}{words}\n"
        layout.append(Block("item", start, len(text) - 1, level=level))
    spans = [Span(block.start, block.end) for block in layout]

    found = [[text[slice(*i)] for i in one.items] for one in item_lists(text, layout, spans)]

    assert ["Do apples", "Do pears", "Do figs"] in found
