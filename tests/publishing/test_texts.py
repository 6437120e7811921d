"""The texts of the public site: drafts, publishing, planning, withdrawing, restoring."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.publishing.jobs import publish_due
from pioneers.publishing.models import SitePage, SitePageRevision
from pioneers.publishing.rules import State, Words
from pioneers.publishing.texts import all_kept, find_page
from pioneers.publishing.writing import (
    add_page,
    do_due,
    due_pages,
    place,
    publish,
    restore,
    save_draft,
    withdraw,
)
from tests.client import log_in
from tests.factories import Personas
from tests.publishing.sites import open_site, put_on_site, write

URL = "/p/overijssel/site/teksten/contact/nl"
HOUR = timedelta(hours=1)


def state(session: Session, programme: Programme, key: str = "contact") -> State:
    return all_kept(session, programme)[key, "nl"].state


def sent(session: Session, programme: Programme, **words: str) -> dict[str, str]:
    page = find_page(session, programme, "contact", "nl")
    return {"title": "Bereik ons", "version": str(page.version if page else 0), **words}


def test_the_standard_words_are_shown_until_somebody_publishes_others(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    open_site(session, programme)
    assert "Wij helpen u graag." in client.get("/contact/overijssel").text
    log_in(client, personas.leader)
    assert client.post(URL, data=sent(session, programme, body="Bel **ons**.")).status_code == 303
    assert "Wij helpen u graag." in client.get("/contact/overijssel").text
    assert state(session, programme) == State.DRAFT
    assert "Bel <strong>ons</strong>." in client.get(f"{URL}/voorbeeld").text
    version = find_page(session, programme, "contact", "nl").version  # type: ignore[union-attr]
    answer = client.post(f"{URL}/publiceren", data={"when": "now", "version": version})
    assert answer.status_code == 303
    assert "Bel <strong>ons</strong>." in client.get("/contact/overijssel").text
    assert state(session, programme) == State.PUBLISHED


def test_a_text_without_a_title_is_not_saved(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    answer = client.post(URL, data=sent(session, programme, title=""))
    assert answer.status_code == 422
    assert session.scalar(select(SitePage)) is None


def test_scripts_in_a_text_come_to_nothing(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    open_site(session, programme)
    evil = "<script>alert(1)</script> [klik](javascript:alert(1)) <iframe src=x></iframe>"
    put_on_site(session, write(session, programme, "contact", "<b>Hallo</b>", evil))
    text = client.get("/contact/overijssel").text
    assert "<script>alert" not in text
    assert "<iframe" not in text
    assert 'href="javascript' not in text
    assert "&lt;b&gt;Hallo" in text


def test_who_saves_over_a_colleagues_words_is_told(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    write(session, programme, "contact", "Van een collega")
    log_in(client, personas.leader)
    answer = client.post(URL, data={"title": "Van mij", "version": "0"})
    assert answer.status_code == 409
    assert "Van een collega" in answer.text
    with pytest.raises(Stale):
        save_draft(
            session,
            programme=programme,
            key="contact",
            words=Words("x", "", ""),
            version=9,
            actor_id=None,
        )


def test_a_newer_draft_leaves_the_site_as_it_is(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    open_site(session, programme)
    put_on_site(session, write(session, programme, "contact", "Eerst"))
    write(session, programme, "contact", "Later")
    assert "Eerst" in client.get("/contact/overijssel").text
    assert state(session, programme) == State.CHANGED


def test_what_is_planned_comes_and_goes_by_itself(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    open_site(session, programme)
    now = clock.now()
    page = write(session, programme, "contact", "Straks")
    put_on_site(session, page, at=now + HOUR, until=now + 3 * HOUR)
    assert state(session, programme) == State.PLANNED
    assert publish_due(session) == 0
    with clock.at(now + 2 * HOUR):
        assert publish_due(session) == 1
        assert publish_due(session) == 0
        assert "Straks" in client.get("/contact/overijssel").text
    with clock.at(now + 4 * HOUR):
        assert state(session, programme) == State.WITHDRAWN
        assert publish_due(session) == 1
        assert due_pages(session) == []
        assert state(session, programme) == State.WITHDRAWN


def test_a_worker_that_was_away_does_what_was_planned_in_its_order(
    session: Session, programme: Programme
) -> None:
    now = clock.now()
    page = write(session, programme, "contact", "Kort")
    put_on_site(session, page, at=now + HOUR, until=now + 2 * HOUR)
    with clock.at(now + 9 * HOUR):
        assert do_due(session, page.id)
        assert page.published_at is None
        session.flush()
        put_on_site(session, page)
    with clock.at(now + 10 * HOUR):
        write(session, programme, "contact", "Weer")
        withdraw(session, page=page, version=page.version, at=clock.now() + HOUR, actor_id=None)
        newest = session.scalars(
            select(SitePageRevision).order_by(SitePageRevision.number.desc())
        ).first()
        assert newest is not None
        newest.publish_at = clock.now() + 2 * HOUR
        session.flush()
    with clock.at(now + 20 * HOUR):
        assert do_due(session, page.id)
        assert page.published_at is not None
        assert page.title == "Weer"


@pytest.mark.parametrize(
    ("at", "until", "code"),
    [(-HOUR, None, "moment_past"), (2 * HOUR, HOUR, "until_before"), (None, -HOUR, "until_before")],
)
def test_moments_that_cannot_be_are_refused(
    session: Session,
    programme: Programme,
    at: timedelta | None,
    until: timedelta | None,
    code: str,
) -> None:
    page = write(session, programme, "contact", "Straks")
    now = clock.now()
    with pytest.raises(Refused) as refusal:
        publish(
            session,
            page=page,
            version=page.version,
            at=None if at is None else now + at,
            until=None if until is None else now + until,
            actor_id=None,
        )
    assert refusal.value.code == code


def test_a_moment_without_a_day_is_asked_for(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    page = write(session, programme, "contact", "Straks")
    log_in(client, personas.leader)
    answer = client.post(f"{URL}/publiceren", data={"when": "later", "version": page.version})
    assert answer.status_code == 422
    old = client.post(f"{URL}/publiceren", data={"when": "now", "version": "77"})
    assert old.status_code == 409


def test_a_withdrawn_text_gives_way_to_the_standard_words(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    open_site(session, programme)
    page = write(session, programme, "contact", "Even anders")
    put_on_site(session, page)
    log_in(client, personas.leader)
    assert client.get(f"{URL}/intrekken").status_code == 200
    answer = client.post(f"{URL}/intrekken", data={"when": "now", "version": page.version})
    assert answer.status_code == 303
    assert "Even anders" not in client.get("/contact/overijssel").text


def test_an_earlier_version_can_be_the_draft_again(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    write(session, programme, "contact", "Eerste woorden")
    write(session, programme, "contact", "Tweede woorden")
    log_in(client, personas.leader)
    assert "Eerste woorden" in client.get(f"{URL}/versies").text
    assert "Eerste woorden" in client.get(f"{URL}/voorbeeld?versie=1").text
    assert client.post(f"{URL}/versies/1/terug").status_code == 303
    kept = all_kept(session, programme)["contact", "nl"]
    assert kept.newest is not None
    assert (kept.newest.number, kept.newest.title) == (3, "Eerste woorden")
    assert kept.newest.restored_from == 1
    assert client.post(f"{URL}/versies/99/terug").status_code == 404


def test_an_own_page_has_an_address_of_its_own(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    open_site(session, programme)
    log_in(client, personas.leader)
    answer = client.post("/p/overijssel/site/nieuw", data={"title": "Wie wij zijn", "key": "team"})
    assert answer.status_code == 303
    assert client.get("/over/overijssel/team").status_code == 404
    page = find_page(session, programme, "team", "nl")
    assert page is not None
    assert page.is_own
    put_on_site(session, page)
    shown = client.get("/over/overijssel/team")
    assert "Wie wij zijn" in shown.text
    assert 'lang="nl"' in client.get("/over/overijssel/team?taal=en").text
    place(session, page=page, in_menu=True, actor_id=None)
    assert client.get("/overijssel").text.count("/over/overijssel/team") == 2


@pytest.mark.parametrize("key", ["home", "Team", "te am", "-x", "x" * 61, "../a", ""])
def test_an_own_page_cannot_take_every_address(
    session: Session, programme: Programme, key: str
) -> None:
    with pytest.raises(Refused):
        add_page(session, programme=programme, key=key, words=Words("Team", "", ""), actor_id=None)


def test_pages_that_do_not_exist_cannot_be_written(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    for path in ("niets/nl", "contact/fr"):
        assert client.get(f"/p/overijssel/site/teksten/{path}").status_code == 404


def test_the_list_of_texts_costs_the_same_for_many(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    open_site(session, programme)
    log_in(client, personas.leader)
    text = client.get("/p/overijssel/site").text
    assert "/overijssel" in text
    assert text.count("standaardtekst") + text.count("standard words") >= 14


def test_nothing_is_lost_by_restoring(session: Session, programme: Programme) -> None:
    page = write(session, programme, "contact", "Een")
    restore(session, page=page, number=1, actor_id=None)
    assert session.query(SitePageRevision).count() == 2
