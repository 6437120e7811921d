"""The search box finds questions, for whoever answers them."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from pioneers.questions.handling import change
from pioneers.questions.models import Question
from pioneers.questions.rules import Details
from pioneers.search.models import Kind
from pioneers.search.queries import find
from tests.client import log_in
from tests.factories import Personas, make_programme
from tests.questions.scene import ask_one

SEARCH = "/p/overijssel/zoeken"


@pytest.mark.parametrize("text", ["roosteren", "zelf ploeg", "anne vries", "metaal", "anne@dev"])
def test_a_question_is_found_by_its_words_and_by_who_asked_it(
    client: FlaskClient, personas: Personas, question: Question, text: str
) -> None:
    log_in(client, personas.leader)
    href = f'href="/p/overijssel/vragen/{question.id}"'
    assert href in client.get(SEARCH, query_string={"q": text}).text
    assert href in client.get(SEARCH, query_string={"q": text}, headers={"X-Fragment": "1"}).text


@pytest.mark.parametrize("who", ["viewer", "pioneer", "fan_contact"])
def test_who_has_no_access_to_the_desk_finds_none(
    client: FlaskClient, personas: Personas, question: Question, who: str
) -> None:
    log_in(client, getattr(personas, who))
    assert client.get(SEARCH, query_string={"q": "roosteren"}).status_code == 403


def test_questions_of_another_programme_are_not_found(
    client: FlaskClient, session: Session, personas: Personas, question: Question
) -> None:
    other = make_programme(session, starts_on=None, ends_on=None)
    elsewhere = ask_one(session, other, text="Hoe roosteren zij daar?")
    log_in(client, personas.leader)
    page = client.get(SEARCH, query_string={"q": "roosteren"}).text
    assert f"/vragen/{question.id}" in page
    assert f"/vragen/{elsewhere.id}" not in page


def test_a_corrected_question_is_found_by_its_new_words(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    change(
        session,
        programme=running,
        question=question,
        details=Details("Zelfplanning", "", "Berend Brink", "", None, None, None),
        version=question.version,
        user=personas.leader,
    )

    def found(text: str) -> list[str]:
        hits = find(session, programme_id=running.id, text=text, kinds=(Kind.QUESTION,))
        return [hit.title for hit in hits]

    assert found("zelfplanning") == found("brink") == found("ploeg") == ["Zelfplanning"]
    assert found("anne@devries-metaal.example") == []
