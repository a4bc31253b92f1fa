"""Which words of a point are the answer itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from askmobility.answers.material import Material, Pick
from askmobility.search.details import places_of
from askmobility.types import Span


def emphasised(material: Material, picks: Sequence[Pick]) -> Iterator[Pick]:
    """The details of the kind that the question asks for, in these points."""
    expects = material.question.expects
    if expects == "none":
        return
    for pick in picks:
        text = material.text(pick)
        for start, end in places_of(expects, text):
            yield Pick(pick.document_id, Span(pick.span.start + start, pick.span.start + end))
