"""An event as each kind of calendar tells it. Private ones hold counts, never names of guests."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from flask_babel import gettext as _

from pioneers.agenda.contents import Scope, Shown
from pioneers.agenda.models import FeedKind
from pioneers.events.calendar import entry_of
from pioneers.events.models import Event
from pioneers.ics.building import Entry
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import reachable
from pioneers.web.links import link

Address = Callable[[Event], str]


def public_address() -> Address:
    """Where anybody reads about an event; the address is made once, events have but their code."""
    if not reachable("registrations.event_page"):
        return lambda _event: ""
    before, _mark, after = link("registrations.event_page", code="CODE").partition("CODE")
    return lambda event: f"{before}{event.public_code}{after}" if event.public_code else ""


def page_of(endpoint: str, programme: Programme) -> Address:
    """Where somebody with an account reads about an event; '' where the page is missing."""
    if not reachable(endpoint):
        return lambda _event: ""
    before, _mark, after = link(endpoint, slug=programme.slug, event_id=0).rpartition("0")
    return lambda event: f"{before}{event.id}{after}"


def entries(scope: Scope, shown: Iterable[Shown]) -> Iterator[Entry]:
    """The entries of a calendar, in the present language."""
    tell = _teller(scope)
    address = _address(scope)
    for one in shown:
        url = address(one.event)
        entry = entry_of(one.event, url=url, text=tell(one, url))
        sure = entry.is_cancelled or not one.is_tentative
        yield entry if sure else replace(entry, is_tentative=True)


def _address(scope: Scope) -> Address:
    pages = {
        FeedKind.PROGRAMME: "events.event",
        FeedKind.FAN: "hosting.event",
    }
    if scope.kind in pages:
        return page_of(pages[scope.kind], scope.programme)
    return public_address()


def _teller(scope: Scope) -> Callable[[Shown, str], str]:
    """Words are translated once, not for each event."""
    host, sign_up = _("Host"), _("Sign up")
    tentative = _("Not certain yet.")
    audience = _("For whom")
    seats, seats_of = _("Seats taken: %(taken)s"), _("Seats taken: %(taken)s of %(capacity)s")

    def told(one: Shown, url: str) -> str:
        event = one.event
        parts = [event.description.strip()]
        if not scope.is_public:
            parts.insert(0, tentative if one.is_tentative else "")
            parts.append(f"{audience}: {event.audience}" if event.audience else "")
        parts.append(f"{host}: {one.host}" if one.host else "")
        if scope.kind in {FeedKind.PROGRAMME, FeedKind.FAN} and event.published_at:
            words = seats_of if event.capacity else seats
            parts.append(words % {"taken": event.seats_taken, "capacity": event.capacity})
        if scope.is_public and url:
            parts.append(f"{sign_up}: {url}")
        return "\n".join(part for part in parts if part)

    return told
