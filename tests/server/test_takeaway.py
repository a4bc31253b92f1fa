from __future__ import annotations

import json
from dataclasses import replace

from tests.conftest import ANSWER, REFUSAL, SmallCorpus

from askmobility.answers.verification import verify_answer
from askmobility.server.showing import quotations
from askmobility.server.takeaway import (
    as_json,
    as_markdown,
    escaped,
    quotation_as_markdown,
    quotation_as_text,
)


def test_the_saved_conversation_is_verified_as_it_stands() -> None:
    saved = json.loads(as_json([REFUSAL, ANSWER]))

    assert verify_answer(saved, SmallCorpus()).holds


def test_markdown_has_question_speaker_words_and_source() -> None:
    written = as_markdown([ANSWER])

    assert written.startswith("## What does the leader say about trees?\n")
    assert (
        "**Maya Okoro, Leader of Riverton Council**\n\n> Trees cool our streets. [1]\n" in written
    )
    assert (
        "The documents put this in more than one way: “Nearly 400” [2]; “Over 400” [3]" in written
    )
    assert "2. [Riverton plants trees](<https://riverton.example/trees#:~:text=x>)" in written


def test_a_refusal_is_written_as_what_it_is() -> None:
    assert "The documents say nothing about this." in as_markdown([REFUSAL])


def test_words_mean_in_markdown_what_they_mean_on_paper() -> None:
    assert escaped("*no* [link](x)\n<b>") == r"\*no\* \[link\](x) \<b\>"


def test_an_unsafe_link_is_left_out() -> None:
    (citation, *_) = ANSWER.citations
    hostile = replace(citation, link="javascript:alert(1)")
    answer = replace(ANSWER, citations=(hostile,), points=ANSWER.points[:2])

    assert "javascript" not in as_markdown([answer])
    assert "javascript" not in quotation_as_text(quotations(answer.points)[0], answer)


def test_a_quotation_is_copied_with_speaker_and_place() -> None:
    spoken = quotations(ANSWER.points)[0]

    assert quotation_as_text(spoken, ANSWER).splitlines() == [
        "Trees cool our streets.",
        "Every ward will get some.",
        "— Maya Okoro, Leader of Riverton Council",
        "(Riverton plants trees, paragraph 2, under “Riverton plants trees”) "
        "https://riverton.example/trees#:~:text=x",
    ]
    assert quotation_as_markdown(spoken, ANSWER).startswith(
        "> Trees cool our streets.\n>\n> Every ward will get some.\n>\n> — Maya Okoro"
    )


def test_numbered_items_keep_their_numbers_and_get_no_bullet() -> None:
    items = tuple(replace(ANSWER.points[2], text=text) for text in ("1. oak", "2. lime"))
    answer = replace(ANSWER, points=items)

    (quotation,) = quotations(items)

    assert quotation_as_text(quotation, answer).startswith("1. oak\n2. lime\n")
    assert "> 1. oak [2]\n> 2. lime [2]" in as_markdown([answer])
