"""A passage is as good as its best sentence, whatever the weights that were learned."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from askmobility.search import ranking
from askmobility.search.evidence import FEATURES, Evidence
from askmobility.search.kinds import Kind
from askmobility.search.late_interaction import Interaction
from askmobility.search.ranking import Weights, rank, weights
from askmobility.types import Passage, Span

MATCH, OPENING = FEATURES.index("match"), FEATURES.index("opening")


def nothing_found(owner: list[int]) -> Interaction:
    tokens, places = np.zeros((1, 4), np.float32), np.zeros((len(owner), 2), np.int64)
    best = np.zeros((1, len(owner)), np.float32)
    return Interaction(
        tokens, tokens, places, places, best, best, best, best[0], np.array(owner, np.int64)
    )


def evidence(matches: list[list[float]]) -> Evidence:
    """One passage for each list, one sentence for each number: its "match"."""
    owner = [n for n, sentences in enumerate(matches) for _ in sentences]
    features = np.zeros((len(owner), len(FEATURES)), np.float32)
    features[:, MATCH] = [match for sentences in matches for match in sentences]
    features[:, OPENING] = np.arange(len(owner))
    passages = tuple(
        Passage(f"d#p{n}", "d", n, n + 1, "x", (Span(n, n + 1),), None, None, n + 1, "")
        for n in range(len(matches))
    )
    return Evidence(
        passages, np.array(owner, np.int64), tuple(Span(n, n + 1) for n in range(len(owner))),
        features, nothing_found(owner), np.ones(1, np.float32), ("",),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passages by their match alone, sentences by their place alone, for reasons by their match."""
    passage, sentence, for_why = (np.zeros(len(FEATURES), np.float32) for _ in range(3))
    passage[MATCH], sentence[OPENING], for_why[MATCH] = 2, 1, 10
    learned = Weights(passage, sentence, {"why": for_why})
    monkeypatch.setattr(ranking, "weights", lambda: learned)


def test_passages_are_ranked_by_their_best_sentence() -> None:
    ranked = rank(evidence([[0.1, 0.4], [0.9, 0.0, 0.0], [0.5]]), "factoid")

    assert [passage.id for passage in ranked.passages] == ["d#p1", "d#p2", "d#p0"]
    assert ranked.scores == pytest.approx((1.8, 1.0, 0.8))


def test_equally_good_passages_stay_in_the_order_of_retrieval() -> None:
    ranked = rank(evidence([[0.5], [0.7]] * 30), "factoid")

    order = [int(passage.id.removeprefix("d#p")) for passage in ranked.passages]
    assert order == [*range(1, 60, 2), *range(0, 60, 2)]


def test_sentences_have_scores_of_their_own_in_the_order_of_the_evidence() -> None:
    ranked = rank(evidence([[0.9, 0.1], [0.5]]), "factoid")

    assert ranked.sentence_scores.tolist() == [0, 1, 2]


def test_a_kind_of_question_may_weigh_its_sentences_in_its_own_way() -> None:
    ranked = rank(evidence([[0.9, 0.1], [0.5]]), "why")

    assert ranked.sentence_scores.tolist() == pytest.approx([9, 1, 5])
    assert ranked.scores == rank(evidence([[0.9, 0.1], [0.5]]), "factoid").scores


def test_no_evidence_is_no_ranking() -> None:
    ranked = rank(evidence([]), "factoid")

    assert (ranked.passages, ranked.scores, len(ranked.sentence_scores)) == ((), (), 0)


def test_every_piece_of_evidence_has_a_learned_weight() -> None:
    learned = weights()

    assert np.shape([learned.passage, learned.sentence, *learned.by_kind.values()]) == (
        2 + len(learned.by_kind),
        len(FEATURES),
    )
    assert learned.sentence.all()
    assert set(learned.by_kind) <= set(get_args(Kind))


def test_what_speaks_for_a_passage_beside_its_sentences_counts_as_much_as_it_says() -> None:
    ranked = rank(evidence([[0.1, 0.4], [0.9]]), "factoid", np.array([5, 0], np.float32))

    assert [passage.id for passage in ranked.passages] == ["d#p0", "d#p1"]
    assert ranked.scores == pytest.approx((2 * 0.4 + 5, 2 * 0.9))
