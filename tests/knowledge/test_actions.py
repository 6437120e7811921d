"""Writing, publishing and withdrawing."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.knowledge import queries
from pioneers.knowledge.actions import (
    cancel_plan,
    publish,
    relate,
    save_words,
    withdraw,
    withdraw_consent,
    words_of,
)
from pioneers.knowledge.models import ItemKind, KnowledgeItem
from pioneers.knowledge.rules import ItemWords
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from tests.factories import make_programme
from tests.knowledge.scene import TITLE, make_item, make_published


def seen(session: Session, item: KnowledgeItem, later: timedelta = timedelta()) -> bool:
    """Whether everybody sees an item, `later` than now."""
    now = clock.now() + later
    found = queries.published_item(session, item.programme_id, item.slug, now)
    assert (item in queries.published(session, item.programme_id, now)) == (found is not None)
    return found is not None


def test_a_new_item_is_seen_by_nobody(session: Session, running: Programme) -> None:
    item = make_item(session, running)
    assert item.slug == "van-massa-naar-maatwerk"
    assert queries.latest(session, item).number == 1
    assert not seen(session, item)


def test_two_items_of_one_title_have_two_addresses(session: Session, running: Programme) -> None:
    assert make_item(session, running).slug != make_item(session, running).slug
    assert make_item(session, make_programme(session)).slug == "van-massa-naar-maatwerk"


def test_what_is_saved_after_publishing_waits_for_the_next_time(
    session: Session, running: Programme
) -> None:
    item = make_published(session, running)
    save_words(session, item=item, words=ItemWords("Anders", "Kort", "Lang"), user_id=None)
    assert seen(session, item)
    assert item.title == TITLE
    publish(session, item=item, at=None, user_id=None)
    assert (item.title, item.summary, item.body) == ("Anders", "Kort", "Lang")


def test_saving_the_same_words_makes_no_version(session: Session, running: Programme) -> None:
    item = make_item(session, running)
    last = queries.latest(session, item)
    assert save_words(session, item=item, words=words_of(last), user_id=None) is last


def test_an_older_version_can_be_restored(session: Session, running: Programme) -> None:
    item = make_item(session, running)
    save_words(session, item=item, words=ItemWords("Anders", "Kort"), user_id=None)
    first = queries.get_revision(session, item, 1)
    save_words(session, item=item, words=words_of(first), restored_from=1, user_id=None)
    newest = queries.latest(session, item)
    assert (newest.number, newest.restored_from, newest.title) == (3, 1, TITLE)


def test_whoever_saves_an_older_version_is_told(session: Session, running: Programme) -> None:
    item = make_item(session, running)
    opened = item.version
    save_words(session, item=item, words=ItemWords("A"), version=opened, user_id=None)
    with pytest.raises(Stale):
        save_words(session, item=item, words=ItemWords("B"), version=opened, user_id=None)


def test_an_item_without_a_summary_is_not_published(session: Session, running: Programme) -> None:
    item = make_item(session, running, summary="")
    with pytest.raises(Refused, match="summary_missing"):
        publish(session, item=item, at=None, user_id=None)


def test_a_planned_item_is_not_there_yet_and_a_plan_can_be_cancelled(
    session: Session, running: Programme
) -> None:
    item = make_item(session, running)
    publish(session, item=item, at=clock.now() + timedelta(days=1), user_id=None)
    assert not seen(session, item, timedelta(days=2))  # only the worker shows it
    assert queries.latest(session, item).publish_at is not None
    cancel_plan(session, item=item, user_id=None)
    session.expire_all()
    assert queries.latest(session, item).publish_at is None


def test_an_item_is_withdrawn_now_or_later(session: Session, running: Programme) -> None:
    item = make_published(session, running)
    withdraw(session, item=item, at=clock.now() + timedelta(days=1), user_id=None)
    assert seen(session, item)
    assert not seen(session, item, timedelta(days=1))
    withdraw(session, item=item, at=None, user_id=None)
    assert not seen(session, item)


def test_a_story_that_names_a_company_waits_for_its_consent(
    session: Session, running: Programme
) -> None:
    item = make_item(session, running, kind=ItemKind.STORY, company_name="Bakkerij Zon")
    with pytest.raises(Refused, match="consent_needed"):
        publish(session, item=item, at=None, user_id=None)


def test_a_story_is_gone_the_day_after_its_consent_ends(
    session: Session, running: Programme
) -> None:
    today = clock.today()
    item = make_published(
        session,
        running,
        kind=ItemKind.STORY,
        company_name="Bakkerij Zon",
        consent_by="Anne Zon",
        consent_on=today,
        consent_until=today + timedelta(days=3),
    )
    assert seen(session, item)
    end = clock.end_of_day(today + timedelta(days=3)) - clock.now()
    assert seen(session, item, end - timedelta(seconds=2))
    assert not seen(session, item, end + timedelta(seconds=2))


def test_a_consent_that_is_withdrawn_takes_the_story_off_at_once(
    session: Session, running: Programme
) -> None:
    item = make_published(
        session, running, company_name="Zon", consent_by="Anne", consent_on=clock.today()
    )
    withdraw_consent(session, item=item, user_id=None)
    assert not seen(session, item)
    with pytest.raises(Refused, match="consent_needed"):
        publish(session, item=item, at=None, user_id=None)


def test_items_belong_together_both_ways_and_within_their_programme(
    session: Session, running: Programme
) -> None:
    one, two = make_item(session, running), make_item(session, running)
    stranger = make_item(session, make_programme(session))
    relate(session, item=two, others=[one.id, two.id, stranger.id], user_id=None)
    assert queries.related_ids(session, one) == [two.id]
    assert queries.related(session, one, clock.now()) == []
    relate(session, item=one, others=[], user_id=None)
    assert queries.related_ids(session, two) == []
