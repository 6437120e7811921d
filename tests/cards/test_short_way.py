"""What the short way to a card's page may not skip, in several workers and on both databases."""

import json
import os
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask
from sqlalchemy import create_engine, func, make_url, select, text

from pioneers.cards import actions
from pioneers.cards.landing import KEY, Desk
from pioneers.cards.models import Card, PrintRun, Visit
from pioneers.cards.visits import Visits
from pioneers.db import db
from pioneers.profiles.models import Profile
from pioneers.web.logs import configure
from tests import factories as make
from tests.cards.making import PHONE, make_public_pioneer, make_run, person
from tests.conftest import build_app


@pytest.fixture
def code(real_app: Flask) -> str:
    """The code of a card of Hanna Bos."""
    with real_app.app_context():
        programme = make.make_programme(db.session)
        pioneer = make_public_pioneer(db.session, programme)
        made = make_run(db.session, programme, pioneer.id, quantity=3)[1][0].code
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture
def workers(real_app: Flask) -> Iterator[list[Flask]]:
    """Two more processes' applications, behind one proxy."""
    url = real_app.config["SQLALCHEMY_DATABASE_URI"]
    found = [build_app(url, BEHIND_PROXIES="1") for _ in range(2)]
    yield found
    for worker in found:
        with worker.app_context():
            db.session.remove()
            db.engine.dispose()


def come(worker: Flask, code: str, number: int = 0, address: str = "192.0.2.1") -> str:
    """Somebody scans the card; the page that they get."""
    headers = {"User-Agent": person(number) if number else PHONE, "X-Forwarded-For": address}
    answer = worker.test_client().get(f"/k/{code}?s", headers=headers)
    assert answer.status_code in {200, 410}
    return answer.get_data(as_text=True)


def visits_on_disk(worker: Flask) -> int:
    """What somebody else sees who opens the database now."""
    engine = create_engine(worker.config["SQLALCHEMY_DATABASE_URI"])
    with engine.connect() as connection:
        found = connection.scalar(select(func.count()).select_from(Visit.__table__))
    engine.dispose()
    return found or 0


def test_a_visit_is_there_when_its_answer_is(workers: list[Flask], code: str) -> None:
    for number in range(1, 6):
        come(workers[number % 2], code, number)
        assert visits_on_disk(workers[0]) == number


def test_on_sqlite_a_visit_is_on_disk_before_it_is_answered(
    workers: list[Flask], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[tuple[str, int]] = []
    fdatasync = os.fdatasync

    def noted(file: int) -> None:
        reached.append((os.readlink(f"/proc/self/fd/{file}"), visits_on_disk(workers[0])))
        fdatasync(file)

    monkeypatch.setattr(os, "fdatasync", noted)
    url = make_url(workers[0].config["SQLALCHEMY_DATABASE_URI"])
    for number in (1, 2):
        come(workers[0], code, number)
    log = [(f"{url.database}-wal", number) for number in (1, 2)]
    assert [one for one in reached if one[1]] == (log if url.drivername == "sqlite" else [])


def test_what_changes_shows_on_the_next_visit_in_every_worker(
    real_app: Flask, workers: list[Flask], code: str
) -> None:
    for worker in workers:
        with worker.app_context():
            worker.extensions[KEY] = Desk(Visits(db.engine, trusted_for=0))
        come(worker, code, 1)
    with real_app.app_context():
        profile = db.session.scalars(select(Profile)).one()
        profile.headline = "Wij durven nu los te laten"
        profile.version += 1
        db.session.commit()
        db.session.remove()
    for worker in workers:
        assert "Wij durven nu los te laten" in come(worker, code, 2)


def test_a_card_that_is_withdrawn_is_so_in_every_worker_at_once(
    real_app: Flask, workers: list[Flask], code: str
) -> None:
    for worker in workers:
        assert "Hanna Bos" in come(worker, code, 1)
    with real_app.app_context():
        card = db.session.scalars(select(Card).where(Card.code == code)).one()
        run = db.session.get_one(PrintRun, card.run_id)
        actions.withdraw(db.session, run=run, card=card, because="Weg", actor_id=None)
        db.session.commit()
        db.session.remove()
    for worker in workers:
        assert "Hanna Bos" not in come(worker, code, 1)


def test_only_what_the_own_proxy_says_tells_people_apart(workers: list[Flask], code: str) -> None:
    for address in ("192.0.2.1", "192.0.2.2", "made up, 192.0.2.2", '"192.0.2.2"'):
        come(workers[0], code, 1, address)
    assert visits_on_disk(workers[0]) == 2


def test_the_log_names_the_request_that_was_answered(
    workers: list[Flask], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    come(workers[0], code)
    configure(json=True)
    try:
        structlog.contextvars.bind_contextvars(request_id="of somebody else")
        client = workers[0].test_client()
        answer = client.get(f"/k/{code}?s", headers={"User-Agent": person(3)})
    finally:
        structlog.contextvars.clear_contextvars()
        configure(json=False, level="ERROR")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["request_id"] for line in lines] == [answer.headers["X-Request-Id"]]


def test_a_connection_that_the_server_ends_loses_no_visit(workers: list[Flask], code: str) -> None:
    come(workers[0], code, 1)
    engine = create_engine(workers[0].config["SQLALCHEMY_DATABASE_URI"])
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no server")
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()
    come(workers[0], code, 2)
    assert visits_on_disk(workers[0]) == 2
