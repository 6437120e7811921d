"""Which pioneers the public site shows."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.profiles.consenting import withdraw_consent
from pioneers.profiles.models import ConsentPurpose
from pioneers.programmes.models import Programme
from tests.factories import make_company, make_person, make_pioneer
from tests.planning.scene import day, run_now
from tests.profiles.faces import show_profile
from tests.publishing.sites import open_site


@pytest.fixture
def running(session: Session, programme: Programme) -> Programme:
    """A programme that runs, with an open site."""
    run_now(session, programme)
    open_site(session, programme)
    return programme


def test_a_pioneer_stands_there_as_long_as_the_consents_do(
    client: FlaskClient, session: Session, running: Programme
) -> None:
    company = make_company(session, running, name="Drost Techniek")
    person = make_person(session, running, company, first_name="Anne", family_name="Drost")
    anne = make_pioneer(session, running, company=company, person=person, appointed_on=day(-365))
    make_pioneer(session, running, appointed_on=day(-365))  # who told nothing
    profile = show_profile(session, running, anne)
    for path in ("/overijssel", "/pioniers/overijssel"):
        text = client.get(path).text
        assert text.count('class="face"') == 1
        assert f"/pionier/{profile.code}" in text
        assert "foto-klein.jpg" in text
    withdraw_consent(session, pioneer=anne, purpose=ConsentPurpose.PHOTO, actor_id=None)
    text = client.get("/pioniers/overijssel").text
    assert "Anne Drost" in text
    assert "foto-klein.jpg" not in text
    withdraw_consent(session, pioneer=anne, purpose=ConsentPurpose.PROFILE, actor_id=None)
    assert "Anne Drost" not in client.get("/pioniers/overijssel").text


def test_the_day_after_the_consent_ended_nobody_is_shown(
    client: FlaskClient, session: Session, running: Programme
) -> None:
    anne = make_pioneer(session, running, appointed_on=day(-365))
    show_profile(session, running, anne)
    assert "/pionier/" in client.get("/pioniers/overijssel").text
    with clock.at(clock.now() + timedelta(days=800)):
        assert "/pionier/" not in client.get("/pioniers/overijssel").text
