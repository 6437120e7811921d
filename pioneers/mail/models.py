"""The outbox: mail that was asked for in a transaction, and what became of it."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class MailStatus(enum.StrEnum):
    """Where a message stands. Bounced and blocked are different: one address is wrong, the other
    refuses us for now; unsubscribed people asked for no more of it."""

    QUEUED = "queued"
    SENT = "sent"  # the server took it
    DELIVERED = "delivered"  # the recipient's server took it
    BOUNCED = "bounced"
    BLOCKED = "blocked"
    UNSUBSCRIBED = "unsubscribed"
    FAILED = "failed"  # given up, visibly
    WITHDRAWN = "withdrawn"  # no longer wanted before it left


class MailMessage(Model):
    """One message to one address. `unique_key` (recipient and occasion) makes it leave once.

    A worker claims a row by a lease (`claimed_until`); who dies before handing the message over
    lets it lapse. `sent_at` is set just before the server is told that the message is whole: a row
    that is still queued with it was handed over by a worker that did not hear the answer.
    Texts are emptied after the retention period; the row stays for the count.
    """

    __tablename__ = "mail_message"
    __table_args__ = (
        UniqueConstraint("unique_key"),
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_mail_message_waiting", "status", "due_at"),
        Index("ix_mail_message_programme", "programme_id", "id"),
        Index("ix_mail_message_provider_id", "provider_id"),
        Index("ix_mail_message_subject_record", "record_type", "record_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    unique_key: Mapped[str] = mapped_column(String(200))
    to_address: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]  # not before; moves on after a failed attempt
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), default=None)
    record_type: Mapped[str] = mapped_column(String(40), default="")  # what it is about
    record_id: Mapped[int | None] = mapped_column(default=None)
    calendar: Mapped[str | None] = mapped_column(Text, default=None)  # an iCalendar part
    calendar_method: Mapped[str] = mapped_column(String(10), default="")  # REQUEST or CANCEL
    reply_to: Mapped[str | None] = mapped_column(String(254), default=None)
    unsubscribe: Mapped[str] = mapped_column(String(300), default="")  # address for one click
    status: Mapped[MailStatus] = mapped_column(
        choice(MailStatus, "status"), default=MailStatus.QUEUED
    )
    status_at: Mapped[datetime | None] = mapped_column(default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None] = mapped_column(default=None)
    claimed_by: Mapped[str] = mapped_column(String(80), default="")
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    provider_id: Mapped[str | None] = mapped_column(String(120), default=None)
    problem: Mapped[str] = mapped_column(String(300), default="")  # what the server said last


class SuppressedAddress(Model):
    """An address that gets no more mail, and why. Only service mail that is asked for again by the
    person lifts it."""

    __tablename__ = "suppressed_address"
    __table_args__ = (UniqueConstraint("address"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    address: Mapped[str] = mapped_column(String(254))
    reason: Mapped[MailStatus] = mapped_column(choice(MailStatus, "reason"))
    since: Mapped[datetime]


class MailWording(Model):
    """A programme's own words for a kind of mail in a language; else the product's are used."""

    __tablename__ = "mail_wording"
    __table_args__ = (UniqueConstraint("programme_id", "kind", "language"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    version: Mapped[int] = mapped_column(default=1)


class MailSwitch(Model):
    """A kind of reminder that a programme turned off (or on again)."""

    __tablename__ = "mail_switch"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    is_on: Mapped[bool]


class WorkerSeen(Model):
    """The last sign of life of a worker, by its name (host and process)."""

    __tablename__ = "worker_seen"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class PeriodicJob(Model):
    """When a periodic job ran last, and until when it is held: several workers share the work."""

    __tablename__ = "periodic_job"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    ran_at: Mapped[datetime | None] = mapped_column(default=None)
    claimed_until: Mapped[datetime | None] = mapped_column(default=None)
    problem: Mapped[str] = mapped_column(String(300), default="")
