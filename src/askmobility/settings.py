"""Every knob, in one place, and where things are when nobody turned one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from askmobility.errors import BadSetting

ANSWERS_FROM = 0.46  # the probability of the whole answer from which a draft is shown as one

_HERE = Path(__file__).resolve().parent
_CHECKOUT = _HERE.parents[1]
_IN_CHECKOUT = (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / "corpus").is_dir()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set, by an option or in the environment."""

    index_dir: Path  # ASKMOBILITY_INDEX, --index
    index_is_default: bool  # nobody named it, so it may be built without asking
    model: str | None = None  # ASKMOBILITY_MODEL: a name or a path; None is the model that we ship
    answers_from: float = ANSWERS_FROM  # ASKMOBILITY_ANSWERS_FROM: higher is stricter, lower bolder
    rate_limit: str | None = None  # ASKMOBILITY_RATE_LIMIT: "120 per minute" for each client
    cors_origins: tuple[str, ...] = ()  # ASKMOBILITY_CORS: whose pages may call the API, by comma
    log_questions: bool = False  # `serve --log-questions`

    @classmethod
    def from_env(cls, environment: Mapping[str, str], index_dir: Path | None = None) -> Settings:
        """The settings of one command. index_dir: from `--index`, which beats the environment."""
        named = index_dir or environment.get("ASKMOBILITY_INDEX")
        return cls(
            index_dir=Path(named) if named else default_index_dir(),
            index_is_default=not named,
            model=environment.get("ASKMOBILITY_MODEL") or None,
            answers_from=_probability(environment, "ASKMOBILITY_ANSWERS_FROM", ANSWERS_FROM),
            rate_limit=environment.get("ASKMOBILITY_RATE_LIMIT") or None,
            cors_origins=tuple(filter(None, environment.get("ASKMOBILITY_CORS", "").split(","))),
        )


def _probability(environment: Mapping[str, str], name: str, default: float) -> float:
    given = environment.get(name) or default
    try:
        probability = float(given)
    except ValueError:
        probability = math.nan
    if not 0 <= probability <= 1:
        raise BadSetting(name, str(given), f"a number from 0 to 1, as 0.7 (unset, it is {default})")
    return probability


def default_index_dir() -> Path:
    """In a checkout its `index/`; installed, a folder of the user's."""
    return _CHECKOUT / "index" if _IN_CHECKOUT else user_data_path("askmobility", False) / "index"


def default_corpus_dir() -> Path:
    """The documents that come with us: the checkout's `corpus/`, or the wheel's copy of it."""
    return _CHECKOUT / "corpus" if _IN_CHECKOUT else _HERE / "_data" / "corpus"


def web_dir() -> Path:
    """Templates, style sheet and script of the page."""
    return _CHECKOUT / "web" if _IN_CHECKOUT else _HERE / "_data" / "web"


def runs_dir() -> Path:
    """Where evaluations are saved."""
    return _CHECKOUT / "runs" if _IN_CHECKOUT else user_data_path("askmobility", False) / "runs"


def cache_dir() -> Path:
    """What can be made again: indexes of evaluation sets."""
    return user_cache_path("askmobility", False)
