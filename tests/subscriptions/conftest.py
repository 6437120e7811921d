"""A programme with an open site."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from tests.subscriptions.scene import open_the_site


@pytest.fixture
def opened(app: Flask, session: Session, programme: Programme) -> Iterator[Programme]:
    """The programme of the personas with an open site; mail knows the site's address."""
    open_the_site(session, programme)
    with app.app_context():
        yield programme
