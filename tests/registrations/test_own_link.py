"""What somebody does with the link in their mail."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.audit.models import AuditEntry
from pioneers.events.models import Event, EventStatus
from pioneers.programmes.models import Programme
from pioneers.registrations import actions, queries
from pioneers.registrations.emails import own_token
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.registrations.rules import Colleague
from pioneers.web import tokens
from tests.conftest import SECRET
from tests.registrations.conftest import Registers


def path(lead: Registration, rest: str = "") -> str:
    """The address in the mail."""
    return f"/r/{own_token(lead)}{rest}"


def filled_in(**changed: str) -> dict[str, str]:
    """The form of changing as it stands for Anne, but for what is changed."""
    return {"name": "Anne", "company": "Anne B.V.", "people": "1"} | changed


def test_the_link_shows_what_was_registered_and_the_code(
    client: FlaskClient, registers: Registers, event: Event
) -> None:
    anne = registers("anne", people=3, phone="+31612345678")
    page = client.get(path(anne)).text
    for words in ("U bent aangemeld, met 3 personen", anne.code, "data:image/png", "06 12345678"):
        assert words in page


def test_looking_changes_nothing_and_buttons_do(
    client: FlaskClient, session: Session, registers: Registers, event: Event
) -> None:
    anne = registers("anne", people=2)
    assert "Wilt u zich afmelden?" in client.get(path(anne, "/afmelden")).text
    assert anne.state == RegistrationState.REGISTERED
    answer = client.post(path(anne, "/afmelden"))
    assert answer.status_code == 303
    gone = client.get(answer.location)
    assert gone.status_code == 410
    assert "U bent afgemeld" in gone.text
    assert event.seats_taken == 0
    assert client.post(path(anne, "/afmelden")).status_code == 410


def test_the_party_is_changed(
    client: FlaskClient, session: Session, registers: Registers, event: Event
) -> None:
    anne = registers("anne")
    client.post(
        path(anne, "/wijzigen"),
        data=filled_in(people="3", colleague_1="Bram", phone="0612345678", news="y"),
    )
    assert [one.name for one in queries.party_of(session, anne)] == ["Anne", "Bram"]
    assert (event.seats_taken, anne.phone) == (3, "+31612345678")
    assert queries.wants_news(session, anne)
    form = client.get(path(anne, "/wijzigen")).text
    assert 'value="Bram"' in form
    client.post(path(anne, "/wijzigen"), data=filled_in(colleague_1=""))
    assert event.seats_taken == 1
    assert not queries.wants_news(session, anne)


def test_a_colleague_who_went_meanwhile_gives_nobody_another_name(
    client: FlaskClient, session: Session, registers: Registers, programme: Programme, event: Event
) -> None:
    anne = registers("anne", people=3, colleagues=(Colleague("Bram", None), Colleague("Cor", None)))
    page = client.get(path(anne, "/wijzigen")).text
    seen = re.findall(r'name="seen"[^>]*value="([^"]+)"', page)[0]
    _anne, bram, cor = queries.party_of(session, anne)
    actions.cancel_registration(session, programme=programme, event=event, registration=bram)
    stale = filled_in(people="3", colleague_1="Bram", colleague_2="Cor", seen=seen)
    answer = client.post(path(anne, "/wijzigen"), data=stale)
    assert "is intussen gewijzigd" in answer.text
    session.refresh(cor)
    assert (cor.name, bram.state) == ("Cor", RegistrationState.CANCELLED)
    assert 'value="Bram"' not in answer.text


def test_more_names_than_people_is_asked_about(
    client: FlaskClient, registers: Registers, event: Event
) -> None:
    anne = registers("anne")
    answer = client.post(path(anne, "/wijzigen"), data=filled_in(colleague_1="Bram"))
    assert "meer collega&#39;s dan er meekomen" in answer.text
    assert event.seats_taken == 1


def test_growing_into_seats_that_are_not_there_is_refused_in_words(
    client: FlaskClient, registers: Registers, event: Event
) -> None:
    anne = registers("anne", people=5)
    registers("bram", people=5)
    answer = client.post(path(anne, "/wijzigen"), data=filled_in(people="6"))
    assert "Er is geen plaats voor meer personen" in answer.text
    assert event.seats_taken == 10


def test_an_offered_seat_is_confirmed_by_a_button(
    client: FlaskClient, session: Session, registers: Registers, programme: Programme, event: Event
) -> None:
    anne, bram = registers("anne", people=9), registers("bram", people=9)
    assert "op plaats 1" in client.get(path(bram)).text
    actions.cancel_registration(session, programme=programme, event=event, registration=anne)
    assert "Mijn plaats bevestigen" in client.get(path(bram)).text
    assert client.get(path(bram, "/bevestigen")).status_code == 405
    assert bram.state == RegistrationState.OFFERED
    answer = client.post(path(bram, "/bevestigen"))
    assert "U hebt een plaats" in client.get(answer.location).text
    assert bram.state == RegistrationState.REGISTERED


def test_an_offer_that_is_over_says_so(
    client: FlaskClient, session: Session, registers: Registers, programme: Programme, event: Event
) -> None:
    anne, bram = registers("anne", people=9), registers("bram", people=9)
    actions.cancel_registration(session, programme=programme, event=event, registration=anne)
    link = path(bram, "/bevestigen")
    with time_machine.travel(clock.now() + timedelta(hours=49), tick=False):
        answer = client.post(link)
        assert "De tijd om te bevestigen is voorbij" in client.get(answer.location).text
    assert bram.state == RegistrationState.OFFERED  # until the worker comes by


@pytest.mark.parametrize("rest", ["", "/wijzigen", "/afmelden"])
def test_a_forged_link_does_not_exist(client: FlaskClient, registers: Registers, rest: str) -> None:
    anne, bram = registers("anne"), registers("bram")
    good = own_token(anne)
    other = tokens.sign(SECRET, "registration", anne.id, bram.token_nonce)
    guest = tokens.sign(SECRET, "guest", anne.id, anne.token_nonce)
    for forged in (good[:-1], other, guest, "x", "zzzzzz-abc", "²-abc", "a" * 500, "1-%00"):
        assert client.get(f"/r/{forged}{rest}").status_code == 404
    anne.token_nonce = tokens.new_nonce()
    assert client.get(f"/r/{good}{rest}").status_code == 404


def test_a_link_lasts_until_thirty_days_after_the_event(
    client: FlaskClient, registers: Registers, event: Event
) -> None:
    anne = registers("anne")
    link = path(anne)
    with time_machine.travel(event.ends_at + timedelta(days=29), tick=False):
        page = client.get(link)
        assert page.status_code == 200
        assert "/afmelden" not in page.text
        assert client.post(f"{link}/afmelden").status_code == 303
        assert anne.state == RegistrationState.REGISTERED
    with time_machine.travel(event.ends_at + timedelta(days=30), tick=False):
        for rest in ("", "/wijzigen", "/afmelden"):
            gone = client.get(link + rest)
            assert gone.status_code == 410
            assert "Deze link is verlopen" in gone.text
        assert client.post(f"{link}/bevestigen").status_code == 410


def test_every_page_of_a_cancelled_event_says_so(
    client: FlaskClient, session: Session, registers: Registers, event: Event
) -> None:
    anne = registers("anne")
    event.status = EventStatus.CANCELLED
    session.flush()
    for rest in ("", "/wijzigen", "/afmelden"):
        assert "is geannuleerd" in client.get(path(anne, rest)).text
    for rest in ("/wijzigen", "/afmelden", "/bevestigen"):
        assert "is geannuleerd" in client.post(path(anne, rest)).text
    assert anne.state == RegistrationState.REGISTERED


def test_a_name_and_company_are_put_right_and_the_log_names_nobody(
    client: FlaskClient, session: Session, registers: Registers, event: Event
) -> None:
    anne = registers("anne", kvk_number="01234567", colleagues=(Colleague("Bram"),))
    form = client.get(path(anne, "/wijzigen")).text
    for value in ("Anne", "Anne B.V.", "01234567"):
        assert f'value="{value}"' in form
    data = filled_in(
        name="Anne de Vries", company="De Vries Metaal", kvk="76543210", colleague_1="Bram"
    )
    answer = client.post(path(anne, "/wijzigen"), data=data | {"people": "2"})
    assert "De Vries Metaal" in client.get(answer.location).text
    assert (anne.name, anne.kvk_number) == ("Anne de Vries", "76543210")
    (bram,) = queries.party_of(session, anne)[1:]
    assert (bram.name, bram.company, bram.kvk_number) == ("Bram", "De Vries Metaal", "76543210")
    entries = session.scalars(select(AuditEntry).where(AuditEntry.object_id == event.id)).all()
    (entry,) = [one for one in entries if one.action == "registration.corrected"]
    assert entry.details == {"fields": ["name", "company", "kvk_number"]}
    client.post(path(anne, "/wijzigen"), data=data | {"people": "2", "phone": "0612345678"})
    again = session.scalars(select(AuditEntry).where(AuditEntry.action == entry.action)).all()
    assert len(again) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "Zie www.evil.example"), ("company", ""), ("kvk", "123")],
)
def test_a_correction_that_says_less_is_refused_at_its_field(
    client: FlaskClient, registers: Registers, field: str, value: str
) -> None:
    anne = registers("anne")
    answer = client.post(path(anne, "/wijzigen"), data=filled_in(**{field: value}))
    assert f'id="{field}-error"' in answer.text
    assert "Bedrijf <span" not in answer.text  # it is not optional
    assert (anne.name, anne.company) == ("Anne", "Anne B.V.")


def test_whoever_was_there_is_corrected_by_who_keeps_the_records(
    client: FlaskClient, session: Session, registers: Registers, event: Event
) -> None:
    anne = registers("anne")
    anne.state = RegistrationState.ATTENDED
    session.flush()
    assert client.post(path(anne, "/wijzigen"), data=filled_in(name="Bram")).status_code == 303
    assert anne.name == "Anne"


@pytest.mark.parametrize("typed", ["Piet", ""])
def test_a_colleague_who_is_in_already_is_neither_renamed_nor_dropped(
    client: FlaskClient, session: Session, registers: Registers, event: Event, typed: str
) -> None:
    anne = registers("anne", colleagues=(Colleague("Bram"), Colleague("Cor")))
    bram, _cor = queries.party_of(session, anne)[1:]
    actions.mark_attended(session, registration=bram, person_id=None, company_id=None)
    asked = filled_in(people="3", colleague_1=typed, colleague_2="Cor")
    answer = client.post(path(anne, "/wijzigen"), data=asked)
    assert 'id="colleague_1-error"' in answer.text
    assert "Bram is al ingecheckt" in answer.text
    assert (bram.name, bram.state) == ("Bram", RegistrationState.ATTENDED)
    right = filled_in(people="2", colleague_1="Bram", colleague_2="")
    assert client.post(path(anne, "/wijzigen"), data=right).status_code == 303
    assert [one.name for one in queries.party_of(session, anne)] == ["Anne", "Bram"]


def test_cancelling_with_a_colleague_who_is_in_already_is_refused_in_words(
    client: FlaskClient, session: Session, registers: Registers, event: Event
) -> None:
    anne = registers("anne", colleagues=(Colleague("Bram"),))
    bram = queries.party_of(session, anne)[1]
    actions.mark_attended(session, registration=bram, person_id=None, company_id=None)
    answer = client.post(path(anne, "/afmelden"))
    assert "afmelden kan niet" in client.get(answer.location).text
    assert anne.state == RegistrationState.REGISTERED


def test_who_is_in_before_it_begins_is_not_thanked_for_having_come(
    client: FlaskClient, session: Session, registers: Registers, event: Event
) -> None:
    anne = registers("anne")
    actions.mark_attended(session, registration=anne, person_id=None, company_id=None)
    assert "U bent ingecheckt. Welkom!" in client.get(path(anne)).text
    with time_machine.travel(event.ends_at + timedelta(minutes=1), tick=False):
        assert "Fijn dat u er was." in client.get(path(anne)).text


def test_a_link_that_does_nothing_any_more_leads_to_other_events(
    client: FlaskClient, registers: Registers, event: Event
) -> None:
    anne = registers("anne")
    client.post(path(anne, "/afmelden"))
    assert 'href="/agenda/overijssel"' in client.get(path(anne)).text
    with time_machine.travel(event.ends_at + timedelta(days=30), tick=False):
        assert 'href="/agenda/overijssel"' in client.get(path(anne)).text


def test_a_registration_for_an_event_that_was_never_published_has_a_page(
    client: FlaskClient, session: Session, registers: Registers, event: Event
) -> None:
    anne = registers("anne")
    event.published_at = event.public_code = None
    session.flush()
    assert client.get(path(anne)).status_code == 200
