"""A programme with events around the present day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event
from pioneers.programmes.models import Programme
from tests.agenda.calendars import planned_event, published_facts
from tests.factories import make_programme

Maker = Callable[..., Event]


@pytest.fixture
def programme(session: Session) -> Programme:
    """A programme that runs now."""
    today = clock.today()
    return make_programme(
        session,
        slug="overijssel",
        name="Slimmer Werken Overijssel",
        starts_on=today - timedelta(days=900),
        ends_on=today + timedelta(days=900),
    )


@pytest.fixture
def published(session: Session, programme: Programme) -> Maker:
    """Makes a published event that begins so many days from now."""

    def make(days: float = 10, **facts: Any) -> Event:
        return planned_event(session, programme, days, **published_facts() | facts)

    return make
