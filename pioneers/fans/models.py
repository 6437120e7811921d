"""Fans: existing organisations that offer their stages, and their contact people."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice
from pioneers.programmes.rules import EndReason


class FanKind(enum.StrEnum):
    """What kind of organisation a fan is (as in the programme's description)."""

    NETWORK = "business_network"
    SECTOR = "sector_association"
    INNOVATION_DESK = "innovation_desk"
    BANK = "bank"
    ACCOUNTANT = "accountant"
    ADVISER = "adviser"
    OTHER = "other"


class Fan(Model):
    """An organisation to which entrepreneurs are connected, and which offers the stage."""

    __tablename__ = "fan"
    __table_args__ = (
        UniqueConstraint("programme_id", "name_key"),
        CheckConstraint("end_reason IS NULL OR NOT is_active", name="ended_because"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str] = mapped_column(String(160))
    name_key: Mapped[str] = mapped_column(String(160))
    kind: Mapped[FanKind] = mapped_column(choice(FanKind, "kind"))
    created_at: Mapped[datetime]
    municipality_code: Mapped[str | None] = mapped_column(
        ForeignKey("municipality.code"), default=None
    )
    is_active: Mapped[bool] = mapped_column(default=True)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    end_reason: Mapped[EndReason | None] = mapped_column(
        choice(EndReason, "end_reason"), default=None
    )
    version: Mapped[int] = mapped_column(default=1)


class FanContact(Model):
    """Somebody who speaks for a fan; with an account when `user_id` is set."""

    __tablename__ = "fan_contact"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    fan_id: Mapped[int] = mapped_column(ForeignKey("fan.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    email: Mapped[str | None] = mapped_column(String(254), default=None)
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    function: Mapped[str] = mapped_column(String(80), default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
