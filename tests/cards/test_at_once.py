"""Many visitors at once, in several workers, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from pioneers.cards.actions import create_run
from pioneers.cards.landing import KEY
from pioneers.cards.models import Card, PrintRun, Visit, VisitDay, VisitSalt
from pioneers.cards.rules import NewRun, Owner, OwnerKind
from pioneers.db import db
from tests import factories as make
from tests.cards.making import PHONE, make_run
from tests.conftest import build_app

WORKERS, THREADS, EACH = 3, 4, 12


@pytest.fixture
def codes(real_app: Flask) -> list[str]:
    """Cards of two print runs."""
    with real_app.app_context():
        programme = make.make_programme(db.session)
        pioneer = make.make_pioneer(db.session, programme)
        cards = make_run(db.session, programme, pioneer.id, quantity=3)[1]
        cards += make_run(db.session, programme, pioneer.id, quantity=3)[1]
        db.session.commit()
        return [card.code for card in cards]


def test_every_visit_is_counted_once_whoever_writes_it(real_app: Flask, codes: list[str]) -> None:
    url = real_app.config["SQLALCHEMY_DATABASE_URI"]
    workers = [build_app(url) for _ in range(WORKERS)]
    start = Barrier(WORKERS * THREADS)

    def work(number: int) -> list[int]:
        """One thread: visitors of its own, and some whom every worker sees at the same time."""
        client = workers[number % WORKERS].test_client()
        start.wait()
        found = []
        for turn in range(EACH):
            shared = turn % 3 == 0
            name = f"{PHONE} Build/{turn if shared else f'{number}-{turn}'}"
            code = codes[turn % len(codes)]
            found.append(client.get(f"/k/{code}?s", headers={"User-Agent": name}).status_code)
        return found

    with ThreadPoolExecutor(WORKERS * THREADS) as pool:
        answers = [code for found in pool.map(work, range(WORKERS * THREADS)) for code in found]
    assert set(answers) == {200}
    expected = EACH // 3 + WORKERS * THREADS * (EACH - EACH // 3)
    with real_app.app_context():
        scanned = db.session.scalar(select(func.sum(VisitDay.scanned)))
        cards = db.session.scalar(select(func.sum(Card.scanned)))
        rows = db.session.scalar(select(func.count(Visit.id)))
        assert (rows, scanned, cards) == (expected, expected, expected)
        assert db.session.scalar(select(func.count()).select_from(VisitSalt)) == 1
        db.session.remove()
    for worker in workers:
        assert KEY in worker.extensions
        with worker.app_context():
            db.session.remove()
            db.engine.dispose()


def test_two_who_print_at_once_get_two_numbers(real_app: Flask, codes: list[str]) -> None:
    with real_app.app_context():
        run = db.session.scalars(select(PrintRun).limit(1)).one()
        programme_id, owner = run.programme_id, Owner(OwnerKind.PIONEER, run.pioneer_id or 0)
        day = run.printed_on
        db.session.remove()
    start = Barrier(4)

    def work(_number: int) -> int:
        with real_app.app_context():
            start.wait()
            programme = db.session.get_one(make.Programme, programme_id)
            made = create_run(
                db.session, programme=programme, new=NewRun(owner, day, 5), actor_id=None
            )
            db.session.commit()
            number = made.number
            db.session.remove()
            return number

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(work, range(4))) == [3, 4, 5, 6]
