"""Referring, the two buttons in the mail, and closing with an outcome."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.audit.models import AuditEntry
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.questions.jobs import ask_back
from pioneers.questions.links import token_of
from pioneers.questions.models import Expert, Outcome, Question, QuestionStatus, Referral
from pioneers.questions.register import ExpertDraft, add_expert
from pioneers.reach.models import Activation
from tests.client import log_in
from tests.factories import Personas, make_company, make_person, make_pioneer
from tests.questions.scene import ask_one

DESK = "/p/overijssel/vragen"


@pytest.fixture
def leader(client: FlaskClient, running: Programme, personas: Personas) -> FlaskClient:
    """The leader's browser."""
    log_in(client, personas.leader)
    return client


@pytest.fixture
def expert(session: Session, running: Programme) -> Expert:
    """Somebody who can help."""
    draft = ExpertDraft("Joris Mulder", "Mulder Advies", phone="+31385550123")
    return add_expert(session, programme=running, draft=draft, user_id=None)


def refer(leader: FlaskClient, question: Question, **data: str) -> int:
    given = {"version": str(question.version), "tell": "y"} | data
    return leader.post(f"{DESK}/{question.id}/verwijs", data=given).status_code


@pytest.fixture
def referral(leader: FlaskClient, session: Session, question: Question, expert: Expert) -> Referral:
    """The question was referred to the expert."""
    assert refer(leader, question, kind="expert", expert=str(expert.id), remark="Bel hem.") == 303
    return session.scalars(select(Referral)).one()


def mail_of(session: Session, kind: str) -> list[MailMessage]:
    return list(session.scalars(select(MailMessage).where(MailMessage.kind == kind)))


def test_whoever_asked_reads_how_to_reach_the_expert(
    session: Session, question: Question, referral: Referral
) -> None:
    (mail,) = mail_of(session, "question.referred")
    assert "Joris Mulder, Mulder Advies\n038 555 0123" in mail.text
    assert "Bel hem." in mail.text
    session.refresh(question)
    assert question.status == QuestionStatus.REFERRED
    assert question.answered_at is not None


def test_of_a_pioneer_the_mail_gives_the_name_and_the_company_only(
    leader: FlaskClient, session: Session, running: Programme, question: Question
) -> None:
    company = make_company(session, running, name="Bosch Bouw")
    person = make_person(
        session, running, company, email="karin@bosch.example", phone="+31612345678"
    )
    pioneer = make_pioneer(session, running, company=company, person=person)
    assert refer(leader, question, kind="pioneer", pioneer=str(pioneer.id)) == 303
    (mail,) = mail_of(session, "question.referred")
    assert "Bosch Bouw" in mail.text
    assert "karin@" not in mail.text
    assert "12345678" not in mail.text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "expert"},
        {"kind": "expert", "expert": "999999"},
        {"kind": "tool"},
        {"kind": "nonsense"},
        {"kind": "tool", "name": "x", "remark": "x" * 501},
    ],
)
def test_a_referral_to_nobody_is_refused(
    leader: FlaskClient, session: Session, question: Question, data: dict[str, str]
) -> None:
    assert refer(leader, question, **data) == 422
    assert session.scalar(select(func.count(Referral.id))) == 0


def test_a_referral_of_a_stale_copy_is_not_made(
    leader: FlaskClient, session: Session, question: Question, referral: Referral
) -> None:
    status = refer(leader, question, kind="circle", name="Kring", version="1")
    assert status == 303
    assert session.scalar(select(func.count(Referral.id))) == 1


def test_after_two_weeks_they_are_asked_once_whether_it_helped(
    session: Session, referral: Referral
) -> None:
    assert ask_back(session) == 0
    with clock.at(clock.now() + timedelta(days=15)):
        assert ask_back(session) == 1
        assert ask_back(session) == 0
    (mail,) = mail_of(session, "question.helped")
    assert mail.text.count(f"/h/{token_of(referral)}") == 2


def test_the_programme_says_after_how_many_days(
    session: Session, running: Programme, referral: Referral
) -> None:
    running.ask_back_days = 30
    session.flush()
    for days, asked in ((29, 0), (31, 1)):
        with clock.at(clock.now() + timedelta(days=days)):
            assert ask_back(session) == asked


def test_nobody_is_asked_after_two_months_or_without_an_address(
    session: Session, referral: Referral, question: Question
) -> None:
    with clock.at(clock.now() + timedelta(days=61)):
        assert ask_back(session) == 0
    question.email = None
    session.flush()
    with clock.at(clock.now() + timedelta(days=15)):
        assert ask_back(session) == 0


def test_a_scanner_that_follows_both_links_changes_nothing(
    client: FlaskClient, session: Session, referral: Referral
) -> None:
    path = f"/h/{token_of(referral)}"
    client.get("/uitloggen")
    for answer in ("ja", "nee", "<b>"):
        page = client.get(f"{path}?antwoord={answer}")
        assert page.status_code == 200
    assert client.head(path).status_code == 200
    session.refresh(referral)
    assert referral.helped is None


def test_a_button_that_is_pressed_twice_counts_once_and_a_change_of_mind_is_the_last_word(
    client: FlaskClient, session: Session, question: Question, referral: Referral
) -> None:
    path = f"/h/{token_of(referral)}"
    for answer in ("no", "no", "yes", "yes"):
        assert client.post(path, data={"helped": answer}).status_code == 303
    session.refresh(referral)
    assert referral.helped is True
    told = select(func.count(AuditEntry.id)).where(AuditEntry.action == "question.helped")
    assert session.scalar(told) == 2
    assert "heeft geholpen" in client.get(path).text


def test_a_no_makes_it_our_turn_and_a_yes_an_answered_question(
    client: FlaskClient, session: Session, question: Question, referral: Referral
) -> None:
    path = f"/h/{token_of(referral)}"
    client.post(path, data={"helped": "no"})
    session.refresh(question)
    assert question.status == QuestionStatus.TAKEN
    assert question.due_on > clock.today()


@pytest.mark.parametrize("token", ["x", "1-abc", "9999999999999-a", "1-" + "a" * 200])
def test_a_made_up_address_leads_nowhere(
    client: FlaskClient, referral: Referral, token: str
) -> None:
    assert client.get(f"/h/{token}").status_code == 404
    assert client.post(f"/h/{token}", data={"helped": "yes"}).status_code == 404


def test_an_action_is_proposed_while_closing(
    leader: FlaskClient, session: Session, running: Programme, question: Question
) -> None:
    kind = session.scalars(
        select(ActivationKind).where(ActivationKind.programme_id == running.id)
    ).one()
    data = {
        "outcome": "action",
        "kind": str(kind.id),
        "day": clock.today().isoformat(),
        "proof": "Plan gezien",
        "version": str(question.version),
        "existing": "",
    }
    path = f"{DESK}/{question.id}/afsluiten"
    missing = leader.post(path, data=data | {"proof": ""})
    assert missing.status_code == 422
    assert 'id="proof-error"' in missing.text
    assert leader.post(path, data=data).status_code == 303
    made = session.scalars(select(Activation)).one()
    session.refresh(question)
    assert (question.outcome, question.activation_id) == (Outcome.ACTION, made.id)
    assert leader.post(path, data=data).status_code == 303  # pressed again: stale, one action
    assert session.scalar(select(func.count(Activation.id))) == 1


def test_an_action_of_nobodys_company_asks_for_the_company(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    question = ask_one(session, running, name="", company="", email=None)
    page = leader.post(
        f"{DESK}/{question.id}/afsluiten",
        data={"outcome": "action", "version": str(question.version)},
    )
    assert page.status_code == 422
    assert "bedrijf" in page.text


def test_a_solved_question_is_a_draft_without_names_in_one_press(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    question = ask_one(
        session,
        running,
        text="Ik ben Anne de Vries van De Vries Metaal, bel 038 425 12 34. Hoe begin ik met Harm?",
    )
    path = f"{DESK}/{question.id}"
    data = {"outcome": "helped", "version": str(question.version)}
    assert leader.post(f"{path}/afsluiten", data=data).status_code == 303
    first = leader.post(f"{path}/kennis")
    assert first.status_code == 303
    assert leader.post(f"{path}/kennis").location == first.location
    page = leader.get(first.location).text
    assert "Ik ben [naam] van [bedrijf], bel [telefoonnummer]" in page
    assert "Vries" not in page.split("<main")[1]
    assert "Harm" in page  # pointed out: no rule knows him


def test_a_question_that_was_not_solved_becomes_no_knowledge(
    leader: FlaskClient, question: Question
) -> None:
    page = leader.post(f"{DESK}/{question.id}/kennis", follow_redirects=True).text
    assert "Dat kan niet" in page
