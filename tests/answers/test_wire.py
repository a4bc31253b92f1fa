from __future__ import annotations

from dataclasses import replace

from askmobility.answers.wire import speaker_as_json, whole_document_as_json
from askmobility.types import Answer, Corpus, Speaker

CITATION_KEYS = (
    "id passage_id passage passage_start exact prefix suffix start end document heading page "
    "page_label paragraph speaker link"
)


def test_an_answer_has_the_keys_of_the_contract_and_no_other(answer: Answer) -> None:
    found = answer.to_dict()

    assert " ".join(found) == (
        "question interpreted_as outcome reason confidence answer points citations "
        "disagreements nearest suggestions index"
    )
    point, citation = found["points"][0], found["citations"][0]
    assert " ".join(point) == "text citation start end speaker emphasis"
    assert " ".join(citation) == CITATION_KEYS
    assert " ".join(citation["document"]) == "id title publisher published url sha256"


def test_emphasis_is_a_pair_of_offsets_into_the_point(answer: Answer) -> None:
    point = answer.to_dict()["points"][0]

    assert point["emphasis"] == [[6, 10]]
    assert point["text"][6:10] == "cool"


def test_nearest_passages_are_citations(refusal: Answer) -> None:
    assert " ".join(refusal.to_dict()["nearest"][0]) == CITATION_KEYS


def test_a_speaker_without_a_known_name_is_null() -> None:
    assert speaker_as_json(Speaker("", role="a spokesperson")) is None
    assert speaker_as_json(None) is None


def test_confidence_is_given_to_four_places(answer: Answer) -> None:
    assert replace(answer, confidence=1 / 3).to_dict()["confidence"] == 0.3333


def test_a_whole_document_carries_text_and_blocks(corpus: Corpus) -> None:
    found = whole_document_as_json(corpus, "trees")

    (heading,) = found["blocks"]
    assert heading["kind"] == "heading"
    assert found["text"][heading["start"] : heading["end"]] == "Riverton plants trees"
