"""Questions worth asking of a corpus, read off its structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from askmobility.types import Corpus, Structure

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def candidates(corpus: Corpus, document_ids: Sequence[str]) -> Iterator[str]:
    """Questions on lists, people and figures of these documents, each once, most telling first.

    They are offered only once they were asked and answered.
    """
    structures = [corpus.structure(document_id) for document_id in document_ids]
    yield from dict.fromkeys(asked for one in structures for asked in _of_lists(one))
    if any(structure.statements for structure in structures):
        yield "Who is quoted?"
    yield from dict.fromkeys(asked for one in structures for asked in _of_people(one))
    yield "What are the key figures?"
    yield "Can you summarise it?"


def _of_lists(structure: Structure) -> Iterator[str]:
    nouns: set[str] = set()
    for found in structure.lists:
        if not found.noun or found.noun in nouns:
            continue
        nouns.add(found.noun)
        count = found.announced or 0
        number = f"{_NUMBERS[count - 2]} " if 2 <= count <= len(_NUMBERS) + 1 else ""
        yield f"What are the {number}{found.noun}?"


def _of_people(structure: Structure) -> Iterator[str]:
    names = dict.fromkeys(s.speaker.name for s in structure.statements if s.speaker.name)
    for name in list(names)[:3]:
        yield f"What did {name} say?"
