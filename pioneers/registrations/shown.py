"""What the pages of a registration show, put together for their templates."""

from dataclasses import dataclass

import segno
from flask_babel import gettext as _
from flask_babel import ngettext

from pioneers import clock
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.events.wording import when
from pioneers.fans.models import Fan
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.registrations import queries
from pioneers.registrations.codes import in_camera
from pioneers.registrations.emails import where_in_words
from pioneers.registrations.models import Registration
from pioneers.registrations.rules import Phase, phase
from pioneers.web.formats import number
from pioneers.web.i18n import language
from pioneers.web.links import link

FEW = 20  # seats left, from which it is said how many


@dataclass(frozen=True)
class Shown:
    """An event as somebody outside sees it."""

    event: Event
    programme: Programme
    phase: Phase
    when: str
    where: str
    host: str
    speakers: list[str]
    calendar_href: str | None
    agenda_href: str | None
    public_href: str  # '' before the event was ever published


@dataclass(frozen=True)
class Ticket:
    """A guest's own code, as text and as a picture for the host's camera."""

    name: str
    code: str
    picture: str


def sentence(words: str) -> str:
    """With a capital; a unit stays on the line of its number."""
    return (words[:1].upper() + words[1:]).replace(" uur", "\u00a0uur").replace(" – ", "\u00a0– ")


def shown(event: Event) -> Shown:
    """What the page of an event says above its form."""
    fan = db.session.get(Fan, event.fan_id) if event.fan_id else None
    programme = db.session.get_one(Programme, event.programme_id)
    code = event.public_code
    return Shown(
        event=event,
        programme=programme,
        phase=phase(event, clock.now()),
        when=sentence(when(event, language())),
        where=where_in_words(event),
        host=fan.name if fan else "",
        speakers=queries.speaker_names(db.session, event),
        calendar_href=link_to("agenda.event_file", code=code) if code else None,
        agenda_href=link_to("agenda.public", slug=programme.slug),
        public_href=link("registrations.event_page", code=code) if code else "",
    )


def is_full(event: Event) -> bool:
    """Whether who comes now goes to the waiting list."""
    if event.capacity is None:
        return False
    return event.seats_taken >= event.capacity or queries.somebody_waits(db.session, event)


def seats_in_words(event: Event, *, full: bool) -> str:
    """How much room there is."""
    if full:
        return _("All seats are taken. You can join the waiting list.")
    left = None if event.capacity is None else event.capacity - event.seats_taken
    if left is None or left > FEW:
        return _("There is room.")
    return ngettext("One seat is left.", "%(left)s seats are left.", left, left=number(left))


def ticket(registration: Registration) -> Ticket:
    """The code that a guest shows at the door."""
    picture = segno.make(in_camera(registration), error="m").png_data_uri(scale=6, border=4)
    return Ticket(registration.name, registration.code, picture)
