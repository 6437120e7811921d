"""A programme that runs now, and the pioneer of the personas in it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.ambassadors.models import Pioneer
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_company, make_person, make_pioneer
from tests.planning.scene import day, run_now


@pytest.fixture
def running(app: Flask, session: Session, programme: Programme) -> Programme:
    """The programme of the personas, in the middle of its course."""
    run_now(session, programme)
    return programme


@pytest.fixture
def anne(session: Session, running: Programme) -> Pioneer:
    """The pioneer that the pioneer of the personas is, appointed a year ago."""
    company = make_company(session, running, name="Drost Techniek", municipality_code="GM0193")
    person = make_person(
        session,
        running,
        company,
        first_name="Anne",
        family_name="Drost",
        email="pionier@voorbeeld.example",
    )
    return make_pioneer(session, running, company=company, person=person, appointed_on=day(-365))


@pytest.fixture
def own(app: Flask, personas: Personas, anne: Pioneer) -> FlaskClient:
    """The browser of the pioneer."""
    client = app.test_client()
    log_in(client, personas.pioneer)
    return client


@pytest.fixture
def leader(app: Flask, personas: Personas, anne: Pioneer) -> FlaskClient:
    """The browser of the project leader."""
    client = app.test_client()
    log_in(client, personas.leader)
    return client
