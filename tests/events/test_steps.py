"""Confirming, publishing and moving: what calendars and public pages hang on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events import actions, queries
from pioneers.events.models import EventStatus
from pioneers.events.rules import EventDraft
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.models import Occasion
from tests.factories import make_pioneer, make_programme


@pytest.fixture
def present(session: Session) -> Programme:
    """A programme that runs now."""
    today = clock.today()
    return make_programme(
        session,
        starts_on=today - timedelta(days=400),
        ends_on=today + timedelta(days=400),
    )


def draft(**facts: object) -> EventDraft:
    day = clock.today() + timedelta(days=30)
    given = EventDraft("Avond in Raalte", day, status=EventStatus.PROPOSED)
    return replace(given, **facts)  # type: ignore[arg-type]


def test_a_confirmed_proposal_is_planned_once(session: Session, present: Programme) -> None:
    event = actions.create_event(session, programme=present, draft=draft(), actor_id=None)
    confirm = {"programme": present, "event": event, "actor_id": None}
    assert actions.confirm_event(session, **confirm)
    assert (event.status, event.sequence) == (EventStatus.PLANNED, 1)
    assert not actions.confirm_event(session, **confirm)
    assert event.sequence == 1
    actions.cancel_event(
        session, programme=present, event=event, version=event.version, actor_id=None
    )
    assert event.cancelled_at is not None
    with pytest.raises(Refused, match="cancelled"):
        actions.confirm_event(session, **confirm)


def test_only_a_planned_event_is_published_and_its_code_stays(
    session: Session, present: Programme
) -> None:
    event = actions.create_event(session, programme=present, draft=draft(), actor_id=None)
    publish = {"programme": present, "event": event, "actor_id": None}
    with pytest.raises(Refused, match="not_planned"):
        actions.publish_event(session, **publish)
    actions.confirm_event(session, **publish)
    assert actions.publish_event(session, **publish)
    code = event.public_code
    assert code is not None
    assert len(code) == 8
    assert not actions.publish_event(session, **publish)
    assert event.public_code == code


def test_an_event_that_has_passed_is_not_published(session: Session, present: Programme) -> None:
    past = draft(day=clock.today() - timedelta(days=3), status=EventStatus.PLANNED)
    event = actions.create_event(session, programme=present, draft=past, actor_id=None)
    with pytest.raises(Refused, match="event_passed"):
        actions.publish_event(session, programme=present, event=event, actor_id=None)


@pytest.mark.parametrize(
    ("change", "rises"),
    [
        ({"title": "Anders"}, False),
        ({"description": "Over loslaten", "audience": "Bouwers", "capacity": 40}, False),
        ({"day": date(2100, 1, 1)}, True),
        ({"place": "Olst"}, True),
        ({"address": "Domineeskamp 1"}, True),
        ({"status": EventStatus.PLANNED}, True),
    ],
)
def test_the_sequence_rises_when_calendars_must_follow(
    session: Session, present: Programme, change: dict[str, object], rises: bool
) -> None:
    present.ends_on = date(2100, 12, 31)
    event = actions.create_event(session, programme=present, draft=draft(), actor_id=None)
    actions.change_event(
        session,
        programme=present,
        event=event,
        draft=draft(**change),
        version=event.version,
        actor_id=None,
    )
    assert event.sequence == (1 if rises else 0)
    assert event.changed_at is not None


def test_seats_cannot_fall_below_those_taken(session: Session, present: Programme) -> None:
    event = actions.create_event(
        session, programme=present, draft=draft(capacity=40), actor_id=None
    )
    event.seats_taken = 12
    session.flush()
    with pytest.raises(Refused) as refusal:
        actions.change_event(
            session,
            programme=present,
            event=event,
            draft=draft(capacity=11),
            version=event.version,
            actor_id=None,
        )
    assert (refusal.value.code, refusal.value.params) == ("capacity_below_taken", {"taken": 12})


def test_a_theme_that_does_not_exist_is_refused(session: Session, present: Programme) -> None:
    with pytest.raises(Refused, match="theme_unknown"):
        actions.create_event(
            session, programme=present, draft=draft(theme="toverkunst"), actor_id=None
        )


def test_the_first_speaker_who_is_added_gets_the_attribution(
    session: Session, present: Programme
) -> None:
    event = actions.create_event(session, programme=present, draft=draft(), actor_id=None)
    first, second = make_pioneer(session, present), make_pioneer(session, present)
    for pioneer in (first, second):
        add = {"programme": present, "event": event, "pioneer_id": pioneer.id}
        assert actions.add_speaker(session, **add)
        assert not actions.add_speaker(session, **add)
    assert queries.speaker_ids(session, event) == [first.id, second.id]
    assert session.get_one(Occasion, event.occasion_id).pioneer_id == first.id
