"""A pioneer opens what came of it: when and what, never who."""

import pytest
from flask.testing import FlaskClient

from pioneers import clock
from pioneers.cards.counting import Hit
from pioneers.cards.models import Came, Card, Lead, LeadKind
from pioneers.cards.visitors import Visitor, hour_of
from pioneers.cards.visits import write
from pioneers.reach.activations import propose_activation, verify_activation
from tests.cards.making import make_run
from tests.client import log_in
from tests.contributions.scene import Scene
from tests.factories import (
    Personas,
    make_activation_kind,
    make_company,
    make_person,
    make_pioneer,
)

OWN = "/p/overijssel/pionier"
OUTCOME = f"{OWN}/opbrengst"


def visited(scene: Scene, card: Card, number: int, came: Came) -> None:
    """Somebody follows the card, just now."""
    now = clock.now()
    hour, today = hour_of(now), clock.today()
    visitor = number.to_bytes(16)
    hit = Hit(card.id, card.run_id, Visitor.PERSON, came, today, hour, visitor)
    write(scene.session.connection(), [hit])
    scene.session.expire_all()


def acts(scene: Scene, personas: Personas, company_id: int) -> None:
    """The company takes action thanks to the pioneer, seen by a second person."""
    activation = propose_activation(
        scene.session,
        programme=scene.programme,
        company_id=company_id,
        kind_id=make_activation_kind(scene.session, scene.programme).id,
        day=clock.today(),
        proof="Plan gezien",
        pioneer_id=scene.pioneer.id,
        actor_id=personas.leader.id,
    )
    scene.session.flush()
    verify_activation(
        scene.session,
        programme=scene.programme,
        activation=activation,
        actor_id=personas.administrator.id,
    )


@pytest.fixture
def followed(scene: Scene, personas: Personas) -> Scene:
    """Two visits, details, an action after a card and one without."""
    session, programme = scene.session, scene.programme
    card = make_run(session, programme, scene.pioneer.id)[1][0]
    visited(scene, card, 1, Came.SCANNED)
    visited(scene, card, 2, Came.TYPED)
    visited(
        scene,
        make_run(session, programme, make_pioneer(session, programme).id)[1][0],
        3,
        Came.SCANNED,
    )
    company = make_company(session, programme)
    person = make_person(session, programme, company, family_name="Geheim")
    session.add(
        Lead(
            card_id=card.id,
            kind=LeadKind.NEWS,
            at=clock.now(),
            came=Came.SCANNED,
            person_id=person.id,
            company_id=company.id,
        )
    )
    session.flush()
    acts(scene, personas, company.id)
    acts(scene, personas, make_company(session, programme).id)
    return scene


def test_each_number_of_ones_own_page_opens_to_as_many_records(
    client: FlaskClient, followed: Scene, personas: Personas
) -> None:
    log_in(client, personas.pioneer)
    own = client.get(OWN).text
    year = clock.today().year
    for words, what, total, within in (
        ("Uw kaartjes zijn één keer gescand", "bezoeken", 2, "overgetypt"),
        ("Er zijn één keer gegevens achtergelaten", "gegevens", 1, "Op de hoogte"),
        ("Na uw kaartje kwam één bedrijf in actie.", "actie-na-kaartje", 1, "uw kaartje: gegevens"),
        (
            "Dankzij u kwam één bedrijf in actie zonder kaartje.",
            "actie-zonder-kaartje",
            1,
            "zonder",
        ),
    ):
        assert words in own
        assert f"opbrengst?wat={what}" in own
        page = client.get(f"{OUTCOME}?wat={what}").text
        assert (f"Eén in {year}" if total == 1 else f"{total} in {year}") in page
        rows = page.count("<li><span>") if what == "bezoeken" else page.count("<tr>") - 1
        assert rows == total
        assert within in page
        assert "Geheim" not in page


def test_what_cannot_be_opened_shows_the_visits(
    client: FlaskClient, followed: Scene, personas: Personas
) -> None:
    log_in(client, personas.pioneer)
    assert "Bezoeken via uw kaartjes" in client.get(f"{OUTCOME}?wat=onzin").text


def test_who_is_no_pioneer_has_no_outcome(
    client: FlaskClient, followed: Scene, personas: Personas
) -> None:
    log_in(client, personas.leader)
    assert client.get(OUTCOME).status_code == 302
    log_in(client, personas.viewer)
    assert client.get(OUTCOME).status_code == 403
