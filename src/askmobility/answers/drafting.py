"""A question and its material to a draft: the first way of answering that applies."""

from __future__ import annotations

from collections.abc import Callable

from askmobility.answers.corrections import put_right
from askmobility.answers.definitions import defined
from askmobility.answers.disagreement import disputed
from askmobility.answers.lists import (
    best_with_their_lists,
    list_of_theirs,
    listed,
    no_such_list,
    nth_item,
)
from askmobility.answers.material import Draft, Material
from askmobility.answers.overviews import gist, headings, key_figures, section
from askmobility.answers.people import nobody, quoted, said, who_is, who_said
from askmobility.answers.selection import mentioned


def nothing_asked(material: Material) -> Draft | None:
    """A refusal where the text holds no question, or where there is nothing to look in."""
    if material.question.kind == "none" or not material.order:
        return Draft((), "off_topic")
    return None


WAYS: tuple[Callable[[Material], Draft | None], ...] = (
    nothing_asked,
    nobody,
    quoted,
    headings,
    key_figures,
    disputed,
    section,
    gist,
    nth_item,
    put_right,
    mentioned,
    who_said,
    who_is,
    list_of_theirs,
    said,
    listed,
    no_such_list,
    defined,
    best_with_their_lists,
)


def draft(material: Material) -> Draft:
    """What to quote, or why nothing is quoted."""
    for way in WAYS:
        found = way(material)
        if found is not None:
            return found
    raise AssertionError("the last way always applies")
