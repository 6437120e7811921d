"""A programme that sends mailings."""

from collections.abc import Iterator

import pytest
from flask import Flask

from pioneers.programmes.models import Programme


@pytest.fixture
def sending(app: Flask, programme: Programme) -> Iterator[Programme]:
    """The programme of the personas; mail knows the site's address."""
    with app.app_context():
        yield programme
