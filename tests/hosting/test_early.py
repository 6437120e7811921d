"""Somebody is in an hour before an event begins: it is not held by that, and can change."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.listing import list_events
from pioneers.events.models import Attendance, Event, EventStatus
from pioneers.events.queries import events_held
from pioneers.events.waiting import UNCOUNTED, waiting_events
from pioneers.presence.models import CheckIn
from pioneers.programmes.models import Programme
from pioneers.reach.models import Contact
from pioneers.reach.rules import Scope, VoidReason
from pioneers.registrations.models import Registration, RegistrationState
from tests.client import log_in
from tests.factories import Personas
from tests.planning.scene import outbox
from tests.presence.evening import STARTS, make_evening, make_registration
from tests.registrations.sending import send

EARLY = STARTS - timedelta(hours=1)
HOST = "/p/overijssel/podium"
LEADER = "/p/overijssel/bijeenkomsten"


@pytest.fixture
def evening(session: Session, programme: Programme) -> Event:
    """An evening that is published, with somebody who registered."""
    programme.starts_on, programme.ends_on = STARTS.date().replace(year=2025), None
    with clock.at(EARLY - timedelta(days=9)):
        event = make_evening(session, programme, public_code="ABCDEFGH", published_at=clock.now())
        make_registration(session, event, name="Anne de Vries", email="anne@vries.example")
    return event


@pytest.fixture
def guest(client: FlaskClient, session: Session, personas: Personas, evening: Event) -> int:
    """Who is checked in an hour before it begins; the host's phone is logged in."""
    with clock.at(EARLY):
        log_in(client, personas.fan_contact)
        who = session.scalars(select(Registration)).one()
        done = client.post(f"{HOST}/{evening.id}/inchecken", data={"in": who.id, "key": "k" * 12})
        assert done.status_code == 303
    session.refresh(who)
    assert who.state == RegistrationState.ATTENDED
    return who.id


def values(event: Event, **facts: str) -> dict[str, str]:
    return {
        "fan_id": str(event.fan_id),
        "title": event.title,
        "kind": "talk",
        "day": "12-11-2026",
        "starts": "20:00",
        "ends": "22:00",
        "place": "Ommen",
        "municipality_code": "",
        "version": str(event.version),
    } | facts


def standing(session: Session) -> int:
    return session.scalar(select(func.count(Contact.id)).where(Contact.voided_at.is_(None))) or 0


def held(session: Session, programme: Programme) -> int:
    return events_held(session, programme, Scope(as_of=clock.today()))


def test_every_page_says_where_it_stands_by_the_clock(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    evening: Event,
    guest: int,
) -> None:
    assert guest
    pages = (f"{HOST}/{evening.id}", HOST)
    leaders = (f"{LEADER}/{evening.id}", LEADER, "/p/overijssel/kalender?maand=2026-11")
    stages = (
        (EARLY + timedelta(minutes=5), ">Gepland<", 0),
        (STARTS + timedelta(minutes=5), ">Bezig<", 0),
        (STARTS + timedelta(hours=3), ">Gehouden<", 1),
    )
    for moment, word, uncounted in stages:
        with clock.at(moment):
            for who, paths in ((personas.fan_contact, pages), (personas.leader, leaders)):
                log_in(client, who)
                for path in paths:
                    page = client.get(path).text
                    assert word in page, (moment, path)
                    if path in (HOST, LEADER):
                        assert (">aantal nog niet ingevuld<" in page) == bool(uncounted), (
                            moment,
                            path,
                        )
            assert len(waiting_events(session, programme, UNCOUNTED, most=9)) == uncounted
            assert held(session, programme) == uncounted
            assert standing(session) == 1


def test_a_second_guest_registers(
    client: FlaskClient, session: Session, evening: Event, guest: int
) -> None:
    assert guest
    with clock.at(EARLY + timedelta(minutes=5)):
        assert 'name="email"' in client.get("/b/ABCDEFGH").text
        assert send(client, evening, name="Bram Kok", email="bram@kok.example").status_code == 303
    states = session.scalars(select(Registration.state).order_by(Registration.id)).all()
    assert states == [RegistrationState.ATTENDED, RegistrationState.REGISTERED]


def test_who_walks_in_beyond_the_seats_takes_none_that_is_not_there(
    client: FlaskClient, session: Session, evening: Event, guest: int
) -> None:
    assert guest
    evening.capacity = evening.seats_taken = 1
    session.flush()
    with clock.at(EARLY + timedelta(minutes=5)):
        more = {"name": "Bram Kok", "company": "Kok B.V.", "key": "n" * 12}
        client.post(f"{HOST}/{evening.id}/inchecken", data=more)
        page = client.get(f"{HOST}/{evening.id}").text
    assert standing(session) == 2
    assert "Eén van de 1 plaatsen is bezet." in page


def test_the_host_changes_it_until_it_starts_and_nobody_is_lost(
    client: FlaskClient, session: Session, personas: Personas, evening: Event, guest: int
) -> None:
    assert guest
    path = f"{HOST}/{evening.id}/wijzigen"
    with clock.at(EARLY + timedelta(minutes=5)):
        assert client.get(path).status_code == 200
        later = client.post(path, data=values(evening, starts="20:30", ends="22:30"))
        assert later.status_code == 303
        session.refresh(evening)
        assert evening.starts_at == STARTS + timedelta(minutes=30)
        assert standing(session) == 1
        away = client.post(path, data=values(evening, day="20-11-2026"))
        assert away.status_code == 422
        assert "ingecheckt" in away.text
        assert 'id="day-error"' in away.text
        session.refresh(evening)
        assert evening.starts_at == STARTS + timedelta(minutes=30)
    with clock.at(STARTS + timedelta(hours=1)):
        log_in(client, personas.fan_contact)
        begun = client.post(path, data=values(evening), follow_redirects=True)
        assert "begonnen" in begun.text


def test_it_moves_to_another_day_once_the_check_in_is_undone(
    client: FlaskClient, session: Session, evening: Event, guest: int
) -> None:
    with clock.at(EARLY + timedelta(minutes=5)):
        client.post(f"{HOST}/{evening.id}/inchecken", data={"undo": guest, "key": "z" * 12})
        session.refresh(evening)
        away = client.post(f"{HOST}/{evening.id}/wijzigen", data=values(evening, day="20-11-2026"))
        assert away.status_code == 303
    session.refresh(evening)
    assert evening.status == EventStatus.PLANNED
    assert clock.local(evening.starts_at).day == 20
    assert standing(session) == 0


def test_it_says_how_many_get_a_mail_and_that_many_do(
    client: FlaskClient, session: Session, evening: Event, guest: int
) -> None:
    path = f"{HOST}/{evening.id}"
    with clock.at(EARLY + timedelta(minutes=5)):
        lead = make_registration(session, evening, name="Bram Kok", email="bram@kok.example")
        make_registration(session, evening, name="Cor Kok", email=None, lead_id=lead.id)
        make_registration(session, evening, name="Dora Dros", email=None)  # by telephone
        assert "Dat is één aanmelding." in client.get(f"{path}/wijzigen").text
        client.post(f"{path}/wijzigen", data=values(evening, starts="20:30", ends="22:30"))
        assert [one.to for one in outbox(session, "registration.moved")] == ["bram@kok.example"]
        session.refresh(evening)
        assert "2 aanmeldingen" in client.get(f"{path}/annuleren").text
        client.post(f"{path}/annuleren", data={"version": str(evening.version)})
        told = {one.to for one in outbox(session, "registration.event_cancelled")}
        assert told == {"anne@vries.example", "bram@kok.example"}


def test_the_host_cancels_it_and_who_was_in_counts_no_more(
    client: FlaskClient, session: Session, programme: Programme, evening: Event, guest: int
) -> None:
    path = f"{HOST}/{evening.id}/annuleren"
    with clock.at(EARLY + timedelta(minutes=5)):
        assert "Eén persoon is al ingecheckt" in client.get(path).text
        assert client.post(path, data={"version": str(evening.version)}).status_code == 303
        session.expire_all()
        assert evening.status == EventStatus.CANCELLED
        (contact,) = session.scalars(select(Contact)).all()
        assert contact.void_reason == VoidReason.EVENT_CANCELLED
        (made,) = session.scalars(select(CheckIn)).all()
        assert made.undone_at is not None
        assert session.scalars(select(Attendance)).all() == []
        who = session.get_one(Registration, guest)
        assert who.state == RegistrationState.REGISTERED
        assert "anne@vries.example" in {one.to for one in outbox(session)}
        assert "geannuleerd" in client.get("/b/ABCDEFGH").text
        (row,) = list_events(session, programme).items
        assert (row.course, row.present) == ("cancelled", 0)
    with clock.at(STARTS + timedelta(days=1)):
        assert held(session, programme) == 0


def test_the_leader_saves_it_unchanged_and_plans_it_again_after_cancelling(
    client: FlaskClient, session: Session, personas: Personas, evening: Event, guest: int
) -> None:
    assert guest
    with clock.at(EARLY + timedelta(minutes=5)):
        log_in(client, personas.leader)
        path = f"{LEADER}/{evening.id}/wijzigen"
        assert 'checked id="status-1"' in client.get(path).text
        saved = client.post(path, data=values(evening, status="planned"))
        assert saved.status_code == 303
        session.refresh(evening)
        assert (evening.status, standing(session)) == (EventStatus.HELD, 1)
        client.post(f"{LEADER}/{evening.id}/annuleren", data={"version": str(evening.version)})
        session.refresh(evening)
        again = client.post(path, data=values(evening, status="planned", day="20-11-2026"))
        assert again.status_code == 303
        session.refresh(evening)
        assert (evening.status, standing(session)) == (EventStatus.PLANNED, 0)


def test_a_list_of_an_earlier_day_makes_an_event_held_at_once(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, evening: Event
) -> None:
    with clock.at(STARTS + timedelta(days=3)):
        log_in(client, personas.leader)
        done = client.post(
            f"{LEADER}/{evening.id}/aanwezig", data={"name": "Cora Bos", "company": "Bos Hout"}
        )
        assert done.status_code == 303
        assert held(session, programme) == 1
        (row,) = list_events(session, programme).items
        assert (row.course, row.present, row.uncounted) == ("held", 1, True)
