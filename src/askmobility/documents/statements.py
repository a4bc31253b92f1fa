"""Who says what: statements and the people a text names."""

from __future__ import annotations

from collections.abc import Sequence

from askmobility.types import Block, Person, Span, Statement


def statements(
    text: str, blocks: Sequence[Block], sentences: Sequence[Span]
) -> tuple[Statement, ...]:
    """What people are quoted as saying, in order of the text; a sentence has one speaker only."""
    return ()


def people(
    text: str,
    blocks: Sequence[Block],
    sentences: Sequence[Span],
    statements: Sequence[Statement],
) -> tuple[Person, ...]:
    """Everybody the text names, in order of the text, with the place that introduces them."""
    return ()
