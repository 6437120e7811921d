"""What people ask about their own data, and what was destroyed."""

import enum
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class DataAccess(Model):
    """Somebody asked for the link to their own data. The address is not kept when it has ended."""

    __tablename__ = "data_access"
    __table_args__ = (Index("ix_data_access_asked_at", "asked_at"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    token_nonce: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    opened_at: Mapped[datetime | None] = mapped_column(default=None)


class AskedFor(enum.StrEnum):
    """What somebody asks about their own data."""

    CORRECTION = "correction"
    ERASURE = "erasure"


class DataRequestState(enum.StrEnum):
    """Where such a request stands."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


class DataRequest(Model):
    """A request about somebody's own data that a person of the team has to deal with."""

    __tablename__ = "data_request"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled"),
        Index("ix_data_request_programme_state", "programme_id", "state"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    asked_for: Mapped[AskedFor] = mapped_column(choice(AskedFor, "asked_for"))
    state: Mapped[DataRequestState] = mapped_column(choice(DataRequestState, "state"))
    asked_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None, index=True)
    email: Mapped[str | None] = mapped_column(String(254), default=None)  # gone when it is settled
    text: Mapped[str] = mapped_column(String(1000), default="")
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    reason: Mapped[str] = mapped_column(String(400), default="")
    version: Mapped[int] = mapped_column(default=1)


class Destruction(Model):
    """The log of what was destroyed: what, how much, under which rule; never of whom."""

    __tablename__ = "destruction"
    __table_args__ = (Index("ix_destruction_programme_at", "programme_id", "at"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    at: Mapped[datetime]
    because: Mapped[str] = mapped_column(String(40))  # erasure, or the name of a retention rule
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default_factory=dict)  # by kind of record
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
