"""Registering for an event, so many a minute, while others read: through the public form."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter, sleep
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from pioneers import clock
from pioneers.app import create_app
from pioneers.db import db
from pioneers.events.models import Event, EventKind, EventStatus
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.reach.actions import create_occasion
from pioneers.reach.rules import Channel
from pioneers.registrations.models import Registration, RegistrationState
from scripts.bench.build import EMAIL, PASSWORD, SLUG
from scripts.bench.serving import environment, serving
from scripts.bench.timing import Timing
from scripts.bench.visitor import TOKEN, Failed, Visitor

PER_MINUTE, SEATS, CODE = 500, 300, "MEETNG23"
READERS, VISITORS = 2, 40
FILLING_IN = 2.2  # seconds; the site takes who is quicker for a machine
STAMP = re.compile(r'name="begun"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Registering:
    """What became of it."""

    seconds: float
    asked: int
    errors: dict[str, int]
    posts: Timing  # sending the form
    pages: Timing  # pages of the readers meanwhile
    registered: int
    waiting: int
    mails: int

    @property
    def per_minute(self) -> float:
        """How many registered in a minute."""
        return (self.registered + self.waiting) / self.seconds * 60

    @property
    def is_right(self) -> bool:
        """No error, nobody lost, nobody twice, no seat sold twice."""
        everybody = self.registered + self.waiting
        full = self.registered == min(SEATS, self.asked)
        return not self.errors and full and everybody == self.asked == self.mails


class Crowd:
    """People who arrive one after another, each from an address of their own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.errors: Counter[str] = Counter()
        self.posts: list[float] = []
        self.pages: list[float] = []
        self.over = threading.Event()

    def register(self, number: int) -> None:
        """Open the page, fill in the form, send it."""
        visitor = Visitor(self.port)
        origin = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
        try:
            page = visitor.get(f"/b/{CODE}", origin)
            token, stamp = TOKEN.search(page), STAMP.search(page)
            if token is None or stamp is None:
                raise Failed("the form is not whole")
            sleep(FILLING_IN)
            form = {
                "csrf_token": token[1],
                "begun": stamp[1],
                "name": f"Bezoeker {number}",
                "company": f"Bedrijf {number} B.V.",
                "email": f"bezoeker{number}@meting.example",
                "people": "1",
                "agreed": "y",
            }
            begun = perf_counter()
            status, _text = visitor.send("POST", f"/b/{CODE}", urlencode(form), origin)
            self.posts.append(perf_counter() - begun)
            if status != 303:
                raise Failed(f"the form answered {status}")
        except (Failed, OSError) as problem:
            self.errors[str(problem)] += 1

    def read(self) -> None:
        """Open pages of the programme until it is over."""
        visitor = Visitor(self.port)
        visitor.log_in(EMAIL, PASSWORD)
        while not self.over.is_set():
            for path in (f"/p/{SLUG}/", f"/p/{SLUG}/bijeenkomsten", f"/b/{CODE}"):
                begun = perf_counter()
                try:
                    visitor.get(path)
                except (Failed, OSError) as problem:
                    self.errors[str(problem)] += 1
                self.pages.append(perf_counter() - begun)


def measure_registering(url: str, seconds: float) -> Registering:
    """So many people a minute for so long, on the database at `url` that was built before."""
    app = create_app(environment(url))
    event_id = _open_event(app)
    count = round(PER_MINUTE * seconds / 60)
    with serving(url, BEHIND_PROXIES="1") as server:
        crowd = Crowd(server.port)
        with ThreadPoolExecutor(VISITORS + READERS) as pool:
            for _ in range(READERS):
                pool.submit(crowd.read)
            begun = perf_counter()
            waits = []
            for number in range(count):
                sleep(max(0.0, begun + number * 60 / PER_MINUTE - perf_counter()))
                waits.append(pool.submit(crowd.register, number))
            for wait in waits:
                wait.result()
            took = perf_counter() - begun - FILLING_IN  # who came last was still filling in
            crowd.over.set()
    return _found(app, event_id, count, took, crowd)


def _open_event(app: Flask) -> int:
    with app.app_context():
        programme = db.session.scalars(select(Programme).where(Programme.slug == SLUG)).one()
        starts_at = clock.now() + timedelta(days=14)
        occasion = create_occasion(
            db.session,
            programme=programme,
            day=clock.local(starts_at).date(),
            channel=Channel.EVENT,
            label="Meting",
        )
        event = Event(
            programme_id=programme.id,
            occasion_id=occasion.id,
            title="Meting",
            kind=EventKind.TALK,
            status=EventStatus.PLANNED,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            created_at=clock.now(),
            capacity=SEATS,
            public_code=CODE,
            published_at=clock.now(),
        )
        db.session.add(event)
        db.session.commit()
        made = event.id
        db.session.remove()
        return made


def _found(app: Flask, event_id: int, asked: int, took: float, crowd: Crowd) -> Registering:
    with app.app_context():
        rows = db.session.execute(
            select(Registration.state, func.count())
            .where(Registration.event_id == event_id)
            .group_by(Registration.state)
        )
        states = {row[0]: row[1] for row in rows}
        mails = db.session.scalar(select(func.count()).select_from(MailMessage)) or 0
        db.session.remove()
        db.engine.dispose()
    return Registering(
        seconds=took,
        asked=asked,
        errors=dict(crowd.errors),
        posts=Timing(tuple(crowd.posts) or (0.0,)),
        pages=Timing(tuple(crowd.pages) or (0.0,)),
        registered=states.get(RegistrationState.REGISTERED, 0),
        waiting=states.get(RegistrationState.WAITING, 0),
        mails=mails,
    )
