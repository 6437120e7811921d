"""From a question on a phone to an action in a company: answered, referred, helped, closed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.accounts.rules import Role
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.questions.links import token_of
from pioneers.questions.models import Question, Referral
from pioneers.questions.register import ExpertDraft, add_expert
from pioneers.reach.activations import verify_activation
from pioneers.reach.models import Activation
from pioneers.web.opened import opened_stamp
from tests.conftest import SECRET
from tests.factories import make_company, make_person, make_pioneer, make_programme, make_user
from tests.journeys.accessibility import assert_accessible_in_both_schemes, assert_fits
from tests.journeys.conftest import PHONE, Live
from tests.journeys.pages import LogIn, Screen


class Ask(Screen):
    """The public form."""

    path = "/vraag/overijssel"


class Note(Screen):
    """Where a pioneer passes a question on."""

    path = "/p/overijssel/vraag-van"


class Desk(Screen):
    """The questions."""

    path = "/p/overijssel/vragen"


class Helped(Screen):
    """Behind the buttons in the mail."""

    path = "/h/{token}"


@pytest.fixture
def leader(live: Live) -> User:
    """The project leader of a programme that runs now, with an expert and a pioneer."""

    def write(session: Session) -> User:
        first = clock.today() - timedelta(days=300)
        programme = make_programme(session, slug="overijssel", starts_on=first, ends_on=None)
        add_expert(session, programme=programme, draft=ExpertDraft("Joris Mulder"), user_id=None)
        company = make_company(session, programme)
        person = make_person(session, programme, company, email="karin@voorbeeld.example")
        make_pioneer(session, programme, company=company, person=person)
        make_user(session, Role.PIONEER, programme, email="karin@voorbeeld.example")
        return make_user(session, Role.PROJECT_LEADER, programme, name="Hanneke Smit")

    return live.write(write)


def look_at(screen: Screen) -> None:
    assert_accessible_in_both_schemes(screen.page)
    assert_fits(screen.page)


def ask(live: Live, page: Page) -> None:
    """Somebody asks, on a phone."""
    screen = Ask.open(page)
    look_at(screen)
    screen.fill(
        text="Hoe laat ik een ploeg zelf roosteren?",
        name="Anne de Vries",
        company="De Vries Metaal",
        email="anne@devries-metaal.example",
    )
    page.get_by_label("Het programma mag").check()
    with live.app.app_context(), clock.at(clock.now() - timedelta(seconds=30)):
        begun = opened_stamp(SECRET, "ask-overijssel")  # a person takes longer than this browser
    page.evaluate("begun => { document.getElementById('begun').value = begun }", begun)
    screen.press("Verstuur mijn vraag", Screen).is_titled("Dank voor uw vraag")


def test_a_question_becomes_an_action_of_a_company(
    live: Live, new_page: Callable[..., Page], leader: User
) -> None:
    phone = new_page(viewport=PHONE)
    ask(live, phone)
    page = new_page()
    LogIn.open(page).as_user(leader, then=Screen)
    desk = Desk.open(page).says("Eén vraag wacht op ons; niets is te laat.")
    look_at(desk)
    question = desk.follow("Hoe laat ik een ploeg zelf roosteren?", Screen)
    look_at(question)
    question = question.press("Ik pak deze vraag op", Screen)
    form = question.follow("Antwoord", Screen)
    look_at(form)
    question = form.fill(text="Begin met één ploeg.").press("Versturen", Screen)
    question.says("Het antwoord is onderweg.")
    form = question.follow("Doorverwijzen", Screen)
    expect(page.get_by_label("Welke deskundige?")).to_be_hidden()
    form.choose("Een deskundige of adviseur")
    page.get_by_label("Welke deskundige?").select_option(label="Joris Mulder")
    question = form.press("Doorverwijzen", Screen).says("nog niet bekend of het hielp")
    helped(live, phone)
    page.reload()
    question.says("het hielp")
    close(page, question)
    with live.app.app_context():
        live.write(verify)
    figures = Screen(page)
    page.goto("/p/overijssel/")
    figures.says("Eén vraag")
    section = page.locator("#vragen")
    expect(section.get_by_role("link", name="1 leidden tot actie")).to_be_visible()
    with page.expect_navigation():
        section.get_by_role("link", name="1 leidden tot actie").click()
    Desk(page).says("Hoe laat ik een ploeg zelf roosteren?")


def helped(live: Live, phone: Page) -> None:
    """By the mail, on the phone: the first look changes nothing, the press does."""
    with live.app.app_context():
        token = live.write(lambda session: token_of(session.scalars(select(Referral)).one()))
    screen = Helped.open(phone, token=token)
    look_at(screen)
    screen.press("Ja, het heeft geholpen", Helped).says("Dank u.")


def close(page: Page, question: Screen) -> None:
    """The company took action: that is proposed, and the question is a draft in one press."""
    form = question.follow("Vraag afsluiten", Screen)
    expect(page.get_by_label("Wat deed het bedrijf?")).to_be_hidden()
    form.choose("Het bedrijf kwam in actie")
    page.get_by_label("Wat deed het bedrijf?").select_option(index=1)
    look_at(form)
    question = form.fill(proof="Roosterplan gezien").press("Vraag afsluiten", Screen)
    draft = question.press("Maak een concept voor de kennisbank", Screen)
    look_at(draft)
    assert "Vries" not in draft.main.inner_html()
    page.go_back()


def verify(session: Session) -> None:
    """A second person has seen the proof."""
    activation = session.scalars(select(Activation)).one()
    programme = session.get_one(Programme, activation.programme_id)
    verify_activation(session, programme=programme, activation=activation, actor_id=None)
    kinds = set(session.scalars(select(MailMessage.kind)))
    asker = {"question.received", "question.answer", "question.referred"}
    assert kinds == asker | {"question.arrived"}  # that one to the leader


def test_a_pioneer_passes_a_question_on_in_three_words(
    live: Live, new_page: Callable[..., Page], leader: User
) -> None:
    phone = new_page(viewport=PHONE)
    pioneer = live.write(
        lambda session: session.scalars(
            select(User).where(User.email == "karin@voorbeeld.example")
        ).one()
    )
    LogIn.open(phone).as_user(pioneer, then=Screen)
    screen = Note.open(phone)
    look_at(screen)
    screen.fill(text="Leren op werkvloer?").press("Geef door", Note).says("Dank u.")
    assert live.write(lambda session: session.scalars(select(Question.text)).all()) == [
        "Leren op werkvloer?"
    ]
