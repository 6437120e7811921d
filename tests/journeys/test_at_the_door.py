"""At the door: ticking with the connection cut, and guests who check themselves in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import zxingcpp
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import User, UserSession
from pioneers.accounts.rules import Role
from pioneers.events.models import Event as EventRecord
from pioneers.presence.models import CheckIn
from pioneers.reach.models import Contact
from pioneers.registrations.models import Registration, RegistrationConsent
from pioneers.web.tokens import sign
from tests.conftest import SECRET
from tests.factories import make_programme, make_user
from tests.journeys.accessibility import assert_accessible_in_both_schemes, assert_fits
from tests.journeys.conftest import Live
from tests.journeys.pages import LogIn, Screen
from tests.presence.evening import make_evening, make_registration

NAMES = ("Anne de Vries", "Bram Kok", "Cor van Dam", "Doutzen Tak", "Els ten Brink")


@dataclass(frozen=True)
class Evening:
    """An evening that is on now."""

    host: User
    event: EventRecord
    guests: list[Registration]

    @property
    def door(self) -> str:
        """The address of the host's list."""
        return f"/p/overijssel/podium/{self.event.id}/inchecken"


@pytest.fixture
def evening(live: Live) -> Evening:
    """An evening with five people on the list, one of whom brings two."""

    def write(session: Session) -> Evening:
        programme = make_programme(
            session, slug="overijssel", name="Slimmer", starts_on=date(2025, 1, 1), ends_on=None
        )
        host = make_user(session, Role.FAN_CONTACT, programme, email="fan@voorbeeld.example")
        now = clock.now()
        event = make_evening(
            session,
            programme,
            day=clock.today(),
            starts_at=now - timedelta(seconds=1),
            ends_at=now + timedelta(hours=2),
        )
        guests = [
            make_registration(session, event, name=name, guests=2 if name == NAMES[1] else 0)
            for name in NAMES
        ]
        return Evening(host, event, guests)

    return live.write(write)


def at_the_door(page: Page, evening: Evening) -> Screen:
    """Log in as the host and open the list."""
    LogIn.open(page).as_user(evening.host, then=Screen)
    page.goto(evening.door)
    return Screen(page).is_titled("Inchecken")


def tick(page: Page, name: str) -> None:
    """Press somebody's name."""
    page.locator(".guest-tick", has_text=name).click()


def counts(live: Live) -> tuple[int, int]:
    """Check-ins that stand, and contacts that count."""

    def read(session: Session) -> tuple[int, int]:
        noted = session.scalars(select(CheckIn).where(CheckIn.undone_at.is_(None))).all()
        made = session.scalars(select(Contact).where(Contact.voided_at.is_(None))).all()
        return len(noted), len(made)

    return live.write(read)


def test_ticking_goes_on_while_the_connection_is_gone(
    live: Live, phone: Page, evening: Evening
) -> None:
    door = at_the_door(phone, evening).says("0 van 5 binnen.")
    tick(phone, "Anne")
    door.says("1 van 5 binnen.")
    expect(phone.locator("[data-unsent]:visible")).to_have_count(0)
    assert counts(live) == (1, 1)

    phone.context.set_offline(True)
    tick(phone, "Bram")
    tick(phone, "Cor")
    phone.locator(".guest-undo:visible", has_text="Cor").click()
    phone.get_by_text("Iemand die niet op de lijst staat").click()
    door.fill(name="Joris Nieuw", company="Nieuw B.V.")
    phone.get_by_role("button", name="Toevoegen en inchecken").click()
    door.says("3 van 6 binnen.").says("Met wie er meekwam: 5 mensen.")
    door.says("4 nog niet verzonden. Er is geen verbinding")
    assert_fits(phone)
    assert counts(live) == (1, 1)

    phone.context.set_offline(False)
    expect(phone.locator("[data-offline]")).to_be_hidden(timeout=15_000)
    expect(phone.locator("[data-unsent]:visible")).to_have_count(0)
    door.says("3 van 6 binnen.")
    assert counts(live) == (3, 3)
    phone.reload()
    door.says("3 van 6 binnen.").says("Joris Nieuw")
    assert counts(live) == (3, 3)


def test_what_was_not_sent_survives_a_reload_and_is_sent_once(
    live: Live, phone: Page, evening: Evening
) -> None:
    door = at_the_door(phone, evening)
    sent = []
    phone.route("**/verzenden", lambda route: (sent.append(route.fetch()), route.abort()))
    tick(phone, "Anne")  # the site hears it, the phone does not hear back
    door.says("1 nog niet verzonden")
    phone.unroute_all(behavior="wait")
    phone.reload()
    expect(phone.locator("[data-offline]")).to_be_hidden()
    door.says("1 van 5 binnen.")
    expect(phone.locator("[data-unsent]:visible")).to_have_count(0)
    assert sent
    assert counts(live) == (1, 1)


def test_a_session_that_ends_during_the_evening_loses_nothing(
    live: Live, phone: Page, evening: Evening
) -> None:
    door = at_the_door(phone, evening)
    live.write(lambda session: session.execute(delete(UserSession)))
    tick(phone, "Anne")
    door.says("1 nog niet verzonden. U bent niet meer ingelogd; er gaat niets verloren.")
    assert counts(live) == (0, 0)
    again = door.follow("Opnieuw inloggen", then=LogIn)
    again.as_user(evening.host, then=Screen).is_titled("Inchecken").says("1 van 5 binnen.")
    expect(phone.locator("[data-unsent]:visible")).to_have_count(0)
    assert counts(live) == (1, 1)


def test_the_list_filters_as_one_types(phone: Page, evening: Evening) -> None:
    door = at_the_door(phone, evening)
    phone.locator("#zoek-gast").press_sequentially("tèn br")
    expect(phone.locator(".guest:visible")).to_have_count(1)
    tick(phone, "Els")
    expect(phone.locator(".guest:visible")).to_have_count(5)
    door.says("1 van 5 binnen.")
    phone.locator("#zoek-gast").fill("zzz")
    door.says("Niemand op de lijst heet zo.")


def test_the_door_without_scripts(
    live: Live, new_page: Callable[..., Page], evening: Evening
) -> None:
    page = new_page(java_script_enabled=False)
    door = at_the_door(page, evening)
    tick(page, "Bram")
    door.says("Bram Kok is binnen.").says("1 van 5 binnen.").says("3 mensen")
    page.locator(".guest-undo:visible").click()
    door.says("0 van 5 binnen.")
    assert counts(live) == (0, 0)


def test_a_guest_checks_in_on_a_phone(live: Live, phone: Page, evening: Evening) -> None:
    phone.goto(f"/i/{evening.event.check_in_code}")
    here = Screen(phone).is_titled("Inchecken")
    assert_accessible_in_both_schemes(phone)
    assert_fits(phone)
    here.fill(who="nieuw@bedrijf.example").press("Inchecken", then=Screen).is_titled("Uw gegevens")
    assert_accessible_in_both_schemes(phone)
    assert_fits(phone)
    here.fill(name="Joris Nieuw", company="Nieuw B.V.")
    phone.get_by_label("Ik geef mijn naam").check()
    here.press("Inchecken", then=Screen).is_titled("U bent ingecheckt")
    assert_accessible_in_both_schemes(phone)
    assert counts(live) == (1, 1)
    consents = live.write(lambda session: session.scalars(select(RegistrationConsent)).all())
    assert len(consents) == 1
    registered = evening.guests[0].email or ""
    phone.goto(f"/i/{evening.event.check_in_code}")
    here.fill(who=registered).press("Inchecken", then=Screen).is_titled("U bent ingecheckt")
    assert counts(live) == (2, 2)


def test_the_host_scans_a_code_with_the_phones_own_camera(
    live: Live, phone: Page, evening: Evening
) -> None:
    who = evening.guests[1]
    address = f"/g/{sign(SECRET, 'guest', who.id, who.token_nonce)}"
    phone.goto(address)
    Screen(phone).is_titled("Laat dit zien bij de deur").says(who.code)
    assert_accessible_in_both_schemes(phone)
    assert_fits(phone)
    at_the_door(phone, evening)
    phone.goto(address)
    guest = Screen(phone).is_titled("Bram Kok")
    assert_accessible_in_both_schemes(phone)
    guest.press("Inchecken", then=Screen).says("Bram Kok is binnen.").says("Was binnen om")
    assert counts(live) == (1, 1)
    guest.follow("Volgende gast", then=Screen).is_titled("Codes scannen")
    assert_accessible_in_both_schemes(phone)
    assert_fits(phone)


def read_code(page: Page) -> str:
    """What a phone reads from the code on the page, drawn as the page draws it."""
    width, pixels = page.evaluate(
        """async () => {
          const image = new Image();
          const drawn = new XMLSerializer().serializeToString(document.querySelector("svg.qr"));
          image.src = "data:image/svg+xml," + encodeURIComponent(drawn);
          await image.decode();
          const size = 480, edge = 40;
          const canvas = new OffscreenCanvas(size, size), pen = canvas.getContext("2d");
          pen.fillStyle = "#fff";
          pen.fillRect(0, 0, size, size);
          pen.drawImage(image, edge, edge, size - 2 * edge, size - 2 * edge);
          const data = pen.getImageData(0, 0, size, size).data;
          return [size, [...data].filter((_, at) => at % 4 === 0)];
        }"""
    )
    picture = memoryview(bytes(pixels)).cast("B", shape=(len(pixels) // width, width))
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


def test_phones_read_the_codes(live: Live, page: Page, evening: Evening) -> None:
    who = evening.guests[0]
    address = f"{live.url}/g/{sign(SECRET, 'guest', who.id, who.token_nonce)}"
    page.goto(address)
    assert read_code(page) == address
    at_the_door(page, evening)
    page.goto(f"/p/overijssel/podium/{evening.event.id}/scherm")
    assert read_code(page) == f"{live.url}/i/{evening.event.check_in_code}"


def test_the_hosts_pages_can_be_used_by_everybody(page: Page, evening: Evening) -> None:
    at_the_door(page, evening)
    tick(page, "Anne")
    for rest in ("inchecken", "inchecken/scannen", "scherm"):
        page.goto(f"/p/overijssel/podium/{evening.event.id}/{rest}")
        assert_accessible_in_both_schemes(page)
        assert_fits(page)
