"""Fixtures for all tests: the application on SQLite and on PostgreSQL, people, and a client."""

import atexit
import os
import shutil
import tempfile

_DATA = tempfile.mkdtemp(prefix="pioneers-tests-")
os.environ["PIONEERS_DATA"] = _DATA  # read when pioneers.config is imported
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)

from collections.abc import Callable, Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

import pytest  # noqa: E402
from flask import Flask  # noqa: E402
from flask.testing import FlaskClient  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from pioneers.app import create_app  # noqa: E402
from pioneers.db import db, expect_writes, writes  # noqa: E402
from pioneers.programmes.models import Programme  # noqa: E402
from tests.client import Client  # noqa: E402
from tests.database import DIALECTS, Databases, isolated, postgres_server  # noqa: E402
from tests.factories import Personas, make_personas, make_programme  # noqa: E402

SECRET = "only-for-tests-" + "x" * 40

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.register_profile("search", parent=settings.get_profile("ci"), derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def build_app(url: str, **environment: str) -> Flask:
    """The application on the database at `url`; exceptions surface, forms need no token."""
    app = create_app(
        {"DATABASE_URL": url, "SECRET_KEY": SECRET, "LOG_LEVEL": "ERROR"} | environment
    )
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = Client
    return app


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, started when the first test needs it."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, postgres: str) -> Iterator[Databases]:
    """Makes migrated databases."""
    made = Databases(tmp_path_factory.mktemp("databases"), postgres)
    yield made
    made.close()


@pytest.fixture(scope="session")
def app_on(databases: Databases) -> Iterator[Callable[[str], Flask]]:
    """The application on a dialect: one for each test worker."""
    made: dict[str, tuple[Flask, str]] = {}

    def on(dialect: str) -> Flask:
        if dialect not in made:
            url = databases.new(dialect)
            made[dialect] = build_app(url), url
        return made[dialect][0]

    yield on
    for app, url in made.values():
        _dispose(app)
        databases.drop(url)


@pytest.fixture(params=DIALECTS)
def app(request: pytest.FixtureRequest, app_on: Callable[[str], Flask]) -> Iterator[Flask]:
    """The application; whatever a test writes, commits included, is undone after it."""
    made = app_on(request.param)
    with isolated(made):
        yield made


@pytest.fixture
def session(app: Flask) -> Session:
    """The session of the test: `db.session` outside of requests."""
    return db.session()


@pytest.fixture(params=DIALECTS)
def real_app(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Flask]:
    """An application that really commits, on a database of its own: for threads and processes."""
    url = databases.new(request.param)
    made = build_app(url)
    yield made
    _dispose(made)
    databases.drop(url)


def _dispose(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def writes_again() -> Iterator[None]:
    """No test leaves the others transactions that cannot write."""
    yield
    left = writes()
    expect_writes(True)
    assert left, "expect_writes(False) was left standing"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts, not logged in."""
    return app.test_client()


@pytest.fixture
def programme(session: Session) -> Programme:
    """A programme of which the personas are part."""
    return make_programme(session, slug="overijssel", name="Slimmer Werken Overijssel")


@pytest.fixture
def personas(session: Session, programme: Programme) -> Personas:
    """One user of each role in `programme`, a leader of another one, and an administrator."""
    return make_personas(session, programme)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parent.parent
