"""Who may reach what: every route, every role, and another programme's records in each."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.accounts.models import User
from pioneers.accounts.rules import PERMISSIONS, Permission, Role
from pioneers.db import db
from pioneers.web.access import PUBLIC
from tests.client import log_in
from tests.database import kept_writes
from tests.factories import Personas
from tests.site.world import Page, World, pages, rules

STATES = frozenset({PUBLIC, "signed_in", "administrator"})
COUNTED = {"cards.landing"}  # a card's page counts its visit (docs/architecture.md)
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def status(client: FlaskClient, page: Page) -> int:
    """The answer to an empty request."""
    return client.open(page.path, method=page.method).status_code


def wrong(client: FlaskClient, found: list[Page], *expected: int) -> list[str]:
    """The pages that answer something else than `expected`."""
    answers = [(page, status(client, page)) for page in found]
    return [f"{page}: {code}" for page, code in answers if code not in expected]


def staff(found: list[Page]) -> list[Page]:
    """The pages inside a programme."""
    return [page for page in found if isinstance(page.access, Permission)]


def holders(personas: Personas) -> dict[Role, User]:
    """The persona of each role."""
    return {
        Role.PROJECT_LEADER: personas.leader,
        Role.VIEWER: personas.viewer,
        Role.PIONEER: personas.pioneer,
        Role.FAN_CONTACT: personas.fan_contact,
    }


@on_sqlite
def test_every_route_states_who_may_reach_it(app: Flask) -> None:
    views = app.view_functions
    stated = [(rule, getattr(views[rule.endpoint], "access", None)) for rule in rules(app)]
    unstated = [
        f"{rule.rule} ({rule.endpoint})"
        for rule, access in stated
        if not (access in STATES or isinstance(access, Permission))
    ]
    assert not unstated


@on_sqlite
def test_every_route_of_a_programme_is_guarded_by_a_permission(app: Flask) -> None:
    unguarded = [
        rule.rule
        for rule in rules(app)
        if rule.rule.startswith("/p/")
        and not isinstance(getattr(app.view_functions[rule.endpoint], "access", None), Permission)
    ]
    assert not unguarded


def test_getting_a_page_writes_nothing(
    app: Flask, client: FlaskClient, world: World, personas: Personas
) -> None:
    found = [page for page in pages(app, world, "GET") if page.rule.endpoint not in COUNTED]
    writing = []
    with app.app_context():
        engine = db.engine
    for user in (None, personas.leader, personas.administrator):
        if user is not None:
            log_in(client, user)
        for page in found:
            with kept_writes(engine) as kept:
                status(client, page)
            writing += [f"{page}: {text}" for text in kept]
    assert not writing


def test_the_project_leader_reaches_every_page_of_the_programme(
    app: Flask, client: FlaskClient, world: World, personas: Personas
) -> None:
    log_in(client, personas.leader)
    assert not wrong(client, staff(pages(app, world, "GET")), 200, 302, 303)


@on_sqlite
@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_what_its_permissions_say(
    app: Flask, client: FlaskClient, world: World, personas: Personas, role: Role
) -> None:
    found = staff(pages(app, world, "GET", "POST"))
    log_in(client, holders(personas)[role])
    refused = [page for page in found if page.access not in PERMISSIONS[role]]
    reached = [page for page in found if page not in refused and page.method == "GET"]
    assert not wrong(client, refused, 403)
    assert not wrong(client, reached, 200, 302, 303)


@on_sqlite
def test_a_stranger_does_not_learn_that_the_programme_exists(
    app: Flask, client: FlaskClient, world: World, personas: Personas
) -> None:
    found = staff(pages(app, world, "GET", "POST"))
    for user in (personas.stranger, personas.administrator):
        log_in(client, user)
        assert not wrong(client, found, 404)


@on_sqlite
def test_another_programmes_records_do_not_exist_in_ones_own(
    app: Flask, client: FlaskClient, other_world: World, personas: Personas
) -> None:
    slug = holders_programme(other_world.session, personas)
    found = staff(pages(app, other_world, "GET", "POST", slug=slug))
    foreign = [page for page in found if any(name.endswith("_id") for name in page.rule.arguments)]
    log_in(client, personas.leader)
    assert not wrong(client, foreign, 404)


def holders_programme(session: Session, personas: Personas) -> str:
    """The slug of the leader's programme."""
    from pioneers.programmes.queries import programmes_of

    return programmes_of(session, user_id=personas.leader.id)[0][0].slug


@on_sqlite
def test_who_is_not_logged_in_is_sent_to_the_log_in_page(
    app: Flask, client: FlaskClient, world: World
) -> None:
    closed = [page for page in pages(app, world, "GET", "POST") if page.access != PUBLIC]
    answers = [(page, client.open(page.path, method=page.method)) for page in closed]
    assert not [
        str(page)
        for page, answer in answers
        if answer.status_code not in {302, 303} or not answer.location.startswith("/inloggen")
    ]


@on_sqlite
def test_only_the_administrator_reaches_the_installation(
    app: Flask, client: FlaskClient, world: World, personas: Personas
) -> None:
    found = [page for page in pages(app, world, "GET", "POST") if page.access == "administrator"]
    for user in (personas.leader, personas.viewer, personas.stranger):
        log_in(client, user)
        assert not wrong(client, found, 403)
    log_in(client, personas.administrator)
    assert not wrong(client, [page for page in found if page.method == "GET"], 200, 302, 303)


@on_sqlite
def test_a_form_without_its_token_is_refused(
    app: Flask, client: FlaskClient, world: World, personas: Personas
) -> None:
    log_in(client, personas.leader)
    found = pages(app, world, "POST")
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert not wrong(client, found, 400)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
