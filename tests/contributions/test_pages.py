"""A pioneer logs on their own page; the project team does it for a pioneer."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from pioneers import clock
from pioneers.contributions.models import Contribution, ContributionKind, LoggedBy
from pioneers.contributions.queries import of_event
from pioneers.contributions.rules import Draft
from pioneers.events.actions import report_headcount
from pioneers.events.attendance import record_attendance
from pioneers.events.models import Speaker
from pioneers.events.rules import Present
from pioneers.media.models import Photo
from pioneers.reach.models import Contact
from tests.client import log_in
from tests.contributions.scene import Scene, make_talk, picture
from tests.factories import Personas, make_pioneer

OWN = "/p/overijssel/pionier"
LOG = "/p/overijssel/inzet/nieuw"
INDEX = "/p/overijssel/inzet"
DIFFER = f"{INDEX}/verschillen"


def rows(scene: Scene) -> int:
    return scene.session.scalar(select(func.count(Contribution.id))) or 0


def talk_form(scene: Scene, **more: object) -> dict[str, object]:
    """The form of last night's talk."""
    given = {"client_key": "a1", "event_id": scene.talk.id, "answer": "yes", "about": "40"}
    return given | more


def test_a_pioneer_lands_on_their_own_page(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    make_talk(scene.session, scene.programme, scene.pioneer, days=12, title="Avond in Deventer")
    log_in(client, personas.pioneer)
    page = client.get("/", follow_redirects=True)
    assert page.request.path == OWN
    assert "Hoe ging het gisteravond?" in page.text
    assert "Ondernemersavond Vechtdal" in page.text
    assert "Avond in Deventer" in page.text


def test_a_talk_is_logged_and_acknowledged(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    log_in(client, personas.pioneer)
    page = client.get(LOG).text
    assert "Dit is uw 1e inzet van dit jaar, van de 3." in page
    for _ in range(2):
        answer = client.post(LOG, data=talk_form(scene, remark="Mooi"), follow_redirects=True)
        assert answer.request.path == OWN
        assert "Dit is uw 1e inzet van dit jaar, van de 3." in answer.text
    told = of_event(scene.session, scene.pioneer.id, scene.talk.id)
    assert told is not None
    assert (told.heads, told.remark, told.logged_by) == (40, "Mooi", LoggedBy.PAGE)
    assert rows(scene) == 1


def test_something_else_is_logged_with_its_own_words(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    log_in(client, personas.pioneer)
    data = {
        "client_key": "b1",
        "event_id": scene.talk.id,
        "answer": "other",
        "kind": "podcast",
        "when": clock.today().isoformat(),
        "title": "Ondernemerspraat",
        "link": "https://podcast.example/12",
        "about": "40",
    }
    client.post(LOG, data=data)
    made = scene.session.scalars(select(Contribution)).one()
    assert (made.kind, made.event_id, made.heads) == (ContributionKind.PODCAST, None, None)
    assert made.title == "Ondernemerspraat"
    page = client.get(f"{INDEX}/{made.id}").text
    assert "Ondernemerspraat" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Kies wat u deed."),
        ({"kind": "article", "when": "other"}, "Vul de dag in."),
        ({"kind": "article", "when": "other", "day": "1-1-2199"}, "Deze dag moet nog komen."),
        ({"kind": "nonsense", "when": "2026-01-01"}, "Kijk dit nog even na"),
        ({"kind": "conversation", "with_name": "Anne"}, "Vul zowel de naam als het bedrijf in."),
    ],
)
def test_what_is_missing_is_said(
    client: FlaskClient, scene: Scene, personas: Personas, data: dict[str, str], words: str
) -> None:
    log_in(client, personas.pioneer)
    given = {"client_key": "c1", "when": clock.today().isoformat()} | data
    answer = client.post(f"{LOG}?bijeenkomst=0", data=given)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert rows(scene) == 0


def test_the_same_day_is_asked_about_before_it_counts_twice(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    log_in(client, personas.pioneer)
    day = clock.local(scene.talk.starts_at).date().isoformat()
    given = {"client_key": "d1", "kind": "talk", "when": day, "title": "Lezing"}
    answer = client.post(f"{LOG}?bijeenkomst=0", data=given)
    assert answer.status_code == 422
    assert "Ondernemersavond Vechtdal" in answer.text
    assert 'name="is_apart"' in answer.text
    client.post(f"{LOG}?bijeenkomst=0", data=given | {"is_apart": "y"})
    assert rows(scene) == 1


def test_a_pioneer_cannot_log_somebody_elses_talk(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    other = make_pioneer(scene.session, scene.programme)
    theirs = make_talk(scene.session, scene.programme, other, title="Andermans avond")
    log_in(client, personas.pioneer)
    assert "Andermans" not in client.get(f"{LOG}?bijeenkomst={theirs.id}").text
    answer = client.post(LOG, data=talk_form(scene, event_id=theirs.id))
    assert (answer.status_code, "niet als spreker" in answer.text) == (422, True)
    assert client.get(f"{LOG}?pionier={other.id}").text.count("Hoe ging het") > 0  # still one's own
    client.post(f"{LOG}?pionier={other.id}", data=talk_form(scene))
    made = scene.session.scalars(select(Contribution)).one()
    assert made.pioneer_id == scene.pioneer.id


def test_another_pioneers_contribution_does_not_exist(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    other = make_pioneer(scene.session, scene.programme)
    theirs = make_talk(scene.session, scene.programme, other)
    from pioneers.contributions.rules import Draft

    made = scene.tell(Draft(event_id=theirs.id, heads=20), pioneer=other).contribution
    log_in(client, personas.pioneer)
    for path in (f"{INDEX}/{made.id}", f"{INDEX}/{made.id}/foto.jpg"):
        assert client.get(path).status_code == 404
    assert client.post(f"{INDEX}/{made.id}/intrekken", data={"version": 1}).status_code == 404


def test_a_photo_comes_along_without_where_it_was_taken(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    log_in(client, personas.pioneer)
    data = talk_form(scene, photo=(picture(), "zaal.jpg"))
    client.post(LOG, data=data, content_type="multipart/form-data")
    made = scene.session.scalars(select(Contribution)).one()
    answer = client.get(f"{INDEX}/{made.id}/foto.jpg")
    assert answer.mimetype == "image/jpeg"
    assert not Image.open(BytesIO(answer.data)).getexif()
    assert "foto.jpg" in client.get(f"{INDEX}/{made.id}").text


@pytest.mark.parametrize("content", [b"geen foto", picture((8000, 7500)).getvalue()])
def test_what_is_no_photo_does_not_lose_what_was_told(
    client: FlaskClient, scene: Scene, personas: Personas, content: bytes
) -> None:
    log_in(client, personas.pioneer)
    data = talk_form(scene, photo=(BytesIO(content), "zaal.jpg"))
    answer = client.post(LOG, data=data, content_type="multipart/form-data", follow_redirects=True)
    assert "De foto is niet bewaard" in answer.text
    made = scene.session.scalars(select(Contribution)).one()
    assert (made.photo_id, made.heads) == (None, 40)


def test_a_contribution_is_changed_and_withdrawn(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    log_in(client, personas.pioneer)
    data = talk_form(scene, photo=(picture(), "zaal.jpg"))
    client.post(LOG, data=data, content_type="multipart/form-data")
    made = scene.session.scalars(select(Contribution)).one()
    path = f"{INDEX}/{made.id}"
    client.post(path, data={"heads": "55", "version": made.version})
    scene.session.refresh(made)
    assert made.heads == 55
    stale = client.post(path, data={"heads": "66", "version": "1"})
    assert (stale.status_code, "intussen gewijzigd" in stale.text) == (422, True)
    answer = client.post(f"{path}/intrekken", data={"version": made.version}, follow_redirects=True)
    assert "Ingetrokken" in answer.text
    assert scene.session.scalar(select(func.count(Photo.id))) == 0


def test_the_team_sees_pioneers_by_name_and_logs_for_one(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    log_in(client, personas.leader)
    page = client.get(INDEX).text
    assert "Karin Bosch" in page
    assert "Karin Bosch" in client.get(LOG).text  # of which pioneer?
    path = f"{LOG}?pionier={scene.pioneer.id}"
    assert "U legt dit vast voor Karin Bosch." in client.get(path).text
    answer = client.post(path, data=talk_form(scene), follow_redirects=True)
    assert "Vastgelegd voor Karin Bosch: 1 van 3" in answer.text
    made = scene.session.scalars(select(Contribution)).one()
    assert (made.logged_by, made.logged_by_user_id) == (LoggedBy.TEAM, personas.leader.id)
    assert client.get(f"{INDEX}?pionier={scene.pioneer.id}&jaar={made.day.year}").status_code == 200


def test_a_difference_is_settled_by_the_leader(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    report_headcount(
        scene.session, programme=scene.programme, event=scene.talk, heads=90, actor_id=None
    )
    made = scene.told(heads=40)
    log_in(client, personas.leader)
    assert (
        "waarvan de verslagen verschillen"
        in client.get("/p/overijssel/", follow_redirects=True).text
    )
    assert "de aantallen verschillen" in client.get(DIFFER).text
    event = client.get(f"/p/overijssel/bijeenkomsten/{scene.talk.id}").text
    assert "verslagen verschillen" in event
    assert "Gastheer: 90. Karin Bosch: 40." in event
    settle = f"{INDEX}/{made.id}/beslissen"
    assert client.post(settle, data={"heads": "veel", "version": "1"}).status_code == 422
    answer = client.post(settle, data={"heads": "60", "version": "1"}, follow_redirects=True)
    assert "Niets te beslissen" in answer.text
    scene.session.refresh(scene.talk)
    assert scene.talk.headcount == 60
    assert "beslist" in client.get(f"/p/overijssel/bijeenkomsten/{scene.talk.id}").text


def test_every_page_counts_the_same(client: FlaskClient, scene: Scene, personas: Personas) -> None:
    scene.told()
    scene.did(ContributionKind.ARTICLE, 0)
    log_in(client, personas.leader)
    if clock.local(scene.talk.starts_at).year == clock.today().year:
        for path in (INDEX, "/p/overijssel/netwerk"):
            assert "2 van 3" in client.get(path).text


def test_a_host_is_asked_though_the_pioneer_told(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    scene.told(heads=40)
    path = f"/p/overijssel/podium/{scene.talk.id}/aantal"
    log_in(client, personas.leader)
    assert 'value="40"' not in client.get(path).text
    client.post(path, data={"headcount": "40"})
    page = client.get(f"/p/overijssel/bijeenkomsten/{scene.talk.id}").text
    assert "bevestigd door twee" in page


def test_what_two_sources_say_opens_with_the_reason(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    report_headcount(
        scene.session, programme=scene.programme, event=scene.talk, heads=44, actor_id=None
    )
    log_in(client, personas.pioneer)
    anne = {"met_name": "Anne de Vries", "met_company": "Vries Bouw B.V."}
    client.post(LOG, data=talk_form(scene, **anne))
    made = of_event(scene.session, scene.pioneer.id, scene.talk.id)
    assert made is not None
    page = client.get(f"{INDEX}/{made.id}").text
    assert "bevestigd door twee" in page
    assert "Gastheer: 44. Karin Bosch: 40." in page
    assert "twee onafhankelijke bronnen verschillen hoogstens 20%" in page
    assert "Nog alleen bekend van de pionier" in page
    assert "Anne" not in page  # a pioneer sees no people
    contact = scene.session.get_one(Contact, made.contact_id)
    record_attendance(
        scene.session,
        programme=scene.programme,
        event=scene.talk,
        present=[Present(contact.person_id or 0, contact.company_id)],
        actor_id=None,
    )
    log_in(client, personas.leader)
    page = client.get(f"{INDEX}/{made.id}").text
    assert "Anne de Vries" in page
    assert "staat ook op de lijst" in page
    person = client.get(f"/p/overijssel/personen/{contact.person_id}").text
    assert "genoemd door Karin Bosch, die daar sprak" in person
    behind = client.get("/p/overijssel/cijfers/achter/hoofden").text
    assert "bevestigd door twee" in behind


@pytest.mark.parametrize(
    ("met", "words"),
    [
        ({"met_name": "Anne"}, "Vul zowel de naam als het bedrijf in."),
        ({"met_company": "Vries Bouw"}, "Vul zowel de naam als het bedrijf in."),
        ({"met_name": "Anne", "met_company": "Vries", "met_email": "geen"}, "met_email-error"),
    ],
)
def test_half_a_name_is_asked_for(
    client: FlaskClient,
    scene: Scene,
    personas: Personas,
    met: dict[str, str],
    words: str,
) -> None:
    log_in(client, personas.pioneer)
    answer = client.post(LOG, data=talk_form(scene, **met))
    assert (answer.status_code, words in answer.text) == (422, True)
    assert rows(scene) == 0


def test_two_speakers_who_differ_are_shown_as_one_task(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    other = make_pioneer(scene.session, scene.programme)
    scene.session.add(Speaker(event_id=scene.talk.id, pioneer_id=other.id, position=2))
    scene.told(40)
    scene.tell(Draft(event_id=scene.talk.id, heads=90), pioneer=other)
    log_in(client, personas.leader)
    page = client.get(DIFFER).text
    assert "Van één bijeenkomst verschillen de verslagen." in page
    assert "Het aantal van Karin Bosch telt: 40" in page
    assert "De gastheer zegt" not in page
    made = of_event(scene.session, other.id, scene.talk.id)
    assert made is not None
    answer = client.post(
        f"{INDEX}/{made.id}/beslissen",
        data={"heads": "90", "version": made.version},
        follow_redirects=True,
    )
    assert "Niets te beslissen" in answer.text


def test_a_script_is_told_where_to_go(
    client: FlaskClient, scene: Scene, personas: Personas
) -> None:
    log_in(client, personas.pioneer)
    script = {"X-Fragment": "1"}
    answer = client.post(LOG, data=talk_form(scene), headers=script)
    assert answer.json is not None
    assert (answer.json["status"], answer.json["href"]) == ("done", OWN)
    assert client.post(f"{LOG}?bijeenkomst=0", data={}, headers=script).status_code == 422
