"""Asking pioneers for a stage, and what they answered."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class RequestState(enum.StrEnum):
    """Where a request to a pioneer stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OTHER_DATE = "other_date"  # the pioneer proposes another moment
    WITHDRAWN = "withdrawn"  # by who asked, or because the event was cancelled


class PioneerRequest(Model):
    """A pioneer is asked to speak at an event. One that is open or accepted stands once."""

    __tablename__ = "pioneer_request"
    __table_args__ = (
        Index(
            "uq_pioneer_request_standing",
            "event_id",
            "pioneer_id",
            unique=True,
            sqlite_where=text("state IN ('open', 'accepted')"),
            postgresql_where=text("state IN ('open', 'accepted')"),
        ),
        Index("ix_pioneer_request_pioneer_id", "pioneer_id", "state"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    pioneer_id: Mapped[int] = mapped_column(ForeignKey("pioneer.id"))
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    message: Mapped[str] = mapped_column(String(1000), default="")
    state: Mapped[RequestState] = mapped_column(
        choice(RequestState, "state"), default=RequestState.OPEN
    )
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(String(1000), default="")
    proposed_at: Mapped[datetime | None] = mapped_column(default=None)  # the other moment
