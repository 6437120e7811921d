"""What happens by itself: publishing at the planned moment, and warnings."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.knowledge.actions import cancel_plan, publish, withdraw_consent
from pioneers.knowledge.jobs import publish_due, warn_of_consents
from pioneers.knowledge.models import ItemKind
from pioneers.knowledge.queries import published_item
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from tests.factories import Personas
from tests.knowledge.scene import make_item, make_published


def test_a_planned_item_goes_to_the_site_at_its_moment(
    session: Session, running: Programme
) -> None:
    item = make_item(session, running)
    moment = clock.now() + timedelta(hours=1)
    publish(session, item=item, at=moment, user_id=None)
    assert publish_due(session) == 0
    with clock.at(moment + timedelta(minutes=1)):
        assert publish_due(session) == 1
        assert publish_due(session) == 0
        assert published_item(session, running.id, item.slug, clock.now()) is item
    assert item.published_at == moment


def test_a_plan_that_was_cancelled_or_lost_its_consent_does_nothing(
    session: Session, running: Programme
) -> None:
    moment = clock.now() + timedelta(hours=1)
    cancelled = make_item(session, running)
    story = make_item(
        session, running, company_name="Zon", consent_by="Anne", consent_on=clock.today()
    )
    ended = make_item(
        session,
        running,
        company_name="Maan",
        consent_by="Bram",
        consent_on=clock.today(),
        consent_until=clock.today(),
    )
    for item in (cancelled, story):
        publish(session, item=item, at=moment, user_id=None)
    publish(session, item=ended, at=moment + timedelta(days=2), user_id=None)
    cancel_plan(session, item=cancelled, user_id=None)
    withdraw_consent(session, item=story, user_id=None)
    with clock.at(moment + timedelta(days=3)):
        assert publish_due(session) == 0


def test_whoever_looks_after_a_story_is_told_once_that_its_consent_ends(
    session: Session, running: Programme, personas: Personas
) -> None:
    make_published(
        session,
        running,
        kind=ItemKind.STORY,
        company_name="Zon",
        consent_by="Anne",
        consent_on=clock.today(),
        consent_until=clock.today() + timedelta(days=31),
        owner_id=personas.leader.id,
    )
    assert warn_of_consents(session) == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert warn_of_consents(session) == 1
        assert warn_of_consents(session) == 0
    mails = select(func.count()).select_from(MailMessage)
    assert session.scalar(mails.where(MailMessage.kind == "knowledge.consent_ends")) == 1
