import pytest

from askmobility.search.roles import bodies, concepts


@pytest.mark.parametrize(
    ("role", "among", "not_among"),
    [
        ("mayor of greater wexmouth", {"mayor", "politician"}, {"minister", "boss"}),
        ("ceo and principal of bo colleges", {"chief executive", "head of school"}, {"mayor"}),
        ("the vc", {"vice-chancellor"}, {"mayor"}),
        ("head of dunmoor academy", {"head of school", "boss"}, {"politician"}),
        ("head of libraries", {"head", "boss"}, {"head of school"}),
        ("leader of dunmoor council", {"leader", "councillor", "politician"}, {"mayor"}),
        ("education secretary", {"minister", "politician"}, set()),
        ("bo reed, who owns a mill and chairs the guild", {"owner", "chair"}, {"head"}),
        ("regional secretary of the service workers’ union", {"union official"}, {"worker"}),
    ],
)  # fmt: skip
def test_a_role_makes_somebody_what_it_says_and_what_that_is_a_kind_of(role, among, not_among):
    found = concepts(role)
    assert among <= found
    assert not not_among & found


def test_the_kinds_of_body_that_a_text_names():
    assert bodies("chair of the dunmoor college trust") == {"college", "charity"}
