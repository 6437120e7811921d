"""One database of one size: built, served, measured."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, inspect, select

from pioneers import clock
from pioneers.app import create_app
from pioneers.db import db
from pioneers.programmes.models import Place
from pioneers.programmes.queries import programme_by_slug
from pioneers.reach.figures import current_scope
from pioneers.reports.statement import statement
from pioneers.schema import upgrade
from scripts.bench.build import EMAIL, PASSWORD, SLUG, build
from scripts.bench.listing import Import, import_list, run
from scripts.bench.pages import BARE, Page, pages
from scripts.bench.registering import Registering, measure_registering
from scripts.bench.serving import BIN, Memory, environment, serving
from scripts.bench.timing import Timing, repeat
from scripts.bench.visitor import Failed, Visitor

TIMES, WARM = 50, 10
COMMAND_TIMES = 5


@dataclass
class Found:
    """What was measured of one database."""

    kind: str
    companies: int
    built: dict[str, float]
    bare: Timing
    pages: dict[Page, Timing] = field(default_factory=dict)
    failed: dict[Page, str] = field(default_factory=dict)
    command: Timing | None = None
    figures: Timing | None = None
    memory: Memory | None = None


@dataclass
class Writing:
    """What was measured of writing, in a database of its own."""

    kind: str
    imports: list[Import] = field(default_factory=list)
    registering: Registering | None = None


def say(text: str) -> None:
    """Tell on the terminal how far it is."""
    print(text, file=sys.stderr, flush=True)


def fill(kind: str, url: str, companies: int, today: date) -> dict[str, float]:
    """Build the database; what an earlier run kept is only brought up to date.

    Answers the seconds that each part took; nothing for what was there.
    """
    app = create_app(environment(url))
    with app.app_context():
        is_there = inspect(db.engine).has_table("programme")
        if is_there:
            upgrade(db.engine)
    say(f"{kind}, {companies:,} companies: {'kept' if is_there else 'building'}")
    built = {} if is_there else build(app, companies, today)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return built


def measure(kind: str, url: str, companies: int, today: date, budget: float) -> Found:
    """Build the database, serve it, and time every page, command and query.

    Nothing is repeated for longer than `budget` seconds.
    """
    built = fill(kind, url, companies, today)
    app = create_app(environment(url))
    with app.app_context():
        places = db.session.scalar(select(func.count()).select_from(Place)) or 1
        db.session.remove()
    with serving(url) as server:
        visitor = Visitor(server.port)
        visitor.log_in(EMAIL, PASSWORD)
        bare = _time(lambda: visitor.get(BARE.path), budget)
        found = Found(kind, companies, built, bare)
        for page in pages(companies, places):
            try:
                found.pages[page] = _time(_opening(visitor, page), budget)
            except Failed as problem:
                found.failed[page] = str(problem)
                say(f"  {page.name}: {problem}")
        found.memory = server.memory()
    found.figures = _time(_asking(app), budget)
    command = [str(BIN / "pioneers"), "figures", SLUG, "--json"]
    found.command = repeat(lambda: run(command, url), times=COMMAND_TIMES, warm=1, budget=budget)
    with app.app_context():
        db.engine.dispose()
    return found


def measure_imports(url: str, folder: Path, counts: list[int], today: date) -> list[Import]:
    """Lists of so many rows, one after another, into the programme that was empty."""
    found = []
    for place, count in enumerate(counts):
        say(f"  import of {count:,} rows")
        start = 5_000_000 + place * 1_000_000
        found.append(import_list(url, folder, count, start, today - timedelta(days=2)))
    return found


def register(kind: str, url: str, seconds: float) -> Registering:
    """People who register while others read."""
    say(f"{kind}: registering for {seconds:.0f} seconds")
    return measure_registering(url, seconds)


def _time(act: Callable[[], object], budget: float) -> Timing:
    return repeat(act, times=TIMES, warm=WARM, budget=budget)


def _opening(visitor: Visitor, page: Page) -> Callable[[], object]:
    headers = {"X-Fragment": "1"} if page.part else {}
    return lambda: visitor.get(page.path, headers)


def _asking(app: Flask) -> Callable[[], object]:
    """What the command `figures` asks the database, each time in a session of its own."""

    def ask() -> None:
        with app.app_context():
            programme = programme_by_slug(db.session, SLUG)
            assert programme is not None
            statement(db.session, programme, current_scope(programme, clock.today()))
            db.session.remove()

    return ask
