"""Pressing twice is pressing once."""

from datetime import timedelta
from threading import Barrier, Thread

import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.db import db
from pioneers.presses.actions import forget_presses, is_first


def test_the_same_form_is_new_once(session: Session) -> None:
    assert is_first(session, "secret", "ask", 1, "text")
    assert not is_first(session, "secret", "ask", 1, "text")
    assert is_first(session, "secret", "ask", 1, "another text")
    assert is_first(session, "secret", "ask", 2, "text")


def test_what_was_sent_days_ago_is_forgotten(session: Session) -> None:
    assert is_first(session, "secret", "ask", 1, "text")
    assert forget_presses(session) == 0
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        assert forget_presses(session) == 1
    assert is_first(session, "secret", "ask", 1, "text")


def test_of_several_at_once_one_is_the_first(real_app: Flask) -> None:
    start, found = Barrier(4), []

    def press() -> None:
        with real_app.app_context():
            start.wait()
            found.append(is_first(db.session, "secret", "ask", 1, "text"))
            db.session.commit()

    threads = [Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [False, False, False, True]
