"""The whole circle: a host proposes an evening, and who checks in there is in the figure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.accounts.rules import Role
from pioneers.events.calendar import uid_of
from pioneers.events.models import Event as EventRecord
from pioneers.events.models import EventStatus
from pioneers.fans.models import FanContact
from pioneers.mail.models import MailMessage
from pioneers.presence.models import CheckIn as CheckInRecord
from pioneers.presence.models import Way
from pioneers.programmes.rules import Unit
from tests import factories as make
from tests.database import DIALECTS
from tests.journeys.accessibility import assert_accessible_in_both_schemes, assert_fits
from tests.journeys.conftest import PHONE, Live
from tests.journeys.pages import (
    CheckIn,
    CodeOnScreen,
    Company,
    Dashboard,
    Decision,
    Event,
    HostedEvent,
    HostedEvents,
    LogIn,
    PublicEvent,
    Request,
    Screen,
)
from tests.journeys.story import SLUG
from tests.journeys.today import Today

HAND = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
TITLE = "Slimmer werken op de bouwplaats"
FAN, HOST, PIONEER = "Ondernemersvereniging Vechtdal", "Fien de Boer", "Bram Oosterhof"
GUEST, COMPANY, ADDRESS = "Joris Mous", "Mous Dakwerken B.V.", "joris@mous-dakwerken.example"
SPOKEN, GUEST_LINK = re.compile(r"https?://\S+/v/\S+"), re.compile(r"https?://\S+/r/\S+")


@dataclass(frozen=True)
class Cast:
    """Who take part with an account; the pioneer and the guest have none."""

    leader: User
    host: User


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Today:
    """Noon: the evening is ahead, whenever the tests run."""
    made = Today()
    made.becomes(12)
    monkeypatch.setattr(clock, "now", made.now)
    return made


@pytest.fixture
def cast(live: Live, today: Today) -> Cast:
    """A programme that runs, in which one company is made aware already."""

    def write(session: Session) -> Cast:
        programme = make.make_programme(
            session,
            slug=SLUG,
            name="Slimmer Werken Overijssel",
            aware_unit=Unit.COMPANIES,
            starts_on=today.day - timedelta(days=300),
            ends_on=today.day + timedelta(days=300),
        )
        fan = make.make_fan(session, programme, name=FAN)
        host = make.make_user(session, Role.FAN_CONTACT, programme, name=HOST)
        session.add(FanContact(fan_id=fan.id, name=HOST, email=host.email))
        home = make.make_company(session, programme, name="Oosterhof Metaal")
        person = make.make_person(
            session,
            programme,
            home,
            first_name="Bram",
            family_name="Oosterhof",
            email="bram@oosterhof-metaal.example",
        )
        make.make_pioneer(session, programme, company=home, person=person)
        make.make_contact(session, programme, day=today.day - timedelta(days=30))
        leader = make.make_user(session, Role.PROJECT_LEADER, programme, name="Hanneke Smit")
        return Cast(leader, host)

    return live.write(write)


def mails(live: Live, kind: str) -> dict[str, MailMessage]:
    """The mails of this kind by the address that each goes to, each address once."""

    def read(session: Session) -> list[MailMessage]:
        return list(session.scalars(select(MailMessage).where(MailMessage.kind == kind)))

    found = live.write(read)
    by_address = {one.to_address: one for one in found}
    assert len(by_address) == len(found)
    return by_address


def only_mail(live: Live, kind: str) -> MailMessage:
    """The one mail of this kind."""
    (found,) = mails(live, kind).values()
    return found


def the_event(live: Live) -> EventRecord:
    """The one event."""
    return live.write(lambda session: session.scalars(select(EventRecord)).one())


def link_in(mail: MailMessage, pattern: re.Pattern[str]) -> str:
    """The link to one of our pages that a mail holds."""
    (found,) = pattern.findall(mail.text)
    return str(found)


def looks(page: Page) -> None:
    """What everybody's pages keep to."""
    assert_accessible_in_both_schemes(page)
    assert_fits(page)
    assert_fits(page, 1200)  # the narrowest with the whole menu


def propose(page: Page, live: Live, cast: Cast, today: Today) -> None:
    """The host's contact person proposes this evening on a phone, and asks for a pioneer."""
    LogIn.open(page).as_user(cast.host, then=HostedEvents).is_titled("Uw bijeenkomsten")
    form = HostedEvents(page).says("Nog geen bijeenkomsten").propose()
    form.is_titled("Bijeenkomst voorstellen").says("De projectleider krijgt een mail.")
    looks(page)
    form.fill(title=TITLE, day=today.day.isoformat(), starts="20:00", ends="22:00")
    form.fill(place="Ommen", address="De Carrousel", audience="Veertig bouwers", capacity="40")
    event = form.ask_for(PIONEER).send().is_titled(TITLE)
    event.says("Uw voorstel is verstuurd. De projectleider beslist.").says(FAN)
    event.says(f"{PIONEER} gevraagd")
    looks(page)
    assert only_mail(live, "hosting.proposed").to_address == cast.leader.email
    assert the_event(live).status == EventStatus.PROPOSED


def accept(page: Page, live: Live, cast: Cast) -> None:
    """The pioneer says yes by the link in the mail; looking at it alone answers nothing."""
    asked = only_mail(live, "planning.asked")
    assert asked.to_address == "bram@oosterhof-metaal.example"
    assert f"{FAN} vraagt of u wilt spreken." in asked.text
    page.goto(link_in(asked, SPOKEN))
    request = Request(page).is_titled(TITLE).says(f"{FAN} vraagt of u wilt spreken.")
    request.says("20.00").says("De Carrousel, Ommen").says("Veertig bouwers")
    looks(page)
    request.press("Ik kom", then=Request).says("Dank u: u spreekt.").says("U spreekt hier.")
    answered = mails(live, "planning.answered")
    assert set(answered) == {cast.host.email, cast.leader.email}
    assert {one.subject for one in answered.values()} == {f"{PIONEER} komt spreken: {TITLE}"}
    assert uid_of(the_event(live)) in (only_mail(live, "planning.coming").calendar or "")


def confirm(page: Page, live: Live, cast: Cast) -> None:
    """The project leader sees what waits, and lets it go ahead."""
    dashboard = LogIn.open(page).as_user(cast.leader, then=Dashboard).is_titled("Waar staan we?")
    assert dashboard.figure("Bewust gemaakt") == 1
    dashboard.follow("voorgestelde bijeenkomst", then=Screen).follow(TITLE, then=Event)
    decision = Event(page).follow("Wel of niet bevestigen", then=Decision)
    decision.is_titled("Gaat deze bijeenkomst door?").says(f"{FAN} stelt ‘{TITLE}’ voor.")
    decision.says(f"{PIONEER} komt")
    looks(page)
    decision.press("Bevestigen", then=Event).is_titled(TITLE).says("De gastheer heeft bericht")
    Event(page).says(PIONEER)
    confirmed = only_mail(live, "planning.confirmed")
    assert confirmed.to_address == cast.host.email
    assert Dashboard.open(page, slug=SLUG).figure("Bewust gemaakt") == 1


def publish(page: Page, live: Live) -> str:
    """The host publishes it; the address of the public page."""
    event = HostedEvent.open(page, slug=SLUG, event_id=the_event(live).id)
    event.says("Bevestigd. Publiceer de bijeenkomst").publish()
    event.says("Gepubliceerd. Deel de link").says("0 van de 40 plaatsen zijn bezet.")
    looks(page)
    return event.public_address


def register(page: Page, live: Live, address: str, today: Today) -> None:
    """An entrepreneur registers without an account, and gets it for the calendar."""
    page.goto(address)
    public = PublicEvent(page).is_titled(TITLE).says(PIONEER).says(FAN)
    public.says("Het kost nog geen minuut, zonder account.")
    looks(page)
    today.passes(minutes=1)  # nobody fills in a form at once
    done = public.register(GUEST, COMPANY, ADDRESS).is_titled("U bent aangemeld")
    done.says(f"De bevestiging gaat naar {ADDRESS}, met de uitnodiging voor uw agenda.")
    looks(page)
    mail, event = only_mail(live, "registration.confirmed"), the_event(live)
    assert (mail.to_address, mail.calendar_method) == (ADDRESS, "REQUEST")
    lines = (mail.calendar or "").replace("\r\n ", "").split("\r\n")
    assert "METHOD:REQUEST" in lines
    assert f"UID:{uid_of(event)}" in lines
    assert f"DTSTART;TZID=Europe/Amsterdam:{today.day:%Y%m%d}T200000" in lines
    assert any(line.startswith("ATTENDEE") and ADDRESS in line for line in lines)
    page.goto(link_in(mail, GUEST_LINK))
    Screen(page).says(TITLE).says(GUEST)


def check_in(phone: Page, desk: Page, cast: Cast, live: Live) -> None:
    """The host shows the code; the entrepreneur checks in by it with the registered address."""
    LogIn.open(desk).as_user(cast.host, then=HostedEvents).says("1 van 40")
    event = HostedEvents(desk).follow(TITLE, then=HostedEvent)
    event.says("Eén van de 40 plaatsen is bezet.")
    start = event.follow("Code voor het scherm", then=Screen).is_titled("Code voor het scherm")
    screen = start.press("Code maken", then=CodeOnScreen).is_titled("Check hier in")
    screen.says(TITLE).says("0 binnen")
    looks(desk)
    phone.goto(screen.check_in_path)
    door = CheckIn(phone).is_titled("Inchecken").says(TITLE)
    looks(phone)
    door.as_registered(ADDRESS, then=Screen).is_titled("U bent ingecheckt")
    door.says("Welkom. U hoeft verder niets te doen.")
    looks(phone)
    desk.reload()
    screen.says("1 binnen")

    def read(session: Session) -> CheckInRecord:
        return session.scalars(select(CheckInRecord)).one()

    assert live.write(read).way == Way.SELF


def see_the_figure(page: Page, cast: Cast) -> None:
    """The figure of the project leader is one company higher, and opens into this check-in."""
    dashboard = LogIn.open(page).as_user(cast.leader, then=Dashboard).is_titled("Waar staan we?")
    assert dashboard.figure("Bewust gemaakt") == 2
    records = dashboard.open_figure("Bewust gemaakt").is_titled("Bewust gemaakte bedrijven")
    records.says("2 van 2.")
    row = page.get_by_role("row").filter(has_text=COMPANY)
    expect(row).to_have_count(1)
    for text in (TITLE, "Ingecheckt", FAN, PIONEER):
        expect(row).to_contain_text(text)
    looks(page)
    records.follow(COMPANY, then=Company).is_titled(COMPANY).says("Bewust gemaakt")
    contact = page.get_by_role("row").filter(has_text=TITLE)
    expect(contact).to_have_count(1)
    for text in (GUEST, "Ingecheckt"):
        expect(contact).to_contain_text(text)
    looks(page)


@pytest.mark.parametrize("live", DIALECTS, indirect=True)
def test_a_proposal_becomes_an_evening_and_a_check_in_a_figure(
    live: Live, new_page: Callable[..., Page], cast: Cast, today: Today
) -> None:
    hers = new_page(**HAND)
    propose(hers, live, cast, today)
    accept(new_page(**HAND), live, cast)
    confirm(new_page(), live, cast)
    address = publish(hers, live)
    guest = new_page(**HAND)
    register(guest, live, address, today)
    today.becomes(19, 30)
    check_in(guest, new_page(), cast, live)
    see_the_figure(new_page(), cast)
