"""The list of companies and the page of one, through the browser."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.accounts.models import User
from pioneers.companies.actions import CompanyFacts, add_company
from pioneers.companies.models import Company
from pioneers.db import db
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Verdict
from pioneers.reach import scanning
from pioneers.reach.actions import void_contacts
from pioneers.reach.changes import merge_companies
from pioneers.reach.company_list import CompanyFilters, Sorting, all_companies, list_companies
from pioneers.reach.rules import Channel, VoidReason
from pioneers.web.errors import NotFound
from tests.client import log_in
from tests.database import statements
from tests.factories import (
    Personas,
    make_company,
    make_contact,
    make_fan,
    make_occasion,
    make_person,
    make_pioneer,
)

LIST = "/p/overijssel/bedrijven"


def added(session: Session, programme: Programme, name: str, **facts: Any) -> Company:
    """A company with all that follows from it (search, profile)."""
    draft = CompanyFacts(name=name, **facts)
    return add_company(session, programme=programme, draft=draft, actor_id=None)


def test_the_list_shows_who_is_aware(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme, name="Zandbelt Zuivel")
    make_company(session, programme, name="Aalbers Bouw")
    make_contact(session, programme, company_id=company.id)
    log_in(client, personas.leader)
    page = client.get(LIST).text
    assert page.index("Aalbers Bouw") < page.index("Zandbelt Zuivel")
    assert "1 bedrijf is bewust gemaakt" in page
    aware = client.get(f"{LIST}?bewust=ja").text
    assert "Zandbelt Zuivel" in aware
    assert "Aalbers Bouw" not in aware
    assert "Geen bedrijf gevonden" in client.get(f"{LIST}?actie=ja").text


def test_filters_narrow_and_nonsense_is_left_out(session: Session, programme: Programme) -> None:
    drukkerij = added(session, programme, "Koster Drukkerij", place="Zwolle", employees=12)
    zorg = added(
        session, programme, "Haverkate Zorg", place="Deventer", employees=310, sector_code="86"
    )

    def names(**filters: Any) -> list[str]:
        found = list_companies(session, programme, CompanyFilters(**filters))
        return [row.name for row in found.items]

    assert names() == [zorg.name, drukkerij.name]
    assert names(text="dru kos") == [drukkerij.name]
    assert names(municipality=zorg.municipality_code) == [zorg.name]
    assert names(sector="Q") == [zorg.name]
    assert names(sector="-") == [drukkerij.name]
    assert names(verdict=Verdict.NO) == [zorg.name]
    assert names(sorting=Sorting.NEWEST) == [zorg.name, drukkerij.name]
    assert names(text="bestaat niet") == []


def test_pages_follow_each_other_and_miss_nobody(session: Session, programme: Programme) -> None:
    for number in range(7):
        make_company(session, programme, name=f"Bakkerij {number % 3}")
    for sorting in Sorting:
        filters = CompanyFilters(sorting=sorting)
        seen, after = list[int](), None
        while True:
            part = list_companies(session, programme, filters, after=after, size=2)
            seen += [row.id for row in part.items]
            if part.after is None:
                break
            after = part.after
        assert len(seen) == len(set(seen)) == 7
        assert seen == [row.id for row in all_companies(session, programme, filters)]


def test_a_rare_filter_looks_at_a_bounded_part_and_goes_on(
    session: Session, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "LOOK", 3)
    for number in range(8):
        make_company(session, programme, name=f"Bakkerij {number}", employees=20)
    rare = make_company(session, programme, name="Zeldzaam", employees=400)
    filters = CompanyFilters(verdict=Verdict.NO)
    first = list_companies(session, programme, filters)
    assert first.looked
    assert not first.items
    assert first.after is not None
    assert [row.id for row in all_companies(session, programme, filters)] == [rare.id]


def test_a_list_of_thirty_costs_as_many_queries_as_a_list_of_one(
    app: Flask, client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)

    def cost(path: str) -> int:
        with app.app_context(), statements(db.engine) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    make_contact(session, programme)
    paths = (LIST, "/p/overijssel/personen", "/p/overijssel/activaties", "/p/overijssel/twijfel")
    before = [cost(path) for path in paths]
    for _ in range(30):
        make_contact(session, programme)
    assert [cost(path) for path in paths] == before


def test_the_export_holds_the_filtered_list(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    make_company(session, programme, name="=Formule B.V.", kvk_number="01234567", employees=310)
    make_company(session, programme, name="Ander", employees=20)
    log_in(client, personas.leader)
    sheet = client.get(f"{LIST}/export?doelgroep=no&formaat=csv").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet), delimiter=";"))
    assert [row[:2] for row in rows[1:]] == [["'=Formule B.V.", "01234567"]]
    xlsx = client.get(f"{LIST}/export?formaat=xlsx")
    assert xlsx.data[:2] == b"PK"


def test_a_company_says_in_one_sentence_thanks_to_whom(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    fan = make_fan(session, programme, name="OV Vechtdal")
    person = make_person(session, programme, first_name="Anne", infix="van der", family_name="Wal")
    pioneer = make_pioneer(session, programme, person=person)
    occasion = make_occasion(session, programme, label="Ondernemersavond")
    company = make_company(session, programme)
    make_contact(
        session,
        programme,
        company_id=company.id,
        day=date(2017, 3, 12),
        occasion_id=occasion.id,
        fan_id=fan.id,
        pioneer_id=pioneer.id,
        person_id=make_person(session, programme, company).id,
    )
    log_in(client, personas.leader)
    page = client.get(f"{LIST}/{company.id}").text
    sentence = (
        "Bewust sinds 12 maart 2017, via Ondernemersavond bij OV Vechtdal,"
        " met pionier Anne van der Wal."
    )
    assert sentence in page
    assert "20 werknemers: binnen 6 tot en met 249." in page
    assert "Omzet en balanstotaal zijn niet bekend." in page


def test_a_voided_contact_is_struck_with_its_reason(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme)
    contact = make_contact(session, programme, company_id=company.id, channel=Channel.CONVERSATION)
    void_contacts(
        session,
        programme=programme,
        contact_ids=[contact],
        reason=VoidReason.WRONG_DAY,
        actor_id=None,
    )
    log_in(client, personas.leader)
    page = client.get(f"{LIST}/{company.id}").text
    assert "<s>Gesprek</s>" in page
    assert "Verkeerde dag" in page
    assert "Nog niet bewust gemaakt" in page


def test_a_page_with_many_contacts_shows_them_in_pages(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme)
    for day in range(1, 21):
        make_contact(
            session,
            programme,
            company_id=company.id,
            day=date(2017, 5, day),
            channel=Channel.QUESTION,
        )
    log_in(client, personas.leader)
    first = client.get(f"{LIST}/{company.id}").text
    assert "20-05-2017" in first
    assert "01-05-2017" not in first
    assert "01-05-2017" in client.get(f"{LIST}/{company.id}?pagina=2").text


def test_a_merged_company_leads_to_what_it_became(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    winner, loser = (make_company(session, programme) for _ in range(2))
    make_contact(session, programme, company_id=loser.id)
    merge_companies(
        session, programme=programme, loser_id=loser.id, winner_id=winner.id, actor_id=None
    )
    log_in(client, personas.leader)
    response = client.get(f"{LIST}/{loser.id}")
    assert response.status_code == 302
    page = client.get(response.location).text
    assert loser.name in page
    assert "Ongedaan maken" in page
    assert "11-05-2017" in page


@pytest.mark.parametrize("who", ["viewer", "pioneer", "fan_contact", "stranger", "nobody"])
def test_who_may_not_see_people_sees_no_company(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, who: str
) -> None:
    company = make_company(session, programme)
    user: User | None = getattr(personas, who, None)
    if user is not None:
        log_in(client, user)
    expected = {"stranger": 404, "nobody": 302}.get(who, 403)
    tail = ("", "/export", f"/{company.id}", f"/{company.id}/wijzig", f"/{company.id}/contact")
    statuses = {client.get(f"{LIST}{path}").status_code for path in tail}
    assert statuses <= ({expected} if expected != 302 else {302, 303})


def test_another_programmes_company_does_not_exist_here(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    other = make_company(session, personas.elsewhere)
    log_in(client, personas.leader)
    tails = ("", "/wijzig", "/contact", "/actie")
    assert {client.get(f"{LIST}/{other.id}{tail}").status_code for tail in tails} == {404}
    assert client.get(f"{LIST}/999999999999").status_code == NotFound.code
    assert client.post(LIST).status_code == 405
