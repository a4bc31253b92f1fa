"""Texts become vectors of unit length that depend on nothing but the text."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from askmobility.errors import IndexDamaged
from askmobility.index.encoder import FILES, Encoder
from askmobility.index.snapshots import Snapshot

pytestmark = pytest.mark.slow

TEXT = "The ferry costs £3, says the harbour master."


@pytest.fixture
def folder(snapshot: Snapshot, tmp_path: Path) -> Path:
    source = snapshot.folder / "encoder"
    return Path(shutil.copytree(source, tmp_path / "encoder", copy_function=os.link))


def test_token_and_pooled_vectors_are_of_unit_length_and_of_the_dimensions_it_names(
    encoder: Encoder,
) -> None:
    encoded = encoder.encode_passage(TEXT)

    assert encoded.tokens.shape == (len(encoded.ids), encoder.token_dimension)
    assert encoded.pooled.shape == (encoder.dimension,)
    np.testing.assert_allclose(np.linalg.norm(encoded.tokens, axis=1), 1, atol=1e-5)
    assert np.linalg.norm(encoded.pooled) == pytest.approx(1, abs=1e-5)


def test_the_vectors_of_a_text_are_the_same_whatever_was_encoded_before(encoder: Encoder) -> None:
    first = encoder.encode_passage(TEXT)
    encoder.encode_passage("Something much louder! " * 60)
    again = encoder.encode_passage(TEXT)

    assert first.tokens.tobytes() == again.tokens.tobytes()
    assert first.pooled.tobytes() == again.pooled.tobytes()


def test_offsets_count_code_points_of_the_text(encoder: Encoder) -> None:
    text = "“Café” 🙂 ferry"
    encoded = encoder.encode_question(text)

    pieces = [text[start:end] for start, end in encoded.offsets]
    assert pieces[0] == pieces[-1] == ""
    assert pieces[-2] == "ferry"
    assert "Café" in pieces


def test_a_model_with_prompts_gets_them_and_offsets_still_count_from_the_text(
    folder: Path, encoder: Encoder
) -> None:
    facts = json.loads((folder / "encoder.json").read_text("utf-8"))
    (folder / "encoder.json").unlink()
    facts |= {"question_prompt": "query: ", "passage_prompt": "passage: "}
    (folder / "encoder.json").write_text(json.dumps(facts), "utf-8")
    prompted = Encoder(folder)

    question = prompted.encode_question(TEXT)
    np.testing.assert_array_equal(question.pooled, encoder.encode_question("query: " + TEXT).pooled)
    passage = prompted.encode_passage(TEXT)
    np.testing.assert_array_equal(passage.pooled, encoder.encode_passage("passage: " + TEXT).pooled)
    words = [TEXT[start:end] for start, end in question.offsets if end]
    assert words == [TEXT[s:e] for s, e in encoder.encode_question(TEXT).offsets if e]


def test_a_text_longer_than_the_model_reads_is_cut_at_its_limit(
    encoder: Encoder, snapshot: Snapshot
) -> None:
    facts = json.loads((snapshot.folder / "encoder" / "encoder.json").read_text("utf-8"))

    assert len(encoder.encode_passage("ferry " * 2000).ids) == facts["max_tokens"]


def test_an_empty_text_has_vectors_too(encoder: Encoder) -> None:
    encoded = encoder.encode_question("")

    assert len(encoded.ids) == 2
    assert np.isfinite(encoded.tokens).all()


def test_what_is_asked_for_is_nearer_than_what_is_not(encoder: Encoder) -> None:
    question = encoder.encode_question("What is the price of a boat trip?").pooled
    fare = encoder.encode_passage("A ticket for the ferry costs £3.").pooled
    shelf = encoder.encode_passage("The librarian sorted the novels by author.").pooled

    assert question @ fare > question @ shelf


def test_each_token_of_a_question_tells_more_than_nothing(encoder: Encoder) -> None:
    question = encoder.encode_question(TEXT)
    importance = encoder.importance(question)

    assert importance.shape == question.ids.shape
    assert (importance > 0).all()


@pytest.mark.parametrize("damage", ["missing", "cut short"])
@pytest.mark.parametrize("name", FILES)
def test_a_missing_or_broken_file_is_an_error_that_names_the_folder_and_the_remedy(
    folder: Path, name: str, damage: str
) -> None:
    content = (folder / name).read_bytes()
    (folder / name).unlink()
    if damage == "cut short":
        (folder / name).write_bytes(content[: len(content) // 2])

    with pytest.raises(IndexDamaged, match=r"encoder does not open.*`askmobility index`") as error:
        Encoder(folder)
    assert str(folder) in str(error.value)


def test_the_whole_words_of_its_vocabulary_are_listed_and_known(encoder: Encoder) -> None:
    words = encoder.words()

    assert len(words) > 10_000
    assert {"harbour", "recommendations"} <= set(words)
    assert not {"accomodation", "##ing", "[cls]", "42"} & set(words)
    assert all(map(encoder.has_word, words))
    assert not encoder.has_word("accomodation")
