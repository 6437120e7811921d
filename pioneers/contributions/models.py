"""What pioneers contribute: logged by them, or by the project team."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice

VALID = "withdrawn_at IS NULL AND event_id IS NOT NULL"


class ContributionKind(enum.StrEnum):
    """What a pioneer did."""

    TALK = "talk"
    WORKSHOP = "workshop"
    EXCURSION = "excursion"
    ARTICLE = "article"
    INTERVIEW = "interview"
    PODCAST = "podcast"
    SOCIAL_POST = "social_post"
    CONVERSATION = "conversation"


class LoggedBy(enum.StrEnum):
    """By which way it was logged."""

    PAGE = "page"
    MAIL_LINK = "mail_link"
    TEAM = "team"


class Contribution(Model):
    """One thing a pioneer did on a day. At an event of ours it is that pioneer's report of it.

    `client_key` comes from the device: what is sent again after the connection came back is the
    same row. A withdrawn one stays, and does not count.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("pioneer_id", "client_key"),
        Index(
            "uq_contribution_event",
            "pioneer_id",
            "event_id",
            unique=True,
            sqlite_where=text(VALID),
            postgresql_where=text(VALID),
        ),
        CheckConstraint("heads IS NULL OR (heads >= 0 AND heads <= 100000)", name="heads"),
        CheckConstraint("event_id IS NOT NULL OR took_place", name="took_place"),
        CheckConstraint("(settled_at IS NULL) = (settled_heads IS NULL)", name="settled"),
        Index("ix_contribution_pioneer_day", "pioneer_id", "day"),
        Index("ix_contribution_event_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    pioneer_id: Mapped[int] = mapped_column(ForeignKey("pioneer.id"))
    kind: Mapped[ContributionKind] = mapped_column(choice(ContributionKind, "kind"))
    day: Mapped[date]
    client_key: Mapped[str] = mapped_column(String(40))
    logged_at: Mapped[datetime]
    logged_by: Mapped[LoggedBy] = mapped_column(choice(LoggedBy, "logged_by"))
    title: Mapped[str] = mapped_column(String(200), default="")
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), default=None)
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    heads: Mapped[int | None] = mapped_column(default=None)  # about how many people, by the pioneer
    took_place: Mapped[bool] = mapped_column(default=True)  # False: an event that was called off
    is_apart: Mapped[bool] = mapped_column(default=False)  # something else than that day's events
    gave_headcount: Mapped[bool] = mapped_column(default=False)  # the event's is this one's `heads`
    link: Mapped[str] = mapped_column(String(300), default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"), default=None)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), default=None)
    logged_by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)  # where reports differed
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    settled_heads: Mapped[int | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
