"""A pioneer answers: logged in, or by the link in the mail."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.events.models import Event
from pioneers.events.queries import speaker_ids
from pioneers.hosting.actions import cancel_and_tell
from pioneers.planning.links import token_of
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.programmes.models import Programme
from pioneers.web.formats import day_full
from tests.client import log_in
from tests.factories import Personas, make_company, make_person, make_pioneer
from tests.planning.scene import ask_one, day, make_evening, make_host, make_speaker, outbox

LIST = "/p/overijssel/verzoeken"


@pytest.fixture
def me(session: Session, running: Programme, personas: Personas) -> Pioneer:
    """The pioneer that the pioneer of the personas is."""
    company = make_company(session, running, municipality_code="GM0193")
    person = make_person(session, running, company, email=personas.pioneer.email)
    return make_pioneer(session, running, company=company, person=person)


@pytest.fixture
def request_(session: Session, running: Programme, me: Pioneer) -> PioneerRequest:
    """An open request to me."""
    return ask_one(session, running, make_evening(session, running, title="Avond in Raalte"), me)


def state(session: Session, request: PioneerRequest) -> RequestState:
    session.refresh(request)
    return request.state


def test_without_requests_the_list_says_what_will_be_here(
    client: FlaskClient, personas: Personas, me: Pioneer
) -> None:
    log_in(client, personas.pioneer)
    page = client.get(LIST).text
    assert "Geen open verzoeken" in page
    assert me.id
    log_in(client, personas.leader)
    assert "Nog geen pionier" in client.get(LIST).text


def test_one_tap_accepts(
    client: FlaskClient, session: Session, personas: Personas, request_: PioneerRequest
) -> None:
    log_in(client, personas.pioneer)
    page = client.get(LIST).text
    assert "Avond in Raalte" in page
    assert "ongeveer 20 km" in page
    for _ in range(2):
        answered = client.post(f"{LIST}/{request_.id}", data={"answer": "accept"})
        assert answered.status_code == 303
    assert state(session, request_) == RequestState.ACCEPTED
    event = session.get_one(Event, request_.event_id)
    assert speaker_ids(session, event) == [request_.pioneer_id]
    assert "Waar u spreekt" in client.get(LIST).text


def test_one_tap_declines_with_or_without_a_reason(
    client: FlaskClient, session: Session, personas: Personas, request_: PioneerRequest
) -> None:
    log_in(client, personas.pioneer)
    data = {"answer": "decline", "reason": "Op vakantie"}
    assert client.post(f"{LIST}/{request_.id}", data=data).status_code == 303
    assert state(session, request_) == RequestState.DECLINED
    assert request_.answer == "Op vakantie"


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"answer": "other"}, 'id="day-error"'),
        ({"answer": "other", "day": "31-2-2030", "hour": "20:00"}, 'id="day-error"'),
        ({"answer": "other", "day": "1-3-2016", "hour": "20:00"}, 'id="day-error"'),
        ({"answer": "other", "day": "0001-01-01", "hour": "00:00"}, "tussen 1900 en 2199"),
        ({"answer": "other", "day": "9999-12-31", "hour": "23:59"}, "tussen 1900 en 2199"),
        ({"answer": "other", "day": "1900-01-01", "hour": "00:00"}, "Het programma begint"),
        ({"answer": "other", "day": "2199-12-31", "hour": "00:00"}, "Het programma eindigt"),
        ({"answer": "decline", "reason": "x" * 1001}, 'id="reason-error"'),
        ({"answer": "perhaps"}, "Kies een antwoord"),
        ({}, "Kies een antwoord"),
    ],
)
def test_a_mistake_is_shown_where_it_is(
    client: FlaskClient,
    session: Session,
    personas: Personas,
    request_: PioneerRequest,
    data: dict[str, str],
    where: str,
) -> None:
    log_in(client, personas.pioneer)
    answered = client.post(f"{LIST}/{request_.id}", data=data)
    assert answered.status_code == 422
    assert where in answered.text
    assert state(session, request_) == RequestState.OPEN


def test_another_date_is_proposed(
    client: FlaskClient, session: Session, personas: Personas, request_: PioneerRequest
) -> None:
    log_in(client, personas.pioneer)
    data = {"answer": "other", "day": f"{day(40):%d-%m-%Y}", "hour": "19:30"}
    assert client.post(f"{LIST}/{request_.id}", data=data).status_code == 303
    assert state(session, request_) == RequestState.OTHER_DATE
    mailed = outbox(session, "planning.answered")
    words = f"Voorgesteld: {day_full(day(40), 'nl')}, 19.30 uur"
    assert mailed
    assert all(words in mail.text for mail in mailed)


def test_a_double_booking_takes_a_second_tap(
    client: FlaskClient,
    session: Session,
    running: Programme,
    personas: Personas,
    me: Pioneer,
    request_: PioneerRequest,
) -> None:
    make_evening(session, running, title="Elders", pioneers=[me])
    log_in(client, personas.pioneer)
    assert "Elders" in client.get(LIST).text
    first = client.post(f"{LIST}/{request_.id}", data={"answer": "accept"})
    assert "Ik kom toch" in first.text
    assert state(session, request_) == RequestState.OPEN
    second = client.post(f"{LIST}/{request_.id}", data={"answer": "accept", "although": "1"})
    assert second.status_code == 303
    assert state(session, request_) == RequestState.ACCEPTED


def test_the_request_of_another_pioneer_does_not_exist(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, me: Pioneer
) -> None:
    other = make_speaker(session, running, "Bram")
    foreign = ask_one(session, running, make_evening(session, running, title="Geheim"), other)
    log_in(client, personas.pioneer)
    assert "Geheim" not in client.get(LIST).text
    for send in (client.get, client.post):
        assert send(f"{LIST}/{foreign.id}", data={"answer": "accept"}).status_code == 404
    assert state(session, foreign) == RequestState.OPEN
    assert me.id != other.id


def test_the_leader_notes_what_a_pioneer_said_on_the_telephone(
    client: FlaskClient, session: Session, personas: Personas, request_: PioneerRequest
) -> None:
    log_in(client, personas.leader)
    assert client.get(f"{LIST}/{request_.id}").status_code == 200
    answered = client.post(f"{LIST}/{request_.id}", data={"answer": "accept"})
    assert answered.location.endswith("/pioniers")
    assert state(session, request_) == RequestState.ACCEPTED


def test_the_link_in_the_mail_shows_and_the_button_acts(
    client: FlaskClient, session: Session, request_: PioneerRequest
) -> None:
    path = f"/v/{token_of(request_)}"
    assert "Avond in Raalte" in client.get(path).text
    assert client.head(path).status_code == 200
    assert state(session, request_) == RequestState.OPEN
    answered = client.post(path, data={"answer": "accept"}, follow_redirects=True)
    assert "U spreekt hier" in answered.text
    assert state(session, request_) == RequestState.ACCEPTED


def test_a_forged_link_or_one_of_an_earlier_request_does_not_work(
    client: FlaskClient, session: Session, request_: PioneerRequest
) -> None:
    old = token_of(request_)
    forged = [f"{old[:-1]}a" if old[-1] != "a" else f"{old[:-1]}b", "x", "1-", "-" * 40, "é-à"]
    request_.asked_at += timedelta(seconds=1)
    session.flush()
    for token in [old, *forged]:
        for send in (client.get, client.post):
            assert send(f"/v/{token}", data={"answer": "accept"}).status_code == 404
    assert "Deze link werkt niet" in client.get("/v/x").text
    assert state(session, request_) == RequestState.OPEN


def test_a_link_ends_when_the_event_begins(
    client: FlaskClient, session: Session, request_: PioneerRequest
) -> None:
    path = f"/v/{token_of(request_)}"
    session.get_one(Event, request_.event_id).starts_at = clock.now() - timedelta(minutes=1)
    session.flush()
    assert "voorbij" in client.get(path).text
    answered = client.post(path, data={"answer": "accept"})
    assert answered.status_code == 409
    assert "voorbij" in answered.text
    assert state(session, request_) == RequestState.OPEN


def test_what_was_withdrawn_is_said_in_words(
    client: FlaskClient, session: Session, request_: PioneerRequest
) -> None:
    path = f"/v/{token_of(request_)}"
    request_.state = RequestState.WITHDRAWN
    session.flush()
    assert "ingetrokken" in client.get(path).text
    answered = client.post(path, data={"answer": "accept"})
    assert answered.status_code == 422
    assert "ingetrokken" in answered.text


def test_a_pioneer_keeps_themes_and_distance(
    client: FlaskClient, session: Session, personas: Personas, me: Pioneer
) -> None:
    log_in(client, personas.pioneer)
    path = f"{LIST}/voorkeuren"
    assert client.get(path).status_code == 200
    data = {"themes": ["co_creation"], "travels_km": "40", "version": "1"}
    assert client.post(path, data=data).status_code == 303
    session.refresh(me)
    assert (me.themes, me.travels_km) == ("co_creation", 40)
    again = client.post(path, data=data | {"travels_km": "60"})
    assert "Iemand anders" in again.text
    wrong = client.post(path, data=data | {"travels_km": "9000", "version": "2"})
    assert 'id="travels_km-error"' in wrong.text
    log_in(client, personas.leader)
    page = client.get(f"/p/overijssel/netwerk/pioniers/{me.id}").text
    assert "40 km" in page


def test_a_proposed_date_waits_for_the_other_side(
    client: FlaskClient, session: Session, personas: Personas, request_: PioneerRequest
) -> None:
    log_in(client, personas.pioneer)
    data = {"answer": "other", "day": f"{day(40):%d-%m-%Y}", "hour": "19:30", "remark": "Dan graag"}
    client.post(f"{LIST}/{request_.id}", data=data)
    page = client.get(LIST).text
    assert "Er wacht niets op uw antwoord" in page
    assert "wacht op de gastheer" in page
    assert f"{day(40).day} " in page
    assert "Dan graag" in page
    for path in (LIST, f"{LIST}/{request_.id}"):
        assert f"Ik kom toch op {day(30).day} " in client.get(path).text
    assert client.post(f"{LIST}/{request_.id}", data={"answer": "accept"}).status_code == 303
    assert state(session, request_) == RequestState.ACCEPTED


def test_an_event_on_the_proposed_date_waits_for_the_pioneer_again(
    client: FlaskClient, session: Session, personas: Personas, request_: PioneerRequest
) -> None:
    request_.proposed_at = session.get_one(Event, request_.event_id).starts_at
    session.flush()
    log_in(client, personas.pioneer)
    page = client.get(LIST).text
    assert "Eén verzoek wacht op uw antwoord" in page
    assert "verplaatst naar de datum die u voorstelde" in page


def test_a_request_tells_what_it_is_about_and_whom_to_call(
    client: FlaskClient,
    session: Session,
    running: Programme,
    personas: Personas,
    request_: PioneerRequest,
) -> None:
    event = session.get_one(Event, request_.event_id)
    event.fan_id = make_host(session, running, "els@fan.example").id
    event.theme, event.description = "co_creation", "Drie ronden aan tafel."
    session.flush()
    log_in(client, personas.pioneer)
    for path in (f"{LIST}/{request_.id}", f"/v/{token_of(request_)}"):
        page = client.get(path).text
        for words in ("Els ten Brink", "els@fan.example", "Drie ronden aan tafel.", "Samen waarde"):
            assert words in page, words


def test_an_event_that_is_off_is_listed_once_with_who_had_accepted(
    client: FlaskClient,
    session: Session,
    running: Programme,
    personas: Personas,
    request_: PioneerRequest,
) -> None:
    event = session.get_one(Event, request_.event_id)
    log_in(client, personas.pioneer)
    client.post(f"{LIST}/{request_.id}", data={"answer": "accept"})
    session.refresh(event)
    cancel_and_tell(session, programme=running, event=event, actor_id=personas.leader.id)
    session.flush()
    before = client.get(LIST).text.partition("<h2>Eerder</h2>")[2]
    assert before.count(event.title) == 1
    assert "geannuleerd" in before


def test_before_lists_talks_that_nobody_asked_for_here(
    client: FlaskClient,
    session: Session,
    running: Programme,
    personas: Personas,
    me: Pioneer,
    request_: PioneerRequest,
) -> None:
    make_evening(session, running, title="Vorig jaar", days=-300, pioneers=[me])
    make_evening(session, running, title="Straks", days=20, pioneers=[me])
    make_evening(session, running, title="Van een ander", days=-200)
    log_in(client, personas.pioneer)
    page = client.get(LIST).text
    coming, _mark, before = page.partition("<h2>Eerder</h2>")
    assert "Straks" in coming
    assert "Vorig jaar" in before
    assert "u sprak" in before
    assert "Van een ander" not in page
    assert request_.id
