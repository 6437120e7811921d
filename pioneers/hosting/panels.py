"""What the page of an event shows of registrations and of pioneers who were asked."""

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.models import Event, EventStatus
from pioneers.events.panels import Panel, register
from pioneers.hosting.queries import Filling, fillings_of
from pioneers.hosting.views import public_link, stage_of
from pioneers.planning.labels import STATE_TAGS, STATES
from pioneers.planning.queries import requests_for
from pioneers.planning.rules import STANDING
from pioneers.programmes.guards import may
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to


@register
def registering(programme: Programme, event: Event) -> Panel | None:
    """How many registered, and whether and where they can; as long as that is of use."""
    stage = stage_of(event)
    filling = fillings_of(db.session, [event.id]).get(event.id, Filling())
    is_off = event.status == EventStatus.CANCELLED
    if is_off or (stage.is_over and not stage.is_published and filling == Filling()):
        return None
    values = {
        "filling": filling,
        "stage": stage,
        "public_link": None if stage.is_over else public_link(event),
        "attendees": link_to("registrations.attendees", slug=programme.slug, event_id=event.id)
        if may(Permission.EDIT_EVENTS)
        else None,
    }
    return Panel("hosting/_registering.html", values)


@register
def asked(programme: Programme, event: Event) -> Panel | None:
    """Who was asked to speak and what they answered, for who plans."""
    if not may(Permission.PLAN_EVENTS):
        return None
    requests = requests_for(db.session, programme, event)
    stage = stage_of(event)
    if not requests and not stage.can_change:
        return None
    waits = any(one.request.state in STANDING for one in requests)
    values = {
        "requests": requests,
        "wants_pioneer": event.wants_pioneer and not waits and stage.can_change,
        "can_change": stage.can_change,
        "states": STATES,
        "state_tags": STATE_TAGS,
    }
    return Panel("hosting/_panel_asked.html", values)
