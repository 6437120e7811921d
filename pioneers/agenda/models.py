"""Calendars to follow, and calendars of fans that are followed."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class FeedKind(enum.StrEnum):
    """Whose events a private calendar holds."""

    PROGRAMME = "programme"  # all of them, for the project leader
    PIONEER = "pioneer"
    FAN = "fan"


class Feed(Model):
    """A private calendar address of a user, signed with `nonce`; revoking ends it."""

    __tablename__ = "feed"
    __table_args__ = (Index("ix_feed_user_id", "user_id", "programme_id"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[FeedKind] = mapped_column(choice(FeedKind, "kind"))
    nonce: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    pioneer_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class OutsideCalendar(Model):
    """A fan's own public calendar that is read in; `address` is None for one that was uploaded."""

    __tablename__ = "outside_calendar"
    __table_args__ = (
        UniqueConstraint("fan_id", "address"),
        CheckConstraint("failures >= 0", name="failures"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    fan_id: Mapped[int] = mapped_column(ForeignKey("fan.id"))
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    address: Mapped[str | None] = mapped_column(Text, default=None)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    etag: Mapped[str | None] = mapped_column(String(200), default=None)
    last_modified: Mapped[str | None] = mapped_column(String(60), default=None)
    fetched_at: Mapped[datetime | None] = mapped_column(default=None)
    problem: Mapped[str] = mapped_column(String(60), default="")  # a code; '' when it went well
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class OutsideEvent(Model):
    """Which event of ours an entry of an outside calendar became, and how both stood last.

    `written` is the digest of our event as the calendar wrote it last: another one means that
    somebody changed it by hand since (to confirm or publish it is no change). `attention` says what
    a person has to decide ('' for nothing).
    """

    __tablename__ = "outside_event"
    __table_args__ = (UniqueConstraint("calendar_id", "uid"), UniqueConstraint("event_id"))

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("outside_calendar.id"))
    uid: Mapped[str] = mapped_column(String(300))  # with the recurrence id of one of a series
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    digest: Mapped[str] = mapped_column(String(64))
    seen_at: Mapped[datetime]
    written: Mapped[str] = mapped_column(String(64))
    source_sequence: Mapped[int] = mapped_column(default=0)
    source_changed_at: Mapped[datetime | None] = mapped_column(default=None)
    attention: Mapped[str] = mapped_column(String(20), default="")
