"""Referral cards: print runs, the cards in them, where they lead, and what came of them."""

import enum
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class PrintRun(Model):
    """Cards of one owner, printed on a day. Either each card has a code of its own, or all of a run
    for a printer have one."""

    __tablename__ = "print_run"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        CheckConstraint("quantity >= 1 AND quantity <= 10000", name="quantity"),
        CheckConstraint(
            "(CASE WHEN pioneer_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN fan_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN event_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_owner",
        ),
        Index("ix_print_run_pioneer_id", "pioneer_id"),
        Index("ix_print_run_fan_id", "fan_id"),
        Index("ix_print_run_event_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]  # 1, 2, 3 … within the programme
    printed_on: Mapped[date]
    quantity: Mapped[int]  # cards of paper
    created_at: Mapped[datetime]
    is_single_code: Mapped[bool] = mapped_column(default=False)
    pioneer_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), default=None)
    remark: Mapped[str] = mapped_column(String(200), default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)


class Card(Model):
    """A code on paper. It is never used again, also when it is withdrawn."""

    __tablename__ = "card"
    __table_args__ = (
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_because = '')", name="withdrawn_because"
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id"), index=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_because: Mapped[str] = mapped_column(String(200), default="")
    # Kept with each visit, in its transaction: the funnel need not count a million of them.
    scanned: Mapped[int] = mapped_column(default=0)
    typed: Mapped[int] = mapped_column(default=0)
    first_visit_on: Mapped[date | None] = mapped_column(default=None)
    last_visit_on: Mapped[date | None] = mapped_column(default=None)


class Destination(Model):
    """Where the cards of a run, or one card, lead from a moment on; the newest one holds."""

    __tablename__ = "card_destination"
    __table_args__ = (
        CheckConstraint("(run_id IS NULL) <> (card_id IS NULL)", name="of_one"),
        CheckConstraint("pioneer_id IS NULL OR event_id IS NULL", name="to_one"),
        Index("ix_card_destination_run_id", "run_id", "id"),
        Index("ix_card_destination_card_id", "card_id", "id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    since: Mapped[datetime]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("print_run.id"), default=None)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"), default=None)
    pioneer_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), default=None)
    # neither: the owner's own page again
    because: Mapped[str] = mapped_column(String(200), default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)


class Came(enum.StrEnum):
    """How a visitor came: by the picture, or by typing the address."""

    SCANNED = "scanned"
    TYPED = "typed"


class Visit(Model):
    """One person's visit of a card's page within an hour. The hash changes every day, and says
    nothing about who it was once the day's salt is gone; no address is kept."""

    __tablename__ = "card_visit"
    __table_args__ = (
        UniqueConstraint("card_id", "hour", "visitor"),
        CheckConstraint("length(visitor) = 16", name="visitor"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"))
    hour: Mapped[datetime]  # its beginning
    visitor: Mapped[bytes] = mapped_column(LargeBinary(16))
    came: Mapped[Came] = mapped_column(choice(Came, "came"))


class VisitDay(Model):
    """Kept: the visits of a run's cards on a day, by how they came, and what was no visit."""

    __tablename__ = "card_visit_day"

    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    scanned: Mapped[int] = mapped_column(default=0)
    typed: Mapped[int] = mapped_column(default=0)
    previews: Mapped[int] = mapped_column(default=0)  # messengers that look what is there
    bots: Mapped[int] = mapped_column(default=0)
    heads: Mapped[int] = mapped_column(default=0)  # HEAD requests
    own: Mapped[int] = mapped_column(default=0)  # of the owner, and of the programme's team


class VisitSalt(Model):
    """The day's salt of the hashes; it goes when the day has passed."""

    __tablename__ = "card_visit_salt"

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))


class LeadKind(enum.StrEnum):
    """What somebody wanted who left details."""

    QUESTION = "question"
    CALL = "call"
    CIRCLE = "circle"
    NEWS = "news"


class Lead(Model):
    """Somebody left details through a card: the contact says who, the question what was asked."""

    __tablename__ = "card_lead"
    __table_args__ = (
        Index("ix_card_lead_card_id", "card_id", "at"),
        Index("ix_card_lead_person_id", "person_id"),
        Index("ix_card_lead_contact_id", "contact_id"),
        CheckConstraint("(kind = 'news') = (question_id IS NULL)", name="asks_something"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"))
    kind: Mapped[LeadKind] = mapped_column(choice(LeadKind, "kind"))
    at: Mapped[datetime]
    came: Mapped[Came] = mapped_column(choice(Came, "came"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), default=None)
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("question.id"), default=None, unique=True
    )
    cleared_at: Mapped[datetime | None] = mapped_column(default=None)  # the details went


class LeadConsent(Model):
    """What somebody who left details agreed to, word for word."""

    __tablename__ = "card_lead_consent"
    __table_args__ = (UniqueConstraint("lead_id", "purpose"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("card_lead.id"))
    purpose: Mapped[str] = mapped_column(String(40))  # details, news
    version: Mapped[str] = mapped_column(String(20))  # of the text
    wording: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]
    email: Mapped[str | None] = mapped_column(String(254), default=None)
    token_nonce: Mapped[str] = mapped_column(String(16), default="")  # of the mailed link
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)  # news: by the mailed link
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
