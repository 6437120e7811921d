"""The register of experts, and texts for answers."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from pioneers.questions.models import Expert, KnowledgeDraft, ReplyText
from tests.client import log_in
from tests.factories import Personas, make_pioneer

EXPERTS, TEXTS = "/p/overijssel/experts", "/p/overijssel/antwoordteksten"


@pytest.fixture
def leader(client: FlaskClient, running: Programme, personas: Personas) -> FlaskClient:
    """The leader's browser."""
    log_in(client, personas.leader)
    return client


def test_an_expert_is_added_found_and_changed(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    assert "Nog geen deskundigen" in leader.get(EXPERTS).text
    pioneer = make_pioneer(session, running)
    data = {
        "name": "Joris Mulder",
        "subjects": "zelfroosteren",
        "themes": "flexible_organising",
        "region": "Twente",
        "price": "eerste gesprek gratis",
        "website": "https://mulder.example",
        "pioneer": str(pioneer.id),
        "is_active": "y",
    }
    made = leader.post(f"{EXPERTS}/nieuw", data=data)
    assert made.status_code == 303
    assert "eerste gesprek gratis" in leader.get(made.location).text
    assert "Joris Mulder" in leader.get(f"{EXPERTS}?q=zelfroost&thema=flexible_organising").text
    assert "Geen deskundige" in leader.get(f"{EXPERTS}?q=voucher").text
    expert = session.scalars(select(Expert)).one()
    edit = f"{EXPERTS}/{expert.id}/wijzig"
    assert leader.post(edit, data=data | {"version": "1", "region": "Salland"}).status_code == 303
    assert leader.post(edit, data=data | {"version": "1"}).status_code == 409


@pytest.mark.parametrize(
    "data",
    [
        {"name": ""},
        {"name": "Jo", "website": "javascript:alert(1)"},
        {"name": "Jo", "email": "geen"},
        {"name": "Jo", "pioneer": "999999"},
        {"name": "Jo", "themes": "nonsense"},
    ],
)
def test_a_wrong_expert_is_refused(
    leader: FlaskClient, session: Session, data: dict[str, str]
) -> None:
    assert leader.post(f"{EXPERTS}/nieuw", data=data).status_code == 422
    assert session.scalar(select(Expert.id)) is None


def test_a_text_is_kept_and_changed(leader: FlaskClient, session: Session) -> None:
    data = {"title": "Dank", "text": "Dank u.", "language": "nl", "is_active": "y"}
    assert leader.post(f"{TEXTS}/nieuw", data=data).status_code == 303
    text = session.scalars(select(ReplyText)).one()
    path = f"{TEXTS}/{text.id}"
    assert leader.post(path, data=data | {"text": "Dank!", "version": "1"}).status_code == 303
    assert leader.post(path, data=data | {"version": "1"}).status_code == 409
    assert leader.post(f"{TEXTS}/nieuw", data={"title": "Leeg"}).status_code == 422
    assert "Dank!" in leader.get(TEXTS).text


def test_a_draft_is_changed_and_thrown_away(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    from pioneers import clock

    draft = KnowledgeDraft(
        programme_id=running.id, question_id=None, title="T", body="B", made_at=clock.now()
    )
    session.add(draft)
    session.flush()
    path = f"/p/overijssel/kennisconcepten/{draft.id}"
    data = {"title": "Roosteren", "theme": "", "body": "Begin klein.", "version": "1"}
    assert leader.post(path, data=data).status_code == 303
    assert leader.post(path, data=data).status_code == 409
    assert leader.post(path, data=data | {"body": ""}).status_code == 422
    assert leader.post(f"{path}/weg").status_code == 303
    assert session.scalar(select(KnowledgeDraft.id)) is None
