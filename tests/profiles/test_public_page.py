"""What everybody sees of a pioneer, and from when to when."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.audit.models import AuditEntry
from pioneers.events.models import EventStatus
from pioneers.media.models import Photo
from pioneers.profiles import actions
from pioneers.profiles.consenting import withdraw_consent
from pioneers.profiles.jobs import retention
from pioneers.profiles.models import ConsentPurpose, Profile, ProfileConsent, Quote
from pioneers.profiles.queries import public_profile
from pioneers.profiles.rules import Offer, ProfileDraft, ends_on
from pioneers.programmes.models import Programme
from tests.factories import make_event, make_pioneer
from tests.planning.scene import at, day
from tests.profiles.faces import agree, keep_quote, show_photo, show_profile, tell

YEAR = timedelta(days=365)


@pytest.fixture
def page(session: Session, running: Programme, anne: Pioneer) -> Profile:
    """Anne's page, with a photo and a quote, open for a year."""
    profile = show_profile(session, running, anne)
    keep_quote(session, running, profile)
    return profile


def last_day(session: Session) -> timedelta:
    return ends_on(clock.today(), 12) - clock.today()


def test_everybody_sees_what_a_pioneer_tells(client: FlaskClient, page: Profile) -> None:
    answer = client.get(f"/pionier/{page.code}")
    assert answer.status_code == 200
    for told in (
        "Anne Drost",
        "Drost Techniek · Zwolle",
        "Wij stopten met leidinggeven",
        "<p>De ploeg roostert zelf.</p>",
        "<p>Dat ging eerst mis.</p>",
        "Loslaten kunt u leren",
        "Een lezing",
        "Een bezoek aan het bedrijf",
        "De organisatie zelf vernieuwen",
        "Twente, in de avond",
        'href="https://www.drost.example/over"',
        '<meta name="description" content="Wij stopten met leidinggeven">',
        "foto-klein.jpg",
    ):
        assert told in answer.text, told
    assert "noindex" not in answer.text
    assert client.get(f"/pionier/{page.code.lower()}").status_code == 200


def test_cards_get_the_same(session: Session, anne: Pioneer, page: Profile) -> None:
    shown = public_profile(session, anne.id, clock.today())
    assert shown is not None
    assert (shown.name, shown.company, shown.municipality) == (
        "Anne Drost",
        "Drost Techniek",
        "Zwolle",
    )
    assert shown.themes == ("smarter_working",)
    assert shown.levels == (1, 3)
    assert shown.offers == (Offer.TALK, Offer.EXCURSION)
    assert shown.quotes == ("Loslaten kunt u leren",)
    assert shown.has_photo
    assert shown.code == page.code


def test_markup_in_a_story_is_text(
    client: FlaskClient, session: Session, running: Programme, anne: Pioneer, page: Profile
) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><b>"
    actions.change_profile(
        session,
        programme=running,
        pioneer=anne,
        draft=ProfileDraft(headline=hostile, story=hostile, region=hostile),
        version=page.version,
        pioneer_version=anne.version,
        actor_id=None,
    )
    text = client.get(f"/pionier/{page.code}").text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_page_shows_published_events_only(
    client: FlaskClient, session: Session, running: Programme, anne: Pioneer, page: Profile
) -> None:
    for title, code, published in (("Open avond", "ABCDEFG", True), ("Besloten", None, False)):
        make_event(
            session,
            running,
            title=title,
            pioneers=[anne],
            day=day(9),
            status=EventStatus.PLANNED,
            starts_at=at(9),
            ends_at=at(9, 22),
            public_code=code,
            published_at=clock.now() if published else None,
        )
    text = client.get(f"/pionier/{page.code}").text
    assert "Open avond" in text
    assert "/b/ABCDEFG" in text
    assert "Besloten" not in text


def test_a_page_appears_on_the_day_of_the_appointment(
    client: FlaskClient, session: Session, running: Programme
) -> None:
    soon = make_pioneer(session, running, appointed_on=day(10))
    profile = show_profile(session, running, soon)
    assert public_profile(session, soon.id, day(9)) is None
    assert public_profile(session, soon.id, day(10)) is not None
    assert client.get(f"/pionier/{profile.code}").status_code == 404
    assert client.get(f"/pionier/{profile.code}/foto.jpg").status_code == 404
    with clock.at(at(10, 8)):
        assert public_profile(session, soon.id, clock.today()) is not None


def test_nobody_sees_a_page_without_consent(
    client: FlaskClient, session: Session, running: Programme, anne: Pioneer
) -> None:
    profile = tell(session, running, anne)
    assert client.get(f"/pionier/{profile.code}").status_code == 404
    agree(session, running, anne)
    assert client.get(f"/pionier/{profile.code}").status_code == 200
    withdraw_consent(session, pioneer=anne, purpose=ConsentPurpose.PROFILE, actor_id=None)
    assert client.get(f"/pionier/{profile.code}").status_code == 404


def test_a_page_vanishes_on_the_day_after_the_consent(
    session: Session, anne: Pioneer, page: Profile
) -> None:
    last = ends_on(clock.today(), 12)
    assert public_profile(session, anne.id, last) is not None
    assert public_profile(session, anne.id, last + timedelta(days=1)) is None


def test_a_photo_and_words_vanish_when_only_their_consent_ends(
    client: FlaskClient, session: Session, running: Programme, anne: Pioneer, page: Profile
) -> None:
    with clock.at(clock.now() + timedelta(days=5)):
        agree(session, running, anne)  # the page may stay five days longer
    last = ends_on(clock.today(), 12)
    after = public_profile(session, anne.id, last + timedelta(days=1))
    assert after is not None
    assert not after.has_photo
    assert after.quotes == ()
    withdraw_consent(session, pioneer=anne, purpose=ConsentPurpose.PHOTO, actor_id=None)
    assert client.get(f"/pionier/{page.code}/foto-klein.jpg").status_code == 404
    assert "foto-klein" not in client.get(f"/pionier/{page.code}").text


@pytest.mark.parametrize("name", ["foto.jpg", "foto-klein.jpg"])
def test_a_photo_is_a_jpeg_and_is_not_sent_twice(
    client: FlaskClient, page: Profile, name: str
) -> None:
    answer = client.get(f"/pionier/{page.code}/{name}")
    assert (answer.mimetype, answer.data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = client.get(
        f"/pionier/{page.code}/{name}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("code", ["ABCDEFG", "x", "A" * 500, "%00", "é", "..", "' OR 1=1"])
def test_any_other_code_says_the_same(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/pionier/{code}")
    assert answer.status_code == 404
    assert client.get(f"/pionier/{code}/foto.jpg").status_code == 404


def test_who_left_leads_to_the_successor(
    client: FlaskClient, session: Session, running: Programme, anne: Pioneer, page: Profile
) -> None:
    middle = make_pioneer(session, running, appointed_on=day(-300), ended_on=day(-5))
    heir = make_pioneer(session, running, appointed_on=day(-100))
    theirs = show_profile(session, running, heir)
    anne.ended_on, anne.successor_id = day(-1), middle.id
    session.flush()
    without = client.get(f"/pionier/{page.code}")
    assert without.status_code == 404
    assert theirs.code not in without.text
    assert "Anne" not in without.text
    middle.successor_id = heir.id
    session.flush()
    assert f"/pionier/{theirs.code}" in client.get(f"/pionier/{page.code}").text
    heir.ended_on, heir.successor_id = day(-1), anne.id  # a circle of people who all left
    session.flush()
    assert client.get(f"/pionier/{page.code}").status_code == 404


def counts(session: Session) -> tuple[int, int]:
    return (
        session.scalar(select(func.count(Photo.id))) or 0,
        session.scalar(select(func.count(Quote.id))) or 0,
    )


def test_what_ended_is_deleted_thirty_days_later(
    app: Flask, session: Session, anne: Pioneer, page: Profile
) -> None:
    consents = session.scalar(select(func.count(ProfileConsent.id)))
    ended = clock.now() + last_day(session)
    with app.app_context():
        with clock.at(ended + timedelta(days=30)):
            assert retention(session) == 0
            assert counts(session) == (1, 1)
        with clock.at(ended + timedelta(days=31)):
            assert retention(session) == 2
            assert counts(session) == (0, 0)
            assert retention(session) == 0
    session.refresh(page)
    assert page.photo_id is None
    assert session.scalar(select(func.count(ProfileConsent.id))) == consents
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "profile.cleaned")).one()
    assert (entry.origin, entry.details) == ("worker", {"count": 2})


def test_what_was_agreed_to_anew_stays(
    app: Flask, session: Session, running: Programme, anne: Pioneer, page: Profile
) -> None:
    ended = clock.now() + last_day(session)
    with clock.at(ended + timedelta(days=10)):
        agree(session, running, anne, ConsentPurpose.PHOTO)
    with app.app_context(), clock.at(ended + timedelta(days=31)):
        assert retention(session) == 1  # the words
        assert counts(session) == (1, 0)


def test_a_photo_whose_consent_was_withdrawn_is_deleted_thirty_days_later(
    app: Flask, session: Session, anne: Pioneer, page: Profile
) -> None:
    withdraw_consent(session, pioneer=anne, purpose=ConsentPurpose.PHOTO, actor_id=None)
    with app.app_context():
        with clock.at(clock.now() + timedelta(days=29)):
            assert retention(session) == 0
        with clock.at(clock.now() + timedelta(days=31)):
            assert retention(session) == 1
            assert counts(session) == (0, 1)


def test_another_photo_deletes_the_one_before(
    session: Session, running: Programme, anne: Pioneer, page: Profile
) -> None:
    before = page.photo_id
    show_photo(session, running, anne)
    assert counts(session)[0] == 1
    assert page.photo_id != before
