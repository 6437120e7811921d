"""The list of questions, and the page of one."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.questions.handling import close
from pioneers.questions.models import AskedBy, Outcome, Question, QuestionStatus
from tests.client import log_in
from tests.factories import Personas
from tests.questions.scene import ask_one

DESK = "/p/overijssel/vragen"


@pytest.fixture
def leader(client: FlaskClient, running: Programme, personas: Personas) -> FlaskClient:
    """The leader's browser."""
    log_in(client, personas.leader)
    return client


def make_late(session: Session, question: Question, days: int = 3) -> None:
    question.due_on = clock.today() - timedelta(days=days)
    session.flush()


def test_an_empty_desk_says_how_questions_come(leader: FlaskClient) -> None:
    page = leader.get(DESK).text
    assert "Nog geen vragen" in page
    assert "/vraag/overijssel" in page


def test_what_is_late_stands_on_top_and_in_the_first_sentence(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    ask_one(session, running, text="Eerste vraag")
    make_late(session, ask_one(session, running, text="Tweede vraag"))
    page = leader.get(DESK).text
    assert "2 vragen wachten op ons, waarvan 1 te laat." in page
    assert "3 dagen te laat" in page
    assert page.index("Tweede vraag") < page.index("Eerste vraag")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"A", "B"}),
        ("?status=late", {"B"}),
        ("?status=all", {"A", "B", "C"}),
        ("?status=closed", {"C"}),
        ("?status=nonsense&van=nobody&vanaf=x", {"A", "B"}),
        ("?thema=co_creation", {"B"}),
        ("?thema=none", {"A"}),
        ("?weg=call", {"A"}),
        ("?status=all&uitkomst=not_ours", {"C"}),
        ("?status=all&actie=ja", set()),
        ("?q=vraag+B", {"B"}),
        ("?q=%25", set()),
        ("?vanaf=2199-01-01", set()),
        ("?tot=2199-01-01&pionier=999999999&bedrijf=x", set()),
    ],
)
def test_the_list_can_be_narrowed_down(
    leader: FlaskClient,
    session: Session,
    running: Programme,
    personas: Personas,
    query: str,
    shown: set[str],
) -> None:
    ask_one(session, running, text="Dit is vraag A", asked_by=AskedBy.CALL)
    make_late(session, ask_one(session, running, text="Dit is vraag B", theme="co_creation"))
    done = ask_one(session, running, text="Dit is vraag C", theme="dynamic_management")
    close(
        session,
        programme=running,
        question=done,
        outcome=Outcome.NOT_OURS,
        version=done.version,
        user=personas.leader,
    )
    page = leader.get(DESK + query).text
    assert {name for name in "ABC" if f"Dit is vraag {name}" in page} == shown


def test_html_in_a_question_is_text(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    text = "<script>alert(1)</script> {{ 7 * 7 }} <b>vet</b>"
    question = ask_one(session, running, text=text, name='"><img src=x>', company="<i>Bedrijf</i>")
    for path in (DESK, f"{DESK}/{question.id}", f"{DESK}/{question.id}/antwoord"):
        page = leader.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>vet" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }}" in page


def test_a_question_leads_to_whoever_asked_it(
    leader: FlaskClient, session: Session, question: Question
) -> None:
    page = leader.get(f"{DESK}/{question.id}").text
    assert f"/p/overijssel/personen/{question.person_id}" in page
    assert f"/p/overijssel/bedrijven/{question.company_id}" in page
    assert page.count('class="button" type="submit"') == 1  # one thing to do next
    assert "Ik pak deze vraag op" in page


def test_a_question_is_taken_once(
    leader: FlaskClient, session: Session, question: Question, personas: Personas
) -> None:
    for _ in range(2):
        assert leader.post(f"{DESK}/{question.id}/neem").status_code == 303
    session.refresh(question)
    assert question.status == QuestionStatus.TAKEN
    question.responsible_id = personas.viewer.id
    session.flush()
    page = leader.post(f"{DESK}/{question.id}/neem", follow_redirects=True).text
    assert "heeft deze vraag al opgepakt" in page


def test_the_details_are_corrected_and_a_stale_copy_is_shown(
    leader: FlaskClient, session: Session, question: Question
) -> None:
    path = f"{DESK}/{question.id}/wijzig"
    data = {
        "subject": "Zelfroosteren",
        "theme": "flexible_organising",
        "name": "Anne de Vries",
        "company": "De Vries Metaal",
        "email": "anne@devries-metaal.example",
        "responsible": "",
        "version": str(question.version),
    }
    assert leader.post(path, data=data).status_code == 303
    session.refresh(question)
    assert (question.subject, question.theme) == ("Zelfroosteren", "flexible_organising")
    late = leader.post(path, data=data | {"subject": "Iets anders"})
    assert late.status_code == 409
    assert "Iemand anders" in late.text
    assert leader.post(path, data=data | {"email": "geen adres"}).status_code == 422


@pytest.mark.parametrize("page", ["", "/antwoord", "/bericht", "/verwijs", "/afsluiten", "/wijzig"])
def test_a_question_that_is_not_there_is_not_found(leader: FlaskClient, page: str) -> None:
    assert leader.get(f"{DESK}/999999{page}").status_code == 404
