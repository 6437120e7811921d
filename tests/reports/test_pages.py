"""The pages of figures, for each role, with right and with wrong filters."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas
from tests.reports.conftest import Filled

PAGES = (
    "",
    "cijfers",
    "cijfers/gemeente",
    "cijfers/sector",
    "cijfers/grootte",
    "cijfers/fan",
    "cijfers/pionier",
    "cijfers/bijeenkomst",
    "cijfers/kanaal",
    "cijfers/maand",
    "cijfers/achter/deelnames",
    "cijfers/achter/personen",
    "cijfers/achter/bedrijven",
    "cijfers/achter/doelgroep",
    "cijfers/achter/hoofden",
    "cijfers/achter/in-actie",
    "cijfers/achter/personen-in-actie",
    "hoe-we-tellen",
)


def read(client: FlaskClient, path: str, **query: str) -> str:
    """The text of a page of the programme, which must be there."""
    response = client.get(f"/p/overijssel/{path}", query_string=query)
    assert response.status_code == 200, (path, response.status_code)
    return response.get_data(as_text=True)


def words(html: str) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.mark.parametrize("path", PAGES)
def test_the_leader_and_the_viewer_see_every_page_of_figures(
    client: FlaskClient, filled: Filled, path: str
) -> None:
    for user in (filled.personas.leader, filled.personas.viewer):
        log_in(client, user)
        read(client, path)


@pytest.mark.parametrize("path", PAGES)
def test_others_see_no_figures(client: FlaskClient, filled: Filled, path: str) -> None:
    address = f"/p/overijssel/{path}"
    assert client.get(address).status_code in {302, 303}
    log_in(client, filled.personas.stranger)
    assert client.get(address).status_code == 404
    log_in(client, filled.personas.pioneer)
    assert client.get(address).status_code == 403
    assert client.post(address).status_code in {403, 404, 405}


@pytest.mark.parametrize(
    "path",
    [
        "cijfers/kleur",
        "cijfers/achter/geluk",
        "cijfers/achter/personen?per=kleur&van=x",
        "cijfers/achter/personen?per=fan&van=99999999999999",
        "cijfers/achter/personen?per=bijeenkomst&van=99999999999999999999999999",
        "cijfers/achter/personen?per=maand&van=2018-13",
        "cijfers/achter/personen?per=gemeente&van=%00",
        "cijfers/sector/export.pdf",
    ],
)
def test_what_there_is_not_is_not_found(client: FlaskClient, filled: Filled, path: str) -> None:
    log_in(client, filled.personas.leader)
    assert client.get(f"/p/overijssel/{path}").status_code == 404


def test_the_progress_page_answers_in_a_sentence(client: FlaskClient, filled: Filled) -> None:
    log_in(client, filled.personas.leader)
    page = words(read(client, ""))
    assert "4 bedrijven zijn bewust gemaakt en 1 bedrijf kwam in actie" in page
    assert "met 1 pionier op 2 bijeenkomsten." in page
    assert "doel 4, gehaald op 2 maart 2018" in page
    assert "100 % van het doel" in page
    assert "13 aanwezigen zonder naam staan hier niet bij." in page


def test_what_waits_is_shown_to_who_can_do_it(client: FlaskClient, filled: Filled) -> None:
    log_in(client, filled.personas.leader)
    assert "actie om te controleren" in words(read(client, ""))
    log_in(client, filled.personas.viewer)
    assert "Vraagt aandacht" not in words(read(client, ""))


def test_an_empty_programme_says_how_to_begin(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    page = words(read(client, ""))
    assert "Er is nog niets geteld." in page
    assert "Upload de presentielijst" in page


def test_a_list_holds_as_many_as_the_figure_says(client: FlaskClient, filled: Filled) -> None:
    log_in(client, filled.personas.leader)
    page = read(client, "cijfers/achter/personen")
    assert "5 van 5." in words(page)
    for person in filled.people:
        assert person.family_name in page
    assert "13 aanwezigen zonder naam, op 2 bijeenkomsten." in words(
        read(client, "cijfers/achter/hoofden")
    )


def test_a_row_of_a_breakdown_opens_into_its_own_records(
    client: FlaskClient, filled: Filled
) -> None:
    log_in(client, filled.personas.leader)
    page = read(client, "cijfers/achter/bedrijven", per="gemeente", van="GM0150")
    assert "2 van 2." in words(page)
    assert "Deventer" in page
    unknown = read(client, "cijfers/achter/bedrijven", per="gemeente", van="")
    assert "1 van 1." in words(unknown)
    march = read(client, "cijfers/achter/personen", per="maand", van="2018-03")
    assert "2 van 2." in words(march)


def test_the_viewer_sees_counts_and_never_a_name_or_id(client: FlaskClient, filled: Filled) -> None:
    log_in(client, filled.personas.viewer)
    secrets = [person.family_name for person in filled.people]
    for path in PAGES:
        page = read(client, path)
        assert "/personen/" not in page.replace("/cijfers/achter/personen", "")
        assert not [name for name in secrets if name in page]
    for kind in ("csv", "xlsx"):
        export = client.get(f"/p/overijssel/cijfers/achter/personen/export.{kind}")
        assert export.status_code == 200
        assert not [name for name in secrets if name.encode() in export.data]
    page = words(read(client, "cijfers/achter/personen", per="fan", van=str(filled.fan.id)))
    assert "U ziet aantallen en geen namen" in page
    assert "mei 2017 3 maart 2018 2 Totaal 5" in page


def test_the_viewer_sees_pioneers_as_numbers(client: FlaskClient, filled: Filled) -> None:
    log_in(client, filled.personas.viewer)
    page = words(read(client, "cijfers/pionier"))
    assert "Pionier 1" in page
    assert "Wolters" not in page


def test_a_period_shows_the_figures_of_that_period(client: FlaskClient, filled: Filled) -> None:
    log_in(client, filled.personas.leader)
    page = read(client, "cijfers/achter/personen", vanaf="2018-01-01", tot="2018-12-31")
    assert "2 van 2." in words(page)
    page = words(read(client, "", vanaf="2018-01-01", tot="2018-12-31"))
    assert "in deze periode; een doel telt vanaf het begin" in page
    outside = words(read(client, "cijfers/sector", vanaf="1999-01-01", tot="1999-12-31"))
    assert "In deze periode is niets geteld" in outside


def test_known_on_an_earlier_day_shows_the_earlier_figures(
    client: FlaskClient, filled: Filled
) -> None:
    log_in(client, filled.personas.leader)
    assert "3 van 3." in words(read(client, "cijfers/achter/personen", bekend="2017-12-31"))
    assert "0 van 0." in words(read(client, "cijfers/achter/in-actie", bekend="2018-05-31"))
    assert "1 van 1." in words(read(client, "cijfers/achter/in-actie", bekend="2018-06-01"))


def test_filters_survive_links(client: FlaskClient, filled: Filled) -> None:
    log_in(client, filled.personas.leader)
    page = read(client, "cijfers/gemeente", vanaf="2018-01-01", tot="2018-12-31", maat="bedrijven")
    links = re.findall(r'href="(/p/overijssel/cijfers[^"]*)"', page)
    opened = [link for link in links if "/achter/" in link or "/export." in link]
    assert opened
    assert all("vanaf=2018-01-01" in link and "tot=2018-12-31" in link for link in opened)


@pytest.mark.parametrize("path", ["", "cijfers", "cijfers/fan", "cijfers/achter/personen"])
def test_rubbish_in_the_address_gets_a_message_at_its_field(
    client: FlaskClient, filled: Filled, path: str
) -> None:
    log_in(client, filled.personas.leader)
    page = words(
        read(client, path, vanaf="gisteren", tot="2018-13-45", bekend="2999-01-01", pagina="-3")
    )
    assert page.count("Schrijf de dag als 12-3-2017.") >= 2
    assert "Schrijf een jaar tussen 1900 en 2199." in page or "nog niet voorbij" in page
    assert "De periode begint na het einde." in words(
        read(client, path, vanaf="2019-01-01", tot="2018-01-01")
    )
    assert "Schrijf een jaar tussen" in words(read(client, path, tot="0001-01-01"))
    read(client, path, vanaf="\x00", tot="9" * 500, maat="<script>")
    assert "Kies een van de cijfers" in words(read(client, "cijfers/fan", maat="geluk"))


def test_an_export_with_wrong_filters_leads_back_to_the_page(
    client: FlaskClient, filled: Filled
) -> None:
    log_in(client, filled.personas.leader)
    for path in ("cijfers", "cijfers/fan", "cijfers/achter/personen"):
        response = client.get(f"/p/overijssel/{path}/export.csv?tot=morgen&slug=x&_external=1")
        assert response.status_code == 302
        assert response.location.startswith(f"/p/overijssel/{path}?tot=morgen")


def test_the_definitions_name_the_settings_of_this_programme(
    client: FlaskClient, filled: Filled
) -> None:
    filled.programme.employees_max = 99
    log_in(client, filled.personas.viewer)
    page = words(read(client, "hoe-we-tellen"))
    assert "6 tot en met 99 werknemers" in page
    assert "telt bewustwording in bedrijven" in page
