"""Where a pioneer speaks and spoke: by a request, or put there by who keeps the events."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.fans.models import Fan, FanContact
from pioneers.fans.queries import contact_people, fan_names, get_fan
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.planning.queries import RequestRow
from pioneers.planning.rules import STANDING
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Talk:
    """An event of a pioneer, with the request where there was one."""

    event: Event
    fan: str
    request: PioneerRequest | None = None
    speaks: bool = False

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.event.status == EventStatus.CANCELLED

    @property
    def spoke(self) -> bool:
        """Whether the pioneer was a speaker of an event that has begun."""
        return self.speaks and not self.is_cancelled and self.event.starts_at <= clock.now()


@dataclass(frozen=True)
class Own:
    """What a pioneer's page shows."""

    waiting: list[RequestRow]  # for the pioneer
    proposed: list[RequestRow]  # for the host: another date was proposed
    coming: list[Talk]
    before: list[Talk]  # the latest first


def own_talks(
    session: AnySession, programme: Programme, pioneer_id: int, rows: list[RequestRow]
) -> Own:
    """Sort a pioneer's requests, the soonest first, and the talks that nobody asked for here."""
    ours = [row for row in rows if not row.is_past and row.event.status != EventStatus.CANCELLED]
    waiting = [row for row in ours if row.request.state == RequestState.OPEN]
    proposed = [row for row in ours if row.request.state == RequestState.OTHER_DATE]
    shown = {row.request.id for row in (*waiting, *proposed)}
    spoken = _spoken(session, programme, pioneer_id)
    talks = [
        Talk(row.event, row.fan, row.request, row.event.id in spoken)
        for row in rows
        if row.request.id not in shown
    ]
    # A request that came to nothing tells nothing of a talk that was arranged otherwise; one for
    # an event that is off says all there is to say.
    told = {
        row.event.id
        for row in rows
        if row.request.state in STANDING or row.event.status == EventStatus.CANCELLED
    }
    fans = fan_names(session, programme)
    talks += [
        Talk(event, fans.get(event.fan_id or 0, ""), None, speaks=True)
        for event in spoken.values()
        if event.id not in told
    ]
    talks.sort(key=lambda talk: (talk.event.starts_at, talk.event.id))
    coming = [talk for talk in talks if _is_coming(talk)]
    before = [talk for talk in reversed(talks) if not _is_coming(talk)]
    return Own(waiting, proposed, coming, before)


def _is_coming(talk: Talk) -> bool:
    accepted = talk.request is None or talk.request.state == RequestState.ACCEPTED
    return accepted and not talk.is_cancelled and talk.event.starts_at > clock.now()


def _spoken(session: AnySession, programme: Programme, pioneer_id: int) -> dict[int, Event]:
    events = session.scalars(
        select(Event)
        .join(Speaker, Speaker.event_id == Event.id)
        .where(Event.programme_id == programme.id, Speaker.pioneer_id == pioneer_id)
        .order_by(Event.starts_at, Event.id)
    )
    return {event.id: event for event in events}


def contacts_of(session: AnySession, programme: Programme, event: Event) -> list[FanContact]:
    """Who speaks for the host of an event, so that a pioneer knows whom to call."""
    if event.fan_id is None:
        return []
    fan: Fan = get_fan(session, programme, event.fan_id)
    return contact_people(session, fan)
