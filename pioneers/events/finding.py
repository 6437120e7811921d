"""What the search box knows of an event."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.ambassadors.queries import pioneer_names
from pioneers.events.models import Event
from pioneers.events.queries import event_day, speaker_ids
from pioneers.fans.queries import fan_names
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.search.actions import NewEntry, reindex
from pioneers.search.models import Kind


def show(session: Session | scoped_session[Session], programme: Programme, event: Event) -> None:
    """Let the search box find the event by title, place, host and speakers."""
    names = pioneer_names(session, programme)
    speakers = [names[pioneer_id] for pioneer_id in speaker_ids(session, event)]
    fan = fan_names(session, programme).get(event.fan_id or 0, "")
    municipality = municipality_names(session).get(event.municipality_code or "", "")
    day = f"{event_day(event):%d-%m-%Y}"
    words = " ".join([event.title, day, event.place, municipality, fan, *speakers])
    subtitle = " · ".join(part for part in (day, event.place or municipality) if part)
    reindex(session, NewEntry(programme.id, Kind.EVENT, event.id, event.title, subtitle, words))
