"""The list of the knowledge base, for everybody."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.companies.rules import SizeClass
from pioneers.knowledge.actions import withdraw, withdraw_consent
from pioneers.knowledge.models import Domain, ItemKind
from pioneers.programmes.models import Programme
from pioneers.publishing.models import SiteSettings
from tests.knowledge.scene import make_item, make_published


def _texts(client: FlaskClient, running: Programme, query: str = "") -> str:
    answer = client.get(f"/kennis/{running.slug}{query}")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    return answer.text


def test_everybody_sees_what_is_public_and_nothing_else(
    client: FlaskClient, running: Programme, session: Session
) -> None:
    make_published(session, running, title="Dit staat er")
    make_item(session, running, title="Nog een concept")
    withdraw(session, item=make_published(session, running, title="Eraf"), at=None, user_id=None)
    withdraw_consent(
        session, item=make_published(session, running, title="Niet akkoord"), user_id=None
    )
    text = _texts(client, running)
    assert "Dit staat er" in text
    for hidden in ("Nog een concept", "Eraf", "Niet akkoord"):
        assert hidden not in text
    assert text.count("<h1>") == 1
    assert "<h1>Kennisbank</h1>" in text


def test_the_menu_leads_here(client: FlaskClient, running: Programme) -> None:
    assert f'href="/kennis/{running.slug}" aria-current="page">Kennisbank' in _texts(
        client, running
    )


def test_every_choice_narrows_and_says_how_many_it_gives(
    client: FlaskClient, running: Programme, session: Session
) -> None:
    make_published(
        session,
        running,
        title="De scan",
        kind=ItemKind.SCAN,
        themes=("co_creation",),
        level=2,
        domain=Domain.PERSONNEL,
        sector="C",
        size_class=SizeClass.SMALL,
    )
    make_published(session, running, title="Voor de bouw", sector="F", size_class=SizeClass.MEDIUM)
    for query in (
        "soort=scan",
        "thema=co_creation",
        "niveau=2",
        "waar=personnel",
        "sector=C",
        "omvang=10-49",
    ):
        text = _texts(client, running, f"?{query}")
        assert "De scan</a>" in text
        assert "Voor de bouw</a>" not in text
        assert "selected" in text
    text = _texts(client, running, "?soort=scan")
    assert "Scan of test (1)" in text
    assert "Hulpmiddel (1)" in text  # the other choice stays to be made


def test_what_is_for_any_company_suits_each_but_comes_after_its_own(
    client: FlaskClient, running: Programme, session: Session
) -> None:
    make_published(session, running, title="Voor industrie", sector="C")
    make_published(session, running, title="Voor allen")
    make_published(session, running, title="Voor bouw", sector="F")
    text = _texts(client, running, "?sector=C")
    assert text.index("Voor industrie</a>") < text.index("Voor allen</a>")
    assert "Voor bouw</a>" not in text
    assert "Industrie (2)" in text


def test_an_empty_knowledge_base_has_a_way_on(client: FlaskClient, running: Programme) -> None:
    text = _texts(client, running)
    assert "De eerste items worden geschreven" in text
    assert f"/vraag/{running.slug}" in text
    assert "<form" not in text


def test_a_choice_that_fits_nothing_has_a_way_back_and_a_way_on(
    client: FlaskClient, running: Programme, session: Session
) -> None:
    make_published(session, running)
    text = _texts(client, running, "?soort=video")
    assert "Niets gevonden" in text
    assert "Alles tonen" in text
    assert f"/vraag/{running.slug}" in text


@pytest.mark.parametrize(
    "query",
    ["soort=x&niveau=9&thema=,&sector=CC&omvang=0&waar=%00", "pagina=-1", "niveau=%C2%B2"],
)
def test_what_is_no_choice_counts_as_not_asked(
    client: FlaskClient, running: Programme, session: Session, query: str
) -> None:
    make_published(session, running, title="Dit staat er")
    assert "Dit staat er</a>" in _texts(client, running, f"?{query}")


def test_a_page_behind_the_last_leads_back(
    client: FlaskClient, running: Programme, session: Session
) -> None:
    for place in range(21):
        make_published(session, running, title=f"Item {place}")
    assert _texts(client, running).count("<h2>") == 20
    assert "Item 0</a>" in _texts(client, running, "?pagina=2")
    assert "Deze pagina is er niet" in _texts(client, running, "?pagina=3")


def test_a_chosen_language_stays_while_somebody_searches(
    client: FlaskClient, running: Programme, session: Session
) -> None:
    make_published(session, running)
    text = _texts(client, running, "?taal=en")
    assert '<input type="hidden" name="taal" value="en">' in text
    assert "<h1>Knowledge base</h1>" in text


def test_a_closed_site_has_no_list(
    client: FlaskClient, running: Programme, session: Session
) -> None:
    session.get_one(SiteSettings, running.id).is_open = False
    session.flush()
    assert client.get(f"/kennis/{running.slug}").status_code == 404


def test_another_programme_shows_nothing_of_this_one(
    client: FlaskClient, running: Programme, session: Session
) -> None:
    make_published(session, running)
    assert client.get("/kennis/bestaat-niet").status_code == 404
