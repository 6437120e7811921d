"""Asking for mail: a row in the same transaction as the change that it tells of. None commits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.mail.addresses import is_address
from pioneers.mail.greeting import greeted
from pioneers.mail.kinds import MailKind, Pictures, Words
from pioneers.mail.models import MailMessage, MailStatus, MailSwitch, MailWording
from pioneers.mail.outcomes import Problem
from pioneers.mail.rendering import one_line, render
from pioneers.web.links import site_address

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class NewMail:
    """A mail that is wanted. `key` (recipient and occasion) lets it leave once, however often it is
    asked for; `due_at` None means now. `calendar` is the text of an iCalendar part.

    `rich` has, of fields that are a paragraph of their own, the HTML; `unsubscribe` is where a mail
    program posts to when somebody leaves in one click."""

    kind: MailKind
    key: str
    address: str
    name: str
    language: str
    fields: Mapping[str, str] = field(default_factory=dict)
    pictures: Pictures = field(default_factory=dict)
    programme_id: int | None = None
    programme_name: str = ""
    record_type: str = ""
    record_id: int | None = None
    due_at: datetime | None = None
    calendar: str | None = None
    calendar_method: str = ""
    reply_to: str | None = None
    rich: Mapping[str, Markup] = field(default_factory=dict)
    unsubscribe: str = ""


def queue(session: AnySession, mail: NewMail) -> bool:
    """Put a mail in the outbox; False when it was there already or the programme has it off.

    What is no address is put there as failed, visibly: the change that it tells of goes on.
    """
    if mail.kind.can_be_off and not is_on(session, mail.programme_id, mail.kind.key):
        return False
    words = words_for(session, mail.programme_id, mail.kind, mail.language)
    done = render(
        words,
        _with_greeting(mail),
        frame=mail.programme_name,
        site=site_address(),
        language=mail.language,
        pictures=mail.pictures,
        rich=mail.rich,
    )
    now = clock.now()
    good = is_address(mail.address)
    row = {
        "kind": mail.kind.key,
        "unique_key": mail.key,
        "to_address": one_line(mail.address)[:254],
        "to_name": greeted(mail.name, mail.language) if mail.name else "",
        "language": mail.language,
        "subject": done.subject,
        "text": done.text,
        "html": done.html,
        "created_at": now,
        "due_at": mail.due_at or now,
        "programme_id": mail.programme_id,
        "record_type": mail.record_type,
        "record_id": mail.record_id,
        "calendar": mail.calendar,
        "calendar_method": mail.calendar_method,
        "reply_to": mail.reply_to,
        "unsubscribe": mail.unsubscribe,
        "status": MailStatus.QUEUED if good else MailStatus.FAILED,
        "attempts": 0,
        "claimed_by": "",
        "problem": "" if good else Problem.ADDRESS,
    }
    return _insert(session, row)


def _insert(session: AnySession, row: Mapping[str, Any]) -> bool:
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert: Any = (postgresql.insert if on_postgres else sqlite.insert)(MailMessage)
    statement = insert.values(row).on_conflict_do_nothing().returning(MailMessage.id)
    return session.execute(statement).scalar() is not None


def _with_greeting(mail: NewMail) -> Mapping[str, str]:
    if "name" not in mail.fields:
        return mail.fields
    return {**mail.fields, "name": greeted(mail.fields["name"], mail.language)}


def withdraw(
    session: AnySession, *, record_type: str, record_id: int, kind: str | None = None
) -> int:
    """Let mail about a record that has not left stay here; answers how many that were."""
    statement = update(MailMessage).where(
        MailMessage.record_type == record_type,
        MailMessage.record_id == record_id,
        MailMessage.status == MailStatus.QUEUED,
        MailMessage.sent_at.is_(None),
        or_(MailMessage.claimed_until.is_(None), MailMessage.claimed_until < clock.now()),
    )
    if kind is not None:
        statement = statement.where(MailMessage.kind == kind)
    values = {"status": MailStatus.WITHDRAWN, "status_at": clock.now()}
    result = session.execute(
        statement.values(**values).execution_options(synchronize_session=False)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def forget_about(session: AnySession, *, record_type: str, record_id: int) -> None:
    """Empty all mail about a record, addresses too; the rows stay for the count. What has not left
    stays here."""
    withdraw(session, record_type=record_type, record_id=record_id)
    session.execute(
        update(MailMessage)
        .where(MailMessage.record_type == record_type, MailMessage.record_id == record_id)
        .values(
            **dict.fromkeys(("to_address", "to_name", "subject", "text", "html"), ""),
            calendar=None,
            reply_to=None,
        )
        .execution_options(synchronize_session="fetch")
    )


def is_on(session: AnySession, programme_id: int | None, kind: str) -> bool:
    """Whether the programme sends this kind of reminder; it does unless somebody turned it off."""
    if programme_id is None:
        return True
    return session.get(MailSwitch, (programme_id, kind)) is None or bool(
        session.scalar(
            select(MailSwitch.is_on).where(
                MailSwitch.programme_id == programme_id, MailSwitch.kind == kind
            )
        )
    )


def words_for(
    session: AnySession, programme_id: int | None, kind: MailKind, language: str
) -> Words:
    """The programme's words for a kind of mail, else the product's."""
    if programme_id is not None:
        own = session.scalar(
            select(MailWording).where(
                MailWording.programme_id == programme_id,
                MailWording.kind == kind.key,
                MailWording.language == language,
            )
        )
        if own is not None:
            return Words(own.subject, own.body)
    return kind.words(language)
