"""Sending: readers are fixed, batches follow up on each other, and nobody gets it twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.mail.suppressing import suppress
from pioneers.mailings import queries
from pioneers.mailings.actions import plan_mailing, stop_mailing
from pioneers.mailings.models import Mailing, MailingState
from pioneers.mailings.sending import fix_readers, send_batch, send_due
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.subscriptions.actions import stop
from pioneers.subscriptions.models import Subscription
from tests.factories import Personas
from tests.mailings.scene import make_mailing
from tests.subscriptions.scene import make_subscription


@pytest.fixture
def planned(session: Session, sending: Programme, personas: Personas) -> Mailing:
    """A mailing to three readers that is to leave now."""
    for name in ("anne", "bram", "cor"):
        make_subscription(session, sending, email=f"{name}@voorbeeld.example")
    made = make_mailing(session, sending)
    plan_mailing(
        session,
        programme=sending,
        mailing=made,
        send_at=clock.now(),
        actor_id=personas.leader.id,
    )
    return made


def mails(session: Session) -> list[MailMessage]:
    """What is in the outbox."""
    return list(session.scalars(select(MailMessage).order_by(MailMessage.to_address)))


def test_it_leaves_once_with_a_way_to_leave_in_one_click(
    session: Session, planned: Mailing
) -> None:
    assert send_due(session) == 3
    assert send_due(session) == 0
    found = mails(session)
    assert [one.to_address[:4] for one in found] == ["anne", "bram", "cor@"]
    assert planned.state == MailingState.SENT
    assert found[0].unsubscribe.endswith(f"/direct?m={planned.id}")
    assert "/n/" in found[0].text
    assert "<h2>Zelf roosteren</h2>" in found[0].html
    assert 'href="/' not in found[0].html


def test_a_script_in_the_text_stays_text(session: Session, planned: Mailing) -> None:
    planned.body = "<script>alert(1)</script> [klik](javascript:alert(1)) {link}"
    send_due(session)
    assert "<script" not in mails(session)[0].html
    assert 'href="javascript' not in mails(session)[0].html


def test_what_is_planned_for_later_waits(session: Session, planned: Mailing) -> None:
    planned.send_at = clock.now() + timedelta(hours=1)
    assert send_due(session) == 0
    assert planned.state == MailingState.PLANNED


def test_who_comes_after_the_readers_are_fixed_is_too_late_and_who_leaves_gets_none(
    session: Session, sending: Programme, planned: Mailing
) -> None:
    assert fix_readers(session, planned.id) == 3
    assert fix_readers(session, planned.id) == 0
    make_subscription(session, sending, email="laat@voorbeeld.example")
    suppress(session, "bram@voorbeeld.example", MailStatus.BOUNCED)
    leaver = queries.list_readers(session, planned, wanted="", number=1).items[0]
    assert leaver.email == "anne@voorbeeld.example"
    stop(session, session.scalars(select(Subscription).filter_by(email=leaver.email)).one())
    send_due(session)
    assert [one.to_address for one in mails(session)] == ["cor@voorbeeld.example"]
    assert queries.results(session, planned)["skipped"] == 2


def test_a_worker_that_dies_between_batches_is_followed_up(
    session: Session, planned: Mailing
) -> None:
    fix_readers(session, planned.id)
    assert send_batch(session, planned.id, most=2) == 2
    assert planned.state == MailingState.SENDING
    assert send_due(session) == 1
    assert len(mails(session)) == 3


def test_stopping_halfway_keeps_the_rest_here(
    session: Session, planned: Mailing, personas: Personas
) -> None:
    fix_readers(session, planned.id)
    send_batch(session, planned.id, most=1)
    assert stop_mailing(session, mailing=planned, actor_id=personas.leader.id)
    assert not stop_mailing(session, mailing=planned, actor_id=personas.leader.id)
    assert send_due(session) == 0
    assert [one.status for one in mails(session)] == [MailStatus.WITHDRAWN]
    assert queries.results(session, planned)["skipped"] == 3


def test_results_say_what_became_of_it_and_open_their_people(
    session: Session, planned: Mailing
) -> None:
    send_due(session)
    first, second, third = mails(session)
    first.status, second.status = MailStatus.DELIVERED, MailStatus.BOUNCED
    third.status = MailStatus.SENT
    session.flush()
    reader = session.scalars(select(Subscription).filter_by(email=first.to_address)).one()
    stop(session, reader, mailing_id=planned.id)
    counts = queries.results(session, planned)
    assert {key: count for key, count in counts.items() if count} == {
        "delivered": 1,
        "bounced": 1,
        "sent": 1,
        "left": 1,
    }
    for key, count in counts.items():
        assert queries.list_readers(session, planned, wanted=key, number=1).total == count


@pytest.mark.parametrize(
    ("facts", "shift", "code"),
    [
        ({"tested_at": None}, 0, "not_tested"),
        ({"state": MailingState.SENT}, 0, "not_draft"),
        ({}, -1, "past"),
        ({}, 200, "far_ahead"),
        ({"segment": {"part": "pioneer"}}, 0, "nobody"),
    ],
)
def test_what_cannot_be_planned(
    session: Session,
    sending: Programme,
    personas: Personas,
    facts: dict[str, object],
    shift: int,
    code: str,
) -> None:
    make_subscription(session, sending)
    made = make_mailing(session, sending, **facts)
    with pytest.raises(Refused, match=code):
        plan_mailing(
            session,
            programme=sending,
            mailing=made,
            send_at=clock.now() + timedelta(days=shift),
            actor_id=personas.leader.id,
        )
