"""The queue of doubts, joining by hand, and undoing it."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.actions import CompanyFacts, add_company
from pioneers.companies.models import Company, Doubt, Merge, Person
from pioneers.companies.queries import count_open_doubts
from pioneers.companies.rules import DoubtReason, Settlement, Subject
from pioneers.programmes.models import Programme
from pioneers.reach.changes import merge_companies
from pioneers.reach.figures import current_scope, figures
from pioneers.reach.joining import default_winner, differences, side_of
from tests.client import log_in
from tests.factories import Personas, make_company, make_contact, make_person

HOME = "/p/overijssel"


def pair(session: Session, programme: Programme) -> tuple[Company, Company]:
    """Two companies of one name, each with a contact, the second with a KVK number."""
    left = make_company(session, programme, name="Koster Drukkerij", employees=None)
    right = make_company(session, programme, name="Koster Drukkerij B.V.", kvk_number="01234567")
    for company in (left, right):
        make_contact(session, programme, company_id=company.id)
    return left, right


def raise_doubt(session: Session, programme: Programme, left: int, right: int) -> Doubt:
    """A doubt about two companies."""
    doubt = Doubt(
        programme_id=programme.id,
        subject=Subject.COMPANY,
        left_id=min(left, right),
        right_id=max(left, right),
        reason=DoubtReason.SAME_NAME,
        score=95,
        raised_at=clock.now(),
    )
    session.add(doubt)
    session.flush()
    return doubt


def companies(session: Session, programme: Programme) -> int:
    """How many companies count as aware."""
    return figures(session, programme, current_scope(programme, clock.today())).companies


def test_the_pair_stands_side_by_side_with_what_joining_does(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    left, right = pair(session, programme)
    raise_doubt(session, programme, left.id, right.id)
    session.commit()
    log_in(client, personas.leader)
    session.commit()
    page = client.get(f"{HOME}/twijfel").text
    assert "1 paar wacht op uw antwoord." in page
    assert "Ze heten hetzelfde." in page
    assert "van één bekend" in page
    assert "Bewust gemaakte bedrijven: van 2 naar 1." in page
    assert f'checked id="winner-1" name="winner" type="radio" value="{right.id}"' in page
    assert companies(session, programme) == 2


def test_the_same_company_is_joined_and_the_next_doubt_follows(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    left, right = pair(session, programme)
    doubt = raise_doubt(session, programme, left.id, right.id)
    third = make_company(session, programme, name="Een heel ander")
    raise_doubt(session, programme, left.id, third.id)
    log_in(client, personas.leader)
    data = {"answer": "same", "winner": str(right.id)}
    response = client.post(f"{HOME}/twijfel/{doubt.id}", data=data)
    assert response.status_code == 303
    session.refresh(left)
    assert left.merged_into_id == right.id
    assert companies(session, programme) == 1
    assert "Een heel ander" in client.get(response.location).text


def test_another_company_stays_apart_and_is_not_asked_again(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    left, right = pair(session, programme)
    doubt = raise_doubt(session, programme, left.id, right.id)
    log_in(client, personas.leader)
    data = {"answer": "different", "winner": str(right.id)}
    response = client.post(f"{HOME}/twijfel/{doubt.id}", data=data)
    session.refresh(doubt)
    assert doubt.settlement == Settlement.DIFFERENT
    assert companies(session, programme) == 2
    page = client.get(response.location).text
    assert "Geen twijfel" in page


def test_who_answers_second_is_told_so(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    left, right = pair(session, programme)
    doubt = raise_doubt(session, programme, left.id, right.id)
    log_in(client, personas.leader)
    path, data = f"{HOME}/twijfel/{doubt.id}", {"answer": "different", "winner": str(left.id)}
    client.post(path, data=data)
    client.get(f"{HOME}/twijfel")
    response = client.post(path, data=data | {"answer": "same"})
    assert "Iemand anders heeft dit al beantwoord" in client.get(response.location).text
    assert session.scalars(select(Merge)).all() == []


@pytest.mark.parametrize("data", [{}, {"answer": "maybe"}, {"answer": "same", "winner": "999"}])
def test_an_answer_that_is_none_changes_nothing(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    data: dict[str, str],
) -> None:
    left, right = pair(session, programme)
    doubt = raise_doubt(session, programme, left.id, right.id)
    session.commit()
    log_in(client, personas.leader)
    session.commit()
    assert client.post(f"{HOME}/twijfel/{doubt.id}", data=data).status_code == 422
    assert count_open_doubts(session, programme) == 1
    assert session.scalars(select(Merge)).all() == []


def test_two_companies_are_joined_by_hand_and_parted_again(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    kept, gone = (
        add_company(
            session,
            programme=programme,
            draft=CompanyFacts(name=name, kvk_number=kvk),
            actor_id=None,
        )
        for name, kvk in (("Zandbelt Zuivel", None), ("Melkfabriek Raalte", "07654321"))
    )
    make_contact(session, programme, company_id=gone.id)
    session.commit()
    log_in(client, personas.leader)
    session.commit()
    choice = client.get(f"{HOME}/samenvoegen/bedrijf/{kept.id}?q=melk").text
    path = f"{HOME}/samenvoegen/bedrijf/{kept.id}/{gone.id}"
    assert path in choice
    assert "De cijfers blijven gelijk." in client.get(path).text
    response = client.post(path, data={"answer": "same", "winner": str(kept.id)})
    assert response.location.endswith(f"/bedrijven/{kept.id}")
    session.refresh(kept)
    assert kept.kvk_number == "07654321"
    merge = session.scalars(select(Merge)).one()
    undo = f"{HOME}/samenvoeging/{merge.id}/ongedaan"
    assert "kvk-nummer" in client.get(undo).text
    kept.employees = 12
    kept.kvk_number = "01111111"
    session.commit()
    page = client.get(client.post(undo).location).text
    assert "Ongedaan gemaakt" in page
    assert "01111111" in page
    session.refresh(gone)
    assert gone.merged_into_id is None
    assert "al ongedaan gemaakt" in client.get(client.post(undo).location).text


def test_two_people_are_joined_by_hand(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme)
    one, two = (make_person(session, programme, company, first_name="Anne") for _ in range(2))
    for person in (one, two):
        make_contact(session, programme, company_id=company.id, person_id=person.id)
    session.commit()
    log_in(client, personas.leader)
    session.commit()
    path = f"{HOME}/samenvoegen/persoon/{one.id}/{two.id}"
    assert "Bewust gemaakte ondernemers: van 2 naar 1." in client.get(path).text
    assert client.post(path, data={"answer": "same", "winner": str(one.id)}).status_code == 303
    assert session.get_one(Person, two.id).merged_into_id == one.id
    response = client.get(f"{HOME}/personen/{two.id}")
    assert response.status_code == 302
    assert response.location.endswith(f"/personen/{one.id}")


def test_the_record_with_a_number_stays_else_the_older(
    session: Session, programme: Programme
) -> None:
    left, right = pair(session, programme)
    sides = [side_of(session, programme, Subject.COMPANY, one.id) for one in (left, right)]
    assert default_winner(*sides) == right.id
    older, newer = (make_company(session, programme, name="Bakker") for _ in range(2))
    sides = [side_of(session, programme, Subject.COMPANY, one.id) for one in (newer, older)]
    assert default_winner(*sides) == older.id
    assert [row.verdict for row in differences(Subject.COMPANY, *sides)] == ["same", "same"]


def test_where_it_matters_which_record_stays_both_effects_are_shown(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    small, large = (make_company(session, programme, employees=count) for count in (3, 30))
    for company in (small, large):
        make_contact(session, programme, company_id=company.id)
    session.commit()
    log_in(client, personas.leader)
    session.commit()
    page = client.get(f"{HOME}/samenvoegen/bedrijf/{small.id}/{large.id}").text
    assert f"Blijft {small.name} ({small.id}): " in page
    assert "Bedrijven in de doelgroep: van 1 naar 0." in page
    assert f"Blijft {large.name} ({large.id}): " in page


def test_only_who_may_settle_does(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    left, right = pair(session, programme)
    doubt = raise_doubt(session, programme, left.id, right.id)
    merge = merge_companies(
        session, programme=programme, loser_id=left.id, winner_id=right.id, actor_id=None
    )
    paths = (
        f"{HOME}/twijfel",
        f"{HOME}/twijfel/{doubt.id}",
        f"{HOME}/samenvoegen/bedrijf/{left.id}",
        f"{HOME}/samenvoegen/bedrijf/{left.id}/{right.id}",
        f"{HOME}/samenvoeging/{merge.id}/ongedaan",
    )
    for user, expected in ((personas.viewer, 403), (personas.stranger, 404)):
        log_in(client, user)
        assert {client.get(path).status_code for path in paths} == {expected}
    elsewhere = f"/p/{personas.elsewhere.slug}"
    for path in paths[1:]:
        assert client.get(path.replace(HOME, elsewhere)).status_code == 404
    log_in(client, personas.leader)
    assert client.get(f"{HOME}/samenvoegen/bedrijf/{left.id}/{left.id}").status_code == 404
    assert len(session.scalars(select(Merge)).all()) == 1
