"""What everybody sees of a programme's public site."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.programmes.models import Programme
from tests.factories import make_event, make_fan, make_programme
from tests.publishing.sites import open_site

PAGES = (
    *("/{}", "/pioniers/{}", "/podia/{}", "/kringen/{}", "/contact/{}", "/privacy/{}"),
    "/toegankelijkheid/{}",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_has_good_words_from_the_first_day(
    client: FlaskClient, session: Session, programme: Programme, path: str, language: str
) -> None:
    open_site(session, programme)
    answer = client.get(path.format(programme.slug) + f"?taal={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert "{programme}" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert "csrf" not in answer.text
    assert len(answer.data) < 30_000


@pytest.mark.parametrize("path", PAGES)
def test_a_closed_site_does_not_exist(
    client: FlaskClient, session: Session, programme: Programme, path: str
) -> None:
    assert client.get(path.format(programme.slug)).status_code == 404
    open_site(session, programme, is_open=False)
    assert client.get(path.format(programme.slug)).status_code == 404


def test_a_site_that_may_not_be_found_says_so(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    open_site(session, programme, is_findable=False)
    assert 'content="noindex"' in client.get(f"/{programme.slug}").text


def test_only_published_events_are_announced(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    open_site(session, programme)
    soon = clock.now() + timedelta(days=3)
    fan = make_fan(session, programme, name="Kennispoort")
    for title, facts in (
        ("Loslaten kunt u leren", {"public_code": "ABCDEFGH", "published_at": clock.now()}),
        ("Nog geheim", {}),
    ):
        make_event(
            session,
            programme,
            title=title,
            fan_id=fan.id,
            starts_at=soon,
            ends_at=soon + timedelta(hours=2),
            status="planned",
            **facts,
        )
    for path in ("/overijssel", "/podia/overijssel"):
        text = client.get(path).text
        assert "Loslaten kunt u leren" in text
        assert "Nog geheim" not in text
        assert "Kennispoort" in text


def test_contact_shows_what_was_filled_in(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    open_site(
        session,
        programme,
        organisation="Provincie",
        email="vraag@provincie.example",
        phone="038 499 88 99",
        address="Luttenbergstraat 2\nZwolle",
    )
    text = client.get("/contact/overijssel").text
    assert "mailto:vraag@provincie.example" in text
    assert "tel:0384998899" in text
    assert "Luttenbergstraat 2<br>Zwolle" in text


def test_another_programmes_pages_stay_its_own(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    other = make_programme(session, slug="elders", name="Elders")
    make_fan(session, other, name="Fan van elders")
    open_site(session, programme)
    assert "Fan van elders" not in client.get("/podia/overijssel").text
