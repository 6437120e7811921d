"""Before a consent ends: the pioneer has one mail, and the project leader hears of the rest."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Person
from pioneers.mail.models import MailSwitch
from pioneers.profiles.actions import remove_photo
from pioneers.profiles.consenting import Agreed
from pioneers.profiles.ending import endings
from pioneers.profiles.jobs import consent_ends
from pioneers.profiles.models import ConsentPurpose, ProfileConsent
from pioneers.programmes.models import Programme
from pioneers.relations.attention import consents_to_ask
from tests.factories import Personas
from tests.planning.scene import Mail, at, day, outbox
from tests.profiles.faces import agree, keep_quote, show_photo, show_profile, tell

KIND = "profiles.consent_ends"
TWO_YEARS = Agreed(24)


@pytest.fixture(autouse=True)
def told(app: Flask, personas: Personas) -> Iterator[None]:
    """The pioneer has an account, and mail knows the site's address."""
    assert personas.pioneer.email
    with app.app_context():
        yield


def until(session: Session) -> int:
    """In how many days the first consent ends."""
    last = session.scalars(select(ProfileConsent.ends_on).order_by(ProfileConsent.ends_on)).first()
    assert last is not None
    return (last - clock.today()).days


def mails(session: Session) -> list[Mail]:
    return outbox(session, KIND)


def test_thirty_days_before_there_is_one_mail_about_all_that_ends_that_day(
    session: Session, running: Programme, anne: Pioneer, personas: Personas
) -> None:
    profile = show_profile(session, running, anne)
    keep_quote(session, running, profile)
    keep_quote(session, running, profile, TWO_YEARS)
    days = until(session)
    with clock.at(at(days - 31, 12)):
        assert consent_ends(session) == 0
    with clock.at(at(days - 30, 12)):
        assert consent_ends(session) == 1
        assert consent_ends(session) == 0
    with clock.at(at(days - 1, 12)):
        assert consent_ends(session) == 0
    (mail,) = mails(session)
    assert mail.to == personas.pioneer.email
    for words in ("Uw pagina", "Uw foto", "Loslaten kunt u leren", "/p/overijssel/profiel"):
        assert words in mail.text
    assert mail.text.count("Loslaten") == 1


def test_the_button_leads_to_the_page_of_the_only_thing_that_ends(
    session: Session, running: Programme, anne: Pioneer
) -> None:
    profile = tell(session, running, anne)
    quote = keep_quote(session, running, profile)
    show_photo(session, running, anne, TWO_YEARS)
    with clock.at(at(until(session) - 10, 12)):
        assert consent_ends(session) == 1
    with clock.at(at((day(0).replace(year=day(0).year + 2) - day(0)).days - 20, 12)):
        running.ends_on = None
        assert consent_ends(session) == 1
    first, second = mails(session)
    base = f"/p/overijssel/profiel/{anne.id}"
    assert f"{base}/citaten/{quote.id}" in first.text
    assert f"{base}/toestemming/photo" in second.text


def test_what_was_prolonged_or_removed_is_not_written_about(
    session: Session, running: Programme, anne: Pioneer
) -> None:
    show_profile(session, running, anne)
    days = until(session)
    remove_photo(session, pioneer=anne, actor_id=None)
    agree(session, running, anne, ConsentPurpose.PROFILE, TWO_YEARS)
    with clock.at(at(days - 20, 12)):
        assert consent_ends(session) == 0


def test_the_mail_can_be_switched_off_and_comes_in_the_morning(
    session: Session, running: Programme, anne: Pioneer
) -> None:
    show_profile(session, running, anne)
    days = until(session)
    session.add(MailSwitch(programme_id=running.id, kind=KIND, is_on=False))
    session.flush()
    with clock.at(at(days - 20, 3)):
        assert consent_ends(session) == 0


def test_nobody_is_written_to_who_stopped_or_in_a_programme_that_is_over(
    session: Session, running: Programme, anne: Pioneer
) -> None:
    show_profile(session, running, anne)
    soon = clock.today() + timedelta(days=until(session) - 20)
    assert len(endings(session, running, soon)) == 1
    anne.ended_on = soon
    assert endings(session, running, soon) == []
    anne.ended_on = None
    running.ends_on = soon - timedelta(days=1)
    assert endings(session, running, soon) == []


def test_who_has_no_account_is_the_leaders_to_ask_at_once_and_others_in_the_last_week(
    session: Session, running: Programme, anne: Pioneer
) -> None:
    show_profile(session, running, anne)
    last = clock.today() + timedelta(days=until(session))
    assert consents_to_ask(session, running, last - timedelta(days=8)) == []
    assert len(consents_to_ask(session, running, last - timedelta(days=7))) == 1
    session.get_one(Person, anne.person_id).email = "elders@voorbeeld.example"
    session.flush()
    (one,) = consents_to_ask(session, running, last - timedelta(days=30))
    assert one.address is None
    with clock.at(at(until(session) - 20, 12)):
        assert consent_ends(session) == 0


def test_the_leader_finds_whom_to_ask_from_the_front_page(
    leader: FlaskClient, session: Session, running: Programme, anne: Pioneer
) -> None:
    show_profile(session, running, anne)
    session.get_one(Person, anne.person_id).email = None
    for consent in session.scalars(select(ProfileConsent)).all():
        consent.ends_on = day(9)
    session.flush()
    assert "toestemming van een pionier die bijna afloopt" in leader.get("/p/overijssel/").text
    text = leader.get("/p/overijssel/netwerk/aandacht").text
    assert "Toestemmingen die aflopen" in text
    assert "Pagina, foto" in text
    assert f"/netwerk/pioniers/{anne.id}/profiel" in text
