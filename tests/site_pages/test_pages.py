"""The front page, the public pages, whether the site is alive, and search."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.accounts.rules import Role
from pioneers.events.models import EventStatus
from pioneers.fans.actions import add_fan
from pioneers.fans.rules import FanDraft
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_grant, make_programme, make_user
from tests.registrations.making import make_open_event

SEARCH = "/p/overijssel/zoeken"


@pytest.mark.parametrize("path", ["/", "/toegankelijkheid", "/privacy"])
def test_anybody_reads_the_public_pages(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405


def test_the_front_page_leads_to_programmes_with_events(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    make_open_event(session, make_programme(session, slug="gelderland", name="Gelderland"))
    make_open_event(session, programme, status=EventStatus.CANCELLED)
    page = client.get("/").text
    assert 'href="/agenda/gelderland"' in page
    assert "/agenda/overijssel" not in page


def test_the_site_says_that_it_is_alive(client: FlaskClient) -> None:
    answer = client.get("/gezond").json
    assert answer == {
        "status": "ok",
        "mail": {"waiting": 0, "failed": 0},
        "worker": {"seen": None, "silent": True},
    }


def test_who_has_one_programme_lands_in_it(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.leader)
    response = client.get("/")
    assert response.status_code == 302
    assert response.location.startswith("/p/overijssel/")


def test_who_has_several_programmes_chooses(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    make_grant(session, personas.leader, personas.elsewhere, Role.VIEWER)
    log_in(client, personas.leader)
    page = client.get("/").text
    assert "/p/overijssel/" in page
    assert "/p/elders/" in page


@pytest.mark.parametrize(
    ("who", "page"), [("pioneer", "pionier"), ("fan_contact", "podium"), ("leader", "")]
)
def test_everybody_lands_at_their_own_work(
    client: FlaskClient, personas: Personas, who: str, page: str
) -> None:
    log_in(client, getattr(personas, who))
    response = client.get("/", follow_redirects=True)
    assert response.request.path == f"/p/overijssel/{page}"
    assert response.status_code == 200
    assert client.get("/p/overijssel/welkom").status_code == 200


def test_who_has_none_is_told_so(client: FlaskClient, session: Session) -> None:
    log_in(client, make_user(session))
    assert client.get("/").status_code == 200


def add(session: Session, programme: Programme, name: str) -> None:
    add_fan(session, programme=programme, draft=FanDraft(name), actor_id=None)


def test_search_finds_what_begins_with_the_words(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    add(session, programme, "Ondernemershuis Vechtdal")
    add(session, personas.elsewhere, "Ondernemershuis Elders")
    log_in(client, personas.leader)
    page = client.get(f"{SEARCH}?q=vecht+ondern").text
    assert "Ondernemershuis Vechtdal" in page
    assert "Elders" not in page
    assert client.get(SEARCH).status_code == 200


def test_the_script_gets_only_the_results(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    add(session, programme, "Ondernemershuis Vechtdal")
    log_in(client, personas.leader)
    piece = client.get(f"{SEARCH}?q=vecht", headers={"X-Fragment": "1"}).text
    assert "<html" not in piece
    assert "/p/overijssel/netwerk/fans/" in piece


@pytest.mark.parametrize("q", ["%00", "%27%22*)(", "OR+AND+NOT", "%F0%9F%92%A5", "x" * 5000])
def test_hostile_words_find_nothing_and_break_nothing(
    client: FlaskClient, personas: Personas, q: str
) -> None:
    log_in(client, personas.leader)
    assert client.get(f"{SEARCH}?q={q}").status_code == 200


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("pioneer", 403), ("stranger", 404)])
def test_only_who_may_see_people_searches(
    client: FlaskClient, personas: Personas, who: str, status: int
) -> None:
    log_in(client, getattr(personas, who))
    assert client.get(f"{SEARCH}?q=a").status_code == status
