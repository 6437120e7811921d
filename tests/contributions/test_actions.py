"""Logging, correcting, withdrawing, settling."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pioneers import clock
from pioneers.contributions.actions import correct, settle, withdraw
from pioneers.contributions.models import ContributionKind
from pioneers.contributions.rooms import Room, differences, host_counted, room_of
from pioneers.contributions.rules import Draft, Meeting, Named, Proof
from pioneers.events.actions import cancel_event, report_headcount
from pioneers.events.models import EventStatus
from pioneers.hosting.queries import uncounted
from pioneers.programmes.rules import Evidence, Refused, Stale
from pioneers.reach.models import Contact
from pioneers.reach.rules import Channel
from tests.contributions.scene import Scene, make_talk
from tests.factories import make_contact, make_fan, make_pioneer


def refused(scene: Scene, draft: Draft) -> str:
    with pytest.raises(Refused) as refusal:
        scene.tell(draft)
    return refusal.value.code


def count_room(scene: Scene, heads: int) -> None:
    report_headcount(
        scene.session, programme=scene.programme, event=scene.talk, heads=heads, actor_id=None
    )


def meeting_of(scene: Scene) -> Meeting:
    (report,) = room(scene).reports
    return report.meeting


def room(scene: Scene) -> Room:
    return room_of(scene.session, scene.programme, scene.talk)


def host_says(scene: Scene, heads: int, by: int | None = None) -> None:
    """The host fills in a number on their own page."""
    report_headcount(
        scene.session, programme=scene.programme, event=scene.talk, heads=heads, actor_id=by
    )
    host_counted(scene.session, scene.programme, scene.talk, by)


def test_the_pioneers_number_is_the_events_while_the_host_gave_none(scene: Scene) -> None:
    made = scene.told(heads=40)
    assert (scene.talk.status, scene.talk.headcount) == (EventStatus.HELD, 40)
    assert made.gave_headcount
    assert meeting_of(scene) == Meeting.PIONEER
    assert not differences(scene.session, scene.programme)


def test_a_host_who_gives_the_same_number_confirms_it(scene: Scene) -> None:
    scene.told(heads=40)
    host_says(scene, 40)
    assert meeting_of(scene) == Meeting.AGREE


def test_reports_that_agree_are_confirmed_by_two(scene: Scene) -> None:
    count_room(scene, 44)
    scene.told(heads=40)
    assert scene.talk.headcount == 44
    assert meeting_of(scene) == Meeting.AGREE


def test_reports_that_differ_are_a_task_until_it_is_settled(scene: Scene) -> None:
    count_room(scene, 80)
    made = scene.told(heads=40)
    (task,) = differences(scene.session, scene.programme)
    assert task.host is not None
    assert (task.host.heads, task.proof) == (80, Proof.DISPUTED)
    assert [(one.contribution.heads, one.meeting) for one in task.reports] == [(40, Meeting.DIFFER)]
    settle(
        scene.session,
        programme=scene.programme,
        contribution=made,
        heads=60,
        version=made.version,
        actor_id=None,
    )
    assert scene.talk.headcount == 60
    assert meeting_of(scene) == Meeting.SETTLED
    assert not differences(scene.session, scene.programme)
    count_room(scene, 120)
    assert len(differences(scene.session, scene.programme)) == 1


def test_two_leaders_do_not_settle_over_each_other(scene: Scene) -> None:
    count_room(scene, 80)
    made = scene.told(heads=40)
    for heads, stale in ((80, False), (40, True)):
        if stale:
            with pytest.raises(Stale):
                _settle(scene, made, heads, version=1)
        else:
            _settle(scene, made, heads, version=1)
    assert scene.talk.headcount == 80


def _settle(scene: Scene, made: object, heads: int, version: int) -> None:
    settle(
        scene.session,
        programme=scene.programme,
        contribution=made,  # type: ignore[arg-type]
        heads=heads,
        version=version,
        actor_id=None,
    )


def test_a_pioneer_who_says_it_was_off_is_a_task(scene: Scene) -> None:
    scene.tell(Draft(event_id=scene.talk.id, took_place=False))
    (task,) = differences(scene.session, scene.programme)
    assert [one.meeting for one in task.called_off] == [Meeting.OFF]
    cancel_event(
        scene.session,
        programme=scene.programme,
        event=scene.talk,
        version=scene.talk.version,
        actor_id=None,
    )
    assert not differences(scene.session, scene.programme)


def test_names_are_the_number_where_the_pioneer_guessed_a_little_low(scene: Scene) -> None:
    for _ in range(6):
        make_contact(
            scene.session,
            scene.programme,
            occasion_id=scene.talk.occasion_id,
            day=clock.local(scene.talk.starts_at).date(),
        )
    scene.told(heads=5)
    assert scene.talk.headcount == 6
    assert meeting_of(scene) == Meeting.PIONEER


def test_far_fewer_than_the_names_is_a_task_and_changes_nothing(scene: Scene) -> None:
    for _ in range(6):
        make_contact(
            scene.session,
            scene.programme,
            occasion_id=scene.talk.occasion_id,
            day=clock.local(scene.talk.starts_at).date(),
        )
    scene.told(heads=2)
    assert scene.talk.headcount is None
    assert [task.proof for task in differences(scene.session, scene.programme)] == [Proof.DISPUTED]


def test_the_same_key_and_the_same_event_are_the_same_row(scene: Scene) -> None:
    first = scene.tell(Draft(event_id=scene.talk.id, heads=40), key="een")
    again = scene.tell(Draft(event_id=scene.talk.id, heads=40), key="een")
    other = scene.tell(Draft(event_id=scene.talk.id, heads=90), key="twee")
    assert [first.is_new, again.is_new, other.is_new] == [True, False, False]
    assert first.contribution is again.contribution is other.contribution
    assert other.contribution.heads == 40


def test_somebody_elses_talk_cannot_be_logged(scene: Scene) -> None:
    other = make_pioneer(scene.session, scene.programme)
    theirs = make_talk(scene.session, scene.programme, other)
    assert refused(scene, Draft(event_id=theirs.id)) == "not_yours"
    assert refused(scene, Draft(event_id=theirs.id + 1000)) == "not_yours"


def test_a_talk_that_has_not_begun_or_is_off_cannot_be_logged(scene: Scene) -> None:
    to_come = make_talk(scene.session, scene.programme, scene.pioneer, days=3)
    off = make_talk(scene.session, scene.programme, scene.pioneer, days=-3, status="cancelled")
    assert refused(scene, Draft(event_id=to_come.id)) == "not_begun"
    assert refused(scene, Draft(event_id=off.id)) == "event_cancelled"


def test_a_former_pioneer_logs_nothing_of_afterwards(scene: Scene) -> None:
    scene.pioneer.ended_on = clock.today() - timedelta(days=5)
    scene.session.flush()
    day = clock.today()
    assert refused(scene, Draft(kind=ContributionKind.ARTICLE, day=day)) == "after_end"
    scene.told()  # the talk was theirs


def test_a_conversation_with_somebody_by_name_makes_a_contact(scene: Scene) -> None:
    made = scene.did(
        ContributionKind.CONVERSATION, -2, named=Named("Anne de Vries", "Vries Bouw B.V.")
    )
    contact = scene.session.get_one(Contact, made.contact_id)
    assert (contact.channel, contact.evidence) == (Channel.CONVERSATION, Evidence.LISTED)
    assert (contact.pioneer_id, contact.day) == (scene.pioneer.id, made.day)
    _withdraw(scene, made)
    scene.session.refresh(contact)
    assert contact.voided_at is not None


def _withdraw(scene: Scene, made: object) -> None:
    withdraw(
        scene.session,
        programme=scene.programme,
        contribution=made,  # type: ignore[arg-type]
        version=made.version,  # type: ignore[attr-defined]
        actor_id=None,
    )


def test_what_is_withdrawn_takes_its_number_along_and_can_be_told_anew(scene: Scene) -> None:
    made = scene.told(heads=40)
    _withdraw(scene, made)
    assert scene.talk.headcount is None
    assert scene.told(heads=50).id != made.id
    assert scene.talk.headcount == 50
    with pytest.raises(Stale):
        _withdraw(scene, made)


def test_withdrawing_leaves_the_hosts_number(scene: Scene) -> None:
    made = scene.told(heads=40)
    count_room(scene, 44)
    _withdraw(scene, made)
    assert scene.talk.headcount == 44


@pytest.mark.parametrize(("heads", "took_place", "then"), [(60, True, 60), (None, False, None)])
def test_a_correction_moves_the_number_that_came_of_it(
    scene: Scene, heads: int | None, took_place: bool, then: int | None
) -> None:
    made = scene.told(heads=40)
    correct(
        scene.session,
        programme=scene.programme,
        contribution=made,
        draft=Draft(heads=heads, took_place=took_place),
        version=made.version,
        actor_id=None,
    )
    assert (made.heads, scene.talk.headcount) == (heads, then)
    assert len(scene.session.scalars(select(Contact).where(Contact.voided_at.is_(None))).all()) == (
        then is not None
    )


def test_the_host_is_still_asked_for_a_number_after_the_pioneer_gave_one(scene: Scene) -> None:
    scene.talk.fan_id = make_fan(scene.session, scene.programme).id
    scene.session.flush()
    scene.told(heads=40)
    assert uncounted(scene.session) == [scene.talk]
    host_says(scene, 41)
    assert uncounted(scene.session) == []
