"""Private calendars: made, followed, withdrawn, and closed when their owner may no longer look."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import Grant, User
from pioneers.agenda.models import Feed
from pioneers.ambassadors.models import Pioneer
from pioneers.audit.models import AuditEntry
from pioneers.events.models import Event, EventStatus
from pioneers.fans.models import Fan, FanContact
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.programmes.models import Programme
from tests.agenda.calendars import planned_event, read
from tests.client import log_in
from tests.factories import (
    Personas,
    make_company,
    make_fan,
    make_person,
    make_pioneer,
)

Maker = Callable[..., Event]
PAGE = "/p/overijssel/kalenders"


@pytest.fixture
def fan(session: Session, programme: Programme) -> Fan:
    """The fan for which the persona speaks."""
    made = make_fan(session, programme, name="Kring Salland")
    session.add(FanContact(fan_id=made.id, name="Fan", email="fan@voorbeeld.example"))
    session.flush()
    return made


@pytest.fixture
def pioneer(session: Session, programme: Programme) -> Pioneer:
    """The pioneer that the persona is."""
    company = make_company(session, programme)
    person = make_person(session, programme, company, email="pionier@voorbeeld.example")
    return make_pioneer(session, programme, company=company, person=person)


def follow(client: FlaskClient, user: User, calendar: str) -> str:
    """Make an address through the page; its path. Nobody is logged in afterwards."""
    log_in(client, user)
    answer = client.post(f"{PAGE}/maken", data={"calendar": calendar})
    assert (answer.status_code, answer.location) == (303, PAGE)
    page = client.get(PAGE).text
    found = re.search(r"value=\"http://localhost(/kalender/[a-z0-9-]+\.ics)\"", page)
    assert found, page
    assert f"webcal://localhost{found[1]}" in page
    leave(client)
    return found[1]


def leave(client: FlaskClient) -> None:
    """Forget the cookie."""
    with client.session_transaction() as cookie:
        cookie.clear()


def ask(session: Session, event: Event, pioneer: Pioneer, state: RequestState) -> PioneerRequest:
    """A request to the pioneer."""
    made = PioneerRequest(
        event_id=event.id, pioneer_id=pioneer.id, asked_at=clock.now(), state=state
    )
    session.add(made)
    session.flush()
    return made


def test_the_project_leader_follows_all_events(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    planned_event(session, programme, 5, title="Voorstel", status=EventStatus.PROPOSED)
    planned_event(
        session,
        programme,
        6,
        title="Gepubliceerd",
        capacity=40,
        seats_taken=12,
        published_at=clock.now(),
    )
    path = follow(client, personas.leader, "programme-0")
    answer = client.get(path)
    found = read(answer)
    assert found["Voorstel"]["status"] == "TENTATIVE"
    assert "12 van 40" in found["Gepubliceerd"]["description"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_pioneer_follows_own_talks_and_open_requests(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    pioneer: Pioneer,
) -> None:
    other = make_pioneer(session, programme)
    planned_event(session, programme, 1, title="Optreden", pioneers=[pioneer])
    for title, state in (
        ("Gevraagd", RequestState.OPEN),
        ("Toegezegd", RequestState.ACCEPTED),
        ("Andere datum", RequestState.OTHER_DATE),
        ("Afgewezen", RequestState.DECLINED),
        ("Ingetrokken", RequestState.WITHDRAWN),
    ):
        ask(session, planned_event(session, programme, 2, title=title), pioneer, state)
    gone = planned_event(session, programme, 3, title="Afgelast", status=EventStatus.CANCELLED)
    ask(session, gone, pioneer, RequestState.WITHDRAWN)
    planned_event(session, programme, 4, title="Van een ander", pioneers=[other])
    found = read(client.get(follow(client, personas.pioneer, f"pioneer-{pioneer.id}")))
    assert {title: str(one["status"]) for title, one in found.items()} == {
        "Optreden": "CONFIRMED",
        "Gevraagd": "TENTATIVE",
        "Toegezegd": "CONFIRMED",
        "Andere datum": "TENTATIVE",
        "Afgelast": "CANCELLED",
    }


def test_an_answered_request_changes_the_pioneers_calendar(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    pioneer: Pioneer,
) -> None:
    request = ask(session, planned_event(session, programme, 2), pioneer, RequestState.OPEN)
    path = follow(client, personas.pioneer, f"pioneer-{pioneer.id}")
    tag = {"If-None-Match": client.get(path).headers["ETag"]}
    assert client.get(path, headers=tag).status_code == 304
    request.state = RequestState.ACCEPTED
    session.flush()
    assert client.get(path, headers=tag).status_code == 200


def test_a_fan_follows_its_own_events_and_never_another_fans(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, fan: Fan
) -> None:
    other = make_fan(session, programme)
    planned_event(session, programme, 1, title="Van ons", fan_id=fan.id)
    planned_event(
        session, programme, 2, title="Ons voorstel", fan_id=fan.id, status=EventStatus.PROPOSED
    )
    planned_event(session, programme, 3, title="Van een ander", fan_id=other.id)
    planned_event(session, programme, 4, title="Van niemand")
    path = follow(client, personas.fan_contact, f"fan-{fan.id}")
    assert set(read(client.get(path))) == {"Van ons", "Ons voorstel"}


@pytest.mark.parametrize("name", ["viewer", "fan_contact", "pioneer"])
def test_nobody_follows_what_they_may_not_see(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    pioneer: Pioneer,
    name: str,
) -> None:
    other = make_fan(session, programme)
    someone = make_pioneer(session, programme)
    log_in(client, getattr(personas, name))
    for calendar in (
        *("programme-0", f"fan-{other.id}", f"pioneer-{someone.id}"),
        *("", "fan", "fan-x", "programme-1", "x-0"),
    ):
        answer = client.post(f"{PAGE}/maken", data={"calendar": calendar})
        assert answer.status_code == 404, calendar
    assert session.scalars(select(Feed)).all() == []
    assert pioneer.id


def test_a_viewer_sees_the_public_agenda_alone(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.viewer)
    page = client.get(PAGE).text
    assert "/agenda/overijssel.ics" in page
    assert "/kalender/" not in page


def test_a_withdrawn_address_leads_nowhere(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    path = follow(client, personas.leader, "programme-0")
    feed = session.scalars(select(Feed)).one()
    log_in(client, personas.leader)
    assert client.post(f"{PAGE}/{feed.id}/intrekken").status_code == 303
    leave(client)
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (404, "Not found\n")
    log_in(client, personas.leader)
    assert client.post(f"{PAGE}/{feed.id}/intrekken").status_code == 404  # twice
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.object_type == "feed"))
    assert sorted(actions) == ["feed.made", "feed.revoked"]


def test_a_new_address_ends_the_old_one(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    old = follow(client, personas.leader, "programme-0")
    new = follow(client, personas.leader, "programme-0")
    assert old != new
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert len(session.scalars(select(Feed).where(Feed.revoked_at.is_(None))).all()) == 1


def test_nobody_withdraws_anothers_address(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    path = follow(client, personas.leader, "programme-0")
    feed = session.scalars(select(Feed)).one()
    log_in(client, personas.viewer)
    assert client.post(f"{PAGE}/{feed.id}/intrekken").status_code == 404
    leave(client)
    assert client.get(path).status_code == 200


def test_who_loses_the_role_loses_the_calendar(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    path = follow(client, personas.leader, "programme-0")
    tag = {"If-None-Match": client.get(path).headers["ETag"]}
    grant = session.scalars(select(Grant).where(Grant.user_id == personas.leader.id)).one()
    grant.withdrawn_at = clock.now()
    session.flush()
    assert client.get(path, headers=tag).status_code == 404


def test_who_is_closed_out_loses_the_calendar(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    path = follow(client, personas.leader, "programme-0")
    personas.leader.disabled_at = clock.now()
    session.flush()
    assert client.get(path).status_code == 404


def test_who_speaks_for_the_fan_no_longer_loses_its_calendar(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan
) -> None:
    path = follow(client, personas.fan_contact, f"fan-{fan.id}")
    contact = session.scalars(select(FanContact).where(FanContact.fan_id == fan.id)).one()
    contact.ended_at = clock.now() - timedelta(minutes=1)
    session.flush()
    assert client.get(path).status_code == 404


def test_a_token_that_was_made_up_opens_nothing(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    path = follow(client, personas.leader, "programme-0")
    token = path.removeprefix("/kalender/").removesuffix(".ics")
    number, _dash, signature = token.partition("-")
    wrong = "a" if signature[-1] != "a" else "b"
    for forged in (
        f"{number}-{signature[:-1]}{wrong}",
        f"{number}-",
        f"zzzz-{signature}",
        f"{number}-{signature}x",
        "x" * 500,
        "0-0",
        "%00",
        "é-é",
    ):
        answer = client.get(f"/kalender/{forged}.ics")
        assert (answer.status_code, len(answer.data)) == (404, 10), forged
    assert session.scalars(select(Feed)).one().revoked_at is None
