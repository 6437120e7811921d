"""Winning and keeping pioneers and fans: who may become one, what was said, who knows whom."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice
from pioneers.programmes.rules import EndReason


class Side(enum.StrEnum):
    """What somebody may become."""

    PIONEER = "pioneer"
    FAN = "fan"


class Stage(enum.StrEnum):
    """How far it is with a prospect. Who joined is a pioneer or a fan, and has their stages."""

    SPOTTED = "spotted"
    APPROACHED = "approached"
    IN_CONVERSATION = "in_conversation"
    AGREED = "agreed"
    JOINED = "joined"
    ENDED = "ended"


class Prospect(Model):
    """Somebody, or an organisation, that may become a pioneer or a fan."""

    __tablename__ = "prospect"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint("(stage = 'ended') = (end_reason IS NOT NULL)", name="ended_with_reason"),
        CheckConstraint(
            "(stage = 'joined') = (pioneer_id IS NOT NULL OR fan_id IS NOT NULL)",
            name="joined_as_something",
        ),
        CheckConstraint(
            "(side <> 'pioneer' OR fan_id IS NULL) AND (side <> 'fan' OR pioneer_id IS NULL)",
            name="joined_on_its_side",
        ),
        UniqueConstraint("pioneer_id"),
        UniqueConstraint("fan_id"),
        Index("ix_prospect_programme_stage", "programme_id", "side", "stage"),
        Index(  # somebody of a company, or an organisation, stands on the board once
            "uq_prospect_open",
            "programme_id",
            "side",
            "name_key",
            unique=True,
            sqlite_where=text("stage NOT IN ('joined', 'ended')"),
            postgresql_where=text("stage NOT IN ('joined', 'ended')"),
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    side: Mapped[Side] = mapped_column(choice(Side, "side"))
    stage: Mapped[Stage] = mapped_column(choice(Stage, "stage"))
    stage_since: Mapped[date]
    name: Mapped[str] = mapped_column(String(160))  # of the person, or of the organisation
    created_at: Mapped[datetime]
    name_key: Mapped[str] = mapped_column(String(400))  # rules.prospect_key
    company: Mapped[str] = mapped_column(String(200), default="")  # of a pioneer to be
    contact_name: Mapped[str] = mapped_column(String(160), default="")  # at a fan to be
    email: Mapped[str | None] = mapped_column(String(254), default=None)
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    municipality_code: Mapped[str | None] = mapped_column(
        ForeignKey("municipality.code"), default=None
    )
    found_through: Mapped[str] = mapped_column(String(200), default="")
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), default=None)
    pioneer_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    end_reason: Mapped[EndReason | None] = mapped_column(
        choice(EndReason, "end_reason"), default=None
    )
    cleared_at: Mapped[datetime | None] = mapped_column(default=None)  # nothing kept: cleaning.py
    version: Mapped[int] = mapped_column(default=1)


class NoteKind(enum.StrEnum):
    """What a note is about. All but the memo are words that went between us and them."""

    CONVERSATION = "conversation"
    CALL = "call"
    MAIL = "mail"
    THANKS = "thanks"
    MEMO = "memo"  # for ourselves


class Note(Model):
    """A dated note about one prospect, pioneer or fan, perhaps with a promise and its day."""

    __tablename__ = "relation_note"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN prospect_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN pioneer_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN fan_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="about_one",
        ),
        CheckConstraint("next_step <> '' OR due_on IS NULL", name="day_of_a_step"),
        CheckConstraint("done_at IS NULL OR next_step <> ''", name="done_step"),
        CheckConstraint(
            "(event_id IS NULL AND years IS NULL) OR (kind = 'thanks' AND pioneer_id IS NOT NULL)",
            name="thanked_for",
        ),
        UniqueConstraint("pioneer_id", "event_id"),
        UniqueConstraint("pioneer_id", "years"),
        Index("ix_relation_note_programme_due", "programme_id", "due_on"),
        Index("ix_relation_note_prospect_id", "prospect_id"),
        Index("ix_relation_note_pioneer_id", "pioneer_id"),
        Index("ix_relation_note_fan_id", "fan_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[NoteKind] = mapped_column(choice(NoteKind, "kind"))
    day: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    prospect_id: Mapped[int | None] = mapped_column(ForeignKey("prospect.id"), default=None)
    pioneer_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    next_step: Mapped[str] = mapped_column(String(300), default="")
    due_on: Mapped[date | None] = mapped_column(default=None)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    event_id: Mapped[int | None] = mapped_column(  # the talk that a pioneer was thanked for
        ForeignKey("event.id"), default=None
    )
    years: Mapped[int | None] = mapped_column(default=None)  # the anniversary, likewise
    version: Mapped[int] = mapped_column(default=1)


class Introduction(Model):
    """A pioneer knows somebody, and can introduce us: to a fan, a company or a prospect."""

    __tablename__ = "introduction"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN fan_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN company_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN prospect_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="to_one",
        ),
        UniqueConstraint("pioneer_id", "fan_id"),
        UniqueConstraint("pioneer_id", "company_id"),
        UniqueConstraint("pioneer_id", "prospect_id"),
        Index("ix_introduction_fan_id", "fan_id"),
        Index("ix_introduction_company_id", "company_id"),
        Index("ix_introduction_prospect_id", "prospect_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    pioneer_id: Mapped[int] = mapped_column(ForeignKey("pioneer.id"))
    noted_at: Mapped[datetime]
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), default=None)
    prospect_id: Mapped[int | None] = mapped_column(ForeignKey("prospect.id"), default=None)
    remark: Mapped[str] = mapped_column(String(300), default="")
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
