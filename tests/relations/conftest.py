"""A programme that runs now, with somebody who may become a pioneer and an organisation."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from tests.planning.scene import run_now


@pytest.fixture
def running(app: Flask, session: Session, programme: Programme) -> Iterator[Programme]:
    """The programme of the personas, in the middle of its course; mail knows the site's address."""
    run_now(session, programme)
    with app.app_context():
        yield programme
