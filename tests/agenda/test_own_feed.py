"""The calendar of one's own registrations."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.calendar import uid_of
from pioneers.events.models import Event, EventStatus
from pioneers.programmes.models import Programme
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.web import tokens
from tests.agenda.calendars import planned_event, read
from tests.conftest import SECRET
from tests.factories import make_programme

Maker = Callable[..., Event]
ANNE = "anne@drost.example"


def register(session: Session, event: Event, **facts: Any) -> Registration:
    """A registration for the event."""
    given: dict[str, Any] = {
        "programme_id": event.programme_id,
        "event_id": event.id,
        "state": RegistrationState.REGISTERED,
        "code": tokens.new_code(8),
        "token_nonce": tokens.new_nonce(),
        "name": "Anne van der Drost",
        "registered_at": clock.now(),
        "email": ANNE,
    }
    registration = Registration(**given | facts)
    session.add(registration)
    session.flush()
    return registration


def path(registration: Registration) -> str:
    """Where its calendar is."""
    token = tokens.sign(SECRET, "registration", registration.id, registration.token_nonce)
    return f"/r/{token}/agenda.ics"


def test_it_holds_ones_own_registrations_and_nobody_elses(
    client: FlaskClient, session: Session, published: Maker
) -> None:
    first, second, third = (published(title=title) for title in ("Eén", "Twee", "Drie"))
    own = register(session, first)
    register(session, second)
    register(session, third, email="bert@anders.example", name="Bert")
    found = read(client.get(path(own)))
    assert set(found) == {"Eén", "Twee"}
    assert found["Eén"]["uid"] == uid_of(first)


def test_who_gave_no_address_has_but_one_event(
    client: FlaskClient, session: Session, published: Maker
) -> None:
    own = register(session, published(title="Eén"), email=None)
    register(session, published(title="Twee"), email=None)
    assert set(read(client.get(path(own)))) == {"Eén"}


def test_another_programmes_events_are_not_in_it(
    client: FlaskClient, session: Session, published: Maker
) -> None:
    other = make_programme(session)
    own = register(session, published(title="Eén"))
    register(session, planned_event(session, other, 3, title="Elders"))
    assert set(read(client.get(path(own)))) == {"Eén"}


def test_what_is_not_sure_is_tentative_and_what_is_off_is_cancelled(
    client: FlaskClient, session: Session, published: Maker
) -> None:
    own = register(session, published(title="Komt"))
    register(session, published(title="Wacht"), state=RegistrationState.WAITING)
    register(
        session,
        published(title="Afgemeld"),
        state=RegistrationState.CANCELLED,
        cancelled_at=clock.now(),
    )
    register(session, published(title="Afgelast", status=EventStatus.CANCELLED))
    again = published(title="Toch weer")
    register(session, again, state=RegistrationState.CANCELLED, cancelled_at=clock.now())
    register(session, again)
    found = read(client.get(path(own)))
    assert {title: str(one["status"]) for title, one in found.items()} == {
        "Komt": "CONFIRMED",
        "Wacht": "TENTATIVE",
        "Afgemeld": "CANCELLED",
        "Afgelast": "CANCELLED",
        "Toch weer": "CONFIRMED",
    }


def test_it_is_sent_again_only_when_something_changed(
    client: FlaskClient, session: Session, published: Maker
) -> None:
    own = register(session, published())
    first = client.get(path(own))
    assert first.headers["X-Robots-Tag"] == "noindex, nofollow"
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get(path(own), headers=tag).status_code == 304
    own.state = RegistrationState.CANCELLED
    own.cancelled_at = clock.now()
    session.flush()
    assert client.get(path(own), headers=tag).status_code == 200


def test_a_link_that_was_changed_or_made_up_opens_nothing(
    client: FlaskClient, session: Session, programme: Programme, published: Maker
) -> None:
    own = register(session, published())
    address = path(own)
    own.token_nonce = tokens.new_nonce()
    session.flush()
    for wrong in (address, "/r/x-y/agenda.ics", address.replace("/r/", "/r/1")):
        assert client.get(wrong).status_code == 404
    feed = tokens.sign(SECRET, "feed", own.id, own.token_nonce)  # another purpose
    assert client.get(f"/r/{feed}/agenda.ics").status_code == 404
    assert programme.id
