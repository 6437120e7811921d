"""The button in the mail pressed on several devices at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from pioneers.contributions.links import token_of
from pioneers.contributions.models import Contribution
from pioneers.db import db
from pioneers.reach.models import Contact
from tests.contributions.scene import make_me, make_talk
from tests.factories import make_programme

DEVICES = 4


def test_pressed_on_several_devices_at_once_it_is_one_row(real_app: Flask) -> None:
    with real_app.app_context():
        programme = make_programme(db.session, starts_on=date(2025, 1, 1), ends_on=None)
        me = make_me(db.session, programme, "karin@voorbeeld.example")
        path = f"/t/{token_of(me.id, make_talk(db.session, programme, me))}"
        db.session.commit()
    ready = Barrier(DEVICES)

    def press(number: int) -> int:
        client = real_app.test_client()
        ready.wait()
        data = {"client_key": f"toestel-{number % 2}", "answer": "yes", "about": "40"}
        return client.post(path, data=data).status_code

    with ThreadPoolExecutor(DEVICES) as pool:
        assert set(pool.map(press, range(DEVICES))) == {303}
    with real_app.app_context():
        assert db.session.scalar(select(func.count(Contribution.id))) == 1
        assert db.session.scalar(select(func.count(Contact.id))) == 1
