"""An evening of the personas' programme."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from pioneers.events.models import Event
from pioneers.programmes.models import Programme
from tests.presence.evening import make_evening


@pytest.fixture
def lasting(session: Session, programme: Programme) -> Programme:
    """The programme of the personas, that goes on."""
    programme.starts_on, programme.ends_on = date(2025, 1, 1), None
    session.flush()
    return programme


@pytest.fixture
def evening(session: Session, lasting: Programme) -> Event:
    """An evening of the programme."""
    return make_evening(session, lasting)
