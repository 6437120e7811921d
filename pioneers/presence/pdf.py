"""What is printed for the door: badges, and a list to sign."""

from collections.abc import Sequence

from flask_babel import gettext as _

from pioneers import clock
from pioneers.events.models import Event
from pioneers.presence.queries import Guest
from pioneers.web.formats import period
from pioneers.web.i18n import language
from pioneers.web.typst import set_pdf


def badges(event: Event, guests: Sequence[Guest], *, others: Sequence[dict[str, str]]) -> bytes:
    """Ten badges on a sheet: pioneers and hosts (`others`) with their mark, then the guests."""
    people = [*others]
    people += [{"name": one.name, "company": one.company, "mark": ""} for one in guests]
    data = {
        "title": _("Badges: %(event)s", event=event.title),
        "event": event.title,
        "language": language(),
        "nobody": _("Nobody has registered yet."),
        "guests": people,
    }
    return set_pdf("presence/badges.typ", data, made_at=clock.now())


def attendance(event: Event, guests: Sequence[Guest], *, host: str) -> bytes:
    """A list to sign, by name."""
    when = period(event.starts_at, event.ends_at)
    data = {
        "title": _("Attendance list: %(event)s", event=event.title),
        "heading": _("Attendance list"),
        "event": event.title,
        "when": f"{when}, {event.place}" if event.place else when,
        "host": _("Host: %(name)s", name=host) if host else "",
        "language": language(),
        "page": _("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
        "nobody": _("Nobody has registered yet."),
        "extra": _("Not on the list? Add your name, company and e-mail address below."),
        "columns": [_("No."), _("Name"), _("Company"), _("Signature")],
        "guests": [_line(one) for one in guests],
    }
    return set_pdf("presence/attendance.typ", data, made_at=clock.now())


def _line(guest: Guest) -> dict[str, str]:
    name = f"{guest.name} +{guest.guests}" if guest.guests else guest.name
    return {"name": name, "company": guest.company, "signature": ""}
