"""What keeps a browser and the server safe: headers, sizes, rates, and whose pages may call."""

from __future__ import annotations

from flask import Flask, Response, request

from askmobility.server.problems import BadRequest
from askmobility.settings import Settings

BODY_BYTES = 16 * 1024
ANSWER_BYTES = 1024 * 1024  # an answer to be verified carries whole passages
UNLIMITED = {"/healthz", "/readyz", "/metrics"}  # asked by machines, at their own pace

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def protect(app: Flask, settings: Settings) -> None:
    """Set headers on every response of `app`, and limits on every request."""
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES

    @app.before_request
    def body_is_json() -> None:
        if request.path == "/api/v1/verify":
            request.max_content_length = ANSWER_BYTES
        if request.method == "POST" and request.path.startswith("/api/") and request.url_rule:
            _require_json_object()

    @app.after_request
    def safe(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    if settings.cors_origins:
        from flask_cors import CORS

        CORS(app, resources={r"/api/*": {"origins": list(settings.cors_origins)}})
    if settings.rate_limit:
        _limit_rate(app, settings.rate_limit)


def _require_json_object() -> None:
    if not request.is_json:
        raise BadRequest(415, "Send the request as JSON, with Content-Type: application/json.")
    try:
        found = request.get_json()
    except (ValueError, RecursionError) as error:
        raise BadRequest(400, "The body is not JSON.") from error
    if not isinstance(found, dict):
        raise BadRequest(422, "The body must be a JSON object.")


def _limit_rate(app: Flask, limit: str) -> None:
    from flask_limiter import HeaderNames, Limiter
    from flask_limiter.util import get_remote_address

    Limiter(
        get_remote_address,
        app=app,
        application_limits=[limit],
        application_limits_per_method=False,
        application_limits_exempt_when=lambda: request.path in UNLIMITED,
        headers_enabled=True,
        header_name_mapping={
            HeaderNames.LIMIT: "RateLimit-Limit",
            HeaderNames.REMAINING: "RateLimit-Remaining",
            HeaderNames.RESET: "RateLimit-Reset",
        },
        retry_after="delta-seconds",
        storage_uri="memory://",
    )
