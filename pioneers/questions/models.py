"""The questions desk: what entrepreneurs asked, what became of it, and who can help."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class AskedBy(enum.StrEnum):
    """By which way a question came."""

    CARD = "card"
    TALK = "talk"
    SITE = "site"
    MAIL = "mail"
    CALL = "call"


class QuestionStatus(enum.StrEnum):
    """Where a question stands."""

    NEW = "new"
    TAKEN = "taken"
    WAITING = "waiting"  # for the one who asked
    REFERRED = "referred"
    ANSWERED = "answered"
    CLOSED = "closed"


class Outcome(enum.StrEnum):
    """How a question ended."""

    HELPED = "helped"
    ACTION = "action"  # the company came into action: the activation says how
    NOT_HELPED = "not_helped"
    NO_REPLY = "no_reply"
    NOT_OURS = "not_ours"
    MISUSE = "misuse"


class Question(Model):
    """One question of one person. The details are as given; person and company as recognised."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("length(text) > 0 OR cleared_at IS NOT NULL", name="text"),
        CheckConstraint("cleared_at IS NULL OR status = 'closed'", name="cleared"),
        CheckConstraint("(status = 'closed') = (outcome IS NOT NULL)", name="closed_with_outcome"),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed_at"),
        CheckConstraint("status IN ('new', 'closed') OR responsible_id IS NOT NULL", name="taken"),
        Index("ix_question_programme_status", "programme_id", "status", "due_on"),
        Index("ix_question_person_id", "person_id"),
        Index("ix_question_company_id", "company_id"),
        Index("ix_question_pioneer_id", "pioneer_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    asked_by: Mapped[AskedBy] = mapped_column(choice(AskedBy, "asked_by"))
    status: Mapped[QuestionStatus] = mapped_column(choice(QuestionStatus, "status"))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    due_on: Mapped[date]  # answered by the end of this day (rules.due_day)
    token_nonce: Mapped[str] = mapped_column(String(16))  # of the links in the mails about it
    name: Mapped[str] = mapped_column(String(160), default="")
    company: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str | None] = mapped_column(String(254), default=None)
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    language: Mapped[str] = mapped_column(String(2), default="nl")
    wants_call: Mapped[bool] = mapped_column(default=False)
    theme: Mapped[str] = mapped_column(String(40), default="")  # a lever (events.themes)
    subject: Mapped[str] = mapped_column(String(160), default="")  # in the desk's words
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), default=None)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), default=None)
    pioneer_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), default=None)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)  # the first answer
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome, "outcome"), default=None)
    activation_id: Mapped[int | None] = mapped_column(ForeignKey("activation.id"), default=None)
    consent_version: Mapped[str] = mapped_column(String(20), default="")
    consent_wording: Mapped[str] = mapped_column(Text, default="")  # what was agreed to, if it was
    cleared_at: Mapped[datetime | None] = mapped_column(default=None)  # texts and details went
    version: Mapped[int] = mapped_column(default=1)


class Direction(enum.StrEnum):
    """Who a message on a question is from."""

    IN = "in"
    OUT = "out"
    NOTE = "note"  # for ourselves


class QuestionMessage(Model):
    """What was written on a question, in order."""

    __tablename__ = "question_message"
    __table_args__ = (CheckConstraint("length(text) > 0", name="text"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    direction: Mapped[Direction] = mapped_column(choice(Direction, "direction"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail_message.id"), default=None)
    link: Mapped[str] = mapped_column(String(300), default="")  # to more about it
    link_title: Mapped[str] = mapped_column(String(120), default="")


class Expert(Model):
    """Somebody who can help: an expert or adviser outside the programme."""

    __tablename__ = "expert"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name"),
        Index("ix_expert_programme_name", "programme_id", "name"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str] = mapped_column(String(160))
    created_at: Mapped[datetime]
    organisation: Mapped[str] = mapped_column(String(160), default="")
    subjects: Mapped[str] = mapped_column(String(300), default="")  # in words
    themes: Mapped[str] = mapped_column(String(200), default="")  # levers, with commas
    region: Mapped[str] = mapped_column(String(160), default="")
    price: Mapped[str] = mapped_column(String(120), default="")  # an indication, in words
    email: Mapped[str | None] = mapped_column(String(254), default=None)
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    website: Mapped[str] = mapped_column(String(200), default="")
    recommended_by: Mapped[str] = mapped_column(String(160), default="")
    recommended_by_pioneer_id: Mapped[int | None] = mapped_column(
        ForeignKey("pioneer.id"), default=None
    )
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


class ReferredTo(enum.StrEnum):
    """What somebody is referred to."""

    EXPERT = "expert"
    FAN = "fan"
    PIONEER = "pioneer"
    TOOL = "tool"
    CIRCLE = "circle"
    VOUCHER = "voucher"


class Referral(Model):
    """A question was referred; later the one who asked says whether that helped."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("(helped IS NULL) = (told_at IS NULL)", name="told"),
        CheckConstraint(
            "(kind = 'expert') = (expert_id IS NOT NULL) AND (kind = 'fan') = (fan_id IS NOT NULL)"
            " AND (kind = 'pioneer') = (pioneer_id IS NOT NULL)",
            name="to_whom",
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    kind: Mapped[ReferredTo] = mapped_column(choice(ReferredTo, "kind"))
    referred_at: Mapped[datetime]
    token_nonce: Mapped[str] = mapped_column(String(16))
    expert_id: Mapped[int | None] = mapped_column(ForeignKey("expert.id"), default=None, index=True)
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    pioneer_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)
    name: Mapped[str] = mapped_column(String(160), default="")  # of a tool, circle or voucher
    remark: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    asked_back_at: Mapped[datetime | None] = mapped_column(default=None)
    helped: Mapped[bool | None] = mapped_column(default=None)
    told_at: Mapped[datetime | None] = mapped_column(default=None)


class ReplyText(Model):
    """Words for an answer that can be used again."""

    __tablename__ = "reply_text"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2), default="nl")
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


class KnowledgeDraft(Model):
    """A solved question, without its names, as a beginning for the knowledge base."""

    __tablename__ = "knowledge_draft"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    theme: Mapped[str] = mapped_column(String(40), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    version: Mapped[int] = mapped_column(default=1)
