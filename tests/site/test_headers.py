"""Security headers on every answer, errors included."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pioneers.web.headers import HEADERS, SECRET_PATHS
from tests.client import log_in
from tests.conftest import SECRET, build_app
from tests.database import Databases
from tests.factories import Personas
from tests.site.world import World, pages

MAY_USE_THE_CAMERA = {
    "presence.scan": {
        "Permissions-Policy": HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")
    }
}
# what people hand in may do nothing at all, also when a browser opens it
HANDED_IN = {"knowledge.own_file", "knowledge.file"}
SANDBOX = {"Content-Security-Policy": "default-src 'none'; sandbox"}
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def test_every_page_has_the_headers(
    app: Flask, client: FlaskClient, world: World, personas: Personas
) -> None:
    log_in(client, personas.leader)
    for page in pages(app, world, "GET"):
        answer = client.get(page.path)
        expected = HEADERS | MAY_USE_THE_CAMERA.get(page.rule.endpoint, {})
        if page.rule.endpoint in HANDED_IN:
            expected = expected | SANDBOX
        assert {name: answer.headers.get(name) for name in HEADERS} == expected, str(page)


def test_errors_have_the_headers_and_a_page(
    app: Flask, client: FlaskClient, personas: Personas
) -> None:
    log_in(client, personas.viewer)
    answers = {
        404: client.get("/bestaat-niet"),
        405: client.get("/uitloggen"),
        413: client.post("/inloggen", data={"email": "x" * (app.config["MAX_CONTENT_LENGTH"] + 1)}),
    }
    for code, answer in answers.items():
        assert answer.status_code == code
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert answer.text.count("<h1") == 1


def test_our_own_failure_has_the_headers_and_tells_nothing(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise RuntimeError("geheim")

    monkeypatch.setitem(app.view_functions, "accounts.login", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = client.get("/inloggen")
    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "geheim" not in answer.text


def test_what_a_signed_in_person_saw_is_not_kept(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.leader)
    assert client.get("/account").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", SECRET_PATHS)
def test_a_page_with_a_secret_address_is_neither_kept_nor_found(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(f"{path}1-verzonnen")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_production_insists_on_https(app: Flask, databases: Databases) -> None:
    url = databases.new("sqlite")
    production = build_app(
        url,
        PIONEERS_ENV="production",
        SECRET_KEY=SECRET,
        SITE_ADDRESS="https://localhost",
        MAIL_FROM="pioniers@voorbeeld.example",
    )
    answer = production.test_client().get("/inloggen", base_url="https://localhost")
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    cookies = answer.headers.getlist("Set-Cookie")
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in cookies)
