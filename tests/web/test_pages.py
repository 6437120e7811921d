"""What every answer has: own error pages, headers, a language, a request log without secrets."""

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from flask_wtf.csrf import CSRFProtect

from pioneers.web import formats
from pioneers.web.i18n import language
from pioneers.web.pagination import Page, page_href, page_number


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere", 404, "Pagina niet gevonden"),
        ("/missing", 404, "Pagina niet gevonden"),
        ("/forbidden", 403, "U hebt geen toegang tot deze pagina"),
        ("/often", 429, "Te veel pogingen"),
        ("/form", 405, "Zo werkt dit niet"),
    ],
)
def test_an_error_has_its_own_page(
    bare_client: FlaskClient, path: str, status: int, words: str
) -> None:
    response = bare_client.get(path)
    assert response.status_code == status
    assert f"<h1>{words}</h1>" in response.text
    assert f"<title>{words} · Pioniers</title>" in response.text


def test_an_error_speaks_english_to_who_chose_it(bare_client: FlaskClient) -> None:
    bare_client.set_cookie("taal", "en")
    assert "<h1>Page not found</h1>" in bare_client.get("/nowhere").text


def test_a_failure_shows_a_reference_and_no_detail(
    bare_client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    response = bare_client.get("/broken")
    assert response.status_code == 500
    assert "secret detail" not in response.text
    reference = re.search(r"Kenmerk: <strong class=\"code\">([0-9A-F]{8})<", response.text)
    assert reference is not None
    logged = capsys.readouterr().out
    assert reference[1] in logged
    assert "RuntimeError" in logged


def test_an_error_page_stands_without_the_navigation_when_the_database_is_down(
    bare: Flask,
) -> None:
    @bare.context_processor
    def navigation() -> dict[str, object]:
        raise OSError("the database is down")

    response = bare.test_client().get("/nowhere")
    assert response.status_code == 404
    assert "<h1>Pagina niet gevonden</h1>" in response.text


def test_a_form_without_token_is_refused_in_words(bare: Flask) -> None:
    CSRFProtect(bare)
    response = bare.test_client().post("/form")
    assert response.status_code == 400
    assert "Deze pagina stond te lang open" in response.text


def test_every_answer_carries_the_security_headers(bare_client: FlaskClient) -> None:
    for path in ("/missing", "/broken", "/static/site.css"):
        response = bare_client.get(path)
        headers = response.headers
        response.close()
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in headers


def test_production_asks_for_https_for_ever(bare: Flask) -> None:
    bare.config["PRODUCTION"] = True
    assert "max-age=" in bare.test_client().get("/missing").headers["Strict-Transport-Security"]


def test_what_a_signed_in_person_saw_is_not_kept(bare: Flask) -> None:
    @bare.get("/mine")
    def mine() -> str:
        session["_user_id"] = "1"
        return "mine"

    assert bare.test_client().get("/mine").headers["Cache-Control"] == "no-store"


def test_a_static_file_with_its_hash_is_kept_for_ever(bare_client: FlaskClient) -> None:
    page = bare_client.get("/missing").text
    found = re.search(r'href="(/static/site\.css\?v=[0-9a-f]{10})"', page)
    assert found is not None
    response = bare_client.get(found[1])
    assert "immutable" in response.headers["Cache-Control"]
    response.close()


def test_a_page_has_no_inline_script_or_style(bare_client: FlaskClient) -> None:
    page = bare_client.get("/missing").text
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("/p/x/?a=1", "/p/x/?a=1"),
        ("http://localhost/p/x", "/p/x"),
        ("//evil.example/", "/"),
        ("https://evil.example/p", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_switching_the_language_leads_back_to_this_site_only(
    bare_client: FlaskClient, target: str, place: str
) -> None:
    response = bare_client.post("/taal", data={"language": "en", "next": target})
    assert response.status_code == 303
    assert response.headers["Location"] == place
    assert "taal=en" in response.headers["Set-Cookie"]


def test_an_unknown_language_sets_nothing(bare_client: FlaskClient) -> None:
    response = bare_client.post("/taal", data={"language": "xx"})
    assert "Set-Cookie" not in response.headers


def test_the_log_names_the_endpoint_and_no_query(
    bare_client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    bare_client.get("/missing?q=jansen")
    logged = capsys.readouterr().out
    assert "missing" in logged
    assert "jansen" not in logged


@pytest.mark.usefixtures("dutch")
def test_dutch_formats() -> None:
    moment = datetime(2017, 3, 12, 19, 0, tzinfo=UTC)
    assert formats.number(1775) == "1.775"
    assert formats.percent(3.94) == "394\u00a0%"
    assert formats.money(125_000) == "€\u00a01.250"
    assert formats.money(125_050) == "€\u00a01.250,50"
    assert formats.money(-500) == "-€\u00a05"
    assert formats.euros(1250) == "€\u00a01.250"
    assert formats.day(date(2017, 3, 12)) == "12 maart 2017"
    assert formats.day_short(date(2017, 3, 12)) == "12-03-2017"
    assert formats.moment(moment) == "12 maart 2017, 20.00 uur"
    assert formats.day(datetime(2017, 3, 12, 23, 30, tzinfo=UTC)) == "13 maart 2017"
    assert formats.number(None) == "–"


@pytest.mark.usefixtures("english")
def test_english_formats() -> None:
    assert formats.number(1775) == "1,775"
    assert formats.percent(0.5) == "50%"
    assert formats.money(125_000) == "€1,250"
    assert formats.moment(datetime(2017, 7, 1, 18, 0, tzinfo=UTC)) == "1 July 2017, 20:00"


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("3", 3),
        ("", 1),
        ("0", 1),
        ("-2", 1),
        ("x", 1),
        ("9" * 40, 1),
        ("²", 1),
        ("9999999", 1_000_000),
    ],
)
def test_the_page_number_bears_rubbish(bare: Flask, asked: str, number: int) -> None:
    with bare.test_request_context("/", query_string={"pagina": asked}):
        assert page_number() == number


def test_another_page_keeps_the_filters(bare: Flask) -> None:
    with bare.test_request_context("/bedrijven?q=a+b&pagina=2&soort=x&soort=y"):
        assert page_href(3) == "/bedrijven?q=a+b&soort=x&soort=y&pagina=3"


def test_a_page_knows_its_place() -> None:
    page = Page(items=list(range(25)), number=3, size=50, total=125)
    assert (page.first, page.last, page.pages) == (101, 125, 3)
    assert page.has_prev
    assert not page.has_next
    assert Page[int](items=[], number=1, size=50, total=0).pages == 1


def test_a_language_is_forgotten_with_its_request(bare: Flask) -> None:
    """A thread that answered in English answers the next person in Dutch."""
    with bare.test_request_context("/", headers={"Cookie": "taal=en"}):
        assert language() == "en"
    assert language() == "nl"
    with bare.test_request_context("/"):
        assert language() == "nl"
