"""Reads of check-ins: who is in, since when, and by which code."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Company, Person
from pioneers.companies.names import display_name, fold
from pioneers.events.models import Attendance, Event, Speaker
from pioneers.events.queries import STANDING, event_day
from pioneers.fans.models import Fan, FanContact
from pioneers.presence.models import CheckIn
from pioneers.presence.rules import KEY, Window, clean_code, window
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence
from pioneers.reach.models import Contact
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.web import tokens
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]
TOKEN = "guest"  # noqa: S105 - the purpose of a guest's code, no secret
EXPECTED = (
    RegistrationState.REGISTERED,
    RegistrationState.OFFERED,
    RegistrationState.ATTENDED,
    RegistrationState.ABSENT,
    RegistrationState.WAITING,
)


@dataclass(frozen=True)
class Guest:
    """Somebody on the host's list at the door."""

    id: int
    name: str
    company: str
    state: RegistrationState
    guests: int  # colleagues without a name, as announced
    inside: bool
    since: datetime | None = None
    came_along: int = 0
    keys: tuple[str, ...] = ()
    lead: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether there was no seat for them."""
        return self.state == RegistrationState.WAITING

    @property
    def sought(self) -> str:
        """What a search as one types looks in."""
        return fold(f"{self.name} {self.company} {self.lead}")


@dataclass(frozen=True)
class Room:
    """Who is on the list, and how many are in."""

    guests: list[Guest] = field(default_factory=list)

    @property
    def expected(self) -> int:
        """Everybody with a name on the list."""
        return len(self.guests)

    @property
    def inside(self) -> int:
        """Everybody with a name who is in."""
        return sum(guest.inside for guest in self.guests)

    @property
    def came_along(self) -> int:
        """Those without a name who are in."""
        return sum(guest.came_along for guest in self.guests if guest.inside)

    @property
    def heads(self) -> int:
        """Everybody who is in: what the headcount is proposed to be."""
        return self.inside + self.came_along


def window_of(event: Event) -> Window:
    """When guests can check themselves in."""
    day_begins = clock.from_local(event_day(event), time.min)
    return window(event.starts_at, event.ends_at, day_begins=day_begins)


def by_key(session: AnySession, event: Event, key: str) -> CheckIn | None:
    """The check-in that a device noted under this key; what is no key was never noted."""
    if not KEY.fullmatch(key):
        return None
    query = select(CheckIn).where(CheckIn.event_id == event.id, CheckIn.client_key == key)
    return session.scalar(query)


def standing_of(session: AnySession, registration: Registration) -> list[CheckIn]:
    """Check-ins of a registration that were not undone, the first one first."""
    query = select(CheckIn).where(
        CheckIn.registration_id == registration.id, CheckIn.undone_at.is_(None)
    )
    return list(session.scalars(query.order_by(CheckIn.at, CheckIn.id)))


def is_noted(session: AnySession, event: Event, person_id: int) -> bool:
    """Whether any check-in of this person stands, also one of before they were merged."""
    query = (
        select(CheckIn.id)
        .join(Person, Person.id == CheckIn.person_id)
        .where(
            CheckIn.event_id == event.id,
            CheckIn.undone_at.is_(None),
            func.coalesce(Person.merged_into_id, Person.id) == person_id,
        )
    )
    return session.scalar(query.limit(1)) is not None


def line_of(session: AnySession, event: Event, person_id: int) -> Attendance | None:
    """The line of this person on the event's list, also one of before they were merged."""
    query = (
        select(Attendance)
        .join(Person, Person.id == Attendance.person_id)
        .where(
            Attendance.event_id == event.id,
            func.coalesce(Person.merged_into_id, Person.id) == person_id,
        )
    )
    return session.scalar(query.order_by(Attendance.presence.desc(), Attendance.id).limit(1))


def evidence_of(session: AnySession, line: Attendance | None) -> Evidence | None:
    """The evidence of the contact that counts for a line of the list; None without one."""
    if line is None:
        return None
    query = (
        select(Contact.evidence)
        .join(Attendance, Attendance.id == line.id)
        .join(Event, Event.id == Attendance.event_id)
        .where(STANDING)
    )
    return session.scalar(query)


def current_person(session: AnySession, person_id: int | None) -> int | None:
    """The person a registration speaks of, as merged since; None when nobody knows yet."""
    if person_id is None:
        return None
    query = select(func.coalesce(Person.merged_into_id, Person.id)).where(Person.id == person_id)
    return session.scalar(query)


def get_registration(session: AnySession, event: Event, registration_id: int) -> Registration:
    """A registration for this event; NotFound otherwise."""
    query = select(Registration).where(
        Registration.id == registration_id, Registration.event_id == event.id
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def by_code(session: AnySession, event: Event, code: str) -> Registration | None:
    """The registration with this code, however it was typed."""
    query = select(Registration).where(
        Registration.event_id == event.id, Registration.code == clean_code(code)
    )
    return session.scalar(query)


def by_token(session: AnySession, token: str, secret: str) -> Registration | None:
    """The registration that a guest's code was made for; None for one that was made up."""
    number = tokens.record_of(token)
    found = session.get(Registration, number) if number is not None else None
    if found is None:
        return None
    genuine = tokens.is_genuine(secret, TOKEN, found.id, found.token_nonce, token)
    return found if genuine else None


def with_address(session: AnySession, event: Event, email: str) -> list[Registration]:
    """Who is expected and gave this address, in the order in which they registered."""
    query = select(Registration).where(
        Registration.event_id == event.id,
        Registration.email == email.lower(),
        Registration.state.in_(EXPECTED),
    )
    return list(session.scalars(query.order_by(Registration.id)))


def by_screen_code(session: AnySession, code: str) -> tuple[Event, Programme] | None:
    """The event whose screen shows this code, and its programme."""
    query = (
        select(Event, Programme)
        .join(Programme, Programme.id == Event.programme_id)
        .where(Event.check_in_code == clean_code(code))
    )
    row = session.execute(query).first()
    return None if row is None else (row[0], row[1])


def room(session: AnySession, event: Event) -> Room:
    """Everybody on the host's list, by name; who cancelled is not on it."""
    lead = aliased(Registration)
    rows = session.execute(
        select(Registration, lead.name)
        .outerjoin(lead, lead.id == Registration.lead_id)
        .where(Registration.event_id == event.id, Registration.state.in_(EXPECTED))
    ).all()
    standing = session.scalars(
        select(CheckIn)
        .where(CheckIn.event_id == event.id, CheckIn.undone_at.is_(None))
        .order_by(CheckIn.at, CheckIn.id)
    )
    noted: dict[int, list[CheckIn]] = {}
    for one in standing:
        if one.registration_id is not None:
            noted.setdefault(one.registration_id, []).append(one)
    guests = [_guest(each, name or "", noted.get(each.id, [])) for each, name in rows]
    return Room(sorted(guests, key=lambda guest: (fold(guest.name), guest.id)))


def _guest(registration: Registration, lead: str, noted: list[CheckIn]) -> Guest:
    return Guest(
        id=registration.id,
        name=registration.name,
        company=registration.company,
        state=registration.state,
        guests=registration.guests,
        inside=registration.state == RegistrationState.ATTENDED,
        since=noted[0].at if noted else None,
        came_along=came_along(noted),
        keys=tuple(one.client_key for one in noted),
        lead="" if lead == registration.name else lead,
    )


def came_along(noted: Iterable[CheckIn]) -> int:
    """How many came along with a registration: a count is kept on each of its check-ins."""
    return max((one.guests for one in noted), default=0)


def on_stage(session: AnySession, event: Event) -> list[tuple[str, str, str]]:
    """Who gets a badge with a mark: (pioneer or host, name, company), speakers first."""
    speakers = session.execute(
        select(Person, Company.name)
        .join(Pioneer, Pioneer.person_id == Person.id)
        .join(Company, Company.id == Pioneer.company_id)
        .join(Speaker, Speaker.pioneer_id == Pioneer.id)
        .where(Speaker.event_id == event.id)
        .order_by(Speaker.position)
    )
    found = [("pioneer", display_name(person), company) for person, company in speakers]
    hosts = session.execute(
        select(FanContact.name, Fan.name)
        .join(Fan, Fan.id == FanContact.fan_id)
        .where(Fan.id == event.fan_id, FanContact.ended_at.is_(None))
        .order_by(FanContact.name, FanContact.id)
    )
    return found + [("host", name, fan) for name, fan in hosts]


def host_name(session: AnySession, event: Event) -> str:
    """The organisation whose stage it is."""
    return session.scalar(select(Fan.name).where(Fan.id == event.fan_id)) or ""


def inside(session: AnySession, event: Event) -> int:
    """How many people with a name are in, for the screen: one row, whatever the room."""
    query = select(func.count(Registration.id)).where(
        Registration.event_id == event.id, Registration.state == RegistrationState.ATTENDED
    )
    return session.scalar(query) or 0
