"""Documents with their questions: evidence is found in the sentences that passages are cut of."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from askmobility.training.examples import TaughtDocument, read_taught, varied

TEXT = (
    "Riverton plants trees\n\n"
    "Nearly 400 trees will stand in Riverton by 2030. The budget is unchanged. "
    "Schools choose the places. Nobody was asked.\n\n"
    "The trees are:\n"
    "- oak for the parks\n"
    "- lime for the streets"
)


def question(text: str, evidence: list[str], **others: object) -> dict[str, object]:
    return {
        "question": text,
        "history": [],
        "evidence": evidence,
        "expect": "answer" if evidence else "not_found",
        **others,
    }


@pytest.fixture
def taught(tmp_path: Path) -> TaughtDocument:
    row = {
        "id": "trees",
        "title": "Trees",
        "text": TEXT,
        "questions": [
            question("how many trees", ["Nearly 400 trees will stand in Riverton by 2030."]),
            question("and the kinds?", ["oak for the parks", "lime for the streets"]),
            question("who pays", []),
            question("by when?", ["Nearly 400 trees"], history=["How many trees?", "Where?"]),
        ],
    }
    path = tmp_path / "taught.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    return read_taught(path)[0]


def words_of(document: TaughtDocument, number: int) -> list[str]:
    evidence = document.questions[number].evidence
    return [document.text[slice(*document.sentences[sentence])] for sentence in evidence]


def test_evidence_is_the_sentences_it_was_marked_in(taught: TaughtDocument) -> None:
    assert words_of(taught, 0) == ["Nearly 400 trees will stand in Riverton by 2030."]
    assert words_of(taught, 1) == ["oak for the parks", "lime for the streets"]


def test_part_of_a_sentence_marks_the_sentence(taught: TaughtDocument) -> None:
    assert words_of(taught, 3) == ["Nearly 400 trees will stand in Riverton by 2030."]


def test_unanswerable_question_has_no_evidence(taught: TaughtDocument) -> None:
    assert taught.questions[2].evidence == ()


def test_follow_up_has_the_question_before_it_in_front(taught: TaughtDocument) -> None:
    assert taught.questions[3].text == "Where? by when?"


def test_starts_say_where_each_sentence_begins_in_what_is_shown(taught: TaughtDocument) -> None:
    for piece in taught.pieces:
        shown, starts = taught.shown(piece)
        for number, start in zip(piece.sentences, starts, strict=True):
            sentence = taught.text[slice(*taught.sentences[number])]
            assert shown[start:].startswith(sentence)


def test_however_a_document_is_cut_each_sentence_stands_in_one_passage(
    taught: TaughtDocument,
) -> None:
    for seed in range(20):
        pieces = varied(taught, random.Random(seed), recut=0.5, forget=0.5)
        held = [sentence for piece in pieces for sentence in piece.sentences]
        assert held == list(range(len(taught.sentences)))


def test_contexts_lose_lines_but_gain_none(taught: TaughtDocument) -> None:
    known = {line for piece in taught.pieces for line in piece.context.split("\n")} | {""}
    pieces = varied(taught, random.Random(0), recut=0.0, forget=0.5)

    assert {line for piece in pieces for line in piece.context.split("\n")} <= known
    assert [p.context for p in pieces] != [p.context for p in taught.pieces]
