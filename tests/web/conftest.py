"""A small app that has only what every page shares: no features, no database."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pioneers.config import ROOT
from pioneers.web.access import public
from pioneers.web.errors import Forbidden, NotFound, TooMany
from pioneers.web.setup import init_app


@pytest.fixture
def bare() -> Flask:
    """An app with the shared parts and a few pages that fail."""
    app = Flask("bare", root_path=str(ROOT), static_folder="static")
    app.config.update(SECRET_KEY="x" * 32, TESTING=True, PROPAGATE_EXCEPTIONS=False)
    init_app(app)

    @app.get("/missing")
    @public
    def missing() -> str:
        raise NotFound

    @app.get("/forbidden")
    @public
    def forbidden() -> str:
        raise Forbidden

    @app.get("/often")
    @public
    def often() -> str:
        raise TooMany(retry_after=60)

    @app.get("/broken")
    @public
    def broken() -> str:
        raise RuntimeError("a secret detail")

    @app.post("/form")
    @public
    def form() -> str:
        return "ok"

    return app


@pytest.fixture
def bare_client(bare: Flask) -> FlaskClient:
    """A visitor of the small app."""
    return bare.test_client()


@pytest.fixture
def dutch(bare: Flask) -> Iterator[None]:
    """A request in Dutch."""
    with bare.test_request_context("/"):
        yield


@pytest.fixture
def english(bare: Flask) -> Iterator[None]:
    """A request in English."""
    with bare.test_request_context("/", headers={"Cookie": "taal=en"}):
        yield
