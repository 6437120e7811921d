"""The public agenda, followed and read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.actions import change_event
from pioneers.events.calendar import uid_of
from pioneers.events.models import Event, EventStatus
from pioneers.events.rules import EventDraft
from pioneers.programmes.models import Programme
from tests.agenda.calendars import planned_event, published_facts, read
from tests.factories import make_fan, make_programme

Maker = Callable[..., Event]
FEED = "/agenda/overijssel.ics"


def test_a_published_event_comes_out_at_its_hours(client: FlaskClient, published: Maker) -> None:
    event = published(title="Avond; over, werk\nen meer 😀", place="Zwolle", address="Hanzelaan 1")
    found = read(client.get(FEED))["Avond; over, werk\nen meer 😀"]
    assert (found.start, found.end) == (event.starts_at, event.ends_at)
    assert str(found["dtstart"].params["TZID"]) == "Europe/Amsterdam"
    assert found["uid"] == uid_of(event)
    assert found["location"] == "Hanzelaan 1, Zwolle"
    assert found["status"] == "CONFIRMED"
    assert found["last-modified"].dt == event.created_at.replace(microsecond=0)


def test_only_what_is_published_is_in_it(
    client: FlaskClient, session: Session, programme: Programme, published: Maker
) -> None:
    published(title="Openbaar")
    planned_event(session, programme, 10, title="Nog niet")
    published(title="Voorstel", status=EventStatus.PROPOSED)
    assert set(read(client.get(FEED))) == {"Openbaar"}


def test_it_never_holds_another_programmes_events(
    client: FlaskClient, session: Session, published: Maker
) -> None:
    other = make_programme(session, slug="gelderland")
    planned_event(session, other, 10, title="Van de buren", **published_facts())
    published(title="Van ons")
    assert set(read(client.get(FEED))) == {"Van ons"}
    assert set(read(client.get("/agenda/gelderland.ics"))) == {"Van de buren"}


def test_it_holds_no_personal_data(
    client: FlaskClient, session: Session, programme: Programme, published: Maker
) -> None:
    fan = make_fan(session, programme, name="Kring Salland")
    published(fan_id=fan.id, audience="Voor de pionier", seats_taken=3, capacity=10)
    text = client.get(FEED).text
    assert "ATTENDEE" not in text
    assert "ORGANIZER" not in text
    assert "pionier" not in text.lower().replace("//pioneers//", "")
    assert "Kring Salland" in text


def test_a_cancelled_event_stays_for_six_weeks_as_cancelled(
    client: FlaskClient, published: Maker
) -> None:
    now = clock.now()
    gone = {"status": EventStatus.CANCELLED}
    published(20, title="Komt niet", cancelled_at=now - timedelta(days=60), **gone)
    published(-20, title="Kwam niet", cancelled_at=now - timedelta(days=60), **gone)
    published(-100, title="Pas gezegd", cancelled_at=now - timedelta(days=5), **gone)
    published(-50, title="Lang geleden", cancelled_at=now - timedelta(days=50), **gone)
    found = read(client.get(FEED))
    assert set(found) == {"Komt niet", "Kwam niet", "Pas gezegd"}
    assert {str(one["status"]) for one in found.values()} == {"CANCELLED"}


def test_events_of_the_last_year_and_all_to_come_are_in_it(
    client: FlaskClient, published: Maker
) -> None:
    for title, days in (("ver", 700), ("vorig jaar", -360), ("daarvoor", -370)):
        published(days, title=title, status=EventStatus.HELD if days < 0 else EventStatus.PLANNED)
    assert set(read(client.get(FEED))) == {"ver", "vorig jaar"}


def test_an_empty_agenda_is_a_calendar(client: FlaskClient, programme: Programme) -> None:
    assert programme.slug == "overijssel"
    answer = client.get(FEED)
    assert read(answer) == {}
    assert Calendar.from_ical(answer.data)["x-wr-calname"] == "Slimmer Werken Overijssel"


def test_what_did_not_change_is_not_sent_again(client: FlaskClient, published: Maker) -> None:
    published()
    first = client.get(FEED)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    for headers in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        again = client.get(FEED, headers=headers)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


def test_the_head_is_that_of_the_whole(client: FlaskClient, published: Maker) -> None:
    published()
    whole, head = client.get(FEED), client.head(FEED)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Disposition", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]
    assert 'filename="agenda-overijssel.ics"' in head.headers["Content-Disposition"]


def _move(session: Session, programme: Programme, event: Event) -> None:
    draft = EventDraft("Verzet", clock.today() + timedelta(days=30), status=EventStatus.PLANNED)
    change_event(
        session,
        programme=programme,
        event=event,
        draft=draft,
        version=event.version,
        actor_id=None,
    )


def _cancel(_session: Session, _programme: Programme, event: Event) -> None:
    event.status = EventStatus.CANCELLED
    event.cancelled_at = clock.now()
    event.sequence += 1
    event.version += 1


def _unpublish(_session: Session, _programme: Programme, event: Event) -> None:
    event.published_at = None


def _rename_the_fan(session: Session, programme: Programme, event: Event) -> None:
    fan = make_fan(session, programme)
    event.fan_id = fan.id
    event.version += 1


def _add_another(session: Session, programme: Programme, _event: Event) -> None:
    planned_event(session, programme, 5, **published_facts())


@pytest.mark.parametrize("change", [_move, _cancel, _unpublish, _rename_the_fan, _add_another])
def test_every_change_is_sent(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    published: Maker,
    change: Callable[[Session, Programme, Event], None],
) -> None:
    event = published()
    published(title="Blijft")
    tag = {"If-None-Match": client.get(FEED).headers["ETag"]}
    assert client.get(FEED, headers=tag).status_code == 304
    change(session, programme, event)
    session.flush()
    after = client.get(FEED, headers=tag)
    assert after.status_code == 200
    assert "Blijft" in read(after)
    assert after.headers["ETag"] != tag["If-None-Match"]


def test_who_asks_by_moment_hears_of_a_cancellation(
    client: FlaskClient, session: Session, programme: Programme, published: Maker
) -> None:
    event = published()
    since = {"If-Modified-Since": client.get(FEED).headers["Last-Modified"]}
    _cancel(session, programme, event)
    session.flush()
    assert client.get(FEED, headers=since).status_code == 200


def test_an_agenda_of_no_programme_is_a_short_404(client: FlaskClient) -> None:
    answer = client.get("/agenda/bestaat-niet.ics")
    assert (answer.status_code, answer.text) == (404, "Not found\n")
    assert client.get("/agenda/bestaat-niet").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent_to_it(client: FlaskClient, programme: Programme, method: str) -> None:
    assert programme.id
    assert getattr(client, method)(FEED).status_code == 405


def test_one_event_can_be_put_into_a_calendar(client: FlaskClient, published: Maker) -> None:
    event = published(title="Eén avond")
    answer = client.get(f"/b/{event.public_code}/bijeenkomst.ics")
    assert read(answer)["Eén avond"].start == event.starts_at
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bijeenkomst.ics"'


def test_an_event_that_is_not_published_is_no_file(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    planned_event(session, programme, 5, public_code="ABCDEFG")
    for code in ("ABCDEFG", "GEEN"):
        assert client.get(f"/b/{code}/bijeenkomst.ics").status_code == 404


def test_the_page_lists_what_is_to_come_and_how_to_follow(
    client: FlaskClient, published: Maker
) -> None:
    published(title="Straks")
    published(-3, title="Geweest", status=EventStatus.HELD)
    published(5, title="Gaat niet door", status=EventStatus.CANCELLED)
    published(6, title="Vol", capacity=2, seats_taken=2)
    page = client.get("/agenda/overijssel").text
    assert "Straks" in page
    assert "Geweest" not in page
    assert "geannuleerd" in page
    assert "vol, wachtlijst" in page
    assert "http://localhost/agenda/overijssel.ics" in page
    assert "webcal://localhost/agenda/overijssel.ics" in page


def test_an_empty_page_says_what_will_be_here(client: FlaskClient, programme: Programme) -> None:
    assert programme.id
    assert "Nog geen bijeenkomsten" in client.get("/agenda/overijssel").text
