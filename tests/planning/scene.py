"""What the tests of planning and hosting play with: a programme that runs now, and its people."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.events.models import Event, EventStatus
from pioneers.fans.models import Fan, FanContact
from pioneers.mail.models import MailMessage
from pioneers.planning.actions import ask
from pioneers.planning.models import PioneerRequest
from pioneers.programmes.models import Programme
from tests.factories import make_company, make_event, make_fan, make_person, make_pioneer

AnySession = Session | scoped_session[Session]
SOON = timedelta(days=30)


def run_now(session: AnySession, programme: Programme) -> None:
    """Let a programme be in the middle of its course."""
    programme.starts_on = clock.today() - timedelta(days=700)
    programme.ends_on = clock.today() + timedelta(days=700)
    session.flush()


def at(days: int, hour: int = 20) -> datetime:
    """A moment on a day from now, on the clock of Amsterdam."""
    return clock.from_local(clock.today() + timedelta(days=days), time(hour))


def day(days: int) -> date:
    """A day from now."""
    return clock.today() + timedelta(days=days)


def make_evening(session: AnySession, programme: Programme, **facts: object) -> Event:
    """A planned evening of two hours, thirty days from now."""
    days = facts.pop("days", 30)
    starts_at = at(days)  # type: ignore[arg-type]
    given: dict[str, object] = {
        "status": EventStatus.PLANNED,
        "day": clock.local(starts_at).date(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "place": "Raalte",
        "municipality_code": "GM0177",
    }
    return make_event(session, programme, **given | facts)


def make_speaker(session: AnySession, programme: Programme, name: str, **facts: object) -> Pioneer:
    """A pioneer with a mail address, of a company in Zwolle."""
    company = make_company(session, programme, municipality_code="GM0193")
    person = make_person(
        session,
        programme,
        company,
        first_name=name,
        family_name="Oosterhof",
        email=f"{name.lower()}@oosterhof.example",
    )
    return make_pioneer(session, programme, company=company, person=person, **facts)


def make_host(session: AnySession, programme: Programme, email: str | None) -> Fan:
    """A fan with one contact person."""
    fan = make_fan(session, programme)
    session.add(FanContact(fan_id=fan.id, name="Els ten Brink", email=email))
    session.flush()
    return fan


def ask_one(
    session: AnySession, programme: Programme, event: Event, pioneer: Pioneer
) -> PioneerRequest:
    """A request that is open."""
    (request,) = ask(
        session,
        programme=programme,
        event=event,
        pioneer_ids=[pioneer.id],
        message="Komt u vertellen?",
        actor_id=None,
    )
    return request


@dataclass(frozen=True)
class Mail:
    """A mail in the outbox, as far as tests look at it."""

    kind: str
    to: str
    subject: str
    text: str
    method: str


def outbox(session: AnySession, kind: str | None = None) -> list[Mail]:
    """What waits in the outbox, in the order in which it was asked for."""
    query = select(MailMessage).order_by(MailMessage.id).execution_options(populate_existing=True)
    return [
        Mail(one.kind, one.to_address, one.subject, one.text, one.calendar_method)
        for one in session.scalars(query)
        if kind is None or one.kind == kind
    ]
