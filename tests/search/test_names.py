import pytest

from askmobility.search.names import NameBook, Named, named
from askmobility.types import Document, Person, Span, Speaker, Statement, Structure


def quoted(name, role="", honours=(), organisation="", intro=""):
    return Named(Speaker(name, honours, role, organisation), "doc", True, intro)


PEOPLE = (
    quoted("Nadia Okoro", "Mayor of Greater Wexmouth"),
    quoted("Tom Pellow", "Mayor of the Harrow Vale"),
    quoted("Steve Lannick", "Leader of Dunmoor Council", ("Councillor", "Sir")),
    quoted("Steven Marsh", "Principal of The Dunmoor Colleges", ("MBE",)),
    quoted("Ruth Abela", "regional secretary of the Farmers’ Union"),
    quoted("Gwen Tolliver", "", intro="Gwen Tolliver, 78, a retired bus driver"),
    quoted("Ola Brandt", "former Mayor of Saltby"),
    Named(Speaker("Percy Vane", (), "Minister for Trams"), "doc", False),
)
BOOK = NameBook.of(PEOPLE, frozenset({"tidewell", "okoro", "brandt"}))


def meant(question):
    return [[p.speaker.name for p in m.people] for m in BOOK.mentions(question) if m.speaks]


def only(question):
    found = meant(question)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("Nadia Okoro", ["Nadia Okoro"]),
        ("okoro", ["Nadia Okoro"]),
        ("Mayor Okoro", ["Nadia Okoro"]),
        ("cllr lannick", ["Steve Lannick"]),
        ("Sir Steve Lannick", ["Steve Lannick"]),
        ("nadia okorro", ["Nadia Okoro"]),
        ("pelow", ["Tom Pellow"]),
        ("Steve", ["Steve Lannick", "Steven Marsh"]),
        ("the Mayor of Greater Wexmouth", ["Nadia Okoro"]),
        ("the Wexmouth mayor", ["Nadia Okoro"]),
        ("the mayor", ["Nadia Okoro", "Tom Pellow"]),
        ("the two mayors", ["Nadia Okoro", "Tom Pellow"]),
        ("the former mayor", ["Ola Brandt"]),
        ("the council leader", ["Steve Lannick"]),
        ("the college boss", ["Steven Marsh"]),
        ("the principal", ["Steven Marsh"]),
        ("Dunmoor college", ["Steven Marsh"]),
        ("the farmers' union", ["Ruth Abela"]),
        ("the lady from the union", ["Ruth Abela"]),
        ("the pensioner", ["Gwen Tolliver"]),
        ("the ex bus driver", ["Gwen Tolliver"]),
    ],
)
def test_a_speaker_is_recognised_as_people_call_them(words, people):
    assert only(f"what did {words} say about trams") == people


@pytest.mark.parametrize(
    "words",
    [
        "the Mayor of London",
        "the london mayor",
        "the deputy mayor",
        "the Prime Minister",
        "the Education Secretary",
        "Keir Starmer",
        "farouk delgado",
        "Peter Okoro",
        "Steve Okoro",
        "Councillor Bexley",
    ],
)
def test_another_holder_of_an_office_and_another_name_are_strangers(words):
    (mention,) = BOOK.mentions(f"What did {words} say about trams?")
    assert mention.speaks
    assert mention.certain
    assert not mention.known


def test_a_body_that_may_go_by_another_name_is_unplaced_and_no_stranger():
    (mention,) = BOOK.mentions("what did the ferry boss say about trams")
    assert not mention.known
    assert not mention.certain


def test_a_name_of_words_that_the_documents_use_is_no_certain_stranger():
    (mention,) = BOOK.mentions("What did Tidewell say about trams?")
    assert not mention.certain


def test_a_long_name_is_known_though_both_its_words_are_misspelt():
    book = NameBook.of([quoted("Marian Tolliver"), quoted("Jon Smyth")])
    assert book.resolve("marion toliver").people[0].speaker.name == "Marian Tolliver"
    assert book.resolve("john smith").people == ()


@pytest.mark.parametrize("words", ["the DfT", "dft", "the dt"])
def test_a_body_without_a_name_behind_it_is_known_by_its_initials(words):
    book = NameBook.of([quoted("", "spokesman for the Department for Trams")])
    mention = book.resolve(words)
    assert bool(mention and mention.known) == (words != "the dt")


def test_an_only_chair_is_not_the_boss_of_what_another_is_said_to_see_to():
    chair, member = quoted("Jo Lee", "chair"), quoted("Tom Ash", "cabinet member for parks")
    assert NameBook.of([chair, member]).resolve("the parks boss").people == ()
    assert NameBook.of([chair]).resolve("the parks boss").people == (chair,)


def test_a_predecessor_no_longer_holds_the_office():
    book = NameBook.of([Named(Speaker("Jo Lee", (), "predecessor as Mayor"), "doc", True)])
    assert book.resolve("the mayor").people == ()


def test_groups_take_in_everybody_whom_they_fit():
    assert only("what do the politicians want") == [
        "Nadia Okoro",
        "Tom Pellow",
        "Steve Lannick",
        "Ola Brandt",
    ]
    assert only("what did anyone not a politician say") == [
        "Steven Marsh",
        "Ruth Abela",
        "Gwen Tolliver",
    ]
    assert len(only("what did everyone quoted say")) == 7


def test_a_conjunction_names_two_speakers():
    assert meant("what did Okoro and the principal say about trams") == [
        ["Nadia Okoro"],
        ["Steven Marsh"],
    ]


@pytest.mark.parametrize(
    "question",
    [
        "what does the report say about trams",
        "how many trams are there",
        "what did people think of the trams",
        "what does franchising mean",
        "where is marsh lane",
        "Is Dunmoor Road closed?",
    ],
)
def test_a_question_about_no_one_names_no_one(question):
    assert not [m for m in BOOK.mentions(question) if m.known or m.certain]


def test_a_person_mentioned_in_passing_does_not_speak():
    (mention,) = BOOK.mentions("How old is Gwen Tolliver?")
    assert not mention.speaks
    assert mention.people[0].speaker.name == "Gwen Tolliver"


def test_someone_named_and_not_quoted_is_known_and_not_quoted():
    (mention,) = BOOK.mentions("What did Percy Vane say about trams?")
    assert [person.quoted for person in mention.people] == [False]


def test_words_for_a_speaker_can_be_resolved_by_themselves():
    mention = BOOK.resolve("the Wexmouth mayor")
    assert mention is not None
    assert mention.people == (PEOPLE[0],)


def test_people_of_a_document_are_its_speakers_and_those_it_names():
    text = "Ann Lowe, chair, said: “Fine.” Bo Reed, clerk, left."
    document = Document("d", text, "", "T")
    speaker, clerk = Speaker("Ann Lowe", (), "chair"), Speaker("Bo Reed", (), "clerk")
    structure = Structure(
        statements=(Statement(speaker, (Span(24, 31),), Span(0, 23)),),
        people=(Person(speaker, Span(0, 15), True), Person(clerk, Span(31, 45), False)),
    )
    assert [(n.speaker.name, n.quoted, n.intro) for n in named(document, structure)] == [
        ("Ann Lowe", True, "Ann Lowe, chair"),
        ("Bo Reed", False, "Bo Reed, clerk"),
    ]


def test_an_apostrophe_is_put_where_a_name_lacks_it():
    assert BOOK.with_apostrophes("okoros view, lannicks too") == "okoro’s view, lannick’s too"
    assert BOOK.with_apostrophes("marshs marshes Okoros") == "marshs marshes Okoros"
    assert BOOK.with_apostrophes("the brandts say") == "the brandt’s say"


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("okoro on ferry fares", "Nadia Okoro"),
        ("Tom Pellow ferry fares", "Tom Pellow"),
        ("okoro - what does she say about fares", "Nadia Okoro"),
        ("okoro quote on fares", "Nadia Okoro"),
        ("lannick's line on ferry fares", "Steve Lannick"),
        ("the college boss on ferry fares", "Steven Marsh"),
        ("the Wexmouth mayor, her view on ferry fares", "Nadia Okoro"),
    ],
)
def test_a_name_in_front_of_a_topic_is_to_be_heard(question, speaker):
    assert only(question) == [speaker]


@pytest.mark.parametrize(
    "question",
    [
        "when did okoro join the board",
        "okoro",
        "okoro and pellow ferry fares",
        "the college boss",
        "the Wexmouth mayor visits a school",
    ],
)
def test_a_name_in_a_question_about_it_is_not(question):
    assert meant(question) == []


def test_a_quote_of_a_stranger_is_asked_of_nobody_in_the_documents():
    (mention,) = BOOK.mentions("Ulla Winstanley quote on the ferry plan")

    assert mention.speaks
    assert not mention.known
    assert BOOK.mentions("punchy pull quote on the ferry plan") == ()


def of_text(text, *people):
    """A book of people as (words that introduce them, name, role) of a text."""
    introduced = [
        Person(Speaker(name, (), role), Span(text.index(w), text.index(w) + len(w)), False)
        for w, name, role in people
    ]
    structure = Structure((), (), (), tuple(introduced), (), (), (), ())
    document = Document("doc", text, "Doc", "", None, None)
    return NameBook.of(named(document, structure))


def test_a_predecessor_is_the_former_holder_of_the_office():
    text = "Una Fell, who chairs the Port Trust, thanked her predecessor, Ida Moss, for the crane."
    book = of_text(
        text,
        ("Una Fell, who chairs the Port Trust", "Una Fell", ""),
        ("predecessor, Ida Moss", "Ida Moss", "predecessor"),
    )

    assert [p.speaker.name for p in book.resolve("the chair of the trust").people] == ["Una Fell"]
    assert [p.speaker.name for p in book.resolve("the old chair").people] == ["Ida Moss"]


def test_words_in_apposition_and_a_place_behind_the_name_tell_who_is_meant():
    text = (
        "Ivo Lund of Tarn University spoke. Una Fell, who owns Fell & Co, a mill in Ash, said no."
    )
    book = of_text(
        text, ("Ivo Lund", "Ivo Lund", ""), ("Una Fell, who owns Fell & Co", "Una Fell", "")
    )

    assert [p.speaker.name for p in book.resolve("the mill owner").people] == ["Una Fell"]
    assert [p.speaker.name for p in book.resolve("the man from Tarn").people] == ["Ivo Lund"]
