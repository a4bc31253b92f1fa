"""A network learns to read, and what it learned is used as it was learned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch

from askmobility.answers.reading import Page, Reader, Sheet
from askmobility.training.reading import Lesson, Network, side_by_side, taught_reader

pytestmark = pytest.mark.slow

DIMENSION = 16
Floats = npt.NDArray[np.float32]


def unit(chance: np.random.Generator, count: int) -> Floats:
    rows = chance.normal(size=(count, DIMENSION)).astype(np.float32)
    lengths: Floats = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / lengths


def sheet(chance: np.random.Generator, pages: int = 3) -> Sheet:
    asked = int(chance.integers(2, 9))
    rarity = chance.uniform(size=asked).astype(np.float32)
    return Sheet(
        unit(chance, asked),
        rarity / rarity.sum(),
        chance.uniform(size=asked).astype(np.float32),
        tuple(
            Page(
                unit(chance, int(chance.integers(1, 12))),
                unit(chance, int(chance.integers(1, 5))),
                chance.normal(size=4).astype(np.float32),
            )
            for _ in range(pages)
        ),
        chance.normal(size=6).astype(np.float32),
    )


def lesson(sheet: Sheet, answerable: bool, counts: float = 1.0) -> Lesson:
    return Lesson(sheet, (answerable,) * len(sheet.pages), answerable, counts)


def lessons(seed: int, count: int) -> list[Lesson]:
    """Answerable where the words of the question stand in the first sentence."""
    chance = np.random.default_rng(seed)
    found = []
    for at in range(count):
        read = sheet(chance)
        answers = at % 2 == 0
        tokens = np.concatenate([read.question[: 9 * answers], read.pages[0].tokens[:3]])
        pages = (read.pages[0]._replace(tokens=tokens), *read.pages[1:])
        found.append(lesson(read._replace(pages=pages), answers))
    return found


def test_the_reader_gives_what_the_network_gives_however_long_its_neighbours_are() -> None:
    chance = np.random.default_rng(0)
    taught = [lesson(sheet(chance, pages), True) for pages in (1, 3, 5, 2)]
    network = Network(taught).eval()
    reader = network.reader()

    with torch.no_grad():
        given, _ = network(side_by_side(taught))

    assert [reader.score(one.sheet) for one in taught] == pytest.approx(given.tolist(), abs=1e-5)


def test_a_reader_is_read_as_it_was_written(tmp_path: Path) -> None:
    taught = lessons(0, 4)
    reader = replace(Network(taught).reader(), slope=0.5, intercept=-1.0)

    reader.write(tmp_path / "reader.npz")
    again = Reader.read(tmp_path / "reader.npz")

    assert (again.slope, again.intercept) == (0.5, -1.0)
    for one in taught:
        assert again.score(one.sheet) == pytest.approx(reader.score(one.sheet), abs=0.01)


def test_it_learns_to_tell_a_sentence_that_lacks_the_words_of_the_question() -> None:
    reader = taught_reader(lessons(1, 400), seed=0, taken=lambda done, of: None)

    asked = lessons(2, 200)
    right = [reader.score(one.sheet) > 0 for one in asked]
    assert np.mean([said == one.answerable for said, one in zip(right, asked, strict=True)]) > 0.8


def test_the_same_seed_learns_the_same_and_every_step_is_told() -> None:
    taught = lessons(3, 40)
    told: list[tuple[int, int]] = []

    one = taught_reader(taught, seed=0, taken=lambda done, of: told.append((done, of)))
    other = taught_reader(taught, seed=0, taken=lambda done, of: None)

    assert one.score(taught[0].sheet) == other.score(taught[0].sheet)
    assert [done for done, _ in told] == [*range(1, told[0][1] + 1)]


def test_what_counts_for_nothing_teaches_nothing() -> None:
    against = [one._replace(answerable=False, answering=(), counts=0.0) for one in lessons(1, 400)]
    against = [one._replace(answering=(False,) * len(one.sheet.pages)) for one in against]

    reader = taught_reader([*lessons(1, 400), *against], seed=0, taken=lambda done, of: None)

    answerable = [one for one in lessons(2, 100) if one.answerable]
    assert np.mean([reader.score(one.sheet) > 0 for one in answerable]) > 0.7
