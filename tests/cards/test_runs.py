"""Having cards printed, and withdrawing them."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.audit.models import AuditEntry
from pioneers.cards.models import Card, PrintRun
from pioneers.programmes.models import Programme
from tests import factories as make
from tests.cards.making import make_public_pioneer, make_run
from tests.client import log_in
from tests.factories import Personas


def test_a_run_gets_a_number_and_a_code_for_each_card(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    pioneer = make_public_pioneer(session, programme)
    log_in(client, personas.leader)
    data = {"owner": f"pioneer-{pioneer.id}", "printed_on": "2026-11-24", "quantity": "12"}
    answer = client.post(f"/p/{programme.slug}/kaartjes/nieuw", data=data)
    assert answer.status_code == 303
    run = session.scalars(select(PrintRun)).one()
    codes = session.scalars(select(Card.code).where(Card.run_id == run.id)).all()
    assert (run.number, run.quantity, len(set(codes))) == (1, 12, 12)
    assert "cards.printed" in session.scalars(select(AuditEntry.action)).all()
    page = client.get(f"/p/{programme.slug}/kaartjes").text
    assert "Hanna Bos" in page


def test_numbers_run_within_a_programme(session: Session, programme: Programme) -> None:
    other = make.make_programme(session)
    pioneers = [make.make_pioneer(session, each) for each in (programme, other)]
    numbers = [
        make_run(session, each, pioneer.id)[0].number
        for each, pioneer in ((programme, pioneers[0]), (programme, pioneers[0]))
    ]
    assert numbers == [1, 2]
    assert make_run(session, other, pioneers[1].id)[0].number == 1


def test_what_cannot_be_printed_is_said_at_the_field(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    pioneer = make_public_pioneer(session, programme)
    log_in(client, personas.leader)
    data = {"owner": f"pioneer-{pioneer.id}", "printed_on": "2026-11-24", "quantity": "2000"}
    answer = client.post(f"/p/{programme.slug}/kaartjes/nieuw", data=data)
    assert answer.status_code == 200
    assert "van 1 tot" in answer.text
    data |= {"quantity": "10", "owner": "pioneer-999999"}
    assert client.post(f"/p/{programme.slug}/kaartjes/nieuw", data=data).status_code == 200
    assert session.scalars(select(PrintRun)).all() == []


def test_a_whole_run_is_withdrawn_and_put_back(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    run, cards = make_run(session, programme, make_public_pioneer(session, programme).id)
    log_in(client, personas.leader)
    url = f"/p/{programme.slug}/kaartjes/{run.id}"
    assert client.post(f"{url}/intrekken", data={"because": ""}).status_code == 200
    client.post(f"{url}/intrekken", data={"because": "Oude huisstijl"})
    session.expire_all()
    assert all(card.withdrawn_because == "Oude huisstijl" for card in cards)
    assert "Oude huisstijl" in client.get(url).text
    client.post(f"{url}/terug")
    session.expire_all()
    assert all(card.withdrawn_at is None for card in cards)


def test_a_card_of_another_run_is_not_found(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    pioneer = make_public_pioneer(session, programme)
    run, _cards = make_run(session, programme, pioneer.id)
    other = make_run(session, programme, pioneer.id)[1][0]
    log_in(client, personas.leader)
    url = f"/p/{programme.slug}/kaartjes/{run.id}"
    assert client.get(f"{url}/bestemming?kaartje={other.code}").status_code == 404
    assert client.get(f"{url}/kaartje.svg?kaartje={other.code}").status_code == 404


def test_who_may_not_manage_cards_sees_none(
    client: FlaskClient, programme: Programme, personas: Personas
) -> None:
    for user in (personas.viewer, personas.pioneer, personas.fan_contact):
        log_in(client, user)
        assert client.get(f"/p/{programme.slug}/kaartjes").status_code == 403
