"""Given names and the short forms they go by."""

from __future__ import annotations

from collections.abc import Mapping

from askmobility.search.words import word_set

_FORMS = """
steve steven stephen stevie|andy andrew drew|bob rob robert bobby robbie bert|jo joanne joanna
bill will william billy willie|liz beth elizabeth lizzie betty eliza|tony anthony antony
kate kathy cathy catherine katherine kathryn katie cath|mike michael mick mickey|dave david davy
jim jimmy james jamie|tom thomas tommy|dan danny daniel|ben benjamin benny|matt matthew
sam samuel samantha sammy|alex alexander alexandra sandy alec|nick nicholas nicky nicola
chris christopher christine christina|ed eddie edward ted teddy ned|joe joseph joey
pat patrick patricia trish paddy|pete peter|phil philip phillip|ray raymond|ron ronald ronnie
sue susan suzanne susie|jen jenny jennifer|vicky victoria vicki tori|becky rebecca becca
debbie deborah deb|maggie margaret peggy meg|greg gregory|ken kenneth kenny|jon jonathan jonny
jack john johnny|harry henry harold hal|gerry gerald jerry|geoff geoffrey jeff jeffrey
don donald|doug douglas|fred frederick freddie alfred|len leonard lenny leo|les leslie lesley
stu stuart stewart|tim timothy|vic victor|val valerie|angie angela ange|barb barbara babs
dot dorothy dottie|gill gillian jill|jan janet janice|pam pamela|gwen gwendolen gwendolyn
ellie eleanor nell ella|nat natalie nathan nathaniel|kim kimberley|viv vivian vivienne
rich richard rick dick ricky|ollie oliver olly|charlie charles charlotte|abby abigail
mo mohammed muhammad mohamed|hetty henrietta hettie
"""


def _other_forms() -> Mapping[str, frozenset[str]]:
    others: dict[str, frozenset[str]] = {}
    for row in _FORMS.strip().replace("\n", "|").split("|"):
        names = word_set(row)
        for name in names:
            others[name] = (others.get(name, frozenset()) | names) - {name}
    return others


_OTHERS = _other_forms()


def nicknames(name: str) -> frozenset[str]:
    """Other forms of the same given name, in lower case; none for a name that has none."""
    return _OTHERS.get(name, frozenset())
