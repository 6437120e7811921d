"""Logs: one JSON line for each request (plain text in development), without personal data."""

import logging
import secrets
import time

import structlog
from flask import Flask, Response, g, request
from structlog.types import Processor

log = structlog.get_logger("pioneers.request")


def configure(*, json: bool, level: str = "INFO") -> None:
    """Set structlog up for the process; `json` for machines, else for a person at a console."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if json
        else [
            structlog.dev.ConsoleRenderer(
                colors=False,
                exception_formatter=structlog.dev.plain_traceback,  # never the local variables
            )
        ]
    )
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _begin() -> None:
    g.request_began = time.perf_counter()
    g.request_id = secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def log_request(method: str, endpoint: str | None, status: int, began: float, **more: str) -> None:
    """The line of a request that began at the moment `began` (of time.perf_counter)."""
    taken = round((time.perf_counter() - began) * 1000, 1)
    log.info("request", method=method, endpoint=endpoint, status=status, ms=taken, **more)


def _end(response: Response) -> Response:
    """Endpoint, never the path: a path can hold a token or an id; never the query string."""
    began = getattr(g, "request_began", None)
    if began is None or request.endpoint == "static":
        return response
    log_request(request.method, request.endpoint, response.status_code, began)
    response.headers.setdefault("X-Request-Id", g.request_id)
    return response


def init_logs(app: Flask) -> None:
    """Log every request of `app`; reads `PRODUCTION` and `LOG_LEVEL` of its configuration."""
    configure(
        json=bool(app.config.get("PRODUCTION")), level=str(app.config.get("LOG_LEVEL", "INFO"))
    )
    app.before_request(_begin)
    app.after_request(_end)
