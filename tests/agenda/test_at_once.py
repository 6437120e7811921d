"""The same preview sent several times at the same moment, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from pioneers import clock
from pioneers.accounts.rules import Role
from pioneers.agenda import outside
from pioneers.agenda.fetching import Fetched
from pioneers.agenda.models import OutsideCalendar, OutsideEvent
from pioneers.agenda.reading import OutsideEntry, Reading
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.fans.models import Fan
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from tests.agenda.test_following import entry
from tests.factories import make_fan, make_programme, make_user

TIMES = 4


@pytest.mark.parametrize("entries", [(entry("a"), entry("b", days=21)), ()])
def test_a_preview_sent_four_times_at_once_begins_once(
    real_app: Flask, entries: tuple[OutsideEntry, ...]
) -> None:
    with real_app.app_context():
        today = clock.today()
        programme = make_programme(db.session, starts_on=today, ends_on=today + timedelta(days=700))
        user = make_user(db.session, Role.PROJECT_LEADER, programme)
        fan_id, user_id = make_fan(db.session, programme).id, user.id
        programme_id = programme.id
        db.session.commit()
    start = Barrier(TIMES)

    def work() -> str:
        with real_app.app_context():
            start.wait()
            try:
                outside.begin(
                    db.session,
                    programme=db.session.get_one(Programme, programme_id),
                    fan=db.session.get_one(Fan, fan_id),
                    name="Agenda",
                    address=None,
                    fetched=Fetched(b"", etag="a" * 64),
                    reading=Reading(entries, {}),
                    actor_id=user_id,
                )
                db.session.commit()
            except Refused as refused:
                db.session.rollback()
                return refused.code
            finally:
                db.session.remove()
        return "begun"

    with ThreadPoolExecutor(TIMES) as pool:
        waits = [pool.submit(copy_context().run, work) for _time in range(TIMES)]
        said = sorted(each.result() for each in waits)
    assert said == ["begun", *["calendar_known"] * (TIMES - 1)]
    with real_app.app_context():
        counts = [
            db.session.scalar(select(func.count()).select_from(kind))
            for kind in (OutsideCalendar, OutsideEvent, Event)
        ]
    assert counts == [1, len(entries), len(entries)]
