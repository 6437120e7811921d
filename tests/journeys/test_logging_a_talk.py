"""A pioneer logs a talk on a phone: from the mail, in a few taps, and without a connection."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.accounts.models import User
from pioneers.accounts.rules import Role
from pioneers.contributions.jobs import ask_how_it_went
from pioneers.contributions.models import Contribution
from pioneers.events.models import Event
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from tests.contributions.scene import make_me, make_talk
from tests.factories import make_programme, make_user
from tests.journeys.accessibility import assert_accessible_in_both_schemes, assert_fits
from tests.journeys.conftest import Live
from tests.journeys.pages import LogIn, Screen

MOST_TAPS = 6
OWN = "/p/overijssel/pionier"
LOG = "/p/overijssel/inzet/nieuw"
COUNT_TAPS = """
  addEventListener("click", (event) => {
    if (event.isTrusted) sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1;
  }, true);
"""


@dataclass(frozen=True)
class Talk:
    """Last night's talk, and who gave it."""

    programme: Programme
    user: User
    event: Event


@pytest.fixture
def talk(live: Live) -> Talk:
    """A pioneer who spoke last night."""

    def write(session: Session) -> Talk:
        programme = make_programme(
            session, slug="overijssel", name="Slimmer", starts_on=date(2025, 1, 1), ends_on=None
        )
        user = make_user(session, Role.PIONEER, programme, email="karin@voorbeeld.example")
        me = make_me(session, programme, user.email)
        return Talk(programme, user, make_talk(session, programme, me))

    return live.write(write)


def told(live: Live) -> list[Contribution]:
    """What was logged."""
    return live.write(lambda session: list(session.scalars(select(Contribution))))


def mailed(live: Live) -> str:
    """The address in the mail of the morning after."""

    def send(session: Session) -> str:
        assert ask_how_it_went(session) == 1
        text = session.scalars(select(MailMessage.text)).one()
        return "/t/" + text.split("/t/")[1].split()[0].rstrip(")>.")

    return live.write(send)


def tap(page: Page, name: str) -> None:
    """Touch a large choice."""
    page.locator(".chip", has=page.get_by_text(name, exact=True)).tap()


def taps(page: Page) -> int:
    """How often the glass was touched on the site."""
    return int(page.evaluate("Number(sessionStorage.taps ?? 0)"))


def test_a_talk_is_logged_from_the_mail_in_a_few_taps(live: Live, phone: Page, talk: Talk) -> None:
    phone.add_init_script(COUNT_TAPS)
    phone.goto(mailed(live))
    page = Screen(phone).is_titled("Hoe ging het gisteravond?").says(talk.event.title)
    page.says("Dit is uw 1e inzet van dit jaar, van de 3.")
    assert_accessible_in_both_schemes(phone)
    assert_fits(phone)
    expect(phone.get_by_label("Ja")).to_be_checked()
    expect(phone.locator("[name=heads]")).to_be_hidden()
    tap(phone, "anders")
    expect(phone.locator("[name=heads]")).to_be_visible()
    tap(phone, "40")
    with phone.expect_navigation():
        phone.get_by_role("button", name="Vastleggen").tap()
    page.is_titled("Het is vastgelegd").says("Dit is uw 1e inzet van dit jaar, van de 3.")
    assert_accessible_in_both_schemes(phone)
    assert_fits(phone)
    assert taps(phone) + 1 <= MOST_TAPS  # and the button in the mail
    (row,) = told(live)
    assert (row.event_id, row.heads) == (talk.event.id, 40)


def test_something_else_is_logged_from_ones_own_page_in_a_few_taps(
    live: Live, phone: Page, talk: Talk
) -> None:
    LogIn.open(phone).as_user(talk.user, then=Screen).is_titled("Uw pagina")
    phone.add_init_script(COUNT_TAPS)
    phone.goto(OWN)
    assert_accessible_in_both_schemes(phone)
    assert_fits(phone)
    with phone.expect_navigation():
        phone.get_by_role("link", name="Iets anders vastleggen").tap()
    assert_accessible_in_both_schemes(phone)
    assert_fits(phone)
    expect(phone.locator("[name=with_name]")).to_be_hidden()
    tap(phone, "Gesprek")
    expect(phone.locator("[name=with_name]")).to_be_visible()
    tap(phone, "Podcast")
    tap(phone, "Gisteren")
    with phone.expect_navigation():
        phone.get_by_role("button", name="Vastleggen").tap()
    Screen(phone).is_titled("Uw pagina").says("Dit is uw 1e inzet").says("Podcast")
    assert taps(phone) <= MOST_TAPS
    assert [row.kind for row in told(live)] == ["podcast"]


@pytest.mark.parametrize("by_mail", [False, True])
def test_without_a_connection_it_is_kept_and_sent_once_later(
    live: Live, phone: Page, talk: Talk, *, by_mail: bool
) -> None:
    if by_mail:
        phone.goto(mailed(live))
    else:
        LogIn.open(phone).as_user(talk.user, then=Screen).is_titled("Uw pagina")
        phone.goto(LOG)
    page = Screen(phone).is_titled("Hoe ging het gisteravond?")
    phone.context.set_offline(True)
    tap(phone, "60")
    phone.get_by_role("button", name="Vastleggen").tap()
    page.says("Er is geen verbinding. Wat u vastlegde, is op dit toestel bewaard")
    expect(phone.locator("form.log")).to_be_hidden()
    assert_fits(phone)
    assert told(live) == []
    phone.context.set_offline(False)
    page.is_titled("Het is vastgelegd" if by_mail else "Uw pagina")
    page.says("Dit is uw 1e inzet van dit jaar, van de 3.")
    assert [row.heads for row in told(live)] == [60]


def room_photo(path: Path) -> Path:
    """A photo as a phone takes it, of some hundreds of kB."""
    file = path / "zaal.jpg"
    noise = Image.effect_noise((1600, 1200), 80)
    noise.convert("RGB").save(file, "JPEG", quality=80)
    return file


def choose_photo(page: Page, file: Path) -> None:
    """Open the part of the form that is for more, and choose it there."""
    page.get_by_text("Een foto, een naam of een link").tap()
    page.get_by_label("Een foto van de zaal").set_input_files(file)


PHOTOS = """
  async () => {
    const base = await new Promise((resolve) => {
      const asked = indexedDB.open("inzet-fotos");
      asked.onsuccess = () => resolve(asked.result);
    });
    if (!base.objectStoreNames.contains("photos")) return 0;
    const asked = base.transaction("photos").objectStore("photos").count();
    const found = await new Promise((resolve) => {
      asked.onsuccess = () => resolve(asked.result);
    });
    base.close();
    return found;
  }
"""


@pytest.mark.parametrize("by_mail", [False, True])
def test_without_a_connection_a_photo_is_kept_and_sent_along(
    live: Live, phone: Page, talk: Talk, tmp_path: Path, *, by_mail: bool
) -> None:
    if by_mail:
        phone.goto(mailed(live))
    else:
        LogIn.open(phone).as_user(talk.user, then=Screen).is_titled("Uw pagina")
        phone.goto(LOG)
    page = Screen(phone).is_titled("Hoe ging het gisteravond?")
    tap(phone, "60")
    choose_photo(phone, room_photo(tmp_path))
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Vastleggen").tap()
    expect(phone.locator("[data-kept=offline]")).to_be_visible()
    expect(phone.locator("[data-no-photo]")).to_be_hidden()
    assert phone.evaluate(PHOTOS) == 1
    assert told(live) == []
    phone.context.set_offline(False)
    page.is_titled("Het is vastgelegd" if by_mail else "Uw pagina")
    (row,) = told(live)
    assert (row.heads, row.photo_id is not None) == (60, True)
    assert phone.evaluate(PHOTOS) == 0


@pytest.mark.parametrize("by_mail", [False, True])
def test_a_photo_that_does_not_come_through_does_not_hold_up_the_words(
    live: Live, phone: Page, talk: Talk, tmp_path: Path, *, by_mail: bool
) -> None:
    if by_mail:
        phone.goto(mailed(live))
    else:
        LogIn.open(phone).as_user(talk.user, then=Screen).is_titled("Uw pagina")
        phone.goto(LOG)
    page = Screen(phone).is_titled("Hoe ging het gisteravond?")

    def only_words(route: Route) -> None:
        sent = route.request.post_data_buffer
        if route.request.method == "POST" and (sent is None or b"zaal.jpg" in sent):
            route.abort()
        else:
            route.continue_()

    where = "**/t/*" if by_mail else "**/inzet/nieuw"
    phone.route(where, only_words)
    tap(phone, "60")
    choose_photo(phone, room_photo(tmp_path))
    phone.get_by_role("button", name="Vastleggen").tap()
    expect(phone.locator("[data-kept=photo]")).to_be_visible(timeout=10_000)
    (row,) = told(live)
    assert (row.heads, row.photo_id) == (60, None)
    phone.unroute(where)
    phone.evaluate("dispatchEvent(new Event('online'))")
    page.is_titled("Het is vastgelegd" if by_mail else "Uw pagina")
    (row,) = told(live)
    assert row.photo_id is not None
    assert phone.evaluate(PHOTOS) == 0


def test_a_photo_that_is_too_large_to_keep_does_not_lose_the_words(
    live: Live, phone: Page, talk: Talk, tmp_path: Path
) -> None:
    phone.goto(mailed(live))
    tap(phone, "60")
    huge = tmp_path / "zaal.jpg"
    huge.write_bytes(b"\xff\xd8" + bytes(13 * 1024 * 1024))
    choose_photo(phone, huge)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Vastleggen").tap()
    Screen(phone).says("Er is geen verbinding.").says(
        "De foto kan niet op dit toestel worden bewaard"
    )
    assert phone.evaluate(PHOTOS) == 0
    phone.context.set_offline(False)
    Screen(phone).is_titled("Het is vastgelegd")
    assert [(row.heads, row.photo_id) for row in told(live)] == [(60, None)]


def test_what_was_kept_survives_a_closed_page_and_an_answer_that_got_lost(
    live: Live, phone: Page, talk: Talk
) -> None:
    LogIn.open(phone).as_user(talk.user, then=Screen).is_titled("Uw pagina")
    phone.goto(LOG)
    # The site gets it, the answer gets lost: the phone believes that it was not sent.
    phone.route("**/inzet/nieuw", lambda route: (route.fetch(), route.abort()))
    tap(phone, "30")
    phone.get_by_role("button", name="Vastleggen").tap()
    expect(phone.locator("[data-kept=offline]")).to_be_visible()
    phone.unroute("**/inzet/nieuw")
    with phone.expect_response("**/inzet/nieuw"):  # what was kept is sent again
        phone.goto(OWN)
    phone.wait_for_function("!Object.keys(localStorage).some((key) => /^inzet/.test(key))")
    Screen(phone).is_titled("Uw pagina").says(talk.event.title)
    assert [row.heads for row in told(live)] == [30]


def test_without_scripts_the_same_form_is_sent(
    live: Live, new_page: Callable[..., Page], talk: Talk
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(mailed(live))
    page.locator(".chip", has_text="80").click()
    page.get_by_role("button", name="Vastleggen").click()
    Screen(page).is_titled("Het is vastgelegd")
    assert [row.heads for row in told(live)] == [80]
