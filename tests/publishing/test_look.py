"""The look of a site: open or closed, colours, logo."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image, PngImagePlugin
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers.files.models import StoredFile
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.publishing.logos import read_logo
from pioneers.publishing.models import SiteSettings
from tests.client import log_in
from tests.factories import Personas

URL = "/p/overijssel/site/uiterlijk"


def picture(width: int = 300, height: int = 100, kind: str = "PNG") -> bytes:
    made = BytesIO()
    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("Comment", "geheim")
    more = {"pnginfo": hidden} if kind == "PNG" else {}
    Image.new("RGB", (width, height), "#0b5a5e").save(made, kind, **more)
    return made.getvalue()


def sent(version: int = 0, **fields: object) -> dict[str, object]:
    return {"is_open": "y", "version": str(version), **fields}


@pytest.fixture
def leader(client: FlaskClient, programme: Programme, personas: Personas) -> FlaskClient:
    log_in(client, personas.leader)
    return client


def test_the_leader_opens_the_site(leader: FlaskClient, session: Session) -> None:
    answer = leader.post(URL, data=sent(tagline="Slimmer werken", brand="#7A1F5C", warm="b45309"))
    assert answer.status_code == 303
    home = leader.get("/overijssel").text
    assert "Slimmer werken" in home
    assert "/stijl/overijssel.css?v=1" in home
    style = leader.get("/stijl/overijssel.css?v=1")
    assert "--pioneers-brand:#7a1f5c;" in style.text
    assert "prefers-color-scheme: dark" in style.text


def test_a_colour_without_contrast_is_refused_and_nothing_is_saved(
    leader: FlaskClient, session: Session
) -> None:
    answer = leader.post(URL, data=sent(brand="#ffd400"))
    assert answer.status_code == 422
    assert "#ffd400" in answer.text
    assert session.scalar(select(SiteSettings)) is None


def test_a_logo_is_made_anew_and_replaced(leader: FlaskClient, session: Session) -> None:
    data = sent(logo_alt="Provincie", logo=(BytesIO(picture()), "logo.png"))
    assert leader.post(URL, data=data).status_code == 303
    shown = leader.get("/stijl/overijssel/logo.png")
    assert shown.content_type == "image/png"
    assert b"geheim" not in shown.data
    again = sent(1, logo_alt="Provincie", logo=(BytesIO(picture(kind="JPEG")), "x.jpg"))
    assert leader.post(URL, data=again).status_code == 303
    assert session.scalar(select(func.count(StoredFile.id))) == 1
    assert leader.post(URL, data=sent(2, removes_logo="y")).status_code == 303
    assert session.scalar(select(func.count(StoredFile.id))) == 0
    assert leader.get("/stijl/overijssel/logo.png").status_code == 404


def test_a_logo_needs_words(leader: FlaskClient) -> None:
    assert leader.post(URL, data=sent(logo=(BytesIO(picture()), "l.png"))).status_code == 422


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo_svg"),
        (b'<?xml version="1.0"?><!-- x --><svg onload="x"/>', "logo_svg"),
        (b"PK\x03\x04" + b"x" * 200, "logo_none"),
        (b"GIF89a" + b"x" * 200, "logo_none"),
        (b"", "logo_none"),
        (picture()[:90], "logo_broken"),
        (picture(100, 40), "logo_small"),
        (picture(4000, 4000), "logo_pixels"),
        (b"\x89PNG" + b"x" * 3_000_000, "logo_bytes"),
    ],
)
def test_what_is_no_logo_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_logo(BytesIO(content))
    assert refusal.value.code == code


def test_who_saves_over_a_colleague_is_told(leader: FlaskClient) -> None:
    assert leader.post(URL, data=sent(tagline="Van een collega")).status_code == 303
    answer = leader.post(URL, data=sent(tagline="Van mij"))
    assert answer.status_code == 409
    assert "Van een collega" in answer.text


def test_wrong_details_are_said(leader: FlaskClient) -> None:
    answer = leader.post(URL, data=sent(email="geen adres", phone="12"))
    assert answer.status_code == 422
    assert answer.text.count('class="error"') == 2
