"""The project team keeps the knowledge base by its pages."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.knowledge import queries
from pioneers.knowledge.models import ItemKind, KnowledgeItem
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_programme
from tests.knowledge.scene import TITLE, make_item, make_published


@pytest.fixture
def staff(client: FlaskClient, running: Programme, personas: Personas) -> FlaskClient:
    """A browser in which the project leader is logged in."""
    log_in(client, personas.leader)
    return client


def at(programme: Programme, item: KnowledgeItem, page: str = "") -> str:
    """The address of a page of an item."""
    return f"/p/{programme.slug}/kennis/{item.id}{page}"


def test_an_empty_knowledge_base_says_what_comes_here(
    staff: FlaskClient, running: Programme
) -> None:
    assert "Nog geen items" in staff.get(f"/p/{running.slug}/kennis").text


def test_an_item_goes_from_idea_to_site(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    answer = staff.post(
        f"/p/{running.slug}/kennis/nieuw",
        data={"kind": "tool", "title": "Beurtkaart", "summary": "Kort.", "body": "**Vet**"},
    )
    assert answer.status_code == 303
    item = session.scalars(select(KnowledgeItem)).one()
    assert staff.get(f"/kennis/{running.slug}/beurtkaart").status_code == 404
    assert "<strong>Vet</strong>" in staff.get(at(running, item, "/voorbeeld/1")).text
    assert staff.post(at(running, item, "/publiceren"), data={"when": "now"}).status_code == 303
    assert "<strong>Vet</strong>" in staff.get(f"/kennis/{running.slug}/beurtkaart").text
    staff.post(at(running, item, "/intrekken"), data={"when": "now"})
    assert staff.get(f"/kennis/{running.slug}/beurtkaart").status_code == 404


def test_a_moment_that_has_passed_is_refused(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_item(session, running)
    yesterday = clock.today() - timedelta(days=1)
    for data in ({"when": "later"}, {"when": "later", "day": yesterday.isoformat()}):
        assert staff.post(at(running, item, "/publiceren"), data=data).status_code == 422


def test_what_somebody_else_saved_meanwhile_is_shown(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_item(session, running)
    data = {"title": "A", "summary": "S", "body": "B", "version": str(item.version)}
    assert staff.post(at(running, item, "/tekst"), data=data).status_code == 303
    answer = staff.post(at(running, item, "/tekst"), data=data | {"title": "C"})
    assert answer.status_code == 409
    assert queries.latest(session, item).title == "A"


def test_an_earlier_version_comes_back_as_the_draft(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_item(session, running)
    data = {"title": "Anders", "version": str(item.version)}
    staff.post(at(running, item, "/tekst"), data=data)
    assert staff.post(at(running, item, "/versies/1")).status_code == 303
    assert queries.latest(session, item).title == TITLE
    assert staff.post(at(running, item, "/versies/9")).status_code == 404


def test_a_story_is_not_published_before_somebody_agreed(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_item(session, running, kind=ItemKind.STORY, company_name="Bakkerij Zon")
    answer = staff.post(at(running, item, "/publiceren"), data={"when": "now"})
    assert answer.status_code == 422
    assert "toestemming" in answer.text
    about = {
        **dict.fromkeys(("domain", "sector", "size_class", "municipality_code"), ""),
        **dict.fromkeys(("owner_id", "pioneer_id"), ""),
        "kind": "story",
        "language": "nl",
        "company_name": "Bakkerij Zon",
        "consent_by": "Anne Zon",
        "consent_on": clock.today().isoformat(),
        "consent_until": (clock.today() + timedelta(days=20)).isoformat(),
        "themes": ["co_creation"],
        "level": "2",
        "version": str(item.version),
    }
    assert staff.post(at(running, item, "/gegevens"), data=about).status_code == 303
    assert staff.post(at(running, item, "/publiceren"), data={"when": "now"}).status_code == 303
    ending = staff.get(f"/p/{running.slug}/kennis?toestemming=ja").text
    assert TITLE in ending
    staff.post(at(running, item, "/toestemming-weg"))
    assert staff.get(f"/kennis/{running.slug}/{item.slug}").status_code == 404


def test_what_must_be_looked_over_is_in_the_list_until_somebody_did(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_published(session, running, review_on=clock.today())
    due = f"/p/{running.slug}/kennis?nakijken=ja"
    assert TITLE in staff.get(due).text
    staff.post(at(running, item, "/nagekeken"))
    assert TITLE not in staff.get(due).text
    assert item.review_on == clock.today() + timedelta(days=365)


@pytest.mark.parametrize(
    "asked",
    ["q=maatwerk", "soort=tool", "stand=published", "thema=co_creation", "q=%25", "stand=onzin"],
)
def test_the_list_is_filtered(
    staff: FlaskClient, running: Programme, session: Session, asked: str
) -> None:
    make_published(session, running, themes=("co_creation",))
    make_item(session, running, kind=ItemKind.SCAN, title="Eerste scan")
    text = staff.get(f"/p/{running.slug}/kennis?{asked}").text
    assert (TITLE in text) == (asked != "q=%25")
    assert ("Eerste scan" in text) == (asked == "stand=onzin")


def test_items_are_said_to_belong_together(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    one = make_published(session, running)
    two = make_published(session, running, title="Tweede")
    staff.post(at(running, one, "/hoort-bij"), data={"others": [str(two.id)]})
    assert (
        f"/kennis/{running.slug}/{one.slug}" in staff.get(f"/kennis/{running.slug}/{two.slug}").text
    )


def test_another_programmes_item_does_not_exist(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_item(session, make_programme(session))
    for page in ("", "/tekst", "/gegevens", "/publiceren", "/voorbeeld/1"):
        assert staff.get(at(running, item, page)).status_code == 404


def test_a_viewer_does_not_edit(
    client: FlaskClient, running: Programme, session: Session, personas: Personas
) -> None:
    item = make_item(session, running)
    log_in(client, personas.viewer)
    assert client.get(f"/p/{running.slug}/kennis").status_code == 403
    assert client.post(at(running, item, "/publiceren"), data={"when": "now"}).status_code == 403


def test_a_planned_item_says_when_and_the_plan_can_go(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_item(session, running)
    day = (clock.today() + timedelta(days=2)).isoformat()
    staff.post(at(running, item, "/publiceren"), data={"when": "later", "day": day})
    assert "komt op de site op" in re.sub(r"\s+", " ", staff.get(at(running, item)).text)
    staff.post(at(running, item, "/planning"))
    assert queries.latest(session, item).publish_at is None
