"""A pioneer keeps the profile on a phone: story, photo, words, days away; the leader can, too."""

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.media.models import Photo
from pioneers.profiles.models import AwayPeriod, ConsentPurpose, Profile, ProfileConsent, Quote
from pioneers.profiles.queries import get_profile, public_profile
from pioneers.profiles.rules import ends_on
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_pioneer
from tests.media.pictures import jpeg, located, png_of
from tests.planning.scene import day
from tests.profiles.faces import keep_quote, show_profile, tell

FORM = {
    "headline": "Loslaten lukt",
    "story": "Eerst was het eng.\r\n\r\nNu niet meer.",
    "themes": ["co_creation", "spam"],
    "levels": ["2"],
    "offers": ["talk", "media"],
    "region": "Twente",
    "travels_km": "50",
    "website": "https://drost.example",
    "version": "0",
    "pioneer_version": "1",
}


def base(pioneer: Pioneer) -> str:
    return f"/p/overijssel/profiel/{pioneer.id}"


def send(client: FlaskClient, pioneer: Pioneer, content: bytes, **more: str) -> TestResponse:
    data = {"photo": (io.BytesIO(content), "foto.jpg"), "months": "12", "agreed": "y"} | more
    return client.post(f"{base(pioneer)}/foto", data=data, content_type="multipart/form-data")


def test_a_pioneer_tells_and_then_shows_the_page(
    own: FlaskClient, session: Session, anne: Pioneer
) -> None:
    page = own.get("/p/overijssel/profiel").text
    assert "Vertel uw verhaal" in page
    assert own.get(f"{base(anne)}/verhaal").status_code == 200
    wrong = own.post(f"{base(anne)}/verhaal", data=FORM | {"themes": []} | {"travels_km": "0"})
    assert wrong.status_code == 422
    answer = own.post(f"{base(anne)}/verhaal", data=FORM | {"themes": ["co_creation"]})
    assert (answer.status_code, answer.location) == (303, "/p/overijssel/profiel")
    session.refresh(anne)
    profile = get_profile(session, anne.id)
    assert profile is not None
    assert (anne.themes, anne.travels_km) == ("co_creation", 50)
    assert (profile.levels, profile.offers) == ("2", "talk,media")
    assert public_profile(session, anne.id, clock.today()) is None
    assert "Loslaten lukt" in own.get(f"{base(anne)}/voorbeeld").text
    path = f"{base(anne)}/toestemming/profile"
    assert own.post(path, data={"months": "12"}).status_code == 422
    assert own.post(path, data={"months": "24", "agreed": "y"}).status_code == 303
    consent = session.scalars(select(ProfileConsent)).one()
    assert consent.ends_on == ends_on(clock.today(), 24)
    assert "Slimmer Werken Overijssel" in consent.wording
    assert public_profile(session, anne.id, clock.today()) is not None
    assert own.post(f"{path}/intrekken").status_code == 303
    assert public_profile(session, anne.id, clock.today()) is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"website": "javascript:alert(1)"}, "website"),
        ({"headline": "x" * 161}, "headline"),
        ({"story": "x" * 5001}, "story"),
        ({"travels_km": "501"}, "travels_km"),
        ({"travels_km": "ver"}, "travels_km"),
    ],
)
def test_a_mistake_is_shown_at_its_field(
    own: FlaskClient, session: Session, anne: Pioneer, change: dict[str, str], field: str
) -> None:
    answer = own.post(f"{base(anne)}/verhaal", data=FORM | {"themes": []} | change)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert get_profile(session, anne.id) is None


def test_two_who_change_a_story_at_once_are_told(
    own: FlaskClient, leader: FlaskClient, session: Session, anne: Pioneer
) -> None:
    data = FORM | {"themes": []} | {"travels_km": ""}
    assert own.post(f"{base(anne)}/verhaal", data=data).status_code == 303
    late = leader.post(f"{base(anne)}/verhaal", data=data | {"headline": "Anders"})
    assert late.status_code == 200
    assert "Loslaten lukt" in late.text
    profile = get_profile(session, anne.id)
    assert profile is not None
    assert profile.headline == "Loslaten lukt"


def test_a_photo_is_sent_cut_and_shown(
    own: FlaskClient, session: Session, running: Programme, anne: Pioneer
) -> None:
    tell(session, running, anne)
    assert own.get(f"{base(anne)}/foto").status_code == 200
    answer = send(own, anne, located(6), alt="Anne in de werkplaats")
    assert answer.location == f"{base(anne)}/foto/uitsnede"
    photo = session.scalars(select(Photo)).one()
    assert (photo.width, photo.height) == (600, 800)
    assert b"Exif" not in photo.large + photo.small
    code, small = photo.code, photo.small
    path = f"{base(anne)}/foto/uitsnede"
    looked = own.post(path, data={"x": "0", "y": "100", "zoom": "200", "look": "1"})
    assert looked.status_code == 200
    assert 'x="0" y="500" width="300"' in looked.text
    session.refresh(photo)
    assert photo.code == code
    data = {"x": "0", "y": "100", "zoom": "200", "alt": "Anne"}
    assert own.post(path, data=data).status_code == 303
    session.refresh(photo)
    assert (photo.crop_x, photo.crop_y, photo.crop_zoom, photo.alt) == (0, 100, 200, "Anne")
    assert photo.code != code
    assert photo.small != small
    for size in ("foto.jpg", "foto-klein.jpg"):
        assert own.get(f"{base(anne)}/{size}").mimetype == "image/jpeg"
    assert own.post(f"{base(anne)}/foto/weg").status_code == 303
    assert session.scalars(select(Photo)).all() == []
    assert own.get(f"{base(anne)}/foto.jpg").status_code == 404
    assert own.get(path).location == f"{base(anne)}/foto"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Kies een foto."),
        (b"geen foto", "Dit is geen foto"),
        (b"GIF89a...", "Een GIF-bestand kunnen wij niet"),
        (jpeg()[:1000], "het bestand is beschadigd"),
        (jpeg((100, 100)), "Deze foto is te klein"),
        (png_of(10_000, 6_000), "meer dan 50 megapixels"),
    ],
)
def test_what_is_no_photo_is_refused_at_its_field(
    own: FlaskClient, session: Session, anne: Pioneer, content: bytes, words: str
) -> None:
    answer = send(own, anne, content)
    assert answer.status_code == 422
    assert 'id="photo-error"' in answer.text
    assert words in answer.text
    assert session.scalars(select(Photo)).all() == []
    assert session.scalars(select(ProfileConsent)).all() == []


def test_a_photo_needs_consent(own: FlaskClient, session: Session, anne: Pioneer) -> None:
    assert send(own, anne, jpeg(), agreed="").status_code == 422
    assert send(own, anne, jpeg(), months="36").status_code == 422
    assert session.scalars(select(Photo)).all() == []


@pytest.mark.parametrize("data", [{"x": "101"}, {"zoom": "99"}, {"y": "-1"}, {"x": "a"}])
def test_a_part_outside_of_the_photo_is_refused(
    own: FlaskClient, session: Session, running: Programme, anne: Pioneer, data: dict[str, str]
) -> None:
    show_profile(session, running, anne)
    answer = own.post(
        f"{base(anne)}/foto/uitsnede", data={"x": "50", "y": "50", "zoom": "100"} | data
    )
    assert answer.status_code == 422


def test_words_are_added_changed_and_deleted(
    own: FlaskClient, session: Session, anne: Pioneer
) -> None:
    data = {"words": "Vraag het gewoon", "months": "12", "agreed": "y"}
    assert own.get(f"{base(anne)}/citaten/nieuw").status_code == 200
    assert own.post(f"{base(anne)}/citaten/nieuw", data=data | {"agreed": ""}).status_code == 422
    assert own.post(f"{base(anne)}/citaten/nieuw", data=data).status_code == 303
    quote = session.scalars(select(Quote)).one()
    path = f"{base(anne)}/citaten/{quote.id}"
    changed = data | {"words": "Vraag het", "months": "24", "version": "1"}
    assert own.post(path, data=changed).status_code == 303
    assert own.post(path, data=changed).status_code == 200  # stale
    session.refresh(quote)
    assert quote.words == "Vraag het"
    standing = [one for one in session.scalars(select(ProfileConsent)) if not one.withdrawn_at]
    assert [one.ends_on for one in standing] == [ends_on(clock.today(), 24)]
    assert own.post(f"{path}/weg").status_code == 303
    assert session.scalars(select(Quote)).all() == []
    left = session.scalars(select(ProfileConsent).execution_options(populate_existing=True)).all()
    assert len(left) == 2
    assert all(one.quote_id is None and one.withdrawn_at for one in left)


def test_days_away_are_added_and_removed(own: FlaskClient, session: Session, anne: Pioneer) -> None:
    data = {"from_day": day(3).isoformat(), "to_day": day(9).isoformat(), "remark": "Vakantie"}
    path = f"{base(anne)}/afwezig"
    assert own.post(path, data=data).status_code == 303
    again = own.post(path, data=data)
    assert again.status_code == 422
    assert 'id="from_day-error"' in again.text
    assert "Vakantie" in own.get(path).text
    away = session.scalars(select(AwayPeriod)).one()
    assert own.post(f"{path}/{away.id}/weg").status_code == 303
    assert session.scalars(select(AwayPeriod)).all() == []


def test_the_project_leader_keeps_it_for_a_pioneer(
    leader: FlaskClient, session: Session, running: Programme, anne: Pioneer
) -> None:
    page = leader.get(f"/p/overijssel/netwerk/pioniers/{anne.id}/profiel")
    assert "Profiel van Anne Drost" in page.text
    answer = leader.post(f"{base(anne)}/verhaal", data=FORM | {"themes": []})
    assert answer.location == f"/p/overijssel/netwerk/pioniers/{anne.id}/profiel"
    asked = leader.get(f"{base(anne)}/toestemming/profile").text
    assert "U legt vast wat de pionier heeft gezegd" in asked
    assert (
        leader.post(
            f"{base(anne)}/toestemming/profile", data={"months": "12", "agreed": "y"}
        ).status_code
        == 303
    )
    given = session.scalars(select(ProfileConsent)).one()
    assert (given.purpose, given.given_by_id is not None) == (ConsentPurpose.PROFILE, True)


def test_a_pioneer_keeps_no_profile_but_the_own(
    own: FlaskClient, session: Session, running: Programme, anne: Pioneer
) -> None:
    other = make_pioneer(session, running)
    profile = show_profile(session, running, other)
    quote = keep_quote(session, running, profile)
    for path in (
        "verhaal",
        "foto",
        "foto/uitsnede",
        "foto.jpg",
        "foto-klein.jpg",
        "voorbeeld",
        "toestemming/profile",
        "citaten/nieuw",
        f"citaten/{quote.id}",
        "afwezig",
    ):
        assert own.get(f"{base(other)}/{path}").status_code == 404, path
    for path in ("foto/weg", "toestemming/photo/intrekken", f"citaten/{quote.id}/weg"):
        assert own.post(f"{base(other)}/{path}").status_code == 404, path
    assert own.get(f"{base(anne)}/citaten/{quote.id}").status_code == 404
    assert own.get(f"/p/overijssel/netwerk/pioniers/{other.id}/plaquette.pdf").status_code == 404
    session.refresh(profile)
    assert profile.photo_id is not None


@pytest.mark.parametrize(
    ("who", "status"), [("viewer", 403), ("fan_contact", 403), ("stranger", 404)]
)
def test_nobody_else_keeps_a_profile(
    client: FlaskClient, personas: Personas, anne: Pioneer, who: str, status: int
) -> None:
    log_in(client, getattr(personas, who))
    assert client.get(f"{base(anne)}/verhaal").status_code == status
    assert client.get("/p/overijssel/profiel").status_code == status


def test_who_is_no_pioneer_is_told(leader: FlaskClient) -> None:
    assert "Nog geen pionier" in leader.get("/p/overijssel/profiel").text


def test_other_purposes_and_a_photo_that_is_not_there_do_not_exist(
    own: FlaskClient, anne: Pioneer
) -> None:
    for purpose in ("quote", "photo", "spam"):
        assert own.get(f"{base(anne)}/toestemming/{purpose}").status_code == 404
    assert own.get(f"{base(anne)}/foto/weg").status_code == 405


def test_many_photos_in_an_hour_are_too_many(
    own: FlaskClient, session: Session, anne: Pioneer
) -> None:
    answers = [send(own, anne, b"geen foto") for _time in range(31)]
    assert "Dit is geen foto" in answers[0].text
    assert "veel foto" in answers[-1].text


def test_profiles_are_made_once(session: Session, running: Programme, anne: Pioneer) -> None:
    first = tell(session, running, anne)
    again = tell(session, running, anne)
    assert again.code == first.code
    assert session.scalars(select(Profile)).one().version == 3
