"""Questions about a term: what it means, what it stands for."""

from __future__ import annotations

import re

from askmobility.answers.material import Draft, Material, Pick
from askmobility.search.words import content_stems

_STANDS_FOR = re.compile(r"\bstand(?:s|ing)? for\b|\bshort for\b|\bspelt? out\b", re.IGNORECASE)


def defined(material: Material) -> Draft | None:
    """The sentence that defines or spells out the term that is asked about."""
    question = material.question
    if question.kind != "definition":
        return None
    wanted = set(question.terms)
    for document_id in material.scope:
        for definition in material.corpus.structure(document_id).definitions:
            term = set(content_stems(definition.term))
            if term and term <= wanted | {""} and wanted - term <= _SCAFFOLDING:
                pick = Pick(document_id, definition.span)
                return Draft((pick,), rows=tuple(material.rows([pick])))
    if _STANDS_FOR.search(question.text):
        return Draft((), "detail_not_given")
    return None


_SCAFFOLDING = frozenset(
    content_stems("mean meaning means stand stands short definition exactly term")
)
