"""Everybody says what an item did for them; six weeks later, what became of it."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.models import Person
from pioneers.knowledge.jobs import follow_up
from pioneers.knowledge.links import token_of
from pioneers.knowledge.models import Followed, KnowledgeItem, KnowledgeUse, UseKind
from pioneers.knowledge.use_rules import NewUse
from pioneers.knowledge.using import take_use
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import activation_kinds
from pioneers.reach.models import Activation, Contact
from pioneers.reach.rules import ActivationStatus, Channel
from tests.client import log_in
from tests.factories import Personas
from tests.knowledge.scene import make_published

DETAILS = {
    "name": "Anne de Vries",
    "company": "De Vries Metaal",
    "email": "anne@devries-metaal.example",
    "agreed": "y",
}


@pytest.fixture
def item(session: Session, running: Programme) -> KnowledgeItem:
    """An item that everybody sees."""
    return make_published(session, running)


def press(client: FlaskClient, programme: Programme, item: KnowledgeItem, **data: str) -> int:
    """Open the form as a person does, fill it in, and send it three seconds later."""
    path = f"/kennis/{programme.slug}/{item.slug}/gebruik"
    begun = re.search(r'name="begun"[^>]*value="([^"]+)"', client.get(path).text)
    assert begun is not None
    with clock.at(clock.now() + timedelta(seconds=3)):
        return client.post(path, data={"begun": begun[1], **data}).status_code


def uses(session: Session) -> list[KnowledgeUse]:
    """What was noted."""
    return list(session.scalars(select(KnowledgeUse).order_by(KnowledgeUse.id)))


def intend(session: Session, programme: Programme, item: KnowledgeItem) -> KnowledgeUse:
    """Anne is going to do something."""
    new = NewUse(
        UseKind.WILL_USE,
        "Drie klanten uitnodigen",
        "Anne de Vries",
        "De Vries Metaal",
        "anne@devries-metaal.example",
        agreed=True,
    )
    return take_use(session, programme=programme, item=item, new=new)


def test_a_press_of_a_button_keeps_nothing_of_anybody(
    client: FlaskClient, session: Session, running: Programme, item: KnowledgeItem
) -> None:
    assert press(client, running, item, kind="helped") == 303
    (use,) = uses(session)
    assert (use.person_id, use.email, use.contact_id, use.ask_on) == (None, None, None, None)
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_whoever_leaves_details_is_a_contact_and_is_asked_in_six_weeks(
    client: FlaskClient, session: Session, running: Programme, item: KnowledgeItem
) -> None:
    sent = DETAILS | {"kind": "will_use", "intention": "Drie klanten uitnodigen"}
    assert press(client, running, item, **sent) == 303
    (use,) = uses(session)
    assert use.ask_on == clock.today() + timedelta(weeks=6)
    assert use.consent_wording
    contact = session.get_one(Contact, use.contact_id)
    assert (contact.channel, contact.person_id) == (Channel.KNOWLEDGE, use.person_id)


@pytest.mark.parametrize("missing", ["name", "email", "agreed"])
def test_details_are_complete_and_agreed_to_or_not_there(
    client: FlaskClient, session: Session, running: Programme, item: KnowledgeItem, missing: str
) -> None:
    sent = {"kind": "helped"} | {key: value for key, value in DETAILS.items() if key != missing}
    assert press(client, running, item, **sent) == 422
    assert uses(session) == []


def test_machines_leave_nothing(
    client: FlaskClient, session: Session, running: Programme, item: KnowledgeItem
) -> None:
    path = f"/kennis/{running.slug}/{item.slug}/gebruik"
    assert press(client, running, item, kind="helped", website="https://spam.example") == 303
    assert client.post(path, data={"kind": "helped"}).status_code == 422
    assert uses(session) == []


def test_whoever_presses_without_end_is_slowed_down(
    client: FlaskClient, session: Session, running: Programme, item: KnowledgeItem
) -> None:
    answers = {press(client, running, item, kind="helped") for _each in range(25)}
    assert answers == {303, 429}
    assert 0 < len(uses(session)) <= 20


def test_after_six_weeks_one_mail_asks_what_became_of_it(
    session: Session, running: Programme, item: KnowledgeItem
) -> None:
    use = intend(session, running, item)
    assert follow_up(session) == 0
    with time_machine.travel(_in_six_weeks(), tick=False):
        assert follow_up(session) == 1
        assert follow_up(session) == 0
    mail = session.scalars(
        select(MailMessage).where(MailMessage.kind == "knowledge.follow_up")
    ).one()
    assert mail.to_address == use.email


def _in_six_weeks() -> datetime:
    return clock.now() + timedelta(weeks=6, hours=1)


def test_looking_at_the_link_changes_nothing_and_pressing_does(
    client: FlaskClient, session: Session, running: Programme, item: KnowledgeItem
) -> None:
    use = intend(session, running, item)
    path = f"/u/{token_of(use)}?antwoord=done"
    assert client.get(path).status_code == 200
    assert use.followed is None
    kind = activation_kinds(session, running)[0]
    sent = {"answer": "done", "kind": str(kind.id), "done": "Drie klanten aan tafel gehad"}
    for _twice in range(2):
        assert client.post(path, data=sent).status_code == 303
    assert use.followed == Followed.DONE
    activation = session.scalars(select(Activation)).one()
    assert activation.status == ActivationStatus.PROPOSED
    assert activation.company_id == use.company_id


def test_not_yet_proposes_nothing(
    client: FlaskClient, session: Session, running: Programme, item: KnowledgeItem
) -> None:
    use = intend(session, running, item)
    client.post(f"/u/{token_of(use)}", data={"answer": "not_yet", "kind": ""})
    assert use.followed == Followed.NOT_YET
    assert session.scalar(select(func.count()).select_from(Activation)) == 0


def test_a_link_that_was_made_up_leads_nowhere(
    client: FlaskClient, session: Session, running: Programme, item: KnowledgeItem
) -> None:
    use = intend(session, running, item)
    nobody = KnowledgeUse(item_id=item.id, kind=UseKind.HELPED, at=clock.now())
    session.add(nobody)
    session.flush()
    for token in ("x", f"{use.id}-{'a' * 24}", token_of(use)[:-1], token_of(nobody)):
        assert client.get(f"/u/{token}").status_code == 404


def test_each_figure_of_an_item_opens_its_records(
    client: FlaskClient,
    session: Session,
    running: Programme,
    item: KnowledgeItem,
    personas: Personas,
) -> None:
    press(client, running, item, kind="helped")
    intend(session, running, item)
    log_in(client, personas.leader)
    base = f"/p/{running.slug}/kennis/{item.id}"
    assert f"{base}/cijfer/intentions" in client.get(base).text
    assert "Anne de Vries" in client.get(f"{base}/cijfer/intentions").text
    helped = client.get(f"{base}/cijfer/helped").text
    assert "zonder gegevens" in helped
    assert "Anne de Vries" not in helped
    assert client.get(f"{base}/cijfer/onzin").status_code == 404
