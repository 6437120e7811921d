"""Asking, confirming, choosing and leaving, with the proof of each."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.mail.models import MailMessage, MailStatus, SuppressedAddress
from pioneers.mail.suppressing import suppress
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.subscriptions import actions
from pioneers.subscriptions.cleaning import forget_unconfirmed
from pioneers.subscriptions.models import (
    SubscribedBy,
    Subscription,
    SubscriptionEvent,
    SubscriptionState,
    SubscriptionStep,
)
from tests.subscriptions.scene import make_subscription, wish


def steps(session: Session) -> list[SubscriptionStep]:
    """What happened, in order."""
    query = select(SubscriptionEvent.step).order_by(SubscriptionEvent.id)
    return list(session.scalars(query))


def kinds(session: Session) -> list[str]:
    """The mail that was put in the outbox."""
    return list(session.scalars(select(MailMessage.kind).order_by(MailMessage.id)))


def test_who_asks_is_asked_back_by_mail_without_anything_that_was_typed(
    session: Session, opened: Programme
) -> None:
    asked = wish("Anne@Drost.example", name="Win nu www.spam.example")
    made = actions.ask_for_news(session, programme=opened, asked=asked)
    assert (made.email, made.state) == ("anne@drost.example", SubscriptionState.PENDING)
    mail = session.scalars(select(MailMessage)).one()
    assert (mail.kind, mail.to_name) == ("subscription.confirm", "")
    assert "spam" not in mail.text + mail.html + mail.subject
    event = session.scalars(select(SubscriptionEvent)).one()
    assert (event.source, event.version, bool(event.wording)) == (
        SubscribedBy.SITE,
        "2026-11",
        True,
    )


def test_asking_twice_makes_one_and_mails_once(session: Session, opened: Programme) -> None:
    for _ in range(2):
        actions.ask_for_news(session, programme=opened, asked=wish())
    assert len(session.scalars(select(Subscription)).all()) == 1
    assert kinds(session) == ["subscription.confirm"]


def test_asking_again_later_mails_again(session: Session, opened: Programme) -> None:
    actions.ask_for_news(session, programme=opened, asked=wish())
    with clock.at(clock.now() + timedelta(hours=1)):
        actions.ask_for_news(session, programme=opened, asked=wish())
    assert kinds(session) == ["subscription.confirm"] * 2


def test_who_has_news_is_told_so_once_a_day_and_nothing_changes(
    session: Session, opened: Programme
) -> None:
    made = make_subscription(session, opened, email="anne@drost.example", themes="co_creation")
    for _ in range(2):
        asked = wish(themes="smarter_working", language="en", name="Iemand anders")
        actions.ask_for_news(session, programme=opened, asked=asked)
    assert (made.themes, made.language, made.name) == ("co_creation", "nl", "")
    assert kinds(session) == ["subscription.already"]


def test_confirming_counts_once_and_lifts_an_earlier_stop(
    session: Session, opened: Programme
) -> None:
    suppress(session, "anne@drost.example", MailStatus.UNSUBSCRIBED)
    made = actions.ask_for_news(session, programme=opened, asked=wish())
    assert actions.confirm(session, made)
    assert not actions.confirm(session, made)
    assert steps(session) == [SubscriptionStep.REQUESTED, SubscriptionStep.CONFIRMED]
    assert not session.scalars(select(SuppressedAddress)).all()


def test_an_old_request_cannot_be_confirmed(session: Session, opened: Programme) -> None:
    made = actions.ask_for_news(session, programme=opened, asked=wish())
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Refused, match="lapsed"):
        actions.confirm(session, made)


def test_who_leaves_gets_no_mail_that_waits_and_others_are_told(
    session: Session, opened: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        actions, "_ON_WITHDRAWAL", [lambda _session, _programme, email: told.append(email)]
    )
    made = actions.ask_for_news(session, programme=opened, asked=wish())
    assert actions.stop(session, made, mailing_id=None)
    assert not actions.stop(session, made)
    assert session.scalars(select(MailMessage.status)).one() == MailStatus.WITHDRAWN
    assert told == ["anne@drost.example"]


def test_who_came_by_a_mailed_link_is_not_asked_again(session: Session, opened: Programme) -> None:
    asked = wish(source=SubscribedBy.REGISTRATION)
    assert actions.give_proven(session, programme=opened, asked=asked)
    assert not actions.give_proven(session, programme=opened, asked=asked)
    assert session.scalars(select(Subscription.state)).one() == SubscriptionState.CONFIRMED
    assert kinds(session) == []
    assert actions.stop_address(session, programme_id=opened.id, email="ANNE@drost.example")
    assert not actions.stop_address(session, programme_id=opened.id, email="niemand@drost.example")


def test_what_nobody_confirmed_is_forgotten_and_who_left_stays_away(
    session: Session, opened: Programme
) -> None:
    actions.ask_for_news(session, programme=opened, asked=wish("nooit@drost.example"))
    left = make_subscription(session, opened, email="weg@drost.example")
    actions.stop(session, left)
    actions.ask_for_news(session, programme=opened, asked=wish("weg@drost.example"))
    make_subscription(session, opened, email="lezer@drost.example")
    with clock.at(clock.now() + timedelta(days=31)):
        assert forget_unconfirmed(session) == 2
        assert forget_unconfirmed(session) == 0
    rows = session.execute(select(Subscription.email, Subscription.state))
    assert {(email, state.value) for email, state in rows} == {
        ("weg@drost.example", "withdrawn"),
        ("lezer@drost.example", "confirmed"),
    }
