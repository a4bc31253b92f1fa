"""Everything that is read off one document at build time, in one place."""

from __future__ import annotations

from askmobility.documents.definitions import definitions
from askmobility.documents.figures import disagreements, figures, is_tabled
from askmobility.documents.lists import item_lists
from askmobility.documents.readers import Source
from askmobility.documents.sentences import sentences
from askmobility.documents.statements import statements_and_people
from askmobility.types import Structure


def analyse(source: Source) -> Structure:
    """The structure of a document: its sentences, statements, people, lists, figures, terms."""
    text, blocks = source.document.text, source.blocks
    spans = tuple(span for block in blocks for span in sentences(text, block.start, block.end))
    statements, people = statements_and_people(text, blocks, spans)
    counted = figures(text, spans)
    return Structure(
        blocks=blocks,
        sentences=spans,
        statements=statements,
        people=people,
        lists=item_lists(text, blocks, spans),
        figures=counted,
        disagreements=disagreements([f for f in counted if not is_tabled(f, blocks)], text),
        definitions=definitions(text, blocks, spans),
    )
