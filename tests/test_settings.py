from __future__ import annotations

from pathlib import Path

import pytest

from askmobility.errors import BadSetting
from askmobility.settings import ANSWERS_FROM, Settings, default_index_dir


def test_the_option_beats_the_environment_which_beats_the_default() -> None:
    environment = {"ASKMOBILITY_INDEX": "from-environment"}

    assert Settings.from_env(environment, Path("from-option")).index_dir == Path("from-option")
    assert Settings.from_env(environment).index_dir == Path("from-environment")
    assert Settings.from_env({}).index_dir == default_index_dir()


def test_only_an_index_that_nobody_named_is_the_default_one() -> None:
    assert Settings.from_env({}).index_is_default
    assert not Settings.from_env({"ASKMOBILITY_INDEX": "named"}).index_is_default
    assert not Settings.from_env({}, Path("named")).index_is_default


def test_an_empty_variable_is_no_setting() -> None:
    settings = Settings.from_env({"ASKMOBILITY_INDEX": "", "ASKMOBILITY_MODEL": ""})

    assert settings.index_is_default
    assert settings.model is None


@pytest.mark.parametrize("given", ["often", "1.2", "-1", "nan"])
def test_a_confidence_that_is_no_probability_is_refused_by_name(given: str) -> None:
    with pytest.raises(BadSetting, match=r"ASKMOBILITY_ANSWERS_FROM.*from 0 to 1"):
        Settings.from_env({"ASKMOBILITY_ANSWERS_FROM": given})


def test_how_sure_an_answer_must_be_can_be_set() -> None:
    assert Settings.from_env({"ASKMOBILITY_ANSWERS_FROM": "0.8"}).answers_from == 0.8
    assert Settings.from_env({}).answers_from == ANSWERS_FROM
