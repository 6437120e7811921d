"""Builders: an evening on a known day, and people who registered for it."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event, EventStatus
from pioneers.fans.models import FanContact
from pioneers.programmes.models import Programme
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.web.tokens import new_nonce
from tests.factories import make_event, make_fan

STARTS = datetime(2026, 11, 12, 19, 0, tzinfo=UTC)  # 20:00 in Amsterdam
DOORS = STARTS - timedelta(minutes=15)
_numbers = count(1)


def make_evening(session: Session, programme: Programme, **facts: Any) -> Event:
    """An evening of November 2026 at a fan for which the persona of the fans speaks."""
    fan = make_fan(session, programme)
    session.add(FanContact(fan_id=fan.id, name="Fan", email="fan@voorbeeld.example"))
    given = {
        "day": STARTS.date(),
        "title": "Ondernemersavond Vechtdal",
        "status": EventStatus.PLANNED,
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=2),
        "fan_id": fan.id,
        "place": "Ommen",
        "check_in_code": f"SCHERM{next(_numbers):02d}"[:12],
    }
    return make_event(session, programme, **given | facts)


def make_registration(session: Session, event: Event, **facts: Any) -> Registration:
    """Somebody who registered for `event`, with a mailbox of their own."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "programme_id": event.programme_id,
        "event_id": event.id,
        "state": RegistrationState.REGISTERED,
        "code": f"K{number:05d}",
        "token_nonce": new_nonce(),
        "name": f"Marieke Koster{_letters(number)}",
        "company": f"Koster {_letters(number)} B.V.",
        "email": f"marieke{number}@koster{number}.example",
        "registered_at": clock.now(),
    }
    made = Registration(**given | facts)
    session.add(made)
    session.flush()
    return made


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
