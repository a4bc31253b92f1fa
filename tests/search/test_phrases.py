from askmobility.search.phrases import Phrases, plural_of

TABLE = Phrases(
    {"mayor": "mayor, metro mayor", "head": "head of house, head", "vc": "vice-chancellor"}
)


def found(text):
    return [(text[f.start : f.end], f.concept, f.plural) for f in TABLE.find(text)]


def test_the_longest_phrase_counts_where_several_begin():
    assert found("the metro mayor and the head of house") == [
        ("metro mayor", "mayor", False),
        ("head of house", "head", False),
    ]


def test_plurals_are_understood():
    assert found("metro mayors, heads of house") == [
        ("metro mayors", "mayor", True),
        ("heads of house", "head", True),
    ]


def test_a_possessive_ending_is_no_part_of_the_phrase():
    assert found("the mayor's plan") == [("mayor", "mayor", False)]


def test_hyphens_count_as_spaces_and_other_marks_part_words():
    assert found("vice chancellor or vice-chancellor, not vice. chancellor") == [
        ("vice chancellor", "vc", False),
        ("vice-chancellor", "vc", False),
    ]


def test_blotting_phrases_out_keeps_offsets():
    text = "the mayor of Bo"
    assert TABLE.without(text) == "the       of Bo"


def test_plurals_are_formed_on_the_noun():
    assert [plural_of(p) for p in ("member of staff", "spokesman", "deputy", "coach", "child")] == [
        "members of staff",
        "spokesmen",
        "deputies",
        "coaches",
        "children",
    ]
