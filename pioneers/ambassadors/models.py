"""Pioneers: entrepreneurs who inspire others."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice
from pioneers.programmes.rules import EndReason


class Pioneer(Model):
    """A person of a company, appointed on a day; former from `ended_on`."""

    __tablename__ = "pioneer"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id"),
        CheckConstraint("ended_on IS NULL OR ended_on >= appointed_on", name="period"),
        CheckConstraint("end_reason IS NULL OR ended_on IS NOT NULL", name="ended_because"),
        CheckConstraint("successor_id IS NULL OR successor_id <> id", name="other_successor"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    appointed_on: Mapped[date]
    created_at: Mapped[datetime]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    version: Mapped[int] = mapped_column(default=1)
    themes: Mapped[str] = mapped_column(String(200), default="")  # levers, with commas
    appointed_by: Mapped[str] = mapped_column(String(160), default="")  # of the executive
    appointed_at: Mapped[str] = mapped_column(String(200), default="")  # the meeting, in words
    end_reason: Mapped[EndReason | None] = mapped_column(
        choice(EndReason, "end_reason"), default=None
    )
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)
    travels_km: Mapped[int | None] = mapped_column(default=None)  # as far as they go; None: any
