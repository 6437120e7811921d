"""Take the pictures of the guide: docs/gebruik/beeld/*.png.

Usage: python scripts/pictures.py

Starts the product on a fresh demonstration and a free port, walks through it with Chromium, and
stops it again. The demonstration is the same everywhere and the clock is held, so that a picture
changes only when the page does.
"""

import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright
from werkzeug.serving import make_server

from pioneers import clock, schema
from pioneers.app import create_app
from pioneers.db import db
from pioneers.demo.begin import PASSWORD
from pioneers.demo.load import load
from pioneers.programmes.actions import load_places

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "gebruik" / "beeld"
MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)  # when the pictures are taken
LARGEST = 150_000  # bytes of a picture
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 780}
EVENT = "Ondernemersavond: loslaten kun je leren (Enschede)"
LIST = """Naam;Organisatie;E-mail;Plaats;Aanwezig
Anke Terpstra;Bakkerij Terpstra B.V.;anke@bakkerij-terpstra.example;Raalte;ja
Bram Oosterhof;Oosterhof Metaal;bram@oosterhof-metaal.example;Almelo;ja
Jan Nijland;Arrien Bouwe;;Borne;ja
Cora Wissink;Wissink Tuinen;cora@wissink;Ommen;ja
Dirk Hulshof;Hulshof Bouw;dirk@hulshof-bouw.example;Hengelo;nee
Esra Kaya;Kaya Techniek B.V.;esra@kaya-techniek.example;Zwolle;ja
"""


@dataclass(frozen=True)
class Studio:
    """The product as served, and the browser that looks at it."""

    url: str
    browser: Browser

    def open(self, who: str | None = None, viewport: dict[str, int] | None = None) -> Page:
        """A window of its own, logged in as an account of the demonstration."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport=viewport or DESK,  # type: ignore[arg-type]
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            color_scheme="light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        if who is not None:
            page.goto("/inloggen")
            page.fill("[name=email]", f"{who}@pioniers.example")
            page.fill("[name=password]", PASSWORD)
            press(page, "Inloggen")
        return page


def press(page: Page, name: str) -> None:
    """Press a button of the page, and wait for the next page."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    """Follow a link of the page, and wait for the next page."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def shoot(page: Page, name: str, *, whole: bool = False) -> None:
    """Save what the page looks like as `name`.png."""
    page.evaluate("document.activeElement?.blur()")
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=whole)
    size = path.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{path.name} is {size} bytes; the guide takes {LARGEST} at most")
    print(f"  {path.relative_to(ROOT)} ({size // 1000} kB)")


def begin(studio: Studio) -> None:
    """The way in, and where each person lands."""
    page = studio.open()
    page.goto("/inloggen")
    shoot(page, "inloggen")


def from_list_to_figure(studio: Studio) -> None:
    """The main job."""
    page = studio.open("leider")
    page.goto("/p/overijssel/")
    page.set_viewport_size({"width": 1280, "height": 1060})
    shoot(page, "voortgang")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto("/p/overijssel/bijeenkomsten")
    follow(page, EVENT)
    shoot(page, "bijeenkomst")
    follow(page, "Presentielijst toevoegen")
    shoot(page, "lijst-kiezen")
    upload = FilePayload(name="enschede-7-maart.csv", mimeType="text/csv", buffer=LIST.encode())
    page.set_input_files("[name=file]", files=upload)
    press(page, "Lijst bekijken")
    address = page.url
    shoot(page, "lijst-controleren", whole=True)
    page.goto(f"{address}/kolommen")
    shoot(page, "lijst-kolommen")
    page.goto(address)
    with page.expect_navigation():
        page.locator("form[action$=toevoegen] button").click()
    shoot(page, "lijst-toegevoegd")
    page.goto(f"{address}/terugdraaien")
    shoot(page, "lijst-terugdraaien")


def figures(studio: Studio) -> None:
    """A figure opened, doubtful pairs, actions, and the phone."""
    page = studio.open("leider")
    for name, path in (
        ("cijfer-geopend", "cijfers/achter/personen"),
        ("alle-cijfers", "cijfers"),
        ("twijfel", "twijfel"),
        ("acties", "activaties"),
        ("toegang", "toegang"),
        ("doelen", "doelen"),
        ("zoeken", "zoeken?q=arien+bouw"),
    ):
        page.goto(f"/p/overijssel/{path}")
        shoot(page, name)
    page.goto("/p/overijssel/bedrijven?naam=Aalderink+Bouw")
    follow(page, "Aalderink Bouw Groep B.V.")
    shoot(page, "bedrijf")
    follow(page, "Actie vastleggen")
    shoot(page, "actie-vastleggen")
    page.goto("/p/voorbeeld/")
    shoot(page, "nieuw-programma")
    phone = studio.open("leider", PHONE)
    phone.goto("/p/overijssel/")
    shoot(phone, "voortgang-telefoon")


def events(studio: Studio) -> None:
    """An event to come, as its host, the pioneer, a visitor and the project leader see it."""
    host = studio.open("fan", PHONE)
    host.goto("/p/bedrijf/podium")
    shoot(host, "fan-bijeenkomsten")
    follow(host, "Wie is hier de baas?")
    follow(host, "Inchecken")
    shoot(host, "fan-inchecken")
    pioneer = studio.open("pionier", PHONE)
    pioneer.goto("/p/bedrijf/verzoeken")
    shoot(pioneer, "pionier-verzoeken")
    visitor = studio.open(None, PHONE)
    visitor.goto("/agenda/bedrijf")
    follow(visitor, "Groeien zonder managers")
    shoot(visitor, "aanmelden")
    leader = studio.open("leider")
    leader.goto("/p/bedrijf/bijeenkomsten")
    follow(leader, "Een week zonder leidinggevende")
    follow(leader, "Welke pionier past?")
    shoot(leader, "pionier-kiezen")


def network(studio: Studio) -> None:
    """Winning pioneers, cards, questions, and what a pioneer tells."""
    leader = studio.open("leider")
    for name, path in (
        ("werving", "netwerk/werving"),
        ("kaartjes-trechter", "kaartjes/trechter"),
        ("vragen", "vragen"),
    ):
        leader.goto(f"/p/bedrijf/{path}")
        shoot(leader, name)
    leader.goto("/p/bedrijf/kaartjes")
    follow(leader, "Oplage 1")
    code = leader.locator("main tbody tr").first.locator("th, td").first.inner_text().strip()
    visitor = studio.open(None, PHONE)
    visitor.goto(f"/k/{code}")
    shoot(visitor, "kaartje-pagina")
    pioneer = studio.open("pionier", PHONE)
    for name, path in (("pionier-pagina", "pionier"), ("pionier-profiel", "profiel")):
        pioneer.goto(f"/p/bedrijf/{path}")
        shoot(pioneer, name)


def others(studio: Studio) -> None:
    """What the viewer and the administrator see."""
    viewer = studio.open("kijker")
    viewer.goto("/p/overijssel/cijfers/achter/personen")
    shoot(viewer, "kijker-cijfer")
    administrator = studio.open("beheerder")
    administrator.goto("/beheer/programma")
    shoot(administrator, "programmas", whole=True)
    administrator.goto("/beheer/accounts")
    shoot(administrator, "accounts")


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which `app` answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def hold_the_clock(app: Flask) -> None:
    """Let every request happen at MOMENT."""
    inner = app.wsgi_app

    def held(environ: dict[str, object], start_response: object) -> Iterable[bytes]:
        with clock.at(MOMENT):
            return inner(environ, start_response)  # type: ignore[arg-type]

    app.wsgi_app = held  # type: ignore[method-assign]


def demonstration(folder: str) -> Flask:
    """The product on a fresh demonstration in `folder`."""
    url = f"sqlite:///{folder}/pictures.sqlite3"
    app = create_app({"DATABASE_URL": url, "LOG_LEVEL": "ERROR"})
    with app.app_context():
        schema.upgrade(db.engine)
        load_places(db.session)
        with clock.at(MOMENT):
            load(db.session, lambda _what: None)
        db.session.commit()
        db.session.remove()
    hold_the_clock(app)
    return app


def main() -> None:
    """Take all pictures. Pages that show what a list changed come last."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is missing: run `make browser`, or set CHROMIUM to its path")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = demonstration(folder)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with served(app) as url:
            studio = Studio(url, browser)
            begin(studio)
            figures(studio)
            others(studio)
            events(studio)
            network(studio)
            from_list_to_figure(studio)
        browser.close()


if __name__ == "__main__":
    main()
