"""Whom to ask how it went: who spoke yesterday and told nothing yet. Nothing is written."""

from datetime import time, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.contributions.emails import MORNING_AFTER
from pioneers.contributions.models import Contribution
from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.mail.actions import is_on
from pioneers.mail.models import MailMessage

AnySession = Session | scoped_session[Session]
NO_LATER = timedelta(days=3)  # a worker that was away need not ask about last month


def talks_to_ask_about(session: AnySession) -> list[tuple[int, int]]:
    """Event and pioneer of talks of the last days, on a day before this one, that are over.

    None that was asked about before, or of which the pioneer told something, withdrawn or not.
    """
    today = clock.from_local(clock.today(), time.min)
    told = exists().where(
        Contribution.pioneer_id == Speaker.pioneer_id, Contribution.event_id == Speaker.event_id
    )
    rows = session.execute(
        select(Speaker.event_id, Speaker.pioneer_id, Event.programme_id)
        .join(Event, Event.id == Speaker.event_id)
        .join(Pioneer, Pioneer.id == Speaker.pioneer_id)
        .where(
            or_(Event.status == EventStatus.PLANNED, Event.status == EventStatus.HELD),
            Event.starts_at < today,
            Event.starts_at >= today - NO_LATER,
            Event.ends_at <= clock.now(),
            or_(Pioneer.ended_on.is_(None), Pioneer.ended_on > clock.today()),
            ~told,
        )
        .order_by(Speaker.event_id, Speaker.position)
    ).all()
    sends = {
        programme_id: is_on(session, programme_id, MORNING_AFTER.key)
        for programme_id in {row.programme_id for row in rows}
    }
    asked = _asked(session, [(row.event_id, row.pioneer_id) for row in rows])
    return [
        (row.event_id, row.pioneer_id)
        for row in rows
        if sends[row.programme_id] and (row.event_id, row.pioneer_id) not in asked
    ]


def _asked(session: AnySession, pairs: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """For which of the pairs the mail was asked for before."""
    keys = {
        f"{MORNING_AFTER.key}:pioneer-{pioneer_id}:{event_id}": (event_id, pioneer_id)
        for event_id, pioneer_id in pairs
    }
    known = session.scalars(
        select(MailMessage.unique_key).where(MailMessage.unique_key.in_(list(keys)))
    )
    return {keys[key] for key in known}
