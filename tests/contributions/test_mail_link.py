"""The morning after: a mail, and a link that works without logging in."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from pioneers import clock
from pioneers.contributions.jobs import ask_how_it_went
from pioneers.contributions.links import token_of
from pioneers.contributions.models import Contribution, LoggedBy
from pioneers.events.models import Speaker
from pioneers.mail.models import MailSwitch
from tests.contributions.scene import Scene, make_talk, picture
from tests.factories import make_pioneer
from tests.planning.scene import outbox

KIND = "contributions.morning_after"


def path_of(scene: Scene) -> str:
    return f"/t/{token_of(scene.pioneer.id, scene.talk)}"


def rows(scene: Scene) -> int:
    return scene.session.scalar(select(func.count(Contribution.id))) or 0


def test_who_spoke_yesterday_is_asked_once(scene: Scene) -> None:
    make_talk(scene.session, scene.programme, scene.pioneer, days=-9)
    make_talk(scene.session, scene.programme, scene.pioneer, days=2)
    make_talk(scene.session, scene.programme, scene.pioneer, days=-1, status="cancelled")
    assert [ask_how_it_went(scene.session), ask_how_it_went(scene.session)] == [1, 0]
    (mail,) = outbox(scene.session, KIND)
    assert "Ondernemersavond Vechtdal" in mail.subject
    assert path_of(scene) in mail.text


def test_who_told_already_is_not_asked(scene: Scene) -> None:
    scene.told()
    assert ask_how_it_went(scene.session) == 0


def test_a_former_pioneer_is_not_asked(scene: Scene) -> None:
    scene.pioneer.ended_on = clock.today()
    scene.session.flush()
    assert ask_how_it_went(scene.session) == 0


def test_a_programme_can_switch_the_mail_off(scene: Scene) -> None:
    scene.session.add(MailSwitch(programme_id=scene.programme.id, kind=KIND, is_on=False))
    scene.session.flush()
    assert ask_how_it_went(scene.session) == 0


def test_looking_writes_nothing_and_pressing_twice_is_one_row(
    client: FlaskClient, scene: Scene
) -> None:
    path = path_of(scene)
    for _ in range(3):
        page = client.get(path)
        assert (page.status_code, "Hoe ging het gisteravond?" in page.text) == (200, True)
    assert client.head(path).status_code == 200
    assert rows(scene) == 0
    data = {"client_key": "m1", "answer": "yes", "about": "40"}
    for key in ("m1", "m1", "m2"):
        page = client.post(path, data=data | {"client_key": key}, follow_redirects=True)
        assert "Dit is uw 1e inzet van dit jaar, van de 3." in page.text
    made = scene.session.scalars(select(Contribution)).one()
    assert (made.heads, made.logged_by, made.logged_by_user_id) == (40, LoggedBy.MAIL_LINK, None)


def test_the_photo_may_come_after_the_words_of_the_same_report(
    client: FlaskClient, scene: Scene
) -> None:
    path, words = path_of(scene), {"client_key": "m1", "answer": "yes", "about": "40"}
    client.post(path, data=words)
    made = scene.session.scalars(select(Contribution)).one()
    client.post(path, data=words | {"client_key": "m2", "photo": (picture(), "zaal.jpg")})
    assert made.photo_id is None  # of somebody else's telephone, who knows
    client.post(path, data=words | {"photo": (picture(), "zaal.jpg")})
    first = made.photo_id
    assert first is not None
    client.post(path, data=words | {"photo": (picture(), "zaal.jpg")})
    assert made.photo_id == first
    assert rows(scene) == 1


def test_an_empty_press_of_a_scanner_that_posts_logs_the_talk_at_most_once(
    client: FlaskClient, scene: Scene
) -> None:
    assert client.post(path_of(scene)).status_code in {200, 422}
    assert rows(scene) == 0


def test_the_link_tells_of_no_other_event_whatever_is_sent(
    client: FlaskClient, scene: Scene
) -> None:
    other = make_talk(scene.session, scene.programme, scene.pioneer, days=-3, title="Andere")
    client.post(path_of(scene), data={"client_key": "x", "event_id": other.id, "answer": "yes"})
    made = scene.session.scalars(select(Contribution)).one()
    assert made.event_id == scene.talk.id


def test_a_link_that_was_made_up_or_is_somebody_elses_does_not_work(
    client: FlaskClient, scene: Scene
) -> None:
    token = token_of(scene.pioneer.id, scene.talk)
    other = make_pioneer(scene.session, scene.programme)
    number, signature = token.split("-")
    foreign = token_of(other.id, scene.talk).split("-")[0]
    for wrong in (f"{foreign}-{signature}", f"{number}-{'a' * 24}", "zzzz-abc", "x", f"{token}a"):
        answer = client.get(f"/t/{wrong}")
        assert (answer.status_code, "Vechtdal" in answer.text) == (404, False)
        assert client.post(f"/t/{wrong}", data={"client_key": "x"}).status_code == 404


def test_the_link_ends_after_thirty_days(client: FlaskClient, scene: Scene) -> None:
    path = path_of(scene)
    scene.talk.starts_at -= timedelta(days=31)
    scene.talk.ends_at -= timedelta(days=31)
    scene.session.flush()
    assert client.get(path).status_code == 410
    assert client.post(path, data={"client_key": "x", "answer": "yes"}).status_code == 410


def test_who_does_not_speak_any_more_cannot_log_it(client: FlaskClient, scene: Scene) -> None:
    scene.session.execute(delete(Speaker).where(Speaker.event_id == scene.talk.id))
    assert client.get(path_of(scene)).status_code == 410


def test_what_was_told_is_changed_and_withdrawn_by_the_same_link(
    client: FlaskClient, scene: Scene
) -> None:
    path = path_of(scene)
    client.post(path, data={"client_key": "m1", "answer": "yes", "about": "40"})
    client.post(path, data={"heads": "60", "remark": "Druk", "version": "1"})
    made = scene.session.scalars(select(Contribution)).one()
    scene.session.refresh(made)
    assert (made.heads, made.remark, scene.talk.headcount) == (60, "Druk", 60)
    client.post(path, data={"version": str(made.version), "withdraw": "1"})
    scene.session.refresh(made)
    assert made.withdrawn_at is not None
    assert "Hoe ging het gisteravond?" in client.get(path).text


def test_a_talk_that_was_called_off_is_told(client: FlaskClient, scene: Scene) -> None:
    page = client.post(
        path_of(scene), data={"client_key": "m1", "answer": "off"}, follow_redirects=True
    )
    assert "De projectleider kijkt" in page.text
    assert scene.session.scalars(select(Contribution)).one().took_place is False
