"""A misspelt word is put as the documents or general English spell it; any other is let be."""

from __future__ import annotations

import pytest

from askmobility.search.names import NameBook, Named
from askmobility.search.spelling import Lexicon, mended, near
from askmobility.types import Speaker

ENGLISH = """
    according accommodation booker communion dealer furlongs leaders leave length missing
    recommendation separate skeptical stakeholders summarize use using view views which whom
""".split()
DOCUMENTS = """
    wexmouth commission committee commutable computable ferries harbour okoro recommendations
    summary taskforce tram
""".split()
NAMES = NameBook.of([Named(Speaker("Nadia Okoro"), "doc", True)])


def lexicon(words: list[str]) -> Lexicon:
    return Lexicon(words.__contains__, lambda: words)


def put_right(question: str) -> str:
    known = "what did the say about on does list who is by whose".split()
    english = lexicon([*ENGLISH, *known])
    return mended(question, NAMES, lexicon(DOCUMENTS), english)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("list the reccomendations", "list the recommendations"),
        ("what does the commitee say", "what does the committee say"),
        ("view on accomodation", "view on accommodation"),
        ("accordng to the commision's view", "according to the commission's view"),
        ("what is the lenght", "what is the length"),
        ("seperate views", "separate views"),
        ("harbuor and ferrries?", "harbour and ferries?"),
        ("what is the veiw", "what is the view"),
        ("LIST THE RECOMENDATIONS", "LIST THE RECOMMENDATIONS"),
        ("Acording to whom?", "According to whom?"),
        ("the Wexmouth Comission", "the Wexmouth Commission"),
        ("what did the task force say", "what did the taskforce say"),
    ],
)
def test_a_misspelt_word_is_put_right(typed: str, meant: str) -> None:
    assert put_right(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "what does the recommendation say",  # another form of a word of the documents
        "who is misusing it",  # made of a known word, though near to "missing"
        "who is a leaver",  # so is this one, near to "leaders" though its plural is
        "whose leavers",
        "which boozer is dearer",  # known to nobody here; a wrong consonant is a rare slip
        "what about furlough",
        "stallholders’ view",
        "summarise the views",  # "summarize", to an American
        "are they sceptical",  # "skeptical", to an American
        "are they comutable",  # may be either of two
        "what is a trem",  # too short for any slip but a swap
        "what did harbor say",  # stands where a speaker does
        "what about Comunion",  # may be a name
        "the RECOMENDATION list",  # an acronym, as far as one can tell
        "harbuor@example.org, #harbuor, harbuor_2",
        "harbuor2 42harbuor",
    ],
)
def test_what_may_be_right_is_let_be(question: str) -> None:
    assert put_right(question) == question


def test_the_documents_have_it_before_general_english() -> None:
    english = lexicon(["commission", "communion", "the"])

    def read_by(*documents: str) -> str:
        return mended("the comminion", NAMES, lexicon(list(documents)), english)

    assert read_by() == "the communion"
    assert read_by("dominion", "comminution") == "the communion"
    assert read_by("cominions") == "the cominions"


def test_another_language_is_let_be() -> None:
    question = "harbuor recomendations committe commision acording lenght"

    assert put_right(question) == question


def test_english_is_listed_only_once_a_word_is_missing() -> None:
    def listed() -> list[str]:
        raise AssertionError("not needed")

    english = Lexicon(ENGLISH.__contains__, listed)

    assert mended("the view on length", NAMES, lexicon([]), english) == "the view on length"


@pytest.mark.parametrize(
    ("word", "known", "is_near"),
    [
        ("harbuor", "harbour", True),
        ("ahrbour", "harbour", True),
        ("barbour", "harbour", False),
        ("waht", "what", True),
        ("whet", "what", False),
        ("reccomendation", "recommendation", True),
        ("stallholders", "stakeholders", False),
        ("comision", "commission", False),
    ],
)
def test_how_near_is_near(word: str, known: str, is_near: bool) -> None:
    assert near(word, known) is is_near
