"""Who comes: registrations of entrepreneurs without an account, their consents and answers."""

import enum
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class RegistrationState(enum.StrEnum):
    """Where a registration stands; each is counted apart."""

    REGISTERED = "registered"
    WAITING = "waiting"
    OFFERED = "offered"  # promoted from the waiting list; holds its seats until `offered_until`
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    ABSENT = "absent"


# The states that hold seats: what is counted against the capacity.
HOLDS_SEATS = (
    RegistrationState.REGISTERED,
    RegistrationState.OFFERED,
    RegistrationState.ATTENDED,
    RegistrationState.ABSENT,
)


class Registration(Model):
    """One named person for one event; colleagues with a name are registrations of their own that
    point at the one who registered them, colleagues without a name are its `guests`.

    The order of the waiting list is that of `id`. `token_nonce` makes the link in the mails; to
    change it is to revoke them. `code` is what the QR code and the host's phone know it by.
    """

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("guests >= 0 AND guests <= 20", name="guests"),
        CheckConstraint(
            "(state = 'offered') = (offered_until IS NOT NULL)", name="offered_has_term"
        ),
        Index("ix_registration_event_state", "event_id", "state", "id"),
        Index("ix_registration_lead_id", "lead_id"),
        Index("ix_registration_person_id", "person_id"),
        Index(
            "uq_registration_email",
            "event_id",
            "email",
            unique=True,
            sqlite_where=text("state <> 'cancelled' AND email IS NOT NULL AND lead_id IS NULL"),
            postgresql_where=text("state <> 'cancelled' AND email IS NOT NULL AND lead_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    state: Mapped[RegistrationState] = mapped_column(choice(RegistrationState, "state"))
    code: Mapped[str] = mapped_column(String(8))
    token_nonce: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(160))
    registered_at: Mapped[datetime]
    company: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str | None] = mapped_column(String(254), default=None)  # lower case
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    kvk_number: Mapped[str | None] = mapped_column(String(8), default=None)
    place: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    guests: Mapped[int] = mapped_column(default=0)  # colleagues without a name
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), default=None)
    offered_until: Mapped[datetime | None] = mapped_column(default=None)
    changed_at: Mapped[datetime | None] = mapped_column(default=None)
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)
    invite_sequence: Mapped[int] = mapped_column(default=0)  # of the invitation mailed last
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), default=None)

    @property
    def seats(self) -> int:
        """How many chairs this takes: the person and the colleagues without a name."""
        return 1 + self.guests


class RegistrationConsent(Model):
    """What somebody agreed to, word for word, and when; and when it was withdrawn."""

    __tablename__ = "registration_consent"
    __table_args__ = (UniqueConstraint("registration_id", "purpose"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    purpose: Mapped[str] = mapped_column(String(40))  # registration, news
    version: Mapped[str] = mapped_column(String(20))  # of the text
    wording: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class QuestionKind(enum.StrEnum):
    """How a question is answered."""

    TEXT = "text"
    CHOICE = "choice"


class EventQuestion(Model):
    """A question of an event (diet, subject). Answers go `keep_days` after the event."""

    __tablename__ = "event_question"
    __table_args__ = (
        UniqueConstraint("event_id", "position"),
        CheckConstraint("keep_days >= 0 AND keep_days <= 365", name="keep_days"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    kind: Mapped[QuestionKind] = mapped_column(choice(QuestionKind, "kind"))
    choices: Mapped[str] = mapped_column(Text, default="")  # one a line
    is_required: Mapped[bool] = mapped_column(default=False)
    keep_days: Mapped[int] = mapped_column(default=14)


class RegistrationAnswer(Model):
    """What somebody answered to a question of an event."""

    __tablename__ = "registration_answer"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("event_question.id"), primary_key=True, index=True
    )
    answer: Mapped[str] = mapped_column(String(500))
