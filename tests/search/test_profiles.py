"""A name is known though it is spelt by ear; another name is another person."""

from __future__ import annotations

import pytest

from askmobility.search.profiles import misspelt, same_name


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("pimm", "pym"),
        ("quraishi", "qureshi"),
        ("abernathy", "abernethy"),
        ("husain", "hussein"),
        ("leigh", "lee"),
        ("browne", "brown"),
        ("smith", "smyth"),
        ("kellie", "kelley"),
        ("filips", "filipps"),
        ("cocks", "cox"),
    ],
)
def test_a_name_spelt_by_ear_is_known(asked: str, name: str) -> None:
    assert misspelt(asked, name)
    assert misspelt(name, asked)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("dean", "dunn"),
        ("lyn", "lane"),
        ("day", "dee"),
        ("days", "desai"),
        ("paul", "pool"),
        ("shah", "khan"),
        ("any", "annie"),
    ],
)
def test_a_name_that_sounds_different_or_a_common_word_is_another(asked: str, name: str) -> None:
    assert not misspelt(asked, name)


def test_a_surname_by_ear_is_enough_but_not_beside_a_wrong_given_name() -> None:
    assert same_name(["pimm"], ["gareth", "pym"], loosely=True)
    assert same_name(["gareth", "pimm"], ["gareth", "pym"], loosely=True)
    assert not same_name(["pimm"], ["gareth", "pym"], loosely=False)
    assert same_name(["gareth", "p"], ["gareth", "pym"], loosely=False)
    assert not same_name(["gareth", "b"], ["gareth", "pym"], loosely=True)
    assert not same_name(["harriet", "pimm"], ["gareth", "pym"], loosely=True)
