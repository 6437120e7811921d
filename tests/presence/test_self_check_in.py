"""The code on the screen, and guests who check themselves in with it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event, EventStatus
from pioneers.presence.throttling import MOST_TRIES
from pioneers.programmes.rules import Evidence
from pioneers.reach.models import Contact
from pioneers.registrations.actions import change_registration
from pioneers.registrations.models import Registration, RegistrationConsent, RegistrationState
from pioneers.registrations.rules import PartyDraft
from tests.presence.evening import STARTS, make_evening, make_registration

DETAILS = {
    "step": "new",
    "name": "Joris Tak",
    "company": "Bakkerij Tak",
    "email": "Joris@Tak.example",
    "kvk": "12345678",
    "agree": "y",
    "key": "sleutel-van-formulier",
}


@pytest.fixture
def address(evening: Event, at_the_door: None) -> str:
    return f"/i/{evening.check_in_code}"


def how_many(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_who_registered_checks_in_by_address(session, evening, client, address) -> None:
    who = make_registration(session, evening, email="anne@vries.example")
    assert client.get(address).status_code == 200
    answer = client.post(address, data={"step": "who", "who": "Anne@Vries.example "})
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "U bent ingecheckt" in page.text
    assert who.name not in page.text
    assert who.state == RegistrationState.ATTENDED
    assert session.scalars(select(Contact)).one().evidence == Evidence.CHECKED_IN
    again = client.post(address, data={"step": "who", "who": "anne@vries.example"})
    assert "U was al ingecheckt, om 19.45 uur." in client.get(again.location).text
    assert how_many(session, Contact) == 1


def test_who_registered_checks_in_by_code(session, evening, client, address) -> None:
    who = make_registration(session, evening, code="ABC234")
    assert client.post(address, data={"step": "who", "who": "abc 234"}).status_code == 303
    assert who.state == RegistrationState.ATTENDED


def test_an_unknown_address_goes_on_to_the_form_and_hears_nothing(client, address) -> None:
    page = client.post(address, data={"step": "who", "who": "niemand@nergens.example"})
    assert page.status_code == 200
    assert 'value="niemand@nergens.example"' in page.text
    assert "bekend" not in page.text
    wrong = client.post(address, data={"step": "who", "who": "QQQQQQ"})
    assert wrong.status_code == 422
    assert client.post(address, data={"step": "who", "who": ""}).status_code == 422


def test_who_did_not_register_gives_details_and_agrees(session, client, address) -> None:
    assert "naam, bedrijf en e-mailadres" in client.get(address + "?nieuw=1").text
    answer = client.post(address, data=DETAILS | {"news": "y"})
    assert answer.status_code == 303
    made = session.scalars(select(Registration)).one()
    assert (made.email, made.kvk_number) == ("joris@tak.example", "12345678")
    assert made.person_id is not None
    consents = session.scalars(select(RegistrationConsent).order_by(RegistrationConsent.id)).all()
    assert [one.purpose for one in consents] == ["check_in", "news"]
    assert "Slimmer Werken Overijssel" in consents[0].wording
    assert consents[0].version
    assert session.scalars(select(Contact)).one().evidence == Evidence.CHECKED_IN


@pytest.mark.parametrize("missing", ["name", "company", "email", "agree"])
def test_what_is_needed_is_asked_for(session, client, address, missing: str) -> None:
    answer = client.post(address, data={**DETAILS, missing: ""})
    assert answer.status_code == 422
    assert ".:" not in answer.text  # a label that is a sentence
    assert how_many(session, Registration) == 0


def test_a_form_sent_twice_counts_once(session, client, address) -> None:
    for key in ("sleutel-van-formulier", "sleutel-van-formulier", "een-ander-formulier"):
        assert client.post(address, data=DETAILS | {"key": key}).status_code == 303
    assert (how_many(session, Registration), how_many(session, Contact)) == (1, 1)


def test_two_people_with_one_mailbox_both_get_in(session, evening, client, address) -> None:
    make_registration(session, evening, name="Anne Tak", email="info@tak.example")
    client.post(address, data={"step": "who", "who": "info@tak.example"})
    client.post(address, data=DETAILS | {"email": "info@tak.example"})
    assert how_many(session, Contact) == 2
    # With two people behind it, the address alone does not say who it is.
    page = client.post(address, data={"step": "who", "who": "info@tak.example"})
    assert page.status_code == 200
    assert "Anne Tak" not in page.text


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (
            STARTS - timedelta(hours=1, seconds=1),
            "U kunt inchecken vanaf donderdag 12 november 2026, 19.00",
        ),
        (STARTS + timedelta(hours=4, seconds=1), "Dit kon tot vrijdag 13 november 2026, 00.00"),
        (STARTS + timedelta(days=1), "Dit kon tot"),
    ],
)
def test_outside_the_hours_nobody_checks_in(session, evening, client, moment, words) -> None:
    make_registration(session, evening, email="anne@vries.example")
    address = f"/i/{evening.check_in_code}"
    with clock.at(moment):
        page = client.get(address)
        assert words in page.text
        assert "<input" not in page.text.split("<main")[1].split("</main")[0]
        for data in (DETAILS, {"step": "who", "who": "anne@vries.example"}):
            assert client.post(address, data=data).status_code == 403
    assert how_many(session, Contact) == 0


@pytest.mark.parametrize("moment", [STARTS - timedelta(hours=1), STARTS + timedelta(hours=4)])
def test_at_the_edges_of_the_hours_one_can(session, evening, client, moment) -> None:
    with clock.at(moment):
        answer = client.post(f"/i/{evening.check_in_code}", data=DETAILS)
    assert answer.status_code == 303
    assert how_many(session, Contact) == 1


def test_an_event_after_midnight_opens_at_midnight(session, lasting, client) -> None:
    starts = STARTS + timedelta(hours=4, minutes=30)  # half past midnight in Amsterdam
    event = make_evening(
        session,
        lasting,
        day=starts.date() + timedelta(days=1),
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )
    with clock.at(starts - timedelta(minutes=31)):
        assert "13 november 2026, 00.00" in client.get(f"/i/{event.check_in_code}").text
    with clock.at(starts - timedelta(minutes=29)):
        assert client.post(f"/i/{event.check_in_code}", data=DETAILS).status_code == 303


def test_a_cancelled_event_takes_nobody(session, evening, client, address) -> None:
    evening.status = EventStatus.CANCELLED
    session.flush()
    assert "geannuleerd" in client.get(address).text
    assert client.post(address, data=DETAILS).status_code == 403


def test_a_forged_code_opens_nothing(client: FlaskClient, at_the_door) -> None:
    for code in ("NIETECHT", "x", "%00", "None", "é" * 20):
        for rest in ("", "/binnen", "/aantal"):
            assert client.get(f"/i/{code}{rest}").status_code == 404
        assert client.post(f"/i/{code}", data=DETAILS).status_code == 404


def test_a_robot_is_thanked_and_forgotten(session, client, address) -> None:
    answer = client.post(address, data=DETAILS | {"website": "https://spam.example"})
    assert answer.status_code == 303
    assert how_many(session, Registration) == 0


def test_whoever_keeps_trying_is_stopped(session, evening, client, address) -> None:
    who = make_registration(session, evening, email="anne@vries.example")
    for number in range(MOST_TRIES):
        client.post(address, data={"step": "who", "who": f"gok{number}@nergens.example"})
    answer = client.post(address, data={"step": "who", "who": "anne@vries.example"})
    assert answer.status_code == 422
    assert "Te veel pogingen" in answer.text
    assert who.state == RegistrationState.REGISTERED
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    data = {"step": "who", "who": "anne@vries.example"}
    assert client.post(address, data=data, environ_base=elsewhere).status_code == 303


def test_a_corrected_name_is_who_comes_and_not_who_had_the_address_before(
    session, lasting, evening, client, address
) -> None:
    anne = make_registration(session, evening, name="Anne de Vries", email="info@vries.example")
    client.post(address, data={"step": "who", "who": "info@vries.example"})
    later = make_evening(
        session,
        lasting,
        day=STARTS.date() + timedelta(days=7),
        starts_at=STARTS + timedelta(days=7),
        ends_at=STARTS + timedelta(days=7, hours=2),
    )
    bram = make_registration(session, later, name="Anne de Vries", email="info@vries.example")
    change_registration(
        session,
        programme=lasting,
        event=later,
        registration=bram,
        draft=PartyDraft(name="Bram Bos", company=bram.company),
    )
    with clock.at(later.starts_at - timedelta(minutes=15)):
        client.post(f"/i/{later.check_in_code}", data={"step": "who", "who": "info@vries.example"})
    assert bram.state == RegistrationState.ATTENDED
    assert bram.person_id not in {None, anne.person_id}
