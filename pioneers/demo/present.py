"""A programme that runs today: events to come, people who register, requests, a full room.

Its days are counted from the day on which it is loaded, so that it is never over. Everything is
made by the real actions on a moved clock; people and companies are invented.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.actions import appoint, set_preferences
from pioneers.companies.identity import Claim
from pioneers.companies.models import Company
from pioneers.companies.names import parse_name
from pioneers.demo.people import COMPANIES, FANS, GUESTS, PIONEERS, Guest
from pioneers.events.actions import confirm_event, create_event, publish_event
from pioneers.events.attendance import record_attendance
from pioneers.events.models import Event, EventKind, EventStatus
from pioneers.events.rules import EventDraft, Present
from pioneers.fans.actions import add_contact_person, add_fan
from pioneers.fans.rules import ContactPersonDraft, FanDraft
from pioneers.hosting.actions import propose
from pioneers.hosting.rules import Wish
from pioneers.planning.actions import accept, ask
from pioneers.planning.queries import requests_for
from pioneers.presence.actions import check_in, open_self_check_in
from pioneers.presence.models import Way
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.reach.activations import propose_activation, verify_activation
from pioneers.reach.intake import take_in
from pioneers.registrations.actions import register
from pioneers.registrations.models import Registration
from pioneers.registrations.rules import RegistrationDraft

AnySession = Session | scoped_session[Session]
FAN = "fan@pioniers.example"
ACTED = (4, 5, 7, 9, 10, 12, 13)  # companies whose people heard a pioneer
LEADER, COLLEAGUE = "leider@pioniers.example", "collega@pioniers.example"


@dataclass
class Running:
    """What has been made so far of the programme."""

    session: AnySession
    programme: Programme
    users: dict[str, int]
    today: date
    fans: list[int] = field(default_factory=list)
    pioneers: list[int] = field(default_factory=list)

    def day(self, days: int) -> date:
        """So many days after today, or before it."""
        return self.today + timedelta(days=days)

    def moment(self, days: int, hour: int, minute: int = 0) -> datetime:
        """An hour on such a day, on the clock of Amsterdam."""
        return clock.from_local(self.day(days), time(hour, minute))


def load_running(session: AnySession, programme: Programme, users: dict[str, int]) -> Running:
    """Fill `programme`. Commits nothing."""
    running = Running(session, programme, users, clock.today())
    with clock.at(running.moment(-200, 10)):
        _network(running)
    by_tom = _held(running, -120, "Loslaten zonder laten vallen", 0, 1, GUESTS[:14])
    by_karin = _held(running, -64, "Roosteren doet de ploeg zelf", 1, 0, GUESTS[10:26])
    afterwards = [GUESTS[place] for place in (2, 5, 8, 16, 22, 26, 32, 33)]
    _held(running, -30, "Van klacht naar verbetering", 2, 1, afterwards)
    _acted(running, (by_karin, by_tom))
    _yesterday(running)
    _full(running)
    _asked(running)
    with clock.at(running.moment(-1, 9)):
        propose(
            session,
            programme=programme,
            draft=_draft(running, 37, "Slimmer werken in de bouw", place="Hengelo", fan=0),
            wish=Wish(who_fits=True),
            actor_id=users[FAN],
        )
    return running


def _network(running: Running) -> None:
    session, programme, leader = running.session, running.programme, running.users[LEADER]
    for name, kind, municipality, contact, address in FANS:
        draft = FanDraft(name, kind, municipality)
        fan = add_fan(session, programme=programme, draft=draft, actor_id=leader)
        person = ContactPersonDraft(contact, address)
        add_contact_person(session, programme=programme, fan=fan, draft=person, actor_id=leader)
        running.fans.append(fan.id)
    taken = take_in(
        session,
        programme=programme,
        claims=[_claim(one.guest) for one in PIONEERS],
        day=running.day(-200),
    )
    for one, found in zip(PIONEERS, taken, strict=True):
        assert found.person_id is not None  # noqa: S101 - the claim names somebody
        assert found.company_id is not None  # noqa: S101
        pioneer = appoint(
            session,
            programme=programme,
            person_id=found.person_id,
            company_id=found.company_id,
            appointed_on=running.day(-200),
            actor_id=leader,
        )
        set_preferences(
            session,
            programme=programme,
            pioneer=pioneer,
            themes=one.themes,
            travels_km=one.travels_km,
            version=pioneer.version,
            actor_id=leader,
        )
        running.pioneers.append(pioneer.id)


def _claim(guest: Guest) -> Claim:
    company = COMPANIES[guest.company]
    return Claim(
        company_name=company.name,
        kvk_number=company.kvk_number,
        place=company.place,
        employees=company.employees,
        name=parse_name(guest.name),
        email=guest.email,
    )


def _draft(running: Running, days: int, title: str, *, place: str, fan: int) -> EventDraft:
    return EventDraft(
        title=title,
        day=running.day(days),
        kind=EventKind.TALK,
        fan_id=running.fans[fan],
        starts=time(19, 30),
        ends=time(21, 30),
        place=place,
        status=EventStatus.PLANNED,
        audience="Ondernemers met 6 tot 250 medewerkers",
        description=(
            "Een ondernemer vertelt wat er veranderde toen medewerkers zelf gingen beslissen, wat"
            " misging en wat het opleverde. Daarna praat u verder aan tafel."
        ),
        theme="smarter_working",
    )


def _held(
    running: Running, days: int, title: str, fan: int, pioneer: int, guests: Sequence[Guest]
) -> Event:
    """An event of which the host sent a list."""
    session, programme, leader = running.session, running.programme, running.users[LEADER]
    with clock.at(running.moment(days + 1, 9)):
        draft = EventDraft(
            title=title,
            day=running.day(days),
            fan_id=running.fans[fan],
            pioneer_ids=(running.pioneers[pioneer],),
            place=("Raalte", "Hengelo", "Deventer")[fan],
            headcount=len(guests) + 9,
        )
        event = create_event(session, programme=programme, draft=draft, actor_id=leader)
        taken = take_in(
            session,
            programme=programme,
            claims=[_claim(guest) for guest in guests],
            day=running.day(days),
        )
        record_attendance(
            session,
            programme=programme,
            event=event,
            present=[Present(one.person_id, one.company_id) for one in taken if one.person_id],
            actor_id=leader,
        )
    return event


def _acted(running: Running, talks: tuple[Event, Event]) -> None:
    """Some companies took action thanks to what they heard, without a card; one waits for a second
    person."""
    session, programme, users = running.session, running.programme, running.users
    kinds = session.scalars(
        select(ActivationKind)
        .where(ActivationKind.programme_id == programme.id)
        .order_by(ActivationKind.id)
    ).all()
    known = session.execute(
        select(Company.name, Company.id).where(Company.programme_id == programme.id)
    )
    ids = {row.name: row.id for row in known}
    for number, place in enumerate(ACTED):
        kind = kinds[number % len(kinds)]
        with clock.at(running.moment(-50 + 3 * number, 10)):
            activation = propose_activation(
                session,
                programme=programme,
                company_id=ids[COMPANIES[place].name],
                kind_id=kind.id,
                day=running.day(-52 + 3 * number),
                proof=f"{kind.proof_nl} (verzonnen)",
                occasion_id=talks[1 - number % 2].occasion_id,
                fan_id=running.fans[number % 2],
                pioneer_id=running.pioneers[1 - number % 2],
                actor_id=users[LEADER],
            )
            if number != 6:
                verify_activation(
                    session, programme=programme, activation=activation, actor_id=users[COLLEAGUE]
                )


def _public(running: Running, draft: EventDraft, *, days: int, pioneer: int) -> Event:
    """Proposed by the host, confirmed, with a pioneer who accepted, and published."""
    session, programme, users = running.session, running.programme, running.users
    with clock.at(running.moment(days, 9)):
        event = propose(
            session,
            programme=programme,
            draft=draft,
            wish=Wish(pioneer_id=running.pioneers[pioneer]),
            actor_id=users[FAN],
        )
    with clock.at(running.moment(days + 1, 9)):
        confirm_event(session, programme=programme, event=event, actor_id=users[LEADER])
        _accept(running, event)
        publish_event(session, programme=programme, event=event, actor_id=users[FAN])
    return event


def _accept(running: Running, event: Event) -> None:
    """The pioneer that the host asked for comes."""
    session, programme = running.session, running.programme
    for asked in requests_for(session, programme, event):
        accept(
            session,
            programme=programme,
            request=asked.request,
            actor_id=None,
            although_booked=True,
        )


def _register(
    running: Running, event: Event, guests: Iterable[Guest], days: int
) -> list[Registration]:
    """One after another, half a day apart."""
    found = []
    for number, guest in enumerate(guests):
        with clock.at(running.moment(days, 8) + timedelta(hours=11 * number)):
            party = register(
                running.session,
                programme=running.programme,
                event=event,
                draft=RegistrationDraft(
                    name=guest.name,
                    company=COMPANIES[guest.company].name,
                    email=guest.email,
                    place=COMPANIES[guest.company].place,
                    guests=1 if number % 5 == 4 else 0,
                ),
            )
            found.append(party[0])
    return found


def _yesterday(running: Running) -> None:
    """An evening of which only the number of people is still to be told."""
    draft = _draft(running, -1, "Wie is hier de baas?", place="Raalte", fan=0)
    event = _public(running, draft, days=-40, pioneer=0)
    came = _register(running, event, GUESTS[20:34], -24)
    with clock.at(running.moment(-1, 18, 50)):
        open_self_check_in(running.session, event=event)
    for number, registration in enumerate(came[:-3]):
        at = running.moment(-1, 19) + timedelta(minutes=2 * number)
        with clock.at(at):
            check_in(
                running.session,
                programme=running.programme,
                event=event,
                registration=registration,
                way=Way.SELF if number % 2 else Way.TICKED,
                at=at,
                client_key=f"demonstratie-{number}",
                by_user_id=None if number % 2 else running.users[FAN],
            )


def _full(running: Running) -> None:
    """A room that is full, with people who wait."""
    draft = _draft(running, 9, "Groeien zonder managers", place="Raalte", fan=0)
    draft = replace(draft, capacity=10, address="Kantoorweg 4")
    event = _public(running, draft, days=-30, pioneer=1)
    _register(running, event, GUESTS[:11], -8)


def _asked(running: Running) -> None:
    """A planned evening for which the pioneer of the demonstration is asked."""
    with clock.at(running.moment(-2, 14)):
        event = create_event(
            running.session,
            programme=running.programme,
            draft=_draft(running, 23, "Een week zonder leidinggevende", place="Deventer", fan=2),
            actor_id=running.users[LEADER],
        )
        ask(
            running.session,
            programme=running.programme,
            event=event,
            pioneer_ids=[running.pioneers[0]],
            message="Uw verhaal over de zelfroosterende ploeg past hier goed.",
            actor_id=running.users[LEADER],
        )
