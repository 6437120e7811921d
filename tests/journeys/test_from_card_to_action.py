"""From a card in a hand to a company in action: scanned, asked, answered, helped, and counted."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.accounts.rules import Role
from pioneers.cards.models import Lead, Visit
from pioneers.cards.printing import scanned_address
from pioneers.companies.models import Person
from pioneers.mail.models import MailMessage
from pioneers.questions.jobs import ask_back
from pioneers.questions.models import Referral
from pioneers.questions.register import ExpertDraft, add_expert
from pioneers.reach.models import Contact
from tests import factories as make
from tests.cards.making import PHONE as AGENT
from tests.cards.making import make_public_pioneer, make_run
from tests.database import DIALECTS
from tests.journeys.accessibility import assert_accessible_in_both_schemes, assert_fits
from tests.journeys.conftest import PHONE, Live
from tests.journeys.pages import LogIn, Screen
from tests.journeys.story import SLUG
from tests.journeys.today import Today

HAND = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "user_agent": AGENT}
BEGIN = date(2027, 3, 8)  # a year in which all of it falls, whenever the tests run
QUESTION = "Hoe laat ik een ploeg zelf roosteren?"
GUEST, COMPANY, ADDRESS = "Anne de Vries", "De Vries Metaal", "anne@devries-metaal.example"
HELPED = re.compile(r"https?://\S+/h/\S+")


class Landing(Screen):
    """Where a card leads."""


class Helped(Screen):
    """Behind the buttons in the mail."""


class Desk(Screen):
    """The questions."""

    path = "/p/overijssel/vragen"


class Question(Screen):
    """One of them, on the desk."""

    path = "/p/overijssel/vragen/{question_id}"


class Funnel(Screen):
    """What became of the cards."""

    path = "/p/overijssel/kaartjes/trechter?per={by}"

    def line(self, name: str) -> Locator:
        """The line of a pioneer or a print run."""
        return self.main.get_by_role("row").filter(has_text=name)

    def counts(self, name: str, **steps: str) -> "Funnel":
        """Expect that line to say so much of each step."""
        for label, said in steps.items():
            cell = self.line(name).locator(f"td[data-label='{label.replace('_', ' ')}']")
            expect(cell).to_have_text(said)
        return self

    def opened(self, name: str, step: str) -> Screen:
        """Open a number of that line into its records."""
        with self.page.expect_navigation():
            self.line(name).locator(f"td[data-label='{step}'] a").click()
        return Screen(self.page)


class OwnPage(Screen):
    """Where a pioneer lands."""

    path = "/p/overijssel/pionier"


@dataclass(frozen=True)
class Cast:
    """Who take part with an account, and the address that the picture on the card holds."""

    leader: User
    colleague: User
    pioneer: User
    scanned: str


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Today:
    """A Monday at noon."""
    made = Today()
    made.becomes(12, on=BEGIN)
    monkeypatch.setattr(clock, "now", made.now)
    return made


@pytest.fixture
def cast(live: Live, today: Today) -> Cast:
    """A programme with two pioneers who both have cards, and an expert."""

    def write(session: Session) -> Cast:
        programme = make.make_programme(
            session,
            slug=SLUG,
            name="Slimmer Werken Overijssel",
            starts_on=date(2027, 1, 1),
            ends_on=date(2027, 12, 31),
        )
        add_expert(session, programme=programme, draft=ExpertDraft("Joris Mulder"), user_id=None)
        other = make.make_person(session, programme, first_name="Bram", family_name="Oosterhof")
        make_run(session, programme, make.make_pioneer(session, programme, person=other).id)
        hanna = make_public_pioneer(session, programme)
        _, cards = make_run(session, programme, hanna.id)
        email = session.get_one(Person, hanna.person_id).email
        return Cast(
            leader=make.make_user(session, Role.PROJECT_LEADER, programme, name="Hanneke Smit"),
            colleague=make.make_user(session, Role.PROJECT_LEADER, programme, name="Ravi Bos"),
            pioneer=make.make_user(session, Role.PIONEER, programme, email=email),
            scanned=_here(scanned_address(cards[3].code)),
        )

    return live.write(write)


def _here(address: str) -> str:
    """An absolute address as a path: the browser knows which site."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def looks(page: Page) -> None:
    """What everybody's pages keep to."""
    assert_accessible_in_both_schemes(page)
    assert_fits(page)


def only_mail(live: Live, kind: str) -> MailMessage:
    """The one mail of this kind; it went to whoever asked."""
    found = live.write(
        lambda session: session.scalars(select(MailMessage).where(MailMessage.kind == kind)).one()
    )
    assert found.to_address == ADDRESS
    return found


def count(live: Live, model: type) -> int:
    """How many there are."""
    return live.write(lambda session: session.scalar(select(func.count()).select_from(model)) or 0)


def scan(page: Page, live: Live, cast: Cast) -> Landing:
    """Somebody points a phone at the card: a visit, and nothing that stays on the phone."""
    page.goto(cast.scanned)
    landing = Landing(page).is_titled("U sprak Hanna Bos")
    looks(page)
    page.reload()  # in the same hour it is the same visit
    assert page.context.cookies() == []
    assert (count(live, Visit), count(live, Lead), count(live, Contact)) == (1, 0, 0)
    return landing


def leave(landing: Landing, live: Live, today: Today) -> None:
    """They leave details with a question."""
    page = landing.page
    landing.choose("Ik heb een vraag")
    expect(page.get_by_label("Telefoonnummer")).to_be_hidden()
    looks(page)
    landing.fill(text=QUESTION, name=GUEST, company=COMPANY, email=ADDRESS)
    page.get_by_label("Het programma Slimmer Werken Overijssel mag").check()
    today.passes(minutes=1)  # nobody fills in a form at once
    landing.press("Versturen", Screen).is_titled("Dank u wel")
    looks(page)
    assert page.context.cookies() == []
    assert (count(live, Visit), count(live, Lead), count(live, Contact)) == (1, 1, 1)


def answer(page: Page, live: Live, cast: Cast) -> None:
    """The project leader takes the question, answers it by mail, and refers to an expert."""
    LogIn.open(page).as_user(cast.leader, then=Screen)
    desk = Desk.open(page).says("Eén vraag wacht op ons; niets is te laat.")
    question = desk.follow(QUESTION, Question).says("een visitekaartje, Hanna Bos").says(COMPANY)
    looks(page)
    question = question.press("Ik pak deze vraag op", Question)
    form = question.follow("Antwoord", Screen).fill(text="Begin met één ploeg.")
    form.press("Versturen", Question).says("Het antwoord is onderweg.")
    assert "Begin met één ploeg." in only_mail(live, "question.answer").text
    form = question.follow("Doorverwijzen", Screen)
    form.choose("Een deskundige of adviseur")
    page.get_by_label("Welke deskundige?").select_option(label="Joris Mulder")
    form.press("Doorverwijzen", Question).says("nog niet bekend of het hielp")
    assert "Joris Mulder" in only_mail(live, "question.referred").text


def follow_up(phone: Page, live: Live, today: Today) -> None:
    """After two weeks a mail asks whether it helped. Looking says nothing yet; pressing does."""
    assert live.write(ask_back) == 0
    today.passes(days=15)
    assert (live.write(ask_back), live.write(ask_back)) == (1, 0)
    links = HELPED.findall(only_mail(live, "question.helped").text)
    assert [urlsplit(link).query for link in links] == ["antwoord=ja", "antwoord=nee"]
    for link in reversed(links):
        phone.goto(_here(link))
        Helped(phone).is_titled("Heeft het geholpen?").says("Joris Mulder. Druk op wat klopt.")
        assert _told(live) is None
    looks(phone)
    Helped(phone).press("Ja, het heeft geholpen", Helped).says("Joris Mulder u heeft geholpen")
    assert _told(live) is True


def _told(live: Live) -> bool | None:
    return live.write(lambda session: session.scalars(select(Referral.helped)).one())


def _question(live: Live) -> int | None:
    return live.write(lambda session: session.scalars(select(Lead.question_id)).one())


def close(page: Page, live: Live, cast: Cast) -> None:
    """The company took action: the leader proposes that, and may not verify it."""
    LogIn.open(page).as_user(cast.leader, then=Screen)
    question = Question.open(page, question_id=_question(live)).is_titled(QUESTION)
    question.says("het hielp")
    form = question.follow("Vraag afsluiten", Screen).choose("Het bedrijf kwam in actie")
    page.get_by_label("Wat deed het bedrijf?").select_option(index=1)
    form.fill(proof="Roosterplan gezien").press("Vraag afsluiten", Question)
    question.says("De actie telt zodra iemand anders haar heeft gecontroleerd.")
    question.follow("De actie waartoe dit leidde", Screen).says("Wacht op controle")
    looks(page)
    expect(page.get_by_role("button", name="Akkoord: het bewijs laat het zien")).to_have_count(0)
    Funnel.open(page, by="pionier").counts("Hanna Bos", Bedrijven_in_actie="0")


def verify(page: Page, cast: Cast) -> None:
    """A second person has seen the proof."""
    LogIn.open(page).as_user(cast.colleague, then=Screen)
    page.goto("/p/overijssel/activaties")
    row = page.get_by_role("row").filter(has_text=COMPANY)
    with page.expect_navigation():
        row.locator("a[href*='/activaties/']").first.click()
    action = Screen(page).says("Hanna Bos").says("Roosterplan gezien")
    action.press("Akkoord: het bewijs laat het zien", Screen).says("het bedrijf telt mee als in")


def see_the_funnel(page: Page) -> None:
    """Each step counts for the pioneer whose card it was, and opens to its records."""
    funnel = Funnel.open(page, by="pionier").is_titled("Van kaartje naar actie")
    funnel.says("1 gescand, 0 overgetypt")
    looks(page)
    done = {
        "Gegevens_achtergelaten": "1",
        "Bedrijven_in_actie": "1",
        "Van_gegevens_tot_actie": "15 dagen",
    }
    funnel.counts("Hanna Bos", Kaartjes="10", Gescand="1", Overgetypt="0", **done)
    funnel.counts("Bram Oosterhof", Kaartjes="10", Gescand="0", Bedrijven_in_actie="0")
    titles = {
        "Gegevens achtergelaten": "Wie gegevens achterliet",
        "Bedrijven in actie": "Van wie het bedrijf daarna in actie kwam",
    }
    for step, title in titles.items():
        records = Funnel.open(page, by="pionier").opened("Hanna Bos", step).is_titled(title)
        looks(page)
        row = page.get_by_role("row").filter(has_text=GUEST)
        expect(row).to_have_count(1)
        expect(row).to_contain_text(COMPANY)
        records.follow("Vraag", Question).is_titled(QUESTION).says("Hanna Bos")
    visits = Funnel.open(page, by="pionier").opened("Hanna Bos", "Gescand")
    visits.is_titled("Bezoeken: Hanna Bos").says("Eén bezoek.").says("gescand")
    looks(page)
    run = Funnel.open(page, by="oplage").counts("Oplage 2", Gescand="1", **done)
    run.follow("Oplage 2", Screen).says("10 kaartjes van Hanna Bos").says("Tot nu toe één bezoek.")


def see_the_own_page(page: Page, cast: Cast) -> None:
    """The pioneer reads what came of it."""
    LogIn.open(page).as_user(cast.pioneer, then=OwnPage)
    own = OwnPage.open(page).is_titled("Uw pagina").says("Uw kaartjes zijn één keer gescand.")
    own.says("Er zijn één keer gegevens achtergelaten.").says("Er kwam één vraag van.")
    looks(page)
    for words, title in {
        "Uw kaartjes zijn één keer gescand.": "Bezoeken via uw kaartjes",
        "Er zijn één keer gegevens achtergelaten.": "Gegevens via uw kaartjes",
        "Er kwam één vraag van.": "Vragen via uw kaartjes",
        "Na uw kaartje kwam één bedrijf in actie.": "Bedrijven die na uw kaartje in actie kwamen",
    }.items():
        opened = OwnPage.open(page).follow(words, Screen).is_titled(title).says("Eén in 2027.")
        expect(opened.main).not_to_contain_text(GUEST)
        looks(page)


@pytest.mark.parametrize("live", DIALECTS, indirect=True)
def test_a_scanned_card_becomes_a_question_and_an_action(
    live: Live, new_page: Callable[..., Page], cast: Cast, today: Today
) -> None:
    phone = new_page(**HAND)
    leave(scan(phone, live, cast), live, today)
    answer(new_page(), live, cast)
    follow_up(phone, live, today)
    close(new_page(), live, cast)
    second = new_page()
    verify(second, cast)
    see_the_funnel(second)
    see_the_own_page(new_page(**HAND), cast)
