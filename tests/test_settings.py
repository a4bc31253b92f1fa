from __future__ import annotations

from pathlib import Path

from askmobility.settings import Settings, default_index_dir


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
