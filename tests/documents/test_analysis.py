from __future__ import annotations

from askmobility.documents.analysis import analyse
from askmobility.documents.readers import source

TEXT = """The tram: questions and answers

We propose three themes: bus, tram and ferry. The tram will carry nearly 900 people a day.

Jo Lee, Mayor of Northam, said: “It will carry over 900 people a day.”
"""


def test_structure_brings_together_what_every_reader_finds():
    structure = analyse(source("tram", TEXT, {}))
    assert [block.kind for block in structure.blocks] == ["heading", "paragraph", "paragraph"]
    assert len(structure.sentences) == 4
    assert [statement.speaker.name for statement in structure.statements] == ["Jo Lee"]
    assert [person.speaker.name for person in structure.people] == ["Jo Lee"]
    assert [found.noun for found in structure.lists] == ["themes"]
    assert {figure.hedge for figure in structure.figures} >= {"nearly", "over"}


def test_empty_text_has_an_empty_structure():
    structure = analyse(source("empty", "\n \n", {}))
    assert structure.sentences == structure.statements == structure.people == ()


def test_cells_of_a_table_are_figures_but_not_two_readings_of_one():
    text = (
        "Homes\n\nHomes built in the county in all | nearly 900\n"
        "Homes built in the county in all | over 900\n"
    )
    structure = analyse(source("homes", text, {}))
    assert [figure.value for figure in structure.figures] == [900, 900]
    assert [block.kind for block in structure.blocks[1:]] == ["table", "table"]
    assert structure.disagreements == ()
