"""The application: the JSON routes and the page over one assistant, protected and watched."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from flask import Flask
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from askmobility.server import models, problems
from askmobility.server.api import add_api
from askmobility.server.drawings import Drawings
from askmobility.server.live import LiveAssistant
from askmobility.server.pages import add_pages, error_page
from askmobility.server.protection import protect
from askmobility.server.viewer import add_viewer
from askmobility.server.watching import watch
from askmobility.settings import Settings, cache_dir, web_dir

if TYPE_CHECKING:
    from askmobility.assistant import Assistant

_DESCRIPTION = "Ask the report, and get its own words back: verbatim, cited, or a reasoned refusal."


def create_app(assistant: Assistant | LiveAssistant, settings: Settings) -> Flask:
    """The WSGI application over an open assistant, or over one that follows its index."""
    web = web_dir()
    app = OpenAPI(
        "askmobility.server",
        info=Info(title="AskMobility", version=version("askmobility"), description=_DESCRIPTION),
        security_schemes={},
        doc_ui=False,
        static_folder=None,
        template_folder=web / "templates",
        validation_error_model=models.Problem,
        validation_error_callback=problems.invalid,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    now = assistant.now if isinstance(assistant, LiveAssistant) else lambda: assistant
    metrics = watch(app, log_questions=settings.log_questions)
    protect(app, settings)
    problems.register(app, error_page)
    add_api(app, now, metrics)
    add_pages(app, now, web)
    add_viewer(app, now, Drawings(cache_dir() / "pages"))
    return app
