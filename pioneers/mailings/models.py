"""Newsletters and invitations: to whom, when, and what became of each."""

import enum
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class MailingKind(enum.StrEnum):
    """What a mailing is."""

    NEWSLETTER = "newsletter"
    INVITATION = "invitation"  # to an event


class MailingState(enum.StrEnum):
    """Where a mailing stands."""

    DRAFT = "draft"
    PLANNED = "planned"
    SENDING = "sending"  # its recipients are fixed
    SENT = "sent"
    CANCELLED = "cancelled"


class Mailing(Model):
    """One message to the people of a segment who agreed to be written to."""

    __tablename__ = "mailing"
    __table_args__ = (
        UniqueConstraint("programme_id", "form_key"),
        CheckConstraint("state <> 'planned' OR send_at IS NOT NULL", name="planned"),
        CheckConstraint("(kind = 'invitation') OR event_id IS NULL", name="event"),
        Index("ix_mailing_programme_state", "programme_id", "state", "send_at"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[MailingKind] = mapped_column(choice(MailingKind, "kind"))
    state: Mapped[MailingState] = mapped_column(choice(MailingState, "state"))
    created_at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(String(150), default="")
    body: Mapped[str] = mapped_column(Text, default="")  # Markdown
    language: Mapped[str] = mapped_column(String(2), default="nl")
    theme: Mapped[str] = mapped_column(String(40), default="")  # what it is about; empty: general
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), default=None)
    segment: Mapped[dict[str, str]] = mapped_column(JSON, default_factory=dict)  # see rules.Segment
    send_at: Mapped[datetime | None] = mapped_column(default=None)
    tested_at: Mapped[datetime | None] = mapped_column(default=None)  # these words, by a test mail
    fixed_at: Mapped[datetime | None] = mapped_column(default=None)  # when the recipients were
    sent_at: Mapped[datetime | None] = mapped_column(default=None)  # the last was queued
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    form_key: Mapped[str | None] = mapped_column(String(24), default=None)  # pressed twice: one
    version: Mapped[int] = mapped_column(default=1)


class RecipientState(enum.StrEnum):
    """What became of a mailing for one recipient."""

    WAITING = "waiting"
    QUEUED = "queued"  # in the outbox, which knows the rest
    SKIPPED = "skipped"  # they left before their turn, or cannot be written to


class MailingRecipient(Model):
    """One subscription that a mailing goes to."""

    __tablename__ = "mailing_recipient"
    __table_args__ = (
        UniqueConstraint("mailing_id", "subscription_id"),
        Index("ix_mailing_recipient_state", "mailing_id", "state"),
        Index("ix_mailing_recipient_mail_id", "mail_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"))
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id"), index=True)
    state: Mapped[RecipientState] = mapped_column(choice(RecipientState, "state"))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail_message.id"), default=None)
