"""A programme that runs now, with a question."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from pioneers.questions.models import Question
from tests.questions.scene import ask_one, run_now


@pytest.fixture
def running(app: Flask, session: Session, programme: Programme) -> Iterator[Programme]:
    """The programme of the personas, in the middle of its course; mail knows the site's address."""
    run_now(session, programme)
    with app.app_context():
        yield programme


@pytest.fixture
def question(session: Session, running: Programme) -> Question:
    """A question of Anne, new on the desk."""
    return ask_one(session, running)
