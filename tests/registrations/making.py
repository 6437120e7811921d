"""Builders of what registrations need."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event, EventStatus
from pioneers.programmes.models import Programme
from pioneers.registrations.rules import RegistrationDraft
from pioneers.web import tokens
from tests.factories import make_event

AnySession = Session | scoped_session[Session]


def make_open_event(session: AnySession, programme: Programme, **facts: Any) -> Event:
    """A published event, in two weeks unless `ahead` says otherwise."""
    ahead = facts.pop("ahead", timedelta(days=14))
    starts_at: datetime = clock.now().replace(microsecond=0) + ahead
    given = {
        "day": clock.local(starts_at).date(),
        "title": "Slimmer werken in het Vechtdal",
        "status": EventStatus.PLANNED,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "place": "Ommen",
        "address": "Dorpsstraat 1",
        "public_code": tokens.new_code(8),
        "published_at": clock.now(),
    }
    return make_event(session, programme, **given | facts)


def draft(who: str, **facts: Any) -> RegistrationDraft:
    """Somebody of a company, with an address of their own."""
    given = {
        "name": who.title(),
        "company": f"{who.title()} B.V.",
        "email": f"{who}@voorbeeld.example",
    }
    return RegistrationDraft(**given | facts)
