"""Words put into the wrong mouth are given back to whoever said them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from askmobility.answers.corrections import FURTHER, SAID_SO, put_right
from askmobility.answers.people import SPEAKS_OF_IT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("Why did Tomos Bryn say that shops on the west bank lost a third of their trade?",
         "Maya Okoro"),
        ("Did Maya Okoro say that sixty young people have already applied for twelve places?",
         "Ines Calloway"),
        ("When did Emlyn Frost say that our own harbour needs dredging before any ferry can call?",
         "Tomos Bryn"),
    ],
)  # fmt: skip
def test_anothers_words_are_quoted_with_the_true_speaker(
    material_of: Any, question: str, speaker: str
) -> None:
    material = material_of(question)
    made = put_right(material)

    assert made.reason == "wrong_attribution"
    assert [material.speaker(row).name for row in made.rows] == [speaker]
    assert made.picks == material.picks_of(made.rows)


@pytest.mark.parametrize(
    "question",
    ["What did Maya Okoro say about dredging?", "what does ines calloway say about dredging"],
)
def test_what_only_another_speaks_of_is_no_answer_to_what_somebody_says_of_it(
    material_of: Any, question: str
) -> None:
    made = put_right(material_of(question))

    assert (made.picks, made.reason) == ((), "speaker_silent_on_topic")


@pytest.mark.parametrize(
    "question",
    [
        "Did Maya Okoro say that shops on the west bank lost a third of their trade?",
        "What did Tomos Bryn say about dredging?",
        "What did Tomos Bryn say about school meals?",
        "How much is a ticket?",
        "How many harbours does Maya Okoro want dredging before any ferry?",
    ],
)
def test_what_is_rightly_credited_or_said_by_nobody_needs_no_correction(
    material_of: Any, question: str
) -> None:
    assert put_right(material_of(question)) is None


@pytest.mark.parametrize(("better", "corrected"), [(FURTHER - 0.01, False), (FURTHER + 0.01, True)])
def test_another_must_say_it_clearly_better_than_the_one_named(
    material_of: Any, pick_of: Any, better: float, corrected: bool
) -> None:
    material = material_of("Did Tomos Bryn say that the ferry needs dredging?")
    (bryn,) = material.rows([pick_of("Our own harbour needs dredging before any ferry")])
    (okoro,) = material.rows([pick_of("“The ferry is the thread")])
    best = np.zeros_like(material.ranking.evidence.found.best)  # every word matches these two alone
    best[:, bryn], best[:, okoro] = SAID_SO, SAID_SO + better
    evidence = material.ranking.evidence
    evidence = replace(evidence, found=replace(evidence.found, best=best))
    material = replace(material, ranking=replace(material.ranking, evidence=evidence))

    made = put_right(material)

    assert (made is not None) == corrected
    assert made is None or made.rows == (okoro,)


def test_somebody_who_speaks_of_a_topic_in_other_words_is_not_silent_on_it(
    material_of: Any,
) -> None:
    material = material_of("What did Tomos Bryn say about the harbour?")
    found = material.ranking.evidence.found
    theirs = [row for row in material.order if _is_by(material, row, "Tomos Bryn")]
    others = [row for row in material.order if _is_by(material, row, "Maya Okoro")]
    best = np.zeros_like(found.best)
    best[:, others] = 0.9

    for more, reason in ((-0.01, "speaker_silent_on_topic"), (0.01, None)):
        best[:, theirs] = SPEAKS_OF_IT + more
        evidence = replace(material.ranking.evidence, found=replace(found, best=best))
        made = put_right(replace(material, ranking=replace(material.ranking, evidence=evidence)))
        assert (made and made.reason) == reason


def _is_by(material: Any, row: int, name: str) -> bool:
    speaker = material.speaker(row)
    return speaker is not None and speaker.name == name
