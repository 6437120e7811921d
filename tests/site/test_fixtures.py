"""The fixtures keep their promises: what a test writes, the next one does not see."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers.accounts.models import User
from pioneers.db import db
from pioneers.programmes.models import Programme
from tests.factories import Personas, make_programme


@pytest.mark.parametrize("turn", [1, 2])
def test_a_commit_is_undone_after_the_test(session: Session, turn: int) -> None:
    assert session.scalar(select(func.count()).select_from(Programme)) == 0
    make_programme(session, slug="eenmalig")
    session.commit()
    assert session.scalar(select(func.count()).select_from(Programme)) == 1


def test_a_commit_in_a_request_reaches_the_test(app: Flask, session: Session) -> None:
    programme = make_programme(session, name="Oud")

    @app.before_request
    def change() -> str:
        db.session.get_one(Programme, programme.id).name = "Nieuw"
        db.session.commit()
        return "done"

    try:
        assert app.test_client().get("/").status_code == 200
    finally:
        app.before_request_funcs[None].remove(change)
    assert programme.name == "Nieuw"
    assert db.session() is session


def test_a_real_application_commits(real_app: Flask) -> None:
    with real_app.app_context():
        make_programme(db.session)
        db.session.commit()
    with real_app.app_context(), db.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Programme)) == 1


def test_the_personas_are_six_people(session: Session, personas: Personas) -> None:
    assert session.scalar(select(func.count()).select_from(User)) == 6
    assert personas.elsewhere.slug != "overijssel"
