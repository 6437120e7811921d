"""Asking pioneers and what they answer: who hears of it, and what cannot be any more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from threading import Barrier

import pytest
from flask import Flask
from icalendar import Calendar
from icalendar import Event as Component
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.rules import Role
from pioneers.audit.models import AuditEntry
from pioneers.db import db
from pioneers.events.actions import cancel_event
from pioneers.events.models import EventStatus
from pioneers.events.queries import speaker_ids
from pioneers.events.wording import before
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.planning import actions
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.errors import NotFound
from tests.factories import make_pioneer, make_programme, make_user
from tests.planning.scene import (
    ask_one,
    at,
    day,
    make_evening,
    make_host,
    make_speaker,
    outbox,
    run_now,
)


def test_a_pioneer_is_asked_once_by_mail(session: Session, running: Programme) -> None:
    bram, evening = make_speaker(session, running, "Bram"), make_evening(session, running)
    ask_one(session, running, evening, bram)
    again = actions.ask(
        session, programme=running, event=evening, pioneer_ids=[bram.id, bram.id], actor_id=None
    )
    assert again == []
    (mail,) = outbox(session)
    assert (mail.kind, mail.to) == ("planning.asked", "bram@oosterhof.example")
    assert "ongeveer 20 km" in mail.text
    assert "/v/" in mail.text
    assert session.query(AuditEntry).filter_by(action="request.asked").count() == 1


def test_a_pioneer_of_another_programme_cannot_be_asked(
    session: Session, running: Programme
) -> None:
    stranger = make_pioneer(session, make_programme(session))
    with pytest.raises(NotFound):
        ask_one(session, running, make_evening(session, running), stranger)


def test_who_accepts_speaks_and_host_leader_and_pioneer_hear_of_it(
    session: Session, running: Programme
) -> None:
    make_user(session, Role.PROJECT_LEADER, running, email="leider@provincie.example")
    fan = make_host(session, running, "els@fan.example")
    first = make_speaker(session, running, "Anne")
    bram = make_speaker(session, running, "Bram")
    evening = make_evening(session, running, fan_id=fan.id, pioneers=[first], wants_pioneer=True)
    request = ask_one(session, running, evening, bram)
    accept = {"programme": running, "request": request, "actor_id": None}
    assert actions.accept(session, **accept)
    assert not actions.accept(session, **accept)
    assert speaker_ids(session, evening) == [first.id, bram.id]
    assert not evening.wants_pioneer
    answered = outbox(session, "planning.answered")
    assert [one.to for one in answered] == ["els@fan.example", "leider@provincie.example"]
    assert answered[0].subject.startswith("Bram Oosterhof komt spreken")
    (coming,) = outbox(session, "planning.coming")
    assert (coming.to, coming.method) == ("bram@oosterhof.example", "REQUEST")


def test_a_double_booking_is_said_before_it_is_made(session: Session, running: Programme) -> None:
    bram = make_speaker(session, running, "Bram")
    make_evening(session, running, title="Elders", pioneers=[bram])
    request = ask_one(session, running, make_evening(session, running), bram)
    accept = {"programme": running, "request": request, "actor_id": None}
    with pytest.raises(Refused) as refusal:
        actions.accept(session, **accept)
    assert refusal.value.code == "double_booked"
    assert refusal.value.params["title"] == "Elders"
    assert actions.accept(session, **accept, although_booked=True)


def test_who_declines_after_all_speaks_no_longer(session: Session, running: Programme) -> None:
    bram, evening = make_speaker(session, running, "Bram"), make_evening(session, running)
    request = ask_one(session, running, evening, bram)
    answer = {"programme": running, "request": request, "actor_id": None}
    actions.accept(session, **answer)
    assert actions.decline(session, **answer, reason="Ziek")
    assert not actions.decline(session, **answer)
    assert (request.state, request.answer) == (RequestState.DECLINED, "Ziek")
    assert speaker_ids(session, evening) == []
    with pytest.raises(Refused, match="answered_before"):
        actions.accept(session, **answer)


def test_another_date_is_proposed_once_and_not_in_the_past(
    session: Session, running: Programme
) -> None:
    make_user(session, Role.PROJECT_LEADER, running)
    bram, evening = make_speaker(session, running, "Bram"), make_evening(session, running)
    request = ask_one(session, running, evening, bram)
    propose = {"programme": running, "request": request, "hour": time(19), "actor_id": None}
    with pytest.raises(Refused) as refusal:
        actions.propose_date(session, **propose, day=day(-1))
    assert (refusal.value.code, refusal.value.field) == ("day_passed", "day")
    assert actions.propose_date(session, **propose, day=day(40))
    assert not actions.propose_date(session, **propose, day=day(40))
    assert request.proposed_at == clock.from_local(day(40), time(19))
    assert len(outbox(session, "planning.answered")) == 1


@pytest.mark.parametrize("answer", [actions.accept, actions.decline])
def test_nothing_is_answered_for_what_is_off_over_or_withdrawn(
    session: Session,
    running: Programme,
    answer: object,
) -> None:
    bram = make_speaker(session, running, "Bram")
    cancelled, begun, withdrawn = (
        ask_one(session, running, make_evening(session, running, days=days), bram)
        for days in (10, 20, 30)
    )
    event = session.get_one(type(make_evening(session, running)), cancelled.event_id)
    cancel_event(session, programme=running, event=event, version=event.version, actor_id=None)
    over = session.get_one(type(event), begun.event_id)
    over.starts_at = clock.now() - timedelta(hours=1)
    withdrawn.state = RequestState.WITHDRAWN
    session.flush()
    for request, code in (
        (cancelled, "event_cancelled"),
        (begun, "event_begun"),
        (withdrawn, "request_withdrawn"),
    ):
        with pytest.raises(Refused, match=code):
            answer(session, programme=running, request=request, actor_id=None)  # type: ignore[operator]
    assert outbox(session, "planning.coming") == []


def test_a_request_that_is_withdrawn_before_the_mail_left_is_not_heard_of(
    session: Session, running: Programme
) -> None:
    bram, evening = make_speaker(session, running, "Bram"), make_evening(session, running)
    request = ask_one(session, running, evening, bram)
    withdraw = {"programme": running, "event": evening, "request": request, "actor_id": None}
    assert actions.withdraw(session, **withdraw)
    assert not actions.withdraw(session, **withdraw)
    assert outbox(session, "planning.withdrawn") == []
    assert session.query(MailMessage.status).scalar() == MailStatus.WITHDRAWN


def test_a_request_that_is_withdrawn_later_is_told(session: Session, running: Programme) -> None:
    bram, evening = make_speaker(session, running, "Bram"), make_evening(session, running)
    request = ask_one(session, running, evening, bram)
    session.query(MailMessage).update({"status": MailStatus.SENT})
    actions.accept(session, programme=running, request=request, actor_id=None)
    actions.withdraw(session, programme=running, event=evening, request=request, actor_id=None)
    (mail,) = outbox(session, "planning.withdrawn")
    assert (mail.to, mail.method) == ("bram@oosterhof.example", "CANCEL")
    assert speaker_ids(session, evening) == []


def test_a_move_is_told_once_for_each_sequence(session: Session, running: Programme) -> None:
    bram, cora = (make_speaker(session, running, name) for name in ("Bram", "Cora"))
    evening = make_evening(session, running, pioneers=[bram])
    ask_one(session, running, evening, cora)
    evening.sequence = 1
    for _ in range(2):
        assert actions.tell_moved(session, programme=running, event=evening) == 2
    assert [(one.to, one.method) for one in outbox(session, "planning.moved")] == [
        ("bram@oosterhof.example", "REQUEST"),
        ("cora@oosterhof.example", ""),
    ]


def test_after_a_cancellation_no_request_stands(session: Session, running: Programme) -> None:
    bram = make_speaker(session, running, "Bram")
    evening = make_evening(session, running, wants_pioneer=True)
    request = ask_one(session, running, evening, bram)
    evening.status = EventStatus.CANCELLED
    actions.tell_cancelled(session, programme=running, event=evening)
    assert request.state == RequestState.WITHDRAWN
    assert not evening.wants_pioneer
    assert len(outbox(session, "planning.cancelled")) == 1


def test_two_pioneers_and_four_presses_at_once_make_two_speakers(real_app: Flask) -> None:
    with real_app.app_context():
        programme = make_programme(db.session)
        run_now(db.session, programme)
        evening = make_evening(db.session, programme)
        requests = [
            ask_one(db.session, programme, evening, make_speaker(db.session, programme, name)).id
            for name in ("Bram", "Cora")
        ]
        programme_id, event_id = programme.id, evening.id
        db.session.commit()
        db.session.remove()
    ready = Barrier(4)

    def press(request_id: int) -> bool:
        with real_app.app_context():
            ready.wait()
            done = actions.accept(
                db.session,
                programme=db.session.get_one(Programme, programme_id),
                request=db.session.get_one(PioneerRequest, request_id),
                actor_id=None,
            )
            db.session.commit()
            return done

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(press, [*requests, *requests]))
    assert sorted(done) == [False, False, True, True]
    with real_app.app_context():
        event = db.session.get_one(type(evening), event_id)
        assert len(speaker_ids(db.session, event)) == 2
        assert len(outbox(db.session, "planning.coming")) == 2


def calendars(session: Session) -> list[Component]:
    """The invitations of the outbox, in order."""
    rows = session.scalars(
        select(MailMessage.calendar)
        .where(MailMessage.calendar.is_not(None))
        .order_by(MailMessage.id)
    )
    return [Calendar.from_ical(each or "").walk("VEVENT")[0] for each in rows]


def test_a_pioneer_who_is_withdrawn_is_off_the_calendar(
    session: Session, running: Programme
) -> None:
    bram, evening = make_speaker(session, running, "Bram"), make_evening(session, running)
    request = ask_one(session, running, evening, bram)
    session.query(MailMessage).update({"status": MailStatus.SENT})
    actions.accept(session, programme=running, request=request, actor_id=None)
    actions.withdraw(session, programme=running, event=evening, request=request, actor_id=None)
    asked, gone = calendars(session)
    assert (asked["status"], gone["status"]) == ("CONFIRMED", "CANCELLED")
    assert gone["sequence"] >= asked["sequence"]
    assert gone.decoded("dtstamp") > asked.decoded("dtstamp")


def test_an_event_moved_to_the_proposed_moment_asks_the_pioneer_again(
    session: Session, running: Programme
) -> None:
    bram, evening = make_speaker(session, running, "Bram"), make_evening(session, running)
    request = ask_one(session, running, evening, bram)
    propose = {"programme": running, "request": request, "hour": time(19), "actor_id": None}
    actions.propose_date(session, day=day(41), **propose)
    for hour, state in ((18, RequestState.OTHER_DATE), (19, RequestState.OPEN)):
        earlier = before(evening)
        evening.starts_at, evening.ends_at = at(41, hour), at(41, hour + 2)
        evening.sequence += 1
        actions.tell_moved(session, programme=running, event=evening, earlier=earlier)
        session.refresh(request)
        assert request.state == state
    assert request.proposed_at == evening.starts_at
    mails = outbox(session, "planning.moved")
    assert len(mails) == 2
    assert "18.00 – 20.00 uur\n\nNu is het:" in mails[-1].text
    assert actions.accept(session, programme=running, request=request, actor_id=None)
