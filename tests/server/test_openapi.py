"""The API keeps what openapi.json promises, whatever is sent."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from tests.conftest import SmallAssistant

from askmobility.server.app import create_app
from askmobility.settings import Settings

TOO_LARGE = {"expected-statuses": ["2xx", "401", "403", "404", "413"]}  # valid, and over 16 KiB
REFUSED = {"expected-statuses": ["400", "404", "405", "406", "413", "415", "422"]}
CONFIG = schemathesis.Config.from_dict(
    {"checks": {"positive_data_acceptance": TOO_LARGE, "negative_data_rejection": REFUSED}}
)
APP = create_app(SmallAssistant(), Settings.from_env({}))  # type: ignore[arg-type]
SCHEMA = schemathesis.openapi.from_wsgi("/openapi.json", APP, config=CONFIG)


@SCHEMA.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_request_gets_what_the_schema_promises(case: schemathesis.Case) -> None:
    case.call_and_validate()


def test_the_description_is_openapi_3_1_and_names_every_route() -> None:
    spec = APP.test_client().get("/openapi.json").json

    assert spec["openapi"].startswith("3.1")
    assert {path for path in spec["paths"] if path.startswith("/api/")} == {
        f"/api/v1/{name}"
        for name in (
            "query",
            "search",
            "verify",
            "documents",
            "documents/{document_id}",
            "statements",
            "themes",
            "recommendations",
            "figures",
        )
    }


def test_the_models_describe_and_check_the_same_fields() -> None:
    spec: Any = APP.test_client().get("/openapi.json").json
    described = spec["components"]["schemas"]["QueryRequest"]

    assert set(described["properties"]) == {
        "question",
        "history",
        "top_k",
        "documents",
        "speakers",
    }
    assert described["additionalProperties"] is False
