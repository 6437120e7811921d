"""Events to come, published, with seats; actions need the application around them."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pioneers.events.models import Event
from pioneers.programmes.models import Programme
from pioneers.registrations import actions
from pioneers.registrations.models import Registration
from tests.registrations.making import draft, make_open_event


@pytest.fixture
def within(app: Flask) -> Iterator[Flask]:
    """The application's context, which links and settings need."""
    with app.app_context():
        yield app


@pytest.fixture
def event(app: Flask, session: Session, programme: Programme) -> Event:
    """An event in two weeks with ten seats, to which nobody sent a form yet."""
    app.extensions["pioneers_throttle"].storage.reset()
    programme.starts_on = programme.ends_on = None
    return make_open_event(session, programme, capacity=10)


Registers = Callable[..., Registration]


@pytest.fixture
def registers(within: Flask, session: Session, programme: Programme, event: Event) -> Registers:
    """Registers a party for the event: `registers("anne", people=3)` answers the lead."""

    def one(who: str, people: int = 1, **facts: object) -> Registration:
        party = actions.register(
            session,
            programme=programme,
            event=event,
            draft=draft(who, guests=people - 1, **facts),
        )
        return party[0]

    return one
