"""Periodic work of this feature; it commits what it finished, item by item."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.knowledge.actions import show_planned
from pioneers.knowledge.emails import CONSENT_ENDS, FOLLOW_UP, mail_consent_ends
from pioneers.knowledge.listing import is_consent_ending
from pioneers.knowledge.models import KnowledgeItem, KnowledgeRevision, KnowledgeUse
from pioneers.knowledge.rules import ASK_WITHIN
from pioneers.knowledge.using import ask_what_became
from pioneers.mail.actions import is_on
from pioneers.mail.jobs import Job
from pioneers.programmes.models import Programme


def publish_due(session: Session) -> int:
    """Show the versions whose moment has come."""
    due = session.execute(
        select(KnowledgeRevision.id, KnowledgeRevision.item_id)
        .where(KnowledgeRevision.publish_at <= clock.now())
        .order_by(KnowledgeRevision.publish_at, KnowledgeRevision.id)
    ).all()
    session.commit()
    done = 0
    for revision_id, item_id in due:
        item = session.get_one(KnowledgeItem, item_id)
        done += show_planned(session, item=item, revision_id=revision_id)
        session.commit()
    return done


def follow_up(session: Session) -> int:
    """Ask whoever intended something six weeks ago whether it worked out, once."""
    today = clock.today()
    due = session.execute(
        select(KnowledgeUse.id, KnowledgeItem.id, KnowledgeItem.programme_id)
        .join(KnowledgeItem, KnowledgeItem.id == KnowledgeUse.item_id)
        .where(
            KnowledgeUse.ask_on <= today,
            KnowledgeUse.ask_on > today - ASK_WITHIN,
            KnowledgeUse.asked_at.is_(None),
            KnowledgeUse.followed.is_(None),
            KnowledgeUse.email.is_not(None),
        )
        .order_by(KnowledgeUse.id)
    ).all()
    session.commit()
    done = 0
    for use_id, item_id, programme_id in due:
        if is_on(session, programme_id, FOLLOW_UP.key):
            done += ask_what_became(
                session,
                programme=session.get_one(Programme, programme_id),
                item=session.get_one(KnowledgeItem, item_id),
                use=session.get_one(KnowledgeUse, use_id),
            )
        session.commit()
    return done


def warn_of_consents(session: Session) -> int:
    """Tell whoever looks after an item, thirty days before, that its consent ends."""
    today = clock.today()
    due = session.execute(
        select(KnowledgeItem.id, KnowledgeItem.programme_id, KnowledgeItem.owner_id)
        .where(
            is_consent_ending(today),
            KnowledgeItem.consent_until >= today,
            KnowledgeItem.owner_id.is_not(None),
        )
        .order_by(KnowledgeItem.id)
    ).all()
    session.commit()
    done = 0
    for item_id, programme_id, owner_id in due:
        owner = session.get_one(User, owner_id)
        if owner.is_active and is_on(session, programme_id, CONSENT_ENDS.key):
            done += mail_consent_ends(
                session,
                programme=session.get_one(Programme, programme_id),
                item=session.get_one(KnowledgeItem, item_id),
                owner=owner,
            )
        session.commit()
    return done


JOBS: tuple[Job, ...] = (
    Job("knowledge.publish_due", timedelta(minutes=1), publish_due),
    Job("knowledge.follow_up", timedelta(hours=1), follow_up),
    Job("knowledge.warn_of_consents", timedelta(hours=6), warn_of_consents),
)
