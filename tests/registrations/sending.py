"""The public form of an event, filled in and sent."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event
from pioneers.registrations.models import (
    Registration,
)
from pioneers.web import tokens
from tests.conftest import SECRET

GOOD = {
    "name": "Anne de Vries",
    "company": "De Vries Metaal",
    "email": "anne@devries.example",
    "people": "1",
    "agreed": "y",
}


def stamp(event: Event, seconds: float = 30) -> str:
    """The form was opened so many seconds ago."""
    moment = int(clock.now().timestamp() - seconds)
    return tokens.sign(SECRET, "opened", moment, f"event-{event.public_code}")


def send(client: FlaskClient, event: Event, **fields: str):
    """Send the form; `origin` is where it comes from."""
    origin = fields.pop("origin", "192.0.2.1")
    data = GOOD | {"begun": stamp(event)} | fields
    return client.post(f"/b/{event.public_code}", data=data, environ_base={"REMOTE_ADDR": origin})


def everybody(session: Session) -> list[Registration]:
    """Who registered, in order."""
    return list(session.scalars(select(Registration).order_by(Registration.id)))
