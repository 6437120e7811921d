"""Many at once, with connections of their own, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.registrations import actions
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.registrations.rules import PartyDraft
from tests.factories import make_programme
from tests.registrations.making import draft, make_open_event

REGISTERED, WAITING, OFFERED, CANCELLED = (
    RegistrationState.REGISTERED,
    RegistrationState.WAITING,
    RegistrationState.OFFERED,
    RegistrationState.CANCELLED,
)
Act = Callable[[Session, Programme, Event], object]


@pytest.fixture
def event_id(real_app: Flask) -> int:
    """An event with ten seats left of twelve."""
    with real_app.app_context():
        programme = make_programme(db.session, starts_on=None, ends_on=None)
        event = make_open_event(db.session, programme, capacity=12)
        first = draft("eerste", guests=1)
        actions.register(db.session, programme=programme, event=event, draft=first)
        db.session.commit()
        return event.id


def at_once(app: Flask, event_id: int, acts: list[Act]) -> list[object]:
    """Do all of them at the same moment, each in a transaction of its own; refusals come back."""
    start = Barrier(len(acts))

    def work(act: Act) -> object:
        with app.app_context():
            start.wait()
            try:
                event = db.session.get_one(Event, event_id)
                programme = db.session.get_one(Programme, event.programme_id)
                done = act(db.session(), programme, event)
                db.session.commit()
            except Exception as problem:
                db.session.rollback()
                return problem
            else:
                return done
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        waits = [pool.submit(copy_context().run, work, act) for act in acts]
        return [each.result() for each in waits]


def registering(name: str, **facts: object) -> Act:
    """Somebody registers."""

    def act(session: Session, programme: Programme, event: Event) -> object:
        party = actions.register(
            session, programme=programme, event=event, draft=draft(name, **facts)
        )
        return party[0].state

    return act


def cancelling(registration_id: int) -> Act:
    """Somebody cancels."""

    def act(session: Session, programme: Programme, event: Event) -> object:
        found = session.get_one(Registration, registration_id)
        return actions.cancel_registration(
            session, programme=programme, event=event, registration=found
        )

    return act


def states(event_id: int) -> list[RegistrationState]:
    """The states of the event's registrations, in order."""
    query = select(Registration.state).where(Registration.event_id == event_id)
    return list(db.session.scalars(query.order_by(Registration.id)))


def seats(event_id: int) -> int:
    """The seats that the event says are taken."""
    return db.session.scalars(select(Event.seats_taken).where(Event.id == event_id)).one()


def test_fifty_at_once_for_the_last_ten_seats(real_app: Flask, event_id: int) -> None:
    answers = at_once(real_app, event_id, [registering(f"n{number}") for number in range(50)])
    assert answers.count(REGISTERED) == 10
    assert answers.count(WAITING) == 40
    with real_app.app_context():
        assert states(event_id) == [REGISTERED] * 11 + [WAITING] * 40
        assert seats(event_id) == 12
        kinds = select(MailMessage.kind, func.count()).group_by(MailMessage.kind)
        assert dict(db.session.execute(kinds).all()) == {  # type: ignore[arg-type]
            "registration.confirmed": 11,
            "registration.waiting": 40,
        }


def test_the_same_person_fifty_times_at_once_is_one_registration(
    real_app: Flask, event_id: int
) -> None:
    acts = [registering("anne", email="anne@voorbeeld.example") for _ in range(20)]
    answers = at_once(real_app, event_id, acts)
    assert answers.count(REGISTERED) == 1
    assert sum(isinstance(each, actions.AlreadyRegistered) for each in answers) == 19
    with real_app.app_context():
        assert seats(event_id) == 3


def test_parties_of_three_at_once_never_oversell(real_app: Flask, event_id: int) -> None:
    acts = [registering(f"n{number}", guests=2) for number in range(12)]
    answers = at_once(real_app, event_id, acts)
    assert answers.count(REGISTERED) == 3
    with real_app.app_context():
        assert seats(event_id) == 11
        assert states(event_id) == [REGISTERED] * 4 + [WAITING] * 9


def test_two_cancel_at_once_and_seats_go_to_who_waited_longest(
    real_app: Flask, event_id: int
) -> None:
    at_once(real_app, event_id, [registering(f"n{number}") for number in range(14)])
    with real_app.app_context():
        query = select(Registration.id).order_by(Registration.id)
        ids = list(db.session.scalars(query))
    one = [cancelling(ids[1]) for _ in range(3)]
    other = [cancelling(ids[2]) for _ in range(3)]
    answers = at_once(real_app, event_id, [*one, *other])
    assert answers.count(True) == 2
    assert answers.count(False) == 4
    with real_app.app_context():
        expected = [REGISTERED, CANCELLED, CANCELLED] + [REGISTERED] * 8
        assert states(event_id) == expected + [OFFERED] * 2 + [WAITING] * 2
        assert seats(event_id) == 12


def test_promoting_and_registering_and_cancelling_at_once_keeps_the_books(
    real_app: Flask, event_id: int
) -> None:
    at_once(real_app, event_id, [registering(f"n{number}", guests=1) for number in range(12)])
    with real_app.app_context():
        ids = list(db.session.scalars(select(Registration.id).order_by(Registration.id)))

    def promoting(session: Session, programme: Programme, event: Event) -> object:
        return actions.promote(session, programme=programme, event=event)

    def growing(registration_id: int) -> Act:
        def act(session: Session, programme: Programme, event: Event) -> object:
            found = session.get_one(Registration, registration_id)
            wanted = PartyDraft(guests=3)
            return actions.change_registration(
                session, programme=programme, event=event, registration=found, draft=wanted
            )

        return act

    acts: list[Act] = [
        *(cancelling(number) for number in ids[:4]),
        *(promoting for _ in range(4)),
        *(registering(f"later{number}") for number in range(6)),
        *(growing(number) for number in ids[4:7]),
    ]
    at_once(real_app, event_id, acts)
    with real_app.app_context():
        holding = (REGISTERED, OFFERED)
        taken = select(func.sum(1 + Registration.guests)).where(Registration.state.in_(holding))
        assert db.session.scalar(taken) == seats(event_id) <= 12
        standing = [state for state in states(event_id) if state != CANCELLED]
        first = standing.index(WAITING)
        assert set(standing[first:]) == {WAITING}


def test_an_offer_is_confirmed_or_lapses_never_both(real_app: Flask, event_id: int) -> None:
    at_once(real_app, event_id, [registering("anne", guests=8), registering("x1", guests=2)])
    with real_app.app_context():
        rows = db.session.execute(select(Registration.id, Registration.state)).all()
        waiting = next(number for number, state in rows if state == WAITING)
        seated = [number for number, state in rows if state == REGISTERED]
    at_once(real_app, event_id, [cancelling(seated[-1])])
    moment = clock.now() + timedelta(hours=48, seconds=5)

    def confirming(session: Session, programme: Programme, event: Event) -> object:
        found = session.get_one(Registration, waiting)
        with clock.at(moment - timedelta(seconds=10)):
            return actions.confirm_offer(
                session, programme=programme, event=event, registration=found
            )

    def lapsing(session: Session, programme: Programme, event: Event) -> object:
        with clock.at(moment):
            return actions.expire_offers(session, programme=programme, event=event)

    at_once(real_app, event_id, [confirming, lapsing, confirming, lapsing])
    with real_app.app_context():
        query = select(Registration.state).where(Registration.id == waiting)
        state = db.session.scalars(query).one()
        assert state in {REGISTERED, CANCELLED}
        kinds = set(
            db.session.scalars(select(MailMessage.kind).where(MailMessage.record_id == waiting))
        )
        assert ("registration.lapsed" in kinds) == (state == CANCELLED)
