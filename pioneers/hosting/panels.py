"""What the page of an event shows of registrations and of pioneers who were asked."""

from flask import render_template

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.models import Event, EventStatus
from pioneers.events.queries import get_event
from pioneers.hosting.queries import Filling, fillings_of
from pioneers.hosting.views import public_link, stage_of
from pioneers.planning.labels import STATE_TAGS, STATES
from pioneers.planning.queries import requests_for
from pioneers.planning.rules import STANDING
from pioneers.programmes.guards import may
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.panels import register_panel


def _registering(programme: Programme, event_id: int) -> str:
    """How many registered, and whether and where they can; as long as that is of use."""
    event = get_event(db.session, programme, event_id)
    stage = stage_of(event)
    filling = fillings_of(db.session, [event.id]).get(event.id, Filling())
    is_off = event.status == EventStatus.CANCELLED
    if is_off or (stage.is_over and not stage.is_published and filling == Filling()):
        return ""
    values: dict[str, object] = {
        "filling": filling,
        "stage": stage,
        "public_link": None if stage.is_over else public_link(event),
        "attendees": link_to("registrations.attendees", slug=programme.slug, event_id=event.id)
        if may(Permission.EDIT_EVENTS)
        else None,
    }
    return _written("hosting/_registering.html", programme, event, values)


def _asked(programme: Programme, event_id: int) -> str:
    """Who was asked to speak and what they answered, for who plans."""
    if not may(Permission.PLAN_EVENTS):
        return ""
    event = get_event(db.session, programme, event_id)
    requests = requests_for(db.session, programme, event)
    stage = stage_of(event)
    if not requests and not stage.can_change:
        return ""
    waits = any(one.request.state in STANDING for one in requests)
    values: dict[str, object] = {
        "requests": requests,
        "wants_pioneer": event.wants_pioneer and not waits and stage.can_change,
        "can_change": stage.can_change,
        "states": STATES,
        "state_tags": STATE_TAGS,
    }
    return _written("hosting/_panel_asked.html", programme, event, values)


def _written(template: str, programme: Programme, event: Event, panel: dict[str, object]) -> str:
    return render_template(template, programme=programme, event=event, panel=panel)


register_panel("events.event", _registering)
register_panel("events.event", _asked)
