"""The page of an item, for everybody."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.knowledge.actions import withdraw_consent
from pioneers.programmes.models import Programme
from pioneers.publishing.models import SiteSettings
from tests.knowledge.scene import TITLE, make_item, make_published

NASTY = """<script>alert(1)</script>
<iframe src="https://elders.example"></iframe>
[klik](javascript:alert(1)) [data](data:text/html,x) ![beeld](https://elders.example/x.png)"""


def test_everybody_reads_an_item(client: FlaskClient, running: Programme, session: Session) -> None:
    item = make_published(session, running, level=2, sector="C", source="Eigen werk")
    answer = client.get(f"/kennis/{running.slug}/{item.slug}")
    assert answer.status_code == 200
    for words in (TITLE, "Zo kiest u met uw klanten", "<h2>Begin klein</h2>", "Industrie"):
        assert words in answer.text
    assert "Set-Cookie" not in answer.headers


def test_scripts_frames_and_links_that_are_none_do_nothing(
    client: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_published(session, running, body=NASTY, title="<b>Titel</b>", summary='"><i>')
    text = client.get(f"/kennis/{running.slug}/{item.slug}").text
    for bad in ("<script>alert", "<iframe", 'href="javascript', 'href="data', "<b>Titel", "><i>"):
        assert bad not in text
    assert "<img" not in text


def test_what_is_not_public_is_not_found(
    client: FlaskClient, running: Programme, session: Session
) -> None:
    draft, story = make_item(session, running), make_published(session, running)
    withdraw_consent(session, item=story, user_id=None)
    for slug in (draft.slug, story.slug, "bestaat-niet", "x" * 300):
        assert client.get(f"/kennis/{running.slug}/{slug}").status_code == 404


def test_a_closed_site_shows_no_item(
    client: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_published(session, running)
    session.get_one(SiteSettings, running.id).is_open = False
    session.flush()
    assert client.get(f"/kennis/{running.slug}/{item.slug}").status_code == 404
