"""What the front page shows to who is not logged in."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from tests.factories import make_programme
from tests.publishing.sites import open_site


def test_the_only_open_site_is_the_front_page(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    open_site(session, programme)
    open_site(session, make_programme(session, slug="dicht"), is_open=False)
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer.location == "/overijssel"


def test_of_several_sites_one_chooses(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    open_site(session, programme, tagline="Slimmer werken")
    open_site(session, make_programme(session, slug="elders", name="Elders"))
    text = client.get("/").text
    assert 'href="/overijssel"' in text
    assert 'href="/elders"' in text
    assert "Slimmer werken" in text


def test_without_a_site_the_front_page_stays(client: FlaskClient, programme: Programme) -> None:
    assert client.get("/").status_code == 200
