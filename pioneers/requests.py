"""What every request does to the database: say whether it writes."""

from flask import Flask, request

from pioneers.db import expect_writes

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_requests(app: Flask) -> None:
    """Requests that only read begin a reading transaction (see pioneers.db)."""

    @app.before_request
    def _declare_intent() -> None:
        expect_writes(request.method not in SAFE)
