"""Questions in a programme that runs now."""

from typing import Any

from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.questions.actions import take_question
from pioneers.questions.models import AskedBy, Question
from pioneers.questions.rules import NewQuestion

ASKED = {
    "asked_by": AskedBy.SITE,
    "text": "Hoe laat ik een ploeg zelf roosteren?",
    "name": "Anne de Vries",
    "company": "De Vries Metaal",
    "email": "anne@devries-metaal.example",
}


def run_now(session: Session, programme: Programme) -> None:
    """Let a programme run from last year, without an end."""
    programme.starts_on = clock.today().replace(year=clock.today().year - 1, day=1)
    programme.ends_on = None
    session.flush()


def new_question(**facts: Any) -> NewQuestion:
    """A question of Anne, by the site."""
    return NewQuestion(**ASKED | facts)


def ask_one(session: Session, programme: Programme, **facts: Any) -> Question:
    """A question on the desk."""
    return take_question(session, programme=programme, new=new_question(**facts)).question
