"""What counts as a contribution, and nothing twice."""

from datetime import timedelta

import pytest

from pioneers import clock
from pioneers.contributions.models import ContributionKind
from pioneers.contributions.queries import below, count_of, counted, page_of
from pioneers.contributions.rules import Draft
from pioneers.events.actions import cancel_event, report_headcount
from pioneers.programmes.rules import Refused
from tests.contributions.scene import Scene, make_talk
from tests.factories import make_pioneer


def year(scene: Scene) -> int:
    """The year of last night."""
    return clock.local(scene.talk.starts_at).year


def own(scene: Scene) -> int:
    """What the pioneer did in that year, counted in each of the three ways."""
    session, programme, pioneer = scene.session, scene.programme, scene.pioneer
    number = count_of(session, programme, pioneer.id, year(scene))
    assert counted(session, programme, year(scene)).get(pioneer.id, 0) == number
    found = page_of(session, programme, year=year(scene), pioneer_id=pioneer.id)
    assert (found.total, len(found.items)) == (number, number)
    return number


def hold(scene: Scene, heads: int = 40) -> None:
    """The host counts the room."""
    report_headcount(
        scene.session, programme=scene.programme, event=scene.talk, heads=heads, actor_id=None
    )


def test_a_talk_counts_by_itself_once_it_was_held(scene: Scene) -> None:
    assert own(scene) == 0
    hold(scene)
    assert own(scene) == 1


def test_a_talk_that_is_logged_too_counts_once(scene: Scene) -> None:
    scene.told()
    assert own(scene) == 1
    hold(scene, 42)
    assert own(scene) == 1


def test_a_talk_without_a_number_counts_though_nobody_counted_the_room(scene: Scene) -> None:
    scene.told(heads=None)
    assert own(scene) == 1


def test_a_talk_that_was_logged_by_hand_before_its_event_was_known_counts_once(
    scene: Scene,
) -> None:
    scene.did(ContributionKind.TALK, -3, title="Lezing in Ommen")
    assert own(scene) == 1
    make_talk(scene.session, scene.programme, scene.pioneer, days=-3, status="held")
    assert own(scene) == 1


def test_the_same_once_the_event_is_told_of_but_nobody_counted_the_room(scene: Scene) -> None:
    scene.did(ContributionKind.TALK, -3)
    talk = make_talk(scene.session, scene.programme, scene.pioneer, days=-3)
    scene.tell(Draft(event_id=talk.id))
    assert own(scene) == 1


def test_what_the_pioneer_says_is_something_else_counts_besides(scene: Scene) -> None:
    scene.told()
    with pytest.raises(Refused) as refusal:
        scene.did(ContributionKind.WORKSHOP, -1)
    assert refusal.value.code == "same_day"
    assert own(scene) == 1
    scene.did(ContributionKind.WORKSHOP, -1, is_apart=True)
    assert own(scene) == 2


def test_the_same_kind_of_thing_twice_on_a_day_is_asked_about(scene: Scene) -> None:
    scene.did(ContributionKind.PODCAST, -5)
    with pytest.raises(Refused) as refusal:
        scene.did(ContributionKind.INTERVIEW, -5)
    assert refusal.value.code == "logged_that_day"
    scene.did(ContributionKind.SOCIAL_POST, -5)
    scene.did(ContributionKind.SOCIAL_POST, -5)
    scene.did(ContributionKind.CONVERSATION, -5)


def test_an_event_that_is_cancelled_counts_for_nobody(scene: Scene) -> None:
    scene.told()
    cancel_event(
        scene.session,
        programme=scene.programme,
        event=scene.talk,
        version=scene.talk.version,
        actor_id=None,
    )
    assert own(scene) == 0


def test_who_says_that_it_did_not_take_place_does_not_count_for_it(scene: Scene) -> None:
    hold(scene)
    scene.tell(Draft(event_id=scene.talk.id, took_place=False))
    assert own(scene) == 0


def test_each_year_counts_its_own(scene: Scene) -> None:
    scene.told()
    scene.did(ContributionKind.ARTICLE, -366)
    assert own(scene) == 1
    assert count_of(scene.session, scene.programme, scene.pioneer.id, year(scene) - 1) == 1


def test_who_did_less_than_agreed_is_below(scene: Scene) -> None:
    other = make_pioneer(scene.session, scene.programme)
    today = clock.today()
    assert below(scene.session, scene.programme, today) == {scene.pioneer.id, other.id}
    scene.programme.contributions_per_year = 1
    scene.did(ContributionKind.ARTICLE, 0)
    assert below(scene.session, scene.programme, today) == {other.id}
    other.ended_on = today - timedelta(days=1)
    scene.session.flush()
    assert below(scene.session, scene.programme, today) == frozenset()
