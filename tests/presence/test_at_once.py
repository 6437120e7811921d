"""Two phones at the same moment, on a database that really commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from pioneers import clock
from pioneers.db import db
from pioneers.events.models import Attendance, Event
from pioneers.presence.actions import check_in, check_in_unregistered, undo_check_in
from pioneers.presence.models import CheckIn, Way
from pioneers.presence.rules import WalkIn
from pioneers.programmes.models import Programme
from pioneers.reach.check import check
from pioneers.reach.models import Contact
from pioneers.registrations.models import Registration, RegistrationState
from tests.factories import make_programme
from tests.presence.evening import DOORS, make_evening, make_registration

PHONES = 6


def at_once(app: Flask, *deeds: Callable[[Programme, Event, Registration], object]) -> None:
    """Do all of `deeds` at the same moment, each in a transaction of its own."""
    with app.app_context(), clock.at(DOORS):
        programme = make_programme(db.session, starts_on=date(2025, 1, 1), ends_on=None)
        event = make_evening(db.session(), programme)
        who = make_registration(db.session(), event)
        ids = programme.id, event.id, who.id
        db.session.commit()
    ready = Barrier(len(deeds))

    def press(deed: Callable[[Programme, Event, Registration], object]) -> None:
        with app.app_context(), clock.at(DOORS):
            ready.wait()
            found = zip((Programme, Event, Registration), ids, strict=True)
            deed(*(db.session.get_one(model, one) for model, one in found))  # type: ignore[arg-type]
            db.session.commit()

    with ThreadPoolExecutor(len(deeds)) as pool:
        list(pool.map(press, deeds))


def how_many(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def notes(way: Way, key: str) -> Callable[[Programme, Event, Registration], object]:
    """Somebody on the list is noted."""

    def deed(programme: Programme, event: Event, who: Registration) -> object:
        return check_in(
            db.session,
            programme=programme,
            event=event,
            registration=who,
            way=way,
            at=None,
            client_key=key,
            by_user_id=None,
        )

    return deed


def walks_in(name: str, key: str) -> Callable[[Programme, Event, Registration], object]:
    """Somebody who is not on the list is noted."""

    def deed(programme: Programme, event: Event, _who: Registration) -> object:
        return check_in_unregistered(
            db.session,
            programme=programme,
            event=event,
            draft=WalkIn(name=name, company="Bakkerij Tak", email="info@tak.example"),
            way=Way.SELF,
            at=None,
            client_key=key,
            by_user_id=None,
        )

    return deed


def test_many_phones_that_let_in_one_guest_make_one_contact(real_app: Flask) -> None:
    ways = [Way.TICKED, Way.SCANNED, Way.SELF] * 2
    at_once(real_app, *(notes(way, f"telefoon-{n}") for n, way in enumerate(ways)))
    with real_app.app_context():
        assert (how_many(Contact), how_many(Attendance)) == (1, 1)
        assert how_many(CheckIn) in {4, 5}  # who checks in again changes nothing
        assert check(db.session(), db.session.scalars(select(Programme)).one()) == []


def test_one_tick_that_is_sent_by_many_connections_is_one(real_app: Flask) -> None:
    at_once(real_app, *[notes(Way.TICKED, "zelfde-sleutel")] * PHONES)
    with real_app.app_context():
        assert (how_many(Contact), how_many(CheckIn)) == (1, 1)


def test_one_form_that_is_sent_many_times_registers_once(real_app: Flask) -> None:
    same = [walks_in("Joris Tak", f"formulier-{n % 2}") for n in range(PHONES)]
    at_once(real_app, *same, walks_in("Anne Tak", "formulier-9"))
    with real_app.app_context():
        assert how_many(Registration) == 3  # the one who registered before, Joris, Anne
        assert how_many(Contact) == 2


def test_ticking_and_undoing_at_once_end_in_one_of_the_two(real_app: Flask) -> None:
    def undoes(programme: Programme, event: Event, _who: Registration) -> object:
        return undo_check_in(
            db.session,
            programme=programme,
            event=event,
            client_key="telefoon-1",
            by_user_id=None,
        )

    at_once(real_app, notes(Way.TICKED, "telefoon-1"), undoes, notes(Way.TICKED, "telefoon-2"))
    with real_app.app_context():
        standing = select(func.count(Contact.id)).where(Contact.voided_at.is_(None))
        assert db.session.scalar(standing) == 1
        assert db.session.scalars(select(Registration)).one().state == RegistrationState.ATTENDED
