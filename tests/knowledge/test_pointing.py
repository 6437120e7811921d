"""Other pages lead to the knowledge base: answers, drafts of questions, cards, what waits."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.cards.knowledge_extra import find
from pioneers.knowledge import queries
from pioneers.knowledge.models import ItemKind, KnowledgeItem
from pioneers.programmes.models import Programme
from pioneers.publishing.models import SiteSettings
from pioneers.questions.models import KnowledgeDraft
from tests.client import log_in
from tests.factories import Personas
from tests.knowledge.scene import TITLE, make_item, make_published
from tests.questions.scene import ask_one


def test_a_draft_of_the_desk_becomes_an_item_in_one_press(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    draft = KnowledgeDraft(
        programme_id=running.id,
        question_id=None,
        title="Zelf roosteren",
        body="Vraag\n\nHoe?\n\nAntwoord\n\nBegin klein.",
        made_at=clock.now(),
        theme="smarter_working",
    )
    session.add(draft)
    session.flush()
    log_in(client, personas.leader)
    answer = client.post(f"/p/{running.slug}/kennisconcepten/{draft.id}/item")
    item = session.scalars(select(KnowledgeItem)).one()
    assert answer.location.endswith(f"/kennis/{item.id}")
    assert (item.title, item.themes, item.published_at) == (
        "Zelf roosteren",
        "smarter_working",
        None,
    )
    assert queries.latest(session, item).body.startswith("## Vraag")
    assert session.scalar(select(func.count()).select_from(KnowledgeDraft)) == 0


def test_an_answer_can_lead_to_an_item(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    item = make_published(session, running)
    make_item(session, running, title="Nog niet af")
    question = ask_one(session, running)
    log_in(client, personas.leader)
    text = client.get(f"/p/{running.slug}/vragen/{question.id}/antwoord").text
    assert f"/kennis/{running.slug}/{item.slug}" in text
    assert "Nog niet af" not in text


def test_a_card_shows_what_is_on_the_themes_of_its_pioneer(
    app: Flask, session: Session, running: Programme
) -> None:
    make_published(session, running, themes=("co_creation",))
    make_published(session, running, title="Elders", themes=("smarter_working",))
    make_published(session, running, title="Lezen", kind=ItemKind.ARTICLE, themes=("co_creation",))
    with app.test_request_context():
        section = find(session, running.id, ("co_creation",), "nl")
        assert section is not None
        assert [one.title for one in section.links] == [TITLE]
        session.get_one(SiteSettings, running.id).is_open = False
        assert find(session, running.id, ("co_creation",), "nl") is None


def test_what_must_be_looked_over_waits_on_the_first_page(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    today = clock.today()
    make_published(session, running, review_on=today)
    make_published(
        session,
        running,
        company_name="Zon",
        consent_by="Anne",
        consent_on=today,
        consent_until=today + timedelta(days=5),
    )
    log_in(client, personas.leader)
    text = client.get(f"/p/{running.slug}/").text
    assert "kennis?nakijken=ja" in text
    assert "kennis?toestemming=ja" in text
