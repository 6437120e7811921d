"""Fixtures of the tests on the whole site."""

import pytest
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from tests.factories import Personas
from tests.site.world import World


@pytest.fixture
def world(session: Session, programme: Programme, personas: Personas) -> World:
    """One of everything in the personas' programme."""
    return World(session, programme, personas.leader)


@pytest.fixture
def other_world(session: Session, personas: Personas) -> World:
    """One of everything in the stranger's programme."""
    return World(session, personas.elsewhere, personas.stranger)
