"""Following the calendar of a fan through the pages, from a server near by."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.agenda.fetching import Fetcher
from pioneers.agenda.jobs import follow_calendars
from pioneers.agenda.models import OutsideCalendar, OutsideEvent
from pioneers.agenda.outside_views import FETCHER
from pioneers.events.models import Event, EventStatus
from pioneers.fans.models import Fan, FanContact
from pioneers.programmes.models import Programme
from tests.agenda.server import Site, serving
from tests.client import log_in
from tests.factories import Personas, make_fan

FOLLOW = "/p/overijssel/kalenders/volgen"
NEAR = Fetcher(own_machine=True, seconds=3)


@pytest.fixture
def site(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server of a fan; for these tests this machine is the internet."""
    monkeypatch.setitem(app.extensions, FETCHER, NEAR)
    with serving() as made:
        yield made


@pytest.fixture
def fan(app: Flask, session: Session, programme: Programme) -> Fan:
    """The fan for which the persona speaks; nobody has looked at a calendar yet."""
    app.extensions["pioneers_throttle"].storage.reset()
    made = make_fan(session, programme, name="Kring Salland")
    session.add(FanContact(fan_id=made.id, name="Fan", email="fan@voorbeeld.example"))
    session.flush()
    return made


def ics(*days: int, title: str = "Avond", sequence: int = 0) -> bytes:
    """A calendar with an evening on each of these days from now."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kring", "X-WR-CALNAME:Onze agenda"]
    for number, days_on in enumerate(days):
        day = clock.today() + timedelta(days=days_on)
        lines += [
            *("BEGIN:VEVENT", f"UID:{number}@kring", f"SEQUENCE:{sequence}"),
            *(f"DTSTART:{day:%Y%m%d}T200000", f"DTEND:{day:%Y%m%d}T220000"),
            *(f"SUMMARY:{title} {number}", "LOCATION:Ommen", "END:VEVENT"),
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def begin(client: FlaskClient, fan: Fan, address: str) -> str:
    """Follow an address through the preview; where one lands."""
    page = client.post(FOLLOW, data={"fan_id": fan.id, "address": address}).text
    found = re.search(r'name="preview" value="([^"]+)"', page)
    assert found, page
    answer = client.post(f"{FOLLOW}/beginnen", data={"preview": found[1]})
    assert answer.status_code == 303
    return str(answer.location)


def test_a_contact_person_follows_the_fans_own_calendar(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan, site: Site
) -> None:
    log_in(client, personas.fan_contact)
    address = site.page("/agenda.ics", ics(10, 20))
    preview = client.post(FOLLOW, data={"fan_id": fan.id, "address": address}).text
    assert "Avond 0" in preview
    assert session.scalars(select(Event)).all() == []  # nothing is written yet
    page = client.get(begin(client, fan, address)).text
    assert "Onze agenda" in page
    made = session.scalars(select(Event)).all()
    assert {(one.status, one.fan_id) for one in made} == {(EventStatus.PROPOSED, fan.id)}
    assert len(made) == 2
    assert "Onze agenda" in client.get("/p/overijssel/kalenders").text


def test_a_file_is_taken_in_and_later_a_newer_one(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan
) -> None:
    log_in(client, personas.leader)
    data = {"fan_id": fan.id, "file": (io.BytesIO(ics(10)), "agenda.ics")}
    page = client.post(FOLLOW, data=data).text
    found = re.search(r'name="preview" value="([^"]+)"', page)
    assert found
    there = client.post(f"{FOLLOW}/beginnen", data={"preview": found[1]}).location
    newer = {"file": (io.BytesIO(ics(12)), "agenda.ics")}
    assert client.post(f"{there}/ophalen", data=newer).status_code == 303
    event = session.scalars(select(Event)).one()
    assert clock.local(event.starts_at).date() == clock.today() + timedelta(days=12)
    assert client.post(f"{there}/ophalen").status_code == 303  # no file: said, not broken


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://10.0.0.1/x.ics", "besloten netwerk"),
        ("http://jan:geheim@kring.example/x.ics", "naam en wachtwoord"),
        ("kring.example", "geen adres van een agenda"),
        ("", "Vul een adres in"),
    ],
)
def test_an_address_that_cannot_be_followed_is_explained(
    client: FlaskClient, personas: Personas, fan: Fan, site: Site, address: str, words: str
) -> None:
    log_in(client, personas.fan_contact)
    answer = client.post(FOLLOW, data={"fan_id": fan.id, "address": address})
    assert answer.status_code == 200
    assert words in answer.text
    assert site.asked == []


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"<html>", "geen agendabestand"), (b"X" * (5 * 1024 * 1024 + 1), "groter dan 5 MB")],
)
def test_a_file_that_is_no_calendar_is_explained(
    client: FlaskClient, personas: Personas, fan: Fan, body: bytes, words: str
) -> None:
    log_in(client, personas.fan_contact)
    head = 'Content-Disposition: form-data; name="{}"'
    sent = b"\r\n".join(
        [
            *(b"--x", head.format("fan_id").encode(), b"", str(fan.id).encode()),
            *(b"--x", head.format('file"; filename="a.ics').encode(), b"", body, b"--x--", b""),
        ]
    )
    kind = "multipart/form-data; boundary=x"
    answer = client.post(FOLLOW, data=sent, content_type=kind)
    assert answer.status_code == 200
    assert words in answer.text


def test_fifty_megabytes_are_refused(client: FlaskClient, personas: Personas, fan: Fan) -> None:
    log_in(client, personas.fan_contact)
    kind = "multipart/form-data; boundary=x"
    sent = client.post(FOLLOW, data=b"X" * (50 * 1024 * 1024), content_type=kind)
    assert sent.status_code == 413
    assert fan.id


def test_nobody_follows_for_another_fan(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    fan: Fan,
    site: Site,
) -> None:
    other = make_fan(session, programme, name="Andere kring")
    log_in(client, personas.fan_contact)
    address = site.page("/agenda.ics", ics(10))
    assert "Andere kring" not in client.get(FOLLOW).text
    page = client.post(FOLLOW, data={"fan_id": other.id, "address": address})
    assert 'name="preview"' not in page.text
    assert site.asked == []
    log_in(client, personas.leader)
    there = begin(client, other, address)
    log_in(client, personas.fan_contact)
    for path in ("", "/ophalen", "/stoppen", "/geregeld"):
        method = client.post if path else client.get
        assert method(f"{there}{path}").status_code == 404
    assert "Onze agenda" not in client.get("/p/overijssel/kalenders").text
    log_in(client, personas.viewer)
    assert client.get(FOLLOW).status_code == 403
    assert fan.id


def test_a_preview_that_was_made_up_begins_nothing(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan
) -> None:
    log_in(client, personas.fan_contact)
    for preview in ("", "x", "e30.x.y"):
        answer = client.post(f"{FOLLOW}/beginnen", data={"preview": preview})
        assert (answer.status_code, answer.location) == (303, FOLLOW)
    assert session.scalars(select(OutsideCalendar)).all() == []
    assert fan.id


def test_the_same_calendar_is_followed_once_and_can_be_taken_up_again(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan, site: Site
) -> None:
    log_in(client, personas.fan_contact)
    address = site.page("/agenda.ics", ics(10))
    there = begin(client, fan, address)
    assert begin(client, fan, address) == FOLLOW
    assert "al gevolgd" in client.get(FOLLOW).text
    assert client.post(f"{there}/stoppen").status_code == 303
    assert client.get(there).status_code == 404
    assert begin(client, fan, address) == there
    assert len(session.scalars(select(Event)).all()) == 1


def follow_now(client: FlaskClient, session: Session) -> int:
    """Run the job as a worker does: within the application."""
    with client.application.app_context():
        return follow_calendars(session, NEAR)


def test_the_job_follows_what_changes_and_asks_by_tag(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan, site: Site
) -> None:
    log_in(client, personas.fan_contact)
    address = site.page("/agenda.ics", ics(10), headers={"ETag": '"1"'})
    begin(client, fan, address)
    calendar = session.scalars(select(OutsideCalendar)).one()
    assert follow_now(client, session) == 0  # only just fetched
    calendar.fetched_at = clock.now() - timedelta(hours=2)
    session.commit()
    site.page("/agenda.ics", ics(15, sequence=1), headers={"ETag": '"2"'})
    assert follow_now(client, session) == 1
    event = session.scalars(select(Event)).one()
    assert clock.local(event.starts_at).date() == clock.today() + timedelta(days=15)
    assert session.scalars(select(OutsideCalendar.etag)).one() == '"2"'
    if calendar.id % 7 != clock.today().weekday():
        assert site.headers["If-None-Match"] == '"1"'


def test_what_goes_wrong_is_counted_shown_and_mended(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan, site: Site
) -> None:
    log_in(client, personas.fan_contact)
    there = begin(client, fan, site.page("/agenda.ics", ics(10)))
    calendar = session.scalars(select(OutsideCalendar)).one()
    for failures, page in enumerate((b"<html>", b""), start=1):
        site.page("/agenda.ics", page, status=200 if page else 410)
        calendar.fetched_at = clock.now() - timedelta(days=1)
        session.commit()
        assert follow_now(client, session) == 1
        assert calendar.failures == failures
    assert calendar.problem == "gone"
    page_text = client.get(there).text
    assert "geen agenda (meer)" in page_text
    assert "4 uur" in page_text
    assert "werkt niet" in client.get("/p/overijssel/kalenders").text
    site.page("/agenda.ics", ics(10))
    assert client.post(f"{there}/ophalen").status_code == 303  # too soon
    assert calendar.failures == 2
    calendar.fetched_at = clock.now() - timedelta(minutes=2)
    session.commit()
    client.post(f"{there}/ophalen")
    assert (calendar.problem, calendar.failures) == ("", 0)


def test_one_that_cannot_be_read_holds_up_none_of_the_others(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan, site: Site
) -> None:
    log_in(client, personas.leader)
    begin(client, fan, site.page("/a.ics", ics(10)))
    begin(client, fan, site.page("/b.ics", ics(20, title="Andere")))
    for calendar in session.scalars(select(OutsideCalendar)):
        calendar.fetched_at = clock.now() - timedelta(hours=3)
    session.commit()
    site.page("/a.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" * 40)
    site.page("/b.ics", ics(21, title="Andere"))
    assert follow_now(client, session) == 2
    other = session.scalars(select(Event).where(Event.title == "Andere 0")).one()
    assert clock.local(other.starts_at).date() == clock.today() + timedelta(days=21)


def test_what_has_to_be_decided_is_shown_until_it_is_settled(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan, site: Site
) -> None:
    log_in(client, personas.leader)
    there = begin(client, fan, site.page("/agenda.ics", ics(10, 11)))
    calendar = session.scalars(select(OutsideCalendar)).one()
    event = session.scalars(select(Event).where(Event.title == "Avond 0")).one()
    event.status = EventStatus.PLANNED
    calendar.fetched_at = clock.now() - timedelta(hours=2)
    session.commit()
    site.page("/agenda.ics", ics(13, 11))
    follow_now(client, session)
    assert "maar hier niet" in client.get(there).text
    assert client.post(f"{there}/geregeld", data={"event": event.id}).status_code == 303
    assert set(session.scalars(select(OutsideEvent.attention))) == {""}
    assert client.post(f"{there}/geregeld", data={"event": "x"}).status_code == 404


def preview_of(client: FlaskClient, fan: Fan, data: bytes) -> str:
    """The signed preview of a file."""
    sent = {"fan_id": fan.id, "file": (io.BytesIO(data), "agenda.ics")}
    found = re.search(r'name="preview" value="([^"]+)"', client.post(FOLLOW, data=sent).text)
    assert found
    return found[1]


@pytest.mark.parametrize("days", [(10, 11), ()])
def test_a_preview_that_is_sent_again_begins_nothing_more(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan, days: tuple[int, ...]
) -> None:
    log_in(client, personas.fan_contact)
    preview = preview_of(client, fan, ics(*days))
    there = client.post(f"{FOLLOW}/beginnen", data={"preview": preview}).location
    for again in (preview, preview_of(client, fan, ics(*days))):
        answer = client.post(f"{FOLLOW}/beginnen", data={"preview": again})
        assert (answer.status_code, answer.location) == (303, FOLLOW)
        assert "al gevolgd" in client.get(FOLLOW).text
    assert len(session.scalars(select(OutsideCalendar)).all()) == 1
    assert len(session.scalars(select(Event)).all()) == len(days)
    client.post(f"{there}/stoppen")
    taken_up = client.post(f"{FOLLOW}/beginnen", data={"preview": preview})
    assert taken_up.location == there
    assert len(session.scalars(select(Event)).all()) == len(days)


def test_what_one_calendar_of_a_fan_brought_no_other_brings_again(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan
) -> None:
    log_in(client, personas.fan_contact)
    for data in (ics(10), ics(10, title="Anders"), ics(10, 11)):
        client.post(f"{FOLLOW}/beginnen", data={"preview": preview_of(client, fan, data)})
    assert len(session.scalars(select(OutsideCalendar)).all()) == 2
    titles = session.scalars(select(Event.title).order_by(Event.starts_at))
    assert list(titles) == ["Avond 0", "Avond 1"]


def test_who_looks_very_often_is_asked_to_wait(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan
) -> None:
    log_in(client, personas.fan_contact)
    data = {"preview": preview_of(client, fan, ics(10))}
    there = client.post(f"{FOLLOW}/beginnen", data=data).location
    for _time in range(19):
        preview_of(client, fan, ics(10))
    sent = {"fan_id": fan.id, "file": (io.BytesIO(ics(10)), "agenda.ics")}
    page = client.post(FOLLOW, data=sent).text
    assert 'name="preview"' not in page
    assert "over een uur" in page
    newer = {"file": (io.BytesIO(ics(12)), "agenda.ics")}
    assert client.post(f"{there}/ophalen", data=newer).status_code == 303
    assert "over een uur" in client.get(there).text
    event = session.scalars(select(Event)).one()
    assert clock.local(event.starts_at).date() == clock.today() + timedelta(days=10)
    log_in(client, personas.leader)
    assert preview_of(client, fan, ics(10))  # others may
