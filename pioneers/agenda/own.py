"""The calendar of one's own registrations, opened by the link that was mailed."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.agenda.rules import Stamp, Window, stamp
from pioneers.events.calendar import entry_of
from pioneers.events.models import Event, EventStatus
from pioneers.ics.building import Entry
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import reachable
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.web import tokens
from pioneers.web.links import link

AnySession = Session | scoped_session[Session]
PURPOSE = "registration"
UNSURE = frozenset({RegistrationState.WAITING, RegistrationState.OFFERED})
Row = tuple[Registration, Event]


def registration_by(session: AnySession, token: str, secret: str) -> Registration | None:
    """The registration whose mailed link has `token`."""
    number = tokens.record_of(token)
    found = session.get(Registration, number) if number else None
    if found is None:
        return None
    genuine = tokens.is_genuine(secret, PURPOSE, found.id, found.token_nonce, token)
    return found if genuine else None


def registrations_with(session: AnySession, own: Registration, window: Window) -> list[Row]:
    """This registration and those of the same address in the programme, by when they begin.

    Who has the link read the mail at that address. Colleagues whom somebody else brought have a
    link of their own.
    """
    same = Registration.id == own.id
    if own.email:
        same = or_(same, Registration.email == own.email)
    cancelled = or_(
        Registration.state != RegistrationState.CANCELLED,
        Registration.cancelled_at >= window.cancelled,
    )
    gone = or_(
        Event.status != EventStatus.CANCELLED,
        Event.starts_at >= window.cancelled,
        Event.cancelled_at >= window.cancelled,
    )
    rows = session.execute(
        select(Registration, Event)
        .join(Event, Event.id == Registration.event_id)
        .where(
            Registration.programme_id == own.programme_id,
            same,
            Event.starts_at >= window.past,
            cancelled,
            gone,
        )
        .order_by(Event.starts_at, Event.id, Registration.id)
    )
    return [(registration, event) for registration, event in rows]


def own_stamp(
    programme: Programme, rows: Sequence[Row], window: Window, *, more: tuple[object, ...]
) -> Stamp:
    """Whether anything changed."""
    parts = [
        (one.id, one.state.value, one.token_nonce, event.id, event.version, event.sequence)
        for one, event in rows
    ]
    moments = [
        moment
        for one, event in rows
        for moment in (
            *(one.registered_at, one.changed_at, one.cancelled_at),
            *(event.created_at, event.changed_at, event.cancelled_at),
        )
    ]
    told = (programme.version, programme.name, *parts, *more)
    return stamp(told, moments, day=window.day, is_dated=False)


def own_entries(rows: Sequence[Row], secret: str) -> list[Entry]:
    """The registrations as entries; one on the waiting list is tentative. An event is in it once:
    the registration that stands goes before one that was cancelled."""
    best: dict[int, Row] = {}
    for registration, event in rows:
        held = best.get(event.id)
        if held is None or held[0].state == RegistrationState.CANCELLED:
            best[event.id] = (registration, event)
    return [_entry(registration, event, secret) for registration, event in best.values()]


def _entry(registration: Registration, event: Event, secret: str) -> Entry:
    url = ""
    if reachable("registrations.own"):
        token = tokens.sign(secret, PURPOSE, registration.id, registration.token_nonce)
        url = link("registrations.own", token=token)
    told = [event.description.strip()]
    if registration.state in UNSURE:
        told.insert(0, _("You are on the waiting list."))
    if url:
        told.append(_("Change or cancel: %(address)s", address=url))
    entry = entry_of(event, url=url, text="\n".join(part for part in told if part))
    return replace(
        entry,
        changed_at=max(entry.changed_at, registration.changed_at or registration.registered_at),
        is_cancelled=entry.is_cancelled or registration.state == RegistrationState.CANCELLED,
        is_tentative=registration.state in UNSURE,
    )
