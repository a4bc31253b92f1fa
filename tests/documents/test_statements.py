from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askmobility.documents.sentences import sentences
from askmobility.documents.statements import statements_and_people
from askmobility.documents.structure import blocks
from askmobility.types import Person, Speaker, Statement

CORPUS = Path(__file__).parents[2] / "corpus"


def read(text: str) -> tuple[tuple[Statement, ...], tuple[Person, ...]]:
    layout = blocks(text)
    spans = [span for block in layout for span in sentences(text, block.start, block.end)]
    return statements_and_people(text, layout, spans)


def said(text: str) -> list[tuple[str, str]]:
    """(name, sentence) of all that is credited, in order."""
    return [
        (statement.speaker.name, " ".join(text[start:end].split()))
        for statement in read(text)[0]
        for start, end in statement.spans
    ]


def credited(text: str) -> list[str]:
    return [name for name, _ in said(text)]


# --- the press release that is in the corpus, and its traps -----------------------------------


@pytest.fixture(scope="module")
def release() -> list[tuple[str, str]]:
    return said((CORPUS / "regional-insights-press-release.txt").read_text("utf-8"))


def test_the_press_release_credits_its_six_speakers_and_nobody_else(release):
    assert list(dict.fromkeys(name for name, _ in release)) == [
        *("Andy Burnham", "Lisa Capper", "Alun Francis"),
        *("Richard Parker", "Steve Rotheram", "Steve Houghton"),
    ]


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("Devolution has given us", "Andy Burnham"),  # a paragraph without an opening mark
        ("“Just as we pioneered", "Andy Burnham"),  # a third paragraph, without attribution
        ("freezing bus fares", "Steve Rotheram"),  # broken off after a colon
        ("“These are simple interventions", "Steve Rotheram"),  # no space before the mark
        ("That means breaking down barriers and", "Steve Houghton"),  # a quotation never closed
    ],
)
def test_the_press_release_keeps_broken_quotations_with_their_speaker(release, opening, name):
    assert [who for who, sentence in release if sentence.startswith(opening)] == [name]


def test_narration_under_a_heading_after_a_quotation_is_nobodys(release):
    assert not any(sentence.startswith("Local leaders told") for _, sentence in release)


# --- attribution lines ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "name", "honours", "role", "organisation"),
    [
        ("Mayor of Greater Northam Jo Lee said:", "Jo Lee", (), "Mayor of Greater Northam", ""),
        ("Tom Ash, Mayor of Northam Bay said:", "Tom Ash", (), "Mayor of Northam Bay", ""),
        (
            "Ann Poole MBE, CEO and Principal of The Northam Colleges commented:",
            *("Ann Poole", ("MBE",)),
            *("CEO and Principal of The Northam Colleges", "The Northam Colleges"),
        ),
        (
            "Councillor Sir Tom Ash CBE, Leader of Northam Council, said:",
            *("Tom Ash", ("Councillor", "Sir", "CBE")),
            *("Leader of Northam Council", "Northam Council"),
        ),
        (
            "The Rt Hon Dame Ruth Vale DBE MP, Secretary of State for Trams, concluded:",
            *("Ruth Vale", ("The Rt Hon", "Dame", "DBE", "MP")),
            *("Secretary of State for Trams", ""),
        ),
    ],
)
def test_attribution_line_gives_its_speaker(line, name, honours, role, organisation):
    (statement,) = read(f"{line}\n“We are glad of it. We waited long.”")[0]
    assert statement.speaker == Speaker(name, honours, role, organisation)
    assert len(statement.spans) == 2


def test_unmarked_paragraph_after_an_attribution_line_is_the_speakers_and_the_next_is_not():
    text = "Jo Lee, Mayor of Northam, said:\n\nWe are proud of it.\n\nThe fund opens in May."
    assert said(text) == [("Jo Lee", "We are proud of it.")]


def test_quotation_of_three_paragraphs_each_opened_and_only_the_last_closed_is_one_persons():
    text = "Jo Lee, Mayor of Northam, said: “One.\n\n“Two.\n\n“Three.”\n\nThe fund opens in May."
    assert credited(text) == ["Jo Lee"] * 3


def test_single_marks_left_open_over_paragraphs_are_one_persons_to_the_last():
    text = (
        "Reacting, Jo Lee, director of the Northam Tram Alliance, says: ‘It’s a lifeline.\n\n"
        "‘Without it, we’d go nowhere at all.\n\n‘We’ll see that the money is spent.’\n\n"
        "Trams run every day of the week from six in the morning."
    )
    assert credited(text) == ["Jo Lee"] * 3
    assert {statement.kind for statement in read(text)[0]} == {"direct"}


def test_paragraphs_that_end_in_their_speakers_name_are_his_not_the_speakers_before():
    text = (
        "Tom Ash, a driver, said: “No.”\n\n“This is a long one.\n\n"
        "“And it goes on,” said Jo Lee, leader of Northam Council."
    )
    assert credited(text) == ["Tom Ash", "Jo Lee", "Jo Lee"]


# --- within a sentence ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Commenting on the figures, Dr Jo Lee said: “We are late.”",
        "“We are late,” said Jo Lee, chair of the panel.",
        "“We are late,” said panel chair Jo Lee.",
        "“We are late,” said the panel’s chair, Jo Lee, who has run it since 2019.",
        "“We have waited,” said Jo Lee, chair of the panel, “and we will wait no more.”",
        "Jo Lee told the Northam Gazette: “We are late.”",
        "Jo Lee warned that the town was “late”.",
        "Panel chair Jo Lee: “We are late.”",
        "Jo Lee, 41, of Northam, says the trams are late.",
        "Jo Lee, who drives a tram and has two sons, said trams were late.",
        "Cllr Jo Lee welcomed the plan but said that trams were late.",
        "According to Dr Jo Lee, of Northam University, trams are late.",
        "Residents applauded Jo Lee, the mayor, who said: “We are late.”",
        "The plan was criticised by the town’s mayor, Jo Lee, who said trams were late.",
        "“We are late.” – Jo Lee, 41",
        "“We are late.” (Jo Lee, Northam)",
        "'We are late,' said Jo Lee, 41.",
        '"We are late," said Jo Lee, 41.',
        "The tram is late, said Councillor Jo Lee, and so is the bus.",
    ],
)
def test_speaker_is_found_in_every_shape_of_sentence(sentence):
    assert credited(f"{sentence}\n\nThe fund opens in May.") == ["Jo Lee"]


def test_two_speakers_in_one_paragraph_are_told_apart_by_sentence():
    text = "“It is late,” said Jo Lee. “It is dear,” said Tom Ash, 40. “Very,” he added."
    assert credited(text) == ["Jo Lee", "Tom Ash", "Tom Ash"]


def test_straight_double_and_single_marks_may_stand_in_one_paragraph():
    text = "Jo Lee told the Gazette: \"We're done.\" 'It is over,' said Tom Ash, 40."
    assert credited(text) == ["Jo Lee", "Tom Ash"]


def test_reported_speech_is_told_from_direct_speech():
    text = "Jo Lee, 41, said she had paid £38 for a taxi. “I like the bus,” she added."
    first, second = read(text)[0]
    assert (first.kind, second.kind) == ("reported", "direct")
    assert first.speaker == second.speaker


def test_attribution_is_the_place_that_names_the_speaker():
    text = "Jo Lee, Mayor of Northam, said:\n“One. Two.”"
    (statement,) = read(text)[0]
    assert text[slice(*statement.attribution)] == "Jo Lee, Mayor of Northam, said:"


# --- referring back ---------------------------------------------------------------------------


def test_surname_role_and_pronoun_refer_back_to_whom_they_can_only_mean():
    text = (
        "Jo Lee, leader of Northam Council, welcomed the plan.\n\n"
        "Lee warned that money was short. “It will not last,” the leader said.\n\n"
        "She added that the tram was late."
    )
    assert credited(text) == ["Jo Lee"] * 4


def test_two_people_with_one_first_name_are_not_guessed_between():
    text = (
        "Steve Brand, mayor of Northam, said: “Yes.” Steve Cole, leader of Southam Council, "
        "said: “No.”\n\nSteve said: “Late.”"
    )
    assert credited(text) == ["Steve Brand", "Steve Cole", ""]


def test_namesakes_are_kept_apart_by_their_titles():
    text = "Ms Vale said yes. Mr Vale said no. Vale said: “It is late.”"
    first, second, third = read(text)[0]
    assert (first.speaker.honours, second.speaker.honours) == (("Ms",), ("Mr",))
    assert third.speaker.name == ""


def test_namesakes_of_whom_one_is_she_are_kept_apart_by_ms():
    text = (
        "“No,” said Jo Lee, a nurse. She warned of “delay”.\n\n"
        "Tom Lee, 34, a porter from Harwick, who is no relation, waits. “It is late,” he said.\n\n"
        "“Every day,” Ms Lee added."
    )
    assert credited(text) == ["Jo Lee", "Jo Lee", "Tom Lee", "Jo Lee"]


def test_surname_with_a_title_takes_the_full_name_that_stands_anywhere():
    text = "She will hand over to Tom Ash in June. Mr Ash, who owns a tram, said: “It is late.”"
    assert credited(text) == ["Tom Ash"]


def test_former_holder_of_an_office_is_not_taken_for_the_holder():
    text = (
        "Former mayor Ann Poole opened it. Jo Lee, mayor of Northam, said: “Good.”\n\n"
        "The mayor said: “Very good.”"
    )
    assert credited(text) == ["Jo Lee", "Jo Lee"]


def test_pronoun_means_the_person_introduced_last_in_the_paragraph():
    text = (
        "Jo Lee, a driver, said: “No.” Her colleague Tom Ash, 40, drives the 7. "
        "“I like it,” he said."
    )
    assert credited(text) == ["Jo Lee", "Tom Ash"]


def test_initials_and_labels_of_a_discussion_name_their_speakers():
    text = (
        "On the panel: Jo Lee (tram driver), Professor Ann Poole (Northam Tech)\n\n"
        "Mrs P: Is it late?\nJL: It is. Every day.\nAP: I’d say twice a week."
    )
    assert said(text) == [
        ("Jo Lee", "JL: It is."),
        ("Jo Lee", "Every day."),
        ("Ann Poole", "AP: I’d say twice a week."),
    ]


def test_minutes_resolve_surnames_and_offices_from_those_present():
    text = (
        "Present: Jo Lee (Chair), Tom Ash (drivers), Cllr Ann Poole\n\n"
        "2. Trams\nMr Ash reported that trams were late. Two more would come in May.\n"
        "The Chair thanked him. Cllr Poole asked why."
    )
    assert credited(text) == ["Tom Ash", "Tom Ash", "Jo Lee", "Ann Poole"]


# --- nobody, or no name -----------------------------------------------------------------------


@pytest.mark.parametrize("lone", ["One", "Another", "Most", "Two"])
def test_a_lone_word_that_names_nobody_speaks_for_nobody(lone):
    text = f"Report\n\nWe met many people last year. {lone} called it “a maze of forms”.\n"
    assert not read(text)[0]


def test_organisation_or_unnamed_person_speaks_without_a_name():
    text = "Northam Council said: “We will appeal.” A spokesman for the union said it was “late”."
    first, second = (statement.speaker for statement in read(text)[0])
    assert first == Speaker("", organisation="Northam Council")
    assert second == Speaker("", role="spokesman for the union")


def test_unnamed_speaker_is_the_same_whenever_the_text_comes_back_to_her():
    text = "A union spokeswoman said: “No.”\n\nThe spokeswoman continued: “It is late.”"
    assert {statement.speaker.role for statement in read(text)[0]} == {"union spokeswoman"}


def test_body_that_somebody_speaks_for_is_no_person():
    text = "A spokesman for the trade body Tram Voice said that it was “late”."
    assert read(text)[0][0].speaker == Speaker("", role="spokesman for the trade body Tram Voice")


def test_name_that_the_text_calls_a_charity_is_no_person():
    text = "It was paid for by Ash Wood, the charity that runs trams.\n\nAsh Wood said it was late."
    assert read(text) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "The scheme was opened by Ann Poole, a former nurse. It costs £4 a day.",
        "‘NEET’ young people need “opportunity hubs” near Northam.",
        "Officers said the road would open in May. It was closed in March.",
        "Jo Lee, mayor of Northam, opened the bridge in the rain.",
        "Has Jo Lee said anything? Nobody knows what the report is said to say.",
    ],
)
def test_narration_and_people_who_are_only_mentioned_are_credited_with_nothing(text):
    assert [name for name in credited(text) if name] == []


def test_bare_quotation_that_nobody_claims_is_nobodys():
    assert said("Fares rise in May.\n\n“We had no choice.”") == []


def test_questioned_board_does_not_go_on_as_the_speakers_report():
    text = "The Chair, Jo Lee, said it had cost £212. The Board could not agree and voted."
    assert credited(text) == ["Jo Lee"]


# --- texts with one author --------------------------------------------------------------------

BODY = (
    "Good evening. I was told to keep this to five minutes, and I shall try to, because I know "
    "what the food here is like and so do you.\n\n"
    "Nobody decided to lose three thousand learners. It happened a course at a time.\n\n"
    "My caretaker, Mrs Bolan, found me there. She said, “You can come out, or you can stay.”\n\n"
    "I thank you all for it.\n"
)


@pytest.mark.parametrize(
    "header",
    [
        "Speech by Jo Lee, Principal of Northam College, to the awards evening, 21 June\n",
        "What a college is for\nJo Lee, Principal, Northam College\n(check against delivery)\n",
        "Guest blog: five minutes\n\nPosted by Jo Lee | 11 comments\n",
        "Remarks by Professor Jo Lee at the opening of the hall\nNortham, 3 May 2024\n",
    ],
)
def test_speech_or_blog_belongs_to_its_author_save_what_it_quotes_of_others(header):
    assert credited(f"{header}\n{BODY}") == [*["Jo Lee"] * 5, "Bolan", "Jo Lee"]


def test_cell_of_a_table_says_nothing_of_whoever_stands_in_the_next():
    _, people = read(
        "Signed\n\nJo Lee, Director and | Ann Ash, Chair of the Board\nLeases (1) | 9\n"
    )
    roles = {person.speaker.name: person.speaker.role for person in people}
    assert roles == {"Jo Lee": "Director and", "Ann Ash": "Chair of the Board"}


def test_letter_belongs_to_whoever_signs_it():
    text = (
        "Northam Town Council\n\nDear Minister,\n\nI write about the tram. It is late.\n\n"
        "Mr Ash thinks that it will stop.\n\nYours sincerely,\n\nCllr Jo Lee\nLeader of the Council"
    )
    assert credited(text) == ["Jo Lee", "Jo Lee", "Ash"]
    assert read(text)[0][0].speaker.role == "Leader of the Council"


def test_signed_foreword_belongs_to_its_signatory_and_the_rest_of_the_report_does_not():
    text = (
        "Foreword\n\nI am proud of our year. We opened two halls.\nJo Lee\n\n"
        "Figures\n\nWe lent 4,000 books, which is more than we have ever lent in one year."
    )
    assert credited(text) == ["Jo Lee", "Jo Lee"]


# --- people -----------------------------------------------------------------------------------


def test_people_are_listed_where_they_are_introduced_with_whether_they_are_quoted():
    text = (
        "The hub was opened by Ann Poole, a former nurse. "
        "Tom Ash, 40, said: “Good.” Northam Council paid."
    )
    found = [(p.speaker.name, p.quoted, text[slice(*p.span)]) for p in read(text)[1]]
    assert found == [
        ("Ann Poole", False, "Ann Poole, a former nurse"),
        ("Tom Ash", True, "Tom Ash, 40"),
    ]


# --- any text ---------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *("Jo Lee", "Mr Ash", "Dr", "MBE", "said", "told", "she", "the mayor", "I", "late"),
        *("“", "”", '"', "’", ":", ",", ".", "\n", "\n\n", "- ", "(", ")", "–", "\x00"),
        *("Present:", "Dear"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=120))
def test_no_sentence_has_two_speakers_whatever_the_text(text):
    layout = blocks(text)
    spans = [span for block in layout for span in sentences(text, block.start, block.end)]
    found, people = statements_and_people(text, layout, spans)
    spoken = [span for statement in found for span in statement.spans]
    assert spoken == sorted(set(spoken))
    assert set(spoken) <= set(spans)
    assert all(0 <= person.span.start < person.span.end <= len(text) for person in people)


# --- bodies, letters and quotations that go on -------------------------------------------------


def unnamed(text):
    return [s.speaker.role or s.speaker.organisation for s in read(text)[0] if not s.speaker.name]


def test_it_is_the_body_that_spoke_before():
    text = "The Tarn Boatmen’s Union said it was pleased. “We have waited for years,” it said."

    assert unnamed(text) == ["Tarn Boatmen’s Union"]


def test_a_body_that_calls_something_names_is_quoted_and_a_report_is_not():
    assert unnamed("The Tarn Bus Users called the plan “a door left open”.") == ["Tarn Bus Users"]
    assert unnamed("The report says such buses “cannot do it alone”.") == [""]


def test_a_dame_is_known_by_her_first_name():
    text = (
        "He thanked Dame Una Fell, who led the trust.\n\n"
        "In a letter Dame Una wrote: “Keep the crane. It still works.”"
    )

    assert credited(text) == ["Una Fell", "Una Fell"]


def test_words_announced_without_marks_go_on_while_they_say_i_or_we():
    text = (
        "Una Fell, Chair of the Port Trust, said:\n\n"
        "The quay has waited sixty years.\n\n"
        "Ships did not stop coming.\n\n"
        "I want every one of them to find a berth.\n\n"
        "The works begin in May. They will cost £3 million.\n\n"
        "Tickets are on sale at the quay."
    )

    assert credited(text) == ["Una Fell"] * 3


def test_a_quotation_goes_on_with_whoever_began_it_last():
    text = (
        "“We counted them,” said Una Fell, head of ports, while Ivo Lund, who owns a mill, said: "
        "“I would sell. But who would buy it?”"
    )

    assert credited(text) == ["", "Ivo Lund"]  # the first sentence holds the words of both


def test_words_of_another_that_are_only_reported_leave_a_quotation_to_its_speaker():
    text = (
        "“We counted them,” said Una Fell, head of ports, while Ivo Lund, who owns a mill, said "
        "that the count was “too late”."
    )

    assert credited(text) == ["Una Fell"]


@pytest.mark.parametrize(
    "text",
    [
        "Una Fell and Ivo Lund, who live on the quay, said: “We shut the windows.”",
        "Una Fell, head of ports, and Ivo Lund, her deputy, said the quay was “full”.",
        "Chair Una Fell and clerk Ivo Lund gave a joint statement: “We are glad.”",
    ],
)
def test_what_two_say_as_one_is_credited_to_neither(text):
    assert credited(text) == [""]


def test_she_is_nobody_of_a_paragraph_above_once_an_office_has_spoken():
    text = (
        "Una Fell, head of ports, said: “It is late.”\n\n"
        "A new inspector said the quay was full. “Count the ships,” she said."
    )

    assert credited(text)[-1] == ""


def test_couple_with_one_surname_is_two_people():
    text = (
        "Una and Ivo Fell have lived on the quay for years.\n\n"
        "“It was cold,” says Una.\n\n“It was not,” says Ivo."
    )

    assert credited(text) == ["Una Fell", "Ivo Fell"]


def test_surname_that_two_bear_credits_neither_be_it_that_only_one_is_introduced():
    text = (
        "Una Fell was mopping.\n\nHer mother, Ida Fell, lives upstairs.\n\n"
        "“I rang them for years,” said Fell."
    )

    assert credited(text) == [""]


def test_father_and_son_of_one_name_are_kept_apart():
    text = (
        "Ivo Fell senior, a smith, and his son, Ivo Fell junior, run the forge.\n\n"
        "“Twice!” said Ivo Fell junior.\n\n“They dug it up,” says Mr Fell."
    )

    assert credited(text) == ["Ivo Fell junior", ""]


def test_question_is_credited_to_whom_the_sentence_behind_it_names():
    text = (
        "Una Fell, head of ports, met clerk Ivo Lund.\n\n"
        "“Would I do it again?” Ms Fell laughs. “Ask me in May.”"
    )

    assert credited(text) == ["Una Fell", "Una Fell"]


def test_whoever_opens_a_sentence_is_meant_before_those_who_come_in_it():
    text = (
        "“It is blunt,” said Una Fell, head of ports.\n\n"
        "Fell and her colleague Dr Ivo Lund counted them. “They filled up,” she says."
    )

    assert credited(text) == ["Una Fell", "Una Fell"]


@pytest.mark.parametrize(
    "lines",
    [
        "“They came as guests.”\n\n— Una Fell, warden",
        "“They came as guests.”\n\nUna Fell, warden",
        "Una Fell, warden\n\n“They came as guests.”",
    ],
)
def test_line_with_name_and_role_beside_a_quotation_says_whose_it_is_and_no_more(lines):
    text = f"The hostel shut its doors on Friday.\n\n{lines}\n\nThe roof was leaking badly."

    assert said(text) == [("Una Fell", "“They came as guests.”")]


def test_names_above_their_quotations_do_not_sign_those_before():
    text = (
        "The hostel shut its doors on Friday.\n\nUna Fell, warden\n\n“They came as guests.”\n\n"
        "Ivo Lund, cook\n\n“They left as friends.”"
    )

    assert credited(text) == ["Una Fell", "Ivo Lund"]


def test_answer_goes_on_without_its_label_while_it_says_i():
    text = (
        "We asked Una Fell (UF). The questions were put by Ivo Lund (IL).\n\n"
        "IL: What did you find?\n\nUF: A boat.\n\nI do not think people know.\n\n"
        "The port opened in 1979."
    )

    assert credited(text) == ["Ivo Lund", "Una Fell", "Una Fell"]


def test_heading_that_quotes_is_nobodys():
    text = (
        "“The roof leaks,” said warden Una Fell.\n\n“A place to rest properly”\n\n"
        "The ward has 18 rooms for guests."
    )

    assert said(text) == [("Una Fell", "“The roof leaks,” said warden Una Fell.")]


def test_body_of_which_more_is_told_is_named_as_the_speaker():
    (statement,) = read("The Ports Alliance, which speaks for harbours, said: “We are ready.”")[0]
    assert statement.speaker == Speaker("", organisation="Ports Alliance")


def test_what_a_successor_said_is_not_credited_to_whom_they_succeed():
    text = (
        "The former chair, Ivo Lund, told the board that it was “a tax”. "
        "His successor is milder: she told members that it was “a good idea”."
    )

    assert credited(text) == ["Ivo Lund", ""]
