"""The desk in figures, and what needs attention."""

from datetime import date, datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.questions.figures import desk_figures, waiting_questions
from pioneers.questions.handling import answer_spoken, close
from pioneers.questions.models import Outcome, Question
from pioneers.questions.rules import Action
from pioneers.reach.activations import verify_activation
from pioneers.reach.models import Activation
from tests.client import log_in
from tests.factories import Personas, make_contact
from tests.questions.scene import ask_one

MONDAY = clock.from_local(date(2026, 3, 2), datetime.min.time().replace(hour=10))


def at(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


def closed(
    session: Session,
    programme: Programme,
    question: Question,
    outcome: Outcome,
    personas: Personas,
    action: Action | None = None,
) -> None:
    close(
        session,
        programme=programme,
        question=question,
        outcome=outcome,
        version=question.version,
        user=personas.leader,
        action=action,
    )


def test_the_figures_follow_from_the_questions(
    session: Session, running: Programme, personas: Personas
) -> None:
    running.starts_on = date(2026, 1, 1)
    kind = session.scalars(
        select(ActivationKind).where(ActivationKind.programme_id == running.id)
    ).one()
    with clock.at(at(0)):
        one = ask_one(session, running, theme="co_creation")
        other = ask_one(session, running, theme="co_creation")
        ask_one(session, running)
        spam = ask_one(session, running)
    with clock.at(at(1)):
        closed(session, running, spam, Outcome.MISUSE, personas)
        answer_spoken(session, question=one, text="A", version=one.version, user=personas.leader)
    with clock.at(at(4)):
        answer_spoken(
            session, question=other, text="B", version=other.version, user=personas.leader
        )
        action = Action(kind_id=kind.id, day=date(2026, 3, 5), proof="Plan")
        closed(session, running, one, Outcome.ACTION, personas, action)
    with clock.at(at(20)):
        found = desk_figures(session, running, None, clock.today())
        assert (found.asked, found.answered, found.open, found.late) == (3, 2, 2, 1)
        assert found.median_days == 2.5
        assert found.by_theme == (("co_creation", 2), ("", 1))
        assert (found.led_to_action, found.waits_for_verification) == (0, 1)
        made = session.get_one(Activation, one.activation_id)
        verify_activation(session, programme=running, activation=made, actor_id=personas.viewer.id)
        found = desk_figures(session, running, date(2026, 3, 2), date(2026, 3, 2))
        assert (found.led_to_action, found.waits_for_verification) == (1, 0)
        assert desk_figures(session, running, date(2026, 3, 3), clock.today()).asked == 0
        assert waiting_questions(session, running) == (1, 1)


def test_the_progress_page_opens_each_figure_down_to_the_questions(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    make_contact(session, running, day=clock.today())
    question = ask_one(session, running)
    question.due_on = clock.today() - timedelta(days=1)
    session.flush()
    log_in(client, personas.leader)
    page = client.get("/p/overijssel/").text
    assert "Eén vraag, nog niets beantwoord." in page
    assert "vraag te laat" in page
    assert "/p/overijssel/vragen?status=late" in page
    listed = client.get("/p/overijssel/vragen?status=late&echt=ja").text
    assert "ploeg zelf roosteren" in listed
    log_in(client, personas.viewer)
    seen = client.get("/p/overijssel/").text
    assert "Eén vraag, nog niets beantwoord." in seen
    assert "/p/overijssel/vragen" not in seen
