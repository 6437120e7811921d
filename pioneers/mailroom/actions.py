"""What a project leader does about mail: try again, lift, switch, reword. None commits."""

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.mail.kinds import KINDS, MailKind, Words
from pioneers.mail.models import MailMessage, MailStatus, MailSwitch, MailWording
from pioneers.mail.outcomes import Problem
from pioneers.mail.rendering import UnknownField, check_fields
from pioneers.mail.suppressing import lift
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale

AnySession = Session | scoped_session[Session]


def can_try_again(message: MailMessage) -> bool:
    """Whether it failed, is still whole, and could arrive."""
    kept = bool(message.text)
    return message.status == MailStatus.FAILED and kept and message.problem != Problem.ADDRESS


def try_again(session: AnySession, *, message: MailMessage, actor_id: int) -> None:
    """Put a failed message in the outbox again; raises Refused where that cannot be."""
    message = session.scalars(
        select(MailMessage)
        .where(MailMessage.id == message.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if not can_try_again(message):
        raise Refused("not_failed", "")
    message.status, message.status_at = MailStatus.QUEUED, None
    message.sent_at = message.claimed_until = None
    message.claimed_by = message.problem = ""
    message.attempts, message.due_at = 0, clock.now()
    _note(session, "mail.tried_again", message.programme_id, actor_id, message.id)


def lift_address(session: AnySession, *, message: MailMessage, actor_id: int) -> bool:
    """Let the receiver of a message get mail again; False when nothing stood in the way."""
    lifted = lift(session, message.to_address)
    if lifted:
        _note(session, "mail.lifted", message.programme_id, actor_id, message.id)
    return lifted


def switch(
    session: AnySession, *, programme: Programme, kind: MailKind, is_on: bool, actor_id: int
) -> None:
    """Turn a kind of reminder on or off; raises Refused for mail that is no reminder."""
    if not kind.can_be_off:
        raise Refused("not_switchable", "")
    session.merge(MailSwitch(programme_id=programme.id, kind=kind.key, is_on=is_on))
    action = "mail.reminder_on" if is_on else "mail.reminder_off"
    _note(session, action, programme.id, actor_id, None, kind=kind.key)


def check_words(kind: MailKind, words: Words) -> None:
    """Raise Refused, with its field, for words that cannot be mailed."""
    if not words.subject.strip():
        raise Refused("words_missing", "subject")
    if not words.body.strip():
        raise Refused("words_missing", "body")
    for field, part in (("subject", Words(words.subject, "")), ("body", Words("", words.body))):
        try:
            check_fields(part, kind.fields)
        except UnknownField as unknown:
            raise Refused("field_unknown", field, name="{" + unknown.name + "}") from None


def reword(
    session: AnySession,
    *,
    programme: Programme,
    kind: MailKind,
    language: str,
    words: Words,
    version: int,
    actor_id: int,
) -> None:
    """Give a kind of mail the programme's own words. `version` 0: they were the product's.

    Raises Refused with the field, and Stale when somebody else reworded it meanwhile.
    """
    check_words(kind, words)
    own = find_wording(session, programme.id, kind.key, language, lock=True)
    if (own.version if own else 0) != version:
        raise Stale(own)
    if own is None:
        own = MailWording(
            programme_id=programme.id,
            kind=kind.key,
            language=language,
            subject=words.subject,
            body=words.body,
            changed_at=clock.now(),
            changed_by_id=actor_id,
        )
        try:
            with session.begin_nested():
                session.add(own)
        except IntegrityError as error:
            raise Stale(None) from error
    else:
        own.subject, own.body = words.subject, words.body
        own.changed_at, own.changed_by_id = clock.now(), actor_id
        own.version += 1
    _note(session, "mail.reworded", programme.id, actor_id, own.id, kind=kind.key)


def restore(
    session: AnySession, *, programme: Programme, kind: MailKind, language: str, actor_id: int
) -> bool:
    """Take the product's words again; False when they were in use."""
    own = find_wording(session, programme.id, kind.key, language, lock=True)
    if own is None:
        return False
    session.delete(own)
    _note(session, "mail.restored", programme.id, actor_id, own.id, kind=kind.key)
    return True


def find_wording(
    session: AnySession, programme_id: int, kind: str, language: str, *, lock: bool = False
) -> MailWording | None:
    """A programme's own words, if it has any."""
    wanted = (
        select(MailWording)
        .where(
            MailWording.programme_id == programme_id,
            MailWording.kind == kind,
            MailWording.language == language,
        )
        .execution_options(populate_existing=True)
    )
    return session.scalar(wanted.with_for_update() if lock else wanted)


def empty_old(session: AnySession, *, most: int = 500) -> list[MailMessage]:
    """Empty messages that were kept long enough, and answer them; the rows stay for the count."""
    now = clock.now()
    emptied: list[MailMessage] = []
    for key in session.scalars(
        select(MailMessage.kind).where(func.length(MailMessage.text) > 0).distinct()
    ).all():
        kind = KINDS.get(key)
        keep = kind.keep if kind is not None else MailKind.keep
        emptied += session.scalars(
            select(MailMessage)
            .where(
                MailMessage.kind == key,
                MailMessage.status != MailStatus.QUEUED,
                func.length(MailMessage.text) > 0,
                func.coalesce(MailMessage.status_at, MailMessage.created_at) < now - keep,
            )
            .order_by(MailMessage.id)
            .limit(most - len(emptied))
        ).all()
        if len(emptied) >= most:
            break
    for message in emptied:
        message.text = message.html = ""
        message.calendar = None
    session.flush()
    return emptied


def _note(
    session: AnySession,
    action: str,
    programme_id: int | None,
    actor_id: int,
    object_id: int | None,
    **details: object,
) -> None:
    record(
        session,
        action,
        object_type="mail",
        object_id=object_id,
        programme_id=programme_id,
        actor_id=actor_id,
        details=details,
    )
