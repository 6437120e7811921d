"""A pioneer who spoke last night."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from tests.contributions.scene import Scene, make_me, make_talk
from tests.factories import Personas
from tests.planning.scene import run_now


@pytest.fixture
def scene(
    app: Flask, session: Session, programme: Programme, personas: Personas
) -> Iterator[Scene]:
    """The programme runs; its pioneer spoke last night."""
    run_now(session, programme)
    me = make_me(session, programme, personas.pioneer.email)
    with app.app_context():
        yield Scene(session, programme, me, make_talk(session, programme, me))
