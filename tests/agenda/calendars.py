"""Events around the present day, and reading of calendars."""

from datetime import timedelta
from typing import Any

from icalendar import Calendar
from icalendar import Event as Component
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from pioneers import clock
from pioneers.events.models import Event, EventStatus
from pioneers.programmes.models import Programme
from pioneers.web import tokens
from tests.factories import make_event


def published_facts() -> dict[str, Any]:
    """What publishing sets."""
    return {"public_code": tokens.new_code(7), "published_at": clock.now() - timedelta(hours=1)}


def planned_event(session: Session, programme: Programme, days: float, **facts: Any) -> Event:
    """An event of two hours that begins so many days from now."""
    starts = (clock.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    given: dict[str, Any] = {
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "status": EventStatus.PLANNED,
        "headcount": None,
        "created_at": clock.now() - timedelta(days=3),
    }
    return make_event(session, programme, **given | facts)


def read(answer: TestResponse) -> dict[str, Component]:
    """The events of a calendar by title."""
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/calendar; charset=utf-8"
    return {str(one["summary"]): one for one in Calendar.from_ical(answer.data).walk("VEVENT")}
