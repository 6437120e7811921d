"""Writing a mailing, choosing its readers, trying it, planning it. No action commits."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.audit.actions import record
from pioneers.events.models import Event
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.mailings.emails import mail_test
from pioneers.mailings.models import (
    Mailing,
    MailingKind,
    MailingRecipient,
    MailingState,
    RecipientState,
)
from pioneers.mailings.rules import (
    Draft,
    Segment,
    check_changeable,
    check_draft,
    check_plan,
    segment_of,
)
from pioneers.mailings.segments import count_readers
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale

AnySession = Session | scoped_session[Session]


def write_mailing(
    session: AnySession, *, programme: Programme, draft: Draft, form_key: str, actor_id: int
) -> Mailing:
    """A new draft; the same form sent twice is one. Refused: see `rules.check_draft`;
    event_unknown."""
    session.get_one(Programme, programme.id, with_for_update=True)
    known = session.scalar(
        select(Mailing).where(Mailing.programme_id == programme.id, Mailing.form_key == form_key)
    )
    if known is not None:
        return known
    check_draft(draft)
    made = Mailing(
        programme_id=programme.id,
        kind=MailingKind.NEWSLETTER,
        state=MailingState.DRAFT,
        created_at=clock.now(),
        created_by_id=actor_id,
        form_key=form_key,
    )
    _fill(session, made, draft)
    session.add(made)
    session.flush()
    _note(session, made, "mailing.written", actor_id)
    return made


def rewrite_mailing(
    session: AnySession, *, mailing: Mailing, draft: Draft, version: int, actor_id: int
) -> None:
    """Other words; they are tried again before they leave. Raises Stale, Refused."""
    _lock(session, mailing, version)
    check_changeable(mailing)
    check_draft(draft)
    _fill(session, mailing, draft)
    mailing.tested_at = None
    mailing.version += 1
    _note(session, mailing, "mailing.changed", actor_id)


def choose_readers(
    session: AnySession, *, mailing: Mailing, segment: Segment, actor_id: int
) -> None:
    """Who of the subscribers. Refused: not_draft."""
    _lock(session, mailing)
    check_changeable(mailing)
    mailing.segment = segment.kept()
    mailing.version += 1
    _note(session, mailing, "mailing.changed", actor_id)


def try_mailing(session: AnySession, *, programme: Programme, mailing: Mailing, user: User) -> bool:
    """Mail it to whoever writes it; pressed twice in a minute it leaves once. Refused:
    not_draft."""
    _lock(session, mailing)
    check_changeable(mailing)
    mailing.tested_at = clock.now()
    minute = clock.now().strftime("%Y%m%d%H%M")
    return mail_test(session, programme, mailing, user, minute)


def plan_mailing(
    session: AnySession, *, programme: Programme, mailing: Mailing, send_at: datetime, actor_id: int
) -> bool:
    """Let it leave at a time; False when it was planned already. Refused as `rules.check_plan`."""
    _lock(session, mailing)
    if mailing.state == MailingState.PLANNED and mailing.send_at == send_at:
        return False
    segment = segment_of(mailing.segment)
    readers = count_readers(session, programme.id, segment, mailing.theme)
    check_plan(mailing, send_at, clock.now(), readers)
    mailing.state, mailing.send_at = MailingState.PLANNED, send_at
    mailing.version += 1
    _note(session, mailing, "mailing.planned", actor_id, readers=readers)
    return True


def stop_mailing(session: AnySession, *, mailing: Mailing, actor_id: int) -> bool:
    """A planned one is a draft again; of one that is leaving, what has not left stays here.
    False when there is nothing to stop."""
    _lock(session, mailing)
    if mailing.state == MailingState.PLANNED:
        mailing.state, mailing.send_at = MailingState.DRAFT, None
    elif mailing.state == MailingState.SENDING:
        mailing.state = MailingState.CANCELLED
        _keep_here(session, mailing)
    else:
        return False
    mailing.version += 1
    _note(session, mailing, "mailing.stopped", actor_id)
    return True


def _keep_here(session: AnySession, mailing: Mailing) -> None:
    now = clock.now()
    of_this = MailingRecipient.mailing_id == mailing.id
    session.execute(
        update(MailingRecipient)
        .where(of_this, MailingRecipient.state == RecipientState.WAITING)
        .values(state=RecipientState.SKIPPED)
    )
    session.execute(
        update(MailMessage)
        .where(
            MailMessage.id.in_(select(MailingRecipient.mail_id).where(of_this)),
            MailMessage.status == MailStatus.QUEUED,
            MailMessage.sent_at.is_(None),
            MailMessage.claimed_until.is_(None) | (MailMessage.claimed_until < now),
        )
        .values(status=MailStatus.WITHDRAWN, status_at=now)
    )


def _fill(session: AnySession, mailing: Mailing, draft: Draft) -> None:
    kind = MailingKind(draft.kind)
    event_id = draft.event_id if kind == MailingKind.INVITATION else None
    if kind == MailingKind.INVITATION and event_id is None:
        raise Refused("event_unknown", "event")
    if event_id is not None:
        event = session.get(Event, event_id)
        if event is None or event.programme_id != mailing.programme_id:
            raise Refused("event_unknown", "event")
    mailing.kind, mailing.event_id = kind, event_id
    mailing.subject, mailing.body = draft.subject.strip(), draft.body.strip()
    mailing.language, mailing.theme = draft.language, draft.theme


def _lock(session: AnySession, mailing: Mailing, version: int | None = None) -> None:
    session.refresh(mailing, with_for_update=True)
    if version is not None and mailing.version != version:
        raise Stale(mailing)


def _note(
    session: AnySession, mailing: Mailing, action: str, actor_id: int, **details: object
) -> None:
    record(
        session,
        action,
        object_type="mailing",
        object_id=mailing.id,
        programme_id=mailing.programme_id,
        actor_id=actor_id,
        details=details,
    )
