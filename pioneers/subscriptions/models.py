"""Who wants to be written to, and the proof of it."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class SubscriptionState(enum.StrEnum):
    """Whether an address may be written to."""

    PENDING = "pending"  # asked for, not yet confirmed out of the mailbox
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class SubscribedBy(enum.StrEnum):
    """By which way somebody asked for news."""

    SITE = "site"
    CARD = "card"
    REGISTRATION = "registration"
    QUESTION = "question"
    KNOWLEDGE = "knowledge"


class Subscription(Model):
    """One address in one programme; the events say how it came to be what it is."""

    __tablename__ = "subscription"
    __table_args__ = (
        UniqueConstraint("programme_id", "email"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name="confirmed_at"),
        CheckConstraint("state <> 'withdrawn' OR withdrawn_at IS NOT NULL", name="withdrawn_at"),
        Index("ix_subscription_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    email: Mapped[str] = mapped_column(String(254))
    state: Mapped[SubscriptionState] = mapped_column(choice(SubscriptionState, "state"))
    token_nonce: Mapped[str] = mapped_column(String(16))
    requested_at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(160), default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    themes: Mapped[str] = mapped_column(String(200), default="")  # with commas; empty: everything
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class SubscriptionStep(enum.StrEnum):
    """What happened with a subscription."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    THEMES = "themes"
    WITHDRAWN = "withdrawn"


class SubscriptionEvent(Model):
    """The proof: what was asked in which words, when, by which way. Never changed."""

    __tablename__ = "subscription_event"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id"), index=True)
    step: Mapped[SubscriptionStep] = mapped_column(choice(SubscriptionStep, "step"))
    at: Mapped[datetime]
    source: Mapped[SubscribedBy | None] = mapped_column(
        choice(SubscribedBy, "source"), default=None
    )
    version: Mapped[str] = mapped_column(String(20), default="")  # of the text
    wording: Mapped[str] = mapped_column(Text, default="")
    themes: Mapped[str] = mapped_column(String(200), default="")
    mailing_id: Mapped[int | None] = mapped_column(default=None)  # out of which they left
