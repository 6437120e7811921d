"""Proposing, moving and cancelling: who is told, and once."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.rules import Role
from pioneers.events.models import Event, EventStatus
from pioneers.events.queries import event_day, speaker_ids
from pioneers.events.rules import EventDraft
from pioneers.events.waiting import waiting_events
from pioneers.hosting import actions
from pioneers.hosting.jobs import remind_headcounts
from pioneers.hosting.rules import Wish
from pioneers.hosting.waits import MOVED
from pioneers.mail.models import MailMessage, MailSwitch
from pioneers.planning import actions as planning
from pioneers.planning.models import RequestState
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from tests.factories import make_user
from tests.planning.scene import ask_one, at, day, make_evening, make_host, make_speaker, outbox


def draft(fan_id: int | None, **facts: object) -> EventDraft:
    given = EventDraft("Avond in Olst", day(30), fan_id=fan_id, place="Olst")
    return replace(given, **facts)  # type: ignore[arg-type]


def test_a_proposal_tells_the_leaders_and_asks_the_pioneer(
    session: Session, running: Programme
) -> None:
    make_user(session, Role.PROJECT_LEADER, running, email="leider@provincie.example")
    fan = make_host(session, running, "els@fan.example")
    bram = make_speaker(session, running, "Bram")
    event = actions.propose(
        session,
        programme=running,
        draft=draft(fan.id),
        wish=Wish(bram.id),
        actor_id=None,
    )
    assert (event.status, event.municipality_code) == (EventStatus.PROPOSED, "GM1773")
    assert [(one.kind, one.to) for one in outbox(session)] == [
        ("planning.asked", "bram@oosterhof.example"),
        ("hosting.proposed", "leider@provincie.example"),
    ]
    assert f"/bijeenkomsten/{event.id}/bevestigen" in outbox(session, "hosting.proposed")[0].text


def test_a_proposal_at_the_same_time_asks_to_be_sure(session: Session, running: Programme) -> None:
    fan = make_host(session, running, None)
    propose = {"programme": running, "wish": Wish(who_fits=True), "actor_id": None}
    first = actions.propose(session, draft=draft(fan.id), **propose)
    assert first.wants_pioneer
    with pytest.raises(Refused) as refusal:
        actions.propose(session, draft=draft(fan.id, starts=time(21), ends=time(23)), **propose)
    assert (refusal.value.code, refusal.value.field) == ("overlaps", "although")
    actions.propose(session, draft=draft(fan.id), although_overlapping=True, **propose)
    other = make_host(session, running, None)
    actions.propose(session, draft=draft(other.id), **propose)


@pytest.mark.parametrize("days", [-1, -300, 800])
def test_a_proposal_outside_the_programme_or_in_the_past_is_refused(
    session: Session, running: Programme, days: int
) -> None:
    fan = make_host(session, running, None)
    with pytest.raises(Refused) as refusal:
        actions.propose(
            session,
            programme=running,
            draft=draft(fan.id, day=day(days)),
            wish=Wish(),
            actor_id=None,
        )
    assert refusal.value.field == "day"


def moved(session: Session, event: Event, **facts: object) -> EventDraft:
    return replace(actions.draft_of(session, event), **facts)  # type: ignore[arg-type]


def test_a_move_tells_pioneers_host_and_leaders_once(session: Session, running: Programme) -> None:
    leader = make_user(session, Role.PROJECT_LEADER, running, email="leider@provincie.example")
    fan = make_host(session, running, "els@fan.example")
    bram = make_speaker(session, running, "Bram")
    event = make_evening(session, running, fan_id=fan.id, pioneers=[bram])
    for place in ("Olst", "Olst", "Wijhe"):
        actions.change_and_tell(
            session,
            programme=running,
            event=event,
            draft=moved(session, event, place=place, description="Anders"),
            version=event.version,
            actor_id=leader.id,
        )
    assert event.sequence == 2
    assert [one.to for one in outbox(session, "planning.moved")] == ["bram@oosterhof.example"] * 2
    assert [one.to for one in outbox(session, "hosting.moved")] == ["els@fan.example"] * 2
    assert waiting_events(session, running, MOVED, most=9) == []


def test_a_host_who_moves_a_planned_event_is_seen_by_the_leader(
    session: Session, running: Programme
) -> None:
    event = make_evening(session, running)
    change = {"programme": running, "event": event, "actor_id": None, "by_host": True}
    with pytest.raises(Refused, match="day_passed"):
        actions.change_and_tell(
            session, draft=moved(session, event, day=day(-1)), version=event.version, **change
        )
    actions.change_and_tell(
        session, draft=moved(session, event, day=day(40)), version=event.version, **change
    )
    assert waiting_events(session, running, MOVED, most=9) == [event.id]
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        assert waiting_events(session, running, MOVED, most=9) == []


def test_the_second_of_two_editors_is_told(session: Session, running: Programme) -> None:
    event = make_evening(session, running)
    change = {"programme": running, "event": event, "version": event.version, "actor_id": None}
    actions.change_and_tell(session, draft=moved(session, event, title="Eerste"), **change)
    with pytest.raises(Stale):
        actions.change_and_tell(session, draft=moved(session, event, title="Tweede"), **change)
    with pytest.raises(Stale):
        actions.cancel_and_tell(session, **change)


def test_cancelling_twice_tells_once(session: Session, running: Programme) -> None:
    fan = make_host(session, running, "els@fan.example")
    bram = make_speaker(session, running, "Bram")
    event = make_evening(session, running, fan_id=fan.id)
    request = ask_one(session, running, event, bram)
    planning.accept(session, programme=running, request=request, actor_id=None)
    for _ in range(2):
        actions.cancel_and_tell(session, programme=running, event=event, actor_id=None)
    assert request.state == RequestState.WITHDRAWN
    (mail,) = outbox(session, "planning.cancelled")
    assert (mail.to, mail.method) == ("bram@oosterhof.example", "CANCEL")
    assert len(outbox(session, "hosting.cancelled")) == 1


def test_a_pioneer_who_is_taken_off_the_speakers_hears_of_it(
    session: Session, running: Programme
) -> None:
    bram, event = make_speaker(session, running, "Bram"), make_evening(session, running)
    request = ask_one(session, running, event, bram)
    planning.accept(session, programme=running, request=request, actor_id=None)
    actions.change_and_tell(
        session,
        programme=running,
        event=event,
        draft=moved(session, event, pioneer_ids=()),
        version=event.version,
        actor_id=None,
    )
    assert request.state == RequestState.WITHDRAWN


def test_the_date_of_a_pioneer_is_taken_over(session: Session, running: Programme) -> None:
    bram, cora = (make_speaker(session, running, name) for name in ("Bram", "Cora"))
    event = make_evening(session, running, pioneers=[cora])
    request = ask_one(session, running, event, bram)
    planning.propose_date(
        session, programme=running, request=request, day=day(41), hour=time(19), actor_id=None
    )
    take = {"programme": running, "event": event, "request": request, "by_host": True}
    assert actions.take_date(session, **take, version=event.version, actor_id=None)
    assert (event_day(event), event.ends_at - event.starts_at) == (day(41), timedelta(hours=2))
    assert event.starts_at == at(41, 19)
    assert speaker_ids(session, event) == [cora.id, bram.id]
    assert request.state == RequestState.ACCEPTED
    assert [one.to for one in outbox(session, "planning.moved")] == ["cora@oosterhof.example"]
    assert len(outbox(session, "planning.coming")) == 1
    assert not actions.take_date(session, **take, version=event.version, actor_id=None)


def test_the_day_after_the_host_is_asked_once_for_the_number(
    session: Session, running: Programme
) -> None:
    fan = make_host(session, running, "els@fan.example")
    yesterday = make_evening(session, running, days=-1, fan_id=fan.id, title="Gisteren")
    make_evening(session, running, days=-1, fan_id=fan.id, headcount=30, status=EventStatus.HELD)
    make_evening(session, running, days=-9, fan_id=fan.id)
    make_evening(session, running, days=0, fan_id=fan.id)
    make_evening(session, running, days=-1, fan_id=fan.id, status=EventStatus.CANCELLED)
    assert remind_headcounts(session) == 1
    assert remind_headcounts(session) == 0
    (mail,) = outbox(session, "hosting.headcount_reminder")
    assert "Gisteren" in mail.subject
    assert f"/podium/{yesterday.id}/aantal" in mail.text


def test_the_reminder_can_be_switched_off(session: Session, running: Programme) -> None:
    fan = make_host(session, running, "els@fan.example")
    make_evening(session, running, days=-1, fan_id=fan.id)
    session.add(MailSwitch(programme_id=running.id, kind="hosting.headcount_reminder", is_on=False))
    session.flush()
    assert remind_headcounts(session) == 0


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Wish(who_fits=True), "De gastheer vraagt wie past en kan."),
        (Wish(), ""),
    ],
)
def test_a_proposal_tells_the_leader_for_whom_and_which_pioneer(
    session: Session, running: Programme, wish: Wish, words: str
) -> None:
    make_user(session, Role.PROJECT_LEADER, running, email="leider@provincie.example")
    fan = make_host(session, running, None)
    given = replace(draft(fan.id), audience="Veertig bouwers")
    actions.propose(session, programme=running, draft=given, wish=wish, actor_id=None)
    (mail,) = outbox(session, "hosting.proposed")
    assert "Voor wie: Veertig bouwers" in mail.text
    assert (words in mail.text) if words else ("De gastheer" not in mail.text)
    assert "\n\n\n" not in mail.text


def test_a_proposal_names_the_pioneer_that_the_host_wishes_for(
    session: Session, running: Programme
) -> None:
    make_user(session, Role.PROJECT_LEADER, running, email="leider@provincie.example")
    fan, bram = make_host(session, running, None), make_speaker(session, running, "Bram")
    wish = Wish(pioneer_id=bram.id)
    actions.propose(session, programme=running, draft=draft(fan.id), wish=wish, actor_id=None)
    (mail,) = outbox(session, "hosting.proposed")
    assert "De gastheer vraagt om een pionier: Bram Oosterhof." in mail.text
    assert "Voor wie" not in mail.text


def test_who_hears_of_a_move_hears_how_it_was(session: Session, running: Programme) -> None:
    fan = make_host(session, running, "els@fan.example")
    bram = make_speaker(session, running, "Bram")
    event = make_evening(session, running, fan_id=fan.id, pioneers=[bram])
    was = f"{day(30).day} "
    draft_moved = moved(session, event, day=day(40), place="Olst")
    actions.change_and_tell(
        session,
        programme=running,
        event=event,
        draft=draft_moved,
        version=event.version,
        actor_id=None,
    )
    for kind in ("planning.moved", "hosting.moved"):
        (mail,) = outbox(session, kind)
        earlier, _mark, now = mail.text.partition("Nu is het:")
        assert was in earlier
        assert "Raalte" in earlier
        assert "Olst" in now


def test_a_cancelled_event_has_a_higher_sequence_than_its_invitation(
    session: Session, running: Programme
) -> None:
    bram, event = make_speaker(session, running, "Bram"), make_evening(session, running)
    request = ask_one(session, running, event, bram)
    planning.accept(session, programme=running, request=request, actor_id=None)
    actions.cancel_and_tell(session, programme=running, event=event, actor_id=None)
    rows = session.scalars(
        select(MailMessage.calendar)
        .where(MailMessage.calendar.is_not(None))
        .order_by(MailMessage.id)
    )
    asked, gone = (Calendar.from_ical(each or "").walk("VEVENT")[0] for each in rows)
    assert gone["sequence"] > asked["sequence"]
    assert gone["status"] == "CANCELLED"
    assert gone.decoded("dtstamp") > asked.decoded("dtstamp")
