"""An evening of the personas' programme."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas
from tests.presence.evening import DOORS, make_evening


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


@pytest.fixture
def at_the_door() -> Iterator[None]:
    """A quarter of an hour before the evening begins."""
    with clock.at(DOORS):
        yield


@pytest.fixture
def host(client: FlaskClient, personas: Personas, at_the_door: None) -> FlaskClient:
    """The phone of the contact person of the fan whose evening it is."""
    log_in(client, personas.fan_contact)
    return client
