"""A programme with an open site."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from tests.knowledge.scene import open_now


@pytest.fixture
def running(app: Flask, session: Session, programme: Programme) -> Iterator[Programme]:
    """The programme of the personas, in the middle of its course, with an open site."""
    app.extensions["pioneers_throttle"].storage.reset()
    open_now(session, programme)
    with app.app_context():
        yield programme
