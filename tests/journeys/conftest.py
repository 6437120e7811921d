"""A real browser against a real server, for stories from beginning to end."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from pioneers.db import db
from tests.conftest import _dispose, build_app
from tests.database import Databases

T = TypeVar("T")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
MISSING = "Chromium is missing: run `make browser`, or set CHROMIUM to a browser's path"


@dataclass(frozen=True)
class Live:
    """The site as served: its address and its application."""

    url: str
    app: Flask

    def write(self, work: Callable[[Session], T]) -> T:
        """Do `work` on a session of the site's database, and commit; its records stay readable."""
        with self.app.app_context(), Session(db.engine, expire_on_commit=False) as session:
            made = work(session)
            session.commit()
        return made


@pytest.fixture
def live(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Live]:
    """The application, served by threads, with a database of its own; forms need their token.

    On SQLite, unless the story asks for another: parametrize("live", DIALECTS, indirect=True).
    """
    url = databases.new(getattr(request, "param", "sqlite"))
    app = build_app(url)
    app.config.update(WTF_CSRF_ENABLED=True, PROPAGATE_EXCEPTIONS=False)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Live(f"http://127.0.0.1:{server.server_port}", app)
    server.shutdown()
    thread.join()
    server.server_close()
    _dispose(app)
    databases.drop(url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS])
        yield found
        found.close()


def open_page(context: BrowserContext, complaints: list[str]) -> Page:
    """A new page; what its console or its scripts complain about is added to `complaints`."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if _is_complaint(message.text) else None,
    )
    return page


def _is_complaint(text: str) -> bool:
    """What breaks the policy; an answer like 404 is also logged by the browser, and is no fault."""
    return "Content Security Policy" in text or "Uncaught" in text


@pytest.fixture
def new_page(browser: Browser, live: Live) -> Iterator[Callable[..., Page]]:
    """Opens a browser window of its own (cookies apart): `new_page(viewport=PHONE)`."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(**options: object) -> Page:
        settings = {
            "base_url": live.url,
            "viewport": DESKTOP,
            "locale": "nl-NL",
            "timezone_id": "Europe/Amsterdam",
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**settings | options)  # type: ignore[arg-type]
        contexts.append(context)
        return open_page(context, complaints)

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A window on a desk."""
    return new_page()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A window in a hand."""
    return new_page(viewport=PHONE, has_touch=True, is_mobile=True)
