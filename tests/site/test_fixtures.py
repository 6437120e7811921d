"""The fixtures keep their promises: what a test writes, the next one does not see."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers.accounts.models import User
from pioneers.db import db
from pioneers.programmes.models import Programme
from tests.database import kept_writes
from tests.factories import Personas, make_programme


@pytest.mark.parametrize("turn", [1, 2])
def test_a_commit_is_undone_after_the_test(session: Session, turn: int) -> None:
    assert session.scalar(select(func.count()).select_from(Programme)) == 0
    make_programme(session, slug="eenmalig")
    session.commit()
    assert session.scalar(select(func.count()).select_from(Programme)) == 1


def test_a_commit_in_a_request_reaches_the_test(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = make_programme(session, name="Oud")

    def change() -> str:
        db.session.get_one(Programme, programme.id).name = "Nieuw"
        db.session.commit()
        return "done"

    monkeypatch.setitem(app.view_functions, "accounts.login", change)
    assert app.test_client().get("/inloggen").status_code == 200
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


def test_only_writes_that_are_kept_are_seen(app: Flask, session: Session) -> None:
    with app.app_context():
        engine = db.engine
    with kept_writes(engine) as kept:
        make_programme(session)
        session.rollback()
        assert not kept
        make_programme(session)
        session.commit()
    assert any("programme" in statement for statement in kept)
